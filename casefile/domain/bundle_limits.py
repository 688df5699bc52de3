"""What a recipient of a bundle asks of it: how many pages, how old, which papers; each with its source."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule about bundles comes from, since when it holds, and whether its own text was read."""

    words: str
    link: str
    since: dt.date | None
    checked: dt.date
    sure: bool = True


PARTS = ("core", "supplementary", "plan", "working", "own")
"""The parts of a hearing bundle that have a limit of their own: the core bundle and the supplementary one, the plan with its
Section K papers, the working document, and what one party puts in as its own evidence."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A most of pages. ``kinds`` are the papers that count, without any it is every page but cover and index.

    ``each`` holds for every such paper by itself, else for all together. ``council`` is what the other side puts in: that
    is told, and nothing of the parent's is counted against it. ``part`` is the part of a hearing bundle it holds for, one of
    ``PARTS``, or empty.
    """

    title: str
    kinds: frozenset[str]
    most: int
    source: Source
    advice: str = ""
    each: bool = False
    council: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Age:
    """A most of years that papers of some kinds may be old."""

    kinds: frozenset[str]
    years: int
    source: Source
    advice: str = ""

    def too_old(self, kind: str | None, on: dt.date, today: dt.date) -> bool:
        """Whether a paper of this day is older than that."""
        if kind not in self.kinds:
            return False
        ends = dt.date(on.year + self.years, on.month, 28 if (on.month, on.day) == (2, 29) else on.day)
        return ends < today


@dataclass(frozen=True, slots=True)
class Need:
    """What the recipient will look for: one paper of these kinds, else ``missing`` is said."""

    kinds: frozenset[str]
    missing: str
    source: Source | None = None
