"""The one place where a database is opened: the driver, its settings, and the names of its errors.

``sqlcipher3`` is put in place of the standard module before sqlite-utils is imported, so that every case, with a
passphrase or without, goes through the same recent SQLite.
"""

import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3
from sqlcipher3 import dbapi2 as _driver

from casefile.errors import BadFile, TooNew

if TYPE_CHECKING:
    from sqlite_utils import Database

dbapi2: Any = _driver
"""The driver, under the one name the rest of the store uses."""

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

DatabaseError = dbapi2.DatabaseError
OperationalError = dbapi2.OperationalError

APPLICATION_ID = 0x43534631
"""Marks a database as a case of this program: "CSF1"."""

SETTINGS: dict[str, object] = {
    "journal_mode": "delete",
    "synchronous": 3,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "mmap_size": 0,
}
"""The settings of every open case, as SQLite gives them back. With EXTRA (3) no confirmed save is lost at a power cut."""

_OK, _DENY = 0, 1
_PRAGMA, _ATTACH, _FUNCTION = 19, 24, 31


def _authorise(action: int, first: str | None, second: str | None, *_: Any) -> int:
    """Refuse what the driver gives no switch for: writing the schema by hand, other databases, loaded code."""
    if action == _PRAGMA and (first or "").lower() == "writable_schema" and second is not None:
        return _DENY
    if action == _ATTACH:
        return _DENY
    if action == _FUNCTION and (second or "").lower() == "load_extension":
        return _DENY
    return _OK


def look(path: Path, newest: int) -> None:
    """Look at the head of a database file before a single table is read.

    Raises ``BadFile`` when it is not a case of this program, ``TooNew`` when its schema number is above ``newest``.
    The file is left untouched.
    """
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        raise BadFile(
            f"{path.name} in this folder is not a case of this program. Nothing was changed.",
            "Choose the folder of a case, or restore a backup into a new folder.",
        )
    version, application = struct.unpack(">I", head[60:64])[0], struct.unpack(">I", head[68:72])[0]
    if application != APPLICATION_ID:
        raise BadFile(
            "The database in this folder belongs to another program. Nothing was changed.",
            "Choose the folder of a case.",
        )
    if version > newest:
        raise TooNew(
            "This case was made by a newer version of the program. It is safe and was not changed.",
            "Install the newest version on this computer, then open the case again.",
        )


def connect(path: Path) -> "Database":
    """Open the database of a case with all its settings. Raises ``BadFile`` when it cannot be read."""
    from sqlite_utils import Database

    try:
        connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None)
        for name, value in SETTINGS.items():
            connection.execute(f"PRAGMA {name}={value}")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.set_authorizer(_authorise)
    except DatabaseError as problem:
        raise BadFile(
            f"The database of this case could not be read ({problem}). Nothing was changed.",
            "Restore a backup into a new folder. The original papers lie untouched in the folder “originals”.",
        ) from None
    return Database(connection, execute_plugins=False)


def settings_of(db: "Database") -> dict[str, object]:
    """The settings as they truly are, read back from an open database."""
    return {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in SETTINGS}


def version() -> str:
    """The version of SQLite inside, for the About page."""
    return str(dbapi2.sqlite_version)
