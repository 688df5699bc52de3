"""What stands beside a letter as it is read: the proof of each fact, words to look at again, and the gaps to fill."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.dates import count
from casefile.domain.letters import Draft
from casefile.domain.short_letter import is_short, shortened
from casefile.services import documents
from casefile.services.letter_proofs import unread_in
from casefile.services.tone import harsh_in
from casefile.ui.letter_editor import LetterEditor
from casefile.ui.lines import Line, Lines
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Card, clear, scroller, stack
from casefile.ui.spelling import NONE, Spelling, SpellingDialog
from casefile.ui.text import Status, Words, faint, heading
from casefile.ui.theme import BODY

_MOST = 0.55
"""The most of the column's height that what is asked takes before it scrolls."""


class LetterSide(QWidget):
    """The column beside the letter in ``editor``. ``behind`` opens what stands behind a proof, by its number.

    ``shorter`` makes the letter short, or writes it in full again.
    """

    def __init__(self, case: OpenCase, editor: LetterEditor, behind: Callable[[int], object], shorter: Callable[[bool], object]) -> None:
        super().__init__()
        self.case, self.editor = case, editor
        self.made: Draft | None = None
        self.told_at: int | None = None
        self.proofs = Lines("Proof for each fact")
        self.proofs.picked.connect(self._pick)
        self.proofs.opened.connect(lambda number: behind(int(str(number))))
        self.inside = inside = QWidget()
        inside.setObjectName("body")
        self.below = QVBoxLayout(inside)
        self.below.setContentsMargins(0, 0, 0, 0)
        self.asked = scroller(inside, "What to look at in the letter")
        self.short = Button("Make it short", lambda: shorter(not is_short(self.made) if self.made else True), kind="link")
        self.short.setAccessibleDescription("For a day when you cannot write it all. It keeps what you ask.")
        self.words = Spelling(case, editor)
        self.words.found.connect(self._spelling)
        self.spelling = Button("", self._look_over, kind="link")
        self.no_list = faint("")
        column = stack(heading("Proof for each fact", BODY), self.proofs, self.asked, self.spelling, self.no_list, self.short, -1, space=8)
        column.setStretch(1, 1000)
        self.setLayout(column)

    def show_draft(self, made: Draft) -> None:
        """Show the proofs of a letter, and what is still to do."""
        self.made = made
        short = is_short(made)
        self.short.setText("Write it in full again" if short else "Too much today? Make it short")
        self.short.setAccessibleName(self.short.text())
        self.short.setVisible(made.sent_on is None and (short or shortened(made) != made.body))
        lines = []
        for number, proof in enumerate(made.proofs):
            title = documents.document(self.case.store, proof.document).title if proof.document else ""
            detail = f"{proof.mark}: {title}" if title else "How it was worked out" if proof.rule else "What you recorded"
            lines.append(Line(number, proof.what, detail, "evidence" if title else "law"))
        self.proofs.fill(lines)
        self.words.follow()
        self._spelling()
        clear(self.below)
        self.asked.setVisible(False)
        if made.sent_on is None:
            self._harsh(made)
            self._unread(made)
        if made.gaps:
            title = f"{len(made.gaps)} gap{'s' if len(made.gaps) != 1 else ''} to fill"
            words = "; ".join(gap.what[:1].upper() + gap.what[1:] for gap in made.gaps)
            self._put(Card(Status("gap", title, "look"), Words(f"{words}. You can mark the letter as sent when no gap is left."), margin=16))
        self.below.addStretch(1)
        QTimer.singleShot(0, self, self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps anew."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """What is asked stands whole below the proofs, but takes no more than half of the column."""
        if self.asked is not self.inside:
            need = self.inside.layout().totalHeightForWidth(self.inside.width())
            self.asked.setFixedHeight(min(need + 2, round(self.height() * _MOST)))

    def _spelling(self) -> None:
        """How many words stand out; where this computer has no list, one quiet line says so."""
        number = len(self.editor.slips()) if self.made is not None and self.made.sent_on is None else 0
        self.spelling.setVisible(bool(number))
        self.spelling.setText(f"Spelling: {count(number, 'word')} to look at")
        self.spelling.setAccessibleName(self.spelling.text())
        missing = self.words.looked and self.words.list is None and self.made is not None
        if missing and self.told_at is None:
            self.told_at = self.made.id
        # It is told once, beside the first letter, and not again beside every other.
        self.no_list.say(NONE if missing and self.made.id == self.told_at else "")
        self.no_list.setVisible(bool(self.no_list.text()))

    def _look_over(self) -> None:
        SpellingDialog(self, self.words).exec()
        self._spelling()

    def _put(self, card: Card) -> None:
        self.below.addWidget(card)
        self.asked.setVisible(True)

    def _harsh(self, made: Draft) -> None:
        """Words to look at again, a card for each kind. They are asked about, and stay as they are."""
        found = harsh_in(self.case.store, self.case.library, made)
        for group in dict.fromkeys(one.group for one in found):
            mine = [one for one in found if one.group == group]
            links = [Button(f"“{one.words}”", partial(self.editor.go_to, one.words), kind="link", name=f"Show “{one.words}” in the letter") for one in mine]
            told = Words(f"{group.why} {group.instead} You decide.")
            self._put(Card(Status("look", group.title, "look"), *links, told, margin=16))

    def _unread(self, made: Draft) -> None:
        """References nobody here has read in the law itself: to be checked before the letter goes."""
        found = unread_in(self.case.library, made)
        if found:
            links = [Button(words, partial(self.editor.go_to, words), kind="link", name=f"Show “{words}” in the letter") for words in found]
            told = Words("We did not read the law’s own words here, only a guide to it. Ask a helpline, or look it up, before you lean on it.")
            self._put(Card(Status("look", "Not checked in the law", "look"), *links, told, margin=16))

    def _pick(self, number: object) -> None:
        if self.made is not None and int(str(number)) < len(self.made.proofs):
            self.editor.light(self.made.proofs[int(str(number))].words)
