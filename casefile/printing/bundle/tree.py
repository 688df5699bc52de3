"""Mails, Word files and text on paper: the small clean tree, drawn with a font for every letter that a shipped one has."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable, Image, Paragraph, Spacer

from casefile.domain.blocks import Block, Grid, Picture, Run
from casefile.domain.blocks import Paragraph as Words
from casefile.printing import style
from casefile.printing.page import Look, render, table
from casefile.printing.style import FOOT, MM, PAGE, TABLE_WIDTH, TEXT_WIDTH, TOP, Styles, markup

_MOST_CELL = 1500
_TALLEST = PAGE[1] - TOP - FOOT - 12


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be drawn: the head of a mail, the tree, what came attached, and a line saying what kind of copy this is."""

    title: str
    headers: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    attached: tuple[str, ...] = ()
    copy: str = ""


def tree_pages(told: Told) -> tuple[bytes, list[str]]:
    """The tree as PDF, and a note where letters had no shape in any font that is shipped."""
    missing: set[str] = set()

    def story() -> list[Flowable]:
        kinds = style.styles()
        made: list[Flowable] = []
        if told.copy:
            made += [Paragraph(markup(told.copy, missing), kinds.wide), Spacer(1, 4)]
        made += _head(told, kinds, missing)
        for block in told.blocks:
            made += _block(block, kinds, missing)
        return made or [Paragraph(markup("There are no words in it."), kinds.text)]

    data = render(Look(told.title or "Paper", lambda canvas, page, total: None), story)
    notes = []
    if missing:
        shown = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(missing)[:8])
        notes.append(
            f"{len(missing)} letters or signs have no shape in the program’s fonts and show as squares ({shown})."
        )
    return data, notes


def _head(told: Told, kinds: Styles, missing: set[str]) -> list[Flowable]:
    rows = [
        [Paragraph(markup(name), kinds.cell_bold), Paragraph(_cut(value, missing), kinds.cell)]
        for name, value in told.headers
    ]
    for number, name in enumerate(told.attached):
        label = "Attached" if number == 0 else ""
        rows.append([Paragraph(markup(label), kinds.cell_bold), Paragraph(markup(name, missing), kinds.cell)])
    if not rows:
        return []
    rules = [("LINEABOVE", (0, 0), (-1, 0), 1.2, "black")]
    return [table(rows, [27 * MM, 138 * MM], head=0, rules=tuple(rules)), Spacer(1, 8)]


def _cut(text: str, missing: set[str]) -> str:
    """A cell's markup; one too long for any page is cut, and says so."""
    return markup(
        text if len(text) <= _MOST_CELL else f"{text[:_MOST_CELL]} … (cut here; the original has more)", missing
    )


def _run(run: Run, missing: set[str]) -> str:
    words = "<br/>".join(markup(line, missing) for line in run.text.split("\n"))
    return f"<b>{words}</b>" if run.bold else words


def _block(block: Block, kinds: Styles, missing: set[str]) -> list[Flowable]:
    if isinstance(block, Picture):
        return _picture(block)
    if isinstance(block, Grid):
        return _grid(block, kinds, missing)
    return [_words(block, kinds, missing)]


def _words(block: Words, kinds: Styles, missing: set[str]) -> Flowable:
    words = "".join(_run(run, missing) for run in block.runs)
    if block.role == "heading":
        return Paragraph(words, kinds.title if block.level == 1 else kinds.heading)
    if block.role == "item":
        indent = (block.level + 1) * 6 * MM
        return Paragraph(
            words,
            _shifted(kinds.text, f"item{block.level}", leftIndent=indent, bulletIndent=indent - 5 * MM),
            bulletText="•",
        )
    if block.role == "quote":
        return Paragraph(words, _shifted(kinds.text, "quote", leftIndent=8 * MM))
    return Paragraph(words, kinds.wide if block.role == "fixed" else kinds.text)


def _shifted(base: Any, name: str, **changes: float) -> Any:
    return base.clone(f"{base.name}-{name}", **changes)


def _picture(block: Picture) -> list[Flowable]:
    factor = min(TEXT_WIDTH / max(block.width, 1), _TALLEST * 0.6 / max(block.height, 1), 0.75)
    shown = Image(io.BytesIO(block.data), block.width * factor, block.height * factor, hAlign="LEFT", mask=None)
    return [shown, Spacer(1, 6)]


def _grid(block: Grid, kinds: Styles, missing: set[str]) -> list[Flowable]:
    columns = max((len(row) for row in block.rows), default=0)
    if not columns:
        return []
    if columns > 8:
        # Too many columns for paper: a row becomes a paragraph, its cells parted by bars.
        return [Paragraph(_cut(" | ".join(cell for cell in row if cell), missing), kinds.wide) for row in block.rows]
    rows = []
    for number, row in enumerate(block.rows):
        kind = kinds.cell_bold if number < block.head else kinds.cell
        cells = [*row, *[""] * (columns - len(row))]
        rows.append([Paragraph(_lines(cell, missing), kind) for cell in cells])
    widths = _widths(block.rows, columns)
    return [table(rows, widths, head=min(block.head, 1)), Spacer(1, 6)]


def _lines(cell: str, missing: set[str]) -> str:
    return "<br/>".join(_cut(line, missing) for line in cell.split("\n"))


def _widths(rows: Sequence[Sequence[str]], columns: int) -> list[float]:
    """Widths by how much stands in each column, none narrower than 14 mm."""
    weights = [max(8.0, *(min(60.0, float(len(row[at]))) for row in rows if at < len(row))) for at in range(columns)]
    least = 14 * MM
    spare = TABLE_WIDTH - least * columns
    return [least + spare * weight / sum(weights) for weight in weights]
