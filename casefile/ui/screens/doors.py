"""What can I do?: for something that went wrong, who can help, who cannot yet, and who cannot at all, each with why."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QStyleOptionComboBox, QVBoxLayout, QWidget

from casefile.domain.dates import count, in_words
from casefile.domain.door_letters import letter_for
from casefile.domain.failings import Door, Failing
from casefile.domain.phrases import lowered
from casefile.services import doors
from casefile.services.doors import Found
from casefile.services.timeline import deadlines_of
from casefile.ui.body_page import body_page
from casefile.ui.deadline_words import key_of
from casefile.ui.door_facts import FactsList
from casefile.ui.door_row import DoorRow
from casefile.ui.door_words import GROUPS, group_of, kinds_of, several, state_of
from casefile.ui.lines import Line, Lines
from casefile.ui.parts import Button, Card, Choice, Fold, clear, line, stack, wrapping
from casefile.ui.questions import RECORDED, AskDialog, event_asked, question_for, with_answer
from casefile.ui.remedies import remedies
from casefile.ui.screen import Screen
from casefile.ui.text import Words, faint, heading, strong
from casefile.ui.theme import look


class About(Choice):
    """What went wrong, as a list that opens; closed it says "About: …"."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Put the word before what is chosen."""
        super().initStyleOption(option)
        words = self.currentText()
        option.currentText = f"About: {lowered(words)}" if words else "Choose what went wrong"  # type: ignore[attr-defined]


class DoorsScreen(Screen):
    """The doors of one failing; at a press the page of one body."""

    name, title, icon = "doors", "What can I do?", "door-open"
    purpose = "Who can help with this, in which order, and why."
    watches = frozenset({"event", "document", "child", "closure", "told", "draft", "law", "session", "provision"})

    def build(self) -> None:
        """The choice of what went wrong in the head; below it the doors, or one body, or the list to choose from."""
        self.about = About("What went wrong", [], None)
        if not look.stacked:
            self.about.setMaximumWidth(look.px(440))
        self.about.activated.connect(lambda _: self.choose(self.about.value()))
        self.back_button = Button("Back to who can help", self.step_back, name="Back to who can help")
        self.back_button.hide()
        self.print_button = Button("Print", self.print_page, icon="print", name="Print who can help")
        self.head(self.about, self.print_button, self.back_button)
        self.doors_part, self.body_part, self.pick_part = QWidget(), QWidget(), QWidget()
        self.columns: list[QVBoxLayout] = []
        for part in (self.doors_part, self.body_part):
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(look.gap(10))
            self.columns.append(column)
            self.body.addWidget(part)
        self.list = Lines("What can go wrong", bold_titles=True, fit=look.stacked)
        self.list.opened.connect(self.choose)
        self.list.clicked_line.connect(self.choose)
        told = strong("Your record shows nothing that has gone wrong.")
        self.pick_part.setLayout(stack(told, faint("If something has, choose it here. Enter opens it."), self.list, space=6))
        self.body.addWidget(self.pick_part, 1)
        self.body.addStretch(0)
        self.failing, self.reading = "", ""
        self.found: dict[str, Found] = {}
        self.late: set[str] = set()
        self.shown: dict[str, Door] = {}
        self.rows: list[DoorRow] = []
        self.others_open = False
        self.facts: FactsList | None = None

    def first(self) -> QWidget | None:
        """The best door's button; the way back on a body's page; else the list."""
        if self.reading:
            return self.back_button
        if not self.failing:
            return self.list
        return self.rows[0].button if self.rows else self.about

    def panes(self) -> list[QWidget]:
        """The choice, then each door."""
        return [self.back_button] if self.reading else [self.list] if not self.failing else [self.about, *(row_.button for row_ in self.rows)]

    def show_thing(self, what: object) -> None:
        """Show the doors of a failing by its id, or of the limit that was missed (a rule, a deadline's key), or a body."""
        words, law = str(what), self.case.library.law
        if words in law.failings:
            self.choose(words)
            return
        if words in law.routes:
            own = [law.failings[id_] for id_ in (self.failing, *self.found) if id_]
            first = [one for one in law.failings.values() if words in one.first]
            fit = next((one for one in (*own, *first, *law.failings.values()) if words in one.doors), None)
            self.choose(fit.id if fit else self.failing)
            if words in self.shown:
                self.read(words)
            return
        rule = words.split("|")[0]
        shows = next((one.id for one in law.failings.values() if rule in one.rules), "")
        if shows:
            self.choose(shows)

    def choose(self, failing: object) -> None:
        """Show the doors of a failing; nothing chosen shows the list of all."""
        self.failing, self.reading = str(failing or ""), ""
        self.refresh()
        target = self.first()
        if target is not None and self.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        """Esc: from a body's page back to the doors. Returns whether there was a page to leave."""
        if not self.reading:
            return False
        was, self.reading = self.reading, ""
        self.refresh()
        again = next((row_.button for row_ in self.rows if row_.door.route == was), self.first())
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def read(self, route: str) -> None:
        """Show the page of a body."""
        self.reading = route
        self.refresh()
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Work out everything afresh."""
        case = self.case
        self.late = {one.rule for one in deadlines_of(case.store, case.library, case.today) if one.state == "overdue"}
        self.found = {one.failing.id: one for one in doors.failings_of(case.store, case.library, case.today)}
        if self.failing not in case.library.law.failings:
            self.failing = next(iter(self.found), "")
        self._fill_choice()
        self.shown = {}
        if self.failing:
            self.shown = {door.route: door for door in doors.doors_of(case.store, case.library, self.failing, case.today, tuple(self.found.values()))}
        if self.reading not in self.shown:
            self.reading = ""
        self.doors_part.setVisible(bool(self.failing) and not self.reading)
        self.body_part.setVisible(bool(self.reading))
        self.pick_part.setVisible(not self.failing)
        for part in (self.about, self.print_button):
            part.setVisible(bool(self.failing) and not self.reading)
        self.back_button.setVisible(bool(self.reading))
        for column in self.columns:
            clear(column)
        self.rows, self.facts = [], None
        if self.reading:
            self._body(self.shown[self.reading])
        elif self.failing:
            self._doors(case.library.law.failings[self.failing])
        else:
            self._list()
        self.title_words.say(self.shown[self.reading].title if self.reading else self.title)
        about = case.library.law.failings[self.failing].title if self.failing else ""
        self.purpose_words.say(f"About: {lowered(about)}." if self.reading else self.purpose)

    def _fill_choice(self) -> None:
        """What the record shows first, then every failing by what kind it is."""
        groups: list[tuple[str, list[Failing]]] = []
        if self.found:
            groups.append(("Your record shows", [one.failing for one in self.found.values()]))
        groups += kinds_of(tuple(self.case.library.law.failings.values()))
        self.about.clear()
        model = self.about.model()
        assert isinstance(model, QStandardItemModel)
        for title, part in groups:
            self.about.addItem(title, None)
            head = model.item(self.about.count() - 1)
            head.setEnabled(False)
            head.setFont(look.font(weight=strong("").weight))
            for failing in part:
                self.about.addItem(failing.title, failing.id)
        at = self.about.findData(self.failing) if self.failing else -1
        self.about.setCurrentIndex(at)

    def _list(self) -> None:
        lines: list[Line] = []
        for title, part in kinds_of(tuple(self.case.library.law.failings.values())):
            lines.append(Line(title, title, group=True))
            lines += [Line(failing.id, failing.title, failing.when) for failing in part]
        self.list.fill(lines)

    def _doors(self, failing: Failing) -> None:
        column = self.columns[0]
        self._what(failing)
        found = list(self.shown.values())
        best = next((door for door in found if door.usable), None)
        note = several(found)
        for group, title in GROUPS:
            part = [door for door in found if group_of(door) == group]
            if not part:
                continue
            column.addSpacing(look.gap(6))
            column.addWidget(heading(title))
            if group == "open" and note:
                column.addWidget(Words(note))
            card = Card(space=14, margin=18)
            for number, door in enumerate(part):
                if number:
                    card.inner.addWidget(line())
                card.inner.addWidget(self._row(failing, door, best=door is best))
            column.addWidget(card)
        column.addSpacing(look.gap(4))
        self._others([door for door in found if not group_of(door)])
        self.facts = FactsList(self.case, failing, found, tuple(self.found.values()), self.ask, lambda: self.open_requested.emit("timeline", None))
        column.addWidget(self.facts)
        shown = doors.remedies_of(self.case.library, failing.id)
        if shown.decisions:
            column.addWidget(Fold("What the Ombudsman has recommended", remedies(shown)))
        column.addStretch(1)

    def _what(self, failing: Failing) -> None:
        """What shows it, or when it counts as one; and what to beware of."""
        column, one = self.columns[0], self.found.get(failing.id)
        if one is None:
            column.addWidget(Words(f"When it counts: {failing.when}"))
        elif one.deadline is not None:
            key = key_of(one.deadline)
            link = Button("How was this worked out?", lambda: self.open_requested.emit("deadlines", key), kind="link")
            column.addLayout(wrapping(Words(one.why), link, -1))
        elif one.event is not None:
            number = one.event.id
            link = Button("See it in the timeline", lambda: self.open_requested.emit("timeline", number), kind="link")
            column.addLayout(wrapping(Words(one.why), link, -1))
        if failing.caution:
            column.addWidget(Words(failing.caution))

    def _row(self, failing: Failing, door: Door, *, best: bool) -> DoorRow:
        words, act = self._step(failing, door)
        route = self.case.library.law.routes[door.route]
        state = state_of(door, self.case.library.law.routes, best=best)
        main = best or (not any(one.usable for one in self.shown.values()) and not self.rows)
        made = DoorRow(door, route, state, words, act, lambda: self.read(door.route), main=main, says=failing.says.get(door.route, ""))
        self.rows.append(made)
        return made

    def _step(self, failing: Failing, door: Door) -> tuple[str, Callable[[], object]]:
        """The words of a door's one button, and what it does."""
        one = self.found.get(failing.id)
        letter = letter_for(door, failing, self.case.library.letters, one.deadline.rule if one and one.deadline else "", self.late)
        if letter is not None:
            return "Write this letter", lambda: self.open_requested.emit("letters", letter.id)
        if door.state == "depends" and door.ask:
            name = door.ask[0]
            return ("Add the day" if name in RECORDED else "Answer the question"), lambda: self.ask(name, door.route)
        return ("What to get ready" if door.state == "too_early" else "Read more"), lambda: self.read(door.route)

    def _others(self, rest: list[Door]) -> None:
        """The bodies that do not deal with this, put away; and where free advice is."""
        column = self.columns[0]
        inside = Card(space=10, margin=18)
        for number, door in enumerate(rest):
            if number:
                inside.inner.addWidget(line())
            read = Button("Read more", partial(self.read, door.route), kind="link", name=f"Read more: {door.title}")
            words = stack(strong(door.title), Words(door.because), space=2)
            inside.inner.addLayout(stack(words, read, space=2))
        inside.setVisible(self.others_open)
        self.others_button = Button("Hide them" if self.others_open else "Show them", lambda: self._turn_others(inside), kind="link", name="Places that do not deal with this")
        told = faint(f"{count(len(rest), 'other place')} {'does' if len(rest) == 1 else 'do'} not deal with this.")
        checked = faint(f"Law checked {in_words(self.case.library.law_checked)}.")
        advice = Button("Free advice", lambda: self.open_requested.emit("help", self.name), kind="link")
        column.addLayout(wrapping(told, self.others_button, -1, checked, advice, space=8))
        column.addWidget(inside)

    def _turn_others(self, inside: QWidget) -> None:
        self.others_open = not self.others_open
        inside.setVisible(self.others_open)
        self.others_button.setText("Hide them" if self.others_open else "Show them")

    def ask(self, name: str, route: str = "") -> None:
        """Ask one question, or for a day that belongs in the timeline; the doors follow at once.

        The focus then stands where it was: on the door ``route``, or in the list of what is known.
        """
        failing = self.case.library.law.failings[self.failing]
        if name in RECORDED:
            from casefile.ui.happened import HappenedDialog

            kind, detail = event_asked(name, failing)
            HappenedDialog(self, self.case, kind=kind, detail=detail).exec()
        else:
            complaints = doors.complaint_of(self.case.store, self.case.library, failing.id, self.case.today)[1]
            question, told = question_for(self.case.store, name, complaints), doors.told_of(self.case.store, failing.id)

            def keep(answer: object) -> None:
                changed = with_answer(told, question, answer)
                if changed != told:
                    self.case.do(lambda: doors.tell(self.case.store, changed), "Your answer is kept.")

            AskDialog(self, question, getattr(told, question.field), self.case.today, keep).exec()
        again = next((row_.button for row_ in self.rows if row_.door.route == route), None)
        target = again or (self.facts.buttons.get(name) if self.facts else None) or self.first()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_page(self) -> None:
        """Show the doors of this failing as they will print."""
        from casefile.services.door_sheet import door_sheet
        from casefile.ui.paper import show_paper

        case, failing, found = self.case, self.case.library.law.failings[self.failing], list(self.shown.values())
        best, one = next((door for door in found if door.usable), None), self.found.get(self.failing)
        parts = [
            (title, [(door, state_of(door, case.library.law.routes, best=door is best)[0]) for door in found if group_of(door) == group])
            for group, title in GROUPS
        ]  # fmt: skip
        why = [one.why if one else f"When it counts: {failing.when}", failing.caution, several(found)]
        made = case.do(lambda: door_sheet(case.store, case.library, failing, [words for words in why if words], parts, case.today))
        if made is not None:
            show_paper(self, case, made, f"{self.title} {failing.title}")

    def _body(self, door: Door) -> None:
        law = self.case.library.law
        failing, route = law.failings[self.failing], law.routes[door.route]
        words, act = self._step(failing, door)
        step = (words, act) if words not in ("Read more", "What to get ready") else None
        before = [law.routes[id_] for id_ in door.first if id_ in law.routes]
        self.columns[1].addWidget(body_page(door, route, state_of(door, law.routes), before, step))
        self.columns[1].addStretch(1)
