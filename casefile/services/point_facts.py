"""What is open of letters that were sent: points a reply leaves, and the letter that has no reply."""

import datetime as dt
from collections.abc import Sequence

from casefile.domain.answers import Point, Sending
from casefile.domain.dates import in_words
from casefile.domain.door_letters import OPENED_BY
from casefile.domain.events import Event
from casefile.domain.letters import Draft, Fact, Proof
from casefile.library import Library
from casefile.services.complaint_steps import complaints_in, told_apart
from casefile.services.story_facts import Record, complaint_meant
from casefile.services.timeline import events_of
from casefile.store.store import Store

REMINDER = "L57"
"""The form of the reminder, which is no letter to be reminded of."""
ANSWERS = {
    "complaint_received": "cc_s1_reply_received", "cc_s2_requested": "cc_s2_reply_received", "lgsco_complaint_made": "lgsco_decision_date",
    "sar_received": "sar_reply_received", "foi_received": "foi_reply_received", "nhs_complaint_received": "nhs_reply_received",
}  # fmt: skip
"""The event that the reply to a letter is, by the event that sending it records."""
_COMPLAINTS = ("council_stage_1", "council_stage_2")
_HOW = {"no": "It is not answered", "part": "It is answered only in part"}


def point_facts(record: Record, names: Sequence[str]) -> dict[str, Fact]:
    """Those of the named facts that the letters sent can prove."""
    found: dict[str, Fact] = {}
    if "points_left" in names:
        found |= _points_left(record)
    if "unanswered_on" in names:
        found |= _unanswered(record)
    return found


def _points_left(record: Record) -> dict[str, Fact]:
    """Each point of the last complaint letter that its reply does not answer in full, in the letter's own words."""
    made = _last_complaint(record)
    if made is None or made.sent_on is None:
        return {}
    lines, proofs = [], []
    on, mark = in_words(made.sent_on, joined=True), record.mark(made.document)
    for point in record.store.find(Point, "number", draft=made.id or 0):
        if point.state in _HOW:
            note = f" {point.note.rstrip('.')}." if point.note else ""
            words = f"“{point.words.rstrip('.')}.”"
            lines.append(f"I asked: {words} {_HOW[point.state]}.{note}")
            proofs.append(Proof(words, f"Point {point.number} of the letter of {on}", made.document, mark=mark))
    return {"points_left": Fact(tuple(lines), tuple(proofs))} if lines else {}


def unanswered_letter(store: Store, library: Library, today: dt.date) -> Draft | None:
    """The letter that was sent last and has no reply yet, by the paper or by what the record says happened since.

    One sent to nobody who would answer is left out.
    """
    answered = {one.draft for one in store.find(Sending) if one.reply is not None}
    sent = [one for one in store.find(Draft) if one.sent_on is not None and one.sent_on < today and one.id not in answered and one.template != REMINDER]
    events = told_apart(store, library, [one for one in events_of(store) if one.on <= today])
    left = [one for one in sent if not _answered(library, one, events)]
    return max(left, key=lambda one: (one.sent_on, one.id), default=None)


def _answered(library: Library, made: Draft, events: Sequence[Event]) -> bool:
    """Whether the record holds the answer to a letter: after it, and not the answer to something else."""
    kind = ANSWERS.get(library.letter(made.template).records)
    mine = next((one for one in events if made.document is not None and one.document == made.document), None)
    if not kind or mine is None:
        return False
    return any(one.kind == kind and one.on >= mine.on and one.answers in (None, mine.id, mine.answers) for one in events)


def _unanswered(record: Record) -> dict[str, Fact]:
    """The letter that has no reply: its day and its subject."""
    made = unanswered_letter(record.store, record.library, record.today)
    if made is None or made.sent_on is None:
        return {}
    words, mark = in_words(made.sent_on, joined=True), record.mark(made.document)
    proof = Proof(words, "The letter as it was sent", made.document, mark=mark)
    return {
        "unanswered_on": Fact((f"{words}{f' ({mark})' if mark else ''}",), (proof,)),
        "unanswered_about": Fact((made.subject.strip().rstrip("."),)),
    }


def _last_complaint(record: Record) -> Draft | None:
    """The complaint letter to the council that was sent last; of several complaints, the last letter of the one meant."""
    sent = [one for one in record.store.find(Draft) if one.sent_on is not None and one.sent_on <= record.today]
    mine = [one for one in sent if OPENED_BY.get(record.library.letter(one.template).records) in _COMPLAINTS]
    meant, others = complaint_meant(record), complaints_in(record.store, record.library, record.events, record.today)
    papers = {step.document for one in others if meant is None or one.begun != meant.begun for step in one.steps}
    return max((one for one in mine if one.document is None or one.document not in papers), key=lambda one: (one.sent_on, one.id), default=None)
