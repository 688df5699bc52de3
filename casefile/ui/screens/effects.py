"""Effects: what missing help has meant for the child, day by day, in the family's own words."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casefile.domain.dates import count, in_words
from casefile.domain.sessions import Effect
from casefile.services import losses, sheets_losses
from casefile.services.case import child_of
from casefile.ui.ledger_entries import EffectDialog
from casefile.ui.ledger_tabs import LossPage
from casefile.ui.lines import Line
from casefile.ui.parts import Button, Empty, Fold
from casefile.ui.table import Row
from casefile.ui.text import Words, heading

FOLDED = "Folded: hard to read"


class EffectsScreen(LossPage[Effect]):
    """Each day, and the chosen one in full; what is hard to read stays folded until it is opened."""

    name = "effects"
    purpose = "What it has meant for your child, day by day, in your own words."
    watches = frozenset({"effect", "document"})
    add_words, list_name, file_name = "Add what it has meant", "What it has meant", "What it has meant"

    def begin(self) -> Empty:
        """What goes here."""
        return Empty(
            "person", "Nothing is written down yet", "When help is missing, write down what you see: a good day, a bad day, what your child says. Short notes made at the time count for much.",
            [Button("Add what it has meant", lambda: self.ask(None), icon="plus", kind="main")],
            ["What is hard to read can be folded away.", "It prints without you having to read it again."],
        )  # fmt: skip

    def entries(self) -> list[Effect]:
        """The newest first."""
        return list(reversed(losses.effects(self.case.store)))

    def line_of(self, one: Effect) -> Line:
        """An entry as a row; the words of a hard one stay out of the list."""
        if one.hard:
            return Line(one.id, in_words(one.on), FOLDED, icon="eye")
        whose = self._whose(one)
        return Line(one.id, in_words(one.on), f"{whose}: {one.words}" if whose else one.words)

    def _whose(self, one: Effect) -> str:
        return one.told_by(child_of(self.case.store).short)

    def told(self, one: Effect) -> Sequence[QWidget]:
        """The chosen entry in full, folded where it is hard to read."""
        words, whose = Words(one.words), self._whose(one)
        return [heading(in_words(one.on)), *([Words(f"{whose}.", role="text2")] if whose else []), Fold("Hard to read. Open it", words, name=f"Hard to read, {in_words(one.on)}") if one.hard else words]

    def summed(self) -> tuple[str, list[Row], Sequence[str]]:
        """How many days are written down, and how a hard one prints."""
        hard = sum(1 for one in self.found if one.hard)
        told = ("Folded entries print on a page of their own at the end.",) if hard else ()
        return count(len(self.found), "entry", "entries"), [], told

    def ask(self, one: Effect | None) -> None:
        """Ask for an entry."""
        EffectDialog(self, self.case, one).exec()

    def sheet(self) -> bytes:
        """The effects, as a sheet."""
        return sheets_losses.effect_sheet(self.case.store, self.case.today)

    def as_table(self) -> bytes:
        """The effects, as CSV."""
        return sheets_losses.effect_csv(self.case.store)
