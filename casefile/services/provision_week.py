"""A week of the ledger in the order of its printed sheet, and the sessions that wait for an answer, one by one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.calendar import DAY
from casefile.domain.ledger import Span, due_days, school_days, shortfall
from casefile.domain.sessions import Provision, Session
from casefile.library import Library
from casefile.services.provision import log_session, provisions, sessions_of
from casefile.services.terms import closures_of
from casefile.store.store import Store

BACK = dt.timedelta(days=14)
"""So far back sessions are asked about one by one: longer ago few people remember."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whether a session of a line took place on a day."""

    line: Provision
    on: dt.date


def waiting(store: Store, library: Library, today: dt.date, back: dt.timedelta = BACK) -> list[Question]:
    """The sessions that should have been and that nobody has logged yet, the latest first, at most ``back`` before today.

    Only of lines whose days of the week are known: of others nobody can say which day is asked about.
    """
    closures = closures_of(store)
    found: list[Question] = []
    for line in provisions(store):
        if line.period not in ("week", "fortnight") or not line.weekdays or line.sessions is None:
            continue
        have = {one.on for one in sessions_of(store, line)}
        start = max(today - back, line.start or today - back)
        for cell in shortfall(line, (), library.calendar, closures, start, today - DAY).cells:
            found += [Question(line, day) for day in cell.days if day not in have]
    return sorted(found, key=lambda one: one.on, reverse=True)


def question(store: Store, library: Library, today: dt.date) -> Question | None:
    """The one quick question of Today: the latest session that waits for an answer."""
    return next(iter(waiting(store, library, today)), None)


def week_of(store: Store, library: Library, monday: dt.date) -> list[tuple[Provision, tuple[dt.date, ...], float]]:
    """What is due in the week of ``monday``: each line with its days and how many sessions."""
    span = Span(monday, monday + dt.timedelta(days=6))
    opened = school_days(span.start, span.end, library.calendar, closures_of(store))
    rows = []
    for line in provisions(store):
        if line.sessions is None or (line.start and line.start > span.end) or (line.end and line.end < span.start):
            continue
        days, due, _ = due_days(line, span, opened, span)
        if due:
            rows.append((line, days, due))
    return rows


def week_rows(store: Store, library: Library, monday: dt.date) -> list[tuple[Provision, dt.date | None]]:
    """The numbered rows of a week's sheet, in the order they are printed and typed back; a day is None where none is fixed."""
    rows: list[tuple[Provision, dt.date | None]] = []
    for line, days, due in week_of(store, library, monday):
        rows += [(line, day) for day in days] or [(line, None)] * max(1, round(due))
    return sorted(rows, key=lambda one: (one[1] is None, one[1] or monday))


def days_for(store: Store, library: Library, monday: dt.date, rows: Sequence[tuple[Provision, dt.date | None]]) -> list[dt.date | None]:
    """The day each row is kept under: its own, else the next school day of the week that its line has no entry for.

    None where the week has no school day left for it.
    """
    opened = school_days(monday, monday + dt.timedelta(days=6), library.calendar, closures_of(store))
    taken = {line.id: {one.on for one in sessions_of(store, line)} for line, _ in rows}
    found: list[dt.date | None] = []
    for line, day in rows:
        on = day or next((one for one in opened if one not in taken[line.id]), None)
        if on is not None and day is None:
            taken[line.id].add(on)
        found.append(on)
    return found


def log_week(store: Store, entries: Sequence[Session], today: dt.date) -> int:
    """Keep the answers of a week's sheet, as one step to undo; returns how many. Raises ``Invalid`` and then keeps none."""
    with store.action("Typed in a week"):
        for one in entries:
            log_session(store, one, today)
    return len(entries)
