"""Choosing papers to add to a bundle."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casefile.domain.dates import count, in_table
from casefile.domain.documents import Document
from casefile.ui.dialogs import Dialog
from casefile.ui.parts import stack
from casefile.ui.table import Column, Row, Table
from casefile.ui.text import Words


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
