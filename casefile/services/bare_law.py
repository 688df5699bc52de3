"""The law without a case: deadlines from a file of events, and checking a folder of law data."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile import library
from casefile.domain.calendar import Closure
from casefile.domain.dates import EARLIEST, LATEST, read_iso
from casefile.domain.deadlines import Deadline, deadlines
from casefile.domain.events import Certainty, Event
from casefile.domain.people import Child
from casefile.domain.rules import EventKind
from casefile.errors import BadFile, Invalid, NotFound
from casefile.library.law import Law

EVENT_KEYS = ("event", "date", "year", "kind", "note", "document", "certainty", "id", "answers")
MOST = 20_000_000


@dataclass(frozen=True, slots=True)
class BareCase:
    """What a file of events holds."""

    child: Child | None
    events: tuple[Event, ...]
    closures: tuple[Closure, ...]


def law() -> Law:
    """The program's own law data."""
    return library.load().law


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file. Raises ``NotFound`` or ``BadFile`` naming the place."""
    try:
        if path.stat().st_size > MOST:
            raise BadFile(f"{path.name} is too big to be a file of facts.", "Check that it is the right file.")
        found = json.loads(
            path.read_text(encoding="utf-8-sig"), object_pairs_hook=lambda pairs: _once(path.name, pairs)
        )
    except OSError:
        raise NotFound(f"The file {path} cannot be read.", "Check its name.") from None
    except json.JSONDecodeError as why:
        raise BadFile(
            f"{path.name} is not JSON: {why.msg} at line {why.lineno}, column {why.colno}.", "Mend that place."
        ) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise BadFile(f"{path.name} is not JSON text.", "Check that it is the right file.") from None
    if not isinstance(found, dict):
        raise BadFile(f"{path.name} should hold one object in curly brackets.", 'Start it with {"events": [ … ]}.')
    return found


def _once(name: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadFile(f"{name}: {key!r} is there twice in one place.", "Keep one of the two.")
        found[key] = value
    return found


def read_events(path: Path, today: dt.date) -> BareCase:
    """The events of a file, checked: known events, real dates in a sensible order. ``today`` bounds the date of birth.

    Raises ``Invalid``, ``BadFile`` or ``NotFound``; the message names the place in the file.
    """
    raw = read_json(path)
    _only(raw, ("child", "events", "closures", "as_of"), path.name)
    child = _child(raw.get("child"), path.name, today)
    rows = raw.get("events", [])
    if not isinstance(rows, list):
        raise Invalid(f"{path.name}: events should be a list.", 'Write "events": [ … ].')
    kinds = law().event_kinds
    events = tuple(_event(row, f"{path.name}, event {number}", kinds, number) for number, row in enumerate(rows, 1))
    _in_order(events, child, path.name)
    closures = _closures(raw.get("closures"), path.name)
    return BareCase(child, events, closures)


def deadlines_of_file(path: Path, today: dt.date, as_of: dt.date) -> list[Deadline]:
    """The deadlines of a file of events on the day ``as_of``. Raises as ``read_events``."""
    case = read_events(path, max(today, as_of))
    books = library.load()
    return deadlines(case.events, books.rules, books.calendar, as_of, child=case.child, closures=case.closures)


def _only(raw: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> None:
    for key in raw:
        if key not in allowed:
            raise Invalid(f"{where}: {key!r} is not known here.", f"Use one of: {', '.join(allowed)}.")


def read_day(value: object, where: str) -> dt.date:
    """A date in the text form of the files, within the years the program can count. Raises ``Invalid``."""
    if not isinstance(value, str):
        raise Invalid(f"{where} is {value!r}, which is not a date.", 'Write it as text, for example "2026-05-12".')
    day = read_iso(value, where)
    if not EARLIEST <= day <= LATEST:
        raise Invalid(f"{where} is {value}, outside the years the program can count.", "Check the year.")
    return day


def _child(raw: object, name: str, today: dt.date) -> Child | None:
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise Invalid(f"{name}: child should be an object.", 'Write "child": {"born": "2015-03-02"}.')
    if raw.get("born") is None:
        return Child()
    born = read_day(raw["born"], f"{name}, child: born")
    if born > today:
        raise Invalid(f"{name}, child: born is {born}, which is in the future.", "Check the year.")
    return Child(born=born)


def _event(raw: object, where: str, kinds: Mapping[str, EventKind], number: int) -> Event:
    if not isinstance(raw, dict):
        raise Invalid(f"{where} should be an object.", 'Write {"event": "…", "date": "…"}.')
    _only(raw, EVENT_KEYS, where)
    id_ = raw.get("event")
    kind = kinds.get(id_) if isinstance(id_, str) else None
    if kind is None and id_ != "note":
        raise Invalid(f"{where}: there is no event called {id_!r}.", "casefile law events lists them all.")
    year = _year(raw, where, kind)
    day = dt.date(year, 1, 1) if year is not None else read_day(raw.get("date"), f"{where}: date")
    detail = _detail(raw.get("kind"), where, kind)
    certainty: Certainty = "approximate" if raw.get("certainty") == "approximate" else "exact"
    return Event(
        _number(raw.get("id"), f"{where}: id") or number, str(id_), day, _number(raw.get("document"), f"{where}: document"),
        str(raw.get("note") or ""), certainty, _number(raw.get("answers"), f"{where}: answers"), detail, year,
    )  # fmt: skip


def _number(value: object, where: str) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise Invalid(f"{where} is {value!r}, which is not a whole number.", "Write a number without quotation marks.")


def _year(raw: Mapping[str, Any], where: str, kind: EventKind | None) -> int | None:
    year = raw.get("year")
    if kind is None or not kind.takes_year:
        if year is not None:
            raise Invalid(f"{where}: this event has a date, not a year.", 'Write "date" instead.')
        return None
    if year is None and raw.get("date") is not None:
        return read_day(raw["date"], f"{where}: date").year
    if not isinstance(year, int) or isinstance(year, bool) or not EARLIEST.year <= year < LATEST.year:
        raise Invalid(f"{where}: year is {year!r}, which is not a year.", 'Write "year": 2027, for example.')
    return year


def _detail(value: object, where: str, kind: EventKind | None) -> str:
    if value is None or value == "":
        return ""
    allowed = kind.details if kind else ()
    if allowed == ("*",):
        allowed = tuple(rule.id for rule in law().rules)
    if value not in allowed:
        cure = f"Use one of: {', '.join(allowed)}." if 0 < len(allowed) < 20 else "Leave it out, or name a rule."
        raise Invalid(f"{where}: kind is {value!r}, which is not known for this event.", cure)
    return str(value)


def _in_order(events: tuple[Event, ...], child: Child | None, name: str) -> None:
    ids: dict[int, Event] = {}
    for number, event in enumerate(events, 1):
        if event.id in ids:
            raise Invalid(f"{name}, event {number}: the id {event.id} is used twice.", "Give each event its own id.")
        ids[event.id or 0] = event
        if child and child.born and event.on < child.born and event.year is None:
            raise Invalid(f"{name}, event {number}: {event.on} is before the child was born.", "Check both dates.")
    for number, event in enumerate(events, 1):
        if event.answers is None:
            continue
        earlier = ids.get(event.answers)
        if earlier is None:
            raise Invalid(
                f"{name}, event {number}: it answers {event.answers}, but no event has that id.", "Check the id."
            )
        if earlier.on > event.on:
            raise Invalid(
                f"{name}, event {number}: it is dated {event.on}, before what it answers ({earlier.on}).",
                "Check both dates.",
            )


def _closures(raw: object, name: str) -> tuple[Closure, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise Invalid(f"{name}: closures should be a list.", 'Write "closures": [{"from": "…", "to": "…"}].')
    found = []
    for number, row in enumerate(raw, 1):
        where = f"{name}, closure {number}"
        if not isinstance(row, dict):
            raise Invalid(f"{where} should be an object.", 'Write {"from": "…", "to": "…"}.')
        _only(row, ("from", "to", "reason"), where)
        start, end = read_day(row.get("from"), f"{where}: from"), read_day(row.get("to"), f"{where}: to")
        if end < start:
            raise Invalid(f"{where}: it ends on {end}, before it starts on {start}.", "Swap the two dates.")
        found.append(Closure(start, end, str(row.get("reason") or "")))
    return tuple(found)
