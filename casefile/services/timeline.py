"""What happened, and what follows from it: recording events, and the deadlines of the case."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from casefile.domain.dates import count, in_words
from casefile.domain.deadlines import Deadline, deadlines
from casefile.domain.documents import KINDS, Document
from casefile.domain.events import Event
from casefile.domain.ics import ics
from casefile.domain.kind_words import kind_words
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services.case import child_of
from casefile.services.complaint_steps import told_apart
from casefile.services.terms import closures_of
from casefile.store.files import write_file
from casefile.store.store import Store

NOTES = {
    "note": "Note",
    "call": "Phone call",
    "meeting": "Meeting",
    "letter_sent": "Letter sent",
    "letter_received": "Letter received",
    "promise": "Promised for this day",
}
"""Kinds of diary line: they start no clock, but stand in the timeline and can prove what was said."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. ``kind`` is an event id, a diary kind, or ``paper``; ``year`` stands for a day where only
    a year is meant."""

    on: dt.date
    title: str
    detail: str
    kind: str
    document: int | None
    event: int | None
    approximate: bool = False
    year: int | None = None


def check_event(event: Event, library: Library, today: dt.date) -> None:
    """Refuse what cannot be recorded. Raises ``Invalid`` with what to do."""
    if event.kind in NOTES:
        return
    kind = library.event_kinds.get(event.kind)
    if kind is None:
        raise Invalid(f"There is no event called {event.kind!r}.", "See the list with: casefile law events")
    if event.detail and kind.details and event.detail not in kind.details:
        raise Invalid(f"{event.detail!r} is no kind of {event.kind}.", f"Use one of: {', '.join(kind.details)}.")
    if event.on.year < 2000 or event.on > today.replace(year=today.year + 3, day=min(today.day, 28)):
        raise Invalid(f"{in_words(event.on)} cannot be right for this.", "Check the year.")


def record(store: Store, event: Event) -> Event:
    """Write down something that happened; returns it with its id. Raises ``NotFound`` for an unknown paper."""
    if event.document is not None:
        store.get(Document, event.document)
    with store.action("Recorded what happened"):
        return replace(event, id=store.add(event))


def correct(store: Store, event: Event) -> None:
    """Change an event that was recorded; every date that followed from it changes with it."""
    with store.action("Corrected what happened"):
        store.change(event)


def remove_event(store: Store, id_: int) -> None:
    """Take an event out. Undo brings it back."""
    with store.action("Removed what happened"):
        store.remove(Event, id_)


def events_of(store: Store) -> list[Event]:
    """Every event, the oldest first."""
    return store.find(Event, '"on", id')


def deadlines_of(store: Store, library: Library, today: dt.date) -> list[Deadline]:
    """Every deadline of the case as of ``today``, worked out afresh whenever anything in the case has changed.

    One look at a page asks for them many times (each letter form, the doors, the next step); they are counted once.
    """
    key = (store.db.conn.total_changes, today, library)
    kept = store.lasting.get("deadlines")
    if not (isinstance(kept, tuple) and kept[0][:2] == key[:2] and kept[0][2] is library):
        found = deadlines(told_apart(store, library, events_of(store)), library.rules, library.calendar, today, child=child_of(store), closures=closures_of(store))
        if store.db.conn.in_transaction:  # what is not yet saved may still be taken back
            return found
        store.lasting["deadlines"] = kept = (key, tuple(found))
    return list(kept[1])


def title_of(event: Event, library: Library) -> str:
    """What an event is called."""
    kind = library.event_kinds.get(event.kind)
    return kind.title if kind else NOTES.get(event.kind, event.kind.replace("_", " "))


def entries(store: Store, library: Library) -> list[Entry]:
    """The timeline: every event, and every filed paper that proves no event, the newest first."""
    found = []
    proving = set()
    papers = {paper.id: paper for paper in store.find(Document) if paper.state != "binned"}
    for event in events_of(store):
        paper = papers.get(event.document)
        if paper:
            proving.add(paper.id)
        words = event.note or (paper.title if paper else "")
        detail = f"{_kind_of(event, library)}. {words}".strip(". ") if event.detail and event.kind not in NOTES else words
        shown = event.document if paper else None
        approximate = event.certainty == "approximate"
        found.append(Entry(event.on, title_of(event, library), detail, event.kind, shown, event.id, approximate, event.year))
    for paper in papers.values():
        day = paper.dated or paper.received
        if day and paper.state == "filed" and paper.id not in proving and paper.parent is None:
            kind = KINDS.get(paper.kind or "", "Paper")
            approximate = paper.dated_precision != "day"
            found.append(Entry(day, paper.title, _about(kind, paper), "paper", paper.id, None, approximate))
    return sorted(found, key=lambda entry: (entry.on, entry.event or 0), reverse=True)


def _kind_of(event: Event, library: Library) -> str:
    """Which kind of decision it was, or for a date set by a letter which step it is for."""
    if event.kind == "directed_date":
        return next((rule.title for rule in library.rules if rule.id == event.detail), event.detail).rstrip("?")
    return kind_words(event.kind, event.detail)


def _about(kind: str, paper: Document) -> str:
    return f"{kind}, from {paper.sender}" if paper.sender else kind


def late_sentence(one: Deadline) -> str:
    """A deadline of somebody else in the words that are used everywhere: due, received or not, how late."""
    if one.due is None:
        return "The date cannot be worked out yet."
    due = f"Due {in_words(one.due)}."
    if one.state == "overdue":
        return f"{due} Not received. {count(one.days_late, 'day')} late."
    if one.state == "met_late" and one.ended_by:
        return f"{due} Done {in_words(one.ended_by.on)}, {count(one.days_late, 'day')} late."
    if one.state == "met":
        return f"{due} Done in time."
    return due


def save_calendar(store: Store, library: Library, path: Path, now: dt.datetime) -> Path:
    """Write the case's open dates to a calendar file; returns the path truly written. Raises ``NoSpace``."""
    return write_file(path, ics(deadlines_of(store, library, now.date()), now))
