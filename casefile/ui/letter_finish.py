"""The last step of a letter: paper, Word, text or email; then saying how and when it was sent."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from casefile.domain.dates import in_words
from casefile.domain.letter_notes import Note
from casefile.domain.letters import Draft
from casefile.domain.own_forms import FORM
from casefile.services import documents, letters, own_forms
from casefile.services.letter_proofs import notes_of
from casefile.store.files import safe_name, write_file
from casefile.ui.dialogs import Dialog, choose_target
from casefile.ui.form import DateField, Field, Form
from casefile.ui.letter_after import LetterAfter
from casefile.ui.letter_pages import BundleCopies
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Card, Check, Choice, stack, wrapping
from casefile.ui.text import Status, Words, faint, heading

_KINDS = (("pdf", "PDF"), ("docx", "Word"), ("txt", "text"), ("eml", "an email draft"))


class FinishPage(QWidget):
    """Outputs of a letter, and marking it as sent, which starts the time for the answer."""

    def __init__(self, case: OpenCase, changed: Callable[[], object], go: Callable[[str, object], object]) -> None:
        super().__init__()
        self.case, self.changed, self.go = case, changed, go
        self.made: Draft | None = None
        self.state = Status("done", "", "done")
        self.gaps = Words("")
        self.large = Check("Large print")
        self.rests = Check("Say behind it what each fact rests on")
        self.print_button = Button("See it and print", self._print, icon="print", kind="main")
        saves = [Button(f"Save as {words}", partial(self._save, ending), icon="drop", name=f"Save as {words}") for ending, words in _KINDS]
        self.web = Button("For a web form", self._web_form, icon="edit")
        self.attach = Check("Put the papers it names into the email", True)
        self.how = Choice("How it was sent", list(letters.HOW.items()), "email")
        self.day = DateField("On which day", lambda: case.today, case.today)
        self.mark = Button("Mark as sent", self._sent, icon="done")
        form = Form()
        form.row("How it was sent", self.how)
        form.row("On which day", self.day)
        self.sent_words = faint("Keep the proof: the email, or the slip from the post office. Photograph it and add it to your papers.")
        self.bundle = Button("Make a bundle of its papers", self._bundle, icon="bundles")
        self.sending = Card(heading("When it is sent"), self.sent_words, 4, form, self.mark)
        self.keep_form = Button("Keep it as a form of mine", self._keep_form, icon="letters")
        out = Card(heading("Paper and files"), self.state, self.gaps, 4, wrapping(self.print_button, self.large, self.rests, -1), wrapping(*saves[:2], -1), wrapping(*saves[2:], self.web, -1), self.attach, wrapping(self.keep_form, -1))
        self.copies = BundleCopies(case, self.large.isChecked)
        proof = Card(heading("The evidence"), Words("A bundle puts the papers that this letter names in order, with numbered pages."), 4, self.bundle, self.copies)
        for card, button in ((self.sending, self.mark), (proof, self.bundle)):
            card.inner.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        self.setObjectName("body")
        self.after = LetterAfter(case, go)
        self.setLayout(stack(self.after, out, proof, self.sending, -1, space=14, margins=(2, 2, 8, 2)))

    def show_draft(self, made: Draft) -> None:
        """Show where a letter stands."""
        self.made = made
        if made.sent_on:
            self.state.say("done", f"Sent {in_words(made.sent_on)}", "done")
            self.gaps.say("Its words stay as they are. It is filed among your papers.")
        elif made.gaps:
            self.state.say("gap", f"{len(made.gaps)} gap{'s' if len(made.gaps) != 1 else ''} to fill", "look")
            self.gaps.say("; ".join(gap.what[:1].upper() + gap.what[1:] for gap in made.gaps) + ". You can print it, but not mark it as sent.")
        else:
            self.state.say("done", "No gap is left", "done")
            self.gaps.say("")
        self.sending.setVisible(made.sent_on is None)
        self.after.show_draft(made)
        self.keep_form.setVisible(made.template == FORM)
        self.mark.setEnabled(not made.gaps)
        self.mark.setAccessibleDescription("Fill the gaps first." if made.gaps else "")
        self.bundle.setVisible(any(proof.document for proof in made.proofs))
        if self.isVisible():  # bundles are read for it, which is not wanted while one types
            self.copies.show_draft(made)

    def showEvent(self, event: QShowEvent) -> None:
        """A bundle may have been made since."""
        super().showEvent(event)
        if self.made is not None:
            self.copies.show_draft(self.made)

    def _pdf(self) -> bytes | None:
        made = self.made
        return self.case.do(lambda: letters.render(made, "pdf", large=self.large.isChecked(), notes=self._notes(made))) if made else None  # type: ignore[no-any-return]

    def _print(self) -> None:
        from casefile.ui.paper import show_paper

        pdf = self._pdf()
        if pdf is not None and self.made is not None:
            show_paper(self, self.case, pdf, self.made.title)

    def _web_form(self) -> None:
        from casefile.ui.web_form import WebFormDialog

        if self.made is not None:
            WebFormDialog(self, self.made).exec()

    def _keep_form(self) -> None:
        """Ask for a name, and keep the letter as a form."""
        made, case = self.made, self.case
        if made is None:
            return
        name = Field(made.subject[:80])
        form = Form()
        form.row("What you call it", name)
        told = "You find it among your letters. Your child’s name, the school and the council become places that are filled anew each time."
        if Dialog(self, "Keep it as a form of yours", told, form, "Keep it").exec():
            case.do(lambda: own_forms.keep(case.store, made, name.text(), case.today), "The form is kept.")

    def _save(self, ending: str) -> None:
        made = self.made
        if made is None:
            return
        words = dict(_KINDS)[ending]
        path = choose_target(self, f"Save as {words}", safe_name(f"{made.title}.{ending}"), [(ending, words)])
        if path is not None:
            self.save_to(path, ending)

    def save_to(self, path: Path, ending: str) -> None:
        """Write the letter to ``path`` as ``pdf``, ``docx``, ``txt`` or ``eml``."""
        made = self.made
        if made is None:
            return
        papers = self._papers(made) if ending == "eml" and self.attach.isChecked() else ()
        written = self.case.do(lambda: write_file(path, letters.render(made, ending, attachments=papers, large=self.large.isChecked(), notes=self._notes(made))))
        if written is not None:
            self.case.noted.emit(f"Saved as “{written.name}” in “{written.parent.name}”.")

    def _notes(self, made: Draft) -> tuple[Note, ...]:
        return notes_of(self.case.store, self.case.library, made) if self.rests.isChecked() else ()

    def _papers(self, made: Draft) -> tuple[tuple[str, bytes], ...]:
        found = []
        for id_ in dict.fromkeys(proof.document for proof in made.proofs if proof.document is not None):
            paper = documents.document(self.case.store, id_)
            mark = next(proof.mark for proof in made.proofs if proof.document == id_)
            found.append((safe_name(f"{mark} {paper.name}"), documents.original(self.case.store, id_)))
        return tuple(found)

    def _sent(self) -> None:
        made = self.made
        if made is None or made.id is None:
            return
        day = self.day.value()
        if day is None:
            self.day.edit.setFocus()
            return
        id_, how = made.id, str(self.how.value())
        event = self.case.do(lambda: letters.mark_sent(self.case.store, self.case.library, id_, on=day, how=how), "Filed as sent. The time for the answer has begun.")
        if event is not None:
            self.changed()

    def _bundle(self) -> None:
        if self.made is not None:
            self.go("bundles", ("letter", self.made.id))
