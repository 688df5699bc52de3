"""The window around everything: bad folders, long work that is stopped, and what is kept."""

import shutil
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from casefile import settings as settings_of
from casefile.domain.documents import Document
from casefile.errors import CaseFileError
from casefile.progress import Progress
from casefile.services.case import check
from casefile.settings import Settings
from casefile.store import connection
from casefile.store.store import Store
from casefile.ui import dialogs, theme
from casefile.ui.focus import _Ring
from casefile.ui.jobs import Jobs
from casefile.ui.window import Window
from tests.conftest import NOW
from tests.ui.conftest import MakeWindow, clock, settle


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[CaseFileError]:
    """The errors the window showed."""
    found: list[CaseFileError] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, problem: found.append(problem))
    return found


def test_folders_that_are_no_case_are_told_and_the_window_stays(
    tmp_path: Path, sample_folder: Path, sample: Store, make_window: MakeWindow, shown: list[CaseFileError]
) -> None:
    window = make_window()
    (tmp_path / "nothing").mkdir()
    assert not window.open_folder(tmp_path / "nothing")
    assert not window.open_folder(tmp_path / "not there")
    newer = tmp_path / "newer"
    shutil.copytree(sample_folder, newer)
    db = connection.dbapi2.connect(str(newer / "case.db"))
    db.execute("PRAGMA user_version=9999")
    db.close()
    assert not window.open_folder(newer)
    assert not window.open_folder(sample.folder), "it is open in another window"
    assert len(shown) == 4 and all(problem.message and problem.advice for problem in shown)
    assert "already open" in shown[3].message
    assert window.isVisible() and window.case is None and window.root.currentWidget() is not None


def test_a_case_opened_before_is_offered_unless_that_is_off(sample_folder: Path, tmp_path: Path, make_window: MakeWindow) -> None:
    folder = tmp_path / "kept"
    shutil.copytree(sample_folder, folder)
    window = make_window()
    window.settings = Settings(theme="light", remember=True)
    assert window.open_folder(folder)
    assert settings_of.load().recent == (str(folder.resolve()),)
    from dataclasses import replace

    window.change_settings(replace(settings_of.load(), remember=False, recent=()))
    window.open_folder(folder)
    assert settings_of.load().recent == ()


def test_settings_survive_nonsense(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.json").write_text('{"theme": "pink", "text_size": "big", "font": 3, "recent": [1, "a"], "x": 1}', "utf-8")
    assert settings_of.load() == Settings(recent=("a",))
    (home / "settings.json").write_text("[", "utf-8")
    assert settings_of.load() == Settings()


def wait_for(condition: object, seconds: float = 30) -> None:
    app = QApplication.instance()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()  # type: ignore[union-attr]
        if condition():  # type: ignore[operator]
            return
        time.sleep(0.005)
    raise AssertionError("it did not happen in time")


def test_long_work_can_be_stopped_and_what_was_added_is_whole(
    tmp_path: Path, store: Store, qapp: QApplication
) -> None:
    """With the real worker: Stop in the middle of an import of many papers."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(f"Paper {number}. Dear parent, a letter about therapy, 3 May 2026.", "utf-8")
    settings = Settings(theme="light", remember=False)
    theme.apply(qapp, settings)
    window = Window(settings, clock, Jobs())
    window.show()
    window.take(store)
    window.case_page.go("documents")
    screen = window.case_page.screen_of("documents")
    seen: list[int] = []
    screen.take([folder])
    job = window.jobs.running[0]
    job.stepped.connect(lambda _text, done, _total: seen.append(done))
    wait_for(lambda: seen and seen[-1] >= 45)
    assert window.case_page.progress.isVisible() and "of 120" in window.case_page.progress.count.text()
    window.case_page.progress.stop.click()
    wait_for(lambda: not window.jobs.running)
    settle()
    added = len(store.find(Document))
    assert 20 <= added < 120, added
    assert "Stopped" in window.case_page.undo_bar.words.text()
    assert check(store, _Quiet()).ok and not list((store.folder / "work").glob("*.part"))
    screen.take([folder])
    wait_for(lambda: not window.jobs.running)
    assert len(store.find(Document)) == 120, "what was added before is not added twice"
    window.close()
    window.deleteLater()
    settle()


class _Quiet(Progress):
    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        pass


def test_a_mistake_of_ours_keeps_the_window_and_the_case(store: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from casefile.ui.window import install_hook

    window = make_window(store)
    told: list[str] = []
    monkeypatch.setattr(dialogs, "show_bug", lambda _parent, details: told.append(details))
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    before = sys.excepthook
    try:
        install_hook(window)
        try:
            raise ValueError("Amina’s secret")
        except ValueError as problem:
            sys.excepthook(type(problem), problem, problem.__traceback__)
    finally:
        sys.excepthook = before
    assert told and "Amina" not in told[0] and "ValueError" in told[0] and "test_window.py" in told[0]
    assert window.case is not None and NOW is not None


def test_the_ring_round_the_focus_ends_with_its_window(store: Store, make_window: MakeWindow) -> None:
    """A ring that outlived its window would draw itself over the next one, and so on: every move of the focus would cost more."""
    window = make_window(store)
    other = Window(Settings(remember=False), clock, Jobs(at_once=True))
    ring = other.ring
    delete(other)  # at once, before either of them is told of a focus
    assert not isValid(ring)
    window.activateWindow()
    settle()
    window.case_page.sidebar.places["letters"].setFocus()
    settle()
    assert isValid(window.ring) and len(window.findChildren(_Ring)) == 1
