"""School terms and the days between them, when the school is shut."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from dateutil.easter import easter

from casefile.domain.calendar import DAY, Closure
from casefile.domain.dates import in_words
from casefile.errors import Invalid

LONGEST = dt.timedelta(days=120)
"""A longer closure is a slip of the pen; the longest holiday of a school is about ten weeks."""


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of school days, both ends included: from the first to the last day, or to a half-term break."""

    start: dt.date
    end: dt.date


def check_closure(closure: Closure) -> None:
    """Refuse a closure that cannot be. Raises ``Invalid``."""
    if closure.end < closure.start:
        raise Invalid(
            f"The school cannot open again on {in_words(closure.end)}, before it shut.", "Swap the two dates."
        )
    if closure.end - closure.start > LONGEST:
        raise Invalid("A school is never shut for so long.", "Check the two years.")


def closures_between(terms: Sequence[Term]) -> tuple[Closure, ...]:
    """The closures between terms, in date order. Raises ``Invalid`` where terms overlap or end before they start."""
    ordered = sorted(terms, key=lambda term: term.start)
    found = []
    for term in ordered:
        if term.end < term.start:
            raise Invalid(f"The term that starts on {in_words(term.start)} ends before that.", "Check both dates.")
    for earlier, later in itertools.pairwise(ordered):
        if later.start <= earlier.end:
            raise Invalid(f"Two terms overlap on {in_words(later.start)}.", "Check both terms.")
        if later.start > earlier.end + DAY:
            closure = Closure(earlier.end + DAY, later.start - DAY, "school holiday")
            check_closure(closure)
            found.append(closure)
    return tuple(found)


def plain_year(year: int) -> tuple[Closure, ...]:
    """A plain pattern of holidays for the school year that begins in September of ``year``: a guess to be corrected.

    Councils set their own terms; most follow this shape, a few days either way.
    """
    autumn = _monday(dt.date(year, 10, 24))
    christmas = _monday(dt.date(year, 12, 19))
    winter = _monday(dt.date(year + 1, 2, 12))
    spring = _easter(year + 1) - dt.timedelta(days=6)
    summer_half = _monday(dt.date(year + 1, 5, 25))
    weeks = (
        (autumn, 1, "autumn half-term"), (christmas, 2, "Christmas holiday"), (winter, 1, "February half-term"),
        (spring, 2, "Easter holiday"), (summer_half, 1, "May half-term"),
    )  # fmt: skip
    found = [Closure(start, start + dt.timedelta(days=7 * count - 3), name) for start, count, name in weeks]
    return (*found, Closure(dt.date(year + 1, 7, 22), dt.date(year + 1, 9, 1), "summer holiday"))


def _easter(year: int) -> dt.date:
    found: dt.date = easter(year)  # type: ignore[no-untyped-call]
    return found


def _monday(day: dt.date) -> dt.date:
    """The day itself if it is a Monday, else the next one."""
    return day + dt.timedelta(days=-day.weekday() % 7)
