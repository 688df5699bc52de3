"""What has gone wrong in the case, and which body can help: worked out from the record, with what the parent answered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casefile.domain.calendar import DAY
from casefile.domain.clocks import Record
from casefile.domain.dates import count, in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.events import Event
from casefile.domain.failings import Appeal, Books, Complaint, Door, Facts, Failing
from casefile.domain.ledger import in_hours
from casefile.domain.remedies import Remedy, comparable
from casefile.domain.routes import doors
from casefile.errors import NotFound
from casefile.library import Library
from casefile.services.case import child_of
from casefile.services.complaint_steps import told_apart
from casefile.services.complaints import Linked, chain_of, complaint_about, complaints_of
from casefile.services.provision import report
from casefile.services.terms import closures_of
from casefile.services.timeline import deadlines_of, events_of, title_of
from casefile.store.rows import Told
from casefile.store.store import Store

LEDGER = "section_f_not_delivered"
"""The failing that the ledger of what was given shows."""
RECENT = dt.timedelta(days=460)
"""Older failings that ended are not offered by themselves: the year for the Ombudsman is over with room to spare."""
IGNORED = "complaint_ignored"
"""The failing that a complaint itself gets no answer: it always goes with another."""
ALONG = ("council_stage_1", "council_stage_2", "social_care_complaint", "lgsco", "secretary_of_state")
"""The doors that turn on the complaint to the council."""
WHICH = "council_complaint.which"
"""What is asked where nobody said which complaint is about a failing."""


@dataclass(frozen=True, slots=True)
class Found:
    """A failing the record shows. ``since`` is its first day; ``why`` says what shows it, in one sentence."""

    failing: Failing
    since: dt.date
    going_on: bool
    why: str
    deadline: Deadline | None = None
    event: Event | None = None


def failings_of(store: Store, library: Library, today: dt.date) -> tuple[Found, ...]:
    """Every failing the record shows as of ``today``, one of each kind: what goes on first, the longest first."""
    rows = deadlines_of(store, library, today)
    events = [event for event in events_of(store) if event.on <= today]
    best: dict[str, Found] = {}
    for failing in library.law.failings.values():
        found = [*_late(failing, rows, today), *_happened(failing, events, library, today)]
        if failing.id == LEDGER:
            found += _missed(failing, store, library, today)
        if found:
            best[failing.id] = min(found, key=lambda one: (not one.going_on, one.since))
    return tuple(sorted(best.values(), key=lambda one: (not one.going_on, one.since)))


def _missed(failing: Failing, store: Store, library: Library, today: dt.date) -> list[Found]:
    """Section F not given, as the ledger shows it: lines with missed minutes, from the first missed session on."""
    rows = [one for one in report(store, library, today) if one.total("minutes_missed") or one.total("missed")]
    if not rows:
        return []
    missed = [session.on for one in rows for cell in one.cells for session in cell.sessions if session.outcome in ("missed", "part")]
    worst = max(rows, key=lambda one: one.total("minutes_missed"))
    going_on = today - max(missed) <= dt.timedelta(days=35)
    words = f"{worst.provision.item} {worst.provision.title}: {in_hours(worst.total('minutes_missed'))} missed since {in_words(min(missed))}."
    return [Found(failing, min(missed), going_on, words)]


def _late(failing: Failing, rows: Sequence[Deadline], today: dt.date) -> list[Found]:
    found = []
    for row in rows:
        if row.rule not in failing.rules or row.due is None or row.state not in ("overdue", "met_late"):
            continue
        late = f"{row.title}: due {in_words(row.due)}"
        if row.state == "overdue":
            words = f"{late}, {count(row.days_late, 'day')} late."
            found.append(Found(failing, row.due + DAY, True, words, row))
        elif row.ended_by and today - row.ended_by.on <= RECENT:
            words = f"{late}, done {count(row.days_late, 'day')} late."
            found.append(Found(failing, row.due + DAY, False, words, row))
    return found


def _happened(failing: Failing, events: Sequence[Event], library: Library, today: dt.date) -> list[Found]:
    found = []
    for event in events:
        if not _is(event, failing.events) or today - event.on > RECENT:
            continue
        over = any(_is(later, failing.over) and later.on >= event.on for later in events)
        words = f"{title_of(event, library)}, {in_words(event.on)}."
        if not over or failing.kind == "delivery":
            found.append(Found(failing, event.on, not over, words, event=event))
    return found


def _is(event: Event, pairs: Sequence[tuple[str, str]]) -> bool:
    return any(event.kind == kind and detail in ("", event.detail) for kind, detail in pairs)


def told_of(store: Store, failing: str) -> Told:
    """What the parent answered about a failing; an empty one when nothing was asked yet."""
    return next(iter(store.find(Told, failing=failing)), Told(None, failing))


def tell(store: Store, told: Told) -> Told:
    """Keep what the parent answered about a failing, so that nothing is asked twice; returns it with its number."""
    with store.action("Answered a question"):
        kept = told_of(store, told.failing)
        if kept.id is None:
            return replace(told, id=store.add(replace(told, id=None)))
        told = replace(told, id=kept.id)
        store.change(told)
        return told


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the record and the parent's answers say about one failing, before it is put into facts."""

    record: Record
    found: Found | None
    told: Told
    since: dt.date | None
    linked: Linked


def _seen(store: Store, library: Library, failing: str, today: dt.date, shown: Sequence[Found] | None) -> _Seen:
    kinds = library.law.failings
    if failing not in kinds:
        raise NotFound(f"There is no failing called {failing!r}.", "casefile law routes names them all.")
    shown = failings_of(store, library, today) if shown is None else shown
    found = next((one for one in shown if one.failing.id == failing), None)
    record = Record(event for event in told_apart(store, library, events_of(store)) if event.on <= today)
    told = told_of(store, failing)
    since = told.knew_on or _knew(record) or (found.since if found and found.since <= today else None)
    clock = found.deadline if found else None
    return _Seen(record, found, told, since, complaint_about(store, library, record, kinds[failing], told=told.complaint, clock=clock, since=since))


def facts_of(
    store: Store, library: Library, failing: str, today: dt.date, shown: Sequence[Found] | None = None
) -> Facts:
    """What the record and the parent's answers say about a failing. Raises ``NotFound`` for an unknown one.

    ``shown`` are the failings the record shows, where they were worked out already.
    """
    seen = _seen(store, library, failing, today, shown)
    return _facts(store, library.law.failings[failing], today, seen)


def _facts(store: Store, failing: Failing, today: dt.date, seen: _Seen) -> Facts:
    record, told, root = seen.record, seen.told, seen.linked.event
    complaint = replace(_complaint(record, chain_of(failing), root), refused=told.refused)
    going_on = told.going_on if told.going_on is not None else (seen.found.going_on if seen.found else None)
    appeal = _appeal(record, seen.found.event if seen.found else None, told)
    return Facts(
        failing.id, today, seen.since, going_on, complaint, appeal, told.setting, told.out_of_school, told.section_i_only,
        _dates(record, seen.since, root), child_of(store).born,
    )  # fmt: skip


def complaint_of(store: Store, library: Library, failing: str, today: dt.date, shown: Sequence[Found] | None = None) -> tuple[Linked, list[Event]]:
    """The complaint that is about a failing and how that is known, and every complaint there is to choose from. Raises as ``facts_of``."""
    seen = _seen(store, library, failing, today, shown)
    return seen.linked, complaints_of(seen.record, library.law.failings[failing])


def _knew(record: Record) -> dt.date | None:
    """The day the parent said they first knew, where the record holds one such day only."""
    found = record.kinds.get("parent_first_knew_of_matter", [])
    return found[0].on if len(found) == 1 else None


def _complaint(record: Record, chain: Sequence[str], root: Event | None) -> Complaint:
    """The complaint and the answers that belong to it."""
    if root is None:
        return Complaint()
    answered, second, final = (_answer(record, kind, root) for kind in chain[1:])
    return Complaint(root.on, answered, second, final)


def _answer(record: Record, kind: str, root: Event) -> dt.date | None:
    """The first event of a kind after a complaint that is not the answer to something else."""
    for event in record.since(kind, root.on):
        chain = record.ancestors(event)
        if not chain or any(earlier is root for earlier in chain):
            return event.on
    return None


DECISIONS = (
    "decision_letter_sent", "refusal_to_assess_sent", "refusal_to_issue_sent", "plan_finalised", "refusal_to_reassess_sent",
    "no_amend_decision_sent", "cease_decision_sent",
)  # fmt: skip
"""Events that carry a right to appeal."""


def _appeal(record: Record, decision: Event | None, told: Told) -> Appeal:
    """The last decision that could be appealed, and what came of it; for a decision failing that very decision."""
    letters = [event for kind in DECISIONS for event in record.kinds.get(kind, [])]
    if decision is None or decision not in letters:
        decision = max(letters, key=lambda event: event.on, default=None)
    if decision is None:
        return Appeal(told.right, connected=told.connected)
    later = {
        kind: [event.on for event in record.since(kind, decision.on)]
        for kind in (
            "mediation_certificate_issued",
            "appeal_received",
            "appeal_ended",
            "tribunal_decision_sent",
            "tribunal_order_date",
        )
    }
    ends = sorted(
        day for kind in ("appeal_ended", "tribunal_decision_sent", "tribunal_order_date") for day in later[kind]
    )
    lodged = next(iter(later["appeal_received"]), None)
    certificate = next(iter(later["mediation_certificate_issued"]), None)
    ended = next((day for day in ends if lodged is None or day >= lodged), None)
    return Appeal(told.right, decision.on, certificate, lodged, ended, told.connected)


ONE_OFF = (
    "governors_decision_given", "irp_requested", "irp_decision_notified", "nhs_complaint_received", "nhs_reply_received",
    "dp_complaint_received", "controller_final_reply", "school_complaint_answered", "local_procedure_finished",
)  # fmt: skip


TOLD_BY_COUNCIL = ("complaint_acknowledged", "cc_s1_extended", "cc_s2_acknowledged", "cc_s2_extended")
"""What moves the council's time to answer."""


def _dates(record: Record, since: dt.date | None, root: Event | None) -> Mapping[str, dt.date]:
    found = {kind: record.since(kind, since or dt.date.min) for kind in ONE_OFF}
    days = {kind: events[-1].on for kind, events in found.items() if events}
    if root is not None:
        days |= {kind: day for kind in TOLD_BY_COUNCIL if (day := _answer(record, kind, root))}
    return days


def doors_of(
    store: Store, library: Library, failing: str, today: dt.date, shown: Sequence[Found] | None = None
) -> tuple[Door, ...]:
    """Every door for a failing of the case, the best next step first. ``shown`` and what it raises as in ``facts_of``."""
    shown = failings_of(store, library, today) if shown is None else shown
    seen = _seen(store, library, failing, today, shown)
    facts = _facts(store, library.law.failings[failing], today, seen)
    books = Books(library.law.routes, library.law.failings, library.rule_map, library.calendar, closures_of(store))
    found = doors(facts, books)
    others = {one.failing.id for one in shown} - {failing, IGNORED}
    alone = not others and any(one.failing.id == failing for one in shown)
    if alone or seen.linked.how != "unsure":
        return found
    return tuple(replace(door, ask=(*door.ask, WHICH)) if door.route in ALONG else door for door in found)


@dataclass(frozen=True, slots=True)
class Shown:
    """Published decisions on a failing, with the words that must stand beside them."""

    decisions: tuple[Remedy, ...]
    note: str
    first: str
    range: str


def remedies_of(library: Library, failing: str) -> Shown:
    """What the Ombudsman has recommended for a failing in published decisions: practice, never a right; may be empty."""
    practice = library.law.practice
    if practice is None:
        return Shown((), "", "", "")
    return Shown(comparable(practice, failing), practice.note, practice.first, practice.range)
