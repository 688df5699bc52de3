"""The pages of a bundle as they will be, beside its list of papers: the index at once, any other page once it is laid out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from casefile.domain.bundles import Bundle
from casefile.errors import CaseFileError
from casefile.progress import Silent
from casefile.services import bundles
from casefile.services.bundles import Plan, Preview
from casefile.services.documents import Drawn
from casefile.ui.bundle_index import IndexView
from casefile.ui.open_case import OpenCase
from casefile.ui.page_view import PageView
from casefile.ui.paper import show_paper
from casefile.ui.parts import Button, Faces, row, scroller, stack
from casefile.ui.text import Words, strong
from casefile.ui.theme import look


class _Sheet(PageView):
    """A page with a line round it: white paper would have no edge on a light window."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page and its edge."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PagesPane(QWidget):
    """The index first, and arrows to every page. ``chosen`` tells the key of the paper that is chosen in the list."""

    def __init__(self, case: OpenCase, chosen: Callable[[], str]) -> None:
        super().__init__()
        self.case, self.chosen = case, chosen
        self.bundle: Bundle | None = None
        self.found: Preview | None = None
        self.at, self.pages, self.wanted = 0, 1, 0
        self.index, self.view = IndexView(), _Sheet()
        holder = QWidget()
        holder.setLayout(row(-1, stack(self.view, -1), -1))
        self.area = scroller(holder, "The page, as it will be")
        self.faces = Faces()
        self.faces.addWidget(scroller(self.index, "The index, as it will print"))
        self.faces.addWidget(self.area)
        self.title, self.count, self.said = strong(""), Words("", wrap=False), Words("", role="late")
        self.before = Button("", lambda: self.go(self.at - 1), icon="chevron-up", kind="quiet", name="Page before")
        self.after = Button("", lambda: self.go(self.at + 1), icon="chevron-down", kind="quiet", name="Next page")
        paper = Button("See the chosen paper in the bundle", self._paper, icon="page", kind="link")
        self.whole = Button("See the index as it will print", self._index, icon="print", kind="link")
        self.back = Button("Back to the index", self._to_index, icon="chevron-up", kind="link")
        turning = row(self.count, -1, self.before, self.after, space=8)
        turning.setAlignment(self.count, Qt.AlignmentFlag.AlignVCenter)
        column = stack(self.title, self.faces, turning, self.said, paper, self.whole, self.back, space=8)
        column.setStretch(1, 1)
        self.setLayout(column)

    def show_plan(self, bundle: Bundle, planned: Plan) -> None:
        """Show the index of a bundle; what was laid out for an earlier one is let go."""
        self.wanted += 1
        self.bundle, self.found, self.pages = bundle, None, planned.pages
        self.index.show_plan(bundle.title, self.case.today, planned.parts, planned.pages)
        self.at = next((part.first - 1 for part in planned.parts if part.key == "index"), 0)
        self._to_index()

    def _to_index(self) -> None:
        if self.found is not None:
            self.at = self.found.first_of("index") or 0
        self.faces.setCurrentIndex(0)
        self.said.say("")
        self._told("The index, as it will print", self.at + 1)

    def _told(self, title: str, page: int) -> None:
        self.title.say(title)
        self.count.say(f"Page {page} of {self.pages}")
        self.before.setEnabled(self.at > 0)
        self.after.setEnabled(self.at + 1 < self.pages)
        shown = self.faces.currentIndex() == 1
        self.back.setVisible(shown)
        self.whole.setVisible(not shown)

    def go(self, page: int) -> None:
        """Show a page (0 is the first) as it will be."""
        self._see(lambda found: min(max(page, 0), found.pages - 1))

    def _paper(self) -> None:
        key = self.chosen()
        self._see(lambda found: found.first_of(key))

    def _see(self, which: Callable[[Preview], int | None]) -> None:
        bundle, found, case = self.bundle, self.found, self.case
        if bundle is None:
            return
        ratio = max(1.0, self.devicePixelRatioF())
        wide = min(round(max(240, self.faces.width() - look.gap(20)) * ratio), 2000)
        self.wanted += 1
        wanted, today = self.wanted, case.today

        def work() -> tuple[Preview, int | None, Drawn | None]:
            made = found or bundles.preview(case.store, case.library, bundle, today, Silent())
            page = which(made)
            return made, page, made.picture(case.store, page, wide) if page is not None else None

        def show(told: tuple[Preview, int | None, Drawn | None]) -> None:
            if wanted != self.wanted:
                return
            self.found, page, drawn = told
            self.pages = self.found.pages
            if page is None or drawn is None:
                self.said.say("Choose a paper that is in the bundle first.")
                return
            self.said.say("")
            self.at = page
            self.view.show_page(drawn, (), ratio)
            part = self.found.part_at(page)
            self.view.setAccessibleName(f"Page {self.found.label_at(page)} as it will be: {part.title}")
            self.faces.setCurrentIndex(1)
            self._told(f"{part.title}, as it will be", page + 1)

        def broken(problem: BaseException) -> None:
            if not isinstance(problem, CaseFileError):
                raise problem
            if wanted == self.wanted:
                self.said.say(f"{problem.message} {problem.advice}".strip())

        self.count.say("Laying out the pages…" if found is None else "Drawing the page…")
        case.jobs.quietly(work, show, broken)

    def _index(self) -> None:
        if (bundle := self.bundle) is not None:
            case, today = self.case, self.case.today
            work = lambda progress: bundles.index_paper(case.store, case.library, bundle, today, progress)  # noqa: E731
            case.run("Laying out the index", work, lambda pdf: show_paper(self, case, pdf, f"{bundle.title}: index"))
