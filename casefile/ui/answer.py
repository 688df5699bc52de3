"""The answer to one question of a letter: words in a box, or one of a few choices as buttons in a column."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from casefile.domain.letters import Field
from casefile.ui.form import TextBox
from casefile.ui.parts import clear, stack
from casefile.ui.theme import look

LEFT_OUT = "I leave this out"
"""The choice that takes an answer back."""


class AnswerBox(QWidget):
    """Shows one question's answer and lets it be changed. ``changed`` is sent when the person changes it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = TextBox(lines=6)
        self.box.textChanged.connect(self.changed.emit)
        self.column = QVBoxLayout()
        self.column.setSpacing(look.gap(4))
        self.choices: tuple[str, ...] = ()
        self.buttons = QButtonGroup(self)
        self.setLayout(stack(self.box, self.column, space=0))
        self.setFocusProxy(self.box)

    def ask(self, field: Field) -> None:
        """Be the answer to this question."""
        self.box.setVisible(not field.choices)
        self.box.setAccessibleName(field.label)
        self.box.setAccessibleDescription(field.help)
        choices = (*field.choices, *(() if field.required or not field.choices else (LEFT_OUT,)))
        if choices != self.choices:
            self._make(choices)
        for button in self.buttons.buttons():
            button.setAccessibleDescription(f"{field.label} {field.help}".strip())

    def _make(self, choices: tuple[str, ...]) -> None:
        for old in self.buttons.buttons():
            self.buttons.removeButton(old)
        clear(self.column)
        self.choices = choices
        for words in choices:
            button = QRadioButton(words)
            button.setFont(look.font())
            button.setAccessibleName(words)
            button.clicked.connect(lambda *_: self.changed.emit())
            self.buttons.addButton(button)
            self.column.addWidget(button)
        self.setFocusProxy(self.buttons.buttons()[0] if choices else self.box)

    def text(self) -> str:
        """The answer; empty where none is given."""
        if not self.choices:
            return self.box.text()
        button = self.buttons.checkedButton()
        return button.text() if button is not None and button.text() != LEFT_OUT else ""

    def put(self, words: str) -> None:
        """Show an answer that is kept, without sending ``changed``."""
        if not self.choices:
            if self.box.text() != words:
                self.box.blockSignals(True)
                self.box.setPlainText(words)
                self.box.blockSignals(False)
            return
        # An exclusive group would keep its last answer checked when a new question has none yet.
        self.buttons.setExclusive(False)
        for button in self.buttons.buttons():
            button.setChecked(button.text() == (words or LEFT_OUT))
        self.buttons.setExclusive(True)
