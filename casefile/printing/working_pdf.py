"""The working document as it prints: the same words and marks as the Word file, its notes at the end of each line."""

import datetime as dt

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from casefile.domain.comparison import marks, plain
from casefile.domain.dates import in_words
from casefile.domain.plan import SECTIONS, PlanItem
from casefile.printing import style
from casefile.printing.page import Look, footer, heading, render
from casefile.printing.style import markup
from casefile.printing.working_document import WorkingDocument, merged

_KEY = (
    "Plain: the plan as it was issued.", "<b>Bold</b>: the parents ask for these words.",
    "<b><strike>Bold and struck through</strike></b>: the parents ask to take these words out.",
)  # fmt: skip


def _gone(text: str) -> str:
    return f"<b><strike>{markup(text)}</strike></b>" if text.strip() else markup(text)


def _new(text: str) -> str:
    return f"<b>{markup(text)}</b>" if text.strip() else markup(text)


def _changed(label: str, before: str, after: str) -> str:
    out, new = marks(before, after)
    made = f"{markup(label)} " if label else ""
    for old, fresh, kept in merged(before, after, out, new):
        made += f"{markup(kept)}{_gone(old)}{' ' if old and fresh else ''}{_new(fresh)}"
    return made


def _line(item: PlanItem, ours: PlanItem | None) -> str:
    label = "" if "-h" in item.key else item.key
    if ours is None:
        return _gone(f"{label} {item.text}".strip())
    if plain(ours.text) == plain(item.text):
        return markup(f"{label} {item.text}".strip())
    return _changed(label, item.text, ours.text)


def working_pdf(what: WorkingDocument, author: str, made: dt.date) -> bytes:
    """The working document as PDF made on ``made``, to print and to count its pages."""
    kinds = style.styles()

    def told(section: str, name: str) -> list[Flowable]:
        issued = [item for item in what.issued if item.section == section and "-h0" not in item.key]
        ours = {item.key: item for item in what.ours if item.section == section and "-h0" not in item.key}
        if not issued and not ours:
            return []
        rows = [(item.key, _line(item, ours.pop(item.key, None))) for item in issued]
        rows += [(item.key, _new(f"{item.key} {item.text}")) for item in ours.values()]
        parts: list[Flowable] = [heading(f"Section {section}: {name}", kinds.heading)]
        for key, words in rows:
            parts.append(Paragraph(words, kinds.wide))
            if key in what.notes:
                parts.append(Paragraph(markup(f"Source for {key}: {what.notes[key]}"), kinds.item))
        return parts

    def story() -> list[Flowable]:
        parts: list[Flowable] = [heading(what.title, kinds.title), Paragraph(markup(what.about), kinds.text), *(Paragraph(words, kinds.text) for words in _KEY)]
        return [*parts, *(part for section, name in SECTIONS.items() for part in told(section, name))]

    def paint(canvas: Canvas, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", (f"{what.title}. {what.about}", f"Made {in_words(made)}"))

    return render(Look(what.title, paint, author), story)
