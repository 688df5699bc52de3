"""Saying that something the law counts has happened: what it was, and on which day."""

from PySide6.QtWidgets import QWidget

from casefile.domain.events import Certainty, Event
from casefile.errors import CaseFileError
from casefile.services import timeline
from casefile.ui.dialogs import Dialog
from casefile.ui.form import DateField, Field, Form, PickField
from casefile.ui.kind_words import details_of
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Choice
from casefile.ui.text import Words, faint
from casefile.ui.theme import look


def found_kinds(case: OpenCase, typed: str) -> list[tuple[object, str]]:
    """The kinds of event a parent can record whose title or help holds the typed words."""
    words = typed.casefold().split()
    rows = [kind for kind in case.library.event_kinds.values() if kind.parent_can_record]
    fit = [kind for kind in rows if all(word in f"{kind.title} {kind.help}".casefold() for word in words)]
    fit.sort(key=lambda kind: (not all(word in kind.title.casefold() for word in words), kind.title))
    return [(kind.id, kind.title) for kind in fit]


class HappenedDialog(Dialog):
    """What happened and when; where the law asks which kind of decision it was, that too. ``event`` is one to correct.

    With ``kind`` (and ``detail``) it is already said what happened, and only the day is asked; ``year`` is a year to start from.
    """

    def __init__(self, parent: QWidget, case: OpenCase, event: Event | None = None, *, kind: str = "", detail: str = "", year: int | None = None) -> None:
        self.case, self.before = case, event
        found = case.library.event_kinds.get(event.kind if event else kind)
        title = timeline.title_of(event, case.library) if event else found.title if found else ""
        self.what = PickField("What happened", lambda typed: found_kinds(case, typed), title, most=5)
        self.what.value = event.kind if event else found.id if found else None
        self.help = faint("")
        self.help.hide()
        self.kind = Choice("Which kind", [("", "Not known")])
        self.kind_label = faint("The law asks which kind it was.")
        self.day = DateField("On which day", lambda: case.today, event.on if event else None, approximate=bool(event and event.certainty == "approximate"))
        self.year = Field(str((event.year if event else year) or ""))
        self.note = Field(event.note if event else "")
        self.problem = Words("", role="error")
        self.problem.hide()
        form = Form()
        form.row("What happened", self.what, "Type a word of it: request, decision, draft, final, review, order, complaint.")
        form.add(self.help)
        form.add(self.kind_label)
        form.add(self.kind)
        self.day_part, self.year_part = QWidget(), QWidget()
        for part, label, field, hint in (
            (self.day_part, "On which day", self.day, "As you say it: 12 May, last Tuesday, early June."),
            (self.year_part, "Which year", self.year, "The year your child moves on, for example 2027."),
        ):  # fmt: skip
            inner = Form()
            inner.row(label, field, hint)
            part.setLayout(inner.column)
            form.add(part)
        form.row("A note", self.note, optional="if you like")
        form.add(self.problem)
        title_, sentence = ("Change what happened", "Every date that follows from it is worked out again.") if event else (
            "Say what happened", "Only things with a date in the law. Calls and meetings go in “Log something”.")  # fmt: skip
        super().__init__(parent, title_, sentence, form, "Record it", keys="Ctrl+Enter", accepted_by=self._done)
        self.what.chosen.connect(self._chose)
        self._chose(self.what.value)
        if event or detail:
            self.kind.choose(event.detail if event else detail)
        (self.what.edit if not found else self.year if found.takes_year else self.day.edit).setFocus()

    def _chose(self, id_: object) -> None:
        found = self.case.library.event_kinds.get(str(id_)) if id_ else None
        self.help.say(found.help if found else "")
        details = details_of(found.id, self.case.library) if found else []
        self.kind.clear()
        for value, words in (("", "Not known"), *details):
            self.kind.addItem(words, value)
        self.kind.setVisible(bool(details))
        self.kind_label.say("Which step is it for?" if found and "*" in found.details else "Which move is it?" if found and found.takes_year else "The law asks which kind it was.")
        self.kind_label.setVisible(bool(details))
        takes_year = bool(found and found.takes_year)
        self.day_part.setVisible(not takes_year)
        self.year_part.setVisible(takes_year)
        self.setMinimumHeight(look.px(300))
        self.grow()

    def _read(self) -> Event:
        import datetime as dt

        from casefile.errors import Invalid

        id_ = str(self.what.value or "")
        if id_ not in self.case.library.event_kinds:
            raise Invalid("Choose what happened from the list.", "Type one word of it, then take a line below.")
        detail = str(self.kind.value() or "")
        before = self.before or Event(None, id_, self.case.today)
        if self.case.library.event_kinds[id_].takes_year:
            text = self.year.text().strip()
            if not (text.isdecimal() and 2014 <= int(text) <= 2090):
                raise Invalid("That is no year.", "Write it with four figures, for example 2027.")
            return Event(before.id, id_, dt.date(int(text), 1, 1), before.document, self.note.text().strip(), "exact", before.answers, detail, int(text))
        when = self.day.typed()
        if when is None:
            raise Invalid("The day is missing.", "If you do not know it, write about when: early May.")
        certainty: Certainty = "approximate" if when.approximate else "exact"
        return Event(before.id, id_, when.value, before.document, self.note.text().strip(), certainty, before.answers, detail)

    def _done(self) -> bool:
        try:
            event = self._read()
            timeline.check_event(event, self.case.library, self.case.today)
            if event.id is None:
                timeline.record(self.case.store, event)
            else:
                timeline.correct(self.case.store, event)
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        self.case.tell("Recorded. Every date that follows from it is worked out again.")
        return True
