"""The answer to one question of a letter: a box, or a few choices; what is chosen is kept and can be taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from casefile.domain.letters import Field
from casefile.services import letters
from casefile.store.store import Store
from casefile.ui.answer import LEFT_OUT, AnswerBox
from tests.ui.conftest import MakeWindow, settle

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


def test_an_answer_never_slips_into_the_next_letter(make_window: MakeWindow, sample: Store) -> None:
    window = make_window(sample, place="letters")
    screen = window.case_page.screen_of("letters")
    window.case_page.open("letters", "L17")
    window.case_page.open("letters", "L18")
    settle()
    screen.flow.show_step(3)
    screen.flow.answer.box.setPlainText("Mrs Hale")
    window.case_page.open("letters", "L44")
    settle()
    assert screen.flow.made.template == "L44" and screen.flow.made.values["to_whom"] == "Member of Parliament"
    screen.flow.show_step(3)
    settle()
    assert screen.flow.answer.text() == "Member of Parliament" and [button.text() for button in shown(screen.flow.answer) if button.isChecked()] == ["Member of Parliament"]


def test_choosing_the_reader_changes_the_letter_and_is_kept(make_window: MakeWindow, sample: Store, qtbot: QtBot) -> None:
    window = make_window(sample, place="letters")
    window.case_page.open("letters", "L44")
    settle()
    flow = window.case_page.screen_of("letters").flow
    flow.show_step(3)
    settle()
    qtbot.keyClick(next(button for button in shown(flow.answer) if button.text() == "Monitoring Officer"), Qt.Key.Key_Space)
    flow.keep()
    settle()
    assert flow.made.recipient[0] == "The Monitoring Officer" and "section 5A" in flow.made.body
    kept = next(one for one in letters.drafts(sample) if one.id == flow.made.id)
    assert kept.values["to_whom"] == "Monitoring Officer" and kept.salutation == "Dear Monitoring Officer"
