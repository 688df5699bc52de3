"""Lists: a model and a painter, rows of several lines that answer to keyboard and screen reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from casefile.ui.rows import FocusShown, wrapped
from casefile.ui.theme import BODY, REGULAR, SEMIBOLD, look

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list: a title, a quieter line, a status (icon, word, role), a mark at the right. ``group`` heads a part."""

    id: object
    title: str
    detail: str = ""
    icon: str = ""
    status: tuple[str, str, str] | None = None
    right: str = ""
    group: bool = False
    spoken: str = ""

    @property
    def words(self) -> str:
        """The row as one sentence, for a screen reader."""
        parts = (self.title, self.detail, self.status[1] if self.status else "", self.right)
        return self.spoken or ". ".join(part.rstrip(".") for part in parts if part)


class _LineModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.lines[index.row()].group:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def ring(painter: QPainter, area: QRect) -> None:
    """The focus, drawn inside a row."""
    pen = QPen(look.colour("focus"))
    pen.setWidthF(2.5)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(area).adjusted(1.5, 1.5, -1.5, -1.5))


class _LinePainter(QStyledItemDelegate):
    def __init__(self, view: "Lines") -> None:
        super().__init__(view)
        self.view = view

    def _layout(self, line: Line, width: int) -> tuple[list[str], list[str], int]:
        """The title's and the detail's lines, and the height of the row."""
        left = look.px(14) + (look.px(30) if line.icon else 0)
        right = QFontMetrics(look.font(BODY)).horizontalAdvance(line.right) + look.px(12) if line.right else 0
        inner = max(look.px(60), width - left - look.px(14) - right)
        title = wrapped(line.title, QFontMetrics(look.font(BODY, SEMIBOLD if self.view.bold_titles or line.group else REGULAR)), inner)
        detail = wrapped(line.detail, QFontMetrics(look.font(BODY)), inner) if line.detail else []
        step = round(QFontMetrics(look.font(BODY)).height() * 1.15)
        rows = len(title) + len(detail) + (1 if line.status else 0)
        return title, detail, rows * step + look.px(20)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its lines need."""
        width = self.view.viewport().width()
        return QSize(0, self._layout(self.view.lines[index.row()], width)[2])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row: soft and semibold when chosen, with the focus inside it."""
        line = self.view.lines[index.row()]
        area: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and not line.group
        painter.fillRect(area, look.colour("page" if line.group else "soft" if chosen or hovered else "card"))
        if chosen and look.theme.edges:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour("line"))
        title, detail, _ = self._layout(line, area.width())
        bold = chosen or line.group or self.view.bold_titles
        self._words(painter, area, line, title, detail, bold)
        if chosen and self.view.hasFocus():
            ring(painter, area)
        painter.restore()

    def _words(self, painter: QPainter, area: QRect, line: Line, title: list[str], detail: list[str], bold: bool) -> None:
        step = round(QFontMetrics(look.font(BODY)).height() * 1.15)
        x, y = area.left() + look.px(14), area.top() + look.px(10)
        if line.icon:
            side = look.px(20)
            painter.drawPixmap(x, y + (step - side) // 2, side, side, look.picture(line.icon, "text2" if not bold else "text", 20, space=0))
            x += look.px(30)
        wide = area.right() - x - look.px(12)
        if line.right:
            painter.setFont(look.font(BODY))
            painter.setPen(look.colour("text2"))
            painter.drawText(QRect(x, y, wide, step), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), line.right)
        for rows, weight, role in ((title, SEMIBOLD if bold else REGULAR, "text2" if line.group else "text"), (detail, REGULAR, "text2")):
            painter.setFont(look.font(BODY, weight))
            painter.setPen(look.colour(role))
            for words in rows:
                painter.drawText(QRect(x, y, wide, step), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
                y += step
        if line.status:
            icon, word, role = line.status
            side = look.px(18)
            painter.drawPixmap(x, y + (step - side) // 2, side, side, look.picture(icon, role, 18, space=0))
            painter.setFont(look.font(BODY, SEMIBOLD))
            painter.setPen(look.colour(role))
            painter.drawText(QRect(x + side + look.px(6), y, wide - side, step), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), word)


class Lines(FocusShown, QListView):
    """A list of rows. Up and Down move, Enter opens; ``picked`` tells each new choice, ``opened`` Enter or a double click."""

    picked = Signal(object)
    opened = Signal(object)
    clicked_line = Signal(object)
    letter = Signal(str)

    def __init__(self, name: str, *, bold_titles: bool = False, fit: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.bold_titles = bold_titles
        self.source = _LineModel()
        self.setModel(self.source)
        self.setItemDelegate(_LinePainter(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.fit = fit
        self.was = 0
        self.selectionModel().currentChanged.connect(self._moved)
        self.activated.connect(lambda index: self._send(self.opened, index))
        self.clicked.connect(lambda index: self._send(self.clicked_line, index))

    @property
    def lines(self) -> list[Line]:
        """The rows shown."""
        return self.source.lines

    def fill(self, lines: Sequence[Line], keep: object = None) -> None:
        """Show other rows; the row ``keep`` (or the one chosen before) stays chosen, else the one in its place."""
        keep = keep if keep is not None else self.current()
        self.was = max(0, self.currentIndex().row())
        self.source.beginResetModel()
        self.source.lines = list(lines)
        self.source.endResetModel()
        if not self.choose(keep) and self.was:
            self.choose_row(self.was)
        self._shrink()

    def choose_row(self, number: int) -> None:
        """Choose the row in this place, or the last one."""
        rows = [at for at, line in enumerate(self.lines) if not line.group]
        if rows:
            at = max((row for row in rows if row <= number), default=rows[0])
            self.setCurrentIndex(self.source.index(at))

    def _shrink(self) -> None:
        """A short list is no higher than its rows, so that it leaves no empty frame."""
        self.setMaximumHeight(self._rows_high(40) if len(self.lines) <= 40 else 16_777_215)
        self.updateGeometry()

    def choose(self, id_: object) -> bool:
        """Choose the row of ``id_``; without it the first row. Returns whether it was there."""
        first = -1
        for number, line in enumerate(self.lines):
            if line.group:
                continue
            first = number if first < 0 else first
            if line.id == id_ and id_ is not None:
                self.setCurrentIndex(self.source.index(number))
                self.scrollTo(self.source.index(number))
                return True
        if first >= 0:
            self.setCurrentIndex(self.source.index(first))
        return False

    def current(self) -> object:
        """The id of the chosen row, or None."""
        index = self.currentIndex()
        return self.lines[index.row()].id if index.isValid() and index.row() < len(self.lines) else None

    def _rows_high(self, most: int) -> int:
        return sum(self.sizeHintForRow(number) for number in range(min(len(self.lines), most))) + 4

    def sizeHint(self) -> QSize:
        """A few rows; a list that must ``fit`` is as high as its rows."""
        return QSize(look.px(300), self._rows_high(12) if self.fit else self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """At least a few rows, so that a list can be used when columns are stacked."""
        return QSize(look.px(120), self._rows_high(12 if self.fit else 5 if look.stacked else 3))

    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._send(self.picked, index)

    def _send(self, signal: object, index: QModelIndex) -> None:
        if index.isValid() and not self.lines[index.row()].group:
            signal.emit(self.lines[index.row()].id)  # type: ignore[attr-defined]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A single letter acts, where the list listens for letters; all else is the list's own."""
        text = event.text()
        if len(text) == 1 and text.isalpha() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.letter.emit(text.upper())
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._send(self.opened, self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a chosen row to show the focus on."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose(None)

    def resizeEvent(self, event: object) -> None:
        """Rows wrap anew in another width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.scheduleDelayedItemsLayout()
        QTimer.singleShot(0, self, self._shrink)
