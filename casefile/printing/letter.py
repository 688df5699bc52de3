"""The letter as PDF: a window address, one run of numbers, room to sign, and the bottom right corner left free."""

import re
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, Spacer, Table

from casefile.domain.letter_notes import HEADS, TITLE, Note
from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import GAP, Draft
from casefile.printing import style
from casefile.printing.labelled import labelled
from casefile.printing.page import Look, footer, heading, page_count, render, table
from casefile.printing.style import BOLD, LEFT, MM, PAGE, TABLE_WIDTH, TEXT, Styles, markup

_SENDER = 118 * MM
_VALUE = 140 * MM
_RIGHT_EDGE = PAGE[0] - 20 * MM
_FEW = 6
"""So many papers enclosed may stand in plain lines where their table would fill a page of its own."""
_SHORT = 400
"""A last paragraph of at most so many letters stays with the signature."""
_LONG_DATE = re.compile(r"^(.*), ((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day[ \u00a0]\d{1,2}[ \u00a0][A-Z][a-z]+[ \u00a0]\d{4})$")


def with_gaps(text: str) -> str:
    """A statement's markup, with every gap in bold."""
    made, at = [], 0
    for gap in GAP.finditer(text):
        made += [markup(text[at : gap.start()]), "<b>", markup(gap[0]), "</b>"]
        at = gap.end()
    return "".join([*made, markup(text[at:])])


def references(draft: Draft) -> list[tuple[str, str]]:
    """What stands beside the address: date, your reference, ours, how it is sent; empty ones left out."""
    rows = [
        ("Date", draft.dated),
        ("Your ref", draft.reference),
        ("Our ref", draft.our_reference),
        ("Sent by", draft.sent_by),
    ]
    return [(label, value) for label, value in rows if value.strip()]


def enclosures(draft: Draft) -> list[tuple[str, str, str]]:
    """The papers enclosed, each as mark, title and date in words; empty where it has none."""
    made = []
    for words in draft.enclosed:
        mark = re.match(r"(E\d+): (.*)", words)
        title = mark[2] if mark else words
        dated = _LONG_DATE.match(title)
        made.append((mark[1] if mark else "", dated[1] if dated else title, dated[2] if dated else ""))
    return made


def what_it_is(draft: Draft) -> str:
    """The first words of the subject and the child's name, for footer and file title."""
    child = draft.about.split(", born", 1)[0].strip().rstrip(".")
    first = draft.subject.split(". ", 1)[0].strip().rstrip(".")
    return ". ".join(part for part in (first, child) if part)


def _fitted(
    lines: Sequence[str], width: float, choices: tuple[tuple[int, int, int], ...]
) -> tuple[int, int, list[str]]:
    """Lines broken to a width, in the first of the choices (size, leading, most lines) that holds them.

    Where none does they run on, with commas, in the last and smallest.
    """
    made: tuple[int, int, list[str]] = (0, 0, [])
    for size, lead, most in choices:
        made = size, lead, [part for line in lines for part in style.wrapped(line, TEXT, size, width)]
        if len(made[2]) <= most:
            return made
    return made[0], made[1], style.wrapped(", ".join(lines), TEXT, made[0], width)


def _window(canvas: Canvas, lines: Sequence[str], shift: tuple[float, float]) -> None:
    """The recipient where a window envelope shows it: six lines of 12 point, smaller only when they would not fit."""
    size, lead, fitted = _fitted(lines, 75 * MM, ((12, 14, 6), (11, 13, 7), (10, 12, 8)))
    y = PAGE[1] - (55 + shift[1]) * MM - size
    for line in fitted:
        style.draw_line(canvas, LEFT + shift[0] * MM, y, line, TEXT, size)
        y -= lead


def _sender(canvas: Canvas, lines: Sequence[str]) -> None:
    size, lead, fitted = _fitted(lines, _RIGHT_EDGE - _SENDER, ((12, 17, 5), (12, 14, 7), (10, 12, 8)))
    y = PAGE[1] - 20 * MM - size
    for line in fitted:
        style.draw_line(canvas, _SENDER, y, line, TEXT, size)
        y -= lead


def _references(canvas: Canvas, draft: Draft) -> None:
    y = PAGE[1] - 55 * MM - 12
    for label, value in references(draft):
        style.draw_line(canvas, _SENDER, y, label, BOLD, 12)
        for line in style.wrapped(value, TEXT, 12, _RIGHT_EDGE - _VALUE):
            style.draw_line(canvas, _VALUE, y, line, TEXT, 12)
            y -= 17
        y -= 1.2


def _painter(draft: Draft, shift: tuple[float, float]) -> Look:
    def paint(canvas: Canvas, page: int, total: int) -> None:
        if page == 1:
            _sender(canvas, draft.sender)
            _window(canvas, draft.recipient, shift)
            _references(canvas, draft)
            canvas.setLineWidth(0.75)
            for down in (105, 201):
                canvas.line(4 * MM, PAGE[1] - down * MM, 8 * MM, PAGE[1] - down * MM)
        named = ", ".join(part for part in (what_it_is(draft), draft.reference) if part)
        footer(canvas, f"Page {page} of {total}", (f"{named}.", draft.dated))

    return Look(_title(draft), paint, draft.signed, first_top=95.5 * MM)


def _large_painter(draft: Draft) -> Look:
    def paint(canvas: Canvas, page: int, total: int) -> None:
        first = draft.subject.split(". ", 1)[0].strip().rstrip(".")
        x = style.draw_line(canvas, LEFT, 10 * MM + 4, f"Page {page} of {total}", BOLD, 14)
        words = f". {first}." + (f" {draft.reference}" if draft.reference else "")
        lines = style.wrapped(words, TEXT, 14, PAGE[0] - style.STAMP_ZONE[0] - x)
        style.draw_line(canvas, x, 10 * MM + 4, lines[0] + ("…" if len(lines) > 1 else ""), TEXT, 14)

    return Look(_title(draft), paint, draft.signed)


def _title(draft: Draft) -> str:
    return f"{draft.subject}. {draft.about.split(', born', 1)[0]}".strip(". ")


def _body(draft: Draft, kinds: Styles) -> list[Flowable]:
    story: list[Flowable] = []
    parts = parts_of(draft.body)
    for before, part in zip([None, *parts], parts, strict=False):
        if part.role == "heading":
            story.append(heading(part.text, kinds.heading))
        elif part.rows:
            story += labelled(f"{part.number}. {with_gaps(part.text)}", [(label, with_gaps(words)) for label, words in part.rows], kinds, headed=before is not None and before.role == "heading")
        elif part.role == "item":
            story.append(Paragraph(with_gaps(part.text), kinds.item, bulletText=f"{part.number}."))
        else:
            story.append(Paragraph(with_gaps(part.text), kinds.text))
    return story


def _enclosed(draft: Draft, kinds: Styles, *, brief: bool) -> list[Flowable]:
    """The papers enclosed as a table; in large print the date stands below the title. ``brief`` sets them as plain lines."""
    papers = enclosures(draft)
    if brief:
        told = [f"<b>{markup(mark)}</b> {markup(', '.join(filter(None, (title, dated))))}" for mark, title, dated in papers]
        return [Paragraph(f"<b>Enclosed</b>:{'<br/>' if len(told) > 1 else ' '}{'<br/>'.join(told)}", kinds.wide)]
    large = kinds.cell.fontSize > 12
    heads, widths = (("Mark", "Paper"), (26, 139)) if large else (("Mark", "Paper", "Date"), (17, 82, 66))
    rows = [[Paragraph(f"<b>{label}</b>", kinds.cell) for label in heads]]
    for mark, title, dated in papers:
        words = [markup(title), markup(dated)]
        cells = ["<br/>".join(filter(None, words))] if large else words
        rows.append([Paragraph(markup(mark), kinds.cell_bold), *(Paragraph(cell, kinds.cell) for cell in cells)])
    count = f"{len(papers)} paper{'s' if len(papers) > 1 else ''}"
    opening = Paragraph(f"<b>Enclosed</b>: {count}", kinds.cell)
    made = table(rows, [width * MM for width in widths])
    return [KeepTogether([opening, made])] if len(rows) < 12 else [opening, made]


def _ending(draft: Draft, kinds: Styles, lead: float, last: Sequence[Flowable], *, brief: bool, full: bool) -> list[Flowable]:
    """From the ``last`` words of the body, which stay with the signature so that it never stands on a page of its own.

    ``full`` leaves less room to sign, and sets the relation beside the name.
    """
    signed: list[Flowable] = [
        Spacer(1, lead * 0.18),
        Paragraph(markup(draft.closing), kinds.cell),
        Spacer(1, (12 if full else 22) * MM),
        Paragraph(f"<b>{markup(draft.signed)}</b>{markup(f', {draft.relation}') if full and draft.relation else ''}", kinds.cell),
    ]
    if draft.relation and not full:
        signed.append(Paragraph(markup(draft.relation), kinds.cell))
    story: list[Flowable] = [KeepTogether([*last, *signed])]
    if draft.enclosed:
        story += [Spacer(1, lead * 0.45), *_enclosed(draft, kinds, brief=brief)]
    if draft.copied:
        story += [Spacer(1, lead * 0.2), Paragraph(f"<b>Copied to</b>: {markup('; '.join(draft.copied))}", kinds.wide)]
    return story


def _opening(draft: Draft, kinds: Styles) -> list[Flowable]:
    gap = kinds.text.leading
    story: list[Flowable] = [Paragraph(with_gaps(draft.salutation), kinds.cell), Spacer(1, gap * 0.28)]
    story += [heading(draft.subject, kinds.heading)]
    if draft.about:
        story += [Paragraph(with_gaps(draft.about), kinds.wide), Spacer(1, gap * 0.12)]
    return story


def _large_top(draft: Draft, kinds: Styles) -> list[Flowable]:
    """Recipient and sender side by side, then the references, in large print."""
    size = kinds.cell.fontSize
    needed = max((style.width_of(line, TEXT, size) for line in draft.sender), default=0) + 1
    right = min(max(80 * MM, needed), 95 * MM)
    widths = [TABLE_WIDTH - right, right]
    blocks = (draft.recipient, draft.sender)
    cells = [
        "<br/>".join(markup(part) for line in block for part in style.wrapped(line, TEXT, size, width - 9))
        for block, width in zip(blocks, (widths[0], right + 9), strict=True)
    ]
    rows = references(draft)
    shown = [rows[0][1], *(f"{label}: {value}" for label, value in rows[1:])]
    plain = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
             ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 0)]  # fmt: skip
    return [
        Table([[Paragraph(cell, kinds.cell) for cell in cells]], colWidths=widths, style=plain),
        Spacer(1, 5),
        *(Paragraph(markup(line), kinds.cell) for line in shown),
        Spacer(1, 10),
    ]


def _notes(notes: Sequence[Note], kinds: Styles) -> list[Flowable]:
    """What each fact rests on, on a page of its own behind the letter."""
    if not notes:
        return []
    large = kinds.cell.fontSize > 12
    rows = [[Paragraph(f"<b>{label}</b>", kinds.cell) for label in (("No.", *HEADS[1:]) if large else HEADS)]]
    for note in notes:
        cells = (Paragraph(markup(words), kinds.cell) for words in (note.words, note.rests_on))
        rows.append([Paragraph(markup(note.place), kinds.cell_bold), *cells])
    return [PageBreak(), heading(TITLE, kinds.heading), table(rows, [width * MM for width in (20, 60, 85)])]


def letter_pdf(
    draft: Draft, *, large: bool = False, shift: tuple[float, float] = (0, 0), notes: Sequence[Note] = ()
) -> bytes:
    """The letter as a PDF of A4 pages; the same draft gives the same bytes.

    ``large`` sets it in 18 point, to be posted flat. ``shift`` moves the window address right and down, in mm. ``notes``
    say behind the letter what each fact rests on.
    """
    def story(brief: bool, *, full: bool = False) -> list[Flowable]:
        kinds = style.styles(large, full=full)
        lead = kinds.text.leading
        body = _body(draft, kinds)
        short = body and isinstance(body[-1], Paragraph) and body[-1].style is kinds.text and len(draft.body.rsplit("\n\n", 1)[-1]) < _SHORT
        last = [body.pop()] if short else []
        return [*(_large_top(draft, kinds) if large else []), *_opening(draft, kinds), *body, *_ending(draft, kinds, lead, last, brief=brief, full=full), *_notes(notes, kinds)]  # fmt: skip

    look = _large_painter(draft) if large else _painter(draft, shift)
    made = render(look, lambda: story(False))
    pages = page_count(made)
    if 0 < len(draft.enclosed) <= _FEW and pages > 1:
        # A few papers need no table: as plain lines they may spare the reader a page that holds nothing else.
        brief = render(look, lambda: story(True), guess=pages - 1)
        if page_count(brief) < pages:
            return brief
    if pages == 2 and not notes and not large and len(draft.enclosed) <= _FEW:
        # One page is read before two: with lines as wide as a table's and less room to sign it may be one.
        full = render(look, lambda: story(True, full=True), guess=1)
        return full if page_count(full) == 1 else made
    return made
