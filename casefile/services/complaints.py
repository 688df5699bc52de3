"""Which complaint is about what went wrong: said by the parent, shown by the letter or the clock, or read from its words.

A body turns away what the council had no chance to answer, so a complaint about one thing must not open the doors of another.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from casefile.domain.clocks import Record
from casefile.domain.deadlines import Deadline
from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.domain.failings import Failing
from casefile.domain.letters import Draft
from casefile.library import Library
from casefile.store.store import Store

CARE = ("sc_complaint_received", "sc_s1_reply", "sc_s2_requested", "sc_panel_response_received")
"""The steps of a social care complaint, by event kind: made, answered, the next stage asked for, the last answer."""
COUNCIL = ("complaint_received", "cc_s1_reply_received", "cc_s2_requested", "cc_s2_reply_received")
"""The same of any other complaint to the council."""
NONE = 0
"""What is kept where the parent says that no complaint is about it."""
How = Literal["", "told", "clock", "letter", "words", "other", "unsure"]


_BEST: tuple[How, ...] = ("letter", "words", "unsure")
"""The ways a complaint is known to be about a failing without being told, the surest first."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The complaint about a failing, or None. ``how`` it is known: the parent told, the limit that runs from it (``clock``),
    our own letter, its words; ``other`` where all there are seem to be about something else, ``unsure`` where it is only taken so.
    """

    event: Event | None
    how: How = ""


def chain_of(failing: Failing) -> Sequence[str]:
    """The kinds of event of the complaints procedure a failing goes through."""
    return CARE if failing.kind == "social_care" else COUNCIL


def complaints_of(record: Record, failing: Failing) -> list[Event]:
    """Every complaint of the procedure a failing goes through, the oldest first."""
    return list(record.kinds.get(chain_of(failing)[0], []))


def complaint_about(
    store: Store, library: Library, record: Record, failing: Failing, *, told: int | None, clock: Deadline | None, since: dt.date | None,
) -> Linked:  # fmt: skip
    """The complaint that belongs to a failing that began on the day ``since`` (None: not known).

    ``told`` is the id the parent chose (0: none of them), ``clock`` the deadline that shows the failing.
    """
    made = complaints_of(record, failing)
    if told == NONE:
        return Linked(None, "told")
    chosen = next((event for event in made if told is not None and event.id == told), None)
    if chosen is not None:
        return Linked(chosen, "told")
    kind = chain_of(failing)[0]
    if (event := _by_clock(record, kind, clock)) is not None:
        return Linked(event, "clock")
    made = [event for event in made if since is None or event.on >= since]
    known = [(event, _fits(store, library, failing, event)) for event in made]
    for how in _BEST:
        fitting = [event for event, found in known if found == how]
        if fitting:
            return Linked(fitting[-1], how)
    return Linked(None, "other" if made else "")


def _by_clock(record: Record, kind: str, clock: Deadline | None) -> Event | None:
    """The complaint that a limit runs from, as the one left without an answer."""
    for event in clock.starts if clock else ():
        for earlier in (event, *record.ancestors(event)):
            if earlier.kind == kind:
                return earlier
        if event.kind == "complaint_acknowledged":
            return record.latest(kind, event.on)
    return None


def _fits(store: Store, library: Library, failing: Failing, event: Event) -> How:
    """How a complaint is known to be about a failing; ``other`` where it is about something else."""
    rules = _rules_of_letter(store, library, event)
    if rules:
        return "letter" if rules & set(failing.rules) else "other"
    about = subjects_in(library, title_of_complaint(store, event))
    if not about or not failing.about:
        return "unsure"
    return "words" if failing.id in about else "other"


def _rules_of_letter(store: Store, library: Library, event: Event) -> frozenset[str]:
    """The limits our own letter behind a complaint is about; empty where there is none."""
    sent = next(iter(store.find(Draft, document=event.document)), None) if event.document is not None else None
    return next((frozenset(form.rules) for form in library.letters if sent and form.id == sent.template), frozenset())


def subjects_in(library: Library, words: str) -> frozenset[str]:
    """The ids of the failings that some words name; empty where they name none."""
    words = words.casefold()
    return frozenset(one.id for one in library.law.failings.values() if any(word in words for word in one.about))


def subjects_of(store: Store, library: Library, event: Event) -> frozenset[str]:
    """The ids of the failings a complaint is about, by our own letter or its words; empty where nobody knows."""
    rules = _rules_of_letter(store, library, event)
    if rules:
        return frozenset(one.id for one in library.law.failings.values() if rules & set(one.rules))
    return subjects_in(library, title_of_complaint(store, event))


def title_of_complaint(store: Store, event: Event) -> str:
    """What a complaint says it is about: its note and the title of its paper; may be empty."""
    paper = store.get(Document, event.document) if event.document is not None else None
    return ". ".join(dict.fromkeys(part for part in (event.note, paper.title if paper else "") if part))
