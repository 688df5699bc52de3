"""An item as labelled rows, kept whole: its heading over the full width, then a row each for what is said, what is wrong, what to write."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from casefile.printing.style import FOOT, MM, PAGE, TABLE_WIDTH, TOP, Styles, markup

_LEFT, _LEFT_LARGE = 35 * MM, 48 * MM
_BETWEEN = 10
_HEADING = 70
"""Room for a heading of two lines in large print over the first item: it must not stand alone on the page before."""


def labelled(heading: str, rows: Sequence[tuple[str, str]], kinds: Styles, *, headed: bool = False) -> list[Flowable]:
    """One item as a table with room below. ``heading`` and the words of ``rows`` are markup, the labels are plain.

    It begins on a new page rather than be parted; only one that is longer than a page is, row by row, with its heading again.
    ``headed`` says that a heading stands right above, which needs room on the same page.
    """
    left = _LEFT_LARGE if kinds.cell.fontSize > 12 else _LEFT
    cells = [[Paragraph(heading, kinds.cell_bold), ""]]
    cells += [[Paragraph(markup(label), kinds.cell_bold), Paragraph(words, kinds.cell)] for label, words in rows]
    commands = [
        ("SPAN", (0, 0), (1, 0)), ("LINEABOVE", (0, 0), (-1, 0), 1.2, "black"), ("LINEBELOW", (0, 0), (-1, -2), 0.75, "black"),
        ("LINEBELOW", (0, -1), (-1, -1), 1.2, "black"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5), ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]  # fmt: skip
    made = Table(cells, colWidths=[left, TABLE_WIDTH - left], hAlign="LEFT", style=TableStyle(commands), repeatRows=1)
    made.spaceBefore, made.spaceAfter = 3, _BETWEEN
    # A table that may not be split goes whole to the next page, and takes a heading above along.
    made.splitByRow = made.splitInRow = int(made.wrap(TABLE_WIDTH, PAGE[1])[1] > PAGE[1] - TOP - FOOT - (_HEADING if headed else 0))
    return [made]
