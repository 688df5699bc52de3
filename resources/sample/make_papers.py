"""Draws the papers of the sample case from ``papers.toml`` into ``papers/``. Run it after changing that file:

    python resources/sample/make_papers.py

Everyone in the papers is invented. The same input gives the same bytes.
"""

import datetime as dt
import io
import random
import tomllib
import zipfile
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from docx import Document as WordFile
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
OUT = HERE / "papers"
FIXED = (2026, 11, 1, 12, 0, 0)


def escaped(text: str) -> str:
    """Text as reportlab's markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def letter_pdf(paper: dict[str, Any]) -> bytes:
    """A typed letter or report as a PDF with real text."""
    pdfmetrics.registerFont(TTFont("DejaVu", str(FONTS / "DejaVuSans.ttf")))
    plain = ParagraphStyle("plain", fontName="DejaVu", fontSize=10.5, leading=15, spaceAfter=8)
    head = ParagraphStyle("head", parent=plain, fontSize=13, leading=18, spaceAfter=2)
    story: list[Any] = [
        Paragraph(escaped(line), head if number == 0 else plain) for number, line in enumerate(paper["head"])
    ]
    story.append(Spacer(1, 12))
    story += [Paragraph(escaped(line), plain) for line in paper.get("to_lines", ())]
    story += [Paragraph(escaped(paper[key]), plain) for key in ("written", "reference", "greeting") if paper.get(key)]
    if paper.get("title"):
        story.append(Paragraph(escaped(paper["title"]), head))
    for chunk in paper["body"].strip().split("\n\n"):
        story.append(Paragraph("<br/>".join(escaped(line) for line in chunk.splitlines()), plain))
    story.append(Spacer(1, 16))
    story += [Paragraph(escaped(line), plain) for line in paper.get("close", ())]
    out = io.BytesIO()
    made = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=70, rightMargin=70, topMargin=60, bottomMargin=60, invariant=1
    )
    made.build(story)
    return out.getvalue()


def picture(paper: dict[str, Any], *, size: tuple[int, int], ink: int, paper_colour: int, turn: float) -> Image.Image:
    """The words of a paper as a picture, a little turned and grainy, as a scanner or a phone gives it."""
    seed = random.Random(paper["file"])
    image = Image.new("L", size, paper_colour)
    draw = ImageDraw.Draw(image)
    big = ImageFont.truetype(str(FONTS / "DejaVuSans.ttf"), size[0] // 36)
    small = ImageFont.truetype(str(FONTS / "DejaVuSans.ttf"), size[0] // 46)
    left, top = size[0] // 9, size[1] // 14
    lines: list[tuple[str, Any]] = [(line, big if number == 0 else small) for number, line in enumerate(paper["head"])]
    lines += [("", small), *((line, small) for line in paper.get("to_lines", ())), ("", small)]
    lines += [(paper[key], small) for key in ("written", "reference", "greeting") if paper.get(key)]
    if paper.get("title"):
        lines += [("", small), (paper["title"], big)]
    for chunk in paper["body"].strip().splitlines():
        lines += [(line, small) for line in (wrapped(chunk, small, size[0] - 2 * left) or [""])]
    lines += [("", small), *((line, small) for line in paper.get("close", ()))]
    for text, font in lines:
        draw.text((left, top), text, font=font, fill=ink)
        top += int(font.size * 1.55)
    turned = image.rotate(turn, fillcolor=paper_colour, resample=Image.Resampling.BICUBIC)
    grain = Image.frombytes(
        "L",
        (size[0] // 4, size[1] // 4),
        bytes(seed.randrange(236, 256) for _ in range((size[0] // 4) * (size[1] // 4))),
    )
    grained = Image.composite(
        turned,
        turned.point(lambda dot: max(0, dot - 12)),
        grain.resize(size).point(lambda dot: 255 if dot > 240 else 0),
    )
    return grained.filter(ImageFilter.GaussianBlur(0.6))


def wrapped(text: str, font: Any, width: int) -> list[str]:
    """A paragraph in lines that fit a width in pixels."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def scan_pdf(paper: dict[str, Any]) -> bytes:
    """A letter as a scanner gives it: a picture in a PDF, without words to search."""
    jpeg = io.BytesIO()
    picture(paper, size=(1240, 1754), ink=40, paper_colour=244, turn=0.6).save(jpeg, "JPEG", quality=55)
    out = io.BytesIO()
    page = Canvas(out, pagesize=A4, invariant=1)
    page.drawImage(ImageReader(jpeg), 0, 0, *A4)
    page.save()
    return out.getvalue()


def photo(paper: dict[str, Any]) -> bytes:
    """A page as a phone sees it."""
    out = io.BytesIO()
    picture(paper, size=(1200, 900), ink=60, paper_colour=222, turn=-1.4).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def docx(paper: dict[str, Any]) -> bytes:
    """A Word file with headings and, where there is one, a table."""
    word = WordFile()
    word.add_heading(paper["title"], 0)
    word.add_paragraph(paper["written"])
    for chunk in paper["body"].strip().split("\n\n"):
        for line in chunk.splitlines():
            if line.startswith("# "):
                word.add_heading(line[2:], 1)
            else:
                word.add_paragraph(line)
    if paper.get("table"):
        rows = paper["table"]
        table = word.add_table(len(rows), len(rows[0]))
        table.style = "Table Grid"
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
    word.core_properties.created = word.core_properties.modified = dt.datetime(*FIXED)  # noqa: DTZ001
    word.core_properties.author = "Northbrook"
    first, second = io.BytesIO(), io.BytesIO()
    word.save(first)
    with zipfile.ZipFile(first) as given, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            made.writestr(zipfile.ZipInfo(entry.filename, FIXED), given.read(entry.filename), zipfile.ZIP_DEFLATED)
    return second.getvalue()


def mail(paper: dict[str, Any], ids: dict[str, str]) -> bytes:
    """A mail as a mail program saves it, with its attachments."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = paper["from"], paper["to"], paper["subject"]
    made["Date"] = format_datetime(paper["date"])
    made["Message-ID"] = ids[paper["file"]]
    if paper.get("reply_to"):
        made["In-Reply-To"] = ids[paper["reply_to"]]
    made.set_content(paper["body"] + "\n")
    for name in paper.get("attach", ()):
        kind = (
            ("application", "pdf")
            if name.endswith(".pdf")
            else ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
        )
        made.add_attachment((OUT / name).read_bytes(), maintype=kind[0], subtype=kind[1], filename=name)
    if made.is_multipart():
        made.set_boundary(f"=={random.Random(paper['file']).randrange(10**16)}==")
    return made.as_bytes()


def main() -> None:
    """Draw every paper."""
    papers = tomllib.loads((HERE / "papers.toml").read_text("utf-8"))["paper"]
    OUT.mkdir(exist_ok=True)
    ids = {paper["file"]: f"<sample-{number}@mail.example>" for number, paper in enumerate(papers)}
    makers = {"letter": letter_pdf, "scan": scan_pdf, "photo": photo, "docx": docx}
    for paper in papers:
        if paper["form"] in makers:
            (OUT / paper["file"]).write_bytes(makers[paper["form"]](paper))
        elif paper["form"] == "note":
            (OUT / paper["file"]).write_text(paper["body"], encoding="utf-8")
    for paper in papers:
        if paper["form"] == "eml":
            (OUT / paper["file"]).write_bytes(mail(paper, ids))
    print(f"{len(papers)} papers in {OUT}")


if __name__ == "__main__":
    main()
