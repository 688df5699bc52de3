"""The sheet "What can I do?": for one failing, each body with its state, its reasons, and where it is written."""

import datetime as dt
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from casefile.domain.dates import in_words
from casefile.domain.failings import Door
from casefile.domain.phrases import lowered
from casefile.printing.page import Look, footer, heading, render
from casefile.printing.style import markup, styles

ADVICE = "This is what the law and the bodies' own rules say. It is not legal advice. Free advice: SENDIASS, IPSEA, SOS!SEN, Contact."

Part = tuple[str, Sequence[tuple[Door, str]]]
"""A head, and the doors under it, each with its state in words."""


def door_sheet(title: str, why: Sequence[str], parts: Sequence[Part], checked: dt.date, today: dt.date, about: str) -> bytes:
    """The doors of one failing as a PDF sheet, made on ``today``. ``about`` is the child and reference for the footer."""
    kinds = styles()

    def block(door: Door, state: str) -> Flowable:
        lines = [door.because]
        if door.unless:
            lines.append(f"Unless {door.unless}")
        if door.likely:
            lines.append(f"Likely, but not law: {lowered(door.likely)}")
        lines.append(f"Where it is written: {door.reference.rstrip('.')}. {door.link} {door.sure}")
        head = Paragraph(markup(f"{door.title}. {state}."), kinds.cell_bold)
        return KeepTogether([head, *(Paragraph(markup(words), kinds.cell) for words in lines), Spacer(1, 9)])

    def story() -> list[Flowable]:
        made: list[Flowable] = [heading("What can I do?", kinds.title), heading(title, kinds.heading)]
        made += [Paragraph(markup(words), kinds.text) for words in why]
        for name, doors in parts:
            if doors:
                made.append(heading(name, kinds.heading))
                made += [block(door, state) for door, state in doors]
        made.append(Paragraph(markup(f"{ADVICE} Law checked {in_words(checked)}."), kinds.text))
        return made

    def paint(canvas: Canvas, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", (f"What can I do? {about}", f"Made {in_words(today)}"))

    return render(Look(f"What can I do? {title}", paint), story)
