"""The papers of a bundle in their order, under their sections: moved by keys or dragged with the mouse."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication

from casefile.domain.bundles import Bundle, Item
from casefile.domain.dates import in_table
from casefile.domain.page_choice import length_of
from casefile.services.bundles import Plan
from casefile.ui.table import Column, Row, Table
from casefile.ui.theme import look

_SECTION = "section "
_EDGE, _STEP, _EVERY = 28, 14, 30
"""How near to the edge a drag scrolls the list, by how much, and every how many milliseconds."""


def _length(item: Item) -> str:
    """How many pages: "2 of 5" where some are left out."""
    taken = length_of(item, item.pages)
    return str(taken or "") if taken == item.pages else f"{taken} of {item.pages}"


class BundleTable(Table):
    """Alt with an arrow key moves a paper, Alt and Shift its section; both can be dragged, with a line where they would go.

    ``moved`` and ``section_moved`` tell of keys: -1 up, 1 down. ``dropped`` carries a paper, its new section and the item it
    goes before (or nothing), ``section_dropped`` a section and the one it goes before. ``named`` asks for other words.
    """

    moved = Signal(int)
    section_moved = Signal(int)
    dropped = Signal(str, str, str)
    section_dropped = Signal(str, str)
    named = Signal()

    def __init__(self) -> None:
        super().__init__(
            "Papers in the bundle",
            [Column("", right=True, share=0), Column("Paper", share=1), Column("Date", share=0, faint=True), Column("Pages", right=True, share=0),
             Column("Starts", right=True, share=0), Column("", share=0)],
        )  # fmt: skip
        self.setAccessibleDescription("Alt and an arrow key move a paper, Alt and Shift and an arrow key its section. F2 names sections and headings.")
        self._pressed: QPoint | None = None
        self._held: int | None = None
        self.gap: int | None = None
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_EVERY)
        self._scrolling.timeout.connect(self._scroll)
        self._mouse = QPoint()

    def show_bundle(self, bundle: Bundle, planned: Plan, warnings: Callable[[Item], list[str]]) -> None:
        """Show the papers with their numbers; those with ``warnings`` are marked."""
        self._let_go()
        starts = {part.item.key: part for part in planned.parts if part.item is not None}
        rows: list[Row] = []
        section, number = "", 0
        for item in bundle.items:
            if item.section != section:
                section = item.section
                rows.append(Row(f"{_SECTION}{section}", (section,), group=True))
            if item.heading:
                said = warnings(item)
                rows.append(Row(item.key, ("", item.title, "", "", "", ""), icon="look" if said else "", spoken=" ".join(["Heading.", *said]), strong=True))
                continue
            part = starts.get(item.key)
            number += 1 if item.included else 0
            day = in_table(item.on) if item.on else "No date"
            cells = (str(number) if item.included else "", item.title if item.included else f"Left out: {item.title}", day, _length(item), part.label if part else "", "")
            said = warnings(item)
            spoken = f"{'In' if item.included else 'Left out'}. {' '.join(said)}".strip()
            rows.append(Row(item.key, cells, icon="look" if said else "", spoken=spoken))
        self.fill(rows)

    def event(self, event: QEvent) -> bool:
        """While something is dragged, Escape is ours and not the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and self._held is not None and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt, name with F2, else as any table; Escape lets go of what is dragged."""
        held = event.modifiers()
        if self._held is not None and event.key() == Qt.Key.Key_Escape:
            self._let_go()
        elif held & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            which = self.section_moved if held & Qt.KeyboardModifier.ShiftModifier else self.moved
            which.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_F2:
            self.named.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what may be dragged."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the row that was pressed; a list does not choose other rows on the way."""
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        self._mouse = event.position().toPoint()
        if self._held is None:
            if (self._mouse - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._held = self.indexAt(self._pressed).row()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self._scrolling.start()
        self._aim()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put down what is dragged."""
        held, gap = self._held, self.gap
        self._let_go()
        if held is None or gap is None:
            super().mouseReleaseEvent(event)
            return
        rows = self.source.rows
        id_ = str(rows[held].id)
        if rows[held].group:
            before = str(rows[gap].id).removeprefix(_SECTION) if gap < len(rows) else ""
            self.section_dropped.emit(id_.removeprefix(_SECTION), before)
        elif gap not in (held, held + 1) or rows[gap - 1].group:
            before = str(rows[gap].id) if gap < len(rows) and not rows[gap].group else ""
            self.dropped.emit(id_, self._section_of(gap - 1), before)

    def _section_of(self, row: int) -> str:
        """The section that a row stands in."""
        above = next(one for one in reversed(self.source.rows[: row + 1]) if one.group)
        return str(above.id).removeprefix(_SECTION)

    def _let_go(self) -> None:
        self._pressed = self._held = self.gap = None
        self._scrolling.stop()
        self.viewport().unsetCursor()
        self.viewport().update()

    def _aim(self) -> None:
        """Find the gap between rows that is nearest to the mouse: for a section only those between sections."""
        rows = self.source.rows
        if self._held is None or not rows:
            return
        whole = rows[self._held].group
        gaps = [at for at in range(len(rows) + 1) if (at == len(rows) or rows[at].group if whole else at > 0)]
        self.gap = min(gaps, key=lambda at: abs(self._top_of(at) - self._mouse.y()))
        self.viewport().update()

    def _top_of(self, gap: int) -> int:
        """Where a gap lies, in pixels of the view."""
        if gap < len(self.source.rows):
            return self.rowViewportPosition(gap)
        return self.rowViewportPosition(gap - 1) + self.rowHeight(gap - 1)

    def _scroll(self) -> None:
        """Scroll on while the mouse is held at the upper or lower edge."""
        bar, edge, y = self.verticalScrollBar(), look.px(_EDGE), self._mouse.y()
        by = -look.px(_STEP) if y < edge else look.px(_STEP) if y > self.viewport().height() - edge else 0
        if by:
            bar.setValue(bar.value() + by)
            self._aim()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the line where what is dragged would go."""
        super().paintEvent(event)
        if self.gap is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, dot = look.px(4), look.px(12)
        y = min(max(self._top_of(self.gap), dot // 2), self.viewport().height() - dot // 2)
        painter.setPen(QPen(look.colour("focus"), wide))
        painter.drawLine(dot, y, self.viewport().width() - dot // 2, y)
        painter.setBrush(look.colour("card"))
        painter.drawEllipse(QRect(wide // 2, y - dot // 2, dot, dot))
