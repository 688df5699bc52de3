"""The one window: the start page, or the places of a case with one thing at a time at the right."""

import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from casefile import settings as settings_of
from casefile.errors import CaseFileError
from casefile.settings import Settings
from casefile.ui import theme
from casefile.ui.focus import FocusRing
from casefile.ui.jobs import Jobs
from casefile.ui.open_case import Clock, OpenCase
from casefile.ui.parts import Button, stack
from casefile.ui.text import Icon, Words, faint, heading
from casefile.ui.theme import PAGE, look


class Window(QWidget):
    """The program's window. ``clock`` gives the moment it is now; ``jobs`` does the long work."""

    def __init__(self, settings: Settings, clock: Clock, jobs: Jobs) -> None:
        super().__init__()
        self.settings, self.clock, self.jobs = settings, clock, jobs
        self.case: OpenCase | None = None
        self.hidden_case: Path | None = None
        self.setWindowTitle("Casefile")
        self.resize(1280, 800)
        self.root = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.root)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.ring = FocusRing(app, self)
        self.case_page: Any = None
        for keys, act in (("Ctrl+K", self._find), ("Ctrl+N", self._log), ("Ctrl+Z", self._undo), ("Ctrl+L", self.hide_case), ("F1", self._help),
                          ("F6", self._pane), ("Escape", self._back)):  # fmt: skip
            QShortcut(QKeySequence(keys), self, act)
        for number in range(10):
            QShortcut(QKeySequence(f"Ctrl+{(number + 1) % 10}"), self, partial(self._place, number))

    def show_start(self) -> None:
        """Show the page where a case is made, opened, or the sample looked at."""
        from casefile.ui.start import StartPage

        self.setWindowTitle("Casefile")
        self._put(StartPage(self))

    def show_waiting(self) -> None:
        """Show that a case is being opened."""
        page = QWidget()
        page.setObjectName("neutral")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = faint("Opening your case…")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        page.setLayout(stack(-1, words, -1, margins=(40, 40, 40, 40)))
        self._put(page)

    def _put(self, page: QWidget) -> None:
        self.ring.follow(None)
        while self.root.count():
            old = self.root.widget(0)
            if old is not None:
                self.root.removeWidget(old)
                old.deleteLater()
        self.root.addWidget(page)
        first = getattr(page, "first", None)
        target = first() if callable(first) else None
        if target is not None:
            QTimer.singleShot(0, target, lambda: target.setFocus(Qt.FocusReason.OtherFocusReason))

    def open_folder(self, folder: Path) -> bool:
        """Open the case in a folder and show it. An error is shown and leaves the window as it was; returns whether it opened."""
        from casefile.services.case import open_case

        if self.case is not None and self.case.store.folder.resolve() == folder.resolve():
            self.show_case()  # it is this one that is open
            return True
        try:
            store = open_case(folder, now=self.clock())
        except CaseFileError as problem:
            if (self.case is None and self.root.count() == 0) or not hasattr(self.root.currentWidget(), "first"):
                self.show_start()
            self.show_error(problem)
            return False
        self.take(store)
        return True

    def take(self, store: Any) -> None:
        """Show an open case."""
        from casefile.library import load
        from casefile.ui.scans import read_scans

        self.leave_case()
        self.case = OpenCase(store, load(), self.clock, self.jobs)
        self.case.failed.connect(self.show_error)
        if store.folder.name:
            self._remember(settings_of.opened(self.settings, store.folder.resolve()))
        self.show_case()
        read_scans(self.case)

    def _remember(self, changed: Settings) -> None:
        if changed != self.settings:
            self.settings = changed
            self._keep()

    def _keep(self) -> None:
        try:
            settings_of.save(self.settings)
        except CaseFileError as problem:
            self.show_error(problem)

    def show_case(self, place: str = "today") -> None:
        """Build the places of the open case and show one."""
        from casefile.ui.case_page import CasePage

        assert self.case is not None
        self.setWindowTitle(self.case.child.nickname or "My case")
        self.case_page = CasePage(self, self.case)
        self._put(self.case_page)
        self.case_page.go(place)

    def leave_case(self) -> None:
        """Close the open case, if there is one."""
        if self.case is not None:
            focus = QApplication.focusWidget()
            if focus is not None and self.isAncestorOf(focus):
                focus.clearFocus()  # a field keeps what was typed in it when it is left
            self.case.close()
            self.case = None
            self.case_page = None

    def change_settings(self, changed: Settings) -> None:
        """Take other settings at once: keep them, and build the window anew in its new look."""
        if changed == self.settings:
            return
        looks = (changed.theme, changed.font, changed.text_size, changed.spacing) != (
            self.settings.theme, self.settings.font, self.settings.text_size, self.settings.spacing,
        )  # fmt: skip
        self.settings = changed
        self._keep()
        if not looks:
            return
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, changed)
        if self.case is not None:
            place = self.case_page.place if self.case_page else "today"
            focus = app.focusWidget().accessibleName() if app.focusWidget() else ""
            self.show_case(place)
            self._focus_named(focus)
        elif self.hidden_case is None:
            self.show_start()

    def _focus_named(self, name: str) -> None:
        """Give the focus back to the control of this name after the window was built anew."""

        def give() -> None:
            for widget in self.findChildren(QWidget):
                if name and widget.accessibleName() == name and widget.isVisible():
                    widget.setFocus()
                    return

        QTimer.singleShot(0, self, give)

    def hide_case(self) -> None:
        """Hide everything behind a neutral page. The case is closed, unless long work is still going on."""
        if self.case is None:
            return
        if any(not job.resumes for job in self.jobs.running):
            self.case.noted.emit("Wait until the work below has ended, or stop it. Then the case can be hidden.")
            return
        self.hidden_case = self.case.store.folder
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self.leave_case()
        self.setWindowTitle("Casefile")
        self._put(HiddenPage(self))

    def come_back(self) -> None:
        """Open the hidden case again."""
        if self.hidden_case is not None and self.open_folder(self.hidden_case):
            self.hidden_case = None

    def show_error(self, problem: CaseFileError) -> None:
        """Show what happened, what is safe and what to do."""
        from casefile.ui.dialogs import show_error

        show_error(self, problem)

    def show_bug(self, problem: BaseException) -> None:
        """Show a mistake of ours: identifiers and our own line numbers only."""
        from casefile.ui.dialogs import show_bug

        lines = [f"{type(problem).__name__}"]
        lines += [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(problem.__traceback__)]
        show_bug(self, "\n".join(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Crossing the width that columns need builds the pages anew, in the same place."""
        super().resizeEvent(event)
        before = look.stacked
        look.width = self.width()
        if look.stacked != before and self.case is not None and self.case_page is not None:
            QTimer.singleShot(0, self, self._rebuild)

    def _rebuild(self) -> None:
        if self.case is not None and self.case_page is not None:
            self.show_case(self.case_page.place)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the case with the window."""
        self.leave_case()
        self.jobs.stop_all()
        super().closeEvent(event)

    def _on_page(self, act: Callable[[Any], object]) -> None:
        if self.case_page is not None:
            act(self.case_page)

    def _find(self) -> None:
        self._on_page(lambda page: page.look_for())

    def _log(self) -> None:
        self._on_page(lambda page: page.log())

    def _undo(self) -> None:
        if self.case is not None:
            self.case.undo()

    def _help(self) -> None:
        self._on_page(lambda page: page.help())

    def _pane(self) -> None:
        self._on_page(lambda page: page.next_pane())

    def _back(self) -> None:
        self._on_page(lambda page: page.back())

    def _place(self, number: int) -> None:
        self._on_page(lambda page: page.go_number(number))


class HiddenPage(QWidget):
    """A neutral page: no name, no case. Without a passphrase it says so plainly."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.setObjectName("neutral")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        from casefile.ui.parts import Card, line, row, wrapping

        self.again = Button("Open again", window.come_back, kind="main")
        card = Card(
            Icon("lock", "accent", 32), 4, heading("Hidden", PAGE), faint("Your work is saved, and the case is closed."), 8,
            wrapping(self.again, Button("Close Casefile", window.close), -1), 8, line(), 4,
            Words("This case has no passphrase. Anyone who can use this computer can open it.", role="text2"), margin=40,
        )  # fmt: skip
        card.setMaximumWidth(look.px(480))
        self.setLayout(stack(-1, row(-1, card, -1), -1, margins=(20, 20, 20, 20)))

    def first(self) -> QWidget:
        """The button that opens the case again."""
        return self.again


def places_menu(parent: QWidget, rows: list[tuple[str, str, str]], go: Callable[[str], object]) -> QMenu:
    """The places as a menu, for large text."""
    menu = QMenu(parent)
    menu.setFont(look.font())
    for name, title, icon in rows:
        action = menu.addAction(look.icon(icon), title)
        action.triggered.connect(lambda *_, name=name: go(name))
    return menu


def install_hook(window: Window) -> None:
    """Catch every mistake of ours in one place: the case stays safe, the window stays open, the details can be copied."""

    def caught(kind: type[BaseException], problem: BaseException, trace: Any) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(problem, CaseFileError):
            window.show_error(problem)
            return
        sys.__excepthook__(kind, problem, trace)
        window.show_bug(problem.with_traceback(trace))

    sys.excepthook = caught
