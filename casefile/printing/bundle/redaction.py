"""Pages on which something is hidden become pictures: black is put into the dots themselves, and nothing else is kept.

Runs in the limited child. A paper is opened as a bundle would open it, so what its form, its comments and its layers show
is on the picture. Words can still be searched where that is safe: only words that are drawn on the page, that stand
outside every box, and that change the picture when the page is drawn without its letters.
"""

import importlib
import io
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from casefile.domain.redaction import Finder, HiddenArea, HiddenWords, outermost, said_under
from casefile.printing.bundle.choice import turn
from casefile.printing.bundle.font import embedded
from casefile.printing.bundle.geometry import Sheet, number, sheet_of, written
from casefile.printing.bundle.leaks import leaks_in
from casefile.printing.bundle.page_words import Letters, letters_on, visible
from casefile.printing.bundle.plan import Face, encoded
from casefile.printing.bundle.scanned import taken
from casefile.printing.bundle.source import Opened, cleaned
from casefile.printing.bundle.stamp import smaller

DOTS = 200
"""Dots an inch of a covered page."""
_MOST_DOTS = 9000
_MARGIN = 0.12
"""How much a box is larger than the letters under it, as a share of their height."""
_LARGE = 1_500_000
_MM = 72 / 25.4

PixelBox = tuple[int, int, int, int]


@dataclass
class Found:
    """What is to be hidden on one page (1 is the first of the paper): how often each words are seen, its areas, and
    whether words stand where nobody sees them."""

    page: int
    times: dict[int, int] = field(default_factory=dict)
    areas: list[HiddenArea] = field(default_factory=list)
    unseen: bool = False


def found_in(source: Mapping[str, Any], hidden: Sequence[HiddenWords]) -> list[Found]:
    """Where hidden words stand in the paper of ``source``, page by page; pages without any are left out."""
    finder = Finder(hidden)
    made = taken(source)
    found = []
    with _document(made) as document:
        for at in range(len(document)):
            text = document[at].get_textpage().get_text_range()
            times = _counted(finder, text)
            if times:
                found.append(Found(at + 1, times))
    return found


def _counted(finder: Finder, text: str) -> dict[int, int]:
    times: dict[int, int] = {}
    for place in outermost(finder.places(text)):
        times[place.which] = times.get(place.which, 0) + 1
    return times


def _document(made: Opened) -> Any:
    pypdfium2: Any = importlib.import_module("pypdfium2")
    whole = io.BytesIO()
    made.pdf.save(whole, static_id=True)
    return pypdfium2.PdfDocument(whole.getvalue())


def hidden_pages(
    source: Mapping[str, Any], hidden: Sequence[HiddenWords], areas: Sequence[HiddenArea], faces: tuple[Face, Face],
    report: Callable[[int, int], None],
) -> tuple[bytes, list[Found]]:  # fmt: skip
    """The chosen pages of a paper with everything hidden, as PDF, and what was found; no bytes where nothing was.

    ``source`` names its ``path``, ``mode``, ``picks`` and ``turns``, and the words of its ``scanned`` pages. Where words are found behind the pages that stay as
    they are, in data that nobody sees, every page of the paper becomes a picture.
    """
    finder = Finder(hidden)
    for whole in (False, True):
        made = taken(source)
        picks = list(source["picks"]) or list(range(made.pages))
        with _document(made) as document:
            out, found = _rebuilt(made, document, picks, dict(source["turns"]), (finder, areas, whole), faces, report)
        left = leaks_in(out, finder)
        if not found and not left:
            return b"", []
        if not left:
            break
    target = io.BytesIO()
    out.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue(), found


def _rebuilt(
    made: Opened, document: Any, picks: Sequence[int], turns: Mapping[int, int],
    wanted: tuple[Finder, Sequence[HiddenArea], bool], faces: tuple[Face, Face], report: Callable[[int, int], None],
) -> tuple[pikepdf.Pdf, list[Found]]:  # fmt: skip
    finder, areas, whole = wanted
    out = pikepdf.new()
    drawer = _Drawer(out, faces, finder.hidden)
    found = []
    turn(made.pdf, turns)
    for step, at in enumerate(picks):
        report(step, len(picks))
        mine = [area for area in areas if area.page == at + 1]
        text = "" if mine else document[at].get_textpage().get_text_range()
        if not whole and not mine and not finder.places(text):
            out.pages.append(made.pdf.pages[at])
            continue
        covered = Covered(document, at, finder, mine, turns.get(at, 0), sheet_of(made.pdf.pages[at]), read=at in made.read)
        drawer.page(covered)
        found.append(covered.found)
    cleaned(out)
    return out, found


@dataclass(frozen=True, slots=True)
class Box:
    """A black box in dots of the picture, and the letter that stands on it."""

    sides: PixelBox
    letter: str


class Covered:
    """One page as a picture with its boxes blackened. ``words`` are those that may still be searched, with their boxes.

    ``read`` says that its words were read from its picture: what is hidden is then covered by whole words.
    """

    def __init__(
        self, document: Any, at: int, finder: Finder, areas: Sequence[HiddenArea], degrees: int, sheet: Sheet, *, read: bool = False
    ) -> None:  # fmt: skip
        raw: Any = importlib.import_module("pypdfium2.raw")
        self.sheet = sheet
        self.found = Found(at + 1, areas=list(areas))
        page = document[at]
        if degrees:
            raw.FPDFPage_SetRotation(page.raw, (raw.FPDFPage_GetRotation(page.raw) + degrees // 90) % 4)
        wide = page.get_width()
        seen = sheet.wide * sheet.unit / 72 * DOTS
        scale = min(seen, _MOST_DOTS, _MOST_DOTS * sheet.wide / sheet.high) / wide
        self.image = page.render(scale=scale).to_pil().convert("RGB")
        letters = letters_on(page, self.image.size)
        self.boxes = [*self._over(letters, finder, whole=read), *self._parts(areas, degrees)]
        words = letters.words([box.sides for box in self.boxes], undrawn=read)
        # Drawn once more without its letters: words that change nothing are not seen, and are not told.
        self.words = words if read else visible(document, at, scale, self.image, words)
        self._blacken()

    def _over(self, letters: Letters, finder: Finder, *, whole: bool) -> list[Box]:
        boxes = []
        for place in outermost(finder.places(letters.text)):
            start, end = letters.whole(place.start, place.end) if whole else (place.start, place.end)
            lines = letters.lines(start, end, _MARGIN, self.image.size)
            if lines:
                self.found.times[place.which] = self.found.times.get(place.which, 0) + 1
                boxes += [Box(sides, finder.hidden[place.which].letter) for sides in lines]
            else:
                self.found.unseen = True
        return boxes

    def _parts(self, areas: Sequence[HiddenArea], degrees: int) -> list[Box]:
        wide, high = self.image.size
        boxes = []
        for area in areas:
            left, top, right, bottom = turned(area, degrees)
            sides = (int(left * wide), int(top * high), -int(-right * wide), -int(-bottom * high))
            boxes.append(Box(sides, area.letter))
        return boxes

    def _blacken(self) -> None:
        for box in self.boxes:
            self.image.paste((0, 0, 0), box.sides)

    def encoded(self) -> tuple[bytes, Any]:
        """The picture's bytes and what PDF must know of them: without loss, unless that would be very large."""
        grey = self.image.convert("L")
        plain = self.image if self.image.tobytes() != grey.convert("RGB").tobytes() else grey
        data, about = zlib.compress(plain.tobytes(), 6), {"/Filter": Name.FlateDecode}
        if len(data) > _LARGE:
            target = io.BytesIO()
            plain.save(target, "JPEG", quality=88, subsampling=0)
            data, about = target.getvalue(), {"/Filter": Name.DCTDecode}
        space = Name.DeviceGray if plain.mode == "L" else Name.DeviceRGB
        wide, high = plain.size
        return data, Dictionary(
            {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": wide, "/Height": high, "/ColorSpace": space,
             "/BitsPerComponent": 8, **about}
        )  # fmt: skip


def turned(area: HiddenArea, degrees: int) -> tuple[float, float, float, float]:
    """The sides of an area once its page is turned clockwise by so many degrees."""
    left, top, right, bottom = area.left, area.top, area.right, area.bottom
    for _ in range(degrees // 90):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return left, top, right, bottom


class _Drawer:
    """Puts covered pages into a PDF: the picture made a little smaller, and under it what was covered."""

    def __init__(self, out: pikepdf.Pdf, faces: tuple[Face, Face], hidden: Sequence[HiddenWords]) -> None:
        self.out, self.hidden = out, hidden
        self.words, self.figures = faces
        self._fonts: Any = None

    def page(self, covered: Covered) -> None:
        """Add one page."""
        if self._fonts is None:
            self._fonts = Dictionary(
                CfWords=embedded(self.out, self.words), CfFigures=embedded(self.out, self.figures),
                CfSearch=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding),
            )  # fmt: skip
        old = covered.sheet
        size = (0.0, 0.0, old.wide, old.high)
        sheet = Sheet(size, 0, old.unit, old.wide, old.high, (1, 0, 0, 1, 0, 0), old.scale)
        data, about = covered.encoded()
        image = self.out.make_stream(data)
        for key, value in about.items():
            image[key] = value
        self.out.add_blank_page(page_size=(max(3.0, old.wide), max(3.0, old.high)))
        made = self.out.pages[-1].obj
        made.MediaBox = Array([0, 0, round(old.wide, 3), round(old.high, 3)])
        if old.unit != 1:
            made.UserUnit = old.unit
        made.Resources = Dictionary(Font=self._fonts, XObject=Dictionary(CfCovered=image))
        made.Contents = self.out.make_stream(self._drawing(covered, sheet))

    def _drawing(self, covered: Covered, sheet: Sheet) -> bytes:
        shift = smaller(sheet)
        wide, high = number(sheet.wide), number(sheet.high)
        dots = sheet.wide / covered.image.width
        parts = [b"q\n", written(shift), f"q {wide} 0 0 {high} 0 0 cm /CfCovered Do Q\n".encode()]
        parts += [self._search(word, sides, sheet, dots) for word, sides in covered.words]
        parts += [self._on_box(box, sheet, dots) for box in covered.boxes]
        parts.append(f"0 G {number(0.75 * sheet.scale)} w 0 0 {wide} {high} re S\nQ\n".encode())
        parts += self._caption(covered, sheet)
        return b"".join(parts)

    def _search(self, word: str, sides: PixelBox, sheet: Sheet, dots: float) -> bytes:
        """A word that can be searched and is not drawn: the picture shows it."""
        left, top, right, bottom = sides
        size = max(1.0, (bottom - top) * dots * 0.8)
        across = max(1.0, (right - left) * dots / (len(word) * 0.5 * size) * 100)
        x, y = left * dots, sheet.high - bottom * dots + size * 0.2
        return _shown("CfSearch", size, x, y, f"{word} ", f"3 Tr {number(across)} Tz")

    def _on_box(self, box: Box, sheet: Sheet, dots: float) -> bytes:
        left, top, right, bottom = (side * dots for side in box.sides)
        size = min(11 * sheet.scale, (bottom - top) * 0.75)
        wide = self.figures.width(box.letter, size)
        if not box.letter or size < 3 * sheet.scale or wide > right - left:
            return b""
        x, y = (left + right - wide) / 2, sheet.high - (top + bottom) / 2 - size * 0.36
        return b"1 g\n" + _shown("CfFigures", size, x, y, box.letter, "0 Tr") + b"0 g\n"

    def _caption(self, covered: Covered, sheet: Sheet) -> list[bytes]:
        """What was covered, in one or two lines above the place of the paper's name."""
        s = sheet.scale
        size, left = 9.5 * s, 25 * _MM * s
        room = sheet.wide - left - 12 * _MM * s
        said = said_under(self._counts(covered))
        head = "Covered on this page." if said else "A picture of the page,"
        rest = (
            f"{said} Nothing is left under the boxes." if said else "so that no word hidden in the file goes with it."
        )
        lines = _lines(self.figures, self.words, head, rest, size, room)
        parts = [b"0 g\n"]
        for at, line in enumerate(lines):
            y = (21.4 - 4.2 * at) * _MM * s
            if at == 0:
                parts.append(_shown("CfFigures", size, left, y, head, "0 Tr"))
                parts.append(_shown("CfWords", size, left + self.figures.width(head, size), y, line, "0 Tr"))
            else:
                parts.append(_shown("CfWords", size, left, y, line, "0 Tr"))
        return parts

    def _counts(self, covered: Covered) -> list[tuple[str, str, int]]:
        counts: dict[tuple[str, str], int] = {}
        for which, times in covered.found.times.items():
            one = self.hidden[which]
            counts[one.letter, one.kind] = counts.get((one.letter, one.kind), 0) + times
        for area in covered.found.areas:
            counts[area.letter, area.kind] = counts.get((area.letter, area.kind), 0) + 1
        return [
            (letter, kind, times)
            for (letter, kind), times in sorted(counts.items(), key=lambda row: (len(row[0][0]), row[0]))
        ]


def _shown(font: str, size: float, x: float, y: float, words: str, state: str) -> bytes:
    escaped = encoded(words).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return (
        f"BT {state} /{font} {number(size)} Tf 1 0 0 1 {number(x)} {number(y)} Tm (".encode()
        + escaped
        + b") Tj 100 Tz ET\n"
    )


def _lines(bold: Face, plain: Face, head: str, rest: str, size: float, room: float) -> list[str]:
    """``rest`` broken into two lines at most, the first after ``head``; what does not fit ends with dots."""
    made: list[str] = []
    line, wide = "", bold.width(head, size)
    for word in rest.split():
        longer = f"{line} {word}"
        if wide + plain.width(longer, size) > room and len(made) < 1:
            made.append(line)
            line, wide = word, 0.0
        else:
            line = longer
    while line and wide + plain.width(line + "…", size) > room:
        line = line[:-1]
    return [*made, line]


def covered_picture(
    source: Mapping[str, Any], hidden: Sequence[HiddenWords], areas: Sequence[HiddenArea]
) -> tuple[bytes, tuple[int, int]]:
    """Page ``page`` (0 is the first) of a paper as it will be, boxes and all, as RGB bytes ``width`` dots wide; its size."""
    made = taken(source)
    at = source["page"]
    mine = [area for area in areas if area.page == at + 1]
    with _document(made) as document:
        covered = Covered(document, at, Finder(hidden), mine, 0, sheet_of(made.pdf.pages[at]), read=at in made.read)
    image = covered.image
    wide = source["width"]
    shown = image.resize((wide, max(1, round(image.height * wide / image.width))))
    _letter_boxes(shown, covered.boxes, wide / image.width)
    return shown.tobytes(), shown.size


def _letter_boxes(shown: Any, boxes: Sequence[Box], scale: float) -> None:
    """Put the letters on the boxes of a picture for the screen."""
    from PIL import ImageDraw

    pen = ImageDraw.Draw(shown)
    for box in boxes:
        left, top, right, bottom = (side * scale for side in box.sides)
        if box.letter and bottom - top >= 9:
            pen.text(
                ((left + right) / 2, (top + bottom) / 2),
                box.letter,
                fill="white",
                anchor="mm",
                font_size=min(16, (bottom - top) * 0.8),
            )
