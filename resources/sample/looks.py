"""How the papers of the sample case look: letterheads, a scanner's picture, and a page of an exercise book on a table."""

import io
import random
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

FONTS = Path(__file__).resolve().parent.parent / "fonts"
HOUSES = {
    "council": ("LX", "LXB", "#1d4f5c"),
    "nhs": ("AT", "ATB", "#243b7a"),
    "school": ("DJ", "DJ", "#7a2333"),
}
"""The hand of each sender: its fonts, plain and bold, and its colour. None of them is anyone's."""


def house_of(paper: dict[str, Any]) -> str:
    """Who sent a paper, by its first line."""
    first = paper["head"][0]
    return "nhs" if "NHS" in first else "school" if "School" in first else "council"


def escaped(text: str) -> str:
    """Text as reportlab's markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _fonts() -> None:
    for name, file in (("LX", "Lexend-Regular"), ("LXB", "Lexend-SemiBold"), ("AT", "AtkinsonHyperlegibleNext-Regular"),
                       ("ATB", "AtkinsonHyperlegibleNext-Bold"), ("DJ", "DejaVuSans")):  # fmt: skip
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{file}.ttf")))


def _frame(house: str, colour: str) -> Any:
    """What is drawn around the words: a mark and a rule, no text."""

    def paint(canvas: Canvas, document: Any) -> None:
        canvas.saveState()
        canvas.setFillColor(colors.HexColor(colour))
        canvas.setStrokeColor(colors.HexColor(colour))
        width, height = A4
        if document.page == 1 and house == "council":
            canvas.rect(0, height - 14, width, 14, stroke=0, fill=1)
            for number in range(3):
                canvas.setLineWidth(5)
                canvas.arc(width - 128 + 16 * number, height - 88, width - 84 + 16 * number, height - 44, 20, 140)
        elif document.page == 1 and house == "school":
            x, y = width - 100, height - 92
            shape = canvas.beginPath()
            shape.moveTo(x - 24, y + 30)
            shape.lineTo(x + 24, y + 30)
            shape.curveTo(x + 24, y - 6, x + 10, y - 20, x, y - 28)
            shape.curveTo(x - 10, y - 20, x - 24, y - 6, x - 24, y + 30)
            canvas.drawPath(shape, stroke=0, fill=1)
            canvas.setFillColor(colors.white)
            canvas.circle(x, y + 12, 10, stroke=0, fill=1)
            canvas.rect(x - 2, y - 12, 4, 20, stroke=0, fill=1)
        elif document.page == 1:
            canvas.setLineWidth(2)
            canvas.roundRect(width - 130, height - 84, 60, 26, 13, stroke=1, fill=0)
            canvas.circle(width - 116, height - 71, 6, stroke=0, fill=1)
        canvas.setLineWidth(0.8)
        canvas.line(70, 48, width - 70, 48)
        canvas.restoreState()

    return paint


def letter_pdf(paper: dict[str, Any]) -> bytes:
    """A typed letter, report or plan as a PDF with real text."""
    _fonts()
    house = house_of(paper)
    font, bold, colour = HOUSES[house]
    plain = ParagraphStyle("plain", fontName=font, fontSize=10.5, leading=15.5, spaceAfter=8)
    head = ParagraphStyle("head", parent=plain, fontName=bold, fontSize=17, leading=22, spaceAfter=1, textColor=colour)
    under = ParagraphStyle("under", parent=plain, fontSize=9.5, leading=13, spaceAfter=0, textColor=colour)
    title = ParagraphStyle("title", parent=plain, fontName=bold, fontSize=12.5, leading=17, spaceBefore=4)
    part = ParagraphStyle("part", parent=title, fontSize=11, spaceBefore=9, spaceAfter=6, textColor=colors.white, backColor=colour, borderPadding=(2, 4, 3, 4))  # fmt: skip
    story: list[Any] = [
        Paragraph(escaped(line), head if number == 0 else under) for number, line in enumerate(paper["head"])
    ]
    story.append(Spacer(1, 26))
    for lines in (paper.get("to_lines", ()), [paper[key] for key in ("written", "reference") if paper.get(key)]):
        if lines:
            story.append(Paragraph("<br/>".join(escaped(line) for line in lines), plain))
    if paper.get("greeting"):
        story.append(Paragraph(escaped(paper["greeting"]), plain))
    if paper.get("title"):
        story.append(Paragraph(escaped(paper["title"]), title))
    for chunk in paper["body"].strip().split("\n\n"):
        lines = chunk.splitlines()
        if lines[0].startswith("Section "):
            story.append(Paragraph(escaped(lines.pop(0)), part))
        if lines and all(" | " in f"{line} " for line in lines):
            story.append(_grid(lines, plain))
        elif lines:
            story.append(Paragraph("<br/>".join(escaped(line) for line in lines), plain))
    story.append(Spacer(1, 22))
    if paper.get("close"):
        story.append(Paragraph("<br/>".join(escaped(line) for line in paper["close"]), plain))
    out = io.BytesIO()
    made = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=70, rightMargin=70, topMargin=46, bottomMargin=60, invariant=1
    )
    paint = _frame(house, colour)
    made.build(story, onFirstPage=paint, onLaterPages=paint)
    return out.getvalue()


def _grid(lines: list[str], plain: ParagraphStyle) -> Table:
    rows = [[Paragraph(escaped(cell.strip()), plain) for cell in f"{line} ".split(" | ")] for line in lines]
    look = [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]  # fmt: skip
    return Table(rows, colWidths=[455 / len(rows[0])] * len(rows[0]), style=look, spaceAfter=10)


def page_picture(paper: dict[str, Any], dots: int) -> Image.Image:
    """The first page of a typed letter as a picture ``dots`` wide."""
    page = pypdfium2.PdfDocument(letter_pdf(paper))[0]
    return page.render(scale=dots / A4[0]).to_pil().convert("RGB")


def _shade(size: tuple[int, int], corner: int, far: int) -> Image.Image:
    """Light that falls off from one corner to the other."""
    small = Image.new("L", (2, 2))
    small.putdata([corner, (corner + far) // 2, (corner + far) // 2, far])
    return small.resize(size, Image.Resampling.BICUBIC)


def scan_pdf(paper: dict[str, Any]) -> bytes:
    """A letter as a scanner gives it: a picture in a PDF, a little turned, without words to search."""
    chance = random.Random(paper["file"])
    page = page_picture(paper, 1120).convert("L")
    page = page.rotate(chance.uniform(-0.9, 0.9), fillcolor=250, resample=Image.Resampling.BICUBIC)
    page = ImageChops.multiply(page, _shade(page.size, 254, 236)).filter(ImageFilter.GaussianBlur(0.5))
    draw = ImageDraw.Draw(page)
    for _ in range(14):
        x, y = chance.randrange(page.width), chance.randrange(page.height)
        draw.ellipse((x, y, x + chance.choice((1, 1, 2)), y + 1), fill=120)
    jpeg = io.BytesIO()
    page.save(jpeg, "JPEG", quality=48, optimize=True)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(jpeg), 0, 0, *A4)
    canvas.save()
    return out.getvalue()


def _book_page(paper: dict[str, Any]) -> Image.Image:
    """A page of a ruled exercise book, written by hand: each letter stands a little otherwise."""
    chance = random.Random(paper["file"])
    page = Image.new("RGB", (900, 640), "#fbf7ea")
    draw = ImageDraw.Draw(page)
    for y in range(96, 640, 44):
        draw.line((0, y, 900, y), fill="#a9c3dd", width=2)
    draw.line((96, 0, 96, 640), fill="#e0a0a0", width=2)
    font = ImageFont.truetype(str(FONTS / "Lexend-Regular.ttf"), 29)
    lines = [paper["written"], ""]
    for chunk in paper["body"].strip().splitlines():
        lines += _wrapped(chunk, font, 740) or [""]
    y = 96
    for line in lines:
        x = 112.0 + chance.uniform(-3, 3)
        for letter in line:
            box = Image.new("L", (46, 56))
            ImageDraw.Draw(box).text((6, 4), letter, font=font, fill=235)
            box = box.transform(box.size, Image.Transform.AFFINE, (1, 0.2, -8, 0, 1, 0)).rotate(chance.uniform(-4, 4))
            page.paste("#26356e", (round(x), round(y - 40 + chance.uniform(-1.6, 1.6))), box)
            x += font.getlength(letter) * 0.98 + chance.uniform(-0.6, 0.8)
        y += 44
    return page


def _wrapped(text: str, font: Any, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _table(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """A wooden table, seen from above."""
    strip = Image.new("RGB", (1, 60))
    strip.putdata([(166 + (shift := chance.randrange(-12, 13)), 122 + shift, 82 + shift // 2) for _ in range(60)])
    return strip.resize(size, Image.Resampling.BICUBIC)


def photo(paper: dict[str, Any]) -> bytes:
    """A page as a phone sees it: on a table, a little askew, lit from one side."""
    chance = random.Random(paper["file"])
    page = _book_page(paper) if "book" in paper["head"][0] else page_picture(paper, 760).crop((0, 0, 760, 620))
    size = (1100, 830)
    table = _table(size, chance)
    left, top = (size[0] - page.width) // 2, (size[1] - page.height) // 2
    layer, mask = Image.new("RGB", size), Image.new("L", size)
    layer.paste(page, (left, top))
    mask.paste(255, (left, top, left + page.width, top + page.height))
    skew = [chance.uniform(-26, 26) for _ in range(8)]
    corners = (skew[0], skew[1], skew[2], size[1] + skew[3], size[0] + skew[4], size[1] + skew[5], size[0] + skew[6], skew[7])  # fmt: skip
    layer = layer.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    mask = mask.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    shadow = ImageChops.offset(mask, 10, 14).filter(ImageFilter.GaussianBlur(14)).point(lambda dot: dot // 2)
    table.paste("#3a2a1c", (0, 0), shadow)
    table.paste(layer, (0, 0), mask)
    lit = ImageChops.multiply(table, _shade(size, 255, 178).convert("RGB")).filter(ImageFilter.GaussianBlur(0.6))
    out = io.BytesIO()
    lit.save(out, "JPEG", quality=62, optimize=True)
    return out.getvalue()
