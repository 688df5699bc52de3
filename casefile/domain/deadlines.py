"""The heart: from what happened and the rules, every last day, its state, and its working."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from casefile.domain.calendar import Calendar, Closure, add_months
from casefile.domain.clocks import Clock, Record, clocks, find_end, later_step, stopped
from casefile.domain.dates import in_words
from casefile.domain.events import Event
from casefile.domain.people import Child
from casefile.domain.reckoning import Counted, Setting, directed, paused, period_of, reckon
from casefile.domain.rules import Period, Rule, RuleVersion, in_force
from casefile.domain.telling import Told, closure_notes, tell

STATES = ("coming", "due_soon", "overdue", "met", "met_late", "passed", "continuous", "cannot_tell")
SOON = dt.timedelta(days=14)
SAFE_DAYS = 3


@dataclass(frozen=True, slots=True)
class Also:
    """Another date that can be defended, and who counts so."""

    due: dt.date
    because: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """One last day of a case, with everything needed to explain it.

    ``safe_date`` is for what the parent must do: the earliest reading less three working days. ``days_late`` counts
    calendar days from the day after ``due``. ``ask`` names what is missing when ``state`` is ``cannot_tell``
    ("kind of tribunal_order_date"). ``account`` makes ``working`` when it is asked for.
    """

    rule: str
    title: str
    owed_by: str
    due: dt.date | None
    safe_date: dt.date | None
    status: str
    state: str
    provisional: bool = False
    days_late: int = 0
    starts: tuple[Event, ...] = ()
    ended_by: Event | None = None
    reference: str = ""
    link: str = ""
    checked: dt.date | None = None
    confidence: str = "text"
    exceptions: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()
    ask: tuple[str, ...] = ()
    help: str = ""
    stage: str = ""
    account: Callable[[], tuple[str, ...]] = field(default=tuple, repr=False, compare=False)

    @property
    def working(self) -> tuple[str, ...]:
        """How the date was worked out, in short plain lines."""
        return self.account()

    @property
    def mine(self) -> bool:
        """Whether the parent is the one to act."""
        return "parent" in self.owed_by


def deadlines(
    events: Sequence[Event],
    rules: Sequence[Rule],
    calendar: Calendar,
    today: dt.date,
    *,
    child: Child | None = None,
    closures: Sequence[Closure] = (),
) -> list[Deadline]:
    """Every deadline of a case, in date order, those without a date last.

    Pure: ``today`` changes only what state a deadline is in, never its date. ``closures`` are the days the child's own
    school is shut. A rule is listed only if an event that starts it is recorded, or known from the date of birth.
    """
    record = Record([*events, *_birthdays(events, child)])
    setting = Setting(record, calendar, tuple(closures))
    found = [
        deadline
        for rule in rules
        if record.has(start.kind for start in rule.starts)
        for clock in clocks(rule, record)
        if (deadline := _one(rule, clock, setting, today, child)) is not None
    ]
    return sorted(found, key=lambda d: (d.due or dt.date.max, d.rule))


def _birthdays(events: Iterable[Event], child: Child | None) -> list[Event]:
    if child is None or child.born is None:
        return []
    recorded = {event.kind for event in events}
    return [
        Event(None, kind, add_months(child.born, 12 * years))
        for kind, years in (("sixteenth_birthday", 16), ("twentyfifth_birthday", 25))
        if kind not in recorded
    ]


def _detail(clock: Clock, child: Child | None) -> str:
    """The kind of decision of a clock; for a change of phase, worked out from the date of birth if need be."""
    mark = clock.marks[0]
    if clock.detail or mark.role != "transfer_year" or child is None or child.born is None:
        return clock.detail
    year = mark.event.year or mark.event.on.year
    born = child.born
    turns_sixteen = born.year + 16 + (born.month >= 9)
    return "post16" if year >= turns_sixteen else "school"


def _fits(rule: Rule, detail: str) -> bool:
    if detail and detail in rule.not_kinds:
        return False
    return not rule.kinds or not detail or detail in rule.kinds


def _missing(rule: Rule, clock: Clock, detail: str, child: Child | None) -> tuple[str, ...]:
    """What must be known before this clock can be counted."""
    if not (rule.asks or rule.kinds or rule.under_age):
        return ()
    lacking = [f"date of {kind}" for kind in rule.asks if clock.mark(kind) is None]
    if rule.kinds and not detail and not rule.kinds_optional:
        lacking.append(f"kind of {clock.marks[0].role}")
    if rule.under_age and (child is None or child.born is None):
        lacking.append("child.born")
    return tuple(lacking)


def _too_old(rule: Rule, clock: Clock, child: Child | None) -> bool:
    born = child.born if child else None
    return bool(rule.under_age and born and clock.start >= add_months(born, 12 * rule.under_age))


def _one(rule: Rule, clock: Clock, setting: Setting, today: dt.date, child: Child | None) -> Deadline | None:
    version = in_force(rule, clock.start)
    detail = _detail(clock, child)
    if version is None or not _fits(rule, detail) or _too_old(rule, clock, child):
        return None
    if rule.unless_after and _belongs_elsewhere(rule.unless_after, clock, setting.record):
        return None
    if stopped(rule, clock, setting.record, today):
        return None
    if detail != clock.detail:
        clock = clock.with_detail(detail)
    order = directed(rule, clock, setting.record)
    period = period_of(version, clock)
    ask = () if order else _missing(rule, clock, detail, child)
    if not ask and order is None and period.first.count == "directed":
        ask = (f"directed_date for {rule.id}",)
    if ask:
        return _untold(rule, version, clock, setting, ask)
    counted = _extended(rule, version, period, clock, setting)
    if order is not None:
        counted = Counted(order.on, (clock.marks[0].event,))
    elif _held(rule, clock, setting.record, counted.day):
        counted = Counted(None, counted.events)
    return _made(rule, version, clock, setting, today, counted, order)


def _held(rule: Rule, clock: Clock, record: Record, due: dt.date | None) -> bool:
    """Whether something that came in time keeps this going, so that it has no last day for now."""
    found = record.since(rule.held_by, clock.start) if rule.held_by else []
    return bool(found and due and found[0].on <= due)


def _belongs_elsewhere(kind: str, clock: Clock, record: Record) -> bool:
    earlier = record.latest(kind, clock.start)
    return earlier is not None and clock.start - earlier.on <= dt.timedelta(weeks=26)


def _untold(rule: Rule, version: RuleVersion, clock: Clock, setting: Setting, ask: tuple[str, ...]) -> Deadline:
    told = Told(rule, version, clock, setting, ask=ask)
    starts = tuple(mark.event for mark in clock.marks)
    safe = reckon(rule.safe_days, clock, setting).day if rule.safe_days else None
    return Deadline(
        rule.id, rule.title, rule.who, None, safe, rule.status, "cannot_tell",
        provisional=any(e.certainty == "approximate" for e in starts), starts=starts,
        reference=version.cite, link=version.link, checked=version.checked, confidence=version.confidence,
        exceptions=_exceptions(version), cautions=version.cautions, ask=ask, help=rule.help, stage=rule.stage,
        account=partial(tell, told),
    )  # fmt: skip


def _extended(rule: Rule, version: RuleVersion, period: Period, clock: Clock, setting: Setting) -> Counted:
    """The ordinary last day, moved by an extension or a pause that is recorded."""
    counted = reckon(period, clock, setting)
    if counted.day is None:
        return counted
    if version.extension is not None:
        given = [
            event
            for event in setting.record.since(version.extension.event, clock.start)
            if clock.following is None or event.on < clock.following
        ]
        if any(event.on <= counted.day and not setting.record.excluded(event, clock, rule.roles) for event in given):
            counted = reckon(version.extension.period, clock, setting)
    days = paused(rule, clock, setting.record, counted.day) if counted.day else 0
    if days and counted.day:
        return Counted(counted.day + dt.timedelta(days=days), counted.events, counted.provisional, counted.term)
    return counted


def _made(
    rule: Rule,
    version: RuleVersion,
    clock: Clock,
    setting: Setting,
    today: dt.date,
    counted: Counted,
    order: Event | None,
) -> Deadline | None:
    end = find_end(rule, clock, setting.record)
    end = None if end is not None and end.on > today else end
    due = counted.day
    if due is None and end is not None:
        return None
    also = _also(version, clock, setting, due) if order is None else ()
    later = None if end is not None else later_step(rule, clock, setting.record)
    later = None if later is not None and later.on > today else later
    if due is None and later is not None:
        return None
    patience = max((a.due for a, wait in also if wait), default=due)
    readings = tuple(reading for reading, _ in also)
    state = _state(rule, clock, due, patience, today, end, later)
    unsure = rule.kinds_optional and not clock.detail
    if state == "overdue" and unsure:
        state = "cannot_tell"
    starts = counted.events or (clock.marks[0].event,)
    told = Told(
        rule, version, clock, setting, counted=counted, end=end, order=order, state=state, today=today, later=later
    )
    ask: tuple[str, ...] = ()
    if unsure:
        ask = (f"kind of {clock.marks[0].role}",)
    elif state == "cannot_tell" and rule.ends:
        ask = (f"date of {rule.ends[0][0]}",)
    return Deadline(
        rule.id, rule.title, rule.who, due,
        _safe(rule, due, readings, clock, setting), rule.status, state,
        provisional=counted.provisional, days_late=_days_late(state, due, end, today), starts=starts, ended_by=end,
        reference=version.cite, link=version.link, checked=version.checked, confidence=version.confidence,
        exceptions=_exceptions(version, due, clock, setting), cautions=_cautions(rule, version, clock, due, counted, state),
        also=readings, ask=ask, help=rule.help, stage=rule.stage, account=partial(tell, told),
    )  # fmt: skip


def _also(version: RuleVersion, clock: Clock, setting: Setting, due: dt.date | None) -> tuple[tuple[Also, bool], ...]:
    found = []
    for reading in version.also:
        other = reckon(reading.period, clock, setting, wide=True).day
        if other is not None and other != due and other >= clock.start:
            found.append((Also(other, reading.because), reading.wait))
    return tuple(found)


def _state(
    rule: Rule,
    clock: Clock,
    due: dt.date | None,
    patience: dt.date | None,
    today: dt.date,
    end: Event | None,
    later: Event | None,
) -> str:
    if due is None or patience is None:
        return "continuous"
    if end is not None:
        return "met" if end.on <= due else "met_late"
    if later is not None:
        return "met" if later.on <= due else "cannot_tell"
    if today <= patience:
        return "due_soon" if due - today <= SOON else "coming"
    blameless = rule.mine or rule.nature != "limit" or rule.status == "good_practice"
    looked_back = rule.looks_back and today > clock.start
    return "passed" if blameless or looked_back else "overdue"


def _days_late(state: str, due: dt.date | None, end: Event | None, today: dt.date) -> int:
    if due is None:
        return 0
    if state == "overdue":
        return (today - due).days
    return (end.on - due).days if state == "met_late" and end is not None else 0


def _safe(rule: Rule, due: dt.date | None, also: Sequence[Also], clock: Clock, setting: Setting) -> dt.date | None:
    """The day to work to: the earliest reading less three working days, never before the clock began."""
    if not rule.mine or rule.nature != "limit" or due is None:
        return None
    earliest = min(due, *(reading.due for reading in also)) if also else due
    return max(setting.calendar.add_working(earliest, -SAFE_DAYS), clock.start)


def _exceptions(
    version: RuleVersion, due: dt.date | None = None, clock: Clock | None = None, setting: Setting | None = None
) -> tuple[str, ...]:
    if version.exceptions is None:
        return ()
    texts = (*version.exceptions.grounds, version.exceptions.effect)
    if due is None or clock is None or setting is None or not version.exceptions.school_closure:
        return texts
    return (*texts, *closure_notes(clock, due, setting))


def _cautions(
    rule: Rule, version: RuleVersion, clock: Clock, due: dt.date | None, counted: Counted, state: str
) -> tuple[str, ...]:
    found = [mark.words for mark in clock.marks if mark.words]
    if due is not None and version.temporary:
        low, high = min(clock.start, due), max(clock.start, due)
        found += [change.words for change in version.temporary if change.since <= high and low <= change.until]
    if counted.provisional and any(event.certainty == "approximate" for event in counted.events):
        found.append("This date rests on a date that is only roughly known. Find the exact day if you can.")
    elif counted.provisional and counted.term and counted.term.steps[-1].count.startswith("school"):
        found.append("We do not know all the days the school is shut. Add them: the date can only move later.")
    elif (
        counted.provisional and due is not None and counted.term and counted.term.steps[-1].count != "academic_year_end"
    ):
        found.append("The bank holidays around this date are not all known yet. The date may move a little.")
    if rule.minimum and due is not None:
        found.append("This is the least time allowed. More may be given, not less.")
    if state == "passed" and rule.nature == "limit" and rule.mine and due is not None:
        found.append(f"The last day was {in_words(due)}. Get free advice at once about what can still be done.")
    return (*found, *version.cautions)
