"""What lies in a bundle's zip: the PDF, the index for people and for programs, the log, and how to check it all."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from casefile import __version__
from casefile.domain.bundles import Counted, Item, counted, missing
from casefile.domain.documents import Document
from casefile.printing.bundle.bag import Hashed, Member, as_csv, as_html, as_json, bag
from casefile.printing.bundle.checker import HOW, SCRIPT
from casefile.printing.bundle.index_docx import index_docx
from casefile.progress import Cancelled, Progress
from casefile.services.bundle_front import day_words
from casefile.services.bundle_layout import Layout, Setting
from casefile.services.bundle_subject import note_for_more_pages
from casefile.store.files import safe_name, write_file

_HEADS = (
    "Mark",
    "Date",
    "Document",
    "Section",
    "Pages",
    "First page",
    "Last page",
    "What was done",
    "File",
    "SHA-256 of the original",
)

_WIDTHS = (900, 2000, 3738, 1800, 1200)
"""The columns of the Word index, in twentieths of a point: mark, date, document, section, pages."""


class Packing:
    """Packs the zip in a thread of its own while something else is done. Use it in a ``with``: it ends the thread."""

    def __init__(self, target: Path, chunks: Iterator[bytes]) -> None:
        self._target, self._chunks = target, chunks
        self._hashed = Hashed(self._loose())
        self._stopped = False
        self._problem: BaseException | None = None
        self._thread = threading.Thread(target=self._pack, name="packing", daemon=True)

    def __enter__(self) -> "Packing":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _loose(self) -> Iterator[bytes]:
        for piece in self._chunks:
            if self._stopped:
                raise Cancelled
            yield piece

    def _pack(self) -> None:
        try:
            write_file(self._target, self._hashed)
        except BaseException as problem:  # it belongs to whoever asks for the result
            self._problem = problem

    def stop(self) -> None:
        """Leave off, and wait until nothing is written any more."""
        self._stopped = True
        self._thread.join()

    def finish(self, progress: Progress) -> str:
        """Wait for the end; returns the SHA-256 of the zip. Raises what stopped it, and ``Cancelled`` from ``progress``."""
        while self._thread.is_alive():
            self._thread.join(0.05)
            progress.step("")
        if self._problem is not None:
            raise self._problem
        return self._hashed.told[0]


def packed(setting: Setting, layout: Layout, inputs: Sequence[Any], pdf: Member, folder: str) -> Iterator[bytes]:
    """The zip piece by piece; the case is read at once, so another thread may fetch the pieces. ``pdf`` is the bundle."""
    papers = setting.known.papers
    over = setting.veil.over
    rows = [(*over(row[:-1]), row[-1]) for row in _rows(layout, inputs, papers)]
    seal = setting.store.seal()
    words = (f"{over(setting.bundle.title)}. {layout.pages} pages.", f"Seal of the record: {seal}")
    members = [
        pdf,
        Member("index.csv", as_csv([_HEADS, *rows])),
        Member("index.html", as_html("Index", _HEADS, rows, words)),
        Member("index.docx", index_docx("Index", words, _HEADS[:5], [row[:5] for row in rows], _WIDTHS)),
        Member("index.json", as_json([dict(zip(_HEADS, row, strict=True)) for row in rows])),
        Member("record.csv", as_csv(_record(setting))),
        Member("compliance.txt", _compliance(setting, layout)),
        Member("how to check.txt", HOW.format(seal=seal).encode("utf-8")),
        Member("check.py", SCRIPT.encode("utf-8")),
    ]
    note = note_for_more_pages(setting.store, setting.purpose, setting.bundle, _counted(setting, layout))
    if note:
        members.insert(-2, Member(f"note for form {setting.purpose.change_form}.txt", note.encode("utf-8")))
    if setting.originals:
        members += _originals(setting, layout, papers)
    info = {
        "Bagging-Date": setting.today.isoformat(),
        "Bag-Software-Agent": f"Casefile {__version__}",
        "External-Description": over(setting.bundle.title),
        "Casefile-Seal": seal,
    }
    return bag(folder, members, info)


def _rows(layout: Layout, inputs: Sequence[Any], papers: Mapping[int | None, Document]) -> list[tuple[object, ...]]:
    parts = {part.first: part for part in layout.parts}
    rows: list[tuple[object, ...]] = []
    section, under = "", tuple[str, ...]()
    for one in inputs:
        part, paper = parts[one.from_page], papers.get(one.document)
        day = day_words(part.item) if part.item else ""
        if part.section != section:
            section, under = part.section, ()
        if part.item and part.item.over:
            under = part.item.over[-1:]
        headed = ": ".join((section, *under))
        rows.append(
            (
                one.mark, day, one.title, headed, one.span, one.from_page, one.to_page,
                f"{one.state}. {one.reason}".strip(), paper.name if paper else "", paper.sha256 if paper else "",
            )
        )  # fmt: skip
    return rows


def _record(setting: Setting) -> list[tuple[object, ...]]:
    """The append-only record of the case: no text of a parent stands in it."""
    heads = (
        "Number",
        "Before",
        "At",
        "Action",
        "Object",
        "Hash of the object",
        "Program",
        "Schema",
        "Clock went back",
        "Hash",
    )
    with setting.store.guard:
        rows = setting.store.db.execute(
            "SELECT number, before, at, action, object, object_hash, program, schema, clock_back, hash FROM record ORDER BY number"
        ).fetchall()
    return [heads, *rows]


def _counted(setting: Setting, layout: Layout) -> list[Counted]:
    """How the pages stand to the limits; what was sent before counts as well."""
    items = [(part.item, part.pages) for part in layout.parts if part.item is not None]
    if setting.after:
        items.append((Item(None, "", ""), sum(row.pages for row in setting.after.rows)))
    return counted(setting.purpose, items)


def _compliance(setting: Setting, layout: Layout) -> bytes:
    """How the bundle stands to the rules of its purpose, for whoever receives it."""
    purpose = setting.purpose
    items = [part.item for part in layout.parts if part.item is not None]
    told = f"{layout.pages} pages, numbered from 1 on the cover to the end."
    if setting.after:
        told = f"{layout.pages} pages, numbered on from page {setting.after.pages} of what was sent before."
    lines = [f"{setting.bundle.title}", told, ""]
    titles = {item.key: f", “{item.title}”" for item in items}
    for one in _counted(setting, layout):
        state = f"{one.over} too many" if one.over else "holds"
        lines.append(f"{one.limit.title}{titles.get(one.item, '')}: {one.pages} of at most {one.limit.most} pages: {state}.")
        lines.append(f"  {one.limit.source.words} (checked {one.limit.source.checked.isoformat()})")
        if one.over and one.limit.advice:
            lines.append(f"  {one.limit.advice}")
    lines += missing(purpose, items)
    undated = [item.title for item in items if item.on is None and item.title]
    if undated:
        lines.append(f"Without a date: {'; '.join(undated)}.")
    lines += purpose.notes
    return ("\n".join(setting.veil.over(lines)) + "\n").encode("utf-8")


def _originals(setting: Setting, layout: Layout, papers: Mapping[int | None, Document]) -> list[Member]:
    """The original files, each once, under a safe name that begins with its mark."""
    taken: list[str] = []
    members = []
    seen = set()
    for part in layout.parts:
        paper = papers.get(part.item.document) if part.item else None
        if paper is None or part.item is None or paper.sha256 in seen or paper.id in setting.kept_back:
            continue
        path = setting.store.originals.path_of(paper.sha256, paper.type)
        if not path.is_file():
            continue
        seen.add(paper.sha256)
        name = safe_name(f"{part.item.mark} {paper.name.replace('/', ' ')}", taken)
        taken.append(name)
        members.append(Member(f"originals/{name}", path))
    return members
