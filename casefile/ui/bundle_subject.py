"""The subject line of the mail that carries a bundle, and what its files are called: shown as it is filled in, to copy."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from casefile.domain.bundle_subject import Subject
from casefile.domain.bundles import Bundle, Purpose
from casefile.services.bundle_subject import SubjectLine, subject_of
from casefile.ui.clipboard import SECONDS, copy_for_a_while
from casefile.ui.dialogs import Dialog
from casefile.ui.form import DateField, Field, labelled
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Check, stack, wrapping
from casefile.ui.text import Words, faint, strong

_ASKED = {"hearing": "Not in the record. The Tribunal’s letter gives it.", "appeal": "Not in the record. It is at the top of the Tribunal’s letter, such as EH123/26/00045."}


class SubjectDialog(Dialog):
    """Its parts, from the record where it has them; a part that is missing stays a gap and is asked for."""

    def __init__(self, parent: QWidget, case: OpenCase, purpose: Purpose, bundle: Bundle) -> None:
        self.case, self.purpose, self.bundle = case, purpose, bundle
        self.found = self._of(replace(bundle.subject, hearing=None, appeal="", what=""))
        old = bundle.subject
        self.hearing = DateField("Date of the hearing", lambda: case.today, old.hearing or self.found.hearing)
        self.appeal, self.what = Field(old.appeal or self.found.known["appeal"]), Field(old.what or self.found.known["what"])
        self.initials = Check("Initials instead of the whole name", old.initials)
        self.for_files = Check("Call the files of this bundle so", old.for_files)
        parts = []
        for part, label, field in (("hearing", "Date of the hearing", self.hearing), ("appeal", "Number of the appeal", self.appeal)):
            if part in purpose.subject:
                parts.append(labelled(label, field, self.found.because.get(part, "" if self.found.known[part] else _ASKED[part])))
        parts.append(labelled("What it is", self.what))
        self.line, self.file, self.gaps, self.told = Words(""), Words(""), Words("", role="late"), faint("")
        copies = wrapping(Button("Copy the subject line", lambda: self._copy(self.named.line)), Button("Copy the file name", lambda: self._copy(self.named.file)), -1)
        inside = stack(*parts, self.initials, strong("Subject line"), self.line, strong("File name"), self.file, self.gaps, copies, self.told, self.for_files, space=8)
        self.hearing.changed.connect(self._show)
        for field in (self.appeal, self.what):
            field.textChanged.connect(lambda _: self._show())
        self.initials.toggled.connect(lambda _: self._show())
        self._show()
        super().__init__(parent, "Subject line and file name", "For the mail that carries this bundle.", inside, "Use this", accepted_by=lambda: not self.hearing.wrong())

    @property
    def subject(self) -> Subject:
        """What was chosen; what is as the record has it stays empty, so that it follows the record."""
        hearing, appeal, what = self.hearing.value(), " ".join(self.appeal.text().split()), " ".join(self.what.text().split())
        return Subject(
            hearing if hearing != self.found.hearing else None, appeal if appeal != self.found.known["appeal"] else "",
            what if what != self.found.known["what"] else "", self.initials.isChecked(), self.for_files.isChecked(),
        )  # fmt: skip

    def _of(self, subject: Subject) -> SubjectLine:
        return subject_of(self.case.store, self.purpose, replace(self.bundle, subject=subject))

    def _show(self) -> None:
        self.named = self._of(self.subject)
        self.line.say(self.named.line)
        self.file.say(self.named.file)
        self.gaps.say(f"Still to fill in: {', '.join(self.named.gaps)}." if self.named.gaps else "")

    def _copy(self, words: str) -> None:
        copy_for_a_while(words)
        self.told.say(f"Copied. Put it in within {SECONDS} seconds.")
