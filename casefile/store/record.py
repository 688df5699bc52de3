"""The append-only record: who-knows-when becomes a chain that shows whether anything was changed behind it.

Each entry carries the hash of the one before. The head of the chain, as a short code, is the seal printed on letters
and bundles: whoever holds that code can later see that nothing before it was altered.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casefile import __version__
from casefile.store.rows import hash_of

if TYPE_CHECKING:
    from sqlite_utils import Database

_FIELDS = ("number", "before", "at", "action", "object", "object_hash", "program", "schema", "clock_back")
_START = "0" * 64


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after an action; None where it did not exist."""

    table: str
    id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def _entry_hash(entry: Mapping[str, Any]) -> str:
    words = json.dumps([entry[name] for name in _FIELDS], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def append(db: "Database", action: str, changes: Iterable[Change], now: dt.datetime, schema: int) -> None:
    """Write what an action changed, an entry a row, in the transaction of the action itself.

    ``action`` is our own words and holds no text of the parent. ``now`` carries its offset from UTC.
    """
    last = db.execute("SELECT number, at, hash FROM record ORDER BY number DESC LIMIT 1").fetchone()
    number, before = (last[0], last[2]) if last else (0, _START)
    back = int(bool(last) and dt.datetime.fromisoformat(last[1]) > now)
    for change in changes:
        number += 1
        entry: dict[str, Any] = {
            "number": number, "before": before, "at": now.isoformat(timespec="milliseconds"), "action": action,
            "object": f"{change.table}:{change.id}", "object_hash": hash_of(change.after), "program": __version__,
            "schema": schema, "clock_back": back,
        }  # fmt: skip
        entry["hash"] = before = _entry_hash(entry)
        db.execute(
            "INSERT INTO record (number, before, at, action, object, object_hash, program, schema, clock_back, hash) "
            "VALUES (:number, :before, :at, :action, :object, :object_hash, :program, :schema, :clock_back, :hash)",
            entry,
        )


def seal(db: "Database") -> str:
    """The head of the chain as a code of four groups, short enough to print: "7F3A-09C2-D41B-66E0"."""
    row = db.execute("SELECT hash FROM record ORDER BY number DESC LIMIT 1").fetchone()
    head = (row[0] if row else _START)[:16].upper()
    return "-".join(head[at : at + 4] for at in range(0, 16, 4))


def length(db: "Database") -> int:
    """How many entries the record has."""
    return int(db.execute("SELECT count(*) FROM record").fetchone()[0])


def problems(db: "Database", tables: Iterable[str]) -> list[tuple[str, str]]:
    """Every break in the chain and every row that is not as the record says: (where, what), empty when all holds."""
    found: list[tuple[str, str]] = []
    before, expected = _START, 0
    latest: dict[str, str] = {}
    cursor = db.execute(
        "SELECT number, before, at, action, object, object_hash, program, schema, clock_back, hash "
        "FROM record ORDER BY number"
    )
    for row in cursor:
        entry = dict(zip((*_FIELDS, "hash"), row, strict=True))
        expected += 1
        if entry["number"] != expected or entry["before"] != before or entry["hash"] != _entry_hash(entry):
            found.append((f"record entry {entry['number']}", "does not follow from the entry before it"))
        expected, before = entry["number"], entry["hash"]
        latest[entry["object"]] = entry["object_hash"]
    for table in tables:
        for row in db.query(f"SELECT * FROM [{table}]"):
            name = f"{table}:{row['id']}"
            told = latest.pop(name, None)
            if told is None:
                found.append((name, "stands in the case, but the record does not tell of it"))
            elif told != hash_of(row):
                found.append((name, "is not as it was when it was last saved"))
    found += [(name, "is missing, though the record tells of it") for name, told in latest.items() if told != "gone"]
    return found
