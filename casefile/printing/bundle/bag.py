"""The zip that goes with a bundle: a BagIt bag (RFC 8493) whose every bit can be checked, with our program or without.

The zip holds its members unpacked, with fixed times and rights, so the same members always give the same bytes. That
is how a check finds a changed bit even between the members: it makes the zip again and compares.
"""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from casefile.printing.plainzip import entry

LIST = "SHA-256.txt"
_CHUNK = 1 << 20
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the bag, under ``data/``: its bytes, or where they lie.

    ``hashed`` is its SHA-256 and size where they are known from its writing: they are proved as it is packed.
    """

    name: str
    content: bytes | Path
    hashed: tuple[str, int] | None = None

    def chunks(self) -> Iterator[bytes]:
        """Its bytes piece by piece. Raises ``OSError`` when they are not what was written."""
        if isinstance(self.content, bytes):
            yield self.content
            return
        digest = hashlib.sha256()
        with self.content.open("rb") as file:
            while piece := file.read(_CHUNK):
                if self.hashed:
                    digest.update(piece)
                yield piece
        if self.hashed and digest.hexdigest() != self.hashed[0]:
            raise OSError("the disk gives back other bytes than were written")


class _Outlet(io.RawIOBase):
    """What a zip is written to: it keeps the bytes only until they are fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[bytes] = []

    def write(self, data: object) -> int:
        """Take some bytes."""
        piece = bytes(data)  # type: ignore[call-overload]
        self.waiting.append(piece)
        return len(piece)

    def writable(self) -> bool:
        """It can be written."""
        return True

    def seekable(self) -> bool:
        """It cannot go back."""
        return False

    def fetch(self) -> Iterator[bytes]:
        """The bytes since the last call."""
        pieces, self.waiting = self.waiting, []
        yield from pieces


def inert(cell: str) -> str:
    """A cell of a table that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV that spreadsheets read as UTF-8, every cell inert."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows([[inert(str(cell)) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8")


def as_html(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], words: Sequence[str]) -> bytes:
    """A plain page with a table, that asks for nothing from anywhere."""
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>\n" for row in rows)
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in words)
    made = (
        f'<!doctype html>\n<html lang="en-GB">\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        "<style>body{font:1em/1.5 sans-serif;margin:2em}td,th{text-align:left;padding:.2em 1em .2em 0;"
        f"border-bottom:1px solid;vertical-align:top}}</style>\n<h1>{escape(title)}</h1>\n{lines}"
        f"<table>\n<tr>{head}</tr>\n{body}</table>\n</html>\n"
    )
    return made.encode("utf-8")


def sha256_of(chunks: Iterable[bytes]) -> tuple[str, int]:
    """The SHA-256 of some bytes, and how many there were."""
    digest, size = hashlib.sha256(), 0
    for piece in chunks:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


class Hashed:
    """Passes bytes on and hashes them on the way; ``told`` is their SHA-256 and size once all have gone through."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.told = ("", 0)

    def __iter__(self) -> Iterator[bytes]:
        """The same bytes."""
        digest, size = hashlib.sha256(), 0
        for piece in self._chunks:
            digest.update(piece)
            size += len(piece)
            yield piece
        self.told = (digest.hexdigest(), size)


def listed(rows: Iterable[tuple[str, str]]) -> bytes:
    """A list of hashes as ``sha256sum -c`` reads it; rows are (hash, name)."""
    return "".join(f"{digest}  {name}\n" for digest, name in rows).encode("utf-8")


def bag(folder: str, members: Sequence[Member], info: Mapping[str, str]) -> Iterator[bytes]:
    """The zip of a bag, piece by piece. ``folder`` is its one folder; ``info`` goes into ``bag-info.txt``."""
    hashes = [(*(member.hashed or sha256_of(member.chunks())), f"data/{member.name}") for member in members]
    total = sum(size for _, size, _ in hashes)
    told = dict(info) | {"Payload-Oxum": f"{total}.{len(members)}"}
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": "".join(f"{name}: {' '.join(value.split())}\n" for name, value in told.items()).encode("utf-8"),
        "manifest-sha256.txt": listed((digest, name) for digest, _, name in hashes),
    }
    tags["tagmanifest-sha256.txt"] = listed((hashlib.sha256(data).hexdigest(), name) for name, data in tags.items())
    entries = [*((f"{folder}/{name}", Member(name, data)) for name, data in tags.items())]
    entries += [(f"{folder}/data/{member.name}", member) for member in members]
    yield from _zipped((name, member.chunks) for name, member in entries)


def _zipped(entries: Iterable[tuple[str, Callable[[], Iterator[bytes]]]]) -> Iterator[bytes]:
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as made:
        for name, chunks in entries:
            with made.open(entry(name), "w", force_zip64=True) as file:
                for piece in chunks():
                    file.write(piece)
                    yield from outlet.fetch()
            yield from outlet.fetch()
    yield from outlet.fetch()


@dataclass(frozen=True, slots=True)
class Proved:
    """What a check of a bag found: what is wrong (where, what), how many files, and the seal written in it."""

    problems: tuple[tuple[str, str], ...]
    files: int
    seal: str


def check_bag(path: Path) -> Proved:
    """Check every bit of a bag: the manifests, that nothing is missing or added, and the zip's own structure."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as packed:
            return _check(path, packed)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as problem:
        return Proved(((path.name, f"cannot be read as a bag of papers ({problem})"),), 0, "")


def _check(path: Path, packed: zipfile.ZipFile) -> Proved:
    names = packed.namelist()
    folder = names[0].split("/")[0] if names else ""
    problems: list[tuple[str, str]] = []
    if len(set(names)) != len(names):
        problems.append((path.name, "holds two files of one name"))
    found = {}
    for name in names:
        if not name.startswith(f"{folder}/") or ".." in name.split("/"):
            problems.append((name, "lies outside the bag"))
            continue
        try:
            found[name[len(folder) + 1 :]] = sha256_of(_member(packed, name))[0]
        except Exception as problem:  # a damaged zip raises whatever its inside provokes
            problems.append((name, f"cannot be read ({problem})"))
    tags = {name for name in found if not name.startswith("data/")}
    wanted: dict[str, str] = {}
    for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        rows, wrong = _rows(packed, folder, manifest)
        problems += wrong
        wanted |= rows
    for name, digest in wanted.items():
        if name not in found:
            problems.append((name, "is missing"))
        elif found[name] != digest:
            problems.append((name, "is not as it was made"))
    for name in found:
        if name not in wanted and name != "tagmanifest-sha256.txt":
            problems.append((name, "was added, or is not in the list"))
    if "bagit.txt" not in tags or packed.read(f"{folder}/bagit.txt") != _DECLARATION:
        problems.append(("bagit.txt", "is not as it was made"))
    if not problems and not _same(path, _zipped((name, _again(packed, name)) for name in names)):
        problems.append((path.name, "is not packed as it was made, though the papers in it are whole"))
    return Proved(tuple(problems), sum(1 for name in found if name.startswith("data/")), _seal(packed, folder, tags))


def _again(packed: zipfile.ZipFile, name: str) -> Callable[[], Iterator[bytes]]:
    return lambda: _member(packed, name)


def _member(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with packed.open(name) as file:
        while piece := file.read(_CHUNK):
            yield piece


def _rows(packed: zipfile.ZipFile, folder: str, manifest: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    try:
        data = packed.read(f"{folder}/{manifest}")
    except Exception:  # missing or damaged is the same here
        return {}, [(manifest, "is missing or damaged")]
    return read_list(data, manifest)


def read_list(data: bytes, name: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The hashes in a list by file name, and what is wrong with the list: it must be exactly as we write it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return {}, [(name, "is not as it was made")]
    rows = {}
    for line in text.split("\n"):
        match = _LINE.fullmatch(line)
        if match:
            rows[match[2]] = match[1]
    same = listed((digest, file) for file, digest in rows.items()) == data
    return rows, [] if same else [(name, "is not as it was made")]


def _seal(packed: zipfile.ZipFile, folder: str, tags: set[str]) -> str:
    if "bag-info.txt" not in tags:
        return ""
    match = re.search(
        r"^Casefile-Seal: (.*)$", packed.read(f"{folder}/bag-info.txt").decode("utf-8", "replace"), re.MULTILINE
    )
    return match[1] if match else ""


def _same(path: Path, chunks: Iterable[bytes]) -> bool:
    with path.open("rb") as file:
        if any(file.read(len(piece)) != piece for piece in chunks):
            return False
        return not file.read(1)


def as_json(value: object) -> bytes:
    """A value as readable JSON."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
