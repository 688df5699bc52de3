"""Spelling of what a parent writes: the list of this computer, and the words it must leave alone in this case."""

from functools import cache

from casefile.domain.spelling import KnownWord, names_in
from casefile.errors import Invalid
from casefile.readers import spelling
from casefile.readers.spelling import Speller
from casefile.services.case import child_of
from casefile.services.people import contacts
from casefile.store.store import Store

__all__ = ["Speller", "leave_alone", "remember", "speller"]

OURS = frozenset({"send", "senco", "sencos", "ehc", "ehcp", "sendiass", "ipsea", "ombudsman", "ombudsman's", "makaton", "covid"})
"""Words of this field that lists may lack, in small letters."""


@cache
def speller() -> Speller | None:
    """The spelling list of this computer, looked for once; None where there is none."""
    return spelling.speller()


def leave_alone(store: Store) -> frozenset[str]:
    """Words that are right in this case, in small letters: names of people, bodies and places, and what the parent said is right."""
    child = child_of(store)
    texts = [child.name, child.known_as, child.council, child.school, child.nickname]
    for one in contacts(store):
        texts += [one.name, one.role, one.organisation, one.address]
    return OURS | names_in(texts) | {one.word.lower() for one in store.find(KnownWord)}


def remember(store: Store, word: str) -> None:
    """Keep a word as right in this case; undo takes it back. Raises ``Invalid`` for what is no word."""
    plain = word.strip().replace("’", "'")
    if not plain or " " in plain:
        raise Invalid("This is not one word.", "Choose one word.")
    if not store.find(KnownWord, word=plain.lower()):
        with store.action(f"Kept “{word.strip()}” as right"):
            store.add(KnownWord(None, plain.lower()))
