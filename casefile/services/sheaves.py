"""The sheaves of papers: made by a limited child, kept by content, and made anew where what was kept is not whole."""

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casefile.child import Child, ChildFailed
from casefile.errors import BadFile
from casefile.printing.bundle.sheaf import BadSheaf, Sheaf, read
from casefile.progress import Progress
from casefile.store.files import write_file

if TYPE_CHECKING:
    from casefile.services.bundle_pages import Pages

_SECONDS = 60.0


class Sheaves:
    """The sheaves kept in ``folder``; each that was read is held for one export."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, Sheaf] = {}

    def path_of(self, name: str) -> Path:
        """Where the sheaf called ``name`` is kept."""
        return self.folder / f"{name}.sheaf"

    def made(self, name: str, request: dict[str, Any], child: Child, progress: Progress) -> dict[str, Any]:
        """Have a child answer a request that hands over a sheaf, and keep that as ``name``; returns the answer.

        Nothing is kept where the answer is ``error`` or ``refused``. Raises ``ChildFailed``, ``NoSpace``, ``Cancelled``.
        """
        answer: dict[str, Any] = {}
        target = self.path_of(name)
        self._read.pop(name, None)
        write_file(target, child.pieces(request, (), answer, seconds=_SECONDS, progress=progress), lasting=False)
        if "error" in answer or "refused" in answer:
            with contextlib.suppress(OSError):
                target.unlink()
        return answer

    def of(self, pages: "Pages", child: Child, progress: Progress, wrap: Collection[int] = ()) -> Sheaf:
        """The sheaf of a paper; ``wrap`` are pages of the file (0 is the first) whose content is to become a form as well.

        Raises ``BadFile`` where it cannot be made, ``NoSpace``, ``Cancelled``.
        """
        name = _name(pages, wrap) if wrap else pages.sheaf
        if name not in self._read:
            try:
                found = read(self.path_of(name), pages.path)
            except (OSError, BadSheaf, ValueError, LookupError, TypeError):
                self._gathered(name, pages, child, progress, wrap)
                found = read(self.path_of(name), pages.path)
            self._read[name] = found
        return self._read[name]

    def worded(self, pages: "Pages", child: Child, progress: Progress) -> str:
        """The name of the sheaf of a paper with words over its scanned pages. Raises as ``of``."""
        name = _name(pages, ())
        if not self.path_of(name).is_file():
            self._gathered(name, pages, child, progress, ())
        return name

    def _gathered(self, name: str, pages: "Pages", child: Child, progress: Progress, wrap: Collection[int]) -> None:
        request = {
            "do": "gather", "path": pages.path, "mode": pages.mode, "turns": [list(one) for one in pages.turns],
            "scanned": pages.scanned, "forms": _forms(pages, wrap),
        }  # fmt: skip
        try:
            answer = self.made(name, request, child, progress)
            problem = str(answer.get("refused") or answer.get("error") or "")
        except ChildFailed as failed:
            problem = str(failed.args[0])
        if problem:
            raise BadFile(
                "The bundle could not be joined. Nothing was written.",
                f"What happened with “{Path(pages.path).name}”: {problem}. Take out the papers that were mended, and try again.",
            )

    def own(self, blobs: Iterable[bytes], child: Child, progress: Progress) -> dict[bytes, Sheaf]:
        """The sheaves of our own pages, by the PDF they were made from. Raises ``BadFile``."""
        known = list(dict.fromkeys(blobs))
        try:
            answer, made = child.ask({"do": "own"}, known, seconds=_SECONDS, progress=progress)
            problem = str(answer.get("error") or "")
        except ChildFailed as failed:
            problem, made = str(failed.args[0]), []
        if problem:
            raise BadFile("The bundle could not be joined. Nothing was written.", f"What happened: {problem}.")
        return dict(zip(known, map(read, made), strict=True))


def _forms(pages: "Pages", wrap: Collection[int]) -> list[int]:
    """The pages of the file whose content becomes a form: where the number needs room, and those to wrap."""
    places: Sequence[int] = pages.picks or range(pages.pages)
    full = {places[at] for at, corner in enumerate(pages.corners) if corner != "1"}
    return sorted(full | set(wrap))


def _name(pages: "Pages", wrap: Collection[int]) -> str:
    """The name of a sheaf that is not the usual one of its file: equal wishes have equal names."""
    words = json.dumps([pages.sheaf, Path(pages.scanned).stem, _forms(pages, wrap)])
    return hashlib.sha256(words.encode()).hexdigest()[:40]
