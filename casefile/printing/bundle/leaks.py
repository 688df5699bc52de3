"""Whether hidden words still stand in a finished file: looked for by two readers that know nothing of each other.

The first opens every object of a PDF and looks at every string and every decoded stream: page content, names, titles,
bookmarks, notes, attached files, font tables. The second is PDFium, which reads the words of each page as a viewer shows
them. Runs in the limited child.
"""

import contextlib
import importlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from casefile.domain.redaction import Finder, squeezed

_RUNS = re.compile(rb"[\x20-\x7e\xa0-\xff\r\n\t]{4,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){4,}")
_WIDE_BACK = re.compile(rb"(?:\x00[\x20-\x7e]){4,}")
_NUMBERS = re.compile(rb"(?<![A-Za-z])[-+]?[\d.]+(?![A-Za-z])")
"""Places and sizes in page content: no words."""
_HASH = re.compile(r"\b[0-9a-f]{32,}\b")
_SHORT = 5
"""Words shorter than this turn up by chance in the bytes of fonts and pictures, and are not looked for there."""
_TEXTS = {"Tj", "'", '"', "TJ"}


@dataclass(frozen=True, slots=True)
class Leak:
    """Hidden words that still stand in a file: which of them (0 is the first), and where, in words."""

    which: int
    where: str


def leaks_in(pdf: pikepdf.Pdf, finder: Finder) -> list[Leak]:
    """Every object of a PDF: its strings, its names, and its streams as they are when unpacked."""
    found: dict[Leak, None] = {}
    long = _long(finder)
    for key, value in dict(pdf.docinfo).items() if "/Info" in pdf.trailer else ():
        _look(finder, f"{key} {value}", "what the file says of itself", found)
    for entry in pdf.objects:
        for words in _strings(entry, 0):
            _look(finder, words, "data inside the file", found)
        if isinstance(entry, Stream):
            for words in _in_stream(entry, finder, long):
                _look(finder, words, "content inside the file", found)
    return list(found)


def _look(finder: Finder, words: str, where: str, found: dict[Leak, None]) -> None:
    for place in finder.places(words):
        found[Leak(place.which, where)] = None


def _long(finder: Finder) -> bool:
    return any(len(squeezed(one.words)) >= _SHORT for one in finder.hidden)


def _strings(entry: Any, depth: int) -> Iterator[str]:
    """Every string and name of an object; what it only points at is met by itself."""
    if depth > 40:
        return
    if isinstance(entry, pikepdf.String):
        yield str(entry)
        data = bytes(entry)
        yield from _readings(data)
    elif isinstance(entry, Name):
        yield str(entry)[1:]
    elif isinstance(entry, Array):
        for one in entry:
            if not getattr(one, "is_indirect", False):
                yield from _strings(one, depth + 1)
    elif isinstance(entry, Dictionary | Stream):
        for key in entry.keys():  # noqa: SIM118 (a pikepdf dictionary)
            yield str(key)[1:]
            value = entry.get(key)
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, depth + 1)


def _readings(data: bytes) -> Iterator[str]:
    """Bytes as the words they may be: one byte a letter, or two, either end first."""
    yield data.decode("cp1252", "replace")
    if b"\0" in data:
        for way in ("utf-16-be", "utf-16-le"):
            yield data.decode(way, "replace")
    if data[:3] == b"\xef\xbb\xbf" or any(byte > 127 for byte in data):
        yield data.decode("utf-8", "replace")


def _in_stream(stream: Any, finder: Finder, long: bool) -> Iterator[str]:
    if stream.get("/Subtype") == Name.Image:
        return  # dots; what a camera wrote beside them was taken out, and is looked for below in the file's own bytes
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        data = stream.read_raw_bytes()
    if _is_content(data):
        yield from _drawn(stream)
        yield from _readings(_NUMBERS.sub(b" ", data))
    elif _is_words(data):
        yield from _readings(data)
    elif long:
        yield from _runs(data)


def _runs(data: bytes) -> Iterator[str]:
    """What looks like words among other bytes."""
    wide = (one.replace(b"\0", b"") for one in (*_WIDE.findall(data), *_WIDE_BACK.findall(data)))
    yield from (run.decode("cp1252", "replace") for run in (*_RUNS.findall(data), *wide))


def _is_content(data: bytes) -> bool:
    return b"BT" in data and b"ET" in data and _is_words(data)


def _is_words(data: bytes) -> bool:
    """Whether bytes are words for the most part, and no font or picture."""
    head = data[:4096]
    odd = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    return odd * 20 <= len(head) or head[:2] in (b"\xfe\xff", b"\xff\xfe") or head.count(b"\0") * 3 > len(head)


def _drawn(stream: Any) -> list[str]:
    """The words that content draws, where its font stores letters as themselves; pieces of a line put together."""
    words: list[bytes] = []
    said: list[str] = []
    with contextlib.suppress(Exception):  # not content after all, or broken: its bytes are looked at all the same
        for one in pikepdf.parse_content_stream(stream):
            operator, operands = str(one.operator), list(one.operands)  # type: ignore[call-overload]
            if operator in _TEXTS:
                pieces = [
                    piece for operand in operands for piece in (operand if isinstance(operand, Array) else (operand,))
                ]
                words += [bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)]
            elif operator in ("BDC", "DP"):
                said += [text for operand in operands for text in _strings(operand, 0)]
            elif operator in ("Td", "TD", "Tm", "T*", "ET"):
                words.append(b" ")
    return [*said, *_readings(b"".join(words))]


def leaks(path: str, finder: Finder, report: Callable[[int, int], None]) -> list[Leak]:
    """Hidden words in the PDF at ``path``, by both readers; of a picture, in what is written beside its dots."""
    pypdfium2: Any = importlib.import_module("pypdfium2")
    if not path.lower().endswith(".pdf"):
        beside: dict[Leak, None] = {}
        with open(path, "rb") as file:
            for words in _runs(file.read()):
                _look(finder, words, "what is written inside the picture", beside)
        return list(beside)
    with pikepdf.open(path) as pdf:
        found = dict.fromkeys(leaks_in(pdf, finder))
        for place, mark in enumerate(_titles(pdf)):
            _look(finder, mark, f"bookmark {place + 1}", found)
    with pypdfium2.PdfDocument(path) as document:
        total = len(document)
        for at in range(total):
            if at % 20 == 0:
                report(at, total)
            _look(finder, document[at].get_textpage().get_text_range(), f"page {at + 1}", found)
    return list(found)


def _titles(pdf: pikepdf.Pdf) -> list[str]:
    if "/Outlines" not in pdf.Root:
        return []
    made: list[str] = []
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            one = waiting.pop(0)
            made.append(str(one.title))
            waiting[:0] = list(one.children)
    return made


def leaks_beside(path: str, finder: Finder, leave_out: Sequence[str]) -> list[Leak]:
    """Hidden words in what lies in a zip beside its PDF: lists, the Word index, notes, and the names of all files.

    Members whose name ends with one of ``leave_out`` are looked at only by their name.
    """
    found: dict[Leak, None] = {}
    with zipfile.ZipFile(path) as packed:
        for member in packed.infolist():
            shown = member.filename.rpartition("/")[2]
            _look(finder, member.filename, f"the name “{Finder(finder.hidden).covered(shown)}” in the zip", found)
            if not member.filename.lower().endswith(tuple(leave_out)):
                _look(finder, _text_of(member.filename, packed.read(member)), f"“{shown}” in the zip", found)
    return list(found)


def _text_of(name: str, data: bytes) -> str:
    if name.lower().endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as inner:
            raw = b"\n".join(inner.read(one) for one in inner.namelist() if one.endswith((".xml", ".rels")))
        text = raw.decode("utf-8", "replace")
        # Runs of one paragraph are one line of words.
        return re.sub(r"<[^>]*>", "", re.sub(r"</w:p>|<w:tab/>|<w:br/>", "\n", text)) + text
    return _HASH.sub("", data.decode("utf-8", "replace"))
