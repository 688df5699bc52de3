"""A finished bundle cut into volumes: the same pages with the same numbers, and the links that stay inside a volume.

Runs in the limited child. A page stands in exactly one volume, and bookmarks lead only to pages that are in it.
"""

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from casefile.printing.bundle.geometry import sheet_of
from casefile.printing.bundle.join import add_link, add_outline, copied_pages, front_door, plant
from casefile.printing.bundle.plan import Mark, Plan

Found = tuple[int, tuple[float, ...], int, tuple[Any, ...]]


def cut(path: str, first: int, last: int, plan: Plan) -> pikepdf.Pdf:
    """The pages ``first`` to before ``last`` (0 is the first) of the bundle at ``path``, as a PDF of their own.

    ``plan`` holds the title, the marks and the page labels of the volume, counted from its own first page.
    """
    with pikepdf.open(path) as source:
        links = _links(source, first, last)
        for page in source.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        for number in range(len(source.pages) - 1, -1, -1):
            if not first <= number < last:
                del source.pages[number]
        out = pikepdf.new()
        copied = copied_pages(out, source)
    plant(out, copied)
    pages = list(out.pages)
    sheets = [sheet_of(page) for page in pages]
    for at, rect, target, rest in links:
        add_link(out, pages[at], rect, Array([pages[target].obj, *rest]), 0)
    add_outline(out, plan.outline, pages, sheets)
    front_door(out, plan, pages, sheets)
    return out


def _links(source: pikepdf.Pdf, first: int, last: int) -> list[Found]:
    numbers = {page.obj.objgen: number for number, page in enumerate(source.pages)}
    found: list[Found] = []
    for number in range(first, last):
        annotations = source.pages[number].obj.get("/Annots")
        for annotation in annotations if isinstance(annotations, Array) else ():
            place = annotation.get("/Dest")
            if not isinstance(place, Array) or not isinstance(place[0], Dictionary):
                continue
            target = numbers.get(place[0].objgen, -1)
            if first <= target < last:
                rest = tuple(_movable(value) for value in list(place)[1:])  # type: ignore[call-overload]
                rect = tuple(float(value) for value in annotation.Rect)
                found.append((number - first, rect, target - first, rest))
    return found


def _movable(value: Any) -> Any:
    """A part of a place that may stand in another PDF: a name, a number, or nothing."""
    return value if value is None or isinstance(value, pikepdf.Name) else float(value)


def within(marks: Sequence[Mark], first: int, last: int) -> tuple[Mark, ...]:
    """The marks of pages ``first`` to before ``last``, counted from there; papers whose section began before rise."""
    made: list[Mark] = []
    inside = False
    for mark in marks:
        if first <= mark.page < last:
            inside = inside or mark.level == 0
            made.append(Mark(mark.level if inside else 0, mark.title, mark.page - first))
    return tuple(made)


def labels_of(stamped: Sequence[str]) -> tuple[tuple[int, str, int], ...]:
    """Page labels that make a viewer show what is stamped: (first page, letters, start) wherever the count breaks."""
    made: list[tuple[int, str, int]] = []
    before = ("", -1)
    for at, label in enumerate(stamped):
        letters = label.rstrip("0123456789")
        number = int(label[len(letters) :])
        if (letters, number - 1) != before:
            made.append((at, letters, number))
        before = (letters, number)
    return tuple(made)
