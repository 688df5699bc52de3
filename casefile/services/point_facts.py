"""What is open of letters that were sent: points a reply leaves, and the letter that has no reply."""

import datetime as dt
from collections.abc import Sequence

from casefile.domain.answers import Point, Sending
from casefile.domain.dates import in_words
from casefile.domain.door_letters import OPENED_BY
from casefile.domain.letters import Draft, Fact, Proof
from casefile.services.story_facts import Record
from casefile.store.store import Store

REMINDER = "L57"
"""The form of the reminder, which is no letter to be reminded of."""
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


def unanswered_letter(store: Store, today: dt.date) -> Draft | None:
    """The letter that was sent last and has no reply yet; one sent to nobody who would answer is left out."""
    answered = {one.draft for one in store.find(Sending) if one.reply is not None}
    sent = [one for one in store.find(Draft) if one.sent_on is not None and one.sent_on < today and one.id not in answered and one.template != REMINDER]
    return max(sent, key=lambda one: (one.sent_on, one.id), default=None)


def _unanswered(record: Record) -> dict[str, Fact]:
    """The letter that has no reply: its day and its subject."""
    made = unanswered_letter(record.store, record.today)
    if made is None or made.sent_on is None:
        return {}
    words, mark = in_words(made.sent_on, joined=True), record.mark(made.document)
    proof = Proof(words, "The letter as it was sent", made.document, mark=mark)
    return {
        "unanswered_on": Fact((f"{words}{f' ({mark})' if mark else ''}",), (proof,)),
        "unanswered_about": Fact((made.subject.strip().rstrip("."),)),
    }


def _last_complaint(record: Record) -> Draft | None:
    """The complaint letter to the council that was sent last."""
    sent = [one for one in record.store.find(Draft) if one.sent_on is not None and one.sent_on <= record.today]
    mine = [one for one in sent if OPENED_BY.get(record.library.letter(one.template).records) in _COMPLAINTS]
    return max(mine, key=lambda one: (one.sent_on, one.id), default=None)
