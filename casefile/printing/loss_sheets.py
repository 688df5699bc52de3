"""Sheets of what went missing beside the sessions: days out of school, costs, and the effects on the child."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer

from casefile.domain.absences import LostSum, lost_words
from casefile.domain.dates import count, in_table, in_words
from casefile.domain.ledger import in_hours
from casefile.domain.money import in_pounds
from casefile.domain.sessions import ABSENCES, COSTS, Absence, Cost, Effect
from casefile.printing import style
from casefile.printing.page import Look, footer, heading, render, table
from casefile.printing.style import MM, markup


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every sheet of these says of itself: the child's short name, the footer's words, the day it was made; marks and titles by paper."""

    child: str
    about: str
    today: dt.date
    marks: Mapping[int, str]
    titles: Mapping[int, str]

    def mark(self, document: int | None) -> str:
        """The exhibit mark of a paper; a paper without one is told as "paper"."""
        return self.marks.get(document, "paper") if document is not None else ""

    def named(self, document: int | None) -> str:
        """A paper where there is room for its title: the mark, or the title where it has none."""
        return (self.marks.get(document) or self.titles.get(document, "")) if document is not None else ""


def _drawn(title: str, sheet: Sheet, story: Callable[[], list[Flowable]]) -> bytes:
    def paint(canvas: Canvas, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", (f"{title}. {sheet.about}".rstrip(), f"Made {in_words(sheet.today)}"))

    return render(Look(title, paint), story)


def _heads(names: Sequence[str], numbers: Sequence[int] = ()) -> list[Flowable]:
    kinds = style.styles()
    return [Paragraph(markup(name), kinds.number_bold if at in numbers else kinds.cell_bold) for at, name in enumerate(names)]


def _top(title: str, sheet: Sheet) -> list[Flowable]:
    kinds = style.styles()
    return [heading(title, kinds.title), Paragraph(markup(". ".join(filter(None, (sheet.about, f"Made {in_words(sheet.today)}.")))), kinds.text)]


def stretch(one: Absence) -> str:
    """The days of an entry in short: one day, first to last, or since when."""
    if one.end is None:
        return f"{in_table(one.start)}, still going on"
    return in_table(one.start) if one.end == one.start else f"{in_table(one.start)} to {in_table(one.end)}"


def absence_sheet(
    sheet: Sheet, entries: Sequence[tuple[Absence, int]], total: LostSum, half_terms: Sequence[LostSum], terms: Sequence[LostSum], cautions: Sequence[str]
) -> bytes:
    """School days lost: the sum, by half term and term, and each entry with its reason and paper."""
    kinds = style.styles()
    title = "School days lost"

    def story() -> list[Flowable]:
        parts = _top(title, sheet)
        parts.append(heading(f"{sheet.child[:1].upper()}{sheet.child[1:]} lost {lost_words(total)}.", kinds.heading))
        for name, sums in (("By half term", half_terms), ("By term", terms)):
            if sums:
                body = [
                    [Paragraph(markup(f"{in_table(one.span.start)} to {in_table(one.span.end)}"), kinds.cell), *(Paragraph(markup(words), kinds.number) for words in (str(one.whole), str(one.part), in_hours(one.hours * 60)))]
                    for one in sums
                ]
                parts += [heading(name, kinds.heading), table([_heads(("Between school holidays", "Whole days", "Part days", "Hours of those"), (1, 2, 3)), *body], [75 * MM, 27 * MM, 25 * MM, 38 * MM])]
        rows: list[list[Flowable]] = []
        for one, days in entries:
            lost = f"{one.hours:g} h each day" if one.hours is not None else "whole day"
            told = ". ".join(part.rstrip(".") for part in (one.reason, one.agreed_by, one.note) if part)
            rows.append([
                Paragraph(markup(stretch(one)), kinds.cell), Paragraph(markup(f"{ABSENCES[one.kind]}, {lost}"), kinds.cell), Paragraph(str(days), kinds.number),
                Paragraph(markup(told), kinds.cell), Paragraph(markup(sheet.mark(one.document)), kinds.number),
            ])  # fmt: skip
        parts.append(heading("Each time", kinds.heading))
        parts.append(table([_heads(("When", "What", "School days", "Why, and who said so", "Proof"), (2, 4)), *rows], [40 * MM, 42 * MM, 18 * MM, 47 * MM, 18 * MM]))
        counted = "Weekends, bank holidays and days when the school was shut are not counted. A day that two entries name is counted once. Hours are counted for part days only."
        parts.append(Paragraph(f"<b>How this was counted.</b> {markup(' '.join((counted, *cautions)))}", kinds.text))
        return parts

    return _drawn(title, sheet, story)


def cost_sheet(sheet: Sheet, costs: Sequence[Cost], sums: Sequence[tuple[str, int]], pence: int) -> bytes:
    """What the family paid or lost: the sum, by kind, and each entry with its receipt."""
    kinds = style.styles()
    title = "What the family paid or lost"

    def story() -> list[Flowable]:
        shown = sum(1 for one in costs if one.document is not None)
        parts = [*_top(title, sheet), heading(f"{in_pounds(pence)} in all.", kinds.heading), Paragraph(markup(f"{shown} of {count(len(costs), 'entry', 'entries')} {'has' if shown == 1 else 'have'} a receipt or another paper."), kinds.text)]
        body: list[list[Flowable]] = [[Paragraph(markup(COSTS[kind]), kinds.cell), Paragraph(in_pounds(total), kinds.number)] for kind, total in sums]
        body.append([Paragraph("In all", kinds.cell_bold), Paragraph(in_pounds(pence), kinds.number_bold)])
        parts.append(table([_heads(("For what", "Sum"), (1,)), *body], [90 * MM, 35 * MM], rules=(("LINEABOVE", (0, -1), (-1, -1), 1.2, "black"), ("LINEBELOW", (0, -1), (-1, -1), 1.2, "black"))))
        rows: list[list[Flowable]] = []
        for one in costs:
            what = f"{one.what}. {one.note}" if one.note else one.what
            rows.append([
                Paragraph(markup(in_table(one.on)), kinds.cell), Paragraph(markup(what), kinds.cell), Paragraph(markup(COSTS[one.kind]), kinds.cell),
                Paragraph(in_pounds(one.pence), kinds.number), Paragraph(markup(sheet.mark(one.document)), kinds.number),
            ])  # fmt: skip
        parts += [heading("Each payment or loss", kinds.heading), table([_heads(("Day", "What for", "Kind", "Sum", "Proof"), (3, 4)), *rows], [36 * MM, 55 * MM, 33 * MM, 23 * MM, 18 * MM])]
        return parts

    return _drawn(title, sheet, story)


def effect_sheet(sheet: Sheet, effects: Sequence[Effect]) -> bytes:
    """What it did to the child, by date. What is hard to read stands on pages of its own at the end, so that nobody meets it by chance."""
    kinds = style.styles()
    title = f"What it has meant for {sheet.child}"

    def story() -> list[Flowable]:
        parts = _top(title, sheet)
        plain, hard = [one for one in effects if not one.hard], [one for one in effects if one.hard]
        if plain:
            parts += _told(plain, sheet)
        if hard:
            parts.append(Paragraph(markup(f"{count(len(hard), 'more entry', 'more entries')} that {'is' if len(hard) == 1 else 'are'} hard to read {'stands' if len(hard) == 1 else 'stand'} at the end, on a new page."), kinds.text))
            parts += [PageBreak(), heading("Hard to read", kinds.heading), *_told(hard, sheet)]
        return parts

    return _drawn(title, sheet, story)


def _told(effects: Sequence[Effect], sheet: Sheet) -> list[Flowable]:
    kinds = style.styles()
    parts: list[Flowable] = []
    for one in effects:
        mark = f" ({sheet.named(one.document)})" if one.document is not None else ""
        whose = f". {told}" if (told := one.told_by(sheet.child)) else ""
        day = Paragraph(markup(f"{in_words(one.on)}{mark}{whose}"), kinds.cell_bold)
        day.keepWithNext = True
        parts += [Spacer(1, 8), day, *(Paragraph(markup(line), kinds.text) for line in one.words.splitlines() if line.strip())]
    return parts
