"""Binds sheaves to one PDF: plan first, write once. Numbers, links, bookmarks and titles are put on in the same pass.

Nothing of a foreign file is read here but its bytes: what they mean was settled when the sheaf was made, in the limited
child. So this costs little more than copying, memory holds one paper's words at a time, and after a change only what changed
has to be made ready anew. Equal sheaves and an equal plan give equal bytes.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casefile.printing.bundle.geometry import Box, Sheet, moved, number
from casefile.printing.bundle.plan import Face, Mark, Plan
from casefile.printing.bundle.sheaf import FIGURES, NAMED, OPENING, STAMP, TREE, WORDS, Leaf, Sheaf
from casefile.printing.bundle.stamp import Stamper, smaller

_HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
_PIECE = 1 << 18
_TOGETHER = 200
"""So many objects are packed together: a reader unpacks all of them to read one."""
_WIDTHS = (1, 5, 2)
_ROW = struct.Struct(">BBIH")
_EDGE = 0.75
"""How thick the frame is around a mark that leads to a paper."""


@dataclass(frozen=True, slots=True)
class File:
    """A volume as it will be called: its pages ``first`` to before ``last`` (0 is the first of the bundle), its file, and
    the words of its bookmark in the others."""

    first: int
    last: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A sheaf, and which of its pages are taken in, in their order (0 is the first)."""

    sheaf: Sheaf
    picks: Sequence[int]

    @property
    def leaves(self) -> list[Leaf]:
        """The pages that are taken in."""
        return [self.sheaf.leaves[at] for at in self.picks]


def whole(sheaf: Sheaf) -> Taken:
    """A sheaf with all its pages."""
    return Taken(sheaf, range(len(sheaf.leaves)))


@dataclass(frozen=True, slots=True)
class _Link:
    """A link on a page: its area, the page of the bundle it leads to, the place there, and the thickness of its frame."""

    rect: Sequence[float]
    target: int
    place: bytes
    edge: float


@dataclass
class _Written:
    """Where every object stands: by number its kind, its place or the number of its pack, and its place in the pack."""

    size: int = 0
    rows: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    last: int = 0

    def new(self) -> int:
        """The number of a new object."""
        self.last += 1
        return self.last


class Binding:
    """One file to be written: the whole bundle, or the part that begins at page ``first`` (0 is the first) of it.

    ``plan`` has an entry of ``stamps`` for every page of the file; its outline and labels count from there, its links count in
    the whole bundle. ``sheets`` are those of all pages of the bundle. Links to pages of ``others`` name their files; a link
    that leads nowhere is left out. ``boxes`` holds the box of each number, in the page's own units, once all was written.
    """

    def __init__(
        self, taken: Sequence[Taken], plan: Plan, words: Face, figures: Face, *, first: int = 0,
        sheets: Sequence[Sheet] | None = None, others: Sequence[File] = (),
    ) -> None:  # fmt: skip
        self.taken, self.plan, self.first, self.others = taken, plan, first, others
        leaves = [leaf for one in taken for leaf in one.leaves]
        if len(leaves) != len(plan.stamps):
            raise ValueError(f"{len(leaves)} pages, but {len(plan.stamps)} numbers")
        self.sheets = [leaf.sheet for leaf in leaves] if sheets is None else sheets
        self.boxes: list[Box] = []
        self._faces = {WORDS: words, FIGURES: figures}
        self._stamper = Stamper(words, figures)
        self._links = self._all_links(leaves)
        self._written = _Written(last=len(leaves))
        self._numbers: dict[bytes, int] = {}
        self._small: list[tuple[int, bytes]] = []

    def pieces(self, report: Callable[[int, int], None]) -> Iterator[bytes]:
        """The file piece by piece. ``report`` is told how many pages of how many are written. Raises ``BadSheaf``."""
        held: list[bytes] = []
        size = 0
        for piece in self._all(report):
            held.append(piece)
            size += len(piece)
            if size >= _PIECE:
                yield b"".join(held)
                held, size = [], 0
        yield b"".join(held)

    def _all(self, report: Callable[[int, int], None]) -> Iterator[bytes]:
        yield self._counted(_HEAD)
        for name in (WORDS, FIGURES, OPENING, TREE):
            self._numbers[name] = self._written.new()
        for name, face in self._faces.items():
            yield from self._font(name, face)
        yield from self._stream(self._numbers[OPENING], b"<<", b"q\n")
        page = 0
        for one in self.taken:
            report(page, len(self.plan.stamps))
            yield from self._paper(one, page)
            page += len(one.picks)
        root, info = self._written.new(), self._written.new()
        self._small += self._front(root, info)
        yield from self._packs(1)
        yield from self._table(root, info)

    def _counted(self, piece: bytes) -> bytes:
        self._written.size += len(piece)
        return piece

    def _stream(self, at: int, words: bytes, data: bytes) -> Iterator[bytes]:
        """A stream as object ``at``; ``words`` are its dictionary without its end."""
        self._written.rows[at] = (1, self._written.size, 0)
        yield self._counted(b"%d 0 obj\n%b /Length %d >>\nstream\n" % (at, words, len(data)))
        yield self._counted(data)
        yield self._counted(b"\nendstream\nendobj\n")

    def _packs(self, least: int) -> Iterator[bytes]:
        """What waits of objects without data, packed together, as long as there are ``least``."""
        while len(self._small) >= least:
            some, self._small = self._small[:_TOGETHER], self._small[_TOGETHER:]
            pack, heads, at = self._written.new(), [], 0
            for place, (one, words) in enumerate(some):
                self._written.rows[one] = (2, pack, place)
                heads.append(b"%d %d" % (one, at))
                at += len(words) + 1
            head = b" ".join(heads) + b"\n"
            about = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (len(some), len(head))
            yield from self._stream(pack, about, zlib.compress(head + b"\n".join(words for _, words in some)))

    def _font(self, name: bytes, face: Face) -> Iterator[bytes]:
        file, about = self._written.new(), self._written.new()
        called, data = face.name.encode(), zlib.compress(face.data)
        yield from self._stream(file, b"<< /Length1 %d /Filter /FlateDecode" % len(face.data), data)
        widths = b" ".join(b"%d" % round(width) for width in face.widths)
        self._small += [
            (about, b"<< /Type /FontDescriptor /FontName /%b /Flags 32 /FontBBox [ -200 -300 1300 1100 ] /ItalicAngle 0 /Ascent %d "
                    b"/Descent %d /CapHeight 700 /StemV 90 /FontFile2 %b >>" % (called, round(face.ascent), round(face.descent), _ref(file))),
            (self._numbers[name],
             b"<< /Type /Font /Subtype /TrueType /BaseFont /%b /FirstChar 32 /LastChar 255 /Widths [ %b ] /FontDescriptor %b "
             b"/Encoding /WinAnsiEncoding >>" % (called, widths, _ref(about))),
        ]  # fmt: skip

    def _paper(self, taken: Taken, first: int) -> Iterator[bytes]:
        """The pages of one paper and all they show; ``first`` is its first page in this file."""
        pages, others = taken.sheaf.objects()
        streams = taken.sheaf.streams
        wanted = range(len(others)) if len(set(taken.picks)) == len(pages) else _reached([pages[at] for at in taken.picks], others)
        numbers = self._numbers | {b"%d" % at: self._written.new() for at in wanted}
        data = taken.sheaf.data(streams[at] for at in wanted if at in streams)
        for at in wanted:
            which, words = numbers[b"%d" % at], _named(others[at], numbers)
            if at in streams:
                yield from self._stream(which, words, next(data))
            else:
                self._small.append((which, words))
        for place, at in enumerate(taken.picks):
            page = first + place
            drawing, box = self._stamper.put(taken.sheaf.leaves[at], self.plan.stamps[page])
            self.boxes.append(box)
            numbers[STAMP] = self._written.new()
            yield from self._stream(numbers[STAMP], b"<<", drawing)
            words = _named(pages[at], numbers)
            links = [(self._written.new(), self._link(link)) for link in self._links.get(page, ())]
            if links:
                self._small += links
                words += b" /Annots [ %b ]" % b" ".join(_ref(one) for one, _ in links)
            self._small.append((page + 1, words + b" >>"))
        yield from self._packs(_TOGETHER)

    # Links.

    def _all_links(self, leaves: Sequence[Leaf]) -> dict[int, list[_Link]]:
        """The links of every page of this file: those inside papers, those of our own pages, and those of the plan."""
        found: list[tuple[int, _Link]] = []
        base = 0
        for one in self.taken:
            places = {at: base + place for place, at in enumerate(one.picks)}
            for link in one.sheaf.links:
                if link.page in places and link.target in places:
                    spot = b" ".join(b"null" if value is None else number(value).encode() for value in link.place)
                    found.append((places[link.page], _Link(link.rect, self.first + places[link.target], spot, 0)))
            found += [
                (places[page], _Link(rect, target, self._spot(target), 0)) for page, rect, target in one.sheaf.leads if page in places
            ]
            base += len(one.picks)
        for own in self.plan.links:
            if self.first <= own.page < self.first + base:
                found.append((own.page - self.first, _Link(own.rect, own.target, self._spot(own.target), _EDGE)))
        made: dict[int, list[_Link]] = {}
        for page, put in found:
            if self._is_here(put.target) or self._file_of(put.target):
                rect = moved(smaller(leaves[page].sheet), put.rect) if self.plan.stamps[page].shrink else put.rect
                made.setdefault(page, []).append(replace(put, rect=rect))
        return made

    def _spot(self, target: int) -> bytes:
        """The top left of a page of the bundle as seen."""
        if not 0 <= target < len(self.sheets):
            return b"null null"
        left, top = self.sheets[target].top_left
        return f"{number(round(left, 2))} {number(round(top, 2))}".encode()

    def _is_here(self, target: int) -> bool:
        return self.first <= target < self.first + len(self.plan.stamps)

    def _file_of(self, target: int) -> File | None:
        return next((one for one in self.others if one.first <= target < one.last), None)

    def _link(self, link: _Link) -> bytes:
        rect = " ".join(number(round(value, 2)) for value in link.rect).encode()
        about = b"<< /Type /Annot /Subtype /Link /Rect [ %b ] /Border [ 0 0 %b ] /F 4" % (rect, number(link.edge).encode())
        if self._is_here(link.target):
            return b"%b /Dest [ %b /XYZ %b null ] >>" % (about, _ref(link.target - self.first + 1), link.place)
        file = self._file_of(link.target)
        assert file is not None, "a link that leads nowhere is left out"
        far = _far(file, link.target - file.first, link.place)
        return b"%b /A %b /Contents %b >>" % (about, far, _text(file.words))

    # What a reader is told of the whole.

    def _front(self, root: int, info: int) -> Iterator[tuple[int, bytes]]:
        """Title, language, where and how large to open, page labels where they have letters, the bookmarks, and the tree of pages.

        The name of the file for programs is made from the plan and the sizes of what was bound, never from what is hidden.
        """
        count = len(self.plan.stamps)
        outline = list(self._outline())
        parts = [
            b"<< /Type /Catalog /Pages %b /Lang (en-GB) /PageMode /UseOutlines /PageLayout /OneColumn" % _ref(self._numbers[TREE]),
            b"/ViewerPreferences << /DisplayDocTitle true >> /OpenAction [ 1 0 R /XYZ %b 1 ]" % self._spot(self.first),
        ]
        if outline:
            parts.append(b"/Outlines %b" % _ref(outline[0][0]))
        if self.plan.labels:
            rows = b" ".join(_label(*one) for one in self.plan.labels)
            parts.append(b"/PageLabels << /Nums [ %b ] >>" % rows)
        yield root, b" ".join(parts) + b" >>"
        kids = b" ".join(map(_ref, range(1, count + 1)))
        yield self._numbers[TREE], b"<< /Type /Pages /Count %d /Kids [ %b ] >>" % (count, kids)
        yield info, b"<< /Title %b /CreationDate (%b) >>" % (_text(self.plan.title), self.plan.made.encode())
        yield from outline

    def _outline(self) -> Iterator[tuple[int, bytes]]:
        """The bookmarks as objects, their root first; those of the other volumes come last."""
        marks = [*self.plan.outline, *(Mark(0, one.words, -1) for one in self.others)]
        if not marks:
            return
        nodes = [self._written.new() for _ in range(len(marks) + 1)]
        above, last, parents = [0], dict[int, int](), []
        before: dict[int, int] = {}
        first: dict[int, int] = {}
        counts = [0] * (len(marks) + 1)
        for at, mark in enumerate(marks, 1):
            del above[mark.level + 1 :]
            parent = above[-1]
            parents.append(parent)
            first.setdefault(parent, at)
            if parent in last:
                before[at] = last[parent]
            last[parent] = at
            for one in above:
                counts[one] += 1
            above.append(at)
        after = {earlier: later for later, earlier in before.items()}
        yield nodes[0], b"<< /Type /Outlines /First %b /Last %b /Count %d >>" % (_ref(nodes[first[0]]), _ref(nodes[last[0]]), counts[0])
        for at, (mark, parent) in enumerate(zip(marks, parents, strict=True), 1):
            words = [b"<< /Title %b /Parent %b" % (_text(mark.title), _ref(nodes[parent])), self._leads_to(mark, at - 1)]
            words += [b"/%b %b" % (key, _ref(nodes[one[at]])) for key, one in ((b"Prev", before), (b"Next", after)) if at in one]
            if at in first:
                words.append(b"/First %b /Last %b /Count %d" % (_ref(nodes[first[at]]), _ref(nodes[last[at]]), counts[at]))
            yield nodes[at], b" ".join(words) + b" >>"

    def _leads_to(self, mark: Mark, at: int) -> bytes:
        if mark.page < 0:
            return b"/A %b" % _far(self.others[at - len(self.plan.outline)], 0, b"null null")
        return b"/Dest [ %b /XYZ %b null ]" % (_ref(mark.page + 1), self._spot(self.first + mark.page))

    def _table(self, root: int, info: int) -> Iterator[bytes]:
        """Where every object stands, as a reader looks for it from the end."""
        table = self._written.new()
        self._written.rows[table] = (1, self._written.size, 0)
        rows = [(0, 0, 65535)] + [self._written.rows.get(at, (0, 0, 0)) for at in range(1, table + 1)]
        packed = zlib.compress(b"".join(_ROW.pack(kind, place >> 32, place & 0xFFFFFFFF, last) for kind, place, last in rows))
        sizes = [one.sheaf.size for one in self.taken]
        name = hashlib.sha256(repr((self.plan, sizes)).encode()).hexdigest()[:32].encode()
        widths = b" ".join(b"%d" % width for width in _WIDTHS)
        about = b"<< /Type /XRef /W [ %b ] /Size %d /Root %b /Info %b /ID [ <%b> <%b> ] /Filter /FlateDecode" % (
            widths, table + 1, _ref(root), _ref(info), name, name,
        )  # fmt: skip
        start = self._written.size
        yield from self._stream(table, about, packed)
        yield self._counted(b"startxref\n%d\n%%%%EOF\n" % start)


def _ref(at: int) -> bytes:
    return b"%d 0 R" % at


def _named(words: bytes, numbers: Mapping[bytes, int]) -> bytes:
    """The words of an object with the numbers of all it names."""
    parts = words.split(NAMED)
    parts[1::2] = [b"%d 0 R" % numbers[name] for name in parts[1::2]]
    return b"".join(parts)


def _reached(pages: Iterable[bytes], others: Sequence[bytes]) -> list[int]:
    """Which objects some pages show, in the order of the sheaf."""
    found: set[int] = set()
    waiting = list(pages)
    while waiting:
        for name in waiting.pop().split(NAMED)[1::2]:
            if name.isdigit() and (at := int(name)) not in found:
                found.add(at)
                waiting.append(others[at])
    return sorted(found)


def _text(words: str) -> bytes:
    """Words as a text of a PDF."""
    if words.isascii() and words.isprintable():
        return b"(%b)" % words.encode().replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"<feff%b>" % words.encode("utf-16-be", "surrogatepass").hex().encode()


def _label(first: int, letters: str, start: int) -> bytes:
    return b"%d << /S /D /St %d%b >>" % (first, start, b" /P " + _text(letters) if letters else b"")


def _far(file: File, page: int, place: bytes) -> bytes:
    """The action that opens another volume at a page of its own (0 is the first)."""
    plain_name = _text(file.name.encode("ascii", "replace").decode())
    where = b"<< /Type /Filespec /F %b /UF %b >>" % (plain_name, _text(file.name))
    return b"<< /S /GoToR /F %b /D [ %d /XYZ %b null ] /NewWindow true >>" % (where, page, place)
