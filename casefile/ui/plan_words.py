"""Words of a plan with marks in them: at fault, taken out, new; each told by its line and weight, never by colour alone."""

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextLayout

from casefile.ui.text import Words
from casefile.ui.theme import BODY, REGULAR, SEMIBOLD, look

Marks = Sequence[tuple[int, int, str]]
"""Stretches (start, end, how): ``look`` words at fault, ``out`` taken out, ``new`` new; the two highlighters ``need`` and ``provision``."""
_LOOKS = {
    "look": ("look_soft", QTextCharFormat.UnderlineStyle.SingleUnderline, REGULAR),
    "out": ("late_soft", QTextCharFormat.UnderlineStyle.DashUnderline, REGULAR),
    "new": ("look_soft", QTextCharFormat.UnderlineStyle.SingleUnderline, SEMIBOLD),
    "need": ("soon_soft", QTextCharFormat.UnderlineStyle.DotLine, REGULAR),
    "provision": ("done_soft", QTextCharFormat.UnderlineStyle.SingleUnderline, SEMIBOLD),
}
_SAID = {"look": "Words to look at", "out": "Taken out", "new": "New", "need": "Marked as need", "provision": "Marked as provision"}


class MarkedWords(Words):
    """Text that wraps, with marked stretches; a screen reader hears which words are marked."""

    def __init__(self, text: str = "", marks: Marks = (), role: str = "text", *, measure: float = 0) -> None:
        self.marks: tuple[tuple[int, int, str], ...] = tuple(marks)
        super().__init__(text, BODY, role=role, measure=measure)
        self._name()

    def _name(self) -> None:
        said = [f"{_SAID[how]}: {self.text()[start:end]}" for start, end, how in self.marks]
        self.setAccessibleName(". ".join([self.text(), *said]))

    def _formats(self, offset: int, length: int) -> list[QTextLayout.FormatRange]:
        found = []
        for start, end, how in self.marks:
            first, last = max(start, offset) - offset, min(end, offset + length) - offset
            if first >= last:
                continue
            ground, line, weight = _LOOKS[how]
            form = QTextCharFormat()
            form.setFont(look.font(self.points, weight))
            form.setBackground(look.colour(ground))
            form.setForeground(look.colour("text"))
            form.setUnderlineStyle(line)
            form.setUnderlineColor(look.colour("late" if how == "out" else "look"))
            entry = QTextLayout.FormatRange()
            entry.start, entry.length, entry.format = first, last - first, form  # type: ignore[assignment]
            found.append(entry)
        return found


def faults_in(text: str, words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Where words at fault stand in a text, each at its first place that is free."""
    found: list[tuple[int, int, str]] = []
    low = text.lower()
    for word in words:
        at = low.find(word.lower())
        while at >= 0 and any(start < at + len(word) and at < end for start, end, _ in found):
            at = low.find(word.lower(), at + 1)
        if at >= 0 and word:
            found.append((at, at + len(word), "look"))
    return sorted(found)
