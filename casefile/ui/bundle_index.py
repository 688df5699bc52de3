"""The index of a bundle as it will print, drawn on screen from the same numbers."""

import datetime as dt

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from casefile.domain.bundles import Part
from casefile.domain.dates import in_words
from casefile.ui.theme import BODY, REGULAR, SEMIBOLD, look


class IndexView(QWidget):
    """White paper in every theme: a title, the sections, each paper with dots and its first page."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.made, self.pages = "", "", ""
        self.parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_plan(self, title: str, made: dt.date, parts: tuple[Part, ...], pages: int) -> None:
        """Show the numbers of a bundle."""
        self.title, self.parts = title, tuple(part for part in parts if part.item is not None)
        self.made = f"Made {in_words(made)}."
        self.pages = f"{pages} pages."
        said = "; ".join(f"{part.title}, page {part.label}" for part in self.parts)
        self.setAccessibleName(f"The index, as it will print: {said}")
        self.updateGeometry()
        self.update()

    def _rows(self) -> list[tuple[str, str]]:
        rows: list[tuple[str, str]] = []
        section = ""
        for part in self.parts:
            if part.section != section:
                section = part.section
                rows.append((section, ""))
            rows += [(words, "") for words in part.item.over] if part.item is not None else []
            rows.append((part.title, part.label))
        return rows

    def _step(self) -> int:
        return round(QFontMetrics(self._font(REGULAR)).height() * 1.2)

    def _font(self, weight: QFont.Weight) -> QFont:
        return look.font(BODY, weight)

    def sizeHint(self) -> QSize:
        """A page wide enough for a title, as long as its rows."""
        return QSize(look.px(320), self._step() * (len(self._rows()) + 4) + look.px(60))

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed: titles are shortened on screen, never on paper."""
        return QSize(look.px(220), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        step, left, y = self._step(), look.px(18), look.px(18)
        wide = self.width() - 2 * left
        painter.setPen(Qt.GlobalColor.black)
        for text, weight in ((self.title, SEMIBOLD), (self.made, REGULAR), (self.pages, REGULAR)):
            font = self._font(weight)
            painter.setFont(font)
            painter.drawText(QRect(left, y, wide, step), int(Qt.AlignmentFlag.AlignLeft), QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, wide))
            y += step
        y += look.px(6)
        seen = event.rect()
        for text, page in self._rows():
            if not seen.top() - step <= y <= seen.bottom():
                y += step
                continue
            font = self._font(REGULAR if page else SEMIBOLD)
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen("#1B5A55" if page else "#000000")
            room = wide - (metrics.horizontalAdvance(page) + look.px(20) if page else 0)
            words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, y, room, step), int(Qt.AlignmentFlag.AlignLeft), words)
            if page:
                painter.setPen(Qt.GlobalColor.black)
                painter.drawText(QRect(left, y, wide, step), int(Qt.AlignmentFlag.AlignRight), page)
                start = left + metrics.horizontalAdvance(words) + look.px(6)
                end = left + wide - metrics.horizontalAdvance(page) - look.px(6)
                painter.setPen(QPen(Qt.GlobalColor.gray, 1, Qt.PenStyle.DotLine))
                painter.drawLine(start, y + metrics.ascent(), end, y + metrics.ascent())
            y += step
