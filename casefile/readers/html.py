"""HTML of a mail or a saved page becomes a small clean tree: text, lists, tables, and pictures carried in the same mail.

Nothing else survives: no script, no style, no address that could be reached.
"""

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser

import nh3

from casefile.domain.blocks import Block, Grid, Paragraph, Picture, Role, Run
from casefile.readers import LIMITS, Incoming

_TAGS = {
    "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th", "thead", "tbody",
    "b", "strong", "a", "img", "blockquote", "pre", "span", "hr", "em", "i", "u", "center", "section", "article", "dt", "dd",
}  # fmt: skip
_BREAKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "hr", "center", "section", "article", "dt", "dd", "ul", "ol"}  # fmt: skip

PictureOf = Callable[[str], Picture | None]


class _Builder(HTMLParser):
    """Walks clean HTML and collects blocks."""

    def __init__(self, picture_of: PictureOf) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.picture_of = picture_of
        self.runs: list[Run] = []
        self.bold = 0
        self.links: list[tuple[str, int]] = []
        self.role: Role = "para"
        self.level = 0
        self.lists = 0
        self.quotes = 0
        self.fixed = 0
        self.tables: list[list[list[list[str]]]] = []
        self.heads: list[int] = []

    def flush(self) -> None:
        runs, self.runs = self.runs, []
        text = "".join(run.text for run in runs)
        if text.strip():
            if self.tables:
                self._into_cell(" ".join(text.split()) if not self.fixed else text)
            else:
                role: Role = self.role if self.role != "para" else ("quote" if self.quotes else "para")
                self.blocks.append(Paragraph(_trimmed(runs), role, self.level))
        if self.role != "item":
            self.role, self.level = "para", 0

    def _into_cell(self, text: str) -> None:
        table = self.tables[-1]
        if not table:
            table.append([])
        if not table[-1]:
            table[-1].append([])
        table[-1][-1].append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS or tag in ("table", "tr", "td", "th"):
            self.flush()
        if tag == "br":
            self.runs.append(Run("\n"))
        elif tag in ("b", "strong", "th"):
            self.bold += 1
        elif tag[0] == "h" and tag[1:].isdigit():
            self.role, self.level = "heading", min(int(tag[1]), 3)
        elif tag in ("ul", "ol"):
            self.lists += 1
        elif tag == "li":
            self.role, self.level = "item", max(self.lists - 1, 0)
        elif tag == "blockquote":
            self.quotes += 1
        elif tag == "pre":
            self.fixed += 1
            self.role = "fixed"
        elif tag == "a":
            target = next((value or "" for name, value in attrs if name == "href"), "")
            self.links.append((target, len(self.runs)))
        elif tag == "img":
            self._image(dict(attrs))
        self._table_start(tag)

    def _table_start(self, tag: str) -> None:
        if tag == "table":
            self.tables.append([])
            self.heads.append(0)
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            if not self.tables[-1]:
                self.tables[-1].append([])
            self.tables[-1][-1].append([])
            if tag == "th" and len(self.tables[-1]) == 1:
                self.heads[-1] = 1

    def _image(self, attrs: dict[str, str | None]) -> None:
        picture = self.picture_of(attrs.get("src") or "")
        words = (attrs.get("alt") or "").strip()
        if picture and not self.tables:
            self.flush()
            self.blocks.append(Picture(picture.data, picture.width, picture.height, words or picture.words))
        elif words:
            self.runs.append(Run(f"({words})"))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS or tag in ("tr", "td", "th"):
            self.flush()
        if tag in ("b", "strong", "th"):
            self.bold = max(0, self.bold - 1)
        elif tag in ("ul", "ol"):
            self.lists = max(0, self.lists - 1)
        elif tag == "li" or (tag[0] == "h" and tag[1:].isdigit()):
            self.role, self.level = "para", 0
        elif tag == "blockquote":
            self.quotes = max(0, self.quotes - 1)
        elif tag == "pre":
            self.fixed = max(0, self.fixed - 1)
            self.role = "para"
        elif tag == "a" and self.links:
            self._link_end()
        elif tag == "table" and self.tables:
            self.flush()
            self._table_end()

    def _link_end(self) -> None:
        target, start = self.links.pop()
        text = "".join(run.text for run in self.runs[start:]).strip()
        if target and text and target.removeprefix("mailto:").rstrip("/") not in text:
            self.runs.append(Run(f" <{target}>", link=target))

    def _table_end(self) -> None:
        rows, head = self.tables.pop(), self.heads.pop()
        cells = [tuple("\n".join(cell) for cell in row) for row in rows if any("".join(cell).strip() for cell in row)]
        if not cells:
            return
        filled = max(sum(1 for cell in row if cell.strip()) for row in cells)
        if self.tables:
            for row in cells:
                self._into_cell(" ".join(cell for cell in row if cell.strip()))
        elif filled < 2:
            # A table of one column is layout, as most mails have it, not a table.
            self.blocks += [
                Paragraph((Run(line),)) for row in cells for cell in row for line in cell.splitlines() if line.strip()
            ]
        else:
            width = max(len(row) for row in cells)
            self.blocks.append(Grid(tuple(row + ("",) * (width - len(row)) for row in cells), head))

    def handle_data(self, data: str) -> None:
        text = data if self.fixed else _squeezed(data)
        if text and (text.strip() or self.runs):
            self.runs.append(Run(text, bold=self.bold > 0))


def _squeezed(text: str) -> str:
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = Run(kept[0].text.lstrip(), kept[0].bold, kept[0].link)
        kept[-1] = Run(kept[-1].text.rstrip(), kept[-1].bold, kept[-1].link)
    return tuple(kept)


def blocks_of(markup: str, picture_of: PictureOf = lambda _: None) -> tuple[Block, ...]:
    """HTML as a clean tree. ``picture_of`` gives the picture for a ``cid:`` address, and None for every other."""
    clean = nh3.clean(
        markup[: LIMITS["stream"]],
        tags=_TAGS,
        clean_content_tags={"script", "style", "head", "title", "template", "noscript"},
        attributes={"a": {"href"}, "img": {"src", "alt"}},
        url_schemes={"http", "https", "mailto", "cid", "tel"},
        link_rel=None,
        strip_comments=True,
    )
    builder = _Builder(lambda address: picture_of(address[4:]) if address.startswith("cid:") else None)
    builder.feed(clean)
    builder.close()
    while builder.tables:
        builder.flush()
        builder._table_end()
    builder.flush()
    return tuple(builder.blocks)


def text_of(blocks: tuple[Block, ...]) -> str:
    """The words of a tree, a paragraph a line, cells parted by tabs."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(("• " if block.role == "item" else "") + block.text)
        elif isinstance(block, Grid):
            lines += ["\t".join(cell.replace("\n", " ") for cell in row) for row in block.rows]
        elif block.words:
            lines.append(f"({block.words})")
    return "\n".join(lines)


def read(data: bytes) -> Incoming:
    """Read a saved web page as text, with nothing fetched."""
    from casefile.readers.text import decode

    markup, note = decode(data)
    blocks = blocks_of(markup)
    title = re.search(r"<title[^>]*>([^<]{1,300})</title>", markup[:20_000], re.IGNORECASE)
    named = " ".join(html.unescape(title[1]).split())[:200] if title else ""
    notes = ("Only the words of this page are shown. Nothing was fetched.", *([note] if note else []))
    return Incoming("html", named, (text_of(blocks),), 1, blocks=blocks, notes=notes)
