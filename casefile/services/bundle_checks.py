"""Reading a finished bundle back: two children share the pages, and what they found is held against the plan."""

import contextlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile.child import Child, ChildFailed
from casefile.domain.bundles import Item
from casefile.plain import build, plain
from casefile.printing.bundle.check import Checked, Sample
from casefile.progress import Progress, Silent
from casefile.services.bundle_layout import Layout
from casefile.services.bundle_pages import Pages

SHARED = 120
"""From so many pages on, the start of a second child is worth it."""
_SECONDS = 60
_ONE_IN = 25


@dataclass(frozen=True, slots=True)
class Found:
    """What reading back found: pages whose number could not be read, and the answer to each check."""

    unread: tuple[int, ...]
    told: dict[str, Any]


def checked(
    children: tuple[Child, Child], path: Path, layout: Layout, ready: Sequence[tuple[Item, Pages]],
    boxes: Sequence[Sequence[float]], progress: Progress,
) -> Found:  # fmt: skip
    """Read the bundle at ``path`` back with PDFium and compare every number, link and bookmark with the plan."""
    total = layout.pages
    own = max((first for first in layout.leads), default=0) + 1
    own_pages = max((part.last for part in layout.parts if part.item is None and not part.blank), default=own)
    request = {
        "do": "check", "path": str(path), "labels": [stamp.label for stamp in layout.plan.stamps], "boxes": boxes,
        "link_pages": own_pages, "samples": plain(_samples(layout, ready)),
    }  # fmt: skip
    half = total // 2 if total >= SHARED else total
    results: list[Checked] = []
    helper = None
    if half < total:
        helper = threading.Thread(target=_ask, args=(children[1], request, half, total, Silent(), results), daemon=True)
        helper.start()
    _ask(children[0], request, 0, half, progress, results)
    while helper is not None and helper.is_alive():
        helper.join(0.1)
        progress.step("")
    read = sum(1 for _ in results)
    return _compared(layout, results, read == (1 if half == total else 2))


def _samples(layout: Layout, ready: Sequence[tuple[Item, Pages]]) -> list[Sample]:
    """Of the papers that came in as they were, one page in every so many, to compare by looks; of few papers also each first."""
    known = {item.key: pages for item, pages in ready}
    few = len(layout.parts) < _ONE_IN * 2
    made = []
    for part in layout.parts:
        pages = known.get(part.key)
        # A form that was frozen, a hidden layer taken out or a mended file looks otherwise by intent.
        if pages is None or pages.refused or pages.notes or pages.repaired or pages.mode not in ("", "as it is"):
            continue
        for at in range(part.pages):
            if (part.first + at) % _ONE_IN == 0 or (few and at % _ONE_IN == 0):
                shrunk = layout.plan.stamps[part.first - 1 + at].shrink
                there = pages.picks[at] if pages.picks else at
                if there not in dict(pages.turns):
                    made.append(Sample(part.first - 1 + at, pages.path, there, shrunk))
    return made


def _ask(
    child: Child, request: dict[str, Any], first: int, last: int, progress: Progress, results: list[Checked]
) -> None:
    mine = [sample for sample in request["samples"] if first <= sample["page"] < last]
    with contextlib.suppress(ChildFailed):
        answer, _ = child.ask(
            request | {"samples": mine} | {"first": first, "last": last}, seconds=_SECONDS, progress=progress
        )
        if "checked" in answer:
            results.append(build(Checked, answer["checked"]))


def _compared(layout: Layout, results: Sequence[Checked], whole: bool) -> Found:
    unread = tuple(sorted({page for one in results for page in one.unread}))
    broken = sorted({page for one in results for page in one.broken})
    strange = sorted({page for one in results for page in one.strange})
    outline = next((one.outline for one in results if one.outline), ())
    links = [link for one in results for link in one.links]
    told = {
        "read_back": whole,
        "page_count": whole and all(one.pages == layout.pages for one in results),
        "numbers": whole and not unread and not broken,
        "looks": not strange,
        "links": _links_hold(layout, links),
        "bookmarks": outline == tuple(mark.page for mark in layout.plan.outline),
        "pages_to_look_at": [page + 1 for page in sorted({*unread, *broken, *strange})],
    }
    return Found(unread, told | {"ok": all(value for value in told.values() if isinstance(value, bool))})


def _links_hold(layout: Layout, links: Sequence[tuple[int, int]]) -> bool:
    """Whether the links of each front part lead to exactly the pages its lines name."""
    spans = {part.first - 1: part.last for part in layout.parts if part.item is None}
    for first, wanted in layout.leads.items():
        found = {target for page, target in links if first <= page < spans[first]}
        if found != wanted:
            return False
    return True
