"""How a date was worked out, as numbered steps: what happened, the rule, the count, good reasons, where it is written."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from casefile.domain.dates import in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.showing import CONFIDENCE, marks_of, parts_of
from casefile.domain.telling import SURE
from casefile.ui.parts import Button, stack
from casefile.ui.text import Words, faint, strong
from casefile.ui.theme import BODY, REGULAR, SEMIBOLD, look

UNREAD = {"secondary": "Read in a guide, not in the law itself", "memory": "Not checked yet: ask before you rely on it"}
"""How a rule that was not read in the law is marked, by its confidence."""


class Step(QWidget):
    """One numbered step with a title and what belongs to it; a line leads to the next."""

    def __init__(self, number: int, title: str, *inside: QWidget, last: bool = False) -> None:
        super().__init__()
        self.number, self.last = number, last
        self.side = look.px(28)
        content = stack(strong(title), *inside, space=3)
        content.setContentsMargins(self.side + look.px(14), look.px(3), 0, look.px(14))
        self.setLayout(content)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the number in its circle, and the line down."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.last:
            painter.setPen(QPen(look.colour("control"), 1))
            painter.drawLine(self.side // 2, self.side, self.side // 2, self.height())
        painter.setPen(QPen(look.colour("accent"), 1.2))
        painter.setBrush(look.colour("card"))
        circle = QRectF(0.8, 0.8, self.side - 1.6, self.side - 1.6)
        painter.drawEllipse(circle)
        painter.setFont(look.font(BODY, SEMIBOLD))
        painter.setPen(look.colour("accent"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.number))


class Strip(QWidget):
    """The dates of a count as a painted line. ``marks`` are (day, word, kind): start, step, due, today."""

    def __init__(self, marks: Sequence[tuple[dt.date, str, str]]) -> None:
        super().__init__()
        self.marks = list(marks)
        self.setAccessibleName("; ".join(f"{word}: {in_words(day)}" for day, word, _ in marks))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A line and two rows of words."""
        return QSize(look.px(420), look.px(66))

    def minimumSizeHint(self) -> QSize:
        """It may be squeezed: words that do not fit are left out, first the middle ones."""
        return QSize(look.px(160), look.px(66))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, a dot for each date, and its words below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(look.font(BODY, SEMIBOLD))
        room = max(metrics.horizontalAdvance(word) for _, word, _ in self.marks) + look.px(16)
        shown = self._fitting(max(2, self.width() // max(room, look.px(72))))
        step = self.width() / len(shown)
        xs = [step * (number + 0.5) for number in range(len(shown))]
        y, dot = look.px(10), look.px(6)
        for number in range(len(shown) - 1):
            late = shown[number + 1][2] == "today"
            painter.setPen(QPen(look.colour("late" if late else "control"), 2 if late else 1.4))
            painter.drawLine(QPointF(xs[number], y), QPointF(xs[number + 1], y))
        for x, (day, word, kind) in zip(xs, shown, strict=True):
            role = {"today": "late", "now": "soon"}.get(kind, "text" if kind in ("start", "due") else "text2")
            painter.setPen(QPen(look.colour(role), 1.6))
            painter.setBrush(look.colour(role) if kind != "step" else look.colour("card"))
            if kind in ("today", "now"):
                painter.drawRect(QRectF(x - dot, y - dot, 2 * dot, 2 * dot))
            else:
                painter.drawEllipse(QPointF(x, y), dot, dot)
            strong_ = kind != "step"
            painter.setFont(look.font(BODY, SEMIBOLD if strong_ else REGULAR))
            painter.setPen(look.colour(role))
            for row_, text in enumerate((f"{day.day} {day:%b}", word)):
                place = QRect(round(x - step / 2), look.px(20) + row_ * look.px(21), round(step), look.px(21))
                painter.drawText(place, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter), text)

    def _fitting(self, most: int) -> list[tuple[dt.date, str, str]]:
        """As many marks as there is room for: the ends, and every second, third… step between."""
        if len(self.marks) <= most:
            return self.marks
        fixed = [mark for mark in self.marks if mark[2] != "step"]
        steps = [mark for mark in self.marks if mark[2] == "step"]
        room = max(0, most - len(fixed))
        every = -(-len(steps) // room) if room else len(steps) + 1
        kept = steps[every - 1 :: every] if room else []
        return [mark for mark in self.marks if mark[2] != "step" or mark in kept]


def working(one: Deadline, today: dt.date, paper_title: Callable[[int], str], open_paper: Callable[[int], object]) -> QWidget:
    """The whole working of a date. ``paper_title`` names a paper, ``open_paper`` shows it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    told, counted = parts_of(one.working)
    happened: list[QWidget] = [Words(entry) for entry in told]
    chips: list[QWidget | int] = []
    for event in one.starts:
        if event.document is not None:
            number = event.document
            title = paper_title(number)
            chips.append(Button(_short(title), partial(open_paper, number), icon="evidence", kind="chip", name=f"Open the paper: {title}"))
    holder = QWidget()
    holder.setLayout(stack(*(chips or [faint("No paper is linked yet.")]), space=8))
    happened.append(holder)
    column.addWidget(Step(1, "What happened", *happened))
    column.addWidget(Step(2, "The rule", Words(one.help or one.title)))
    count: list[QWidget] = [Words(entry) for entry in counted]
    marks = marks_of(one, today)
    if marks:
        count.append(Strip(marks))
    for also in one.also:
        count.append(Words(f"Another way of counting gives {in_words(also.due)}. {also.because}", role="text2"))
    if one.provisional:
        count.append(Words("This date may still move: a day in the count is not certain yet.", role="look"))
    column.addWidget(Step(3, "The count", *(count or [Words("There is no date to count to.")])))
    reasons = [Words(entry) for entry in (*one.exceptions, *one.cautions)]
    column.addWidget(Step(4, "Could there be a good reason?", *(reasons or [Words("No exception is listed for this rule.")])))
    checked = f"Checked {in_words(one.checked)} {CONFIDENCE.get(one.confidence, '')}." if one.checked else ""
    written: list[QWidget] = [Words(f"{one.reference.rstrip('.')}."), faint(checked)]
    sure = one.working[-1].partition(". ")[2] if one.working else ""
    if sure and sure not in SURE.values():
        written.append(faint(sure))
    if one.link:
        written.append(Words(one.link, role="text2"))
    column.addWidget(Step(5, "Where it is written", *written, last=True))
    return made


def _short(title: str) -> str:
    return title if len(title) <= 46 else title[:44].rsplit(" ", 1)[0] + "…"
