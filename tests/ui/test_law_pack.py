"""A newer law in the window: shown before it is used, used with the case open, given back; the whole law as a document."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile import paths
from casefile.domain.events import Event
from casefile.library import load
from casefile.library.lawpack import pack_folder
from casefile.services import timeline
from casefile.services.lawpack import Change
from casefile.store.store import Store
from casefile.ui import dialogs
from casefile.ui.law_pack import LawCard, NewLawDialog, change_words
from casefile.ui.text import Words
from casefile.ui.window import Window
from tests.ui.conftest import MakeWindow, picture, settle
from tests.ui.test_every_screen import check_fits, check_names

RULE = "assessment/ehcp_final_20_weeks.toml"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    load.cache_clear()
    yield
    load.cache_clear()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A law as it may stand in 2027: 18 weeks for a request from March 2026 on."""
    folder = tmp_path / "pack"
    shutil.copytree(paths.resources() / "law", folder)
    text = (folder / RULE).read_text("utf-8")
    text = text.replace("since = 2014-09-01", "since = 2026-03-01").replace("weeks_after = 20 }", "weeks_after = 18 }")
    (folder / RULE).write_text(text.replace("checked = 2026-11-23", "checked = 2026-11-24"), "utf-8")
    return folder


def card_of(window: Window) -> LawCard:
    found = window.case_page.screen_of("settings").law
    assert isinstance(found, LawCard)
    found.fold._show(True)
    settle()
    return found


def due(window: Window) -> dt.date | None:
    window.case_page.go("deadlines")
    settle()
    return next(one.due for one in window.case_page.screen_of("deadlines").found.values() if one.rule == "ehcp_final_20_weeks")


@pytest.mark.parametrize("size", [100, 200])
def test_a_newer_law_is_shown_used_and_given_back(size: int, store: Store, pack: Path, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    timeline.record(store, Event(None, "ehcna_request_received", dt.date(2026, 9, 1)))
    answers = [False, True]
    seen: list[str] = []

    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, NewLawDialog)
        self.show()
        settle()
        picture(self, f"dialog-law-{size}")
        assert self.width() <= 1280 and self.height() <= 720
        seen.append("\n".join(words.text() for words in self.findChildren(Words)))
        (self.accept if answers.pop(0) else self.reject)()
        return self.result()

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    window = make_window(store, place="settings", size=size)
    before = due(window)
    assert before == dt.date(2027, 1, 19)
    window.case_page.go("settings")
    card = card_of(window)
    picture(window, f"settings-law-{size}")
    check_names(window)
    check_fits(window)
    assert not card.own.isVisible() and "It came with the program" in card.told.text()
    card.look_at(pack)
    settle()
    assert "Was: Tuesday 19 January 2027. Now: Tuesday 5 January 2027." in seen[0] and due(window) == before, "looking changes nothing"
    card.look_at(pack)
    settle()
    assert due(window) == dt.date(2027, 1, 5), "the open case uses it at once"
    window.case_page.go("settings")
    settle()
    assert card.own.isVisible() and "a folder you added" in card.told.text() and "24 November 2026" in card.told.text()
    card.own.click()
    settle()
    assert due(window) == before and not pack_folder().exists()


def test_a_folder_that_is_no_law_is_refused_in_words(store: Store, tmp_path: Path, pack: Path, make_window: MakeWindow) -> None:
    window = make_window(store, place="settings")
    window.case.failed.disconnect()
    problems: list[str] = []
    window.case.failed.connect(lambda problem: problems.append(str(problem)))
    card = card_of(window)
    (tmp_path / "empty").mkdir()
    card.look_at(tmp_path / "empty")
    (pack / RULE).write_text("nonsense = [", "utf-8")
    card.look_at(pack)
    settle()
    assert len(problems) == 2 and "ehcp_final_20_weeks.toml" in problems[1]
    assert not pack_folder().exists()


def test_an_older_law_is_not_offered(store: Store, pack: Path, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in pack.rglob("*.toml"):
        path.write_text(path.read_text("utf-8").replace("checked = 2026-11-23", "checked = 2026-01-02").replace("checked = 2026-11-24", "checked = 2026-01-02"), "utf-8")
    shown: list[bool] = []

    def answer(self: dialogs.Dialog) -> int:
        self.show()
        settle()
        shown.append(self.main.isVisible())
        self.reject()
        return 0

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    window = make_window(store, place="settings")
    card_of(window).look_at(pack)
    settle()
    assert shown == [False]


@pytest.mark.parametrize("ending", ["pdf", "html"])
def test_the_whole_law_is_saved(ending: str, store: Store, tmp_path: Path, make_window: MakeWindow) -> None:
    window = make_window(store, place="settings")
    target = tmp_path / f"law.{ending}"
    card_of(window).export(target)
    settle()
    assert target.stat().st_size > 20_000 and "law." in window.case_page.undo_bar.words.text()


def test_a_damaged_law_is_told(store: Store, pack: Path, make_window: MakeWindow) -> None:
    window = make_window(store, place="settings")
    shutil.copytree(pack, pack_folder())
    (pack_folder() / RULE).write_text("nonsense = [", "utf-8")
    load.cache_clear()
    library = load()
    assert library.law.rules
    window.case.use_library(library)
    settle()
    card = card_of(window)
    assert "cannot be read" in card.problem.text() and card.problem.isVisible() and "came with the program" in card.told.text()
    check_fits(window)


def test_changes_in_words() -> None:
    assert change_words(Change("r", "T", "new", "", "monday")) == "New. Monday"
    assert change_words(Change("r", "T", "gone", "Monday", "")) == "No longer there. It was: Monday"
    assert change_words(Change("r", "T", "state", "overdue", "coming")) == "Was: late. Now: coming"
    assert change_words(Change("r", "T", "words", "a", "a")) == "Its words or its count changed"
