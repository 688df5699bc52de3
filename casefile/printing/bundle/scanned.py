"""Scanned pages with the words that were read from them laid over the picture, unseen: so that they can be searched.

Runs in the limited child. The words come from a small file beside the pages; each is stretched to the width it has in the
picture, so that a mark or a black box over some letters lies where these letters are seen.
"""

import importlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from casefile.domain.scans import FULL, PageScan, ScanWord, page_scan
from casefile.printing.bundle.geometry import Box, Sheet, number, sheet_of, written
from casefile.printing.bundle.plan import encoded
from casefile.printing.bundle.source import Opened, opened

_FONT = "Helvetica"
_NAME = Name.CfScan
_DEEP = 0.21
"""How far letters of the font reach below their line, as a share of their size."""


def taken(source: Mapping[str, Any]) -> Opened:
    """The paper at ``path`` opened in the way ``mode``, with the words of its scanned pages in ``scanned`` (a file, or none)."""
    made = opened(source["path"], source["mode"])
    if source.get("scanned"):
        _lay(made, json.loads(Path(source["scanned"]).read_bytes()))
    return made


def _lay(made: Opened, told: Mapping[str, Any]) -> None:
    """Lay words over pages. ``told`` gives turn and words by page (1 is the first); ``framed`` that pages hold one picture."""
    metrics: Any = importlib.import_module("reportlab.pdfbase.pdfmetrics")
    font = made.pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{_FONT}"), Encoding=Name.WinAnsiEncoding))
    read = set()
    for page, (turn, rows) in told["pages"].items():
        at = int(page) - 1
        if not 0 <= at < made.pages:
            continue
        over = made.pdf.pages[at]
        sheet = sheet_of(over)
        frame = _frame(over, sheet) if told["framed"] else (0.0, 0.0, sheet.wide, sheet.high)
        over.add_resource(font, Name.Font, _NAME)
        over.contents_add(b"q\n", prepend=True)
        over.contents_add(_drawing(page_scan(turn, rows), sheet, frame, metrics.stringWidth))
        read.add(at)
    made.read = frozenset(read)


def _frame(page: pikepdf.Page, sheet: Sheet) -> Box:
    """Where the picture of a page of our own making stands, in the page as seen."""
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) == "cm":
            wide, _, _, high, left, foot = (float(value) for value in step.operands)  # type: ignore[union-attr]
            return (left, foot, left + wide, foot + high)
    return (0.0, 0.0, sheet.wide, sheet.high)


def _drawing(scan: PageScan, sheet: Sheet, frame: Box, width: Callable[[str, str, float], float]) -> bytes:
    """What shows nothing and can be searched: every word where it stands, in the direction its page is read."""
    shown = [_word(word, scan.turn, frame, width) for word in scan.words]
    return b"\nQ q\n" + written(sheet.matrix) + b"BT 3 Tr 0 Tc 0 Tw 0 Ts\n" + b"".join(shown) + b"ET\nQ\n"


def _word(word: ScanWord, turn: int, frame: Box, width: Callable[[str, str, float], float]) -> bytes:
    across, up = (frame[2] - frame[0]) / FULL, (frame[3] - frame[1]) / FULL
    left, right = frame[0] + word.left * across, frame[0] + word.right * across
    top, foot = frame[3] - word.top * up, frame[3] - word.bottom * up
    lying = turn in (90, 270)
    size = max(1.0, right - left if lying else top - foot)
    long = max(1.0, top - foot if lying else right - left)
    stretch = 100 * long / max(0.1, width(word.text, _FONT, size))
    deep = size * _DEEP
    place = {
        0: (1, 0, 0, 1, left, foot + deep), 90: (0, 1, -1, 0, right - deep, foot),
        180: (-1, 0, 0, -1, right, top - deep), 270: (0, -1, 1, 0, left + deep, top),
    }[turn]  # fmt: skip
    escaped = encoded(word.text).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    matrix = " ".join(number(value) for value in place)
    return f"/{str(_NAME)[1:]} {number(size)} Tf {number(stretch)} Tz {matrix} Tm (".encode() + escaped + b" ) Tj\n"
