"""The only conversion between dataclasses and rows: dates as ISO text, tuples and mappings as JSON."""

import dataclasses
import datetime as dt
import hashlib
import json
import typing
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, TypeVar

from casefile.plain import bare, build, hints_of, is_mapping, plain

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page of a paper, 1 being the first; page 0 holds its title, people and note for the search."""

    id: int | None
    document: int
    page: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class StoredSuggestion:
    """What was suggested about a paper when it was read, as JSON."""

    id: int | None
    document: int
    made: str


@dataclasses.dataclass(frozen=True, slots=True)
class Unlocked:
    """The copy without a lock of a paper that asks for a password; its bytes lie beside the originals under ``sha256``.

    ``opened_as`` is the type of the copy: a locked Word file shows only then what it is.
    """

    id: int | None
    document: int
    sha256: str
    opened_as: str = "pdf"


TO_COME = ""
"""Stands for the reader of a page that is still to be read from its picture."""


@dataclasses.dataclass(frozen=True, slots=True)
class Scanned:
    """A page (1 is the first) that was read from its picture: its ``PageScan`` in ``turn`` and ``words``, by which ``reader``.

    ``problem`` says why there is nothing where it could not be read. The reader of a page with a few typed words over its
    picture is ``TO_COME`` until the picture was read; what is typed is never among its words.
    """

    id: int | None
    document: int
    page: int
    turn: int
    words: str
    problem: str
    reader: str


@dataclasses.dataclass(frozen=True, slots=True)
class SavedBundle:
    """A bundle that was composed and kept, its contents as JSON."""

    id: int | None
    title: str
    purpose: str
    made: str
    contents: str


@dataclasses.dataclass(frozen=True, slots=True)
class NeverShown:
    """A person whose address, phone and email must never leave in a bundle."""

    id: int | None
    contact: int


@dataclasses.dataclass(frozen=True, slots=True)
class StoredClosure:
    """Days when the child's school is shut, both included."""

    id: int | None
    start: dt.date
    end: dt.date
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """What the parent answered about one failing; nothing means not answered.

    ``complaint`` is the id of the event that is the complaint about it; 0 where none of those recorded is.
    """

    id: int | None
    failing: str
    knew_on: dt.date | None = None
    going_on: bool | None = None
    connected: bool | None = None
    setting: str | None = None
    out_of_school: bool | None = None
    section_i_only: bool | None = None
    right: str | None = None
    refused: bool | None = None
    complaint: int | None = None


TABLES = {
    "Child": "child",
    "Contact": "contact",
    "Document": "document",
    "Event": "event",
    "Draft": "draft",
    "PageText": "page_text",
    "StoredSuggestion": "suggestion",
    "Unlocked": "unlocked",
    "Scanned": "scanned",
    "SavedBundle": "saved_bundle",
    "NeverShown": "never_shown",
    "StoredClosure": "closure",
    "Told": "told",
    "PlanVersion": "plan_version",
    "PlanItem": "plan_item",
    "Provision": "provision",
    "Session": "session",
    "Absence": "absence",
    "Cost": "cost",
    "Effect": "effect",
    "Review": "review",
    "Invited": "review_invited",
    "Progress": "review_progress",
    "Proposal": "review_proposal",
    "WordingFine": "wording_fine",
    "Highlight": "highlight",
    "Sending": "sending",
    "Point": "point",
    "OwnForm": "own_form",
    "KnownWord": "known_word",
}
"""Which table keeps which dataclass."""


def table_of(kind: type) -> str:
    """The table of a dataclass. Raises ``KeyError`` for one that is not stored."""
    return TABLES[kind.__name__]


def to_row(thing: Any) -> dict[str, Any]:
    """A stored dataclass as a row, without its id when it has none yet."""
    row: dict[str, Any] = {}
    for field in dataclasses.fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, tuple | list | Mapping):
            value = json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
        elif isinstance(value, bool):
            value = int(value)
        elif isinstance(value, dt.date):
            value = value.isoformat()
        if field.name == "id" and value is None:
            continue
        row[field.name] = value
    return row


@cache
def _columns(kind: Any) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """The fields of a dataclass, each with what turns its column into its value; None where the two are the same."""
    found: list[tuple[str, Callable[[Any], Any] | None]] = []
    for name, hint in hints_of(kind).items():
        inner = bare(hint)
        if typing.get_origin(inner) in (tuple, list) or is_mapping(inner):
            found.append((name, partial(_from_json, inner)))
        elif inner in (str, int) or typing.get_origin(inner) is typing.Literal:
            found.append((name, None))
        else:
            found.append((name, partial(build, inner)))
    return tuple(found)


def _from_json(hint: Any, value: Any) -> Any:
    return build(hint, json.loads(value) if isinstance(value, str) else value)


def from_row(kind: type[T], row: Mapping[str, Any]) -> T:
    """The dataclass a row stands for."""
    made = {
        name: row[name] if turn is None or row[name] is None else turn(row[name])
        for name, turn in _columns(typing.cast(Any, kind))
    }
    return kind(**made)


ADDED: dict[str, Any] = {"whose": "", "complaint": None, "opened_as": "pdf"}
"""Columns a later step of the schema gave to a table there was, and what they hold in a row that was there before."""


def hash_of(row: Mapping[str, Any] | None) -> str:
    """A SHA-256 over every column of a row; of a removed one, the word "gone".

    A column that came later counts only once it says something, so that rows of an older case still fit their record.
    """
    if row is None:
        return "gone"
    said = {name: row[name] for name in sorted(row) if name not in ADDED or row[name] != ADDED[name]}
    words = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
