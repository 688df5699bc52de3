"""A letter for a web form: cut into pieces that its boxes take, at headings first, then paragraphs, then sentences."""

import re
from collections.abc import Sequence

from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import Draft

SMALLEST = 100
"""The fewest characters a box can have for the pieces to make sense."""


def form_pieces(draft: Draft, most: int = 0) -> tuple[str, ...]:
    """The words of a letter as pieces of at most ``most`` characters each (0: as many as it takes, one piece).

    Sender, addressee and date are left out: the form asks for them itself. A piece begins at a heading where it can.
    Raises ``ValueError`` for fewer than ``SMALLEST`` characters.
    """
    if most and most < SMALLEST:
        raise ValueError(f"at least {SMALLEST} characters are needed")
    sections: list[list[str]] = [[part for part in (draft.subject, draft.about) if part]]
    for part in parts_of(draft.body):
        if part.role == "heading":
            sections.append([part.text])
        else:
            sections[-1].append(part.plain)
    sections.append(["\n".join(line for line in (draft.signed, draft.relation) if line)])
    if draft.enclosed:
        sections.append(["\n".join(("Enclosed:", *draft.enclosed))])
    whole = ["\n\n".join(section).replace("\u00a0", " ").replace("\u200b", "") for section in sections]
    return tuple(_packed(whole, most, "\n\n")) if most else ("\n\n".join(whole),)


_CUTS = ("\n\n", "\n", r"(?<=[.!?;])\s+", r"\s+")
"""Where a text that is too long may be cut, the best place first."""


def _packed(parts: Sequence[str], most: int, between: str, cut: int = 0) -> list[str]:
    """Parts put together as long as they fit; one that is too long alone is cut at the next kind of place."""
    made: list[str] = []
    for part in parts:
        if made and len(made[-1]) + len(between) + len(part) <= most:
            made[-1] += between + part
        elif len(part) <= most:
            made.append(part)
        elif cut < len(_CUTS):
            inner = [piece for piece in re.split(_CUTS[cut], part) if piece]
            made += _packed(inner, most, _CUTS[cut] if cut < 2 else " ", cut + 1)
        else:
            made += [part[at : at + most] for at in range(0, len(part), most)]
    return made
