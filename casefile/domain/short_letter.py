"""A letter made short, for a day when nobody can write it all: what it is about, and what is asked."""

from casefile.domain.letter_parts import Part, parts_of
from casefile.domain.letters import GAP, Draft

SAYS = "I cannot write everything down today. This letter says what I ask. I can send the details and the papers later."
"""The one sentence that a short letter says of itself."""
_ASKS = ("what i ask", "what i want")


def shortened(made: Draft) -> str:
    """The body of a letter with only its opening, what it asks for, and its last lines. Unchanged where nothing is left out.

    Statements that hold a gap are left out with the rest, so that what is sent is whole.
    """
    parts = parts_of(made.body)
    heads = [at for at, part in enumerate(parts) if part.role == "heading"]
    asks = [at for at in heads if parts[at].text.lower().startswith(_ASKS)]
    if not heads or not asks:
        return made.body
    opening = [part for part in parts[: heads[0]] if part.role == "para"]
    kept: list[Part] = [*opening, Part("para", SAYS)]
    for at in asks:
        after = next((head for head in heads if head > at), len(parts))
        kept += parts[at:after]
    if len(kept) > len(parts):
        return made.body
    whole = [part for part in kept if part.role != "item" or not GAP.search(part.whole)]
    return "\n\n".join(part.source for part in whole)


def is_short(made: Draft) -> bool:
    """Whether a letter was made short."""
    return SAYS in made.body
