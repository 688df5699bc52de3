"""The words of scans and photos: read in the background once the papers are in, newest first, each page once.

What was read is kept with the case, so that the search, the suggestions, the plan and a bundle have it. It is a reading and no
more: nothing that rests on it is called sure, and what the parent confirmed stays as it is.
"""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TypeVar

from casefile.domain.dates import count
from casefile.domain.documents import DateGuess, Document, EventGuess, KindGuess, PersonGuess, Suggestion
from casefile.domain.scans import WARNING, PageScan, after_reading, page_scan
from casefile.errors import BadFile, NotFound
from casefile.plain import build, plain
from casefile.progress import Progress
from casefile.readers import Unreadable
from casefile.readers.kinds import PICTURES
from casefile.readers.process import ReaderProcess
from casefile.readers.scan import READER, CannotScan, available
from casefile.services.importing import cleaned, suggested_again
from casefile.services.unlocking import readable
from casefile.store.rows import TO_COME, PageText, Scanned, StoredSuggestion
from casefile.store.store import Store

__all__ = ["WARNING", "ScansRead", "Waiting", "available", "pages_read", "read_scans", "scanned_papers", "title_of", "waiting", "words_of", "words_on"]

Guess = TypeVar("Guess", DateGuess, PersonGuess, KindGuess, EventGuess)
_LOGO = 10_000
"""A picture inside a mail of fewer bytes is a logo or a smile, and not worth reading."""
_KNOWN = "SELECT page FROM page_text WHERE page > 0 AND document = {0} UNION SELECT page FROM scanned WHERE document = {0}"
_TO_COME = f"SELECT page FROM scanned WHERE document = {{0}} AND reader = '{TO_COME}'"
"""The pages of a paper that have words, or were looked for some; those of them with words typed over a picture that was not read yet."""
_FRESH = 50
"""After so many pages the child starts anew: the time of processor it may take is limited."""
CANNOT = "Scans cannot be read on this computer: the part that reads them is not there. They are kept, and can be looked at."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper with pages (1 is the first) that are pictures and were not read yet."""

    paper: Document
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScansRead:
    """What reading scans came to: papers and pages with words, pages without any, and pages that could not be read."""

    papers: int = 0
    pages: int = 0
    nothing: int = 0
    failed: int = 0
    cannot: str = ""

    @property
    def words(self) -> str:
        """That in a sentence or two."""
        if self.cannot:
            return CANNOT
        if not self.pages:
            return "No words were found in the scans." if self.nothing or self.failed else "No scan was waiting to be read."
        said = f"Words read from {count(self.pages, 'page')} of {count(self.papers, 'scan')}. They can be searched now, and some may be wrong."
        return f"{said} {count(self.failed, 'page')} could not be read." if self.failed else said


def title_of(waiting_: list[Waiting]) -> str:
    """What the work is called while it goes on."""
    pages = sum(len(one.pages) for one in waiting_)
    return f"Reading the words in {count(len(waiting_), 'scan')}" + (f" ({pages} pages)" if pages > len(waiting_) else "")


def waiting(store: Store) -> list[Waiting]:
    """The papers with pages to be read, newest first. Papers in the bin and those that could not be opened are left out."""
    kinds = ("pdf", *sorted(PICTURES))
    with store.guard:
        # Asked for whenever a case is opened: only papers that wait are fetched, and there are few.
        rows = store.db.execute(
            f"SELECT id FROM document WHERE problem = '' AND state <> 'binned' AND type IN ({', '.join('?' * len(kinds))}) AND (pages > "
            f"(SELECT count(*) FROM ({_KNOWN.format('document.id')})) OR EXISTS ({_TO_COME.format('document.id')})) ORDER BY coalesce(dated, received, substr(added, 1, 10)) DESC, id DESC", kinds,
        ).fetchall()  # fmt: skip
        papers = [store.get(Document, id_) for (id_,) in rows]
        found = []
        for paper in papers:
            if paper.parent and paper.type in PICTURES and paper.size < _LOGO:
                continue
            have = {int(page) for (page,) in store.db.execute(f"{_KNOWN.format('?1')} EXCEPT {_TO_COME.format('?1')}", [paper.id])}
            found.append(Waiting(paper, tuple(page for page in range(1, (paper.pages or 0) + 1) if page not in have)))
    return found


def pages_read(store: Store, document: int) -> set[int]:
    """The pages of a paper (1 is the first) whose words were read from a picture."""
    with store.guard:
        rows = store.db.execute("SELECT page FROM scanned WHERE document = ? AND words <> '[]'", [document]).fetchall()
    return {int(page) for (page,) in rows}


def scanned_papers(store: Store) -> set[int]:
    """The papers with words that were read from pictures."""
    with store.guard:
        return {int(document) for (document,) in store.db.execute("SELECT DISTINCT document FROM scanned WHERE words <> '[]'").fetchall()}


def words_of(store: Store, document: int) -> dict[int, PageScan]:
    """What was read on the scanned pages of a paper, by page (1 is the first); pages without words are left out."""
    return {one.page: page_scan(one.turn, one.words) for one in store.find(Scanned, "page", document=document) if one.words != "[]"}


def words_on(store: Store, document: int, page: int) -> PageScan:
    """What was read from the picture of a page (1 is the first); without words where all of it is typed, or it was not read."""
    found = store.find(Scanned, document=document, page=page)
    return page_scan(found[0].turn, found[0].words) if found else PageScan()


def read_scans(store: Store, progress: Progress, *, now: dt.datetime, only: Collection[int] | None = None) -> ScansRead:
    """Read every page that waits, or ``only`` those of some papers. Raises ``Cancelled`` from ``progress``; what was read so far is kept, whole.

    It cannot be taken back, and need not be: it changes nothing that the parent entered, and goes with its paper.
    """
    found = [one for one in waiting(store) if only is None or one.paper.id in only]
    if not available():
        return ScansRead(cannot="missing") if found else ScansRead()
    total, done = sum(len(one.pages) for one in found), 0
    made = ScansRead()
    with ReaderProcess() as reader:
        for one in found:
            try:
                data = _bytes_of(store, one.paper)
            except (BadFile, NotFound):
                done += len(one.pages)
                made = replace(made, failed=made.failed + len(one.pages))
                continue
            before = made.pages
            for page in one.pages:
                progress.step("Reading the words in scans", done, total)
                if done % _FRESH == _FRESH - 1:
                    reader.close()
                try:
                    made = _page(store, reader, one.paper, page, data, (made, progress, now))
                except CannotScan:
                    return replace(made, cannot="does not start")
                done += 1
            _suggest(store, reader, one.paper, data, now, found=made.pages > before)
            made = replace(made, papers=made.papers + (made.pages > before))
    progress.step("Read", total, total)
    return made


def _bytes_of(store: Store, paper: Document) -> bytes:
    shown = readable(store, paper)
    return store.originals.read(shown.sha256, shown.type)


def _page(
    store: Store, reader: ReaderProcess, paper: Document, page: int, data: bytes, so_far: tuple[ScansRead, Progress, dt.datetime]
) -> ScansRead:  # fmt: skip
    """Read one page and keep what was found, in one action; returns the count with it."""
    made, progress, now = so_far
    scan, problem = PageScan(), ""
    try:
        scan = reader.scan(data, page - 1, progress)
    except Unreadable as told:
        problem = str(told.args[0])
    with store.action("Read a scan", now=now, undoable=False):
        # Its adding may have been taken back meanwhile, or another reader may have been quicker.
        known = next(iter(store.find(Scanned, document=paper.id, page=page)), None)
        if not _there(store, paper.id or 0) or (known and known.reader != TO_COME):
            return made
        read = Scanned(known.id if known else None, paper.id or 0, page, scan.turn, cleaned(scan.kept()), problem, READER)
        (store.change if known else store.add)(read)
        if scan.words:
            _add_words(store, paper.id or 0, page, cleaned(scan.text))
    return replace(
        made, pages=made.pages + bool(scan.words), failed=made.failed + bool(problem),
        nothing=made.nothing + (not scan.words and not problem),
    )  # fmt: skip


def _add_words(store: Store, document: int, page: int, text: str) -> None:
    """Keep what was read from a page's picture, before what is typed on it: a stamp begins no letter."""
    typed = next(iter(store.find(PageText, document=document, page=page)), None)
    if typed is None:
        store.add(PageText(None, document, page, text))
    else:
        store.change(replace(typed, text=f"{text}\n\n{typed.text.strip()}"))


def _there(store: Store, document: int) -> bool:
    """Whether a paper is still in the case."""
    return bool(store.find(Document, id=document))


def _suggest(store: Store, reader: ReaderProcess, paper: Document, data: bytes, now: dt.datetime, *, found: bool) -> None:
    """Once all its pages are read: what a paper's note says, and, until it is sorted, what it seems to be."""
    kept = next(iter(store.find(StoredSuggestion, document=paper.id)), None)
    old: Suggestion = build(Suggestion, json.loads(kept.made)) if kept else Suggestion()
    new = old
    if found:
        try:
            incoming = reader.read(data)
            rows = store.find(PageText, "page", document=paper.id)
            pages = tuple(row.text for row in rows if row.page > 0)
            new = _unsure(suggested_again(store, paper, replace(incoming, pages=pages), plain(old), now.date()), old)
        except Unreadable:
            pass
    with store.action("Read a scan", now=now, undoable=False):
        if not _there(store, paper.id or 0):
            return
        now_is = store.get(Document, paper.id or 0)
        changed = replace(now_is, note=after_reading(now_is.note, found=found))
        if now_is.state == "unsorted" and new is not old:
            named = now_is.title not in (old.title, now_is.name)
            who = new.sender.organisation or new.sender.person if new.sender else ""
            changed = replace(changed, title=now_is.title if named else new.title or now_is.title, sender=now_is.sender or who)
            if kept is not None:
                store.change(replace(kept, made=json.dumps(plain(new), ensure_ascii=False)))
        store.change(changed)
        for head in store.find(PageText, document=paper.id, page=0):
            words = (changed.title, changed.name, changed.sender, changed.recipient)
            store.change(replace(head, text="\n".join(filter(None, words))))


def _unsure(new: Suggestion, old: Suggestion) -> Suggestion:
    """A suggestion in which nothing that rests on words read from a picture is sure."""
    return replace(
        new, date=_less(new.date, old.date), received=_less(new.received, old.received), sender=_less(new.sender, old.sender),
        recipient=_less(new.recipient, old.recipient), kind=_less(new.kind, old.kind),
        events=tuple(replace(event, sure=False, because=_because(event.because)) for event in new.events),
    )  # fmt: skip


def _less(new: Guess | None, old: Guess | None) -> Guess | None:
    if new is None or new == old:
        return new
    return replace(new, sure=False, because=_because(new.because))


def _because(words: str) -> str:
    return f"{words.rstrip('.')}, read from a picture." if words else "Read from a picture."
