"""A case that is open: its rows, its originals, its record, and the way back from the last action."""

import contextlib
import datetime as dt
import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from casefile import system
from casefile.errors import BadFile, CaseFileError, InUse, NoSpace, NotFound, ReadOnly
from casefile.store import connection, record, schema
from casefile.store.files import write_file
from casefile.store.kept import keep_before
from casefile.store.originals import Originals
from casefile.store.record import Change
from casefile.store.rows import from_row, hash_of, table_of, to_row

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
_DATABASE = "case.db"
_LOCK = "case.lock"
_LOCK_TRIES, _LOCK_WAIT = 6, 0.05
"""So often, and with so many seconds between, the lock of a case is asked for once more."""
_MOST_UNDO = 200


class Store:
    """One open case. Made by ``Store.create`` or ``Store.open``; closed by ``close`` or at the end of a ``with``."""

    def __init__(self, folder: Path, db: "Database", lock: IO[bytes] | None) -> None:
        self.folder = folder
        self.db = db
        self.originals = Originals(folder)
        self.touched: set[str] = set()
        self.saved_at: dt.datetime | None = None
        self.guard = threading.RLock()
        self.read_only = lock is None
        self._lock = lock
        self._changes: list[Change] | None = None
        self._undo: list[tuple[str, list[Change]]] = []
        self._group = ""
        self.on_close: list[Callable[[], None]] = []
        self.lasting: dict[str, object] = {}
        self.reading = threading.Lock()

    @classmethod
    def create(cls, folder: Path, *, now: dt.datetime) -> "Store":
        """Make a new case in ``folder``, which must be new or empty. Raises ``BadFile`` or ``NoSpace``."""
        if (folder / _DATABASE).exists() or (folder.is_dir() and any(folder.iterdir())):
            raise BadFile(
                f"The folder “{folder.name}” already holds something. Nothing was changed.",
                "Choose a new folder, or open the case that is in it.",
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = _take_lock(folder, now)
            for name in ("originals", "work"):
                (folder / name).mkdir(exist_ok=True)
            db = connection.connect(folder / _DATABASE)
        except OSError as problem:
            raise NoSpace(
                f"The case was not made: “{folder}” cannot be written ({problem.strerror or problem}).",
                "Choose another folder.",
            ) from None
        with db.atomic():
            for step in range(1, schema.NEWEST + 1):
                schema.apply(db, step)
            db.execute("INSERT INTO info VALUES ('case_id', ?)", [secrets.token_hex(16)])
            db.execute("INSERT INTO info VALUES ('device_id', ?)", [secrets.token_hex(8)])
            db.execute(f"PRAGMA user_version={schema.NEWEST}")
            db.execute(f"PRAGMA application_id={connection.APPLICATION_ID}")
        system.flush_folder(folder)
        return cls(folder, db, lock)

    @classmethod
    def open(cls, folder: Path, *, now: dt.datetime) -> "Store":
        """Open the case in ``folder``.

        Raises ``NotFound`` (no such folder), ``BadFile`` (not a case, or damaged), ``TooNew``, ``InUse`` (open
        elsewhere) or ``ReadOnly`` (the folder cannot be written); the case is untouched by all of them.
        """
        path = folder / _DATABASE
        if not folder.is_dir():
            raise NotFound(f"There is no case at “{folder}”.", "Check the name of the folder.")
        if not path.is_file():
            raise BadFile(
                f"The folder “{folder.name}” is not a case: it holds no {_DATABASE}. Nothing was changed.",
                "Choose the folder of a case, or make a new one.",
            )
        try:
            connection.look(path, schema.NEWEST)
            if not os.access(folder, os.W_OK) or not os.access(path, os.W_OK):
                raise PermissionError(13, "the folder cannot be written")
            lock = _take_lock(folder, now)
        except OSError as problem:
            raise ReadOnly(
                f"The case in “{folder.name}” cannot be opened: {problem.strerror or problem}. It was not changed.",
                "Copy the folder to a place where you may write, and open the copy.",
            ) from None
        try:
            db = connection.connect(path)
            found = int(db.execute("PRAGMA user_version").fetchone()[0])
            if schema.shape_of(db) != schema.shape_at(found):
                db.close()
                raise BadFile(
                    "This case holds tables that the program does not know. It was not opened or changed.",
                    "If somebody gave you this folder, ask them for a fresh copy. Else restore a backup.",
                )
            _bring_up(db, folder, found)
        except connection.DatabaseError as problem:
            _give_lock(folder, lock)
            if _is_refused(problem):
                raise NoSpace(
                    f"Your case is safe, but it cannot be opened: {problem}.",
                    "Free some space on the disk, then try again.",
                ) from None
            raise BadFile(
                f"The database of this case is damaged ({problem}). Nothing was changed.",
                "Restore a backup into a new folder. The original papers lie untouched in “originals”.",
            ) from None
        except CaseFileError:
            _give_lock(folder, lock)
            raise
        store = cls(folder, db, lock)
        store.originals.sweep(store.keeps)
        return store

    def close(self) -> None:
        """Close the case and give its lock back. Does nothing the second time."""
        with self.guard:
            if self._lock is not None:
                for finish in self.on_close:
                    finish()
                self.db.close()
                _give_lock(self.folder, self._lock)
                self._lock = None
                self.read_only = True

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def action(
        self, words: str, *, now: dt.datetime | None = None, undoable: bool = True, group: str = ""
    ) -> Iterator[None]:
        """One thing a parent does: one transaction, one stretch of the record, one step to undo.

        ``words`` say what was done, in our own words, without case text. Actions inside an action join it; actions in
        a row with the same ``group`` are undone together (a long import writes in several transactions).
        Raises ``NoSpace`` when the disk refuses; nothing of the action is kept then.
        """
        with self.guard:
            if self._changes is not None:
                yield
                return
            if self._lock is None:
                raise ReadOnly("The case is closed, so nothing was changed.", "Open it again.")
            changes: list[Change] = []
            self._changes = changes
            moment = now or dt.datetime.now(dt.UTC).astimezone()
            try:
                with self.db.atomic():
                    yield
                    record.append(self.db, words, _joined(changes), moment, schema.NEWEST)
            except connection.OperationalError as problem:
                if _is_refused(problem):
                    raise NoSpace(
                        f"Your case is safe, but this change was not saved: {problem}.",
                        "Free some space on the disk, then do it again.",
                    ) from None
                raise
            finally:
                self._changes = None
            if changes:
                self.saved_at = moment
                if any(change.table == "document" for change in changes):
                    self.originals.settle()
                if undoable:
                    self._remember(words, _joined(changes), group)
                self.touched |= {change.table for change in changes}

    def _remember(self, words: str, changes: list[Change], group: str) -> None:
        if group and self._undo and self._group == group:
            changes = _joined([*self._undo.pop()[1], *changes])
        self._group = group
        self._undo.append((words, changes))
        del self._undo[:-_MOST_UNDO]

    def take_touched(self) -> set[str]:
        """The tables changed since the last call, for whoever must refresh."""
        with self.guard:
            taken, self.touched = self.touched, set()
            return taken

    def get(self, kind: type[T], id_: int, /) -> T:
        """One stored thing by its id. Raises ``NotFound``."""
        row = self._row(table_of(kind), id_)
        if row is None:
            raise NotFound(
                f"There is no {table_of(kind).replace('_', ' ')} number {id_} in this case.", "Check the number."
            )
        return from_row(kind, row)

    def find(self, kind: type[T], order: str = "id", /, **where: Any) -> list[T]:
        """Every stored thing whose columns equal ``where`` (None means not known), ordered by our own ``order``."""
        tests = " AND ".join(f"[{name}] IS ?" for name in where)
        sql = f"SELECT * FROM [{table_of(kind)}]{' WHERE ' + tests if tests else ''} ORDER BY {order}"
        with self.guard:
            return [from_row(kind, row) for row in self.db.query(sql, list(where.values()))]

    def add(self, thing: Any) -> int:
        """Store a new thing; returns its id. Only inside an action."""
        table, row = table_of(type(thing)), to_row(thing)
        names = ", ".join(f"[{name}]" for name in row)
        places = ", ".join(f":{name}" for name in row)
        cursor = self.db.execute(f"INSERT INTO [{table}] ({names}) VALUES ({places})", row)
        id_ = int(cursor.lastrowid or 0)
        self._note(table, id_, None)
        return id_

    def change(self, thing: Any) -> None:
        """Store a changed thing in place of the one with its id. Only inside an action. Raises ``NotFound``."""
        table, row = table_of(type(thing)), to_row(thing)
        before = self._row(table, row["id"])
        if before is None:
            raise NotFound(
                f"There is no {table.replace('_', ' ')} number {row['id']} in this case.", "Check the number."
            )
        if before == row:
            return
        sets = ", ".join(f"[{name}] = :{name}" for name in row if name != "id")
        self.db.execute(f"UPDATE [{table}] SET {sets} WHERE id = :id", row)
        self._note(table, row["id"], before)

    def remove(self, kind: type, id_: int) -> None:
        """Take a thing out of the case, and what hangs on it. Only inside an action; it can be undone."""
        table = table_of(kind)
        before = self._row(table, id_)
        if before is None:
            return
        for inner, column in schema.HANGING.get(table, ()):
            for (child,) in self.db.execute(f"SELECT id FROM [{inner}] WHERE [{column}] = ?", [id_]).fetchall():
                self._remove_row(inner, child)
        for inner, column in schema.POINTING.get(table, ()):
            for (pointing,) in self.db.execute(f"SELECT id FROM [{inner}] WHERE [{column}] = ?", [id_]).fetchall():
                row = self._row(inner, pointing)
                self.db.execute(f"UPDATE [{inner}] SET [{column}] = NULL WHERE id = ?", [pointing])
                self._note(inner, pointing, row)
        self._remove_row(table, id_)

    def _remove_row(self, table: str, id_: int) -> None:
        before = self._row(table, id_)
        self.db.execute(f"DELETE FROM [{table}] WHERE id = ?", [id_])
        self._note(table, id_, before)

    def forget_undo(self) -> None:
        """Forget the way back: after the bin was emptied there is none."""
        with self.guard:
            self._undo.clear()

    @property
    def last_action(self) -> str | None:
        """The words of the action that ``undo`` would take back."""
        return self._undo[-1][0] if self._undo else None

    def undo(self, *, now: dt.datetime | None = None) -> str | None:
        """Take back the last action of this session, in one transaction; returns its words, or None."""
        with self.guard:
            if not self._undo:
                return None
            words, changes = self._undo[-1]
            with self.action(f"Undone: {words}", now=now, undoable=False):
                self.db.execute("PRAGMA defer_foreign_keys=1")
                for change in reversed(changes):
                    self._put_back(change)
            self._undo.pop()
            return words

    def _put_back(self, change: Change) -> None:
        """Make one row as it was. A row that is there is updated: deleting it would take what hangs on it along."""
        there, row, table = self._row(change.table, change.id), change.before, change.table
        if row is None:
            # What came to hang on it since, such as the words read from its pictures, goes along and is recorded.
            for inner, column in schema.HANGING.get(table, ()):
                for (child,) in self.db.execute(f"SELECT id FROM [{inner}] WHERE [{column}] = ?", [change.id]).fetchall():
                    self._remove_row(inner, child)
            self.db.execute(f"DELETE FROM [{table}] WHERE id = ?", [change.id])
        elif there is None:
            names, places = ", ".join(f"[{name}]" for name in row), ", ".join("?" for _ in row)
            self.db.execute(f"INSERT INTO [{table}] ({names}) VALUES ({places})", list(row.values()))
        else:
            sets = ", ".join(f"[{name}] = ?" for name in row)
            self.db.execute(f"UPDATE [{table}] SET {sets} WHERE id = ?", [*row.values(), change.id])
        self._note(table, change.id, there)

    def _row(self, table: str, id_: int) -> dict[str, Any] | None:
        with self.guard:
            return next(iter(self.db.query(f"SELECT * FROM [{table}] WHERE id = ?", [id_])), None)

    def _note(self, table: str, id_: int, before: dict[str, Any] | None) -> None:
        if self._changes is None:
            raise RuntimeError("a change outside an action")
        self._changes.append(Change(table, id_, before, self._row(table, id_)))

    def keeps(self, sha256: str) -> bool:
        """Whether a paper of the case, in the bin or not, has these bytes, or was unlocked into them."""
        with self.guard:
            tables = ("document", "unlocked")
            return any(self.db.execute(f"SELECT 1 FROM {name} WHERE sha256 = ? LIMIT 1", [sha256]).fetchone() for name in tables)

    def seal(self) -> str:
        """The head of the record as a short code."""
        with self.guard:
            return record.seal(self.db)

    def info(self, name: str) -> str:
        """A fixed fact about the case itself: ``case_id`` or ``device_id``."""
        row = self.db.execute("SELECT value FROM info WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else ""


def _joined(changes: list[Change]) -> list[Change]:
    """Several changes of one row in one action count as one: its first before, its last after."""
    found: dict[tuple[str, int], Change] = {}
    for change in changes:
        earlier = found.get((change.table, change.id))
        found[(change.table, change.id)] = (
            Change(change.table, change.id, earlier.before, change.after) if earlier else change
        )
    return [change for change in found.values() if hash_of(change.before) != hash_of(change.after)]


def _bring_up(db: "Database", folder: Path, found: int) -> None:
    """Give a case of an older version its newer tables, all in one transaction, after a copy of it is kept."""
    if found < schema.NEWEST:
        keep_before(db, folder, found)
        with db.atomic():
            for step in range(found + 1, schema.NEWEST + 1):
                schema.apply(db, step)
            db.execute(f"PRAGMA user_version={schema.NEWEST}")


def _is_refused(problem: Exception) -> bool:
    """Whether the disk refused, and the database itself is not at fault."""
    return any(word in str(problem) for word in ("full", "I/O", "readonly", "unable to open"))


def _take_lock(folder: Path, now: dt.datetime) -> IO[bytes]:
    path = folder / _LOCK
    handle = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | system.BINARY | system.NO_INHERIT, 0o644), "r+b")
    tries = _LOCK_TRIES
    while not (held := system.lock_file(handle)) and tries:
        # A child that was just being started when its program was killed holds the lock for a moment longer.
        time.sleep(_LOCK_WAIT)
        tries -= 1
    if not held:
        handle.close()
        raise InUse(
            f"This case is already open{_who(folder)}. Nothing was changed.", "Close it there first, then open it here."
        )
    note = {"computer": system.computer_name(), "process": os.getpid(), "since": now.isoformat(timespec="minutes")}
    with contextlib.suppress(NoSpace):  # on a full disk a case must still open; only the note is missing then
        write_file(folder / "open.json", json.dumps(note).encode())
    return handle


def _who(folder: Path) -> str:
    try:
        note = json.loads((folder / "open.json").read_text("utf-8"))
        return f" in another window on {note['computer']}, since {note['since'].replace('T', ' ')[:16]}"
    except (OSError, ValueError, KeyError, TypeError):
        return " in another window"


def _give_lock(folder: Path, lock: IO[bytes]) -> None:
    with contextlib.suppress(OSError):
        (folder / "open.json").unlink()
    system.unlock_file(lock)
    lock.close()
