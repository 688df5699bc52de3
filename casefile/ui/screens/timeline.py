"""Timeline: what happened, in order, the newest month first."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from casefile.domain.dates import MONTHS, in_words
from casefile.domain.events import Event
from casefile.services import timeline
from casefile.services.timeline import NOTES, Entry
from casefile.ui.form import Field, labelled
from casefile.ui.lines import Index, ring
from casefile.ui.parts import Button, Card, Columns, Empty, scroller, stack
from casefile.ui.rows import FocusShown, wrapped
from casefile.ui.screen import Screen
from casefile.ui.text import Words, faint, heading
from casefile.ui.theme import BODY, LEAD, REGULAR, SEMIBOLD, look


def day_words(entry: Entry) -> str:
    """The day of an entry; an approximate one says so, and where only a year is meant that stands there."""
    if entry.year is not None:
        return f"The year {entry.year}"
    if not entry.approximate:
        return in_words(entry.on)
    part = "Early" if entry.on.day <= 10 else "Mid" if entry.on.day <= 20 else "Late"
    return f"{part} {MONTHS[entry.on.month - 1]} {entry.on.year}, day not known"


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Entry | str] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(row, str):
                return row
            paper = "With a paper." if row.document else "No paper yet."
            return f"{day_words(row)}. {row.title}. {row.detail} {paper}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    def __init__(self, view: "TimelineList") -> None:
        super().__init__(view)
        self.view = view
        metrics = QFontMetrics(look.font(BODY))
        self.step = round(metrics.height() * 1.15)

    def _detail(self, entry: Entry, width: int) -> list[str]:
        return wrapped(entry.detail, QFontMetrics(look.font(BODY)), width) if entry.detail.strip() else []

    def _width(self) -> int:
        return min(self.view.viewport().width() - look.px(44), round(33 * QFontMetrics(look.font(BODY)).height() * 0.78))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self.view.source.rows[index.row()]
        if isinstance(row, str):
            return QSize(0, look.px(46))
        return QSize(0, self.step * (2 + len(self._detail(row, self._width()))) + look.px(20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self.view.source.rows[index.row()]
        area: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            painter.setFont(look.font(BODY + 2, SEMIBOLD))
            painter.setPen(look.colour("text"))
            painter.drawText(area.adjusted(look.px(4), look.px(8), 0, 0), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), row)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:  # type: ignore[attr-defined]
            painter.fillRect(area, look.colour("soft"))
            if chosen and look.theme.edges:
                painter.setPen(QPen(look.colour("accent"), 2))
                painter.drawRect(area.adjusted(1, 1, -1, -1))
        x, dot, middle = area.left() + look.px(16), look.px(6), area.top() + look.px(10) + self.step // 2
        painter.setPen(QPen(look.colour("control"), 1))
        rows = self.view.source.rows
        if index.row() + 1 < len(rows) and not isinstance(rows[index.row() + 1], str):
            painter.drawLine(x, middle, x, area.bottom() + 1)
        if index.row() and not isinstance(rows[index.row() - 1], str):
            painter.drawLine(x, area.top(), x, middle)
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.setBrush(look.colour("accent" if row.document else "page"))
        painter.drawEllipse(x - dot, middle - dot, 2 * dot, 2 * dot)
        left, y = area.left() + look.px(38), area.top() + look.px(10)
        for text, weight, role in ((day_words(row), REGULAR, "text2"), (row.title, SEMIBOLD, "text"), *((words, REGULAR, "text2") for words in self._detail(row, self._width()))):
            font = look.font(BODY, weight)
            painter.setFont(font)
            painter.setPen(look.colour(role))
            words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.right() - left - look.px(8))
            painter.drawText(QRect(left, y, area.right() - left, self.step), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
            y += self.step
        if chosen and self.view.hasFocus():
            ring(painter, area)
        painter.restore()


class TimelineList(FocusShown, QListView):
    """The entries with their line and dots. Enter opens the paper."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What happened")
        self.setProperty("plain", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.source = _Model()
        self.setModel(self.source)
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumHeight(look.px(320))
        self.selectionModel().currentChanged.connect(lambda now, _before: self._send(self.picked, now))
        self.activated.connect(lambda index: self._send(self.opened, index))

    def fill(self, entries: list[Entry]) -> None:
        """Show entries, the newest first, with a line for each month."""
        keep = self.current()
        rows: list[Entry | str] = []
        shown = ""
        for entry in entries:
            month = f"{MONTHS[entry.on.month - 1]} {entry.on.year}"
            if month != shown:
                rows.append(month)
                shown = month
            rows.append(entry)
        self.source.beginResetModel()
        self.source.rows = rows
        self.source.endResetModel()
        for number, row in enumerate(rows):
            if isinstance(row, Entry) and (keep is None or (row.event, row.document, row.on) == (keep.event, keep.document, keep.on)):
                self.setCurrentIndex(self.source.index(number))
                return
        if len(rows) > 1:
            self.setCurrentIndex(self.source.index(1))

    def choose_event(self, id_: int) -> None:
        """Choose the entry of an event."""
        for number, row in enumerate(self.source.rows):
            if isinstance(row, Entry) and row.event == id_:
                self.setCurrentIndex(self.source.index(number))
                self.scrollTo(self.source.index(number))

    def current(self) -> Entry | None:
        """The chosen entry."""
        index = self.currentIndex()
        row = self.source.rows[index.row()] if index.isValid() and index.row() < len(self.source.rows) else None
        return row if isinstance(row, Entry) else None

    def _send(self, signal: object, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid() and isinstance(self.source.rows[index.row()], Entry):
            signal.emit(self.source.rows[index.row()])  # type: ignore[attr-defined]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the paper."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)


class TimelineScreen(Screen):
    """Everything that happened; the chosen entry's details at the right."""

    name, title, icon = "timeline", "Timeline", "timeline"
    purpose = "What happened, in order. A full dot has a paper behind it."
    watches = frozenset({"event", "document"})

    def build(self) -> None:
        """A field to narrow the list, the list, and the chosen entry."""
        log = Button("Log something", lambda: self.open_requested.emit("log", None), icon="plus", kind="main")
        happened = Button("Say what happened", self._happened, icon="deadlines")
        self.head(happened, log)
        self.filter = Field()
        self.filter.textChanged.connect(lambda _: self.refresh())
        self.list = TimelineList()
        self.list.picked.connect(self._show)
        self.list.opened.connect(self._open)
        self.when, self.what = faint(""), heading("", LEAD)
        self.words = Words("")
        self.paper = Button("Open the paper", self._open, icon="evidence")
        self.change = Button("Change it", self._change, icon="edit")
        self.remove = Button("Remove it", self._remove, icon="bin")
        card = Card(self.when, self.what, self.words, 8, self.paper, self.change, self.remove, -1)
        for button in (self.paper, self.change, self.remove):
            card.inner.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        left = QWidget()
        left.setLayout(stack(labelled("Show only what holds these words", self.filter), self.list, space=10))
        self.columns = Columns((left, 420, 0), (scroller(card), 300, 360), space=20, fill=True)
        self.empty = Empty(
            "timeline", "Nothing has happened here yet", "Add papers, or say what happened. Two or three dates are enough for the first deadlines.",
            [Button("Say what happened", self._happened, icon="plus", kind="main"), Button("Add papers", lambda: self.open_requested.emit("documents", None), icon="documents")],
            ["You can write about when: “early May” stays approximate.", "Everything can be changed, and taken back."],
        )  # fmt: skip
        self.body.addWidget(self.columns, 1)
        self.body.addWidget(self.empty, 1)
        self.known = False

    def first(self) -> QWidget | None:
        """The list."""
        return self.list if self.known else self.empty.starts[0]

    def panes(self) -> list[QWidget]:
        """The words to look for, the list, the entry."""
        return [self.list, self.paper, self.filter]

    def refresh(self) -> None:
        """Show what happened as it is now."""
        entries = timeline.entries(self.case.store, self.case.library)
        self.known = bool(entries)
        wanted = self.filter.text().casefold().split()
        if wanted:
            entries = [one for one in entries if all(word in f"{one.title} {one.detail} {in_words(one.on)}".casefold() for word in wanted)]
        self.columns.setVisible(self.known)
        self.empty.setVisible(not self.known)
        self.list.fill(entries)
        self._show(self.list.current())

    def show_thing(self, what: object) -> None:
        """Show one event."""
        self.filter.clear()
        self.list.choose_event(int(str(what)))

    def _show(self, entry: Entry | None) -> None:
        self.when.say(day_words(entry) if entry else "")
        self.what.say(entry.title if entry else "Nothing fits these words")
        self.words.say(entry.detail if entry else "")
        self.paper.setVisible(bool(entry and entry.document))
        self.change.setVisible(bool(entry and entry.event))
        self.remove.setVisible(bool(entry and entry.event))

    def _open(self, _entry: object = None) -> None:
        entry = self.list.current()
        if entry is not None and entry.document is not None:
            self.open_requested.emit("documents", entry.document)

    def _event(self) -> Event | None:
        entry = self.list.current()
        if entry is None or entry.event is None:
            return None
        return next((event for event in timeline.events_of(self.case.store) if event.id == entry.event), None)

    def _change(self) -> None:
        event = self._event()
        if event is None:
            return
        if event.kind in NOTES:
            from casefile.ui.note import NoteDialog

            NoteDialog(self, self.case, event).exec()
        else:
            from casefile.ui.happened import HappenedDialog

            HappenedDialog(self, self.case, event).exec()

    def _remove(self) -> None:
        event = self._event()
        if event is not None and event.id is not None:
            id_ = event.id
            self.case.do(lambda: timeline.remove_event(self.case.store, id_), "Removed from the timeline.")

    def _happened(self) -> None:
        from casefile.ui.happened import HappenedDialog

        HappenedDialog(self, self.case).exec()


