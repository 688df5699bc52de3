"""Typing a week's sheet back in, in its own order; and sessions one by one, for two minutes at a time."""

import datetime as dt
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.dates import WEEKDAYS, count, in_words
from casefile.domain.sessions import OUTCOMES, Provision, Session
from casefile.errors import CaseFileError, Invalid
from casefile.services import provision_week
from casefile.services.provision import log_session, sessions_of
from casefile.services.provision_week import Question
from casefile.ui.dialogs import Dialog
from casefile.ui.form import Field
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Choice, clear, line, row, stack, wrapping
from casefile.ui.text import Words, faint, heading, strong
from casefile.ui.theme import LEAD, look

LEAVE = "leave"
"""An answer that keeps nothing."""
_ANSWERS = (("delivered", "Given", "Y"), ("part", "In part", "P"), ("missed", "Not given", "N"), ("absent", "Away", "A"), ("unknown", "Not known", "U"))


class WeekDialog(Dialog):
    """The rows of a printed week, numbered as they stand there; what is left alone stays as it is."""

    def __init__(self, parent: QWidget, case: OpenCase) -> None:
        self.case = case
        self.monday = case.today - dt.timedelta(days=case.today.weekday())
        weeks = [self.monday - dt.timedelta(weeks=back) for back in range(9)]
        self.week = Choice("Which week", [(one, f"From {in_words(one)}") for one in weeks], self.monday)
        self.week.activated.connect(lambda *_: self._other())
        self.rows: list[tuple[Provision, dt.date | None, Choice, Field]] = []
        self.column = QVBoxLayout()
        self.problem = Words("", role="error")
        self.problem.hide()
        inside = stack(strong("Which week"), self.week, 4, self.column, self.problem, space=6)
        self._fill()
        super().__init__(parent, "Type in a week", "The rows have the numbers of the printed sheet. Leave out what you do not have.", inside, "Keep these answers", keys="Ctrl+Enter", accepted_by=self._done)

    def _other(self) -> None:
        self._fill()
        QTimer.singleShot(0, self, self.grow)  # what is new counts once it is shown

    def _fill(self) -> None:
        clear(self.column)
        self.monday = self.week.value()  # type: ignore[assignment]
        rows = provision_week.week_rows(self.case.store, self.case.library, self.monday)
        days = provision_week.days_for(self.case.store, self.case.library, self.monday, rows)
        self.rows = []
        for number, ((one, fixed), on) in enumerate(zip(rows, days, strict=True), 1):
            name = f"{number}. {WEEKDAYS[fixed.weekday()]} {fixed.day}: {one.title}" if fixed else f"{number}. {one.title}"
            before = next((kept for kept in sessions_of(self.case.store, one) if kept.on == on), None)
            outcome = Choice(name, [(LEAVE, "Leave it out"), *OUTCOMES.items()], before.outcome if before else LEAVE)
            minutes = Field(str(before.minutes) if before and before.minutes is not None and before.outcome == "part" else "")
            minutes.setAccessibleName(f"Minutes given, row {number}")
            minutes.setMaximumWidth(look.px(90))
            part = QWidget()
            part.setLayout(row(minutes, faint("minutes"), -1, space=6, margins=(0, 0, 0, 0)))
            part.setVisible(outcome.value() == "part")
            outcome.activated.connect(partial(self._part, outcome, part))
            length = f", {one.minutes} minutes" if one.minutes else ""
            if number > 1:
                self.column.addWidget(line())
            self.column.addLayout(stack(Words(f"{name}{length}"), wrapping(outcome, part, -1), space=4))
            self.rows.append((one, on, outcome, minutes))
        if not rows:
            self.column.addWidget(Words("Nothing is due in this week.", role="text2"))

    def _part(self, outcome: Choice, part: QWidget, _: int) -> None:
        part.setVisible(outcome.value() == "part")
        QTimer.singleShot(0, self, self.grow)

    def _done(self) -> bool:
        try:
            entries = [self._entry(number, *each) for number, each in enumerate(self.rows, 1) if each[2].value() != LEAVE]
            kept = provision_week.log_week(self.case.store, entries, self.case.today)
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        self.case.tell(f"{count(kept, 'answer')} kept." if kept else "Nothing was changed.")
        return True

    def _entry(self, number: int, one: Provision, on: dt.date | None, outcome: Choice, minutes: Field) -> Session:
        """One row as a session. Raises ``Invalid`` naming the row."""
        if on is None:
            raise Invalid(f"Row {number}: the week has no school day left for it.", "Leave this row out.")
        typed = minutes.text().strip()
        if outcome.value() == "part" and not typed.isdecimal():
            raise Invalid(f"Row {number}: how many minutes were given is missing.", "Write the minutes in figures.")
        given = int(typed) if outcome.value() == "part" else None
        before = next((kept for kept in sessions_of(self.case.store, one) if kept.on == on), None)
        if before is not None and (before.outcome, before.minutes if given is not None else None) == (outcome.value(), given):
            return before  # what was kept with it (who said so, the paper) stays
        return Session(None, one.id or 0, on, outcome.value(), given)  # type: ignore[arg-type]


class OneByOne(Dialog):
    """One session at a time, each kept at once: stop whenever two minutes are over."""

    def __init__(self, parent: QWidget, case: OpenCase, found: list[Question]) -> None:
        self.case, self.found, self.at, self.kept = case, found, 0, 0
        self.asked, self.told, self.problem = heading("", LEAD), faint(""), Words("", role="error")
        self.problem.hide()
        self.minutes = Field("")
        self.minutes.setAccessibleName("Minutes given")
        self.minutes.setMaximumWidth(look.px(90))
        self.part = QWidget()
        self.part.setLayout(row(self.minutes, faint("minutes were given"), Button("Keep it", self._part), -1, space=8, margins=(0, 0, 0, 0)))
        self.minutes.returnPressed.connect(self._part)
        self.part.hide()
        self.buttons = [Button(words, partial(self._answer, outcome), keys=key, kind="row") for outcome, words, key in _ANSWERS]
        self.skip = Button("I will say later", self._next, kind="link")
        inside = stack(self.told, self.asked, 4, *self.buttons, self.part, self.problem, wrapping(self.skip, -1), space=6)
        self._show()
        super().__init__(parent, "One by one", "Each answer is kept at once. Stop when you like.", inside, "Stop", other="")
        for outcome, _, key in _ANSWERS:
            QShortcut(QKeySequence(key), self, partial(self._answer, outcome))

    def _show(self) -> None:
        done = self.at >= len(self.found)
        for button in (*self.buttons, self.skip):
            button.setVisible(not done)
        self.part.hide()
        if done:
            self.told.say("")
            self.asked.say(f"That was all. {count(self.kept, 'answer')} kept.")
            return
        one = self.found[self.at]
        length = f", {one.line.minutes} minutes" if one.line.minutes else ""
        self.told.say(f"{self.at + 1} of {len(self.found)}")
        self.asked.say(f"{in_words(one.on)}: {one.line.title}{length}")

    def _next(self) -> None:
        self.at += 1
        self._show()
        (self.buttons[0] if self.at < len(self.found) else self.main).setFocus()

    def _answer(self, outcome: str) -> None:
        if self.at >= len(self.found) or self.minutes.hasFocus():
            return
        if outcome == "part":
            self.part.show()
            self.minutes.clear()
            self.minutes.setFocus()
            QTimer.singleShot(0, self, self.grow)
            return
        self._keep(outcome, None)

    def _part(self) -> None:
        typed = self.minutes.text().strip()
        if self.at >= len(self.found):
            return
        if not typed.isdecimal():
            self.problem.say("Write the minutes in figures.")
            self.grow()
            return
        self._keep("part", int(typed))

    def _keep(self, outcome: str, minutes: int | None) -> None:
        one = self.found[self.at]
        try:
            log_session(self.case.store, Session(None, one.line.id or 0, one.on, outcome, minutes), self.case.today)  # type: ignore[arg-type]
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return
        self.problem.say("")
        self.case.tell("Logged.")
        self.kept += 1
        self._next()
