"""What is to be written, before anything is: the plan that goes to the child, and the font of the numbers."""

from dataclasses import dataclass

PLACE = "page:"
"""How our own pages name the page a link leads to; the joiner turns it into a place inside the bundle."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file to put into the bundle, and its widths in thousandths for the letters 32 to 255 of Windows Latin."""

    name: str
    data: bytes
    widths: tuple[float, ...]
    ascent: float
    descent: float

    def width(self, words: str, size: float) -> float:
        """How wide words are, in points."""
        return sum([self.widths[code - 32] if code >= 32 else 0 for code in encoded(words)]) * size / 1000


def encoded(words: str) -> bytes:
    """Words in Windows Latin; a letter it lacks becomes a question mark."""
    return words.encode("cp1252", "replace")


def has_letters(words: str) -> bool:
    """Whether every letter can be drawn by the stamp's own font."""
    return encoded(words) == words.encode("cp1252", "ignore")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What goes on one page: its number, the paper's name for the bottom left (or none), and whether to make room."""

    label: str
    title: str = ""
    shrink: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of the outline: how deep, its words, its page (0 is the first)."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link area on a page (0 is the first) in the page's own units, and the page it leads to."""

    page: int
    rect: tuple[float, float, float, float]
    target: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be written. ``stamps`` has one entry a page; ``labels`` are (first page, letters, start)."""

    title: str
    made: str
    stamps: tuple[Stamp, ...]
    outline: tuple[Mark, ...]
    labels: tuple[tuple[int, str, int], ...] = ()
    links: tuple[Link, ...] = ()
