"""The one way any other file is written: whole or not at all, and never over the only good copy."""

import contextlib
import os
import re
import shutil
import threading
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from casefile import system
from casefile.errors import NoSpace

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_MOST = 120


def write_file(target: Path, data: bytes | Iterable[bytes], *, lasting: bool = True) -> Path:
    """Write ``data`` to ``target`` by way of a temporary file beside it; returns the path truly written.

    What can be made anew at any time, and is proved when it is read, need not wait for the disk: it is not ``lasting``.
    A target that cannot be replaced (open elsewhere) keeps its content and the new file gets a new name. Raises
    ``NoSpace`` when the folder cannot be written or the disk is full; nothing half-written is left then.
    """
    # Two helpers of one program may make the same file at once: each has a temporary file of its own.
    beside = target.parent / f".{target.name[:60]}.{os.getpid()}.{threading.get_ident()}.part"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | system.BINARY | system.NO_INHERIT, 0o644)
        size = 0
        try:
            for chunk in [data] if isinstance(data, bytes) else data:
                size += len(chunk)
                _write_all(handle, chunk)
            if lasting:
                system.flush_file(handle)
        finally:
            os.close(handle)
        if beside.stat().st_size != size:
            raise OSError("the file is shorter than what was written")
        return place(beside, target, lasting=lasting)
    except OSError as problem:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise no_space(target, problem) from None


def no_space(target: Path, problem: OSError) -> NoSpace:
    """The clear message for a file that could not be written."""
    full = problem.errno in (28, 122) or "space" in str(problem).lower()
    why = "the disk is full" if full else f"it cannot be written there ({problem.strerror or problem})"
    return NoSpace(
        f"Your case is safe. “{target.name}” was not made because {why}.",
        "Free some space, or choose another folder.",
    )


def place(finished: Path, target: Path, *, lasting: bool = True) -> Path:
    """Move a finished file to its place; returns where it is. An unreplaceable target gets a neighbour instead.

    With ``lasting`` the move itself is on the disk before this returns.
    """
    try:
        os.replace(finished, target)
        placed = target
    except PermissionError:
        placed = free_name(target)
        os.replace(finished, placed)
    if lasting:
        system.flush_folder(placed.parent)
    return placed


def free_name(target: Path) -> Path:
    """``target``, or the first of "name (2)", "name (3)" that is free."""
    candidate, number = target, 1
    while candidate.exists():
        number += 1
        candidate = target.with_name(f"{target.stem} ({number}){target.suffix}")
    return candidate


def _write_all(handle: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(handle, view) :]


def room_for(folder: Path, need: int) -> None:
    """Check that ``folder`` has room for twice ``need`` bytes. Raises ``NoSpace`` before anything is begun."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    free = shutil.disk_usage(there).free
    if free < 2 * need:
        raise NoSpace(
            f"There is not enough room in “{folder.name}”: {free // 2**20} MB are free and about "
            f"{2 * need // 2**20 + 1} MB are needed. Nothing was changed.",
            "Free some space, or choose another folder.",
        )


def safe_name(given: str, taken: Iterable[str] = ()) -> str:
    """A file name for an export made from any text: no separators, controls, tricks of direction, or reserved names.

    At most 120 characters; one equal to a name in ``taken`` (ignoring case) is numbered.
    """
    name = unicodedata.normalize("NFC", given)
    name = "".join(c if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*/\\' else " " for c in name)
    name = " ".join(name.split()).strip(". ") or "paper"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10 or not stem.strip(". "):
        stem, ending = name, ""
    ending = f".{ending}" if ending else ""
    stem = stem[: _MOST - len(ending)].rstrip(". ") or "paper"
    if _RESERVED.fullmatch(stem) or _RESERVED.fullmatch(stem + ending):
        stem = f"_{stem}"[: _MOST - len(ending)]
    used = {other.casefold() for other in taken}
    name, number = stem + ending, 1
    while name.casefold() in used:
        number += 1
        tail = f" ({number}){ending}"
        name = stem[: _MOST - len(tail)] + tail
    return name
