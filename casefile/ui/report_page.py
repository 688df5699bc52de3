"""A report's own page with the two highlighters on it: each marked sentence stands out by its band, its line and its letter."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from casefile.ui.open_case import OpenCase
from casefile.ui.page_view import Box, Mark, PageView
from casefile.ui.viewer import Viewer

LETTERS = "NPXC"
"""The keys that mark: need, provision, neither, clear."""
_LINE = Qt.PenStyle
_LOOKS: dict[str, tuple[str, str, Qt.PenStyle, float, str]] = {
    "need": ("#F7E2AE", "#7A4B00", _LINE.DotLine, 2.4, "N"),
    "provision": ("#CFE6E1", "#1B5A55", _LINE.SolidLine, 2.4, "P"),
    "neither": ("", "#5A5A5A", _LINE.SolidLine, 1.0, ""),
    "found": ("", "#5A5A5A", _LINE.DashLine, 1.6, ""),
}
"""For each mark: its band, its ink, its line and width in pixels, and its letter. A page is white in every theme."""
_LETTER = {kind: looks[4] for kind, looks in _LOOKS.items()}
_CHOSEN = "#0A4FD6"


class MarkedPage(PageView):
    """A page whose sentences can be chosen with the mouse. ``clicked`` tells the number of the sentence."""

    clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.chosen = -1
        self.lines: list[tuple[Mark, list[Box]]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show other marks; a sentence nobody marked keeps its place, so that it can be chosen."""
        super().show_marks(marks)
        self.lines = [(mark, lines_of(boxes)) for mark, boxes in self.boxes]

    def choose(self, number: int) -> None:
        """Frame another sentence."""
        self.chosen = number
        self.update()

    def first_mark(self) -> tuple[int, int] | None:
        """Where the chosen sentence begins, in pixels of this widget; None where it is on another page."""
        box = next((boxes[0] for mark, boxes in self.boxes if mark.number == self.chosen), None)
        return (round(box[0] / self.ratio), round(box[1] / self.ratio)) if box else None

    def draw_mark(self, painter: QPainter, mark: Mark, boxes: Sequence[Box]) -> None:
        """Draw one sentence: its band, its line, its letter at the side, and a frame while it is chosen."""
        areas = [self._area(line) for line in lines_of(boxes)]
        looks = _LOOKS.get(mark.kind)
        for area in areas if looks else ():
            band, ink, line, width, _ = looks or _LOOKS["found"]
            if band:
                self.band(painter, area, band)
            painter.setPen(QPen(QColor(ink), width, line))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
        if looks and looks[4]:
            side = min(20.0, max(11.0, areas[0].height() * 1.3))
            beside = sum(1 for other, lines in self.lines if other.number < mark.number and _LETTER.get(other.kind) and abs(self._area(lines[0]).center().y() - areas[0].center().y()) < side)
            edge = min(self._area(line).left() for _, lines in self.lines for line in lines)
            self.badge(painter, edge - (side + 2) * (beside + 1) - 3, areas[0].center().y(), looks[4], looks[1], side)
        if mark.number == self.chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(_CHOSEN), 2.5))
            for area in areas:
                painter.drawRect(area.adjusted(-2, -1, 2, 2))

    def _area(self, box: Box) -> QRectF:
        left, top, right, bottom = (side / self.ratio for side in box)
        return QRectF(left - 1, top, right - left + 2, bottom - top)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the sentence under the mouse."""
        for mark, lines in self.lines:
            if any(self._area(line).contains(event.position()) for line in lines):
                self.clicked.emit(mark.number)
                return
        super().mousePressEvent(event)


def lines_of(boxes: Sequence[Box]) -> list[Box]:
    """The words' boxes put together line by line, so that a band runs through."""
    numbered = []
    line, foot = 0, None
    for box in boxes:
        if foot is not None and box[1] >= foot - 1:
            line += 1
        foot = box[3]
        numbered.append((line, box))
    made = []
    for _, rows in groupby(numbered, key=lambda row: row[0]):
        found = [box for _, box in rows]
        made.append((min(box[0] for box in found), min(box[1] for box in found), max(box[2] for box in found), max(box[3] for box in found)))
    return made


class ReportPage(Viewer):
    """The pages of a report with their marks. ``picked`` tells a sentence, ``letter`` a key that marks, ``step`` one up or down."""

    picked = Signal(int)
    letter = Signal(str)
    step = Signal(int)

    def __init__(self, case: OpenCase) -> None:
        self.marked = MarkedPage()
        super().__init__(case, self.marked)
        self.marked.clicked.connect(self.picked)
        for part in (self.marked, self.area, self.blocks):
            part.installEventFilter(self)

    def show_report(self, document: int, marks: Sequence[Mark], chosen: Mark | None, page: int, said: str) -> None:
        """Show a report with its marks, at the page (0 is the first) of the chosen one; ``said`` is what a screen reader hears."""
        self.marked.chosen = chosen.number if chosen else -1
        if document != self.id or self.view is None or self.view.kind == "blocks":
            self.show_paper(document, marks, page)
        else:
            self.marks = marks
            self.opening = True
            if page != self.page:
                self.turn(page - self.page)
                self.opening = True
            else:
                self.marked.show_marks(marks)
                self._to_mark()
        self.marked.setAccessibleDescription(said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list hold on the page too."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            text = event.text().upper()
            if text and text in LETTERS:
                self.letter.emit(text)
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.step.emit(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)

    def focus_page(self) -> None:
        """Give the page the focus."""
        (self.marked if self.faces.currentIndex() == 0 else self.shown()).setFocus()
