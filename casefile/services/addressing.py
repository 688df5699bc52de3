"""Whom a letter goes to: the contact of its office, the national body it belongs to, and what is still missing."""

from casefile.domain.letters import Gap
from casefile.domain.people import Child, Contact
from casefile.library.directory import Directory, Office
from casefile.services.people import at_office
from casefile.store.store import Store

MOST = 7
"""So many lines fit an addressee."""
BODIES = {"lgsco": "lgsco", "dfe": "secretary_of_state_education"}
"""The national body of an office's organisation."""
NO_ADDRESS = ("advice",)
"""Organisations that need no address: what goes to them is read out, or shown."""


def contact_of(store: Store, directory: Directory, office: Office | None, office_id: str) -> Contact | None:
    """The contact of an office: the family's own entry, else the national body with what must be checked, else None."""
    contact = at_office(store, office_id)
    if contact is None and office and office.organisation in BODIES:
        contact = at_office(store, office.organisation)
        body = next((one for one in directory.bodies if one.id == BODIES[office.organisation]), None)
        if contact is None and body:
            contact = Contact(None, "", "", body.name, body.email, body.phone, "\n".join(body.address), office_id, "", ", ".join(body.confirm))
    return contact


def recipient_of(contact: Contact | None, office: Office | None, child: Child) -> tuple[tuple[str, ...], tuple[Gap, ...]]:
    """The lines of the addressee, with what is missing as gaps in square brackets."""
    kind = office.organisation if office else "council"
    named = (contact.organisation if contact else "") or {"council": child.council, "school": child.school}.get(kind, "")
    envelope = office.envelope if office else ""
    lines = [
        contact.name if contact else "",
        (contact.role if contact and contact.name else "") or envelope,
        "" if named and named in envelope else named,
    ]
    if kind in NO_ADDRESS:
        return tuple(line for line in lines if line), ()
    gaps: tuple[Gap, ...] = ()
    if not named:
        name, what = ("school", "the school’s name") if kind == "school" else ("council", "the council’s name") if kind == "council" else ("recipient", "who it goes to")
        lines[2] = f"[{what}]"
        gaps += (Gap(name, what, lines[2]),)
    address = [line.strip() for line in (contact.address if contact else "").splitlines() if line.strip()]
    if not address and not (contact and contact.email.strip()):
        what = "the address or email it goes to"
        address = [f"[{what}]"]
        gaps += (Gap("recipient_address", what, address[0]),)
    return tuple(dict.fromkeys(line for line in [*lines, *address] if line))[:MOST], gaps
