"""Asking for the password of a locked paper. It is used once, to open the paper, and kept nowhere."""

import threading
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from casefile.domain.documents import Document
from casefile.errors import CaseFileError
from casefile.progress import Cancelled
from casefile.services import documents, unlocking
from casefile.ui.dialogs import Dialog
from casefile.ui.form import Field, Form
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Check, stack
from casefile.ui.scans import read_scans
from casefile.ui.text import Words, faint


class _Steps(QObject):
    """The progress of one try of a password. It ends when the dialog is left."""

    stepped = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self.left = threading.Event()

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Tell the dialog how far it is. Raises ``Cancelled`` once that was left."""
        if self.left.is_set():
            raise Cancelled
        if total:
            self.stepped.emit(text, done, total)


class UnlockDialog(Dialog):
    """The password of one paper. ``found`` is the paper without its lock once the password was right.

    It is tried beside the window: a large zip folder under the old lock takes minutes.
    """

    def __init__(self, parent: QWidget, case: OpenCase, paper: Document, which: str = "") -> None:
        self.case, self.id = case, paper.id or 0
        self.found: unlocking.Opened | None = None
        self.steps: _Steps | None = None
        self.password = Field()
        self.password.setEchoMode(Field.EchoMode.Password)
        hints = Qt.InputMethodHint
        self.password.setInputMethodHints(hints.ImhHiddenText | hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase)
        self.show_it = Check("Show the password")
        self.show_it.toggled.connect(lambda on: self.password.setEchoMode(Field.EchoMode.Normal if on else Field.EchoMode.Password))
        form = Form()
        form.row("Password", self.password, "Whoever sent the paper can tell you. Capital letters count.")
        self.problem = Words("", role="error")
        self.going = Words("")
        after = "what is in it becomes papers of their own" if paper.type == "zip" else "a copy without the lock is kept with it"
        told = faint(f"The password is used once and kept nowhere. The paper stays as it came, and {after}.")
        inside = stack(form, self.show_it, self.problem, self.going, told, space=8)
        super().__init__(parent, f"Unlock this paper{which}", paper.title or paper.name, inside, "Unlock it", other="Skip this paper", accepted_by=self._try)
        self.password.setFocus()
        case.jobs.ending.connect(self.reject)

    def _try(self) -> bool:
        """Try the password; the dialog closes by itself once it was right."""
        if self.steps is None:
            store, password, steps = self.case.store, self.password.text(), _Steps()
            steps.stepped.connect(self._stepped)
            self._begin(steps)
            self.case.jobs.quietly(lambda: unlocking.opened(store, self.id, password, steps), self._opened, self._failed)
        return False

    def _begin(self, steps: _Steps | None) -> None:
        """Show that a password is being tried, or that it no longer is."""
        self.steps = steps
        self.password.setFocus()
        self.main.setEnabled(steps is None)
        self.password.setReadOnly(steps is not None)
        self.problem.say("")
        self.going.say("" if steps is None else "Opening the paper. This can take a while.")
        self.grow()

    def _stepped(self, text: str, done: int, total: int) -> None:
        if self.steps is not None:
            self.going.say(f"{text}: {done} of {total}")

    def _opened(self, found: unlocking.Opened) -> None:
        if self.steps is None:
            return  # the dialog was left meanwhile
        self._begin(None)
        self.found = found
        self.password.clear()
        self.accept()

    def _failed(self, problem: BaseException) -> None:
        if self.steps is None or isinstance(problem, Cancelled):
            return
        self._begin(None)
        if not isinstance(problem, CaseFileError):
            raise problem
        self.problem.say(f"{problem}")
        self.password.selectAll()
        self.grow()

    def reject(self) -> None:
        """Leave the paper locked; a password that is being tried is let go."""
        if self.steps is not None:
            self.steps.left.set()
        self.steps = None
        self.password.clear()
        super().reject()


def unlock_papers(parent: QWidget, case: OpenCase, ids: Sequence[int]) -> None:
    """Ask for the password of each paper in turn; one that is skipped stays locked."""
    for number, id_ in enumerate(ids, 1):
        dialog = UnlockDialog(parent, case, documents.document(case.store, id_), f": {number} of {len(ids)}" if len(ids) > 1 else "")
        if dialog.exec() and dialog.found:
            _keep(case, id_, dialog.found)


def unlock_button(parent: QWidget, case: OpenCase, id_: int) -> Button:
    """A button beside a locked paper that asks for its password."""
    return Button("Unlock this paper…", lambda: unlock_papers(parent, case, [id_]), icon="lock", kind="left")


def _keep(case: OpenCase, id_: int, found: unlocking.Opened) -> None:
    moment = case.clock()
    keep = partial(unlocking.keep, case.store, id_, found, now=moment)

    def kept(paper: Document) -> None:
        if paper.locked:
            case.said.emit("Some of what is in it is unlocked. The rest has another password.")
        else:
            case.said.emit("The paper is unlocked." if found.inside is None else "The zip folder is unlocked. What was in it waits to be sorted.")
        read_scans(case)

    case.run("Reading the unlocked paper", keep, kept)
