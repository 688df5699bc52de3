"""What a pack for somebody who helps gathers from the whole record: every breach with its law, the story, the letters, the time for a court."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from casefile.domain.dates import NO_BREAK, count, in_words
from casefile.domain.deadlines import Deadline, deadlines
from casefile.domain.events import Event
from casefile.domain.letter_parts import safe
from casefile.domain.letters import Draft, Fact, Proof
from casefile.services.ledger_facts import first_missed
from casefile.services.story_facts import Record

MOST = 40
"""So many events are told one by one; the latest are kept."""
ADVICE = ("civil_legal_advice", "child_law_advice", "ipsea", "sossen", "sendiass")
"""Who gives free advice where a court may be needed, the nearest to a solicitor first."""
Read = Callable[[Record, Mapping[str, Fact]], dict[str, Fact]]


def _overdue(record: Record) -> list[Deadline]:
    """What the council or another body owes and has not done, the oldest first."""
    found = [one for one in record.found if one.state == "overdue" and one.due and not one.mine]
    return sorted(found, key=lambda one: one.due or dt.date.max)


def _late(one: Deadline) -> tuple[str, Proof]:
    assert one.due
    due, late = in_words(one.due, joined=True), count(one.days_late, "day").replace(" ", NO_BREAK)
    return f"{one.title.rstrip('.?')}: due by {due}, now {late} late.", Proof(due, "How the last day was counted", rule=one.rule)


def _breaches(record: Record, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """What is missing and what is late, in few words; and the same with the law that each duty is written in."""
    short: list[str] = []
    full: list[str] = []
    proofs: list[Proof] = []
    if "loss" in facts:
        short.append(facts["loss"].text)
        full.append(f"{facts['loss'].text} Where the duty is written: Children and Families Act 2014, section 42(2).")
        proofs += facts["loss"].proofs
    for one in _overdue(record):
        words, proof = _late(one)
        short.append(words)
        full.append(f"{words} Where this is written: {one.reference}.")
        proofs.append(proof)
    if not short:
        return {}
    return {"breaches": Fact(tuple(short), tuple(proofs)), "breach_list": Fact(tuple(full), tuple(proofs))}


def _story(record: Record, _: Mapping[str, Fact]) -> dict[str, Fact]:
    """The whole case in date order, as far as a letter knows how to tell it."""
    told = [line for event in record.events if event.on <= record.today and (line := record.told(event))][-MOST:]
    return {"whole_story": Fact(tuple(words for words, _ in told), tuple(proof for _, proof in told))} if told else {}


def _letters(record: Record, _: Mapping[str, Fact]) -> dict[str, Fact]:
    """Every letter that was marked as sent, the oldest first."""
    sent = sorted((one for one in record.store.find(Draft) if one.sent_on and one.sent_on <= record.today), key=lambda one: (one.sent_on or record.today, one.id or 0))
    lines, proofs = [], []
    for one in sent[-MOST:]:
        assert one.sent_on
        on, mark = in_words(one.sent_on, joined=True), record.mark(one.document)
        lines.append(f"{on}: “{safe(one.subject).rstrip('.')}”{f', to {safe(one.recipient[0])}' if one.recipient else ''}{f' ({mark})' if mark else ''}.")
        proofs.append(Proof(on, "The letter as it was sent", one.document, mark=mark))
    return {"letters_sent": Fact(tuple(lines), tuple(proofs))} if lines else {}


def _court(record: Record, _: Mapping[str, Fact]) -> dict[str, Fact]:
    """The first day of the failing, and the end of the three months that a court counts from it."""
    recorded = record.latest(["grounds_arose"])
    days = [day for day in (first_missed(record.store, record.library, record.today), *((one.due + dt.timedelta(days=1)) for one in _overdue(record) if one.due)) if day]
    first = recorded.on if recorded else min(days, default=None)
    if first is None:
        return {}
    rule = record.library.rule("jr_limit")
    counted = deadlines([Event(None, "grounds_arose", first)], [rule], record.library.calendar, record.today)
    due = next((one.due for one in counted if one.due), None)
    began = in_words(first, joined=True)
    proof = record.proof(began, "The first day of the failing", recorded) if recorded else Proof(began, "The first day of the failing, by the record")
    found = {"grounds_on": Fact((began,), (proof,))}
    if due:
        words = in_words(due, joined=True)
        found["court_until"] = Fact((words,), (Proof(words, "How the three months were counted", rule=rule.id),))
    return found


def _advice(record: Record, _: Mapping[str, Fact]) -> dict[str, Fact]:
    """Where free advice is: name, telephone, website; a number nobody has confirmed is marked to be checked."""
    bodies = {one.id: one for one in record.library.directory.bodies}
    lines = []
    for one in (bodies[id_] for id_ in ADVICE if id_ in bodies):
        phone = f", telephone {one.phone}{' (check the number first)' if 'phone' in one.confirm else ''}" if one.phone else ""
        lines.append(f"{one.name}{phone}, {one.website}.")
    return {"advice_list": Fact(tuple(lines))}


_SOURCES: tuple[tuple[frozenset[str], Read], ...] = (
    (frozenset({"breaches", "breach_list"}), _breaches), (frozenset({"whole_story"}), _story), (frozenset({"letters_sent"}), _letters),
    (frozenset({"grounds_on", "court_until"}), _court), (frozenset({"advice_list"}), _advice),
)  # fmt: skip
"""Which facts come out of which reading of the record."""


def pack_facts(record: Record, names: Sequence[str], facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Those of the named facts that the whole record can prove; ``facts`` are those of the ledger, already read."""
    found: dict[str, Fact] = {}
    for given, read in _SOURCES:
        if given & set(names):
            found |= read(record, facts)
    return found
