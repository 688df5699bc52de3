"""Is there room for the number? Two small strips of every page are drawn at 30 dots an inch and looked at."""

import importlib
from typing import Any

import pikepdf

from casefile.printing.bundle.geometry import Sheet, sheet_of
from casefile.printing.bundle.stamp import TITLE_ZONE, ZONE

_DOTS = 30 / 72
_SPECKS = 4
_DARK, _OFF = 170, 28


def surveyed(path: str, pdf: pikepdf.Pdf) -> tuple[str, str]:
    """For each page "1" where a strip is free and "0" where it is not: first the number's corner, then the title's place.

    A page that cannot be drawn counts as full, so that nothing of it is covered.
    """
    pdfium: Any = importlib.import_module("pypdfium2")
    corners, titles = [], []
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return "0" * len(pdf.pages), "0" * len(pdf.pages)
    try:
        if document.get_formtype():
            document.init_forms()
        for number, page in enumerate(pdf.pages):
            corner = title = False
            if number < len(document):
                corner, title = _free(document[number], sheet_of(page))
            corners.append("1" if corner else "0")
            titles.append("1" if corner and title else "0")
    finally:
        document.close()
    return "".join(corners), "".join(titles)


def _free(page: Any, sheet: Sheet) -> tuple[bool, bool]:
    """Whether the corner and the title's place are free; the whole foot of the page is drawn once for both."""
    try:
        wide, high = page.get_size()
        point = sheet.scale * wide / sheet.wide
        bitmap = page.render(scale=_DOTS / point, crop=(0, 0, 0, high - ZONE[1] * point), grayscale=True)
        foot = bitmap.to_pil().convert("L")
        bitmap.close()
        corner = foot.crop((max(0, round(foot.width - ZONE[0] * _DOTS)), 0, foot.width, foot.height - 2))
        left, low, right, top = (value * _DOTS for value in TITLE_ZONE)
        right = min(right, foot.width - ZONE[0] * _DOTS)
        title = foot.crop(
            (round(left), round(foot.height - top), max(round(right), round(left) + 1), round(foot.height - low))
        )
        return _blank(corner), _blank(title)
    except Exception:  # whatever stops the drawing, the page is then treated as full
        return False, False
    finally:
        page.close()


def _blank(strip: Any) -> bool:
    """Whether a strip holds nothing but paper and a few specks of a scanner."""
    counts: list[int] = strip.histogram()
    total = sum(counts)
    seen, paper = 0, 255
    for shade, count in enumerate(counts):
        seen += count
        if 2 * seen >= total:
            paper = shade
            break
    if paper < _DARK:
        return False
    return sum(counts[: max(0, paper - _OFF)]) + sum(counts[paper + _OFF :]) <= _SPECKS
