"""Help: what the open place is for, its keys, and where free advice is. It stands in the same spot everywhere."""

import tomllib

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile import paths
from casefile.ui.parts import Button, Card, Columns, clear, stack
from casefile.ui.screen import Screen
from casefile.ui.text import Words, faint, heading, strong
from casefile.ui.theme import LEAD, look

_KEYS = (
    ("Ctrl+1 to Ctrl+9, Ctrl+0", "Go to a place"), ("Ctrl+K", "Search everything"), ("Ctrl+N", "Log something"), ("Ctrl+Z", "Take back the last change"),
    ("Ctrl+L", "Hide the case"), ("F6", "Go to the next part of the page"), ("F1", "Help"), ("Esc", "Go back"),
)  # fmt: skip


class HelpScreen(Screen):
    """Plain words about the place one came from."""

    name, title, icon = "help", "Help", "help"
    purpose = "What this place is for, and who can help you for free."

    def build(self) -> None:
        """The page's own help at the left; keys and advice at the right."""
        self.back = Button("Back", lambda: self.open_requested.emit(self.place, None))
        who = Button("What can I do?", lambda: self.open_requested.emit("doors", None), icon="door-open", name="What can I do? See who can help")
        self.head(who, self.back)
        self.place = "today"
        self.texts = tomllib.loads((paths.resources() / "help" / "places.toml").read_text("utf-8"))
        left, right = QWidget(), QWidget()
        self.words = QVBoxLayout(left)
        self.words.setContentsMargins(0, 0, 0, 0)
        self.words.setSpacing(look.gap(10))
        right.setLayout(stack(self._keys(), self._advice(), -1, space=16))
        self.body.addWidget(Columns((left, 400, 0), (right, 320, 440), space=24))
        self.body.addStretch(1)

    def first(self) -> QWidget | None:
        """The way back."""
        return self.back

    def show_thing(self, what: object) -> None:
        """Show the help of a place."""
        self.place = str(what)
        self.refresh()

    def refresh(self) -> None:
        """Write the place's own help."""
        clear(self.words)
        told = self.texts.get(self.place, self.texts["today"])
        self.words.addWidget(heading(told["title"], LEAD))
        for entry in told["lines"]:
            self.words.addWidget(Words(entry))
        for term in told.get("term", ()):
            self.words.addLayout(stack(strong(term["word"]), faint(term["means"]), space=2))
        self.words.addStretch(1)

    def _keys(self) -> QWidget:
        return Card(heading("Keys"), *(stack(strong(keys), faint(words), space=0) for keys, words in _KEYS), space=6)

    def _advice(self) -> QWidget:
        lines: list[QWidget] = [heading("Free advice")]
        for id_ in ("sendiass", "ipsea", "sossen", "contact"):
            body = next((entry for entry in self.case.library.directory.bodies if entry.id == id_), None)
            if body is not None:
                reach = ", ".join(part for part in (body.phone, body.website) if part)
                lines.append(strong(body.name))
                lines.append(faint(reach or "Search for it with the name of your council."))
        lines.append(faint("They are independent of this program. Numbers change: check them first."))
        return Card(*lines, space=4)
