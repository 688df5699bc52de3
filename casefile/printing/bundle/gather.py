"""Makes a sheaf from an opened paper: every object that its pages show, and nothing else of the file. Runs in the limited child.

Of a page only what shows is taken over. Photos keep every dot, and lose what the camera wrote into them.
"""

import contextlib
import re
import zlib
from base64 import a85decode
from collections.abc import Callable, Collection, Iterator
from copy import copy
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from casefile.printing.bundle import sheaf
from casefile.printing.bundle.geometry import Sheet, inherited, sheet_of
from casefile.printing.bundle.jpeg import without_notes
from casefile.printing.bundle.plan import PLACE
from casefile.printing.bundle.sheaf import Data, Writer
from casefile.printing.bundle.source import Opened, name_keyed, telling

WORDS, FIGURES = "CfStampWords", "CfStampFigures"
_FROM_ABOVE = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_SHOWS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
"""What a page itself says of how it looks, besides what is drawn on it."""
_LATER = ("/Length", "/F", "/FFilter", "/FDecodeParms", "/DL")
"""What a stream's dictionary is not given here: its length comes last, and no data lies in files outside."""
_CODED = ("/Length", "/Filter", "/DecodeParms")
_KEPT_THERE = 1 << 14
"""Data of so many bytes that stands in the file just so is not copied into the sheaf."""
_WORTH = 200
"""Data of so many bytes that nothing made smaller is made smaller."""
_WORDY = frozenset(("/ASCII85Decode", "/ASCIIHexDecode", "/LZWDecode", "/RunLengthDecode"))
"""Ways of writing data that take more room than ours."""
_PLAIN = _WORDY | {"/FlateDecode"}
_TOKEN = re.compile(rb"\((?:\\.|[^\\)])*\)|<[0-9a-fA-F]*>|(\d+) (\d+) R\b", re.DOTALL)
"""A piece of text, or the name of an object; what looks like such a name inside a text is none."""
_LAYERS = (Name.OCG, Name.OCMD)
"""Layers were settled when the paper was opened. What still belongs to one is seen, whatever becomes of it, and its name is nobody's business."""
_DEEP = re.compile(rb"/(?:Metadata|PieceInfo|OCG|OCMD)\b")
_DEEPEST = 30
_NO_MORE = re.compile(rb">>\s*\Z")


class _Gatherer:
    """Takes the objects of one PDF in the order in which they are found."""

    def __init__(self, pdf: pikepdf.Pdf, writer: Writer, source: bytes | Any) -> None:
        self.pdf, self.writer, self.source = pdf, writer, source
        self.numbers: dict[tuple[int, int], int] = {}
        self.waiting: list[Any] = []
        self.named: set[tuple[int, int]] = set()
        self.streams: list[tuple[int, Data]] = []
        self._hint = 0
        marks = (sheaf.WORDS, sheaf.FIGURES, sheaf.OPENING, sheaf.TREE, sheaf.STAMP)
        self.ours = {mark: pdf.make_indirect(Dictionary()) for mark in marks}
        self._marks = {one.objgen: mark for mark, one in self.ours.items()}

    def words(self, value: Any) -> bytes:
        """A direct value as it is written, with every object it names in our way of naming."""
        if isinstance(value, bool | int | float | Decimal) or value is None or not isinstance(value, pikepdf.Object):
            return self.words(Array([value]))[1:-1].strip()
        said = value.unparse(resolved=True)
        if _DEEP.search(said):
            _without(value, 0)
            said = value.unparse(resolved=True)
        return _TOKEN.sub(self._named, said)

    def _named(self, found: "re.Match[bytes]") -> bytes:
        if found[1] is None:
            return found[0]
        key = (int(found[1]), int(found[2]))
        mark = self._marks.get(key)
        return b"\0%b\0" % (mark if mark is not None else b"%d" % self.number(key))

    def number(self, key: tuple[int, int]) -> int:
        """The number of an object in the sheaf; a new one waits to be written."""
        known = self.numbers.get(key)
        if known is None:
            known = self.numbers[key] = len(self.numbers)
            self.waiting.append(self.pdf.get_object(key))
        return known

    def stream(self, data: bytes, about: Any) -> None:
        """A stream of our own making, as the next object. ``about`` is its dictionary."""
        self.numbers[-1, len(self.numbers)] = len(self.numbers)
        self.waiting.append((data, about))

    def rest(self) -> Iterator[bytes]:
        """The words of all objects that were named, and of those they name in turn. Their data goes to the writer."""
        at = 0
        while at < len(self.waiting):
            value, self.waiting[at] = self.waiting[at], None
            yield self._one(at, value)
            at += 1

    def _one(self, at: int, value: Any) -> bytes:
        if isinstance(value, tuple):
            return self._data(at, value[0], value[1])
        if isinstance(value, pikepdf.Stream):
            return self._stream(at, value)
        if isinstance(value, Dictionary):
            # Nothing on a page leads to another page but by a link, and those are put on anew.
            if value.get("/Type") in (Name.Page, Name.Pages, Name.Catalog):
                return b"null"
            if value.get("/Type") in _LAYERS:
                return b"<< >>"
            self._tidied(value, value.objgen)
        return self.words(value)

    def _tidied(self, about: Any, key: tuple[int, int]) -> None:
        """Take out of an object what acts by itself or tells of people, computers and earlier versions."""
        self.named.update(name_keyed(about))
        # In a dictionary of fonts, or of a font's letters, every key is a name that somebody chose.
        if key not in self.named:
            for name in telling(about):
                del about[name]

    def _stream(self, at: int, value: Any) -> bytes:
        about = value.stream_dict
        self._tidied(about, value.objgen)
        about, filters = copy(about), _filters(about.get("/Filter"))
        if filters and filters[0] in _WORDY and _PLAIN.issuperset(filters):
            with contextlib.suppress(pikepdf.PdfError):
                data = value.read_bytes()
                for key in ("/Filter", "/DecodeParms"):
                    if key in about:
                        del about[key]
                return self._data(at, data, about)
        data = value.read_raw_bytes()
        if filters == ["/ASCII85Decode", "/DCTDecode"] and "/DecodeParms" not in about:
            with contextlib.suppress(ValueError):
                # A photo as our own printing writes it: a quarter larger than it need be.
                data, filters, about.Filter = a85decode(data.strip().removesuffix(b"~>")), ["/DCTDecode"], Name.DCTDecode
        return self._data(at, without_notes(data) if filters == ["/DCTDecode"] else data, about)

    def _data(self, at: int, data: bytes, about: Any) -> bytes:
        for key in _LATER:
            if key in about:
                del about[key]
        if "/Filter" not in about and len(data) >= _WORTH:
            data = zlib.compress(data)
            about.Filter = Name.FlateDecode
            if "/DecodeParms" in about:
                del about.DecodeParms
        self.streams.append((at, self._put(data)))
        return _NO_MORE.sub(b"", self.words(about))

    def _put(self, data: bytes) -> Data:
        """Where data stands: in the file it came from where it stands there just so, else in the sheaf."""
        if len(data) >= _KEPT_THERE and self.source is not None:
            found = self.source.find(data[:64], self._hint)
            if found < 0:
                found = self.source.find(data[:64])
            if found >= 0 and self.source[found : found + len(data)] == data:
                self._hint = found + len(data)
                return Data(found, len(data), True)
        return self.writer.put(data)


def _without(value: Any, depth: int) -> None:
    """Take what tells of people and programs out of what stands inside an object."""
    for key, inner in list(value.items() if isinstance(value, Dictionary) else enumerate(value)):
        if isinstance(key, str) and key in ("/Metadata", "/PieceInfo"):
            del value[key]
        elif isinstance(inner, Dictionary) and not inner.is_indirect and inner.get("/Type") in _LAYERS:
            value[key] = Dictionary()
        elif isinstance(inner, Dictionary | Array) and not inner.is_indirect and depth < _DEEPEST:
            _without(inner, depth + 1)


def _filters(given: Any) -> list[str]:
    """The ways in which a stream was made smaller or plain, the last of them first."""
    if given is None:
        return []
    return [str(one) for one in given] if isinstance(given, Array) else [str(given)]


def gathered(made: Opened, forms: Collection[int], give: Callable[[bytes], object], source: Any = None) -> None:
    """Hand over the sheaf of a paper in pieces. The content of the pages in ``forms`` (0 is the first) becomes a form.

    ``source`` are the bytes of the file it was opened from, where data may stay in it. Afterwards the paper is no more
    what it was. Raises what a foreign file may provoke.
    """
    writer = Writer(give)
    gatherer = _Gatherer(made.pdf, writer, source)
    sheets: dict[Sheet, int] = {}
    pages, leaves, leads = [], [], []
    above: dict[tuple[int, int], dict[str, Any]] = {}
    for number, page in enumerate(made.pdf.pages):
        seen = sheet_of(page)
        names, words = _page(gatherer, page, number in forms, above)
        pages.append(words)
        leaves.append([sheets.setdefault(seen, len(sheets)), *names, int(number in forms)])
        leads += [[number, rect, target] for rect, target in _leads(page)]
    others = list(gatherer.rest())
    writer.end(pages, others, {
        "sheets": [[one.box, one.turn, one.unit] for one in sheets],
        "leaves": leaves,
        "links": [[link.page, link.rect, link.target, link.place] for link in made.links],
        "leads": leads,
        "streams": [[at, one.at, one.size, int(one.elsewhere)] for at, one in gatherer.streams],
        "size": made.size,
    })  # fmt: skip


def _page(
    gatherer: _Gatherer, page: pikepdf.Page, form: bool, above: dict[tuple[int, int], dict[str, Any]]
) -> tuple[tuple[str, str], bytes]:
    """The names of our fonts on a page, and its words without their end. ``above`` keeps what pages inherit."""
    said = _said(page, above)
    old = said.pop("/Resources", None)
    resources = copy(old) if isinstance(old, Dictionary) else Dictionary()
    names, fonts = _fonts(gatherer, resources)
    about = Dictionary(Type=Name.Page, Parent=gatherer.ours[sheaf.TREE])
    for key in _SHOWS:
        if key in said:
            about[key] = said[key]
    gatherer.named.update(name_keyed(Dictionary(Resources=resources)))
    if form:
        number = len(gatherer.numbers)
        gatherer.stream(*as_form(page))
        about.Contents = gatherer.ours[sheaf.STAMP]
        words = gatherer.words(about)
        drawn = b" /Resources << /XObject << /CfOld \0%d\0 >> /Font %b >>" % (number, gatherer.words(fonts))
        return names, _NO_MORE.sub(b"", words) + drawn
    about.Contents = Array([gatherer.ours[sheaf.OPENING], *_streams(page.obj.get("/Contents")), gatherer.ours[sheaf.STAMP]])
    old_fonts = resources.get("/Font")
    whole = copy(old_fonts) if isinstance(old_fonts, Dictionary) else Dictionary()
    for key, font in fonts.items():
        whole[key] = font
    resources.Font = whole
    about.Resources = resources
    return names, _NO_MORE.sub(b"", gatherer.words(about))


def as_form(page: pikepdf.Page) -> tuple[bytes, Any]:
    """The content of a page as that of a form: its data, and what is said of it. Damaged data comes along as it is, or as far as it can be read."""
    lazy = page.as_form_xobject(False)
    about = Dictionary({key: value for key, value in lazy.items() if key not in _CODED})
    streams = _streams(page.obj.get("/Contents"))
    if len(streams) == 1:
        for key in _CODED[1:]:
            if key in streams[0]:
                about[key] = streams[0][key]
        return streams[0].read_raw_bytes(), about
    try:
        return lazy.read_bytes(), about
    except pikepdf.PdfError:
        return b"\n".join(map(_readable, streams)), about


def _readable(stream: pikepdf.Stream) -> bytes:
    """As much of a stream's data as can be read."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        read = zlib.decompressobj()
        with contextlib.suppress(zlib.error):
            return read.decompress(stream.read_raw_bytes())
        return b""


def _said(page: pikepdf.Page, above: dict[tuple[int, int], dict[str, Any]]) -> dict[str, Any]:
    """What a page says of itself, with what it inherits."""
    obj = page.obj
    said = dict(obj.items())
    node = obj.get("/Parent")
    if node is not None:
        key = node.objgen if node.is_indirect else (0, 0)
        if key not in above or key == (0, 0):
            above[key] = {name: value for name in _FROM_ABOVE if (value := inherited(node, name)) is not None}
        said = above[key] | said
    return said


def _fonts(gatherer: _Gatherer, resources: Any) -> tuple[tuple[str, str], Any]:
    """Names for our two fonts that nobody uses in a page's resources, and the fonts by these names."""
    old = resources.get("/Font")
    taken = set(old.keys()) if isinstance(old, Dictionary) else set()
    names, fonts = [], Dictionary()
    for name, mark in ((WORDS, sheaf.WORDS), (FIGURES, sheaf.FIGURES)):
        free = name
        while f"/{free}" in taken:
            free += "x"
        names.append(free)
        fonts[f"/{free}"] = gatherer.ours[mark]
    return (names[0], names[1]), fonts


def _streams(contents: Any) -> list[Any]:
    if isinstance(contents, pikepdf.Stream):
        return [contents]
    if isinstance(contents, Array):
        return [entry for entry in contents if isinstance(entry, pikepdf.Stream)]
    return []


def _leads(page: pikepdf.Page) -> Iterator[tuple[list[float], int]]:
    """The links of our own pages ("page:12", counted from 1): area, and the page of the bundle (0 is the first)."""
    annotations = page.obj.get("/Annots")
    for annotation in annotations if isinstance(annotations, Array) else ():
        action = annotation.get("/A")
        target = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
        if target.startswith(PLACE):
            yield [round(float(value), 2) for value in annotation.Rect], int(target.removeprefix(PLACE)) - 1
