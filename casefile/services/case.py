"""Making, opening and checking a case, and who the child is."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from casefile.domain.documents import Document
from casefile.domain.people import STANDS, Child
from casefile.errors import Invalid
from casefile.library import Library
from casefile.progress import Progress
from casefile.services.unlocking import unlocked
from casefile.store import record
from casefile.store.rows import TABLES
from casefile.store.store import Store


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a check found: where it is, and what is wrong with it."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of a whole check. ``seal`` is the short code of the record's head."""

    ok: bool
    problems: tuple[Problem, ...]
    documents: int
    record_entries: int
    seal: str


def create(folder: Path, child: Child, library: Library, *, council_slug: str = "", now: dt.datetime) -> Store:
    """Make a new case for a child. Where the council is known, its first people and offices are filled in.

    Raises ``Invalid`` for a birth date in the future, ``BadFile`` where the folder holds something already.
    """
    check_child(child, now.date())
    council = library.directory.council(council_slug)
    if council is None and child.council:
        council = next(iter(library.directory.find(child.council, 1)), None)
        if council and council.name.casefold() != child.council.casefold():
            council = None
    store = Store.create(folder, now=now)
    with store.action("Made the case", now=now, undoable=False):
        store.add(replace(child, council=council.name if council else child.council))
        if council or child.council:
            for contact in library.directory.first_people(council.name if council else child.council):
                store.add(contact)
    store.take_touched()
    return store


def open_case(folder: Path, *, now: dt.datetime) -> Store:
    """Open the case in a folder. Raises ``NotFound``, ``BadFile``, ``TooNew``, ``InUse`` or ``ReadOnly``."""
    return Store.open(folder, now=now)


def check_child(child: Child, today: dt.date) -> None:
    """Refuse what cannot be. Raises ``Invalid``."""
    if child.born and child.born > today:
        raise Invalid("The date of birth lies in the future.", "Check the day, the month and the year.")
    if child.born and child.born.year < today.year - 30:
        raise Invalid("The date of birth is more than 30 years ago. An EHC plan ends at 25.", "Check the year.")
    if child.stands and child.stands not in STANDS:
        raise Invalid(f"{child.stands!r} is no place where a case can stand.", f"Use one of: {', '.join(STANDS)}.")


def child_of(store: Store) -> Child:
    """The child of the case; an empty one when nothing was filled in."""
    return next(iter(store.find(Child)), Child())


def set_child(store: Store, child: Child, *, today: dt.date) -> None:
    """Change what is known of the child, as of ``today``. Raises ``Invalid``."""
    check_child(child, today)
    with store.action("Changed the child’s details"):
        if child.id is None:
            store.add(child)
        else:
            store.change(child)


def check(store: Store, progress: Progress) -> Verification:
    """Check everything: the database, every row against the record, every original against its hash."""
    problems: list[Problem] = []
    with store.guard:
        for (line,) in store.db.execute("PRAGMA integrity_check(20)").fetchall():
            if line != "ok":
                problems.append(Problem("case.db", str(line)))
        for where, what in record.problems(store.db, TABLES.values()):
            problems.append(Problem(where, what))
        papers, copies = store.find(Document), unlocked(store)
    for number, paper in enumerate(papers):
        progress.step("Checking the originals", number, len(papers))
        wrong = store.originals.sound(paper.sha256, paper.type)
        if wrong:
            problems.append(Problem(f"document:{paper.id}", f"its original is {wrong}"))
        copy = copies.get(paper.id or 0)
        if copy and (wrong := store.originals.sound(copy.sha256, copy.opened_as)):
            problems.append(Problem(f"document:{paper.id}", f"its unlocked copy is {wrong}"))
    progress.step("Checked", len(papers), len(papers))
    return Verification(not problems, tuple(problems), len(papers), record.length(store.db), store.seal())
