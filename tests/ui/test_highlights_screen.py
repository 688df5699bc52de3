"""Marking a report in the window: by keyboard, sentence by sentence, ticked in the plan, and what is lost listed there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casefile.domain.blocks import Paragraph, Run
from casefile.services import plan_highlights, plan_quality
from casefile.store.store import Store
from casefile.ui.blocks import block_widgets
from casefile.ui.page_view import Mark, places_of
from casefile.ui.parts import Button, Check
from casefile.ui.plan_words import MarkedWords
from casefile.ui.report_page import lines_of
from casefile.ui.screens.highlights import HighlightsScreen
from casefile.ui.screens.plan import REPORTS
from tests.services.test_plan_highlights import salt
from tests.ui.conftest import MakeWindow, picture, settle
from tests.ui.test_every_screen import check_fits, check_names, check_tab_order


def opened(sample: Store, make_window: MakeWindow, size: int = 100, look: str = "light") -> tuple[object, HighlightsScreen]:
    window = make_window(sample, size=size, look=look)
    window.case_page.go("highlights", salt(sample))
    settle()
    screen = window.case_page.screen_of("highlights")
    assert isinstance(screen, HighlightsScreen)
    return window, screen


def number_of(screen: HighlightsScreen, words: str) -> int:
    return next(at for at, one in enumerate(screen.found) if words in one.words)


def test_keys_mark_and_go_on_and_undo_takes_back(sample: Store, make_window: MakeWindow) -> None:
    window, screen = opened(sample, make_window)
    first = number_of(screen, "30 minutes each week")
    screen.list.choose(first)
    screen.list.setFocus()
    QTest.keyClick(screen.list, Qt.Key.Key_P)
    settle()
    assert screen.found[first].kind == "provision" and screen.list.current() == first + 1
    QTest.keyClick(screen.list, Qt.Key.Key_N)
    QTest.keyClick(screen.list, Qt.Key.Key_X)
    settle()
    assert [screen.found[first + at].kind for at in range(3)] == ["provision", "need", "neither"]
    statuses = [line.status[1] for line in screen.list.lines if line.id in (first, first + 1, first + 2)]
    assert statuses == ["Provision", "Need", "Neither"], "each mark is a word and an icon, not only a colour"
    window._undo()  # type: ignore[attr-defined]
    settle()
    assert screen.found[first + 2].kind == ""


@pytest.mark.parametrize(("look", "size"), [("light", 100), ("dark", 200)])
def test_a_mark_is_ticked_in_the_plan(look: str, size: int, sample: Store, make_window: MakeWindow) -> None:
    window, screen = opened(sample, make_window, size, look)
    screen.list.choose(number_of(screen, "30 minutes each week"))
    settle()
    next(button for button in screen.side.findChildren(Button) if button.text() == "Provision").click()
    settle()
    words = next(one for one in screen.side.findChildren(MarkedWords))
    assert words.marks[0][2] == "provision" and "Marked as provision" in words.accessibleName()
    box = next(box for box in screen.side.findChildren(Check) if box.text().startswith("F1"))
    box.click()
    settle()
    assert plan_highlights.highlights(sample)[0].lines == ("F1",)
    assert any(line.detail == "Ticked: F1" for line in screen.list.lines)
    picture(window, f"highlights-ticked-{size}")  # type: ignore[arg-type]
    check_names(window)  # type: ignore[arg-type]
    check_tab_order(window)  # type: ignore[arg-type]
    check_fits(window)  # type: ignore[arg-type]


def test_what_is_shown_can_be_narrowed(sample: Store, make_window: MakeWindow) -> None:
    _, screen = opened(sample, make_window)
    for wanted in ("all", "found", "open", "loose"):
        screen.shown.choose(wanted)
        screen._fill()
        rows = [line for line in screen.list.lines if not line.group]
        assert bool(rows) == (wanted != "loose")
    plan_highlights.mark(sample, salt(sample), screen.found[0].page, screen.found[0].words, "need")
    screen._fill()
    assert [line.id for line in screen.list.lines if not line.group] == [0]


def test_from_the_plan_and_back_to_what_is_lost(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="plan")
    page = window.case_page
    plan = page.screen_of("plan")
    plan.sections.choose(REPORTS)
    settle()
    plan.mark_reports.click()
    settle()
    assert page.place == "highlights"
    screen = page.screen_of("highlights")
    screen.report.choose(salt(sample))
    screen._fill()
    at = next(number for number, one in enumerate(screen.found) if not one.found and len(one.words) > 40)
    screen.list.choose(at)
    screen._mark("provision")
    settle()
    next(button for button in screen.findChildren(Button) if button.text() == "What is lost or less in the plan").click()
    settle()
    assert page.place == "plan" and plan.sections.current() == REPORTS
    assert any(one.mark is not None for one in plan_quality.reports_against(sample, plan.version))
    assert any(screen.found[at].words in line.title for line in plan.lines.lines)


@pytest.mark.parametrize(("look", "size"), [("light", 100), ("dark", 200)])
def test_the_report_is_marked_on_its_own_page(look: str, size: int, sample: Store, make_window: MakeWindow) -> None:
    window, screen = opened(sample, make_window, size, look)
    screen.list.choose(number_of(screen, "30 minutes each week"))
    screen.way.choose("page")
    screen._turn()
    settle()
    page = screen.paper.marked
    assert {mark.number for mark, _ in page.boxes} == set(range(len(screen.found))), "every sentence of the report stands on its page"
    wanted = number_of(screen, "understands spoken language")
    area = page._area(next(lines for mark, lines in page.lines if mark.number == wanted)[0])
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=area.center().toPoint())
    settle()
    assert screen.list.current() == wanted and page.chosen == wanted and page.hasFocus()
    QTest.keyClick(page, Qt.Key.Key_N)
    settle()
    assert screen.found[wanted].kind == "need" and page.chosen == wanted + 1, "a key marks and goes on to the next sentence"
    assert next(mark.kind for mark, _ in page.boxes if mark.number == wanted) == "need"
    QTest.keyClick(page, Qt.Key.Key_Up)
    settle()
    assert page.chosen == wanted and page.accessibleDescription().endswith("Need.")
    place = page.first_mark()
    bar = screen.paper.area.verticalScrollBar()
    assert place and bar.value() <= place[1] <= bar.value() + screen.paper.area.viewport().height(), "the chosen sentence is in sight"
    picture(window, f"highlights-page-{size}")  # type: ignore[arg-type]
    check_names(window)  # type: ignore[arg-type]
    check_tab_order(window)  # type: ignore[arg-type]
    check_fits(window)  # type: ignore[arg-type]
    screen.way.choose("list")
    screen._turn()
    settle()
    assert screen.list.isVisible() and screen.list.current() == wanted


def test_a_mark_is_drawn_in_ink_of_its_own(sample: Store, make_window: MakeWindow) -> None:
    _, screen = opened(sample, make_window)
    first = number_of(screen, "30 minutes each week")
    screen.list.choose(first)
    screen.way.choose("page")
    screen._turn()
    settle()
    page = screen.paper.marked

    def ground() -> str:
        area = page._area(next(lines for mark, lines in page.lines if mark.number == first)[0])
        return page.grab().toImage().pixelColor(round(area.left() + 1), round(area.top() + 1)).name()

    page.choose(-1)
    plain = ground()
    screen._mark("provision")
    settle()
    page.choose(-1)
    marked = ground()
    assert plain == "#ffffff" and marked == "#cfe6e1"


def test_words_of_a_word_report_stand_out_in_its_text() -> None:
    blocks = [Paragraph((Run("Amina finds words slowly. She needs 30 minutes a week."),)), Paragraph((Run("Nothing here."),))]
    marks = [Mark(0, "Amina finds words slowly.", "need"), Mark(1, "She needs 30 minutes a week.", "found")]
    shown = block_widgets(blocks, marks)
    assert isinstance(shown[0], MarkedWords) and shown[0].marks == ((0, 25, "need"),)
    assert not isinstance(shown[1], MarkedWords)


def test_a_word_cut_at_the_end_of_a_line_is_found() -> None:
    words = (("speech", 10, 10, 40, 20), ("thera-", 42, 10, 60, 20), ("pist", 10, 24, 30, 34), ("weekly", 32, 24, 60, 34))
    assert len(places_of("Speech therapist, weekly.", words)) == 4
    assert places_of("pist week", words) == [], "half a word is no place"
    assert lines_of([(10, 10, 40, 20), (42, 10, 60, 20), (10, 24, 30, 34)]) == [(10, 10, 60, 20), (10, 24, 30, 34)]
