"""The case folder: settings read back, rows in and out, undo, lock, damage noticed."""

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from casefile import system
from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.domain.letters import Draft, Gap, Proof
from casefile.domain.people import Child
from casefile.errors import BadFile, InUse, NoSpace, NotFound, ReadOnly, TooNew
from casefile.progress import Silent
from casefile.services import case
from casefile.store import connection, record, schema
from casefile.store.rows import TABLES, PageText
from casefile.store.store import Store
from tests.conftest import NOW


def paper(**changes: object) -> Document:
    return replace(Document(None, "a" * 64, "name.pdf", "name.pdf", "pdf", 3, "A letter"), **changes)  # type: ignore[arg-type]


def draft() -> Draft:
    return Draft(
        None, "L02", "Title", dt.date(2026, 3, 3), {"effect": "sad"}, "Subject", "Body", "Dear", "Yours", ("To",), ("From",),
        proofs=(Proof("words", "what", 1, 2, "rule", "E1"),), gaps=(Gap("name", "your name", "[your name]"),), edited=True,
    )  # fmt: skip


def test_settings_are_read_back_from_the_open_case(waits_for_the_disk: None, store: Store) -> None:
    assert connection.settings_of(store.db) == connection.SETTINGS
    assert connection.SETTINGS["synchronous"] == 3, "no confirmed save is lost at a power cut"
    assert store.db.execute("PRAGMA application_id").fetchone()[0] == connection.APPLICATION_ID
    assert store.db.execute("PRAGMA user_version").fetchone()[0] == schema.NEWEST


def test_the_schema_cannot_be_written_by_hand_nor_another_database_attached(store: Store) -> None:
    for words in ("PRAGMA writable_schema=ON", "ATTACH ':memory:' AS other", "SELECT load_extension('x')"):
        with pytest.raises(connection.DatabaseError):
            store.db.execute(words)


def test_everything_comes_back_as_it_went_in(store: Store) -> None:
    with store.action("Added"):
        kept = store.add(paper(dated=dt.date(2026, 3, 3), part="1.2", parent=None, exhibit=4, note="emoji 🥁 “quotes”"))
        written = store.add(draft())
        happened = store.add(Event(None, "plan_finalised", dt.date(2026, 4, 20), kept, certainty="approximate"))
    assert store.get(Document, kept) == paper(
        id=kept, dated=dt.date(2026, 3, 3), part="1.2", exhibit=4, note="emoji 🥁 “quotes”"
    )
    assert store.get(Draft, written) == replace(draft(), id=written)
    assert store.get(Event, happened).certainty == "approximate"


def test_an_action_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.action("Added"):
        store.add(paper())
        raise RuntimeError("stop")
    assert store.find(Document) == []
    assert store.undo() != "Added"


def test_undo_takes_back_adding_changing_and_removing(store: Store) -> None:
    with store.action("Added"):
        id_ = store.add(paper())
        store.add(PageText(None, id_, 1, "speech therapy"))
        event = store.add(Event(None, "plan_finalised", dt.date(2026, 4, 20), id_))
    with store.action("Changed"):
        store.change(replace(store.get(Document, id_), title="Another"))
    with store.action("Removed"):
        store.remove(Document, id_)
    assert store.get(Event, event).document is None
    assert store.undo() == "Removed"
    assert store.get(Event, event).document == id_
    assert store.db.execute("SELECT count(*) FROM page_search WHERE page_search MATCH 'therapy'").fetchone()[0] == 1
    assert store.undo() == "Changed"
    assert store.get(Document, id_).title == "A letter"
    assert store.undo() == "Added"
    assert store.find(Document) == [] and store.find(Event) == []
    assert store.db.execute("SELECT count(*) FROM page_search WHERE page_search MATCH 'therapy'").fetchone()[0] == 0
    assert record.problems(store.db, TABLES.values()) == []


def test_a_case_opens_again_and_a_second_window_is_told(store: Store) -> None:
    folder = store.folder
    with pytest.raises(InUse, match="already open"):
        Store.open(folder, now=NOW)
    store.close()
    with Store.open(folder, now=NOW) as again:
        assert again.find(Child)[0].name == "Amina Rahman"


def test_a_lock_that_is_given_back_in_a_moment_is_waited_for(store: Store) -> None:
    """As by a child that was just being started when its program was killed."""
    folder = store.folder
    store.close()
    with (folder / "case.lock").open("r+b") as left:
        assert system.lock_file(left)
        helper = threading.Timer(0.1, system.unlock_file, [left])
        helper.start()
        Store.open(folder, now=NOW).close()
        helper.join()


def test_another_process_is_told_who_has_the_case(store: Store) -> None:
    code = f"import datetime as dt\nfrom pathlib import Path\nfrom casefile.store.store import Store\nStore.open(Path({str(store.folder)!r}), now=dt.datetime.now(dt.UTC))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "already open in another window" in done.stderr


def test_what_is_no_case_is_refused_untouched(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Store.open(tmp_path / "nowhere", now=NOW)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadFile, match="is not a case"):
        Store.open(tmp_path / "empty", now=NOW)
    other = tmp_path / "other"
    other.mkdir()
    sqlite3.connect(other / "case.db").execute("CREATE TABLE x (y)").connection.commit()
    before = (other / "case.db").read_bytes()
    with pytest.raises(BadFile, match="another program"):
        Store.open(other, now=NOW)
    assert (other / "case.db").read_bytes() == before
    (other / "case.db").write_bytes(b"not a database at all")
    with pytest.raises(BadFile, match="not a case"):
        Store.open(other, now=NOW)


def test_a_newer_case_and_a_foreign_table_are_refused(store: Store, tmp_path: Path) -> None:
    store.close()
    newer = shutil.copytree(store.folder, tmp_path / "newer")
    with sqlite3.connect(newer / "case.db") as db:
        db.execute(f"PRAGMA user_version={schema.NEWEST + 1}")
    with pytest.raises(TooNew, match="newer version"):
        Store.open(newer, now=NOW)
    planted = shutil.copytree(store.folder, tmp_path / "planted")
    with sqlite3.connect(planted / "case.db") as db:
        db.execute("CREATE TRIGGER bad AFTER INSERT ON event BEGIN DELETE FROM document; END")
    with pytest.raises(BadFile, match="does not know"):
        Store.open(planted, now=NOW)
    with Store.open(store.folder, now=NOW) as again:
        assert again.find(Child)


@pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root may write everywhere"
)
def test_a_read_only_folder_is_told(store: Store) -> None:
    store.close()
    store.folder.chmod(0o555)
    try:
        with pytest.raises(ReadOnly, match="cannot be opened"):
            Store.open(store.folder, now=NOW)
    finally:
        store.folder.chmod(0o755)


@pytest.mark.parametrize("call", ["access", "open"])
def test_a_disk_that_cannot_be_written_is_told(store: Store, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """As on a locked memory card: the system says no, whoever asks."""
    store.close()
    before = (store.folder / "case.db").read_bytes()

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(30, "Read-only file system")

    monkeypatch.setattr(os, call, (lambda *_: False) if call == "access" else refuse)
    with pytest.raises(ReadOnly, match="cannot be opened") as told:
        Store.open(store.folder, now=NOW)
    assert "Copy the folder to a place where you may write" in told.value.advice
    monkeypatch.undo()
    assert (store.folder / "case.db").read_bytes() == before


def test_a_case_is_never_made_over_something(tmp_path: Path, library: object) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    with pytest.raises(BadFile, match="already holds something"):
        Store.create(tmp_path / "mine", now=NOW)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "keep me"


def test_every_changed_cell_is_noticed(sample: Store) -> None:
    assert case.check(sample, Silent()).ok
    sample.close()
    with sqlite3.connect(sample.folder / "case.db") as db:
        db.execute("UPDATE document SET dated = '2026-01-01' WHERE id = 3")
        db.execute(
            "UPDATE page_text SET text = 'something else' WHERE id = (SELECT min(id) FROM page_text WHERE page = 1)"
        )
        db.execute("DELETE FROM event WHERE id = 1")
    with Store.open(sample.folder, now=NOW) as again:
        found = {problem.where for problem in case.check(again, Silent()).problems}
    assert {"document:3", "event:1"} <= found
    assert any(where.startswith("page_text:") for where in found)


def test_every_changed_original_is_noticed(sample: Store) -> None:
    for number, path in enumerate(sorted((sample.folder / "originals").iterdir())[:5]):
        path.chmod(0o644)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1 << (number % 8)
        path.write_bytes(bytes(data))
    changed = [problem for problem in case.check(sample, Silent()).problems if "changed" in problem.what]
    assert len(changed) == 5


def test_the_record_cannot_be_rewritten(store: Store) -> None:
    for words in ("DELETE FROM record", "UPDATE record SET action = 'x'"):
        with pytest.raises(connection.DatabaseError, match="record is kept"):
            store.db.execute(words)
    before = store.seal()
    with store.action("Added"):
        store.add(paper())
    assert store.seal() != before
    assert len(before) == 19


def test_a_clock_set_back_is_written_down(store: Store) -> None:
    with store.action("Later", now=NOW + dt.timedelta(days=900)):
        store.add(paper())
    with store.action("Earlier", now=NOW):
        store.add(paper(sha256="b" * 64))
    assert [row[0] for row in store.db.execute("SELECT clock_back FROM record ORDER BY number DESC LIMIT 2")] == [1, 0]


def test_a_full_disk_keeps_what_was_saved(store: Store) -> None:
    with store.action("Added"):
        kept = store.add(paper())
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(NoSpace, match="Your case is safe"), store.action("Too much"):
        store.add(PageText(None, kept, 1, "word " * 100_000))
    store.db.execute("PRAGMA max_page_count=1000000")
    assert store.get(Document, kept).title == "A letter"
    assert record.problems(store.db, TABLES.values()) == []
