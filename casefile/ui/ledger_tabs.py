"""The parts of the ledger as a row of tabs, and the page that three of them share: entries, the chosen one, the sums."""

from collections.abc import Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.sessions import Absence, Cost, Effect
from casefile.services import documents, losses
from casefile.ui.asking import AskingDialog
from casefile.ui.dialogs import choose_target
from casefile.ui.form import Form
from casefile.ui.lines import Line, Lines
from casefile.ui.open_case import OpenCase
from casefile.ui.paper import save_paper, show_paper
from casefile.ui.parts import Button, Card, Columns, Empty, clear, line, row, stack, wrapping
from casefile.ui.screen import Screen
from casefile.ui.table import Row, Table
from casefile.ui.text import Words, heading

TABS = (("provision", "Sessions"), ("absences", "Out of school"), ("costs", "Costs"), ("effects", "Effects"))
"""The parts of the ledger: the place of each and its word."""
Thing = TypeVar("Thing", bound=Absence | Cost | Effect)


class LedgerTabs(QWidget):
    """The row of tabs; the one of ``here`` is chosen. ``wanted`` carries the place of another."""

    wanted = Signal(str)

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.tabs = here, {}
        for place, words in TABS:
            button = Button(words, partial(self._turn, place), kind="tab")
            button.setCheckable(True)
            button.setChecked(place == here)
            self.tabs[place] = button
        self.setLayout(stack(row(*self.tabs.values(), -1, space=4), line(), space=0))

    def _turn(self, place: str) -> None:
        for name, button in self.tabs.items():
            button.setChecked(name == self.here)
        if place != self.here:
            self.wanted.emit(place)


class EntryDialog(AskingDialog):
    """A window for one entry. A subclass fills ``form`` before, and reads it in ``made``."""

    def __init__(self, parent: QWidget, case: OpenCase, title: str, sentence: str, form: Form, said: str) -> None:
        super().__init__(parent, case, title, sentence, form, lambda: losses.keep(case.store, self.made(), case.today), said)

    def made(self) -> Absence | Cost | Effect:
        """The entry as it was typed. Raises ``Invalid``."""
        raise NotImplementedError


class LossPage(Screen, Generic[Thing]):
    """Entries at the left, the chosen one and the sums at the right. A subclass says what stands there."""

    title, icon = "Provision", "provision"
    add_words, list_name, file_name = "", "", ""
    sums_table: Table | None = None

    def build(self) -> None:
        """The tabs, the list, the chosen entry, the sums, and the page that starts it."""
        self.add = Button(self.add_words, lambda: self.ask(None), icon="plus", kind="main")
        self.head(self.add)
        tabs = LedgerTabs(self.name)
        tabs.wanted.connect(lambda place: self.open_requested.emit(place, None))
        self.tabs = tabs
        self.total = heading("")
        self.list = Lines(self.list_name)
        self.list.picked.connect(self._show)
        self.list.opened.connect(lambda _: self.ask(self.chosen()))
        left = QWidget()
        column = stack(self.total, self.list, -1, space=10)
        column.setStretch(1, 1000)
        left.setLayout(column)
        self.detail = QVBoxLayout()
        self.detail.setSpacing(8)
        self.cautions = Words("", role="text2")
        right = QWidget()
        right.setLayout(stack(Card(self.detail), *([self.sums_table] if self.sums_table is not None else []), self.cautions, -1, space=12))
        self.columns = Columns((left, 380, 0), (right, 340, 440), space=20)
        self.printing = Button("Print this list", self._print, icon="print", kind="link")
        self.saving = Button("Save it as a table", self._save, icon="drop", kind="link", name="Save it as a table for a spreadsheet (CSV)")
        self.more = QWidget()
        self.more.setLayout(wrapping(self.printing, self.saving, *self.also(), -1, space=20))
        self.empty = self.begin()
        self.body.addWidget(tabs)
        for part in (self.columns, self.more, self.empty):
            self.body.addWidget(part, 1 if part is self.empty else 0)
        self.tail = self.body.count()
        self.body.addStretch(0)
        self.found: list[Thing] = []

    def entries(self) -> list[Thing]:
        """Every entry, in the order it is shown."""
        raise NotImplementedError

    def line_of(self, one: Thing) -> Line:
        """An entry as a row of the list."""
        raise NotImplementedError

    def told(self, one: Thing) -> Sequence[QWidget]:
        """The chosen entry in full."""
        raise NotImplementedError

    def ask(self, one: Thing | None) -> None:
        """Ask for an entry; without one for a new one."""
        raise NotImplementedError

    def begin(self) -> Empty:
        """What stands here while there is no entry."""
        raise NotImplementedError

    def summed(self) -> tuple[str, list[Row], Sequence[str]]:
        """The sum in words, the rows of the table of sums, and what a reader must know about the count."""
        raise NotImplementedError

    def sheet(self) -> bytes:
        """The entries as a PDF sheet."""
        raise NotImplementedError

    def as_table(self) -> bytes:
        """The entries as CSV."""
        raise NotImplementedError

    def also(self) -> Sequence[QWidget]:
        """Other places that belong to these entries."""
        return ()

    def first(self) -> QWidget | None:
        """The list, or the first action."""
        return self.list if self.found else self.empty.starts[0]

    def panes(self) -> list[QWidget]:
        """The tabs, the list, the printing."""
        return [self.tabs.tabs[self.name], self.list, self.printing]

    def refresh(self) -> None:
        """Show the entries as they are now."""
        self.found = self.entries()
        known = bool(self.found)
        for part in (self.columns, self.more, self.add):
            part.setVisible(known)
        self.empty.setVisible(not known)
        self.body.setStretch(self.tail, 1 if known else 0)
        if not known:
            return
        words, rows, cautions = self.summed()
        self.total.say(words)
        if self.sums_table is not None:
            self.sums_table.fill(rows)
            self.sums_table.setVisible(bool(rows))
            self.sums_table.setFixedHeight(self.sums_table.sizeHint().height())
        self.cautions.say("\n".join(cautions))
        self.list.fill([self.line_of(one) for one in self.found])
        self._show(self.list.current())

    def chosen(self) -> Thing | None:
        """The entry that is chosen in the list."""
        key = self.list.current()
        return next((one for one in self.found if one.id == key), None)

    def show_thing(self, what: object) -> None:
        """Show one entry by its id."""
        self.list.choose(what)

    def _show(self, key: object) -> None:
        clear(self.detail)
        one = self.chosen()
        if one is None:
            return
        for part in self.told(one):
            self.detail.addWidget(part)
        if one.document is not None:
            number = one.document
            title = documents.document(self.case.store, number).title
            short = title if len(title) < 40 else title[:38] + "…"
            self.detail.addLayout(row(Button(short, lambda: self.open_requested.emit("documents", number), icon="evidence", kind="chip", name=f"Open the paper: {title}"), -1))
        else:
            self.detail.addWidget(Words("No paper shows it yet.", role="text2"))
        change = Button("Change it", lambda: self.ask(self.chosen()), icon="edit")
        gone = Button("Remove", self._remove, icon="bin", kind="quiet", name="Remove this entry")
        self.detail.addLayout(wrapping(change, gone, -1))

    def _remove(self) -> None:
        one = self.chosen()
        if one is not None:
            self.case.do(lambda: losses.remove(self.case.store, one), "The entry is removed.")

    def _print(self) -> None:
        made = self.case.do(self.sheet)
        if made is not None:
            show_paper(self, self.case, made, self.file_name)

    def _save(self) -> None:
        path = choose_target(self, "Save it as a table", f"{self.file_name}.csv", [("csv", "Table")])
        if path is not None:
            save_paper(self.case, self.as_table(), path)
