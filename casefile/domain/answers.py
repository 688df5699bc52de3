"""What became of a letter after it was sent: how it went, the proof of it, the reply, and what the reply left unanswered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import Draft

ANSWERED = {"open": "Not looked at yet", "yes": "Answered", "part": "Answered in part", "no": "Not answered"}
"""How a point of a letter stands against the reply."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How a letter was sent. ``received`` is the day it counts as received; ``proof`` the paper that shows the sending.

    ``reply`` is the paper that answers it, ``replied_on`` the day the reply came.
    """

    id: int | None
    draft: int
    how: str
    received: dt.date | None = None
    proof: int | None = None
    reply: int | None = None
    replied_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a sent letter asked for: its number in the letter, its words, and how the reply meets it."""

    id: int | None
    draft: int
    number: int
    words: str
    state: str = "open"
    note: str = ""


def asked_in(made: Draft) -> tuple[tuple[int, str], ...]:
    """What a letter asks for, with the numbers of the statements: those under a heading that begins "What I ask" or "What I want".

    A letter without such a heading asks in its last part; where it has no numbered statement at all, nothing is found.
    """
    sections: list[tuple[str, list[tuple[int, str]]]] = [("", [])]
    for part in parts_of(made.body):
        if part.role == "heading":
            sections.append((part.text, []))
        elif part.role == "item":
            sections[-1][1].append((part.number, " ".join(part.whole.split())))
    asking = [items for head, items in sections if head.lower().startswith(("what i ask", "what i want"))]
    chosen: Sequence[list[tuple[int, str]]] = asking or [items for _, items in sections if items][-1:]
    return tuple(item for items in chosen for item in items)
