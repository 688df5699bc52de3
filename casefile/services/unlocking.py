"""Papers locked with a password: a copy without the lock is made once, and the password is kept nowhere.

The original stays as it came. The copy lies beside the originals under its own hash, with a row that says whose it is: so it
is written once and never changed, a check of the case hashes it too, a copy of the folder takes it along, the sweep after a
crash knows whether it is wanted, and it goes when the bin is emptied of its paper. It is no paper of its own: the lists, the
marks and the search would show everything twice. A zip folder needs no copy: what was in it becomes papers of their own.
"""

import contextlib
import datetime as dt
import json
from dataclasses import dataclass, replace

from casefile.domain.documents import Document
from casefile.errors import BadFile, Invalid
from casefile.plain import plain
from casefile.progress import Cancelled, Progress
from casefile.readers import Incoming, Unreadable
from casefile.readers.kinds import TREES, kind_of
from casefile.readers.process import ReaderProcess
from casefile.services.importing import add_pages, suggested_again, take_out, unread
from casefile.services.page_looks import Looking
from casefile.store.files import room_for
from casefile.store.rows import PageText, StoredSuggestion, Unlocked
from casefile.store.store import Store

HOW = "Unlocked with the password you gave"
"""What is said of a paper whose pages come from its unlocked copy."""
_LOCKABLE = frozenset({"pdf", "sealed", "ole", "doc"})
"""The types of paper of which there may be such a copy. Earlier versions called a locked Word file an old office file."""
_MUST_READ = TREES | {"pdf"}
"""A copy of these types that cannot be read is damaged: it is not kept."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper without its lock: the bytes of its ``copy``, or of a zip folder what was ``inside``."""

    copy: bytes = b""
    inside: Incoming | None = None


def unlocked(store: Store) -> dict[int, Unlocked]:
    """The unlocked copy of each paper that has one, by paper."""
    return {one.document: one for one in store.find(Unlocked)}


def opened_of(paper: Document, copy: Unlocked | None) -> Document:
    """The paper with the hash and the type of the bytes its words and pages are made from: those of its copy where it has one."""
    return replace(paper, sha256=copy.sha256, type=copy.opened_as) if copy else paper


def readable(store: Store, paper: Document) -> Document:
    """``opened_of`` with the copy looked up."""
    return opened_of(paper, next(iter(store.find(Unlocked, document=paper.id)), None) if paper.type in _LOCKABLE else None)


def locked(store: Store) -> list[Document]:
    """The papers that wait for their password, without those in the bin."""
    return [paper for paper in store.find(Document) if paper.locked and paper.state != "binned"]


def opened(store: Store, id_: int, password: str, progress: Progress) -> Opened:
    """The paper without the lock. Nothing is stored, and the child that was told the password ends at once.

    Raises ``Invalid`` for a wrong password and for a paper that is not locked, ``BadFile`` for one that is damaged, and
    ``Cancelled`` from ``progress``.
    """
    paper = _locked(store, id_)
    if not password:
        raise Invalid("No password was given.", "Type the password of this paper.")
    try:
        with ReaderProcess() as reader:
            data = store.originals.read(paper.sha256, paper.type)
            made = None if "\0" in password else reader.unlock(data, password, progress)
    except Unreadable as problem:
        raise BadFile(f"This paper could not be unlocked: {problem.args[0]}.", "The original is kept as it came.") from None
    if made is None:
        raise Invalid("This password does not open the paper.", "Look at capital letters and try again, or ask the sender for it.")
    return Opened(copy=made) if isinstance(made, bytes) else Opened(inside=made)


def _locked(store: Store, id_: int) -> Document:
    paper = store.get(Document, id_)
    if not paper.locked:
        raise Invalid("This paper is not locked with a password.", "It can be read as it is.")
    return paper


def keep(store: Store, id_: int, found: Opened, progress: Progress, *, now: dt.datetime) -> Document:
    """Keep what ``opened`` found and read its words, in one action; returns the paper as it is then.

    Raises ``BadFile`` when the copy cannot be read, ``NoSpace``, and ``Cancelled`` from ``progress``; nothing is kept then.
    ``Invalid`` where the paper was unlocked meanwhile.
    """
    paper = _locked(store, id_)
    if found.inside is not None:
        return _taken_out(store, paper, found.inside, progress, now)
    type_ = kind_of(found.copy)
    incoming, problem = _read(found.copy, type_, progress)
    room_for(store.folder, len(found.copy))
    with Looking(store) as looking:
        sha256 = store.originals.put(found.copy, type_)
        if type_ == "pdf":
            looking.add(sha256)
        changed = _changed(paper, incoming, problem, "The original is kept locked, as it came.")
        with store.action("Unlocked a paper", now=now):
            store.add(Unlocked(None, id_, sha256, type_))
            _write(store, changed, replace(changed, type=type_), incoming, now)
        with contextlib.suppress(Cancelled):  # it is kept by now, and what looks at the pages only saves time later
            looking.finish(progress)
    return store.get(Document, id_)


def _read(copy: bytes, type_: str, progress: Progress) -> tuple[Incoming, str]:
    """The copy as it was read. What could not be read without a lock either, such as slides, is kept with the reason."""
    progress.step("Reading the paper", 0, 1)
    try:
        with ReaderProcess() as reader:
            return reader.read(copy, progress), ""
    except Unreadable as problem:
        if type_ not in _MUST_READ:
            return Incoming(type_), unread(str(problem.args[0]))
        raise BadFile(f"The paper was unlocked, but it could not be read: {problem.args[0]}.", "The original is kept as it came.") from None


def unlock(store: Store, id_: int, password: str, progress: Progress, *, now: dt.datetime) -> Document:
    """``opened`` and ``keep`` in one; raises what they raise."""
    return keep(store, id_, opened(store, id_, password, progress), progress, now=now)


def _taken_out(store: Store, paper: Document, inside: Incoming, progress: Progress, now: dt.datetime) -> Document:
    """A zip folder whose files become papers. It asks again where some of them have another password."""
    told = "What was in it is in the case as papers of its own. The original is kept locked, as it came."
    out = {(part.part or "").rpartition(".")[2] for part in store.find(Document, parent=paper.id)}
    changed = _changed(paper, inside, unread(inside.problem) if set(inside.locked) - out else "", told)
    if not changed.problem and inside.attachments and paper.state == "unsorted":
        changed = replace(changed, state="filed", kind=paper.kind or "other")
    take_out(store, paper, inside, progress, lambda: _write(store, changed, changed, inside, now), now=now)
    return store.get(Document, paper.id or 0)


def _changed(paper: Document, incoming: Incoming, problem: str, told: str) -> Document:
    how = "" if HOW in paper.note else f"{HOW}. {told}"
    note = " ".join(filter(None, (paper.note, *(one for one in incoming.notes if one not in paper.note), how)))
    return replace(paper, problem=problem, pages=incoming.page_count, note=note)


def _write(store: Store, paper: Document, opened_: Document, incoming: Incoming, now: dt.datetime) -> None:
    """Write the paper with its words and what they suggest, inside an action; ``opened_`` has the type of the copy."""
    before = next(iter(store.find(StoredSuggestion, document=paper.id)), None)
    found = suggested_again(store, opened_, incoming, json.loads(before.made) if before else {}, now.date())
    if paper.state == "unsorted" and paper.title == paper.name:
        paper = replace(paper, title=found.title or paper.title)
    store.change(paper)
    for head in (texts := store.find(PageText, "page", document=paper.id))[:1]:
        words = (paper.title, paper.name, paper.sender, paper.recipient)
        store.change(replace(head, text="\n".join(filter(None, words))))
    if len(texts) < 2:  # the names in a zip folder could be read before
        add_pages(store, paper.id or 0, incoming)
    if before is not None:
        store.change(replace(before, made=json.dumps(plain(found), ensure_ascii=False)))
