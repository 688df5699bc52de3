"""Quick entry: who, what was said, what was promised, done. Kept as it is typed; it can be finished another day."""

import datetime as dt
import re

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QWidget

from casefile.domain.dates import in_words, read_typed
from casefile.errors import CaseFileError, Invalid
from casefile.services import diary
from casefile.services.diary import Entry
from casefile.ui.dialogs import Dialog
from casefile.ui.form import DateField, Field, Form, PickField, TextBox
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, row, stack, wrapping
from casefile.ui.text import Icon, Words

_KINDS = (
    ("call", "Phone call", "call"), ("meeting", "Meeting", "people"), ("letter_received", "Letter came", "letters"),
    ("letter_sent", "Letter sent", "letters"), ("note", "Note", "edit"),
)  # fmt: skip
_BY = re.compile(r"\b(?:by|before|on|until)\s+([^.;]+?)\s*$", re.IGNORECASE)


def promised_day(text: str, today: dt.date) -> dt.date | None:
    """The day a promise names ("… by Friday"), which lies ahead; None where it names none."""
    found = _BY.search(text.strip().rstrip("."))
    if not found:
        return None
    words = found[1].split()
    for many in range(min(4, len(words)), 0, -1):
        said = " ".join(words[:many])
        try:
            weekday = re.fullmatch(r"(?:next |this )?[A-Za-z]{3,9}day", said)
            value = read_typed(said if not weekday or said.lower().startswith(("next", "this")) else f"next {said}", today)
        except Invalid:
            continue
        return value.value if value.value >= today else None
    return None


class LogDialog(Dialog):
    """The quick entry over the window. Closing it keeps what was typed for later."""

    def __init__(self, parent: QWidget, case: OpenCase, kind: str = "") -> None:
        self.case = case
        kept = diary.unfinished(case.store) or Entry()
        self.kind = kind if kind in diary.KINDS else kept.kind
        self.kinds = QButtonGroup()
        buttons = []
        for name, words, icon in _KINDS:
            button = Button(words, icon=icon, kind="row")
            button.setCheckable(True)
            button.setChecked(name == self.kind)
            button.clicked.connect(lambda *_, name=name: self._choose(name))
            self.kinds.addButton(button)
            buttons.append(button)
        self.who = PickField("Who", self._people, kept.who)
        self.said = TextBox(kept.said, lines=3)
        self.promised = Field(kept.promised)
        self.day_mark, self.day_words = Icon("deadlines", "accent"), Words("")
        self.on = DateField("When", lambda: case.today)
        self.on.edit.setText(kept.on)
        form = Form()
        form.row("Who", self.who)
        form.row("What was said", self.said, optional="in their words, if you can")
        form.row("What was promised", self.promised, optional="and by when")
        promise = row(self.day_mark, self.day_words, -1, space=6)
        form.column.addLayout(promise)
        form.row("When", self.on)
        self.problem = Words("", role="error")
        self.problem.hide()
        kinds = stack(wrapping(*buttons[:3], -1, space=8), wrapping(*buttons[3:], -1, space=8), space=8)
        super().__init__(
            parent, "Log something", "Three short answers. You can add the rest another day.",
            stack(kinds, 4, form, self.problem), "Done", other="Keep for later", keys="Ctrl+Enter", accepted_by=self._done,
        )  # fmt: skip
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(400)
        self.timer.timeout.connect(self._keep)
        for changed in (self.who.edit.textChanged, self.said.textChanged, self.promised.textChanged, self.on.edit.textChanged):
            changed.connect(lambda *_: self.timer.start())
        self.promised.textChanged.connect(lambda _: self._promise())
        self._promise()
        self.who.edit.setFocus()

    def _people(self, typed: str) -> list[tuple[object, str]]:
        return [(words, words) for words in diary.who_before(self.case.store) if typed.casefold() in words.casefold()]

    def _choose(self, kind: str) -> None:
        self.kind = kind
        self.timer.start()

    def _promise(self) -> None:
        day = promised_day(self.promised.text(), self.case.today)
        self.day_words.say(in_words(day) if day else "")
        self.day_mark.setVisible(day is not None)

    def entry(self) -> Entry:
        """What is typed so far."""
        return Entry(self.kind, self.on.edit.text(), self.who.edit.text(), self.said.text(), self.promised.text())

    def _keep(self) -> None:
        try:
            diary.keep_unfinished(self.case.store, self.entry())
        except CaseFileError as problem:
            self._wrong(problem)

    def _wrong(self, problem: CaseFileError) -> None:
        self.problem.say(str(problem))
        self.grow()

    def _done(self) -> bool:
        day = promised_day(self.promised.text(), self.case.today)
        try:
            when = self.on.typed()
            if when is None:
                raise Invalid("The day is missing.", "Write today, or the day it happened.")
            self.timer.stop()
            diary.log(self.case.store, self.entry(), when.value, promised_by=day, approximate=when.approximate)
        except CaseFileError as problem:
            self._wrong(problem)
            return False
        self.case.tell("It is in the timeline.")
        return True

    def reject(self) -> None:
        """Close and keep what was typed."""
        self.timer.stop()
        self._keep()
        super().reject()
