"""From a clock to its last day: the periods, the other readings, the extensions and directed dates."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.calendar import Calendar, Closure, Step, count_step, uncertain
from casefile.domain.clocks import Clock, Record
from casefile.domain.dates import count, in_words
from casefile.domain.events import Event
from casefile.domain.rules import Period, Rule, RuleVersion, Term


@dataclass(frozen=True, slots=True)
class Setting:
    """What every count of a case needs: its events, the calendar, the school's closures."""

    record: Record
    calendar: Calendar
    closures: Sequence[Closure] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A last day, the events it was counted from, and whether it may still move."""

    day: dt.date | None
    events: tuple[Event, ...] = ()
    provisional: bool = False
    term: Term | None = None
    before_roll: dt.date | None = None


def period_of(version: RuleVersion, clock: Clock) -> Period:
    """The period for a clock: the one for its kind of start and kind of decision, else the ordinary one."""
    if not version.periods:
        return version.period
    kind, detail = clock.marks[0].role, clock.detail
    for key in (f"{kind}:{detail}", f":{detail}", kind):
        found = version.periods.get(key)
        if found is not None:
            return found
    return version.period


def _event_for(term: Term, clock: Clock, record: Record) -> Event | None:
    if not term.start:
        return clock.marks[0].event
    mark = clock.mark(term.start)
    if mark is not None:
        return mark.event
    return None


def companion(kind: str, clock: Clock, record: Record) -> Event | None:
    """The event of another kind that goes with a clock: its own, else the last before it, else the first after."""
    mark = clock.mark(kind)
    if mark is not None:
        return mark.event
    before = record.latest(kind, clock.start)
    if before is not None:
        return before
    after = record.since(kind, clock.start)
    return after[0] if after and (clock.following is None or after[0].on < clock.following) else None


def walk(term: Term, day: dt.date, setting: Setting) -> tuple[dt.date | None, bool]:
    """Count the steps of a term from a day: the last day, and whether it may still move."""
    doubtful = False
    at: dt.date | None = day
    for step in term.steps:
        if at is None:
            break
        start, at = at, count_step(step, at, setting.calendar, setting.closures)
        if at is not None and uncertain(step, start, at, setting.calendar, setting.closures):
            doubtful = True
    return at, doubtful


def roll_forward(day: dt.date, roll: str, setting: Setting) -> dt.date:
    """Move a last day that is no working day to the next one, where the rule says so."""
    return setting.calendar.next_working(day, roll) if roll else day


def reckon(period: Period, clock: Clock, setting: Setting, *, wide: bool = False) -> Counted:
    """Count a period for a clock. ``wide`` also looks for events outside the clock (for another reading)."""
    if len(period.terms) == 1 and not period.roll and not period.terms[0].start:
        # Nearly every rule is as plain as this.
        only, start = period.terms[0], clock.marks[0].event
        day, doubtful = walk(only, start.on, setting)
        return Counted(day, (start,), doubtful or start.certainty == "approximate", only)
    found: list[Counted] = []
    for term in period.terms:
        event = (
            companion(term.start, clock, setting.record)
            if wide and term.start
            else _event_for(term, clock, setting.record)
        )
        if event is None:
            continue
        day, doubtful = walk(term, event.on, setting)
        found.append(Counted(day, (event,), doubtful or event.certainty == "approximate", term))
        if period.use in ("only", "first"):
            break
    if not found or found[0].day is None:
        return found[0] if found else Counted(None)
    pick = max if period.use == "later" else min
    best = pick(found, key=lambda c: c.day or dt.date.max)
    if best.day is None:
        return best
    day = roll_forward(best.day, period.roll, setting)
    events = tuple(dict.fromkeys(event for counted in found for event in counted.events))
    doubtful = any(c.provisional for c in found) or (bool(period.roll) and not setting.calendar.known(best.day))
    return Counted(day, events, doubtful, best.term, best.day if day != best.day else None)


def directed(rule: Rule, clock: Clock, record: Record) -> Event | None:
    """A date somebody set for this rule by letter or order: it replaces the ordinary count."""
    if "directed_date" not in record.kinds:
        return None
    found = [
        event
        for event in record.since("directed_date", clock.start)
        if event.detail == rule.id and not record.excluded(event, clock, rule.roles)
    ]
    return (
        found[-1]
        if found and clock.following is None
        else next((e for e in reversed(found) if clock.following and (e.answers or e.on < clock.following)), None)
    )


def paused(rule: Rule, clock: Clock, record: Record, until: dt.date) -> int:
    """The days that do not count because the body waited for the parent's answer, both ends included."""
    asked_kind, given_kind = rule.pause
    if not asked_kind:
        return 0
    days = 0
    for asked in record.since(asked_kind, clock.start):
        if asked.on > until or (clock.following and asked.on >= clock.following):
            break
        given = record.since(given_kind, asked.on)
        if given:
            days += (given[0].on - asked.on).days + 1
    return days


_UNITS = {
    "weeks_after": ("week", "after"), "weeks_before": ("week", "before"), "days_after": ("day", "after"),
    "days_incl": ("day", "incl"), "months_after": ("month", "after"), "months_incl": ("month", "incl"),
    "months_before": ("month", "before"), "wd_after": ("working day", "after"), "wd_before": ("working day", "before"),
    "wd_incl": ("working day", "incl"), "schooldays_after": ("school day", "after"),
    "schooldays_incl": ("school day", "incl"), "days_after_tribunal": ("day", "after"),
}  # fmt: skip


def step_words(step: Step, start: dt.date, setting: Setting) -> list[str]:
    """One step in plain lines: how it counts, what is left out, where it ends."""
    end = count_step(step, start, setting.calendar, setting.closures)
    if step.count not in _UNITS or end is None:
        return _fixed_words(step, end)
    unit, way = _UNITS[step.count]
    amount = count(step.n, unit)
    if unit == "week":
        amount += f" ({7 * step.n} days)"
    how = {
        "after": f"Count {amount} after {in_words(start)}. That day itself is not counted.",
        "incl": f"Count {amount}, with {in_words(start)} as the first.",
        "before": f"Count {amount} back from {in_words(start)}.",
    }[way]
    lines = [how]
    low, high = min(start, end), max(start, end)
    if unit == "working day":
        lines.append(
            _left_out("Weekends and bank holidays are left out.", setting.calendar.skipped(low, high, step.working))
        )
    elif unit == "school day":
        lines.append("Weekends, bank holidays and days the school is shut are left out.")
    elif step.count == "days_after_tribunal":
        lines.append("Days in August, and from 25 December to 1 January, are left out.")
    elif unit == "month" and end.day != start.day and way == "after":
        lines.append("That month is shorter, so its last day counts.")
    elif unit == "month" and way == "incl":
        lines.append("The period ends the day before the same date comes round.")
    lines.append(f"The count ends on {in_words(end)}.")
    return lines


def _left_out(opening: str, skipped: Sequence[str]) -> str:
    if not skipped:
        return opening
    shown = ", ".join(skipped[:6]) + (f" and {len(skipped) - 6} more" if len(skipped) > 6 else "")
    return f"{opening} Here: {shown}."


def _fixed_words(step: Step, end: dt.date | None) -> list[str]:
    if end is None:
        return ["No number of days is set."]
    match step.count:
        case "fixed_before":
            return [
                f"It must be done before {in_words(end + dt.timedelta(days=1))}.",
                f"The last day is {in_words(end)}.",
            ]
        case "last_friday_in_june":
            return [f"The school leaving date is the last Friday in June: {in_words(end)}."]
        case "academic_year_end":
            return [f"The school year of that birthday ends on {in_words(end)}."]
    return [f"The law names the day: {in_words(end)}."]
