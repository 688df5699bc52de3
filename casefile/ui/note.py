"""Changing a line of the diary: its day and its words."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from casefile.domain.events import Certainty, Event
from casefile.errors import CaseFileError, Invalid
from casefile.services import timeline
from casefile.ui.dialogs import Dialog
from casefile.ui.form import DateField, Form, TextBox
from casefile.ui.open_case import OpenCase
from casefile.ui.text import Words


class NoteDialog(Dialog):
    """The day and the words of a call, a meeting, a letter or a note."""

    def __init__(self, parent: QWidget, case: OpenCase, event: Event) -> None:
        self.case, self.entry = case, event
        self.day = DateField("On which day", lambda: case.today, event.on, approximate=event.certainty == "approximate")
        self.words = TextBox(event.note, lines=6)
        self.problem = Words("", role="error")
        self.problem.hide()
        form = Form()
        form.row("On which day", self.day)
        form.row("What was said or done", self.words)
        form.add(self.problem)
        super().__init__(parent, timeline.title_of(event, case.library), "", form, "Keep it", keys="Ctrl+Enter", accepted_by=self._done)
        self.words.setFocus()

    def _done(self) -> bool:
        try:
            when = self.day.typed()
            if when is None:
                raise Invalid("The day is missing.", "If you do not know it, write about when: early May.")
            certainty: Certainty = "approximate" if when.approximate else "exact"
            changed = replace(self.entry, on=when.value, note=self.words.text().strip(), certainty=certainty)
            timeline.correct(self.case.store, changed)
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        self.case.tell("Changed.")
        return True
