"""The plan as it is kept: versions, and in each the items of its lettered sections, linked to each other."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from casefile.domain.scans import WARNING

SECTIONS: dict[str, str] = {
    "A": "Views, interests and hopes",
    "B": "Special educational needs",
    "C": "Health needs",
    "D": "Social care needs",
    "E": "Outcomes",
    "F": "Special educational provision",
    "G": "Health provision",
    "H1": "Social care that must be provided under the 1970 Act",
    "H2": "Other social care",
    "I": "School or other place",
    "J": "Personal budget",
    "K": "Advice and information",
}
"""The sections of a plan (SEND Regulations 2014, regulation 12(1)) and what each is about."""

Status = Literal["draft", "final", "amendment_notice", "amended_final", "tribunal_order", "other_council", "ours"]
STATUSES: dict[str, str] = {
    "draft": "Draft plan",
    "final": "Final plan",
    "amendment_notice": "Amendment notice",
    "amended_final": "Amended final plan",
    "tribunal_order": "Plan as the Tribunal ordered it",
    "other_council": "Another council’s plan",
    "ours": "Our proposed wording",
}
"""What a version may be, in words."""


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of the plan. ``dated``, ``sent`` and ``received`` are three dates apart from each other.

    ``number`` counts drafts. ``document`` is the paper it was read from, ``sha256`` that paper's hash. ``listed`` holds
    the changes an amendment notice names, in its own words. ``order`` says which version came later: a version is
    newer than all with a smaller one.
    """

    id: int | None
    title: str
    status: Status
    number: int = 0
    dated: dt.date | None = None
    sent: dt.date | None = None
    received: dt.date | None = None
    received_how: str = ""
    document: int | None = None
    sha256: str = ""
    signed_by: str = ""
    note: str = ""
    listed: tuple[str, ...] = ()
    order: int = 0

    @property
    def from_picture(self) -> bool:
        """Whether words of it were read from a picture, so that some may be wrong: its note says so."""
        return WARNING in self.note


@dataclass(frozen=True, slots=True)
class WordingFine:
    """The parent's word that the wording of a line is fine: its ``key`` and its very ``words``; with other words it no longer holds."""

    id: int | None
    key: str
    words: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of a plan: a need, an outcome, a piece of provision, or other text.

    ``section`` is a key of ``SECTIONS``, or empty for text that could not be placed. ``key`` stays the same through the
    versions ("F3"); ``label`` is the number the plan itself gives. ``page`` is the page of the version's paper, 1 being
    the first. ``needs`` and ``outcomes`` are the keys of the items in B and E it serves (for an item of F, G or H).
    """

    id: int | None
    version: int
    key: str
    section: str
    text: str
    position: int = 0
    label: str = ""
    page: int | None = None
    needs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
