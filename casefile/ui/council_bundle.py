"""A bundle that somebody else made, held against the papers of the case: one table, to read, save or send."""

from PySide6.QtWidgets import QWidget

from casefile.domain.dates import count
from casefile.services import council_bundle
from casefile.services.council_bundle import STATES, Compared, State
from casefile.store.files import write_file
from casefile.ui.dialogs import Dialog, choose_files, choose_target
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, stack
from casefile.ui.table import Column, Row, Table
from casefile.ui.text import Words, faint
from casefile.ui.theme import look

_ORDER: tuple[State, ...] = ("missing", "part", "cannot_tell", "all")


class CouncilDialog(Dialog):
    """What is missing stands first; the row that is chosen says more below the table."""

    def __init__(self, parent: QWidget, case: OpenCase, made: Compared) -> None:
        self.case, self.made = case, made
        self.table = Table("Our papers in their bundle", [Column("Our paper", share=1), Column("Their pages", share=0)])
        self.table.setMinimumHeight(look.px(220) if look.stacked else 280)
        self.told = Words("")
        rows: list[Row] = []
        self.remarks: dict[object, str] = {}
        for state in _ORDER:
            mine = [row for row in made.rows if row.state == state]
            if mine:
                rows.append(Row(state, (f"{STATES[state]}: {len(mine)}", ""), group=True))
            for row in mine:
                rows.append(Row(row.document, (row.title, council_bundle.spans(row.theirs)), spoken=STATES[state]))
                self.remarks[row.document] = f"{row.title}, {row.day}. {STATES[state]}. {council_bundle.remark(row)}".strip()
        self.table.picked.connect(lambda _: self._about())
        inside = stack(
            self.table, self.told, Words(council_bundle.not_ours(made)),
            faint("A paper that was typed anew, or a photo, may be there and not be found."), space=8,
        )  # fmt: skip
        sheet = Button("Save as a table", self._save_table, icon="drop", kind="link")
        about = f"“{made.name}” has {count(made.pages, 'page')}. {count(len(made.rows), 'paper')} of yours were looked for in it."
        super().__init__(parent, "What is in their bundle", about, inside, "Save as PDF", other="Close", right=sheet, accepted_by=self._save_pdf)
        self.table.fill(rows)
        self._about()

    def _about(self) -> None:
        self.told.say(self.remarks.get(self.table.current(), ""))

    def _save_pdf(self) -> bool:
        path = choose_target(self, "Save as PDF", "What is in their bundle.pdf", [("pdf", "PDF")])
        if path is None:
            return False
        return self.case.do(lambda: write_file(path, council_bundle.pdf_of(self.case.store, self.made, self.case.today))) is not None

    def _save_table(self) -> None:
        path = choose_target(self, "Save as a table", "What is in their bundle.csv", [("csv", "Table")])
        if path is not None:
            self.case.do(lambda: write_file(path, council_bundle.csv_of(self.made)))


def check_their_bundle(parent: QWidget, case: OpenCase) -> None:
    """Ask for a PDF, hold it against the papers of the case with progress, and show what was found."""
    files = choose_files(parent, "The bundle you were sent")
    if files:
        case.run(
            "Looking through their bundle",
            lambda progress: council_bundle.compare(case.store, files[0], progress),
            lambda made: CouncilDialog(parent, case, made).exec(),
        )
