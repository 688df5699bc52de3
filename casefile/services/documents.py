"""Papers after they are in: what is suggested, confirming it, reading, looking, finding, the bin."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from casefile.domain.blocks import Block
from casefile.domain.documents import KINDS, Document, Precision, Suggestion
from casefile.domain.events import Event
from casefile.errors import BadFile, Invalid
from casefile.plain import build
from casefile.readers import Unreadable
from casefile.readers.kinds import PICTURES, TREES
from casefile.readers.process import Drawn, ReaderProcess
from casefile.services import unlocking
from casefile.services.importing import ImportReport, ImportRow, import_paths
from casefile.services.scans import pages_read, words_on
from casefile.services.threads import duplicates, threads
from casefile.store.files import safe_name, write_file
from casefile.store.rows import PageText, StoredSuggestion, Unlocked
from casefile.store.search import search as search_store
from casefile.store.store import Store

__all__ = ["Drawn", "ImportReport", "ImportRow", "duplicates", "import_paths", "pages_read", "threads"]

_NEWEST = "coalesce(dated, received, substr(added, 1, 10)) DESC, id DESC"


@dataclass(frozen=True, slots=True)
class View:
    """What the viewer shows: pages of a ``pdf`` or ``picture``, the ``blocks`` of a mail or Word file, or nothing."""

    kind: str
    pages: int
    blocks: tuple[Block, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One page a search found. ``page`` is None for the title; ``snippet`` marks the words that fit.

    ``from_picture`` says that its words were read from a scan and may be wrong.
    """

    document: int
    title: str
    date: date | None
    page: int | None
    snippet: tuple[tuple[str, bool], ...]
    from_picture: bool = False


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: how many pages in all, and the first of them."""

    total: int
    hits: tuple[Hit, ...]


def all_documents(store: Store) -> list[Document]:
    """Every paper that is not in the bin, newest first."""
    with store.guard:
        return [one for one in store.find(Document, _NEWEST) if one.state != "binned"]


def unsorted(store: Store) -> list[Document]:
    """Papers waiting to be confirmed, the oldest first; those left for later come last."""
    return store.find(
        Document, "note LIKE 'Left for later%', coalesce(dated, substr(added, 1, 10)), id", state="unsorted"
    )


def binned(store: Store) -> list[Document]:
    """Papers in the bin."""
    return store.find(Document, _NEWEST, state="binned")


def document(store: Store, id_: int) -> Document:
    """One paper. Raises ``NotFound``."""
    return store.get(Document, id_)


def text_of(store: Store, id_: int) -> list[str]:
    """The text of each page of a paper; a page without words is empty."""
    pages = [entry for entry in store.find(PageText, "page", document=id_) if entry.page > 0]
    texts = {entry.page: entry.text for entry in pages}
    return [texts.get(number, "") for number in range(1, max(texts, default=0) + 1)]


def original(store: Store, id_: int) -> bytes:
    """The original bytes, checked against their hash. Raises ``NotFound`` or ``BadFile``."""
    paper = store.get(Document, id_)
    return store.originals.read(paper.sha256, paper.type)


def legible(store: Store, id_: int) -> bytes:
    """The bytes a paper's pages are shown from: its original, or its unlocked copy. Raises as ``original`` does."""
    paper = unlocking.readable(store, store.get(Document, id_))
    return store.originals.read(paper.sha256, paper.type)


def suggestion_of(store: Store, id_: int) -> Suggestion:
    """What the program suggested about a paper when it was read."""
    kept = store.find(StoredSuggestion, document=id_)
    made: Suggestion = build(Suggestion, json.loads(kept[0].made)) if kept else Suggestion()
    return made


def sort_document(
    store: Store, id_: int, *, title: str = "", kind: str | None = None, dated: date | None = None,
    precision: Precision = "day", received: date | None = None, sender: str | None = None, recipient: str | None = None,
    events: Sequence[tuple[str, date] | tuple[str, date, str]] = (),
) -> None:  # fmt: skip
    """Confirm what a paper is, and record the events it proves, in one action.

    Where the date of a filed paper is corrected, what it proves on its own day moves with it. ``events`` are (event id, day) or (event id, day, its kind). Raises ``Invalid`` for an unknown kind of paper.
    """
    if kind is not None and kind not in KINDS:
        raise Invalid(f"There is no kind of paper called {kind!r}.", f"Use one of: {', '.join(KINDS)}.")
    paper = store.get(Document, id_)
    changed = replace(
        paper, state="filed", title=title.strip() or paper.title, kind=kind or paper.kind, dated=dated or paper.dated,
        dated_precision=precision if dated else paper.dated_precision, received=received or paper.received,
        sender=paper.sender if sender is None else sender, recipient=paper.recipient if recipient is None else recipient,
    )  # fmt: skip
    named = {event[0] for event in events}
    with store.action("Filed a paper"):
        store.change(changed)
        _head(store, changed)
        if paper.state == "filed" and paper.dated and changed.dated and paper.dated != changed.dated:
            for event in store.find(Event, document=id_, on=paper.dated.isoformat()):
                if event.kind not in named:
                    store.change(replace(event, on=changed.dated, certainty="exact" if precision == "day" else "approximate"))
        for kind_of_event, on, *rest in events:
            _prove(store, kind_of_event, on, str(rest[0]) if rest else "", id_, precision)


def _prove(store: Store, kind: str, on: date, detail: str, document_id: int, precision: Precision) -> None:
    """Record an event with its paper, or give the paper to the same event that stands without one."""
    for event in store.find(Event, kind=kind, on=on.isoformat()):
        if event.document is None:
            store.change(replace(event, document=document_id, detail=event.detail or detail))
        return
    certainty = "exact" if precision == "day" else "approximate"
    store.add(Event(None, kind, on, document_id, certainty=certainty, detail=detail))  # type: ignore[arg-type]


def _head(store: Store, paper: Document) -> None:
    words = "\n".join(filter(None, (paper.title, paper.name, paper.sender, paper.recipient)))
    for entry in store.find(PageText, document=paper.id, page=0):
        store.change(replace(entry, text=words))


def describe(store: Store, id_: int, *, title: str, note: str) -> None:
    """Give a paper a name and a note of the parent's own."""
    paper = store.get(Document, id_)
    with store.action("Described a paper"):
        changed = replace(paper, title=title.strip() or paper.title, note=note)
        store.change(changed)
        _head(store, changed)


def leave(store: Store, id_: int) -> None:
    """Leave a paper for later: it goes to the end of the To sort list."""
    paper = store.get(Document, id_)
    with store.action("Left a paper for later"):
        store.change(replace(paper, note=f"Left for later. {paper.note.removeprefix('Left for later. ')}"))


def remove(store: Store, id_: int) -> None:
    """Put a paper, and what was attached to it, into the bin."""
    with store.action("Put a paper in the bin"):
        for paper in _with_parts(store, id_):
            store.change(replace(paper, state="binned"))


def bring_back(store: Store, id_: int) -> None:
    """Take a paper, and what was attached to it, out of the bin."""
    with store.action("Took a paper out of the bin"):
        for paper in _with_parts(store, id_):
            store.change(replace(paper, state="filed" if paper.kind else "unsorted"))


def in_bin_since(store: Store) -> dict[int, date]:
    """The day each paper in the bin was put there, as the record tells."""
    rows = store.db.execute(
        "SELECT document.id, max(record.at) FROM document JOIN record ON record.object = 'document:' || document.id "
        "WHERE document.state = 'binned' AND record.action LIKE '%in the bin' GROUP BY document.id"
    )
    return {int(id_): date.fromisoformat(at[:10]) for id_, at in rows.fetchall()}


def empty_bin(store: Store, *, before: date | None = None) -> int:
    """Remove what is in the bin for good; returns how many papers. The window asks in words first.

    ``before`` spares what was put there on that day or later: a paper stays in the bin for 30 days.
    """
    since = in_bin_since(store) if before else {}
    papers = [paper for paper in binned(store) if before is None or since.get(paper.id or 0, before) < before]
    copies = [(one.sha256, one.opened_as) for one in store.find(Unlocked) if any(one.document == paper.id for paper in papers)]
    with store.action("Emptied the bin", undoable=False):
        for paper in papers:
            if paper.id is not None:
                store.remove(Document, paper.id)
    for sha256, type_ in [*((paper.sha256, paper.type) for paper in papers), *copies]:
        if not store.keeps(sha256):
            store.originals.drop(sha256, type_)
    if papers:
        store.originals.forget_pages()
    store.forget_undo()
    return len(papers)


def _with_parts(store: Store, id_: int) -> list[Document]:
    found, waiting = [], [store.get(Document, id_)]
    while waiting:
        paper = waiting.pop()
        found.append(paper)
        waiting += store.find(Document, parent=paper.id)
    return found


def reader_of(store: Store) -> ReaderProcess:
    """The reader that serves the viewer of an open case; it ends with the case."""
    reader = store.lasting.get("reader")
    if not isinstance(reader, ReaderProcess):
        reader = ReaderProcess()
        store.lasting["reader"] = reader
        store.on_close.append(reader.close)
    return reader


def view(store: Store, id_: int) -> View:
    """What there is to look at in a paper. Never raises for a paper that cannot be read: ``problem`` says why."""
    paper = unlocking.readable(store, store.get(Document, id_))
    if paper.problem:
        return View("none", 0, problem=paper.problem)
    notes = (paper.note,) if paper.note else ()
    if paper.type == "pdf" or paper.type in PICTURES:
        return View("pdf" if paper.type == "pdf" else "picture", paper.pages or 1, notes=notes)
    if paper.type not in TREES:
        return View("none", 0, notes=notes)
    try:
        with store.reading:
            incoming = reader_of(store).read(store.originals.read(paper.sha256, paper.type))
    except (Unreadable, BadFile) as problem:
        return View("none", 0, problem=f"It could not be read: {problem.args[0]}.")
    return View("blocks", 1, incoming.blocks, incoming.headers, notes=notes)


def page_picture(store: Store, id_: int, page: int, width: int) -> Drawn:
    """Page ``page`` (0 is the first) of a PDF or picture, ``width`` pixels wide; a scan with the words read from it.

    Raises ``BadFile``.
    """
    try:
        with store.reading:
            drawn = reader_of(store).draw(legible(store, id_), page, width)
    except Unreadable as problem:
        raise BadFile(f"This page could not be shown: {problem.args[0]}.", "The original is kept as it came.") from None
    read = words_on(store, id_, page + 1)
    seen = tuple((word.text, *word.within(drawn.width, drawn.height)) for word in read.words)
    return replace(drawn, words=(*drawn.words, *seen)) if seen else drawn


def search(store: Store, query: str, limit: int = 100) -> Hits:
    """Find words in every paper, the newest first. Any query gives results or none, never an error."""
    total, found = search_store(store, query, limit)
    papers: dict[int, Document] = {}
    scanned: dict[int, set[int]] = {}
    hits = []
    for hit in found:
        paper = papers.setdefault(hit.document, store.get(Document, hit.document))
        if hit.document not in scanned:
            scanned[hit.document] = pages_read(store, hit.document)
        read = hit.page in scanned[hit.document]
        hits.append(Hit(hit.document, paper.title, paper.dated or paper.received, hit.page or None, hit.snippet, read))
    return Hits(total, tuple(hits))


def export_original(store: Store, id_: int, folder: Path) -> Path:
    """Copy an original into ``folder`` under a safe name; returns where it is. Raises ``NoSpace``."""
    paper = store.get(Document, id_)
    data = original(store, id_)
    taken = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return write_file(folder / safe_name(paper.name, taken), data)
