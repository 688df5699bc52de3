"""Annual reviews of the case: what is prepared, what was said and done, and the steps the law sets around the meeting."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from casefile.domain.dates import in_words
from casefile.domain.deadlines import Deadline, deadlines
from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.domain.ledger import Shortfall
from casefile.domain.plan import PlanItem, PlanVersion
from casefile.domain.plan_check import school_year
from casefile.domain.reviews import CAME, PARTS, REACHED, Invited, Progress, Proposal, Review
from casefile.errors import Invalid, NotFound
from casefile.library import Library
from casefile.library.review_notes import ReviewNote, review_notes
from casefile.services import plan_marks, plans, provision
from casefile.services.case import child_of
from casefile.services.people import contacts
from casefile.services.terms import closures_of
from casefile.services.timeline import deadlines_of, events_of
from casefile.store.store import Store

Row = TypeVar("Row", bound=Invited | Progress | Proposal)
DUE = ("annual_review_first", "annual_review_next", "move_review", "early_years_review")
"""The rules that say by when a review must be complete."""
HELD, NOTICES = "review_meeting_held", ("amendment_notice_sent", "amendment_notice_served")
ENDS = ("review_decision_sent", "previous_review_completed")
AROUND = dt.timedelta(days=150)
"""Events so near to a meeting belong to its review."""


def reviews(store: Store) -> list[Review]:
    """Every review, the oldest meeting first, those without a day last."""
    return sorted(store.find(Review), key=lambda one: (one.meeting or dt.date.max, one.id or 0))


def review(store: Store, id_: int) -> Review:
    """One review. Raises ``NotFound``."""
    return store.get(Review, id_)


def begin(store: Store, meeting: dt.date | None = None) -> Review:
    """Begin a review, with those who must be invited already in its list, named where the case knows a name."""
    known = contacts(store)
    offices = {"council": "sen_casework", "school": "senco"}
    with store.action("Began an annual review"):
        made = Review(None, meeting)
        made = replace(made, id=store.add(made))
        for part in PARTS:
            if part == "other":
                continue
            person = next((one for one in known if (one.me if part == "parent" else one.office == offices.get(part, "-"))), None)
            store.add(Invited(None, made.id or 0, part, person.name if person else ""))
    return made


def save(store: Store, one: Review) -> Review:
    """Keep what changed in a review. Raises ``NotFound`` for an unknown paper."""
    if one.report is not None:
        store.get(Document, one.report)
    with store.action("Changed an annual review"):
        store.change(one)
    return one


def remove(store: Store, one: Review) -> None:
    """Take a review out with all that belongs to it. What happened stays in the timeline. Undo brings it back."""
    with store.action("Removed an annual review"):
        store.remove(Review, one.id or 0)


def invited(store: Store, one: Review) -> list[Invited]:
    """Who is to be asked to a review, in the order of ``PARTS``."""
    parts = list(PARTS)
    return sorted(store.find(Invited, review=one.id), key=lambda row: (parts.index(row.part), row.id or 0))


def proposals(store: Store, one: Review) -> list[Proposal]:
    """The changes that somebody proposes."""
    return store.find(Proposal, review=one.id)


def progress(store: Store, one: Review) -> list[Progress]:
    """How far each outcome of the plan was reached; an outcome nobody has spoken of yet is not known and has no id."""
    told = {row.key: row for row in store.find(Progress, review=one.id)}
    found = [told.pop(item.key, Progress(None, one.id or 0, item.key, item.text)) for item in _lines(store, one, "E")]
    return [*found, *told.values()]


def plan_at(store: Store, one: Review) -> PlanVersion | None:
    """The plan a review looks at: the newest that was there before its meeting, else the newest."""
    there = [version for version in plans.versions(store) if version.status not in ("ours", "draft", "amendment_notice")]
    before = [version for version in there if one.meeting is None or version.dated is None or version.dated <= one.meeting]
    return before[-1] if before else there[-1] if there else plans.latest(store)


def _lines(store: Store, one: Review, section: str) -> list[PlanItem]:
    version = plan_at(store, one)
    return plans.lines_in(plans.items(store, version), section) if version else []


def keep(store: Store, row: Row) -> Row:
    """Keep a person, an outcome's progress or a proposal of a review; returns it with its id. Raises ``Invalid``."""
    if isinstance(row, Invited):
        if row.part not in PARTS or row.came not in CAME:
            raise Invalid("That cannot be said of a person at a review.", f"Use one of: {', '.join((*PARTS, *CAME))}.")
        if row.asked and row.received and row.received < row.asked:
            raise Invalid("The advice cannot have come before it was asked for.", "Check both days.")
        if row.received and row.sent_round and row.sent_round < row.received:
            raise Invalid("The advice cannot have been sent round before it came.", "Check both days.")
    elif isinstance(row, Progress):
        if row.reached not in REACHED:
            raise Invalid(f"{row.reached!r} says nothing about an outcome.", f"Use one of: {', '.join(REACHED)}.")
    elif not row.words.strip():
        raise Invalid("What is to change is missing.", "Write it in a sentence.")
    document = getattr(row, "document", None)
    if document is not None:
        store.get(Document, document)
    with store.action("Changed an annual review"):
        if row.id is None:
            return replace(row, id=store.add(row))
        store.change(row)
        return row


def drop(store: Store, row: Invited | Proposal) -> None:
    """Take a person or a proposal out of a review."""
    with store.action("Changed an annual review"):
        store.remove(type(row), row.id or 0)


def _with_meeting(store: Store, one: Review) -> list[Event]:
    """The events of the case, with the meeting among them even where it is only planned."""
    events = events_of(store)
    if one.meeting is not None and not any(event.kind == HELD and event.on == one.meeting for event in events):
        events.append(Event(None, HELD, one.meeting))
    return events


def steps(store: Store, library: Library, one: Review, today: dt.date) -> list[Deadline]:
    """What the law sets around the meeting of a review, in date order; empty while its day is not known."""
    if one.meeting is None:
        return []
    meeting = one.meeting
    found = deadlines(_with_meeting(store, one), library.rules, library.calendar, today, child=child_of(store), closures=closures_of(store))
    later = [other.meeting for other in reviews(store) if other.meeting is not None and other.meeting > meeting]
    until = min([meeting + 2 * AROUND, *later])
    return [
        step for step in found
        if step.stage == "review" and step.rule not in DUE
        and any((start.kind == HELD and start.on == meeting) or (start.kind in NOTICES and meeting <= start.on < until) for start in step.starts)
    ]  # fmt: skip


def due(store: Store, library: Library, one: Review, today: dt.date) -> Deadline | None:
    """By when a review must be complete: the rule whose clock began last before its meeting, or before today."""
    day = one.meeting or today
    found = [entry for entry in deadlines_of(store, library, today) if entry.rule in DUE[:3] and entry.due is not None and entry.starts and entry.starts[-1].on < day]
    return max(found, key=lambda entry: (entry.starts[-1].on, -(entry.due or day).toordinal()), default=None)


def late_round(store: Store, library: Library, one: Review, today: dt.date) -> dt.date | None:
    """The last day on which advice could be sent round in time for the meeting; None where the meeting has no day."""
    return next((step.due for step in steps(store, library, one, today) if step.rule == "review_papers"), None)


def following(store: Store, one: Review, today: dt.date) -> list[Event]:
    """What follows from a review for the law's clocks and is not recorded yet; each is recorded with one yes."""
    wanted: list[Event] = []
    people = invited(store, one)
    asked = next((row.invited for row in people if row.part == "parent" and row.invited), None)
    if asked:
        wanted.append(Event(None, "review_invitation_sent", asked))
    rounds = [row.sent_round for row in people if row.sent_round]
    if rounds:
        wanted.append(Event(None, "review_papers_sent", max(rounds)))
    if one.meeting:
        wanted.append(Event(None, HELD, one.meeting))
    if one.report is not None:
        paper = store.get(Document, one.report)
        day = paper.received or paper.dated
        if day:
            wanted.append(Event(None, "review_report_sent", day, one.report))
    known = events_of(store)
    return [
        event for event in wanted
        if event.on <= today and not any(other.kind == event.kind and abs(other.on - (one.meeting or event.on)) <= AROUND for other in known)
    ]  # fmt: skip


def record_following(store: Store, one: Review, today: dt.date) -> list[Event]:
    """Record what follows from a review, as one action; returns the events."""
    found = following(store, one, today)
    with store.action("Recorded what follows from a review"):
        return [replace(event, id=store.add(event)) for event in found]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A line of Section F and what was given of it; ``shortfall`` is None where the line is not followed in the ledger."""

    key: str
    title: str
    shortfall: Shortfall | None


def since(store: Store, one: Review, today: dt.date) -> dt.date:
    """From when delivery is told for a review: the last review before it, else a year before the meeting."""
    day = min(one.meeting or today, today)
    before = [event.on for event in events_of(store) if event.kind in ENDS and event.on < day]
    return max([*before, day - dt.timedelta(days=365)])


def delivered(store: Store, library: Library, one: Review, today: dt.date) -> list[Delivered]:
    """What was given of each line of Section F since the last review, up to the day before the meeting or yesterday."""
    end = min(one.meeting or today, today) - dt.timedelta(days=1)
    rows = {found.provision.item: found for found in provision.report(store, library, today, since(store, one, today), end)}
    lines = _lines(store, one, "F")
    made = [Delivered(item.key, rows[item.key].provision.title if item.key in rows else plans.short_title(item), rows.pop(item.key, None)) for item in lines]
    return [*made, *(Delivered(key, found.provision.title, found) for key, found in rows.items())]


def vague_lines(store: Store, one: Review) -> list[tuple[PlanItem, str]]:
    """The lines of Section F whose words cannot be held to and were not said to be fine, each with the question to ask."""
    fine = plan_marks.fine(store)
    return [(item, found.ask) for item in _lines(store, one, "F") if (item.key, item.text) not in fine and (found := plans.judged(item.text)).verdict == "vague"]


def our_wording(store: Store) -> list[tuple[str, str]]:
    """What our proposed wording changes in the newest plan: the key of each line, and our words (empty: take it out)."""
    newest = plans.latest(store)
    ours = next((one for one in reversed(plans.versions(store)) if one.status == "ours"), None)
    if newest is None or ours is None or newest.status == "ours" or ours.order < newest.order:
        return []
    return [
        ((change.before or change.after)[0].key, change.text_after)
        for change in plans.compare(store, newest, ours).changes if change.type != "placement_changed"
    ]  # fmt: skip


def in_year(store: Store, day: dt.date) -> int | None:
    """The school year the child is usually in on a day (9 is Year 9); None where the date of birth is not known."""
    born = child_of(store).born
    return school_year(born, day) if born else None


def notes(store: Store, library: Library, one: Review, today: dt.date) -> list[ReviewNote]:
    """What the review must or should look at, for a child of this school year; what holds from a year on is left out where the year is not known."""
    year = in_year(store, one.meeting or today)
    return [note for note in review_notes(library.folder) if not note.from_year or (year is not None and year >= note.from_year)]


def ahead(store: Store, library: Library, today: dt.date) -> list[Deadline]:
    """The dates to come that a review should have in view: the move to the next stage, and from when the young person decides."""
    wanted = [entry for entry in deadlines_of(store, library, today) if entry.rule.startswith("phase_") or entry.rule == "young_person_rights"]
    return [entry for entry in wanted if entry.due is not None and entry.state in ("coming", "due_soon", "overdue") and (entry.rule != "young_person_rights" or (in_year(store, today) or 0) >= 9)]


def name_of(one: Review) -> str:
    """What a review is called: its day, or that it has none yet."""
    return f"Review meeting, {in_words(one.meeting)}" if one.meeting else "A review without a day yet"


def open_review(store: Store, words: str = "") -> Review:
    """A review by its number in the list (1 is the oldest), or the newest. Raises ``NotFound``."""
    found: Sequence[Review] = reviews(store)
    if not found:
        raise NotFound("There is no annual review in this case yet.", "Begin one with: casefile review CASE begin")
    if not words:
        return found[-1]
    if words.isdecimal() and 1 <= int(words) <= len(found):
        return found[int(words) - 1]
    raise NotFound(f"There is no review {words!r}.", f"Use a number from 1 to {len(found)}.")
