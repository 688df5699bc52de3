"""One way to lay out our own pages: a first page, later pages, a footer that knows the total, headings in the outline."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table, TableStyle

from casefile.printing import style
from casefile.printing.style import BOLD, DRAWING, FOOT, LEFT, MM, PAGE, RIGHT, TABLE_WIDTH, TEXT, TOP, markup

Painter = Callable[[Canvas, int, int], None]
"""Draws what stands outside the running text of a page: gets the canvas, the page's number and the total."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a document is called, who made it, where its first page's text begins (points from the top), its painter."""

    title: str
    paint: Painter
    author: str = ""
    first_top: float = TOP
    foot: float = FOOT


class _Document(BaseDocTemplate):  # type: ignore[misc]
    def __init__(self, target: io.BytesIO, look: Look, total: int) -> None:
        super().__init__(
            target, pagesize=PAGE, leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP, bottomMargin=look.foot,
            title=style.clean(look.title), author=style.clean(look.author) or None, invariant=1, lang="en-GB",
            displayDocTitle=True, creator="", producer="", pageCompression=1,
        )  # fmt: skip
        self.pages = 0

        def paint(canvas: Canvas, _: object) -> None:
            self.pages = canvas.getPageNumber()
            canvas.saveState()
            look.paint(canvas, self.pages, total or self.pages)
            canvas.restoreState()

        templates = []
        for name, top in (("first", look.first_top), ("later", TOP)):
            height = PAGE[1] - top - look.foot
            frame = Frame(LEFT, look.foot, TABLE_WIDTH, height, 0, 0, 0, 0, id=name)
            templates.append(PageTemplate(name, [frame], onPage=paint, autoNextPageTemplate="later"))
        self.addPageTemplates(templates)

    def afterFlowable(self, flowable: Flowable) -> None:
        """Give a heading its entry in the outline."""
        words = getattr(flowable, "outline", "")
        if words:
            key = f"h{getattr(self, '_headings', 0)}"
            self._headings = getattr(self, "_headings", 0) + 1
            self.canv.bookmarkHorizontal(key, 0, self.frame._y + flowable.height)
            self.canv.addOutlineEntry(words, key, 0, 0)


def render(look: Look, story: Callable[[], list[Flowable]], guess: int = 0) -> bytes:
    """Lay out a document as PDF. ``story`` is asked twice: the first pass counts the pages, the second prints.

    ``guess`` is the number of pages where it is known or likely; when it is right one pass is enough.
    """
    with DRAWING:
        style.register()
        total = guess
        for _ in range(3):
            target = io.BytesIO()
            document = _Document(target, look, total)
            document.build(story())
            if document.pages == total:
                break
            total = document.pages
        return target.getvalue()


def page_count(data: bytes) -> int:
    """How many pages a PDF has that our own layout has just made: it writes each page's dictionary in the clear."""
    return len(re.findall(rb"/Type /Page\b", data))


def heading(text: str, kind: Any, missing: set[str] | None = None) -> Paragraph:
    """A heading that also stands in the outline."""
    made = Paragraph(markup(text, missing), kind)
    made.outline = style.clean(text)
    return made


def footer(canvas: Canvas, first: str, rest: tuple[str, ...]) -> None:
    """The footer at the bottom left: a line in bold, then at most two lines, none wider than 115 mm."""
    lines = [(BOLD, first)]
    for text in rest:
        lines += [(TEXT, line) for line in style.wrapped(text, TEXT, 10, 115 * MM)]
    if len(lines) > 4:
        lines = [*lines[:3], lines[-1]]
    y = 10 * MM + 2.6
    for font, text in reversed(lines):
        style.draw_line(canvas, LEFT, y, text, font, 10)
        y += 12.5


def table(rows: list[list[Any]], widths: list[float], *, head: int = 1, rules: tuple[Any, ...] = ()) -> Table:
    """A table to the house rules: no shading, 1.2 pt under the heads and 0.75 pt under every row, heads repeated.

    A row too tall for a page goes on on the next: what people write down has no greatest length.
    """
    commands: list[Any] = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 6), ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, head), (-1, -1), 0.75, "black"), *rules,
    ]  # fmt: skip
    if head:
        commands.append(("LINEBELOW", (0, head - 1), (-1, head - 1), 1.2, "black"))
    made = Table(rows, colWidths=widths, repeatRows=head, hAlign="LEFT", style=TableStyle(commands), splitInRow=1)
    made.spaceAfter = 5
    return made
