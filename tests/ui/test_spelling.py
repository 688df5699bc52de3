"""Spelling in the letter editor: waves, the menu, the words one by one; with a small list through the same seam."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest

from casefile.readers.spelling import Speller
from casefile.services import letters, spelling
from casefile.store.store import Store
from casefile.ui.dialogs import Dialog
from casefile.ui.letter_flow import LetterFlow
from casefile.ui.parts import Button
from casefile.ui.spelling import NONE, SpellingDialog
from tests.ui.conftest import MakeWindow, picture, settle
from tests.ui.test_every_screen import check_fits, check_names, check_tab_order
from tests.ui.test_letters_screen import letters_of

WRONG = {"counsil": ("council", "counsel"), "recieved": ("received",), "Sensology": ()}


@pytest.fixture
def small_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spelling list that knows every word but three."""
    found = Speller(lambda word: word not in WRONG, lambda word: WRONG.get(word, ()))
    monkeypatch.setattr(spelling, "speller", lambda: found)


def flow_of(window: object, words: str = "The counsil recieved my letter. Sensology helps. “The counsil” is quoted.") -> LetterFlow:
    flow = letters_of(window).flow
    letters_of(window).write("L08")
    flow.show_step(4)
    settle()
    assert flow.made is not None
    flow.editor.load(f"{words}\n\n{flow.made.body}", flow.made.proofs)
    flow.keep()
    settle()
    return flow


def waves(flow: LetterFlow) -> list[str]:
    """The words under a wave, as they are drawn."""
    found = []
    block = flow.editor.document().begin()
    while block.isValid():
        wave = QTextCharFormat.UnderlineStyle.WaveUnderline
        found += [block.text()[one.start : one.start + one.length] for one in block.layout().formats() if one.format.underlineStyle() == wave]
        block = block.next()
    return found


@pytest.mark.parametrize(("size", "theme"), [(100, "light"), (200, "dark")])
def test_words_no_list_knows_have_a_wave_and_a_line_beside_the_letter(size: int, theme: str, small_list: None, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="letters", size=size, look=theme)
    flow = flow_of(window)
    assert waves(flow) == ["counsil", "recieved", "Sensology"]
    assert flow.side.spelling.text() == "Spelling: 3 words to look at" and not flow.side.no_list.isVisibleTo(window)
    check_fits(window)
    check_names(window)
    check_tab_order(window)
    picture(window, f"letter-spelling-{size}")


def test_the_menu_of_a_word_offers_what_may_be_meant_and_remembers_it_as_right(small_list: None, sample: Store, make_window: MakeWindow) -> None:
    flow = flow_of(make_window(sample, place="letters"))
    words = flow.side.words

    def rows(word: str) -> dict[str, object]:
        return dict(words.about(flow.editor.document().find(word)))

    assert list(rows("counsil")) == ["Write “council”", "Write “counsel”", "“counsil” is right"] and words.about(flow.editor.document().find("letter")) == []
    rows("counsil")["Write “council”"]()  # type: ignore[operator]
    flow.keep()
    assert flow.made is not None and flow.made.body.startswith("The council recieved my letter.")
    rows("Sensology")["“Sensology” is right"]()  # type: ignore[operator]
    settle()
    assert waves(flow) == ["recieved"] and "sensology" in spelling.leave_alone(sample)
    flow.case.undo()
    settle()
    assert "Sensology" in waves(flow), "undo forgets it"


def test_by_keyboard_the_words_come_one_by_one_and_nothing_changes_by_itself(small_list: None, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window(sample, place="letters")
    flow = flow_of(window)
    before = flow.editor.body()

    def act(dialog: Dialog) -> int:
        assert isinstance(dialog, SpellingDialog)
        dialog.show()
        settle()
        check_names(dialog)
        picture(dialog, "dialog-spelling")
        assert dialog.word.text() == "“counsil”" and flow.editor.body() == before
        dialog.main.click()
        assert dialog.word.text() == "“recieved”", "Next word leaves the first as it was"
        choice = next(one for one in dialog.findChildren(Button) if one.text() == "Write “received”")
        choice.setFocus()
        QTest.keyClick(choice, Qt.Key.Key_Space)
        assert dialog.word.text() == "“Sensology”" and dialog.main.hasFocus()
        next(one for one in dialog.findChildren(Button) if one.text().startswith("It is right")).click()
        return 1

    monkeypatch.setattr(SpellingDialog, "exec", act)
    flow.side.spelling.setFocus()
    QTest.keyClick(flow.side.spelling, Qt.Key.Key_Space)
    settle()
    assert flow.editor.body().startswith("The counsil received my letter. Sensology helps.")
    assert flow.side.spelling.text() == "Spelling: 1 word to look at"


def test_a_word_that_is_being_typed_is_not_wrong_yet(small_list: None, sample: Store, make_window: MakeWindow) -> None:
    flow = flow_of(make_window(sample, place="letters"), "Fine.")
    editor = flow.editor
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    editor.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    QTest.keyClicks(editor, " counsil")
    settle()
    assert waves(flow) == []
    QTest.keyClicks(editor, " ")
    settle()
    assert waves(flow) == ["counsil"]


def test_without_a_list_one_quiet_line_says_so_once(monkeypatch: pytest.MonkeyPatch, sample: Store, make_window: MakeWindow) -> None:
    monkeypatch.setattr(spelling, "speller", lambda: None)
    window = make_window(sample, place="letters")
    flow = flow_of(window)
    assert waves(flow) == [] and flow.side.no_list.text() == NONE and not flow.side.spelling.isVisibleTo(window)
    picture(window, "letter-no-spelling")
    flow.leave()
    letters_of(window).write("L20")
    flow.show_step(4)
    settle()
    assert flow.made is not None and flow.made.template == "L20" and not flow.side.no_list.isVisibleTo(window)


def test_a_long_letter_is_looked_over_without_waiting(small_list: None, sample: Store, make_window: MakeWindow) -> None:
    flow = flow_of(make_window(sample, place="letters"), "\n\n".join(["The counsil wrote about this again and again in many words."] * 300))
    asked: list[str] = []
    known = flow.side.words.list
    assert known is not None
    flow.side.words.list = Speller(lambda word: asked.append(word) is None and known.knows(word), known.near)
    editor = flow.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, " new words here")
    assert len(asked) <= 20, "only words that were not seen before are looked up"
    assert letters.drafts(sample)
