"""What is hidden in papers that leave: words wherever they stand, areas of pages, and how words are found in any writing."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from casefile.errors import Invalid

KINDS = {
    "child": "name of another child",
    "person": "name of a person",
    "phone": "phone number",
    "email": "email address",
    "address": "address",
    "born": "date of birth",
    "nhs": "NHS number",
    "other": "other words",
    "area": "part of the page",
}
"""What may be hidden, in the words that stand under a covered page: they say what it was and never what it said."""

INSTEAD = "[hidden]"
"""What stands in an index, a title or a file name where words were hidden."""

_GAP = r"[\W_]{0,8}"
_LEAST = 2
_LEAST_FIGURES = 4


@dataclass(frozen=True, slots=True)
class HiddenWords:
    """Words to hide wherever they stand. ``kind`` is a key of ``KINDS``; ``letter`` is what stands on their boxes."""

    words: str
    kind: str = "other"
    letter: str = ""


@dataclass(frozen=True, slots=True)
class HiddenArea:
    """A part of one page to hide. ``item`` is the key of the paper in the bundle, ``page`` counts in the paper from 1.

    The sides are shares of the page as seen before it is turned, from its top left: 0 to 1.
    """

    item: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    kind: str = "area"
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Hiding:
    """All that a bundle hides."""

    words: tuple[HiddenWords, ...] = ()
    areas: tuple[HiddenArea, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.areas)


@dataclass(frozen=True, slots=True)
class Place:
    """Where hidden words stand in a text: which of them (0 is the first), from where, and up to where (not in it)."""

    which: int
    start: int
    end: int


def squeezed(words: str) -> str:
    """Letters and figures alone, without case, accents, ligatures, spaces and hyphens."""
    return "".join(letter for letter in _folded(words)[0] if letter.isalnum())


@cache
def _letter(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter).casefold()


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """A text without case, accents and ligatures, and for each of its letters the place it has in the text."""
    if text.isascii():
        return text.lower(), range(len(text))
    made: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        plain = _letter(letter)
        made.append(plain)
        places += [at] * len(plain)
    return "".join(made), places


def _spellings(words: str) -> tuple[str, ...]:
    """The ways words may be written once squeezed: a phone number also with the country before it."""
    bare = squeezed(words)
    if len(bare) < _LEAST:
        raise Invalid(
            f"“{words.strip()}” is too short to be hidden everywhere.", "Write at least two letters or figures."
        )
    if bare.isdigit() and len(bare) < _LEAST_FIGURES:
        raise Invalid(
            f"“{words.strip()}” would hide page numbers and dates too.",
            "Write at least four figures, or cover an area.",
        )
    if not bare.isdigit() or len(bare) < 9:
        return (bare,)
    rest = bare.removeprefix("00")
    local = (
        rest[2:].removeprefix("0") if rest.startswith("44") else rest.removeprefix("0") if rest.startswith("0") else ""
    )
    return (f"0{local}", f"44{local}", f"440{local}", f"0044{local}") if len(local) >= 8 else (bare,)


def _pattern(bare: str) -> str:
    """What finds squeezed words in a folded text: gaps may stand inside, and no further letter or figure beside them."""
    before = r"(?<!\d)" if bare[0].isdigit() else r"(?<![^\W\d_])"
    after = r"(?!\d)" if bare[-1].isdigit() else r"(?![^\W\d_])"
    return before + _GAP.join(re.escape(letter) for letter in bare) + after


class Finder:
    """Finds hidden words in texts, in any case, over line ends, hyphens, accents and ligatures.

    Raises ``Invalid`` for words of fewer than two letters or figures.
    """

    def __init__(self, hidden: Sequence[HiddenWords]) -> None:
        self.hidden = tuple(hidden)
        self._known = [
            (which, bare, re.compile(_pattern(bare)))
            for which, one in enumerate(self.hidden)
            for bare in _spellings(one.words)
        ]

    def places(self, text: str) -> list[Place]:
        """Every place where hidden words stand, in order; longer ones before shorter ones that begin at the same place."""
        if not self._known:
            return []
        plain, back = _folded(text)
        bare = re.sub(r"[\W_]+", "", plain)
        found = []
        for which, needle, pattern in self._known:
            if needle in bare:
                found += [Place(which, back[one.start()], back[one.end() - 1] + 1) for one in pattern.finditer(plain)]
        return sorted(found, key=lambda one: (one.start, -one.end, one.which))

    def covered(self, text: str) -> str:
        """The text with ``INSTEAD`` where hidden words stood."""
        made: list[str] = []
        done = 0
        for start, end in _joined(self.places(text)):
            made += [text[done:start], INSTEAD]
            done = end
        return "".join([*made, text[done:]]) if made else text


def _joined(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    start, end = -1, -1
    for one in places:
        if one.start >= end:
            if end > start:
                yield start, end
            start, end = one.start, one.end
        end = max(end, one.end)
    if end > start:
        yield start, end


def outermost(places: Sequence[Place]) -> list[Place]:
    """The places without those that lie inside another: a surname inside a whole name counts once."""
    made: list[Place] = []
    for one in places:
        if not made or one.end > made[-1].end:
            made.append(one)
    return made


def variants(name: str) -> tuple[str, ...]:
    """Other ways a name may stand: first name, surname, initial and surname, initials. Nothing is hidden by itself."""
    parts = [part for part in re.split(r"\s+", name.strip()) if part[:1].isalpha()]
    if len(parts) < 2:
        return ()
    first, last = parts[0], parts[-1]
    made = (first, last, f"{first[0]} {last}", "".join(part[0] for part in parts))
    return tuple(dict.fromkeys(one for one in made if len(squeezed(one)) >= _LEAST))


def next_letter(hiding: Hiding) -> str:
    """The first letter that no box has yet: A to Z, then AA and on."""
    used = {one.letter for one in hiding.words} | {one.letter for one in hiding.areas}
    number = 0
    while (letter := _letters(number)) in used:
        number += 1
    return letter


def _letters(number: int) -> str:
    first, last = divmod(number, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def with_words(hiding: Hiding, words: str, kind: str = "other", letter: str = "") -> Hiding:
    """What is hidden, and these words too; words that are hidden already are left as they are.

    ``letter`` puts them under a letter that is used already: another spelling of the same name. Raises ``Invalid`` for
    words too short to be hidden.
    """
    Finder([HiddenWords(words)])
    bare = squeezed(words)
    if any(squeezed(one.words) == bare for one in hiding.words):
        return hiding
    made = HiddenWords(" ".join(words.split()), kind, letter or next_letter(hiding))
    return replace(hiding, words=(*hiding.words, made))


def without_words(hiding: Hiding, words: str) -> Hiding:
    """What is hidden, without these words."""
    bare = squeezed(words)
    return replace(hiding, words=tuple(one for one in hiding.words if squeezed(one.words) != bare))


def with_area(
    hiding: Hiding, item: str, page: int, sides: tuple[float, float, float, float], kind: str = "area"
) -> Hiding:
    """What is hidden, and an area of a page too: left, top, right and bottom as shares of the page.

    Raises ``Invalid`` for an area that has no width or height, or does not lie on the page.
    """
    if not all(map(math.isfinite, sides)):
        raise Invalid("This area does not lie on the page.", "Draw it again.")
    left, right = sorted((min(max(sides[0], 0.0), 1.0), min(max(sides[2], 0.0), 1.0)))
    top, bottom = sorted((min(max(sides[1], 0.0), 1.0), min(max(sides[3], 0.0), 1.0)))
    if right - left < 0.002 or bottom - top < 0.002 or page < 1:
        raise Invalid("This area is too small to hide anything.", "Draw it larger.")
    letter = next((one.letter for one in hiding.areas if one.kind == kind), "") or next_letter(hiding)
    made = HiddenArea(item, page, round(left, 4), round(top, 4), round(right, 4), round(bottom, 4), kind, letter)
    return replace(hiding, areas=(*hiding.areas, made))


def without_area(hiding: Hiding, area: HiddenArea) -> Hiding:
    """What is hidden, without one area."""
    return replace(hiding, areas=tuple(one for one in hiding.areas if one != area))


def said_under(counts: Sequence[tuple[str, str, int]]) -> str:
    """The sentence under a covered page, from (letter, kind, how often): "A: name of another child, 3 times."."""
    parts = []
    for letter, kind, times in counts:
        often = {1: "once", 2: "twice"}.get(times, f"{times} times")
        parts.append(f"{letter}: {KINDS[kind]}, {often}.")
    return " ".join(parts)
