"""Which body can help, without a case: the doors from a file of facts."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from casefile import library
from casefile.domain.failings import RIGHTS, SETTINGS, Appeal, Books, Complaint, Door, Facts
from casefile.domain.routes import doors
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services.bare_law import law, read_day, read_json

FIELDS = (
    "issue", "as_of", "knew_on", "going_on", "council_complaint", "appeal", "setting", "out_of_school",
    "section_i_only", "dates", "born",
)  # fmt: skip
COMPLAINT = ("stage1_made", "stage1_answered", "stage2_made", "final_answered", "refused")
APPEAL = ("right", "decision_sent", "mediation_certificate", "lodged", "ended", "connected")
AFTER = (
    ("council_complaint", "stage1_answered", "stage1_made"), ("council_complaint", "stage2_made", "stage1_made"),
    ("council_complaint", "stage2_made", "stage1_answered"), ("council_complaint", "final_answered", "stage1_made"),
    ("council_complaint", "final_answered", "stage1_answered"), ("council_complaint", "final_answered", "stage2_made"),
    ("appeal", "mediation_certificate", "decision_sent"), ("appeal", "lodged", "decision_sent"),
    ("appeal", "ended", "lodged"), ("appeal", "ended", "decision_sent"),
)  # fmt: skip
"""Which date of which part may not lie before which other."""


def books_of(books: Library) -> Books:
    """What the doors are worked out from, taken from the program's own resources."""
    return Books(books.law.routes, books.law.failings, books.rule_map, books.calendar)


def doors_of_file(path: Path, today: dt.date) -> tuple[Facts, tuple[Door, ...]]:
    """The doors for the facts in a file; ``today`` is used where the file names no day. Raises as ``read_facts``."""
    facts = read_facts(path, today)
    return facts, doors(facts, books_of(library.load()))


def read_facts(path: Path, today: dt.date) -> Facts:
    """The facts of a file, checked. Raises ``Invalid``, ``BadFile`` or ``NotFound``; the message names the place."""
    raw = read_json(path)
    name = path.name
    _only(raw, FIELDS, name)
    issue = raw.get("issue")
    if not isinstance(issue, str) or issue not in law().failings:
        known = ", ".join(law().failings)
        raise Invalid(f"{name}, issue: there is no failing called {issue!r}.", f"Use one of: {known}.")
    as_of = _day(raw, "as_of", name) or today
    told, given = _part(raw, "council_complaint", COMPLAINT, name), _part(raw, "appeal", APPEAL, name)
    where = f"{name}, council_complaint"
    complaint = Complaint(
        _day(told, "stage1_made", where), _day(told, "stage1_answered", where), _day(told, "stage2_made", where),
        _day(told, "final_answered", where), _yes(told, "refused", where),
    )  # fmt: skip
    where = f"{name}, appeal"
    appeal = Appeal(
        _word(given, "right", RIGHTS, where), _day(given, "decision_sent", where),
        _day(given, "mediation_certificate", where), _day(given, "lodged", where), _day(given, "ended", where),
        _yes(given, "connected", where),
    )  # fmt: skip
    facts = Facts(
        issue, as_of, _day(raw, "knew_on", name), _yes(raw, "going_on", name), complaint, appeal,
        _word(raw, "setting", SETTINGS, name), _yes(raw, "out_of_school", name), _yes(raw, "section_i_only", name),
        _dates(raw, name), _day(raw, "born", name),
    )  # fmt: skip
    _in_order(facts, name)
    return facts


def _only(raw: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> None:
    for key in raw:
        if key not in allowed:
            raise Invalid(f"{where}: {key!r} is not known here.", f"Use one of: {', '.join(allowed)}.")


def _part(raw: Mapping[str, Any], key: str, allowed: tuple[str, ...], name: str) -> Mapping[str, Any]:
    value = raw.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Invalid(f"{name}, {key} should be an object.", f'Write "{key}": {{ … }}.')
    _only(value, allowed, f"{name}, {key}")
    return value


def _day(raw: Mapping[str, Any], key: str, where: str) -> dt.date | None:
    value = raw.get(key)
    return None if value is None else read_day(value, f"{where}, {key}")


def _yes(raw: Mapping[str, Any], key: str, where: str) -> bool | None:
    value = raw.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise Invalid(f"{where}, {key} is {value!r}, which is neither true nor false.", "Write true, false or null.")


def _word(raw: Mapping[str, Any], key: str, allowed: tuple[str, ...], where: str) -> str | None:
    value = raw.get(key)
    if value is None or value in allowed:
        return value
    raise Invalid(f"{where}, {key} is {value!r}, which is not known.", f"Use one of: {', '.join(allowed)}.")


def _dates(raw: Mapping[str, Any], name: str) -> dict[str, dt.date]:
    given = _part(raw, "dates", tuple(law().event_kinds), name)
    days = {key: _day(given, key, f"{name}, dates") for key in given}
    return {key: day for key, day in days.items() if day is not None}


def _in_order(facts: Facts, name: str) -> None:
    """Refuse dates that cannot be: after the day of looking, or before what they follow."""
    parts = {"council_complaint": facts.complaint, "appeal": facts.appeal}
    for part, later, earlier in AFTER:
        first, second = getattr(parts[part], earlier), getattr(parts[part], later)
        if first and second and second < first:
            raise Invalid(
                f"{name}, {part}: {later} is {second}, before {earlier} ({first}).", "Check the order of the two dates."
            )
    days: dict[str, dt.date | None] = {"knew_on": facts.knew_on, "born": facts.born}
    days |= {f"council_complaint, {key}": getattr(facts.complaint, key) for key in COMPLAINT[:4]}
    days |= {f"appeal, {key}": getattr(facts.appeal, key) for key in APPEAL[1:5]}
    days |= {f"dates, {key}": day for key, day in facts.dates.items()}
    for key, day in days.items():
        if day and day > facts.as_of:
            what = "which is in the future" if key == "born" else f"which is after as_of ({facts.as_of})"
            raise Invalid(f"{name}, {key} is {day}, {what}.", "Check the year.")
        if day and facts.born and day < facts.born:
            raise Invalid(f"{name}, {key} is {day}, before the child was born.", "Check both dates.")
