"""A whole copy of the database, kept before a newer version of the program gives a case its newer tables."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.errors import NoSpace
from casefile.store import connection, files

if TYPE_CHECKING:
    from sqlite_utils import Database

FOLDER = "backups"


def keep_before(db: "Database", folder: Path, step: int) -> Path:
    """Copy the database of the case in ``folder`` as it stands at schema step ``step``; returns where the copy is.

    Made by SQLite's own backup into a new name, read through before it counts; an earlier copy is never written over.
    Raises ``NoSpace`` when it cannot be made: the case is then left as it is.
    """
    place = folder / FOLDER
    target = files.free_name(place / f"case before version {step + 1}.db")
    beside = place / f".{target.name}.part"
    try:
        place.mkdir(exist_ok=True)
        beside.unlink(missing_ok=True)
        copy = connection.dbapi2.connect(str(beside))
        try:
            copy.execute("PRAGMA synchronous=3")
            db.conn.backup(copy)
            sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            sound = sound and copy.execute("PRAGMA user_version").fetchone()[0] == step
        finally:
            copy.close()
        if not sound:
            raise OSError("the copy cannot be read back")
        return files.place(beside, target)
    except (OSError, connection.DatabaseError) as problem:
        with contextlib.suppress(OSError):
            beside.unlink()
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        raise NoSpace(
            f"Your case is safe and was not changed. A copy has to be made before it is brought up to date, and it could not be made ({why}).",
            "Free some space on the disk, then open the case again.",
        ) from None
