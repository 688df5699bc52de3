"""Pages of every size set on A4 sheets, upright or lying as they are seen. Runs in the limited child."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from casefile.printing.bundle.choice import pick, turn
from casefile.printing.bundle.gather import as_form
from casefile.printing.bundle.geometry import MM, Matrix, Sheet, inverse, moved, sheet_of, times, written
from casefile.printing.bundle.scanned import taken
from casefile.printing.bundle.source import Opened

_SHORT, _LONG = 210 * MM, 297 * MM
_NEAR = 3.0
"""A page that misses A4 by so many points is A4."""
_EDGE = 25 * MM
_FOOT, _MARGIN = 26 * MM, 5 * MM


def fitted(source: Mapping[str, Any], edge: bool, backs: int | None) -> tuple[bytes, int]:
    """The chosen pages of a paper on A4, as PDF, and how many had to be changed; no bytes where none had to.

    ``source`` names its ``path``, ``mode``, ``picks`` and ``turns``. ``edge`` leaves 25 mm for binding: at the left, and at
    the top of pages that lie. Where paper is printed on both sides, ``backs`` is the first page (0 or 1) that comes on the
    back of a sheet: there the room is at the right. Nothing is made larger.
    """
    made = taken(source)
    if source["turns"]:
        turn(made.pdf, dict(source["turns"]))
    if source["picks"]:
        pick(made, source["picks"])
    sheets = [sheet_of(page) for page in made.pdf.pages]
    odd = [at for at, sheet in enumerate(sheets) if edge or not _is_a4(sheet)]
    if not odd:
        return b"", 0
    out = pikepdf.new()
    moves: dict[int, Matrix] = {}
    for at, page in enumerate(made.pdf.pages):
        if at in set(odd):
            back = backs is not None and at % 2 == backs
            moves[at] = _set(out, page, sheets[at], edge, back)
        else:
            out.pages.append(page)
    _links(out, made, moves)
    target = io.BytesIO()
    out.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue(), len(odd)


def _is_a4(sheet: Sheet) -> bool:
    wide, high = sheet.wide * sheet.unit, sheet.high * sheet.unit
    return abs(min(wide, high) - _SHORT) < _NEAR and abs(max(wide, high) - _LONG) < _NEAR


def _room(lying: bool, a4: bool, edge: bool, back: bool) -> tuple[float, float, float, float]:
    """Where a page may lie on its sheet: left, foot, right, top. A page that is A4 already needs no margin but the edge."""
    wide, high = (_LONG, _SHORT) if lying else (_SHORT, _LONG)
    margin = 0.0 if a4 else _MARGIN
    left = right = top = margin
    if edge and lying:
        top = _EDGE
    elif edge and back:
        right = _EDGE
    elif edge:
        left = _EDGE
    return left, 0.0 if a4 else _FOOT, wide - right, high - top


def _set(out: pikepdf.Pdf, page: pikepdf.Page, sheet: Sheet, edge: bool, back: bool) -> Matrix:
    """Put a page on an A4 sheet; returns what its places are moved by."""
    lying = sheet.wide > sheet.high
    left, foot, right, top = _room(lying, _is_a4(sheet), edge, back)
    factor = min(sheet.unit, (right - left) / sheet.wide, (top - foot) / sheet.high)
    across = left + (right - left - sheet.wide * factor) / 2
    up = top - sheet.high * factor
    move = times(inverse(sheet.matrix), (factor, 0, 0, factor, across, up))
    data, about = as_form(page)
    form = out.make_stream(data)
    for key, value in about.items():
        if key != "/BBox":
            form[key] = out.copy_foreign(value) if getattr(value, "is_indirect", False) else _copied(out, value)
    form.BBox = Array([round(side, 3) for side in sheet.box])
    size = (_LONG, _SHORT) if lying else (_SHORT, _LONG)
    out.add_blank_page(page_size=size)
    made = out.pages[-1].obj
    made.MediaBox = Array([0, 0, round(size[0], 3), round(size[1], 3)])
    made.Resources = Dictionary(XObject=Dictionary(CfPage=form))
    made.Contents = out.make_stream(b"q\n" + written(move) + b"/CfPage Do\nQ\n")
    return move


def _copied(out: pikepdf.Pdf, value: Any) -> Any:
    """A direct value of another file, with all it points at."""
    if not isinstance(value, Dictionary | Array):
        return value
    if isinstance(value, Array):
        return Array([_copied_one(out, one) for one in value])
    return Dictionary({key: _copied_one(out, one) for key, one in value.items()})


def _copied_one(out: pikepdf.Pdf, value: Any) -> Any:
    return out.copy_foreign(value) if getattr(value, "is_indirect", False) else _copied(out, value)


def _links(out: pikepdf.Pdf, made: Opened, moves: Mapping[int, Matrix]) -> None:
    """Links inside the paper, moved with its pages."""
    pages: Sequence[pikepdf.Page] = list(out.pages)
    for link in made.links:
        rect = moved(moves[link.page], link.rect) if link.page in moves else link.rect
        place = (None, None) if link.target in moves else link.place
        area = out.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=Array([round(value, 2) for value in rect]), Border=Array([0, 0, 0]), F=4,
                Dest=Array([pages[link.target].obj, Name.XYZ, *place, None]),
            )
        )  # fmt: skip
        there = pages[link.page].obj.get("/Annots")
        pages[link.page].obj.Annots = Array([*there, area]) if isinstance(there, Array) else Array([area])
