"""The only conversion between dataclasses and rows: dates as ISO text, tuples and mappings as JSON."""

import dataclasses
import datetime as dt
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

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
class SavedBundle:
    """A bundle that was composed and kept, its contents as JSON."""

    id: int | None
    title: str
    purpose: str
    made: str
    contents: str


TABLES = {
    "Child": "child",
    "Contact": "contact",
    "Document": "document",
    "Event": "event",
    "Draft": "draft",
    "PageText": "page_text",
    "StoredSuggestion": "suggestion",
    "SavedBundle": "saved_bundle",
}
"""Which table keeps which dataclass."""


def table_of(kind: type) -> str:
    """The table of a dataclass. Raises ``KeyError`` for one that is not stored."""
    return TABLES[kind.__name__]


@cache
def hints_of(kind: Any) -> dict[str, Any]:
    """The true types of a dataclass's fields."""
    return typing.get_type_hints(kind)


def _bare(hint: Any) -> Any:
    """The type without "or None"."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        rest = [part for part in typing.get_args(hint) if part is not type(None)]
        return rest[0]
    return hint


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dataclasses as objects, dates as ISO text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value


def build(hint: Any, value: Any) -> Any:
    """The value of type ``hint`` that ``plain`` made ``value`` from."""
    hint = _bare(hint)
    if value is None:
        return None
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        inner = hints_of(hint)
        return hint(**{name: build(inner[name], entry) for name, entry in value.items() if name in inner})
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    if typing.get_origin(hint) is tuple:
        parts = typing.get_args(hint)
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(build(parts[0], entry) for entry in value)
        return tuple(build(part, entry) for part, entry in zip(parts, value, strict=True))
    if hint is bool:
        return bool(value)
    return value


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


def from_row(kind: type[T], row: Mapping[str, Any]) -> T:
    """The dataclass a row stands for."""
    made: dict[str, Any] = {}
    for name, hint in hints_of(kind).items():
        value = row[name]
        bare = _bare(hint)
        if isinstance(value, str) and (typing.get_origin(bare) in (tuple, list) or _is_mapping(bare)):
            value = build(bare, json.loads(value))
        else:
            value = build(bare, value)
        made[name] = value
    return kind(**made)


def _is_mapping(hint: Any) -> bool:
    origin = typing.get_origin(hint)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def hash_of(row: Mapping[str, Any] | None) -> str:
    """A SHA-256 over every column of a row; of a removed one, the word "gone"."""
    if row is None:
        return "gone"
    words = json.dumps({name: row[name] for name in sorted(row)}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
