"""Reading one table of law data strictly: an unknown key, a missing one or a wrong kind is an error that says its cure."""

import datetime as dt
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from casefile.domain.calendar import COUNTS, WORKING_SETS, Step
from casefile.domain.rules import Period, Term
from casefile.errors import BadFile

MISSING = object()
USES = ("earlier", "later", "first")


def read_toml(path: Path) -> dict[str, Any]:
    """The table in a TOML file. Raises ``BadFile`` naming the file and the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise BadFile(
            f"The file {path.name} of the law data cannot be read.", "Put the folder back as it was."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise BadFile(f"{path.name} is not good TOML: {why}.", "Mend that line.") from None


class Table:
    """One table of a file: every key is asked for once, and ``done`` complains about any that was not."""

    def __init__(self, raw: Mapping[str, Any], where: str) -> None:
        """Take the table ``raw``; ``where`` names the file and the place in it."""
        self.raw, self.where = raw, where
        self._asked: set[str] = set()

    def bad(self, key: str, what: str, cure: str) -> BadFile:
        """An error about one key, with its cure."""
        return BadFile(f"{self.where}: {key} {what}.", cure)

    def get(self, key: str, kind: type, default: Any = MISSING) -> Any:
        """The value of a key. Raises ``BadFile`` if it is missing without a default, or of another kind."""
        self._asked.add(key)
        value = self.raw.get(key, default)
        if value is MISSING:
            raise self.bad(key, "is missing", f"Add a line: {key} = …")
        if value is default:
            return value
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.bad(key, f"should be a {kind.__name__}", f"Write {key} as a {kind.__name__}.")
        return value

    def one_of(self, key: str, allowed: Collection[str], default: Any = MISSING) -> str:
        """A word out of a list."""
        value = str(self.get(key, str, default))
        if value not in allowed and value != default:
            raise self.bad(key, f"is {value!r}, which is not known", f"Use one of: {', '.join(allowed)}.")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when left out."""
        value = self.get(key, list, [])
        if not all(isinstance(item, str) for item in value):
            raise self.bad(key, "should be a list of texts", f'Write {key} = ["…"].')
        return tuple(value)

    def tables(self, key: str) -> list["Table"]:
        """A list of tables; empty when left out."""
        value = self.get(key, list, [])
        if not all(isinstance(item, dict) for item in value):
            raise self.bad(key, "should be a list of tables", f"Write {key} = [{{ … }}].")
        return [Table(item, f"{self.where}, {key} {number}") for number, item in enumerate(value, 1)]

    def table(self, key: str) -> "Table | None":
        """A table, or nothing when left out."""
        value = self.get(key, dict, None)
        return None if value is None else Table(value, f"{self.where}, {key}")

    def date(self, key: str, default: Any = MISSING) -> dt.date | None:
        """A date without quotation marks."""
        value: dt.date | None = self.get(key, dt.date, default)
        return value

    def done(self) -> None:
        """Raise ``BadFile`` for any key that nobody asked for."""
        for key in self.raw:
            if key not in self._asked:
                raise self.bad(key, "is not a known key", "Take it out, or mend its spelling.")


def _step(table: Table, counts: Collection[str]) -> Step:
    if len(counts) != 1:
        raise table.bad("the period", "needs exactly one way of counting", f"Use one of: {', '.join(COUNTS)}.")
    count = next(iter(counts))
    value = table.raw[count]
    table.get(count, object)
    working = table.one_of("working", WORKING_SETS, "general_ew")
    if count in ("fixed", "fixed_before"):
        return _fixed_step(table, count, value)
    if count in ("continuous", "none", "directed", "last_friday_in_june", "academic_year_end"):
        return Step(count)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise table.bad(count, "should be a whole number", f"Write {count} = 6, for example.")
    return Step(count, value, working)


def _fixed_step(table: Table, count: str, value: object) -> Step:
    try:
        parts = [int(part) for part in str(value).split("-")]
        dt.date(parts[0] if len(parts) == 3 else 2000, *parts[-2:])
    except (ValueError, TypeError):
        raise table.bad(
            count, 'should be a day such as "02-15" or "2026-06-29"', "Write month-day in quotation marks."
        ) from None
    year = parts[0] if len(parts) == 3 else table.get("year", int, 0)
    return Step(count, month=parts[-2], day=parts[-1], year=year)


def _term(table: Table) -> Term:
    start = table.get("from", str, "")
    chain = table.tables("steps")
    if chain:
        steps = []
        for part in chain:
            steps.append(_step(part, [key for key in part.raw if key in COUNTS]))
            part.done()
    else:
        steps = [_step(table, [key for key in table.raw if key in COUNTS])]
    return Term(tuple(steps), start)


def read_period(table: Table) -> Period:
    """A period: one term, or ``earlier``, ``later`` or ``first`` with several, and a ``roll``. Raises ``BadFile``."""
    roll = table.one_of("roll", WORKING_SETS, "")
    for use in USES:
        if use in table.raw:
            parts = table.tables(use)
            terms = []
            for part in parts:
                terms.append(_term(part))
                part.done()
            table.done()
            return Period(tuple(terms), use, roll)
    term = _term(table)
    table.done()
    return Period((term,), "only", roll)
