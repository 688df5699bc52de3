"""The personal scorecard: every step the law sets in this case, when it was due and done, how late, and the hours lost."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.absences import LostSum, lost_words
from casefile.domain.dates import count, in_table, in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.kind_words import kind_words
from casefile.domain.ledger import in_hours
from casefile.domain.paper_parts import Grid, Head, Part, PlainPaper, Say
from casefile.domain.phrases import lowered
from casefile.domain.showing import CONFIDENCE
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services import losses, provision
from casefile.services.case import child_of
from casefile.services.people import contacts
from casefile.services.timeline import deadlines_of
from casefile.store.store import Store

TITLE = "How the law was kept"
_STATES = {"overdue": "Not done", "met_late": "Done late", "met": "Done in time", "passed": "Not known whether it was done", "coming": "To come", "due_soon": "To come"}
_OVER = ("met", "met_late", "overdue")
OTHERS = "Set by guidance or by the body itself"


@dataclass(frozen=True, slots=True)
class LineLost:
    """Minutes of one followed line of the plan: due, given, missed and not known."""

    key: str
    title: str
    due: float
    given: float
    missed: float
    unknown: float


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What others owed by law in this case: each step in date order, and what was lost meanwhile.

    ``others`` are times set by guidance, by a rule of the body itself or by good practice whose day has come: listed apart
    and not counted. ``undated`` steps have no date yet, because a day is missing; they are counted and not listed.
    """

    steps: tuple[Deadline, ...]
    others: tuple[Deadline, ...]
    undated: int
    lines: tuple[LineLost, ...]
    away: LostSum | None

    @property
    def over(self) -> tuple[Deadline, ...]:
        """The steps whose day has come: done or not. Steps to come are no measure yet."""
        return tuple(one for one in self.steps if one.state in _OVER)

    @property
    def late(self) -> tuple[Deadline, ...]:
        """The steps that were or are late, the longest first."""
        return tuple(sorted((one for one in self.steps if one.state in ("met_late", "overdue")), key=lambda one: -one.days_late))

    @property
    def missed(self) -> float:
        """Minutes of the plan's help that are logged as missed."""
        return sum(one.missed for one in self.lines)


def scorecard(store: Store, library: Library, today: dt.date) -> Scorecard:
    """The scorecard of the case as of ``today``: statutory duties of others with a last day, and the ledger's sums."""
    limits = {rule.id for rule in library.rules if rule.nature == "limit"}
    theirs = [one for one in deadlines_of(store, library, today) if not one.mine and one.rule in limits and one.state != "continuous"]
    owed = [one for one in theirs if one.status == "statutory_duty"]
    others = tuple(one for one in theirs if one.status != "statutory_duty" and one.state in _OVER)
    names = ("minutes_due", "minutes_given", "minutes_missed", "minutes_unknown")
    lines = tuple(
        LineLost(one.provision.item, one.provision.title, *(one.total(name) for name in names))
        for one in provision.report(store, library, today) if not one.ask
    )  # fmt: skip
    away = losses.out_of_school(store, library, today)
    return Scorecard(tuple(one for one in owed if one.due is not None), others, sum(1 for one in owed if one.due is None), lines, away.total if away else None)


def state_words(one: Deadline) -> str:
    """What became of a step, in a few words; which kind of decision it was, where there are kinds."""
    words = _STATES.get(one.state, "Not known")
    kind = kind_words(one.ended_by.kind, one.ended_by.detail) if one.ended_by is not None and one.ended_by.detail else ""
    return f"{words}. {kind}" if kind else words


def summary(found: Scorecard) -> list[str]:
    """The scorecard in sentences: how many steps were late, the longest, the hours and days lost. Days are not added up over steps that ran at once."""
    said = []
    if found.over:
        said.append(f"{len(found.late)} of {count(len(found.over), 'step')} whose day has come {'was' if len(found.late) == 1 else 'were'} late or {'is' if len(found.late) == 1 else 'are'} still not done.")
    if found.late:
        worst = found.late[0]
        said.append(f"The longest: {lowered(worst.title.rstrip('.?'))}, {count(worst.days_late, 'day')}.")
    if found.lines:
        unknown = sum(one.unknown for one in found.lines)
        rest = f" {in_hours(unknown)} are not known." if unknown else ""
        said.append(f"{in_hours(found.missed)} of help in the plan were missed.{rest}")
    if found.away is not None:
        said.append(f"Lost from school: {lost_words(found.away)}.")
    return said or ["No step whose day has come is recorded yet."]


def _owner(one: Deadline) -> str:
    return one.owed_by[:1].upper() + one.owed_by[1:]


def rows(steps: Sequence[Deadline]) -> list[tuple[str, str, str, str, str, str]]:
    """Each step as cells: what, whose duty, due, done, days late, what became of it."""
    return [
        (one.title, _owner(one), in_table(one.due) if one.due else "", in_table(one.ended_by.on) if one.ended_by else "", str(one.days_late) if one.days_late else "0" if one.state == "met" else "", state_words(one))
        for one in steps
    ]


def sheet(store: Store, library: Library, today: dt.date) -> bytes:
    """The scorecard as a PDF sheet. Raises ``Invalid`` where there is nothing to show."""
    from casefile.printing.plain_paper import as_pdf

    found = scorecard(store, library, today)
    if not found.steps and not found.lines and found.away is None:
        raise Invalid("There is nothing to show yet.", "Record what happened first: two or three dates are enough.")
    child = child_of(store)
    about = ", ".join(part for part in (child.name, child.reference, child.council) if part) or "This case"
    parts: list[Part] = [Say(" ".join(summary(found)))]
    for name, steps in (("Every step the law sets", found.steps), (OTHERS, found.others)):
        if steps:
            cells = tuple((f"{title} ({who.lower()})", due, done, late, state) for title, who, due, done, late, state in rows(steps))
            parts += [Head(name), Grid(("Step, and whose duty", "Due", "Done", "Days late", "What became of it"), cells, (59, 31, 31, 14, 30), (3,))]
    if found.undated:
        parts.append(Say(f"{count(found.undated, 'more step has', 'more steps have')} no date yet, because a day it is counted from is not known."))
    if found.lines:
        lost = tuple((one.key, one.title, *(in_hours(value) for value in (one.due, one.given, one.missed, one.unknown))) for one in found.lines)
        parts += [Head("Hours of help in the plan"), Grid(("Line", "What", "Due", "Given", "Missed", "Not known"), lost, (14, 63, 22, 22, 22, 22), (2, 3, 4, 5))]
    parts.append(Say("Days are calendar days from the day after the last day. A session nobody wrote down is not known, and never counted as missed.", "How this was counted."))
    every = {step.rule: step for step in (*found.steps, *found.others)}.values()
    if every:
        parts += [Head("Where it is written"), *(Say(_source(one), one.title if one.title.endswith("?") else f"{one.title}.", True) for one in every)]
    me = next((person.name for person in contacts(store) if person.me), "")
    return as_pdf(PlainPaper(TITLE, about, parts, me, today))


def _source(one: Deadline) -> str:
    own = one.status != "statutory_duty" and one.confidence == "text"  # guidance that was read is no law
    how = "in its own words" if own else CONFIDENCE.get(one.confidence, one.confidence)
    checked = f" Checked {in_words(one.checked)}, {how}." if one.checked else ""
    return f"{one.reference.rstrip('.')}.{checked}"


def as_table(store: Store, library: Library, today: dt.date) -> bytes:
    """The scorecard's steps and lost hours as CSV; dates are ISO, hours are minutes."""
    from casefile.printing.bundle.bag import as_csv

    found = scorecard(store, library, today)
    steps = [
        (one.title, one.owed_by, one.due.isoformat() if one.due else "", one.ended_by.on.isoformat() if one.ended_by else "", one.days_late if one.state != "passed" else "", state_words(one), one.status.replace("_", " "), one.reference, one.confidence)
        for one in (*found.steps, *found.others)
    ]
    lost = [(f"{one.key} {one.title}", round(one.due), round(one.given), round(one.missed), round(one.unknown)) for one in found.lines]
    heads = ("Step", "Whose duty", "Due", "Done", "Days late", "What became of it", "What sets it", "Where it is written", "How sure")
    return as_csv([heads, *steps, (), ("Line of the plan", "Minutes due", "Minutes given", "Minutes missed", "Minutes not known"), *lost])
