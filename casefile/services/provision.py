"""The ledger: what the plan promises, what was given, and the shortfall with its evidence."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from casefile.domain.calendar import DAY
from casefile.domain.ledger import Cell, Shortfall, Span, by_span, school_days, school_spans, shortfall
from casefile.domain.sessions import OUTCOMES, Provision, Session
from casefile.errors import Invalid, NotFound
from casefile.library import Library
from casefile.services.terms import closures_of
from casefile.store.store import Store


def provisions(store: Store) -> list[Provision]:
    """Every line of the plan that is followed, in the plan's order."""
    return sorted(store.find(Provision), key=lambda one: (one.item[:1], len(one.item), one.item, one.id or 0))


def provision(store: Store, item: str) -> Provision:
    """One line by its key ("F3") or number. Raises ``NotFound``."""
    for one in provisions(store):
        if item in (one.item, str(one.id)):
            return one
    raise NotFound(f"No line {item!r} is followed in this case.", "See the lines with: casefile provision CASE report")


def save(store: Store, one: Provision) -> Provision:
    """Keep a new or changed line; returns it with its id. Raises ``Invalid`` for amounts and dates that cannot be."""
    if not one.item.strip():
        raise Invalid("The line of the plan has no key.", "Give the key that the plan shows, for example F1.")
    if one.weeks_a_year is not None and not 0 < one.weeks_a_year <= 53:
        raise Invalid(f"{one.weeks_a_year} weeks a year cannot be right.", "Write 1 to 53, or leave it empty.")
    if one.minutes is not None and not 0 < one.minutes <= 24 * 60:
        raise Invalid(f"{one.minutes} minutes cannot be the length of a session.", "Write the minutes of one session.")
    if one.sessions is not None and not 0 < one.sessions <= 500:
        raise Invalid(f"{one.sessions:g} sessions cannot be right.", "Write how many sessions in each period.")
    if one.start and one.end and one.end < one.start:
        raise Invalid("The line ends before it starts.", "Check both dates.")
    if any(not 0 <= day <= 6 for day in one.weekdays):
        raise Invalid("That is no day of the week.", "Use 0 for Monday to 6 for Sunday.")
    with store.action("Changed what is followed"):
        if one.id is None:
            return replace(one, id=store.add(one))
        store.change(one)
        return one


def remove(store: Store, id_: int) -> None:
    """Stop following a line, and take its sessions out. Undo brings both back."""
    with store.action("Removed a line from the ledger"):
        store.remove(Provision, id_)


def check_session(one: Session, line: Provision, today: dt.date) -> None:
    """Refuse what cannot be. Raises ``Invalid``."""
    if one.outcome not in OUTCOMES:
        raise Invalid(f"{one.outcome!r} is not something that can become of a session.", f"Use one of: {', '.join(OUTCOMES)}.")
    if one.on > today:
        raise Invalid("That day has not come yet.", "Log a session on its day or later.")
    if one.minutes is not None and not 0 <= one.minutes <= 24 * 60:
        raise Invalid(f"{one.minutes} minutes cannot be right.", "Write the minutes that were given.")
    if one.outcome == "part" and one.minutes is None:
        raise Invalid("How many minutes were given is missing.", "Write the minutes, or say that it is not known.")
    if (line.start and one.on < line.start) or (line.end and one.on > line.end):
        raise Invalid("That day lies outside the dates of this line of the plan.", "Check the day, or the line’s dates.")


def log_session(store: Store, one: Session, today: dt.date) -> Session:
    """Say what became of a session. One logged before for the same line and day is replaced. Raises ``Invalid``, ``NotFound``."""
    line = store.get(Provision, one.provision)
    check_session(one, line, today)
    before = next(iter(store.find(Session, provision=one.provision, on=one.on.isoformat())), None) if one.id is None else None
    with store.action("Logged a session"):
        if before is not None:
            one = replace(one, id=before.id)
        if one.id is not None:
            store.change(one)
            return one
        return replace(one, id=store.add(one))


def log_span(
    store: Store, library: Library, line: Provision, start: dt.date, end: dt.date, pattern: Session, today: dt.date
) -> list[Session]:
    """Log every session due from ``start`` to ``end`` at once ("none since September, said in this mail"), as one step.

    ``pattern`` gives outcome, reason, who said so and the paper. Days already logged are left as they are. Without known
    weekdays one entry is made for each session due in a week, on its first school days.
    """
    closures = closures_of(store)
    bounds = Span(max(start, line.start or start), min(end, line.end or end, today))
    have = {one.on for one in store.find(Session, provision=line.id)}
    made = []
    with store.action("Logged many sessions"):
        for cell in shortfall(line, (), library.calendar, closures, bounds.start, bounds.end).cells:
            days = cell.days
            if not days:
                first, last = max(cell.span.start, bounds.start), min(cell.span.end, bounds.end)
                opened = school_days(first, last, library.calendar, closures)
                logged = sum(1 for day in have if cell.span.start <= day <= cell.span.end)
                days = tuple(day for day in opened if day not in have)[: max(0, round(cell.due) - logged)]
            for day in days:
                if day not in have:
                    made.append(log_session(store, replace(pattern, id=None, provision=line.id or 0, on=day), today))
    return made


def sessions_of(store: Store, line: Provision) -> list[Session]:
    """Everything logged for a line, the oldest first."""
    return store.find(Session, '"on", id', provision=line.id)


def report(
    store: Store, library: Library, today: dt.date, start: dt.date | None = None, end: dt.date | None = None
) -> list[Shortfall]:
    """The shortfall of every line from ``start`` (else the line's own start) to ``end`` (else yesterday)."""
    closures = closures_of(store)
    until = min(end or today - DAY, today)
    logged: dict[int, list[Session]] = {}
    for one in store.find(Session):
        logged.setdefault(one.provision, []).append(one)
    begins = {
        line: start or line.start or min((one.on for one in logged.get(line.id or 0, ())), default=today) for line in provisions(store)
    }  # fmt: skip
    around = dt.timedelta(days=40)
    opened = school_days(min(begins.values()) - around, until + around, library.calendar, closures) if begins else []
    return [shortfall(line, logged.get(line.id or 0, ()), library.calendar, closures, first, until, opened) for line, first in begins.items()]


def half_terms(store: Store, rows: Sequence[Shortfall], period: str = "half_term") -> list[tuple[Span, list[tuple[Shortfall, Cell]]]]:
    """The ledger added up by half term (or ``term``): each stretch with the lines that have anything in it; empty without holidays."""
    closures = closures_of(store)
    cells = [cell for one in rows for cell in one.cells]
    if not closures or not cells:
        return []
    stretches = school_spans(closures, period, min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))
    sums = [(one, {cell.span: cell for cell in by_span(one, stretches)}) for one in rows]
    found = [(span, [(one, cell) for one, by in sums if (cell := by.get(span)) is not None and (cell.due or cell.missed or cell.delivered)]) for span in stretches]
    return [(span, lines) for span, lines in found if lines]
