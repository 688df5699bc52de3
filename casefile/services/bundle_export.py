"""Exporting a bundle: plan first, write once, read it back with a second engine, and only then put it in its place."""

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile.child import Child, ChildFailed
from casefile.domain.bundles import Bundle, Item, counted, missing
from casefile.domain.documents import Document
from casefile.domain.letters import Draft
from casefile.errors import BadFile, Invalid
from casefile.library import Library
from casefile.library.bundles import load_purposes, purpose_of
from casefile.plain import plain
from casefile.printing.bundle.bag import LIST, listed, sha256_of
from casefile.printing.bundle.front import faces
from casefile.progress import Progress
from casefile.services.bundle_bag import packed
from casefile.services.bundle_checks import SHARED, checked
from casefile.services.bundle_front import happenings
from casefile.services.bundle_layout import Layout, Marks, Setting, laid_out, marked
from casefile.services.bundle_pages import MEMORY, Pages, Press
from casefile.services.case import child_of
from casefile.services.facts import Exhibits
from casefile.store.files import place, room_for, safe_name, write_file
from casefile.store.store import Store

_STAGE = ".casefile-unfinished"
_TRIES = 6


@dataclass(frozen=True, slots=True)
class Input:
    """What became of one paper: ``bundled``, ``repaired`` or ``refused``; its pages counted from the very first.

    ``reason`` says what was done or why it is not there; ``span`` is its pages as stamped.
    """

    document: int | None
    title: str
    state: str
    from_page: int
    to_page: int
    reason: str
    mark: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished bundle: its files, how many pages, what became of every input, and what the checks found."""

    folder: Path
    pdf: tuple[Path, ...]
    zip: Path
    list: Path
    pages: int
    inputs: tuple[Input, ...]
    checks: dict[str, Any]


def export(
    store: Store, library: Library, bundle: Bundle, folder: Path, progress: Progress, *, today: dt.date, now: dt.datetime,
    originals: bool = False,
) -> Exported:  # fmt: skip
    """Make the bundle's PDF, its zip and the list of hashes in ``folder``.

    ``today`` is the date printed on it; ``originals`` puts the original files into the zip too. Raises ``Invalid`` for an
    empty bundle or an unknown purpose, ``NoSpace`` when the disk is full, ``Cancelled`` from ``progress``. Whatever
    happens, ``folder`` holds the whole new bundle or what it held before.
    """
    found = load_purposes(library.folder / "bundles")
    purpose = purpose_of(found, bundle.purpose)
    if purpose is None:
        raise Invalid(
            f"There is no purpose called {bundle.purpose!r}.", f"Use one of: {', '.join(p.id for p in found)}."
        )
    if not bundle.chosen:
        raise Invalid("No paper is chosen, so there is nothing to bundle.", "Choose at least one paper.")
    room_for(folder, 1_000_000 + sum(_size(store, item) for item in bundle.chosen) * (2 if originals else 1))
    setting = Setting(store, library, bundle, purpose, today, originals)
    numbers = _give_marks(store, bundle, now)
    with Press(store) as press, _stage(folder) as stage:
        if sum(item.pages or 1 for item in bundle.chosen) >= SHARED:
            press.second.start()
        # While the children start, what the layout will need is read: fonts, and the law for the chronology.
        faces()
        happenings(store, library, (), today)
        press.ahead(bundle.chosen, progress)
        ready = []
        for number, item in enumerate(bundle.chosen):
            progress.step("Making pages", number, len(bundle.chosen))
            ready.append((item, press.pages_of(item, progress)))
        ready = marked(ready, numbers)
        marks = _marks(press, store, ready, progress)
        layout, ready, checks = _built(press, setting, ready, marks, stage / "bundle.pdf", progress)
        press.remember()
        progress.step("Packing the zip", layout.pages, layout.pages)
        return _placed(setting, stage, folder, layout, ready, checks)


def _size(store: Store, item: Item) -> int:
    return store.get(Document, item.document).size if item.document is not None else 100_000


def _give_marks(store: Store, bundle: Bundle, now: dt.datetime) -> dict[int, int]:
    """Give every paper its exhibit mark for good, in the order of the bundle; returns the marks by paper."""
    exhibits = Exhibits.of(store)
    papers = [item.document for item in bundle.chosen if item.document is not None]
    with store.action("Gave papers their marks", now=now, undoable=False):
        exhibits.keep(store, papers)
    return Exhibits.of(store).kept


@contextlib.contextmanager
def _stage(folder: Path) -> Iterator[Path]:
    """A folder inside ``folder`` for what is not finished; it and all in it go when the work ends, however it ends."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    stage = folder / _STAGE
    try:
        yield stage
    finally:
        with contextlib.suppress(OSError):
            for path in list(stage.iterdir()) if stage.is_dir() else []:
                path.unlink()
            stage.rmdir()
        for path in made:
            # Only what we made, and only while it is empty.
            with contextlib.suppress(OSError):
                path.rmdir()


def _marks(press: Press, store: Store, ready: Sequence[tuple[Item, Pages]], progress: Progress) -> Marks:
    """The exhibit marks on the pages of our own letters, where links will lie."""
    letters = {draft.document for draft in store.find(Draft) if draft.document is not None}
    found = {}
    for item, pages in ready:
        if not pages.refused and (item.draft is not None or item.document in letters):
            with contextlib.suppress(ChildFailed):
                answer, _ = press.child.ask({"do": "marks", "path": pages.path}, seconds=20, progress=progress)
                found[item.key] = [(page, mark, tuple(box)) for page, mark, box in answer.get("marks", ())]
    return found


def _built(
    press: Press, setting: Setting, ready: list[tuple[Item, Pages]], marks: Marks, target: Path, progress: Progress
) -> tuple[Layout, list[tuple[Item, Pages]], dict[str, Any]]:
    """Lay out, join and check. A paper that stops the joining is tried another way, at last as a sheet."""
    for _ in range(_TRIES):
        progress.step("Laying out the index", 0, 0)
        layout = laid_out(setting, ready, marks)
        try:
            boxes = _joined(press, layout, ready, (), target, progress)
            break
        except _Stopped as problem:
            at = problem.item if problem.item is not None else _culprit(press, ready, progress)
            if at is None:
                raise BadFile(
                    "The bundle could not be joined. Nothing was written.", f"What happened: {problem.words}."
                ) from None
            ready[at] = (ready[at][0], press.again(ready[at][1], progress))
    else:
        raise BadFile(
            "The bundle could not be joined. Nothing was written.",
            "Take out the papers that were mended, and try again.",
        )
    found = checked((press.child, press.second), target, layout, ready, boxes, progress)
    if found.unread:
        # Content that leaks its graphics state moves our number away; as a form XObject it cannot.
        boxes = _joined(press, layout, ready, found.unread, target, progress)
        found = checked((press.child, press.second), target, layout, ready, boxes, progress)
    items = [item for item, _ in ready]
    counts = [(item, layout.parts[-len(ready) + number].pages) for number, item in enumerate(items)]
    checks = found.told | {
        "limits": [{"title": one.limit.title, "pages": one.pages, "most": one.limit.most, "holds": one.over == 0} for one in counted(setting.purpose, counts)],
        "missing": missing(setting.purpose, items), "undated": [item.document for item in items if item.on is None],
    }  # fmt: skip
    return layout, ready, checks


class _Stopped(Exception):
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


def _joined(
    press: Press, layout: Layout, ready: Sequence[tuple[Item, Pages]], wrap: tuple[int, ...], target: Path, progress: Progress
) -> list[list[float]]:  # fmt: skip
    """Have the child join everything into ``target``; returns the box of each page's number. Raises ``_Stopped``."""
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
            sources.append({"path": pages.path, "mode": pages.mode})
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
        write_file(target, press.child.pieces(request, blobs, answer, seconds=120, progress=watch))
    except ChildFailed as problem:
        raise _Stopped(places[watch.at] if watch.at is not None else None, str(problem.args[0])) from None
    if "error" in answer or "refused" in answer:
        words_ = str(answer.get("error") or answer.get("refused"))
        raise _Stopped(places[watch.at] if watch.at is not None else None, words_)
    return [list(box) for box in answer["boxes"]]


def _culprit(press: Press, ready: Sequence[tuple[Item, Pages]], progress: Progress) -> int | None:
    """The first paper that cannot even be joined alone."""
    from casefile.printing.bundle.plan import Plan, Stamp

    words, figures = faces()
    for number, (_, pages) in enumerate(ready):
        if pages.refused:
            continue
        blobs: list[bytes] = []
        alone = Plan("", "D:20000101000000Z", tuple(Stamp("1") for _ in range(pages.pages)), ())
        request = {"do": "join", "sources": [{"path": pages.path, "mode": pages.mode}], "plan": plain(alone, blobs),
                   "words": plain(words, blobs), "figures": plain(figures, blobs)}  # fmt: skip
        try:
            answer, _ = press.child.ask(request, blobs, seconds=120, progress=progress)
        except ChildFailed:
            return number
        if "error" in answer or "refused" in answer:
            return number
    return None


def _placed(
    setting: Setting, stage: Path, folder: Path, layout: Layout, ready: Sequence[tuple[Item, Pages]], checks: dict[str, Any]
) -> Exported:  # fmt: skip
    """Pack the zip, write the list of hashes, and move all three to their places."""
    name = safe_name(
        setting.purpose.file_name.format(
            child=child_of(setting.store).name or "Case", date=setting.today.isoformat(), short=setting.purpose.short
        )
    )
    inputs = tuple(_inputs(layout, ready, checks["pages_to_look_at"]))
    pdf = stage / "bundle.pdf"
    packed_at = write_file(stage / "bundle.zip", packed(setting, layout, inputs, pdf, f"{name}.pdf", name))
    hashes = []
    for path, final in ((pdf, f"{name}.pdf"), (packed_at, f"{name}.zip")):
        with path.open("rb") as file:
            hashes.append((sha256_of(iter(lambda file=file: file.read(1 << 20), b""))[0], final))  # type: ignore[misc]
    list_ = write_file(stage / "list.txt", listed(hashes))
    places = [
        place(path, folder / final) for path, final in ((pdf, f"{name}.pdf"), (packed_at, f"{name}.zip"), (list_, LIST))
    ]
    return Exported(folder, (places[0],), places[1], places[2], layout.pages, inputs, checks)


def _inputs(layout: Layout, ready: Sequence[tuple[Item, Pages]], doubtful: Sequence[int]) -> Iterator[Input]:
    known: Mapping[str, Pages] = {item.key: pages for item, pages in ready}
    for part in layout.parts:
        if part.item is None:
            continue
        pages = known[part.key]
        state = "refused" if pages.refused else "repaired" if pages.repaired else "bundled"
        words = [f"{pages.refused[:1].upper()}{pages.refused[1:]}."] if pages.refused else list(pages.notes)
        unproved = [
            f"Page {page} could not be proved. Compare it with the original."
            for page in doubtful
            if part.first <= page <= part.last
        ]
        reason = " ".join([*words, *layout.notes.get(part.key, ()), *unproved])
        yield Input(part.item.document, part.title, state, part.first, part.last, reason, part.item.mark, part.span)


def picture_of_page(path: Path, page: int, width: int) -> bytes:
    """A page of an exported bundle (0 is the first) as PNG, ``width`` pixels wide. Raises ``BadFile``."""
    with Child("bundle", memory=MEMORY) as child:
        try:
            answer, made = child.ask({"do": "draw", "path": str(path), "page": page, "width": width}, seconds=20)
        except ChildFailed as problem:
            raise BadFile(f"This page could not be shown: {problem.args[0]}.", "The file is not touched.") from None
    if "error" in answer:
        raise BadFile("This page could not be shown.", "The file is not touched.")
    return made[0]


def index_picture(
    store: Store,
    library: Library,
    bundle: Bundle,
    today: dt.date,
    progress: Progress,
    *,
    page: int = 0,
    width: int = 600,
) -> tuple[bytes, int]:
    """The index as it will print: page ``page`` (0 is the first) as PNG ``width`` pixels wide, and how many it has.

    Makes the pages of papers that were never printed, so the first time may take as long as an export. Nothing is
    given a mark yet. Raises ``BadFile`` for an empty bundle or an unknown page, ``Cancelled`` from ``progress``.
    """
    purpose = purpose_of(load_purposes(library.folder / "bundles"), bundle.purpose)
    if purpose is None or not bundle.chosen:
        raise BadFile("There is no index to show.", "Choose at least one paper.")
    exhibits = Exhibits.of(store)
    numbers = {
        item.document: int(exhibits.mark(item.document)[1:]) for item in bundle.chosen if item.document is not None
    }
    with Press(store) as press:
        press.ahead(bundle.chosen, progress)
        ready = marked([(item, press.pages_of(item, progress)) for item in bundle.chosen], numbers)
        press.remember()
        layout = laid_out(Setting(store, library, bundle, purpose, today, False), ready, {})
        count = next(part.pages for part in layout.parts if part.key == "index")
        answer, made = press.child.ask({"do": "draw", "page": page, "width": width}, [layout.own["index"]], seconds=20)
    if "error" in answer:
        raise BadFile("This page of the index could not be shown.", "The papers are not touched.")
    return made[0], count
