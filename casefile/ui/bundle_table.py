"""The papers of a bundle in their order, under their sections."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from casefile.domain.bundles import Bundle, Item
from casefile.domain.dates import in_table
from casefile.domain.page_choice import length_of
from casefile.services.bundles import Plan
from casefile.ui.table import Column, Row, Table


def _length(item: Item) -> str:
    """How many pages: "2 of 5" where some are left out."""
    taken = length_of(item, item.pages)
    return str(taken or "") if taken == item.pages else f"{taken} of {item.pages}"


class BundleTable(Table):
    """Alt+Up and Alt+Down move a paper."""

    def __init__(self) -> None:
        super().__init__(
            "Papers in the bundle",
            [Column("", right=True, share=0), Column("Paper", share=1), Column("Date", share=0, faint=True), Column("Pages", right=True, share=0),
             Column("Starts", right=True, share=0), Column("", share=0)],
        )  # fmt: skip

    def show_bundle(self, bundle: Bundle, planned: Plan, warnings: Callable[[Item], list[str]]) -> None:
        """Show the papers with their numbers; those with ``warnings`` are marked."""
        starts = {part.item.key: part for part in planned.parts if part.item is not None}
        rows: list[Row] = []
        section, number = "", 0
        for item in bundle.items:
            if item.section != section:
                section = item.section
                rows.append(Row(f"section {section}", (section,), group=True))
            part = starts.get(item.key)
            number += 1 if item.included else 0
            day = in_table(item.on) if item.on else "No date"
            cells = (str(number) if item.included else "", item.title if item.included else f"Left out: {item.title}", day, _length(item), part.label if part else "", "")
            said = warnings(item)
            spoken = f"{'In' if item.included else 'Left out'}. {' '.join(said)}".strip()
            rows.append(Row(item.key, cells, icon="look" if said else "", spoken=spoken))
        self.fill(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt, else as any table."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def moved(self, by: int) -> None:
        """Set by the screen: moves the chosen row."""
