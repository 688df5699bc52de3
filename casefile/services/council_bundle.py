"""A bundle somebody else made, held against our own papers: what is in it, on which pages, what is missing, what is new."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from casefile.child import Child, ChildFailed
from casefile.domain.bundles import day_of
from casefile.domain.dates import in_table
from casefile.domain.documents import Document
from casefile.domain.likeness import Sight, by_looks, by_words, rows_of_words, runs, whole
from casefile.domain.their_bundle import Sign, dividers
from casefile.errors import BadFile, NotFound
from casefile.printing.bundle.bag import as_csv
from casefile.progress import Progress
from casefile.readers.kinds import PICTURES
from casefile.services.bundle_pages import MEMORY
from casefile.services.case import child_of
from casefile.services.council_limits import Measured
from casefile.services.facts import Exhibits
from casefile.services.unlocking import readable
from casefile.store.rows import PageText
from casefile.store.store import Store

State = Literal["all", "part", "missing", "cannot_tell"]
STATES: dict[State, str] = {
    "all": "All of it is there",
    "part": "Only part of it is there",
    "missing": "Not found",
    "cannot_tell": "Cannot be compared",
}
"""What became of a paper of ours, in words."""
_SECONDS = 60.0
_FEW_WORDS = 40
"""A page with fewer words in it is compared by its looks: it is a scan, or nearly empty."""


@dataclass(frozen=True, slots=True)
class Row:
    """A paper of ours: what became of it, the pages of their bundle that hold it, and which of its own pages they lack.

    All pages count from 1. ``seen`` are pages of theirs that only look the same: somebody should compare them.
    """

    document: int
    title: str
    mark: str
    day: str
    state: State
    theirs: tuple[int, ...]
    lacking: tuple[int, ...]
    seen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Their bundle: its pages, each of our papers, the pages that are none of ours, and those with nothing on them.

    ``bookmarks`` are those of the file; ``dividers`` are pages that hold hardly more than the name of a section.
    """

    name: str
    pages: int
    rows: tuple[Row, ...]
    not_ours: tuple[tuple[int, int], ...]
    blank: tuple[int, ...]
    bookmarks: tuple[Sign, ...] = ()
    dividers: tuple[Sign, ...] = ()

    def count(self, state: State) -> int:
        """How many of our papers are in a state."""
        return sum(1 for row in self.rows if row.state == state)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A page of one of our papers, or all words of a paper that has no fixed pages (``page`` 0)."""

    document: int
    page: int
    rows: frozenset[int]


def compare(store: Store, path: Path, progress: Progress) -> Compared:
    """Hold the PDF at ``path`` against every paper of the case that is not in the bin.

    Raises ``NotFound`` where there is no such file, ``BadFile`` where it is no PDF that opens, ``Cancelled`` from
    ``progress``. Nothing of the file is kept.
    """
    if not path.is_file():
        raise NotFound(f"There is no file “{path.name}”.", "Check the name.")
    try:
        path.open("rb").close()
    except OSError as problem:
        raise BadFile(f"“{path.name}” could not be opened ({problem.strerror}).", "Check that you may open it, or copy it to another folder.") from None
    papers = [paper for paper in store.find(Document, "dated, id") if paper.state != "binned" and paper.id is not None]
    units = _units(store, papers)
    with Child("bundle", memory=MEMORY) as child:
        texts: list[str] = _asked(child, {"do": "words", "path": str(path)}, path, progress)["pages"]
        theirs = [rows_of_words(text) for text in texts]
        found, held = by_words([unit.rows for unit in units], theirs)
        taken = {page for pages in found.values() for page in pages}
        unread = [page for page, rows in enumerate(theirs) if page not in taken]
        open_units = [at for at in range(len(units)) if at not in found]
        seen, blank = _looked(child, store, papers, units, open_units, (path, unread, theirs), progress)
        bookmarks = _bookmarks(child, path, progress)
    rows = tuple(_row(store, paper, units, found, held, seen) for paper in papers)
    taken |= set(seen.values())
    strange = [page + 1 for page in range(len(texts)) if page not in taken and page not in blank]
    sheets = dividers({page: texts[page - 1] for page in strange})
    return Compared(path.name, len(texts), rows, runs(strange), tuple(page + 1 for page in sorted(blank)), bookmarks, sheets)


def _units(store: Store, papers: Sequence[Document]) -> list[_Unit]:
    made = []
    for paper in papers:
        texts = {one.page: one.text for one in store.find(PageText, "page", document=paper.id) if one.page}
        if paper.type == "pdf" or paper.type in PICTURES:
            pages = range(1, max([paper.pages or 1, *texts]) + 1)
            made += [_Unit(paper.id or 0, page, rows_of_words(texts.get(page, ""))) for page in pages]
        elif any(text.strip() for text in texts.values()):
            made.append(_Unit(paper.id or 0, 0, rows_of_words("\n".join(texts.values()))))
    return made


def _asked(child: Child, request: dict[str, Any], path: Path, progress: Progress) -> dict[str, Any]:
    try:
        answer, _ = child.ask(request, seconds=_SECONDS, progress=progress)
        problem = str(answer.get("refused") or answer.get("error") or "")
    except ChildFailed as failed:
        problem = str(failed.args[0])
    if problem:
        raise BadFile(f"“{path.name}” could not be read: {problem}.", "Your case is safe. Ask for another copy of the bundle.")
    return answer


def _looked(
    child: Child, store: Store, papers: Sequence[Document], units: Sequence[_Unit], open_units: Sequence[int],
    their: tuple[Path, Sequence[int], Sequence[frozenset[int]]], progress: Progress,
) -> tuple[dict[int, int], set[int]]:  # fmt: skip
    """Pages that were not found by words, by their looks; and the pages of theirs that are blank."""
    path, unread, theirs = their
    if not unread:
        return {}, set()
    drawn = _sights(child, path, [page for page in unread if len(theirs[page]) < _FEW_WORDS], progress)
    blank = {page for page, sight in drawn.items() if sight.blank and not theirs[page]}
    if not set(drawn) - blank:
        return {}, blank
    kinds = {paper.id: paper for paper in papers}
    mine: dict[int, Sight] = {}
    wanted: dict[int, list[int]] = {}
    for at in open_units:
        if units[at].page and kinds[units[at].document].type == "pdf":
            wanted.setdefault(units[at].document, []).append(at)
    for number, (id_, places) in enumerate(wanted.items()):
        progress.step("Looking at your papers", number, len(wanted))
        paper = readable(store, kinds[id_])
        original = store.originals.path_of(paper.sha256, paper.type)
        try:
            sights = _sights(child, original, [units[at].page - 1 for at in places], progress)
        except BadFile:
            continue  # a paper that cannot be drawn is told as one that cannot be compared, or as not found
        mine |= {at: sights[units[at].page - 1] for at in places}
    return by_looks(mine, {page: sight for page, sight in drawn.items() if page not in blank}), blank


def _sights(child: Child, path: Path, pages: Sequence[int], progress: Progress) -> dict[int, Sight]:
    if not pages:
        return {}
    answer = _asked(child, {"do": "sights", "path": str(path), "pages": list(pages)}, path, progress)
    made = [Sight(tuple(int(grid, 16) for grid in grids)) for grids in answer["sights"]]
    return dict(zip(pages, made, strict=True))


def _bookmarks(child: Child, path: Path, progress: Progress) -> tuple[Sign, ...]:
    try:
        answer = _asked(child, {"do": "bookmarks", "path": str(path)}, path, progress)
    except BadFile:
        return ()  # its pages were read: without its bookmarks less can be told, and that is said
    return tuple(Sign(str(name), int(page), int(level)) for name, page, level in answer["bookmarks"])


def _row(
    store: Store, paper: Document, units: Sequence[_Unit], found: Mapping[int, set[int]], held: Mapping[int, float],
    seen: Mapping[int, int],
) -> Row:  # fmt: skip
    mine = [at for at, unit in enumerate(units) if unit.document == paper.id]
    pages = {page for at in mine for page in found.get(at, ())}
    looks = {seen[at] for at in mine if at in seen}
    lacking = tuple(units[at].page for at in mine if units[at].page and at not in found and at not in seen)
    state: State = "all"
    if not mine or (paper.type in PICTURES and not pages):
        state = "cannot_tell"
    elif not pages and not looks:
        state = "missing"
    elif lacking or any(units[at].page == 0 and not whole(held[at]) for at in mine if at in held):
        state = "part"
    mark, day = Exhibits.of(store).kept.get(paper.id or 0), day_of(paper)
    return Row(
        paper.id or 0, paper.title or paper.name, f"E{mark}" if mark else "", in_table(day) if day else "No date", state,
        tuple(sorted(page + 1 for page in pages | looks)), () if state == "missing" else lacking,
        tuple(sorted(page + 1 for page in looks)),
    )  # fmt: skip


def spans(pages: Sequence[int]) -> str:
    """Pages in words: "4 to 6, 9"."""
    return ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in runs(pages))


def remark(row: Row) -> str:
    """What to know of a row besides its state: pages that are lacking, and pages only told by their looks."""
    made = []
    if row.state == "part":
        made.append(f"Lacking: page {spans(row.lacking)}." if row.lacking else "Some of its words are not there.")
    if row.seen:
        made.append(f"Page {spans(row.seen)} of theirs only looks the same. Compare it.")
    return " ".join(made)


HEADS = ("Mark", "Date", "Our paper", "State", "Their pages", "Remark")


def table(made: Compared) -> list[tuple[str, ...]]:
    """Every paper of ours as a row under ``HEADS``: first what is missing, then what is there only in part, then the rest."""
    order: tuple[State, ...] = ("missing", "part", "cannot_tell", "all")
    rows = sorted(made.rows, key=lambda row: order.index(row.state))
    return [(row.mark, row.day, row.title, STATES[row.state], spans(row.theirs), remark(row)) for row in rows]


def not_ours(made: Compared) -> str:
    """Their pages that match no paper of ours, in words."""
    pages = [page for first, last in made.not_ours for page in range(first, last + 1)]
    if len(pages) == 1:
        return f"Page {pages[0]} matches no paper of yours."
    return f"Pages {spans(pages)} match no paper of yours." if pages else "Every page matches a paper of yours."


def csv_of(made: Compared) -> bytes:
    """The comparison as a table for a spreadsheet."""
    return as_csv([HEADS, *table(made), ("", "", not_ours(made), "", "", "")])


def pdf_of(store: Store, made: Compared, limits: Measured, today: dt.date) -> bytes:
    """The comparison as a sheet to send or print, with its pages held against the limits."""
    from casefile.printing.council_table import council_table

    child = child_of(store)
    about = ", ".join(part for part in (child.name, child.reference) if part)
    counts = [(STATES[state], made.count(state)) for state in ("all", "part", "missing", "cannot_tell")]
    measured = [(row.title(ours=True), row.counted, str(row.limit.most), row.verdict) for row in limits.rows]
    told = [limits.heading, *limits.how(ours=True), *limits.rule, *limits.sources]
    return council_table(made.name, made.pages, counts, HEADS, table(made), not_ours(made), (measured, told), today, about)
