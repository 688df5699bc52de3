"""Joins the pages: plan first, write once. Numbers, links, bookmarks and titles are put on in the same pass.

This runs in the limited child, and the pages of a foreign file never meet the window's own process. Joining in the
child costs its start (a quarter of a second, less than the layout of cover and index takes meanwhile) and the pipe
(a few milliseconds a megabyte), and a file that kills it costs that file alone: it is tried another way.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from casefile.printing.bundle.geometry import Sheet, inherited, sheet_of
from casefile.printing.bundle.plan import PLACE, Face, Mark, Plan
from casefile.printing.bundle.source import Inner, Opened, cleaned
from casefile.printing.bundle.stamp import Stamper

_MANY = 1500
"""From so many pages on, sources are copied whole and the page tree is made at the end."""
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


def joined(
    sources: Iterable[Opened], plan: Plan, words: Face, figures: Face, report: Callable[[int], None]
) -> tuple[pikepdf.Pdf, list[tuple[float, ...]]]:
    """Join sources in their order; returns the PDF and the box of the number on each page, in the page's own units."""
    out = pikepdf.new()
    inner: list[tuple[int, Inner]] = []
    copied: list[Any] = []
    many, count = len(plan.stamps) > _MANY, 0
    sizes: list[int] = []
    for number, source in enumerate(sources):
        report(number)
        inner += [(count, link) for link in source.links]
        count += source.pages
        sizes.append(source.size)
        if many:
            copied += copied_pages(out, source.pdf, source.pdf.pages)
        else:
            out.pages.extend(source.pdf.pages)
        # Its data has been copied, but for that of a large paper: closing it keeps open files from growing with every paper.
        source.pdf.close()
    if many:
        plant(out, copied)
    cleaned(out)
    pages = list(out.pages)
    if len(pages) != len(plan.stamps):
        raise ValueError(f"{len(pages)} pages, but {len(plan.stamps)} numbers")
    sheets = [sheet_of(page) for page in pages]
    _lead(out, pages, sheets)
    for base, mine in inner:
        place = Array([pages[base + mine.target].obj, Name.XYZ, *mine.place, None])
        add_link(out, pages[base + mine.page], mine.rect, place, 0)
    for link in plan.links:
        add_link(out, pages[link.page], link.rect, place_of(pages, sheets, link.target))
    stamper, wrap = Stamper(out, words, figures), set(plan.wrap)
    boxes: list[tuple[float, ...]] = [
        stamper.put(page, sheets[number], plan.stamps[number], wrap=number in wrap) for number, page in enumerate(pages)
    ]
    add_outline(out, plan.outline, pages, sheets)
    front_door(out, plan, pages, sheets, sizes)
    return out, boxes


def plant(out: pikepdf.Pdf, pages: Sequence[Any]) -> None:
    """Make copied pages the pages of ``out``, which has none yet."""
    root = out.Root.Pages
    for page in pages:
        page.Parent = root
    root.Kids, root.Count = Array(pages), len(pages)


def copied_pages(out: pikepdf.Pdf, source: pikepdf.Pdf, pages: Iterable[pikepdf.Page]) -> list[Any]:
    """Pages of a source as objects of ``out``, not in its page tree yet.

    Adding pages one by one is quick for some hundreds, but costs more with every page there is: 5,000 take three seconds. So the pages of a
    source are copied as plain dictionaries, in one go, and the page tree is made once at the end.
    """
    bare = Array()
    above: dict[tuple[int, int], dict[str, Any]] = {}
    for page in pages:
        made = copy(page.obj)
        node = made.get("/Parent")
        if node is not None:
            if node.objgen not in above or not node.is_indirect:
                above[node.objgen] = {key: value for key in _INHERITED if (value := inherited(node, key)) is not None}
            for key, value in above[node.objgen].items():
                if key not in made:
                    made[key] = value
        for key in ("/Parent", "/Type"):
            if key in made:
                del made[key]
        bare.append(made)
    copied = [out.make_indirect(page) for page in out.copy_foreign(source.make_indirect(bare))]
    for one in copied:
        one.Type = Name.Page
    return copied


def place_of(pages: Sequence[pikepdf.Page], sheets: Sequence[Sheet], number: int, zoom: float | None = None) -> Any:
    """Where a link to a page should lead: its top left as seen, without changing the zoom."""
    left, top = sheets[number].top_left
    return Array([pages[number].obj, Name.XYZ, round(left, 2), round(top, 2), zoom])


def _lead(out: pikepdf.Pdf, pages: Sequence[pikepdf.Page], sheets: Sequence[Sheet]) -> None:
    """Turn the links of our own pages ("page:12", counted from 1) into places inside the bundle."""
    for page in pages:
        annotations = page.obj.get("/Annots")
        for annotation in annotations if isinstance(annotations, Array) else ():
            action = annotation.get("/A")
            target = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
            if target.startswith(PLACE):
                annotation.Dest = place_of(pages, sheets, int(target.removeprefix(PLACE)) - 1)
                annotation.Border = Array([0, 0, 0])
                annotation.F = 4
            if action is not None:
                del annotation["/A"]


def add_link(out: pikepdf.Pdf, page: pikepdf.Page, rect: Sequence[float], place: Any, edge: float = 0.75) -> None:
    """Put a link on a page."""
    made = out.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([round(v, 2) for v in rect]), Border=Array([0, 0, edge]),
            F=4, Dest=place,
        )
    )  # fmt: skip
    annotations = page.obj.get("/Annots")
    page.obj.Annots = Array([*annotations, made]) if isinstance(annotations, Array) else Array([made])


def add_outline(
    out: pikepdf.Pdf, marks: Sequence[Mark], pages: Sequence[pikepdf.Page], sheets: Sequence[Sheet]
) -> None:
    """Put the bookmarks into a PDF."""
    root = out.make_indirect(Dictionary(Type=Name.Outlines))
    above: list[Any] = [root]
    for mark in marks:
        del above[mark.level + 1 :]
        parent = above[-1]
        entry = out.make_indirect(
            Dictionary(Title=String(mark.title), Parent=parent, Dest=place_of(pages, sheets, mark.page))
        )
        if "/Last" in parent:
            entry.Prev = parent.Last
            parent.Last.Next = entry
        else:
            parent.First = entry
        parent.Last = entry
        for ancestor in above:
            ancestor.Count = int(ancestor.get("/Count", 0)) + 1
        above.append(entry)
    if marks:
        out.Root.Outlines = root


def front_door(
    out: pikepdf.Pdf, plan: Plan, pages: Sequence[pikepdf.Page], sheets: Sequence[Sheet], sizes: Sequence[int] = ()
) -> None:
    """What a viewer is told: title, language, where and how large to open, and page labels where they have letters.

    The name of the file for programs is made from the plan and the ``sizes`` of what was joined, never from what is hidden.
    """
    root = out.Root
    root.Lang = String("en-GB")
    root.PageMode = Name.UseOutlines
    root.PageLayout = Name.OneColumn
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.OpenAction = place_of(pages, sheets, 0, 1)
    if plan.labels:
        numbers = Array()
        for first, letters, start in plan.labels:
            label = Dictionary(S=Name.D, St=start)
            if letters:
                label.P = String(letters)
            numbers.append(first)
            numbers.append(label)
        root.PageLabels = Dictionary(Nums=numbers)
    name = String(hashlib.sha256(repr((plan, sizes)).encode()).digest()[:16])
    out.trailer.ID = Array([name, name])
    out.trailer.Info = out.make_indirect(Dictionary(Title=String(plan.title), CreationDate=String(plan.made)))


def save(pdf: pikepdf.Pdf, target: Any) -> None:
    """Write the bundle to something with ``write``; equal content gives equal bytes.

    Its name for programs is given already: the writer would make it from all bytes, which takes longer than writing them.
    """
    pdf.save(
        target, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, static_id=True,
        fix_metadata_version=False,
    )  # fmt: skip
