"""What stands around every page: the places at the left, the bar on top, the undo bar and the progress below."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from casefile.ui.jobs import Job
from casefile.ui.parts import Button, Card, line, row, stack
from casefile.ui.text import Icon, Words, strong
from casefile.ui.theme import BODY, LEAD, REGULAR, SEMIBOLD, look


class PlaceButton(QPushButton):
    """One place of the sidebar: an icon, its name, and a quiet word at the right ("6 to sort")."""

    def __init__(self, icon: str, title: str, act: Callable[[], object], keys: str) -> None:
        super().__init__(title)
        self.icon_name, self.title, self.right = icon, title, ""
        self.setCheckable(True)
        self.setFixedHeight(look.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"Keys: {keys}")
        self.clicked.connect(lambda *_: act())

    def say(self, right: str) -> None:
        """Show a quiet word at the right."""
        self.right = right
        self.setAccessibleName(f"{self.title}, {right}" if right else self.title)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the name and the quiet word."""
        metrics = QFontMetrics(look.font(BODY, SEMIBOLD))
        return QSize(look.px(56) + metrics.horizontalAdvance(f"{self.title} {self.right}"), look.px(40))

    def minimumSizeHint(self) -> QSize:
        """At least its icon and name."""
        return QSize(look.px(56) + QFontMetrics(look.font(BODY, SEMIBOLD)).horizontalAdvance(self.title), look.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the place; the chosen one is a card with an edge, semibold."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(0, 0, -1, -1)
        chosen, over = self.isChecked(), self.underMouse()
        if chosen or over:
            painter.setBrush(look.colour("card" if chosen else "soft"))
            painter.setPen(QPen(look.colour("accent"), 2) if chosen and look.theme.edges else look.colour("line" if chosen else "soft"))
            painter.drawRoundedRect(area, look.px(6), look.px(6))
        side, x = look.px(20), look.px(12)
        painter.drawPixmap(x, (self.height() - side) // 2, side, side, look.picture(self.icon_name, "accent" if chosen else "text2", 20, space=0))
        painter.setPen(look.colour("text"))
        painter.setFont(look.font(BODY, SEMIBOLD if chosen else REGULAR))
        inner = QRect(x + side + look.px(12), 0, self.width() - x - side - look.px(24), self.height())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.title)
        if self.right:
            painter.setFont(look.font(BODY))
            painter.setPen(look.colour("text2"))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self.right)


class Sidebar(QWidget):
    """The child's chosen name, the places, hiding, and when the case was last saved."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[tuple[str, str, str]], hide: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(look.px(240))
        self.name = Words("", LEAD - 1, SEMIBOLD)
        self.strengths = Words("", BODY, REGULAR, "text2")
        self.places: dict[str, PlaceButton] = {}
        names = QVBoxLayout()
        names.setContentsMargins(look.px(12), 0, 0, 0)
        names.setSpacing(look.px(2))
        names.addWidget(self.name)
        names.addWidget(self.strengths)
        column = stack(names, 6, space=2, margins=(12, 20, 12, 14))
        for number, (name, title, icon) in enumerate(places, 1):
            button = PlaceButton(icon, title, partial(self.chosen.emit, name), f"Ctrl+{number % 10}")
            self.places[name] = button
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(line())
        column.addSpacing(look.px(6))
        self.hide_button = PlaceButton("lock", "Hide", hide, "Ctrl+L")
        self.hide_button.say("Ctrl+L")
        self.hide_button.setAccessibleName("Hide the case")
        self.hide_button.setCheckable(False)
        column.addWidget(self.hide_button)
        self.saved = Words("", BODY, REGULAR, "text2", wrap=False)
        column.addLayout(row(Icon("saved", "text2", 18), self.saved, -1, space=10, margins=(12, 6, 0, 0)))
        self.setLayout(column)

    def show_child(self, name: str, strengths: str) -> None:
        """Show the name the parent chose and, if wanted, the line of strengths."""
        self.name.say(name)
        self.strengths.say(strengths)

    def choose(self, name: str) -> None:
        """Mark the place that is open."""
        for entry, button in self.places.items():
            button.setChecked(entry == name)
            button.update()


class SearchField(QLineEdit):
    """The field that searches everything; its name and keys stand in it until something is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(look.font())
        self.setAccessibleName("Search everything")
        self.setAccessibleDescription("Keys: Ctrl+K")
        self.setFixedHeight(look.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextMargins(look.px(30), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, its icon, and what it does while it is empty."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = look.px(20)
        painter.drawPixmap(look.px(13), (self.height() - side) // 2, side, side, look.picture("search", "text2", 20, space=0))
        if self.text():
            return
        painter.setFont(look.font())
        painter.setPen(look.colour("text2"))
        inner = self.rect().adjusted(look.px(43), 0, -look.px(12), 0)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), "Search everything")
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), "Ctrl+K")


class UndoBar(QFrame):
    """What was just done, with the way back. It stays until the next change."""

    def __init__(self, undo: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("undobar")
        self.words = Words("", BODY, REGULAR, "page", measure=60)
        self.undo_button = Button("Undo", undo, icon="undo", kind="inverse")
        close = Button("Close", self.hide, kind="inverse", name="Close this message")
        inner = row(self.words, self.undo_button, close, space=12, margins=(16, 8, 12, 8))
        inner.setStretch(0, 1)
        self.setLayout(inner)
        self.hide()

    def say(self, words: str, *, undoable: bool) -> None:
        """Tell what was done."""
        self.words.say(words)
        self.undo_button.setVisible(undoable)
        self.setAccessibleName(words)
        self.show()


class ProgressPanel(Card):
    """Long work: what, how far, that one can go on working, and Stop."""

    def __init__(self) -> None:
        self.title = strong("")
        self.count = Words("", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the work is")
        self.detail = Words("You can go on working.", role="text2")
        self.stop = Button("Stop", self._stop, kind="row")
        top, below = row(self.title, self.count), row(self.detail, self.stop)
        top.setStretch(0, 1)
        below.setStretch(0, 1)
        super().__init__(top, self.bar, below, space=8, margin=16)
        self.job: Job | None = None
        self.hide()

    def follow(self, job: Job) -> None:
        """Show a job until it ends, and no longer the one before."""
        if self.job is not None:
            self.job.stepped.disconnect(self._stepped)
        self.job = job
        self.title.say(job.title)
        self.count.say("")
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.detail.say("You can go on working.")
        job.stepped.connect(self._stepped)
        self.show()

    def leave(self, job: Job) -> None:
        """The job has ended."""
        if job is self.job:
            self.job.stepped.disconnect(self._stepped)
            self.job = None
            self.hide()

    def _stepped(self, text: str, done: int, total: int) -> None:
        if total:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.count.say(f"{done:,} of {total:,}")
        if text:
            self.bar.setAccessibleDescription(text)

    def _stop(self) -> None:
        if self.job is not None:
            self.job.stop()
            self.stop.setEnabled(False)
            self.detail.say("Stopping…")


def topbar(parts: Sequence[QWidget], left: QWidget) -> QWidget:
    """The bar above every page: search (or the menu) at the left, then what is always at the right."""
    bar = QWidget()
    bar.setObjectName("topbar")
    bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    bar.setProperty("stacked", look.stacked)
    layout = QHBoxLayout(bar)
    layout.setContentsMargins(look.gap(32), look.gap(10), look.gap(32), look.gap(10))
    layout.setSpacing(look.gap(12))
    # The search field takes up to its most and gives way first; then the rest is empty.
    layout.addWidget(left, 1000)
    layout.addStretch(1)
    for part in parts:
        layout.addWidget(part)
    return bar
