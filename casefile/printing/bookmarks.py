"""The bookmarks of a PDF that somebody else made, with their names. Runs in the limited child."""

import importlib
from itertools import islice
from typing import Any

MOST = 5_000
"""More bookmarks are not read: no bundle needs them, and a file may be made to hold any number."""
_LONGEST = 200


def bookmarks_of(path: str) -> list[tuple[str, int, int]]:
    """Every bookmark as (name, page, level), in the order of the file: pages count from 1, levels from 0.

    The page is 0 where a bookmark leads to none: it is only a heading over others, or opens another file. Raises what PDFium
    raises for a file that is no PDF or is locked.
    """
    pdfium: Any = importlib.import_module("pypdfium2")
    made = []
    with pdfium.PdfDocument(path) as document:
        for mark in islice(document.get_toc(), MOST):
            try:
                name = " ".join(mark.get_title().split())[:_LONGEST]
            except UnicodeDecodeError:  # half a letter: one odd name must not cost the others
                name = ""
            made.append((name, _page(mark), mark.level))
    return made


def _page(mark: Any) -> int:
    raw: Any = importlib.import_module("pypdfium2.raw")
    if raw.FPDFAction_GetType(raw.FPDFBookmark_GetAction(mark.raw)) == raw.PDFACTION_REMOTEGOTO:
        return 0
    place = mark.get_dest()
    at = None if place is None else place.get_index()
    return 0 if at is None else at + 1
