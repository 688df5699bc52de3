"""The letter as a Word file to edit: real headings, one numbered list, gaps in bold."""

from collections.abc import Sequence
from typing import Any

from docx.shared import Mm, Pt

from casefile.domain.letter_notes import HEADS, TITLE, Note
from casefile.domain.letter_parts import Part, parts_of
from casefile.domain.letters import GAP, Draft
from casefile.printing.letter import enclosures, references, what_it_is
from casefile.printing.style import clean, joined
from casefile.printing.word import add_page_count, keep_row, new_document, repeat_head, saved, styled


def _write(paragraph: Any, text: str) -> Any:
    """Put text into a paragraph, with every gap in bold."""
    text, at = clean(joined(text)), 0
    for gap in GAP.finditer(text):
        paragraph.add_run(text[at : gap.start()])
        paragraph.add_run(gap[0]).bold = True
        at = gap.end()
    paragraph.add_run(text[at:])
    return paragraph


def _block(paragraph: Any, lines: tuple[str, ...]) -> None:
    """Lines of an address as one paragraph."""
    for number, line in enumerate(lines):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(clean(line))


def _head(document: Any, draft: Draft) -> None:
    """The sender, the recipient and the references, in a table without lines."""
    grid = document.add_table(rows=2, cols=2)
    grid.autofit = False
    for row in grid.rows:
        for cell, width in zip(row.cells, (93, 72), strict=True):
            cell.width = Mm(width)
    grid.rows[0].height = Mm(35)
    _block(grid.cell(0, 1).paragraphs[0], draft.sender)
    _block(grid.cell(1, 0).paragraphs[0], draft.recipient)
    paragraph = grid.cell(1, 1).paragraphs[0]
    for number, (label, value) in enumerate(references(draft)):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(clean(value))
    document.add_paragraph()


def _item_table(document: Any, part: Part) -> None:
    """A statement as a table kept whole: its number and title as the head, then a row each, the label in bold."""
    grid = document.add_table(rows=1, cols=2, style="Table Grid")
    grid.autofit = False
    repeat_head(grid.rows[0])
    title = grid.rows[0].cells[0].merge(grid.rows[0].cells[1]).paragraphs[0]
    title._p.style = "ListNumber"
    _write(title, part.text)
    for run in title.runs:
        run.bold = True
    for label, words in part.rows:
        cells = grid.add_row().cells
        cells[0].paragraphs[0].add_run(clean(label)).bold = True
        _write(cells[1].paragraphs[0], words)
        for cell, width in zip(cells, (35, 130), strict=True):
            cell.width = Mm(width)
    for row in grid.rows:
        keep_row(row, with_next=row is not grid.rows[-1])
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _enclosed(document: Any, draft: Draft) -> None:
    papers = enclosures(draft)
    if not papers:
        return
    line = document.add_paragraph()
    line.paragraph_format.space_before = Pt(8)
    line.add_run("Enclosed").bold = True
    line.add_run(f": {len(papers)} paper{'s' if len(papers) > 1 else ''}")
    grid = document.add_table(rows=1, cols=3, style="Table Grid")
    repeat_head(grid.rows[0])
    for cell, words in zip(grid.rows[0].cells, ("Mark", "Paper", "Date"), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for paper in papers:
        for cell, words in zip(grid.add_row().cells, paper, strict=True):
            cell.paragraphs[0].add_run(clean(joined(words)))
    for row in grid.rows:
        for cell, width in zip(row.cells, (17, 82, 66), strict=True):
            cell.width = Mm(width)


def _notes(document: Any, notes: Sequence[Note]) -> None:
    """What each fact rests on, on a page of its own."""
    if not notes:
        return
    document.add_page_break()
    styled(document, "Heading 2").add_run(TITLE)
    grid = document.add_table(rows=1, cols=3, style="Table Grid")
    repeat_head(grid.rows[0])
    for cell, words in zip(grid.rows[0].cells, HEADS, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for note in notes:
        for cell, words in zip(grid.add_row().cells, (note.place, note.words, note.rests_on), strict=True):
            cell.paragraphs[0].add_run(clean(joined(words)))
    for row in grid.rows:
        for cell, width in zip(row.cells, (20, 55, 90), strict=True):
            cell.width = Mm(width)


def letter_docx(draft: Draft, notes: Sequence[Note] = ()) -> bytes:
    """The letter as a Word file with the same facts as the PDF; the same draft gives the same bytes."""
    document = new_document(
        f"{draft.subject}. {draft.about.split(', born', 1)[0]}".strip(". "), draft.signed, draft.made
    )
    _head(document, draft)
    _write(document.add_paragraph(), draft.salutation)
    _write(styled(document, "Heading 1"), draft.subject)
    if draft.about:
        _write(document.add_paragraph(), draft.about)
    for part in parts_of(draft.body):
        kind = {"heading": "Heading 2", "item": "List Number", "para": "Normal"}[part.role]
        if part.rows:
            _item_table(document, part)
        else:
            _write(styled(document, kind), part.text)
    closing = _write(document.add_paragraph(), draft.closing)
    closing.paragraph_format.space_before = Pt(8)
    closing.paragraph_format.space_after = Mm(22)
    closing.paragraph_format.keep_with_next = True
    name = document.add_paragraph()
    name.add_run(clean(draft.signed)).bold = True
    name.paragraph_format.space_after = Pt(0)
    if draft.relation:
        _write(document.add_paragraph(), draft.relation)
    _enclosed(document, draft)
    if draft.copied:
        line = document.add_paragraph()
        line.paragraph_format.space_before = Pt(8)
        line.add_run("Copied to").bold = True
        line.add_run(f": {clean('; '.join(draft.copied))}")
    _notes(document, notes)
    foot = document.sections[0].footer.paragraphs[0]
    add_page_count(foot)
    foot.add_run().add_break()
    foot.add_run(clean(", ".join(part for part in (what_it_is(draft), draft.reference) if part) + "."))
    return saved(document)
