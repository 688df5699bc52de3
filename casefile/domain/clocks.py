"""Which clocks run: every starting event has its own, and what stops it is data."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from casefile.domain.events import Event
from casefile.domain.rules import Rule, Start

NEAR = dt.timedelta(days=31)
"""An event only stands in for another where the other is not recorded within this time of it."""
JOINS = dt.timedelta(days=400)
"""A later starting event belongs to an earlier one only within this time."""
TOLD = dt.timedelta(days=120)
"""How long before a meeting its invitation can be."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in the role a rule knows it by. ``detail`` is its kind of decision; ``words`` a caution, if any."""

    role: str
    event: Event
    detail: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """The marks of one running clock, oldest first, and the day the next clock of the same rule starts."""

    marks: tuple[Mark, ...]
    following: dt.date | None = None

    @property
    def start(self) -> dt.date:
        """The day it started."""
        return self.marks[0].event.on

    @property
    def detail(self) -> str:
        """The kind of order, agreement or decision, where one of its events says so."""
        for mark in self.marks:
            if mark.detail:
                return mark.detail
        return ""

    def with_detail(self, detail: str) -> "Clock":
        """The same clock, its first event taken to be of a kind worked out from other facts."""
        return replace(self, marks=(replace(self.marks[0], detail=detail), *self.marks[1:]))

    def mark(self, role: str) -> Mark | None:
        """The mark in a role, if it has one."""
        return next((mark for mark in self.marks if mark.role == role), None)


class Record:
    """The events of a case, ready to be asked: by kind, in date order, with the threads of answers."""

    def __init__(self, events: Iterable[Event]) -> None:
        """Take the events in any order."""
        self.kinds: dict[str, list[Event]] = {}
        for event in sorted(events, key=lambda e: e.on):
            self.kinds.setdefault(event.kind, []).append(event)
        self._dates = {kind: [event.on for event in found] for kind, found in self.kinds.items()}
        self._by_id: Mapping[int, Event] = {e.id: e for found in self.kinds.values() for e in found if e.id is not None}

    def has(self, kinds: Iterable[str]) -> bool:
        """Whether an event of one of the kinds is recorded."""
        return any(kind in self.kinds for kind in kinds)

    def since(self, kind: str, day: dt.date) -> list[Event]:
        """The events of a kind on or after a day, oldest first."""
        found = self.kinds.get(kind)
        return found[bisect_left(self._dates[kind], day) :] if found else []

    def place(self, kind: str, day: dt.date) -> int:
        """Where the events of a recorded kind on or after a day begin."""
        return bisect_left(self._dates[kind], day)

    def latest(self, kind: str, day: dt.date) -> Event | None:
        """The last event of a kind on or before a day."""
        found = self.kinds.get(kind)
        if not found:
            return None
        at = bisect_left(self._dates[kind], day + dt.timedelta(days=1))
        return found[at - 1] if at else None

    def within(self, kind: str, day: dt.date, span: dt.timedelta) -> bool:
        """Whether an event of a kind lies within ``span`` of a day, either side."""
        found = self.since(kind, day - span)
        return bool(found) and found[0].on <= day + span

    def ancestors(self, event: Event) -> list[Event]:
        """The event it answers, the one that answers, and so on."""
        found: list[Event] = []
        while event.answers is not None and len(found) < 50:
            earlier = self._by_id.get(event.answers)
            if earlier is None or earlier in found:
                break
            found.append(earlier)
            event = earlier
        return found

    def excluded(self, event: Event, clock: Clock, roles: frozenset[str]) -> bool:
        """Whether an event answers another clock of the same rule, and so does not belong to this one."""
        if event.answers is None:
            return False
        own = {id(mark.event) for mark in clock.marks}
        mine = {id(e) for mark in clock.marks for e in self.ancestors(mark.event)} | own
        chain = self.ancestors(event)
        if any(id(e) in own for e in chain):
            return False
        if any(e.kind in roles for e in chain):
            return True
        shared = any(id(e) in mine for e in chain)
        return not shared and any(mark.event.answers is not None for mark in clock.marks)


def _marks(rule: Rule, record: Record) -> list[Mark]:
    found: list[Mark] = []
    for start in rule.starts:
        for event in record.kinds.get(start.kind, ()):
            if start.when and event.detail != start.when:
                continue
            if start.role != start.kind and _spoken_for(start, event, record):
                continue
            found.append(Mark(start.role, event, start.detail or event.detail, start.words))
    found.sort(key=lambda mark: mark.event.on)
    return found


def _spoken_for(start: Start, event: Event, record: Record) -> bool:
    """Whether the event the stand-in stands for is itself recorded, or the stand-in is not the right one."""
    if start.first:
        earlier = record.kinds[start.kind][0] is not event
        return earlier or start.role in record.kinds or record.latest(start.after, event.on) is None
    return record.within(start.role, event.on, NEAR)


def _grouped(rule: Rule, record: Record, marks: Sequence[Mark]) -> list[list[Mark]]:
    order = list(dict.fromkeys(start.role for start in rule.starts))
    first_kinds = {role: at for at, role in enumerate(order)}
    groups: list[list[Mark]] = []
    homes: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: (m.event.on, first_kinds[m.role])):
        home = _answered(record, homes, mark)
        if home is None and groups and (first_kinds[mark.role] != 0 or rule.any_order):
            home = _waiting(rule, record, groups[-1], mark)
        if home is None:
            home = []
            groups.append(home)
        home.append(mark)
        homes.setdefault(id(mark.event), home)
    return groups


def _answered(record: Record, homes: Mapping[int, list[Mark]], mark: Mark) -> list[Mark] | None:
    """The first clock that holds an event this one answers, if it still has no event in this role."""
    if mark.event.answers is None:
        return None
    found = [homes[id(event)] for event in record.ancestors(mark.event) if id(event) in homes]
    free = [group for group in found if all(m.role != mark.role for m in group)]
    return min(free, key=lambda group: group[0].event.on, default=None)


def _waiting(rule: Rule, record: Record, last: list[Mark], mark: Mark) -> list[Mark] | None:
    """The last clock, if it still waits for an event in this role."""
    if any(m.role == mark.role for m in last) or mark.event.on - last[0].event.on > JOINS:
        return None
    end = find_end(rule, Clock(tuple(last)), record)
    return None if end is not None and end.on < mark.event.on else last


def clocks(rule: Rule, record: Record) -> list[Clock]:
    """Every clock a rule has in a case, oldest first."""
    marks = _marks(rule, record)
    groups = _grouped(rule, record, marks) if rule.together and len(marks) > 1 else [[mark] for mark in marks]
    if rule.needs:
        groups = [group for group in groups if all(any(m.role == need for m in group) for need in rule.needs)]
    following = [*(group[0].event.on for group in groups[1:]), None]
    return [Clock(tuple(group), after) for group, after in zip(groups, following, strict=False)]


def _first(
    pairs: Sequence[tuple[str, str]], clock: Clock, record: Record, roles: frozenset[str], since: dt.date
) -> Event | None:
    found: Event | None = None
    own = [mark.event for mark in clock.marks]
    kinds = [event.kind for event in own]
    for kind, detail in pairs:
        events = record.kinds.get(kind)
        if events is None:
            continue
        strict = kind in kinds
        for event in islice(events, record.place(kind, since), None):
            if found is not None and event.on >= found.on:
                break
            if detail and event.detail != detail:
                continue
            if strict and (event.on <= clock.start or any(event is one for one in own)):
                continue
            # A new event of the kind that started this clock takes over from it, whatever it answers.
            if not strict and event.answers is not None and record.excluded(event, clock, roles):
                continue
            found = event
            break
    return found


def find_end(rule: Rule, clock: Clock, record: Record) -> Event | None:
    """The event that stopped a clock: the first of its ending kinds that is not the answer to another clock.

    For a rule that looks back from a day to come (an invitation before a meeting) the last one before that day.
    """
    if rule.looks_back:
        earlier = [record.latest(kind, clock.start) for kind, _ in rule.ends]
        found = [e for e in earlier if e is not None and e.on >= clock.start - TOLD]
        return max(found, key=lambda e: e.on, default=None)
    return _first(rule.ends, clock, record, rule.roles, _looked_from(clock)) if rule.ends else None


def _looked_from(clock: Clock) -> dt.date:
    """The first day an ending event can bear: for a move to the next stage, the September before that year."""
    if clock.marks[0].role == "transfer_year":
        return dt.date(clock.start.year - 1, 9, 1)
    return clock.start


def stopped(rule: Rule, clock: Clock, record: Record, today: dt.date) -> bool:
    """Whether the duty fell away by ``today`` (the council said no, the request was taken back) and stayed so."""
    if not rule.stops:
        return False
    stop = _first(rule.stops, clock, record, rule.roles, clock.start)
    if stop is None or stop.on > today:
        return False
    end = find_end(rule, clock, record)
    if end is not None and end.on <= stop.on:
        return False
    again = _first(rule.resumes, clock, record, rule.roles, stop.on)
    return again is None or (clock.following is not None and again.on >= clock.following)


def later_step(rule: Rule, clock: Clock, record: Record) -> Event | None:
    """A later step that shows the thing must have been done, although its own date is not recorded."""
    if not rule.past:
        return None
    return _first(rule.past, clock, record, rule.roles, clock.start)
