"""The number on every page: a white box at the bottom right as seen, and the paper's name at the bottom left where free.

Old content stands between ``q`` and ``Q`` of ours. Content with a ``Q`` too many can still escape that; the check after
building finds such a page, and it is made again with its content as a form XObject, which cannot leak.
"""

from bisect import bisect_right
from copy import copy
from itertools import accumulate
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from casefile.printing.bundle.geometry import MM, Box, Matrix, Sheet, inverse, moved, number, times, written
from casefile.printing.bundle.plan import Face, Stamp, encoded

BOX_HIGH, BOX_FOOT, BOX_RIGHT = 8.5 * MM, 8 * MM, 10 * MM
CLEAR = 3 * MM
BAND = 26 * MM
SHRINK = 0.89
ZONE = (49 * MM, 19.5 * MM)
"""The corner that must be free of ink: box, its distance from the edges, and 3 mm round it. Width and height."""
TITLE_ZONE = (25 * MM, 7 * MM, 140 * MM, 14 * MM)
"""Where the paper's name stands when nothing is there: left, foot, right, top."""
_WORDS, _SMALL, _LARGE = "Bundle page", 10.0, 16.0
_PAD, _GAP = 2.6 * MM, 2.2 * MM
_SHOWN = b") Tj ET\n"


def embedded(pdf: pikepdf.Pdf, face: Face) -> Any:
    """The font object of a face in a PDF."""
    file = pdf.make_stream(face.data, Length1=len(face.data))
    about = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/" + face.name), Flags=32, FontBBox=Array([-200, -300, 1300, 1100]),
            ItalicAngle=0, Ascent=round(face.ascent), Descent=round(face.descent), CapHeight=700, StemV=90, FontFile2=file,
        )
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/" + face.name), FirstChar=32, LastChar=255,
            Widths=Array([round(width) for width in face.widths]), FontDescriptor=about, Encoding=Name.WinAnsiEncoding,
        )
    )  # fmt: skip


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
    """Puts numbers on the pages of one PDF."""

    def __init__(self, pdf: pikepdf.Pdf, words: Face, figures: Face) -> None:
        self.pdf = pdf
        self.words, self.figures = words, figures
        self.fonts = {"CfStampWords": embedded(pdf, words), "CfStampFigures": embedded(pdf, figures)}
        self.opening = pdf.make_stream(b"q\n")
        self._words_wide = words.width(_WORDS, _SMALL)
        self._widths = [0.0] * 32 + list(words.widths)
        self._letters: dict[str, float] = {}
        self._forms: dict[tuple[object, ...], tuple[bytes, bytes, bytes, float, Box]] = {}

    def put(self, page: pikepdf.Page, sheet: Sheet, stamp: Stamp, *, wrap: bool = False) -> Box:
        """Stamp a page; returns the box of its number in the page's own units.

        ``wrap`` puts the old content into a form XObject, for content that leaks its graphics state.
        """
        obj = page.obj
        names, resources = self._resources(obj)
        drawing, box = self._drawing(sheet, stamp, names)
        if stamp.shrink or wrap:
            shift = smaller(sheet) if stamp.shrink else None
            form = self._form(page)
            resources = Dictionary(XObject=Dictionary(CfOld=form), Font=Dictionary(self._font_names(names)))
            head = b"q\n" + (written(shift) if shift else b"") + b"/CfOld Do\nQ\n"
            obj.Contents = self.pdf.make_stream(head + drawing)
            if shift:
                _move_links(page, shift)
        else:
            closing = self.pdf.make_stream(b"\nQ q\n" + drawing + b"Q\n")
            obj.Contents = Array([self.opening, *_streams(obj.get("/Contents")), closing])
        obj.Resources = resources
        return box

    def _form(self, page: pikepdf.Page) -> Any:
        """The page's content as a form XObject of its own. Its bytes are read now: pikepdf would read them on saving,
        when the page already holds our drawing."""
        lazy = page.as_form_xobject(False)
        about = {key: value for key, value in lazy.items() if key not in ("/Length", "/Filter", "/DecodeParms")}
        form = self.pdf.make_stream(lazy.read_bytes())
        for key, value in about.items():
            form[key] = value
        return form

    def _font_names(self, names: dict[str, str]) -> dict[str, Any]:
        return {f"/{names[name]}": font for name, font in self.fonts.items()}

    def _resources(self, obj: Any) -> tuple[dict[str, str], Any]:
        """A copy of the page's resources with our fonts under names nobody uses: pages may share a dictionary."""
        old = obj.get("/Resources")
        resources = copy(old) if isinstance(old, Dictionary) else Dictionary()
        old_fonts = resources.get("/Font")
        fonts = copy(old_fonts) if isinstance(old_fonts, Dictionary) else Dictionary()
        names = {}
        for name, font in self.fonts.items():
            free = name
            while f"/{free}" in fonts:
                free += "x"
            names[name] = free
            fonts[f"/{free}"] = font
        resources.Font = fonts
        return names, resources

    def _drawing(self, sheet: Sheet, stamp: Stamp, names: dict[str, str]) -> tuple[bytes, Box]:
        """What is drawn on a page, and the box of its number in the page's own units."""
        wide = self._figures_wide(stamp.label)
        key = (sheet, round(wide, 3), stamp.shrink, *names.values())
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
        self, sheet: Sheet, wide: float, shrink: bool, names: dict[str, str]
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
        small, large = names["CfStampWords"], names["CfStampFigures"]
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


def _move_links(page: pikepdf.Page, shift: Matrix) -> None:
    annotations = page.obj.get("/Annots")
    for annotation in annotations if isinstance(annotations, Array) else ():
        annotation.Rect = Array([round(value, 3) for value in moved(shift, [float(v) for v in annotation.Rect])])
        if "/QuadPoints" in annotation:
            del annotation["/QuadPoints"]


def _streams(contents: Any) -> list[Any]:
    if isinstance(contents, pikepdf.Stream):
        return [contents]
    if isinstance(contents, Array):
        return [entry for entry in contents if isinstance(entry, pikepdf.Stream)]
    return []
