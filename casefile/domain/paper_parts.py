"""What a plain paper is made of: headings, sentences and tables, told once for PDF and Word alike."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Say:
    """A paragraph, or with ``item`` one of a list; ``strong`` words begin it."""

    text: str
    strong: str = ""
    item: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads, rows, the widths in millimetres (165 in all), and which columns hold numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numbers: tuple[int, ...] = ()


Part = Head | Say | Grid


@dataclass(frozen=True, slots=True)
class PlainPaper:
    """A whole paper: its title, the line under it and in the footer, its parts, who made it and when."""

    title: str
    about: str
    parts: Sequence[Part]
    author: str
    made: dt.date
