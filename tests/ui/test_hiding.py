"""Hiding in the window: words typed or ticked, a part of a page drawn or moved by keys, the page as it will be, undo."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from casefile.services import bundles, people
from casefile.store.store import Store
from casefile.ui.screens.bundles import BundlesScreen
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, picture, settle
from tests.ui.test_every_screen import focusable

PAPERS = [4, 15]


@pytest.fixture
def sample(printed_sample: Store) -> Store:
    """The sample case with its papers printed already: how they become pages is tested elsewhere."""
    return printed_sample


def opened(make_window: MakeWindow, sample: Store, size: int = 100, look: str = "light") -> BundlesScreen:
    window = make_window(sample, size=size, look=look, place="bundles")
    screen: BundlesScreen = window.case_page.screen_of("bundles")
    screen._take_up(bundles.compose(sample, window.case.library, "everything", TODAY, documents=PAPERS))
    screen._hide()
    settle()
    return screen


@pytest.mark.parametrize(("size", "look"), [(100, "light"), (200, "dark"), (100, "contrast")])
def test_words_are_hidden_and_the_page_shows_it(size: int, look: str, sample: Store, make_window: MakeWindow) -> None:
    screen = opened(make_window, sample, size, look)
    pane = screen.hiding
    before = pane.view.picture.toImage()
    pane.words.setText("Amina Rahman")
    QTest.keyClick(pane.words, Qt.Key.Key_Return)
    settle()
    assert [one.words for one in screen.bundle.hiding.words] == ["Amina Rahman"]
    assert "A: Amina Rahman" in pane.list.lines[0].title and pane.view.picture.toImage() != before
    picture(screen.window(), f"bundles-hide-{look}-{size}")
    for widget in focusable(pane):
        assert widget.accessibleName(), type(widget).__name__
    sample.undo()
    screen.case.tell()
    settle()
    assert not screen.bundle.hiding


def test_ticked_offers_and_other_spellings_are_hidden(sample: Store, make_window: MakeWindow) -> None:
    screen = opened(make_window, sample)
    pane = screen.hiding
    assert pane.checks and not screen.bundle.hiding, "nothing is hidden without a yes"
    words = pane.offered[0].words
    pane.checks[0].setChecked(True)
    QTest.mouseClick(pane.take, Qt.MouseButton.LeftButton)
    settle()
    assert [one.words for one in screen.bundle.hiding.words] == [words]
    pane.words.setText("Daniel Price")
    QTest.mouseClick(pane.add, Qt.MouseButton.LeftButton)
    settle()
    pane.list.choose(("words", "Daniel Price"))
    QTest.mouseClick(pane.spellings, Qt.MouseButton.LeftButton)
    settle()
    kept = {one.words: one.letter for one in screen.bundle.hiding.words}
    assert kept["Price"] == kept["Daniel Price"] == kept["D Price"]
    pane.list.choose(("words", "Price"))
    QTest.mouseClick(pane.stop, Qt.MouseButton.LeftButton)
    settle()
    assert "Price" not in {one.words for one in screen.bundle.hiding.words}
    pane.words.setText("x")
    QTest.mouseClick(pane.add, Qt.MouseButton.LeftButton)
    assert "too short" in pane.problem.text()


def test_a_part_of_a_page_is_covered_by_mouse_by_keys_and_by_numbers(sample: Store, make_window: MakeWindow) -> None:
    screen = opened(make_window, sample)
    pane = screen.hiding
    view = pane.view
    wide, high = view.width(), view.height()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(wide // 10, high // 10))
    QTest.mouseMove(view, QPoint(wide // 2, high // 5))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(wide // 2, high // 5))
    assert pane.sides.text() == "10, 10, 50, 20"
    QTest.mouseClick(pane.cover, Qt.MouseButton.LeftButton)
    settle()
    area = screen.bundle.hiding.areas[0]
    assert (area.item, area.page) == (screen.bundle.items[0].key, 1) and abs(area.right - 0.5) < 0.02
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Return)
    settle()
    assert [round(side, 2) for side in (screen.bundle.hiding.areas[1].top, screen.bundle.hiding.areas[1].right)] == [0.41, 0.61]
    pane.sides.setText("10, 60, 90, 70")
    QTest.keyClick(pane.sides, Qt.Key.Key_Return)
    QTest.mouseClick(pane.cover, Qt.MouseButton.LeftButton)
    settle()
    assert screen.bundle.hiding.areas[2].bottom == 0.7
    pane.sides.setText("ten")
    QTest.keyClick(pane.sides, Qt.Key.Key_Return)
    assert "names no part" in pane.said.text()
    pane.list.choose(("area", 0))
    QTest.mouseClick(pane.stop, Qt.MouseButton.LeftButton)
    settle()
    assert len(screen.bundle.hiding.areas) == 2
    picture(screen.window(), "bundles-hide-areas")


@pytest.mark.parametrize("size", [100, 200])
def test_a_person_is_marked_never_to_be_shown(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, size=size, place="people")
    screen = window.case_page.screen_of("people")
    person = next(one for one in people.contacts(sample) if not one.me)
    screen.list.choose(person.id)
    assert not screen.never.isChecked()
    screen.never.click()
    settle()
    assert people.never_shown(sample) == {person.id} and screen.never.isChecked()
    picture(window, f"people-never-{size}")
    sample.undo()
    window.case.tell()
    settle()
    assert not screen.never.isChecked()
