"""What went missing beside the sessions: days out of school, what the family paid or lost, and what it did to the child.

Letters read these: ``out_of_school`` for section 19, ``spent`` for costs, ``effects`` for the child's own words.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from casefile.domain.absences import LostDay, LostSum, added_up, days_of, lost_days, twice_said
from casefile.domain.dates import in_words
from casefile.domain.documents import Document
from casefile.domain.ledger import Span, school_days, school_spans
from casefile.domain.sessions import ABSENCES, COSTS, WHOSE, Absence, Cost, Effect
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services.terms import closures_of
from casefile.store.store import Store

Thing = TypeVar("Thing", bound=Absence | Cost | Effect)


def absences(store: Store) -> list[Absence]:
    """Every stretch of days out of school, the oldest first."""
    return store.find(Absence, "start, id")


def costs(store: Store) -> list[Cost]:
    """Everything that was paid or lost, the oldest first."""
    return store.find(Cost, '"on", id')


def effects(store: Store, *, with_hard: bool = True) -> list[Effect]:
    """What it did to the child, the oldest first; without the entries that are hard to read where ``with_hard`` is False."""
    return [one for one in store.find(Effect, '"on", id') if with_hard or not one.hard]


def keep(store: Store, thing: Thing, today: dt.date) -> Thing:
    """Keep a new or changed entry; returns it with its id. Raises ``Invalid`` for what cannot be, ``NotFound`` for an unknown paper."""
    if isinstance(thing, Absence):
        _check_absence(thing, today)
    elif isinstance(thing, Cost):
        _check_cost(thing, today)
    elif isinstance(thing, Effect) and not thing.words.strip():
        raise Invalid("There are no words yet.", "Write what you saw or what your child said.")
    elif isinstance(thing, Effect) and thing.on > today:
        raise Invalid("That day has not come yet.", "Write it down on its day or later.")
    elif isinstance(thing, Effect) and thing.whose and thing.whose not in WHOSE:
        raise Invalid(f"{thing.whose!r} does not say whose words they are.", f"Use one of: {', '.join(WHOSE)}.")
    if thing.document is not None:
        store.get(Document, thing.document)
    with store.action("Changed the ledger" if thing.id else "Added to the ledger"):
        if thing.id is None:
            return replace(thing, id=store.add(thing))
        store.change(thing)
        return thing


def _check_absence(one: Absence, today: dt.date) -> None:
    if one.kind not in ABSENCES:
        raise Invalid(f"{one.kind!r} is no reason to be out of school that the ledger knows.", f"Use one of: {', '.join(ABSENCES)}.")
    if one.end is not None and one.end < one.start:
        raise Invalid("It ends before it starts.", "Check both days.")
    if one.start > today:
        raise Invalid("That day has not come yet.", "Write it down on its day or later.")
    if one.hours is not None and not 0 < one.hours <= 12:
        raise Invalid(f"{one.hours:g} hours a day cannot be right.", "Write the hours lost on each day, or leave it empty for the whole day.")


def _check_cost(one: Cost, today: dt.date) -> None:
    if one.kind not in COSTS:
        raise Invalid(f"{one.kind!r} is no kind of cost that the ledger knows.", f"Use one of: {', '.join(COSTS)}.")
    if not 0 < one.pence <= 100_000_000:
        raise Invalid("A cost must be more than nothing.", "Write what was paid or lost, in pounds.")
    if not one.what.strip():
        raise Invalid("What it was for is missing.", "Write it in a few words.")
    if one.on > today:
        raise Invalid("That day has not come yet.", "Write it down once it is paid or lost.")


def remove(store: Store, thing: Absence | Cost | Effect) -> None:
    """Take an entry out. Undo brings it back."""
    with store.action("Removed an entry from the ledger"):
        store.remove(type(thing), thing.id or 0)


@dataclass(frozen=True, slots=True)
class OutOfSchool:
    """The absence ledger up to a day.

    ``entries`` are the entries with the school days each one has by itself; ``days`` every school day lost, once each.
    ``total``, ``half_terms`` and ``terms`` add them up; ``cautions`` say what a reader must know about the count.
    """

    entries: tuple[tuple[Absence, int], ...]
    days: tuple[LostDay, ...]
    total: LostSum
    half_terms: tuple[LostSum, ...]
    terms: tuple[LostSum, ...]
    cautions: tuple[str, ...]

    @property
    def going_on(self) -> bool:
        """Whether an entry has no end yet."""
        return any(one.end is None for one, _ in self.entries)


def out_of_school(store: Store, library: Library, today: dt.date, kinds: Sequence[str] = ()) -> OutOfSchool | None:
    """The school days lost up to ``today``, it included; None where nothing is written down.

    ``kinds`` (keys of ``ABSENCES``) keeps to some reasons. Weekends, bank holidays and closed days are not school days.
    """
    found = [one for one in absences(store) if not kinds or one.kind in kinds]
    if not found:
        return None
    closures = closures_of(store)
    first = found[0].start
    opened = school_days(first, today, library.calendar, closures)
    days = lost_days(found, opened, today)
    cautions = twice_said(found, opened, today)
    if not closures:
        cautions.append("No school holidays are entered, so every weekday counts as a school day.")
    still = [one for one in found if one.end is None]
    if still:
        cautions.append(f"It still goes on. The days are counted up to {in_words(today)}.")
    sums = {
        period: tuple(one for span in school_spans(closures, period, first, today) if (one := added_up(days, span)).whole or one.part)
        for period in ("half_term", "term")
    }
    return OutOfSchool(
        tuple((one, len(days_of(one, opened, today))) for one in found), tuple(days), added_up(days, Span(first, today)),
        sums["half_term"] if closures else (), sums["term"] if closures else (), tuple(cautions),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spent:
    """What was paid or lost: each entry, the sum in pence, the sum of each kind (keys of ``COSTS``), and how many have a receipt."""

    costs: tuple[Cost, ...]
    pence: int
    kinds: tuple[tuple[str, int], ...]
    receipts: int


def spent(store: Store) -> Spent | None:
    """What the family paid or lost; None where nothing is written down."""
    found = costs(store)
    if not found:
        return None
    kinds = tuple((kind, total) for kind in COSTS if (total := sum(one.pence for one in found if one.kind == kind)))
    return Spent(tuple(found), sum(one.pence for one in found), kinds, sum(1 for one in found if one.document is not None))
