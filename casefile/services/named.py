"""Who is named in papers that are about to leave: people of the case, email addresses, phone numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.services.case import child_of
from casefile.services.people import contacts
from casefile.store.rows import PageText
from casefile.store.store import Store

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w./-])(?:\+44\s?|0)\d(?:[\s-]?\d){8,9}(?![\w/-])")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something personal that stands in papers: what kind it is, its words, and in how many papers."""

    kind: str
    words: str
    papers: int


def named_in(store: Store, documents: Sequence[int]) -> list[Named]:
    """What personal things of others stand on the pages of these papers, those in most papers first.

    It finds the people of the case by their names, and anything shaped like an email address or a phone number. It
    cannot find a name it does not know: scans without words and children who are not listed stay unseen.
    """
    child = child_of(store)
    people = contacts(store)
    mine = {person.email.casefold() for person in people if person.me and person.email}
    names = {person.name for person in people if len(person.name.split()) > 1 and not person.me}
    found: dict[tuple[str, str], set[int]] = {}
    for id_ in dict.fromkeys(documents):
        text = "\n".join(page.text for page in store.find(PageText, "page", document=id_))
        folded = text.casefold()
        for name in names:
            if name.casefold() in folded and name.casefold() != child.name.casefold():
                found.setdefault(("person", name), set()).add(id_)
        for kind, pattern in (("email", _MAIL), ("phone", _PHONE)):
            for words in pattern.findall(text):
                if words.casefold() not in mine:
                    found.setdefault((kind, words), set()).add(id_)
    rows = [Named(kind, words, len(papers)) for (kind, words), papers in found.items()]
    order = ("person", "phone", "email")
    return sorted(rows, key=lambda one: (order.index(one.kind), -one.papers, one.words))
