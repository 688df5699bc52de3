"""Dataclasses to what JSON can hold and back, for rows of the store and for the pipe to the child process."""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

_AS_IT_IS = (str, int, float)
"""What JSON holds as it is: asked first, as a bundle of thousands of pages has a hundred thousand of them."""


@cache
def hints_of(kind: Any) -> dict[str, Any]:
    """The true types of a dataclass's fields."""
    return typing.get_type_hints(kind)


@cache
def bare(hint: Any) -> Any:
    """The type without "or None"; a union of several types stays a union."""
    if is_union(hint):
        rest = [part for part in typing.get_args(hint) if part is not type(None)]
        return rest[0] if len(rest) == 1 else hint
    return hint


def is_union(hint: Any) -> bool:
    """Whether a type is "this or that"."""
    return isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union


def is_mapping(hint: Any) -> bool:
    """Whether a type is a mapping of names to values."""
    origin = typing.get_origin(hint)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def plain(value: Any, blobs: list[bytes] | None = None) -> Any:
    """A value as JSON can hold it: dataclasses as objects, dates as ISO text.

    With ``blobs``, bytes go to the end of that list and their place stands for them, and every object names its class.
    """
    if value is None or isinstance(value, _AS_IT_IS):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        made = {field.name: plain(getattr(value, field.name), blobs) for field in dataclasses.fields(value)}
        return made if blobs is None else made | {"_is": type(value).__name__}
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(entry, blobs) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry, blobs) for entry in value]
    if isinstance(value, bytes) and blobs is not None:
        blobs.append(value)
        return {"_blob": len(blobs) - 1}
    return value


def build(hint: Any, value: Any, blobs: list[bytes] | None = None) -> Any:
    """The value of type ``hint`` that ``plain`` made ``value`` from. Raises ``TypeError`` or ``KeyError`` on nonsense."""
    hint = bare(hint)
    if value is None or hint in _AS_IT_IS:
        return value
    if is_union(hint):
        named = {part.__name__: part for part in typing.get_args(hint)}
        hint = named[value["_is"]]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        inner = hints_of(hint)
        return hint(**{name: build(inner[name], entry, blobs) for name, entry in value.items() if name in inner})
    if hint is dt.datetime:
        return dt.datetime.fromisoformat(value)
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    if hint is bytes:
        return (blobs or [])[value["_blob"]]
    if typing.get_origin(hint) is tuple:
        parts = typing.get_args(hint)
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(build(parts[0], entry, blobs) for entry in value)
        return tuple(build(part, entry, blobs) for part, entry in zip(parts, value, strict=True))
    if is_mapping(hint):
        return {key: build(typing.get_args(hint)[1], entry, blobs) for key, entry in value.items()}
    if hint is bool:
        return bool(value)
    return value
