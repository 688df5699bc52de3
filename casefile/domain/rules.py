"""A rule of law as data: who must do what, from which event, in what time, and where it is written."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from casefile.domain.calendar import BEFORE, Step

STATUSES = (
    "statutory_duty", "statutory_limit_for_parent", "statutory_period_for_parent", "tribunal_rule",
    "tribunal_direction", "statutory_guidance", "official_guidance", "good_practice",
)  # fmt: skip
"""How binding a rule is, from an Act or Regulation down to good practice."""
CONFIDENCES = ("text", "partial", "secondary", "memory")
"""How the rule is known: the words were read; partly; a guide was read; from general knowledge."""
NATURES = ("limit", "if", "opens", "hold", "news")
"""What its date means: a limit; a limit only if something is decided; a day from which something may be done;
how long a state of things lasts; a date to know."""
STAGES = (
    "assessment", "plan", "mediation", "appeal", "order", "review", "transfer", "education", "exclusion",
    "complaint", "health", "social_care", "information",
)  # fmt: skip
"""The folders of ``resources/law``."""


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event: its plain name, what to look for, and the kinds of decision it may carry (``details``)."""

    id: str
    title: str
    help: str = ""
    stage: str = ""
    details: tuple[str, ...] = ()
    parent_can_record: bool = True
    takes_year: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """A recorded kind of event that starts a clock, and the kind the rule knows it by (``role``).

    ``when`` is the detail it must carry; ``detail`` the one it is taken to have; ``words`` the caution shown when it
    only stands in for the role; ``first`` means only the first of its kind, and only after an event of kind ``after``.
    """

    kind: str
    role: str
    when: str = ""
    detail: str = ""
    words: str = ""
    first: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """Steps counted one after the other from an event of kind ``start`` (empty: the event that started the clock)."""

    steps: tuple[Step, ...]
    start: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """One or more terms and which of them counts: the only, the earlier, the later, or the first that is known.

    ``roll`` moves a last day that is no working day on to the next one of the set ``roll``.
    """

    terms: tuple[Term, ...]
    use: str = "only"
    roll: str = ""

    @property
    def first(self) -> Step:
        """The first act of counting: it decides whether the rule looks ahead, back, or has no date."""
        return self.terms[0].steps[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """Another respectable way of counting, and who counts so (``because``).

    With ``wait`` nobody is called late until this reading has run out as well.
    """

    period: Period
    because: str
    wait: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """More time taken by an event of kind ``event``: ``period`` is the whole time from the start; ``words`` say when."""

    event: str
    period: Period
    words: str


@dataclass(frozen=True, slots=True)
class ExceptionSet:
    """Grounds on which a time limit may not bind, in plain words, and what they do and do not excuse."""

    id: str
    grounds: tuple[str, ...]
    effect: str
    school_closure: bool = False


@dataclass(frozen=True, slots=True)
class TemporaryChange:
    """A time when the law was different, both days included, and the caution to show."""

    id: str
    since: dt.date
    until: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """The rule as it stood from ``since`` to ``until`` (both included; nothing means always).

    ``periods`` replaces ``period`` for a kind of start (``move_date``), a detail (``:amend``) or both
    (``tribunal_order_date:amend``).
    """

    period: Period
    cite: str
    link: str
    checked: dt.date
    confidence: str
    since: dt.date | None = None
    until: dt.date | None = None
    periods: Mapping[str, Period] = field(default_factory=dict)
    exceptions: ExceptionSet | None = None
    temporary: tuple[TemporaryChange, ...] = ()
    cautions: tuple[str, ...] = ()
    also: tuple[Reading, ...] = ()
    extension: Extension | None = None
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty or right with a clock. ``names`` holds the plain title of every event kind it mentions.

    ``starts`` start the clock, ``ends`` stop it ((kind, detail) pairs, an empty detail meaning any), ``stops`` make it
    fall away until one of ``resumes`` happens, ``past`` are later steps that show it must have been done. With
    ``together`` several starting kinds belong to one clock; ``needs`` are the kinds without which it is not listed, and
    ``asks`` those without which it cannot be told. ``kinds`` are the details for which the rule runs (all, if none).
    ``unless_after``: not listed soon after such an event, which has a rule of its own. ``held_by``: an event that, coming
    in time, keeps the thing going without a last day. ``pause``: days between these two events do not count.
    """

    id: str
    title: str
    who: str
    status: str
    stage: str
    help: str
    starts: tuple[Start, ...]
    ends: tuple[tuple[str, str], ...]
    versions: tuple[RuleVersion, ...]
    nature: str = "limit"
    kinds: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    kinds_optional: bool = False
    stops: tuple[tuple[str, str], ...] = ()
    resumes: tuple[tuple[str, str], ...] = ()
    past: tuple[tuple[str, str], ...] = ()
    together: bool = False
    any_order: bool = False
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    minimum: bool = False
    unless_after: str = ""
    held_by: str = ""
    under_age: int = 0
    pause: tuple[str, str] = ("", "")
    safe_days: Period | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = field(init=False, repr=False, compare=False)
    looks_back: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what every clock asks: the kinds that start it, and whether it counts back from a day to come."""
        object.__setattr__(self, "roles", frozenset(start.kind for start in self.starts))
        object.__setattr__(self, "looks_back", self.versions[0].period.first.count in BEFORE)

    @property
    def mine(self) -> bool:
        """Whether the parent (perhaps with others) is the one to act."""
        return "parent" in self.who


def in_force(rule: Rule, day: dt.date) -> RuleVersion | None:
    """The version in force on the day of the starting event, or nothing where the rule did not exist yet."""
    for version in rule.versions:
        if (version.since is None or version.since <= day) and (version.until is None or day <= version.until):
            return version
    return None
