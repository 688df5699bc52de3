"""The pack to prepare an annual review: what was given, how far each outcome was reached, what we ask to change."""

import datetime as dt
from collections.abc import Sequence

from casefile.domain.dates import in_table, in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.kind_words import kind_words
from casefile.domain.ledger import in_hours, promise_words
from casefile.domain.paper_parts import Grid, Head, Part, PlainPaper, Say
from casefile.domain.reviews import ADULT_LIFE, CAME, PARTS, REACHED, Review
from casefile.domain.showing import CONFIDENCE
from casefile.library import Library
from casefile.library.review_notes import ReviewNote
from casefile.services import plans, reviews
from casefile.services.case import child_of
from casefile.services.people import contacts
from casefile.services.timeline import late_sentence
from casefile.store.store import Store


def pack(store: Store, library: Library, one: Review, today: dt.date, *, word: bool = False) -> bytes:
    """The preparation pack of a review made on ``today``, as PDF, or with ``word`` as a Word file."""
    from casefile.printing.plain_paper import as_pdf, as_word

    child = child_of(store)
    version = reviews.plan_at(store, one)
    when = f"Meeting {in_words(one.meeting)}" if one.meeting else "The day of the meeting is not known yet"
    about = ", ".join(part for part in (child.name, child.reference, plans.name_of(version) if version else "") if part)
    parts: list[Part] = [Say(". ".join(part for part in (when, one.place) if part) + ".")]
    parts += _said(one)
    parts += _delivery(store, library, one, today)
    parts += _progress(store, one)
    parts += _asked(store, one)
    parts += _adult_life(store, library, one, today)
    parts += _ahead(store, library, today)
    parts += _people(store, library, one, today)
    parts += _steps(store, library, one, today)
    me = next((person.name for person in contacts(store) if person.me), "")
    short = child.short if child.name or child.known_as else "our child"
    paper = PlainPaper(f"For the annual review of {short}’s plan", about or "Annual review", parts, me, today)
    return as_word(paper) if word else as_pdf(paper)


def law_words(cite: str, checked: dt.date | None, confidence: str) -> str:
    """Where a piece of law is written and how sure the program is of it, in one line."""
    when = f" Checked {in_words(checked)}, {CONFIDENCE.get(confidence, confidence)}." if checked else ""
    return f"{cite.rstrip('.')}.{when}"


def _note(note: ReviewNote) -> Say:
    return Say(f"{note.words} {law_words(note.cite, note.checked, note.confidence)} {note.sure}".strip())


def _said(one: Review) -> list[Part]:
    parts: list[Part] = []
    if one.ours:
        parts += [Head("What matters most to us"), *_lines(one.ours)]
    if one.views:
        how = f"How these views were gathered: {one.views_how}" if one.views_how else ""
        parts += [Head("What our child says"), *_lines(one.views), *([Say(how)] if how else [])]
    if one.disagreements:
        parts += [Head("Where we do not agree"), *_lines(one.disagreements)]
    return parts


def _lines(text: str) -> list[Part]:
    return [Say(line) for line in text.splitlines() if line.strip()]


def _delivery(store: Store, library: Library, one: Review, today: dt.date) -> list[Part]:
    rows: list[tuple[str, ...]] = []
    for line in reviews.delivered(store, library, one, today):
        if line.shortfall is None:
            rows.append((line.key, f"{line.title}: not followed in our record", "", "", "", ""))
            continue
        found = line.shortfall
        numbers = ("", "", "", "") if found.ask else tuple(in_hours(found.total(name)) for name in ("minutes_due", "minutes_given", "minutes_missed", "minutes_unknown"))
        says = found.ask[0] if found.ask else promise_words(found.provision)
        rows.append((line.key, f"{line.title}: {says}", *numbers))
    if not rows:
        return []
    end = min(one.meeting or today, today) - dt.timedelta(days=1)
    parts: list[Part] = [Head("What was given of each line of Section F"), Say(f"From {in_words(reviews.since(store, one, today))} to {in_words(end)}.")]
    parts.append(Grid(("Line", "What the plan says", "Due", "Given", "Missed", "Not known"), tuple(rows), (14, 65, 21, 21, 22, 22), (2, 3, 4, 5)))
    parts.append(Say("A session that nobody wrote down is not known. It is never counted as missed. Days with no school are not due."))
    return parts


def _progress(store: Store, one: Review) -> list[Part]:
    found = reviews.progress(store, one)
    if not found:
        return []
    rows = tuple((row.key, row.words, REACHED[row.reached], row.evidence) for row in found)
    return [Head("How far each outcome was reached"), Grid(("Line", "Outcome", "How far", "How we know"), rows, (14, 66, 35, 50))]


def _asked(store: Store, one: Review) -> list[Part]:
    parts: list[Part] = []
    for row in reviews.proposals(store, one):
        place = f"{row.key}: " if row.key else ""
        why = f" Why: {row.why.rstrip('.')}." if row.why else ""
        answer = f" What came of it: {row.answer.rstrip('.')}." if row.answer else ""
        parts.append(Say(f"{place}{row.words.rstrip('.')}.{why}{answer}", f"{row.who}.", True) if row.who else Say(f"{place}{row.words.rstrip('.')}.{why}{answer}", item=True))
    wording = reviews.our_wording(store)
    parts += [Say(f"Please write: “{words}”" if words else "Please take this line out.", f"{key}.", True) for key, words in wording]
    told = {key for key, _ in wording}
    vague = [(item, question) for item, question in reviews.vague_lines(store, one) if item.key not in told]
    if vague:
        parts.append(Say("These lines of Section F do not yet say enough to be held to:"))
        parts += [Say(f"“{item.text}” {question}".strip(), f"{item.key}.", True) for item, question in vague]
    return [Head("What we ask to change"), *parts] if parts else []


def _adult_life(store: Store, library: Library, one: Review, today: dt.date) -> list[Part]:
    found = [note for note in reviews.notes(store, library, one, today) if note.from_year]
    if not found and not one.adult_life and not one.decides:
        return []
    parts: list[Part] = [Head("Getting ready for adult life"), *(_note(note) for note in found)]
    parts += [Say(one.adult_life.get(key) or "To be talked about at the meeting.", f"{title}.", True) for key, title in ADULT_LIFE.items()]
    if one.decides:
        parts.append(Say(one.decides, "Who decides from 16 on.", True))
    return parts


def _ahead(store: Store, library: Library, today: dt.date) -> list[Part]:
    found = reviews.ahead(store, library, today)
    if not found:
        return []
    parts: list[Part] = [Head("Dates to have in view")]
    for entry in found:
        parts.append(Say(f"{entry.help} {law_words(entry.reference, entry.checked, entry.confidence)}", f"{in_words(entry.due)}: {entry.title}." if entry.due else f"{entry.title}.", True))
        if entry.rule == "young_person_rights":
            parts += [Say(words, item=True) for words in entry.cautions]
    return parts


def _people(store: Store, library: Library, one: Review, today: dt.date) -> list[Part]:
    found = reviews.invited(store, one)
    if not found:
        return []
    last = reviews.late_round(store, library, one, today)

    def day(value: dt.date | None) -> str:
        return in_table(value) if value else ""

    def sent(value: dt.date | None) -> str:
        late = value is not None and last is not None and value > last
        return f"{day(value)}{', less than two weeks before' if late else ''}"

    rows = tuple((f"{PARTS[row.part]}{f': {row.name}' if row.name else ''}", day(row.invited), day(row.received), sent(row.sent_round), CAME[row.came]) for row in found)
    invited = next((note for note in reviews.notes(store, library, one, today) if note.id == "invited"), None)
    return [Head("Who is asked, and their reports"), *([_note(invited)] if invited else []), Grid(("Who", "Invited", "Report came", "Sent round", "At the meeting"), rows, (52, 29, 29, 30, 25))]


def step_words(entry: Deadline) -> str:
    """A step around the meeting: when it is due, and what became of it."""
    words = late_sentence(entry)
    if entry.ended_by is not None and entry.ended_by.detail:
        words += f" {kind_words(entry.ended_by.kind, entry.ended_by.detail)}."
    return words


def _steps(store: Store, library: Library, one: Review, today: dt.date) -> list[Part]:
    limit = reviews.due(store, library, one, today)
    found: Sequence[Deadline] = [*([limit] if limit else []), *reviews.steps(store, library, one, today)]
    if not found:
        return []
    return [Head("What the law sets for this review"), *(Say(f"{step_words(entry)} {law_words(entry.reference, entry.checked, entry.confidence)}", f"{entry.title}.", True) for entry in found)]
