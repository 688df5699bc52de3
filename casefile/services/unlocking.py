"""Papers locked with a password: a copy without the lock is made once, and the password is kept nowhere.

The original stays as it came. The copy lies beside the originals under its own hash, with a row that says whose it is: so it
is written once and never changed, a check of the case hashes it too, a copy of the folder takes it along, the sweep after a
crash knows whether it is wanted, and it goes when the bin is emptied of its paper. It is no paper of its own: the lists, the
marks and the search would show everything twice.
"""

import datetime as dt
import json
from dataclasses import replace

from casefile.domain.documents import Document
from casefile.errors import BadFile, Invalid
from casefile.plain import plain
from casefile.progress import Progress
from casefile.readers import Incoming, Unreadable
from casefile.readers.process import ReaderProcess
from casefile.services.importing import cleaned, suggested_again
from casefile.services.page_looks import Looking
from casefile.store.files import room_for
from casefile.store.rows import PageText, StoredSuggestion, Unlocked
from casefile.store.store import Store

HOW = "Unlocked with the password you gave"
"""What is said of a paper whose pages come from its unlocked copy."""


def unlocked(store: Store) -> dict[int, str]:
    """The hash of the unlocked copy of each paper that has one, by paper."""
    return {one.document: one.sha256 for one in store.find(Unlocked)}


def readable(store: Store, paper: Document) -> Document:
    """The paper with the hash of the bytes its words and pages are made from: those of its unlocked copy where it has one."""
    found = store.find(Unlocked, document=paper.id) if paper.type == "pdf" else []
    return replace(paper, sha256=found[0].sha256) if found else paper


def locked(store: Store) -> list[Document]:
    """The papers that wait for their password, without those in the bin."""
    return [paper for paper in store.find(Document) if paper.locked and paper.state != "binned"]


def unlocked_copy(store: Store, id_: int, password: str) -> bytes:
    """The paper's bytes without the lock. Nothing is stored, and the child that was told the password ends at once.

    Raises ``Invalid`` for a wrong password and for a paper that is not locked, ``BadFile`` for one that is damaged.
    """
    paper = store.get(Document, id_)
    if not paper.locked:
        raise Invalid("This paper is not locked with a password.", "It can be read as it is.")
    if not password:
        raise Invalid("No password was given.", "Type the password of this paper.")
    try:
        with ReaderProcess() as reader:
            made = None if "\0" in password else reader.unlock(store.originals.read(paper.sha256, paper.type), password)
    except Unreadable as problem:
        raise BadFile(f"This paper could not be unlocked: {problem.args[0]}.", "The original is kept as it came.") from None
    if made is None:
        raise Invalid("This password does not open the paper.", "Look at capital letters and try again, or ask the sender for it.")
    return made


def keep(store: Store, id_: int, copy: bytes, progress: Progress, *, now: dt.datetime) -> Document:
    """Keep the copy that ``unlocked_copy`` made and read its words, in one action; returns the paper as it is then.

    Raises ``BadFile`` when the copy cannot be read, ``NoSpace``, and ``Cancelled`` from ``progress``; nothing is kept then.
    """
    progress.step("Reading the paper", 0, 1)
    try:
        with ReaderProcess() as reader:
            incoming = reader.read(copy, progress)
    except Unreadable as problem:
        raise BadFile(f"The paper was unlocked, but it could not be read: {problem.args[0]}.", "The original is kept as it came.") from None
    room_for(store.folder, len(copy))
    with Looking(store) as looking:
        sha256 = store.originals.put(copy, "pdf")
        looking.add(sha256)
        changed = _written(store, store.get(Document, id_), sha256, incoming, now)
        looking.finish(progress)
    return changed


def unlock(store: Store, id_: int, password: str, progress: Progress, *, now: dt.datetime) -> Document:
    """``unlocked_copy`` and ``keep`` in one; raises what they raise."""
    return keep(store, id_, unlocked_copy(store, id_, password), progress, now=now)


def _written(store: Store, paper: Document, sha256: str, incoming: Incoming, now: dt.datetime) -> Document:
    before = next(iter(store.find(StoredSuggestion, document=paper.id)), None)
    found = suggested_again(store, paper, incoming, json.loads(before.made) if before else {}, now.date())
    unnamed = paper.state == "unsorted" and paper.title == paper.name
    changed = replace(
        paper, problem="", pages=incoming.page_count, title=found.title or paper.title if unnamed else paper.title,
        note=" ".join(filter(None, (paper.note, *incoming.notes, f"{HOW}. The original is kept locked, as it came."))),
    )  # fmt: skip
    with store.action("Unlocked a paper", now=now):
        store.add(Unlocked(None, paper.id or 0, sha256))
        store.change(changed)
        for number, text in enumerate(incoming.pages, 1):
            if text.strip():
                store.add(PageText(None, paper.id or 0, number, cleaned(text)))
        for head in store.find(PageText, document=paper.id, page=0):
            words = (changed.title, changed.name, changed.sender, changed.recipient)
            store.change(replace(head, text="\n".join(filter(None, words))))
        if before is not None:
            store.change(replace(before, made=json.dumps(plain(found), ensure_ascii=False)))
    return changed
