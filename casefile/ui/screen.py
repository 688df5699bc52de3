"""What every screen is: one page with a head and a body, told when something it shows has changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from casefile.ui.open_case import OpenCase
from casefile.ui.parts import header
from casefile.ui.theme import look


class Screen(QScrollArea):
    """One place of the window. A subclass sets ``name``, ``title``, ``purpose``, ``icon``, ``watches`` and writes
    ``build`` (once) and ``refresh`` (whenever a watched table changed or the screen is shown).

    A screen knows no other screen: to go elsewhere it emits ``open_requested`` with a place and what to show there.
    """

    name, title, purpose, icon = "", "", "", ""
    watches: frozenset[str] = frozenset()
    open_requested = Signal(str, object)

    def __init__(self, case: OpenCase) -> None:
        super().__init__()
        self.case = case
        self.stale = True
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page = QWidget()
        self.page.setObjectName("page")
        self.body = QVBoxLayout(self.page)
        self.body.setContentsMargins(look.gap(32), look.gap(20), look.gap(32), look.gap(20))
        self.body.setSpacing(look.gap(16))
        self.setWidget(self.page)
        self.build()
        case.changed.connect(self._changed)

    def head(self, *actions: QWidget) -> None:
        """Put the page's head on top: its title, its purpose, and at most two actions."""
        layout, self.title_words, self.purpose_words = header(self.title, self.purpose, *actions)
        self.body.addLayout(layout)

    def build(self) -> None:
        """Make the widgets, once."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the case as it is now."""
        raise NotImplementedError

    def first(self) -> QWidget | None:
        """What has the focus when the screen opens."""
        return None

    def show_thing(self, what: object) -> None:
        """Show one thing the parent came here for: an id, a rule, a letter. By default there is nothing to choose."""

    def panes(self) -> list[QWidget]:
        """The parts F6 goes through, in reading order."""
        start = self.first()
        return [start] if start is not None else []

    def enter(self) -> None:
        """Come to the front: refresh if something changed meanwhile."""
        if self.stale:
            self.stale = False
            self.refresh()

    def _changed(self, touched: object) -> None:
        if self.watches & set(touched):  # type: ignore[call-overload]
            if self.isVisible():
                self.refresh()
            else:
                self.stale = True
