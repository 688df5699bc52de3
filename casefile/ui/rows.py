"""What every list and table does alike: wrap words into a row, and show where the focus is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics

MOST_LINES = 3
"""So many lines stand in a row; what is longer ends in dots."""


def wrapped(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The lines of a text in ``width`` pixels, at most three; its own line ends are kept."""
    found: list[str] = []
    for part in text.split("\n")[: MOST_LINES + 1]:
        current = ""
        for word in part.split():
            trial = f"{current} {word}".strip()
            if current and metrics.horizontalAdvance(trial) > width:
                found.append(current)
                current = word
            else:
                current = trial
        if current:
            found.append(current)
    if len(found) > MOST_LINES:
        found = [*found[: MOST_LINES - 1], " ".join(found[MOST_LINES - 1 :])]
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in found] or [""]


class FocusShown:
    """Before a Qt view among the bases: a view whose chosen row is drawn anew when the focus comes or goes, since its ring is drawn with it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The chosen row shows the focus."""
        super().focusInEvent(event)  # type: ignore[misc]
        self.viewport().update()  # type: ignore[attr-defined]

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)  # type: ignore[misc]
        self.viewport().update()  # type: ignore[attr-defined]
