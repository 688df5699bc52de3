"""Binding all pages into one file, and parts of them into files of their own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casefile.domain.bundles import Item, Part
from casefile.errors import BadFile
from casefile.printing.bundle.bag import Hashed
from casefile.printing.bundle.bind import Binding, File, Taken, whole
from casefile.printing.bundle.front import faces
from casefile.printing.bundle.geometry import Box, Sheet
from casefile.printing.bundle.plan import Plan
from casefile.printing.bundle.sheaf import BadSheaf, Sheaf
from casefile.progress import Progress
from casefile.services.bundle_layout import Layout
from casefile.services.bundle_pages import Pages, Press
from casefile.store.files import write_file


@dataclass(frozen=True, slots=True)
class Joined:
    """A written bundle: its file, what it was bound from, the sheet of each page and the box of its number, and the file's
    SHA-256 and size as it was written."""

    path: Path
    taken: Sequence[Taken]
    sheets: Sequence[Sheet]
    boxes: Sequence[Box]
    hashed: tuple[str, int]


def join(
    press: Press, layout: Layout, ready: Sequence[tuple[Item, Pages]], wrap: Sequence[int], target: Path, progress: Progress
) -> Joined:  # fmt: skip
    """Bind everything into ``target``; the content of the pages in ``wrap`` (0 is the first) becomes a form.

    Raises ``BadFile`` where a paper cannot be bound, ``NoSpace``, ``Cancelled``.
    """
    own = press.sheaves.own(layout.own.values(), press.child, progress)
    known = {item.key: pages for item, pages in ready}
    taken = []
    for part in layout.parts:
        if part.key in layout.own:
            taken.append(whole(own[layout.own[part.key]]))
        else:
            taken.append(_taken(press, part, known[part.key], wrap, progress))
    binding = Binding(taken, layout.plan, *faces())
    return Joined(target, taken, binding.sheets, binding.boxes, _written(binding, target, "Joining the pages", progress))


def _taken(press: Press, part: Part, pages: Pages, wrap: Sequence[int], progress: Progress) -> Taken:
    picks: Sequence[int] = pages.picks or range(pages.pages)
    first = part.first - 1
    mine = [picks[page - first] for page in wrap if first <= page < part.last]
    try:
        sheaf = press.sheaves.of(pages, press.child, progress, mine)
    except BadFile:
        if not mine:
            raise
        # Bound as it was: the check says of its pages that they could not be proved.
        sheaf = press.sheaves.of(pages, press.child, progress)
    if any(not 0 <= at < len(sheaf.leaves) for at in picks):
        raise BadFile("The bundle could not be joined. Nothing was written.", "A paper has fewer pages than when it was looked at.")
    return Taken(sheaf, picks)


def _written(binding: Binding, target: Path, doing: str, progress: Progress) -> tuple[str, int]:
    """Write a binding to ``target``; returns its SHA-256 and size."""
    pieces = Hashed(_pieces(binding, lambda done, total: progress.step(doing, done, total)))
    write_file(target, pieces)
    return pieces.told


def _pieces(binding: Binding, report: Callable[[int, int], None]) -> Iterator[bytes]:
    """The pieces of a binding. Raises ``BadFile`` where a sheaf cannot be bound."""
    try:
        yield from binding.pieces(report)
    except (BadSheaf, LookupError, ValueError) as problem:
        # What a child made of a foreign file is not trusted to make sense.
        why = problem.args[0] if isinstance(problem, BadSheaf) else "what a paper was made into makes no sense"
        raise BadFile("The bundle could not be joined. Nothing was written.", f"What happened: {why}. Try again.") from None


def one_page(press: Press, plan: Plan, source: bytes | Pages, at: int, progress: Progress) -> bytes:
    """One page of a paper, or of our own, with all that ``plan`` puts on it, as a PDF. ``at`` is its place there (0 is the first).

    Raises ``BadFile`` where it cannot be made.
    """
    sheaf: Sheaf
    if isinstance(source, bytes):
        sheaf = press.sheaves.own([source], press.child, progress)[source]
    else:
        sheaf = press.sheaves.of(source, press.child, progress)
    binding = Binding([Taken(sheaf, (at,))], plan, *faces(), first=-1)
    return b"".join(_pieces(binding, lambda done, total: None))


def cut(layout: Layout, joined: Joined, plan: Plan, files: Sequence[File], at: int, target: Path, progress: Progress) -> tuple[str, int]:
    """Bind only the pages of ``files[at]`` into ``target``; returns its SHA-256 and size. ``plan`` is that of this file.

    Links to pages of the other files name them. Raises as ``join``.
    """
    me = files[at]
    mine = []
    for part, taken in zip(layout.parts, joined.taken, strict=True):
        first, last = max(me.first, part.first - 1), min(me.last, part.last)
        if first < last:
            mine.append(Taken(taken.sheaf, taken.picks[first - part.first + 1 : last - part.first + 1]))
    binding = Binding(
        mine, plan, *faces(), first=me.first, sheets=joined.sheets, others=[one for one in files if one is not me],
    )  # fmt: skip
    return _written(binding, target, "Cutting the bundle", progress)

