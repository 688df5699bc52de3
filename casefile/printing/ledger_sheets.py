"""Sheets of the ledger: what was due and what was given, and a week to fill in by hand."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from casefile.domain.dates import count, in_table, in_words
from casefile.domain.ledger import Cell, Shortfall, Span, in_hours, promise_words
from casefile.domain.phrases import lowered
from casefile.domain.sessions import OUTCOMES
from casefile.printing import style
from casefile.printing.page import Look, footer, heading, render, table
from casefile.printing.style import BOLD, MM, TABLE_WIDTH, TEXT, markup

_COUNTED = (
    "A part session counts the minutes given. Days with no school, and days when the child was away, are not due. A session that nobody "
    "recorded is not known. It is never counted as missed."
)


class _Bar(Flowable):  # type: ignore[misc]
    """One line's hours: solid given, striped missed, white with a question mark not known. ``scale`` is points a minute."""

    def __init__(self, one: Shortfall, scale: float) -> None:
        super().__init__()
        self.one, self.scale = one, scale
        self.width, self.height = TABLE_WIDTH, 24.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        x = 0.0
        for name in ("minutes_given", "minutes_missed", "minutes_unknown"):
            wide = self.one.total(name) * self.scale - 1.5
            if wide <= 0:
                continue
            self.canv.setLineWidth(0.9)
            self.canv.rect(x, 3, wide, 19, stroke=1, fill=1 if name == "minutes_given" else 0)
            if name == "minutes_missed":
                _stripes(self.canv, x, 3, wide, 19)
            if name == "minutes_unknown" and wide > 12:
                style.draw_line(self.canv, x + wide / 2 - 3, 8.5, "?", BOLD, 12)
            x += wide + 1.5


def _stripes(canvas: Canvas, x: float, y: float, wide: float, high: float) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, wide, high)
    canvas.clipPath(path, stroke=0)
    canvas.setLineWidth(1.3)
    at = x - high
    while at < x + wide:
        canvas.line(at, y, at + high, y + high)
        at += 4.6
    canvas.restoreState()


class _Scale(Flowable):  # type: ignore[misc]
    """The hours under the bars."""

    def __init__(self, scale: float, hours: float) -> None:
        super().__init__()
        self.scale, self.hours = scale, hours
        self.width, self.height = TABLE_WIDTH, 24.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        step = next((value for value in (0.5, 1, 2, 5, 10, 20, 50, 100) if self.hours / value <= 6), 200)
        self.canv.setLineWidth(0.9)
        self.canv.line(0, 18, self.hours * 60 * self.scale, 18)
        at = 0.0
        while at <= self.hours + 0.01:
            x = at * 60 * self.scale
            self.canv.line(x, 18, x, 14)
            words = f"{at:g}" if at else "0 hours"
            style.draw_line(self.canv, x - (style.width_of(words, TEXT, 12) / 2 if at else 0), 2, words, TEXT, 12)
            at += step


class _Mark(Flowable):  # type: ignore[misc]
    """A week's state drawn: tick, half circle, cross, question mark, dash, with its word as hidden text."""

    def __init__(self, cell: Cell | None) -> None:
        super().__init__()
        self.cell = cell
        self.width, self.height = 14.0, 13.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        cell, canvas = self.cell, self.canv
        canvas.setLineWidth(2)
        word = "nothing due"
        if cell is None or not (cell.due or cell.sessions):
            canvas.setLineWidth(1)
            canvas.line(4, 5, 10, 5)
            word = "no school" if cell and cell.closed else word
        elif cell.missed:
            canvas.line(2, 1, 12, 11)
            canvas.line(2, 11, 12, 1)
            word = "missed"
        elif cell.part:
            canvas.setLineWidth(1.2)
            canvas.circle(7, 6, 5, stroke=1, fill=0)
            canvas.wedge(2, 1, 12, 11, 90, 180, stroke=0, fill=1)
            word = "part given"
        elif cell.unknown:
            style.draw_line(canvas, 4, 1.5, "?", BOLD, 13)
            word = ""
        else:
            canvas.line(1.5, 5, 5, 1)
            canvas.line(5, 1, 13, 11)
            word = "given"
        hidden = canvas.beginText(0, 0)
        hidden.setTextRenderMode(3)
        hidden.setFont(TEXT, 10)
        hidden.textOut(word)
        canvas.drawText(hidden)


def _summary(one: Shortfall, child: str) -> str:
    given, due, missed, unknown = (in_hours(one.total(name)) for name in ("minutes_given", "minutes_due", "minutes_missed", "minutes_unknown"))
    words = f"{child} had {given} of the {due} of {lowered(one.provision.title)} in the plan. {missed} were missed."
    return words + (f" {unknown} are not known." if one.total("minutes_unknown") else "")


Summed = Sequence[tuple[Span, Sequence[tuple[Shortfall, Cell]]]]
"""The ledger added up by longer stretches: each with its lines."""


def shortfall_report(
    rows: Sequence[Shortfall], marks: dict[int, str], start: dt.date, end: dt.date, today: dt.date, child: str, about: str, sums: Sequence[tuple[str, Summed]] = ()
) -> bytes:
    """What was due and given from ``start`` to ``end`` as a PDF sheet. ``marks`` are exhibit marks by paper, ``about`` the footer, ``sums`` the tables by half term and term."""
    kinds = style.styles()
    counted = [one for one in rows if one.total("minutes_due")]
    most = max((one.total("minutes_due") for one in counted), default=60) / 60
    hours = max(1.0, -(-most // 1))
    scale = (TABLE_WIDTH - 20) / (hours * 60)

    def story() -> list[Flowable]:
        parts: list[Flowable] = [heading("What was due and what was given", kinds.title), Paragraph(markup(". ".join(filter(None, (about, f"{in_words(start)} to {in_words(end)}.")))), kinds.text)]
        worst = max(counted, key=lambda one: one.total("minutes_missed"), default=None)
        if worst is not None:
            parts += [heading(_summary(worst, child), kinds.heading), Spacer(1, 4), Paragraph("<b>Hours due, line by line</b>", kinds.text)]
        for one in counted:
            told = ". ".join(f"{word} {in_hours(one.total(name))}" for word, name in (("Given", "minutes_given"), ("Missed", "minutes_missed"), ("Not known", "minutes_unknown")) if one.total(name))
            parts += [Paragraph(f"<b>{markup(f'{one.provision.item} {one.provision.title}')}</b>. {markup(told)}.", kinds.wide), _Bar(one, scale)]
        if counted:
            parts += [_Scale(scale, hours), Paragraph(markup("Solid: given. Striped: missed. White with a question mark: nobody wrote it down."), kinds.text)]
            parts += _weeks(counted)
        parts.append(_totals(rows, marks))
        for title, stretches in sums:
            parts += _summed(title, stretches, start, end, marks)
        parts.append(Paragraph(f"<b>How this was counted.</b> {markup(_COUNTED)}", kinds.text))
        parts += _entries(rows, marks)
        return parts

    def paint(canvas: Canvas, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", (f"Provision. {about}".rstrip(), f"Made {in_words(today)}"))

    return render(Look("What was due and what was given", paint), story)


def _weeks(rows: Sequence[Shortfall]) -> list[Flowable]:
    kinds = style.styles()
    weekly = [one for one in rows if all((cell.span.end - cell.span.start).days <= 6 for cell in one.cells)]
    weeks = sorted({cell.span.start for one in weekly for cell in one.cells})[-13:]
    if not weeks:
        return []
    head = [Paragraph("", kinds.cell), *(Paragraph(f"{week.day}<br/>{week:%b}", kinds.cell) for week in weeks)]
    body = []
    for one in weekly:
        by = {cell.span.start: cell for cell in one.cells}
        body.append([Paragraph(markup(one.provision.item), kinds.cell_bold), *(_Mark(by.get(week)) for week in weeks)])
    widths = [18 * MM, *[(TABLE_WIDTH - 18 * MM) / 13] * len(weeks)]
    legend = "Tick: given. Half circle: part given. Cross: missed. ?: not known. Dash: no school or nothing due."
    return [Paragraph("<b>Week by week</b> (week from Monday)", kinds.text), table([head, *body], widths), Paragraph(markup(legend), kinds.text)]


def _totals(rows: Sequence[Shortfall], marks: dict[int, str]) -> Flowable:
    kinds = style.styles()
    head = [Paragraph(word, kinds.cell_bold if number < 2 else kinds.number_bold) for number, word in enumerate(("Line", "Plan says", "Due", "Given", "Missed", "Not known", "Proof"))]
    body: list[list[Flowable]] = []
    for one in rows:
        proofs = ", ".join(dict.fromkeys(marks[id_] for cell in one.cells for id_ in cell.evidence if id_ in marks))
        numbers = ["", "", "", ""] if one.ask else [in_hours(one.total(name)) for name in ("minutes_due", "minutes_given", "minutes_missed", "minutes_unknown")]
        says = one.ask[0] if one.ask else promise_words(one.provision)
        cells: list[Flowable] = [Paragraph(markup(one.provision.item), kinds.cell_bold), Paragraph(markup(says), kinds.cell)]
        cells += [Paragraph(markup(words), kinds.number_bold if number == 2 else kinds.number) for number, words in enumerate(numbers)]
        body.append([*cells, Paragraph(markup(proofs), kinds.number)])
    widths = [14 * MM, 47 * MM, 21 * MM, 19 * MM, 20 * MM, 24 * MM, 20 * MM]
    return table([head, *body], widths)


def _summed(title: str, stretches: Summed, start: dt.date, end: dt.date, marks: dict[int, str]) -> list[Flowable]:
    kinds = style.styles()
    if not stretches:
        return []
    head = [Paragraph(word, kinds.cell_bold if number < 2 else kinds.number_bold) for number, word in enumerate(("From, to", "Line", "Due", "Given", "Missed", "Not known", "Proof"))]
    body: list[list[Flowable]] = []
    for span, lines in stretches:
        when = f"{in_table(max(span.start, start))} to {in_table(min(span.end, end))}"
        for at, (one, cell) in enumerate(lines):
            numbers = [in_hours(value) for value in (cell.minutes_due, cell.minutes_given, cell.minutes_missed, cell.minutes_unknown)]
            proofs = ", ".join(dict.fromkeys(marks[id_] for id_ in cell.evidence if id_ in marks))
            body.append([
                Paragraph(markup(when if at == 0 else ""), kinds.cell), Paragraph(markup(one.provision.item), kinds.cell_bold),
                *(Paragraph(markup(words), kinds.number_bold if number == 2 else kinds.number) for number, words in enumerate(numbers)), Paragraph(markup(proofs), kinds.number),
            ])  # fmt: skip
    return [heading(title, kinds.heading), table([head, *body], [43 * MM, 14 * MM, 22 * MM, 22 * MM, 22 * MM, 24 * MM, 18 * MM])]


def _entries(rows: Sequence[Shortfall], marks: dict[int, str]) -> list[Flowable]:
    kinds = style.styles()
    body: list[list[Flowable]] = []
    for one in rows:
        for session in (entry for cell in one.cells for entry in cell.sessions):
            minutes = f", {count(session.minutes, 'minute')}" if session.minutes is not None else ""
            told = ". ".join(part for part in (session.reason, session.said_by) if part)
            body.append([
                Paragraph(markup(in_table(session.on)), kinds.cell), Paragraph(markup(one.provision.item), kinds.cell_bold),
                Paragraph(markup(f"{OUTCOMES[session.outcome]}{minutes}"), kinds.cell), Paragraph(markup(told), kinds.cell),
                Paragraph(markup(marks.get(session.document or 0, "")), kinds.number),
            ])  # fmt: skip
    if not body:
        return []
    head = [Paragraph(word, kinds.cell_bold) for word in ("Day", "Line", "What became of it", "Why, and who said so", "Proof")]
    return [heading("Every session that was written down", kinds.heading), table([head, *body], [36 * MM, 14 * MM, 44 * MM, 55 * MM, 16 * MM])]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One line to tick on the week sheet: its day (None where it is not known), what, and how long."""

    day: dt.date | None
    what: str
    length: str


class _Boxes(Flowable):  # type: ignore[misc]
    """The boxes of one row: given, part with minutes, missed, not known, and room for who says so."""

    def __init__(self) -> None:
        super().__init__()
        self.width, self.height = 96 * MM, 26.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        side = 7 * MM
        self.canv.setLineWidth(1)
        for x in (4, 20, 53, 71):
            self.canv.rect(x * MM, 3, side, side, stroke=1, fill=0)
        self.canv.line(29 * MM, 4, 39 * MM, 4)
        style.draw_line(self.canv, 40 * MM, 5, "min", TEXT, 12)


class _Heads(Flowable):  # type: ignore[misc]
    """The heads over the boxes of ``_Boxes``."""

    def __init__(self) -> None:
        super().__init__()
        self.width, self.height = 96 * MM, 34.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        for x, lines in ((2, ("", "Given")), (19, ("", "Part: how long")), (50, ("", "Missed")), (69, ("Not", "known")), (84, ("Who", "says so"))):
            for number, words in enumerate(lines):
                style.draw_line(self.canv, x * MM, 20 - 17 * number, words, BOLD, 12)


def week_sheet(rows: Sequence[WeekRow], monday: dt.date, name: str, today: dt.date) -> bytes:
    """A week to print and fill in by hand: numbered rows in the order they are typed back. First name only, no reference."""
    kinds = style.styles()

    def story() -> list[Flowable]:
        words = f"Week from <b>{markup(in_words(monday))}</b>. Tick one box on each line. If you are not sure, tick “Not known”. That is a good answer."
        parts: list[Flowable] = [heading(f"{name}’s week", kinds.title), Paragraph(words, kinds.wide), Spacer(1, 6)]
        head = [*(Paragraph(f"<br/>{word}" if word else "", kinds.cell_bold) for word in ("", "Day", "What")), _Heads()]
        body: list[list[Flowable]] = []
        shown: dt.date | None = None
        for number, one in enumerate(rows, 1):
            day = f"{one.day:%a} {one.day.day}" if one.day and one.day != shown else ""
            shown = one.day or shown
            body.append([Paragraph(str(number), kinds.cell), Paragraph(markup(day), kinds.cell_bold), Paragraph(f"{markup(one.what)}<br/>{markup(one.length)}", kinds.cell), _Boxes()])
        parts.append(table([head, *body], [8 * MM, 18 * MM, 43 * MM, 96 * MM]))
        parts.append(heading("Calls, notes and meetings", kinds.heading))
        notes = [[Paragraph(word, kinds.cell_bold) for word in ("", "Day", "Who", "What they said", "What they promised")]]
        notes += [[Paragraph(str(len(rows) + number), kinds.cell), *[Spacer(1, 44)] * 4] for number in (1, 2, 3)]
        parts.append(table(notes, [8 * MM, 17 * MM, 40 * MM, 60 * MM, 40 * MM], rules=(("LINEBEFORE", (2, 1), (-1, -1), 0.75, "black"),)))
        parts += [Spacer(1, 8), Paragraph(markup(f"How was {name}’s week? One good thing, one hard thing:"), kinds.wide)]
        return parts

    def paint(canvas: Canvas, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", ("Type it in when you can: same order, same numbers.", f"Made {in_words(today)}"))

    return render(Look(f"{name}’s week", paint), story)
