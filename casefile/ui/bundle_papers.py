"""Choosing papers to add to a bundle, and pages of a paper."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from casefile.domain.bundles import Item
from casefile.domain.dates import count, in_table
from casefile.domain.documents import Document
from casefile.domain.paper_choice import PaperChoice, read_megabytes
from casefile.errors import Invalid
from casefile.ui.dialogs import Dialog
from casefile.ui.form import Field, Form
from casefile.ui.parts import Check, stack
from casefile.ui.table import Column, Row, Table
from casefile.ui.text import Words, faint


class AddDialog(Dialog):
    """The papers that are not in a bundle yet; Space or a double click marks one to be added."""

    def __init__(self, parent: QWidget, papers: Sequence[Document]) -> None:
        self.papers = papers
        self.marked: list[int] = []
        self.table = Table("Papers that are not in the bundle", [Column("", share=0), Column("Paper", share=1), Column("Date", share=0, faint=True), Column("Pages", right=True, share=0)])
        self.table.setMinimumHeight(260)
        self.table.spaced.connect(lambda _: self._mark())
        self.table.opened.connect(lambda _: self._mark())
        self.told = Words("")
        super().__init__(parent, "Add papers", "Mark papers with Space or a double click. Each goes to the end of its section.", stack(self.table, self.told, space=8), "Add them", other="Cancel")
        self._fill()

    def _fill(self) -> None:
        rows = []
        for paper in self.papers:
            day = paper.dated or paper.received
            cells = ("Add" if paper.id in self.marked else "", paper.title or paper.name, in_table(day) if day else "No date", str(paper.pages or ""))
            rows.append(Row(paper.id, cells, spoken="To be added" if paper.id in self.marked else "Not marked"))
        self.table.fill(rows)
        self.told.say(f"{count(len(self.marked), 'paper')} marked." if self.marked else "Nothing is marked yet.")

    def _mark(self) -> None:
        id_ = self.table.current()
        if isinstance(id_, int):
            if id_ in self.marked:
                self.marked.remove(id_)
            else:
                self.marked.append(id_)
            self._fill()


class PagesDialog(Dialog):
    """Only some pages of a paper, some left out, some turned."""

    def __init__(self, parent: QWidget, item: Item, choose: Callable[[str, str, str], object]) -> None:
        self.choose = choose
        self.only, self.without, self.turned = Field(item.only), Field(item.without), Field(item.turned)
        form = Form()
        form.row("Only these pages", self.only, "Such as 1-3, 7. Empty means all of them.")
        form.row("Leave out", self.without, "Such as 2 or 4-5.")
        form.row("Turn clockwise", self.turned, "Such as 90 for all pages, or 3:90 for page 3. Degrees are 90, 180 or 270.")
        self.problem = Words("", role="error")
        long = f", {count(item.pages, 'page')}" if item.pages else ""
        about = f"{item.title}{long}. A paper that is not whole says so in the index."
        super().__init__(parent, "Pages of this paper", about, stack(form, self.problem, space=8), "Use these pages", other="Cancel", accepted_by=self._use)

    def _use(self) -> bool:
        try:
            self.choose(self.only.text(), self.without.text(), self.turned.text())
        except Invalid as problem:
            self.problem.say(f"{problem}")
            return False
        return True


class PaperDialog(Dialog):
    """How a bundle comes out on paper, and how large one file may be."""

    def __init__(self, parent: QWidget, old: PaperChoice, usual: int) -> None:
        self.chosen = old
        self.a4 = Check("Make every page A4", old.a4)
        self.edge = Check("Room for a binding edge", old.edge)
        self.two_sided = Check("For two-sided printing", old.two_sided)
        self.dividers = Check("A divider before every section", old.dividers)
        self.large = Check("Index and dates in large print", old.large)
        self.by_section = Check("A file of every section too", old.by_section)
        self.most = Field(str(old.volume_mb or ""))
        form = Form()
        told = f"Empty means {usual} MB, as its reader asks." if usual else "Empty means one file, however large."
        form.row("Most megabytes in one file", self.most, told)
        self.problem = Words("", role="error")
        inside = stack(
            self.a4, faint("Larger pages are made smaller. Smaller ones keep their size."),
            self.edge, faint("Your papers keep 25 mm free for the holes: at the left, or at the right on the back of a sheet."),
            self.two_sided, faint("Sections begin on a right-hand page. Blank pages are numbered too."),
            self.dividers, faint("A sheet with the name of the section, its pages, and a link back to the index."),
            self.large, self.by_section, faint("For a print shop. Every page keeps its number."), 4, form, self.problem, space=6,
        )  # fmt: skip
        super().__init__(parent, "Paper and files", "The papers themselves stay as they are.", inside, "Use this", accepted_by=self._use)

    def _use(self) -> bool:
        try:
            self.chosen = PaperChoice(self.a4.isChecked(), self.edge.isChecked(), self.two_sided.isChecked(), read_megabytes(self.most.text()),
                                      self.dividers.isChecked(), self.large.isChecked(), self.by_section.isChecked())  # fmt: skip
        except Invalid as problem:
            self.problem.say(f"{problem}")
            return False
        return True
