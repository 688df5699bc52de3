"""The plan in the window: reading in, looking at words, linking, placing, following, comparing, printing."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from casefile.progress import Silent
from casefile.services import plan_import, plan_marks, plans, provision, timeline
from casefile.store.store import Store
from casefile.ui import dialogs
from casefile.ui.parts import Button, Check, Choice
from casefile.ui.plan_change import ChangeRow
from casefile.ui.plan_dialogs import AboutDialog, ItemDialog, VersionDialog
from casefile.ui.plan_words import MarkedWords, faults_in
from casefile.ui.screens.compare import CompareScreen
from casefile.ui.screens.plan import CHECK, REPORTS, UNPLACED, PlanScreen
from casefile.ui.text import Words
from casefile.ui.window import Window
from tests.conftest import NOW, TODAY
from tests.domain.test_plan_layouts import HEADED, SALT
from tests.ui.conftest import MakeWindow, picture, settle
from tests.ui.test_every_screen import check_fits, check_names, check_tab_order


def screen_of(window: Window) -> PlanScreen:
    found = window.case_page.stack.currentWidget()
    assert isinstance(found, PlanScreen)
    return found


def texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(MarkedWords) if one.isVisible())


def press(widget: QWidget, text: str) -> None:
    settle()
    button = next(one for one in widget.findChildren(Button) if one.text() == text and one.isVisibleTo(widget))
    button.click()
    settle()


def answered(monkeypatch: pytest.MonkeyPatch, *answers: object) -> list[str]:
    """Answer each dialog in turn: a function that fills it, or yes or no."""
    left, seen = list(answers), []

    def run(self: dialogs.Dialog) -> int:
        seen.append(self.accessibleName())
        answer = left.pop(0)
        if callable(answer):
            answer(self)
            self.finish()
            return int(self.result())
        return int(bool(answer))

    monkeypatch.setattr(dialogs.Dialog, "exec", run)
    return seen


def test_section_f_comes_first_and_words_are_marked(sample: Store, make_window: MakeWindow) -> None:
    screen = screen_of(make_window(sample, place="plan"))
    assert [line.id for line in screen.lines.lines] == ["F1", "F2", "F3"]
    draft = plans.versions(sample)[0]
    screen.show_thing(draft.id)
    settle()
    words = next(one for one in screen.side.findChildren(MarkedWords) if one.isVisible())
    assert "access to" in {words.text()[start:end] for start, end, _ in words.marks}
    assert "Words to look at: access to" in words.accessibleName()
    picture(screen.window(), "plan-draft")


def test_every_face_fits(sample: Store, make_window: MakeWindow) -> None:
    for size in (100, 200):
        window = make_window(sample, size=size, place="plan")
        screen = screen_of(window)
        screen.show_thing(plans.versions(sample)[0].id)
        for chosen in ("B", "F", CHECK, UNPLACED, REPORTS, "H2"):
            screen.sections.choose(chosen)
            settle()
            picture(window, f"plan-{chosen}-{size}")
            check_names(window)
            check_tab_order(window)
            check_fits(window)


def test_a_link_goes_to_the_need_and_back(sample: Store, make_window: MakeWindow) -> None:
    screen = screen_of(make_window(sample, place="plan"))
    next(one for one in screen.side.findChildren(Button) if one.accessibleName().startswith("Meets need: B1")).click()
    settle()
    assert (screen.sections.current(), screen.lines.current()) == ("B", "B1")
    screen.show_thing("F3")
    settle()
    assert (screen.sections.current(), screen.lines.current()) == ("F", "F3")


def test_words_are_edited_and_linked(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screen_of(make_window(sample, place="plan"))

    def fill(dialog: ItemDialog) -> None:
        dialog.words.setPlainText("Access to therapy.")
        dialog.needs["B2"].setChecked(True)

    seen = answered(monkeypatch, fill)
    press(screen, "Edit")
    assert seen == ["Change F1"]
    item = next(one for one in screen.items if one.key == "F1")
    assert (item.text, item.needs) == ("Access to therapy.", ("B1", "B2"))
    screen.case.undo()
    settle()
    assert next(one for one in screen.items if one.key == "F1").needs == ("B1",)


def test_what_has_no_place_is_put_into_a_section(sample: Store, make_window: MakeWindow) -> None:
    screen = screen_of(make_window(sample, place="plan"))
    screen.sections.choose(UNPLACED)
    settle()
    before = len(screen.lines.lines)
    next(one for one in screen.side.findChildren(Choice) if one.isVisible()).choose("A")
    press(screen, "Put it there")
    assert len(screen.lines.lines) == before - 1
    assert [item.key for item in screen.items if item.section == "A"] == ["A1", "A2"]


def test_a_line_is_followed_once(store: Store, tmp_path: Path, make_window: MakeWindow) -> None:
    (tmp_path / "plan.txt").write_text(HEADED, "utf-8")
    plan_import.import_plan(store, plan_import.file_paper(store, tmp_path / "plan.txt", Silent(), now=NOW), "final")
    screen = screen_of(make_window(store, place="plan"))
    press(screen, "Follow this line")
    assert [(line.item, line.minutes) for line in provision.provisions(store)] == [("F1", 30)]
    assert any(one.text() == "See what was given" for one in screen.side.findChildren(Button) if one.isVisible())


def test_the_check_shows_its_line(sample: Store, make_window: MakeWindow) -> None:
    screen = screen_of(make_window(sample, place="plan"))
    screen.sections.choose(CHECK)
    settle()
    number = next(at for at, one in enumerate(screen.checked.findings) if one.item == "B2")  # type: ignore[union-attr]
    screen.lines.choose(f"q{number}")
    settle()
    press(screen, "Show B2")
    assert screen.lines.current() == "B2"


def test_a_version_is_pasted_and_what_follows_is_recorded(store: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screen_of(make_window(store, place="plan"))
    assert screen.empty.isVisible()

    def fill(dialog: VersionDialog) -> None:
        dialog.paper.choose(None)
        dialog.words.setPlainText(HEADED)
        dialog.status.choose("final")
        dialog.dated.edit.setText("4 May 2026")

    seen = answered(monkeypatch, fill, True)
    press(screen, "Add a version")
    assert seen == ["Add a version of the plan", "Record what follows from it?"]
    assert [event.kind for event in timeline.events_of(store)] == ["plan_finalised"]
    assert screen.lines.lines[0].id == "F1"


def test_something_else_is_refused_and_can_be_read_all_the_same(store: Store, make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(store, place="plan")
    dialog = VersionDialog(window, screen_of(window).case)
    dialog.paper.choose(None)
    dialog.words.setPlainText("Dear Mrs Rahman")
    dialog.finish()
    assert dialog.made is None
    assert "does not look like" in dialog.problem.text()
    assert not dialog.anyway.isHidden()
    picture(dialog, "dialog-plan-version")
    dialog.anyway.setChecked(True)
    dialog.finish()
    assert dialog.made is not None


def test_dialogs_fit(sample: Store, make_window: MakeWindow) -> None:
    for size in (100, 200):
        window = make_window(sample, size=size, place="plan")
        screen = screen_of(window)
        assert screen.version is not None
        item = next(one for one in screen.items if one.key == "F1")
        for name, dialog in (("line", ItemDialog(window, screen.case, screen.version, "F", item)), ("about", AboutDialog(window, screen.case, screen.version)), ("version", VersionDialog(window, screen.case))):
            dialog.show()
            settle()
            picture(dialog, f"dialog-plan-{name}-{size}")
            assert all(one.accessibleName() for one in dialog.findChildren(Choice) + dialog.findChildren(Check))
            dialog.close()


def test_our_wording_is_begun_and_compared(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window(sample, place="plan")
    screen = screen_of(window)
    press(screen, "Begin our proposed wording")
    assert screen.version is not None
    assert screen.version.status == "ours"
    answered(monkeypatch, lambda dialog: dialog.words.setPlainText(SALT), True)
    press(screen, "Edit")
    press(screen, "Compare")
    compare = window.case_page.stack.currentWidget()
    assert isinstance(compare, CompareScreen)
    assert [made.change.key for made in compare.shown_rows] == ["F1"] or compare.reworded.isVisible()
    press(compare, "Print")


def test_compare_weakest_first_and_by_keyboard(sample: Store, make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(sample, place="compare")
    screen = window.case_page.stack.currentWidget()
    assert isinstance(screen, CompareScreen)
    draft, final = plans.versions(sample)
    screen.show_thing((final.id, draft.id))
    settle()
    picture(window, "compare-weaker")
    check_fits(window)
    assert screen.shown_rows[0].change.section_before == "F"
    assert "weaker or gone" in screen.sentence.text()
    assert screen.shown_rows[0].accessibleName().startswith("Weaker")
    screen.shown_rows[0].setFocus()
    qtbot.keyClick(screen.shown_rows[0], Qt.Key.Key_Down)
    assert isinstance(window.focusWidget(), ChangeRow)
    assert window.focusWidget() is screen.shown_rows[1]


def test_marks_do_not_overlap() -> None:
    assert faults_in("access to access", ["access to", "access", "gone"]) == [(0, 9, "look"), (10, 16, "look")]


def test_what_a_report_asks_for_goes_into_our_wording(sample: Store, make_window: MakeWindow) -> None:
    screen = screen_of(make_window(sample, place="plan"))
    screen.sections.choose(REPORTS)
    settle()
    assert screen.asked[0].kept.state == "lost"
    wanted = screen.asked[0].kept.advice.text
    press(screen, "Put it into our wording")
    assert screen.version is not None
    assert screen.version.status == "ours"
    assert screen.lines.current() == "F4"
    assert next(item for item in screen.items if item.key == "F4").text == wanted
    screen.case.undo()
    settle()
    assert [one.status for one in plans.versions(sample)] == ["draft", "final"]


def test_the_lines_are_there_before_the_whole_is_checked(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="today")
    window.case.jobs.at_once = False
    window.case_page.go("plan")
    screen = window.case_page.screen_of("plan")
    assert isinstance(screen, PlanScreen)
    assert screen.checked is None and len(screen.lines.lines) == 3, "the lines do not wait for the check"
    screen.sections.choose(CHECK)
    assert screen.side_words.text() == "The words are being checked."
    for _ in range(200):
        settle()
        if screen.checked is not None:
            break
        time.sleep(0.02)
    assert screen.checked is not None and len(screen.lines.lines) == len(screen.checked.findings) > 0
    assert "to look at" in screen.side_words.text()


def test_a_wording_is_said_to_be_fine_and_looked_at_again(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="plan")
    screen = screen_of(window)
    screen.show_thing(plans.versions(sample)[0].id)
    settle()
    screen._go("F2")
    press(screen, "This wording is fine")
    assert next(line for line in screen.lines.lines if line.id == "F2").status == ("done", "You said it is fine", "done")
    assert "this wording is fine" in " ".join(words.text() for words in screen.side.findChildren(Words) if words.isVisible())
    picture(window, "plan-fine")
    screen.sections.choose(CHECK)
    settle()
    assert "1 line you said is fine." in screen.side_words.text()
    screen._go("F2")
    press(screen, "Look at it again")
    assert next(line for line in screen.lines.lines if line.id == "F2").status[0] == "look"
    window._undo()
    assert plan_marks.fine(sample) != {}


def test_what_is_found_in_a_draft_leads_to_its_letter(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="plan")
    screen = screen_of(window)
    screen._go("F1")
    settle()
    assert not [one for one in screen.side.findChildren(Button) if one.text() == "Add to my letter"], "a final plan has no draft to answer"
    draft = plans.versions(sample)[0]
    screen.show_thing(draft.id)
    settle()
    press(screen, "Add to my letter")
    assert window.case_page.place == "letters"
    window.case_page.go("plan")
    plans.copy_version(sample, draft, TODAY)
    window.case.tell()
    window.case_page.go("compare")
    settle()
    compare = window.case_page.screen_of("compare")
    compare.before.choose(draft.id)
    compare.after.choose(plans.versions(sample)[-1].id)
    compare._fill()
    press(compare, "Ask about these")
    assert window.case_page.place == "letters"


def test_the_working_document_prints_and_tells_its_pages(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window(sample)
    plans.copy_version(sample, plans.versions(sample)[-1], TODAY)
    window.case_page.go("compare")
    compare = window.case_page.screen_of("compare")
    seen = answered(monkeypatch, False)
    press(compare, "Print the working document")
    assert seen == ["Working document"]
    assert "It prints on 2 pages here" in compare.pages.text() or "It prints on 1 page here" in compare.pages.text()
    assert "at most 25" in compare.pages.text()
    picture(window, "compare-working")
    check_fits(window)


@pytest.mark.parametrize("size", [100, 200])
def test_the_page_a_line_was_read_from_stands_below_it_while_wanted(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="plan", size=size)
    screen = screen_of(window)
    screen._go("F1")
    settle()
    assert not screen.paper.isVisibleTo(window)
    next(one for one in screen.side.findChildren(Button) if one.text() == "See the page here").click()
    settle()
    item = next(one for one in screen.items if one.key == "F1")
    assert screen.paper.isVisibleTo(window) and screen.paper.id == screen.version.document
    assert screen.paper.page == (item.page or 0) - 1 and screen.paper.page_view.boxes, "its words are marked on the page"
    check_fits(window)
    check_names(window)
    picture(window, f"plan-page-{size}")
    screen._go("F2")
    settle()
    assert screen.paper.isVisibleTo(window), "it stays while lines are gone through"
    next(one for one in screen.side.findChildren(Button) if one.text() == "Hide the page").click()
    settle()
    assert not screen.paper.isVisibleTo(window)
