"""The number on every page: a white box at the bottom right as seen, and the paper's name at the bottom left where free.

Old content stands between ``q`` and ``Q`` of ours. Content with a ``Q`` too many can still escape that; the check after
building finds such a page, and it is made again with its content as a form XObject, which cannot leak.
"""

from bisect import bisect_right
from itertools import accumulate

from casefile.printing.bundle.geometry import MM, Box, Matrix, Sheet, inverse, moved, number, times, written
from casefile.printing.bundle.plan import Face, Stamp, encoded
from casefile.printing.bundle.sheaf import Leaf

BOX_HIGH, BOX_FOOT, BOX_RIGHT = 8.5 * MM, 8 * MM, 10 * MM
BAND = 26 * MM
SHRINK = 0.89
ZONE = (49 * MM, 19.5 * MM)
"""The corner that must be free of ink: box, its distance from the edges, and 3 mm round it. Width and height."""
TITLE_ZONE = (25 * MM, 7 * MM, 140 * MM, 14 * MM)
"""Where the paper's name stands when nothing is there: left, foot, right, top."""
_WORDS, _SMALL, _LARGE = "Bundle page", 10.0, 16.0
_PAD, _GAP = 2.6 * MM, 2.2 * MM
_SHOWN = b") Tj ET\n"


def _stamp_box(sheet: Sheet, words: float, figures: float) -> Box:
    wide = 2 * _PAD + _GAP + words + figures
    right, scale = sheet.wide - BOX_RIGHT * sheet.scale, sheet.scale
    return (right - wide * scale, BOX_FOOT * scale, right, (BOX_FOOT + BOX_HIGH) * scale)


def _text(font: str, size: float, x: float, y: float) -> bytes:
    """What stands before words that are shown: their font and place."""
    return f"BT 0 Tr 0 Tc 0 Tw 100 Tz 0 Ts /{font} {number(size)} Tf 1 0 0 1 {number(x)} {number(y)} Tm (".encode()


def _escaped(words: str) -> bytes:
    return encoded(words).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


class Stamper:
    """Draws the numbers of one bundle. ``words`` and ``figures`` are the faces they are set in."""

    def __init__(self, words: Face, figures: Face) -> None:
        self.words, self.figures = words, figures
        self._words_wide = words.width(_WORDS, _SMALL)
        self._widths = [0.0] * 32 + list(words.widths)
        self._letters: dict[str, float] = {}
        self._forms: dict[tuple[object, ...], tuple[bytes, bytes, bytes, float, Box]] = {}

    def put(self, leaf: Leaf, stamp: Stamp) -> tuple[bytes, Box]:
        """What is drawn last on a page, and the box of its number in the page's own units.

        Old content that became a form is drawn here too, smaller where that makes room. Raises ``ValueError`` for a page that is to
        be made smaller and is no form.
        """
        drawing, box = self._drawing(leaf.sheet, stamp, leaf.names)
        if leaf.form:
            shift = written(smaller(leaf.sheet)) if stamp.shrink else b""
            return b"q\n" + shift + b"/CfOld Do\nQ\n" + drawing, box
        if stamp.shrink:
            raise ValueError("a page is to be made smaller, but is no form")
        # A line that damaged content has begun and not drawn would be drawn and filled with our box, over the whole page.
        return b"\nn Q q\n" + drawing + b"Q\n", box

    def _drawing(self, sheet: Sheet, stamp: Stamp, names: tuple[str, str]) -> tuple[bytes, Box]:
        """What is drawn on a page, and the box of its number in the page's own units."""
        wide = self._figures_wide(stamp.label)
        key = (sheet, round(wide, 3), stamp.shrink, *names)
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = self._new_form(sheet, wide, stamp.shrink, names)
        head, figures, name, room, box = form
        parts = [head, figures, _escaped(stamp.label), _SHOWN]
        if stamp.title:
            parts += [name, _escaped(self._fitted(stamp.title, room)), _SHOWN]
        parts.append(b"Q\n")
        return b"".join(parts), box

    def _figures_wide(self, label: str) -> float:
        for letter in label:
            if letter not in self._letters:
                self._letters[letter] = self.figures.width(letter, _LARGE)
        return sum(self._letters[letter] for letter in label)

    def _new_form(
        self, sheet: Sheet, wide: float, shrink: bool, names: tuple[str, str]
    ) -> tuple[bytes, bytes, bytes, float, Box]:
        """All that pages of one shape with a number of one width have in common."""
        s = sheet.scale
        left, foot, right, top = _stamp_box(sheet, self._words_wide, wide)
        parts = [b"q\n", written(sheet.matrix), b"/DeviceGray cs /DeviceGray CS [] 0 d\n"]
        if shrink:
            parts.append(self._frame(sheet))
        box = " ".join(number(v) for v in (left, foot, right - left, top - foot))
        parts.append(f"1 g 0 G {number(s)} w {box} re B 0 g\n".encode())
        base = foot + 2.75 * MM * s
        small, large = names
        parts += [_text(small, _SMALL * s, left + _PAD * s, base), _escaped(_WORDS), _SHOWN]
        figures = _text(large, _LARGE * s, right - _PAD * s - wide * s, base - 0.4 * s)
        name = _text(small, _SMALL * s, 25 * MM * s, base)
        return b"".join(parts), figures, name, left / s - 25 * MM - 6, moved(sheet.matrix, (left, foot, right, top))

    def _fitted(self, words: str, wide: float) -> str:
        """As much of some words as fits, in points; cut words end in dots."""
        room = wide * 1000 / _SMALL
        ends = list(accumulate(map(self._widths.__getitem__, encoded(words))))
        if not ends or ends[-1] <= room:
            return words
        count = bisect_right(ends, room - self._widths[encoded("…")[0]])
        return f"{words[:count].rstrip()}…" if count else ""

    @staticmethod
    def _frame(sheet: Sheet) -> bytes:
        shift = times(times(sheet.matrix, smaller(sheet)), inverse(sheet.matrix))
        x0, y0, x1, y1 = moved(shift, (0, 0, sheet.wide, sheet.high))
        box = " ".join(number(v) for v in (x0, y0, x1 - x0, y1 - y0))
        return f"0 G {number(0.75 * sheet.scale)} w {box} re S\n".encode()


def smaller(sheet: Sheet) -> Matrix:
    """The matrix, in the page's own units, that shrinks a page to leave a band for its number at the foot as seen."""
    band = BAND * sheet.scale
    factor = min(SHRINK, (sheet.high - band) / sheet.high * 0.985)
    aside = (sheet.wide - sheet.wide * factor) / 2
    above = band + (sheet.high - band - sheet.high * factor) / 2
    return times(times(inverse(sheet.matrix), (factor, 0, 0, factor, aside, above)), sheet.matrix)
