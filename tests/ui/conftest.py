"""A window for tests: on a fixed day, with work done at once, in any theme and text size."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from casefile.settings import Settings
from casefile.store.store import Store
from casefile.ui import dialogs, theme
from casefile.ui.jobs import Jobs
from casefile.ui.window import Window
from tests.conftest import NOW

MakeWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["casefile"]


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window over the window would wait for a person for ever; a test that expects one answers it itself."""

    def refuse(self: dialogs.Dialog) -> int:
        raise AssertionError(f"nobody answers {self.accessibleName()!r}")

    monkeypatch.setattr(dialogs.Dialog, "exec", refuse)


def clock() -> dt.datetime:
    return NOW


def settle() -> None:
    """Let everything that waits be done: layouts, timers of no length, deletions."""
    app = QApplication.instance()
    assert app is not None
    for _ in range(6):
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def styled(qapp: QApplication) -> QApplication:
    """The application in the style of the program; a style set anew for each window would go over every widget again."""
    qapp.setStyle("Fusion")
    return qapp


@pytest.fixture
def make_window(styled: QApplication) -> Iterator[MakeWindow]:
    """Makes a shown window: ``make_window(store=…, size=100, look="light")``."""
    made: list[Window] = []

    def make(store: Store | None = None, *, size: int = 100, look: str = "light", place: str = "", high: int = 720) -> Window:
        settings = Settings(theme=look, text_size=size, remember=False)
        theme.apply(styled, settings)
        window = Window(settings, clock, Jobs(at_once=True))
        window.resize(1280, high)
        window.show()
        if store is None:
            window.show_start()
        else:
            window.take(store)
            if place:
                window.case_page.go(place)
        made.append(window)
        settle()
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
    settle()


def type_into(widget: QWidget, text: str) -> None:
    """Type text as a keyboard would, letter by letter; also letters that ``keyClicks`` cannot send."""
    widget.setFocus()
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def picture(window: QWidget, name: str) -> None:
    """Save what is seen, for people to look at."""
    folder = Path(__file__).parent.parent / "_pictures"
    folder.mkdir(exist_ok=True)
    # Packed less tightly than by default: a quarter faster, and hardly larger.
    assert window.grab().save(str(folder / f"{name}.png"), "PNG", 88)
