"""Mark a report: the two highlighters, sentence by sentence, ticked against the needs and the provision of the plan."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.dates import count
from casefile.domain.plan import PlanItem, PlanVersion
from casefile.domain.plan_reports import Highlight
from casefile.services import plan_highlights, plan_quality, plans
from casefile.services.plan_highlights import Passage
from casefile.ui.lines import Line, Lines
from casefile.ui.page_view import Mark
from casefile.ui.parts import Button, Card, Check, Choice, Columns, Empty, clear, row, scroller, stack, wrapping
from casefile.ui.plan_detail import STATES
from casefile.ui.plan_words import MarkedWords
from casefile.ui.report_page import ReportPage
from casefile.ui.screen import Screen
from casefile.ui.text import Status, Words, faint, heading, strong
from casefile.ui.theme import look

MARKED = {"need": ("person", "Need", "soon"), "provision": ("provision", "Provision", "done"), "neither": ("same", "Neither", "unknown")}
"""How a mark looks in the list: its icon, word and role."""
_FOUND = {"need": ("look", "Looks like a need", "look"), "provision": ("look", "Looks like provision", "look")}
_LETTERS = {"N": "need", "P": "provision", "X": "neither", "C": ""}
_SHOWN = (("all", "Every sentence"), ("found", "Marked or found"), ("open", "Found, not marked yet"), ("loose", "Marked, not ticked yet"))
_TICKS, _WORDS = 6, 262
_KEYS = "Keys: N need, P provision, X neither, C clear."
_KEYS_ON_PAGE = f"{_KEYS} Up and down: the sentence before, the next. Or click a sentence. A broken line is what the program found."


def shown(one: Passage, wanted: str) -> bool:
    """Whether a passage belongs to what is shown."""
    if wanted == "found":
        return bool(one.kind or one.found)
    if wanted == "open":
        return bool(one.found) and not one.kind
    if wanted == "loose":
        return one.mark is not None and one.kind in plan_highlights.SECTION and not one.mark.lines
    return True


class HighlightsScreen(Screen):
    """A report's sentences at the left with their marks; at the right the chosen one, its marks and its ticks."""

    name, title, icon = "highlights", "Mark a report", "plan"
    purpose = "Mark what a report says your child needs, and what should be given. Then tick it in the plan."
    watches = frozenset({"document", "highlight", "plan_version", "plan_item"})

    def build(self) -> None:
        """The choice of a report, its sentences, and the chosen one."""
        self.shown = Choice("Which sentences to show", _SHOWN, "all")
        self.shown.activated.connect(lambda _: self._fill())
        self.report = Choice("Which report", [(None, "No report yet")])
        self.report.activated.connect(lambda _: self._fill())
        self.way = Choice("How to show the report", [("list", "As a list"), ("page", "On its pages")], "list")
        self.way.activated.connect(lambda _: self._turn())
        self.head()
        self.choices = QWidget()
        self.choices.setLayout(wrapping(self.report, self.way, self.shown, -1))
        self.body.addWidget(self.choices)
        self.sum = Words("", role="text2", measure=0)
        self.list = Lines("Sentences of the report")
        self.list.picked.connect(lambda _: self._show())
        self.list.letter.connect(self._letter)
        self.keys = faint(_KEYS)
        left = QWidget()
        self.paper = ReportPage(self.case)
        self.paper.picked.connect(self._pick)
        self.paper.step.connect(self._step)
        self.paper.letter.connect(self._letter)
        self.paper.setVisible(False)
        column = stack(self.sum, self.list, self.paper, self.keys, -1, space=8)
        column.setStretch(1, 1000)
        column.setStretch(2, 1000)
        left.setLayout(column)
        self.detail = QVBoxLayout()
        self.detail.setContentsMargins(0, 0, 0, 0)
        self.detail.setSpacing(10)
        self.side = scroller(Card(self.detail, -1, margin=20), "The chosen sentence")
        self.columns = Columns((left, 420, 0), (self.side, 360, 430), space=20, fill=True)
        self.more = QWidget()
        self.more.setLayout(wrapping(
            Button("What is lost or less in the plan", lambda: self.open_requested.emit("plan", "reports"), icon="weaker", kind="link"),
            Button("Open the report", lambda: self.open_requested.emit("documents", self.report.value()), icon="documents", kind="link"), -1, space=20,
        ))  # fmt: skip
        self.empty = Empty(
            "documents", "No report to mark yet", "Reports of psychologists, therapists, doctors and the school appear here once they are sorted under Documents.",
            [Button("Go to the papers", lambda: self.open_requested.emit("documents", None), icon="documents", kind="main")],
            ["The paper itself is never changed.", "The program suggests what it finds. Your own mark always counts more."],
        )  # fmt: skip
        for part in (self.columns, self.more, self.empty):
            self.body.addWidget(part, 0 if part is self.more else 1)
        self.found: list[Passage] = []
        self.version: PlanVersion | None = None

    def first(self) -> QWidget | None:
        """The sentences, or the first action."""
        return self.list if self.report.value() is not None else self.empty.starts[0]

    def panes(self) -> list[QWidget]:
        """The sentences, the chosen one."""
        return [self.paper.shown() if self.on_pages else self.list, self.side]

    @property
    def on_pages(self) -> bool:
        """Whether the report's own pages are shown, and not the list."""
        return self.way.value() == "page"

    def _turn(self) -> None:
        """From the list to the pages, or back. The pages show every mark."""
        if self.on_pages:
            self.shown.choose("all")
        self._fill()
        if self.on_pages:
            self.paper.focus_page()
        else:
            self.list.setFocus()

    def _pick(self, number: int) -> None:
        self.list.choose(number)
        self.paper.focus_page()

    def _step(self, by: int) -> None:
        number = self.list.current()
        if isinstance(number, int) and 0 <= number + by < len(self.found):
            self.list.choose(number + by)

    def refresh(self) -> None:
        """The reports as they are now; the newest is shown first."""
        keep = self.report.value()
        rows: list[tuple[object, str]] = [(one.id, one.title) for one in reversed(plan_quality.report_papers(self.case.store))]
        self.report.clear()
        for value, words in rows or [(None, "No report yet")]:
            self.report.addItem(words, value)
        self.report.choose(keep if any(value == keep for value, _ in rows) else rows[0][0] if rows else None)
        for part in (self.columns, self.more, self.choices):
            part.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.version = plans.latest(self.case.store)
        if rows:
            self._fill()

    def show_thing(self, what: object) -> None:
        """Show one report, or one page of it."""
        document, page = what if isinstance(what, tuple) else (what, None)
        self.report.choose(document)
        self._fill()
        first = next((number for number, one in enumerate(self.found) if one.page == page), None)
        if first is not None:
            self.list.choose(first)

    def _fill(self) -> None:
        document = self.report.value()
        if not isinstance(document, int):
            return
        self.found = plan_highlights.passages(self.case.store, document)
        lines: list[Line] = []
        page = 0
        for number, one in enumerate(self.found):
            if not shown(one, str(self.shown.value())):
                continue
            if one.page != page:
                page = one.page
                lines.append(Line(f"page {page}", f"Page {page}", group=True))
            lines.append(Line(number, one.words, f"Ticked: {', '.join(one.mark.lines)}" if one.mark and one.mark.lines else "", status=MARKED.get(one.kind) or _FOUND.get(one.found)))
        marked = [one for one in self.found if one.kind in plan_highlights.SECTION]
        loose = sum(1 for one in marked if one.mark and not one.mark.lines)
        waiting = sum(1 for one in self.found if one.found and not one.kind)
        self.sum.say(f"{count(len(marked), 'sentence')} marked, {loose} of them not ticked. {waiting} found by the program and not marked yet.")
        self.list.fill(lines)
        self.list.setVisible(not self.on_pages)
        self.shown.setVisible(not self.on_pages)
        self.paper.setVisible(self.on_pages)
        self.keys.say(_KEYS_ON_PAGE if self.on_pages else _KEYS)
        self._show()

    def _show_page(self, one: Passage) -> None:
        """The page of the chosen sentence, with all its marks."""
        document, number = self.report.value(), self.list.current()
        if not (self.on_pages and isinstance(document, int) and isinstance(number, int)):
            return
        marks = [Mark(at, entry.words, entry.kind or ("found" if entry.found else "plain")) for at, entry in enumerate(self.found) if entry.page == one.page]
        look_of = MARKED.get(one.kind) or _FOUND.get(one.found)
        self.paper.show_report(document, marks, next((mark for mark in marks if mark.number == number), None), one.page - 1, f"{one.words}. {look_of[1] if look_of else 'Not marked'}.")

    def _chosen(self) -> Passage | None:
        key = self.list.current()
        return self.found[key] if isinstance(key, int) and key < len(self.found) else None

    def _show(self) -> None:
        clear(self.detail)
        one = self._chosen()
        if one is None:
            self.detail.addWidget(Words("Nothing fits this choice. Choose “Every sentence” above.", role="text2"))
            return
        self._show_page(one)
        marks = [(0, len(one.words), one.kind)] if one.kind in plan_highlights.SECTION else []
        self.detail.addWidget(heading(f"Page {one.page}"))
        self.detail.addWidget(Card(MarkedWords(one.words, marks), kind="true", margin=14))
        page = Button(f"Page {one.page} of the report", lambda: self.open_requested.emit("documents", (self.report.value(), one.page)), icon="evidence", kind="chip")
        self.detail.addLayout(row(page, -1))
        look_of = MARKED.get(one.kind) or _FOUND.get(one.found)
        if look_of is not None:
            self.detail.addWidget(Status(*look_of))
        self.detail.addLayout(wrapping(self._marker("need", one), self._marker("provision", one), -1, space=8))
        rest: list[QWidget | int] = [self._marker("neither", one)]
        if one.mark is not None:
            rest.append(Button("Take the mark away", lambda: self._mark(""), kind="link"))
        self.detail.addLayout(wrapping(*rest, -1, space=8))
        if one.mark is not None and one.kind in plan_highlights.SECTION:
            self._ticks(one.mark)

    def _marker(self, kind: str, one: Passage) -> Button:
        icon, word, _ = MARKED[kind]
        button = Button(word, partial(self._mark, kind), icon=icon, kind="row", name=f"Mark as {word.lower()}")
        button.setCheckable(True)
        button.setChecked(one.kind == kind)
        return button

    def _ticks(self, mark: Highlight) -> None:
        """The lines it may be ticked against, those most like it first, and what became of it."""
        section = plan_highlights.SECTION[mark.kind]
        if self.version is None:
            self.detail.addWidget(Words("No plan is read in yet, so there is nothing to tick."))
            return
        rows = plan_highlights.candidates(self.case.store, self.version, mark)
        self.detail.addWidget(strong(f"Where it is in Section {section}"))
        self.detail.addWidget(faint(f"{plans.name_of(self.version)}. The likeliest lines come first."))
        for item in rows[:_TICKS]:
            self.detail.addWidget(self._box(mark, item))
        if not rows:
            self.detail.addWidget(Words(f"Section {section} holds no lines."))
        lines = [item for item in plans.items(self.case.store, self.version) if not plans.is_heading(item)]
        for kept in plan_highlights.judged_mark(mark, lines)[:1]:
            icon, word, role = STATES[kept.state]
            self.detail.addWidget(Status(icon, word if mark.lines or kept.state == "lost" else f"{word}, by its words", role))
            if kept.how and kept.item is not None:
                self.detail.addWidget(Words(f"{kept.item.key} {kept.how}"))

    def _box(self, mark: Highlight, item: PlanItem) -> Check:
        words = f"{item.key} {plans.short_title(item, 44)}"
        box = Check(words, item.key in mark.lines, wide=look.px(_WORDS))

        def turned(on: bool) -> None:
            self.case.do(lambda: plan_highlights.tick(self.case.store, mark, item.key, on), f"{item.key} is ticked." if on else f"{item.key} is no longer ticked.")
            # The boxes were made anew: the focus stays on the line that was ticked.
            fresh = next((one for one in self.side.findChildren(Check) if one.text() == box.text() and one is not box), None)
            if fresh is not None:
                fresh.setFocus()

        box.clicked.connect(lambda on: turned(on))
        return box

    def _letter(self, letter: str) -> None:
        if letter in _LETTERS:
            self._mark(_LETTERS[letter], move=True)

    def _mark(self, kind: str, *, move: bool = False) -> None:
        """Mark the chosen sentence; by a key, go on to the next one."""
        one, document = self._chosen(), self.report.value()
        if one is None or not isinstance(document, int):
            return
        keys = [entry.id for entry in self.list.lines if not entry.group]
        at = keys.index(self.list.current())
        following = keys[at + 1] if at + 1 < len(keys) else keys[at]
        said = f"Marked: {MARKED[kind][1].lower()}." if kind else "The mark is taken away."
        self.case.do(lambda: plan_highlights.mark(self.case.store, document, one.page, one.words, kind), said)
        if move:
            self.list.choose(following)
            if self.on_pages:
                self.paper.focus_page()
            else:
                self.list.setFocus()
