"""What a reply leaves open of the complaint it answers, for the next letter."""

from casefile.domain.answers import Point
from casefile.domain.dates import in_words
from casefile.domain.door_letters import OPENED_BY
from casefile.domain.letters import Draft, Fact, Proof
from casefile.services.story_facts import Record

_COMPLAINTS = ("council_stage_1", "council_stage_2")
_HOW = {"no": "It is not answered", "part": "It is answered only in part"}


def point_facts(record: Record) -> dict[str, Fact]:
    """The fact ``points_left``: each point of the last complaint letter that its reply does not answer in full, in the letter's own words."""
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


def _last_complaint(record: Record) -> Draft | None:
    """The complaint letter to the council that was sent last."""
    sent = [one for one in record.store.find(Draft) if one.sent_on is not None and one.sent_on <= record.today]
    mine = [one for one in sent if OPENED_BY.get(record.library.letter(one.template).records) in _COMPLAINTS]
    return max(mine, key=lambda one: (one.sent_on, one.id), default=None)
