"""The steps of each complaint to the council, kept apart where there are several: which answer belongs to which complaint.

A letter that tells the answer to one complaint with the story of another says what never happened.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from casefile.domain.events import Event
from casefile.library import Library
from casefile.services.complaints import subjects_in, subjects_of, title_of_complaint
from casefile.store.store import Store

BEGUN = "complaint_received"
STEPS = (
    "complaint_acknowledged", "cc_s1_extended", "cc_s1_reply_received", "cc_s2_requested", "cc_s2_acknowledged", "cc_s2_extended",
    "cc_s2_reply_received",
)  # fmt: skip
"""What follows on a complaint to a council, in the order of its procedure."""
_AFTER = {"cc_s2_requested": "cc_s1_reply_received", "cc_s2_acknowledged": "cc_s2_requested", "cc_s2_extended": "cc_s2_requested", "cc_s2_reply_received": "cc_s2_requested"}
"""The step that must have come before another, where the procedure asks for one."""


@dataclass
class ComplaintSteps:
    """One complaint from its receipt, its steps in date order, and what it is about (ids of failings; empty: not known)."""

    begun: Event
    about: frozenset[str]
    steps: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        """It begins with its receipt."""
        self.steps = [self.begun]

    def has(self, kind: str) -> bool:
        """Whether a step of this kind was taken."""
        return any(one.kind == kind for one in self.steps)

    def last(self, kind: str) -> Event | None:
        """The latest step of a kind."""
        return next((one for one in reversed(self.steps) if one.kind == kind), None)


def complaints_in(store: Store, library: Library, events: Iterable[Event], today: dt.date) -> list[ComplaintSteps]:
    """Every complaint to the council up to ``today`` with its own steps, the oldest first.

    A step belongs to the complaint it answers; else to the one its words name; else to the latest that waits for such a step.
    """
    past = sorted((one for one in events if one.on <= today and one.kind in (BEGUN, *STEPS)), key=lambda one: (one.on, one.kind != BEGUN))
    made = [ComplaintSteps(one, subjects_of(store, library, one)) for one in past if one.kind == BEGUN]
    ids = {one.id: one for one in past if one.id is not None}
    for step in past:
        if step.kind != BEGUN:
            home = _home(store, library, step, [one for one in made if one.begun.on <= step.on], ids)
            if home is not None:
                home.steps.append(step)
    return made


def told_apart(store: Store, library: Library, events: Sequence[Event]) -> list[Event]:
    """The events, each later step of one of several complaints as an answer to the complaint it belongs to.

    So that the answer to one complaint stops no clock of another. With one complaint nothing has to be told apart.
    """
    if sum(one.kind == BEGUN for one in events) < 2:
        return list(events)
    made = complaints_in(store, library, events, dt.date.max)
    owners = {step.id: one.begun.id for one in made for step in one.steps[1:]}
    return [replace(one, answers=owners[one.id]) if one.answers is None and one.id in owners else one for one in events]


def _home(store: Store, library: Library, step: Event, made: Sequence[ComplaintSteps], ids: dict[int, Event]) -> ComplaintSteps | None:
    earlier: Event | None = step
    for _ in ids:
        earlier = ids.get(earlier.answers) if earlier is not None and earlier.answers is not None else None
        owner = next((one for one in made if any(one_step is earlier for one_step in one.steps)), None) if earlier else None
        if owner:
            return owner
    if len(made) > 1:
        about = subjects_in(library, title_of_complaint(store, step))
        named = [one for one in made if about & one.about]
        made = named or made
    needed = _AFTER.get(step.kind)
    waiting = [one for one in made if not one.has(step.kind)]
    ready = [one for one in waiting if needed is None or one.has(needed)]
    return next((some[-1] for some in (ready, waiting, made) if some), None)


def meant(library: Library, made: Sequence[ComplaintSteps], topic: str, *ripe: Iterable[ComplaintSteps]) -> ComplaintSteps | None:
    """The complaint a letter speaks of: of those that are about its ``topic`` in the parent's words (all, where its words
    fit none) the latest of the first of the groups ``ripe`` that has any, else the latest; None where there is none.
    """
    about = subjects_in(library, topic)
    fitting = [one for one in made if about & one.about] or [one for one in made if not (about and one.about)] or list(made)
    for group in ripe:
        chosen = [one for one in fitting if any(one is other for other in group)]
        if chosen:
            return chosen[-1]
    return fitting[-1] if fitting else None
