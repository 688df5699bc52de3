"""A small clean tree: what a mail or a Word file says, without anything that could reach out or hide.

Readers make it, the viewer and the printed pages draw it. Text here is text: it is never markup.
"""

from dataclasses import dataclass
from typing import Literal

Role = Literal["heading", "para", "item", "quote", "fixed"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner. ``link`` is the true target of a link, shown as text and never opened."""

    text: str
    bold: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``level`` is the depth of a heading (1 to 3) or of a list item (0 outermost)."""

    runs: tuple[Run, ...]
    role: Role = "para"
    level: int = 0

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells of text. ``head`` rows stand at its top and repeat on a new page."""

    rows: tuple[tuple[str, ...], ...]
    head: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture carried in the same file. ``data`` is its bytes, already rebuilt as PNG or JPEG."""

    data: bytes
    width: int
    height: int
    words: str = ""


Block = Paragraph | Grid | Picture
