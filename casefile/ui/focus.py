"""The focus ring: an overlay that follows the focus, outside buttons and inside fields, never covered."""

import contextlib

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from casefile.ui.theme import look

OUT = 5
"""How far the ring reaches outside a control, in pixels: 2 of page, then the ring of 2.5."""
_INSIDE = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractScrollArea)
_MOVED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest)


class _Ring(QWidget):
    """The drawn ring; it lies on a window and lets the mouse through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.colour("focus"))
        pen.setWidthF(2.5)
        painter.setPen(pen)
        radius = look.px(6) + (0 if self.inside else 2)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)


class FocusRing(QObject):
    """Shows where the focus is, in every window of ``app``; it ends with ``window``. Rows of lists draw their own, since the
    focus is one row and not the list."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self.ring: _Ring | None = None
        self.target: QWidget | None = None
        self.watched: list[QWidget] = []
        app.focusChanged.connect(self._moved)  # a method of this object: Qt lets go of it together with the object

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.follow(new)

    def follow(self, target: QWidget | None) -> None:
        """Stand around ``target`` from now on; around nothing where it draws its own ring."""
        for widget in self.watched:
            with contextlib.suppress(RuntimeError):  # Qt may have ended it already
                widget.removeEventFilter(self)
        self.watched = []
        alone = target is None or isinstance(target, QAbstractItemView) or target.window().windowType() == Qt.WindowType.Popup
        self.target = None if alone else target
        if self.target is None:
            if self.ring is not None and isValid(self.ring):
                self.ring.hide()
            return
        window = self.target.window()
        if self.ring is None or not isValid(self.ring) or self.ring.parentWidget() is not window:
            if self.ring is not None and isValid(self.ring):
                self.ring.deleteLater()
            self.ring = _Ring(window)
        step: QWidget | None = self.target
        while step is not None and step is not window:
            step.installEventFilter(self)
            self.watched.append(step)
            step = step.parentWidget()
        _into_view(self.target)
        self.place()

    def place(self) -> None:
        """Take the target's place and size, as far as the areas it scrolls in show it."""
        ring, target = self.ring, self.target
        if ring is None or target is None or not isValid(ring) or not isValid(target):
            return
        if not target.isVisible():
            ring.hide()
            return
        ring.inside = isinstance(target, _INSIDE)
        out = 0 if ring.inside else OUT
        window = target.window()
        area = QRect(target.mapTo(window, QPoint(0, 0)), target.size()).adjusted(-out, -out, out, out)
        seen = QRect(area)
        step = target.parentWidget()
        while step is not None and step is not window:
            holder = step.parentWidget()
            if isinstance(holder, QScrollArea) and holder.viewport() is step:
                seen &= QRect(step.mapTo(window, QPoint(0, 0)), step.size())
            step = holder
        if seen.isEmpty():
            ring.hide()
            return
        ring.setGeometry(area)
        if seen == area:
            ring.clearMask()
        else:
            ring.setMask(seen.translated(-area.topLeft()))
        ring.show()
        ring.raise_()
        ring.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move along when the target or what holds it moves."""
        if event.type() in _MOVED:
            QTimer.singleShot(0, self, self.place)
        return False


def _into_view(target: QWidget) -> None:
    """Scroll every area around the target so that it is seen whole; what is higher than its area stays where it is while any of it is seen."""
    step, shown = target.parentWidget(), target
    while step is not None:
        if isinstance(step, QScrollArea):
            view = step.viewport()
            high = shown.height() > view.height()
            if not (high and QRect(shown.mapTo(view, QPoint(0, 0)), shown.size()).intersects(view.rect())):
                step.ensureWidgetVisible(shown, OUT + 3, OUT + 3)
            if high:
                shown = step
        step = step.parentWidget()
