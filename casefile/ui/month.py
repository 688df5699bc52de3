"""A month of dates: a painted grid, and the same dates as links below it."""

import datetime as dt
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from casefile.domain.dates import MONTHS, WEEKDAYS, in_words
from casefile.domain.deadlines import Deadline
from casefile.ui.deadline_words import key_of
from casefile.ui.parts import Button, clear, row, stack, wrapping
from casefile.ui.text import Words, heading, strong
from casefile.ui.theme import BODY, REGULAR, SEMIBOLD, look


class Month(QWidget):
    """A month with its dates in words; arrows go to other months. The list beside it says the same."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.dates: dict[dt.date, list[Deadline]] = {}
        self.today = self.shown = dt.date(2000, 1, 1)
        self.title = heading("")
        before = Button("Earlier month", lambda: self._turn(-1), icon="chevron-up")
        after = Button("Later month", lambda: self._turn(1), icon="chevron-down")
        self.grid = _Grid(self)
        self.told = QVBoxLayout()
        self.told.setSpacing(look.gap(4))
        self.told.setContentsMargins(0, 0, 0, 0)
        beside = QWidget()
        beside.setLayout(self.told)
        if look.stacked:
            self.setLayout(stack(wrapping(self.title, -1, before, after), self.grid, beside, -1, space=12))
            return
        # Beside the month, so that the words are seen without scrolling.
        beside.setFixedWidth(look.px(340))
        both = row(self.grid, beside, space=20)
        both.setStretch(0, 1)
        both.setAlignment(beside, Qt.AlignmentFlag.AlignTop)
        self.setLayout(stack(wrapping(self.title, -1, before, after), both, -1, space=12, margins=(6, 6, 6, 6)))

    def show_dates(self, found: list[Deadline], today: dt.date) -> None:
        """Take the dates; the month of today is shown first, and stays where it was turned to."""
        self.dates = {}
        for one in found:
            if one.due is not None and one.state not in ("met", "met_late"):
                self.dates.setdefault(one.due, []).append(one)
        if self.today != today:
            self.today, self.shown = today, today.replace(day=1)
        self._fill()

    def _turn(self, months: int) -> None:
        number = self.shown.year * 12 + self.shown.month - 1 + months
        self.shown = dt.date(number // 12, number % 12 + 1, 1)
        self._fill()

    def _fill(self) -> None:
        self.title.say(f"{MONTHS[self.shown.month - 1]} {self.shown.year}")
        clear(self.told)
        inside = sorted(day for day in self.dates if (day.year, day.month) == (self.shown.year, self.shown.month))
        for day in inside:
            self.told.addWidget(strong(in_words(day)))
            for one in self.dates[day]:
                link = Button(one.title, partial(self.picked.emit, key_of(one)), kind="link", name=f"{in_words(day)}: {one.title}")
                self.told.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if not inside:
            self.told.addWidget(Words("No date falls in this month.", role="text2"))
        self.grid.setAccessibleName(f"{self.title.text()}: " + "; ".join(f"{in_words(day)}, {one.title}" for day in inside for one in self.dates[day]))
        self.grid.update()


class _Grid(QWidget):
    """The painted month."""

    def __init__(self, month: Month) -> None:
        super().__init__()
        self.month = month
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.px(600), look.px(30) + 6 * look.px(64))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(280), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high, top = self.width() / 7, look.px(64), look.px(30)
        painter.setFont(look.font(BODY, REGULAR))
        painter.setPen(look.colour("text2"))
        for number, name in enumerate(WEEKDAYS):
            painter.drawText(QRect(round(number * wide), 0, round(wide), top), int(Qt.AlignmentFlag.AlignCenter), name[:3])
        first = self.month.shown
        day = first - dt.timedelta(days=first.weekday())
        for number in range(42):
            cell = QRect(round(number % 7 * wide), top + number // 7 * high, round(wide) - look.px(4), high - look.px(4))
            inside = day.month == first.month
            found = self.month.dates.get(day, []) if inside else []
            painter.setPen(QPen(look.colour("accent" if day == self.month.today else "line"), 2 if day == self.month.today else 1))
            late = any(one.state == "overdue" for one in found)
            painter.setBrush(look.colour("late_soft" if late else "soon_soft" if found else "card" if inside else "page"))
            painter.drawRoundedRect(cell, look.px(4), look.px(4))
            painter.setFont(look.font(BODY, SEMIBOLD if found or day == self.month.today else REGULAR))
            painter.setPen(look.colour("text" if inside else "text2"))
            painter.drawText(cell.adjusted(look.px(6), look.px(2), 0, 0), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), str(day.day))
            if found:
                side = look.px(18)
                name, role = ("late", "late") if late else ("coming", "soon")
                painter.drawPixmap(cell.left() + look.px(6), cell.bottom() - side - look.px(4), side, side, look.picture(name, role, 18, space=0))
                words = "late" if late else "due" if len(found) == 1 else f"{len(found)} dates"
                painter.setPen(look.colour(role))
                painter.drawText(cell.adjusted(look.px(28), 0, 0, -look.px(3)), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), words)
            day += dt.timedelta(days=1)
