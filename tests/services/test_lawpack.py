"""A newer law: checked, compared for this case, used, its older versions kept; and the whole law as one document."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from casefile import paths
from casefile.domain.events import Event
from casefile.errors import BadFile, CaseFileError, Invalid, NotFound
from casefile.library import Library, load
from casefile.library.lawpack import merged, pack_folder, read_pack
from casefile.services import lawpack
from casefile.services.timeline import deadlines_of, record
from casefile.store.store import Store

TODAY = dt.date(2026, 11, 24)
RULE = "assessment/ehcp_final_20_weeks.toml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A law as it may stand in 2027: 18 weeks for a request from March on."""
    folder = tmp_path / "pack"
    shutil.copytree(paths.resources() / "law", folder)
    text = (folder / RULE).read_text("utf-8")
    text = text.replace("since = 2014-09-01", "since = 2026-03-01").replace("weeks_after = 20 }", "weeks_after = 18 }")
    (folder / RULE).write_text(text.replace("checked = 2026-11-23", "checked = 2026-11-24"), "utf-8")
    return folder


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Whatever a test takes on is gone after it."""
    load.cache_clear()


def test_a_newer_law_shows_what_changes_for_the_case(store: Store, library: Library, pack: Path) -> None:
    record(store, Event(None, "ehcna_request_received", dt.date(2026, 9, 1)))
    record(store, Event(None, "ehcna_request_received", dt.date(2025, 9, 1)))
    found = lawpack.compare(store, library, read_pack(pack), TODAY)
    assert found.newer and [(one.rule, one.what) for one in found.case] == [("ehcp_final_20_weeks", "date")]
    assert (found.case[0].before, found.case[0].after) == ("Tuesday 19 January 2027", "Tuesday 5 January 2027")
    assert [(one.rule, one.what) for one in found.rules] == [("ehcp_final_20_weeks", "words")]


def test_old_events_keep_the_old_version(store: Store, library: Library, pack: Path) -> None:
    record(store, Event(None, "ehcna_request_received", dt.date(2026, 2, 2)))
    record(store, Event(None, "ehcna_request_received", dt.date(2026, 9, 1)))
    used = lawpack.use_pack(pack, library)
    dates = [row.due for row in deadlines_of(store, used, TODAY) if row.rule == "ehcp_final_20_weeks"]
    assert dates == [dt.date(2026, 6, 22), dt.date(2027, 1, 5)]
    assert load() is used and used.law_checked == dt.date(2026, 11, 24)
    assert lawpack.drop_pack() and not lawpack.drop_pack()
    assert load().law_checked == library.law_checked


def test_the_same_law_changes_nothing(store: Store, library: Library) -> None:
    record(store, Event(None, "ehcna_request_received", dt.date(2026, 2, 2)))
    found = lawpack.compare(store, library, read_pack(paths.resources() / "law"), TODAY)
    assert found.case == () and found.rules == () and not found.newer
    assert merged(library.law, library.law).rules == library.law.rules


def test_a_wrong_pack_is_refused_and_nothing_is_changed(library: Library, pack: Path, tmp_path: Path) -> None:
    (pack / RULE).write_text((pack / RULE).read_text("utf-8").replace("weeks_after", "weaks_after"), "utf-8")
    with pytest.raises(BadFile, match="ehcp_final_20_weeks"):
        lawpack.use_pack(pack, library)
    assert not pack_folder().exists()
    with pytest.raises(NotFound):
        read_pack(tmp_path / "nowhere")
    with pytest.raises(CaseFileError):
        read_pack(tmp_path)


def test_a_pack_without_a_text_the_program_says_is_refused(pack: Path) -> None:
    path = pack / "routes" / "lgsco.toml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("bar_used = ")]
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(BadFile, match="bar_used"):
        read_pack(pack)


def test_an_older_law_is_refused(library: Library, pack: Path) -> None:
    for path in pack.rglob("*.toml"):
        path.write_text(path.read_text("utf-8").replace("checked = 2026-11", "checked = 2026-10"), "utf-8")
    with pytest.raises(Invalid, match="before the one in use"):
        lawpack.use_pack(pack, library)


def test_a_pack_damaged_later_does_not_stop_the_program(library: Library, pack: Path) -> None:
    lawpack.use_pack(pack, library)
    (pack_folder() / "events.toml").write_text("not toml", "utf-8")
    load.cache_clear()
    books = load()
    assert books.law.rules == library.law.rules and "cannot be read" in books.pack_problem


def test_a_link_in_a_pack_is_refused(pack: Path) -> None:
    (pack / "assessment" / "x.toml").symlink_to(pack / RULE)
    with pytest.raises(BadFile, match="link"):
        read_pack(pack)


@pytest.mark.parametrize("ending", ["pdf", "html"])
def test_the_whole_law_as_one_document(tmp_path: Path, library: Library, ending: str) -> None:
    written = lawpack.export_law(tmp_path / f"law.{ending}")
    raw = written.read_bytes()
    assert raw == lawpack.export_law(tmp_path / f"again.{ending}").read_bytes()
    if ending == "html":
        text = raw.decode("utf-8")
        for rule in library.rules:
            assert f"[{rule.id}]" in text
        for failing in library.law.failings:
            assert f"[{failing}]" in text
        assert text.count("<dt>Worked count</dt>") == len(library.rules)
        assert "<script" not in text and "src=" not in text
    else:
        import pypdf

        pages = pypdf.PdfReader(written).pages
        assert len(pages) > 50 and "The law in this program" in pages[0].extract_text()


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        lawpack.export_law(tmp_path / "law.docx")
