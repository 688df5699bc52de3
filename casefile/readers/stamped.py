"""Pages of a PDF that are a picture with a few typed words over it: a watermark, a line of the scanner's, a number for the page."""

import ctypes
import importlib
from collections.abc import Callable, Iterator
from typing import Any

from casefile.domain.scans import FULL, ScanWord

_FEW = 30
"""So many different words typed on a page are no letter yet. Stamps, watermarks and lines of scanners and fax machines have
1 to 20, however often they are repeated; a short letter has 50, and so has a thin page in the words some scanners put under
their pictures."""
_MOST = 0.5
_GRID = 50
_DEEP = 8
"""So many drawings inside one another are looked into."""
_LARGER = 3.0
"""A typed word whose box is so much larger than that of a word in the picture lies across it and is not the same."""
Matrix = tuple[float, float, float, float, float, float]
_STRAIGHT: Matrix = (1, 0, 0, 1, 0, 0)


def stamped(page: Any, text: str) -> bool:
    """Whether a page of PDFium's with this typed text is a picture, for its better half, with few typed words.

    So is one whose letters tell no words at all: in old files each of them is a little picture.
    """
    words = {word for word in text.lower().split() if _says(word)}
    return not words or (len(words) <= _FEW and _pictured(page) >= _MOST)


def without_typed(page: Any) -> bool:
    """Leave out of the page all typed words that can be searched, so that its picture alone is drawn; whether there were some.

    Letters of a font that tells no words stay: they can only be read as a picture.
    """
    raw: Any = importlib.import_module("pypdfium2.raw")
    words = page.get_textpage()
    found = False
    for one, _ in _parts(raw, page):
        if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_TEXT and _says(_words_of(raw, one, words.raw)):
            raw.FPDFPageObj_SetIsActive(one, False)
            found = True
    return found


def is_typed(word: ScanWord, typed: list[tuple[str, int, int, int, int]]) -> bool:
    """Whether a word read from the picture is one of the typed ones, each with its box in parts of the page (``FULL``).

    A scanner may have put words under its picture: these stand where the picture shows them. One that was read otherwise
    there is another word: the parent may look for it, or hide it, as it was read here.
    """
    said = _bare(word.text)
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    size = max(1, (word.right - word.left) * (word.bottom - word.top))
    return any(
        _bare(text) == said and left <= across <= right and top <= down <= bottom and (right - left) * (bottom - top) < _LARGER * size
        for text, left, top, right, bottom in typed
    )


def in_parts(words: list[list[Any]], width: int, height: int) -> list[tuple[str, int, int, int, int]]:
    """Words with their boxes in pixels of a page so large, as words with their boxes in parts of it (``FULL``)."""
    across, down = FULL / max(1, width), FULL / max(1, height)
    return [(text, round(a * across), round(b * down), round(c * across), round(d * down)) for text, a, b, c, d in words]


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _words_of(raw: Any, one: Any, words: Any) -> str:
    size = raw.FPDFTextObj_GetText(one, words, None, 0)
    letters = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFTextObj_GetText(one, words, letters, size)
    return bytes(letters).decode("utf-16-le", "replace").replace("\0", "").replace("\ufffe", "")


def _pictured(page: Any) -> float:
    """How much of a page is covered by pictures, in whole or in strips, as a share."""
    raw: Any = importlib.import_module("pypdfium2.raw")
    left, foot, right, top = page.get_cropbox()
    wide, high = max(1.0, right - left) / _GRID, max(1.0, top - foot) / _GRID
    covered: set[tuple[int, int]] = set()
    for one, (a, b, c, d, e, f) in _parts(raw, page):
        if raw.FPDFPageObj_GetType(one) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        across, up = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        columns = range(max(0, round((min(across) - left) / wide)), min(_GRID, round((max(across) - left) / wide)))
        rows = range(max(0, round((min(up) - foot) / high)), min(_GRID, round((max(up) - foot) / high)))
        covered |= {(column, row) for column in columns for row in rows}
    return len(covered) / _GRID**2


def _parts(raw: Any, page: Any) -> Iterator[tuple[Any, Matrix]]:
    """All that is drawn on a page, in drawings inside it too, each with how it is placed on the page."""
    own = page.raw
    return _within(raw, raw.FPDFPage_CountObjects(own), lambda at: raw.FPDFPage_GetObject(own, at), _STRAIGHT, _DEEP)


def _within(raw: Any, count: int, get: Callable[[int], Any], under: Matrix, deep: int) -> Iterator[tuple[Any, Matrix]]:
    for at in range(count):
        one = get(at)
        told = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(one, told)
        placed = _placed((told.a, told.b, told.c, told.d, told.e, told.f), under)
        yield one, placed
        if deep and raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_FORM:
            yield from _within(raw, raw.FPDFFormObj_CountObjects(one), lambda inner, one=one: raw.FPDFFormObj_GetObject(one, inner), placed, deep - 1)  # type: ignore[misc]


def _placed(own: Matrix, under: Matrix) -> Matrix:
    a, b, c, d, e, f = own
    g, h, i, j, k, m = under
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
