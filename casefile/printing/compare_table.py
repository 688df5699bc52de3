"""The table of two versions of a plan, line by line: what it said, what it says, what is wrong, what to write."""

import datetime as dt
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from casefile.domain.comparison import KINDS, Change, Comparison, marks
from casefile.domain.dates import in_words
from casefile.domain.plan_strength import Judge
from casefile.printing import style
from casefile.printing.labelled import labelled
from casefile.printing.page import Look, footer, heading, render
from casefile.printing.style import markup

_QUESTIONS = {"what": "what is given", "who": "who gives it", "how_often": "how often", "how_long": "for how long"}
CLOSING = "Where nothing is said here, I have not agreed to a change."


def _marked(text: str, spans: Sequence[tuple[int, int]], tag: str) -> str:
    """Text as markup with stretches between tags; every letter of the text goes through the one escape."""
    made, at = "", 0
    for start, end in spans:
        made += markup(text[at:start]) + f"<{tag}>{markup(text[start:end])}</{tag}>"
        at = end
    return made + markup(text[at:])


def _faults(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for word in words:
        at = text.lower().find(word.lower())
        if at >= 0 and not any(start < at + len(word) and at < end for start, end in found):
            found.append((at, at + len(word)))
    return sorted(found)


def problem_of(change: Change, judge: Judge) -> str:
    """What is wrong with a line of the council's, for a reply: the questions it leaves open and its words at fault."""
    if not change.before:
        return "The plan says nothing of this."
    if change.section_before not in ("F", "G", "H1", "H2"):
        return " ".join(change.why)
    found = judge(change.text_before)
    missing = [_QUESTIONS[element] for element in found.missing]
    said = [f"It does not say {', '.join(missing)}."] if missing else []
    return " ".join([*said, *(f"“{word.text}”: {word.why}" for word in found.words[:3])]) or "See the words in bold."


def _rows(change: Change, reply: bool, judge: Judge) -> list[tuple[str, str]]:
    out, new = marks(change.text_before, change.text_after) if change.before and change.after else ((), ())
    if reply:
        faults = _faults(change.text_before, [word.text for word in judge(change.text_before).words]) if change.before else []
        rows = [("The plan says", f"“{_marked(change.text_before, faults, 'u')}”" if change.before else "Nothing."), ("Problem", markup(problem_of(change, judge)))]
        wanted = f"“{_marked(change.text_after, new, 'b')}”" if change.after else "Please take this line out."
        return [*rows, ("Please write", wanted)]
    rows = [("Before", _marked(change.text_before, out, "u") if change.before else "No line like this."), ("After", _marked(change.text_after, new, "b") if change.after else "No line like this.")]
    notes = [*change.why, *(["The notice does not list this change."] if change.silent else [])]
    if notes:
        rows.append(("What changed", markup(" ".join(notes))))
    if change.minutes_before is not None or change.minutes_after is not None:
        was, now = ("not fixed" if minutes is None else f"{minutes:g}" for minutes in (change.minutes_before, change.minutes_after))
        rows.append(("Minutes a week", markup(f"Was {was}, now {now}.")))
    return rows


def _title(change: Change, number: int, reply: bool) -> str:
    item = (change.before or change.after)[0]
    page = f", page {change.before[0].page}" if change.before and change.before[0].page else ""
    kind = "" if reply else f". {KINDS[change.type][0]}"
    moved = f" (now Section {change.section_after or 'none'})" if change.type == "moved" and not reply else ""
    return f"{number}. Section {item.section or 'none'}, {item.key}{page}{kind}{moved}"


def compare_table(
    found: Comparison, title: str, heads: Sequence[str], about: str, today: dt.date, *, reply: bool, judge: Judge
) -> bytes:
    """The comparison as a PDF made on ``today``; with ``reply`` it asks for the wording of the second version."""
    kinds = style.styles()
    changes = [change for change in found.changes if change.type != "reworded_equal" or reply]
    key = "Words at fault are <u>underlined</u>. New words are in <b>bold</b>." if reply else "Words taken out are <u>underlined</u>. New words are in <b>bold</b>."

    def story() -> list[Flowable]:
        parts: list[Flowable] = [heading(title, kinds.title)]
        parts += [Paragraph(markup(words), kinds.text) for words in (f"{about}. Made {in_words(today)}." if about else f"Made {in_words(today)}.", *heads)]
        parts += [Paragraph(key, kinds.text), Spacer(1, 6)]
        if not changes:
            parts.append(Paragraph("No line changed.", kinds.text))
        for number, change in enumerate(changes, 1):
            parts += labelled(markup(_title(change, number, reply)), _rows(change, reply, judge), kinds)
        parts.append(Paragraph(markup(CLOSING if reply else "Section F is the council’s duty. Other sections bind less."), kinds.text))
        return parts

    def paint(canvas: Canvas, page: int, total: int) -> None:
        footer(canvas, f"Page {page} of {total}", (f"{title}. {about}", in_words(today)))

    return render(Look(title, paint), story)
