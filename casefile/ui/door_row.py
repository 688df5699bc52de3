"""One door on the page: its icon, the body's name, its state with the date, why, one button, and where it is written."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from casefile.domain.dates import in_words
from casefile.domain.failings import Door, Route
from casefile.domain.phrases import lowered
from casefile.ui.door_words import icon_of, short_of
from casefile.ui.parts import Button, row, stack
from casefile.ui.text import Icon, Words, faint, heading, strong
from casefile.ui.theme import BODY, SEMIBOLD, look


def written(reference: str, link: str, checked: str, sure: str) -> QWidget:
    """Where a body's rules are written: the reference, the link as text, the day it was checked, how sure we are."""
    made = QWidget()
    parts: list[QWidget] = [strong("Where it is written"), Words(f"{reference.rstrip('.')}.")]
    if link:
        parts.append(Words(link, role="text2"))
    parts += [faint(f"Checked {checked}."), faint(sure)]
    made.setLayout(stack(*parts, space=2))
    return made


class DoorRow(QWidget):
    """A door. ``button`` are the words of its one button and ``act`` what it does; ``read`` opens the body's page.

    ``says`` is what the failing says of this door: it is never left out, however long the reasons are.
    """

    def __init__(
        self, door: Door, route: Route, state: tuple[str, str], button: str, act: Callable[[], object], read: Callable[[], object],
        *, main: bool = False, says: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.door = door
        self.button = Button(button, act, kind="main" if main else "", name=f"{button}: {door.title}")
        self.link = Button("Where it is written", self.turn, kind="link", name=f"Where it is written: {door.title}")
        self.written = written(door.reference, door.link, in_words(route.checked), door.sure)
        self.written.hide()
        mark = Icon(*icon_of(door), 22)
        self.state = Words(state[0], BODY, SEMIBOLD, state[1])
        self.name = heading(door.title, BODY + 0.7)
        title = row(self.name, self.state, -1, space=10) if self._fits() else stack(self.name, self.state, space=2)
        words, whole = short_of(door.because)
        if says and says in door.because and says not in words:
            words = f"{short_of(door.because.removesuffix(says))[0]} {says}"
        parts: list[QWidget] = [Words(words)]
        if main and door.usable and door.closes_on and in_words(door.closes_on) not in words:
            parts.append(Words(f"The last day is {in_words(door.closes_on)}.", BODY, SEMIBOLD))
        if door.unless:
            parts.append(Words(f"Unless {short_of(door.unless)[0]}"))
        if door.likely and door.usable:
            parts.append(faint(f"Likely, but not law: {lowered(door.likely)}"))
        self.more = Button("Read all of it", read, kind="link", name=f"Read all of it: {door.title}")
        whole = whole and short_of(door.unless)[1]
        if button not in ("Read more", "What to get ready") and not whole:
            parts.append(self.more)
        middle = stack(title, *parts, self.written, space=4)
        side = stack(self.button, self.link, space=4)
        if look.stacked:
            side.setAlignment(self.button, Qt.AlignmentFlag.AlignLeft)
            inner = row(mark, stack(middle, side, space=8), space=14)
            inner.setStretch(1, 1)
        else:
            for thing in (self.button, self.link):
                side.setAlignment(thing, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            side.addStretch(1)
            middle.addStretch(1)
            inner = row(mark, middle, side, space=14)
            inner.setStretch(1, 1)
        inner.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inner)
        self._say()

    def _fits(self) -> bool:
        """Whether the name and the state stand in one line of a window as it is first opened."""
        wide = sum(QFontMetrics(words.font()).horizontalAdvance(words.text()) for words in (self.name, self.state))
        return not look.stacked and wide < 1280 - look.px(426) - 160

    def turn(self) -> None:
        """Show where it is written, or put it away."""
        self.written.setVisible(not self.written.isVisibleTo(self))
        self._say()

    def _say(self) -> None:
        state = "open" if self.written.isVisibleTo(self) else "closed"
        self.link.setAccessibleName(f"Where it is written: {self.door.title}, {state}")
