"""A filed paper whose date is corrected: what it proves on its own day moves with it, and nothing else does."""

import datetime as dt
from pathlib import Path

from casefile.domain.events import Event
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import documents, timeline
from casefile.store.store import Store
from tests.conftest import NOW, TODAY

WRONG, RIGHT, OTHER = dt.date(2026, 11, 20), dt.date(2026, 5, 4), dt.date(2026, 6, 15)


def filed(store: Store, folder: Path, *events: tuple[str, dt.date]) -> int:
    (folder / "draft.txt").write_text("The draft plan.", "utf-8")
    id_ = documents.import_paths(store, [folder / "draft.txt"], Silent(), now=NOW).rows[0].document or 0
    documents.sort_document(store, id_, kind="draft_plan", dated=WRONG, events=events)
    return id_


def days(store: Store) -> dict[str, dt.date]:
    return {event.kind: event.on for event in timeline.events_of(store)}


def test_what_a_paper_proves_moves_with_its_date_and_back_by_undo(store: Store, library: Library, tmp_path: Path) -> None:
    id_ = filed(store, tmp_path, ("draft_plan_served", WRONG), ("plan_finalised", OTHER))
    timeline.record(store, Event(None, "complaint_received", WRONG))
    documents.sort_document(store, id_, dated=RIGHT)
    assert days(store) == {"draft_plan_served": RIGHT, "plan_finalised": OTHER, "complaint_received": WRONG}
    comments = next(one for one in timeline.deadlines_of(store, library, TODAY) if one.rule == "draft_representations")
    assert comments.due and comments.due < OTHER
    store.undo()
    assert days(store)["draft_plan_served"] == WRONG


def test_an_event_that_is_named_again_stays_on_the_day_it_was_given(store: Store, tmp_path: Path) -> None:
    id_ = filed(store, tmp_path, ("draft_plan_served", WRONG))
    documents.sort_document(store, id_, dated=RIGHT, events=[("draft_plan_served", WRONG)])
    assert [event.on for event in timeline.events_of(store)] == [WRONG]


def test_a_day_that_is_not_sure_is_passed_on_as_such(store: Store, tmp_path: Path) -> None:
    id_ = filed(store, tmp_path, ("draft_plan_served", WRONG))
    documents.sort_document(store, id_, dated=RIGHT, precision="month")
    assert timeline.events_of(store)[0].certainty == "approximate"
    documents.sort_document(store, id_, title="The draft")
    assert timeline.events_of(store)[0].on == RIGHT and documents.document(store, id_).dated_precision == "month", "a new name makes no day sure"
