"""The ledger in the window: the grid by keyboard, logging one and many, following a line, the one question of Today."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casefile.domain.sessions import Provision
from casefile.services import provision, provision_week
from casefile.store.store import Store
from casefile.ui import dialogs
from casefile.ui.ledger_dialogs import LineDialog, ManyDialog, SessionDialog
from casefile.ui.ledger_rows import RowsDialog
from casefile.ui.ledger_week import OneByOne, WeekDialog
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, picture, settle, type_into
from tests.ui.test_dialogs import seen


def test_keys_log_the_chosen_week_and_undo_takes_it_back(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="provision")
    screen = window.case_page.screen_of("provision")
    line = provision.provision(sample, "F1")
    chosen = screen.grid.chosen()
    assert chosen is not None and chosen[0].provision.item == "F1" and "not known" in screen.strip_words.text()
    screen.grid.setFocus()
    QTest.keyClick(screen.grid, Qt.Key.Key_N)
    settle()
    assert provision.sessions_of(sample, line)[-1].on == dt.date(2026, 11, 19)
    assert "Thursday 19 November 2026, F1: not given" in screen.strip_words.text()
    QTest.keyClick(screen.grid, Qt.Key.Key_Y)
    settle()
    assert [one.outcome for one in provision.sessions_of(sample, line) if one.on >= dt.date(2026, 11, 19)] == ["delivered"], "corrected, not added"
    window._undo()
    window._undo()
    assert provision.sessions_of(sample, line)[-1].on == dt.date(2026, 11, 5)


def test_every_cell_says_what_it_shows(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="provision")
    grid = window.case_page.screen_of("provision").grid
    said = [grid.source.data(grid.source.index(0, column), Qt.ItemDataRole.AccessibleTextRole) for column in range(1, grid.source.columnCount())]
    assert any("1 missed" in words for words in said) and any("1 given" in words for words in said) and any("no school" in words for words in said)


@pytest.mark.parametrize("size", [100, 200])
def test_logging_a_session(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, size=size, place="provision")
    line = provision.provision(sample, "F1")
    dialog = SessionDialog(window, window.case, line, dt.date(2026, 11, 12))
    dialog._choose("part")
    seen(dialog, f"session-{size}")
    dialog.finish()
    assert "How many minutes" in dialog.problem.text()
    type_into(dialog.minutes, "10")
    type_into(dialog.said, "Mrs Hale")
    dialog.finish()
    (made,) = [one for one in provision.sessions_of(sample, line) if one.on == dt.date(2026, 11, 12)]
    assert (made.outcome, made.minutes, made.said_by) == ("part", 10, "Mrs Hale")


def test_a_past_term_at_once(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="provision")
    line = provision.provision(sample, "F1")
    dialog = ManyDialog(window, window.case, line)
    dialog.start.edit.setText("3 September 2026")
    seen(dialog, "many")
    dialog.finish()
    (found, _) = provision.report(sample, window.case.library, TODAY, dt.date(2026, 9, 1))
    assert found.total("unknown") == 0 and found.total("missed") == 10 and found.total("delivered") == 1


@pytest.mark.parametrize("size", [100, 200])
def test_following_a_line(size: int, store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, size=size, place="provision")
    dialog = LineDialog(window, window.case)
    dialog.finish()
    assert "number in the plan" in dialog.problem.text()
    type_into(dialog.item, "F1")
    type_into(dialog.minutes, "30")
    type_into(dialog.sessions, "1")
    dialog.days[3].setChecked(True)
    type_into(dialog.start.edit, "3 September 2026")
    seen(dialog, f"line-{size}")
    dialog.finish()
    (made,) = provision.provisions(store)
    assert (made.item, made.minutes, made.sessions, made.weekdays, made.start) == ("F1", 30, 1, (3,), dt.date(2026, 9, 3))
    settle()
    assert window.case_page.screen_of("provision").grid.isVisible()


def test_a_number_opens_to_the_rows_behind_it(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="provision")
    (found, _) = provision.report(sample, window.case.library, TODAY)
    dialog = RowsDialog(window, found, window.case)
    seen(dialog, "rows")
    assert len(dialog.list.lines) == 18 and "83 %" not in dialog.list.lines[0].title


def test_today_asks_about_one_session(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="today")
    screen = window.case_page.screen_of("today")
    assert screen.question is not None and screen.question.text() == "Yes, all of it"
    screen.question.click()
    settle()
    line = provision.provision(sample, "F1")
    assert [(one.on, one.outcome) for one in provision.sessions_of(sample, line)][-1] == (dt.date(2026, 11, 19), "delivered")
    asked = provision_week.question(sample, window.case.library, TODAY)
    assert asked is not None and asked.on == dt.date(2026, 11, 12)


def test_sheets_open_as_they_will_print(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from casefile.ui import paper

    shown: list[str] = []
    monkeypatch.setattr(paper.PaperDialog, "exec", lambda self: shown.append(self.count.text()) or 0)
    window = make_window(sample, place="provision")
    screen = window.case_page.screen_of("provision")
    screen._print()
    screen._week()
    assert [words.split(" of ")[0] for words in shown] == ["Page 1", "Page 1"]


def test_a_half_term_can_be_shown_by_itself(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="provision")
    screen = window.case_page.screen_of("provision")
    titles = [screen.stretch.itemText(number) for number in range(screen.stretch.count())]
    assert "Term: Thu 3 Sep 2026 to Tue 24 Nov 2026" in titles and "Half term: Thu 3 Sep 2026 to Sun 25 Oct 2026" in titles
    screen.stretch.setCurrentIndex(titles.index("Half term: Thu 3 Sep 2026 to Sun 25 Oct 2026"))
    screen.refresh()
    settle()
    assert screen.found[0].total("minutes_missed") == 180 and screen.chart_title.text() == "3 h missed"


def test_the_sessions_are_saved_as_a_table(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from casefile.ui.screens import provision as screen_module

    window = make_window(sample, place="provision")
    monkeypatch.setattr(screen_module, "choose_target", lambda *_: tmp_path / "given.csv")
    window.case_page.screen_of("provision")._save()
    assert (tmp_path / "given.csv").read_bytes().startswith(b"\xef\xbb\xbfLine,What,From,To")


@pytest.mark.parametrize("size", [100, 200])
def test_a_printed_week_is_typed_in_by_its_numbers(size: int, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, WeekDialog)
        self.show()
        self.week.choose(dt.date(2026, 11, 16))
        self.week.activated.emit(1)
        settle()
        assert [row[2].accessibleName()[:2] for row in self.rows] == [f"{number}." for number in range(1, len(self.rows) + 1)]
        self.rows[0][2].choose("missed")
        self.rows[1][2].choose("part")
        self.rows[1][2].activated.emit(0)
        settle()
        picture(self, f"dialog-week-{size}")
        self.finish()
        assert "Row 2" in self.problem.text(), "minutes are asked for, and nothing is kept"
        self.rows[1][3].setText("5")
        self.finish()
        seen.append(len(self.rows))
        return 1

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    window = make_window(sample, place="provision", size=size)
    screen = window.case_page.screen_of("provision")
    before = {line.id: len(provision.sessions_of(sample, line)) for line in provision.provisions(sample)}
    screen._type()
    settle()
    assert seen
    kept = [one for line in provision.provisions(sample) for one in provision.sessions_of(sample, line) if one.on >= dt.date(2026, 11, 16)]
    assert {"missed", "part"} <= {one.outcome for one in kept}
    window._undo()
    assert {line.id: len(provision.sessions_of(sample, line)) for line in provision.provisions(sample)} == before


@pytest.mark.parametrize("size", [100, 200])
def test_sessions_are_answered_one_by_one_by_key(size: int, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, OneByOne)
        self.show()
        total = len(self.found)
        assert self.told.text() == f"1 of {total}"
        picture(self, f"dialog-one-by-one-{size}")
        self._answer("missed")
        self.skip.click()
        self._answer("part")
        self._part()
        assert "in figures" in self.problem.text()
        self.minutes.setText("4")
        self._part()
        while self.at < total:
            self._answer("unknown")
        assert self.asked.text() == f"That was all. {total - 1} answers kept." and not self.buttons[0].isVisible()
        return 0

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    provision.save(sample, Provision(None, "F3", "Teaching assistant", minutes=20, sessions=3, period="week", weekdays=(0, 2, 4), start=dt.date(2026, 9, 1)))
    window = make_window(sample, place="provision", size=size)
    total = len(provision_week.waiting(sample, window.case.library, TODAY))
    window.case_page.screen_of("provision")._one_by_one()
    assert len(provision_week.waiting(sample, window.case.library, TODAY)) == 1 and total > 3
