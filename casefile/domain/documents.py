"""A paper in the case: what it is, whence it came, and what the program believes it to be."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

KINDS: dict[str, str] = {
    "decision_not_to_assess": "Decision not to assess",
    "decision_to_assess": "Decision to assess",
    "decision_not_to_issue": "Decision not to issue a plan",
    "draft_plan": "Draft plan",
    "final_plan": "Final plan",
    "amendment_notice": "Amendment notice",
    "amended_final_plan": "Amended final plan",
    "working_document": "Working document of an appeal",
    "annual_review_report": "Report of an annual review",
    "review_decision": "Decision after an annual review",
    "cease_notice": "Notice that the plan will end",
    "complaint_acknowledgement": "Complaint acknowledged",
    "stage1_reply": "Reply to a stage 1 complaint",
    "stage2_reply": "Reply to a stage 2 complaint",
    "mediation_certificate": "Mediation certificate",
    "tribunal_registration": "Tribunal registration letter",
    "tribunal_order": "Tribunal order",
    "lgsco_draft_decision": "Ombudsman draft decision",
    "lgsco_decision": "Ombudsman decision",
    "sar_reply": "Reply to a subject access request",
    "foi_reply": "Reply to a freedom of information request",
    "school_report": "School report",
    "ep_report": "Educational psychology report",
    "salt_report": "Speech and language therapy report",
    "ot_report": "Occupational therapy report",
    "medical_report": "Medical report",
    "witness_statement": "Witness statement",
    "attendance_record": "Attendance record",
    "exclusion_notice": "Exclusion notice",
    "invoice": "Invoice or receipt",
    "letter": "Letter",
    "email": "Email",
    "chat": "Chat messages",
    "note": "Note",
    "photo": "Photo",
    "other": "Something else",
}
"""Every kind of paper: its id (as in the JSON of the command line) and its name in words."""

LOCKED = "it is locked with a password"
"""How the reason begins why a paper that asks for a password could not be read."""

State = Literal["unsorted", "filed", "binned"]
Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Document:
    """One paper. The bytes lie among the originals under ``sha256``; this is what is known of them.

    ``dated`` is the date on the paper, ``received`` the day it arrived, ``added`` the moment it was filed here:
    three separate dates. ``part`` is a number path inside ``parent`` (an attachment of a mail).
    ``problem`` is empty when the paper could be read, else the reason in plain words.
    """

    id: int | None
    sha256: str
    name: str
    path: str
    type: str
    size: int
    title: str
    state: State = "unsorted"
    kind: str | None = None
    dated: dt.date | None = None
    dated_precision: Precision = "day"
    received: dt.date | None = None
    added: str = ""
    sender: str = ""
    recipient: str = ""
    parent: int | None = None
    part: str | None = None
    message_id: str = ""
    in_reply_to: str = ""
    pages: int | None = None
    problem: str = ""
    note: str = ""
    exhibit: int | None = None

    @property
    def locked(self) -> bool:
        """Whether it, or some of what it holds, could not be read without its password."""
        return LOCKED in self.problem


@dataclass(frozen=True, slots=True)
class DateGuess:
    """A date the program thinks it read. ``because`` says where, in words; ``quote`` is the text it stands in."""

    value: dt.date
    sure: bool
    because: str
    precision: Precision = "day"
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PersonGuess:
    """Who sent or was sent a paper, as far as its headers or letterhead say."""

    person: str = ""
    organisation: str = ""
    role: str = ""
    sure: bool = False
    because: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class KindGuess:
    """What sort of paper this seems to be: one of ``KINDS``."""

    value: str
    sure: bool
    because: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class EventGuess:
    """A statutory event the paper seems to prove: an event id of the law, its date, and its kind where the law asks."""

    event: str
    date: dt.date
    sure: bool
    because: str
    quote: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """All that the program suggests about a paper; nothing here counts until the parent says yes.

    ``thread`` is the id of the first mail of an exchange, where a mail's head names it.
    """

    date: DateGuess | None = None
    received: DateGuess | None = None
    sender: PersonGuess | None = None
    recipient: PersonGuess | None = None
    kind: KindGuess | None = None
    events: tuple[EventGuess, ...] = ()
    references: tuple[str, ...] = ()
    promises: tuple[tuple[dt.date | None, str], ...] = ()
    title: str = ""
    notes: tuple[str, ...] = field(default=())
    thread: str = ""
