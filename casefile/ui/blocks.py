"""The parts of a mail or Word file as widgets, with the words of each reason marked. Text is text: nothing in it is markup."""

from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from casefile.domain.blocks import Block, Grid, Paragraph, Picture
from casefile.domain.dates import in_words
from casefile.ui.page_view import Mark
from casefile.ui.plan_words import MarkedWords
from casefile.ui.text import Span, Words
from casefile.ui.theme import BODY, LEAD, REGULAR, SEMIBOLD

HIGHLIGHTERS = ("need", "provision")
"""The marks that stand out in running text."""


class _PictureBlock(QWidget):
    """A picture carried in a mail or Word file, no wider than the page."""

    def __init__(self, block: Picture) -> None:
        super().__init__()
        self.image = QPixmap()
        self.image.loadFromData(block.data)
        self.setAccessibleName(block.words or "A picture in this paper")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        wide = max(1, self.image.width())
        return round(self.image.height() * min(1.0, width / wide))

    def sizeHint(self) -> QSize:
        return QSize(min(self.image.width(), 600), self.heightForWidth(600))

    def paintEvent(self, event: QPaintEvent) -> None:
        wide = min(self.width(), self.image.width())
        QPainter(self).drawPixmap(QRect(0, 0, wide, self.heightForWidth(wide)), self.image)


def _highlighted(text: str, marks: Sequence[Mark]) -> Words | None:
    """The text with what the two highlighters marked in it; None where they marked nothing."""
    low = text.casefold()
    found = [(at, at + len(mark.quote), mark.kind) for mark in marks if mark.kind in HIGHLIGHTERS and mark.quote and (at := low.find(mark.quote.casefold())) >= 0]
    return MarkedWords(text, sorted(found)) if found else None


def _spans(text: str, marks: Sequence[Mark]) -> tuple[str, tuple[Span, ...]]:
    """The text with its marked words, each followed by its number."""
    found = sorted((at, mark.number) for mark in marks if mark.quote and not mark.kind and (at := text.casefold().find(" ".join(mark.quote.split()).casefold())) >= 0)
    spans: list[Span] = []
    shift = 0
    quotes = {mark.number: " ".join(mark.quote.split()) for mark in marks}
    for at, number in found:
        length = len(quotes[number])
        note = f" ({number})"
        end = at + shift + length
        text = text[:end] + note + text[end:]
        spans.append((at + shift, length + len(note), "soft"))
        shift += len(note)
    return text, tuple(spans)


def moment(text: str) -> str:
    """The date of a mail in words, with its time; as it stands where it is no date."""
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return text
    return f"{in_words(found.date())}, {found:%H:%M}"


def block_widgets(blocks: Sequence[Block], marks: Sequence[Mark]) -> list[QWidget]:
    """The parts of a mail or Word file as widgets. Text is text: nothing in it is read as markup."""
    made: list[QWidget] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            prefix = {"item": "•  ", "quote": "> "}.get(block.role, "")
            points, weight = (LEAD - 2 * (block.level - 1), SEMIBOLD) if block.role == "heading" else (BODY, REGULAR)
            words = _highlighted(prefix + block.text, marks)
            if words is None:
                text, spans = _spans(prefix + block.text, marks)
                words = Words(text, max(points, BODY), weight, "text2" if block.role == "quote" else "text", spans=spans)
            words.setContentsMargins(0, 0, 0, 0)
            if block.text.strip():
                made.append(words)
            made += [Words(f"Link to: {run.link}", role="text2") for run in block.runs if run.link and run.link not in run.text]
        elif isinstance(block, Grid):
            for number, cells in enumerate(block.rows):
                line = "   |   ".join(cell.strip() for cell in cells)
                text, spans = _spans(line, marks)
                made.append(_highlighted(line, marks) or Words(text, BODY, SEMIBOLD if number < block.head else REGULAR, measure=0, spans=spans))
        else:
            made.append(_PictureBlock(block))
    return made
