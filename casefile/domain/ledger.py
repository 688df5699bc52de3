"""What was due and what was given: promised sessions laid on the school's real calendar, and the shortfall.

Pure. A session nobody logged is not known; it never counts as missed. Days when the school was shut and days when the
child was away stand apart.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casefile.domain.calendar import DAY, Calendar, Closure
from casefile.domain.dates import WEEKDAYS, count, in_words
from casefile.domain.sessions import Provision, Session

WEEK = dt.timedelta(days=7)
BREAK = 4
"""A closure of at least so many weekdays parts two half terms."""
HOLIDAY = 8
"""A closure of at least so many weekdays parts two terms."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which sessions fall due, both days included: a week, a half term, a year."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Cell:
    """One stretch of one line: sessions and minutes by what became of them.

    ``days`` are the days on which a session was due, where the weekdays are known. ``evidence`` are the ids of papers
    behind the logged ones. ``sessions`` are the logged ones themselves.
    """

    span: Span
    due: float = 0
    delivered: int = 0
    part: int = 0
    missed: int = 0
    unknown: float = 0
    closed: int = 0
    absent: int = 0
    minutes_due: int = 0
    minutes_given: int = 0
    minutes_missed: int = 0
    minutes_unknown: int = 0
    days: tuple[dt.date, ...] = ()
    evidence: tuple[int, ...] = ()
    sessions: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A line of the plan over a stretch of time: its cells, the totals, and what must be known to count (``ask``).

    ``shown`` is the share of logged sessions that have a paper, in per cent; None where nothing is logged.
    """

    provision: Provision
    cells: tuple[Cell, ...]
    ask: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    def total(self, name: str) -> float:
        """The sum of one number over all cells, for example ``minutes_missed``."""
        return float(sum(getattr(cell, name) for cell in self.cells))

    @property
    def shown(self) -> int | None:
        """How much of what is logged has a paper behind it, in per cent."""
        logged = [session for cell in self.cells for session in cell.sessions]
        return round(100 * sum(1 for one in logged if one.document is not None) / len(logged)) if logged else None


def shortfall(
    provision: Provision, sessions: Iterable[Session], calendar: Calendar, closures: Sequence[Closure], start: dt.date, end: dt.date,
    opened: Sequence[dt.date] = (),
) -> Shortfall:  # fmt: skip
    """What was due of one line from ``start`` to ``end``, both included, and what became of it.

    The caller ends the stretch no later than the last day that is over. A line without an amount has no cells.
    ``opened`` are the school days, where the caller has them already for at least this stretch and a month around it.
    """
    first, last = max(start, provision.start or start), min(end, provision.end or end)
    mine = sorted((one for one in sessions if one.provision == provision.id and start <= one.on <= end), key=lambda one: (one.on, one.id or 0))
    outside = [one for one in mine if not first <= one.on <= last]
    cautions = [f"A session on {in_words(one.on)} lies outside the dates of this line." for one in outside[:5]]
    if provision.sessions is None or (provision.minutes is None and provision.period == "hour"):
        return Shortfall(provision, _logged_only(mine), (provision.note or "The plan gives no amount for this line.",), tuple(cautions))
    cautions += overlapping(closures)
    if first > last:
        return Shortfall(provision, (), (), tuple(cautions))
    needs_terms = provision.period in ("half_term", "term") and not closures
    if needs_terms:
        return Shortfall(provision, _logged_only(mine), ("Enter the school’s holidays, so that terms can be counted.",), tuple(cautions))
    cells = []
    stretches = spans(provision, closures, first, last)
    if stretches and not (opened and opened[0] <= stretches[0].start and opened[-1] >= stretches[-1].end):
        opened = school_days(stretches[0].start, stretches[-1].end, calendar, closures)
    days = [one.on for one in mine]
    for number, span in enumerate(stretches):
        # A session in the holidays, or outside the line's dates, belongs to the stretch before it: none is lost.
        begin = bisect_left(days, span.start) if number else 0
        following = bisect_left(days, stretches[number + 1].start) if number + 1 < len(stretches) else len(mine)
        inside = mine[begin:following]
        cell = _cell(provision, span, inside, opened, Span(first, last))
        if cell.due or inside or cell.closed:
            cells.append(cell)
    if not closures and provision.period in ("day", "week", "fortnight", "lesson"):
        cautions.append("No school holidays are entered, so every week counts as a school week.")
    return Shortfall(provision, tuple(cells), (), tuple(cautions))


def overlapping(closures: Sequence[Closure]) -> list[str]:
    """Sentences about closed days that overlap in part: one of the two dates may be wrong. One that lies inside another is no mistake."""
    found = []
    rows = sorted(closures, key=lambda one: (one.start, one.end))
    for one, after in pairwise(rows):
        if one.start < after.start <= one.end < after.end:
            found.append(f"Two school holidays overlap on {in_words(after.start)}. Check both. Each day is counted as closed once.")
    return found


def spans(provision: Provision, closures: Sequence[Closure], first: dt.date, last: dt.date) -> list[Span]:
    """The stretches of a line between two days: weeks from Monday for all that recurs within weeks, else its own period."""
    if provision.period in ("half_term", "term"):
        return [span for span in school_spans(closures, provision.period, first, last) if span.end >= first and span.start <= last]
    if provision.period == "once":
        return [Span(first, last)]
    if provision.period == "year":
        return _years(first, last)
    if provision.period == "month":
        return _months(first, last)
    length = 2 if provision.period == "fortnight" else 1
    anchor = provision.start or first
    monday = anchor - dt.timedelta(days=anchor.weekday())
    monday += (first - monday) // (length * WEEK) * (length * WEEK)
    found = []
    while monday <= last:
        found.append(Span(monday, monday + length * WEEK - DAY))
        monday += length * WEEK
    return found


def _years(first: dt.date, last: dt.date) -> list[Span]:
    year = first.year if first.month >= 9 else first.year - 1
    found = []
    while dt.date(year, 9, 1) <= last:
        found.append(Span(dt.date(year, 9, 1), dt.date(year + 1, 8, 31)))
        year += 1
    return found


def _months(first: dt.date, last: dt.date) -> list[Span]:
    found, day = [], first.replace(day=1)
    while day <= last:
        following = (day + dt.timedelta(days=32)).replace(day=1)
        found.append(Span(day, following - DAY))
        day = following
    return found


def school_spans(closures: Sequence[Closure], period: str, first: dt.date, last: dt.date) -> list[Span]:
    """Half terms or terms between the school's closures; the first and last are cut at the ends of the record."""
    least = BREAK if period == "half_term" else HOLIDAY
    breaks = sorted((one for one in closures if _weekdays(one.start, one.end) >= least), key=lambda one: one.start)
    found, at = [], first
    for one in breaks:
        if one.end < at:
            continue
        if one.start > last:
            break
        if one.start > at:
            found.append(Span(at, one.start - DAY))
        at = max(at, one.end + DAY)
    if at <= last:
        found.append(Span(at, last))
    return found


def _weekdays(start: dt.date, end: dt.date) -> int:
    return sum(1 for number in range((end - start).days + 1) if (start + number * DAY).weekday() < 5)


def school_days(start: dt.date, end: dt.date, calendar: Calendar, closures: Sequence[Closure]) -> list[dt.date]:
    """The days the school is open from ``start`` to ``end``, both included."""
    shut = {one.start + number * DAY for one in closures for number in range((one.end - one.start).days + 1)}
    days = (start + number * DAY for number in range((end - start).days + 1))
    return [day for day in days if day not in shut and calendar.is_working(day)]


def _between(opened: Sequence[dt.date], start: dt.date, end: dt.date) -> Sequence[dt.date]:
    return opened[bisect_left(opened, start) : bisect_right(opened, end)]


def due_days(provision: Provision, span: Span, opened: Sequence[dt.date], bounds: Span) -> tuple[tuple[dt.date, ...], float, int]:
    """The days a session is due, how many sessions that makes, and how many fell on days the school was shut.

    ``opened`` are the school days, in order, at least of the whole stretch. Without weekdays the days stay empty. A week
    cut short by the ends of the plan counts its share of school days.
    """
    start, end = max(span.start, bounds.start), min(span.end, bounds.end)
    inside = _between(opened, start, end)
    if provision.period in ("day", "lesson"):
        each = provision.sessions or 1
        return tuple(inside), len(inside) * each, round((_weekdays(start, end) - len(inside)) * each)
    sessions = provision.sessions or 0
    if provision.period in ("week", "fortnight") and provision.weekdays:
        first = start.weekday()
        wanted = [start + dt.timedelta(number) for number in range((end - start).days + 1) if (first + number) % 7 in provision.weekdays]
        if provision.period == "fortnight":
            wanted = wanted[: round(sessions)]
        days = tuple(day for day in wanted if day in inside)
        return days, float(len(days)), len(wanted) - len(days)
    if not inside:
        return (), 0.0, round(sessions) if _weekdays(start, end) else 0
    if start == span.start and end == span.end:
        return (), sessions, 0
    return (), round(sessions * len(inside) / max(1, len(_between(opened, span.start, span.end))), 2), 0


def _cell(provision: Provision, span: Span, logged: Sequence[Session], opened: Sequence[dt.date], bounds: Span) -> Cell:
    days, due, shut = due_days(provision, span, opened, bounds)
    each = provision.minutes or 0
    number = dict.fromkeys(("delivered", "part", "missed", "unknown", "closed", "absent"), 0)
    given = lost = 0
    papers: dict[int, None] = {}
    for one in logged:
        number[one.outcome] += 1
        promised = one.due or each
        if one.outcome == "delivered":
            given += promised if one.minutes is None else one.minutes
        elif one.outcome == "part":
            given += one.minutes or 0
            lost += max(promised - (one.minutes or 0), 0)
        elif one.outcome == "missed":
            lost += promised
        if one.document is not None:
            papers[one.document] = None
    aside = number["closed"] + number["absent"]
    due = max(due - (aside if days or aside <= due else 0), 0.0)
    unknown = max(round(due - number["delivered"] - number["part"] - number["missed"], 2), 0.0)
    return Cell(
        span, round(due, 2), number["delivered"], number["part"], number["missed"], unknown, number["closed"] + shut, number["absent"],
        round(due * each), given, lost, round(unknown * each), days, tuple(papers), tuple(logged),
    )  # fmt: skip


def _logged_only(logged: Sequence[Session]) -> tuple[Cell, ...]:
    """Cells of a line that cannot be counted: what was logged, week by week, and nothing due."""
    weeks: dict[dt.date, list[Session]] = {}
    for one in logged:
        weeks.setdefault(one.on - dt.timedelta(days=one.on.weekday()), []).append(one)
    found = []
    for monday, inside in sorted(weeks.items()):
        number = {name: sum(1 for one in inside if one.outcome == name) for name in ("delivered", "part", "missed", "closed", "absent")}
        found.append(Cell(
            Span(monday, monday + WEEK - DAY), 0, number["delivered"], number["part"], number["missed"], 0, number["closed"], number["absent"],
            minutes_given=sum(one.minutes or 0 for one in inside), sessions=tuple(inside),
            evidence=tuple(dict.fromkeys(one.document for one in inside if one.document is not None)),
        ))  # fmt: skip
    return tuple(found)


_NUMBERS = ("due", "delivered", "part", "missed", "unknown", "closed", "absent", "minutes_due", "minutes_given", "minutes_missed", "minutes_unknown")


def by_span(one: Shortfall, stretches: Sequence[Span]) -> list[Cell]:
    """The cells of a line added up by longer stretches (half terms, terms), each cell once; empty where its own cells are longer.

    A week belongs to the stretch in which it begins; one that begins in the holidays to the stretch after them.
    """
    if one.provision.period in ("term", "year", "once", "month") or not stretches:
        return []
    inside: dict[Span, list[Cell]] = {}
    for cell in one.cells:
        span = next((span for span in stretches if cell.span.start <= span.end), stretches[-1])
        inside.setdefault(span, []).append(cell)
    return [
        Cell(
            span, **{name: sum(getattr(cell, name) for cell in cells) for name in _NUMBERS},
            evidence=tuple(dict.fromkeys(id_ for cell in cells for id_ in cell.evidence)),
        )
        for span, cells in inside.items()
    ]  # fmt: skip


def in_hours(minutes: float) -> str:
    """Minutes in words: "3 h 15", "45 min"."""
    whole = round(minutes)
    hours, rest = divmod(whole, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def promise_words(one: Provision) -> str:
    """The amount of a line in words: "30 minutes, once a week on Thursday"."""
    if one.sessions is None:
        return "No amount is given"
    many = {1.0: "once", 2.0: "twice"}.get(float(one.sessions), f"{one.sessions:g} times")
    every = {
        "hour": "an hour", "day": "a school day", "week": "a week", "fortnight": "a fortnight", "month": "a month", "half_term": "a half term",
        "term": "a term", "year": "a year", "lesson": "a school day, in every lesson", "once": "in all",
    }[one.period]  # fmt: skip
    length = f"{count(one.minutes, 'minute')}, " if one.minutes else ""
    days = f" on {' and '.join(WEEKDAYS[day] for day in one.weekdays)}" if one.weekdays else ""
    return f"{length}{many} {every}{days}"


def sentence(one: Shortfall) -> str:
    """A line's shortfall in one sentence, with the unknown apart from the missed."""
    if one.ask:
        return one.ask[0]
    parts = [f"{in_hours(one.total('minutes_due'))} due", f"{in_hours(one.total('minutes_given'))} given", f"{in_hours(one.total('minutes_missed'))} missed"]
    if one.total("minutes_unknown"):
        parts.append(f"{in_hours(one.total('minutes_unknown'))} not known")
    return ", ".join(parts) + "."
