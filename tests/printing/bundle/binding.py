"""Papers gathered and bound in one go, for tests that look at the pages of the result."""

import mmap
from collections.abc import Collection, Sequence
from pathlib import Path

from casefile.printing.bundle import front
from casefile.printing.bundle.bind import Binding, whole
from casefile.printing.bundle.gather import gathered
from casefile.printing.bundle.geometry import Box
from casefile.printing.bundle.plan import Plan
from casefile.printing.bundle.sheaf import Sheaf, read
from casefile.printing.bundle.source import Opened, opened


def sheaf_of(paper: Path | Opened, forms: Collection[int] = ()) -> Sheaf:
    """The sheaf of a paper. ``forms`` are pages (0 is the first) whose content becomes a form."""
    parts: list[bytes] = []
    if isinstance(paper, Opened):
        gathered(paper, forms, parts.append)
        return read(b"".join(parts))
    with paper.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as source:
        gathered(opened(str(paper)), forms, parts.append, source)
    return read(b"".join(parts), str(paper))


def bound(sheaves: Sequence[Sheaf], plan: Plan) -> tuple[bytes, list[Box]]:
    """All pages of some sheaves as one PDF, and the box of each number."""
    binding = Binding([whole(one) for one in sheaves], plan, *front.faces())
    return b"".join(binding.pieces(lambda done, total: None)), binding.boxes
