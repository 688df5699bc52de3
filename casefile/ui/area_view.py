"""A page as it will be, with a frame that is drawn with the mouse or moved and sized by the arrow keys."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from casefile.services.documents import Drawn
from casefile.ui.page_view import PageView

Sides = tuple[float, float, float, float]
_STEP = 0.01
_KEYS = {
    Qt.Key.Key_Left: (-_STEP, 0.0), Qt.Key.Key_Right: (_STEP, 0.0), Qt.Key.Key_Up: (0.0, -_STEP), Qt.Key.Key_Down: (0.0, _STEP),
}  # fmt: skip


class AreaView(PageView):
    """Arrows move the frame, Shift with arrows makes it larger or smaller, Enter covers what is in it."""

    moved = Signal()
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.frame: Sides | None = None
        self._from: QPointF | None = None

    def show_drawn(self, drawn: Drawn, ratio: float) -> None:
        """Show another page; the frame goes."""
        self.frame = None
        self.show_page(drawn, (), ratio)

    def put(self, frame: Sides | None) -> None:
        """Set the frame: left, top, right, bottom as shares of the page."""
        self.frame = frame
        self.update()
        self.moved.emit()

    def _share(self, point: QPointF) -> tuple[float, float]:
        return min(max(point.x() / max(1, self.width()), 0), 1), min(max(point.y() / max(1, self.height()), 0), 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a frame."""
        self._from = event.position()
        self.setFocus()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the frame as far as the mouse is."""
        if self._from is not None:
            (x0, y0), (x1, y1) = self._share(self._from), self._share(event.position())
            self.put((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The frame stays until it is covered or drawn anew."""
        self._from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move or size the frame, or cover what is in it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.frame is not None:
            self.chosen.emit()
        elif event.key() in _KEYS:
            x, y = _KEYS[Qt.Key(event.key())]
            left, top, right, bottom = self.frame or (0.4, 0.4, 0.6, 0.44)
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                made = (left, top, max(left + _STEP, right + x), max(top + _STEP, bottom + y))
            else:
                made = (left + x, top + y, right + x, bottom + y)
            if min(made) >= -1e-6 and max(made) <= 1 + 1e-6:
                self.put(made)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, the frame, and the focus."""
        super().paintEvent(event)
        painter = QPainter(self)
        if self.frame is not None:
            left, top, right, bottom = self.frame
            area = QRectF(left * self.width(), top * self.height(), (right - left) * self.width(), (bottom - top) * self.height())
            painter.fillRect(area, QColor(0, 0, 0, 110))
            painter.setPen(QPen(QColor("#0A4FD6"), 2))
            painter.drawRect(area)
        if self.hasFocus():
            painter.setPen(QPen(QColor("#0A4FD6"), 2.5))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
