"""Search: what fits, over everything; the words are typed in the field above."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from casefile.domain.dates import count
from casefile.services import find
from casefile.ui.form import Field, labelled
from casefile.ui.lines import Line, Lines
from casefile.ui.screen import Screen
from casefile.ui.text import faint
from casefile.ui.theme import look

_ICONS = {"timeline": "timeline", "people": "person", "letters": "letters", "deadlines": "deadlines", "documents": "page", "doors": "door-open"}
_GROUPS = {"timeline": "What happened", "people": "People", "letters": "Your letters", "deadlines": "Deadlines", "documents": "Papers", "doors": "Who can help"}


class FindScreen(Screen):
    """The results of a search, the newest papers first."""

    name, title, icon = "find", "Search", "search"
    purpose = "Type words in the field above. Enter opens what is chosen."
    watches = frozenset({"document", "event", "contact", "draft"})

    def build(self) -> None:
        """The list of results. With large text the field for the words stands here."""
        self.head()
        self.words = ""
        self.field = Field()
        if look.stacked:
            self.body.addLayout(labelled("Words to look for", self.field))
            self.field.textChanged.connect(self.show_thing)
        else:
            self.field.setParent(self.page)
            self.field.hide()
        self.told = faint("")
        self.list = Lines("What was found")
        self.list.opened.connect(self._open)
        self.list.clicked_line.connect(self._open)
        self.body.addWidget(self.told)
        self.body.addWidget(self.list, 1)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(120)
        self.timer.timeout.connect(self.refresh)
        self.things: dict[int, find.Thing] = {}

    def show_thing(self, what: object) -> None:
        """Search for words, once typing pauses."""
        self.words = str(what)
        if self.case.jobs.at_once:
            self.refresh()
        else:
            self.timer.start()

    def refresh(self) -> None:
        """Search again, beside the window."""
        words = self.words
        self.case.jobs.quietly(
            lambda: find.everything(self.case.store, self.case.library, words, self.case.today),
            lambda found: self._show(words, *found), self._broken,
        )  # fmt: skip

    def _broken(self, problem: BaseException) -> None:
        raise problem

    def _show(self, words: str, things: list[find.Thing], pages: int) -> None:
        if words != self.words:
            return
        lines, group = [], ""
        self.things = dict(enumerate(things))
        for number, thing in self.things.items():
            if thing.place != group:
                group = thing.place
                lines.append(Line(f"group {group}", _GROUPS[group], group=True))
            lines.append(Line(number, thing.title, thing.detail, _ICONS[thing.place]))
        self.list.fill(lines)
        self.list.setVisible(bool(lines))
        if not words.strip():
            self.told.say("Nothing to look for yet.")
        elif not lines:
            self.told.say(f"Nothing in this case holds “{words.strip()}”. Try one word, or a part of it.")
        else:
            self.told.say(f"{count(len(things), 'thing')} found for “{words.strip()}”" + (f"; {pages} pages of papers in all." if pages else "."))

    def _open(self, number: object) -> None:
        thing = self.things[int(str(number))]
        self.open_requested.emit(thing.place, (thing.id, thing.page) if thing.place == "documents" else thing.id)

    def first(self) -> QWidget | None:
        """With large text the field; else the focus stays in the field above while typing."""
        return self.field if look.stacked else (self.list if self.things else None)

    def panes(self) -> list[QWidget]:
        """The list."""
        return [self.list]
