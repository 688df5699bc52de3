"""A paper of a plan as pieces in order: paragraphs, list items and table rows, each with its page; furniture set apart."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.blocks import Block, Grid, Paragraph
from casefile.domain.plan_heads import head_of, is_contents, title_alone, title_goes_on

BULLET = re.compile(r"^\s*(?:[•●▪◦‣·∙■□➢➤✓*]|[-–—](?=\s)|o(?=\s{2,}|\t)|\uf0b7|\uf0a7)\s*")
LABEL = re.compile(
    r"^\s*(?:\(?((?:[A-K]|H[12])\s?[.\-]?\s?\d{1,3}(?:\.\d{1,2})*[a-z]?)\)?[.:)\-–]?(?:\s+|$)"
    r"|(\d{1,2}(?:\.\d{1,2})+[a-z]?)[.:)]?\s+|\(?(\d{1,3})[.)](?:\s+|$)|\(?([a-h]|[ivx]{1,4})\)\s+"
    r"|((?:need|outcome|provision)\s+(?:no\.?\s*)?\d{1,2})\s*[.:)\-–]\s*)",
    re.I,
)
GROUP = re.compile(r"^\s*(?:(?:to |for |meets? |towards? )+)?(?:needs?|outcomes?)\s+(?:no\.?\s*)?\d{1,2}(?:\.\d+)?(?:\s*(?:,|and|&)\s*\d{1,2})*\s*(?:[:.\-–]\s*(?:\w+[ ,/]*){0,6})?$", re.I)
_FRESH = re.compile(r"^(?:appendix\s+\w{1,3}\b|signed\b|date\b\s*:)", re.I)
_COUNT = re.compile(r"^\s*(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or with ``rows`` a table. ``kind``: text, item (of a list), heading, table or furniture."""

    text: str
    page: int | None = None
    kind: str = "text"
    rows: tuple[tuple[str, ...], ...] = ()
    gap: bool = False


def from_blocks(blocks: Sequence[Block], page: int | None = 1) -> list[Piece]:
    """The pieces of a Word file or any other tree of blocks."""
    found = []
    for block in blocks:
        if isinstance(block, Paragraph):
            kind = {"heading": "heading", "item": "item"}.get(block.role, "text")
            lines = block.text.split("\n")
            single = [Piece(" ".join(line.split()), page, kind, gap=number == 0) for number, line in enumerate(lines) if line.strip()]
            found += single
        elif isinstance(block, Grid):
            found.append(Piece("", page, "table", tuple(tuple(cell.strip() for cell in row) for row in block.rows)))
    return found


def from_pages(pages: Sequence[str]) -> list[Piece]:
    """The pieces of pages of text: lines joined into paragraphs, heads and feet that repeat set apart."""
    lines = [_lettered(page.replace("\r", "").split("\n")) for page in pages]
    repeated = _repeated(lines)
    found: list[Piece] = []
    shown: set[str] = set()
    wide = _usual_width(lines)
    open_: list[str] = []
    start: int | None = None
    gap = kind_item = False

    def close() -> None:
        nonlocal open_, kind_item
        if open_:
            found.append(Piece(_joined(open_), start, "item" if kind_item else "text", gap=gap))
        open_, kind_item = [], False

    for number, page in enumerate(lines, 1):
        empty = False
        for at, line in enumerate(page):
            words = " ".join(line.split()) if "\t" not in line and "   " not in line else line.strip()
            if not words:
                empty = True
                continue
            if {(at, _same(words)), (at - len(page), _same(words))} & repeated:
                if _same(words) not in shown:
                    shown.add(_same(words))
                    found.append(Piece(words, number, "furniture"))
                continue
            if not open_ or _begins(words, open_, empty, wide, _bare_head(found)):
                close()
                start, gap = number, empty
                if BULLET.match(words):
                    kind_item, words = True, BULLET.sub("", words)
                    if not words:
                        kind_item = True
                        empty = False
                        continue
            open_.append(words)
            empty = False
    close()
    return found


def _lettered(lines: list[str]) -> list[str]:
    """Lines in which a section's letter that stood alone is joined with its title in the next line or two."""
    made: list[str] = []
    at = 0
    while at < len(lines):
        letter = lines[at].strip()
        if re.fullmatch(r"[A-K]|H[12]", letter):
            for more in (1, 2):
                title = " ".join(line.strip() for line in lines[at + 1 : at + 1 + more])
                after = lines[at + 1 + more].strip() if at + 1 + more < len(lines) else ""
                wraps = more == 1 and after[:1].islower() and len(after.split()) <= 4
                if not wraps and title and title_goes_on(letter, title):
                    made.append(f"Section {letter}: {title}")
                    at += 1 + more
                    break
            else:
                made.append(lines[at])
                at += 1
            continue
        made.append(lines[at])
        at += 1
    return made


def _title_runs_on(before: Sequence[str], line: str) -> bool:
    """Whether the title of a section goes on in the next line: in capitals, in small letters, or after "of"."""
    last, words = before[-1], line.split()
    if len(before) > 2 or line.endswith((".", ":")) or len(words) > 12:
        return False
    if last.isupper() and line.isupper():
        return True
    if re.search(r"(?:\b(?:of|and|the|for|to|by|with|in|or|related|required|which)|,|/|\(|&)$", last, re.I):
        return True
    return (line[:1].islower() and len(words) <= 9) or bool(re.fullmatch(r"\([\w ,/’']{1,40}\)", line))


def _joined(lines: Sequence[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        text = f"{text[:-1]}{line}" if text.endswith("\u00ad") else f"{text} {line}"
    return text


def _same(line: str) -> str:
    return re.sub(r"\d+", "0", line.lower()).strip()


def _repeated(pages: Sequence[Sequence[str]]) -> set[tuple[int, str]]:
    """Lines that stand in the same place at the top or foot of most pages, numbers apart: (place, line), counted from the end below zero."""
    seen: Counter[tuple[int, str]] = Counter()
    for page in pages:
        for at, line in enumerate(page):
            words = _same(" ".join(line.split()))
            if words and at < 4:
                seen[(at, words)] += 1
            if words and at >= len(page) - 4:
                seen[(at - len(page), words)] += 1
    least = max(2, round(len(pages) * 0.5))
    return {
        (at, line) for (at, line), times in seen.items()
        if (times >= least and len(pages) > 1 and (_COUNT.match(line) or (not _is_head(line) and not LABEL.match(line)) or len(pages) > 3))
        or re.fullmatch(r"page 0 of 0", line)
    }  # fmt: skip


def _is_head(line: str) -> bool:
    return head_of(line) is not None


def _usual_width(pages: Sequence[Sequence[str]]) -> int:
    widths = sorted(len(line.strip()) for page in pages for line in page if len(line.strip()) > 30)
    return widths[int(len(widths) * 0.85)] if widths else 80


def _bare_head(found: Sequence[Piece]) -> str:
    """The section whose letter alone was the last piece ("Section C"): its title follows."""
    last = found[-1].text if found and found[-1].kind == "text" and len(found[-1].text.split()) <= 2 else ""
    head = head_of(last) if last else None
    return head[0] if head else ""


def _begins(line: str, before: Sequence[str], empty: bool, wide: int, bare: str) -> bool:
    """Whether a line begins a new paragraph after the lines ``before``."""
    if bare and title_goes_on(bare, _joined(before)):
        return not _title_runs_on(before, line)
    if GROUP.match(line) or _FRESH.match(line) or (len(before) == 1 and GROUP.match(before[0])):
        return True
    last = before[-1]
    if is_contents(line) or is_contents(last) or head_of(line) is not None or title_alone(line):
        return True
    if BULLET.match(line) or LABEL.match(line):
        return not _runs_on(last, line)
    if head_of(before[0]) is not None and not _has_words(before):
        return not _title_runs_on(before, line)
    if title_alone(last) and len(before) == 1:
        return True
    ended = last.endswith((".", "!", "?", ":", ";", ".”", ".\"", ")"))
    if empty:
        return ended or not line[:1].islower()
    short = len(last) < wide * 0.72
    if ended and line[:1].isupper() and short:
        return True
    return bool(short and not ended and line[:1].isupper() and len(last) < wide * 0.5 and not last.endswith((",", " and", " or", " the", " of", " with", " by", " a")))


def _has_words(before: Sequence[str]) -> bool:
    """Whether words of the section follow its title already on these lines."""
    found = head_of(_joined(before))
    return found is not None and bool(found[1])


def _runs_on(last: str, line: str) -> bool:
    """Whether a line that looks numbered only goes on with a sentence ("… for about", "15 minutes")."""
    plain = re.match(r"^\s*\d{1,2}\s", line)
    return bool(plain and not last.endswith((".", ":", ";")) and line.strip()[:1].isdigit() and not re.match(r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]", line))
