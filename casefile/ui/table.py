"""Tables: a model and a painter, rows chosen whole, columns that share the width."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from casefile.ui.rows import FocusShown
from casefile.ui.theme import BODY, MEDIUM, REGULAR, SEMIBOLD, look

_WIDEST = 400
"""How many of the longest texts of a column are measured."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, whether its cells are numbers (at the right), and its share of the width."""

    title: str
    right: bool = False
    share: int = 1
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. A ``group`` row holds its words in the first cell and spans the table; a ``strong`` one is heavier."""

    id: object
    cells: tuple[str, ...]
    group: bool = False
    icon: str = ""
    spoken: str = ""
    strong: bool = False


class _TableModel(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns
        self.rows: list[Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if entry.group:
                return entry.cells[0] if index.column() == 0 else ""
            said = f"{self.columns[index.column()].title}: {entry.cells[index.column()]}"
            return f"{entry.spoken}. {said}" if entry.spoken and index.column() == 0 else said
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.cells[index.column()] if index.column() < len(entry.cells) else ""
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].group:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _CellPainter(QStyledItemDelegate):
    def __init__(self, view: "Table") -> None:
        super().__init__(view)
        self.view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell: no grid, a line below, numbers at the right."""
        entry, column = self.view.source.rows[index.row()], self.view.source.columns[index.column()]
        area: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.save()
        painter.fillRect(area, look.colour("page" if entry.group else "soft" if chosen else "card"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line"))
        weight = SEMIBOLD if entry.group or entry.strong or (chosen and index.column() <= 1 and (column.share or not index.column())) else REGULAR
        font = look.font(BODY, weight)
        painter.setFont(font)
        painter.setPen(look.colour("text2" if column.faint and not entry.group else "text"))
        inner = area.adjusted(look.px(14), 0, -look.px(14), 0)
        if entry.icon and index.column() == len(entry.cells) - 1:
            side = look.px(18)
            painter.drawPixmap(inner.right() - side, inner.center().y() - side // 2, side, side, look.picture(entry.icon, "look", 18, space=0))
        side_ = Qt.AlignmentFlag.AlignRight if column.right and not entry.group else Qt.AlignmentFlag.AlignLeft
        text = entry.cells[index.column()] if index.column() < len(entry.cells) else ""
        words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(side_ | Qt.AlignmentFlag.AlignVCenter), words)
        if chosen and look.theme.edges:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawLine(area.topLeft(), area.topRight())
        if chosen and self.view.hasFocus():
            pen = QPen(look.colour("focus"))
            pen.setWidthF(2.5)
            painter.setPen(pen)
            painter.drawLine(area.left(), area.top() + 1, area.right(), area.top() + 1)
            painter.drawLine(area.left(), area.bottom() - 1, area.right(), area.bottom() - 1)
            if index.column() == 0:
                painter.drawLine(area.left() + 1, area.top(), area.left() + 1, area.bottom())
            if index.column() == len(self.view.source.columns) - 1:
                painter.drawLine(area.right() - 1, area.top(), area.right() - 1, area.bottom())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line, 40 pixels high at 100 %."""
        return QSize(look.px(60), look.px(40))


class Table(FocusShown, QTableView):
    """A table of rows chosen whole. Enter opens, Space ticks; columns share the width, so nothing scrolls sideways."""

    picked = Signal(object)
    opened = Signal(object)
    spaced = Signal(object)

    def __init__(self, name: str, columns: Sequence[Column]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.source = _TableModel(columns)
        self.setModel(self.source)
        self.setItemDelegate(_CellPainter(self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(40))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setFont(look.font(BODY, MEDIUM))
        head.setFixedHeight(look.px(40))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStyleSheet(
            f"QHeaderView {{ background: {look.name_of('card')}; border: none; }} QHeaderView::section {{ background: {look.name_of('card')};"
            f" color: {look.name_of('text2')}; border: none; border-bottom: 1px solid {look.name_of('control')}; padding: 0 {look.px(14)}px; }}"
        )
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self._send(self.picked, now))
        self.activated.connect(lambda index: self._send(self.opened, index))

    def fill(self, rows: Sequence[Row], keep: object = None) -> None:
        """Show other rows; the row ``keep`` (or the one chosen before) stays chosen."""
        keep = keep if keep is not None else self.current()
        self.source.beginResetModel()
        self.source.rows = list(rows)
        self.source.endResetModel()
        self.clearSpans()
        for number, entry in enumerate(rows):
            if entry.group:
                self.setSpan(number, 0, 1, len(self.source.columns))
        self.choose(keep)
        self._share()

    def choose(self, id_: object) -> bool:
        """Choose the row of ``id_``; without it the first. Returns whether it was there."""
        first = -1
        for number, entry in enumerate(self.source.rows):
            if entry.group:
                continue
            first = number if first < 0 else first
            if entry.id == id_ and id_ is not None:
                self.setCurrentIndex(self.source.index(number, 0))
                return True
        if first >= 0:
            self.setCurrentIndex(self.source.index(first, 0))
        return False

    def current(self) -> object:
        """The id of the chosen row, or None."""
        index = self.currentIndex()
        return self.source.rows[index.row()].id if index.isValid() and index.row() < len(self.source.rows) else None

    def _send(self, signal: object, index: QModelIndex) -> None:
        if index.isValid() and not self.source.rows[index.row()].group:
            signal.emit(self.source.rows[index.row()].id)  # type: ignore[attr-defined]

    def _share(self) -> None:
        """Give each column its share: one with share 0 gets what its cells need."""
        columns, width = self.source.columns, self.viewport().width()
        metrics = QFontMetrics(look.font(BODY, SEMIBOLD))
        fixed = {
            number: max(metrics.horizontalAdvance(text) for text in (column.title, *self._longest(number))) + look.px(30)
            for number, column in enumerate(columns)
            if column.share == 0
        }
        rest = max(0, width - sum(fixed.values()))
        shares = sum(column.share for column in columns) or 1
        for number, column in enumerate(columns):
            self.setColumnWidth(number, fixed.get(number, rest * column.share // shares))

    def _longest(self, number: int) -> list[str]:
        """The texts of a column with the most letters: which of them is the widest, the font knows alone."""
        found = {row.cells[number] for row in self.source.rows if not row.group and number < len(row.cells)}
        most = max(map(len, found), default=0)
        return sorted((text for text in found if len(text) >= most - 2), key=len, reverse=True)[:_WIDEST]

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(look.px(400), look.px(40) * (min(len(self.source.rows), 14) + 1) + 6)

    def minimumSizeHint(self) -> QSize:
        """At least four rows."""
        return QSize(look.px(200), look.px(40) * (min(len(self.source.rows), 4) + 1) + 6)

    def resizeEvent(self, event: object) -> None:
        """Share the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space ticks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._send(self.opened, self.currentIndex())
        elif event.key() == Qt.Key.Key_Space:
            self._send(self.spaced, self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a chosen row to show the focus on."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose(None)
