"""Today: where things stand, one next step, and one quick question."""

from functools import partial

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from casefile.domain.dates import count, in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.phrases import lowered
from casefile.domain.sessions import OUTCOMES, Outcome, Session
from casefile.services import provision, provision_week
from casefile.services.timeline import late_sentence
from casefile.services.today import Step, Today, today_of
from casefile.ui.deadline_words import key_of, lateness
from casefile.ui.parts import Button, Card, clear, line, row, stack, wrapping
from casefile.ui.screen import Screen
from casefile.ui.text import Status, Words, faint, heading, strong
from casefile.ui.theme import LEAD, look

_ANSWERS: tuple[tuple[Outcome, str, str], ...] = (
    ("delivered", "Yes, all of it", "done"), ("part", "Part of it", "part"), ("missed", "No", "missed"), ("unknown", "I don’t know", "unknown"),
)  # fmt: skip


class TodayScreen(Screen):
    """The next step first; then what the council owes, what the parent must do, and one question at the right."""

    name, title, icon = "today", "Today", "today"
    purpose = "Here is where things stand."
    watches = frozenset({"event", "document", "draft", "child", "contact", "closure", "provision", "session"})

    def build(self) -> None:
        """Two columns: the state of things, and a question."""
        self.head()
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column in (self.left, self.right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(look.gap(12))
        self.side = QWidget()
        self.side.setLayout(self.right)
        columns: QBoxLayout = QVBoxLayout() if look.stacked else QHBoxLayout()
        columns.setSpacing(look.gap(32))
        columns.addLayout(self.left, 1)
        columns.addWidget(self.side)
        if not look.stacked:
            self.side.setFixedWidth(look.gap(296))
        self.body.addLayout(columns)
        self.body.addStretch(1)
        self.main: QWidget | None = None
        self.question: QWidget | None = None
        self.skipped: set[str] = set()

    def first(self) -> QWidget | None:
        """The next step's button."""
        return self.main

    def panes(self) -> list[QWidget]:
        """The step, and the question."""
        return [pane for pane in (self.main, self.question) if pane is not None]

    def refresh(self) -> None:
        """Show where the case stands today."""
        now = today_of(self.case.store, self.case.library, self.case.today)
        child = self.case.child
        whose = f"{child.short}’s case stands" if child.name or child.known_as else "things stand"
        self.purpose_words.say(f"{in_words(self.case.today)}. Here is where {whose}.")
        for column in (self.left, self.right):
            clear(column)
        self.main = self.question = None
        self._step(now.step)
        self._owed(now)
        self._mine(now)
        self.left.addStretch(1)
        self._ask(now)
        self.right.addStretch(1)

    def _step(self, step: Step) -> None:
        if step.title in self.skipped:
            again = Button("Show it again", self._again, kind="link")
            self.left.addWidget(Card(faint("One next step"), strong("Left for another day"), again, kind="soft", space=6, margin=24))
            self.main = again
            return
        parts: list[QWidget | QBoxLayout] = [faint("One next step"), heading(step.title, LEAD), Words(step.why)]
        buttons: list[QWidget | int] = []
        if step.button:
            icon = {"letter": "letters", "documents": "documents", "deadlines": "deadlines", "doors": "door-open"}.get(step.action, "")
            self.main = Button(step.button, lambda: self._go(step), icon=icon, kind="main")
            buttons.append(self.main)
            if step.action in ("letter", "doors"):
                buttons.append(Button("Not today", lambda: self._skip(step)))
        why = Words(step.explain, role="text2")
        why.hide()
        link = Button("Why this step?", lambda: why.setVisible(not why.isVisible()), kind="link")
        buttons += [link, -1]
        self.main = self.main or link
        parts += [wrapping(*buttons), why]
        self.left.addWidget(Card(*parts, kind="soft", space=10, margin=24))

    def _go(self, step: Step) -> None:
        place = {"letter": "letters", "event": "log"}.get(step.action, step.action)
        self.open_requested.emit(place, step.target or None)

    def _skip(self, step: Step) -> None:
        self.skipped.add(step.title)
        self.refresh()

    def _again(self) -> None:
        self.skipped.clear()
        self.refresh()

    def _owed(self, now: Today) -> None:
        self.left.addSpacing(look.gap(12))
        self.left.addWidget(heading("What the council owes you"))
        shown = now.owed[:1]
        if not shown:
            self.left.addWidget(strong("Nothing is recorded as owed"))
            self.left.addWidget(faint("When a paper shows that a time limit has begun, it stands here."))
            return
        for one in shown:
            self._fact(one)
        rest_late = now.late - sum(1 for one in shown if one.state == "overdue")
        rest_coming = now.coming - sum(1 for one in shown if one.state != "overdue")
        words = []
        if rest_late:
            words.append(f"{rest_late} more {'is' if rest_late == 1 else 'are'} late.")
        if rest_coming:
            words.append(f"{rest_coming} {'is' if rest_coming == 1 else 'are'} coming.")
        if words:
            self.left.addWidget(line())
            told = faint(" ".join(words))
            link = Button("See all deadlines", lambda: self.open_requested.emit("deadlines", None), kind="link")
            self.left.addLayout(wrapping(told, link, -1))

    def _fact(self, one: Deadline) -> None:
        sentence = late_sentence(one)
        state = lateness(one, self.case.today)
        if one.state == "overdue":
            sentence = sentence.removesuffix(f" {count(one.days_late, 'day')} late.")
        words = row(Words(sentence), Status(*state), -1) if not look.stacked else stack(Words(sentence), Status(*state), space=4)
        link = Button("How was this worked out?", lambda: self.open_requested.emit("deadlines", key_of(one)), kind="link", name=f"How was this worked out: {one.title}")
        self.left.addLayout(stack(strong(one.title), words, link, space=3))

    def _mine(self, now: Today) -> None:
        self.left.addSpacing(look.gap(8))
        self.left.addWidget(heading("What you need to do"))
        mine = next((one for one in now.mine if one.due), None)
        if mine is None or mine.due is None:
            self.left.addWidget(strong("Nothing is due from you"))
            self.left.addWidget(faint("A last day of yours stands here as soon as one begins to run."))
            return
        soon = (mine.due - self.case.today).days <= 31
        title = mine.title if soon else "Nothing is due from you this month"
        safe = f" To be safe, do it by {in_words(mine.safe_date)}." if mine.safe_date and mine.safe_date != mine.due else ""
        last = f"The last day is {in_words(mine.due)}." if soon else f"Your next date is {in_words(mine.due)}: {mine.title.rstrip('.').lower()}."
        link = Button("How was this worked out?", lambda: self.open_requested.emit("deadlines", key_of(mine)), kind="link", name=f"How was this worked out: {mine.title}")
        self.left.addLayout(stack(strong(title), Words(last + safe), link, space=3))

    def _ask(self, now: Today) -> None:
        """One question that a tap answers: a session that nobody logged, what is late, or what a waiting paper is."""
        asked = provision_week.question(self.case.store, self.case.library, self.case.today)
        if asked is not None and f"session {asked.on}" not in self.skipped:
            self._session(asked)
            return
        late = next((one for one in now.owed if one.state == "overdue" and f"asked {key_of(one)}" not in self.skipped), None)
        if late is None:
            if now.unsorted:
                self._papers(now.unsorted)
            return
        yes = Button("Yes, it has come", lambda: self.open_requested.emit("deadlines", ("came", key_of(late))), icon="done", kind="left")
        no = Button("No, not yet", lambda: self._answered(late), icon="missed", kind="left")
        unsure = Button("I don’t know", lambda: self._answered(late), icon="unknown", kind="left")
        later = Button("Ask me later", lambda: self._answered(late), kind="link")
        due = faint(f"Due {in_words(late.due)}.") if late.due else faint("")
        self.question = yes
        self.right.addWidget(Card(faint("One quick question"), heading(f"Has this come: {lowered(late.title)}?"), 4, yes, no, unsure, 4, due, later, space=8))

    def _session(self, asked: provision_week.Question) -> None:
        line, on = asked.line, asked.on
        title = heading(f"Did {in_words(on).split(' ')[0]}’s {lowered(line.title)} happen?")
        buttons = [Button(words, partial(self._log_session, asked, outcome), icon=icon, kind="left") for outcome, words, icon in _ANSWERS]
        self.question = buttons[0]
        length = f", {line.minutes} minutes" if line.minutes else ""
        later = Button("Ask me later", partial(self._later, asked), kind="link")
        self.right.addWidget(Card(faint("One quick question"), title, 4, *buttons, 4, faint(f"{in_words(on)}{length}, from the plan’s line {line.item}."), later, space=8))

    def _log_session(self, asked: provision_week.Question, outcome: Outcome) -> None:
        one = Session(None, asked.line.id or 0, asked.on, outcome)
        if outcome == "part":
            from casefile.ui.ledger_dialogs import SessionDialog

            SessionDialog(self, self.case, asked.line, asked.on, one).exec()
            return
        self.case.do(lambda: provision.log_session(self.case.store, one, self.case.today), f"{asked.line.item}, {in_words(asked.on)}: {OUTCOMES[outcome].lower()}.")

    def _later(self, asked: provision_week.Question) -> None:
        self.skipped.add(f"session {asked.on}")
        self.refresh()

    def _answered(self, one: Deadline) -> None:
        self.skipped.add(f"asked {key_of(one)}")
        self.refresh()

    def _papers(self, waiting: int) -> None:
        button = Button("Sort the papers", lambda: self.open_requested.emit("documents", None), icon="documents", kind="left")
        self.question = button
        self.right.addWidget(Card(faint("Waiting for you"), heading(f"{count(waiting, 'paper')} to sort"), Words("A paper may hold a date that matters."), 4, button, space=8))
