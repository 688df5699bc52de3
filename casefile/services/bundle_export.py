"""Exporting a bundle: plan first, write once, read it back with a second engine, and only then put it in its place."""

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casefile.child import Child, ChildFailed
from casefile.domain.bundles import Bundle, Item, counted, missing
from casefile.domain.documents import Document
from casefile.domain.letters import Draft
from casefile.errors import BadFile, Invalid
from casefile.library import Library
from casefile.printing.bundle.bag import Member
from casefile.printing.bundle.front import faces
from casefile.progress import Progress
from casefile.services import fitting, redaction
from casefile.services.bundle_bag import Packing, packed
from casefile.services.bundle_checks import Found, checked
from casefile.services.bundle_front import day_words, known
from casefile.services.bundle_join import Joined, join
from casefile.services.bundle_layout import Drawn, Layout, Marks, Setting, drawn_ahead, laid_out, marked, named
from casefile.services.bundle_letters import lettered
from casefile.services.bundle_orphans import orphans
from casefile.services.bundle_pages import MEMORY, Pages, Press
from casefile.services.bundle_place import Finished, put_in_place, staged
from casefile.services.bundle_scans import READ, searchable
from casefile.services.bundle_subject import subject_of
from casefile.services.bundle_volumes import left_over, section_files, volume_name, volumes
from casefile.services.case import child_of
from casefile.services.facts import Exhibits
from casefile.services.redaction_seen import read_first
from casefile.store.files import room_for, safe_name
from casefile.store.store import Store


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
    key: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished bundle: its files, how many pages, what became of every input, and what the checks found.

    ``pdf`` is the whole bundle, and then its volumes where the recipient takes only smaller files.
    """

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
    """Make the bundle's PDF, its volumes where it is too large for its recipient, its zip and the list of hashes in ``folder``.

    ``today`` is the date printed on it; ``originals`` puts the original files into the zip too. Raises ``Invalid`` for an
    empty bundle or an unknown purpose, ``NoSpace`` when the disk is full, ``Cancelled`` from ``progress``. Whatever
    happens, ``folder`` holds the whole new bundle or what it held before. Volumes an earlier export of the same name left
    there, unchanged and not made again, go.
    """
    purpose = library.purpose(bundle.purpose)
    if not bundle.chosen:
        raise Invalid("No paper is chosen, so there is nothing to bundle.", "Choose at least one paper.")
    if redaction.veil_of(store, bundle).words:
        read_first(store, bundle, progress, now=now)
    with Press(store) as press, staged(folder) as stage:
        room_for(folder, 1_000_000 + sum(_size(store, item) for item in bundle.chosen) * (2 if originals else 1))
        numbers = _give_marks(store, bundle, now)
        with press.ahead(bundle.chosen) as looking:
            # While the child starts and looks at the papers, our own pages are printed from the lengths known before.
            known_ = known(store, library, today)
            setting = Setting(store, bundle, purpose, today, originals, known_, redaction.veil_of(store, bundle))
            drawn = _drawn(press, setting, numbers)
            press.second.start()
            looking.finish(progress)
        ready = []
        chosen = bundle.chosen
        for number, item in enumerate(chosen):
            progress.step("Making pages", number, len(chosen))
            ready.append((item, press.pages_of(item, progress)))
        seen = tuple(ready)
        hidden = redaction.hidden(press, setting.veil, marked(ready, numbers), originals, progress)
        setting = replace(setting, kept_back=hidden.kept_back)
        ready = lettered(press, setting, list(hidden.ready), drawn, progress)
        ready = fitting.fitted(press, bundle.paper, ready, fitting.firsts(setting, ready, drawn), progress)
        marks = _marks(press, store, ready, progress)
        made = _built(press, setting, ready, marks, drawn, (stage, folder), progress)
        checks = made.checks | {"searchable": searchable(store, seen, made.inputs)}
        return replace(made, checks=checks | ({"hidden": hidden.told(setting.veil)} if setting.veil else {}))


def _drawn(press: Press, setting: Setting, numbers: Mapping[int, int]) -> Drawn:
    """The front pages printed ahead, where every length is known; they are used if nothing turns out otherwise."""
    faces()
    if setting.veil:
        return {}
    lengths = [press.known(item) or (item.pages if item.kind != "email" else None) for item in setting.bundle.chosen]
    if not all(lengths) or any(item.only or item.without for item in setting.bundle.chosen):
        return {}
    return drawn_ahead(
        setting,
        [(named(item, numbers), pages or 1) for item, pages in zip(setting.bundle.chosen, lengths, strict=True)],
    )


def _size(store: Store, item: Item) -> int:
    return store.get(Document, item.document).size if item.document is not None else 100_000


def _give_marks(store: Store, bundle: Bundle, now: dt.datetime) -> dict[int, int]:
    """Give every paper its exhibit mark for good, in the order of the bundle; returns the marks by paper."""
    exhibits = Exhibits.of(store)
    papers = [item.document for item in bundle.chosen if item.document is not None]
    with store.action("Gave papers their marks", now=now, undoable=False):
        exhibits.keep(store, papers)
    return Exhibits.of(store).kept


def _marks(press: Press, store: Store, ready: Sequence[tuple[Item, Pages]], progress: Progress) -> Marks:
    """The exhibit marks on the pages of our own letters, where links will lie."""
    letters = {draft.document for draft in store.find(Draft) if draft.document is not None}
    found = {}
    for item, pages in ready:
        if not pages.refused and (item.draft is not None or item.document in letters):
            with contextlib.suppress(ChildFailed):
                answer, _ = press.child.ask({"do": "marks", "path": pages.path}, seconds=20, progress=progress)
                places = {page: at for at, page in enumerate(pages.picks or range(pages.pages))}
                found[item.key] = [
                    (places[page], mark, tuple(box), named_) for page, mark, box, named_ in answer.get("marks", ()) if page in places
                ]
    return found


def _built(
    press: Press, setting: Setting, ready: list[tuple[Item, Pages]], marks: Marks, drawn: Drawn, places: tuple[Path, Path],
    progress: Progress,
) -> Exported:  # fmt: skip
    """Lay out, join and check, and put the result in its place; the zip is packed while the pages are checked."""
    stage, folder = places
    target = stage / "bundle.pdf"
    progress.step("Laying out the index", 0, 0)
    layout = laid_out(setting, ready, marks, drawn)
    made = join(press, layout, ready, (), target, progress)
    name = _name(setting)

    made, found, zip_hash = _proved(press, setting, layout, ready, made, (stage / "bundle.zip", name), progress)
    press.remember()
    doubtful = found.told["pages_to_look_at"]
    most = (setting.bundle.paper.volume_mb or setting.purpose.volume_mb) * 1_000_000 or made.hashed[1]
    by_key = {item.key: pages for item, pages in ready}
    cuts = volumes(press, layout, by_key, made, (name, most), progress)
    parts = [(one, volume_name(name, at, len(cuts))) for at, one in enumerate(cuts, 1)]
    if setting.bundle.paper.by_section:
        parts += section_files(press, layout, (name, setting.veil.over), made, progress)
    redaction.prove(press, setting.veil, [target, stage / "bundle.zip", *(one.path for one, _ in parts)], progress)
    finished = [Finished(target.name, f"{name}.pdf", made.hashed[0]), Finished("bundle.zip", f"{name}.zip", zip_hash)]
    finished += [Finished(one.path.name, final, one.sha256) for one, final in parts]
    old = left_over(folder, name, {final for _, final in parts})
    placed, listing = put_in_place(stage, folder, finished)
    for path in old:
        # A volume that is open elsewhere may refuse to go; the new bundle is whole all the same.
        with contextlib.suppress(OSError):
            path.unlink()
    inputs = tuple(_inputs(layout, ready, doubtful))
    checks = _checks(setting, layout, ready, found.told)
    if parts:
        checks |= {
            "volumes": [one.told(final, most) for one, final in parts[: len(cuts)]],
            "sections": [one.told(final, made.hashed[1]) for one, final in parts[len(cuts) :]],
            "ok": checks["ok"] and all(one.holds for one, _ in parts),
        }
    return Exported(folder, (placed[0], *placed[2:]), placed[1], listing, layout.pages, inputs, checks)


def _proved(
    press: Press, setting: Setting, layout: Layout, ready: Sequence[tuple[Item, Pages]], made: Joined, zipped: tuple[Path, str],
    progress: Progress,
) -> tuple[Joined, Found, str]:  # fmt: skip
    """Read the bundle back while its zip is packed; returns the bundle as it is then, what was found, and the zip's SHA-256.

    Where something was found, the zip is packed once more: it holds the bundle as it is in the end, and says what to look at.
    ``zipped`` is where the zip goes, and the name of the bundle in it.
    """
    target, name = zipped

    def packing(bundle: Joined, doubtful: Sequence[int]) -> Packing:
        inputs = tuple(_inputs(layout, ready, doubtful))
        pdf = Member(f"{name}.pdf", bundle.path, bundle.hashed)
        return Packing(target, packed(setting, layout, inputs, pdf, name))

    with packing(made, ()) as going:
        found = checked((press.child, press.second), made.path, layout, ready, made.boxes, progress)
        if not found.told["pages_to_look_at"]:
            progress.step("Packing the zip", layout.pages, layout.pages)
            return made, found, going.finish(progress)
    if found.unread:
        # Content that leaks its graphics state moves our number away; as a form XObject it cannot.
        made = join(press, layout, ready, found.unread, made.path, progress)
        found = checked((press.child, press.second), made.path, layout, ready, made.boxes, progress)
    progress.step("Packing the zip", layout.pages, layout.pages)
    with packing(made, found.told["pages_to_look_at"]) as going:
        return made, found, going.finish(progress)


def _checks(
    setting: Setting, layout: Layout, ready: Sequence[tuple[Item, Pages]], told: Mapping[str, Any]
) -> dict[str, Any]:
    items = [item for item, _ in ready]
    lengths = [part.pages for part in layout.parts if part.item is not None]
    counts = list(zip(items, lengths, strict=True))
    if setting.after:
        # What was sent before counts against a limit as well.
        counts.append((Item(None, "", ""), sum(row.pages for row in setting.after.rows)))
    limits = [
        {"title": one.limit.title, "pages": one.pages, "most": one.limit.most, "holds": one.over == 0}
        for one in counted(setting.purpose, counts)
    ]
    undated = [item.document for item in items if item.on is None]
    lost = [one.words for one in orphans(setting.store, setting.bundle)]
    return {**told, "limits": limits, "missing": missing(setting.purpose, items), "undated": undated, "orphans": lost}


def _name(setting: Setting) -> str:
    child = child_of(setting.store).name or "Case"
    if setting.bundle.subject.for_files:
        named = subject_of(setting.store, setting.purpose, setting.bundle).file
        return safe_name(f"{named} additions from page {setting.after.pages + 1}") if setting.after else named
    words = setting.purpose.file_name.format(child=child, date=setting.today.isoformat(), short=setting.purpose.short)
    named_ = f"{words} additions from page {setting.after.pages + 1}" if setting.after else words
    return safe_name(setting.veil.over(named_))


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
        reason = " ".join([*words, *([READ] if pages.scanned else []), *layout.notes.get(part.key, ()), *unproved])
        yield Input(
            part.item.document,
            part.title,
            state,
            part.first,
            part.last,
            reason,
            part.item.mark,
            part.span,
            part.key,
            day_words(part.item),
        )


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
