"""Counting days as the law counts them: working days, school days, months by the corresponding date.

Pure: bank holidays come in from data (``casefile.library.calendar``), the school's closures from the parent.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from casefile.domain.dates import in_words

DAY = dt.timedelta(days=1)
WORKING_SETS = ("general_ew", "children_act", "tribunal_sen", "tribunal_plain", "foi")
COUNTS = (
    "weeks_after", "weeks_before", "days_after", "days_incl", "days_after_tribunal", "months_after", "months_incl",
    "months_before", "wd_after", "wd_incl", "wd_before", "schooldays_after", "schooldays_incl", "fixed", "fixed_before",
    "last_friday_in_june", "academic_year_end", "continuous", "none", "directed",
)  # fmt: skip
"""Every way of counting. The first words say what is counted; ``incl`` counts the first day itself."""
BEFORE = frozenset({"weeks_before", "months_before", "wd_before"})
"""Counts that look back from a day to come: these dates fall before their event."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Days when the child's own school is shut: ``start`` to ``end``, both included."""

    start: dt.date
    end: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One act of counting: ``count`` is one of ``COUNTS``, ``n`` how many, ``working`` a set of working days.

    ``month``, ``day`` and ``year`` belong to fixed dates; ``year`` is added to the year of the event when small
    (0, -1), and is the year itself when it has four digits.
    """

    count: str
    n: int = 0
    working: str = "general_ew"
    month: int = 0
    day: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True)
class Holidays:
    """The bank holidays of one nation, from ``known_from`` to ``known_until``, and where they were read."""

    nation: str
    days: Mapping[dt.date, str]
    known_from: dt.date
    known_until: dt.date
    source: str = ""
    link: str = ""
    checked: dt.date | None = None


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day number ``months`` on (or back); the last day of the month where there is none.

    The corresponding date rule: Dodds v Walker [1981] UKHL.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY).day
    return dt.date(year, month + 1, min(day.day, last))


def last_friday_in_june(year: int) -> dt.date:
    """The school leaving date of a year (Education Act 1996 section 8)."""
    end = dt.date(year, 6, 30)
    return end - dt.timedelta(days=(end.weekday() - 4) % 7)


def tribunal_holiday(day: dt.date) -> bool:
    """Whether the SEND Tribunal's rule 12 leaves the day out: all of August, and 25 December to 1 January."""
    return day.month == 8 or (day.month == 12 and day.day >= 25) or (day.month == 1 and day.day == 1)


@dataclass(frozen=True)
class Calendar:
    """Bank holidays of England and Wales (``england``) and of the other nations, with working-day arithmetic."""

    england: Holidays
    others: tuple[Holidays, ...] = ()

    @cached_property
    def _off(self) -> dict[str, frozenset[dt.date]]:
        own = frozenset(self.england.days)
        every = own.union(*(nation.days for nation in self.others))
        return {name: every if name == "foi" else own for name in WORKING_SETS}

    @cached_property
    def _memo(self) -> dict[tuple[dt.date, int, str], dt.date]:
        return {}

    @property
    def known_until(self) -> dt.date:
        """The last day up to which the bank holidays are known."""
        return self.england.known_until

    def known(self, day: dt.date, working: str = "general_ew") -> bool:
        """Whether the bank holidays around a day are known for a set of working days."""
        nations = (self.england, *self.others) if working == "foi" else (self.england,)
        return all(nation.known_from <= day <= nation.known_until for nation in nations)

    def holiday(self, day: dt.date, working: str = "general_ew") -> str:
        """The name of the bank holiday on a day, or nothing."""
        if working == "foi":
            for nation in self.others:
                if day in nation.days and day not in self.england.days:
                    return f"{nation.days[day]} ({nation.nation})"
        return self.england.days.get(day, "")

    def is_working(self, day: dt.date, working: str = "general_ew") -> bool:
        """Whether a day counts as a working day of the named set (one of ``WORKING_SETS``)."""
        if day.weekday() > 4 or day in self._off[working]:
            return False
        return not (working == "tribunal_sen" and tribunal_holiday(day))

    def next_working(self, day: dt.date, working: str = "general_ew") -> dt.date:
        """The day itself if it is a working day, else the next one."""
        while not self.is_working(day, working):
            day += DAY
        return day

    def add_working(self, day: dt.date, count: int, working: str = "general_ew") -> dt.date:
        """The ``count``-th working day after a day; before it where ``count`` is negative."""
        key = (day, count, working)
        found = self._memo.get(key)
        if found is None:
            found, left, step = day, abs(count), DAY if count > 0 else -DAY
            while left:
                found += step
                left -= self.is_working(found, working)
            self._memo[key] = found
        return found

    def is_school_day(self, day: dt.date, closures: Sequence[Closure]) -> bool:
        """Whether the school is open, as far as its closures are known (Education Act 1996 section 579)."""
        return self.is_working(day) and not any(c.start <= day <= c.end for c in closures)

    def add_school(self, day: dt.date, count: int, closures: Sequence[Closure]) -> dt.date:
        """The ``count``-th school day after a day."""
        left = count
        while left:
            day += DAY
            left -= self.is_school_day(day, closures)
        return day

    def skipped(self, start: dt.date, end: dt.date, working: str) -> list[str]:
        """The weekdays left out between two days, in words: "Monday 25 May 2026 (Spring bank holiday)"."""
        found: list[str] = []
        day, seen = start, set[str]()
        while day <= end:
            if day.weekday() < 5 and not self.is_working(day, working):
                name = self.holiday(day, working)
                if working == "tribunal_sen" and tribunal_holiday(day):
                    name = "every day in August" if day.month == 8 else "25 December to 1 January"
                    if name not in seen:
                        seen.add(name)
                        found.append(name)
                else:
                    found.append(f"{in_words(day)} ({name})")
            day += DAY
        return found


def closures_known(closures: Sequence[Closure], start: dt.date) -> bool:
    """Whether the school's closures given reach as far as a count that begins on ``start``."""
    return any(c.end >= start - dt.timedelta(days=100) for c in closures)


def _fixed(step: Step, day: dt.date) -> dt.date:
    year = step.year if step.year > 1000 else day.year + step.year
    return dt.date(year, step.month, step.day)


def _after_tribunal(day: dt.date, count: int) -> dt.date:
    while count:
        day += DAY
        count -= not tribunal_holiday(day)
    return day


def count_step(step: Step, day: dt.date, calendar: Calendar, closures: Sequence[Closure] = ()) -> dt.date | None:
    """The last day of a period counted from ``day``; nothing for a duty without a date."""
    match step.count:
        case "weeks_after":
            return day + dt.timedelta(days=7 * step.n)
        case "weeks_before":
            return day - dt.timedelta(days=7 * step.n)
        case "days_after":
            return day + dt.timedelta(days=step.n)
        case "days_incl":
            return day + dt.timedelta(days=step.n - 1)
        case "days_after_tribunal":
            return _after_tribunal(day, step.n)
        case "months_after":
            return add_months(day, step.n)
        case "months_incl":
            return add_months(day, step.n) - DAY
        case "months_before":
            return add_months(day, -step.n)
        case "wd_after":
            return calendar.add_working(day, step.n, step.working)
        case "wd_before":
            return calendar.add_working(day, -step.n, step.working)
        case "wd_incl":
            return calendar.add_working(day - DAY, step.n, step.working)
        case "schooldays_after":
            return calendar.add_school(day, step.n, closures)
        case "schooldays_incl":
            return calendar.add_school(day - DAY, step.n, closures)
        case "fixed":
            return _fixed(step, day)
        case "fixed_before":
            return _fixed(step, day) - DAY
        case "last_friday_in_june":
            return last_friday_in_june(day.year + (day.month >= 9))
        case "academic_year_end":
            return dt.date(day.year + (day.month >= 8), 7, 31)
    return None


def uncertain(step: Step, start: dt.date, end: dt.date, calendar: Calendar, closures: Sequence[Closure]) -> bool:
    """Whether the answer of a step may still move: unknown bank holidays or an unknown school calendar."""
    if step.count.startswith("wd"):
        return not (calendar.known(start, step.working) and calendar.known(end, step.working))
    if step.count.startswith("school"):
        return not closures_known(closures, start) or not calendar.known(end)
    return step.count == "academic_year_end"
