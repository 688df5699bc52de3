"""Where a bundle is made, and how its finished files come to their places: all of them, or none.

Everything is written beside its place first. Then a note says what goes where, and the files are moved at once. A program
that is killed between two moves leaves the note, and whoever makes the next bundle there finishes the moves first.
"""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from casefile.printing.bundle.bag import LIST, listed
from casefile.store.files import place, write_file

STAGE = ".casefile-unfinished"
_NOTE = "moves.json"


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished file: its name while it waits, what it will be called, and its SHA-256."""

    waiting: str
    name: str
    sha256: str


@contextlib.contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder inside ``folder`` for what is not finished; it and all in it go when the work ends, however it ends.

    What an earlier export finished and could not put in its place any more is put there first.
    """
    stage = folder / STAGE
    noted = _noted(stage)
    if noted:
        _move(stage, folder, noted)
    else:
        _clear(stage)
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        yield stage
    finally:
        # Where the moves have begun, what is left waits for the next export.
        if not cut_off(folder):
            _clear(stage)
        for path in made:
            # Only what we made, and only while it is empty.
            with contextlib.suppress(OSError):
                path.rmdir()


def cut_off(folder: Path) -> bool:
    """Whether an export into ``folder`` was stopped while its finished files went to their places."""
    return (folder / STAGE / _NOTE).is_file()


def _noted(stage: Path) -> list[Finished]:
    """What the note of a stopped export says; nothing where there is none, or where it makes no sense or names files elsewhere."""
    try:
        found = [Finished(*row) for row in json.loads((stage / _NOTE).read_bytes())]
        names = [name for one in found for name in (one.waiting, one.name)]
        return found if all(Path(name).name == name and not name.startswith(".") for name in names) else []
    except (OSError, ValueError, TypeError):
        return []


def put_in_place(stage: Path, folder: Path, files: Sequence[Finished]) -> tuple[list[Path], Path]:
    """Move finished files from ``stage`` into ``folder``, with a list of their hashes; returns where they are, and the list.

    A file that is open elsewhere keeps its place, and the new one gets a name beside it. Raises ``NoSpace`` where nothing
    was moved yet, ``OSError`` where a move failed: the rest then waits for the next export.
    """
    write_file(stage / LIST, listed((one.sha256, one.name) for one in files))
    write_file(stage / _NOTE, json.dumps([astuple(one) for one in files], ensure_ascii=False).encode())
    return _move(stage, folder, files)


def _move(stage: Path, folder: Path, files: Sequence[Finished]) -> tuple[list[Path], Path]:
    placed = []
    for one in files:
        waiting, target = stage / one.waiting, folder / one.name
        # One that is not there any more was moved before the program was stopped.
        placed.append(place(waiting, target, lasting=False) if waiting.is_file() else target)
    if [path.name for path in placed] != [one.name for one in files]:
        write_file(stage / LIST, listed((one.sha256, path.name) for one, path in zip(files, placed, strict=True)))
    listing = place(stage / LIST, folder / LIST) if (stage / LIST).is_file() else folder / LIST
    (stage / _NOTE).unlink()
    _clear(stage)
    return placed, listing


def _clear(stage: Path) -> None:
    with contextlib.suppress(OSError):
        for path in list(stage.iterdir()) if stage.is_dir() else []:
            path.unlink()
        stage.rmdir()
