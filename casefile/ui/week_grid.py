"""The grid of weeks: each line of the plan a row, each week a cell with an icon on its soft colour, and words for those who listen."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from casefile.domain.dates import count, in_words
from casefile.domain.ledger import Cell, Shortfall, promise_words
from casefile.ui.lines import Index, ring
from casefile.ui.rows import FocusShown
from casefile.ui.theme import BODY, REGULAR, SEMIBOLD, look

LOOKS = {
    "delivered": ("done", "done", "Given"), "part": ("part", "soon", "Part given"), "missed": ("missed", "late", "Missed"),
    "unknown": ("unknown", "unknown", "Not known"), "closed": ("", "", "No school"), "absent": ("person", "unknown", "Your child was away"),
}  # fmt: skip
"""How each state of a week looks: its icon, its colour role, its word."""


def state_of(cell: Cell) -> str:
    """What a week shows: missed before part before not known before given; nothing due is a week without school."""
    if cell.missed:
        return "missed"
    if cell.part:
        return "part"
    if cell.unknown:
        return "unknown"
    if cell.delivered:
        return "delivered"
    return "absent" if cell.absent else "closed"


def words_of(cell: Cell) -> str:
    """A week in words."""
    parts = [
        f"{number:g} {name}" for name, number in (
            ("given", cell.delivered), ("given in part", cell.part), ("missed", cell.missed), ("not known", cell.unknown), ("child away", cell.absent),
        ) if number
    ]  # fmt: skip
    return ", ".join(parts) if parts else "no school"


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line and its weeks by their Monday."""

    shortfall: Shortfall
    cells: dict[dt.date, Cell]


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[GridRow] = []
        self.weeks: list[dt.date] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.weeks) + 1

    def cell(self, index: Index) -> Cell | None:
        return self.rows[index.row()].cells.get(self.weeks[index.column() - 1]) if index.column() else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.rows[index.row()].shortfall
        if not index.column():
            return f"{row.provision.item} {row.provision.title}. {promise_words(row.provision)}. {' '.join(row.ask)}".strip()
        if role == Qt.ItemDataRole.DisplayRole:
            return ""
        cell = self.cell(index)
        return f"{row.provision.item}, week from {in_words(self.weeks[index.column() - 1])}: {words_of(cell) if cell else 'nothing due'}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return "Week from Monday" if not section else f"{self.weeks[section - 1].day}\n{self.weeks[section - 1]:%b}"
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, grid: "WeekGrid") -> None:
        super().__init__(grid)
        self.grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        row = self.grid.source.rows[index.row()].shortfall
        painter.save()
        painter.fillRect(area, look.colour("card"))
        if not index.column():
            self._name(painter, area, row, chosen)
        else:
            self._cell(painter, area, self.grid.source.cell(index))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line"))
        painter.fillRect(area.right(), area.top(), 1, area.height(), look.colour("line"))
        if chosen and index.column():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.grid.hasFocus():
                ring(painter, area)
            else:
                painter.setPen(look.colour("accent"))
                painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()

    def _name(self, painter: QPainter, area: QRect, row: Shortfall, chosen: bool) -> None:
        inner = area.adjusted(look.px(12), 0, -look.px(8), 0)
        step = round(QFontMetrics(look.font(BODY)).height() * 1.15)
        top = area.top() + (area.height() - 2 * step) // 2
        for number, (text, weight, role) in enumerate((
            (f"{row.provision.item} {row.provision.title}", SEMIBOLD if chosen else REGULAR, "text"), (promise_words(row.provision), REGULAR, "text2"),
        )):  # fmt: skip
            font = look.font(BODY, weight)
            painter.setFont(font)
            painter.setPen(look.colour(role))
            words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(QRect(inner.left(), top + number * step, inner.width(), step), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)

    def _cell(self, painter: QPainter, area: QRect, cell: Cell | None) -> None:
        if cell is None or not (cell.due or cell.closed or cell.sessions):
            return
        state = state_of(cell)
        icon, role, _ = LOOKS[state]
        if state == "closed":
            painter.fillRect(area, QBrush(look.colour("line"), Qt.BrushStyle.BDiagPattern))
            return
        painter.fillRect(area, look.colour(f"{role}_soft"))
        side = look.px(20)
        painter.drawPixmap(area.center().x() - side // 2, area.center().y() - side // 2, side, side, look.picture(icon, role, 20, space=0))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look.px(44), look.px(56))


class WeekGrid(FocusShown, QTableView):
    """Arrows move, Enter edits, Y N P U log a whole week's session as given, missed, part, not known."""

    picked = Signal()
    wanted = Signal()
    letter = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Weeks of each line of the plan")
        self.setAccessibleDescription("Arrows move, Enter edits. Y given, N missed, P part, U not known.")
        self.source = _Model()
        self.setModel(self.source)
        self.setItemDelegate(_Painter(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(56))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFixedHeight(look.px(44))
        head.setFont(look.font(BODY))
        head.setHighlightSections(False)
        head.setStyleSheet(
            f"QHeaderView {{ background: {look.name_of('card')}; border: none; }} QHeaderView::section {{ background: {look.name_of('card')};"
            f" color: {look.name_of('text2')}; border: none; border-bottom: 1px solid {look.name_of('control')}; padding: 0; }}"
        )
        self.selectionModel().currentChanged.connect(lambda *_: self.picked.emit())
        self.activated.connect(lambda _: self.wanted.emit())

    def room(self, width: int) -> int:
        """How many weeks fit into a width in pixels."""
        return max(3, (width - self._names()) // look.px(48))

    def _names(self) -> int:
        return look.px(232 if not look.stacked else 180)

    def fill(self, rows: list[GridRow], weeks: list[dt.date]) -> None:
        """Show lines over weeks (their Mondays)."""
        keep = self.currentIndex()
        last = max((number for number, week in enumerate(weeks, 1) if rows and week in rows[0].cells and rows[0].cells[week].due), default=len(weeks))
        place = (keep.row(), keep.column()) if keep.isValid() else (0, last)
        self.source.beginResetModel()
        self.source.rows, self.source.weeks = rows, weeks
        self.source.endResetModel()
        self.setFixedHeight(look.px(44) + look.px(56) * len(rows) + 4)
        self._share()
        if rows and weeks:
            self.setCurrentIndex(self.source.index(min(place[0], len(rows) - 1), min(max(place[1], 1), len(weeks))))

    def chosen(self) -> tuple[Shortfall, dt.date, Cell | None] | None:
        """The line, the Monday and the cell that are chosen."""
        index = self.currentIndex()
        if not index.isValid() or not index.column() or index.row() >= len(self.source.rows):
            return None
        return self.source.rows[index.row()].shortfall, self.source.weeks[index.column() - 1], self.source.cell(index)

    def _share(self) -> None:
        weeks = len(self.source.weeks)
        if not weeks:
            return
        self.setColumnWidth(0, self._names())
        each = (self.viewport().width() - self._names()) // weeks
        for number in range(weeks):
            self.setColumnWidth(number + 1, each)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Weeks share the width."""
        super().resizeEvent(event)
        self._share()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(look.px(500), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters log, Enter edits, arrows move but not onto the names."""
        text = event.text().upper()
        if text in ("Y", "N", "P", "U") and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.letter.emit(text)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        elif event.key() == Qt.Key.Key_Left and self.currentIndex().column() <= 1:
            return
        else:
            super().keyPressEvent(event)


def due_sentence(cell: Cell | None) -> str:
    """How many sessions of a week were due, in words."""
    return f"{count(round(cell.due), 'session')} due" if cell and cell.due else "nothing due"
