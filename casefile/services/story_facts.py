"""What the record says beside a missed limit: a complaint's story, the council's answer, the days of the main papers."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from casefile.domain.dates import NO_BREAK, count, in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.events import Event
from casefile.domain.ledger import promise_words
from casefile.domain.letters import Fact, Proof
from casefile.domain.phrases import lowered
from casefile.library import Library
from casefile.services.complaint_steps import ComplaintSteps, complaints_in, meant
from casefile.services.complaints import subjects_in
from casefile.services.provision import provisions
from casefile.store.store import Store

LATE = ("overdue", "met_late")
DAYS: dict[str, tuple[tuple[str, ...], str]] = {
    "plan_date": (("plan_finalised", "transfer_plan_finalised"), "The day of the plan"),
    "draft_on": (("draft_plan_served",), "The day the draft plan was sent"),
    "sar_on": (("sar_received",), "The day your request for records arrived"),
    "foi_on": (("foi_received",), "The day your freedom of information request arrived"),
    "exclusion_on": (("exclusion_first_day",), "The day the exclusion began"),
    "governors_told": (("governors_notified_of_exclusion",), "The day the governors were told"),
    "amended_on": (("amendment_notice_sent",), "The day the notice of changes was sent"),
    "refused_on": (("decision_letter_sent:refuse_to_assess", "refusal_to_assess_sent"), "The day the council refused to assess"),
    "decision_on": (
        ("decision_letter_sent", "refusal_to_assess_sent", "refusal_to_issue_sent", "refusal_to_reassess_sent", "cease_decision_sent",
         "no_amend_decision_sent", "plan_finalised"),
        "The day of the decision",
    ),
    "order_on": (("tribunal_order_date",), "The day of the Tribunal's order"),
    "asked_on": (("ehcna_request_received",), "The day the council had the request"),
    "agreed_on": (("assess_decision_sent",), "The day the council agreed to assess"),
    "moved_on": (("move_date",), "The day of the move"),
    "last_assessed": (("last_assessment",), "The day the last assessment ended"),
    "last_review": (("review_meeting_held", "previous_review_completed"), "The day of the last review"),
    "first_knew": (("parent_first_knew_of_matter",), "The day you first knew"),
    "appeal_made": (("appeal_received",), "The day the Tribunal had the appeal"),
}  # fmt: skip
"""Facts that are the latest day of some kind of event."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the facts are read from. ``mark`` gives a paper its exhibit mark; ``topic`` is what the letter is about, in the
    parent's words; ``after_answer`` says that it speaks of an answer at stage 1 that came.
    """

    store: Store
    library: Library
    today: dt.date
    events: Sequence[Event]
    found: Sequence[Deadline]
    mark: Callable[[int | None], str]
    topic: str = ""
    after_answer: bool = False

    def latest(self, kinds: Iterable[str]) -> Event | None:
        """The latest event of some kinds ("decision_letter_sent:cease" asks for that detail), up to today."""
        kinds = set(kinds)
        return next((one for one in reversed(self.events) if {one.kind, f"{one.kind}:{one.detail}"} & kinds and one.on <= self.today), None)

    def proof(self, words: str, what: str, event: Event) -> Proof:
        """The event behind some words, with its paper."""
        return Proof(words, what, event.document, event.id, mark=self.mark(event.document))

    def told(self, event: Event) -> tuple[str, Proof] | None:
        """An event as a sentence of a letter, with its mark; None where no sentence is known for it."""
        sentences = self.library.sentences
        sentence = sentences.get(f"{event.kind}:{event.detail}") or sentences.get(event.kind)
        if not sentence:
            return None
        words = in_words(event.on, joined=True)
        mark = self.mark(event.document)
        about = "about " if event.certainty == "approximate" else ""
        return f"On {about}{words} {sentence}{f' ({mark})' if mark else ''}.", self.proof(words, sentence[0].upper() + sentence[1:], event)


def story_facts(record: Record, names: Iterable[str]) -> dict[str, Fact]:
    """Those of the named facts that the record can prove."""
    found = {}
    for name in names:
        fact = _day(record, *DAYS[name]) if name in DAYS else _OTHERS[name](record) if name in _OTHERS else None
        if fact and fact.text:
            found[name] = fact
    return found


def _day(record: Record, kinds: tuple[str, ...], what: str) -> Fact | None:
    event = record.latest(kinds)
    return _day_of(record, event, what) if event else None


def _day_of(record: Record, event: Event, what: str) -> Fact:
    words = in_words(event.on, joined=True)
    mark = record.mark(event.document)
    about = "about " if event.certainty == "approximate" else ""
    return Fact((f"{about}{words}{f' ({mark})' if mark else ''}",), (record.proof(words, what, event),))


def complaint_meant(record: Record) -> ComplaintSteps | None:
    """The complaint the letter speaks of: the one its topic names, or else the one that is furthest along."""
    made = complaints_in(record.store, record.library, record.events, record.today)
    if record.after_answer:
        answered = [one for one in made if one.has("cc_s1_reply_received")]
        return meant(record.library, made, record.topic, [one for one in answered if not one.has("cc_s2_requested")], answered)
    return meant(record.library, made, record.topic, [one for one in made if _last_answer(record, one.steps)], [one for one in made if one.has("cc_s2_requested")])


def _complaint(record: Record) -> list[Event]:
    """The steps of the complaint the letter speaks of, from the council's receipt of it."""
    found = complaint_meant(record)
    return found.steps if found else []


def _made(record: Record) -> Fact | None:
    """The day the council had the complaint about this; none where the only ones are about something else."""
    found = complaint_meant(record)
    about = subjects_in(record.library, record.topic)
    if found is None or (about and found.about and not about & found.about):
        return None
    return _day_of(record, found.begun, "The day the council had your complaint")


def _answered(record: Record) -> Fact | None:
    """The day the council answered the complaint at stage 1."""
    found = complaint_meant(record)
    event = found.last("cc_s1_reply_received") if found else None
    return _day_of(record, event, "The day the council answered at stage 1") if event else None


def _late(record: Record, rule: str, steps: Sequence[Event]) -> Deadline | None:
    """A late answer of this complaint, under one rule."""
    ids = {one.id for one in steps}
    fitting = [one for one in record.found if one.rule == rule and one.state in LATE and one.due and any(start.id in ids for start in one.starts)]
    return fitting[-1] if fitting else None


def _lateness(one: Deadline, stage: int) -> tuple[str, tuple[Proof, ...]]:
    assert one.due
    due = in_words(one.due, joined=True)
    late = count(one.days_late, "day").replace(" ", NO_BREAK)
    proofs: tuple[Proof, ...] = (Proof(due, f"How the last day of stage {stage} was counted", rule=one.rule), Proof(late, "How the days late were counted", rule=one.rule))
    if one.ended_by is None:
        return f"The answer at stage {stage} was due by {due}. I have not had it. It is now {late} late.", proofs
    return f"The answer at stage {stage} was due by {due}. It came {late} late.", proofs


def _story(record: Record) -> Fact:
    """The complaint from its receipt, step by step, and which answers were late."""
    steps = _complaint(record)
    lines, proofs = [], []
    for step in steps:
        told = record.told(step)
        if told:
            lines.append(told[0])
            proofs.append(told[1])
    for stage in (1, 2):
        late = _late(record, f"cc_s{stage}_response", steps)
        if late:
            line, behind = _lateness(late, stage)
            lines.append(line)
            proofs.extend(behind)
    return Fact(tuple(lines), tuple(proofs))


def _answer(record: Record) -> Fact | None:
    """The council's last answer; or that it is overdue. None while the council has time to answer.

    A silence at stage 1 counts only when the Ombudsman's own pages call it long enough (``lgsco_premature``).
    """
    return _last_answer(record, _complaint(record))


def _last_answer(record: Record, steps: Sequence[Event]) -> Fact | None:
    last = next((one for one in reversed(steps) if one.kind == "cc_s2_reply_received"), None)
    if last:
        words = in_words(last.on, joined=True)
        mark = record.mark(last.document)
        return Fact((f"The council gave its last answer on {words}{f' ({mark})' if mark else ''}.",), (record.proof(words, "The council's last answer", last),))
    ids = {one.id for one in steps}
    long = any(one.rule == "lgsco_premature" and one.due and one.due <= record.today and any(start.id in ids for start in one.starts) for one in record.found)
    for stage in (2, 1) if long else (2,):
        late = _late(record, f"cc_s{stage}_response", steps)
        if late and late.state == "overdue" and late.due:
            due = in_words(late.due, joined=True)
            return Fact(
                (f"The council’s answer at stage {stage} was due by {due}, and I have not had it.",),
                (Proof(due, f"How the last day of stage {stage} was counted", rule=late.rule),),
            )
    return None


def _section_f(record: Record) -> Fact:
    """Every line of Section F that is followed, in the plan's words."""
    lines = [one for one in provisions(record.store) if one.item.startswith("F")]
    return Fact(tuple(f"{one.item}: “{(one.words or promise_words(one)).strip().rstrip('.')}.”" for one in lines))


def _until(rule: str) -> Callable[[Record], Fact | None]:
    """The last of the days for comments, under one rule."""

    def last(record: Record) -> Fact | None:
        found = [one for one in record.found if one.rule == rule and one.due]
        if not found or not found[-1].due:
            return None
        words = in_words(found[-1].due, joined=True)
        return Fact((words,), (Proof(words, "How the last day was counted", rule=rule),))

    return last


def _sixteen_weeks(record: Record) -> Fact | None:
    """The last day on which the council could say that there will be no plan, where it has passed in silence."""
    found = [one for one in record.found if one.rule == "ehcna_refuse_to_issue" and one.state == "passed" and one.due]
    if not found or not found[-1].due:
        return None
    words = in_words(found[-1].due, joined=True)
    return Fact((words,), (Proof(words, "How the 16 weeks were counted", rule="ehcna_refuse_to_issue"),))


def _next_date(record: Record) -> Fact | None:
    """The next day of the case."""
    coming = [one for one in record.found if one.due and one.due >= record.today and one.state in ("coming", "due_soon")]
    first = min(coming, key=lambda one: one.due or dt.date.max, default=None)
    if first is None or first.due is None:
        return None
    words = in_words(first.due, joined=True)
    return Fact((f"The next date I have is {words}: {lowered(first.title).rstrip('.?')}.",), (Proof(words, "How the next date was counted", rule=first.rule),))


def _late_list(record: Record) -> Fact:
    """Every limit of the council that is overdue now."""
    lines, proofs = [], []
    for one in record.found:
        if one.state == "overdue" and one.due and not one.mine:
            due, late = in_words(one.due, joined=True), count(one.days_late, "day").replace(" ", NO_BREAK)
            lines.append(f"{one.title.rstrip('.?')}: due by {due}, now {late} late.")
            proofs.append(Proof(due, "How the last day was counted", rule=one.rule))
    return Fact(tuple(lines), tuple(proofs))


def _if(*kinds: str) -> Callable[[Record], Fact | None]:
    """Whether one of some kinds of events has happened; "kind:detail" asks for that detail."""
    return lambda record: Fact(("yes",)) if record.latest(kinds) else None


_DECIDING = tuple(f"governors_notified_of_exclusion:{detail}" for detail in ("permanent", "over_15_days", "exam", "from_6_to_15_days"))
"""The exclusions on which governors must decide (SI 2012/1033, regulation 6), the middling ones because the parent asks."""
_OTHERS: dict[str, Callable[[Record], Fact | None]] = {
    "complaint_story": _story, "complaint_made": _made, "answered_on": _answered, "council_answer": _answer, "section_f": _section_f, "draft_until": _until("draft_representations"), "amended_until": _until("amendment_representations"), "next_date": _next_date,
    "late_list": _late_list, "sixteen_weeks": _sixteen_weeks, "governors_until": _until("governors_meet"),
    "governors_decide": _if(*_DECIDING, "exclusion_first_day:permanent"), "exclusion_is_permanent": _if("exclusion_first_day:permanent"),
}  # fmt: skip
