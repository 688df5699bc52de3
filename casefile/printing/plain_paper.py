"""A paper of headings, sentences and tables, told once and given as PDF and as Word."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from casefile.domain.dates import in_words
from casefile.domain.paper_parts import Grid, Head, PlainPaper, Say
from casefile.printing import style
from casefile.printing.page import Look, footer, heading, render, table
from casefile.printing.style import MM, clean, markup
from casefile.printing.word import add_page_count, new_document, repeat_head, saved


def as_pdf(paper: PlainPaper) -> bytes:
    """The paper as PDF, to the house's print rules."""
    kinds = style.styles()

    def story() -> list[Flowable]:
        told: list[Flowable] = [heading(paper.title, kinds.title), Paragraph(markup(f"{paper.about}. Made {in_words(paper.made)}."), kinds.text)]
        for part in paper.parts:
            if isinstance(part, Head):
                told.append(heading(part.text, kinds.heading))
            elif isinstance(part, Say):
                words = f"<b>{markup(part.strong)}</b> {markup(part.text)}" if part.strong else markup(part.text)
                told.append(Paragraph(words, kinds.item, bulletText="•") if part.item else Paragraph(words, kinds.text))
            else:
                told += [_table(part), Spacer(1, 4)]
        return told

    def paint(canvas: Canvas, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", (f"{paper.title}. {paper.about}", f"Made {in_words(paper.made)}"))

    return render(Look(paper.title, paint, paper.author), story)


def _table(part: Grid) -> Flowable:
    kinds = style.styles()
    head = [Paragraph(markup(words), kinds.number_bold if at in part.numbers else kinds.cell_bold) for at, words in enumerate(part.heads)]
    rows = [[Paragraph("<br/>".join(markup(line) for line in words.splitlines()), kinds.number if at in part.numbers else kinds.cell) for at, words in enumerate(row)] for row in part.rows]
    return table([head, *rows], [width * MM for width in part.widths])


def as_word(paper: PlainPaper) -> bytes:
    """The paper as a Word file with real headings, lists and table heads."""
    document = new_document(paper.title, paper.author, paper.made)
    document.add_paragraph(clean(paper.title), style="Title")
    document.add_paragraph(clean(f"{paper.about}. Made {in_words(paper.made)}."))
    for part in paper.parts:
        if isinstance(part, Head):
            document.add_paragraph(clean(part.text), style="Heading 1")
        elif isinstance(part, Say):
            paragraph = document.add_paragraph(style="List Bullet" if part.item else None)
            if part.strong:
                paragraph.add_run(clean(f"{part.strong} ")).bold = True
            paragraph.add_run(clean(part.text))
        else:
            _word_table(document, part)
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run(clean(f"{paper.about}  "))
    add_page_count(foot)
    return saved(document)


def _word_table(document: object, part: Grid) -> None:
    made = document.add_table(rows=0, cols=len(part.heads))  # type: ignore[attr-defined]
    made.style, made.autofit = "Table Grid", False
    for number, row in enumerate((part.heads, *part.rows)):
        cells = made.add_row().cells
        for at, words in enumerate(row):
            cells[at].width = Mm(part.widths[at])
            paragraph = cells[at].paragraphs[0]
            paragraph.add_run(clean(words)).bold = True if number == 0 else None
            if at in part.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    repeat_head(made.rows[0])
    document.add_paragraph()  # type: ignore[attr-defined]
