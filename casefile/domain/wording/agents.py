"""Jobs told by how they stand in a sentence, when no list holds them: "a cook will teach", "a QTMSI", "serviced by its engineer"."""

import re
from collections.abc import Iterator, Mapping

from casefile.domain.wording.model import Group

DOER = r"[a-z-]{2,}(?:er|or|eer|ier|man|woman|ist|ician|ographer|ologist)"
"""The endings by which English makes a doer out of a deed or a field."""

BEFORE = r"(?:an?|the|one|two|three|four|another|its|his|her|their|every|[\w-]+'s?|qualified|trained|registered|specialist|experienced|named)"
ACTS = r"(?=\s*,?\s*(?:(?:from|of|at|in|for|with|who|whose|trained|qualified|registered|employed|and)\b[^,;.]{0,50}?,?\s+)?(?:will|shall|must|is to)\s+(?!be\b(?! (?:beside|next to|near|with|at [\w-]+'s|at (?:his|her|their))\b)|have\b|receive\b|need\b|get\b|benefit\b|include\b|contain\b|help\b))"
SHORT = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]{1,5}s?\b")
BEFORE_SHORT = re.compile(r"\b(?:an?|the|by|with|from|her|his|their|qualified|trained|registered)\s+$", re.IGNORECASE)
AFTER_SHORT = re.compile(
    r"\s*(?:[,;.|(]|$)|\s+(?:will|shall|must|who|to|for|at|in|on|each|every|twice|once|and|using|teaching|working)\b"
)


class Agents:
    """Finds such jobs; made once from the word lists ``trades``, ``not_agents`` and ``not_roles``."""

    def __init__(self, who: Mapping[str, Group]) -> None:
        """Take the groups of ``who``."""
        trades = "|".join(sorted((word.replace("*", "s?") for word in who["trades"].words), key=len, reverse=True))
        self._not = frozenset(who["not_agents"].words)
        self._not_roles = frozenset(who["not_roles"].words)
        noun = rf"(?P<noun>(?:{trades})|{DOER})s?"
        self._acts = re.compile(rf"\b{BEFORE}\s+(?:[\w-]+\s+){{0,4}}?{noun}{ACTS}")
        self._by = re.compile(
            rf"\b(?:by|from|with|under)\s+(?:{BEFORE}\s+)+(?:[\w-]+\s+){{0,3}}?{noun}(?![\w'-]| of\b)"
        )

    def find(self, text: str, flat: str) -> Iterator[tuple[int, int]]:
        """Where such jobs stand in a provision, given as written and flat."""
        for pattern in (self._acts, self._by):
            for hit in pattern.finditer(flat):
                if not self._is_thing(hit["noun"]):
                    yield hit.start("noun"), hit.end()
        for hit in SHORT.finditer(text):
            if hit.group().lower().removesuffix("s") in self._not_roles or not AFTER_SHORT.match(text, hit.end()):
                continue
            if BEFORE_SHORT.search(text[: hit.start()]):
                yield hit.span()

    def _is_thing(self, noun: str) -> bool:
        return any(piece in self._not for piece in (noun, noun.removesuffix("s"), noun.rpartition("-")[2]))
