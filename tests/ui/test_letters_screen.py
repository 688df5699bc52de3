"""Letters in the window: the door before the letter, words that may hurt it, a web form's blocks, and its proofs in print."""

import datetime as dt
import re
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from casefile.domain.letter_parts import Part, parts_of
from casefile.domain.sessions import Absence
from casefile.domain.short_letter import is_short
from casefile.library import Library
from casefile.services import bundles, letters, losses
from casefile.store.store import Store
from casefile.ui import clipboard, dialogs
from casefile.ui.letter_editor import bare
from casefile.ui.parts import Button
from casefile.ui.screens.letters import LettersScreen
from casefile.ui.text import Words
from casefile.ui.web_form import WebFormDialog
from tests.conftest import NOW, TODAY
from tests.ui.conftest import MakeWindow, picture, settle
from tests.ui.test_every_screen import check_fits, check_names, check_tab_order


def letters_of(window: object) -> LettersScreen:
    screen = window.case_page.screen_of("letters")  # type: ignore[attr-defined]
    assert isinstance(screen, LettersScreen)
    return screen


@pytest.mark.parametrize("size", [100, 200])
def test_a_shut_door_is_told_before_the_letter_and_leads_to_another(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="letters", size=size)
    screen = letters_of(window)
    screen._show("L20")
    settle()
    shut = screen.door.shut
    assert screen.door.isVisibleTo(window) and shut is not None and shut.letter is not None and shut.letter.id == "L43"
    check_fits(window)
    check_names(window)
    check_tab_order(window)
    picture(window, f"letter-door-{size}")
    instead = next(one for one in screen.door.findChildren(Button) if one.text().startswith("Write instead"))
    instead.click()
    settle()
    assert screen.flow.made is not None and screen.flow.made.template == "L43"
    assert not screen.flow.door.isVisibleTo(window), "its door is open"


def test_an_open_door_takes_no_room(sample: Store, make_window: MakeWindow) -> None:
    screen = letters_of(make_window(sample, place="letters"))
    screen._show("L19")
    settle()
    assert not screen.door.isVisibleTo(screen)


def test_who_can_help_leads_to_the_doors_of_that_failing(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="letters")
    screen = letters_of(window)
    screen._show("L20")
    settle()
    next(one for one in screen.door.findChildren(Button) if one.text().startswith("See who")).click()
    settle()
    doors = window.case_page.screen_of("doors")
    assert doors.isVisible() and doors.failing == "section_f_not_delivered"


@pytest.mark.parametrize("size", [100, 200])
def test_words_that_may_hurt_a_letter_are_asked_about_and_left_alone(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="letters", size=size)
    screen = letters_of(window)
    screen.write("L08")
    screen.flow.show_step(4)
    settle()
    assert not links_of(screen)
    made = screen.flow.made
    assert made is not None
    screen.flow.editor.load(f"{made.body}\n\nThe council lied to me. You are useless.", made.proofs)
    screen.flow.keep()
    settle()
    assert links_of(screen) == ["“lied”", "“useless”"]
    check_fits(window)
    check_names(window)
    picture(window, f"letter-tone-{size}")
    screen.flow.side.findChildren(Button)[0].click()
    assert screen.flow.editor.textCursor().selectedText() == "lied"
    screen.flow.show_step(5)
    settle()
    assert screen.flow.finish.mark.isEnabled() == (not screen.flow.made.gaps), "it asks, and bars nothing"


def links_of(screen: LettersScreen) -> list[str]:
    """The words a letter is asked about, as they stand beside it."""
    return [one.text() for one in screen.flow.side.asked.findChildren(Button)]


@pytest.mark.parametrize("size", [100, 200])
def test_a_letter_is_copied_piece_by_piece_into_a_web_form(size: int, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, WebFormDialog)
        self.show()
        assert len(self.boxes) == 1 and self.boxes[0].text().startswith("Formal complaint: stage 1")
        self.most.setText("50")
        assert "at least 100" in self.problem.text() and len(self.boxes) == 1
        self.most.setText("600")
        settle()
        assert self.problem.text() == "" and len(self.boxes) > 2
        assert all(len(box.text()) <= 600 for box in self.boxes)
        picture(self, f"dialog-web-form-{size}")
        next(one for one in self.findChildren(Button) if one.accessibleName().startswith("Copy piece 2")).click()
        board = QGuiApplication.clipboard()
        assert board.text() == self.boxes[1].text() and board.mimeData().hasFormat("x-kde-passwordManagerHint")
        seen.append(len(self.boxes))
        return 0

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    screen = letters_of(make_window(sample, place="letters", size=size))
    screen.write("L08")
    screen.flow.show_step(5)
    settle()
    screen.flow.finish.web.click()
    assert seen


def test_what_was_copied_leaves_the_clipboard_unless_something_else_is_there(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "SECONDS", 0.05)
    board = QGuiApplication.clipboard()
    clipboard.copy_for_a_while("Amina’s letter")
    assert board.text() == "Amina’s letter"
    qtbot.waitUntil(lambda: board.text() == "", timeout=2000)
    clipboard.copy_for_a_while("Amina’s letter")
    board.setText("a shopping list")
    qtbot.wait(150)
    assert board.text() == "a shopping list"


@pytest.mark.parametrize("size", [100, 200])
def test_a_sent_letter_shows_its_answer_and_each_point_is_ticked(size: int, sample: Store, library: Library, make_window: MakeWindow) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L08", {}, dt.date(2026, 11, 3)))
    letters.mark_sent(sample, library, made.id or 0, on=dt.date(2026, 11, 3), how="email")
    window = make_window(sample, place="letters", size=size, high=900)
    screen = letters_of(window)
    screen.show_thing(made.id)
    settle()
    page = screen.flow.finish.after
    assert page.isVisibleTo(window) and len(page.points) == 2
    words = [one.text() for one in page.findChildren(Words)]
    assert any(one.startswith("Sent Tuesday 3 November 2026 by email. It counts as received on") for one in words)
    number = next(iter(page.points))
    box = page.points[number]
    box.setFocus()
    box.choose("no")
    box.activated.emit(0)
    settle()
    assert page.points[number].value() == "no" and page.points[number].hasFocus()
    assert page.found is not None and [point.number for point in page.found.unanswered] == [number]
    check_names(window)
    check_tab_order(window)
    picture(window, f"letter-sent-{size}")
    window._undo()
    settle()
    assert page.found.unanswered == ()


def test_a_reply_is_chosen_among_the_papers(sample: Store, library: Library, make_window: MakeWindow) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L08", {}, dt.date(2026, 11, 3)))
    letters.mark_sent(sample, library, made.id or 0, on=dt.date(2026, 11, 3), how="email")
    screen = letters_of(make_window(sample, place="letters"))
    screen.show_thing(made.id)
    settle()
    page = screen.flow.finish.after
    assert page.reply is not None and page.found is not None and page.found.clock is not None
    page.reply.setCurrentIndex(2)
    chosen = page.reply.value()
    page.reply.activated.emit(2)
    settle()
    assert page.found.sending.reply == chosen
    assert not any("Late by" in one.text() for one in page.findChildren(Words)), "a reply came"


def test_a_letter_is_made_short_and_written_in_full_again(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="letters")
    screen = letters_of(window)
    screen.write("L08")
    screen.flow.show_step(4)
    settle()
    made = screen.flow.made
    assert made is not None and made.enclosed
    screen.flow.side.short.click()
    settle()
    short = screen.flow.made
    assert short is not None and is_short(short) and len(short.body) < len(made.body) / 2
    assert [words.split(":")[0] for words in short.enclosed] == ["E5"], "what it no longer names stays at home"
    assert screen.flow.editor.body() == short.body and screen.flow.side.short.text() == "Write it in full again"
    check_fits(window)
    picture(window, "letter-short")
    screen.flow.side.short.click()
    settle()
    full = screen.flow.made
    assert full is not None and (full.body, full.enclosed, full.id) == (made.body, made.enclosed, made.id)


@pytest.mark.parametrize("size", [100, 200])
def test_a_letter_in_own_words_is_kept_as_a_form_and_written_again(size: int, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(self: dialogs.Dialog) -> int:
        self.show()
        settle()
        picture(self, f"dialog-own-form-{size}")
        return 1

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    window = make_window(sample, place="letters", size=size)
    screen = letters_of(window)
    screen.write("L58")
    made = letters.answer(sample, window.case.library, screen.flow.made, {"subject_line": "Amina is ill", "words": "Amina cannot come."}, window.case.today)
    screen.flow.open(made, 5)
    settle()
    assert screen.flow.finish.keep_form.isVisibleTo(window)
    screen.flow.finish.keep_form.click()
    settle()
    screen.flow.show_step(0)
    settle()
    (key,) = screen.mine
    screen.list.choose(key)
    screen._show(key)
    settle()
    assert screen.drop.isVisibleTo(window) and screen.mine[key].words == "{child} cannot come."
    check_fits(window)
    picture(window, f"letter-own-form-{size}")
    screen.act.click()
    settle()
    assert screen.flow.made is not None and screen.flow.made.body == "Amina cannot come." and screen.flow.made.id != made.id
    screen.flow.show_step(0)
    screen.list.choose(key)
    screen.drop.click()
    settle()
    assert screen.mine == {}


@pytest.mark.parametrize("size", [100, 200])
def test_copies_are_ticked_and_stand_in_the_letter(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="letters", size=size)
    screen = letters_of(window)
    screen.write("L08")
    settle()
    boxes = screen.flow.copies.boxes
    assert [title for title, box in boxes.items() if box.isChecked()] == ["Head of SEND"] and "Monitoring Officer" in boxes
    boxes["Monitoring Officer"].click()
    boxes["Head of SEND"].click()
    settle()
    made = screen.flow.made
    assert made is not None and made.copied == ("Monitoring Officer",)
    assert "Copied to: Monitoring Officer" in letters.render(made, "txt").decode()
    check_names(window)
    check_fits(window)
    picture(window, f"letter-copies-{size}")
    screen.write("L51")
    settle()
    assert not screen.flow.copies.isVisibleTo(window), "facts for a survey go to nobody else"


def test_undo_in_a_letter_takes_back_what_the_boxes_show(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="letters")
    screen = letters_of(window)
    screen.write("L08")
    flow = screen.flow
    assert flow.made is not None
    place, id_ = flow.made.recipient, flow.made.id
    flow.recipient.setPlainText("Another place\nLEEDS")
    flow.keep()
    window._undo()
    settle()
    assert flow.recipient.text().splitlines() == list(place)
    flow.show_step(4)
    assert next(one for one in letters.drafts(sample) if one.id == id_).recipient == place, "what was taken back is not kept again"
    flow.editor.insertPlainText("Typed and not kept yet. ")
    window._undo()
    settle()
    assert "Typed" not in flow.editor.body(), "what was just typed is the last change"
    while sample.last_action:
        window._undo()
        settle()
    assert letters.drafts(sample) == [] and screen.faces.currentIndex() == 0 and screen.list.hasFocus()


def test_a_letter_marked_as_sent_can_be_changed_again_after_undo(sample: Store, library: Library, make_window: MakeWindow) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L08", {}, dt.date(2026, 11, 24)))
    screen = letters_of(window := make_window(sample, place="letters"))
    screen.flow.open(made, 5)
    screen.faces.setCurrentIndex(1)
    screen.flow.finish._sent()
    settle()
    assert screen.flow.editor.isReadOnly()
    window._undo()
    settle()
    assert screen.flow.made is not None and screen.flow.made.sent_on is None and not screen.flow.editor.isReadOnly()


def test_the_list_hears_of_what_its_letters_rest_on(sample: Store, make_window: MakeWindow) -> None:
    """A day out of school written down elsewhere changes which letters are ready."""
    window = make_window(sample, place="letters")
    screen = letters_of(window)
    for one in losses.absences(sample):
        losses.remove(sample, one)
    window.case.tell()
    before = {offer.id: (offer.ready, offer.gaps) for offer in screen.offers.values()}
    window.case_page.go("absences")
    window.case.do(lambda: losses.keep(sample, Absence(None, dt.date(2026, 10, 5), dt.date(2026, 10, 16), "sent_home", None, "No adult", "The head"), window.case.today))
    window.case_page.go("letters")
    settle()
    assert {offer.id: (offer.ready, offer.gaps) for offer in screen.offers.values()} != before


@pytest.mark.parametrize("size", [100, 200])
def test_a_letter_offers_its_copy_with_the_pages_of_a_bundle(size: int, printed_sample: Store, library: Library, make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(printed_sample, place="letters", size=size)
    screen = letters_of(window)
    screen.write("L08")
    screen.flow.show_step(5)
    settle()
    copies = screen.flow.finish.copies
    assert not copies.isVisibleTo(window), "there is no bundle yet"
    bundles.save(printed_sample, bundles.compose(printed_sample, library, "complaint_stage_1", TODAY), now=NOW)
    screen.flow.show_step(4)
    screen.flow.show_step(5)
    settle()
    assert copies.isVisibleTo(window) and not copies.which.isVisibleTo(window), "one bundle is no question"
    check_fits(window)
    check_names(window)
    check_tab_order(window)
    copies.saves[0].setFocus()
    settle()
    picture(window, f"letter-with-bundle-{size}")
    copies.save_to(tmp_path / "copy.pdf", "pdf")
    settle()
    words = "".join(page.extract_text() for page in PdfReader(tmp_path / "copy.pdf").pages)
    assert re.search(r"\(E\d+,\s+page\s+\d+\)", words)
    assert screen.flow.made is not None and "page" not in screen.flow.made.body.split("# What the law says")[0].replace("on page", ""), "the letter itself is as it was"


@pytest.mark.parametrize("size", [100, 200])
def test_a_table_in_a_letter_is_edited_row_by_row_and_kept_as_it_was_typed(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="letters", size=size)
    screen = letters_of(window)
    screen.write("L09")
    screen.flow.show_step(4)
    settle()
    editor, made = screen.flow.editor, screen.flow.made
    assert made is not None and editor.body() == bare(made.body), "what was only shown is not changed"
    check_fits(window)
    picture(window, f"letter-table-{size}")
    editor.go_to("Problem: It does not say who gives it")
    cursor = editor.textCursor()
    cursor.insertText("Problem: Nobody can count this. Who gives it")
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return):
        QTest.keyClick(editor, key)
    editor.textCursor().insertText("A paragraph of my own.")
    screen.flow.keep()
    settle()
    kept = letters.drafts(sample)[0]
    parts = parts_of(kept.body)
    item = next(part for part in parts if part.text.startswith("F1"))
    assert item.rows[1][1].startswith("Nobody can count this. Who gives it, how often") and kept.edited
    assert Part("para", "A paragraph of my own.") in parts, "Enter on an empty row leaves the table"
    assert "Please write: What the reports say." in kept.body, "the last row stays below"
