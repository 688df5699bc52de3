"""Reads the bank holidays: one file a nation, each with its source and how far it is known."""

import datetime as dt
from pathlib import Path

from casefile.domain.calendar import Calendar, Holidays
from casefile.library.law_reading import Table, read_toml


def load_calendar(folder: Path) -> Calendar:
    """The calendar of a folder: ``england.toml`` and the other nations beside it. Raises ``BadFile``."""
    others = tuple(_nation(path) for path in sorted(folder.glob("*.toml")) if path.stem != "england")
    return Calendar(_nation(folder / "england.toml"), others)


def _nation(path: Path) -> Holidays:
    table = Table(read_toml(path), path.name)
    nation = table.get("nation", str)
    known_from, known_until = table.date("known_from"), table.date("known_until")
    source, link, checked = table.get("source", str), table.get("link", str), table.date("checked")
    days: dict[dt.date, str] = {}
    for name, dates in table.get("days", dict).items():
        for day in dates:
            if not isinstance(day, dt.date):
                raise table.bad(f"days.{name}", "has something that is no date", "Write dates without quotation marks.")
            if day in days:
                raise table.bad(f"days.{name}", f"has {day} again", "Name each day once.")
            days[day] = name
    table.done()
    if known_from is None or known_until is None or known_until < known_from:
        raise table.bad("known_until", "is before known_from", "Mend the dates.")
    return Holidays(nation, days, known_from, known_until, source, link, checked)
