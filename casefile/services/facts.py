"""What the record says, as facts a letter may state, each with the record behind it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from casefile.domain.dates import NO_BREAK, count, in_words
from casefile.domain.deadlines import Deadline, deadlines
from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.domain.letters import Fact, Proof, Template, places_in
from casefile.library import Library
from casefile.services.addressing import NAMING_THE_CHILD
from casefile.services.case import child_of
from casefile.services.complaint_steps import complaints_in, meant
from casefile.services.complaints import subjects_in
from casefile.services.ledger_facts import LEDGER, SHORTFALL, ledger_facts
from casefile.services.loss_facts import loss_facts
from casefile.services.pack_facts import pack_facts
from casefile.services.people import me
from casefile.services.plan_facts import plan_facts
from casefile.services.point_facts import point_facts
from casefile.services.story_facts import Record, story_facts
from casefile.services.survey_facts import survey_facts
from casefile.services.terms import closures_of
from casefile.services.timeline import deadlines_of, events_of
from casefile.store.store import Store

TOLD = ("overdue", "met_late")
OWED = "owed"
"""The fact that gathers what was lost, in sessions and in money."""
GATHERED = (OWED, "breaches", "breach_list")
"""The facts that gather others, the ledger's among them."""
ANSWERS = ("cc_s1_response", "cc_s2_response")
"""The limits for the answers to a complaint."""
EARLIER = dt.timedelta(days=70)
"""So far back an earlier step of the same clock is looked for."""


@dataclass
class Exhibits:
    """Hands out exhibit marks: a paper keeps its number for ever, a new one gets the next."""

    kept: dict[int, int]
    new: dict[int, int]

    @classmethod
    def of(cls, store: Store) -> "Exhibits":
        """The marks a case has given so far."""
        rows = store.db.execute("SELECT id, exhibit FROM document WHERE exhibit IS NOT NULL").fetchall()
        return cls({row[0]: row[1] for row in rows}, {})

    def mark(self, document: int | None) -> str:
        """The mark of a paper ("E4"), or nothing where there is no paper."""
        if document is None:
            return ""
        number = self.kept.get(document) or self.new.get(document)
        if number is None:
            number = max([*self.kept.values(), *self.new.values()], default=0) + 1
            self.new[document] = number
        return f"E{number}"

    def as_written(self, proofs: Iterable[Proof]) -> dict[str, str]:
        """Take the marks that a letter's words already bear; returns those that had to change, old to new.

        One must change when another letter or bundle took its number after these words were written.
        """
        changed: dict[str, str] = {}
        written = {proof.document: proof.mark for proof in proofs if proof.document is not None and proof.mark}
        for document, mark in sorted(written.items(), key=lambda pair: int(pair[1][1:])):
            number = int(mark[1:])
            if document not in self.kept and number not in (*self.kept.values(), *self.new.values()):
                self.new[document] = number
            if self.mark(document) != mark:
                changed[mark] = self.mark(document)
        return changed

    def keep(self, store: Store, documents: Iterable[int]) -> None:
        """Give the papers their marks for good; inside an action."""
        for id_ in documents:
            paper = store.get(Document, id_)
            if paper.exhibit is None:
                number = int(self.mark(id_)[1:])
                store.change(replace(paper, exhibit=number))


def day(value: dt.date) -> str:
    """A date for a letter, its parts joined by no-break spaces."""
    return in_words(value, joined=True)


def days(number: int) -> str:
    """A number of days, joined by a no-break space."""
    return count(number, "day").replace(" ", NO_BREAK)


def chosen(template: Template, found: Sequence[Deadline]) -> Deadline | None:
    """The deadline a letter is about: the latest one of its rule that is overdue, else one that was met late."""
    for state in TOLD:
        fitting = [one for one in found if one.rule in template.rules and one.state == state]
        if fitting:
            return fitting[-1]
    return None


def _of_complaint(record: Record, template: Template) -> Sequence[Deadline]:
    """The deadlines a letter may be about: where it answers to a complaint that its topic names, those of that complaint."""
    if not any(rule in ANSWERS for rule in template.rules) or not subjects_in(record.library, record.topic):
        return record.found
    made = complaints_in(record.store, record.library, record.events, record.today)
    mine = meant(record.library, made, record.topic)
    others = {step.id for one in made if one is not mine for step in one.steps}
    return [one for one in record.found if one.rule not in ANSWERS or not any(start.id in others for start in one.starts)]


def facts_of(
    store: Store, library: Library, template: Template, today: dt.date, exhibits: Exhibits, *, topic: str = "", brief: bool = False, events: list[Event] | None = None,
) -> tuple[dict[str, Fact], Deadline | None]:
    """Every fact the record can prove for a letter of ``today``, and the deadline it is about.

    ``topic`` is what the letter is about in the parent's words, to tell one complaint from another. ``brief`` is for a list of letters: of the plan it says only that there is something to say. ``events`` are those of
    the case, where the caller has read them already.
    """
    facts = {name: fact for name, fact in family_facts(store).items() if template.names == "all" or name not in NAMING_THE_CHILD}
    facts["today"] = Fact((day(today),))
    facts |= _reply(store, template, library, today)
    named = places_in(template.body)
    found = deadlines_of(store, library, today)
    record = Record(store, library, today, events_of(store) if events is None else events, found, exhibits.mark, topic, "answered_on" in named)
    facts |= story_facts(record, named)
    if SHORTFALL in template.needs or {*LEDGER, *GATHERED} & set(named):
        facts |= ledger_facts(store, library, today, exhibits.mark, template.section, named)
    facts |= plan_facts(record, named, brief=brief)
    facts |= loss_facts(record, named)
    facts |= point_facts(record, named)
    if "survey_facts" in named:
        facts |= survey_facts(record)
    facts |= pack_facts(record, named, facts)
    _owed(facts, named)
    _say_marks(facts, next((name for name in named if name in facts and any(proof.mark for proof in facts[name].proofs)), ""))
    about = chosen(template, _of_complaint(record, template)) if template.rule else None
    if about is None:
        return facts, None
    # The story comes first, so that exhibit marks are given in the order of events.
    if "chronology" in named:
        facts["chronology"] = _chronology(store, library, template, about, today, exhibits)
        _say_marks(facts, "chronology")
    facts |= _breach(about, exhibits)
    facts |= _second(template, found, about)
    return facts, about


def _owed(facts: dict[str, Fact], named: Iterable[str]) -> None:
    """What was lost and is to be made up: the sessions line by line, and the money."""
    if OWED not in named:
        return
    parts = [facts[name] for name in ("ledger_totals", "costs_list") if name in facts]
    if parts:
        facts[OWED] = Fact(tuple(line for part in parts for line in part.lines), tuple(proof for part in parts for proof in part.proofs if any(proof.words in line for line in part.lines)))


def _say_marks(facts: dict[str, Fact], name: str) -> None:
    """Explain the exhibit marks once, where the story has any."""
    marks = [proof.mark for proof in facts[name].proofs if proof.mark] if name in facts else []
    if marks:
        facts["marks"] = Fact((f"Marks such as ({marks[0]}) show the papers enclosed.",))


def family_facts(store: Store) -> dict[str, Fact]:
    """What the case knows of the child, the school, the council and the parent; unknown ones left out."""
    child, parent = child_of(store), me(store)
    values = {
        "child_name": child.name, "child_short": child.short if child.name or child.known_as else "",
        "child_born": day(child.born) if child.born else "", "council": child.council,
        "council_reference": child.reference, "school": child.school, "my_name": parent.name, "my_relation": parent.relation,
    }  # fmt: skip
    return {name: Fact((value,)) for name, value in values.items() if value}


def _proof(words: str, what: str, event: Event, exhibits: Exhibits, rule: str = "") -> Proof:
    return Proof(words, what, event.document, event.id, rule, exhibits.mark(event.document))


def _breach(about: Deadline, exhibits: Exhibits) -> dict[str, Fact]:
    """The dates of one missed limit: what started it, its last day, how late."""
    facts: dict[str, Fact] = {}
    start = about.starts[0] if about.starts else None
    if start:
        words = day(start.on)
        facts["request_received"] = Fact((words,), (_proof(words, "The day it started", start, exhibits),))
    if about.due:
        words = day(about.due)
        counted = Proof(words, "How the last day was counted", rule=about.rule)
        facts["last_lawful_day"] = Fact((words,), (counted,))
        facts["count_in_words"] = Fact((_counted(about),), (counted,))
    late = days(about.days_late)
    facts["days_late"] = Fact((late,), (Proof(late, "How the days late were counted", rule=about.rule),))
    facts["law_reference"] = Fact(
        (about.reference,), (Proof(about.reference, "Where the duty is written", rule=about.rule),)
    )
    if about.ended_by:
        words = day(about.ended_by.on)
        shown = f"It came on {words}, {late} late."
        facts["lateness"] = Fact((shown,), (_proof(words, "The day it came", about.ended_by, exhibits),))
        facts["came_late"] = Fact(("yes",))
    else:
        facts["lateness"] = Fact((f"I have not had it. It is now {late} late.",), facts["days_late"].proofs)
        facts["still_waiting"] = Fact(("yes",))
    return facts


def _counted(about: Deadline) -> str:
    length = (about.due - about.starts[0].on).days if about.due and about.starts else 0
    weeks = length // 7 if length % 7 == 0 else 0
    return (
        f"Counted from {day(about.starts[0].on)}, {weeks}{NO_BREAK}weeks ended on {day(about.due)}"
        if weeks and about.due
        else ""
    )


def _second(template: Template, found: list[Deadline], about: Deadline) -> dict[str, Fact]:
    """An earlier limit of the same request that was missed too."""
    for one in found:
        if one.rule == template.also_rule and one.state in TOLD and one.starts == about.starts and one.due:
            late = days(one.days_late)
            proof = (Proof(day(one.due), "The earlier limit", rule=one.rule),)
            told = f" and came {late} after that" if one.ended_by else f", and I have not had it. It is now {late} late"
            return {"second_last_day": Fact((day(one.due),), proof), "second_lateness": Fact((told,), proof)}
    return {}


def _chronology(
    store: Store, library: Library, template: Template, about: Deadline, today: dt.date, exhibits: Exhibits
) -> Fact:
    """What happened in the letter's stages since the clock began, in date order, an event a statement, with its mark."""
    until = about.ended_by.on if about.ended_by else today
    events = _without_others(store, library, about, today)
    # The story begins with the first step of the same clock: the complaint before its confirmation, the review before its notice.
    kinds = {start.kind for start in library.rule(about.rule).starts}
    begin = min(event.on for event in (*about.starts, *(one for one in events if one.kind in kinds and dt.timedelta(0) <= about.starts[0].on - one.on <= EARLIER)))
    lines, proofs = [], []
    record = Record(store, library, today, events, (), exhibits.mark)
    for event in events:
        kind = library.event_kinds.get(event.kind)
        if kind is None or (template.tells and kind.stage not in template.tells) or not begin <= event.on <= until:
            continue
        told = record.told(event)
        if told:
            lines.append(told[0])
            proofs.append(told[1])
    return Fact(tuple(lines), tuple(proofs))


def _without_others(store: Store, library: Library, about: Deadline, today: dt.date) -> list[Event]:
    """Every event; for the answer to a complaint without the steps of the other complaints."""
    events = events_of(store)
    if about.rule not in ANSWERS:
        return events
    mine = {start.id for start in about.starts}
    made = complaints_in(store, library, events, today)
    others = {step.id for one in made if not any(step.id in mine for step in one.steps) for step in one.steps}
    return [one for one in events if one.id not in others]


def _reply(store: Store, template: Template, library: Library, today: dt.date) -> dict[str, Fact]:
    """The day to ask an answer by: so many working days, or the rule's own count from a letter received today."""
    if template.reply_days:
        by = library.calendar.add_working(today, template.reply_days)
        words = f"{template.reply_days}{NO_BREAK}working days from the date of this letter"
    elif template.reply_rule:
        received = [Event(None, template.records, today)]
        counted = deadlines(received, [library.rule(template.reply_rule)], library.calendar, today, closures=closures_of(store))
        due = next((one.due for one in counted if one.due), None)
        if due is None:
            return {}
        by, words = due, ""
    else:
        return {}
    proof = (Proof(day(by), "How the answer's day was counted", rule=template.reply_rule),)
    return {"reply_by": Fact((day(by),), proof)} | ({"reply_by_count": Fact((words,), proof)} if words else {})
