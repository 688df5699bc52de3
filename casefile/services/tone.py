"""Words of a letter to look at again before it goes: found from the list and from the people of the case."""

import re

from casefile.domain.letters import Draft
from casefile.domain.people import Contact
from casefile.domain.tone import Harsh, harsh_words
from casefile.library import Library
from casefile.services.case import child_of
from casefile.store.store import Store

_CHILD = re.compile(
    r"\b(?:brother|sister|sibling|classmate|pupil|friend|other child|son|daughter|twin)\b", re.IGNORECASE
)


def harsh_in(store: Store, library: Library, made: Draft) -> tuple[Harsh, ...]:
    """What to look at again in the words of a letter. It is asked, and never changed or held back.

    The form's own words are left alone. Raises ``NotFound`` where its form is unknown.
    """
    form = library.letter(made.template).body.lower()
    found = harsh_words(made.body, library.tone, made.proofs, other_children(store))
    return tuple(one for one in found if one.words.lower() not in form)


def other_children(store: Store) -> tuple[str, ...]:
    """The names of other children the case knows: people whose role or relation says so, full names before first names."""
    child = child_of(store)
    own = {word.lower() for word in (*child.name.split(), child.known_as)}
    names = [
        one.name.strip()
        for one in store.find(Contact)
        if one.name.strip() and not one.me and _CHILD.search(f"{one.role} {one.relation}")
    ]
    first = [name.split()[0] for name in names if " " in name]
    return tuple(dict.fromkeys(name for name in (*names, *first) if len(name) > 2 and name.lower() not in own))
