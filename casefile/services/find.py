"""One search over everything: papers, what happened, people, letters, deadlines."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from casefile.domain.dates import in_words
from casefile.domain.letters import Draft
from casefile.library import Library
from casefile.services import documents, people, timeline
from casefile.store.store import Store

MOST = 40
HELP = 5
"""So many bodies and failings are shown among what was found."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that was found: where it is (``place`` and ``id``), its title, and why it fits."""

    place: str
    id: object
    title: str
    detail: str
    page: int | None = None


def everything(store: Store, library: Library, query: str, today: dt.date) -> tuple[list[Thing], int]:
    """What fits the words of ``query``: first what happened, people, letters and deadlines, then papers, newest first.

    Returns the things, and how many pages of papers fit in all. Any query gives results or none, never an error.
    """
    words = query.casefold().split()
    if not words:
        return [], 0

    def fits(*texts: str) -> bool:
        text = " ".join(texts).casefold()
        return all(word in text for word in words)

    found: list[Thing] = []
    for entry in timeline.entries(store, library):
        if entry.event is not None and fits(entry.title, entry.detail, in_words(entry.on)):
            found.append(Thing("timeline", entry.event, entry.title, f"{in_words(entry.on)}. {entry.detail}".strip()))
    for person in people.contacts(store):
        if fits(person.name, person.role, person.organisation, person.email, person.note):
            title = person.name or person.role or person.organisation
            found.append(Thing("people", person.id, title, f"{person.role}, {person.organisation}".strip(", ")))
    for made in store.find(Draft, "made DESC, id DESC"):
        if fits(made.title, made.subject, made.body):
            found.append(Thing("letters", made.id, made.subject or made.title, f"Letter of {in_words(made.made)}"))
    for one in timeline.deadlines_of(store, library, today):
        if fits(one.title, one.help) and one.due:
            found.append(Thing("deadlines", f"{one.rule}|{one.starts[0].on if one.starts else ''}", one.title, f"Due {in_words(one.due)}"))
    found = [*found[:MOST], *_help(library, fits)]
    hits = documents.search(store, query, 60)
    for hit in hits.hits:
        where = f"Page {hit.page}{', read from a picture' if hit.from_picture else ''}: " if hit.page else ""
        found.append(Thing("documents", hit.document, hit.title, where + "".join(text for text, _ in hit.snippet), hit.page))
    return found, hits.total


def _help(library: Library, fits: Callable[..., bool]) -> list[Thing]:
    """Bodies that can help, and what can go wrong, whose name or description fits."""
    law = library.law
    found = [Thing("doors", route.id, route.title, route.what) for route in law.routes.values() if route.door and fits(route.title, route.what)]
    found += [Thing("doors", one.id, one.title, "Who can help with this") for one in law.failings.values() if fits(one.title)]
    return found[:HELP]
