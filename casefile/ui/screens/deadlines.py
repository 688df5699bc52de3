"""Deadlines: every legal date of the case, late ones first, each with its whole working."""

from pathlib import Path

from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from casefile.domain.dates import in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.events import Event
from casefile.domain.kind_words import kind_words
from casefile.errors import NotFound
from casefile.services import documents, timeline
from casefile.services.timeline import deadlines_of, late_sentence
from casefile.ui.deadline_words import key_of, lateness
from casefile.ui.dialogs import Dialog, choose_target
from casefile.ui.form import DateField, Form
from casefile.ui.lines import Line, Lines
from casefile.ui.missing import missing_buttons, next_move, waiting_words
from casefile.ui.month import Month
from casefile.ui.parts import Button, Card, Choice, Columns, Empty, Faces, Fold, clear, row, scroller, stack, wrapping
from casefile.ui.screen import Screen
from casefile.ui.screens.terms import closures_matter
from casefile.ui.text import Status, Words, heading
from casefile.ui.theme import LEAD
from casefile.ui.working import UNREAD, working

GROUPS = (("late", "Late"), ("coming", "Coming"), ("mine", "For you"), ("done", "Done"), ("open", "Not known yet"))
_SHOWN = (("all", "Show all"), ("late", "Only late"), ("theirs", "Only theirs"), ("mine", "Only mine"))


def group_of(one: Deadline) -> str:
    """Which part of the list a deadline stands in."""
    if one.state == "overdue":
        return "late"
    if one.state in ("met", "met_late", "passed"):
        return "done"
    if one.state == "cannot_tell":
        return "open"
    return "mine" if one.mine else "coming"


def fits(one: Deadline, wanted: str) -> bool:
    """Whether a deadline belongs to what is shown: all, late, theirs or mine."""
    return {"late": one.state == "overdue", "theirs": not one.mine, "mine": one.mine}.get(wanted, True)


class DeadlinesScreen(Screen):
    """A list of dates at the left, the chosen one's working at the right; or a month."""

    name, title, icon = "deadlines", "Deadlines", "deadlines"
    purpose = "Every legal date in this case, and how each one was worked out."
    watches = frozenset({"event", "document", "child", "draft", "closure"})

    def build(self) -> None:
        """The list and its detail, the month, and the page that says what is missing."""
        self.list_button = Button("List", lambda: self._face(0), kind="seg-left")
        self.month_button = Button("Calendar", lambda: self._face(1), kind="seg-right")
        for button in (self.list_button, self.month_button):
            button.setCheckable(True)
        faces = QWidget()
        faces.setLayout(row(self.list_button, self.month_button, space=0))
        faces.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.shown = Choice("Which dates to show", _SHOWN, "all")
        self.shown.activated.connect(lambda _: self.refresh())
        self.head(self.shown, faces)
        self.found: dict[object, Deadline] = {}
        self.list = Lines("Dates", bold_titles=True)
        self.list.picked.connect(self._show)
        self.list.letter.connect(lambda letter: self.print_one() if letter == "P" else None)
        self.detail = QVBoxLayout()
        self.detail.setContentsMargins(0, 0, 0, 0)
        card = Card(self.detail, -1, margin=24)
        self.side = scroller(card, "How this date was worked out")
        self.columns = Columns((self.list, 300, 344), (self.side, 400, 0), space=20, fill=True)
        self.month = Month()
        self.month.picked.connect(self._from_month)
        self.faces = Faces()
        self.faces.addWidget(self.columns)
        self.faces.addWidget(scroller(self.month))
        self.empty = Empty(
            "deadlines", "No dates yet", "Two or three things that happened are enough: the day you asked for an assessment, or a letter from the council.",
            [Button("Say what happened", self._happened, icon="plus", kind="main"), Button("Add papers", lambda: self.open_requested.emit("documents", None), icon="documents")],
            ["Nothing is counted from a date that is not recorded.", "Each date shows how it was counted, and where the rule is written."],
        )  # fmt: skip
        self.body.addWidget(self.faces, 1)
        self.body.addWidget(self.empty, 1)
        save = Button("Save for a calendar program", self._save, icon="deadlines", kind="link")
        more = Button("Say what happened", self._happened, icon="plus", kind="link")
        self.stage_button = Button("Say when your child changes school", self._move, icon="plus", kind="link")
        self.below = QWidget()
        kept = Button("Scorecard", lambda: self.open_requested.emit("scorecard", None), icon="law", kind="link", name="Scorecard: how the law was kept")
        self.below.setLayout(wrapping(more, self.stage_button, kept, save, -1, space=20))
        self.body.addWidget(self.below)
        self._face(0)

    def first(self) -> QWidget | None:
        """The list, or the first action of the empty page."""
        return self.list if self.found else self.empty.starts[0]

    def panes(self) -> list[QWidget]:
        """The list, then the working."""
        return [self.list, self.side]

    def _face(self, number: int) -> None:
        self.faces.setCurrentIndex(number)
        self.list_button.setChecked(number == 0)
        self.month_button.setChecked(number == 1)

    def refresh(self) -> None:
        """Work out every date afresh."""
        everything = deadlines_of(self.case.store, self.case.library, self.case.today)
        self.found = {key_of(one): one for one in everything if fits(one, str(self.shown.value()))}
        lines: list[Line] = []
        for group, title in GROUPS:
            part = [(key, one) for key, one in self.found.items() if group_of(one) == group]
            if part:
                lines.append(Line(group, title, group=True))
            lines += [Line(key, one.title, self._due(one), status=lateness(one, self.case.today)) for key, one in part]
        self.list.fill(lines)
        known = bool(everything)
        self.faces.setVisible(known)
        self.below.setVisible(known)
        # The dates before a move run in a plan only, and nobody but the parent knows the year.
        kinds = {event.kind for event in timeline.events_of(self.case.store)}
        self.stage_button.setVisible("plan_finalised" in kinds and "transfer_year" not in kinds)
        self.empty.setVisible(not known)
        self.month.show_dates(list(self.found.values()), self.case.today)
        self._show(self.list.current())

    def _due(self, one: Deadline) -> str:
        if one.due is None:
            return waiting_words(one, self.case.library)
        return f"{'Last day' if one.mine else 'Due'} {in_words(one.due)}"

    def show_thing(self, what: object) -> None:
        """Show one date; with ("came", key) also ask when it came."""
        came = isinstance(what, tuple)
        key = what[1] if isinstance(what, tuple) else what
        self.shown.choose("all")
        self.refresh()
        match = key if key in self.found else next((entry for entry in self.found if str(entry).split("|")[0] == key), None)
        self._face(0)
        self.list.choose(match)
        if came and match is not None:
            self._came(self.found[match])

    def _from_month(self, key: object) -> None:
        self._face(0)
        self.list.choose(key)
        self.list.setFocus()

    def _show(self, key: object) -> None:
        one = self.found.get(key)
        clear(self.detail)
        if one is None:
            self.detail.addWidget(Words("Nothing fits this choice. Choose “Show all” above."))
            return
        sentence = late_sentence(one) if not one.mine else self._mine(one)
        inside = working(one, self.case.today, self._title, lambda id_: self.open_requested.emit("documents", id_))
        parts: list[QWidget] = [heading(one.title, LEAD), Words(sentence)]
        if one.ask and one.state == "cannot_tell":
            asking = QWidget()
            asking.setLayout(wrapping(*missing_buttons(self, self.case, one, lambda: self.open_requested.emit("settings", "born")), -1))
            parts += [Words(f"{waiting_words(one, self.case.library)}."), asking]
        if one.confidence in UNREAD:
            parts.append(Status("look", UNREAD[one.confidence], "look"))
        for part in (*parts, Fold("How was this worked out?", inside, is_open=True, name=f"How was this worked out: {one.title}")):
            self.detail.addWidget(part)
        self.detail.addLayout(self._actions(one))

    def _mine(self, one: Deadline) -> str:
        if one.due is None:
            return late_sentence(one)
        safe = f" To be safe, do it by {in_words(one.safe_date)}." if one.safe_date and one.safe_date != one.due else ""
        return f"The last day is {in_words(one.due)}.{safe}"

    def _title(self, id_: int) -> str:
        try:
            return documents.document(self.case.store, id_).title
        except NotFound:
            return "a paper that is no longer here"

    def _actions(self, one: Deadline) -> QBoxLayout:
        buttons: list[QWidget | int] = []
        template = next((form for form in self.case.library.letters if one.rule in form.rules), None)
        if template is not None and one.state in ("overdue", "met_late"):
            office = self.case.library.directory.office(template.to_office)
            words = "Write to the council" if office is None or office.organisation == "council" else "Write the letter"
            buttons.append(Button(words, lambda: self.open_requested.emit("letters", template.id), icon="letters", kind="main"))
        if one.state in ("overdue", "met_late") and any(one.rule in failing.rules for failing in self.case.library.law.failings.values()):
            buttons.append(Button("What can I do?", lambda: self.open_requested.emit("doors", key_of(one)), icon="door-open", kind="main" if not buttons else ""))
        rule = self.case.library.rule(one.rule)
        if one.state in ("overdue", "coming", "due_soon") and rule.ends:
            buttons.append(Button("I have done it" if one.mine else "It has come", lambda: self._came(one), icon="done"))
        more: list[QWidget | int] = []
        if one.due is not None and closures_matter(rule):
            more.append(Button("School holidays", lambda: self.open_requested.emit("terms", None), kind="link", name="School holidays: the days when the school is shut"))
        if one.stage == "review":
            more.append(Button("Annual review", lambda: self.open_requested.emit("review", None), kind="link"))
        more.append(Button("Print this", self.print_one, icon="print", kind="quiet"))
        if len(buttons) < 3:  # few enough for one line
            return wrapping(*buttons, *more, -1)
        return stack(wrapping(*buttons[:2], -1), wrapping(*buttons[2:], *more, -1), space=10)

    def _came(self, one: Deadline) -> None:
        """Ask on which day it came, and record that."""
        rule = self.case.library.rule(one.rule)
        kinds = [(f"{kind}:{detail}" if detail else kind, self._event_title(kind, detail)) for kind, detail in rule.ends if self._recordable(kind)]
        if not kinds:
            return
        which = Choice("What came", kinds)
        day = DateField("On which day", lambda: self.case.today)
        form = Form()
        if len(kinds) > 1:
            form.row("What happened", which)
        form.row("On which day", day, "As you say it: yesterday, 12 May, early June.")

        def done() -> bool:
            if day.wrong() or day.typed() is None:
                day.edit.setFocus()
                return False
            typed = day.typed()
            assert typed is not None
            kind, _, detail = str(which.value()).partition(":")
            event = Event(None, kind, typed.value, certainty="approximate" if typed.approximate else "exact", detail=detail)

            def act() -> None:
                timeline.check_event(event, self.case.library, self.case.today)
                timeline.record(self.case.store, event)

            self.case.do(act, "Recorded. Every date that follows from it is worked out again.")
            return True

        Dialog(self, "When was it?", one.title, form, "Record it", accepted_by=done).exec()

    def _recordable(self, kind: str) -> bool:
        found = self.case.library.event_kinds.get(kind)
        return found is not None and found.parent_can_record and not found.takes_year

    def _event_title(self, kind: str, detail: str) -> str:
        title = self.case.library.event_kinds[kind].title
        return f"{title}: {kind_words(kind, detail)}" if detail else title

    def _happened(self) -> None:
        from casefile.ui.happened import HappenedDialog

        HappenedDialog(self, self.case).exec()

    def _move(self) -> None:
        """Ask for the year of the move to the next stage; the date of birth gives one to start from."""
        from casefile.ui.happened import HappenedDialog

        year, kind = next_move(self.case.child.born, self.case.today) or (None, "")
        HappenedDialog(self, self.case, kind="transfer_year", detail=kind, year=year).exec()

    def _save(self) -> None:
        path = choose_target(self, "Save the dates for a calendar program", "dates.ics", [("ics", "Calendar")])
        if path is not None:
            self.save_calendar(path)

    def save_calendar(self, path: Path) -> None:
        """Write every open date to a calendar file at ``path``."""
        self.case.do(lambda: timeline.save_calendar(self.case.store, self.case.library, path, self.case.clock()))
        self.case.noted.emit(f"The dates are in “{path.name}”. They name no child.")

    def print_one(self) -> None:
        """Print the chosen date with its working."""
        one = self.found.get(self.list.current())
        if one is None:
            return
        from casefile.services import sheets
        from casefile.ui.paper import show_paper

        made = self.case.do(lambda: sheets.working_sheet(self.case.store, self.case.library, one, self.case.today))
        if made is not None:
            show_paper(self, self.case, made, one.title)
