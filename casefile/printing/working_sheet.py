"""The sheet "How was this date worked out?": the dates in a box, numbered steps, the count as a strip."""

import datetime as dt
from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from casefile.domain.dates import count, in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.showing import CONFIDENCE, marks_of, parts_of
from casefile.printing import style
from casefile.printing.page import Look, footer, heading, render
from casefile.printing.style import BOLD, MM, TABLE_WIDTH, TEXT, markup

ADVICE = "This is a count of days, not legal advice. Free advice: SENDIASS, IPSEA, SOS!SEN, Contact."
_INDENT = 13 * MM


class _Number(Flowable):  # type: ignore[misc]
    """A number in a circle at the left of what follows it; it takes no height of its own."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.width, self.height = 0.0, 0.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        self.canv.setLineWidth(1)
        self.canv.circle(11, -9, 11, stroke=1, fill=0)
        words = str(self.number)
        style.draw_line(self.canv, 11 - style.width_of(words, BOLD, 12) / 2, -13.2, words, BOLD, 12)


class _Strip(Flowable):  # type: ignore[misc]
    """The dates of a count as a line with dots; after the last day the line is broken."""

    def __init__(self, marks: Sequence[tuple[dt.date, str, str]]) -> None:
        super().__init__()
        self.marks = _fitting(marks, 7)
        self.width, self.height = TABLE_WIDTH - _INDENT, 50.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        step = self.width / len(self.marks)
        y = self.height - 12
        for number, (day, word, kind) in enumerate(self.marks):
            x = _INDENT + step * (number + 0.5)
            if number + 1 < len(self.marks):
                broken = self.marks[number + 1][2] in ("today", "now") and kind == "due"
                self.canv.setDash(3, 2.5) if broken else self.canv.setDash()
                self.canv.setLineWidth(1)
                self.canv.line(x + 5, y, x + step - 5, y)
            self.canv.setDash()
            if kind in ("today", "now"):
                self.canv.rect(x - 4.5, y - 4.5, 9, 9, stroke=1, fill=0)
            else:
                self.canv.circle(x, y, 4.5, stroke=1, fill=1 if kind in ("start", "due") else 0)
            font = BOLD if kind in ("start", "due") else TEXT
            for row, words in enumerate((f"{day.day} {day:%b}", "Sheet made" if kind in ("today", "now") else word)):
                style.draw_line(self.canv, x - style.width_of(words, font, 12) / 2, y - 19 - 15 * row, words, font, 12)


def _fitting(marks: Sequence[tuple[dt.date, str, str]], most: int) -> list[tuple[dt.date, str, str]]:
    steps = [mark for mark in marks if mark[2] == "step"]
    room = most - (len(marks) - len(steps))
    if len(steps) <= room:
        return list(marks)
    every = -(-len(steps) // max(1, room))
    kept = steps[every - 1 :: every][:room]
    return [mark for mark in marks if mark[2] != "step" or mark in kept]


def _box(rows: Sequence[tuple[str, str]]) -> Table:
    kinds = style.styles()
    cells = [[Paragraph(markup(name), kinds.cell_bold), Paragraph(markup(value), kinds.cell_bold if not number else kinds.cell)] for number, (name, value) in enumerate(rows)]
    commands = [
        ("BOX", (0, 0), (-1, -1), 1.2, "black"), ("LEFTPADDING", (0, 0), (-1, -1), 17), ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6), ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]  # fmt: skip
    return Table(cells, colWidths=[34 * MM, TABLE_WIDTH - 34 * MM], hAlign="LEFT", style=TableStyle(commands))


def _dates(one: Deadline, today: dt.date) -> list[tuple[str, str]]:
    if one.due is None:
        return [("Due", "No date can be worked out yet")]
    rows = [("Last day" if one.mine else "Due", in_words(one.due))]
    if one.mine and one.safe_date and one.safe_date != one.due:
        rows.append(("Safe day", in_words(one.safe_date)))
    if one.ended_by:
        rows.append(("Done", in_words(one.ended_by.on)))
    elif one.state == "overdue":
        rows.append(("Received", f"Not received by {in_words(today)}"))
    if one.days_late:
        rows.append(("Late", f"{count(one.days_late, 'day')}, counted from {in_words(one.due + dt.timedelta(days=1))}"))
    return rows


def working_sheet(one: Deadline, today: dt.date, proofs: Sequence[str], about: str) -> bytes:
    """The working of one date as a PDF sheet, made on ``today``.

    ``proofs`` names the paper behind each starting event ("report of the annual review (E7)", or empty), ``about`` is
    the child and reference for the footer.
    """
    kinds = style.styles()
    told, counted = parts_of(one.working)
    happened = [f"{words} {f'Proof: {proof}.' if proof else 'No paper is linked yet.'}" for words, proof in zip(told, [*proofs, *[""] * len(told)], strict=False)]
    checked = f"Checked {in_words(one.checked)} {CONFIDENCE.get(one.confidence, '')}." if one.checked else ""
    another = [f"{in_words(also.due)}. {also.because}" for also in one.also] or ["No other reading is recorded."]
    steps: list[tuple[str, list[str]]] = [
        ("What happened", happened), ("The rule", [one.help or one.title]), ("The count", counted),
        ("Could there be a good reason?", [*one.exceptions, *one.cautions] or ["This rule lists no exceptions."]),
        ("Another way to count?", another), ("Where it is written", [f"{one.reference.rstrip('.')}. {one.link}", checked]),
    ]  # fmt: skip

    def story() -> list[Flowable]:
        parts: list[Flowable] = [heading("How was this date worked out?", kinds.title), heading(one.title, kinds.heading), _box(_dates(one, today)), Spacer(1, 12)]
        indent = ParagraphStyle("step", kinds.text, leftIndent=_INDENT, spaceAfter=1)
        bold = ParagraphStyle("step-head", indent, fontName=BOLD)
        marks = marks_of(one, today)
        for number, (title, lines) in enumerate(steps, 1):
            inside: list[Flowable] = [_Number(number), Paragraph(markup(title), bold)]
            inside += [Paragraph(markup(words), indent) for words in lines if words]
            if title == "The count" and marks:
                inside.append(_Strip(marks))
            inside.append(Spacer(1, 8))
            parts.append(KeepTogether(inside))
        parts.append(Paragraph(markup(ADVICE), kinds.text))
        return parts

    def paint(canvas: Canvas, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", (f"Working for a date. {about}", f"Made {in_words(today)}"))

    return render(Look(f"How was this date worked out? {one.title}", paint), story)


