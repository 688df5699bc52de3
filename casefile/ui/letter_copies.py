"""Who gets a copy of a letter: those its form names, and others who may help, to tick."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.letters import Draft
from casefile.services.letters import copies_offered
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Check, clear
from casefile.ui.text import faint, strong


class Copies(QWidget):
    """Check boxes for copies. ``keep`` takes the titles that are ticked, in their order."""

    def __init__(self, case: OpenCase, keep: Callable[[tuple[str, ...]], object]) -> None:
        super().__init__()
        self.case, self.keep = case, keep
        self.boxes: dict[str, Check] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName("Who gets a copy")

    def show_draft(self, made: Draft) -> None:
        """Show the copies of a letter; nothing where it may go to nobody else, or was sent."""
        clear(self.column)
        offered = copies_offered(self.case.library, made)
        self.boxes = {}
        self.setVisible(bool(offered) and made.sent_on is None)
        self.column.addWidget(strong("Who gets a copy"))
        self.column.addWidget(faint("They stand below your name, and you send it to them as well. A copy to somebody who can ask questions often helps."))
        for title in offered:
            box = Check(title, title in made.copied)
            box.toggled.connect(lambda *_: self._changed(made))
            self.boxes[title] = box
            self.column.addWidget(box)

    def _changed(self, made: Draft) -> None:
        ticked = [title for title, box in self.boxes.items() if box.isChecked()]
        # Names the parent may have put there by hand stay.
        self.keep((*ticked, *(words for words in made.copied if words not in self.boxes)))
