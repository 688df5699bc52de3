"""Having the child join all pages into one file, and finding the paper that stops it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile.child import ChildFailed
from casefile.domain.bundles import Item
from casefile.plain import plain
from casefile.printing.bundle.bag import Hashed
from casefile.printing.bundle.front import faces
from casefile.progress import Progress
from casefile.services.bundle_layout import Layout
from casefile.services.bundle_pages import Pages, Press
from casefile.store.files import write_file


@dataclass(frozen=True, slots=True)
class Joined:
    """A written bundle: the box of each page's number, and the file's SHA-256 and size as it was written."""

    boxes: list[list[float]]
    hashed: tuple[str, int]


class Stopped(Exception):
    """Joining stopped. ``item`` is the place of the paper that did it, when that is known."""

    def __init__(self, item: int | None, words: str) -> None:
        super().__init__(words)
        self.item, self.words = item, words


@dataclass
class _Watch:
    """Hands progress on, and remembers how far the joining came."""

    inner: Progress
    at: int | None = None

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Take a step; a step with a total but no words counts the sources."""
        if total and not text:
            self.at = done
        elif total:
            self.at = None
        self.inner.step(text or "Joining the pages", done, total)


def _source(pages: Pages) -> dict[str, Any]:
    return {"path": pages.path, "mode": pages.mode, "picks": pages.picks, "turns": pages.turns, "scanned": pages.scanned}


def join(
    press: Press, layout: Layout, ready: Sequence[tuple[Item, Pages]], wrap: tuple[int, ...], target: Path, progress: Progress
) -> Joined:  # fmt: skip
    """Have the child join everything into ``target``. Raises ``Stopped``."""
    blobs: list[bytes] = []
    words, figures = faces()
    sources: list[dict[str, Any]] = []
    places: list[int | None] = []
    known = {item.key: (number, pages) for number, (item, pages) in enumerate(ready)}
    for part in layout.parts:
        if part.key in layout.own:
            sources.append({"blob": len(blobs)})
            blobs.append(layout.own[part.key])
            places.append(None)
        else:
            number, pages = known[part.key]
            sources.append(_source(pages))
            places.append(number)
    plan: Any = plain(layout.plan, blobs) | {"wrap": list(wrap)}
    request = {
        "do": "join",
        "sources": sources,
        "plan": plan,
        "words": plain(words, blobs),
        "figures": plain(figures, blobs),
    }
    watch = _Watch(progress)
    try:
        answer: dict[str, Any] = {}
        pieces = Hashed(press.child.pieces(request, blobs, answer, seconds=120, progress=watch))
        write_file(target, pieces)
    except ChildFailed as problem:
        raise Stopped(places[watch.at] if watch.at is not None else None, str(problem.args[0])) from None
    if "error" in answer or "refused" in answer:
        words_ = str(answer.get("error") or answer.get("refused"))
        raise Stopped(places[watch.at] if watch.at is not None else None, words_)
    return Joined([list(box) for box in answer["boxes"]], pieces.told)


def culprit(press: Press, ready: Sequence[tuple[Item, Pages]], progress: Progress) -> int | None:
    """The first paper that cannot even be joined alone."""
    from casefile.printing.bundle.plan import Plan, Stamp

    words, figures = faces()
    for number, (_, pages) in enumerate(ready):
        if pages.refused:
            continue
        blobs: list[bytes] = []
        alone = Plan("", "D:20000101000000Z", tuple(Stamp("1") for _ in range(pages.pages)), ())
        request = {"do": "join", "sources": [_source(pages)], "plan": plain(alone, blobs),
                   "words": plain(words, blobs), "figures": plain(figures, blobs)}  # fmt: skip
        try:
            answer, _ = press.child.ask(request, blobs, seconds=120, progress=progress)
        except ChildFailed:
            return number
        if "error" in answer or "refused" in answer:
            return number
    return None
