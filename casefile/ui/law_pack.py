"""The law in the program: when it was checked, a newer one from a folder with what it changes here, all of it on paper."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.dates import count, in_words
from casefile.library import load
from casefile.library.lawpack import pack_folder, read_pack
from casefile.services import lawpack
from casefile.services.lawpack import Change, Comparison
from casefile.ui.dialogs import Dialog, choose_folder, choose_target
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Card, Fold, line, stack
from casefile.ui.text import Status, Words, faint, heading, strong

_STATES = {
    "coming": "coming", "due_soon": "due soon", "overdue": "late", "met": "done in time", "met_late": "done late", "passed": "the day has passed",
    "continuous": "goes on all the time", "cannot_tell": "not known yet",
}  # fmt: skip
_LEFT = Qt.AlignmentFlag.AlignLeft
MOST = 12
"""So many changes are listed; the rest is counted."""


def change_words(one: Change) -> str:
    """One difference as a sentence."""
    match one.what:
        case "new":
            return f"New. {one.after[:1].upper()}{one.after[1:]}"
        case "gone":
            return f"No longer there. It was: {one.before}"
        case "state":
            return f"Was: {_STATES.get(one.before, one.before)}. Now: {_STATES.get(one.after, one.after)}"
        case "date":
            return f"Was: {one.before}. Now: {one.after}"
    return f"Was: {one.before}. Now: {one.after}" if one.before != one.after else "Its words or its count changed"


def _listed(title: str, none: str, changes: Sequence[Change]) -> list[QWidget]:
    parts: list[QWidget] = [heading(title)]
    if not changes:
        return [*parts, Words(none)]
    for one in changes[:MOST]:
        made = QWidget()
        made.setLayout(stack(strong(one.title), Words(f"{change_words(one).rstrip('.')}."), space=2))
        parts += [line(), made]
    if len(changes) > MOST:
        parts.append(faint(f"And {count(len(changes) - MOST, 'more', 'more')}."))
    return parts


class NewLawDialog(Dialog):
    """What a newer law would change, for this case first, before anything is used."""

    def __init__(self, parent: QWidget, found: Comparison) -> None:
        older = found.checked_after < found.checked_before
        told = f"It was checked on {in_words(found.checked_after)}. The one in use was checked on {in_words(found.checked_before)}."
        parts = _listed("What changes in this case", "No date of this case changes.", found.case)
        parts += _listed("What changes in the law", "No rule changes.", found.rules)
        if older:
            parts.insert(0, Status("warn", "It is older than the one in use, so it cannot be used", "late"))
        super().__init__(parent, "Use this law?", told, stack(*parts, space=8), "Use this law", other="Leave it as it is")
        if older:
            self.main.hide()
        # What changes is read first, also where it is longer than the window: arrows move through it.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("What this law changes")
        self.area.setFocus()


class LawCard(Card):
    """A fold in the settings: the law's date, a newer pack, the way back, the whole law as one document."""

    def __init__(self, case: OpenCase) -> None:
        self.case = case
        self.told, self.problem = Words(""), Words("", role="error")
        self.newer = Button("Use a newer law", self.choose, icon="folder")
        self.own = Button("Go back to the program’s own law", self.go_back, icon="undo")
        self.save = Button("Save all rules as one document", self._save, icon="page")
        inside = QWidget()
        column: QVBoxLayout = stack(
            self.told, self.problem, faint("A newer law is a folder that somebody gave you. You see what it changes before it is used."),
            self.newer, self.own, faint("The document holds every rule, how it counts, and where it is written. An adviser can check it line by line."),
            self.save, space=10,
        )  # fmt: skip
        for button in (self.newer, self.own, self.save):
            column.setAlignment(button, _LEFT)
        inside.setLayout(column)
        self.fold = Fold("The law in this program", inside)
        super().__init__(self.fold)
        self.refresh()

    def refresh(self) -> None:
        """Show which law is in use."""
        library = self.case.library
        pack = pack_folder().is_dir() and not library.pack_problem
        where = "It comes from a folder you added." if pack else "It came with the program."
        self.told.say(f"The law was last checked on {in_words(library.law_checked)}. {where}")
        self.problem.say(library.pack_problem)
        self.own.setVisible(pack_folder().is_dir())

    def choose(self) -> None:
        """Let the parent choose the folder of a newer law."""
        folder = choose_folder(self, "Choose the folder that holds events.toml")
        if folder is not None:
            self.look_at(folder)

    def look_at(self, folder: Path) -> None:
        """Read a law, show what it changes, and use it if the parent says so."""
        case = self.case
        case.run("Reading the law", lambda _: lawpack.compare(case.store, case.library, read_pack(folder), case.today), lambda found: self._ask(folder, found))

    def _ask(self, folder: Path, found: Comparison) -> None:
        if NewLawDialog(self, found).exec():
            self.case.run("Taking the newer law", lambda _: lawpack.use_pack(folder, self.case.library), self._taken)

    def _taken(self, library: object) -> None:
        self.case.use_library(library)  # type: ignore[arg-type]
        self.case.noted.emit("The newer law is in use. Older events still count as the law stood then.")

    def go_back(self) -> None:
        """Use the program's own law again."""
        if self.case.do(lawpack.drop_pack):
            self.case.use_library(load())
            self.case.noted.emit("The program’s own law is in use again.")

    def _save(self) -> None:
        target = choose_target(self, "Save all rules as one document", "law.pdf", [("pdf", "PDF"), ("html", "Web page")])
        if target is not None:
            self.export(target)

    def export(self, target: Path) -> None:
        """Write the whole law to a file."""
        self.case.run("Writing the law", lambda _: lawpack.export_law(target), lambda path: self.case.noted.emit(f"Every rule stands in “{path.name}”."))
