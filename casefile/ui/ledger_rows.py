"""The sessions behind a number: every entry of a line with its day, what became of it, why, who said so, and its paper."""

from PySide6.QtWidgets import QWidget

from casefile.domain.dates import in_table
from casefile.domain.ledger import Shortfall, promise_words, sentence
from casefile.domain.sessions import OUTCOMES
from casefile.services import documents
from casefile.ui.dialogs import Dialog
from casefile.ui.lines import Line, Lines
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import stack
from casefile.ui.text import Words, faint
from casefile.ui.week_grid import LOOKS


class RowsDialog(Dialog):
    """Each entry, the newest first."""

    def __init__(self, parent: QWidget, one: Shortfall, case: OpenCase) -> None:
        lines = []
        for session in sorted((entry for cell in one.cells for entry in cell.sessions), key=lambda entry: entry.on, reverse=True):
            icon, _, _ = LOOKS[session.outcome]
            minutes = f", {session.minutes} minutes" if session.minutes is not None else ""
            paper = documents.document(case.store, session.document).title if session.document is not None else "no paper"
            detail = ". ".join(part for part in (session.reason, session.said_by, paper) if part)
            lines.append(Line(session.id, f"{in_table(session.on)}: {OUTCOMES[session.outcome].lower()}{minutes}", detail, icon or "same", None))
        self.list = Lines("Entries of this line")
        self.list.fill(lines)
        self.list.setMinimumHeight(240)
        shown = f"{one.shown} % of the entries have a paper behind them." if one.shown is not None else "Nothing is logged yet."
        inside = stack(Words(sentence(one)), faint(shown), self.list if lines else Words(""))
        super().__init__(parent, f"{one.provision.item} {one.provision.title}", f"{promise_words(one.provision)}.", inside, "Close", other="")
