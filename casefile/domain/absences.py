"""School days lost: which days a child was out of school, whole or in part, each counted once, by half term and term."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.dates import count, in_words
from casefile.domain.ledger import Span, in_hours
from casefile.domain.sessions import Absence


@dataclass(frozen=True, slots=True)
class LostDay:
    """One school day that was lost: ``hours`` of it, or None for all of it, by the entry that says so."""

    on: dt.date
    hours: float | None
    absence: Absence


@dataclass(frozen=True, slots=True)
class LostSum:
    """A stretch of time and what was lost in it: whole school days, days lost in part, and the hours of those."""

    span: Span
    whole: int
    part: int
    hours: float


def days_of(one: Absence, opened: Sequence[dt.date], until: dt.date) -> Sequence[dt.date]:
    """The school days of one entry up to ``until``; ``opened`` are the days the school is open, in order."""
    end = min(one.end or until, until)
    return opened[bisect_left(opened, one.start) : bisect_right(opened, end)]


def lost_days(absences: Sequence[Absence], opened: Sequence[dt.date], until: dt.date) -> list[LostDay]:
    """Every school day lost up to ``until``, the oldest first, each once: the whole day before a part, the longer part before the shorter."""
    found: dict[dt.date, LostDay] = {}
    for one in absences:
        for day in days_of(one, opened, until):
            before = found.get(day)
            if before is None or (before.hours is not None and (one.hours is None or one.hours > before.hours)):
                found[day] = LostDay(day, one.hours, one)
    return [found[day] for day in sorted(found)]


def added_up(days: Sequence[LostDay], span: Span) -> LostSum:
    """What was lost within a stretch, both its days included."""
    mine = [one for one in days if span.start <= one.on <= span.end]
    parts = [one.hours for one in mine if one.hours is not None]
    return LostSum(span, len(mine) - len(parts), len(parts), sum(parts))


def twice_said(absences: Sequence[Absence], opened: Sequence[dt.date], until: dt.date) -> list[str]:
    """Sentences about days that two entries name: such a day is counted once."""
    seen: dict[dt.date, int] = {}
    for one in absences:
        for day in days_of(one, opened, until):
            seen[day] = seen.get(day, 0) + 1
    doubled = sorted(day for day, number in seen.items() if number > 1)
    if not doubled:
        return []
    more = f" and {count(len(doubled) - 1, 'other day')}" if len(doubled) > 1 else ""
    return [f"More than one entry names {in_words(doubled[0])}{more}. Each day is counted once."]


def lost_words(one: LostSum) -> str:
    """What was lost, in words: "12 whole school days, and 9 h over 4 part days"."""
    whole = count(one.whole, "whole school day")
    part = f"{in_hours(one.hours * 60)} over {count(one.part, 'part day')}"
    if one.whole and one.part:
        return f"{whole}, and {part}"
    return part if one.part else whole
