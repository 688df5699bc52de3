"""The originals: every byte that was given, kept as it came, named by its own hash, never changed.

A paper is copied to ``work/`` while it is hashed, flushed, read back and compared, and only then moved into place; the
row that tells of it is written after that. A crash leaves nothing or the whole.
"""

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from casefile import system
from casefile.errors import BadFile, NotFound
from casefile.store.files import no_space

ENDINGS = {
    "pdf": ".pdf", "eml": ".eml", "docx": ".docx", "jpeg": ".jpg", "png": ".png", "gif": ".gif", "tiff": ".tif",
    "heic": ".heic", "webp": ".webp", "bmp": ".bmp", "text": ".txt", "html": ".html", "rtf": ".rtf", "msg": ".msg",
    "mbox": ".mbox", "zip": ".zip", "doc": ".doc", "xlsx": ".xlsx", "pptx": ".pptx",
    "odt": ".odt", "ods": ".ods", "odp": ".odp", "calendar": ".ics", "tnef": ".dat",
}  # fmt: skip
_CHUNK = 1 << 20


class Originals:
    """The folder ``originals/`` of a case, and ``work/`` where new ones are staged."""

    def __init__(self, case: Path) -> None:
        self.folder = case / "originals"
        self.work = case / "work"

    def path_of(self, sha256: str, type_: str) -> Path:
        """Where an original lies. The ending lets a person open it without the program."""
        return self.folder / f"{sha256}{ENDINGS.get(type_, '.bin')}"

    def has(self, sha256: str, type_: str) -> bool:
        """Whether these bytes are already kept."""
        return self.path_of(sha256, type_).exists()

    def put(self, data: bytes, type_: str) -> str:
        """Keep ``data``; returns its SHA-256. Identical bytes are kept once. Raises ``NoSpace``, ``BadFile``."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path_of(sha256, type_)
        if target.exists() and target.stat().st_size == len(data):
            return sha256
        staged = self.work / f"{sha256}.part"
        try:
            self.work.mkdir(exist_ok=True)
            self.folder.mkdir(exist_ok=True)
            handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | system.BINARY | system.NO_INHERIT, 0o600)
            try:
                view = memoryview(data)
                while view:
                    view = view[os.write(handle, view) :]
                system.flush_file(handle)
            finally:
                os.close(handle)
            if _hash_of(staged) != sha256:
                raise BadFile(
                    "A paper was not added: the disk gave back other bytes than were written.",
                    "The paper outside the case is untouched. Check the disk, then add it again.",
                )
            system.make_read_only(staged)
            self._mark(sha256, type_)
            os.replace(staged, target)
            system.flush_folder(self.folder)
        except OSError as problem:
            with contextlib.suppress(OSError):
                staged.unlink()
            raise no_space(target, problem) from None
        return sha256

    def read(self, sha256: str, type_: str) -> bytes:
        """The bytes of an original, checked against its hash. Raises ``NotFound`` or ``BadFile``."""
        path = self.path_of(sha256, type_)
        try:
            data = path.read_bytes()
        except OSError:
            raise NotFound(
                "The original of this paper is not in the case folder.", "Restore it from a backup of the case."
            ) from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BadFile(
                "The original of this paper has been changed on the disk since it was added. It is shown nowhere.",
                "Restore it from a backup of the case. Nothing was repaired or removed.",
            )
        return data

    def sound(self, sha256: str, type_: str) -> str:
        """Empty when an original is as it was given, else what is wrong with it."""
        path = self.path_of(sha256, type_)
        if not path.exists():
            return "missing"
        return "" if _hash_of(path) == sha256 else "changed"

    def drop(self, sha256: str, type_: str) -> None:
        """Remove an original for good: only ever from the emptied bin, when no row needs it."""
        path = self.path_of(sha256, type_)
        if path.exists():
            system.make_writable(path)
            path.unlink()
            system.flush_folder(self.folder)

    def forget_pages(self) -> None:
        """Remove the pages that were made from papers: they show what was on them, and can be made anew from those that are left."""
        for entry in list((self.work / "pages").iterdir()) if (self.work / "pages").is_dir() else []:
            # One that is open elsewhere stays, and the rest goes.
            with contextlib.suppress(OSError):
                entry.unlink()

    def _mark(self, sha256: str, type_: str) -> None:
        """Leave a note that these bytes have no row yet, for the sweep after a crash."""
        note = self.work / f"{self.path_of(sha256, type_).name}.new"
        os.close(os.open(note, os.O_WRONLY | os.O_CREAT | system.BINARY | system.NO_INHERIT, 0o600))

    def settle(self) -> None:
        """Take the notes away once the rows are written: from then on an original is only ever removed by the parent."""
        if self.work.is_dir():
            for entry in self.work.iterdir():
                if entry.name.endswith(".new"):
                    with contextlib.suppress(OSError):
                        entry.unlink()

    def sweep(self, needed: Callable[[str], bool]) -> None:
        """Clear away what a crash left: half-written files, and originals that were never reported as added.

        ``needed`` says whether a row tells of a hash; such an original stays, and so does every one without a note.
        """
        if not self.work.is_dir():
            return
        for entry in list(self.work.rglob("*")):
            with contextlib.suppress(OSError):
                if entry.name.endswith(".part") and entry.is_file():
                    system.make_writable(entry)
                    entry.unlink()
                elif entry.name.endswith(".new") and entry.is_file():
                    left = self.folder / entry.name.removesuffix(".new")
                    if not needed(left.name.partition(".")[0]) and left.is_file():
                        system.make_writable(left)
                        left.unlink()
                    entry.unlink()


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def read_given(path: Path, most: int) -> bytes:
    """Read a file the parent gave: a regular file only, no link followed, at most ``most`` bytes.

    Raises ``BadFile`` with the reason in words.
    """
    try:
        if path.is_symlink():
            raise BadFile("It is a link to another place, and links are not followed.")
        handle = os.open(path, os.O_RDONLY | system.NO_FOLLOW | system.BINARY | system.NO_WAIT)
    except OSError as problem:
        raise BadFile(f"It could not be opened ({problem.strerror or 'no reason given'}).") from None
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise BadFile("It is not an ordinary file.")
        if about.st_size > most:
            raise BadFile(f"It is larger than {most // 2**20} MB.")
        chunks = []
        while chunk := os.read(handle, _CHUNK):
            chunks.append(chunk)
        return b"".join(chunks)
    except OSError as problem:
        raise BadFile(f"It could not be read ({problem.strerror or 'no reason given'}).") from None
    finally:
        os.close(handle)
