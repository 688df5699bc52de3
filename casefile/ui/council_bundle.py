"""A bundle that somebody else made, held against the papers of the case and its page limits: to read, save or send."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from casefile.domain.dates import count
from casefile.progress import Progress
from casefile.services import council_bundle, council_limits
from casefile.services.council_bundle import STATES, Compared, State
from casefile.services.council_limits import Measured
from casefile.store.files import write_file
from casefile.ui.dialogs import Dialog, choose_files, choose_target
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Choice, Fold, clear, row, stack
from casefile.ui.table import Column, Row, Table
from casefile.ui.text import Icon, Words, faint, strong
from casefile.ui.theme import look

_ORDER: tuple[State, ...] = ("missing", "part", "cannot_tell", "all")
_ICONS: dict[council_limits.State, tuple[str, str]] = {"within": ("done", "done"), "over": ("look", "look"), "cannot_tell": ("unknown", "unknown")}
"""For how a part stands to its limit, an icon and its colour; the words beside it say the same."""


class LimitsPart(QWidget):
    """The page limits of their bundle: a choice of the appeal they are for, a line for each part, and how it was counted."""

    changed = Signal()

    def __init__(self, case: OpenCase, every: Mapping[str, Measured]) -> None:
        """``every`` are the limits by the id of their kind, that which the case tells of first."""
        super().__init__()
        self.every, self.limits = every, next(iter(every.values()))
        rows = [(one.id, one.kind) for one in council_limits.kinds(case.library)]
        self.appeal = Choice("The appeal or claim the limits are for", rows, self.limits.purpose.id)
        self.appeal.currentIndexChanged.connect(lambda _: self._chosen())
        self.parts: QBoxLayout = QVBoxLayout()
        self.setLayout(stack(strong("Page limits"), self.appeal, self.parts, space=6))
        self._show()

    def _chosen(self) -> None:
        self.limits = self.every[str(self.appeal.value())]
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        clear(self.parts)
        self.parts.setSpacing(look.gap(6))
        made = self.limits
        self.parts.addWidget(faint(f"{made.heading} {made.because}".strip()))
        for one in made.rows:
            icon, role = _ICONS[one.state]
            mark = Icon(icon, role)
            line = row(mark, Words(one.sentence), space=8)
            line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            self.parts.addLayout(line)
        if made.advice:
            self.parts.addWidget(Words(" ".join(made.advice)))
        inside = faint("\n".join((*made.how(), *made.sources)))
        fold = Fold("How this was counted", inside, name="How this was counted, and where the limits are from")
        fold.button.clicked.connect(lambda *_: self.changed.emit())
        self.parts.addWidget(fold)


class CouncilDialog(Dialog):
    """What is missing stands first; the row that is chosen says more below the table. ``every`` are its limits for each kind of appeal."""

    def __init__(self, parent: QWidget, case: OpenCase, made: Compared, every: Mapping[str, Measured]) -> None:
        self.case, self.made = case, made
        self.table = Table("Our papers in their bundle", [Column("Our paper", share=1), Column("Their pages", share=0)])
        self.table.setMinimumHeight(look.px(220) if look.stacked else 280)
        self.table.setMaximumHeight(look.px(300))  # it scrolls by itself, so that the limits below begin in sight
        self.told = Words("")
        self.limits = LimitsPart(case, every)
        rows: list[Row] = []
        self.remarks: dict[object, str] = {}
        for state in _ORDER:
            mine = [one for one in made.rows if one.state == state]
            if mine:
                rows.append(Row(state, (f"{STATES[state]}: {len(mine)}", ""), group=True))
            for one in mine:
                rows.append(Row(one.document, (one.title, council_bundle.spans(one.theirs)), spoken=STATES[state]))
                self.remarks[one.document] = f"{one.title}, {one.day}. {STATES[state]}. {council_bundle.remark(one)}".strip()
        self.table.picked.connect(lambda _: self._about())
        inside = stack(
            self.table, self.told, Words(council_bundle.not_ours(made)),
            faint("A paper that was typed anew, or a photo, may be there and not be found."), self.limits, space=8,
        )  # fmt: skip
        sheet = Button("Save as a table", self._save_table, icon="drop", kind="link")
        about = f"“{made.name}” has {count(made.pages, 'page')}. {count(len(made.rows), 'paper')} of yours were looked for in it."
        super().__init__(parent, "What is in their bundle", about, inside, "Save as PDF", other="Close", right=sheet, accepted_by=self._save_pdf)
        self.table.fill(rows)
        self._about()
        self.limits.changed.connect(self.grow)

    def _about(self) -> None:
        self.told.say(self.remarks.get(self.table.current(), ""))

    def _save_pdf(self) -> bool:
        path = choose_target(self, "Save as PDF", "What is in their bundle.pdf", [("pdf", "PDF")])
        if path is None:
            return False
        return self.case.do(lambda: write_file(path, council_bundle.pdf_of(self.case.store, self.made, self.limits.limits, self.case.today))) is not None

    def _save_table(self) -> None:
        path = choose_target(self, "Save as a table", "What is in their bundle.csv", [("csv", "Table")])
        if path is not None:
            self.case.do(lambda: write_file(path, council_bundle.csv_of(self.made)))


def check_their_bundle(parent: QWidget, case: OpenCase) -> None:
    """Ask for a PDF, hold it against the papers of the case with progress, and show what was found."""
    files = choose_files(parent, "The bundle you were sent")
    if files:

        def work(progress: Progress) -> tuple[Compared, Mapping[str, Measured]]:
            made = council_bundle.compare(case.store, files[0], progress)
            return made, council_limits.of_every_kind(case.store, case.library, made)

        case.run("Looking through their bundle", work, lambda found: CouncilDialog(parent, case, *found).exec())
