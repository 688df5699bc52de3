"""The shared parts of a page: buttons, cards, rows, columns, the empty page. Accessible by construction."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casefile.ui.text import Icon, Words, faint, heading
from casefile.ui.theme import BODY, LEAD, MEDIUM, REGULAR, SEMIBOLD, look

Act = Callable[[], object]
AnyBox = TypeVar("AnyBox", bound=QBoxLayout)


class Button(QPushButton):
    """A button that says what it does. ``kind``: empty, main, link, quiet, row, chip, fold, tab, place, left, inverse.

    ``name`` is what a screen reader says where the text alone is not enough ("How was this worked out: final plan").
    """

    def __init__(self, text: str, act: Act | None = None, *, icon: str = "", kind: str = "", name: str = "", keys: str = "") -> None:
        super().__init__(text.replace("&", "&&"))
        self.setProperty("kind", kind)
        self.setProperty("keys", bool(keys))
        self.kind, self.keys, self.picture = kind, keys, icon
        self.setFont(look.font(BODY, {"main": SEMIBOLD, "fold": SEMIBOLD, "place": REGULAR, "chip": REGULAR, "tab": REGULAR}.get(kind, MEDIUM)))
        if icon:
            role = {"main": "on_accent", "chip": "accent", "inverse": "page"}.get(kind, "text")
            self.setIcon(look.icon(icon, role))
            self.setIconSize(look.icon_size())
        self.setAccessibleName(name or text)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        # Polished now: heights asked for before that would be kept, and rows drawn over each other.
        self.ensurePolished()
        if act is not None:
            self.clicked.connect(lambda *_: act())

    def sizeHint(self) -> QSize:
        """Room for the text, the icon, and the keys at the right."""
        hint = super().sizeHint()
        if self.kind in ("tab", "seg-left", "seg-right"):  # chosen ones are drawn heavier
            bold = QFontMetrics(look.font(BODY, SEMIBOLD)).horizontalAdvance(self.text())
            return QSize(hint.width() + bold - self.fontMetrics().horizontalAdvance(self.text()) + 4, hint.height())
        extra = self.fontMetrics().horizontalAdvance(self.keys) + look.px(24) if self.keys else 0
        return QSize(hint.width() + extra, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and its keys at the right where it has any."""
        super().paintEvent(event)
        if self.keys:
            painter = QPainter(self)
            painter.setFont(look.font(BODY, REGULAR))
            painter.setPen(look.colour("on_accent" if self.kind == "main" else "text2"))
            inner = self.rect().adjusted(0, 0, -look.px(16), 0)
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self.keys)


def broken(text: str, wide: int) -> str:
    """A text in lines of at most ``wide`` pixels, for controls that cannot wrap by themselves; a word too long for a line is cut."""
    metrics, lines = QFontMetrics(look.font(BODY)), [""]
    for word in text.split(" "):
        while len(word) > 1 and metrics.horizontalAdvance(word) > wide:
            fits = max(1, bisect_left(range(len(word)), True, key=lambda end, word=word: metrics.horizontalAdvance(word[: end + 1]) > wide))  # type: ignore[misc]
            lines[len(lines) - (not lines[-1]) :] = [word[:fits], ""]
            word = word[fits:]
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > wide:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


class Check(QCheckBox):
    """A check box with a drawn tick. ``wide`` is the most room for its words in pixels; longer ones go on below."""

    def __init__(self, text: str, on: bool = False, *, wide: int = 0) -> None:
        super().__init__((broken(text, wide) if wide else text).replace("&", "&&"))
        self.setAccessibleName(text)
        self.setChecked(on)
        self.setMinimumHeight(look.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and the tick in it when it is on."""
        super().paintEvent(event)
        if self.isChecked():
            side = look.px(18)
            top = (self.height() - side) // 2
            QPainter(self).drawPixmap(look.px(2), top, side, side, look.picture("done", "on_accent", 18, space=0))


class Choice(QComboBox):
    """One of a few, as a list that opens. ``rows`` are (value, words)."""

    def __init__(self, name: str, rows: Sequence[tuple[object, str]], value: object = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        for entry, words in rows:
            self.addItem(words, entry)
        self.choose(value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small page: a long entry is shortened while the list is closed."""
        return QSize(look.px(120), super().minimumSizeHint().height())

    def choose(self, value: object) -> None:
        """Show the row of ``value``, where there is one."""
        for index in range(self.count()):
            if self.itemData(index) == value:
                self.setCurrentIndex(index)

    def value(self) -> object:
        """What is chosen."""
        return self.currentData()

    def wheelEvent(self, event: object) -> None:
        """A turning wheel scrolls the page; it never changes an answer in passing."""
        event.ignore()  # type: ignore[attr-defined]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field with a chevron."""
        super().paintEvent(event)
        side = look.px(18)
        QPainter(self).drawPixmap(
            self.width() - side - look.px(10), (self.height() - side) // 2, side, side, look.picture("chevron-down", "text", 18, space=0)
        )


def stack(*things: QWidget | QLayout | int, space: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Things one below the other; a number is a space in pixels, -1 one that stretches."""
    return _filled(QVBoxLayout(), things, space, margins)


def row(*things: QWidget | QLayout | int, space: int = 12, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Things side by side; a number is a space in pixels, -1 one that stretches."""
    return _filled(QHBoxLayout(), things, space, margins)


def wrapping(*things: QWidget | int, space: int = 12) -> QBoxLayout:
    """Things side by side, or one below the other when text is large."""
    if look.stacked:
        made: QBoxLayout = stack(*[thing for thing in things if not (isinstance(thing, int) and thing < 0)], space=space)
        for thing in things:
            if isinstance(thing, QPushButton):
                made.setAlignment(thing, Qt.AlignmentFlag.AlignLeft)
        return made
    return row(*things, space=space)


def _filled(layout: AnyBox, things: Sequence[QWidget | QLayout | int], space: int, margins: tuple[int, int, int, int]) -> AnyBox:
    layout.setSpacing(look.gap(space))
    layout.setContentsMargins(*(look.gap(side) for side in margins))
    for thing in things:
        if isinstance(thing, QWidget):
            layout.addWidget(thing)
            # A narrow thing would make a whole column count as narrow, and its texts as tall.
            if isinstance(layout, QVBoxLayout) and _narrow(thing):
                layout.setAlignment(thing, Qt.AlignmentFlag.AlignLeft)
        elif isinstance(thing, QLayout):
            layout.addLayout(thing)
        elif thing < 0:
            layout.addStretch(1)
        else:
            layout.addSpacing(look.gap(thing))
    return layout


def _narrow(thing: QWidget) -> bool:
    return thing.sizePolicy().horizontalPolicy() in (QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed) or thing.minimumWidth() == thing.maximumWidth()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and end it."""
    while layout.count():
        entry = layout.takeAt(0)
        inner = entry.widget()
        if inner is not None:
            inner.hide()
            inner.setParent(None)
            inner.deleteLater()
        elif entry.layout() is not None:
            clear(entry.layout())  # type: ignore[arg-type]


def line() -> QFrame:
    """A thin line between rows."""
    made = QFrame()
    made.setProperty("line", True)
    made.setFixedHeight(1)
    return made


class Card(QFrame):
    """A framed part of a page. ``kind``: true (plain), soft, error, empty, band."""

    def __init__(self, *things: QWidget | QLayout | int, kind: str = "true", space: int = 8, margin: int = 20) -> None:
        super().__init__()
        self.setProperty("card", kind)
        self.inner = stack(*things, space=space, margins=(margin, margin, margin, margin))
        self.setLayout(self.inner)


def scroller(content: QWidget, name: str = "") -> QWidget:
    """A part that scrolls up and down, and can be scrolled by keyboard when it is named.

    With large text it does not scroll by itself: then the whole page does, and nothing scrolls inside it.
    """
    return content if look.stacked else scrolling(content, name)


def scrolling(content: QWidget, name: str = "") -> QScrollArea:
    """A part that scrolls up and down by itself at every text size."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name else Qt.FocusPolicy.NoFocus)
    if name:
        area.setAccessibleName(name)
    return area


class Columns(QWidget):
    """Up to three columns side by side, or one below the other when text is large.

    Each part comes with its least and most width in pixels (0: it takes what is left). With ``fill`` the columns take
    the height of the window and scroll by themselves; else the page scrolls.
    """

    def __init__(self, *parts: tuple[QWidget, int, int], space: int = 16, fill: bool = False) -> None:
        super().__init__()
        self.fill = fill and not look.stacked
        layout: QBoxLayout = QVBoxLayout(self) if look.stacked else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.gap(space))
        for part, least, most in parts:
            if not look.stacked:
                # With larger text the column that takes what is left gives way first, so that all stay in the window.
                part.setMinimumWidth(look.px(least) if most else look.gap(least))
                if most:
                    part.setMaximumWidth(look.px(most))
            if self.fill:
                column = QVBoxLayout()
                column.addWidget(part, 1000)
                column.addStretch(1)
                layout.addLayout(column, 0 if most else 1)
            else:
                layout.addWidget(part, 0 if most and not look.stacked else 1)

    def hasHeightForWidth(self) -> bool:
        """Columns that fill the window have no height of their own."""
        return not self.fill and super().hasHeightForWidth()

    def sizeHint(self) -> QSize:
        """Filling columns ask for little, and take what there is."""
        return QSize(super().sizeHint().width(), look.px(300)) if self.fill else super().sizeHint()


class Faces(QStackedWidget):
    """One of several pages at a time. It takes the height there is; with large text it is as high as the page shown."""

    def hasHeightForWidth(self) -> bool:
        """Only with large text, when the whole page scrolls."""
        return look.stacked and self.currentWidget() is not None and self.currentWidget().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """What the shown page needs."""
        return self.currentWidget().heightForWidth(width) if self.currentWidget() is not None else -1

    def sizeHint(self) -> QSize:
        """Little, or what the shown page wants."""
        hint = self.currentWidget().sizeHint() if self.currentWidget() is not None else super().sizeHint()
        return hint if look.stacked else QSize(hint.width(), look.px(300))

    def minimumSizeHint(self) -> QSize:
        """Little, or the least of the shown page."""
        least = self.currentWidget().minimumSizeHint() if self.currentWidget() is not None else super().minimumSizeHint()
        return least if look.stacked else QSize(least.width(), min(least.height(), look.px(300)))

    def setCurrentIndex(self, index: int) -> None:
        """Show another page."""
        super().setCurrentIndex(index)
        self.updateGeometry()


class Empty(Card):
    """An empty page: what goes here, the one action that starts it, and what is safe."""

    def __init__(self, icon: str, title: str, text: str, actions: Sequence[QWidget], safe: Sequence[str] = (), more: QWidget | None = None) -> None:
        super().__init__(kind="empty", margin=24)
        inner = QWidget()
        inner.setMaximumWidth(look.px(600))
        parts: list[QWidget | QLayout | int] = [Icon(icon, "accent", 48), 12, heading(title, LEAD), Words(text), 4]
        if actions:
            parts.append(wrapping(*actions, -1))
        if safe:
            parts += [12, line(), 4]
            parts += [row(Icon("done", "accent"), Words(words), -1) for words in safe]
        if more is not None:
            parts += [8, more]
        inner.setLayout(stack(*parts, space=10))
        self.inner.addStretch(1)
        self.inner.addLayout(row(-1, inner, -1))
        self.inner.addStretch(1)
        self.starts = list(actions)


class Fold(QWidget):
    """A line that opens to more: the working of a date, something hard to read."""

    def __init__(self, title: str, inside: QWidget, *, is_open: bool = False, name: str = "") -> None:
        super().__init__()
        self.inside, self.title = inside, name or title
        self.button = Button(title, self.turn, icon="chevron-down" if is_open else "chevron-right", kind="fold")
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setLayout(stack(self.button, inside, space=4))
        self._show(is_open)

    def turn(self) -> None:
        """Open it, or close it."""
        self._show(not self.inside.isVisibleTo(self))

    def _show(self, is_open: bool) -> None:
        self.inside.setVisible(is_open)
        self.button.setIcon(look.icon("chevron-down" if is_open else "chevron-right"))
        self.button.setAccessibleName(f"{self.title}, {'open' if is_open else 'closed'}")


def header(title: str, purpose: str, *actions: QWidget) -> tuple[QBoxLayout, Words, Words]:
    """The head of a page: its title, one sentence of purpose, at most two actions at the right."""
    from casefile.ui.text import page_title

    name, words = page_title(title), faint(purpose)
    left = stack(name, words, space=6)
    if not actions:
        return left, name, words
    if look.stacked:
        return stack(left, wrapping(*actions), space=10), name, words
    right = row(*actions)
    right.setAlignment(Qt.AlignmentFlag.AlignTop)
    made = row(left, space=20)
    made.setStretch(0, 1)
    made.addLayout(right)
    return made, name, words
