"""What was promised and what was given: quantified lines of the plan, and what became of each session."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Period = Literal["hour", "day", "week", "fortnight", "month", "half_term", "term", "year", "lesson", "once"]
Outcome = Literal["delivered", "part", "missed", "unknown", "closed", "absent"]
OUTCOMES: dict[str, str] = {
    "delivered": "Given in full",
    "part": "Given in part",
    "missed": "Not given",
    "unknown": "Not known",
    "closed": "School was closed",
    "absent": "Your child was away",
}
"""What may have become of a session. A session nobody logged is not known, and never counts as missed."""
ABSENCES: dict[str, str] = {
    "no_place": "No school place",
    "part_time": "Part-time timetable",
    "suspended": "Suspended",
    "excluded": "Permanently excluded",
    "sent_home": "Sent home, or asked to stay at home",
    "ill": "Ill",
    "unable": "Not able to go in",
    "out_of_school": "Out of school, another reason",
}
"""Why a child may be out of school, for the days on which section 19 of the Education Act 1996 may ask for other teaching."""
COSTS: dict[str, str] = {
    "therapy": "Therapy",
    "report": "Report or assessment",
    "teaching": "Teaching",
    "travel": "Travel",
    "work": "Work lost",
    "equipment": "Equipment",
    "other": "Something else",
}
"""What a family may have paid for or lost."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A line of the plan with an amount: ``minutes`` a session, ``sessions`` in each ``period``.

    ``item`` is the key of the plan's item ("F3"), ``words`` are the plan's own. ``weekdays`` are the usual days (0 is
    Monday), empty where not known. ``start`` and ``end`` bound it, both included. ``weeks_a_year`` where the plan says so.
    ``minutes`` and ``sessions`` are None where the plan gives no amount: such a line is shown and not counted, and ``note``
    says why where the plan's words contradict each other.
    """

    id: int | None
    item: str
    title: str
    words: str = ""
    who: str = ""
    minutes: int | None = None
    sessions: float | None = None
    period: Period = "week"
    weeks_a_year: int | None = None
    weekdays: tuple[int, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    version: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """What became of one session, or of one that was due. ``minutes`` are those given; ``due`` those promised that day.

    ``reason`` is why it was missed or cut, ``said_by`` who said so, ``document`` the paper that shows it.
    """

    id: int | None
    provision: int
    on: dt.date
    outcome: Outcome
    minutes: int | None = None
    due: int | None = None
    reason: str = ""
    said_by: str = ""
    document: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Days out of school: ``kind`` is a key of ``ABSENCES``.

    ``start`` and ``end`` are both included; ``end`` is None while it goes on. ``hours`` is what was lost on each school
    day where it was not the whole day. ``agreed_by`` is whose decision it was, or who said so.
    """

    id: int | None
    start: dt.date
    end: dt.date | None
    kind: str
    hours: float | None = None
    reason: str = ""
    agreed_by: str = ""
    document: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """Something the family paid or lost: ``kind`` (a key of ``COSTS``), ``pence``, what for, and the receipt's paper."""

    id: int | None
    on: dt.date
    what: str
    kind: str
    pence: int
    document: int | None = None
    note: str = ""


WHOSE = ("child", "family", "other")
"""Whose words an effect is told in, where it is said: the child's, the family's of what it saw, somebody else's."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What it did to the child, on a day. ``hard`` folds it away: it is hard to read. ``whose`` words they are, empty where not said."""

    id: int | None
    on: dt.date
    words: str
    document: int | None = None
    hard: bool = False
    whose: str = ""

    def told_by(self, child: str) -> str:
        """Whose words they are, as a line above them; empty where it was not said. ``child`` is the name used in a sentence."""
        return {"child": f"In {child}’s own words", "family": "What the family saw", "other": "As the family was told"}.get(self.whose, "")
