"""The page, the fonts and the paragraph styles of everything printed, and the one way case text gets into markup."""

import re
import struct
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from reportlab.lib.colors import black
from reportlab.lib.fonts import addMapping
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from casefile import paths

MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
LEFT, RIGHT, TOP, FOOT = 25 * MM, 20 * MM, 20 * MM, 26 * MM
TEXT_WIDTH, TABLE_WIDTH, HANG = 140 * MM, 165 * MM, 9 * MM
STAMP_ZONE = (75 * MM, 22 * MM)
"""The bottom right corner that stays empty for a bundle's page number: width and height in points."""

TEXT, BOLD, NUMBERS, BOLD_NUMBERS, OTHER = "CfText", "CfBold", "CfNumbers", "CfBoldNumbers", "CfOther"
_FILES = {
    TEXT: "AtkinsonHyperlegibleNext-Regular.ttf",
    BOLD: "AtkinsonHyperlegibleNext-SemiBold.ttf",
    NUMBERS: "AtkinsonHyperlegibleNext-Regular.ttf",
    BOLD_NUMBERS: "AtkinsonHyperlegibleNext-SemiBold.ttf",
    OTHER: "DejaVuSans.ttf",
}
_MISSING = "\u25a1"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(\d{{1,2}}) ((?:{_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)\.?)(?: (\d{{4}}))?"
)
_UNIT = re.compile(
    r"\b(\d[\d,.]*) (?=(?:years?|months?|weeks?|days?|hours?|minutes?|working|school|pages?|sessions?|h|mm|%)\b)"
)
_LAW = re.compile(r"\b([Ss]ections?|[Rr]egulations?|[Aa]rticles?|[Pp]aragraphs?|Schedule|Part) (?=\d)")

DRAWING = threading.RLock()
"""Held while pages are drawn: a font object of reportlab may serve one document at a time."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of one size of print."""

    text: ParagraphStyle
    wide: ParagraphStyle
    item: ParagraphStyle
    heading: ParagraphStyle
    title: ParagraphStyle
    cover: ParagraphStyle
    cell: ParagraphStyle
    cell_bold: ParagraphStyle
    number: ParagraphStyle
    number_bold: ParagraphStyle


def _tabular(path: Path) -> dict[int, int]:
    """The table figures of a font by its ordinary ones: glyph numbers out of its GSUB table's ``tnum`` feature."""
    data = path.read_bytes()

    def at(form: str, offset: int) -> tuple[int, ...]:
        return struct.unpack_from(">" + form, data, offset)

    tables = {data[12 + 16 * n : 16 + 16 * n]: at("L", 20 + 16 * n)[0] for n in range(at("H", 4)[0])}
    gsub = tables[b"GSUB"]
    features, lookups = (gsub + offset for offset in at("HH", gsub + 6))
    made: dict[int, int] = {}
    for place in range(at("H", features)[0]):
        entry = features + 2 + 6 * place
        if data[entry : entry + 4] != b"tnum":
            continue
        feature = features + at("H", entry + 4)[0]
        for which in at(f"{at('H', feature + 2)[0]}H", feature + 4):
            lookup = lookups + at("H", lookups + 2 + 2 * which)[0]
            for offset in at(f"{at('H', lookup + 4)[0]}H", lookup + 6):
                made |= _single(at, lookup + offset)
    return made


def _single(read: Callable[[str, int], tuple[int, ...]], table: int) -> dict[int, int]:
    """One single substitution of a font: the glyph put in place of each."""
    kind, cover, third = read("HHH", table)
    cover += table
    form, count = read("HH", cover)
    if form == 1:
        glyphs = list(read(f"{count}H", cover + 4))
    else:
        glyphs = [
            g for n in range(count) for g in range(read("H", cover + 4 + 6 * n)[0], read("H", cover + 6 + 6 * n)[0] + 1)
        ]
    if kind == 1:
        return {glyph: (glyph + third) & 0xFFFF for glyph in glyphs}
    return dict(zip(glyphs, read(f"{third}H", table + 6), strict=True))


@cache
def register() -> None:
    """Make the shipped fonts known to reportlab, each with a cut whose figures all have one width. Once a process."""
    folder = paths.resources() / "fonts"
    for name, file in _FILES.items():
        font = TTFont(name, str(folder / file))
        if name in (NUMBERS, BOLD_NUMBERS):
            figures = _tabular(folder / file)
            for code in range(ord("0"), ord("9") + 1):
                glyph = figures[font.face.charToGlyph[code]]
                font.face.charToGlyph[code] = glyph
                font.face.charWidths[code] = font.face.hmetrics[glyph][0] * 1000 / font.face.unitsPerEm
        pdfmetrics.registerFont(font)
    for plain, bold in ((TEXT, BOLD), (NUMBERS, BOLD_NUMBERS), (OTHER, OTHER)):
        for heavy in (0, 1):
            for slant in (0, 1):
                addMapping(plain, heavy, slant, bold if heavy else plain)


@cache
def _letters(font: str) -> frozenset[int]:
    """The letters a font has; a no-break space is drawn by every font."""
    register()
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph) | {0xA0}


def joined(text: str) -> str:
    """Text with no-break spaces inside dates, between a number and its unit, and before the number of a section."""
    text = _DATE.sub(lambda m: "\u00a0".join(part for part in m.groups() if part), text)
    return _LAW.sub("\\1\u00a0", _UNIT.sub("\\1\u00a0", text))


def clean(text: str) -> str:
    """Text without what has no shape: controls (a tab and a line end become spaces) and direction marks."""
    if text.replace("\u00a0", " ").isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # nearly all text is: looking at each letter takes fifty times as long
    text = unicodedata.normalize("NFC", text).replace("\t", "    ").replace("\n", " ")
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))


def runs(text: str, missing: set[str] | None = None) -> list[tuple[bool, str]]:
    """Text in stretches of one font: (False, words) in the main one, (True, words) in the fallback.

    A letter no shipped font has is drawn as an empty square and added to ``missing``, so that it can be reported.
    """
    main, other = _letters(TEXT), _letters(OTHER)
    made: list[tuple[bool, str]] = []
    text = clean(text)
    if text and set(map(ord, text)) <= main:
        return [(False, text)]
    for letter in text:
        code = ord(letter)
        fallback = code not in main
        if fallback and code not in other:
            if missing is not None:
                missing.add(letter)
            letter = _MISSING
        if made and made[-1][0] == fallback:
            made[-1] = (fallback, made[-1][1] + letter)
        else:
            made.append((fallback, letter))
    return made


def markup(text: str, missing: set[str] | None = None) -> str:
    """Case text for a paragraph: escaped, so that it shows letter for letter, with a font for every letter.

    This is the only way case text gets into markup. ``missing`` collects the letters no shipped font has.
    """
    return "".join(
        f'<font name="{OTHER}">{escape(words)}</font>' if fallback else escape(words)
        for fallback, words in runs(joined(text), missing)
    )


def width_of(text: str, font: str, size: float) -> float:
    """How wide a line of text is, in points, with the fallback font where it is needed."""
    return float(
        sum(pdfmetrics.stringWidth(words, OTHER if fallback else font, size) for fallback, words in runs(text))
    )


def draw_line(canvas: Canvas, x: float, y: float, text: str, font: str, size: float) -> float:
    """Draw one line of case text at a place in points; returns where it ends."""
    line = canvas.beginText(x, y)
    for fallback, words in runs(text):
        line.setFont(OTHER if fallback else font, size)
        line.textOut(words)
    canvas.drawText(line)
    return x + width_of(text, font, size)


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """Break a line at spaces to fit a width in points; a word that is too long is broken inside."""
    lines: list[str] = []
    for word in clean(text).split(" "):
        trial = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(trial, font, size) <= width:
            lines[-1] = trial
            continue
        while width_of(word, font, size) > width and len(word) > 1:
            cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width_of(word[:n], font, size) <= width)
            lines.append(word[:cut])
            word = word[cut:]
        lines.append(word)
    return lines


@cache
def styles(large: bool = False, *, full: bool = False) -> Styles:
    """The paragraph styles to ``12/17``, or in large print to ``18/27`` over the full width, as with ``full`` in any size."""
    register()
    size, lead = (18, 27) if large else (12, 17)
    head, head_lead = (20, 28) if large else (14, 19)
    narrow = 0.0 if large or full else TABLE_WIDTH - TEXT_WIDTH
    hang = 12 * MM if large else HANG
    base = ParagraphStyle(
        "text", fontName=TEXT, fontSize=size, leading=lead, textColor=black, spaceBefore=0, spaceAfter=lead * 0.29,
        rightIndent=narrow, allowWidows=0, allowOrphans=0, bulletFontName=TEXT, bulletFontSize=size, splitLongWords=1,
        embeddedHyphenation=0, underlineWidth=0.75, underlineOffset=-1.6,
    )  # fmt: skip
    wide = ParagraphStyle("wide", base, rightIndent=0)
    heading = ParagraphStyle(
        "heading", base, fontName=BOLD, fontSize=head, leading=head_lead, spaceBefore=lead * 0.46, spaceAfter=3,
        keepWithNext=1, rightIndent=0,
    )  # fmt: skip
    cell = ParagraphStyle("cell", wide, spaceAfter=0)
    return Styles(
        text=base,
        wide=wide,
        item=ParagraphStyle("item", base, leftIndent=hang, bulletIndent=0),
        heading=heading,
        title=ParagraphStyle("title", heading, fontSize=20, leading=25, spaceBefore=0, spaceAfter=4),
        cover=ParagraphStyle("cover", heading, fontSize=26, leading=32, spaceBefore=0, spaceAfter=4),
        cell=cell,
        cell_bold=ParagraphStyle("cell_bold", cell, fontName=BOLD),
        number=ParagraphStyle("number", cell, fontName=NUMBERS, alignment=2),
        number_bold=ParagraphStyle("number_bold", cell, fontName=BOLD_NUMBERS, alignment=2),
    )
