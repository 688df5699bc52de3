"""A page as a picture, with the words of each reason marked on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from casefile.services.documents import Drawn
from casefile.ui.theme import BODY, SEMIBOLD, look


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered reason: the words on the page that it comes from. ``kind`` is how it is marked, where that is told apart."""

    number: int
    quote: str
    kind: str = ""


Box = tuple[int, int, int, int]
"""Left, top, right, bottom of a word, in pixels of the drawn page."""
_OPENING = 24


def places_of(quote: str, words: Sequence[tuple[str, int, int, int, int]]) -> list[Box]:
    """The boxes of a quote's words on a page, where they stand one after the other; empty where they do not.

    Only letters and figures count, so that a word cut at the end of a line is found. A long quote that goes on over the
    page is found by its first words.
    """
    owner: list[int] = []
    text = ""
    for number, word in enumerate(words):
        letters = _letters(word[0])
        text += letters
        owner += [number] * len(letters)
    opening = " ".join(quote.split()[:_OPENING])
    for wanted in (_letters(quote), _letters(opening)):
        start = text.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            if (start == 0 or owner[start - 1] != owner[start]) and (end == len(owner) or owner[end] != owner[end - 1]):
                return [(box[1], box[2], box[3], box[4]) for box in words[owner[start] : owner[end - 1] + 1]]
            start = text.find(wanted, start + 1)
    return []


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


class PageView(QWidget):
    """One page as a picture, with its marks. Pages stay white in every theme: they are somebody else's paper."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.words: Sequence[tuple[str, int, int, int, int]] = ()
        self.boxes: list[tuple[Mark, list[Box]]] = []
        self.ratio = 1.0

    def show_page(self, drawn: Drawn, marks: Sequence[Mark], ratio: float) -> None:
        """Show a drawn page; marks whose words are not on it are left out."""
        image = QImage(drawn.rgb, drawn.width, drawn.height, drawn.width * 3, QImage.Format.Format_RGB888)
        self.picture = QPixmap.fromImage(image)
        self.picture.setDevicePixelRatio(ratio)
        self.ratio = ratio
        self.words = drawn.words
        self.show_marks(marks)
        self.setFixedSize(round(drawn.width / ratio), round(drawn.height / ratio))

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show other marks on the same page."""
        self.boxes = [(mark, found) for mark in marks if (found := places_of(mark.quote, self.words))]
        self.update()

    def first_mark(self) -> tuple[int, int] | None:
        """Where the first marked words begin, in pixels of this widget; None without marks."""
        box = min((box for _, boxes in self.boxes for box in boxes[:1]), key=lambda one: one[1], default=None)
        return (round(box[0] / self.ratio), round(box[1] / self.ratio)) if box else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, a soft band behind each reason's words, and its number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self.picture)
        for mark, boxes in self.boxes:
            self.draw_mark(painter, mark, boxes)

    def draw_mark(self, painter: QPainter, mark: Mark, boxes: Sequence[Box]) -> None:
        """Draw one reason: a band behind its words, a line below them, its number beside the last."""
        light = "#1B5A55"
        for left, top, right, bottom in boxes:
            area = QRectF(left / self.ratio - 1, top / self.ratio, (right - left) / self.ratio + 2, (bottom - top) / self.ratio)
            self.band(painter, area, "#CFE6E1")
            painter.setPen(QPen(QColor(light), 1.6))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
        last = boxes[-1]
        self.badge(painter, last[2] / self.ratio + 4, (last[1] + last[3]) / 2 / self.ratio, str(mark.number), light, max(20, look.px(20)))

    def band(self, painter: QPainter, area: QRectF, colour: str) -> None:
        """A soft band behind words: the ink stays as dark as it is."""
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(area, QColor(colour))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def badge(self, painter: QPainter, x: float, middle: float, words: str, colour: str, side: float) -> None:
        """A filled circle of ``side`` pixels with a number or letter, whole inside the page."""
        circle = QRectF(min(max(2.0, x), self.width() - side - 2), middle - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(circle)
        painter.setPen("#FFFFFF")
        font = look.font(BODY - 1, SEMIBOLD)
        font.setPixelSize(min(QFontInfo(font).pixelSize(), round(side * 0.75)))
        painter.setFont(font)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, words)
