"""A window with a form that stores what was typed and says afterwards what was done; a mistake is said below the form."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from casefile.errors import CaseFileError
from casefile.ui.dialogs import Dialog
from casefile.ui.form import Form
from casefile.ui.open_case import OpenCase
from casefile.ui.text import Words


class AskingDialog(Dialog):
    """A form whose ``keep`` stores what was typed; a mistake is said below it."""

    def __init__(self, parent: QWidget, case: OpenCase, title: str, sentence: str, form: Form, keep: Callable[[], object], said: str) -> None:
        self.case, self.keep_, self.afterwards = case, keep, said
        self.problem = Words("", role="error")
        self.problem.hide()
        form.add(self.problem)
        super().__init__(parent, title, sentence, form, "Keep it", keys="Ctrl+Enter", accepted_by=self._done)

    def _done(self) -> bool:
        try:
            self.keep_()
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        self.case.tell(self.afterwards)
        return True
