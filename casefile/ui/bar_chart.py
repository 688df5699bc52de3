"""Hours of each line as bars: solid given, striped missed, empty not known. The table beside it says the same."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from casefile.domain.ledger import Shortfall, sentence
from casefile.ui.theme import BODY, SEMIBOLD, look


class BarChart(QWidget):
    """One bar a line, on one scale of hours."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Shortfall] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: list[Shortfall]) -> None:
        """Show the lines that can be counted."""
        self.rows = [one for one in rows if one.total("minutes_due")]
        self.setAccessibleName("Hours due, line by line. " + " ".join(f"{one.provision.item}: {sentence(one)}" for one in self.rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A bar of 22 pixels and 10 between."""
        return QSize(look.px(320), look.px(32) * len(self.rows) + look.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars and scale."""
        if not self.rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = look.px(40)
        most = max(one.total("minutes_due") for one in self.rows) / 60
        step = next((value for value in (0.5, 1, 2, 5, 10, 20, 50, 100) if most / value <= 6), 200)
        top_hours = step * (int(most / step) + 1)
        scale = (self.width() - left - look.px(16)) / top_hours
        painter.setFont(look.font(BODY, SEMIBOLD))
        for number, one in enumerate(self.rows):
            y, x = number * look.px(32), float(left)
            painter.setPen(look.colour("text"))
            painter.drawText(QRectF(0, y, left, look.px(22)), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), one.provision.item)
            for name, brush, edge in (
                ("minutes_given", QBrush(look.colour("done")), "done"), ("minutes_missed", QBrush(look.colour("late"), Qt.BrushStyle.BDiagPattern), "late"),
                ("minutes_unknown", QBrush(look.colour("card")), "unknown"),
            ):  # fmt: skip
                wide = one.total(name) / 60 * scale
                if wide <= 0:
                    continue
                area = QRectF(x, y, max(wide - 2, 1), look.px(22))
                if edge == "late":
                    painter.fillRect(area, look.colour("late_soft"))
                painter.setPen(QPen(look.colour(edge), 1))
                painter.setBrush(brush)
                painter.drawRect(area)
                x += wide
        self._scale(painter, left, scale, step, top_hours)

    def _scale(self, painter: QPainter, left: int, scale: float, step: float, most: float) -> None:
        y = look.px(32) * len(self.rows)
        painter.setPen(QPen(look.colour("control"), 1))
        painter.drawLine(left, y, round(left + most * scale), y)
        painter.setFont(look.font(BODY))
        painter.setPen(look.colour("text2"))
        hours = 0.0
        while hours <= most + 0.01:
            words = f"{hours:g}"
            x = left + hours * scale - QFontMetrics(look.font(BODY)).horizontalAdvance(words) / 2
            painter.drawText(round(x), y + look.px(22), words)
            hours += step
