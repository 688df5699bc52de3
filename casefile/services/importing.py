"""Filing what was dropped: every file ends as added, already there, kept but unreadable, or skipped with the reason."""

import contextlib
import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from casefile.domain.documents import DateGuess, Document, Suggestion
from casefile.domain.people import Child, Contact
from casefile.errors import BadFile, NotFound
from casefile.plain import build, plain
from casefile.progress import Cancelled, Progress
from casefile.readers import LIMITS, Attachment, Incoming, Unreadable
from casefile.readers.kinds import HOLDERS, PICTURES, kind_of, mismatch
from casefile.readers.process import ReaderProcess
from casefile.services.page_looks import Looking
from casefile.store.files import room_for
from casefile.store.originals import read_given
from casefile.store.rows import TO_COME, PageText, Scanned, StoredSuggestion
from casefile.store.store import Store
from casefile.suggest import Clues, suggest
from casefile.suggest.dates import british_day

_IGNORED = {".ds_store", "thumbs.db", "desktop.ini", ".localized"}
_BATCH = 20
_DEEPEST = 8
STATES = ("added", "already_there", "unreadable", "skipped")


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What became of one file, or of one part of a file (``part`` is then the attachment's name, ``mail`` the mail's id)."""

    path: str
    state: str
    document: int | None
    reason: str = ""
    part: str | None = None
    mail: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of everything that was given. The totals add up to the rows."""

    rows: tuple[ImportRow, ...]

    @property
    def totals(self) -> dict[str, int]:
        """How many rows ended in each state."""
        return {state: sum(1 for row in self.rows if row.state == state) for state in STATES}

    @property
    def words(self) -> str:
        """The totals in a sentence."""
        totals = self.totals
        parts = [f"{totals['added']} added"]
        if totals["already_there"]:
            parts.append(f"{totals['already_there']} already there")
        if totals["unreadable"]:
            parts.append(f"{totals['unreadable']} kept but could not be read")
        if totals["skipped"]:
            parts.append(f"{totals['skipped']} left out")
        return ", ".join(parts) + "."


@dataclass
class _Read:
    """One file after reading, before anything is written: the paper, its pages, its suggestion, and its parts."""

    path: str
    name: str
    data: bytes
    type: str
    incoming: Incoming | None
    problem: str
    part: Attachment | None = None
    mail: str = ""
    parts: list["_Read"] = field(default_factory=list)
    outer: "_Read | None" = None


def files_below(paths: Sequence[Path], case: Path) -> Iterator[tuple[Path, str, str]]:
    """Every file to look at, with the path to show for it and, where it is left out, the reason."""
    inside = case.resolve()
    for given in paths:
        if inside in (given.resolve(), *given.resolve().parents):
            yield given, str(given), "It is in this case already."
        elif given.is_dir() and not given.is_symlink():
            closed: list[OSError] = []
            for folder, folders, files in os.walk(given, onerror=closed.append):
                folders[:] = sorted(name for name in folders if (Path(folder) / name).resolve() != inside)
                for name in sorted(files):
                    path = Path(folder) / name
                    yield path, path.relative_to(given).as_posix(), _left_out(path)
                for name in [name for name in folders if (Path(folder) / name).is_symlink()]:
                    path = Path(folder) / name
                    yield (
                        path,
                        path.relative_to(given).as_posix(),
                        "It is a link to another place, and links are not followed.",
                    )
            for problem in closed:
                path = Path(problem.filename)
                shown = str(given) if path == given else path.relative_to(given).as_posix()
                yield path, shown, f"The folder could not be opened ({problem.strerror}). Nothing in it was added."
        else:
            yield given, str(given), _left_out(given)


def _left_out(path: Path) -> str:
    if path.name.lower() in _IGNORED or path.name.startswith("._"):
        return "It is a file the system makes for itself."
    if path.is_symlink():
        return "It is a link to another place, and links are not followed."
    return ""


def import_paths(store: Store, paths: Sequence[Path], progress: Progress, *, now: dt.datetime) -> ImportReport:
    """File every paper below ``paths``. The originals are kept as they came; each paper gets suggestions to confirm.

    Raises ``NotFound`` for a path that is not there, ``NoSpace`` when the disk is too small; ``Cancelled`` keeps what
    was already added, whole.
    """
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise NotFound(f"There is nothing at “{path}”. Nothing was added.", "Check the name.")
    found = list(files_below(paths, store.folder))
    progress.step("Looking at the papers", 0, len(found))
    room_for(store.folder, sum(_size(path) for path, _, why in found if not why))
    work = _Import(store, now)
    with ReaderProcess() as reader, Looking(store) as looking:
        work.reader, work.looking = reader, looking
        try:
            for number, (path, shown, why) in enumerate(found):
                progress.step(f"Reading {path.name}", number, len(found))
                work.take(path, shown, why, progress)
        finally:
            # What was read is kept even when the rest was stopped: each paper is whole.
            work.write()
        looking.finish(progress)
    progress.step("Added", len(found), len(found))
    return ImportReport(tuple(work.rows))


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


class _Import:
    """One run of an import: reads papers, keeps their originals, and writes them in small batches."""

    def __init__(self, store: Store, now: dt.datetime) -> None:
        self.store, self.now = store, now
        self.reader: ReaderProcess
        self.looking: Looking
        self.rows: list[ImportRow] = []
        self.waiting: list[_Read] = []
        self.known = {
            row[0]: row[1] for row in store.db.execute("SELECT sha256, min(id) FROM document GROUP BY sha256")
        }
        self.pending: set[str] = set()
        self.fresh: list[tuple[str, str]] = []
        self.group = f"import {now.isoformat()}"
        self.mine, self.born = _ours(store)

    def take(self, path: Path, shown: str, why: str, progress: Progress) -> None:
        """Read one file, or say why not."""
        if why:
            self.rows.append(ImportRow(shown, "skipped", None, why))
            return
        try:
            data = read_given(path, LIMITS["file"])
        except BadFile as problem:
            self.rows.append(ImportRow(shown, "skipped", None, problem.message))
            return
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 in self.pending:
            self.write()
        if sha256 in self.known:
            self.rows.append(ImportRow(shown, "already_there", self.known[sha256], self._where(self.known[sha256])))
            return
        self.waiting.append(self._read(_Read(shown, path.name, data, kind_of(data), None, ""), progress))
        self.pending.add(sha256)
        if len(self.waiting) >= _BATCH:
            self.write()

    def _where(self, id_: int) -> str:
        state = self.store.get(Document, id_).state
        return (
            "It is already in the case, in the bin." if state == "binned" else "The same bytes are already in the case."
        )

    def _read(self, made: _Read, progress: Progress, depth: int = 0) -> _Read:
        """Keep the bytes of a file, read it, and then each file inside it."""
        sha256 = hashlib.sha256(made.data).hexdigest()
        if not self.store.originals.has(sha256, made.type):
            self.fresh.append((sha256, made.type))
        self.store.originals.put(made.data, made.type)
        if made.type == "pdf":
            self.looking.add(sha256)
        try:
            made.incoming = self.reader.read(made.data, progress)
        except Unreadable as problem:
            made.problem = unread(str(problem.args[0]))
            return made
        made.problem = unread(made.incoming.problem)
        self.read_parts(made, made.incoming, progress, depth)
        return made

    def read_parts(self, made: _Read, incoming: Incoming, progress: Progress, depth: int = 0) -> None:
        """Keep and read each file inside a file."""
        deepest = LIMITS["depth"] if made.type == "zip" else _DEEPEST
        for inner in incoming.attachments if depth < deepest else ():
            self.read_part(made, inner, progress, depth)

    def read_part(self, made: _Read, inner: Attachment, progress: Progress, depth: int = 0) -> None:
        """Keep and read one file inside a file."""
        mail = made.incoming.message_id if made.incoming else ""
        part = _Read(made.path, inner.name, inner.data, kind_of(inner.data), None, "", inner, mail, outer=made)
        made.parts.append(self._read(part, progress, depth + 1))

    def write(self) -> None:
        """Write what was read, in one short transaction, and only then say that it was added."""
        if not self.waiting:
            return
        rows: list[ImportRow] = []
        with self.store.action("Added papers", now=self.now, group=self.group):
            for read in self.waiting:
                self._write(read, None, None, rows)
        self.rows += rows
        self.waiting = []
        self.pending = set()

    def _write(self, read: _Read, parent: int | None, part: str | None, rows: list[ImportRow]) -> None:
        sha256 = hashlib.sha256(read.data).hexdigest()
        attachment = read.part.name if read.part else None
        if sha256 in self.known:
            known = self.known[sha256]
            rows.append(ImportRow(read.path, "already_there", known, self._where(known), attachment, read.mail))
            id_ = known
        else:
            id_ = self._store(read, sha256, parent, part)
            self.known[sha256] = id_
            state = "unreadable" if read.problem else "added"
            rows.append(ImportRow(read.path, state, id_, read.problem, attachment, read.mail))
        self.write_parts(read, id_, part, rows)

    def write_parts(self, read: _Read, id_: int, part: str | None, rows: list[ImportRow]) -> None:
        """Write each file inside a file as a paper that came with it."""
        for inner in read.parts:
            inner_part = f"{part}.{inner.part.part}" if part and inner.part else inner.part.part if inner.part else None
            self._write(inner, id_, inner_part, rows)

    def forget(self) -> None:
        """Take away again what was kept for papers that no row tells of: after they were not written."""
        for sha256, type_ in self.fresh:
            if not self.store.keeps(sha256):
                self.store.originals.drop(sha256, type_)

    def _store(self, read: _Read, sha256: str, parent: int | None, part: str | None) -> int:
        incoming = read.incoming
        found = _suggested(read, self.mine, self.born, self.now.date())
        notes = [*(incoming.notes if incoming else ()), mismatch(read.type, read.name)]
        # What only holds other papers, and the pictures in a mail's own words, are kept but are nothing to sort.
        holds = read.type in HOLDERS and (read.parts or read.type == "tnef") and not read.problem
        settled = "photo" if read.part and read.part.inline else "other" if holds else None
        document = Document(
            id=None, sha256=sha256, name=read.name, path=read.path, type=read.type, size=len(read.data),
            title=found.title or read.name, state="filed" if settled else "unsorted", kind=settled,
            added=self.now.isoformat(timespec="seconds"),
            sender=_who(incoming.sender.shown if incoming and incoming.sender else "", found),
            recipient=incoming.recipients[0].shown if incoming and incoming.recipients else "",
            parent=parent, part=part, message_id=incoming.message_id if incoming else "",
            in_reply_to=incoming.in_reply_to if incoming else "", pages=incoming.page_count if incoming else None,
            problem=read.problem, note=" ".join(note for note in notes if note),
        )  # fmt: skip
        id_ = self.store.add(document)
        head = "\n".join(filter(None, (document.title, read.name, document.sender, document.recipient)))
        self.store.add(PageText(None, id_, 0, head))
        if incoming:
            add_pages(self.store, id_, incoming)
        self.store.add(StoredSuggestion(None, id_, json.dumps(plain(found), ensure_ascii=False)))
        return id_


def add_pages(store: Store, id_: int, incoming: Incoming) -> None:
    """Keep the words of a paper's pages, and which of its pages have words in their picture too, still to be read."""
    for number, text in enumerate(incoming.pages, 1):
        if text.strip():
            store.add(PageText(None, id_, number, cleaned(text)))
    for number in incoming.pictures:
        store.add(Scanned(None, id_, number, 0, "[]", "", TO_COME))


def unread(why: str) -> str:
    """The sentence of a paper that could not be read, or not all of it; empty where there is no reason ``why``."""
    return f"It could not be read: {why}." if why else ""


def take_out(store: Store, paper: Document, incoming: Incoming, progress: Progress, write: Callable[[], None], *, now: dt.datetime) -> None:
    """Make papers of what was inside a paper that could be opened only now; each once, like those of any import.

    ``write`` writes what becomes of the paper itself, in the same action. Raises ``NoSpace``, and ``Cancelled`` from
    ``progress``; nothing is kept then.
    """
    room_for(store.folder, sum(len(inner.data) for inner in incoming.attachments))
    work = _Import(store, now)
    holder = _Read(paper.path, paper.name, b"", paper.type, incoming, "")
    with ReaderProcess() as reader, Looking(store) as looking:
        work.reader, work.looking = reader, looking
        try:
            for number, inner in enumerate(incoming.attachments):
                progress.step(f"Reading {inner.name}", number, len(incoming.attachments))
                work.read_part(holder, inner, progress)
            with store.action("Unlocked a paper", now=now):
                write()
                work.write_parts(holder, paper.id or 0, paper.part, [])
        except BaseException:
            work.forget()
            raise
        with contextlib.suppress(Cancelled):  # it is kept by now, and what looks at the pages only saves time later
            looking.finish(progress)


def cleaned(text: str) -> str:
    """Text that every later step can hold: no lone surrogates, no NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _who(sender: str, found: Suggestion) -> str:
    return sender or (found.sender.organisation or found.sender.person if found.sender else "")


def _ours(store: Store) -> tuple[tuple[str, ...], dt.date | None]:
    """What a mail of the parent's own bears, and the child's birthday."""
    child = next(iter(store.find(Child)), Child())
    # A mail is the parent's own by its address, or by the name it bears where no address is recorded yet.
    return tuple(known for me in store.find(Contact, me=True) for known in (me.email, me.name) if known), child.born


def suggested_again(store: Store, paper: Document, incoming: Incoming, before: dict[str, Any], today: dt.date) -> Suggestion:
    """What is suggested about a paper that could be read only now; ``before`` is what was, for what its mail told."""
    found = _suggested(_Read(paper.path, paper.name, b"", paper.type, incoming, ""), *_ours(store), today)
    old: Suggestion = build(Suggestion, before)
    return replace(found, date=found.date or old.date, received=found.received or old.received)


def _suggested(read: _Read, mine: tuple[str, ...], born: dt.date | None, today: dt.date) -> Suggestion:
    """What is suggested about one file; one that came inside a mail takes that mail's day where it tells none itself."""
    incoming = read.incoming
    if incoming is None:
        found = suggest(Clues(read.type, read.name, mine=mine), today)
    else:
        sender, people = incoming.sender, incoming.recipients
        found = suggest(
            Clues(
                read.type, read.name, incoming.title, incoming.pages, incoming.sent, incoming.received,
                (sender.name, sender.email) if sender else ("", ""), (people[0].name, people[0].email) if people else ("", ""),
                incoming.taken, incoming.made, mine, born, incoming.thread,
            ),
            today,
        )  # fmt: skip
    mail = read.outer.incoming if read.outer else None
    if mail is None or mail.sent is None:
        return found
    if read.part and read.part.inline and read.type in PICTURES:
        found = replace(found, title=f"Picture in “{mail.title or 'a mail'}”"[:120])
    if mail.sent.date() > today:
        return found
    day = british_day(mail.sent)
    date = found.date or DateGuess(day, False, "It came with a mail of this day. The paper itself may be older.")
    received = found.received or DateGuess(day, True, "It came with a mail of this day.")
    return replace(found, date=date, received=received)
