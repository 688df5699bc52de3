"""A sheaf: the pages of one paper made ready for a bundle, so that binding them only copies bytes and gives numbers.

The limited child makes a sheaf from a foreign file once (``gather``); it is kept by content. Whoever binds sheaves never
reads a page: the objects stand in it as words in which another object is named between two zero bytes, and their data
stands beside them, or in the file they came from. A sum at the end says whether it is whole.

In a file: data that was changed or is small, then the words of all objects, then what is told of them, then the sum.
"""

import hashlib
import json
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile.printing.bundle.geometry import Sheet, sheet

WORDS, FIGURES, OPENING, TREE, STAMP = b"W", b"F", b"Q", b"T", b"S"
"""What every bundle has: the two fonts of the number, what stands before old content, and the tree of pages; and what each page
is given: its stamp."""
NAMED, BETWEEN = b"\0", b"\1"
"""Around the name of an object, and between two objects: no word of a PDF holds either."""
_MAGIC = b"casefile sheaf 1"
_PIECE = 1 << 20
_END = struct.Struct(f">32sIQ{len(_MAGIC)}s")


@dataclass(frozen=True, slots=True)
class Inner:
    """A link inside one file: its page and area, the page it leads to (0 is the first), and the place there if given."""

    page: int
    rect: tuple[float, ...]
    target: int
    place: tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: its sheet, the names its own resources give to our two fonts, and whether its old content became a form."""

    sheet: Sheet
    names: tuple[str, str]
    form: bool


@dataclass(frozen=True, slots=True)
class Data:
    """Where the data of a stream stands: so many bytes from a place on, in the sheaf or in the file it was made from."""

    at: int
    size: int
    elsewhere: bool


class BadSheaf(Exception):
    """What was kept is not whole; it is made anew."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The pages of one paper. ``links`` lead inside it; ``leads`` (page, area, page of the whole bundle) stand on our own pages.

    ``size`` is that of the file it was made from. ``kept`` is its file, or all its bytes; ``source`` the file it was made from.
    """

    leaves: tuple[Leaf, ...]
    links: tuple[Inner, ...]
    leads: tuple[tuple[int, tuple[float, ...], int], ...]
    streams: Mapping[int, Data]
    size: int
    kept: Path | bytes
    source: str
    words_at: tuple[int, int]

    def objects(self) -> tuple[list[bytes], list[bytes]]:
        """The words of all pages, each without its end, and of all other objects. Raises ``BadSheaf``."""
        first, last = self.words_at
        found = next(self.data([Data(first, last - first, False)])).split(BETWEEN)
        return found[: len(self.leaves)], found[len(self.leaves) :]

    def data(self, wanted: Iterable[Data]) -> Iterator[bytes]:
        """The data of streams, one by one. Raises ``BadSheaf`` where a file is gone or has become shorter."""
        with _Reader(self.kept) as own, _Reader(Path(self.source)) as other:
            for one in wanted:
                try:
                    found = (other if one.elsewhere else own).read(one.at, one.size)
                except OSError as problem:
                    raise BadSheaf(f"a file it was made from cannot be read ({problem.strerror})") from None
                if len(found) != one.size:
                    raise BadSheaf("a file it was made from is shorter than it was")
                yield found


class _Reader:
    """A file that is opened when something of it is wanted."""

    def __init__(self, kept: Path | bytes) -> None:
        self._kept = kept
        self._file: Any = None

    def __enter__(self) -> "_Reader":
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def read(self, at: int, size: int) -> bytes:
        """So many bytes from a place on."""
        if isinstance(self._kept, bytes):
            return self._kept[at : at + size]
        if self._file is None:
            self._file = self._kept.open("rb", buffering=0)
        self._file.seek(at)
        return bytes(self._file.read(size))


class Writer:
    """Hands over a sheaf piece by piece, and sums it up. ``give`` takes the pieces."""

    def __init__(self, give: Callable[[bytes], object]) -> None:
        self._give, self._sum, self.size = give, hashlib.sha256(), 0

    def put(self, data: bytes) -> Data:
        """Data of a stream; returns where it stands."""
        self._sum.update(data)
        self._give(data)
        self.size += len(data)
        return Data(self.size - len(data), len(data), False)

    def end(self, pages: Sequence[bytes], others: Sequence[bytes], told: Mapping[str, Any]) -> None:
        """The words of all objects, and what is told of them; nothing comes after."""
        self.put(BETWEEN.join([*pages, *others]))
        words = json.dumps(told, separators=(",", ":")).encode()
        self.put(words)
        self._give(_END.pack(self._sum.digest(), len(words), self.size, _MAGIC))


def _sum(file: _Reader, size: int) -> bytes:
    """The SHA-256 of the first ``size`` bytes, read in pieces: a sheaf may be as large as its paper."""
    made = hashlib.sha256()
    for at in range(0, size, _PIECE):
        made.update(file.read(at, min(_PIECE, size - at)))
    return made.digest()


def read(kept: Path | bytes, source: str = "") -> Sheaf:
    """Read a sheaf that ``Writer`` made from the file ``source``. Raises ``BadSheaf`` where it is not whole, ``OSError``."""
    with _Reader(kept) as file:
        whole = len(kept) if isinstance(kept, bytes) else kept.stat().st_size
        end = file.read(max(0, whole - _END.size), _END.size)
        if len(end) < _END.size:
            raise BadSheaf("it is cut short")
        digest, told_size, size, magic = _END.unpack(end)
        if magic != _MAGIC or size != whole - _END.size or told_size > size or _sum(file, size) != digest:
            raise BadSheaf("it is not as it was made")
        told = json.loads(file.read(size - told_size, told_size))
    if source and Path(source).stat().st_size != told["size"]:
        raise BadSheaf("the file it was made from is another")
    sheets = [sheet(tuple(box), turn, unit) for box, turn, unit in told["sheets"]]  # type: ignore[arg-type]
    streams = {at: Data(first, length, bool(elsewhere)) for at, first, length, elsewhere in told["streams"]}
    own = sum(one.size for one in streams.values() if not one.elsewhere)
    return Sheaf(
        tuple(Leaf(sheets[which], (words, figures), bool(form)) for which, words, figures, form in told["leaves"]),
        tuple(Inner(page, tuple(rect), target, (place[0], place[1])) for page, rect, target, place in told["links"]),
        tuple((page, tuple(rect), target) for page, rect, target in told["leads"]),
        streams, told["size"], kept, source, (own, size - told_size),
    )  # fmt: skip
