"""The child's side of the bundle: one request, one answer, nothing kept between them."""

import importlib
import io
import mmap
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf

from casefile.child import Report, give
from casefile.plain import build
from casefile.printing.bundle.choice import turn
from casefile.printing.bundle.scanned import taken
from casefile.printing.bundle.source import Opened, Refused, opened

Answer = tuple[dict[str, Any], list[bytes]]
_PIECE = 1 << 18

for _ahead in ("pypdfium2", "casefile.printing.bundle.ink", "casefile.printing.bundle.gather"):
    # A child is started before its first request, so it uses the time to load what nearly every request needs.
    importlib.import_module(_ahead)


def _handed_over(made: Opened, forms: Collection[int], path: str) -> None:
    """Hand over the sheaf of a paper in pieces of a size that suits a pipe. ``path`` is its file: data may stay there."""
    from casefile.printing.bundle.gather import gathered

    held = io.BytesIO()

    def put(data: bytes) -> None:
        held.write(data)
        if held.tell() >= _PIECE:
            end()

    def end() -> None:
        whole = held.getbuffer()
        for at in range(0, len(whole), _PIECE):
            give(bytes(whole[at : at + _PIECE]))
        whole.release()
        held.seek(0)
        held.truncate()

    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as source:
        gathered(made, forms, put, source)
    end()


def _survey(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    """Open a PDF, and say how many pages it has, what was done to it, and where its pages have room. Its sheaf goes out in pieces."""
    from casefile.printing.bundle.geometry import sheet_of
    from casefile.printing.bundle.ink import surveyed

    made = opened(request["path"], request.get("mode", ""))
    turns = dict(request.get("turns", ()))
    if turns:
        turn(made.pdf, turns)
    corners, titles = surveyed(request["path"], made.pdf, turns)
    sheets = [sheet_of(page) for page in made.pdf.pages]
    sizes = [[round(sheet.wide * sheet.unit), round(sheet.high * sheet.unit)] for sheet in sheets]
    answer = {
        "pages": made.pages, "mode": made.mode, "notes": made.notes, "repaired": made.repaired, "corners": corners,
        "titles": titles, "sizes": sizes,
    }  # fmt: skip
    _handed_over(made, {at for at, corner in enumerate(corners) if corner != "1"}, request["path"])
    made.pdf.close()
    return answer, []


def _gather(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    """The sheaf of a paper in pieces: turned as it is wanted, with words over its scanned pages, and with some pages as forms."""
    made = taken(request)
    if request["turns"]:
        turn(made.pdf, dict(request["turns"]))
    _handed_over(made, set(request["forms"]), request["path"])
    made.pdf.close()
    return {}, []


def _own(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    """The sheaves of our own pages."""
    from casefile.printing.bundle.gather import gathered

    made = []
    for blob in blobs:
        held = io.BytesIO()
        gathered(Opened(pikepdf.open(io.BytesIO(blob)), "our own"), (), held.write)
        made.append(held.getvalue())
    return {}, made


def _picture(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.convert import picture_pages

    data, notes, mended = picture_pages(blobs[0], request["type"])
    return {"notes": notes, "repaired": mended}, [data]


def _tree(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.tree import Told, tree_pages

    data, notes = tree_pages(build(Told, request["told"], blobs))
    return {"notes": notes, "repaired": False}, [data]


def _check(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.plain import plain
    from casefile.printing.bundle.check import Sample, read_back, strange

    found = read_back(
        request["path"], request["labels"], request["boxes"], request["link_pages"],
        lambda done, total: report("Checking the pages", done, total), request["first"], request["last"],
    )  # fmt: skip
    samples = [build(Sample, sample) for sample in request["samples"]]
    looked = replace(found, strange=strange(request["path"], samples))
    return {"checked": plain(looked)}, []


def _marks(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.check import marks_on

    return {"marks": marks_on(request["path"])}, []


def _draw(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.check import picture

    source: str | bytes = blobs[0] if blobs else request["path"]
    return {}, [picture(source, request["page"], request["width"])]


def _preview(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    """The first page of a PDF as its dots."""
    from casefile.printing.bundle.check import drawn

    wide, high, rgb = drawn(blobs[0], 0, request["width"])
    return {"width": wide, "height": high}, [rgb]


def _hiding(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.serve_redaction import answer

    return answer(request, blobs, report)


def _words(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.likeness import words_of

    return {"pages": words_of(request["path"], lambda done, total: report("Reading the pages", done, total))}, []


def _bookmarks(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bookmarks import bookmarks_of

    return {"bookmarks": bookmarks_of(request["path"])}, []


def _fit(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.fitting import fitted

    data, changed = fitted(request, request["edge"], request["backs"])
    return {"changed": changed}, [data]


def _sights(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.likeness import sights

    made = sights(request["path"], request["pages"], lambda done, total: report("Looking at the pages", done, total))
    # Numbers of thousands of bits travel in hexadecimal: that is read back at once.
    return {"sights": [[f"{grid:x}" for grid in one.grids] for one in made]}, []


DOES: dict[str, Callable[[dict[str, Any], list[bytes], Report], Answer]] = {
    "survey": _survey, "gather": _gather, "own": _own, "picture": _picture, "tree": _tree, "check": _check, "marks": _marks, "draw": _draw,
    "words": _words, "preview": _preview, "sights": _sights, "fit": _fit, "bookmarks": _bookmarks,
    **dict.fromkeys(("find", "hide", "cover", "leaks"), _hiding),
}  # fmt: skip
"""What the child can be asked for."""


def handle(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    """Answer one request; a file that cannot become pages answers ``refused`` with the reason."""
    try:
        return DOES[request["do"]](request, blobs, report)
    except Refused as problem:
        return {"refused": str(problem.args[0])}, []
