"""Index and chronology drawn line by line: a ruled table of words, several times as fast as a general layout.

The look is that of ``printing.page.table``: 1.2 points under the heads and under a section, 0.75 under every row, heads
on every page. A row stays together unless it is taller than a page.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from casefile.printing import style
from casefile.printing.bundle.plan import PLACE
from casefile.printing.page import Look
from casefile.printing.style import BOLD, DRAWING, FOOT, LEFT, PAGE, TABLE_WIDTH, TEXT, TOP

SIZE, LEAD = 12.0, 17.0
_LARGE_SIZE, _LARGE_LEAD = 18.0, 27.0
_ABOVE, _BELOW, _SECTION_ABOVE = 1.6, 3.4, 7.0
_PAD = 6.0
_THIN, _THICK = 0.75, 1.2


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, how wide it is with the room beside it, its font; ``right`` sets figures to the right."""

    head: str
    wide: float
    font: str = TEXT
    right: bool = False
    pad: float = _PAD


@dataclass(frozen=True, slots=True)
class Line:
    """A row: words for each column; a section has only the first, and a ``minor`` one is a heading inside a section.

    ``page`` is where the words of column ``linked`` lead.
    ``bold`` are words set in bold at the beginning of column ``bold_at``.
    """

    cells: tuple[str, ...]
    section: bool = False
    page: int = 0
    linked: int = 0
    bold: str = ""
    bold_at: int = 0
    minor: bool = False


Broken = tuple[tuple[str, ...], ...]


@lru_cache(8192)
def broken(text: str, font: str, width: float, size: float = SIZE) -> tuple[str, ...]:
    """Words broken at spaces to fit a width in points, dates kept together; a word that is too long is broken inside."""
    text = style.clean(style.joined(text))
    lines: list[str] = []
    used, space = 0.0, _wide(" ", font, size) or 0.0
    for word in text.split(" "):
        wide = _wide(word, font, size)
        if wide is None or wide > width:
            return tuple(style.wrapped(text, font, size, width))
        if lines and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
        else:
            lines.append(word)
            used = wide
    return tuple(lines)


def _wide(words: str, font: str, size: float) -> float | None:
    """How wide words are; None where a letter needs another font."""
    face: Any = pdfmetrics.getFont(font).face
    widths: dict[int, float] = face.charWidths
    try:
        return sum([widths[ord(letter)] for letter in words]) * size / 1000
    except KeyError:
        return None


class _Pages:
    """The pages while they are drawn, or only counted where there is no ``total`` yet."""

    def __init__(self, columns: Sequence[Column], look: Look, total: int = 0, large: bool = False) -> None:
        self.size, self.lead = (_LARGE_SIZE, _LARGE_LEAD) if large else (SIZE, LEAD)
        self.target = io.BytesIO()
        self.canvas = Canvas(self.target, pagesize=PAGE, invariant=1, pageCompression=1, lang="en-GB")
        self.canvas.setTitle(style.clean(look.title))
        self.columns, self.look, self.total = columns, look, total
        self.number = 0
        self.y = 0.0
        self.top(look.first_top)

    @property
    def room(self) -> float:
        """How much is left above the foot."""
        return self.y - FOOT

    def high(self, line: Line, cells: Broken) -> float:
        """How much a row takes."""
        above = _SECTION_ABOVE if line.section else _ABOVE
        return above + self.lead * max(len(lines) for lines in cells) + _BELOW

    def top(self, top: float) -> None:
        """Begin a page."""
        if self.number:
            self.canvas.showPage()
        self.number += 1
        if self.total:
            self.canvas.saveState()
            self.look.paint(self.canvas, self.number, self.total)
            self.canvas.restoreState()
        self.y = PAGE[1] - top

    def heads(self) -> None:
        """The heads of the columns."""
        cells = tuple((column.head,) for column in self.columns)
        self.row(cells, Line(()), head=True)

    def flow(self, flowable: Flowable) -> None:
        """Put a paragraph or a space here, on a new page where it does not fit."""
        _, high = flowable.wrap(TABLE_WIDTH, PAGE[1])
        if high > self.room:
            self.top(TOP)
        if self.total:
            flowable.drawOn(self.canvas, LEFT, self.y - high)
        self.y -= high + float(flowable.getSpaceAfter())

    def row(self, cells: Broken, line: Line, *, head: bool = False) -> None:
        """Draw a row here, all of it."""
        if not self.total:
            self.y -= self.high(line, cells)
            return
        self.y -= _SECTION_ABOVE if line.section else _ABOVE
        x = LEFT
        for at, (column, lines) in enumerate(zip(self.columns, cells, strict=False)):
            font = BOLD if head or line.section else column.font
            right = x + column.wide - column.pad
            for number, words in enumerate(lines):
                if words:
                    bold = line.bold if line.bold and at == line.bold_at and number == 0 else ""
                    page = line.page if at == line.linked else 0
                    self._words(x, right, self.y - self.size - number * self.lead, bold, words, font, column, page)
            x += column.wide
        self.y -= self.lead * max(len(lines) for lines in cells) + _BELOW
        thick = head or (line.section and not line.minor)
        self.canvas.setLineWidth(_THICK if thick else _THIN)
        self.canvas.line(LEFT, self.y, LEFT + sum(column.wide for column in self.columns), self.y)

    def _words(
        self, x: float, right: float, y: float, bold: str, words: str, font: str, column: Column, page: int
    ) -> None:
        wide = _wide(words, font, self.size)
        plain = wide is not None
        if wide is None:
            wide = style.width_of(words, font, self.size)
        if column.right:
            x = right - wide
        if page:
            self.canvas.setLineWidth(_THIN)
            self.canvas.line(x, y - 1.6, x + wide, y - 1.6)
            self.canvas.linkURL(f"{PLACE}{page}", (x, y - 4, x + wide, y + self.size - 1), relative=0, thickness=0)
        if bold and words.startswith(bold):
            x = style.draw_line(self.canvas, x, y, bold, BOLD, self.size)
            words = words.removeprefix(bold)
        if plain:
            self.canvas.setFont(font, self.size)
            self.canvas.drawString(x, y, words)
        else:
            style.draw_line(self.canvas, x, y, words, font, self.size)


class Ruled:
    """A table laid out as ``pages`` pages, in ``large`` print or not; drawn only when its PDF is wanted, for that takes ten times as long.

    Where it would have fewer than ``least`` pages, its last rows stand on pages of their own.
    """

    def __init__(
        self, look: Look, opening: Sequence[Flowable], columns: Sequence[Column], lines: Sequence[Line],
        closing: Sequence[Flowable] = (), *, large: bool = False, least: int = 1,
    ) -> None:  # fmt: skip
        self._look, self._columns, self._large = look, columns, large
        with DRAWING:
            style.register()
            size = _LARGE_SIZE if large else SIZE
            rows = [(line, _cells(line, columns, size)) for line in lines]
            self._content = opening, rows, closing, least
            counted = _Pages(columns, look, large=large)
            _draw(counted, *self._content)
        self.pages = counted.number

    @cached_property
    def pdf(self) -> bytes:
        """The table drawn."""
        with DRAWING:
            pages = _Pages(self._columns, self._look, self.pages, self._large)
            _draw(pages, *self._content)
            pages.canvas.save()
            return pages.target.getvalue()


def _cells(line: Line, columns: Sequence[Column], size: float) -> Broken:
    if line.section:
        return (broken(line.cells[0], BOLD, TABLE_WIDTH - _PAD, size),)
    return tuple(
        broken(words, column.font, column.wide - column.pad, size) for words, column in zip(line.cells, columns, strict=True)
    )


def _draw(
    pages: _Pages, opening: Sequence[Flowable], rows: Sequence[tuple[Line, Broken]], closing: Sequence[Flowable], least: int
) -> None:
    for flowable in opening:
        pages.flow(flowable)
    pages.heads()
    for number, (line, cells) in enumerate(rows):
        need = pages.high(line, cells)
        below = number
        while rows[below][0].section and below + 1 < len(rows):
            # The name of a section, and a heading, is never the last line of a page.
            below += 1
            need += pages.high(*rows[below])
        fresh = PAGE[1] - TOP - FOOT - pages.high(Line(()), (("",),))
        alone = len(rows) - below <= least - pages.number
        if alone or (need > pages.room and (need <= fresh or pages.room < fresh / 2)):
            pages.top(TOP)
            pages.heads()
        for at, piece in enumerate(_pieces(pages, line, cells, fresh)):
            if at:
                pages.top(TOP)
                pages.heads()
            pages.row(piece, line)
    pages.y -= 5
    for flowable in closing:
        pages.flow(flowable)


def _pieces(pages: _Pages, line: Line, cells: Broken, fresh: float) -> Iterator[Broken]:
    """A row that fits is one piece; one taller than a page comes in pieces that each fill one."""
    room = pages.room
    while pages.high(line, cells) > room:
        most = max(1, int((room - _SECTION_ABOVE - _BELOW) / pages.lead))
        yield tuple(lines[:most] for lines in cells)
        cells = tuple(lines[most:] for lines in cells)
        room = fresh
    yield cells
