"""Where one is in a row of pages: painted circles, a tick when done; steps already visited are buttons."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from casefile.ui.theme import BODY, MEDIUM, REGULAR, SEMIBOLD, look


class _StepButton(QPushButton):
    def __init__(self, number: int, title: str, act: Callable[[], object]) -> None:
        super().__init__(title)
        self.number, self.title, self.state = number, title, "ahead"
        self.setFixedHeight(look.px(34))
        self.clicked.connect(lambda *_: act())

    def show_as(self, state: str) -> None:
        self.state = state
        self.setEnabled(state in ("done", "here"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if state == "done" else Qt.FocusPolicy.NoFocus)
        said = {"done": "done", "here": "you are here", "ahead": "still to come"}[state]
        self.setAccessibleName(f"Step {self.number}: {self.title}, {said}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(look.font(BODY, SEMIBOLD)).horizontalAdvance(self.title)
        return QSize(look.px(34) + words + look.px(4), look.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px(26)
        circle = QRectF(1, (self.height() - side) / 2, side, side)
        here, done = self.state == "here", self.state == "done"
        painter.setPen(QPen(look.colour("accent" if here or done else "control"), 1.2))
        painter.setBrush(look.colour("accent") if here else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if done:
            tick = look.px(16)
            place = QRect(round(circle.center().x() - tick / 2), round(circle.center().y() - tick / 2), tick, tick)
            painter.drawPixmap(place, look.picture("done", "accent", 16, space=0))
        else:
            painter.setFont(look.font(BODY - 1, SEMIBOLD))
            painter.setPen(look.colour("on_accent" if here else "text2"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.number))
        painter.setFont(look.font(BODY, SEMIBOLD if here else MEDIUM if done else REGULAR))
        painter.setPen(look.colour("text" if here or done else "text2"))
        inner = QRect(side + look.px(8), 0, self.width() - side - look.px(8), self.height())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.title)


class _Bar(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(look.colour("control"), 1))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)


class Steps(QWidget):
    """The steps of a task. ``go`` is called with the number (0 is the first) of a step that was chosen.

    When text is large they give their room away: "Step 3 of 6" stands in the page's purpose line in any case.
    """

    def __init__(self, titles: Sequence[str], go: Callable[[int], object]) -> None:
        super().__init__()
        self.titles = list(titles)
        self.buttons = [_StepButton(number + 1, title, partial(go, number)) for number, title in enumerate(titles)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.px(6))
        if look.stacked:
            self.hide()
            return
        for number, button in enumerate(self.buttons):
            if number:
                layout.addWidget(_Bar(), 1)
            layout.addWidget(button)
        if len(self.buttons) < 4:
            layout.addStretch(2)

    def show_step(self, here: int, reached: int | None = None) -> None:
        """Mark step ``here`` (0 is the first); steps up to ``reached`` were visited and can be gone back to."""
        reached = here if reached is None else reached
        for number, button in enumerate(self.buttons):
            button.show_as("here" if number == here else "done" if number <= reached else "ahead")

    def sentence(self, here: int) -> str:
        """ "Step 5 of 6"."""
        return f"Step {here + 1} of {len(self.titles)}: {self.titles[here].lower()}"
