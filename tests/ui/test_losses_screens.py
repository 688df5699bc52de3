"""Out of school, costs and effects in the window: added, changed, removed and taken back; what is hard to read stays folded."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casefile.services import losses
from casefile.store.store import Store
from casefile.ui import dialogs, ledger_tabs
from casefile.ui.ledger_entries import AbsenceDialog, CostDialog, EffectDialog
from casefile.ui.parts import Fold
from casefile.ui.text import Words
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, settle, type_into
from tests.ui.test_dialogs import seen


def test_the_tabs_lead_from_part_to_part(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="provision")
    page = window.case_page
    for place, words in ledger_tabs.TABS[1:]:
        page.screen_of(page.place).tabs.tabs[place].click()
        settle()
        assert page.place == place and page.screen_of(place).tabs.tabs[place].isChecked(), words
    page.back()
    settle()
    assert page.place == "provision"


@pytest.mark.parametrize("size", [100, 200])
def test_days_out_of_school(size: int, store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, size=size, place="absences")
    dialog = AbsenceDialog(window, window.case, None)
    dialog.finish()
    assert "first day is missing" in dialog.problem.text()
    type_into(dialog.start.edit, "2 November")
    dialog.going_on.setChecked(True)
    assert not dialog.end.isEnabled()
    type_into(dialog.hours, "two")
    dialog.finish()
    assert "no number of hours" in dialog.problem.text()
    dialog.hours.setText("2,5")
    dialog.kind.choose("part_time")
    type_into(dialog.said, "Mrs Hale")
    seen(dialog, f"absence-{size}")
    dialog.finish()
    (made,) = losses.absences(store)
    assert (made.start, made.end, made.hours, made.kind, made.agreed_by) == (dt.date(2026, 11, 2), None, 2.5, "part_time", "Mrs Hale")
    settle()
    screen = window.case_page.screen_of("absences")
    assert screen.total.text() == "42 h 30 over 17 part days lost" and "It still goes on" in screen.cautions.text()
    again = AbsenceDialog(window, window.case, made)
    again.going_on.setChecked(False)
    again.end.edit.setText("6 November")
    again.hours.setText("")
    again.finish()
    settle()
    assert screen.total.text() == "5 whole school days lost"
    window._undo()
    assert losses.absences(store) == [made]


@pytest.mark.parametrize("size", [100, 200])
def test_a_cost(size: int, store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, size=size, place="costs")
    dialog = CostDialog(window, window.case, None)
    type_into(dialog.what, "Private report")
    type_into(dialog.day.edit, "3 November")
    dialog.finish()
    assert "pounds is missing" in dialog.problem.text()
    type_into(dialog.sum, "1,250.5")
    seen(dialog, f"cost-{size}")
    dialog.finish()
    assert losses.costs(store)[0].pence == 125050
    settle()
    screen = window.case_page.screen_of("costs")
    assert screen.total.text() == "£1,250.50 in all" and "0 of 1 entry" in screen.cautions.text()
    screen._remove()
    assert losses.costs(store) == [] and screen.empty.isVisible()
    window._undo()
    assert len(losses.costs(store)) == 1


@pytest.mark.parametrize("size", [100, 200])
def test_an_effect_and_a_hard_one(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, size=size, place="effects")
    screen = window.case_page.screen_of("effects")
    shown = " ".join(words.text() for words in window.findChildren(Words) if words.isVisible())
    assert "stupid" not in shown and "Folded" in " ".join(line.words for line in screen.list.lines)
    (fold,) = screen.findChildren(Fold)
    fold.turn()
    settle()
    assert any("stupid" in words.text() for words in window.findChildren(Words) if words.isVisible())
    dialog = EffectDialog(window, window.case, None)
    dialog.finish()
    assert "no words yet" in dialog.problem.text()
    type_into(dialog.words, "She slept badly.")
    seen(dialog, f"effect-{size}")
    dialog.finish()
    assert losses.effects(sample)[-1].words == "She slept badly." and losses.effects(sample)[-1].on == TODAY


def test_enter_changes_the_chosen_entry(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window(sample, place="costs")
    screen = window.case_page.screen_of("costs")
    asked: list[str] = []
    monkeypatch.setattr(dialogs.Dialog, "exec", lambda self: asked.append(self.what.text()) or 0)
    screen.list.setFocus()
    QTest.keyClick(screen.list, Qt.Key.Key_Down)
    QTest.keyClick(screen.list, Qt.Key.Key_Return)
    assert asked == ["Private speech therapy, one session"]


@pytest.mark.parametrize("place", ["absences", "costs", "effects"])
def test_printing_and_saving_as_a_table(place: str, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    window = make_window(sample, place=place)
    screen = window.case_page.screen_of(place)
    printed: list[bytes] = []
    monkeypatch.setattr(ledger_tabs, "show_paper", lambda _parent, _case, pdf, _title: printed.append(pdf))
    monkeypatch.setattr(ledger_tabs, "choose_target", lambda *_: tmp_path / "table.csv")
    screen.printing.click()
    screen.saving.click()
    assert printed[0].startswith(b"%PDF") and (tmp_path / "table.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_paper_behind_an_entry_opens(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="absences")
    screen = window.case_page.screen_of("absences")
    first = next(one for one in losses.absences(sample) if one.document is not None)
    screen.show_thing(first.id)
    settle()
    (chip,) = [button for button in screen.findChildren(type(screen.add)) if button.kind == "chip"]
    chip.click()
    settle()
    assert window.case_page.place == "documents"
