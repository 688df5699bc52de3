"""Whom a letter goes to and whom it comes from: the contact of its office, the references, the papers enclosed, what is missing."""

import datetime as dt
import re
from collections.abc import Mapping

from casefile.domain.dates import in_words
from casefile.domain.documents import Document
from casefile.domain.letter_parts import safe
from casefile.domain.letters import FACTS, TO_WHOM, Draft, Fact, Gap, Proof, Template
from casefile.domain.people import Child, Contact
from casefile.library import Library
from casefile.library.directory import Directory, Office
from casefile.services.case import child_of
from casefile.services.people import at_office, me
from casefile.store.store import Store

MOST = 7
"""So many lines fit an addressee."""
BODIES = {"lgsco": "lgsco", "dfe": "secretary_of_state_education"}
"""The national body of an office's organisation."""
NO_ADDRESS = ("advice", "legal", "survey")
"""Organisations that need no address: what goes to them is read out, or shown."""

KNOWN_PLACES = {"parliament": ("House of Commons", "London SW1A 0AA")}
"""Where an organisation is, for whoever sits in it."""
NAMING_THE_CHILD = ("child_name", "child_short", "child_born", "council_reference", "school")
"""The facts that tell who the child is."""


NAMED_HERE = "[words here tell who your child is: take them out]"
"""What stands in a letter that must not name the child where the parent's own words do."""


TAKEN_OUT = "\ue000"
"""The same, while the letter is filled: a sign that nobody types."""


def without_child(words: str, child: Child) -> str:
    """The parent's words with ``TAKEN_OUT`` for every name, birth date and reference of the child.

    A single name counts as it is written, so that a child called May does not forbid the word "may", nor the month.
    """
    whole = [child.name, child.reference]
    if child.born:
        day = in_words(child.born).split(" ", 1)[1]
        whole += [day, day.rsplit(" ", 1)[0], f"{child.born:%d/%m/%Y}", child.born.isoformat()]
    for pattern, names, flags in (
        (r"(?<!\w)(?:{})(?!\w)", whole, re.IGNORECASE), (r"(?<!\w)(?:{})(?!\w)(?!\s+\d{{4}})", [*child.name.split(), child.known_as], re.NOFLAG),
    ):  # fmt: skip
        telling = sorted({name for name in names if len(name.strip()) > 1}, key=len, reverse=True)
        if telling:
            words = re.sub(pattern.format("|".join(map(re.escape, telling))), TAKEN_OUT, words, flags=flags)
    return words


def office_id(template: Template, answers: Mapping[str, str], directory: Directory) -> str:
    """The office a letter goes to: the one whose title was chosen, else its usual one."""
    chosen = answers.get(TO_WHOM, "")
    found = next((id_ for id_ in template.or_offices if (office := directory.office(id_)) and office.title == chosen), "")
    return found or template.to_office


def contact_of(store: Store, directory: Directory, office: Office | None, office_id: str) -> Contact | None:
    """The contact of an office: the family's own entry, else the national body with what must be checked, else None."""
    contact = at_office(store, office_id)
    if contact is None and office and office.organisation in BODIES:
        contact = at_office(store, office.organisation)
        body = next((one for one in directory.bodies if one.id == BODIES[office.organisation]), None)
        if contact is None and body:
            contact = Contact(None, "", "", body.name, body.email, body.phone, "\n".join(body.address), office_id, "", ", ".join(body.confirm))
    return contact


_WHO = {"school": ("school", "the school’s name"), "council": ("council", "the council’s name"), "parliament": ("recipient", "your MP’s name")}


def recipient_of(contact: Contact | None, office: Office | None, child: Child) -> tuple[tuple[str, ...], tuple[Gap, ...]]:
    """The lines of the addressee, with what is missing as gaps in square brackets."""
    kind = office.organisation if office else "council"
    named = (contact.organisation if contact else "") or {"council": child.council, "school": child.school}.get(kind, "")
    # A councillor's or member's own name stands above; here stands the post.
    envelope = office.envelope.replace("{name}", "").strip() if office else ""
    lines = [
        contact.name if contact else "",
        (contact.role if contact and contact.name else "") or envelope,
        "" if named and named in envelope else named,
    ]
    if kind in NO_ADDRESS:
        return tuple(line for line in lines if line), ()
    gaps: tuple[Gap, ...] = ()
    by_name = kind in KNOWN_PLACES and contact is not None and bool(contact.name.strip())
    if not named and not by_name:
        name, what = _WHO.get(kind, ("recipient", "who it goes to"))
        lines[2] = f"[{what}]"
        gaps += (Gap(name, what, lines[2]),)
    address = [line.strip() for line in (contact.address if contact else "").splitlines() if line.strip()] or list(KNOWN_PLACES.get(kind, ()))
    if not address and not (contact and contact.email.strip()):
        what = "the address or email it goes to"
        address = [f"[{what}]"]
        gaps += (Gap("recipient_address", what, address[0]),)
    return tuple(dict.fromkeys(line for line in [*lines, *address] if line))[:MOST], gaps


def addressed(
    store: Store, library: Library, template: Template, facts: Mapping[str, Fact], answers: Mapping[str, str], today: dt.date,
    body: str, subject: str, proofs: tuple[Proof, ...], gaps: tuple[Gap, ...],
) -> Draft:  # fmt: skip
    """The draft with sender, addressee and references around its body."""
    parent, child = me(store), child_of(store)
    if template.names == "nobody":
        parent = Contact(None, "A parent carer", me=True)
    post = office_id(template, answers, library.directory)
    office = library.directory.office(post)
    contact = contact_of(store, library.directory, office, post)
    sender = tuple(line for line in (*parent.address.splitlines(), parent.email, parent.phone) if line.strip())
    recipient, to_gaps = recipient_of(contact, office, child)
    gaps += to_gaps
    for name, value, what in (
        ("my_name", parent.name, FACTS["my_name"]),
        ("my_address", parent.address or parent.email, "your address or email"),
    ):
        if not value.strip() and name not in {gap.name for gap in gaps} and template.names != "nobody":
            gaps += (Gap(name, what, f"[{what}]"),)
    about, about_gaps = _about(facts) if template.names == "all" else ("", ())
    named = {gap.name for gap in gaps}
    gaps += tuple(gap for gap in about_gaps if gap.name not in named)
    given = contact is not None and bool(contact.name.strip())
    marked = tuple(dict.fromkeys(proof.document for proof in proofs if proof.document is not None))
    return Draft(
        id=None, template=template.id, title=template.title, made=today, values=dict(answers), subject=subject, body=body,
        salutation=f"Dear {safe(contact.name.strip())}" if given and contact else (office.salutation if office else "Dear Sir or Madam"),
        closing="Yours sincerely" if given else (office.closing if office else "Yours faithfully"),
        recipient=recipient, sender=sender, about=about, reference=child.reference if template.names == "all" and (office is None or office.organisation == "council") else "", sent_by=answers.get("sent_by", ""),
        signed=parent.name or "[your name]", relation=_relation(parent, facts) if template.names == "all" else "", enclosed=_enclosed(store, marked, proofs),
        copied=tuple(filter(None, (_copy(library, office_id) for office_id in template.copies))), proofs=proofs, gaps=gaps,
        email=contact.email if contact else "",
        check=tuple(part.strip() for part in (contact.check if contact else "").split(",") if part.strip()),
    )  # fmt: skip


def _about(facts: Mapping[str, Fact]) -> tuple[str, tuple[Gap, ...]]:
    gaps = []
    words = {}
    for name in ("child_name", "child_born"):
        if name in facts:
            words[name] = facts[name].text
        else:
            words[name] = f"[{FACTS[name]}]"
            gaps.append(Gap(name, FACTS[name], words[name]))
    return f"{words['child_name']}, born {words['child_born']}.", tuple(gaps)


def _relation(parent: Contact, facts: Mapping[str, Fact]) -> str:
    name = facts["child_short"].text if "child_short" in facts else ""
    return f"{name}’s {parent.relation}" if name and parent.relation else parent.relation


def _enclosed(store: Store, marked: tuple[int, ...], proofs: tuple[Proof, ...]) -> tuple[str, ...]:
    marks = {proof.document: proof.mark for proof in proofs if proof.document is not None}
    found = []
    for id_ in sorted(marked, key=lambda one: int(marks[one][1:])):
        paper = store.get(Document, id_)
        dated = f", {in_words(paper.dated, joined=True)}" if paper.dated else ""
        found.append(f"{marks[id_]}: {paper.title}{dated}")
    return tuple(found)


def _copy(library: Library, office: str) -> str:
    found = library.directory.office(office)
    return found.title if found else ""
