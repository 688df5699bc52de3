"""Reads a finished bundle back with a second engine, PDFium: pages, the number on each, and where every link leads."""

import contextlib
import ctypes
import importlib
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageStat

_ALIKE = 6.0
_OURS = 4
"""How many objects a stamp draws at most: its box, two words, and the paper's name."""
_MOST_LETTERS = 256
_IN_FULL = 8
"""One sample in so many, and the first, is compared with every photo drawn: that shows what bytes cannot, such as lost colours."""
_LARGE_PHOTO = 250_000
"""Drawing a photo of fewer dots costs less than comparing it."""
_HELD = 64_000_000
"""After so many bytes of a document it is opened anew: PDFium keeps what it has read until then."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the second engine found. ``unread`` are pages (0 is the first) whose number it could not read.

    ``strange`` are sampled pages that do not look like the page of the file they came from.
    """

    pages: int
    unread: tuple[int, ...]
    outline: tuple[int, ...]
    links: tuple[tuple[int, int], ...]
    broken: tuple[int, ...]
    strange: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A page to compare by its looks: its place in the bundle, the file it came from, and its place there."""

    page: int
    path: str
    at: int
    shrunk: bool


def read_back(
    path: str, labels: Sequence[str], boxes: Sequence[Sequence[float]], link_pages: int, report: Callable[[int, int], None],
    first: int = 0, last: int | None = None,
) -> Checked:  # fmt: skip
    """Read pages ``first`` to ``last`` of the bundle at ``path`` and compare with the numbers that should stand in the boxes.

    The links of the first ``link_pages`` pages are followed: each is (page, page it leads to), -1 for nowhere.
    """
    pdfium: Any = importlib.import_module("pypdfium2")
    raw: Any = importlib.import_module("pypdfium2.raw")
    with pdfium.PdfDocument(path) as document:
        count = len(document)
        outline = tuple(_outline(document)) if first == 0 else ()
    unread: list[int] = []
    broken: list[int] = []
    links: list[tuple[int, int]] = []
    end = min(count, last if last is not None else count)
    at_once = max(1, count * _HELD // Path(path).stat().st_size)
    for start in range(first, end, at_once):
        with pdfium.PdfDocument(path) as document:
            for number in range(start, min(start + at_once, end)):
                if number % 50 == 0:
                    report(number, count)
                page = raw.FPDF_LoadPage(document, number)
                if not page:
                    broken.append(number)
                    continue
                try:
                    if number < link_pages:
                        links += [(number, target) for target in _links(raw, document, page)]
                    if number < len(boxes) and not _stands(raw, page, labels[number], boxes[number]):
                        unread.append(number)
                finally:
                    raw.FPDF_ClosePage(page)
    return Checked(count, tuple(unread), outline, tuple(links), tuple(broken))


def _stands(raw: Any, page: Any, label: str, box: Sequence[float]) -> bool:
    """Whether the number stands in its box, read as text from what PDFium made of the page.

    Reading the words of a whole page costs ten times as much as parsing it, so everything but the last drawn objects,
    which are ours, is let go first. They lie where the whole page put them, and anything that moved them still shows.
    """
    get, remove, destroy = raw.FPDFPage_GetObject, raw.FPDFPage_RemoveObject, raw.FPDFPageObj_Destroy
    for at in range(raw.FPDFPage_CountObjects(page) - _OURS - 1, -1, -1):
        drawn = get(page, at)
        if remove(page, drawn):
            destroy(drawn)
    text = raw.FPDFText_LoadPage(page)
    if not text:
        return False
    try:
        left, foot, right, top = box
        letters = (ctypes.c_ushort * _MOST_LETTERS)()
        count = raw.FPDFText_GetBoundedText(text, left, top, right, foot, letters, _MOST_LETTERS)
        words = bytes(letters)[: 2 * max(count, 0)].decode("utf-16-le", "replace").replace("\0", " ")
        return label in words.split()
    finally:
        raw.FPDFText_ClosePage(text)


def _outline(document: Any) -> list[int]:
    """Where the bookmarks lead inside the file; those that open another file are left out."""
    raw: Any = importlib.import_module("pypdfium2.raw")
    found = []
    for item in document.get_toc():
        if raw.FPDFAction_GetType(raw.FPDFBookmark_GetAction(item.raw)) == raw.PDFACTION_REMOTEGOTO:
            continue
        place = item.get_dest()
        found.append(-1 if place is None or place.get_index() is None else int(place.get_index()))
    return found


def _links(raw: Any, document: Any, page: Any) -> list[int]:
    """Where the links of a page lead inside the file; those that open another file are left out."""
    at, link = ctypes.c_int(0), raw.FPDF_LINK()
    found = []
    while raw.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(link)):
        if raw.FPDFAction_GetType(raw.FPDFLink_GetAction(link)) == raw.PDFACTION_REMOTEGOTO:
            continue
        place = raw.FPDFLink_GetDest(document, link)
        found.append(int(raw.FPDFDest_GetDestPageIndex(document, place)) if place else -1)
    return found


def strange(path: str, samples: Sequence[Sample]) -> tuple[int, ...]:
    """The sampled pages of a bundle that do not look like the page they came from; the foot is left out.

    A large photo whose bytes are those of its source needs no drawing to prove its dots, so in most samples four plain
    areas are drawn in its place on both pages: they show where it lies, which way up, and what covers it.
    """
    pdfium: Any = importlib.import_module("pypdfium2")
    areas = pdfium.PdfBitmap.from_pil(Image.frombytes("L", (2, 2), bytes((0, 90, 160, 220))))
    found = []
    # One of the two keeps its photos: a page may share one that areas were put in the place of.
    with pdfium.PdfDocument(path) as bundle, pdfium.PdfDocument(path) as untouched:
        for number, sample in enumerate(samples):
            with contextlib.suppress(pdfium.PdfiumError):
                if number % _IN_FULL and _alike_but_for_photos(bundle, sample, areas):
                    continue
                with _source(sample) as source:
                    if not _alike(untouched[sample.page], source[sample.at], sample.shrunk):
                        found.append(sample.page)
    return tuple(found)


def _source(sample: Sample) -> Any:
    pdfium: Any = importlib.import_module("pypdfium2")
    source = pdfium.PdfDocument(sample.path)
    if source.get_formtype():
        source.init_forms()
    return source


def _alike_but_for_photos(bundle: Any, sample: Sample, areas: Any) -> bool:
    """Whether a page looks like its source with plain areas for the large photos that are the same; False where it fails."""
    pdfium: Any = importlib.import_module("pypdfium2")
    try:
        with _source(sample) as source:
            pages = bundle[sample.page], source[sample.at]
            photos = [list(page.get_objects([pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=1)) for page in pages]
            for pair in zip(*photos, strict=True):
                if _same_photo(pdfium.raw, *pair):
                    for photo, page in zip(pair, pages, strict=True):
                        photo.set_bitmap(areas, [page])
            return _alike(*pages, sample.shrunk)
    except (pdfium.PdfiumError, ValueError):
        return False


def _same_photo(raw: Any, made: Any, source: Any) -> bool:
    """Whether both are one large photo: a JPEG of the same bytes and size, with nothing that makes parts of it clear."""
    pair = made, source
    size = made.get_px_size()
    return bool(
        size[0] * size[1] >= _LARGE_PHOTO
        and source.get_px_size() == size
        and all(photo.get_filters() == ["DCTDecode"] and not raw.FPDFPageObj_HasTransparency(photo) for photo in pair)
        and bytes(made.get_data()) == bytes(source.get_data())
    )


def _alike(made: Any, source: Any, shrunk: bool) -> bool:
    """Whether two pages look alike at 20 dots an inch; of a page made smaller only how much ink is on it is compared."""
    size = (made.get_width(), source.get_width())
    new, old = (
        # In colour: PDFium would turn a photo to grey dot by dot before it makes it small.
        page.render(scale=160 / max(wide, 1)).to_pil().convert("L")
        for page, wide in zip((made, source), size, strict=True)
    )
    if shrunk:
        ink = [255 - ImageStat.Stat(one).mean[0] for one in (new, old)]
        return bool(ink[0] + 2 >= ink[1] * 0.5)
    upper = (0, 0, min(new.width, old.width), int(min(new.height, old.height) * 0.88))
    difference = ImageChops.difference(new.crop(upper), old.crop(upper))
    return bool(ImageStat.Stat(difference).mean[0] < _ALIKE)


_MARK = re.compile(r"(?:\bpage\s(\d{1,4})\sof\s)?\b(E\d{1,4})\b(?:,\s?page\s([A-Z]*\d+)\b)?")


def marks_on(path: str) -> list[tuple[int, str, tuple[float, float, float, float], str]]:
    """Every exhibit mark such as "(E4)" on the pages of a letter: page, number, its box in the page's own units, and the
    page it names or nothing: "32" of "(E4, page 32)", "9" of "(page 9 of E4)". The box takes these words in where they
    stand on the same line.
    """
    pdfium: Any = importlib.import_module("pypdfium2")
    found = []
    with pdfium.PdfDocument(path) as document:
        for number in range(len(document)):
            text = document[number].get_textpage()
            words = text.get_text_range()
            for match in _MARK.finditer(words):
                first = text.get_charbox(match.start(2))
                boxes = [text.get_charbox(index) for index in range(*match.span())]
                boxes = [box for box in boxes if box[1] < first[3] and box[3] > first[1]]
                box = (
                    min(b[0] for b in boxes) - 1, min(b[1] for b in boxes) - 2,
                    max(b[2] for b in boxes) + 1, max(b[3] for b in boxes) + 2,
                )  # fmt: skip
                found.append((number, match[2], box, match[1] or match[3] or ""))
    return found


def _seen(source: str | bytes, page: int, width: int) -> Any:
    pdfium: Any = importlib.import_module("pypdfium2")
    with pdfium.PdfDocument(source) as document:
        shown = document[page]
        wide, high = shown.get_size()
        scale = min(width / max(wide, 1), 4000 / max(wide, 1), 4000 / max(high, 1))
        return shown.render(scale=scale).to_pil().convert("RGB")


def picture(source: str | bytes, page: int, width: int) -> bytes:
    """A page of a bundle (0 is the first) as PNG, ``width`` pixels wide, at most 4,000 either way."""
    target = io.BytesIO()
    _seen(source, page, width).save(target, "PNG")
    return target.getvalue()


def drawn(source: str | bytes, page: int, width: int) -> tuple[int, int, bytes]:
    """The same page as its width and height in pixels, and its dots: red, green and blue, a byte each."""
    made = _seen(source, page, width)
    return made.width, made.height, made.tobytes()
