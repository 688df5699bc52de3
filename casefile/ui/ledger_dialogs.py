"""Logging sessions, one or many, and following a line of the plan."""

import datetime as dt
from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QWidget

from casefile.domain.dates import WEEKDAYS, count
from casefile.domain.ledger import promise_words
from casefile.domain.sessions import OUTCOMES, Period, Provision, Session
from casefile.errors import CaseFileError, Invalid
from casefile.services import documents, provision
from casefile.ui.dialogs import Dialog, ask
from casefile.ui.form import DateField, Field, Form, TextBox
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Check, Choice, stack, wrapping
from casefile.ui.text import Words
from casefile.ui.week_grid import LOOKS

_PERIODS: tuple[tuple[Period, str], ...] = (
    ("day", "school day"), ("week", "week"), ("fortnight", "fortnight"), ("half_term", "half term"), ("term", "term"), ("month", "month"),
    ("year", "school year"), ("once", "once in all"),
)  # fmt: skip


def papers_rows(case: OpenCase) -> list[tuple[object, str]]:
    """Papers to choose from as evidence, the newest first."""
    return [(None, "No paper yet"), *((paper.id, paper.title) for paper in documents.all_documents(case.store)[:300])]


class SessionDialog(Dialog):
    """What became of a session: the line and the day are filled in, two taps are enough."""

    def __init__(self, parent: QWidget, case: OpenCase, line: Provision | None, day: dt.date | None, before: Session | None = None) -> None:
        self.case, self.before = case, before
        self.lines_ = {one.id: one for one in provision.provisions(case.store)}
        self.line = Choice("Which line of the plan", [(one.id, f"{one.item} {one.title}") for one in self.lines_.values()], line.id if line else None)
        self.outcome = before.outcome if before else "delivered"
        group = QButtonGroup()
        self.group = group
        buttons = []
        for name, words in OUTCOMES.items():
            icon = LOOKS[name][0] or "same"
            button = Button(words, icon=icon, kind="row")
            button.setCheckable(True)
            button.setChecked(name == self.outcome)
            button.clicked.connect(lambda *_, name=name: self._choose(name))
            group.addButton(button)
            buttons.append(button)
        self.day = DateField("On which day", lambda: case.today, day or case.today)
        self.minutes = Field(str(before.minutes) if before and before.minutes is not None else "")
        self.minutes_part = QWidget()
        part = Form()
        part.row("How many minutes were given", self.minutes)
        self.minutes_part.setLayout(part.column)
        self.reason, self.said = Field(before.reason if before else ""), Field(before.said_by if before else "")
        self.paper = Choice("The paper that shows it", papers_rows(case), before.document if before else None)
        self.problem = Words("", role="error")
        self.problem.hide()
        form = Form()
        form.row("Which line of the plan", self.line)
        form.row("On which day", self.day)
        form.add(self.minutes_part)
        form.row("Why", self.reason, optional="if you were told")
        form.row("Who said so", self.said, optional="if anybody did")
        form.row("The paper that shows it", self.paper)
        form.add(self.problem)
        rows = stack(*(wrapping(*buttons[at : at + 2], -1, space=8) for at in range(0, 6, 2)), space=8)
        super().__init__(parent, "Log a session", "If you are not sure, choose “Not known”. That is a good answer.", stack(rows, 4, form), "Log it", keys="Ctrl+Enter", accepted_by=self._done)
        self._choose(self.outcome)

    def _choose(self, outcome: str) -> None:
        self.outcome = outcome  # type: ignore[assignment]
        self.minutes_part.setVisible(outcome == "part")
        if hasattr(self, "area"):
            self.grow()

    def _done(self) -> bool:
        try:
            day = self.day.typed()
            if day is None:
                raise Invalid("The day is missing.", "Write the day, for example last Thursday.")
            text = self.minutes.text().strip()
            if self.outcome == "part" and not text.isdecimal():
                raise Invalid("How many minutes were given?", "Write the number, for example 20.")
            one = Session(
                self.before.id if self.before else None, int(str(self.line.value())), day.value, self.outcome, int(text) if self.outcome == "part" else None, None,
                self.reason.text().strip(), self.said.text().strip(), self.paper.value(), self.before.note if self.before else "",  # type: ignore[arg-type]
            )  # fmt: skip
            provision.log_session(self.case.store, one, self.case.today)
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        self.case.tell("Logged.")
        return True


class ManyDialog(Dialog):
    """A past term at once: "none since 8 September, told so in this mail"."""

    def __init__(self, parent: QWidget, case: OpenCase, line: Provision | None) -> None:
        self.case = case
        self.lines_ = {one.id: one for one in provision.provisions(case.store) if one.sessions is not None}
        self.line = Choice("Which line of the plan", [(one.id, f"{one.item} {one.title}") for one in self.lines_.values()], line.id if line else None)
        self.start, self.end = DateField("From", lambda: case.today), DateField("Until", lambda: case.today, case.today)
        self.outcome = Choice("What became of them", list(OUTCOMES.items()), "missed")
        self.reason, self.said = Field(), Field()
        self.paper = Choice("The paper that shows it", papers_rows(case))
        self.problem = Words("", role="error")
        self.problem.hide()
        form = Form()
        form.row("Which line of the plan", self.line)
        form.row("From", self.start, "For example: 8 September.")
        form.row("Until", self.end)
        form.row("What became of them", self.outcome)
        form.row("Why", self.reason, optional="if you were told")
        form.row("Who said so", self.said, optional="if anybody did")
        form.row("The paper that shows it", self.paper)
        form.add(self.problem)
        super().__init__(parent, "Log many at once", "Days you have logged already stay as they are.", form, "Log them", keys="Ctrl+Enter", accepted_by=self._done)

    def _done(self) -> bool:
        try:
            start, end = self.start.typed(), self.end.typed()
            if start is None or end is None:
                raise Invalid("The first or the last day is missing.", "Write both.")
            line = self.lines_[int(str(self.line.value()))]
            pattern = Session(None, line.id or 0, start.value, self.outcome.value(), None, None, self.reason.text().strip(), self.said.text().strip(), self.paper.value())  # type: ignore[arg-type]
            made = provision.log_span(self.case.store, self.case.library, line, start.value, end.value, pattern, self.case.today)
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        self.case.tell(f"{count(len(made), 'session')} logged.")
        return True


class LineDialog(Dialog):
    """A line of the plan that is followed: how much, how often, on which days, from when."""

    def __init__(self, parent: QWidget, case: OpenCase, line: Provision | None = None) -> None:
        self.case, self.before = case, line or Provision(None, "", "")
        one = self.before
        self.item, self.title_, self.who = Field(one.item), Field(one.title), Field(one.who)
        self.words = TextBox(one.words, lines=3)
        self.minutes, self.sessions = Field(str(one.minutes or "")), Field(f"{one.sessions:g}" if one.sessions else "")
        self.period = Choice("In each", _PERIODS, one.period)
        self.days = [Check(name, number in one.weekdays) for number, name in enumerate(WEEKDAYS[:5])]
        self.start, self.end = DateField("From", lambda: case.today, one.start), DateField("Until", lambda: case.today, one.end)
        self.problem = Words("", role="error")
        self.problem.hide()
        form = Form()
        form.row("Its number in the plan", self.item, "For example F1.")
        form.row("A short name", self.title_)
        form.row("The plan’s own words", self.words)
        form.row("Minutes of one session", self.minutes, optional="if the plan says")
        form.row("How many sessions", self.sessions, "Leave it empty if the plan gives no number. The line is then shown and not counted.")
        form.row("In each", self.period)
        form.column.addLayout(stack(Words("Usual days, if you know them"), wrapping(*self.days[:3], -1), wrapping(*self.days[3:], -1), space=4))
        form.row("From", self.start)
        form.row("Until", self.end, optional="if it has ended")
        form.row("Who gives it", self.who, optional="as the plan says")
        form.add(self.problem)
        super().__init__(parent, "Follow a line of the plan" if line is None else "Change this line", "", form, "Keep it", keys="Ctrl+Enter", accepted_by=self._done)

    def _number(self, field: Field, what: str) -> float | None:
        text = field.text().strip().replace(",", ".")
        if not text:
            return None
        try:
            return float(text)
        except ValueError:
            raise Invalid(f"{what} is {text!r}, which is no number.", "Write it in figures.") from None

    def _done(self) -> bool:
        try:
            item = self.item.text().strip()
            if not item:
                raise Invalid("The line’s number in the plan is missing.", "Write for example F1.")
            minutes, sessions = self._number(self.minutes, "The length"), self._number(self.sessions, "The number of sessions")
            start, end = self.start.typed(), self.end.typed()
            one = replace(
                self.before, item=item, title=self.title_.text().strip() or item, words=self.words.text().strip(), who=self.who.text().strip(),
                minutes=round(minutes) if minutes else None, sessions=sessions, period=self.period.value(),  # type: ignore[arg-type]
                weekdays=tuple(number for number, box in enumerate(self.days) if box.isChecked()),
                start=start.value if start else None, end=end.value if end else None,
            )  # fmt: skip
            provision.save(self.case.store, one)
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        self.case.tell(f"{one.item}: {promise_words(one)}.")
        return True


def confirm_removal(parent: QWidget, line: Provision) -> bool:
    """Ask before a line goes with all that was logged; it can be undone."""
    return ask(parent, f"Stop following {line.item}?", "What was logged for it goes too. Undo brings both back.", "Stop following it", "Keep it")
