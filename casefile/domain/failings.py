"""Failings, bodies, and what is known: the types from which ``casefile.domain.routes`` works out the doors."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casefile.domain.calendar import Calendar, Closure
from casefile.domain.rules import Rule

ROUTES = (
    "school", "council_stage_1", "council_stage_2", "social_care_complaint", "lgsco", "nhs_complaint", "phso",
    "tribunal_appeal", "tribunal_discrimination", "mediation", "disagreement_resolution", "secretary_of_state",
    "judicial_review_preaction", "exclusion_review", "ico", "mp", "ofsted_cqc", "sendiass",
)  # fmt: skip
"""The bodies that have a door. Others are only described (``Route.door`` is false)."""
DOOR_STATES = ("open", "closing", "too_early", "depends", "closed", "not_this_body")
"""How a door stands. ``closing``: open, its last day near. ``depends``: on an answer not yet known (``Door.ask``)."""
RIGHTS = ("none", "open", "lapsed", "used")
"""Where the right to appeal stands: there is none, it is open, its time has gone, it has been used."""
SETTINGS = ("maintained", "academy", "independent", "college", "none")
FAILING_KINDS = (
    "decision", "delay", "process", "delivery", "duty", "school", "exclusion", "health", "social_care", "data", "system",
)  # fmt: skip
"""What went wrong, as far as a body's power turns on it. ``decision``: the council decided something that can be
appealed. ``delay``: a decision or plan is late. ``process``: how a decision was made. ``delivery``: help or education is
missing. ``duty``: another duty of the council that no appeal can touch. The others: who failed."""
CLOSING = dt.timedelta(days=28)
"""A door with a last day this near is closing."""


@dataclass(frozen=True, slots=True)
class Route:
    """One body as data. ``reasons`` and ``unless`` are texts by key; ``never`` the reasons for kinds of failing it has
    nothing to do with. ``door`` is false for a body that is described but takes no step of the case.
    """

    id: str
    title: str
    what: str
    can: tuple[str, ...]
    cannot: tuple[str, ...]
    before: tuple[str, ...]
    limits: tuple[str, ...]
    good: tuple[str, ...]
    how: str
    gives: str
    if_fails: str
    cite: str
    link: str
    checked: dt.date
    confidence: str
    sure: str = ""
    door: bool = True
    reasons: Mapping[str, str] = field(default_factory=dict)
    unless: Mapping[str, str] = field(default_factory=dict)
    never: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failing:
    """Something that went wrong, as data: when it is one, and which doors it leads to, best first.

    ``rules`` are the rules whose lateness shows it, ``events`` what shows it by itself (event kinds and their detail, with
    whatever stands for them), ``over`` what ends it; ``first``, ``then``, ``also`` and ``fast`` (where a child is losing
    help now) name routes. ``says`` adds a sentence to a door, ``never`` says why a door is not for this. ``about`` are words, in small
    letters, by which the title of a complaint shows that it is about this; none where it says nothing.
    """

    id: str
    title: str
    when: str
    kind: str
    by: str
    cite: str
    first: tuple[str, ...]
    then: tuple[str, ...] = ()
    fast: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    over: tuple[tuple[str, str], ...] = ()
    caution: str = ""
    about: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)
    never: Mapping[str, str] = field(default_factory=dict)

    @property
    def doors(self) -> tuple[str, ...]:
        """Every route it leads to, in the order of the law pages."""
        return tuple(dict.fromkeys((*self.first, *self.then, *self.fast, *self.also)))


@dataclass(frozen=True, slots=True)
class Complaint:
    """The complaint to the council so far; for social care the same steps of its own procedure."""

    stage1_made: dt.date | None = None
    stage1_answered: dt.date | None = None
    stage2_made: dt.date | None = None
    final_answered: dt.date | None = None
    refused: bool | None = None


@dataclass(frozen=True, slots=True)
class Appeal:
    """The right to appeal and what became of it. ``connected``: whether the failing has to do with that decision."""

    right: str | None = None
    decision_sent: dt.date | None = None
    mediation_certificate: dt.date | None = None
    lodged: dt.date | None = None
    ended: dt.date | None = None
    connected: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one failing on the day ``as_of``. Nothing means not known.

    ``knew_on`` is the day the parent first knew; ``going_on`` whether it still goes on. ``dates`` holds further dates
    by event id (``governors_decision_given``, ``nhs_complaint_received`` …). ``born`` is the child's date of birth.
    """

    issue: str
    as_of: dt.date
    knew_on: dt.date | None = None
    going_on: bool | None = None
    complaint: Complaint = Complaint()
    appeal: Appeal = Appeal()
    setting: str | None = None
    out_of_school: bool | None = None
    section_i_only: bool | None = None
    dates: Mapping[str, dt.date] = field(default_factory=dict)
    born: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """One body as it stands for one failing on one day.

    ``opens_on`` is the first day it can be used, ``closes_on`` the last. ``first`` names the routes that come before it,
    ``unless`` what could still open a closed one, ``ask`` the facts that would decide or change the answer, ``likely``
    what the body tends to do although it may do otherwise, and ``sure`` how well the body's rules are known.
    """

    route: str
    title: str
    state: str
    because: str
    reference: str
    link: str = ""
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    first: tuple[str, ...] = ()
    unless: str = ""
    ask: tuple[str, ...] = ()
    likely: str = ""
    sure: str = ""

    @property
    def usable(self) -> bool:
        """Whether it can be used today."""
        return self.state in ("open", "closing")


@dataclass(frozen=True, slots=True)
class Books:
    """What the doors are worked out from: the routes, the failings, the rules that count their limits, the calendar."""

    routes: Mapping[str, Route]
    failings: Mapping[str, Failing]
    rules: Mapping[str, Rule]
    calendar: Calendar
    closures: Sequence[Closure] = ()
