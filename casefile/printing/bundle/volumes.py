"""A finished bundle cut into volumes: the same pages with the same numbers, and links that find the other volumes.

Runs in the limited child. A page stands in exactly one volume. A link to a page of another volume names its file, which
must lie in the same folder; many viewers ask first, and some refuse. So bookmarks at the end say in words which pages are
in which file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from casefile.printing.bundle.geometry import sheet_of
from casefile.printing.bundle.join import add_link, add_outline, copied_pages, front_door, plant
from casefile.printing.bundle.plan import Mark, Plan
from casefile.printing.bundle.source import lazily

Found = tuple[int, tuple[float, ...], int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class File:
    """A volume as it will be called: its pages ``first`` to before ``last`` (0 is the first of the bundle), its file, and
    the words of its bookmark in the others."""

    first: int
    last: int
    name: str
    words: str


def cut(path: str, first: int, last: int, plan: Plan, others: Sequence[File] = ()) -> pikepdf.Pdf:
    """The pages ``first`` to before ``last`` (0 is the first) of the bundle at ``path``, as a PDF of their own.

    ``plan`` holds the title, the marks and the page labels of the volume, counted from its own first page. Links to pages
    of ``others`` name their files.
    """
    with lazily(path) as source:
        bundle = list(source.pages)
        links = _links(bundle, first, last, others)
        for page in bundle[first:last]:
            # Links lead to pages that stay behind.
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        out = pikepdf.new()
        copied = copied_pages(out, source, bundle[first:last])
    plant(out, copied)
    pages = list(out.pages)
    sheets = [sheet_of(page) for page in pages]
    for at, rect, target, rest in links:
        if first <= target < last:
            add_link(out, pages[at], rect, Array([pages[target - first].obj, *rest]), 0)
        else:
            _far_link(out, pages[at], rect, target, others, rest)
    add_outline(out, plan.outline, pages, sheets)
    _far_marks(out, others)
    front_door(out, plan, pages, sheets)
    return out


def _far(file: File, page: int, rest: Sequence[Any] = (Name.XYZ, None, None, None)) -> Dictionary:
    """The action that opens another volume at a page of its own (0 is the first)."""
    plain_name = file.name.encode("ascii", "replace").decode()
    where = Dictionary(Type=Name.Filespec, F=String(plain_name), UF=String(file.name))
    return Dictionary(S=Name.GoToR, F=where, D=Array([page, *rest]), NewWindow=True)


def _far_link(
    out: pikepdf.Pdf, page: pikepdf.Page, rect: tuple[float, ...], target: int, others: Sequence[File], rest: Sequence[Any]
) -> None:  # fmt: skip
    file = next(one for one in others if one.first <= target < one.last)
    made = out.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([round(v, 2) for v in rect]), Border=Array([0, 0, 0]), F=4,
            A=_far(file, target - file.first, rest), Contents=String(file.words),
        )
    )  # fmt: skip
    annotations = page.obj.get("/Annots")
    page.obj.Annots = Array([*annotations, made]) if isinstance(annotations, Array) else Array([made])


def _far_marks(out: pikepdf.Pdf, others: Sequence[File]) -> None:
    """A bookmark for each other volume, after those of this one."""
    root = out.Root.get("/Outlines")
    if not others:
        return
    if root is None:
        root = out.Root.Outlines = out.make_indirect(Dictionary(Type=Name.Outlines))
    for file in others:
        entry = out.make_indirect(Dictionary(Title=String(file.words), Parent=root, A=_far(file, 0)))
        if "/Last" in root:
            entry.Prev = root.Last
            root.Last.Next = entry
        else:
            root.First = entry
        root.Last = entry
        root.Count = int(root.get("/Count", 0)) + 1


def _links(bundle: Sequence[pikepdf.Page], first: int, last: int, others: Sequence[File]) -> list[Found]:
    """The links on the pages of a volume that lead into it or into one of ``others``; targets count in the whole bundle."""
    numbers = {page.obj.objgen: number for number, page in enumerate(bundle)}
    found: list[Found] = []
    for number in range(first, last):
        annotations = bundle[number].obj.get("/Annots")
        for annotation in annotations if isinstance(annotations, Array) else ():
            place = annotation.get("/Dest")
            if not isinstance(place, Array) or not isinstance(place[0], Dictionary):
                continue
            target = numbers.get(place[0].objgen, -1)
            if first <= target < last or any(one.first <= target < one.last for one in others):
                rest = tuple(_movable(value) for value in list(place)[1:])  # type: ignore[call-overload]
                rect = tuple(float(value) for value in annotation.Rect)
                found.append((number - first, rect, target, rest))
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
