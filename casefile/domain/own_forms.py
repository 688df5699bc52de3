"""Letters a parent keeps to write again: their own words, with a few plain places that the record fills."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

FORM = "L58"
"""The form of a letter in the parent's own words."""
PLACES = {"child": "child_short", "full name": "child_name", "born": "child_born", "school": "school", "council": "council", "reference": "council_reference", "me": "my_name", "today": "today"}
"""The places that may stand in curly brackets, and the fact each holds."""
_PLACE = re.compile(r"\{([a-z ]{2,12})\}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OwnForm:
    """A letter kept to be written again. ``to_whom`` is the title of an office, ``words`` its text with places."""

    id: int | None
    title: str
    subject: str
    words: str
    to_whom: str = ""


def filled(text: str, facts: Mapping[str, str]) -> str:
    """A text with its places filled. One that is not known, or has no fact, stays as it was typed.

    What is put in is never read for places again.
    """
    return _PLACE.sub(lambda match: facts.get(PLACES.get(match[1].lower(), ""), "") or match[0], text)


def with_places(text: str, facts: Mapping[str, str]) -> str:
    """A text with the child's name, the school and the like turned into places, the longest first."""
    known = sorted(((facts[fact], place) for place, fact in PLACES.items() if facts.get(fact) and place != "today"), key=lambda one: -len(one[0]))
    if not known:
        return text
    places = dict(reversed(known))
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words, _ in known))
    return pattern.sub(lambda match: f"{{{places[match[0]]}}}", text)
