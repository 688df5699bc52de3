"""What each fact of a letter rests on, for its readers: one row a fact, by the number of the statement it stands in."""

from collections.abc import Iterable
from dataclasses import dataclass

from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import Proof

TITLE = "What each fact rests on"
HEADS = ("Number", "In the letter", "What it rests on")
OPENING = "–"
"""Stands for the number of a paragraph that has none."""


@dataclass(frozen=True, slots=True)
class Note:
    """One fact: the number of its statement, its words in the letter, and what it rests on, in words."""

    place: str
    words: str
    rests_on: str


def placed(body: str, proofs: Iterable[Proof]) -> list[tuple[str, Proof]]:
    """Each proof with the number of the statement its words first stand in, in the letter's order.

    A proof whose words the parent took out of the letter is left out.
    """
    found: list[tuple[int, int, str, Proof]] = []
    texts = [(part.number, _plain(part.whole)) for part in parts_of(body)]
    for proof in dict.fromkeys(proofs):
        words = _plain(proof.words)
        at = next(((at, text.find(words)) for at, (_, text) in enumerate(texts) if words and words in text), None)
        if at is not None:
            number = texts[at[0]][0]
            found.append((*at, str(number) if number else OPENING, proof))
    return [(place, proof) for _, _, place, proof in sorted(found, key=lambda one: one[:2])]


def _plain(text: str) -> str:
    """Text with ordinary spaces, as an editor may have left it."""
    return " ".join(text.split())
