"""Text files of LibreOffice (.odt): headings, paragraphs, lists and tables in their order."""

from xml.etree.ElementTree import Element

from casefile.domain.blocks import Block, Grid, Paragraph, Run
from casefile.readers import Incoming, Unreadable
from casefile.readers.docx import Packed
from casefile.readers.html import text_of

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}


def _words(element: Element) -> str:
    made = element.text or ""
    for child in element:
        if child.tag in _BLANKS:
            made += _BLANKS[child.tag]
        elif child.tag != f"{_OFFICE}annotation":
            made += _words(child)
        made += child.tail or ""
    return made


def _walk(parent: Element, blocks: list[Block], depth: int) -> None:
    for element in parent:
        if element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            words = _words(element).strip()
            if not words:
                continue
            if element.tag == f"{_TEXT}h":
                level = element.get(f"{_TEXT}outline-level", "1")
                blocks.append(Paragraph((Run(words),), "heading", min(int(level) if level.isdecimal() else 1, 3)))
            else:
                blocks.append(Paragraph((Run(words),), "item" if depth else "para", max(depth - 1, 0)))
        elif element.tag == f"{_TEXT}list":
            _walk(element, blocks, min(depth + 1, 4))
        elif element.tag == f"{_TABLE}table":
            _table(element, blocks)
        else:
            _walk(element, blocks, depth)


def _table(table: Element, blocks: list[Block]) -> None:
    rows = []
    for row in table.iter(f"{_TABLE}table-row"):
        cells = ["\n".join(_words(part) for part in cell.iter(f"{_TEXT}p")).strip() for cell in row.iter(f"{_TABLE}table-cell")]  # fmt: skip
        if any(cells):
            rows.append(tuple(cells[:50]))
    if rows:
        wide = max(len(row) for row in rows)
        blocks.append(Grid(tuple(row + ("",) * (wide - len(row)) for row in rows), 1 if len(rows) > 1 else 0))


def read(data: bytes) -> Incoming:
    """Read an OpenDocument text. Raises ``Unreadable`` when it is damaged or not safe."""
    packed = Packed(data)
    if "content.xml" not in packed.names:
        raise Unreadable("it holds no text")
    body = packed.tree("content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Unreadable("it is a spreadsheet or slides. Save it as PDF and add that too")
    blocks: list[Block] = []
    _walk(body, blocks, 0)
    found = tuple(blocks)
    return Incoming("odt", "", (text_of(found),), None, blocks=found)
