"""Documents: say what each new paper is; look at any paper; the bin."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from casefile.domain.dates import count, in_table, in_words
from casefile.domain.documents import KINDS, Document
from casefile.services import documents, scans
from casefile.services.documents import ImportReport, import_paths
from casefile.ui.dialogs import choose_files, choose_folder
from casefile.ui.form import Field, labelled
from casefile.ui.import_report import ReportDialog
from casefile.ui.lines import Line, Lines
from casefile.ui.paper_panel import FiledPanel, SortPanel
from casefile.ui.parts import Button, Columns, Empty, Faces, line, row, scroller, stack, wrapping
from casefile.ui.scans import read_scans, scans_words
from casefile.ui.screen import Screen
from casefile.ui.text import Words, faint
from casefile.ui.viewer import Viewer

SAFE = ("Your papers are copied. The ones you drop stay as they are.", "Nothing leaves this computer.", "You can stop at any time and go on later.")


def about(paper: Document) -> str:
    """What sort of file a paper is, and from whom, in a few words."""
    sort = {"pdf": "PDF", "eml": "Email", "msg": "Email", "docx": "Word file", "text": "Text", "jpeg": "Photo", "png": "Picture", "tiff": "Scan", "heic": "Photo", "doc": "Word file", "sealed": "Office file", "zip": "Zip folder"}
    words = sort.get(paper.type, "File")
    if paper.problem:
        return f"{words}, {'locked with a password' if paper.locked else 'could not be read'}"
    if paper.type in ("eml", "msg") and paper.sender:
        return f"{words}, from {paper.sender.split('<')[0].strip()}"
    return f"{words}, {count(paper.pages, 'page')}" if paper.pages and paper.type in ("pdf", "tiff") else words


def icon_of(paper: Document) -> str:
    """An icon for the sort of file."""
    return "letters" if paper.type in ("eml", "msg") else "warn" if paper.problem else "page"


class DocumentsScreen(Screen):
    """Three faces: papers to sort, all papers, the bin. Files can be dropped anywhere on it."""

    name, title, icon = "documents", "Documents", "documents"
    purpose = "Say what each new paper is. The original is kept as it came."
    watches = frozenset({"document", "event", "suggestion"})

    def build(self) -> None:
        """The tabs, the list, the viewer, and what is known of the chosen paper."""
        self.add = Button("Add papers", self._choose, icon="plus")
        self.folder = Button("Add a folder", self._choose_folder, icon="folder")
        self.head(self.folder, self.add)
        self.setAcceptDrops(True)
        self.tabs: dict[str, Button] = {}
        for name, words in (("sort", "To sort"), ("all", "All papers"), ("bin", "Bin")):
            button = Button(words, partial(self._tab, name), kind="tab")
            button.setCheckable(True)
            self.tabs[name] = button
        self.tab = "sort"
        self.tab_row = QWidget()
        self.tab_row.setLayout(stack(row(*self.tabs.values(), -1, space=4), line(), space=0))
        self.filter = Field()
        self.filter.textChanged.connect(lambda _: self._list())
        self.filter_part = QWidget()
        self.filter_part.setLayout(labelled("Show only what holds these words", self.filter))
        self.list = Lines("Papers")
        self.list.picked.connect(self._show)
        self.list.opened.connect(lambda _: self._enter())
        self.list.letter.connect(self._letter)
        self.list_words = faint("")
        left = QWidget()
        column = stack(self.filter_part, self.list_words, self.list, -1, space=8)
        column.setStretch(2, 1000)
        left.setLayout(column)
        self.viewer = Viewer(self.case)
        self.sort_panel = SortPanel(self.case, self._filed, self.viewer)
        self.filed_panel = FiledPanel(self.case, lambda place, what: self.open_requested.emit(place, what))
        self.panels = Faces()
        self.panels.addWidget(scroller(self.sort_panel))
        self.panels.addWidget(scroller(self.filed_panel))
        self.empty_bin = Button("Empty the bin", self._empty_bin, icon="bin")
        self.columns = Columns((left, 230, 262), (self.viewer, 300, 0), (self.panels, 290, 318), fill=True)
        self.all_sorted = Empty("done", "Every paper is sorted", "New papers wait here until you say what they are.",
                                [Button("See all papers", lambda: self._tab("all"), icon="documents", kind="main"), Button("Add papers", self._choose, icon="plus")])  # fmt: skip
        self.nothing_binned = Empty("bin", "The bin is empty", "Papers you remove wait here. They can be brought back until you empty it.", [])
        sample = row(Words("Not ready?"), Button("Look round the sample case", lambda: self.open_requested.emit("start", None), kind="link"), -1)
        more = QWidget()
        more.setLayout(sample)
        self.start = Empty(
            "drop", "Start with one paper", "Drop a letter, a photo, a scan or a whole folder here. Emails and mailboxes work too. Casefile reads each one and suggests what it is.",
            [Button("Choose papers", self._choose, icon="plus", kind="main"), Button("Choose a folder", self._choose_folder, icon="folder")], SAFE, more,
        )  # fmt: skip
        self.body.addWidget(self.tab_row)
        for part in (self.columns, self.all_sorted, self.nothing_binned, self.start):
            self.body.addWidget(part, 1)
        self.bin_row = QWidget()
        self.bin_row.setLayout(wrapping(self.empty_bin, -1))
        self.body.addWidget(self.bin_row)
        self.papers: dict[object, Document] = {}

    def first(self) -> QWidget | None:
        """The list, or the first action of an empty page."""
        for part in (self.start, self.all_sorted):
            if part.isVisibleTo(self):
                return part.starts[0]
        return self.list if self.papers else self.tabs[self.tab]

    def panes(self) -> list[QWidget]:
        """The list, the page, the reasons."""
        return [self.list, self.viewer.shown(), self.sort_panel.yes if self.tab == "sort" else self.filed_panel.title]

    def _tab(self, name: str) -> None:
        self.tab = name
        self.refresh()
        target = self.first()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the papers as they are now."""
        everything = documents.all_documents(self.case.store)
        binned = documents.binned(self.case.store)
        waiting = sum(1 for paper in everything if paper.state == "unsorted")
        self.counts = (waiting, len(everything), len(binned))
        for name, words in (("sort", f"To sort, {waiting}"), ("all", f"All papers, {len(everything)}"), ("bin", "Bin" if not binned else f"Bin, {len(binned)}")):
            self.tabs[name].setText(words)
            self.tabs[name].setAccessibleName(words)
            self.tabs[name].setChecked(name == self.tab)
        nothing = not everything and not binned
        self.purpose_words.say(self.purpose if not nothing else "Keep every letter, email and report about the plan here.")
        self.shown = {"sort": documents.unsorted(self.case.store), "all": everything, "bin": binned}[self.tab]
        self.tab_row.setVisible(not nothing)
        self.add.setVisible(not nothing)
        self.folder.setVisible(not nothing)
        self.start.setVisible(nothing)
        self.all_sorted.setVisible(not nothing and self.tab == "sort" and not self.shown)
        self.nothing_binned.setVisible(not nothing and self.tab == "bin" and not self.shown)
        self.columns.setVisible(bool(self.shown))
        self.filter_part.setVisible(self.tab == "all")
        self.bin_row.setVisible(self.tab == "bin" and bool(self.shown))
        self.panels.setCurrentIndex(0 if self.tab == "sort" else 1)
        self._list()

    def _list(self) -> None:
        wanted = self.filter.text().casefold().split() if self.tab == "all" else []
        fits = [one for one in self.shown if all(word in f"{one.title} {one.sender} {KINDS.get(one.kind or '', '')} {one.name}".casefold() for word in wanted)]
        self.papers = {paper.id: paper for paper in fits}
        self.list.fill([self._line(paper) for paper in fits])
        self.list_words.say("Nothing fits these words." if wanted and not fits else "")
        if self.columns.isVisibleTo(self):
            self._show(self.list.current())

    def _line(self, paper: Document) -> Line:
        detail = about(paper)
        if self.tab != "sort" and (paper.dated or paper.received):
            detail = f"{in_table(paper.dated or paper.received)}. {detail}"  # type: ignore[arg-type]
        return Line(paper.id, paper.title, detail, icon_of(paper))

    def show_thing(self, what: object) -> None:
        """Show one paper, wherever it is; with a page (1 is the first) as a second number, at that page."""
        id_, page = what if isinstance(what, tuple) else (what, None)
        paper = documents.document(self.case.store, int(str(id_)))
        self.tab = {"unsorted": "sort", "filed": "all", "binned": "bin"}[paper.state]
        self.filter.clear()
        self.refresh()
        self.list.choose(paper.id)
        wanted = max(page or 1, 1) - 1
        if self.viewer.page != wanted:
            self.viewer.show_paper(paper.id, self.sort_panel.marks if self.tab == "sort" else (), wanted)

    def _show(self, id_: object) -> None:
        paper = self.papers.get(id_)
        if paper is None:
            self.viewer.show_paper(None)
            return
        # What else was done meanwhile does not turn the page that is being read.
        page = self.viewer.page if self.viewer.id == paper.id else 0
        if self.tab == "sort":
            self.sort_panel.show_paper(paper)
            self.viewer.show_paper(paper.id, self.sort_panel.marks, page)
        else:
            self.filed_panel.show_paper(paper)
            self.viewer.show_paper(paper.id, page=page)

    def _enter(self) -> None:
        if self.tab == "sort":
            self.sort_panel.say_yes()
        else:
            self.viewer.focus_page()

    def _letter(self, letter: str) -> None:
        from casefile import settings

        if self.tab == "sort" and settings.load().letter_keys:
            act = {"E": self.sort_panel.change, "L": self.sort_panel.leave}.get(letter)
            if act is not None:
                act()

    def _filed(self) -> None:
        """After a paper was sorted, or left for later, the focus goes to the next."""
        self.list.choose_row(self.list.was)
        target = self.first()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        self.take(choose_files(self, "Choose papers to add"))

    def _choose_folder(self) -> None:
        found = choose_folder(self, "Choose a folder of papers")
        if found is not None:
            self.take([found])

    def take(self, paths: list[Path]) -> None:
        """File papers and folders, with progress; afterwards say what became of each."""
        if not paths:
            return
        moment = self.case.clock()

        def done(report: ImportReport) -> None:
            self.tab = "sort"
            self.refresh()
            self.case.noted.emit(report.words if scans.available() else f"{report.words} {scans_words(self.case)}".strip())
            if report.totals["unreadable"] or report.totals["skipped"]:
                ReportDialog(self, report, scans_words(self.case)).exec()
            read_scans(self.case)

        self.case.run("Reading papers", lambda progress: import_paths(self.case.store, paths, progress, now=moment), done)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def _empty_bin(self) -> None:
        from casefile.ui.empty_bin import confirm_emptying

        if confirm_emptying(self, len(documents.binned(self.case.store))):
            gone = self.case.do(lambda: documents.empty_bin(self.case.store))
            self.case.noted.emit(f"The bin is empty: {count(int(gone or 0), 'paper')} removed for good.")


def day_of(paper: Document) -> str:
    """The date of a paper in words, as precisely as it is known."""
    if paper.dated is None:
        return "Not known"
    words = in_words(paper.dated)
    return {"day": words, "month": f"some day in {paper.dated:%B %Y}", "year": f"some day in {paper.dated.year}"}[paper.dated_precision]


