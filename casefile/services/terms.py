"""The days the child's school is shut: typed in, worked out from terms, or taken from a plain pattern."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from casefile.domain.calendar import DAY, Closure
from casefile.domain.term_list import read_list
from casefile.domain.terms import check_closure, plain_year
from casefile.store.rows import StoredClosure
from casefile.store.store import Store


def closures_of(store: Store) -> tuple[Closure, ...]:
    """Every closure of the case, in date order, as the deadlines want them."""
    return tuple(Closure(one.start, one.end, one.reason) for one in stored(store))


def stored(store: Store) -> list[StoredClosure]:
    """Every closure with its number, in date order, for a list that can be edited."""
    return store.find(StoredClosure, "start, id")


def add_closure(store: Store, start: dt.date, end: dt.date, reason: str = "") -> StoredClosure:
    """Write down that the school is shut from ``start`` to ``end``, both included. Raises ``Invalid``."""
    return add_closures(store, [Closure(start, end, reason)])[0]


def add_closures(store: Store, closures: Iterable[Closure]) -> list[StoredClosure]:
    """Write down several at once, as one step to undo. One that is known already is not written twice.

    Raises ``Invalid`` for one that cannot be; nothing is kept then.
    """
    wanted = list(closures)
    for closure in wanted:
        check_closure(closure)
    known = {(one.start, one.end): one for one in stored(store)}
    made = []
    with store.action("Added school holidays"):
        for closure in wanted:
            one = known.get((closure.start, closure.end))
            if one is None:
                one = StoredClosure(None, closure.start, closure.end, closure.reason.strip())
                one = replace(one, id=store.add(one))
                known[(one.start, one.end)] = one
            made.append(one)
    return made


def add_list(store: Store, text: str, year: int) -> list[StoredClosure]:
    """Write down the closures in a school's list of dates for the year that begins in ``year``. Raises ``Invalid``."""
    return add_closures(store, read_list(text, year))


def add_plain_year(store: Store, year: int) -> list[StoredClosure]:
    """Write down the plain pattern for the school year that begins in September of ``year``: a guess to correct."""
    return add_closures(store, plain_year(year))


def change_closure(store: Store, one: StoredClosure) -> None:
    """Correct a closure. Raises ``Invalid`` or ``NotFound``."""
    check_closure(Closure(one.start, one.end, one.reason))
    with store.action("Changed a school holiday"):
        store.change(one)


def remove_closure(store: Store, id_: int) -> None:
    """Take a closure out. Undo brings it back."""
    with store.action("Removed a school holiday"):
        store.remove(StoredClosure, id_)


def known_until(store: Store) -> dt.date | None:
    """The last day up to which school days are known: the end of the last closure written down."""
    return max((one.end + DAY for one in stored(store)), default=None)
