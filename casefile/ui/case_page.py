"""The page of an open case: places at the left, search and log on top, one screen, and what was just done below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from casefile.ui.bars import ProgressPanel, SearchField, Sidebar, UndoBar, topbar
from casefile.ui.jobs import Job
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button
from casefile.ui.screen import Screen
from casefile.ui.screens import FIND, HELP, SCREENS, UNDER, load_screen
from casefile.ui.theme import look

if TYPE_CHECKING:
    from casefile.ui.window import Window


class CasePage(QWidget):
    """Everything that is seen of an open case. Screens are made when they are first gone to."""

    def __init__(self, window: "Window", case: OpenCase) -> None:
        super().__init__()
        self.window_, self.case = window, case
        self.place, self.before, self.outer = "", "today", "today"
        self.screens: dict[str, Screen] = {}
        self.places = [(entry.name, entry.title, entry.icon) for entry in SCREENS]
        self.sidebar = Sidebar(self.places, window.hide_case)
        self.sidebar.chosen.connect(self.go)
        self.stack = QStackedWidget()
        self.progress = ProgressPanel()
        self.undo_bar = UndoBar(window._undo)
        below = QVBoxLayout()
        below.setContentsMargins(look.gap(32), 0, look.gap(32), look.gap(12))
        below.setSpacing(look.gap(8))
        below.addWidget(self.progress)
        below.addWidget(self.undo_bar)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._top())
        right.addWidget(self.stack, 1)
        right.addLayout(below)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addLayout(right, 1)
        self.sidebar.setVisible(not look.stacked)
        case.changed.connect(self._changed)
        case.said.connect(lambda words: self.undo_bar.say(words, undoable=case.store.last_action is not None))
        case.noted.connect(lambda words: self.undo_bar.say(words, undoable=False))
        case.aside.connect(self._aside)
        case.jobs.began.connect(self._began)
        case.jobs.ended.connect(self._ended)
        for job in case.jobs.running:
            self._began(job)
        self._changed({"child", "document"})

    def _top(self) -> QWidget:
        large = look.stacked
        self.search = SearchField()
        self.search.setMinimumWidth(look.px(160))
        self.search.setMaximumWidth(look.px(400))
        self.search.textEdited.connect(self._searching)
        self.search.returnPressed.connect(lambda: self.look_for(self.search.text()))
        self.log_button = Button("Log" if large else "Log something", self.log, icon="plus", name="Log something")
        self.help_button = Button("Help", self.help, icon="help", kind="" if large else "quiet")
        if large:
            self.menu_button = Button("Menu", self._menu, icon="menu")
            self.menu_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            hide = Button("Hide", self.window_.hide_case, icon="lock", name="Hide the case")
            find = Button("Search", self.look_for, icon="search", name="Search everything")
            self.search.hide()
            return topbar([find, self.log_button, self.help_button, hide], self.menu_button)
        undo = Button("Undo", self.window_._undo, icon="undo", kind="quiet")
        return topbar([self.log_button, undo, self.help_button], self.search)

    def _menu(self) -> None:
        from casefile.ui.window import places_menu

        menu = places_menu(self, self.places, self.go)
        menu.exec(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def screen_of(self, name: str) -> Screen:
        """The screen of a place, made when it is first asked for."""
        if name not in self.screens:
            made = load_screen(name)(self.case)
            made.open_requested.connect(self.open)
            self.screens[name] = made
            self.stack.addWidget(made)
        return self.screens[name]

    def go(self, name: str, what: object = None) -> None:
        """Go to a place, and there to one thing."""
        if self.place not in (name, FIND, HELP) and self.place:
            self.before = self.place
        if name in UNDER and self.place and self.place not in (FIND, HELP, *UNDER):
            self.outer = self.place
        self.place = name
        screen = self.screen_of(name)
        self.stack.setCurrentWidget(screen)
        self.sidebar.choose(UNDER.get(name, name))
        screen.enter()
        if what is not None:
            screen.show_thing(what)
        target = screen.first()
        if target is not None:
            QTimer.singleShot(0, target, lambda: target.setFocus(Qt.FocusReason.OtherFocusReason))

    def open(self, name: str, what: object) -> None:
        """Go where a screen asks to: a place and a thing there, or an act (log, settings, start)."""
        if name == "log":
            self.log(what)
        elif name == "apply-settings":
            self.window_.change_settings(what)  # type: ignore[arg-type]
        elif name == "start":
            self.window_.leave_case()
            self.window_.show_start()
        else:
            self.go(name, what)

    def go_number(self, number: int) -> None:
        """Go to the place with this number in the sidebar (0 is the first)."""
        if number < len(self.places):
            self.go(self.places[number][0])

    def look_for(self, text: str = "") -> None:
        """Search everything; without words the search field gets the focus."""
        if not text and not look.stacked:
            self.search.setFocus()
            self.search.selectAll()
            return
        self.go(FIND, text)

    def _searching(self, text: str) -> None:
        if not text.strip():
            return
        if self.place != FIND:
            self.before = self.place or "today"
            self.place = FIND
            screen = self.screen_of(FIND)
            self.stack.setCurrentWidget(screen)
            self.sidebar.choose("")
        self.screen_of(FIND).show_thing(text)

    def log(self, kind: object = None) -> None:
        """Open the quick entry."""
        from casefile.ui.log import LogDialog

        LogDialog(self, self.case, str(kind or "")).exec()

    def help(self) -> None:
        """Show the help of the place that is open."""
        self.go(HELP, self.place if self.place != HELP else self.before)

    def next_pane(self) -> None:
        """Go to the next part of the screen."""
        panes = [pane for pane in self.screen_of(self.place).panes() if pane.isVisible()]
        if not panes:
            return
        focus = self.focusWidget()
        here = next((number for number, pane in enumerate(panes) if focus is not None and (pane is focus or pane.isAncestorOf(focus))), -1)
        panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def back(self) -> None:
        """Esc: from a page inside a place to the place, from search or help to where one was; else the message below goes."""
        inner = getattr(self.screen_of(self.place), "step_back", None)
        if inner is not None and inner():
            return
        if self.place in (FIND, HELP):
            self.search.clear()
            self.go(self.before)
        elif self.place in UNDER:
            self.go(self.outer)
        elif self.undo_bar.isVisible():
            self.undo_bar.hide()

    def _changed(self, touched: object) -> None:
        names = set(touched)  # type: ignore[call-overload]
        if "child" in names:
            child = self.case.child
            self.sidebar.show_child(child.known_as or child.short[:1].upper() + child.short[1:], child.strengths)
            self.window_.setWindowTitle(child.nickname or "My case")
        if "document" in names:
            with self.case.store.guard:
                waiting = self.case.store.db.execute("SELECT count(*) FROM document WHERE state = 'unsorted'").fetchone()[0]
            self.sidebar.places["documents"].say(f"{waiting} to sort" if waiting else "")
        saved = self.case.store.saved_at
        self.sidebar.saved.say(f"Saved {saved:%H:%M}" if saved else "All saved")

    def _aside(self, words: str) -> None:
        if self.undo_bar.isHidden() or self.undo_bar.undo_button.isHidden():
            self.undo_bar.say(words, undoable=False)

    def _began(self, job: Job) -> None:
        # What the parent asked for is shown, and not what goes on behind it.
        if job.title and not (job.resumes and self.progress.job is not None):
            self.progress.follow(job)

    def _ended(self, job: Job) -> None:
        self.progress.leave(job)
        going_on = [one for one in self.case.jobs.running if one.title]
        if going_on and self.progress.job is None:
            self.progress.follow(going_on[-1])
