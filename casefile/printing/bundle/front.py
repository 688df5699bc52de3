"""Our own pages of a bundle: cover, index, chronology, and the sheet in place of a paper that could not be taken in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Paragraph, Spacer

from casefile import paths
from casefile.domain.dates import WEEKDAYS, in_words
from casefile.printing import style
from casefile.printing.bundle.plan import PLACE, Face
from casefile.printing.bundle.ruled import Column, Line, Ruled, broken
from casefile.printing.page import Look, footer, heading, render, table
from casefile.printing.style import BOLD, MM, NUMBERS, TEXT, markup

_WEEKDAYS = frozenset(name[:3] for name in WEEKDAYS)


@dataclass(frozen=True, slots=True)
class About:
    """What stands on every front page: the bundle's title and purpose, the child, and the day it was made."""

    title: str
    subtitle: str
    purpose: str
    child: str
    reference: str
    made: dt.date

    @property
    def named(self) -> str:
        """The child and the council's reference."""
        return ", ".join(part for part in (self.child, self.reference) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the index. ``page`` is where its link leads, counted from 1. A section, and a heading in one, has only a title."""

    title: str
    mark: str = ""
    day: str = ""
    pages: str = ""
    page: int = 0
    section: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the chronology. ``due`` marks a date set by law or code; ``label`` is the stamped page, ``page`` the link."""

    day: str
    words: str
    proof: str = ""
    label: str = ""
    page: int = 0
    due: bool = False


def faces() -> tuple[Face, Face]:
    """The two fonts of the stamp: words and figures."""
    style.register()
    return _face(TEXT, "AtkinsonHyperlegibleNext-Regular"), _face(BOLD, "AtkinsonHyperlegibleNext-SemiBold")


def _face(name: str, file: str) -> Face:
    font = pdfmetrics.getFont(name).face
    widths = []
    for code in range(32, 256):
        letter = bytes([code]).decode("cp1252", "replace")
        widths.append(float(font.charWidths.get(ord(letter), font.defaultWidth)))
    data = (paths.resources() / "fonts" / f"{file}.ttf").read_bytes()
    return Face(file, data, tuple(widths), float(font.ascent), float(font.descent))


def _link(words: str, page: int) -> str:
    return f'<a href="{PLACE}{page}"><u>{words}</u></a>' if page else words


def _look(about: About, what: str) -> Look:
    made = f"Made {in_words(about.made, joined=True)}"

    def paint(canvas: Any, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", (f"{what}. {about.named}.", made))

    return Look(f"{what}. {about.title}", paint)


def cover(about: About, rows: Sequence[tuple[str, tuple[str, ...]]], parts: Sequence[tuple[str, str, int]]) -> bytes:
    """The first page: what this is, for whom, and what is in it. ``parts`` are (name, stamped page, page to link to)."""
    kinds = style.styles()

    def paint(canvas: Any, page: int, total: int) -> None:
        words = "About a child. If this is not for you, please tell the sender and destroy it."
        footer(canvas, "Private and confidential", (words,))

    def story() -> list[Flowable]:
        made: list[Flowable] = [heading(about.title, kinds.cover)]
        if about.subtitle:
            subtitle = kinds.text.clone("subtitle", fontSize=15, leading=21, rightIndent=0)
            made.append(Paragraph(markup(about.subtitle), subtitle))
        made.append(Spacer(1, 14))
        cells = [
            [
                Paragraph(markup(label), kinds.cell_bold),
                Paragraph("<br/>".join(markup(line) for line in lines), kinds.cell),
            ]
            for label, lines in rows
        ]
        tall = (("TOPPADDING", (0, 0), (-1, -1), 3.4), ("BOTTOMPADDING", (0, 0), (-1, -1), 5), ("LINEABOVE", (0, 0), (-1, 0), 1.2, "black"))  # fmt: skip
        made += [
            table(cells, [32 * MM, 133 * MM], head=0, rules=tall),
            Spacer(1, 8),
            heading("What is here", kinds.heading),
        ]
        head = [Paragraph("Part", kinds.cell_bold), Paragraph("From page", kinds.number_bold)]
        lines = [
            [Paragraph(markup(name), kinds.cell), Paragraph(_link(markup(label), page), kinds.number)]
            for name, label, page in parts
        ]
        made.append(table([head, *lines], [88 * MM, 27 * MM]))
        return made

    return render(Look(about.title, paint, first_top=45 * MM), story, 1)


def _day(day: str, large: bool) -> str:
    """A date as its line shows it: large print leaves out the weekday, for which there is no room."""
    return day.partition(" ")[2] if large and day[:3] in _WEEKDAYS else day


def index(about: About, rows: Sequence[Row], closing: str, large: bool = False, least: int = 1) -> Ruled:
    """The index: section rows, then mark, date, title as a link, and pages; ``large`` in large print.

    It has at least ``least`` pages.
    """
    kinds = style.styles(large)
    opening = f"{about.named}. {about.purpose}. Page numbers are the boxed ones. On screen, choose a title to go to it."

    wide = (20, 42, 69, 34) if large else (16, 42, 80, 27)
    columns = (
        Column("Mark", wide[0] * MM, BOLD), Column("Date", wide[1] * MM), Column("Document", wide[2] * MM),
        Column("Pages", wide[3] * MM, NUMBERS, right=True),
    )  # fmt: skip
    lines = [
        Line((row.title,), section=True, minor=row.heading)
        if row.section or row.heading
        else Line((row.mark, _day(row.day, large), row.title, row.pages), False, row.page, 2)
        for row in rows
    ]
    head = [heading("Index", kinds.title), Paragraph(markup(opening), kinds.text), Spacer(1, 2)]
    return Ruled(_look(about, "Index"), head, columns, lines, [Paragraph(markup(closing), kinds.wide)], large=large, least=least)


def chronology(about: About, rows: Sequence[Happening], opening: str, large: bool = False, least: int = 1) -> Ruled:
    """What happened, a line an event, each with its proof and the page it stands on; ``large`` in large print.

    It has at least ``least`` pages.
    """
    kinds = style.styles(large)

    wide = (42, 79, 22, 22) if large else (40, 91, 16, 18)
    columns = (
        Column("Date", wide[0] * MM), Column("What happened", wide[1] * MM, pad=12), Column("Proof", wide[2] * MM),
        Column("Page", wide[3] * MM, NUMBERS, right=True),
    )  # fmt: skip
    lines = [
        Line((_day(row.day, large), f"{'Due: ' * row.due}{row.words}", row.proof, row.label), False, row.page, 3, "Due" * row.due, 1)
        for row in rows
    ]
    closing = "Dates set by law or by the complaints code are marked <b>Due</b>."
    opening_ = Paragraph(f"{markup(opening)} {closing}", kinds.text)
    head = [heading("Chronology", kinds.title), opening_, Spacer(1, 2)]
    return Ruled(_look(about, "Chronology"), head, columns, lines, large=large, least=least)


def blank() -> bytes:
    """A page with nothing on it but a line that says so, for the back of a sheet."""
    kinds = style.styles()
    return render(
        Look("Blank page", lambda canvas, page, total: None, first_top=130 * MM),
        lambda: [Paragraph(markup("This page is left blank, so that what follows begins on the front of a sheet."), kinds.text)],
        1,
    )


def divider(about: About, name: str, words: Sequence[str], index: tuple[str, int]) -> bytes:
    """The sheet before a section: its name, what is in it, and the way back. ``index`` is its stamped page, and its link."""
    kinds = style.styles()

    def paint(canvas: Any, page: int, total: int) -> None:
        footer(canvas, "Divider", (f"{about.named}.", f"Made {in_words(about.made, joined=True)}"))

    def story() -> list[Flowable]:
        link = _link(markup(f"Back to the index, page {index[0]}"), index[1])
        inside = [Paragraph(markup(line), kinds.text) for line in words]
        return [heading(name, kinds.cover), Spacer(1, 8), *inside, Spacer(1, 8), Paragraph(f"{link}.", kinds.text)]

    return render(Look(name, paint, first_top=100 * MM), story, 1)


def slip(about: About, name: str, rows: Sequence[tuple[str, str]], back: tuple[str, int]) -> bytes:
    """The sheet in place of a paper: why it is not here, what was tried, where the file is, what comes next."""
    kinds = style.styles()
    tall = (("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 6), ("LINEABOVE", (0, 0), (-1, 0), 1.2, "black"))  # fmt: skip

    def story() -> list[Flowable]:
        cells = [
            [Paragraph(markup(label), kinds.cell_bold), Paragraph(markup(words), kinds.cell)] for label, words in rows
        ]
        subtitle = kinds.heading.clone("slip", fontSize=14, leading=20)
        link = _link(markup(f"Back to the index, page {back[0]}"), back[1])
        return [
            heading("This paper is not included", kinds.title), Paragraph(markup(name), subtitle), Spacer(1, 10),
            table(cells, [36 * MM, 129 * MM], head=0, rules=tall), Spacer(1, 8),
            Paragraph(f"This sheet keeps its place and its page number. {link}.", kinds.text),
        ]  # fmt: skip

    made = f"Made {in_words(about.made, joined=True)}"
    mark = f"{name.split(' ')[0]}. " if name[:1] == "E" and name[1:2].isdigit() else ""

    def paint(canvas: Any, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", (f"{mark}Sheet in place of a paper. {about.named}.", made))

    return render(Look(name, paint, first_top=60 * MM), story, 1)


def guessed(rows: Sequence[tuple[str, float]], width: float, large: bool = False) -> int:
    """How many pages a table will likely take: rows are words for a column ``width`` points wide, and room beside them.

    In large print it is a coarse guess: what is printed is counted in any case.
    """
    style.register()
    if large:
        rows, width = [(words, beside + 10.0) for words, beside in rows], width / 2
    room = style.PAGE[1] - style.TOP - style.FOOT
    pages, left = 1, room - 96.0
    for words, beside in rows:
        tall = 17.0 * max(1, len(broken(words, TEXT, width))) + 5 + beside
        if tall > left:
            pages, left = pages + 1, room - 22.0
        left -= tall
    return pages


INDEX_WIDE, CHRONOLOGY_WIDE = 80 * MM - 6, 91 * MM - 12
"""How wide the words of an index line and of a chronology line may be, in points."""
