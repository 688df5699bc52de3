"""The answer to one question of a letter: a box, or a few choices; what is chosen is kept and can be taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from casefile.domain.letters import Field
from casefile.ui.answer import LEFT_OUT, AnswerBox
from tests.ui.conftest import settle

WHERE = Field("where", "Where do you live?", "The part of England.", choices=("The north", "The south"))
MAYBE = Field("maybe", "Did you tell them?", choices=("Yes", "No"), required=False)
WORDS = Field("words", "What happened?", "In your words.")


@pytest.fixture
def box(qtbot: QtBot) -> AnswerBox:
    made = AnswerBox()
    qtbot.addWidget(made)
    made.show()
    return made


def shown(box: AnswerBox) -> list[QRadioButton]:
    settle()
    return [button for button in box.findChildren(QRadioButton) if button.isVisible()]


def test_a_question_with_choices_shows_them_as_buttons_with_names(box: AnswerBox) -> None:
    box.ask(WHERE)
    box.put("")
    assert [button.accessibleName() for button in shown(box)] == ["The north", "The south"] and not box.box.isVisible()
    assert all(button.accessibleDescription() == "Where do you live? The part of England." for button in shown(box))
    assert box.text() == "" and not any(button.isChecked() for button in shown(box))


def test_choosing_with_the_keyboard_is_told_and_kept(box: AnswerBox, qtbot: QtBot) -> None:
    box.ask(WHERE)
    box.put("")
    with qtbot.waitSignal(box.changed):
        qtbot.keyClick(shown(box)[1], Qt.Key.Key_Space)
    assert box.text() == "The south"


def test_an_answer_that_may_be_left_out_can_be_taken_back(box: AnswerBox, qtbot: QtBot) -> None:
    box.ask(MAYBE)
    box.put("Yes")
    assert box.text() == "Yes"
    last = shown(box)[-1]
    assert last.text() == LEFT_OUT
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton)
    assert box.text() == ""


def test_the_next_question_begins_without_the_last_answer(box: AnswerBox) -> None:
    box.ask(WHERE)
    box.put("The north")
    box.ask(Field("other", "And before?", choices=WHERE.choices))
    box.put("")
    assert box.text() == "" and len(shown(box)) == 2
    box.ask(WORDS)
    box.put("My own words")
    assert box.text() == "My own words" and shown(box) == [] and box.box.isVisible() and box.box.accessibleName() == "What happened?"
