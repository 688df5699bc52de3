"""Papers of a bundle set on A4 sheets, kept by content and choice."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from casefile.child import ChildFailed
from casefile.domain.bundles import Item
from casefile.domain.dates import count
from casefile.domain.paper_choice import PaperChoice
from casefile.progress import Progress
from casefile.services.bundle_layout import Drawn, Setting, laid_out
from casefile.services.bundle_pages import Pages, Press
from casefile.services.redaction import key_of, source_of
from casefile.store.files import write_file

_SECONDS = 60.0


def firsts(setting: Setting, ready: Sequence[tuple[Item, Pages]], drawn: Drawn) -> dict[str, int]:
    """The page on which each paper begins, where the side of the sheet matters: setting pages on A4 changes none."""
    if not (setting.bundle.paper.edge and setting.bundle.paper.two_sided):
        return {}
    return {part.key: part.first for part in laid_out(setting, ready, {}, drawn).parts}


def fitted(
    press: Press, choice: PaperChoice, ready: Sequence[tuple[Item, Pages]], firsts: Mapping[str, int], progress: Progress
) -> list[tuple[Item, Pages]]:
    """The same papers with every page on A4, and a note on each that was changed; unchanged where that is not asked.

    ``firsts`` is the page of the bundle (1 is the first) on which each paper begins, by its key: on the back of a sheet the
    room for binding is at the other side. It is only needed for paper printed on both sides with such room.

    A paper that cannot be set stays as it is, with a note. Raises ``Cancelled`` from ``progress``.
    """
    if not choice.fits:
        return list(ready)
    made = []
    for number, (item, pages) in enumerate(ready):
        progress.step("Making pages A4", number, len(ready))
        made.append((item, pages) if pages.refused else _one(press, choice, item, pages, firsts.get(item.key), progress))
    return made


def _one(
    press: Press, choice: PaperChoice, item: Item, pages: Pages, first: int | None, progress: Progress
) -> tuple[Item, Pages]:
    backs = first % 2 if first is not None else None
    request = {"do": "fit", **source_of(pages), "edge": choice.edge, "backs": backs}
    key = key_of(request | {"path": Path(pages.path).stem, "scanned": Path(pages.scanned).stem})
    told, target = press.folder / f"{key}.json", press.folder / f"{key}.pdf"
    if not told.is_file():
        try:
            answer, blobs = press.child.ask(request, seconds=_SECONDS, progress=progress)
            problem = str(answer.get("refused") or answer.get("error") or "")
        except ChildFailed as failed:
            problem = str(failed.args[0])
        if problem:
            return item, replace(pages, notes=(*pages.notes, "Its pages could not be set on A4 and are as they were."))
        if blobs[0]:
            write_file(target, blobs[0])
        write_file(told, json.dumps(answer["changed"]).encode())
    changed = int(json.loads(told.read_bytes()))
    if not changed:
        return item, pages
    words = f"{count(changed, 'page')} {'moved to leave room for binding' if choice.edge else 'set on A4'}."
    fresh = replace(press.survey(target, key, progress), notes=(*pages.notes, words), repaired=pages.repaired)
    # Pages were chosen and turned before they were set.
    return replace(item, only="", without="", turned=""), fresh
