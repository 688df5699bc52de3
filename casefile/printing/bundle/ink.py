"""Is there room for the number? The foot of every page is drawn at 30 dots an inch and looked at.

PDFium is spoken to directly: its friendly layer costs more than the drawing. A scan, one photo alone on a page, is not
drawn at all: it is decoded at an eighth of its size, which is still finer than 30 dots an inch.
"""

import ctypes
import importlib
import io
import math
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from casefile.printing.bundle.geometry import Sheet, sheet_of
from casefile.printing.bundle.stamp import TITLE_ZONE, ZONE

_DOTS = 30 / 72
_SPECKS = 4
_DARK, _OFF = 170, 28
_SMALLEST_SCAN = 400
"""Photos with fewer dots a side are drawn: an eighth of them would be too coarse."""


def surveyed(path: str, pdf: pikepdf.Pdf, turns: Mapping[int, int] | None = None) -> tuple[str, str]:
    """For each page "1" where a strip is free and "0" where it is not: first the number's corner, then the title's place.

    A page that cannot be drawn counts as full, so that nothing of it is covered. ``turns`` are pages that ``pdf`` has
    turned and the file at ``path`` has not.
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
        look = _Look(document, turns or {})
        count = len(document)
        for number, page in enumerate(pdf.pages):
            corner = title = False
            if number < count:
                corner, title = look.free(number, page)
            corners.append("1" if corner else "0")
            titles.append("1" if corner and title else "0")
    finally:
        document.close()
    return "".join(corners), "".join(titles)


class _Look:
    """Draws the feet of one document."""

    def __init__(self, document: Any, turns: Mapping[int, int]) -> None:
        self.turns = turns
        self.raw: Any = importlib.import_module("pypdfium2.raw")
        self.document = document
        self.form = document.formenv
        self.flags = self.raw.FPDF_GRAYSCALE | self.raw.FPDF_ANNOT

    def free(self, number: int, page: pikepdf.Page) -> tuple[bool, bool]:
        """Whether the corner and the title's place of a page are free."""
        raw = self.raw
        loaded = raw.FPDF_LoadPage(self.document, number)
        if not loaded:
            return False, False
        form = self.form
        try:
            if form:
                raw.FORM_OnAfterLoadPage(loaded, form)
            if number in self.turns:
                raw.FPDFPage_SetRotation(loaded, (raw.FPDFPage_GetRotation(loaded) + self.turns[number] // 90) % 4)
            return self._looked(loaded, page)
        except Exception:  # whatever stops the drawing, the page is then treated as full
            return False, False
        finally:
            if form:
                raw.FORM_OnBeforeClosePage(loaded, form)
            raw.FPDF_ClosePage(loaded)

    def _looked(self, loaded: Any, page: pikepdf.Page) -> tuple[bool, bool]:
        sheet = sheet_of(page)
        across, up = self.raw.FPDF_GetPageWidthF(loaded), self.raw.FPDF_GetPageHeightF(loaded)
        point = sheet.scale * across / sheet.wide
        scale = _DOTS / point
        wide, high = math.ceil(across * scale), math.ceil(up * scale)
        tall = high - math.ceil((up - ZONE[1] * point) * scale)
        if wide < 1 or tall < 1:
            return False, False
        foot = self._scan(loaded, page, sheet, scale, (wide, tall))
        if foot is None:
            foot = self._drawn(loaded, wide, high, tall)
            if foot is None:
                return True, True
        corner = foot.crop((max(0, round(wide - ZONE[0] * _DOTS)), 0, wide, tall - 2))
        left, low, right, top = (value * _DOTS for value in TITLE_ZONE)
        right = min(right, wide - ZONE[0] * _DOTS)
        title = foot.crop((round(left), round(tall - top), max(round(right), round(left) + 1), round(tall - low)))
        return _blank(corner), _blank(title)

    def _drawn(self, loaded: Any, wide: int, high: int, tall: int) -> Any:
        """The lowest ``tall`` rows of a page drawn ``wide`` by ``high``; None where all of them are white."""
        from PIL import Image

        raw = self.raw
        stride = (wide + 3) & ~3
        rows = ctypes.create_string_buffer(b"\xff" * (stride * tall), stride * tall)
        bitmap = raw.FPDFBitmap_CreateEx(wide, tall, raw.FPDFBitmap_Gray, rows, stride)
        if not bitmap:
            raise MemoryError
        try:
            place = (bitmap, loaded, 0, tall - high, wide, high, 0, self.flags)
            raw.FPDF_RenderPageBitmap(*place)
            if self.form:
                raw.FPDF_FFLDraw(self.form, *place)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
        if rows.raw.count(b"\xff") == stride * tall:
            return None
        return Image.frombuffer("L", (wide, tall), rows.raw, "raw", "L", stride, 1)

    def _scan(self, loaded: Any, page: pikepdf.Page, sheet: Sheet, scale: float, size: tuple[int, int]) -> Any:
        """The foot of a page that is nothing but one photo, from the photo itself; None for every other page."""
        raw = self.raw
        if raw.FPDFPage_CountObjects(loaded) != 1 or sheet.turn or "/Annots" in page.obj:
            return None
        drawn = raw.FPDFPage_GetObject(loaded, 0)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_IMAGE:
            return None
        matrix = raw.FS_MATRIX()
        photo = _photo(page)
        if photo is None or not raw.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix)):
            return None
        clip = raw.FPDFPageObj_GetClipPath(drawn)
        if clip and raw.FPDFClipPath_CountPaths(clip) > 0:
            return None
        if abs(matrix.b) + abs(matrix.c) > 0.01 or matrix.a <= 1 or matrix.d <= 1:
            return None
        return _lower_end(photo, matrix, sheet, scale, size)


def _photo(page: pikepdf.Page) -> Any:
    """The one plain photo among a page's resources, or None."""
    resources = page.obj.get("/Resources")
    found = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(resources, Dictionary) or not isinstance(found, Dictionary):
        return None
    if len(found) != 1 or "/ExtGState" in resources:
        return None
    photo = next(iter(dict(found.items()).values()))
    if photo.get("/Filter") != Name.DCTDecode or photo.get("/ColorSpace") not in (Name.DeviceRGB, Name.DeviceGray):
        return None
    return None if {"/SMask", "/Mask", "/Decode", "/OC"}.intersection(photo.keys()) else photo


def _lower_end(photo: Any, matrix: Any, sheet: Sheet, scale: float, size: tuple[int, int]) -> Any:
    from PIL import Image

    image = Image.open(io.BytesIO(photo.read_raw_bytes()))
    if image.format != "JPEG" or image.mode not in ("L", "RGB") or min(image.size) < _SMALLEST_SCAN:
        return None
    wide, tall = size
    # Where the whole photo lies, in dots of the foot, counted from its top left.
    left, right = ((x - sheet.box[0]) * scale for x in (matrix.e, matrix.e + matrix.a))
    low, top = (tall - (y - sheet.box[1]) * scale for y in (matrix.f, matrix.f + matrix.d))
    image.draft("L", (max(1, math.ceil(right - left)), max(1, math.ceil(low - top))))
    if image.width < right - left:
        return None
    # Only the part inside the foot is brought to its size.
    x0, y0, x1, y1 = max(0, round(left)), max(0, round(top)), min(wide, round(right)), min(tall, round(low))
    foot = Image.new("L", size, 255)
    if x1 > x0 and y1 > y0:
        across, down = image.width / (right - left), image.height / (low - top)
        part = ((x0 - left) * across, (y0 - top) * down, (x1 - left) * across, (y1 - top) * down)
        part = (max(0.0, part[0]), max(0.0, part[1]), min(image.width, part[2]), min(image.height, part[3]))
        grey = image if image.mode == "L" else image.convert("L")
        foot.paste(grey.resize((x1 - x0, y1 - y0), Image.Resampling.BOX, part), (x0, y0))
    return foot


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
