"""Lines whose wording the parent finds fine: the check leaves them in peace and says so."""

import datetime as dt
from dataclasses import replace

from casefile.domain.plan import PlanItem, WordingFine
from casefile.errors import Invalid
from casefile.store.store import Store

ABOUT_WORDING = frozenset({"Q04", "Q05", "Q06", "Q07"})
"""The checks that look at how one line is worded."""


def fine(store: Store) -> dict[tuple[str, str], WordingFine]:
    """Every mark by the key and the words it stands for."""
    return {(one.key, one.words): one for one in store.find(WordingFine)}


def mark_of(store: Store, item: PlanItem) -> WordingFine | None:
    """The mark of a line; None where there is none, or where its words have changed since."""
    return next(iter(store.find(WordingFine, key=item.key, words=item.text)), None)


def say_fine(store: Store, item: PlanItem, today: dt.date) -> WordingFine:
    """Mark the wording of a line as fine, in every version that has the same words under the same key. Raises ``Invalid`` for text without a place."""
    if not item.section:
        raise Invalid("These words have no place in the plan yet.", "Put them into a section first.")
    known = mark_of(store, item)
    if known is not None:
        return known
    made = WordingFine(None, item.key, item.text, today)
    with store.action("Said that a wording is fine"):
        return replace(made, id=store.add(made))


def take_back(store: Store, item: PlanItem) -> None:
    """Look at the wording of a line again."""
    known = mark_of(store, item)
    if known is not None:
        with store.action("Took back that a wording is fine"):
            store.remove(WordingFine, known.id or 0)
