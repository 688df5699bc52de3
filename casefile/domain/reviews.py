"""An annual review: the meeting, who was asked and came, what each said, how far each outcome was reached.

The dates the law counts from (the meeting, the decision, the notice) are events of the case and stand there alone.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

PARTS: dict[str, str] = {
    "parent": "You, the parent or the young person",
    "school": "The school or other place",
    "council": "The council’s SEN officer",
    "health": "Health",
    "care": "Social care",
    "other": "Somebody else",
}
"""In what part a person is asked to a review. The first five are those of SEND Regulations 2014, regulation 20(2)."""
REACHED: dict[str, str] = {
    "met": "Reached",
    "near": "Nearly reached",
    "some": "Some way there",
    "none": "No progress",
    "unknown": "Not known",
}
"""How far an outcome of Section E was reached, in words."""
CAME: dict[str, str] = {"yes": "Came", "no": "Did not come", "unknown": "Not known"}
ADULT_LIFE: dict[str, str] = {
    "employment": "Work or further study",
    "living": "Living as independently as possible",
    "community": "Friends, and being part of the community",
    "health": "Being as healthy as possible",
}
"""The four parts of preparing for adult life that a review talks about from Year 9 on."""


@dataclass(frozen=True, slots=True)
class Review:
    """One annual review. ``meeting`` is the day of the meeting, planned or held.

    ``views`` are the child's own, ``views_how`` how they were gathered; ``ours`` is what the parents want said.
    ``adult_life`` holds words by a key of ``ADULT_LIFE``; ``decides`` who decides from 16 on. ``report`` is the paper of
    the meeting's report, ``comments`` what the parents say to a notice of changes.
    """

    id: int | None
    meeting: dt.date | None = None
    place: str = ""
    views: str = ""
    views_how: str = ""
    ours: str = ""
    disagreements: str = ""
    adult_life: Mapping[str, str] = field(default_factory=dict)
    decides: str = ""
    report: int | None = None
    comments: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is to be asked to a review; ``part`` is a key of ``PARTS``.

    ``invited``, ``asked`` (for advice), ``received`` (the advice) and ``sent_round`` (to everybody) are days, None where not
    known. ``came`` is a key of ``CAME``. ``document`` is the paper of the advice.
    """

    id: int | None
    review: int
    part: str
    name: str = ""
    invited: dt.date | None = None
    asked: dt.date | None = None
    received: dt.date | None = None
    sent_round: dt.date | None = None
    came: str = "unknown"
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an outcome was reached: ``key`` and ``words`` are those of the plan's item in Section E, ``reached`` a key of ``REACHED``."""

    id: int | None
    review: int
    key: str
    words: str
    reached: str = "unknown"
    evidence: str = ""
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change somebody proposes: ``who``, the line of the plan it is about (``key``, may be empty), the change, why, what came of it."""

    id: int | None
    review: int
    who: str
    key: str
    words: str
    why: str = ""
    answer: str = ""
