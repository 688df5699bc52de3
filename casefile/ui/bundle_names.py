"""Naming parts of a bundle: its sections, sections of the parent's own, headings between papers."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from casefile.domain.bundle_order import begun, renamed, reworded, with_heading
from casefile.domain.bundles import Bundle, Item
from casefile.errors import Invalid
from casefile.ui.dialogs import Dialog
from casefile.ui.form import Field, Form
from casefile.ui.parts import Choice, stack
from casefile.ui.text import Words, faint

_HELP = {
    "section": "Give it the name of the section above or below, and the two become one.",
    "begin": "It begins at the chosen paper and takes in those below it in its section.",
    "heading": "It stands over the chosen paper, in the list and in the index.",
    "reword": "Take the words away, and the heading goes. The papers stay.",
}


class NamesDialog(Dialog):
    """What is to be named, and its words. ``made`` is the bundle afterwards."""

    def __init__(self, parent: QWidget, bundle: Bundle, item: Item) -> None:
        self.bundle, self.item, self.made = bundle, item, bundle
        rows = [("section", f"Rename the section “{item.section}”"), ("begin", "Begin a section of your own here"), ("heading", "Put a heading here")]
        self.what = Choice("What to do", [("reword", "Change this heading"), *rows[:2]] if item.heading else rows)
        self.words = Field()
        self.help = faint("")
        form = Form()
        form.row("What to do", self.what)
        form.row("Its words", self.words)
        self.problem = Words("", role="error")
        told = faint("It shows in the list, the index, the bookmarks and on dividers. Alt, Shift and an arrow key move a whole section.")
        self.what.currentIndexChanged.connect(lambda _: self._chose())
        self._chose()
        about = item.title if not item.heading else f"Heading: {item.title}"
        super().__init__(parent, "Sections and headings", about, stack(form, self.help, self.problem, told, space=8), "Use these words", accepted_by=self._use)

    def _chose(self) -> None:
        what = str(self.what.value())
        self.words.setText({"section": self.item.section, "reword": self.item.title}.get(what, ""))
        self.words.selectAll()
        self.help.say(_HELP[what])

    def _use(self) -> bool:
        does: dict[str, Callable[[Bundle, str], Bundle]] = {
            "section": lambda bundle, words: renamed(bundle, self.item.section, words),
            "begin": lambda bundle, words: begun(bundle, self.item.key, words),
            "heading": lambda bundle, words: with_heading(bundle, self.item.key, words),
            "reword": lambda bundle, words: reworded(bundle, self.item.key, words),
        }
        try:
            self.made = does[str(self.what.value())](self.bundle, self.words.text())
        except Invalid as problem:
            self.problem.say(f"{problem}")
            self.grow()
            return False
        return True
