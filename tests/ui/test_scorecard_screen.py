"""How the law was kept, in the window: the same as the dates, filtered, opened, printed and saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casefile.services import scorecard
from casefile.store.store import Store
from casefile.ui.parts import Button
from casefile.ui.screens import scorecard as screen_module
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, settle


def test_from_the_dates_and_back_to_one(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="deadlines")
    page = window.case_page
    next(button for button in page.screen_of("deadlines").findChildren(Button) if button.text() == "Scorecard").click()
    settle()
    screen = page.screen_of("scorecard")
    found = scorecard.scorecard(sample, window.case.library, TODAY)
    assert len(screen.table.source.rows) == len(found.steps) + len(found.others) + 1
    screen.shown.choose("late")
    screen.refresh()
    assert len(screen.table.source.rows) == len(found.late)
    key = str(screen.table.current())
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    settle()
    assert page.place == "deadlines" and page.screen_of("deadlines").list.current() == key


def test_printing_and_saving(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    window = make_window(sample, place="scorecard")
    screen = window.case_page.screen_of("scorecard")
    printed: list[bytes] = []
    monkeypatch.setattr(screen_module, "show_paper", lambda _parent, _case, pdf, _title: printed.append(pdf))
    monkeypatch.setattr(screen_module, "choose_target", lambda *_: tmp_path / "kept.csv")
    screen.printing.click()
    screen._save()
    assert printed[0].startswith(b"%PDF") and b"Days late" in (tmp_path / "kept.csv").read_bytes()
