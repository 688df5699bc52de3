"""Every action of a parent is one step that can be taken back, and the bin keeps what was thrown away."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.domain.people import Contact
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import case, documents, letters, people, timeline
from casefile.store.rows import TABLES
from casefile.store.store import Store
from tests.conftest import NOW, TODAY


def rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Everything in the case but its record."""
    return {
        table: list(store.db.query(f"SELECT * FROM [{table}] ORDER BY id")) for table in sorted(set(TABLES.values()))
    }


def first(store: Store) -> int:
    """A mail with an attachment, filed."""
    part = next(paper for paper in store.find(Document) if paper.parent)
    return part.parent or 0


def draft(store: Store, library: Library) -> letters.Draft:
    """A letter that is ready."""
    return letters.save(store, letters.draft(store, library, "L08", {}, TODAY))


ACTIONS: dict[str, Callable[[Store, Library], object]] = {
    "file a paper": lambda s, _: documents.sort_document(s, documents.unsorted(s)[0].id or 0, kind="letter", dated=TODAY, events=[("plan_finalised", TODAY)]),
    "describe a paper": lambda s, _: documents.describe(s, first(s), title="Other", note="A note"),
    "leave a paper": lambda s, _: documents.leave(s, documents.unsorted(s)[0].id or 0),
    "put a paper in the bin": lambda s, _: documents.remove(s, first(s)),
    "record an event": lambda s, _: timeline.record(s, Event(None, "plan_finalised", TODAY, first(s))),
    "correct an event": lambda s, _: timeline.correct(s, replace(timeline.events_of(s)[0], on=TODAY)),
    "remove an event": lambda s, _: timeline.remove_event(s, timeline.events_of(s)[0].id or 0),
    "add a person": lambda s, _: people.save(s, Contact(None, "Ann Other")),
    "change a person": lambda s, _: people.save(s, replace(people.contacts(s)[0], phone="01632 960 001")),
    "remove a person": lambda s, _: people.remove_contact(s, people.contacts(s)[0].id or 0),
    "choose a council": lambda s, lib: people.choose_council(s, lib, people.councils(lib, "Leeds")[0]),
    "change the child": lambda s, _: case.set_child(s, replace(case.child_of(s), school="Other"), today=TODAY),
    "write a letter": draft,
}  # fmt: skip


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_one_step_back(sample: Store, library: Library, name: str) -> None:
    before = rows(sample)
    ACTIONS[name](sample, library)
    assert rows(sample) != before, "the action did nothing"
    assert sample.undo(now=NOW)
    assert rows(sample) == before
    assert sample.undo(now=NOW) is None, "it was more than one step"
    assert case.check(sample, Silent()).ok


def test_a_long_import_is_one_step_back(sample: Store, tmp_path: Any) -> None:
    before = rows(sample)
    for number in range(50):
        (tmp_path / f"{number}.txt").write_text(f"Note number {number}")
    documents.import_paths(sample, [tmp_path], Silent(), now=NOW)
    sample.undo(now=NOW)
    assert rows(sample) == before
    assert case.check(sample, Silent()).ok


def test_undone_papers_keep_their_bytes(sample: Store, tmp_path: Any) -> None:
    """Undo takes the rows back; bytes that were once confirmed are never removed because they seem unneeded."""
    (tmp_path / "a.txt").write_text("A note of my own")
    documents.import_paths(sample, [tmp_path / "a.txt"], Silent(), now=NOW)
    count = len(list((sample.folder / "originals").iterdir()))
    sample.undo(now=NOW)
    folder = sample.folder
    sample.close()
    with Store.open(folder, now=NOW):
        assert len(list((folder / "originals").iterdir())) == count


def test_the_bin_takes_parts_along_and_gives_them_back(sample: Store) -> None:
    id_ = first(sample)
    before = rows(sample)
    documents.remove(sample, id_)
    assert len(documents.binned(sample)) == 2
    assert id_ not in {paper.id for paper in documents.all_documents(sample)}
    documents.bring_back(sample, id_)
    assert rows(sample) == before


def test_the_bin_keeps_papers_for_thirty_days(sample: Store) -> None:
    paper = sample.get(Document, first(sample))
    documents.remove(sample, paper.id or 0)
    thrown = documents.in_bin_since(sample)[paper.id or 0]
    assert documents.empty_bin(sample, before=thrown) == 0
    assert documents.empty_bin(sample, before=thrown + dt.timedelta(days=1)) == 2
    assert sample.originals.sound(paper.sha256, paper.type) == "missing"
    assert sample.undo() is None, "after the bin was emptied there is no way back"
    assert case.check(sample, Silent()).ok


def test_emptying_the_bin_spares_bytes_another_paper_needs(sample: Store, tmp_path: Any) -> None:
    keep, drop = sample.find(Document)[:2]
    documents.remove(sample, drop.id or 0)
    with sample.action("Two rows for one original"):
        sample.change(replace(sample.get(Document, drop.id or 0), sha256=keep.sha256, type=keep.type))
    documents.empty_bin(sample)
    assert sample.originals.sound(keep.sha256, keep.type) == ""


def test_an_event_lives_on_without_its_paper(sample: Store) -> None:
    event = next(one for one in timeline.events_of(sample) if one.document)
    documents.remove(sample, event.document or 0)
    documents.empty_bin(sample)
    assert sample.get(Event, event.id or 0).document is None
