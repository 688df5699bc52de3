"""Fields with their labels, help and mistakes: name, buddy and description are set at once, so none can be forgotten."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from casefile.domain.dates import TypedDate, in_words, read_typed
from casefile.errors import Invalid
from casefile.ui.parts import row, stack
from casefile.ui.text import Icon, Words, faint, strong
from casefile.ui.theme import BODY, look

Reader = Callable[[], dt.date]


class Field(QLineEdit):
    """A one-line field. The label and help are set by ``Form.row`` or ``labelled``."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFont(look.font(BODY))


class TextBox(QPlainTextEdit):
    """A field of several lines; Tab leaves it, so that nobody is caught in it."""

    def __init__(self, text: str = "", lines: int = 4) -> None:
        super().__init__()
        self.setFont(look.font(BODY))
        self.setPlainText(text)
        self.setTabChangesFocus(True)
        self.setFixedHeight(round(self.fontMetrics().height() * lines * 1.15) + look.px(20))

    def text(self) -> str:
        """What was typed."""
        return self.toPlainText()


class DateField(QWidget):
    """A date as people type it, read back in words below. An empty field is no date; nonsense says what to do."""

    changed = Signal()

    def __init__(self, name: str, today: Reader, value: dt.date | None = None, *, approximate: bool = False) -> None:
        super().__init__()
        self.name, self.today = name, today
        self.edit = Field(_shown(value, approximate))
        self.edit.setAccessibleName(name)
        self.mark = Icon("deadlines", "accent")
        self.words = Words("", BODY, role="text")
        line = row(self.mark, self.words, space=6)
        line.setStretch(1, 1)
        self.setLayout(stack(self.edit, line, space=4))
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._read)
        self._read()

    def typed(self) -> TypedDate | None:
        """The date, or None where the field is empty. Raises ``Invalid`` for what is no date."""
        text = self.edit.text().strip()
        return read_typed(text, self.today()) if text else None

    def value(self) -> dt.date | None:
        """The day, or None where the field is empty or no date."""
        try:
            found = self.typed()
        except Invalid:
            return None
        return found.value if found else None

    def put(self, value: dt.date | None, *, approximate: bool = False) -> None:
        """Show another date."""
        self.edit.setText(_shown(value, approximate))

    def wrong(self) -> bool:
        """Whether what stands there is no date; the reason is shown below it."""
        try:
            self.typed()
        except Invalid:
            return True
        return False

    def _read(self) -> None:
        bad = False
        try:
            found = self.typed()
            about = "About " if found and found.approximate else ""
            words = f"{about}{in_words(found.value)}" if found else ""
            self.words.say(words, "text")
            self.mark.show_as("deadlines", "accent")
        except Invalid as problem:
            bad = True
            self.words.say(problem.advice or problem.message, "error")
            self.mark.show_as("warn", "error")
        self.mark.setVisible(bool(self.words.text()))
        self.edit.setProperty("bad", bad)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
        self.edit.setAccessibleDescription(self.words.text())
        self.changed.emit()


def _shown(value: dt.date | None, approximate: bool) -> str:
    if value is None:
        return ""
    words = in_words(value).split(" ", 1)[1]
    return f"about {words}" if approximate else words


def labelled(label: str, widget: QWidget, help_: str = "", *, optional: str = "") -> QVBoxLayout:
    """A field below its label, with a line of help under it. ``optional`` stands faint beside the label."""
    name = strong(label)
    name.setBuddy(widget)
    inner = widget.edit if isinstance(widget, DateField) else widget
    inner.setAccessibleName(label)
    inner.setAccessibleDescription(help_)
    top = row(name, faint(optional), -1, space=6) if optional else row(name, -1)
    made = stack(top, widget, space=5)
    if help_:
        made.addWidget(faint(help_))
    return made


class Form(QWidget):
    """A column of labelled fields."""

    def __init__(self) -> None:
        super().__init__()
        self.column = stack(space=14)
        self.setLayout(self.column)

    def row(self, label: str, widget: QWidget, help_: str = "", *, optional: str = "") -> QWidget:
        """Add a field with its label and help; gives the field back."""
        self.column.addLayout(labelled(label, widget, help_, optional=optional))
        return widget

    def add(self, widget: QWidget) -> QWidget:
        """Add something that needs no label of its own."""
        self.column.addWidget(widget)
        return widget


class PickField(QWidget):
    """A field with suggestions below it while typing: a council by any of its names, a kind of event."""

    chosen = Signal(object)

    def __init__(self, name: str, find: Callable[[str], list[tuple[object, str]]], text: str = "", *, most: int = 6) -> None:
        from casefile.ui.lines import Line, Lines

        super().__init__()
        self.search, self.most, self._line = find, most, Line
        self.value: object = None
        self.edit = Field(text)
        self.edit.setAccessibleName(name)
        self.list = Lines(f"Suggestions for {name.lower()}", fit=True)
        self.list.hide()
        self.setLayout(stack(self.edit, self.list, space=4))
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._typed)
        self.edit.installEventFilter(self)
        self.list.opened.connect(self._take)
        self.list.clicked_line.connect(self._take)

    def _typed(self, text: str) -> None:
        self.value = None
        self.chosen.emit(None)
        rows = self.search(text)[: self.most] if text.strip() else []
        self.list.fill([self._line(entry, words) for entry, words in rows])
        self.list.setVisible(bool(rows))

    def _take(self, entry: object) -> None:
        words = next((one.title for one in self.list.lines if one.id == entry), "")
        self.value = entry
        self.edit.setText(words)
        self.list.hide()
        self.edit.setFocus()
        self.chosen.emit(entry)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Down goes into the suggestions, Enter takes the first, leaving closes them."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and self.list.isVisible():
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.lines:
                self._take(self.list.lines[0].id)
                return True
        if isinstance(event, QFocusEvent) and event.type() == QFocusEvent.Type.FocusOut and not self.list.hasFocus():
            QTimer.singleShot(0, self, self._away)
        return False

    def _away(self) -> None:
        """The suggestions go once the focus has left both the field and them."""
        if not self.edit.hasFocus() and not self.list.hasFocus():
            self.list.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus goes to the field itself."""
        self.edit.setFocus()
