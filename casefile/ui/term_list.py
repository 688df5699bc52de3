"""Copying in a school's list of term dates, with the closed days it gives shown while it is typed."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from casefile.domain.dates import count, in_words
from casefile.domain.term_list import read_list
from casefile.errors import CaseFileError
from casefile.services import terms
from casefile.ui.dialogs import Dialog
from casefile.ui.form import Form, TextBox
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Choice
from casefile.ui.text import Words, faint


def shut_words(start: dt.date, end: dt.date) -> str:
    """Closed days in words."""
    return in_words(start) if start == end else f"{in_words(start)} to {in_words(end)}"


def _stretches(number: int) -> str:
    return count(number, "stretch of closed days", "stretches of closed days")


class TermListDialog(Dialog):
    """The school year, the list as it was copied, and what it comes to."""

    def __init__(self, parent: QWidget, case: OpenCase, years: list[tuple[int, str]], year: int) -> None:
        self.case = case
        self.year = Choice("School year", years, year)
        self.words = TextBox("", lines=7)
        self.comes_to = faint("")
        self.problem = Words("", role="error")
        self.problem.hide()
        form = Form()
        form.row("School year", self.year, "For days written without a year.")
        form.row("The list of term dates", self.words, "One line for each term, holiday or training day: 2 September to 23 October.")
        form.add(self.comes_to)
        form.add(self.problem)
        super().__init__(
            parent, "Copy in the school’s list", "Paste it from the school’s or the council’s website, or type it.", form, "Add these days", keys="Ctrl+Enter", accepted_by=self._done,
        )  # fmt: skip
        self.words.textChanged.connect(self._read)
        self.year.currentIndexChanged.connect(lambda _: self._read())
        self._read()
        self.words.setFocus()

    def _read(self) -> None:
        """Say what the list comes to so far. A mistake is only told when the button is pressed: a line may be half typed."""
        self.problem.say("")
        try:
            found = read_list(self.words.text(), int(str(self.year.value())))
        except CaseFileError:
            self.comes_to.say("Nothing is added yet.")
        else:
            first = f" The first: {shut_words(found[0].start, found[0].end)}." if found else ""
            self.comes_to.say(f"{_stretches(len(found))}.{first}" if found else "There is only one term, so no closed days follow from it.")
        self.grow()

    def _done(self) -> bool:
        try:
            made = terms.add_list(self.case.store, self.words.text(), int(str(self.year.value())))
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        self.case.tell(f"The list is copied in: {_stretches(len(made))}. Look at each against the school’s own list.")
        return True
