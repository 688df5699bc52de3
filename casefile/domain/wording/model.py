"""What the wording check works with and what it answers: the words as data, amounts, marks, findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Element = Literal["what", "who", "how_often", "how_long"]
Verdict = Literal["specific", "vague", "unsure"]
Setting = Literal["mainstream", "base", "special"]
Period = Literal["hour", "day", "week", "fortnight", "month", "half_term", "term", "year"]

ELEMENTS: tuple[Element, ...] = ("what", "who", "how_often", "how_long")
VERDICTS: tuple[Verdict, ...] = ("specific", "vague", "unsure")
SETTINGS: tuple[Setting, ...] = ("mainstream", "base", "special")

# School weeks in each period, for comparing amounts: 39 school weeks, three terms, six half terms.
WEEKS: Mapping[str, float] = {
    "week": 1, "fortnight": 2, "month": 52 / 12, "half_term": 6.5, "term": 13, "year": 39,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A case or a page of guidance; ``sure`` is "read", or "known" where it still has to be checked."""

    id: str
    name: str
    says: str
    sure: str


@dataclass(frozen=True, slots=True)
class Weak:
    """Words that weaken a promise: what to look for, which questions they leave open, whether they undo the whole."""

    id: str
    says: tuple[str, ...]
    kind: str
    takes: tuple[Element, ...]
    undoes: bool
    why: str
    source: Source


@dataclass(frozen=True, slots=True)
class Group:
    """A list of words of one sort, with the reason for it and its source."""

    id: str
    words: tuple[str, ...]
    why: str
    source: Source


@dataclass(frozen=True)
class WordData:
    """All word lists: ``who``, ``what`` and ``when`` are groups by id; numbers and units give values."""

    sources: Mapping[str, Source]
    weak: tuple[Weak, ...]
    who: Mapping[str, Group]
    what: Mapping[str, Group]
    when: Mapping[str, Group]
    numbers: Mapping[str, float]
    units: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a sentence promises, where it says so.

    ``minutes`` of one session (or of the whole period where ``sessions`` is None), ``sessions`` in each ``period``,
    ``weeks_a_year``, ``people`` in the group. ``whole`` is all the time ("every lesson"). ``ceiling`` and ``floor``
    tell that the number is a most or a least. ``minutes_per_week`` is worked out, None where it cannot be.
    """

    minutes: float | None = None
    sessions: float | None = None
    period: Period | None = None
    weeks_a_year: int | None = None
    people: int | None = None
    whole: bool = False
    ceiling: bool = False
    floor: bool = False

    @property
    def minutes_per_week(self) -> float | None:
        """Minutes in a school week on average; None where the sentence does not fix them."""
        if self.minutes is None or self.period is None or self.period == "hour":
            return None
        each = self.minutes * (1 if self.sessions is None else self.sessions)
        if self.period == "day":
            return each * 5
        weeks = self.weeks_a_year if self.period == "year" and self.weeks_a_year else WEEKS[self.period]
        return round(each / weeks, 1)


@dataclass(frozen=True, slots=True)
class FaultyWord:
    """Words at fault, as they stand in the text, with the reason and the case or guidance behind it."""

    text: str
    why: str
    source: str
    kind: str = ""


@dataclass(slots=True)
class Mark:
    """Words found in a sentence: from, to, and the id of the list they stand in. Not frozen: thousands are made for a plan."""

    start: int
    end: int
    kind: str
    weak: Weak | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One provision of a sentence that holds several, judged by itself."""

    text: str
    missing: tuple[Element, ...]
    undone: bool
    amounts: tuple[Amount, ...] = ()
    who: tuple[str, ...] = ()
    side: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check says of one provision.

    ``missing`` and ``secondary`` are the unanswered questions, ``words`` the words at fault, ``ask`` one question in
    plain English (empty where there is nothing to ask), ``parts`` the provisions the sentence was split into,
    ``problem`` what does not add up, ``softer`` what a special school changes.
    """

    text: str
    verdict: Verdict
    missing: tuple[Element, ...] = ()
    secondary: tuple[str, ...] = ()
    words: tuple[FaultyWord, ...] = ()
    ask: str = ""
    parts: tuple[Part, ...] = field(default=())
    problem: str = ""
    softer: str = ""

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Every amount the text gives, in order."""
        return tuple(amount for part in self.parts for amount in part.amounts)

    @property
    def who(self) -> tuple[str, ...]:
        """Every job the text names, in order, each once."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.who))

    @property
    def amount(self) -> Amount | None:
        """The amount of the text where there is exactly one; None otherwise."""
        return self.amounts[0] if len(self.amounts) == 1 else None

    @property
    def minutes_per_week(self) -> float | None:
        """Minutes a week of all parts together; None where no part fixes them or they do not add up."""
        known = [amount.minutes_per_week for amount in self.amounts if amount.minutes_per_week is not None]
        return round(sum(known), 1) if known and not self.problem else None
