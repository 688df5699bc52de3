"""Word files: headings, paragraphs, lists, tables and pictures in their order. Nothing is run, nothing is fetched."""

import contextlib
import datetime as dt
import io
import zipfile
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from casefile.domain.blocks import Block, Grid, Paragraph, Role, Run
from casefile.readers import LIMITS, Incoming, Unreadable
from casefile.readers.eml import small_picture
from casefile.readers.html import text_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/package/2006/relationships}"


class Packed:
    """One opened Word or OpenDocument file, its members read under the limits."""

    def __init__(self, data: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError) as problem:
            raise Unreadable("it is damaged, or only part of it arrived") from problem
        if len(self.zip.infolist()) > LIMITS["members"]:
            raise Unreadable("it is packed in a way that is not safe to open")
        self.names = set(self.zip.namelist())
        self.total = 0

    def member(self, name: str) -> bytes:
        """One member, counted as it is read and not as it is declared."""
        try:
            with self.zip.open(name) as file:
                data = file.read(LIMITS["stream"] + 1)
        except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as problem:
            raise Unreadable("it is damaged, or only part of it arrived") from problem
        except Exception as problem:  # zlib raises its own kind
            raise Unreadable("it is damaged, or only part of it arrived") from problem
        self.total += len(data)
        if len(data) > LIMITS["stream"] or self.total > LIMITS["unpacked"]:
            raise Unreadable("unpacked, it is larger than is safe to open")
        return data

    def tree(self, name: str) -> Element:
        """One member as XML. Raises ``Unreadable`` for entities, outside files and too many levels."""
        try:
            root: Element = ElementTree.fromstring(self.member(name), forbid_dtd=True)
        except Unreadable:
            raise
        except Exception as problem:
            raise Unreadable("its inside is damaged") from problem
        _check_depth(root)
        return root


def _check_depth(root: Element) -> None:
    level, waiting = 0, [root]
    while waiting:
        level += 1
        if level > LIMITS["xml_depth"]:
            raise Unreadable("it is nested too deeply")
        waiting = [child for element in waiting for child in element]


def _relations(word: Packed, name: str) -> dict[str, str]:
    folder, _, file = name.rpartition("/")
    path = f"{folder}/_rels/{file}.rels"
    if path not in word.names:
        return {}
    found = {}
    for relation in word.tree(path).iter(f"{_P}Relationship"):
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            found[relation.get("Id", "")] = target
        else:
            found[relation.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    return found


def _styles(word: Packed) -> dict[str, tuple[str, int]]:
    """Which paragraph styles are headings, and of what level."""
    found: dict[str, tuple[str, int]] = {}
    if "word/styles.xml" not in word.names:
        return found
    for style in word.tree("word/styles.xml").iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        words = (name.get(f"{_W}val", "") if name is not None else "").lower()
        if words.startswith("heading ") and words[8:9].isdigit():
            found[style.get(f"{_W}styleId", "")] = ("heading", min(int(words[8]), 3))
        elif words == "title":
            found[style.get(f"{_W}styleId", "")] = ("heading", 1)
        elif words.startswith("list"):
            found[style.get(f"{_W}styleId", "")] = ("item", 0)
    return found


class _Reader:
    """Walks the body of a Word file and collects blocks."""

    def __init__(self, word: Packed, relations: dict[str, str], styles: dict[str, tuple[str, int]]) -> None:
        self.word, self.relations, self.styles = word, relations, styles
        self.blocks: list[Block] = []
        self.notes: list[str] = []

    def runs(self, paragraph: Element) -> tuple[Run, ...]:
        found: list[Run] = []
        for element in paragraph.iter():
            if element.tag == f"{_W}r":
                bold = element.find(f"{_W}rPr/{_W}b") is not None
                text = "".join(self._piece(piece) for piece in element)
                if text:
                    found.append(Run(text, bold))
            elif element.tag == f"{_W}hyperlink":
                target = self.relations.get(element.get(f"{_R}id", ""), "")
                shown = "".join(piece.text or "" for piece in element.iter(f"{_W}t"))
                if target and target.rstrip("/") not in shown:
                    found.append(Run(f"<{target}> ", link=target))
        return tuple(found)

    @staticmethod
    def _piece(piece: Element) -> str:
        if piece.tag == f"{_W}t":
            return piece.text or ""
        if piece.tag == f"{_W}tab":
            return "\t"
        if piece.tag in (f"{_W}br", f"{_W}cr"):
            return "\n"
        return "-" if piece.tag == f"{_W}noBreakHyphen" else ""

    def paragraph(self, element: Element) -> Paragraph | None:
        role, level = "para", 0
        style = element.find(f"{_W}pPr/{_W}pStyle")
        if style is not None:
            role, level = self.styles.get(style.get(f"{_W}val", ""), (role, level))
        numbering = element.find(f"{_W}pPr/{_W}numPr")
        if numbering is not None and role == "para":
            depth = numbering.find(f"{_W}ilvl")
            value = depth.get(f"{_W}val", "0") if depth is not None else "0"
            role, level = "item", min(int(value) if value.isdecimal() else 0, 3)
        runs = self.runs(element)
        if not "".join(run.text for run in runs).strip():
            return None
        shown: Role = "heading" if role == "heading" else "item" if role == "item" else "para"
        return Paragraph(runs, shown, level)

    def table(self, element: Element) -> Grid | None:
        rows = []
        for row in element.iter(f"{_W}tr"):
            cells = []
            for cell in row.findall(f"{_W}tc"):
                words = [self.runs(part) for part in cell.iter(f"{_W}p")]
                text = "\n".join("".join(run.text for run in runs) for runs in words)
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                width = span.get(f"{_W}val", "1") if span is not None else "1"
                cells += [text.strip(), *[""] * (min(int(width), 50) - 1 if width.isdecimal() else 0)]
            rows.append(tuple(cells))
        if not any(any(cell for cell in row) for row in rows):
            return None
        wide = max(len(row) for row in rows)
        return Grid(tuple(row + ("",) * (wide - len(row)) for row in rows), 1 if len(rows) > 1 else 0)

    def pictures(self, element: Element) -> None:
        for blip in element.iter(f"{_A}blip"):
            target = self.relations.get(blip.get(f"{_R}embed", ""), "")
            if target in self.word.names:
                picture = small_picture(self.word.member(target))
                if picture:
                    self.blocks.append(picture)
                else:
                    self.notes.append("A picture in this file could not be shown.")

    def body(self, parent: Element) -> None:
        for element in parent:
            if element.tag == f"{_W}p":
                made = self.paragraph(element)
                if made:
                    self.blocks.append(made)
                self.pictures(element)
            elif element.tag == f"{_W}tbl":
                grid = self.table(element)
                if grid:
                    self.blocks.append(grid)
                self.pictures(element)
            elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}smartTag"):
                self.body(element)


def _about(word: Packed) -> tuple[str, dt.date | None]:
    if "docProps/core.xml" not in word.names:
        return "", None
    title, made = "", None
    with contextlib.suppress(Unreadable):
        for element in word.tree("docProps/core.xml").iter():
            if element.tag.endswith("}title"):
                title = " ".join((element.text or "").split())
            elif element.tag.endswith("}created"):
                with contextlib.suppress(ValueError):
                    made = dt.date.fromisoformat((element.text or "")[:10])
    return title, made


def read(data: bytes) -> Incoming:
    """Read a Word file (.docx). Raises ``Unreadable`` when it is damaged or not safe."""
    word = Packed(data)
    name = "word/document.xml" if "word/document.xml" in word.names else "word/document2.xml"
    reader = _Reader(word, _relations(word, name), _styles(word))
    root = word.tree(name)
    body = root.find(f"{_W}body")
    if body is None:
        raise Unreadable("it holds no text")
    reader.body(body)
    _foot(word, reader)
    if any("vbaProject" in entry for entry in word.names):
        reader.notes.append("This file holds macros. They were not run.")
    title, made = _about(word)
    blocks = tuple(reader.blocks)
    return Incoming("docx", title[:200], (text_of(blocks),), None, blocks=blocks, made=made, notes=tuple(reader.notes))


def _foot(word: Packed, reader: _Reader) -> None:
    """Footnotes, endnotes and comments stand at the end, under a heading, so that nothing said is left out."""
    kinds: tuple[tuple[str, str, str], ...] = (
        ("word/footnotes.xml", "footnote", "Footnotes"),
        ("word/endnotes.xml", "endnote", "Endnotes"),
        ("word/comments.xml", "comment", "Comments"),
    )
    for name, tag, heading in kinds:
        if name not in word.names:
            continue
        notes: list[Any] = []
        for note in word.tree(name).iter(f"{_W}{tag}"):
            notes += [made for part in note.iter(f"{_W}p") if (made := reader.paragraph(part))]
        if notes:
            reader.blocks += [Paragraph((Run(heading),), "heading", 3), *notes]
