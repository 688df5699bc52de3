"""What became of everything that was added: nothing is lost, and what could not be read is named."""

from PySide6.QtWidgets import QWidget

from casefile.services.documents import ImportReport
from casefile.ui.dialogs import Dialog
from casefile.ui.lines import Line, Lines
from casefile.ui.parts import stack
from casefile.ui.text import faint

_STATES = {
    "unreadable": ("Kept, but could not be read", "warn"), "skipped": ("Left out", "info"), "already_there": ("Already there", "same"),
    "added": ("Added", "done"),
}  # fmt: skip


class ReportDialog(Dialog):
    """A row for each input, those to look at first. ``scans`` says what becomes of the words in pictures."""

    def __init__(self, parent: QWidget, report: ImportReport, scans: str = "") -> None:
        lines = []
        for state, (words, icon) in _STATES.items():
            rows = [entry for entry in report.rows if entry.state == state]
            if rows:
                lines.append(Line(state, f"{words}: {len(rows)}", group=True))
            for number, entry in enumerate(rows):
                name = f"{entry.part}, in {entry.path}" if entry.part else entry.path
                lines.append(Line((state, number), name, entry.reason, icon))
        self.list = Lines("What became of each")
        self.list.fill(lines)
        self.list.setMinimumHeight(260)
        told = [faint("A paper that could not be read is kept as it came. You can say yourself what it is.")]
        self.scans = faint(scans)
        inside = stack(*told, *([self.scans] if scans else []), self.list)
        super().__init__(parent, "What became of your papers", report.words, inside, "Close", other="")
