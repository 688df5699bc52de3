"""The letters of a page and where each stands in its picture, and which words are truly seen. Runs in the limited child."""

import ctypes
import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import ImageChops

PixelBox = tuple[int, int, int, int]
_MOST = 60_000
_UNSEEN_MODES = {3, 7}
_OTHER_LINE = 0.5
_SMALLEST, _SEEN = 6, 40
"""Words lower than so many dots, or that change no dot by so much, are not seen."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The text of a page and, for each of its letters, the box in dots; ``drawn`` tells which letters are drawn at all."""

    text: str
    boxes: tuple[tuple[float, float, float, float] | None, ...]
    drawn: tuple[bool, ...]

    def lines(self, start: int, end: int, margin: float, size: tuple[int, int]) -> list[PixelBox]:
        """The boxes over letters ``start`` to before ``end``, one a line, larger by ``margin`` of their height; only
        those that lie on the picture."""
        runs: list[list[float]] = []
        loose = margin
        for at in range(start, end):
            box = self.boxes[at]
            if box is None:
                continue
            if not self.drawn[at]:
                # Words laid over a scan stand near what the scan shows, and not always on it.
                loose = margin * 3
            if runs and _same_line(runs[-1], box):
                runs[-1] = [*map(min, runs[-1][:2], box[:2]), *map(max, runs[-1][2:], box[2:])]
            else:
                runs.append(list(box))
        made = []
        for left, top, right, bottom in runs:
            more = (bottom - top) * loose + 1
            sides = _inside((left - more, top - more, right + more, bottom + more), size)
            if sides is not None:
                made.append(sides)
        return made

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """Letters ``start`` to before ``end`` and the rest of the words they are part of."""
        while start > 0 and not self.text[start - 1].isspace():
            start -= 1
        while end < len(self.text) and not self.text[end].isspace():
            end += 1
        return start, end

    def words(self, boxes: Sequence[PixelBox], *, undrawn: bool = False) -> list[tuple[str, PixelBox]]:
        """The words that touch none of ``boxes``, drawn in letters that are drawn (or ``undrawn``), each with its box."""
        made: list[tuple[str, PixelBox]] = []
        word, sides, sound = "", [1e9, 1e9, -1e9, -1e9], True
        for letter, box, drawn in (*zip(self.text, self.boxes, self.drawn, strict=True), (" ", None, True)):
            if letter.isspace() or letter in "\0\x02\ufffe":
                if word and sound and sides[2] > sides[0] and not any(_touch(sides, box_) for box_ in boxes):
                    made.append((word, (int(sides[0]), int(sides[1]), round(sides[2]) + 1, round(sides[3]) + 1)))
                word, sides, sound = "", [1e9, 1e9, -1e9, -1e9], True
                continue
            word += letter
            sound = sound and (drawn or undrawn) and box is not None and letter.encode("cp1252", "ignore") != b""
            if box is not None:
                sides = [*map(min, sides[:2], box[:2]), *map(max, sides[2:], box[2:])]
        return made


def _same_line(run: Sequence[float], box: Sequence[float]) -> bool:
    overlap = min(run[3], box[3]) - max(run[1], box[1])
    low = min(run[3] - run[1], box[3] - box[1])
    return overlap > _OTHER_LINE * low and box[0] > run[0] - (box[3] - box[1])


def _touch(sides: Sequence[float], box: Sequence[float]) -> bool:
    return sides[0] < box[2] and box[0] < sides[2] and sides[1] < box[3] and box[1] < sides[3]


def _inside(sides: Sequence[float], size: tuple[int, int]) -> PixelBox | None:
    left, top = max(0, int(sides[0])), max(0, int(sides[1]))
    right, bottom = min(size[0], int(sides[2]) + 1), min(size[1], int(sides[3]) + 1)
    return (left, top, right, bottom) if right > left and bottom > top else None


def letters_on(page: Any, size: tuple[int, int]) -> Letters:
    """Every letter of a page with its box in a picture of ``size``."""
    raw: Any = importlib.import_module("pypdfium2.raw")
    text_page = page.get_textpage()
    text: list[str] = []
    boxes: list[tuple[float, float, float, float] | None] = []
    drawn: list[bool] = []
    modes: dict[int, bool] = {}
    across, down = ctypes.c_int(), ctypes.c_int()
    fine = 16
    for index in range(min(text_page.count_chars(), _MOST)):
        text.append(chr(raw.FPDFText_GetUnicode(text_page, index)))
        sides = text_page.get_charbox(index, loose=True)
        corners = []
        for x, y in ((sides[0], sides[3]), (sides[2], sides[1])):
            raw.FPDF_PageToDevice(
                page, 0, 0, size[0] * fine, size[1] * fine, 0, x, y, ctypes.byref(across), ctypes.byref(down)
            )
            corners.append((across.value / fine, down.value / fine))
        (x0, y0), (x1, y1) = corners
        box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        boxes.append(box if box[2] > box[0] or box[3] > box[1] else None)
        drawn.append(_is_drawn(raw, text_page, index, modes))
    text_page.close()
    return Letters("".join(text), tuple(boxes), tuple(drawn))


def _is_drawn(raw: Any, text_page: Any, index: int, known: dict[int, bool]) -> bool:
    shown = raw.FPDFText_GetTextObject(text_page, index)
    if not shown:
        return True  # a space PDFium put in by itself
    key = ctypes.cast(shown, ctypes.c_void_p).value or 0
    if key not in known:
        known[key] = raw.FPDFTextObj_GetTextRenderMode(shown) not in _UNSEEN_MODES
    return known[key]


def visible(
    document: Any, at: int, scale: float, image: Any, words: Sequence[tuple[str, PixelBox]]
) -> list[tuple[str, PixelBox]]:
    """The words that change the picture of page ``at`` when it is drawn without its letters."""
    if not words:
        return []
    raw: Any = importlib.import_module("pypdfium2.raw")
    page = document[at]
    for place in range(raw.FPDFPage_CountObjects(page) - 1, -1, -1):
        drawn = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFPage_RemoveObject(page, drawn):
            raw.FPDFPageObj_Destroy(drawn)
    bare = page.render(scale=scale).to_pil().convert("RGB")
    changed = ImageChops.difference(image, bare).convert("L")
    made = []
    for word, sides in words:
        inside = _inside(sides, image.size)
        if inside is None or inside[3] - inside[1] < _SMALLEST:
            continue
        if max(changed.crop(inside).tobytes()) > _SEEN:
            made.append((word, inside))
    return made
