"""Letters from the record: what can be written, the draft with its proofs and gaps, the outputs, marking it sent."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from casefile.domain.answers import Sending
from casefile.domain.dates import in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.domain.letter_notes import Note
from casefile.domain.letter_parts import safe
from casefile.domain.letters import FACTS, Draft, Fact, Gap, Template, fill, gaps_in, put_in
from casefile.domain.phrases import lowered
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services.addressing import NAMED_HERE, TAKEN_OUT, addressed, office_id, without_child
from casefile.services.case import child_of
from casefile.services.facts import Exhibits, facts_of
from casefile.services.ledger_facts import LEDGER, SHORTFALL
from casefile.services.point_facts import REMINDER, unanswered_letter
from casefile.services.timeline import events_of, late_sentence
from casefile.store.rows import PageText
from casefile.store.store import Store

HOW = {
    "email": "email",
    "first_class": "first class post",
    "signed_for": "signed-for post",
    "hand": "by hand",
    "form": "the council's web form",
}
"""How a letter may be sent; it decides the day it counts as received."""
ENDINGS = ("pdf", "docx", "txt", "eml")


Use = Literal["now", "late", "over", "none"]
"""How much a letter is called for: what it is about goes on, was done late, its time has passed, nothing calls for it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A letter form as it stands for this case. ``ready`` is None without a case; ``why`` says what it would be about, ``use`` how much it is called for."""

    id: str
    title: str
    purpose: str
    to: str
    needs: tuple[str, ...]
    ready: bool | None
    gaps: tuple[str, ...]
    why: str
    use: Use = "none"


_ORDER: tuple[Use, ...] = ("now", "late", "over", "none")


def offered(store: Store, library: Library, today: dt.date) -> list[Offer]:
    """Every letter form, those the case is ready for first."""
    found = []
    events = events_of(store)
    for template in library.letters:
        made, facts, about = _written(store, library, template, {}, today, brief=True, events=events)
        gaps = lacking(library, made)
        over = _over(events, library, template, today)
        why = over or (late_sentence(about).rstrip(".") if about and about.due else "")
        if SHORTFALL in template.needs and "loss" in facts and not over:
            why = facts["loss"].text.rstrip(".")
        use: Use = "over" if over else "none" if not why else "late" if about and about.state == "met_late" else "now"
        found.append(Offer(template.id, template.title, template.purpose, _to(library, template), template.needs, not gaps, gaps, why, use))
    return sorted(found, key=lambda offer: (not offer.ready, _ORDER.index(offer.use), offer.id))


def _over(events: list[Event], library: Library, template: Template, today: dt.date) -> str:
    """Why the time for a letter is over, by what happened since; empty where it is not. The parent may write it all the same."""
    events = [one for one in events if one.on <= today]
    begun = max((one.on for one in events if one.kind in template.begun_by), default=None)
    ended = next((one for one in reversed(events) if one.kind in template.ended_by and (begun is None or one.on >= begun)), None)
    return f"Its time is over: {lowered(library.event_kinds[ended.kind].title)}, {in_words(ended.on)}" if ended else ""


_OF_THE_LIMIT = frozenset(
    {"last_lawful_day", "lateness", "days_late", "count_in_words", "chronology", "law_reference", "request_received"}
)


def lacking(library: Library, made: Draft) -> tuple[str, ...]:
    """What a draft still lacks, in words. Where no limit was missed, everything that follows from one counts once."""
    template = library.letter(made.template)
    found = [gap.what for gap in made.gaps if gap.name not in _OF_THE_LIMIT]
    if template.rule and len(found) < len(made.gaps):
        rule = library.rule(template.rule)
        found.insert(0, f"a limit that was missed ({lowered(rule.title).rstrip('?')})")
    if any(gap.name in LEDGER for gap in made.gaps):
        ledger = {gap.what for gap in made.gaps if gap.name in LEDGER}
        found = ["sessions in the ledger that were not given", *(what for what in found if what not in ledger)]
    return tuple(dict.fromkeys(found))


def forms(library: Library) -> list[Offer]:
    """Every letter form without a case: whether it is ready is not known."""
    return [
        Offer(form.id, form.title, form.purpose, _to(library, form), form.needs, None, (), "")
        for form in library.letters
    ]


def _to(library: Library, template: Template) -> str:
    office = library.directory.office(template.to_office)
    return office.title if office else template.to_office


def draft(store: Store, library: Library, template_id: str, values: Mapping[str, str], today: dt.date) -> Draft:
    """Write a letter from the record as of ``today``. Nothing is stored.

    ``values`` are the parent's answers by field name. Raises ``NotFound`` for an unknown letter, ``Invalid`` for an
    unknown field or an answer that is none of its choices. What the record lacks stands as a gap.
    """
    template = library.letter(template_id)
    _check_answers(template, values)
    return _written(store, library, template, values, today)[0]


def _check_answers(template: Template, values: Mapping[str, str]) -> None:
    """Refuse an answer to a question the form does not ask, and one that is none of the choices it gives."""
    known = {field.name: field for field in template.fields}
    for name, value in values.items():
        if name not in known:
            hint = f"It asks for: {', '.join(sorted(known))}." if known else "It asks for nothing."
            raise Invalid(f"The letter {template.id} does not ask for {name!r}.", hint)
        choices = known[name].choices
        if choices and value.strip() and value not in choices:
            raise Invalid(f"{value!r} is no answer to “{known[name].label}”.", f"Choose one of: {'; '.join(choices)}.")


def _written(
    store: Store, library: Library, template: Template, values: Mapping[str, str], today: dt.date, *, brief: bool = False, events: list[Event] | None = None,
) -> tuple[Draft, dict[str, Fact], Deadline | None]:
    """``draft``, with the facts it was written from and the deadline it is about."""
    exhibits = Exhibits.of(store)
    facts, about = facts_of(store, library, template, today, exhibits, topic=_topic(values), brief=brief, events=events)
    if template.most:
        facts = {name: fact.latest(template.most) for name, fact in facts.items()}
    typed = {field.name: values.get(field.name, field.default) for field in template.fields}
    facts[f"to_{office_id(template, typed, library.directory)}"] = Fact(("yes",))
    facts |= {f"{field.name}_{field.choices.index(typed[field.name]) + 1}": Fact(("yes",)) for field in template.fields if typed[field.name] in field.choices}
    answers = typed if template.names == "all" else {name: without_child(words, child_of(store)) for name, words in typed.items()}
    names = FACTS | {field.name: field.label.rstrip("?") for field in template.fields}
    names = {name: lowered(what) for name, what in names.items()}
    body, proofs, gaps = fill(template.body, facts, answers, names)
    subject, _, subject_gaps = fill(template.subject, facts, answers, names)
    subject = subject.removesuffix(".")  # a subject is no sentence
    gaps += tuple(gap for gap in subject_gaps if gap not in gaps)
    if TAKEN_OUT in body:
        body = body.replace(TAKEN_OUT, NAMED_HERE)
        gaps += (Gap("", NAMED_HERE.strip("[]"), NAMED_HERE),)
    for field in template.fields:
        if field.required and not answers[field.name].strip() and field.name not in {gap.name for gap in gaps}:
            gaps += (Gap(field.name, names[field.name], ""),)
    made = addressed(store, library, template, facts, typed, today, body, subject, proofs, gaps)
    before = unanswered_letter(store, library, today) if template.id == REMINDER else None
    return as_before(made, before) if before else made, facts, about


def as_before(made: Draft, before: Draft) -> Draft:
    """A reminder, addressed to whoever got the letter before it."""
    same = {name: getattr(before, name) for name in ("recipient", "salutation", "closing", "email", "check", "reference", "copied")}
    return replace(made, gaps=tuple(gap for gap in made.gaps if gap.name not in ("recipient_address", "council")), **same)


def _topic(values: Mapping[str, str]) -> str:
    """What a letter is about, in the parent's words."""
    return next((values[name] for name in ("complaint_about", "matter", "duty") if values.get(name, "").strip()), "")


def save(store: Store, made: Draft) -> Draft:
    """Keep a draft, and give its papers their exhibit marks for good; returns it with its id."""
    exhibits = Exhibits.of(store)
    made = _marked(made, exhibits.as_written(made.proofs))
    with store.action("Saved a letter"):
        exhibits.keep(store, dict.fromkeys(proof.document for proof in made.proofs if proof.document is not None))
        if made.id is None:
            made = replace(made, id=store.add(made))
            made = replace(made, our_reference="" if made.nameless else f"Letter {made.id}")
        store.change(made)
    return made


def _marked(made: Draft, changed: Mapping[str, str]) -> Draft:
    """The draft with the exhibit marks its papers truly have."""
    if not changed:
        return made

    def new(text: str) -> str:
        return re.sub(r"\bE\d+\b", lambda match: changed.get(match[0], match[0]), text)

    proofs = tuple(replace(proof, mark=changed.get(proof.mark, proof.mark)) for proof in made.proofs)
    return replace(made, body=new(made.body), enclosed=tuple(map(new, made.enclosed)), proofs=proofs)


def keep(store: Store, made: Draft) -> Draft:
    """Save a draft, or take the unsent one that already says the same on the same day, so that none is kept twice."""
    for other in drafts(store):
        same = (other.template, other.made, other.body, other.recipient) == (made.template, made.made, made.body, made.recipient)  # fmt: skip
        if same and not other.sent_on:
            return other
    return save(store, made)


def drafts(store: Store) -> list[Draft]:
    """Every letter begun or sent, the newest first."""
    return store.find(Draft, "made DESC, id DESC")


def edit(store: Store, made: Draft, **changes: Any) -> Draft:
    """Change the words of a draft as the parent wants them, and keep them; they are never overwritten.

    ``changes`` are fields of the draft: body, subject, salutation, closing, recipient, sender, sent_by, copied…
    Raises ``Invalid`` for a letter that was already sent: a sent letter is never rewritten.
    """
    if made.sent_on:
        raise Invalid("This letter was sent, so its words stay as they are.", "Write a new letter instead.")
    changed = replace(made, edited=made.edited or "body" in changes, **changes)
    return save(store, refresh(changed))


COPIES = ("head_of_send", "dcs", "monitoring_officer", "ward_councillor", "mp", "headteacher", "senco")
"""Offices that a copy of any letter may be sent to, beside those its form names."""


def copies_offered(library: Library, made: Draft) -> tuple[str, ...]:
    """The titles of those who may get a copy: first whom the form names. None for a letter that names nobody.

    Raises ``NotFound`` where its form is unknown.
    """
    form = library.letter(made.template)
    if made.nameless or form.names != "all" or form.to_office in ("survey", "solicitor", "helpline", "advocate"):
        return ()
    found = (library.directory.office(id_) for id_ in (*form.copies, *COPIES) if id_ != form.to_office)
    return tuple(dict.fromkeys(office.title for office in found if office is not None))


def refresh(made: Draft) -> Draft:
    """Read the gaps of a draft again from its words: those filled are gone, new ones in brackets are counted."""
    text = "\n".join((made.subject, made.body, made.salutation, *made.recipient, made.about, made.signed))
    shown = gaps_in(text)
    known = {gap.shown: gap for gap in made.gaps}
    gaps = [known.get(words, Gap("", words.strip("[]"), words)) for words in shown]
    gaps += [gap for gap in made.gaps if not gap.shown and not made.values.get(gap.name, "").strip()]
    gaps += [gap for gap in made.gaps if gap.name == "my_address" and not made.sender]
    return replace(made, gaps=tuple(dict.fromkeys(gaps)))


def answer(store: Store, library: Library, made: Draft, values: Mapping[str, str], today: dt.date) -> Draft:
    """Take new answers, and what the record now says, into a draft; returns it saved.

    What the parent wrote is kept: a changed text stays, and so do subject, addressee, greeting and close that differ
    from the form's. Only their gaps are filled, where the record or an answer now fills them.
    """
    template = library.letter(made.template)
    _check_answers(template, values)
    before = _written(store, library, template, made.values, today)[0]
    fresh, facts, _ = _written(store, library, template, dict(made.values) | dict(values), today)
    kept: dict[str, Any] = {}
    for name in ("subject", "salutation", "closing", "recipient", "sent_by", "copied"):
        own = getattr(made, name)
        if own != getattr(before, name) and not gaps_in("\n".join(own) if isinstance(own, tuple) else own):
            kept[name] = own
    if made.edited:
        body = made.body
        for gap in made.gaps:
            fact = facts.get(gap.name) or Fact((safe(fresh.values.get(gap.name, "")),))
            body = put_in(body, gap.shown, fact) if gap.shown and fact.text.strip() else body
        kept |= {"body": body, "edited": True, "proofs": made.proofs, "enclosed": made.enclosed}
    renewed = replace(fresh, id=made.id, our_reference=made.our_reference, **kept)
    return save(store, refresh(renewed)) if renewed != made else made


def changed_since(store: Store, library: Library, made: Draft, today: dt.date) -> tuple[str, ...]:
    """What the record now says otherwise than this draft, in words, for a draft that is not sent."""
    if made.sent_on:
        return ()
    fresh = _written(store, library, library.letter(made.template), made.values, today)[0]
    before = {proof.what: proof.words for proof in made.proofs}
    found = []
    for proof in fresh.proofs:
        if proof.what in before and before[proof.what] != proof.words and proof.words not in made.body:
            found.append(f"{proof.what}: the letter says {before[proof.what]}, the record now says {proof.words}.")
    return tuple(found)


def render(
    made: Draft, ending: str, *, attachments: tuple[tuple[str, bytes], ...] = (), large: bool = False, notes: Sequence[Note] = ()
) -> bytes:  # fmt: skip
    """The letter as ``pdf``, ``docx``, ``txt`` or ``eml``, with ``notes`` on what its facts rest on behind it.

    Raises ``Invalid`` for another ending.
    """
    from casefile.printing import letter, letter_docx, letter_text

    if ending == "pdf":
        return letter.letter_pdf(made, large=large, notes=notes)
    if ending == "docx":
        return letter_docx.letter_docx(made, notes)
    if ending == "txt":
        return letter_text.letter_text(made, notes).encode("utf-8")
    if ending == "eml":
        return letter_text.letter_eml(made, attachments, notes)
    raise Invalid(
        f"A letter cannot be written as {ending!r}.",
        f"Use a name that ends in: {', '.join('.' + one for one in ENDINGS)}.",
    )


def received_on(library: Library, sent: dt.date, how: str) -> tuple[dt.date, bool]:
    """The day a letter counts as received, and whether that is certain: the same day by email, form or hand, else
    the second working day after posting."""
    if how in ("email", "form", "hand"):
        return sent, True
    return library.calendar.add_working(sent, 2), False


def check_sending(made: Draft, how: str) -> None:
    """Raises ``Invalid`` while a gap is left, for an unknown way of sending, or when the letter was sent before."""
    if made.sent_on:
        raise Invalid(f"This letter is marked as sent on {in_words(made.sent_on)}.", "Write a new letter instead.")
    if how not in HOW:
        raise Invalid(f"{how!r} is no way of sending.", f"Use one of: {', '.join(HOW)}.")
    if made.gaps:
        raise Invalid(
            f"The letter still has {len(made.gaps)} gap{'s' if len(made.gaps) > 1 else ''}: {', '.join(gap.what for gap in made.gaps)}.",
            "Fill them, then mark it as sent. The draft is safe.",
        )


def mark_sent(store: Store, library: Library, draft_id: int, *, on: dt.date, how: str) -> Event:
    """File the letter as sent and start the answer's clock; returns the recorded event. Raises what ``check_sending`` raises."""
    made = store.get(Draft, draft_id)
    check_sending(made, how)
    template = library.letter(made.template)
    made = replace(made, sent_by=made.sent_by or HOW[how])
    pdf = render(made, "pdf")
    sha256 = store.originals.put(pdf, "pdf")
    on_received, certain = received_on(library, on, how)
    with store.action("Marked a letter as sent"):
        paper = Document(
            None, sha256, f"{made.title}.pdf", "", "pdf", len(pdf), made.subject or made.title, "filed", "letter", on,
            added=dt.datetime.combine(on, dt.time()).isoformat(), sender=made.signed, recipient=made.recipient[0] if made.recipient else "",
        )  # fmt: skip
        id_ = store.add(paper)
        store.add(PageText(None, id_, 0, f"{paper.title}\n{paper.sender}\n{paper.recipient}"))
        store.add(PageText(None, id_, 1, re.sub(r"^(?:#|\|) ", "", f"{made.subject}\n{made.body}", flags=re.MULTILINE)))
        store.change(replace(made, sent_on=on, document=id_))
        store.add(Sending(None, draft_id, how, on_received))
        if not template.records:
            return Event(None, "letter_sent", on, id_)
        event = Event(
            None,
            template.records,
            on_received,
            id_,
            f"Sent {in_words(on)} by {HOW[how]}",
            "exact" if certain else "approximate",
        )
        return replace(event, id=store.add(event))
