"""A Word file of the house: A4, one font, real heading and list styles, British English, nothing of this computer."""

import datetime as dt
import io
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from casefile.printing.plainzip import settled
from casefile.printing.style import clean

_FONT = "Arial"


def new_document(title: str, author: str, made: dt.date) -> WordDocument:
    """An empty document with the house's page, styles, language and fresh properties."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(25),
        Mm(20),
        Mm(20),
        Mm(26),
    )
    for name, size, bold, before, after in (
        ("Normal", 12, False, 0, 5), ("Title", 20, True, 0, 6), ("Heading 1", 14, True, 8, 3),
        ("Heading 2", 14, True, 8, 3), ("Heading 3", 12, True, 6, 3), ("List Number", 12, False, 0, 5),
        ("List Bullet", 12, False, 0, 5), ("Footer", 10, False, 0, 0),
    ):  # fmt: skip
        kind = document.styles[name]
        kind.font.name, kind.font.size, kind.font.bold = _FONT, Pt(size), bold
        kind.font.color.rgb = RGBColor(0, 0, 0)
        fonts = kind.element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(which), _FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        form = kind.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.2
        border = kind.element.find(f".//{qn('w:pBdr')}")
        if border is not None:
            border.getparent().remove(border)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        for which in ("w:val", "w:eastAsia"):
            language.set(qn(which), "en-GB")
    _properties(document, title, author, made)
    return document


def _properties(document: WordDocument, title: str, author: str, made: dt.date) -> None:
    moment = dt.datetime.combine(made, dt.time())
    kept = document.core_properties
    kept.title, kept.author, kept.last_modified_by = clean(title)[:250], clean(author)[:250], clean(author)[:250]
    kept.comments, kept.keywords, kept.subject, kept.language, kept.revision = "", "", "", "en-GB", 1
    kept.created = kept.modified = moment


def styled(document: WordDocument, name: str) -> Any:
    """A new paragraph in one of the house's styles ("List Number"), at the end of a document.

    The style is set by its id: the library looks every name up among all styles, which costs more than all the rest.
    """
    made = document.add_paragraph()
    made._p.style = name.replace(" ", "")
    return made


def repeat_head(row: object) -> None:
    """Mark a table's row as its head, so that it repeats on each page and is read out as one."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # type: ignore[attr-defined]


def keep_row(row: object, *, with_next: bool) -> None:
    """Keep a table's row whole on one page, and on the page of the next row where that is asked."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]
    for cell in row.cells if with_next else ():  # type: ignore[attr-defined]
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def add_page_count(paragraph: object) -> None:
    """Add "Page 1 of 2" to a footer, counted by Word itself."""
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)  # type: ignore[attr-defined]
        for kind, text in (("begin", ""), ("", field), ("end", "")):
            run = paragraph.add_run()  # type: ignore[attr-defined]
            if kind:
                made = OxmlElement("w:fldChar")
                made.set(qn("w:fldCharType"), kind)
            else:
                made = OxmlElement("w:instrText")
                made.text = text
            run._r.append(made)


def saved(document: WordDocument) -> bytes:
    """The file's bytes, the same for the same document."""
    target = io.BytesIO()
    document.save(target)
    return settled(target.getvalue())
