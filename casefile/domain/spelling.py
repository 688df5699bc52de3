"""Which words of a text a spelling list is asked about, and which are none of its business."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word the parent said is right; it is kept with the case."""

    id: int | None
    word: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that no list knows, and where it stands in its text."""

    start: int
    end: int
    word: str


_NOT_OURS = re.compile(r"“[^”\n]*”?|\[[^\[\]\n]{1,80}\]|\S*[@/\\]\S*|\bwww\.\S+|\S*\d\S*")
"""What stands in quotation marks is somebody else's; gaps, addresses of the net, and whatever holds a figure are no words."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OWNED = re.compile(r"['’]s?$")


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """The words to ask about, each with its place: no abbreviations in capitals, no single letters."""
    bare = _NOT_OURS.sub(lambda match: " " * len(match[0]), text)
    for match in _WORD.finditer(bare):
        word = match[0]
        if len(word) > 1 and not (word.isupper() or _OWNED.sub("", word).isupper()):
            yield match.start(), word


def slips_in(text: str, knows: Callable[[str], bool], leave: Collection[str]) -> tuple[Slip, ...]:
    """The words of a text that ``knows`` does not know and that are not among ``leave`` (in small letters, as names are)."""
    found = []
    for start, word in words_in(text):
        plain = word.replace("’", "'")
        owner = _OWNED.sub("", plain)
        if plain.lower() not in leave and owner.lower() not in leave and not knows(plain) and not knows(owner):
            found.append(Slip(start, start + len(word), word))
    return tuple(found)


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Every word of names, places and addresses, in small letters, to leave alone."""
    return frozenset(match[0].replace("’", "'").lower() for text in texts for match in _WORD.finditer(text))
