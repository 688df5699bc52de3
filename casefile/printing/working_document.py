"""The working document: the plan in Word with our changes in it, told by bold and strike, and footnotes to the evidence."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from casefile.domain.comparison import marks, plain
from casefile.domain.plan import SECTIONS, PlanItem
from casefile.printing.style import clean
from casefile.printing.word import add_page_count, new_document, saved

_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KEY: tuple[tuple[str, bool, bool, bool, bool], ...] = (
    ("Plain: the plan as it was issued", False, False, False, False),
    ("Underlined: agreed by both", False, False, True, False),
    ("Underlined and struck through: both agree to take it out", False, True, True, False),
    ("Bold: the parents ask for these words", True, False, False, False),
    ("Bold and struck through: the parents ask to take these words out", True, True, False, False),
    ("Italic: the council asks for these words", False, False, False, True),
    ("Italic and struck through: the council asks to take these words out", False, True, False, True),
)
"""The marking key: words, bold, struck, underlined, italic."""


@dataclass(frozen=True, slots=True)
class WorkingDocument:
    """What goes into a working document: the lines as issued, our lines, and footnotes by the key of a line."""

    title: str
    about: str
    issued: Sequence[PlanItem]
    ours: Sequence[PlanItem]
    notes: Mapping[str, str]


class _Writer:
    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self.notes: list[str] = []

    def run(self, paragraph: Paragraph, text: str, *, bold: bool = False, struck: bool = False) -> None:
        if text:
            made = paragraph.add_run(clean(text))
            made.bold, made.font.strike = bold or None, struck or None

    def note(self, paragraph: Paragraph, text: str) -> None:
        """A footnote at the end of a paragraph."""
        self.notes.append(text)
        made = paragraph.add_run()
        made.font.superscript = True
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(len(self.notes) + 1))
        made._r.append(mark)

    def changed(self, label: str, before: str, after: str) -> Paragraph:
        """A line we ask to change: the old words struck and the new ones bold, in one paragraph."""
        paragraph = self.document.add_paragraph()
        self.run(paragraph, f"{label} ")
        out, new = marks(before, after)
        for old, fresh, kept in merged(before, after, out, new):
            self.run(paragraph, kept)
            self.run(paragraph, old, bold=True, struck=True)
            self.run(paragraph, f"{' ' if old and fresh else ''}{fresh}", bold=True)
        return paragraph

    def attach(self) -> None:
        """Put the footnotes into the file."""
        if not self.notes:
            return
        body = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(clean(text))}</w:t></w:r></w:p></w:footnote>'
            for number, text in enumerate(self.notes, 2)
        )
        edges = "".join(f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>' for number, (kind, tag) in enumerate((("separator", "separator"), ("continuationSeparator", "continuationSeparator"))))
        blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {_SPACE}>{edges}{body}</w:footnotes>'.encode()
        part = Part(PackURI("/word/footnotes.xml"), _NOTES, blob, self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def merged(before: str, after: str, out: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]]) -> list[tuple[str, str, str]]:
    """Old, new and kept words in reading order: (taken out, put in, what stands before them unchanged)."""
    found: list[tuple[str, str, str]] = []
    outs, news = list(out), list(new)
    at = here = 0
    while outs or news:
        gap_out = outs[0][0] - at if outs else None
        gap_new = news[0][0] - here if news else None
        take_out = outs and (gap_new is None or gap_out is None or len(before[at : outs[0][0]].split()) <= len(after[here : news[0][0]].split()))
        take_new = news and (gap_out is None or gap_new is None or len(after[here : news[0][0]].split()) <= len(before[at : outs[0][0]].split()))
        kept = before[at : outs[0][0]] if take_out else after[here : news[0][0]]
        old = before[slice(*outs[0])] if take_out else ""
        fresh = after[slice(*news[0])] if take_new else ""
        if take_out:
            at = outs.pop(0)[1]
        else:
            at += len(kept)
        if take_new:
            here = news.pop(0)[1]
        else:
            here += len(kept)
        found.append((old, fresh, kept))
    found.append(("", "", before[at:] if before[at:].strip() else after[here:]))
    return found


def _key(document: WordDocument) -> None:
    document.add_paragraph("How changes are marked", style="Heading 2")
    for words, bold, struck, under, slant in KEY:
        made = document.add_paragraph(style="List Bullet").add_run(words)
        made.bold, made.font.strike, made.underline, made.italic = bold or None, struck or None, under or None, slant or None


def working_document(what: WorkingDocument, author: str, made: dt.date) -> bytes:
    """The working document as a Word file: no tracked changes, no comments, black text, a footnote for each source."""
    document = new_document(what.title, author, made)
    writer = _Writer(document)
    document.add_paragraph(clean(what.title), style="Title")
    document.add_paragraph(clean(what.about))
    _key(document)
    for section, name in SECTIONS.items():
        issued = [item for item in what.issued if item.section == section and "-h0" not in item.key]
        ours = {item.key: item for item in what.ours if item.section == section and "-h0" not in item.key}
        if not issued and not ours:
            continue
        document.add_paragraph(f"Section {section}: {name}", style="Heading 1")
        for item in issued:
            _line(writer, item, ours.pop(item.key, None), what.notes)
        for item in ours.values():
            paragraph = document.add_paragraph()
            writer.run(paragraph, f"{item.key} {item.text}", bold=True)
            if item.key in what.notes:
                writer.note(paragraph, what.notes[item.key])
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run(f"{clean(what.about)}  ")
    add_page_count(footer)
    writer.attach()
    return saved(document)


def _line(writer: _Writer, item: PlanItem, ours: PlanItem | None, notes: Mapping[str, str]) -> None:
    label = "" if "-h" in item.key else item.key
    if ours is None:
        paragraph = writer.document.add_paragraph()
        writer.run(paragraph, f"{label} {item.text}".strip(), bold=True, struck=True)
    elif plain(ours.text) == plain(item.text):
        paragraph = writer.document.add_paragraph()
        writer.run(paragraph, f"{label} {item.text}".strip())
        return
    else:
        paragraph = writer.changed(label, item.text, ours.text)
    if item.key in notes:
        writer.note(paragraph, notes[item.key])
