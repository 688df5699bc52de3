"""What was read from the picture of a page: its words, where each stands, and how sure the reading is."""

import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

FULL = 10_000
"""A page is so many parts wide and high: the boxes of its words hold whatever size it is drawn at."""
WARNING = "Read from a picture, so words may be wrong."
"""Stands wherever words of a scan are shown or counted on."""
NO_WORDS = "No words could be read in this picture."
TO_READ = ("This is a picture of text, such as a scan.", "This is a picture.")
"""What is said of a paper that holds no words yet, before ``NOT_YET``."""
NOT_YET = "Its words cannot be searched yet."
_SOME = "{} of {} pages are pictures, without words to search."
_OVER = "a few words are typed over a picture. The words in the picture cannot be searched yet."
_STAMPED, _ALL_STAMPED = "On {} of {} pages " + _OVER, _OVER[0].upper() + _OVER[1:]


def some_to_read(empty: int, pages: int) -> str:
    """What is said of a paper of which only some pages are pictures."""
    return _SOME.format(empty, pages)


def some_stamped(stamped: int, pages: int) -> str:
    """What is said of a paper of which some pages, or its only one, are pictures with a few typed words over them."""
    return _STAMPED.format(stamped, pages) if pages > 1 else _ALL_STAMPED


def _any_of(*sayings: str) -> re.Pattern[str]:
    return re.compile("|".join(" ?" + r"\d+".join(map(re.escape, words.split("{}"))) for words in sayings))


_PICTURES = _any_of(*(f"{words} {NOT_YET}" for words in TO_READ), _SOME)
_OVER_PICTURES = _any_of(_STAMPED, _ALL_STAMPED)


def after_reading(note: str, *, found: bool) -> str:
    """A paper's note once its scanned pages were read: what said that they were not yet is replaced.

    Where only pages with typed words were read and gave no others, nothing is said: their picture is a picture.
    """
    told = WARNING if found else NO_WORDS
    rest, stamped = _OVER_PICTURES.subn("", note)
    rest, pictures = _PICTURES.subn("", rest)
    if told in rest or (stamped and not pictures and not found):
        return rest.strip()
    return f"{rest.strip()} {told}".strip()


@dataclass(frozen=True, slots=True)
class ScanWord:
    """A word that was read. Its box is in parts of the page as seen (``FULL``), from the top left; ``sure`` is 0 to 100.

    ``before`` is what stands between it and the word before: a blank, the end of a line, or of a paragraph.
    """

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: int
    before: str = " "

    def within(self, wide: int, high: int) -> tuple[int, int, int, int]:
        """Its box (left, top, right, bottom) in a picture of the page of this size."""
        return (self.left * wide // FULL, self.top * high // FULL, -(-self.right * wide // FULL), -(-self.bottom * high // FULL))


@dataclass(frozen=True, slots=True)
class PageScan:
    """The words of one page in reading order. ``turn`` is how far it must be turned clockwise to stand upright, in degrees."""

    turn: int = 0
    words: tuple[ScanWord, ...] = ()

    @property
    def text(self) -> str:
        """The words as text, line by line."""
        return "".join(f"{word.before if at else ''}{word.text}" for at, word in enumerate(self.words))

    def kept(self) -> str:
        """The words as JSON, a short row each."""
        return json.dumps([astuple(word) for word in self.words], ensure_ascii=False, separators=(",", ":"))


def page_scan(turn: int, rows: Sequence[Sequence[Any]] | str) -> PageScan:
    """The page of rows as ``kept`` gives them, or of their JSON. Raises ``ValueError`` or ``TypeError`` on nonsense."""
    told: Sequence[Sequence[Any]] = json.loads(rows) if isinstance(rows, str) else rows
    words = tuple(ScanWord(str(text), int(a), int(b), int(c), int(d), int(sure), str(gap)) for text, a, b, c, d, sure, gap in told)
    return PageScan(int(turn) % 360, words)
