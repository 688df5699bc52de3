"""A letter for a council's web form: its pieces to copy one by one, each with its count."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.letters import Draft
from casefile.domain.web_form import SMALLEST, form_pieces
from casefile.ui.clipboard import SECONDS, copy_for_a_while
from casefile.ui.dialogs import Dialog
from casefile.ui.form import Field, Form, TextBox
from casefile.ui.parts import Button, Card, clear, wrapping
from casefile.ui.text import Words, faint, strong
from casefile.ui.theme import look

_LINES = 5


class WebFormDialog(Dialog):
    """Shows the pieces of a letter. The parent says how many characters a box of the form takes, where it says so."""

    def __init__(self, parent: QWidget, made: Draft) -> None:
        self.made = made
        self.most = Field()
        self.most.setMaximumWidth(look.px(160))
        form = Form()
        form.row("Most characters in one box", self.most, "Many forms say it beside the box. Leave this empty if yours does not.")
        self.problem = Words("", role="error")
        self.column = QVBoxLayout()
        inside = QVBoxLayout()
        inside.setSpacing(10)
        inside.addWidget(form)
        inside.addWidget(self.problem)
        inside.addLayout(self.column)
        self.boxes: list[TextBox] = []
        self._fill(0)
        sentence = f"Copy a piece, then paste it into the form. It leaves the clipboard after {SECONDS} seconds. Take a picture of the form before you send it, and add it to your papers."
        super().__init__(parent, "For a web form", sentence, inside, "Done", other="")
        self.most.textChanged.connect(lambda *_: self._changed())

    def _changed(self) -> None:
        typed = self.most.text().replace(",", "").replace(" ", "")
        good = not typed or (typed.isdecimal() and int(typed) >= SMALLEST)
        self.problem.say("" if good else f"Type a number of at least {SMALLEST}, or leave it empty.")
        if good:
            self._fill(int(typed or "0"))
            QTimer.singleShot(0, self, self.grow)  # what is new counts once it is shown

    def _fill(self, most: int) -> None:
        clear(self.column)
        pieces = form_pieces(self.made, most)
        self.boxes = []
        for number, piece in enumerate(pieces, 1):
            name = f"Piece {number} of {len(pieces)}" if len(pieces) > 1 else "The letter"
            box = TextBox(piece, _LINES)
            box.setReadOnly(True)
            box.setAccessibleName(name)
            self.boxes.append(box)
            told = faint("")
            copy = Button("Copy", partial(self._copy, piece, told), name=f"Copy {name[:1].lower()}{name[1:]}")
            count = faint(f"{len(piece):,} characters")
            self.column.addWidget(Card(wrapping(strong(name), count, -1), box, wrapping(copy, told, -1), margin=14))
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _copy(self, piece: str, told: Words) -> None:
        copy_for_a_while(piece)
        told.say("Copied.")
