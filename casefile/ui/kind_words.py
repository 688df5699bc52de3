"""The kinds an event can be of, as a list to choose from."""

from casefile.domain.kind_words import kind_words
from casefile.library import Library


def details_of(kind: str, library: Library) -> list[tuple[str, str]]:
    """The kinds an event can be of, each with its words; for a date that a letter sets, every step it may be for."""
    found = library.event_kinds.get(kind)
    if found is None:
        return []
    if "*" in found.details:
        rules = [rule for rule in library.rules if rule.nature == "limit"]
        return sorted(((rule.id, rule.title.rstrip("?")) for rule in rules), key=lambda row: row[1].casefold())
    return [(entry, kind_words(kind, entry)) for entry in found.details]
