"""What stands before a letter: that its body would not take it yet, or any more, and the letter to write instead."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.services.letter_doors import Shut, shut_before
from casefile.ui.door_words import icon_of, short_of, state_of
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Card, clear, wrapping
from casefile.ui.text import Status, Words, faint


class DoorBefore(QWidget):
    """Says so where the door of a letter is shut. It takes no room where it is open, and the parent may always go on.

    ``go`` opens another place, ``write`` begins a letter by the id of its form.
    """

    def __init__(self, case: OpenCase, go: Callable[[str, object], object], write: Callable[[str], object]) -> None:
        super().__init__()
        self.case, self.go, self.write = case, go, write
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.shut: Shut | None = None
        self.setVisible(False)

    def show_for(self, template: str) -> None:
        """Look at the door of a form (empty: none) and say how it stands."""
        clear(self.column)
        self.shut = shut_before(self.case.store, self.case.library, template, self.case.today) if template else None
        self.setVisible(self.shut is not None)
        if self.shut is not None:
            self.column.addWidget(self._card(self.shut))

    def _card(self, shut: Shut) -> Card:
        door, routes = shut.door, self.case.library.law.routes
        icon, role = icon_of(door)
        words, whole = short_of(door.because)
        see = Button("See who can help now", lambda: self.go("doors", shut.failing.id), kind="link")
        buttons: list[QWidget] = [see]
        if shut.letter is not None:
            letter = shut.letter
            buttons.insert(0, Button(f"Write instead: {letter.title}", lambda: self.write(letter.id), icon="letters"))
        rest = "" if whole else " There is more to know."
        return Card(
            Status(icon, f"{door.title}: {state_of(door, routes)[0].lower()}", role), Words(f"{words}{rest}"),
            *(wrapping(button, -1) for button in buttons), faint("You can go on with this letter all the same."), margin=16, space=8,
        )  # fmt: skip
