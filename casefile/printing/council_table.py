"""The table of a bundle somebody else made: which of our papers are in it, on which pages, what is missing, and its page limits."""

import datetime as dt
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph

from casefile.domain.dates import count, in_words
from casefile.printing.page import Look, footer, heading, render, table
from casefile.printing.style import MM, markup, styles

_WIDTHS = [12 * MM, 27 * MM, 48 * MM, 26 * MM, 22 * MM, 30 * MM]
_LIMIT_WIDTHS = [72 * MM, 32 * MM, 18 * MM, 43 * MM]
_LIMIT_HEADS = ("Part", "Pages counted", "Limit", "Result")


def council_table(
    name: str, pages: int, counts: Sequence[tuple[str, int]], heads: Sequence[str], rows: Sequence[Sequence[str]], strange: str,
    limits: tuple[Sequence[Sequence[str]], Sequence[str]], today: dt.date, about: str,
) -> bytes:  # fmt: skip
    """The sheet as PDF, made on ``today``. ``counts`` are states with how many papers each has; ``strange`` says which of
    their pages match none of ours; ``limits`` are rows of part, pages, limit and result, and the sentences below them;
    ``about`` is the child and reference for the footer."""
    kinds = styles()

    def cells_of(top: Sequence[str], below: Sequence[Sequence[str]]) -> list[list[Paragraph]]:
        cells = [[Paragraph(markup(word), kinds.cell_bold) for word in top]]
        return cells + [[Paragraph(markup(word), kinds.cell) for word in row] for row in below]

    def story() -> list[Flowable]:
        told = " ".join(f"{words}: {count(number, 'paper')}." for words, number in counts if number)
        made: list[Flowable] = [
            heading("What is in their bundle", kinds.title),
            Paragraph(markup(f"“{name}”, {count(pages, 'page')}, held against our papers on {in_words(today)}."), kinds.text),
            Paragraph(markup(told), kinds.text), Paragraph(markup(strange), kinds.text),
        ]  # fmt: skip
        made.append(table(cells_of(heads, rows), _WIDTHS))
        made.append(
            Paragraph(
                markup(
                    "Pages with words were compared by their words, and pages without by their looks. A paper that was typed "
                    "anew, or a photo, may be there and not be found."
                ),
                kinds.text,
            )
        )
        first, *rest = limits[1]
        made.append(
            KeepTogether([heading("Page limits", kinds.heading), Paragraph(markup(first), kinds.text), table(cells_of(_LIMIT_HEADS, limits[0]), _LIMIT_WIDTHS)])
        )
        made += [Paragraph(markup(words), kinds.text) for words in rest]
        return made

    def paint(canvas: Canvas, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", (f"What is in their bundle. {about}".rstrip(". "), f"Made {in_words(today)}"))

    return render(Look(f"What is in their bundle: {name}", paint), story)
