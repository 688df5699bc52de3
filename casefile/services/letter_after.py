"""After a letter is sent: its proof of sending, the reply, what the reply leaves unanswered, and the letters it belongs with."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from casefile.domain.answers import ANSWERED, Point, Sending, asked_in
from casefile.domain.deadlines import Deadline
from casefile.domain.documents import Document
from casefile.domain.door_letters import OPENED_BY
from casefile.domain.events import Event
from casefile.domain.letters import Draft
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services.complaint_steps import BEGUN, STEPS, ComplaintSteps, complaints_in
from casefile.services.letters import as_before, draft, save
from casefile.services.point_facts import ANSWERS, REMINDER, unanswered_letter
from casefile.services.timeline import deadlines_of, events_of, title_of
from casefile.store.store import Store

REPLIES = {
    "complaint_received": "stage1_reply", "cc_s2_requested": "stage2_reply", "sar_received": "sar_reply", "foi_received": "foi_reply",
    "lgsco_complaint_made": "lgsco_decision",
}  # fmt: skip
"""The kind of paper that answers a letter, by the event that sending it records."""
PATIENCE = dt.timedelta(days=14)
"""After so long a reminder is offered, where no limit says earlier."""
_RUNNING = ("coming", "due_soon", "overdue")
COMPLAINT = ("council_stage_1", "council_stage_2", "lgsco")
"""The doors one complaint goes through, from the first letter on."""
_ALONG = (
    "complaint_received", "complaint_acknowledged", "cc_s1_extended", "cc_s1_reply_received", "cc_s2_requested",
    "cc_s2_acknowledged", "cc_s2_extended", "cc_s2_reply_received", "lgsco_complaint_made", "lgsco_draft_sent", "lgsco_comments_sent",
    "lgsco_decision_date", "lgsco_review_asked", "lgsco_remedy_done",
)  # fmt: skip
"""What happens along a complaint, beside its letters."""


@dataclass(frozen=True, slots=True)
class After:
    """A sent letter with what became of it. ``clock`` is the limit its answer has, where the law sets one."""

    made: Draft
    sending: Sending
    points: tuple[Point, ...]
    clock: Deadline | None

    @property
    def unanswered(self) -> tuple[Point, ...]:
        """The points that the reply leaves open, in whole or in part."""
        return tuple(point for point in self.points if point.state in ("part", "no"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a complaint: the day, what it is, and the letter or the paper it stands in."""

    on: dt.date
    words: str
    draft: int | None = None
    document: int | None = None


def after(store: Store, library: Library, made: Draft, today: dt.date) -> After:
    """What became of a sent letter as of ``today``. Its points are read from its words until one was looked at."""
    assert made.id is not None
    sending = next(iter(store.find(Sending, draft=made.id)), Sending(None, made.id, ""))
    points = tuple(store.find(Point, "number", draft=made.id))
    points = points or tuple(Point(None, made.id, number, words) for number, words in asked_in(made))
    return After(made, sending, points, _clock(store, library, made, today))


def _clock(store: Store, library: Library, made: Draft, today: dt.date) -> Deadline | None:
    """The limit for the answer that the sending of this letter started, while it runs or is overdue."""
    form, home = library.letter(made.template), _home(store, library, made)
    mine = {event.id for event in events_of(store) if event.kind == form.records and made.document is not None and event.document == made.document}
    rows = [one for one in deadlines_of(store, library, today) if not one.mine and one.state in _RUNNING]
    own = [one for one in rows if any(event.id in mine for event in one.starts)]
    # The answer's time may run from the council's own confirmation, which came after the letter.
    later = [one for one in rows if one.rule == form.reply_rule and any(made.sent_on and event.on >= made.sent_on and _along(home, event) for event in one.starts)]
    answer = [one for one in own if one.rule == form.reply_rule]
    return min(answer or later or own, key=lambda one: one.due or dt.date.max, default=None)


def _home(store: Store, library: Library, made: Draft) -> ComplaintSteps | None:
    """The complaint to the council that a sent letter is a step of; None where it is none."""
    events = events_of(store)
    sent = [event for event in events if made.document is not None and event.document == made.document]
    return next((one for one in complaints_in(store, library, events, dt.date.max) if any(step.id == event.id for step in one.steps for event in sent)), None)


def _along(home: ComplaintSteps | None, event: Event) -> bool:
    """Whether an event may belong to the complaint ``home``: it is a step of it, or no step of a complaint to the council."""
    return home is None or event.kind not in (BEGUN, *STEPS) or any(step.id == event.id for step in home.steps)


def keep_sending(store: Store, sending: Sending) -> Sending:
    """Keep how a letter was sent, its proof or its reply; returns it with its id. One step to undo."""
    with store.action("Kept what became of a letter"):
        kept = next(iter(store.find(Sending, draft=sending.draft)), None)
        if kept is None:
            return replace(sending, id=store.add(replace(sending, id=None)))
        sending = replace(sending, id=kept.id)
        store.change(sending)
        return sending


def set_reply(store: Store, sending: Sending, document: int | None) -> Sending:
    """Say which paper answers a letter, or that none does; the day is that of the paper, received or dated."""
    paper = store.get(Document, document) if document is not None else None
    return keep_sending(store, replace(sending, reply=document, replied_on=(paper.received or paper.dated) if paper else None))


def mark_point(store: Store, found: After, number: int, state: str, note: str | None = None) -> None:
    """Say how the reply meets the point ``number`` of a letter. Raises ``Invalid`` for an unknown state or point."""
    if state not in ANSWERED:
        raise Invalid(f"{state!r} is no way a point can stand.", f"Use one of: {', '.join(ANSWERED)}.")
    if all(point.number != number for point in found.points):
        raise Invalid(f"The letter has no point {number}.", "Use the number that stands before it in the letter.")
    with store.action("Looked at a point of a letter"):
        for point in found.points:
            if point.number == number:
                point = replace(point, state=state, note=point.note if note is None else note)
            # The first look keeps every point, as it stood in the letter when it went.
            if point.id is None:
                store.add(point)
            elif point.number == number:
                store.change(point)


def likely_reply(store: Store, library: Library, found: After) -> Document | None:
    """The paper that most likely answers a letter, to be confirmed: by its kind, or by the subject it repeats.

    None where a reply is known, or nothing that came since fits.
    """
    made = found.made
    if found.sending.reply is not None or made.sent_on is None:
        return None
    kind = REPLIES.get(library.letter(made.template).records, "")
    subject = _bare(made.subject)
    came = [(paper.received or paper.dated, paper) for paper in store.find(Document) if paper.state != "binned" and paper.id != made.document]
    fits = [
        (kind != "" and paper.kind == kind, day, paper) for day, paper in came
        if day is not None and day >= made.sent_on and ((kind and paper.kind == kind) or (paper.in_reply_to and subject and subject in _bare(paper.title)))
    ]  # fmt: skip
    # Of several the first that came is the reply; a later one answers something else.
    best = sorted(fits, key=lambda one: (not one[0], one[1], one[2].id or 0))
    return best[0][2] if best else None


def answer_event(store: Store, library: Library, found: After) -> Event | None:
    """The event that the reply proves and nobody has recorded, so that the next door can open; None where there is none."""
    kind, sending = ANSWERS.get(library.letter(found.made.template).records, ""), found.sending
    if not kind or sending.reply is None or sending.replied_on is None:
        return None
    events, home = events_of(store), _home(store, library, found.made)
    if any(event.kind == kind and (event.document == sending.reply or (event.on >= sending.replied_on and _along(home, event))) for event in events):
        return None
    document = found.made.document
    asked = next((event.id for event in events if document is not None and event.document == document), None)
    return Event(None, kind, sending.replied_on, sending.reply, answers=asked)


def _bare(subject: str) -> str:
    """A subject without "Re:" and the like, in small letters."""
    return " ".join(re.sub(r"^\s*(?:(?:re|fw|fwd|aw)\s*:\s*)+", "", subject, flags=re.IGNORECASE).lower().split())


def may_remind(store: Store, library: Library, found: After, today: dt.date) -> bool:
    """Whether a short reminder of this letter makes sense: it is the last one without a reply, and some time has passed."""
    last = unanswered_letter(store, library, today)
    late = found.clock is not None and found.clock.state == "overdue"
    waited = found.made.sent_on is not None and today - found.made.sent_on >= PATIENCE
    return last is not None and last.id == found.made.id and (late or waited)


def remind(store: Store, library: Library, found: After, today: dt.date) -> Draft:
    """A reminder of a letter, to whoever got it, kept as a draft."""
    return save(store, as_before(draft(store, library, REMINDER, {}, today), found.made))


def steps_of_complaint(store: Store, library: Library, letter: Draft) -> tuple[Step, ...]:
    """The whole complaint of a sent ``letter`` in date order: every letter sent along it, and what came of each."""
    steps: list[Step] = []
    told: set[int] = set()
    home, events = _home(store, library, letter), events_of(store)
    others = {event.document for event in events if event.document is not None and not _along(home, event)}
    for made in store.find(Draft):
        if made.sent_on is not None and made.document not in others and OPENED_BY.get(library.letter(made.template).records) in COMPLAINT:
            steps.append(Step(made.sent_on, f"You sent: {made.title}", made.id, made.document))
            told |= {made.document} if made.document is not None else set()
    for event in events:
        if event.kind in _ALONG and event.document not in told and _along(home, event):
            steps.append(Step(event.on, title_of(event, library), None, event.document))
    return tuple(sorted(steps, key=lambda step: step.on))
