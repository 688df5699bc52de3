"""The viewer: pages of a PDF or picture with marks on them, the text of a mail or Word file. It never parses anything."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from casefile.domain.scans import WARNING
from casefile.errors import CaseFileError
from casefile.services import documents, scans
from casefile.services.documents import Drawn, View
from casefile.ui.blocks import block_widgets, moment
from casefile.ui.form import TextBox
from casefile.ui.open_case import OpenCase
from casefile.ui.page_view import Mark, PageView
from casefile.ui.parts import Button, Faces, clear, row, scrolling, stack, wrapping
from casefile.ui.text import Words
from casefile.ui.theme import look

ZOOMS = (1.0, 1.5, 2.0, 3.0)


class Viewer(QFrame):
    """One paper: its page with the reasons marked, page keys, larger and smaller, and its text to read or copy."""

    def __init__(self, case: OpenCase, page_view: PageView | None = None) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.case = case
        self.id: int | None = None
        self.page, self.pages, self.zoom = 0, 1, 0
        self.marks: Sequence[Mark] = ()
        self.view: View | None = None
        self.wanted, self.opening = 0, False
        self.page_view = page_view or PageView()
        holder = QWidget()
        holder.setLayout(row(-1, stack(self.page_view, -1), -1, margins=(10, 10, 10, 10)))
        self.area = scrolling(holder, "The page")
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # How far it can be scrolled is known only once the page is laid out.
        self.area.verticalScrollBar().rangeChanged.connect(lambda *_: self._to_mark())
        self.column = QVBoxLayout()
        self.column.setContentsMargins(look.gap(20), look.gap(16), look.gap(20), look.gap(16))
        self.column.setSpacing(look.gap(8))
        inside = QWidget()
        inside.setObjectName("body")
        inside.setLayout(self.column)
        self.blocks = scrolling(inside, "The paper")
        self.text = TextBox("", lines=8)
        self.text.setMaximumHeight(16_777_215)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("The text of this page")
        self.message = Words("", role="text2")
        told = QWidget()
        told.setLayout(stack(self.message, -1, margins=(20, 20, 20, 20)))
        self.read_off = Words(f"{WARNING} Look at the page to be sure.", role="look")
        words = QWidget()
        words.setLayout(stack(row(self.read_off, margins=(20, 12, 20, 0)), self.text, space=8))
        self.faces = Faces()
        for face in (self.area, self.blocks, words, told):
            self.faces.addWidget(face)
        self.count = Words("", wrap=False)
        self.before = Button("", lambda: self.turn(-1), icon="chevron-up", kind="quiet", name="Page before")
        self.after = Button("", lambda: self.turn(1), icon="chevron-down", kind="quiet", name="Next page")
        self.larger = Button("Larger", self._larger, kind="link", name="Show the page larger")
        self.read = Button("Read the text", self._read, kind="link", name="Read the text of this page")
        bar = QWidget()
        bar.setLayout(wrapping(self.count, self.before, self.after, self.larger, self.read, -1, space=10))
        bar.layout().setContentsMargins(look.gap(12), look.gap(6), look.gap(12), look.gap(6))
        self.bar = bar
        layout = stack(self.faces, bar, space=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setMinimumHeight(look.px(240 if not look.stacked else 300))

    def show_paper(self, id_: int | None, marks: Sequence[Mark] = (), page: int = 0) -> None:
        """Show a paper from its page ``page`` (0 is the first), with marks; None shows nothing."""
        self.id, self.marks, self.page, self.zoom = id_, marks, page, 0
        self.view, self.opening = None, True
        self.bar.setVisible(False)
        if id_ is None:
            self._tell("Choose a paper to see it here.")
            return
        self._tell("Opening the paper…")
        self.wanted += 1
        wanted = self.wanted
        self.case.jobs.quietly(lambda: documents.view(self.case.store, id_), lambda view: self._viewed(wanted, view), self._broken)

    def _tell(self, words: str) -> None:
        self.message.say(words)
        self.faces.setCurrentIndex(3)

    def _viewed(self, wanted: int, view: View) -> None:
        if wanted != self.wanted:
            return
        self.view, self.pages = view, max(1, view.pages)
        self.page = min(self.page, self.pages - 1)
        self.bar.setVisible(True)
        if view.kind in ("pdf", "picture"):
            self.faces.setCurrentIndex(0)
            self._draw()
        elif view.kind == "blocks":
            clear(self.column)
            for name, value in view.headers:
                self.column.addWidget(Words(f"{name}: {moment(value) if name == 'Date' else value}", role="text2"))
            for widget in block_widgets(view.blocks, self.marks):
                self.column.addWidget(widget)
            self.column.addStretch(1)
            self.blocks.verticalScrollBar().setValue(0)
            self.faces.setCurrentIndex(1)
        else:
            self._tell(view.problem or "This paper cannot be shown here. It is kept as it came.")
        self._buttons()

    def _buttons(self) -> None:
        drawn = self.view is not None and self.view.kind in ("pdf", "picture")
        self.count.say(f"Page {self.page + 1} of {self.pages}" if drawn else "")
        for button in (self.before, self.after):
            button.setVisible(drawn and self.pages > 1)
        self.before.setEnabled(self.page > 0)
        self.after.setEnabled(self.page + 1 < self.pages)
        self.larger.setVisible(drawn and self.faces.currentIndex() == 0)
        reading = self.faces.currentIndex() == 2
        self.larger.setText("Smaller" if self.zoom == len(ZOOMS) - 1 else "Larger")
        self.read.setText("See the page" if reading else "Read the text")
        self.read.setVisible(self.view is not None and self.view.kind != "none")
        self.bar.setVisible(self.view is not None and self.view.kind != "none")

    def _draw(self) -> None:
        if self.id is None:
            return
        id_, page, ratio = self.id, self.page, max(1.0, self.devicePixelRatioF())
        room = self.contentsRect().width() - self.area.verticalScrollBar().sizeHint().width() - look.gap(20) - 6
        width = round(max(200, room) * ZOOMS[self.zoom] * ratio)
        self.wanted += 1
        wanted = self.wanted

        def show(drawn: Drawn) -> None:
            if wanted == self.wanted:
                self.page_view.show_page(drawn, self.marks, ratio)
                self.page_view.setAccessibleName(f"Page {page + 1} of {self.pages}")
                self._to_mark()

        self.case.jobs.quietly(lambda: documents.page_picture(self.case.store, id_, page, min(width, 4000)), show, self._broken)

    def _to_mark(self) -> None:
        """Bring the first marked words into view, below a little of what stands before them."""
        place = self.page_view.first_mark() if self.opening else None
        if place is not None:
            bar = self.area.verticalScrollBar()
            bar.setValue(max(0, place[1] - self.area.viewport().height() // 3))

    def _broken(self, problem: BaseException) -> None:
        if isinstance(problem, CaseFileError):
            self._tell(f"{problem.message} {problem.advice}".strip())
            return
        raise problem

    def turn(self, by: int) -> None:
        """Go a page on, or back."""
        if not 0 <= self.page + by < self.pages:
            return
        self.page, self.opening = self.page + by, False
        if self.faces.currentIndex() == 2:
            self._show_text()
        else:
            self.area.verticalScrollBar().setValue(0)
            self._draw()
        self._buttons()

    def _larger(self) -> None:
        self.zoom, self.opening = (self.zoom + 1) % len(ZOOMS), False
        self._draw()
        self._buttons()

    def _read(self) -> None:
        if self.faces.currentIndex() == 2:
            self.faces.setCurrentIndex(1 if self.view and self.view.kind == "blocks" else 0)
            if self.faces.currentIndex() == 0:
                self._draw()
        else:
            self._show_text()
            self.faces.setCurrentIndex(2)
            self.text.setFocus()
        self._buttons()

    def _show_text(self) -> None:
        pages = documents.text_of(self.case.store, self.id) if self.id is not None else []
        read = documents.pages_read(self.case.store, self.id) if self.id is not None else set()
        drawn = self.view is not None and self.view.kind != "blocks"
        text = (pages[self.page] if self.page < len(pages) else "") if drawn else "\n\n".join(pages)
        self.read_off.setVisible(drawn and self.page + 1 in read)
        nothing = "There are no words to read on this page: it is a picture."
        self.text.setPlainText(text or (nothing if scans.available() else f"{nothing}\n\n{scans.CANNOT}"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page fits the width it has."""
        super().resizeEvent(event)
        if self.view is not None and self.faces.currentIndex() == 0 and self.zoom == 0:
            self._draw()

    def shown(self) -> QWidget:
        """The part that shows the paper now."""
        return self.text if self.faces.currentIndex() == 2 else self.faces.currentWidget() or self.faces

    def focus_page(self) -> None:
        """Give the page the focus, so that arrows scroll it."""
        self.shown().setFocus()
