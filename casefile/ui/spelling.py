"""Spelling in the letter editor: a wave under words no list knows, what to do about one, and all of them one by one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.spelling import Slip, slips_in
from casefile.services import spelling
from casefile.ui.dialogs import Dialog
from casefile.ui.letter_editor import LetterEditor
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, clear, stack
from casefile.ui.text import Words, faint, strong

NONE = "This computer has no British spelling list, so spelling is not checked here."


class Spelling(QObject):
    """Looks over the words of an editor. The list is fetched beside the window; nothing waits for it, nothing is changed by itself.

    ``found`` is sent when there is something new to show.
    """

    found = Signal()

    def __init__(self, case: OpenCase, editor: LetterEditor) -> None:
        super().__init__(editor)
        self.case, self.editor = case, editor
        self.list: spelling.Speller | None = None
        self.looked = False
        self._leave: frozenset[str] = frozenset()
        self._known: dict[str, bool] = {}
        editor.menu_about = self.about
        case.jobs.quietly(spelling.speller, self._ready, lambda _: None)

    def _ready(self, found: spelling.Speller | None) -> None:
        self.list, self.looked = found, True
        self.renew()

    def renew(self) -> None:
        """Read the names of the case again, and mark the letter anew."""
        if self.list is not None:
            self._leave = spelling.leave_alone(self.case.store)
            self.editor.spell(self._slips)
        self.found.emit()

    def follow(self) -> None:
        """Mark anew where names of the case, or words that are right, changed."""
        if self.list is not None and spelling.leave_alone(self.case.store) != self._leave:
            self.renew()

    def _slips(self, text: str) -> tuple[Slip, ...]:
        return slips_in(text, self._knows, self._leave)

    def _knows(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self.list is None or self.list.knows(word)
        return known

    def near(self, word: str) -> tuple[str, ...]:
        """Words that may be meant, the nearest first."""
        return self.list.near(word.replace("’", "'")) if self.list is not None else ()

    def about(self, cursor: QTextCursor) -> list[tuple[str, Callable[[], object]]]:
        """What can be done about the word under a cursor, for a menu; nothing for one that is right."""
        block, at = cursor.block(), cursor.positionInBlock()
        slip = next((one for one in self.editor.marks.slips(block.text()) if one.start <= at <= one.end), None)
        if slip is None:
            return []
        place = block.position()
        rows: list[tuple[str, Callable[[], object]]] = [(f"Write “{word}”", partial(self.put, place, slip, word)) for word in self.near(slip.word)]
        return [*rows, (f"“{slip.word}” is right", partial(self.keep, slip.word))]

    def put(self, place: int, slip: Slip, word: str) -> None:
        """Write another word in its place; the editor's own undo takes it back."""
        cursor = self.editor.cursor_over(place, slip)
        if cursor.selectedText() == slip.word:
            cursor.insertText(word)
        self.found.emit()

    def keep(self, word: str) -> None:
        """Remember a word as right in this case."""
        self.case.do(lambda: spelling.remember(self.case.store, word), f"“{word}” is kept as right.")
        self.renew()


class SpellingDialog(Dialog):
    """The words that stand out, one by one: in their sentence, with what may be meant."""

    def __init__(self, parent: QWidget, words: Spelling) -> None:
        self.words, self.at = words, 0
        self.count, self.word, self.around = faint(""), strong(""), Words("")
        self.choices = QVBoxLayout()
        super().__init__(parent, "Spelling", "Nothing is changed unless you press a button.", stack(self.count, self.word, self.around, self.choices), "Next word", other="Done", accepted_by=self._next)
        self._show()

    def _next(self) -> bool:
        """Go on to the next word; the last one closes."""
        self.at += 1
        return not self._show()

    def _show(self) -> bool:
        found = self.words.editor.slips()
        if self.at >= len(found):
            return False
        place, slip = found[self.at]
        text = self.words.editor.document().findBlock(place).text()
        left = len(found) - self.at
        self.count.say(f"{left} word{'s' if left != 1 else ''} to look at")
        self.word.say(f"“{slip.word}”")
        before, after = text[max(0, slip.start - 60) : slip.start], text[slip.end : slip.end + 60]
        self.around.say(f"{'…' if slip.start > 60 else ''}{before}{slip.word}{after}{'…' if slip.end + 60 < len(text) else ''}")
        clear(self.choices)
        for word in self.words.near(slip.word):
            self.choices.addWidget(Button(f"Write “{word}”", partial(self._did, partial(self.words.put, place, slip, word)), kind="link"))
        self.choices.addWidget(Button("It is right. Remember it", partial(self._did, partial(self.words.keep, slip.word)), kind="link"))
        self.grow()
        return True

    def _did(self, act: Callable[[], object]) -> None:
        """Do what was chosen. The word is then gone from those that stand out, so the next one has its place."""
        act()
        if self._show():
            self.main.setFocus()
        else:
            self.accept()
