"""What the Ombudsman has recommended in published decisions: shown as practice, never as a right, never multiplied."""

import datetime as dt
from dataclasses import dataclass

READ = ("decision", "bulletin", "copy", "summary", "pages")
"""How a decision was read: itself; the Ombudsman's own weekly list; a copy elsewhere; a lawyer's summary; the law pages."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A sum in pounds and what it was for, in the words of the decision's own reasons. "each month" is never summed."""

    pounds: int
    what: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """One published decision. ``year`` is that of the decision where ``decided`` is known, else the one its number names."""

    number: str
    council: str
    year: int
    about: tuple[str, ...]
    happened: str
    paid: tuple[Payment, ...]
    link: str
    read: str
    decided: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """All decisions and the words that must stand beside them: ``note`` (no right), ``first`` (help first), ``range``."""

    decisions: tuple[Remedy, ...]
    note: str
    first: str
    range: str
    checked: dt.date


def comparable(practice: Practice, failing: str) -> tuple[Remedy, ...]:
    """The decisions about a failing, those about it alone first, the newest first. May be empty."""
    found = [one for one in practice.decisions if failing in one.about]
    return tuple(sorted(found, key=lambda one: (len(one.about) > 1, -one.year, one.number)))
