"""The window's side of reading: hands bytes to the limited child and says in words what became of them."""

from dataclasses import dataclass
from typing import Any

from casefile.child import Child, ChildFailed
from casefile.domain.scans import PageScan, page_scan
from casefile.plain import build
from casefile.progress import Progress
from casefile.readers import LIMITS, Incoming, Unreadable
from casefile.readers.kinds import kind_of
from casefile.readers.scan import CannotScan


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a picture: RGB bytes, size in pixels, and each word with its box (left, top, right, bottom)."""

    width: int
    height: int
    rgb: bytes
    words: tuple[tuple[str, int, int, int, int], ...]


class ReaderProcess:
    """The limited child that reads files, started when first needed and ended by ``close`` or at the end of a ``with``."""

    def __init__(self) -> None:
        self._child = Child("read")

    def __enter__(self) -> "ReaderProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        self._child.stop()

    def read(self, data: bytes, progress: Progress | None = None) -> Incoming:
        """Read a file's bytes. Raises ``Unreadable`` with the reason in words; the child starts again after a crash."""
        type_ = kind_of(data)
        seconds = LIMITS["seconds_pdf"] if type_ == "pdf" else LIMITS["seconds"]
        head, blobs = self._ask({"do": "read", "type": type_}, data, seconds, progress)
        return _incoming(head.get("incoming"), blobs)

    def draw(self, data: bytes, page: int, width: int) -> Drawn:
        """Draw page ``page`` (0 is the first) ``width`` pixels wide. Raises ``Unreadable``."""
        head, blobs = self._ask({"do": "draw", "type": kind_of(data), "page": page, "width": width}, data, 20, None)
        words = tuple((str(text), int(a), int(b), int(c), int(d)) for text, a, b, c, d in head["words"])
        return Drawn(int(head["width"]), int(head["height"]), blobs[0], words)

    def scan(self, data: bytes, page: int, progress: Progress | None = None, *, typed: bool = False) -> PageScan:
        """The words in the picture of page ``page`` (0 is the first); if ``typed``, all that is seen on it, typed words too.

        Raises ``Unreadable``, ``CannotScan``, ``Cancelled``.
        """
        request: dict[str, object] = {"do": "scan", "type": kind_of(data), "page": page, "typed": typed}
        head, _ = self._ask(request, data, LIMITS["seconds_scan"], progress)
        if "cannot" in head:
            raise CannotScan(head["cannot"])
        try:
            return page_scan(head["turn"], head["words"])
        except (KeyError, TypeError, ValueError) as problem:
            raise Unreadable("reading it gave no sense") from problem

    def unlock(self, data: bytes, password: str, progress: Progress | None = None) -> bytes | Incoming | None:
        """A locked file's bytes without the lock, of a zip folder what was in it; None when the password does not open it.

        The password goes over the pipe of the child and nowhere else. Raises ``Unreadable``, ``Cancelled``.
        """
        request: dict[str, object] = {"do": "unlock", "type": kind_of(data), "password": password}
        head, blobs = self._ask(request, data, LIMITS["seconds_pdf"], progress)
        if not head["opened"]:
            return None
        return _incoming(head["incoming"], blobs) if "incoming" in head else blobs[0]

    def _ask(
        self, request: dict[str, object], data: bytes, seconds: float, progress: Progress | None
    ) -> tuple[dict[str, Any], list[bytes]]:
        try:
            head, blobs = self._child.ask(request, [data], seconds=seconds, progress=progress)
        except ChildFailed as problem:
            raise Unreadable(str(problem.args[0])) from None
        if "unreadable" in head:
            raise Unreadable(head["unreadable"])
        if "error" in head:
            raise Unreadable(f"it is damaged ({head['error']})")
        return head, blobs


def _incoming(told: object, blobs: list[bytes]) -> Incoming:
    try:
        made: Incoming = build(Incoming, told, blobs)
    except (KeyError, TypeError, ValueError, IndexError) as problem:
        raise Unreadable("reading it gave no sense") from problem
    return made
