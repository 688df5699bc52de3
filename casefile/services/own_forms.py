"""The parent's own forms of letters: kept from a letter they wrote, begun again with what the record now says."""

import datetime as dt

from casefile.domain.dates import in_words
from casefile.domain.letters import Draft
from casefile.domain.own_forms import FORM, PLACES, OwnForm, filled, with_places
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services.facts import family_facts
from casefile.services.letters import draft, save
from casefile.store.store import Store


def own_forms(store: Store) -> list[OwnForm]:
    """Every form the parent keeps, by its title."""
    return store.find(OwnForm, "title, id")


def keep(store: Store, made: Draft, title: str, today: dt.date) -> OwnForm:
    """Keep a letter in the parent's own words as a form; names and the like become places. One step to undo.

    Raises ``Invalid`` for another letter, or without a title or words.
    """
    if made.template != FORM:
        raise Invalid("Only a letter in your own words can be kept as a form.", "Begin with “A letter in your own words”.")
    title, words = " ".join(title.split()), made.values.get("words", "").strip()
    if not title or not words:
        raise Invalid("A form needs a name and some words.", "Write both, then keep it.")
    facts = known(store, today)
    form = OwnForm(None, title[:80], with_places(made.values.get("subject_line", ""), facts), with_places(words, facts), made.values.get("to_whom", ""))
    with store.action("Kept a form of a letter"):
        return OwnForm(store.add(form), form.title, form.subject, form.words, form.to_whom)


def remove(store: Store, form: OwnForm) -> None:
    """Take a form away; letters written from it stay. One step to undo."""
    with store.action("Removed a form of a letter"):
        store.remove(OwnForm, form.id or 0)


def begin(store: Store, library: Library, form: OwnForm, today: dt.date) -> Draft:
    """A letter from a form, with its places filled from the record, kept as a draft."""
    facts = known(store, today)
    values = {"subject_line": filled(form.subject, facts), "words": filled(form.words, facts)}
    if form.to_whom:
        values["to_whom"] = form.to_whom
    return save(store, draft(store, library, FORM, values, today))


def known(store: Store, today: dt.date) -> dict[str, str]:
    """What the places hold on the day ``today``, by the name of the fact."""
    facts = family_facts(store)
    return {name: facts[name].text for name in PLACES.values() if name in facts} | {"today": in_words(today)}
