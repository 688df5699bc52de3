"""Pictures of text as scanners and phones give them: drawn here, so that what they say is known to the letter."""

import io
from pathlib import Path
from typing import Any

import img2pdf
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageMath

from casefile.readers.scan import available

FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "DejaVuSans.ttf"
LETTER = """Kestrel County Council
Harbour House, Quay Street
12 May 2026
Dear Ms Field
Decision not to assess Robin Field
We have decided not to carry out an assessment of the
education, health and care needs of Robin. The reports
of Mr Patel and Dr O'Neill were read by the panel.
You may ask for mediation within two months.
Telephone 01632 960123 or send@kestrel.example
Yours sincerely
Jo Marsh, casework officer"""

needs_scans = pytest.mark.skipif(not available(), reason="tesserocr is not installed, so scans cannot be read here")


def drawn(text: str = LETTER, size: int = 30, page: tuple[int, int] = (1240, 1754), at: tuple[int, int] = (110, 130)) -> Image.Image:
    """A clean page with this text."""
    made = Image.new("L", page, 255)
    pen, font = ImageDraw.Draw(made), ImageFont.truetype(str(FONT), size)
    for number, line in enumerate(text.splitlines()):
        pen.text((at[0], at[1] + round(number * size * 1.7)), line, font=font, fill=25)
    return made


def shaded(page: Image.Image, darkest: int = 70, grain: float = 6) -> Image.Image:
    """The page as a phone sees it: a shadow across it, a little soft, grainy and askew."""
    light = Image.linear_gradient("L").rotate(35, resample=Image.Resampling.BICUBIC).crop((40, 40, 216, 216)).resize(page.size)
    made: Any = ImageMath.lambda_eval(
        lambda of: of["convert"](of["page"] * (darkest + of["light"] * (255 - darkest) / 255) / 255, "L"), page=page, light=light
    )
    soft = made.filter(ImageFilter.GaussianBlur(0.8))
    grainy = ImageChops.add(soft, Image.effect_noise(page.size, grain), 1, -128)
    return grainy.rotate(1.2, fillcolor=90, resample=Image.Resampling.BICUBIC)


def png(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def jpeg(page: Image.Image, turn: int = 1) -> bytes:
    """A photo; ``turn`` is what its camera notes about how it was held."""
    out, notes = io.BytesIO(), Image.Exif()
    notes[0x112] = turn
    page.save(out, "JPEG", quality=85, exif=notes)
    return out.getvalue()


def scanned_pdf(*pages: Image.Image) -> bytes:
    """A PDF of pictures, as a scanner makes it: A5 pages without any words."""
    size = (img2pdf.mm_to_pt(148), img2pdf.mm_to_pt(210))
    made: bytes = img2pdf.convert([png(page) for page in pages], layout_fun=img2pdf.get_layout_fun(size), nodate=True)
    return made


def stamped_pdf(
    page: Image.Image, *typed: str, hidden: bool = False, size: float = 9, at: tuple[float, float] = (20, 14), turn: int = 0, slant: float = 0
) -> bytes:  # fmt: skip
    """An A5 page that is a picture with these lines typed over it, the last at ``at``, or at a slant; ``hidden`` ones are not seen."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out, (wide, high) = io.BytesIO(), (419.5, 595.3)
    made = Canvas(out, pagesize=(wide, high), invariant=1)
    made.drawImage(ImageReader(page), 0, 0, wide, high)
    if slant:
        made.translate(wide / 2, high / 2)
        made.rotate(slant)
        made.translate(-wide / 3, -high / 2)
    words = made.beginText(at[0], at[1] + size * 1.2 * (len(typed) - 1) + (high / 2 if slant else 0))
    words.setTextRenderMode(3 if hidden else 0)
    words.setFont("Helvetica", size, size * 1.2)
    words.setFillGray(0.45)
    words.textLines(list(typed))
    made.drawText(words)
    made.setPageRotation(turn)
    made.save()
    return out.getvalue()


def errors(true: str, read: str) -> float:
    """How many letters are wrong, missing or too many, as a share of the true ones."""
    true, read = " ".join(true.split()), " ".join(read.split())
    before = list(range(len(read) + 1))
    for number, one in enumerate(true, 1):
        now = [number]
        for at, other in enumerate(read, 1):
            now.append(min(before[at] + 1, now[-1] + 1, before[at - 1] + (one != other)))
        before = now
    return before[-1] / max(1, len(true))
