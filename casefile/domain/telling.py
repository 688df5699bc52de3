"""The working of a deadline in short plain lines: what happened, the rule, the count, the end, where it is written."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.calendar import Calendar, Closure
from casefile.domain.clocks import Clock
from casefile.domain.dates import count, in_words
from casefile.domain.events import Event
from casefile.domain.kind_words import kind_words
from casefile.domain.phrases import lowered
from casefile.domain.reckoning import Counted, Setting, paused, period_of, reckon, step_words, walk
from casefile.domain.rules import Rule, RuleVersion, Term

SURE = {
    "text": "The words of the law or rule were read.",
    "partial": "Part of it was read in the law itself, the rest in a guide.",
    "secondary": "It was read in a trusted guide, not in the law itself.",
    "memory": "It is common knowledge, but the source was not read.",
}
"""How sure the program is of a rule, in words."""
MONTH = dt.timedelta(days=27)
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """All that the working of one deadline is told from."""

    rule: Rule
    version: RuleVersion
    clock: Clock
    setting: Setting
    counted: Counted | None = None
    end: Event | None = None
    order: Event | None = None
    state: str = "cannot_tell"
    today: dt.date | None = None
    later: Event | None = None
    ask: tuple[str, ...] = ()


def name_of(rule: Rule, kind: str) -> str:
    """The plain title of an event kind a rule mentions."""
    return rule.names.get(kind, kind.replace("_", " ").capitalize())


def tell(told: Told) -> tuple[str, ...]:
    """The whole working, line by line, ready to be numbered."""
    lines = [_happened(told.rule, event) for event in _events(told)]
    lines.append(f"The rule: {told.rule.help}")
    if told.counted is None:
        lines += _wanted(told)
    else:
        lines += _count_lines(told)
        lines += _closing(told)
    if told.version.exceptions is None:
        lines.append("Good reasons: no exception is listed for this rule.")
    else:
        lines.append("Good reasons: the law lists some. They are shown below. They do not move the date by themselves.")
    lines.append(f"Where it is written: {told.version.cite}")
    lines.append(f"Checked on {in_words(told.version.checked)}. {told.version.sure or SURE[told.version.confidence]}")
    return tuple(lines)


def _events(told: Told) -> Sequence[Event]:
    events = told.counted.events if told.counted else ()
    return events or tuple(mark.event for mark in told.clock.marks)


def _happened(rule: Rule, event: Event) -> str:
    when = f"the year {event.year}" if event.year else in_words(event.on)
    roughly = " (only roughly known)" if event.certainty == "approximate" else ""
    words = lowered(kind_words(event.kind, event.detail)) if event.detail and event.kind != "directed_date" else ""
    kind = f" ({words})" if words else ""
    proof = f" Proof: paper {event.document} in this case." if event.document else ""
    return f"What happened: {name_of(rule, event.kind)}, {when}{roughly}{kind}.{proof}"


def _wanted(told: Told) -> list[str]:
    lines = []
    for wanted in told.ask:
        kind = wanted.split(" ")[-1]
        if wanted.startswith("kind of"):
            lines.append(f"To count this, say what kind it was: {name_of(told.rule, kind)}.")
            lines += _possible(told)
        elif wanted.startswith("directed_date"):
            lines.append("The letter or decision sets the last day. Add that date to see it here.")
        elif wanted == "child.born":
            lines.append("To count this, add your child's date of birth.")
        else:
            lines.append(f"To count this, add the date: {name_of(told.rule, kind)}.")
    return lines


def _possible(told: Told) -> list[str]:
    role = told.clock.marks[0].role
    kinds = ", or ".join(f"“{lowered(kind_words(role, kind))}”" for kind in told.rule.kinds)
    day = reckon(period_of(told.version, told.clock), told.clock, told.setting).day
    if day is None:
        return [f"This rule runs if it was: {kinds}."]
    return [f"If it was {kinds}, the last day is {in_words(day)}."]


def _count_lines(told: Told) -> list[str]:
    if told.order is not None:
        return [
            f"The count: a letter or order set the day itself, {in_words(told.order.on)}. That replaces the usual count."
        ]
    counted = told.counted
    if counted is None or counted.day is None:
        return ["The count: no day is set. The duty is there every day until it is done."]
    lines: list[str] = []
    period = period_of(told.version, told.clock)
    shown = [term for term in period.terms if _event(term, told.clock) is not None]
    if period.use == "first":
        shown = shown[:1]
    for term in shown:
        lines += _term_lines(term, told)
    if len(shown) > 1:
        lines.append(f"Two dates are compared. The {period.use} one counts.")
    usual = reckon(period, told.clock, told.setting)
    if usual.before_roll is not None and usual.day is not None:
        lines.append(f"{in_words(usual.before_roll)} is not a working day here, so it moves to {in_words(usual.day)}.")
    return lines + _moved(told, usual.day)


def _moved(told: Told, usual: dt.date | None) -> list[str]:
    """Why the last day is later than the plain count: more time taken, or days that do not count."""
    day = told.counted.day if told.counted else None
    if day is None or usual is None or day == usual:
        return []
    days = paused(told.rule, told.clock, told.setting.record, day)
    if days:
        return [f"{count(days, 'day')} of waiting for an answer do not count, so the end moves to {in_words(day)}."]
    words = told.version.extension.words if told.version.extension else ""
    return [f"More time was taken. {words} The end moves to {in_words(day)}."]


def _event(term: Term, clock: Clock) -> Event | None:
    if not term.start:
        return clock.marks[0].event
    mark = clock.mark(term.start)
    return mark.event if mark else None


def _term_lines(term: Term, told: Told) -> list[str]:
    event = _event(term, told.clock)
    if event is None:
        return []
    lines: list[str] = []
    day: dt.date | None = event.on
    for step in term.steps:
        if day is None:
            break
        lines += step_words(step, day, told.setting)
        day = walk(Term((step,)), day, told.setting)[0]
    if lines:
        lines[0] = f"The count: {lines[0]}"
    return lines


def _closing(told: Told) -> list[str]:
    due = told.counted.day if told.counted else None
    if due is None or told.today is None:
        return []
    lines = [f"The last day is {in_words(due)}."]
    if told.rule.kinds_optional and not told.clock.detail:
        kinds = " or ".join(kind.replace("_", " ") for kind in told.rule.kinds)
        lines.append(f"This is for the kind: {kinds}. Say which kind yours is, to be sure.")
    if told.end is not None:
        name = name_of(told.rule, told.end.kind)
        if told.state == "met":
            lines.append(f"Done in time: {name}, {in_words(told.end.on)}.")
        else:
            lines.append(
                f"Done late: {name}, {in_words(told.end.on)}, {count((told.end.on - due).days, 'day')} after the last day."
            )
    elif told.later is not None:
        lines.append(f"A later step is recorded: {name_of(told.rule, told.later.kind)}, {in_words(told.later.on)}.")
        if told.state == "cannot_tell":
            lines.append("So this was done, but its own date is not recorded. Add it to see if it was late.")
    elif told.state == "overdue":
        late = (told.today - due).days
        working = _working_days(due, told.today, told.setting.calendar)
        lines.append(f"It is late from {in_words(due + dt.timedelta(days=1))}.")
        lines.append(f"On {in_words(told.today)} it is {count(late, 'day')} late ({count(working, 'working day')}).")
    return lines


def _working_days(after: dt.date, until: dt.date, calendar: Calendar) -> int:
    days, day = 0, after
    while day < until:
        day += dt.timedelta(days=1)
        days += calendar.is_working(day)
    return days


def _long_shut(closures: Sequence[Closure]) -> list[Closure]:
    return [c for c in closures if c.end - c.start >= MONTH]


def closure_notes(clock: Clock, due: dt.date, setting: Setting) -> tuple[str, ...]:
    """Whether a long school closure falls in a period, and what that may mean (SEND Regulations 2014 reg 10(4)(a)).

    The exception needs the school to be asked for advice between a week before the closure and a week before it ends.
    """
    lines = []
    for shut in _long_shut(setting.closures):
        first, last = shut.start - WEEK, shut.end + dt.timedelta(days=1) - WEEK
        if last < clock.start or first > due:
            continue
        span = f"The school is shut from {in_words(shut.start)} to {in_words(shut.end)}, four weeks or more."
        asked = [e for e in setting.record.since("advice_requested_by_council", first) if e.on <= last]
        if asked:
            lines.append(
                f"{span} Advice was asked for on {in_words(asked[0].on)}, inside the window from {in_words(first)} to {in_words(last)}. "
                "If it was the school that was asked, this reason may apply. The council must show it was the cause of the delay."
            )
        else:
            lines.append(
                f"{span} This reason counts only if the school was asked for advice from {in_words(first)} to {in_words(last)}. "
                "No such request is recorded."
            )
    return tuple(lines)
