"""The copy of a letter that goes with a bundle: for a bundle that holds all its papers, as PDF or Word."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from casefile.domain.bundles import Bundle
from casefile.domain.letters import Draft
from casefile.progress import Progress
from casefile.services import letters
from casefile.services.letter_pages import bundles_for, copy_for
from casefile.store.files import safe_name, write_file
from casefile.ui.dialogs import choose_target
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Choice, stack, wrapping
from casefile.ui.text import faint, strong

_KINDS = (("pdf", "PDF"), ("docx", "Word"))


class BundleCopies(QWidget):
    """Offers the copy with page numbers; takes no room where no bundle holds all papers of the letter. ``large`` asks for
    large print."""

    def __init__(self, case: OpenCase, large: Callable[[], bool]) -> None:
        super().__init__()
        self.case, self.large = case, large
        self.made: Draft | None = None
        self.found: dict[int, Bundle] = {}
        self.which = Choice("Which bundle it goes with", [], None)
        self.which_words = strong("Which bundle it goes with")
        self.saves = [Button(f"With page numbers, as {words}", partial(self._save, ending), icon="drop") for ending, words in _KINDS]
        told = faint("You have a bundle with all these papers. This copy of the letter names its pages: (E4, page 32). Send the two together.")
        self.setLayout(stack(told, self.which_words, self.which, wrapping(*self.saves, -1), space=8))

    def show_draft(self, made: Draft) -> None:
        """Look for the bundles of a letter."""
        self.made = made
        self.found = {one.id or 0: one for one in bundles_for(self.case.store, made)}
        chosen = self.which.value() if self.which.value() in self.found else next(iter(self.found), None)
        self.which.clear()
        for id_, one in self.found.items():
            self.which.addItem(one.title, id_)
        self.which.choose(chosen)
        for widget in (self.which_words, self.which):
            widget.setVisible(len(self.found) > 1)
        self.setVisible(bool(self.found))

    def _save(self, ending: str) -> None:
        made = self.made
        if made is None:
            return
        words = dict(_KINDS)[ending]
        path = choose_target(self, f"Save as {words}", safe_name(f"{made.title}, with page numbers.{ending}"), [(ending, words)])
        if path is not None:
            self.save_to(path, ending)

    def save_to(self, path: Path, ending: str) -> None:
        """Write the copy for the chosen bundle to ``path`` as ``pdf`` or ``docx``. Counting its pages may take a while."""
        made, case, large = self.made, self.case, self.large()
        bundle = self.found.get(int(str(self.which.value() or 0)))
        if made is None or bundle is None:
            return

        def work(progress: Progress) -> Path:
            copy = copy_for(case.store, case.library, made, bundle, case.today, progress)
            return write_file(path, letters.render(copy, ending, large=large))

        case.run("Counting the pages of the bundle", work, lambda written: case.noted.emit(f"Saved as “{written.name}” in “{written.parent.name}”."))
