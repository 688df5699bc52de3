"""Costs: what the family paid for or lost because help was not given, with the receipts."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casefile.domain.dates import count, in_words
from casefile.domain.money import in_pounds
from casefile.domain.sessions import COSTS, Cost
from casefile.services import losses, sheets_losses
from casefile.ui.ledger_entries import CostDialog
from casefile.ui.ledger_tabs import LossPage
from casefile.ui.lines import Line
from casefile.ui.parts import Button, Empty
from casefile.ui.table import Column, Row, Table
from casefile.ui.text import Words, heading


class CostsScreen(LossPage[Cost]):
    """Each payment or loss, the chosen one in full, and the sums by kind."""

    name = "costs"
    purpose = "What your family paid for or lost. You may be able to ask for it back."
    watches = frozenset({"cost", "document"})
    add_words, list_name, file_name = "Add a cost", "Costs", "What the family paid or lost"

    def build(self) -> None:
        """The shared page, with the sums by kind."""
        self.sums_table = Table("Sums by kind", [Column("For what"), Column("Sum", right=True, share=0)])
        super().build()

    def begin(self) -> Empty:
        """What goes here."""
        return Empty(
            "page", "No costs are written down", "Write down what you paid because help was not given: private therapy, reports, travel. Pay you lost counts too.",
            [Button("Add a cost", lambda: self.ask(None), icon="plus", kind="main")],
            ["A receipt helps. An entry without one is kept all the same."],
        )  # fmt: skip

    def entries(self) -> list[Cost]:
        """The newest first."""
        return list(reversed(losses.costs(self.case.store)))

    def line_of(self, one: Cost) -> Line:
        """An entry as a row."""
        return Line(one.id, one.what, f"{in_words(one.on)}. {COSTS[one.kind]}{'' if one.document else '. No receipt yet'}", right=in_pounds(one.pence))

    def told(self, one: Cost) -> Sequence[QWidget]:
        """The chosen entry in full."""
        parts: list[QWidget] = [heading(one.what), Words(f"{in_pounds(one.pence)}, {in_words(one.on)}. {COSTS[one.kind]}.")]
        return [*parts, Words(one.note)] if one.note else parts

    def summed(self) -> tuple[str, list[Row], Sequence[str]]:
        """The sum in all, by kind, and how much of it has a receipt."""
        found = losses.spent(self.case.store)
        if found is None:
            return "", [], ()
        rows = [Row(kind, (COSTS[kind], in_pounds(pence))) for kind, pence in found.kinds]
        return f"{in_pounds(found.pence)} in all", rows, (f"{found.receipts} of {count(len(found.costs), 'entry', 'entries')} {'has' if found.receipts == 1 else 'have'} a receipt or another paper.",)

    def ask(self, one: Cost | None) -> None:
        """Ask for an entry."""
        CostDialog(self, self.case, one).exec()

    def sheet(self) -> bytes:
        """The costs, as a sheet."""
        return sheets_losses.cost_sheet(self.case.store, self.case.today)

    def as_table(self) -> bytes:
        """The costs, as CSV."""
        return sheets_losses.cost_csv(self.case.store)
