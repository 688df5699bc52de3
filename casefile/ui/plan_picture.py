"""The line that says that words of the plan were read from a picture, with the paper to compare them with."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from casefile.domain.plan import PlanVersion
from casefile.services import plans
from casefile.store.store import Store
from casefile.ui.parts import Button, clear, row, stack, wrapping
from casefile.ui.text import Icon, Words
from casefile.ui.theme import look

Paper = tuple[str, int]
"""What the button that opens a paper says, and the paper."""


class FromPicture(QWidget):
    """A calm line, and a button for each paper. ``show`` opens a paper by its id. It is not there while it says nothing."""

    def __init__(self, show: Callable[[int], object]) -> None:
        super().__init__()
        self.show_paper = show
        self.words = Words("", role="look")
        self.buttons = stack(space=2)
        said, papers = QWidget(), QWidget()
        beside = row(stack(Icon("look", "look"), -1, margins=(0, 2, 0, 0)), self.words, space=10)
        beside.setStretch(1, 1)
        said.setLayout(beside)
        papers.setLayout(self.buttons)
        self.setLayout(wrapping(said, papers, -1, space=6 if look.stacked else 28))
        self.said: tuple[str, list[Paper]] = ("", [])
        self.hide()

    def say(self, words: str, papers: Sequence[Paper] = ()) -> None:
        """Show these words and papers; empty words take it out of the page."""
        if self.said == (words, list(papers)):
            return  # a button that has the focus keeps it
        self.said = (words, list(papers))
        clear(self.buttons)
        self.words.say(words)
        for label, id_ in papers:
            self.buttons.addWidget(Button(label, lambda id_=id_: self.show_paper(id_), icon="documents", kind="link"))  # type: ignore[misc]
        self.setVisible(bool(words))


def one_from_picture(store: Store, version: PlanVersion | None) -> tuple[str, list[Paper]]:
    """What is said of a version, and its paper; nothing where all its words were typed."""
    if version is None or not version.from_picture:
        return "", []
    paper = plans.paper_of(store, version)
    return "Words of this version were read from a picture, and some may be wrong. Compare each line with the paper.", [("Open the paper", paper)] if paper is not None else []


def two_from_pictures(store: Store, before: PlanVersion, after: PlanVersion) -> tuple[str, list[Paper]]:
    """What is said of two versions that are compared, and their papers."""
    found = [(name, one) for name, one in (("older", before), ("newer", after)) if one.from_picture]
    if not found:
        return "", []
    whose = f"the {found[0][0]} plan" if len(found) == 1 else "both plans"
    papers: dict[int, str] = {}
    for name, one in found:
        if (paper := plans.paper_of(store, one)) is not None:
            papers.setdefault(paper, f"Open the paper of the {name} plan")
    said = f"Words of {whose} were read from a picture. What looks like a change may be a word that was read wrong, so compare it with the paper."
    return said, [(label, paper) for paper, label in papers.items()]
