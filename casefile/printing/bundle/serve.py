"""The child's side of the bundle: one request, one answer, nothing kept between them."""

import importlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf

from casefile.child import Report, give
from casefile.plain import build
from casefile.printing.bundle.choice import pick, turn
from casefile.printing.bundle.scanned import taken
from casefile.printing.bundle.source import Opened, Refused, opened

Answer = tuple[dict[str, Any], list[bytes]]
_PIECE = 1 << 18
_LARGE, _MOST_OPEN = 1 << 18, 180
"""Files of so many bytes are read while the bundle is written; macOS lets a program open 256 at once."""

for _ahead in ("pypdfium2", "casefile.printing.bundle.ink", "casefile.printing.bundle.join"):
    # A child is started before its first request, so it uses the time to load what nearly every request needs.
    importlib.import_module(_ahead)


class _Pieces(io.RawIOBase):
    """What pikepdf writes to: it hands the file over in pieces of a size that suits a pipe."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0

    def write(self, data: Any) -> int:
        """Hand over some bytes."""
        piece = bytes(data)
        self.size += len(piece)
        for at in range(0, len(piece), _PIECE):
            give(piece[at : at + _PIECE])
        return len(piece)

    def writable(self) -> bool:
        """It can be written."""
        return True

    def seekable(self) -> bool:
        """It cannot go back."""
        return False


def _survey(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    """Open a PDF, and say how many pages it has, what was done to it, and where its pages have room."""
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
    made.pdf.close()
    return answer, []


def _picture(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.convert import picture_pages

    data, notes, mended = picture_pages(blobs[0], request["type"])
    return {"notes": notes, "repaired": mended}, [data]


def _tree(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.tree import Told, tree_pages

    data, notes = tree_pages(build(Told, request["told"], blobs))
    return {"notes": notes, "repaired": False}, [data]


def _join(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    """Join the sources to the plan; the bundle goes out in pieces, the answer says where each number stands."""
    from casefile.printing.bundle.join import joined
    from casefile.printing.bundle.plan import Face, Plan

    plan: Plan = build(Plan, request["plan"], blobs)
    words, figures = build(Face, request["words"], blobs), build(Face, request["figures"], blobs)
    total = len(request["sources"])
    large = _large({source["path"] for source in request["sources"] if "path" in source})

    def sources() -> Any:
        for source in request["sources"]:
            if "blob" in source:
                yield Opened(pikepdf.open(io.BytesIO(blobs[source["blob"]])), "our own")
            else:
                yield _taken(source, source["path"] in large)

    def step(number: int) -> None:
        if number % 10 == 0:
            report("", number, total)

    out, boxes = joined(sources(), plan, words, figures, step)
    report("Writing the pages", len(boxes), len(boxes))
    size = _handed_over(out)
    return {"boxes": [[round(value, 2) for value in box] for box in boxes], "size": size}, []


def _large(paths: set[str]) -> set[str]:
    """The papers that are too large to be held in memory: the largest, as each of them stays an open file."""
    sizes = sorted(((Path(path).stat().st_size, path) for path in paths if Path(path).is_file()), reverse=True)
    return {path for size, path in sizes[:_MOST_OPEN] if size >= _LARGE}


def _handed_over(out: pikepdf.Pdf) -> int:
    """Write a PDF out in pieces; returns its size."""
    from casefile.printing.bundle.join import save

    pieces = _Pieces()
    # The writer of a PDF hands over a few bytes at a time: they are gathered before they come to us.
    with io.BufferedWriter(pieces, _PIECE) as target:
        save(out, target)
    return pieces.size


def _cut(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    """Cut pages out of a finished bundle as a volume; it goes out in pieces."""
    from casefile.printing.bundle.plan import Plan
    from casefile.printing.bundle.volumes import File, cut

    plan: Plan = build(Plan, request["plan"], blobs)
    others = [build(File, one) for one in request["others"]]
    return {"size": _handed_over(cut(request["path"], request["first"], request["last"], plan, others))}, []


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
    """One page as it will be in the bundle, as a picture. ``source`` is a blob and its page, or a paper with one pick."""
    from casefile.printing.bundle.check import drawn
    from casefile.printing.bundle.join import joined, save
    from casefile.printing.bundle.plan import Face, Plan

    source = request["source"]
    if "blob" in source:
        made = Opened(pikepdf.open(io.BytesIO(blobs[source["blob"]])), "our own")
        pick(made, [source["page"]])
        for page in made.pdf.pages:
            # Its links name pages of the whole bundle.
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
    else:
        made = _taken(source)
    plan: Plan = build(Plan, request["plan"], blobs)
    words, figures = build(Face, request["words"], blobs), build(Face, request["figures"], blobs)
    out, _ = joined([made], plan, words, figures, lambda number: None)
    target = io.BytesIO()
    save(out, target)
    wide, high, rgb = drawn(target.getvalue(), 0, request["width"])
    return {"width": wide, "height": high}, [rgb]


def _taken(source: dict[str, Any], lazy: bool = False) -> Opened:
    """A paper opened as it is wanted: its pages turned, and only those that are taken in."""
    made = taken(source, lazy=lazy)
    if source["turns"]:
        turn(made.pdf, dict(source["turns"]))
    if source["picks"]:
        pick(made, source["picks"])
    return made


def _hiding(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.serve_redaction import answer

    return answer(request, blobs, report)


def _words(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    from casefile.printing.bundle.likeness import words_of

    return {"pages": words_of(request["path"], lambda done, total: report("Reading the pages", done, total))}, []


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
    "survey": _survey, "picture": _picture, "tree": _tree, "join": _join, "cut": _cut, "check": _check, "marks": _marks, "draw": _draw,
    "words": _words, "preview": _preview, "sights": _sights, "fit": _fit,
    **dict.fromkeys(("find", "hide", "cover", "leaks"), _hiding),
}  # fmt: skip
"""What the child can be asked for."""


def handle(request: dict[str, Any], blobs: list[bytes], report: Report) -> Answer:
    """Answer one request; a file that cannot become pages answers ``refused`` with the reason."""
    try:
        return DOES[request["do"]](request, blobs, report)
    except Refused as problem:
        return {"refused": str(problem.args[0])}, []
