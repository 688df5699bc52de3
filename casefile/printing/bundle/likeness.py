"""The words and the looks of the pages of a PDF that somebody else made. Runs in the limited child."""

import importlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from casefile.domain.likeness import ASIDE, HIGH, WIDE, Sight
from casefile.printing.bundle.source import Refused

_DRAWN = 400
_INK, _FAINT, _LEAST = 70, 30, 6
_SIZES = (1.0, 0.86, 0.89, 0.92, 0.95, 0.975, 1.025)
"""The sizes at which a page may come back: as it was, made smaller by a scanner or to make room for a number."""


def _opened(path: str) -> Any:
    pypdfium2: Any = importlib.import_module("pypdfium2")
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise Refused("it is locked with a password. Ask the sender for a copy without one") from None
        raise Refused("it is damaged or is not really a PDF") from None


def words_of(path: str, report: Callable[[int, int], None]) -> list[str]:
    """The words of every page. Raises ``Refused`` for a file that is no PDF or is locked."""
    with _opened(path) as document:
        total, made = len(document), []
        for at in range(total):
            if at % 10 == 0:
                report(at, total)
            try:
                page = document[at]
                text_page = page.get_textpage()
                made.append(text_page.get_text_range())
                text_page.close()
                page.close()
            except Exception:  # one bad page must not cost the others
                made.append("")
        return made


def sights(path: str, pages: Sequence[int], report: Callable[[int, int], None]) -> list[Sight]:
    """How some pages look (0 is the first); a page that cannot be drawn looks blank. Raises ``Refused``."""
    made = []
    with _opened(path) as document:
        for step, at in enumerate(pages):
            if step % 5 == 0:
                report(step, len(pages))
            try:
                page = document[at]
                scale = _DRAWN / max(page.get_width(), 1)
                picture = page.render(scale=min(scale, 1000 / max(page.get_height(), 1)), grayscale=True).to_pil()
                page.close()
            except Exception:  # one bad page must not cost the others
                made.append(Sight((0,)))
                continue
            made.append(sight_of(picture))
    return made


def sight_of(picture: Any) -> Sight:
    """How a drawn page looks: straightened, without frames and rules, and without the corner where numbers are stamped."""
    ink = _straight(_ink(picture.convert("L")))
    _without_rules(ink)
    ink.paste(0, (int(ink.width * 0.6), int(ink.height * 0.9), ink.width, ink.height))
    return Sight(tuple(_grid(ink, size) for size in _SIZES))


def _ink(grey: Any) -> Any:
    """The ink of a page, white on black, whatever the shade of its paper."""
    from PIL import ImageChops

    counts = grey.histogram()
    paper = max(range(128, 256), key=lambda shade: counts[shade])
    bright = grey.point([min(255, round(shade * 255 / paper)) for shade in range(256)])
    return ImageChops.invert(bright).point([0 if shade <= _FAINT else shade for shade in range(256)])


def _straight(ink: Any) -> Any:
    """The page turned back by the few degrees at which it lay in the scanner: where its lines stand out most."""
    from PIL import Image

    small = ink.resize((220, max(1, round(220 * ink.height / ink.width))), Image.Resampling.BOX)

    def sharp(degrees: float) -> int:
        rows = small.rotate(degrees, resample=Image.Resampling.BILINEAR).resize((1, small.height), Image.Resampling.BOX)
        shades = rows.tobytes()
        return sum((after - before) ** 2 for before, after in pairwise(shades))

    best = max((quarter / 4 for quarter in range(-8, 9)), key=lambda degrees: (sharp(degrees), -abs(degrees)))
    return ink.rotate(best, resample=Image.Resampling.BILINEAR) if best else ink


def _without_rules(ink: Any) -> None:
    from PIL import Image

    wide, high = ink.size
    dark = ink.point([255 if shade > _INK else 0 for shade in range(256)])
    for at, shade in enumerate(dark.resize((wide, 1), Image.Resampling.BOX).tobytes()):
        if shade > 128:
            ink.paste(0, (max(0, at - 1), 0, min(wide, at + 2), high))
    for at, shade in enumerate(dark.resize((1, high), Image.Resampling.BOX).tobytes()):
        if shade > 153:
            ink.paste(0, (0, max(0, at - 1), wide, min(high, at + 2)))


def _grid(ink: Any, size: float) -> int:
    """The dark cells of a page drawn at another size about its middle, as bits."""
    from PIL import Image

    if size != 1:
        small = ink.resize((max(1, int(ink.width * size)), max(1, int(ink.height * size))), Image.Resampling.BOX)
        ink = Image.new("L", ink.size, 0)
        ink.paste(small, ((ink.width - small.width) // 2, (ink.height - small.height) // 2))
    cells = ink.resize((WIDE, HIGH), Image.Resampling.BOX).tobytes()
    inked = [cell for cell in cells if cell > _LEAST]
    if not inked:
        return 0
    dark = max(_LEAST, 0.45 * sum(inked) / len(inked))
    bits = 0
    for down in range(HIGH):
        row = sum(1 << across for across in range(WIDE) if cells[down * WIDE + across] > dark)
        bits |= row << (down * (WIDE + ASIDE))
    return bits
