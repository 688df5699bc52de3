"""One change between two versions as a row: what sort it is, the words before and after with marks, minutes a week."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from casefile.domain.comparison import KINDS, Change, marks
from casefile.services import plans
from casefile.ui.parts import row, stack
from casefile.ui.plan_words import MarkedWords
from casefile.ui.text import Status, faint, strong
from casefile.ui.theme import look

WIDTHS = (210, 106)
"""The widths of the first and the last column, in pixels at 100 %."""


def minutes_words(minutes: float | None) -> str:
    """Minutes a week, or that they are not fixed."""
    return "not fixed" if minutes is None else f"{minutes:g}"


def title_of(change: Change) -> str:
    """The line a change is about: its key and a few words."""
    item = (change.before or change.after)[0]
    if change.type == "placement_changed":
        return "Section I"
    return f"{item.key} {plans.short_title(item, 40)}"


def kind_of(change: Change) -> tuple[str, str, str]:
    """The icon, word and role of a change."""
    words, icon, role = KINDS[change.type]
    if change.type == "moved":
        words = f"Moved to Section {change.section_after}" if change.section_after else "Moved out of the sections"
    return icon, words, role


def absent(change: Change, after: bool) -> str:
    """What stands where there is no line."""
    return "No line like this in the newer plan." if after else "No line like this in the older plan."


class ChangeRow(QFrame):
    """A change that can have the focus: Up and Down go to the next, and a screen reader hears all of it."""

    turned = Signal(object, int)

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.change = change
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icon, words, role = kind_of(change)
        out, new = marks(change.text_before, change.text_after) if change.before and change.after else ((), ())
        before = MarkedWords(change.text_before, [(start, end, "out") for start, end in out]) if change.before else faint(absent(change, False), measure=0)
        after = MarkedWords(change.text_after, [(start, end, "new") for start, end in new]) if change.after else faint(absent(change, True), measure=0)
        first: list[QWidget] = [Status(icon, words, role), faint(title_of(change), measure=0)]
        if change.silent:
            first.append(strong("Not listed in the notice"))
        why = faint(" ".join(change.why[:4]), measure=0)
        why.setVisible(bool(change.why))
        amounts = self._minutes()
        if look.stacked:
            self.setLayout(stack(*first, strong("Before"), before, strong("After"), after, why, *amounts, space=6, margins=(14, 12, 14, 12)))
        else:
            left, right = QWidget(), QWidget()
            left.setLayout(stack(*first, -1, space=4))
            left.setFixedWidth(look.px(WIDTHS[0]))
            right.setLayout(stack(*amounts, -1, space=4))
            right.setFixedWidth(look.px(WIDTHS[1]))
            both = row(before, after, space=16)
            for part in (before, after):
                both.setAlignment(part, Qt.AlignmentFlag.AlignTop)
                both.setStretchFactor(part, 1)
            made = row(left, stack(both, why, -1, space=6), right, space=16, margins=(14, 12, 14, 12))
            made.setStretch(1, 1)
            self.setLayout(made)
        self.setAccessibleName(self.spoken())

    def _minutes(self) -> list[QWidget]:
        if self.change.minutes_before is None and self.change.minutes_after is None:
            return [faint("No amount", measure=0)] if self.change.section_before in plans.PROVISION else []
        return [faint(f"was {minutes_words(self.change.minutes_before)}", measure=0), strong(f"now {minutes_words(self.change.minutes_after)}")]

    def spoken(self) -> str:
        """The whole row as sentences."""
        change = self.change
        parts = [kind_of(change)[1], title_of(change), "Not listed in the notice" if change.silent else "", f"Before: {change.text_before or 'nothing'}", f"After: {change.text_after or 'nothing'}"]
        if change.minutes_before is not None or change.minutes_after is not None:
            parts.append(f"Minutes a week: was {minutes_words(change.minutes_before)}, now {minutes_words(change.minutes_after)}")
        return ". ".join(part.rstrip(".") for part in (*parts, *change.why) if part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to the row above or below."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.turned.emit(self, -1 if event.key() == Qt.Key.Key_Up else 1)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line below."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
