"""A bundle put in order in the window: dragged with the mouse, moved and named by keys, always to be undone."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from casefile.domain.bundle_order import begun, with_heading
from casefile.services import bundles
from casefile.services.bundles import Plan
from casefile.store.store import Store
from casefile.ui import bundle_names
from casefile.ui.bundle_table import BundleTable
from casefile.ui.screens.bundles import BundlesScreen
from casefile.ui.theme import BODY, SEMIBOLD, look
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, picture, settle, type_into
from tests.ui.test_dialogs import seen


def composed(sample: Store, make_window: MakeWindow, size: int = 100, theme: str = "light", high: int = 900) -> tuple[object, BundlesScreen]:
    """Five papers in two sections: three in the first."""
    window = make_window(sample, size=size, look=theme, place="bundles", high=high)
    screen = window.case_page.screen_of("bundles")
    made = bundles.compose(sample, window.case.library, "everything", TODAY, documents=[3, 4, 5, 11, 12])
    screen._take_up(begun(made, made.items[3].key, "Later papers"))
    settle()
    return window, screen


def order(screen: BundlesScreen) -> list[tuple[str, str]]:
    return [(item.section, item.key) for item in screen.bundle.items]


def middle(table: BundleTable, id_: str) -> QPoint:
    """The middle of a row, in the view."""
    number = next(at for at, row in enumerate(table.source.rows) if str(row.id) == id_)
    return QPoint(table.viewport().width() // 3, table.rowViewportPosition(number) + table.rowHeight(number) // 2)


def drag(table: BundleTable, start: QPoint, end: QPoint, *, let_go: bool = True) -> None:
    """Press at one place, move to another, and let go there."""
    view = table.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(view, start + (end - start) * step / 5)
    if let_go:
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    settle()


@pytest.mark.parametrize(("size", "theme"), [(100, "light"), (200, "dark")])
def test_a_paper_is_dragged_into_another_section(size: int, theme: str, sample: Store, make_window: MakeWindow) -> None:
    window, screen = composed(sample, make_window, size, theme)
    table, before = screen.table, order(screen)
    (one, a), (_, b), (_, c), (two, d), (_, e) = before
    aim = middle(table, d) + QPoint(0, table.rowHeight(0) // 2 - 2)
    drag(table, middle(table, a), aim, let_go=False)
    assert table.gap is not None and table.source.rows[table.gap].id == e and order(screen) == before
    picture(window, f"bundle-dragging-{theme}-{size}")
    QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=aim)
    settle()
    assert order(screen) == [(one, b), (one, c), (two, d), (two, a), (two, e)] and table.gap is None
    assert table.current() == a
    window.case.undo()
    settle()
    assert order(screen) == before


def test_a_drop_under_a_section_goes_to_its_top_and_one_above_it_to_the_end_of_the_last(sample: Store, make_window: MakeWindow) -> None:
    window, screen = composed(sample, make_window)
    table, before = screen.table, order(screen)
    (one, a), (_, b), (_, c), (two, d), (_, e) = before
    half = table.rowHeight(0) // 2
    drag(table, middle(table, e), middle(table, f"section {two}") + QPoint(0, half - 2))
    assert order(screen) == [(one, a), (one, b), (one, c), (two, e), (two, d)]
    window.case.undo()
    settle()
    drag(table, middle(table, e), middle(table, f"section {two}") - QPoint(0, half - 2))
    assert order(screen) == [(one, a), (one, b), (one, c), (one, e), (two, d)]


def test_a_section_is_dragged_whole_and_drops_only_between_sections(sample: Store, make_window: MakeWindow) -> None:
    window, screen = composed(sample, make_window)
    table, before = screen.table, order(screen)
    one, two = before[0][0], before[3][0]
    drag(table, middle(table, f"section {two}"), middle(table, before[0][1]))
    assert [section for section, _ in order(screen)] == [two, two, one, one, one]
    window.case.undo()
    settle()
    assert order(screen) == before


def test_escape_a_click_and_a_drop_at_home_change_nothing(sample: Store, make_window: MakeWindow) -> None:
    _, screen = composed(sample, make_window)
    table, before = screen.table, order(screen)
    drag(table, middle(table, before[0][1]), middle(table, before[2][1]), let_go=False)
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert table.gap is None
    QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=middle(table, before[2][1]))
    drag(table, middle(table, before[1][1]), middle(table, before[1][1]) + QPoint(1, 1))
    drag(table, middle(table, before[1][1]), middle(table, before[1][1]) + QPoint(0, table.rowHeight(0) // 2 + 2))
    settle()
    assert order(screen) == before and sample.last_action is None


def test_dragging_to_the_edge_scrolls_a_long_list(sample: Store, make_window: MakeWindow) -> None:
    window, screen = composed(sample, make_window)
    screen._take_up(bundles.compose(sample, window.case.library, "everything", TODAY))
    settle()
    table = screen.table
    view, first = table.viewport(), str(screen.bundle.items[0].key)
    assert table.verticalScrollBar().maximum() > 0
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle(table, first))
    QTest.mouseMove(view, QPoint(view.width() // 3, view.height() - 30))
    QTest.mouseMove(view, QPoint(view.width() // 3, view.height() - 3))
    QTest.qWait(400)
    assert table.verticalScrollBar().value() > 0
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 3, view.height() - 3))
    settle()
    assert order(screen)[0][1] != first and first in [key for _, key in order(screen)]


@pytest.mark.parametrize(("size", "theme"), [(100, "light"), (200, "dark")])
def test_names_by_keyboard(size: int, theme: str, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """F2 asks; a section is renamed, one begun, a heading set, reworded by Enter and taken out by Space; undo brings all back."""
    window, screen = composed(sample, make_window, size, theme, 720)
    table, before = screen.table, order(screen)
    typed: list[tuple[str, str]] = []

    def answer(dialog: bundle_names.NamesDialog) -> int:
        what, words = typed.pop(0)
        dialog.what.choose(what)
        seen(dialog, f"bundle-names-{what}-{theme}-{size}")
        dialog.words.selectAll()
        type_into(dialog.words, words)
        dialog.main.click()
        if dialog.problem.text():
            seen(dialog, f"bundle-names-wrong-{theme}-{size}")
            return 0
        return dialog.result()

    monkeypatch.setattr(bundle_names.NamesDialog, "exec", answer)
    table.setFocus()

    def press(key: Qt.Key, what: str = "", words: str = "", held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        typed[:] = [(what, words)] if what else []
        QTest.keyClick(table, key, held)
        settle()
        assert not typed

    table.choose(before[4][1])
    press(Qt.Key.Key_F2, "section", "<b>Later</b> & last")
    assert screen.bundle.sections[1] == "<b>Later</b> & last"
    press(Qt.Key.Key_F2, "heading", "Sensory & motor")
    assert screen.bundle.items[4].title == "Sensory & motor" and screen.bundle.items[4].heading
    press(Qt.Key.Key_F2, "begin", "Mine")
    press(Qt.Key.Key_F2, "begin", "Mine")  # taken: told, and nothing changes
    assert screen.bundle.sections == (before[0][0], "<b>Later</b> & last", "Mine")
    picture(window, f"bundle-names-{theme}-{size}")
    press(Qt.Key.Key_Up, held=Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    assert screen.bundle.sections == (before[0][0], "Mine", "<b>Later</b> & last")
    table.choose("h1")
    press(Qt.Key.Key_Return, "reword", "Sensory")
    assert next(item for item in screen.bundle.items if item.heading).title == "Sensory"
    table.choose("h1")
    press(Qt.Key.Key_Space)
    assert not any(item.heading for item in screen.bundle.items)
    for _ in range(6):
        window.case.undo()
    settle()
    assert order(screen) == before


def test_a_heading_with_nothing_under_it_says_so(sample: Store, make_window: MakeWindow) -> None:
    _, screen = composed(sample, make_window)
    screen._keep(with_heading(screen.bundle, screen.bundle.items[4].key, "Last"))
    settle()
    assert not screen._warnings(screen.bundle.items[4])
    screen.table.choose("h1")
    QTest.keyClick(screen.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle()
    assert screen.bundle.items[5].heading and "not printed" in screen.told.text() and screen.table.current() == "h1"


@pytest.mark.parametrize("size", [100, 200])
def test_no_date_in_the_list_is_cut_off(size: int, sample: Store, make_window: MakeWindow) -> None:
    """Each date fits its column, also the widest in a wide font, chosen and so heavier or not."""
    window, screen = composed(sample, make_window, size)
    made = bundles.compose(sample, window.case.library, "everything", TODAY)
    days = [dt.date(2026, month, day) for month in range(1, 13) for day in (8, 9, 18, 20, 25, 28, 30) if not (month == 2 and day == 30)]
    items = tuple(replace(made.items[0], document=1000 + number, on=day) for number, day in enumerate(days))
    screen.table.show_bundle(replace(made, items=items), Plan((), 0, (), (), True), lambda item: [])
    settle()
    table = screen.table
    metrics = QFontMetrics(look.font(BODY, SEMIBOLD))
    for row in table.source.rows:
        for number, column in enumerate(table.source.columns):
            if column.share == 0 and not row.group:
                assert metrics.horizontalAdvance(row.cells[number]) <= table.columnWidth(number) - 2 * look.px(14), row.cells[number]
    picture(window, f"bundle-dates-{size}")
