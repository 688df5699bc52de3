"""Who is who: the family, the council's offices, the school, and the bodies that hear complaints."""

from dataclasses import replace

from casefile.domain.people import Contact
from casefile.library import Library
from casefile.library.directory import Council
from casefile.services.case import child_of
from casefile.store.rows import NeverShown
from casefile.store.store import Store


def contacts(store: Store) -> list[Contact]:
    """Everyone, the parent first, then by organisation."""
    return store.find(Contact, "me DESC, organisation COLLATE NOCASE, role COLLATE NOCASE, name COLLATE NOCASE, id")


def me(store: Store) -> Contact:
    """The parent's own entry; an empty one when nothing was filled in."""
    return next(iter(store.find(Contact, me=True)), Contact(None, me=True))


def save(store: Store, contact: Contact) -> Contact:
    """Keep a new or changed person; returns it with its id."""
    with store.action("Changed the people"):
        if contact.id is None:
            return replace(contact, id=store.add(contact))
        store.change(contact)
        return contact


def remove_contact(store: Store, id_: int) -> None:
    """Take a person out. Undo brings them back."""
    with store.action("Removed a person"):
        store.remove(Contact, id_)


def never_shown(store: Store) -> set[int]:
    """The people whose address, phone and email must never leave in a bundle."""
    return {row.contact for row in store.find(NeverShown)}


def show_never(store: Store, id_: int, never: bool) -> None:
    """Mark that a person's address, phone and email must never leave in a bundle, or take the mark away."""
    kept = store.find(NeverShown, contact=id_)
    if bool(kept) == never:
        return
    with store.action("Changed what is never shown"):
        if never:
            store.add(NeverShown(None, id_))
        else:
            store.remove(NeverShown, kept[0].id or 0)


def councils(library: Library, typed: str) -> list[Council]:
    """Councils whose present, other or former name fits what was typed."""
    return library.directory.find(typed)


def choose_council(store: Store, library: Library, council: Council) -> None:
    """Take a council for the case and fill in its offices where none are there yet."""
    child = child_of(store)
    with store.action("Chose the council"):
        if child.id is None:
            store.add(replace(child, council=council.name))
        else:
            store.change(replace(child, council=council.name))
        there = {(person.office, person.organisation) for person in store.find(Contact)}
        for person in library.directory.first_people(council.name):
            if (person.office, person.organisation) not in there:
                store.add(person)


def at_office(store: Store, office: str) -> Contact | None:
    """The contact kept for an office, or None."""
    return next(iter(store.find(Contact, office=office)), None)
