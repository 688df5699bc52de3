"""Making a letter short, and writing it in full again."""

import datetime as dt
from dataclasses import replace

from casefile.domain.letter_notes import placed
from casefile.domain.letters import Draft
from casefile.domain.short_letter import shortened
from casefile.library import Library
from casefile.services.letters import draft, edit, save
from casefile.store.store import Store


def shorten(store: Store, made: Draft) -> Draft:
    """Keep only what a letter is about and what it asks; papers it no longer names are not enclosed. One step to undo.

    Raises ``Invalid`` for a letter that was sent.
    """
    body = shortened(made)
    proofs = tuple(proof for _, proof in placed(body, made.proofs))
    marks = {proof.mark for proof in proofs if proof.mark}
    enclosed = tuple(words for words in made.enclosed if words.split(":")[0] in marks)
    return edit(store, made, body=body, proofs=proofs, enclosed=enclosed)


def in_full(store: Store, library: Library, made: Draft, today: dt.date) -> Draft:
    """Write a letter in full again, from the record as it is on ``today`` and the parent's answers."""
    fresh = draft(store, library, made.template, made.values, today)
    return save(store, replace(fresh, id=made.id, our_reference=made.our_reference))
