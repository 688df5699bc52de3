"""The child's side of hiding: what it can be asked about words and areas that must not leave."""

from typing import Any

from casefile.child import Report
from casefile.domain.redaction import Finder, HiddenArea, HiddenWords
from casefile.plain import build, plain


def answer(request: dict[str, Any], blobs: list[bytes], report: Report) -> tuple[dict[str, Any], list[bytes]]:
    """Answer one request: ``find`` where words stand, ``hide`` them, ``cover`` one page to show it, or look for ``leaks``."""
    hidden = [build(HiddenWords, one) for one in request["hidden"]]
    if request["do"] == "find":
        from casefile.printing.bundle.redaction import found_in

        return {"found": plain(found_in(request, hidden))}, []
    if request["do"] == "leaks":
        return {"leaks": _leaks(request, hidden, report)}, []
    return _hidden(request, hidden, blobs, report)


def _leaks(request: dict[str, Any], hidden: list[HiddenWords], report: Report) -> list[Any]:
    from casefile.printing.bundle.leaks import leaks, leaks_beside

    finder = Finder(hidden)
    found = []
    for path in request["paths"]:
        if path.endswith(".zip"):
            found += leaks_beside(path, finder, request["leave_out"])
        else:
            found += leaks(path, finder, lambda done, total: report("Looking for hidden words", done, total))
    made: list[Any] = plain(found)
    return made


def _hidden(
    request: dict[str, Any], hidden: list[HiddenWords], blobs: list[bytes], report: Report
) -> tuple[dict[str, Any], list[bytes]]:
    from casefile.printing.bundle.plan import Face
    from casefile.printing.bundle.redaction import covered_picture, hidden_pages

    areas = [build(HiddenArea, one) for one in request["areas"]]
    if request["do"] == "cover":
        picture, size = covered_picture(request, hidden, areas)
        return {"width": size[0], "height": size[1]}, [picture]
    faces = (build(Face, request["words"], blobs), build(Face, request["figures"], blobs))
    data, found = hidden_pages(
        request, hidden, areas, faces, lambda done, total: report("Hiding names and numbers", done, total)
    )
    return {"found": plain(found)}, [data]
