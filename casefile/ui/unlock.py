"""Asking for the password of a locked paper. It is used once, to make a copy without the lock, and kept nowhere."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casefile.errors import CaseFileError
from casefile.services import documents, unlocking
from casefile.ui.dialogs import Dialog
from casefile.ui.form import Field, Form
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Check, stack
from casefile.ui.scans import read_scans
from casefile.ui.text import Words, faint


class UnlockDialog(Dialog):
    """The password of one paper. ``copy`` is the paper without its lock once the password was right."""

    def __init__(self, parent: QWidget, case: OpenCase, id_: int, title: str, which: str = "") -> None:
        self.case, self.id, self.copy = case, id_, b""
        self.password = Field()
        self.password.setEchoMode(Field.EchoMode.Password)
        hints = Qt.InputMethodHint
        self.password.setInputMethodHints(hints.ImhHiddenText | hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase)
        self.show_it = Check("Show the password")
        self.show_it.toggled.connect(lambda on: self.password.setEchoMode(Field.EchoMode.Normal if on else Field.EchoMode.Password))
        form = Form()
        form.row("Password", self.password, "Whoever sent the paper can tell you. Capital letters count.")
        self.problem = Words("", role="error")
        told = faint("The password is used once and kept nowhere. The paper stays as it came, and a copy without the lock is kept with it.")
        inside = stack(form, self.show_it, self.problem, told, space=8)
        super().__init__(parent, f"Unlock this paper{which}", title, inside, "Unlock it", other="Skip this paper", accepted_by=self._try)
        self.password.setFocus()

    def _try(self) -> bool:
        try:
            self.copy = unlocking.unlocked_copy(self.case.store, self.id, self.password.text())
        except CaseFileError as problem:
            self.problem.say(f"{problem}")
            self.password.selectAll()
            self.password.setFocus()
            self.grow()
            return False
        self.password.clear()
        return True


def unlock_papers(parent: QWidget, case: OpenCase, ids: Sequence[int]) -> None:
    """Ask for the password of each paper in turn; one that is skipped stays locked."""
    for number, id_ in enumerate(ids, 1):
        paper = documents.document(case.store, id_)
        dialog = UnlockDialog(parent, case, id_, paper.title or paper.name, f": {number} of {len(ids)}" if len(ids) > 1 else "")
        if dialog.exec() and dialog.copy:
            _keep(case, id_, dialog.copy)


def unlock_button(parent: QWidget, case: OpenCase, id_: int) -> Button:
    """A button beside a locked paper that asks for its password."""
    return Button("Unlock this paper…", lambda: unlock_papers(parent, case, [id_]), icon="lock", kind="left")


def _keep(case: OpenCase, id_: int, copy: bytes) -> None:
    moment = case.clock()
    keep = partial(unlocking.keep, case.store, id_, copy, now=moment)
    case.run("Reading the unlocked paper", keep, lambda _: read_scans(case), words="The paper is unlocked.")
