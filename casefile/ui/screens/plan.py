"""Plan: its versions section by section, each line with what to look at in its words, and the check of the whole."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.dates import count, in_words
from casefile.domain.plan import SECTIONS, PlanItem, PlanVersion, WordingFine
from casefile.domain.plan_check import Checked
from casefile.services import plan_import, plan_marks, plan_quality, plans
from casefile.services.timeline import title_of
from casefile.ui.dialogs import ask
from casefile.ui.lines import Line, Lines
from casefile.ui.page_view import Mark
from casefile.ui.parts import Button, Card, Choice, Columns, Empty, clear, scroller, stack, wrapping
from casefile.ui.plan_detail import STATES, Detail, Part, finding_parts, report_parts, status_of
from casefile.ui.plan_dialogs import AboutDialog, ItemDialog, VersionDialog
from casefile.ui.plan_picture import FromPicture, one_from_picture
from casefile.ui.screen import Screen
from casefile.ui.text import Words, faint
from casefile.ui.theme import look
from casefile.ui.viewer import Viewer

CHECK, UNPLACED, REPORTS = "check", "unplaced", "reports"
_SHORT = {
    "A": "Views and hopes", "B": "Needs", "C": "Health needs", "D": "Social care needs", "E": "Outcomes", "F": "Provision", "G": "Health provision",
    "H1": "Social care, 1970 Act", "H2": "Other social care", "I": "School", "J": "Direct payments", "K": "Advice and reports",
}  # fmt: skip


class PlanScreen(Screen):
    """Sections at the left, the lines of one in the middle, the chosen line at the right."""

    name, title, icon = "plan", "Plan", "plan"
    purpose = "Section F is the help the council must give. See if its words are clear."
    watches = frozenset({"plan_version", "plan_item", "wording_fine", "highlight", "provision", "document", "event", "child"})

    def build(self) -> None:
        """The three columns, and the page that starts it."""
        self.shown = Choice("Which version", [(None, "The newest version")])
        self.shown.activated.connect(lambda _: self.refresh())
        self.compare = Button("Compare", lambda: self.open_requested.emit("compare", None), icon="same")
        self.head(self.shown, self.compare)
        self.picture = FromPicture(lambda id_: self.open_requested.emit("documents", id_))
        self.sections = Lines("Sections of the plan", fit=look.stacked)
        self.sections.picked.connect(lambda _: self._fill())
        self.lines = Lines("Lines of the section")
        self.lines.picked.connect(self._show)
        self.lines.opened.connect(lambda _: self._act("edit", self._chosen(), None))
        self.side_words = faint("")
        self.middle = QWidget()
        middle = QVBoxLayout(self.middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.side_words)
        middle.addWidget(self.lines, 1000)
        self.add_line = Button("Add a line", self._add_line, icon="plus", kind="link")
        middle.addWidget(self.add_line)
        self.mark_reports = Button("Mark a report yourself", lambda: self.open_requested.emit("highlights", None), icon="edit", kind="link")
        middle.addWidget(self.mark_reports)
        middle.addStretch(1)
        self.detail = QVBoxLayout()
        self.detail.setContentsMargins(0, 0, 0, 0)
        self.detail.setSpacing(10)
        self.paper = Viewer(self.case)
        self.paper.hide()
        self.beside = False
        self.side = QWidget()
        right = stack(scroller(Card(self.detail, -1, margin=20), "The chosen line"), self.paper, space=10)
        right.setStretch(0, 2)
        right.setStretch(1, 3)
        self.side.setLayout(right)
        self.columns = Columns((self.sections, 200, 236), (self.middle, 240, 280), (self.side, 320, 0), space=18, fill=True)
        self.more = QWidget()
        self.more.setLayout(wrapping(
            Button("Add a version", self._add_version, icon="plus", kind="link"), Button("About this version", self._about, kind="link"),
            Button("Begin our proposed wording", self._ours, kind="link"), Button("Remove this version", self._remove_version, kind="link"),
            Button("Annual review", lambda: self.open_requested.emit("review", None), icon="people", kind="link"), -1, space=20,
        ))  # fmt: skip
        self.empty = Empty(
            "plan", "No plan yet", "Read in the draft or the final plan from your papers, or paste its words. The program puts them into sections, and you check them.",
            [Button("Add a version", self._add_version, icon="plus", kind="main"), Button("Add papers", lambda: self.open_requested.emit("documents", None), icon="documents")],
            ["Every version is kept, so that you can see what changed.", "No word is left out. What has no place yet is shown apart."],
        )  # fmt: skip
        for part in (self.picture, self.columns, self.more, self.empty):
            self.body.addWidget(part, 0 if part in (self.picture, self.more) else 1)
        self.version: PlanVersion | None = None
        self.items: list[PlanItem] = []
        self.fine: dict[tuple[str, str], WordingFine] = {}
        self.checked: Checked | None = None
        self.judged_of: int | None = None
        self.judging = 0
        self.asked: list[plan_quality.FromReport] = []
        self.wanted = ""

    def first(self) -> QWidget | None:
        """The lines of Section F, or the first action."""
        return self.lines if self.version else self.empty.starts[0]

    def panes(self) -> list[QWidget]:
        """Sections, lines, the chosen line."""
        return [self.sections, self.lines, self.side]

    def refresh(self) -> None:
        """Show the chosen version as it is now."""
        found = plans.versions(self.case.store)
        rows: list[tuple[object, str]] = [(one.id, plans.name_of(one)) for one in reversed(found)]
        keep = self.shown.value()
        newest = plans.latest(self.case.store)
        if [self.shown.itemData(number) for number in range(self.shown.count())] != [value for value, _ in rows] or [self.shown.itemText(number) for number in range(self.shown.count())] != [words for _, words in rows]:
            self.shown.clear()
            for value, words in rows:
                self.shown.addItem(words, value)
            self.shown.choose(keep if any(value == keep for value, _ in rows) else newest.id if newest else None)
        self.version = next((one for one in found if one.id == self.shown.value()), newest)
        known = self.version is not None
        for part in (self.columns, self.more, self.shown):
            part.setVisible(known)
        self.compare.setVisible(len(found) > 1)
        self.empty.setVisible(not known)
        self.picture.say(*one_from_picture(self.case.store, self.version))
        if self.version is None:
            return
        if self.judged_of != self.version.id:
            self.judged_of, self.asked, self.checked = self.version.id, [], None
        self.items = plans.items(self.case.store, self.version)
        self.fine = plan_marks.fine(self.case.store)
        self._fill_sections()
        self._fill()
        self._judge(self.version)

    def _fill_sections(self) -> None:
        keep_section = self.sections.current() or "F"
        self.sections.blockSignals(True)
        self.sections.fill(self._section_lines(), keep_section)
        self.sections.choose(keep_section)
        self.sections.blockSignals(False)

    def _judge(self, version: PlanVersion) -> None:
        """Check the whole version and the reports beside the window: a long plan takes seconds the first time."""
        self.judging += 1
        number, store, today = self.judging, self.case.store, self.case.today

        def judged(found: tuple[list[plan_quality.FromReport], Checked]) -> None:
            if number != self.judging or found == (self.asked, self.checked):
                return
            self.asked, self.checked = found
            self._fill_sections()
            if self.sections.current() in (CHECK, REPORTS):
                self._fill()
            else:
                self._show(self.lines.current())

        def broken(problem: BaseException) -> None:
            raise problem

        self.case.jobs.quietly(lambda: (plan_quality.reports_against(store, version), plan_quality.check(store, version, today)), judged, broken)

    def _section_lines(self) -> list[Line]:
        made = []
        for section in SECTIONS:
            number = len(plans.lines_in(self.items, section))
            made.append(Line(section, f"{section}  {_SHORT[section]}", right=str(number) if number else "", spoken=f"Section {section}, {SECTIONS[section]}, {count(number, 'line')}"))
        loose = sum(1 for item in self.items if not item.section)
        if loose:
            made.append(Line(UNPLACED, "Not placed yet", right=str(loose), spoken=f"Not placed yet, {count(loose, 'piece')} of text"))
        if self.asked or plan_quality.report_papers(self.case.store):
            number = sum(1 for one in self.asked if one.kept.state != "kept")
            made.append(Line(REPORTS, "What reports say", right=str(number), spoken=f"What reports say, {count(number, 'thing')} not in the plan, or less"))
        made.append(Line(CHECK, "Check the whole", right=str(len(self.checked.findings)) if self.checked is not None else ""))
        return made

    def _fill(self) -> None:
        """The lines of the chosen section, or the findings of the check."""
        chosen = self.sections.current()
        self.add_line.setVisible(chosen not in (CHECK, UNPLACED, REPORTS))
        self.mark_reports.setVisible(chosen == REPORTS)
        if chosen in (CHECK, REPORTS) and self.checked is None:
            self.side_words.say("The words are being checked.")
            self.lines.fill([])
        elif chosen == CHECK and self.checked is not None:
            lines = count(len({one.item for one in self.checked.set_aside}), "line")
            aside = f" {lines} you said {'is' if lines.startswith('1 ') else 'are'} fine." if self.checked.set_aside else ""
            musts = sum(1 for one in self.checked.findings if one.level == "must")
            self.side_words.say(f"{count(len(self.checked.findings), 'thing')} to look at, {musts} of them asked for by the law.{aside}" if self.checked.findings else f"Nothing was found.{aside}")
            self.lines.fill([Line(f"q{number}", f"{one.check} {one.item or (f'Section {one.section}' if one.section else 'Whole plan')}", one.why, status=("look", {"must": "Must", "should": "Should", "could": "Could"}[one.level], "look" if one.level == "must" else "unknown")) for number, one in enumerate(self.checked.findings)])  # fmt: skip
        elif chosen == REPORTS:
            self.side_words.say("What the reports find and ask for, against this version.")
            self.lines.fill([Line(f"r{number}", one.kept.advice.text, "Provision" if one.kept.advice.kind == "provision" else "Need", status=STATES[one.kept.state]) for number, one in enumerate(self.asked)])
        else:
            section = "" if chosen == UNPLACED else str(chosen)
            rows = [item for item in self.items if item.section == section]
            self.side_words.say("" if rows else f"Section {section} holds no lines." if section else "Everything has its place.")
            self.lines.fill([self._line(item) for item in rows], self.wanted or None)
        self.wanted = ""
        self._show(self.lines.current())

    def _line(self, item: PlanItem) -> Line:
        if plans.is_heading(item):
            return Line(item.key, item.text, "A heading in the plan")
        title = f"{item.key}  {plans.short_title(item)}" if item.section else plans.short_title(item, 60)
        return Line(item.key, title, status=status_of(item, self.fine))

    def _chosen(self) -> PlanItem | None:
        key = self.lines.current()
        return next((item for item in self.items if item.key == key), None)

    def _show(self, key: object) -> None:
        """Show one line, or one finding, at the right."""
        clear(self.detail)
        parts: list[Part] = []
        page: int | None = None
        words = ""
        if isinstance(key, str) and key.startswith("q") and self.checked is not None and key[1:].isdigit():
            letter = plan_quality.letter_for(self.version, self.case.library) if self.version else ""
            parts = finding_parts(self.checked.findings[int(key[1:])], self._go, (lambda: self.open_requested.emit("letters", letter)) if letter else None)
        elif isinstance(key, str) and key.startswith("r") and key[1:].isdigit():
            parts = report_parts(self.asked[int(key[1:])], self._go, self._report)
        elif self.version is not None and (item := next((one for one in self.items if one.key == key), None)) is not None:
            parts = Detail(self.case, self.version, self._go, self._act, self.asked, beside=self.beside).of(item)
            page, words = item.page, item.text
        else:
            parts = [Words("Nothing is chosen.", role="text2")]
        for part in parts:
            if isinstance(part, QWidget):
                self.detail.addWidget(part)
            elif isinstance(part, int):
                self.detail.addSpacing(part)
            else:
                self.detail.addLayout(part)
        self._show_page(words, page)

    def _show_page(self, words: str, page: int | None) -> None:
        """The page a line was read from, below it, with its words marked; while the parent wants it there."""
        shown = self.beside and self.version is not None and self.version.document is not None and page is not None
        self.paper.setVisible(shown)
        if shown and self.version is not None and page is not None:
            self.paper.show_paper(self.version.document, (Mark(1, words),), page - 1)

    def _go(self, key: str) -> None:
        """Show another line by its key."""
        item = next((one for one in self.items if one.key == key), None)
        if item is None:
            return
        self.wanted = key
        if self.sections.current() == (item.section or UNPLACED):
            self._fill()
        else:
            self.sections.choose(item.section or UNPLACED)
        self.lines.setFocus()

    def show_thing(self, what: object) -> None:
        """Show one line by its key, a version by its number, or what the reports say."""
        if what == REPORTS:
            self.sections.choose(REPORTS)
        elif isinstance(what, int):
            self.shown.choose(what)
            self.refresh()
        elif what is not None:
            self._go(str(what))

    def _act(self, what: str, item: PlanItem | None, value: object) -> None:
        if item is None or self.version is None:
            return
        store = self.case.store
        if what == "edit":
            ItemDialog(self, self.case, self.version, item.section, item).exec()
        elif what == "beside":
            self.beside = not self.beside
            self._show(item.key)
            for button in self.side.findChildren(Button):
                if button.text() in ("See the page here", "Hide the page"):
                    button.setFocus()
        elif what == "page":
            self.open_requested.emit("documents", (self.version.document, item.page))
        elif what == "report":
            self.open_requested.emit("documents", value)
        elif what == "letter":
            self.open_requested.emit("letters", value)
        elif what == "fine":
            self.case.do(lambda: plan_marks.say_fine(store, item, self.case.today), f"{item.key}: the check leaves this wording in peace.")
        elif what == "look_again":
            self.case.do(lambda: plan_marks.take_back(store, item), f"{item.key} is looked at again.")
        elif what == "ledger":
            self.open_requested.emit("provision", item.key)
        elif what == "follow":
            line = self.case.do(lambda: plans.follow(store, item, start=self.version.dated if self.version else None), f"{item.key} is followed now. See it under Provision.")
            if line is not None and line.minutes is None:
                self.case.noted.emit(f"{item.key} is followed, and its words fix no amount to count. {line.note}".strip())
        elif what in ("up", "down"):
            self.wanted = item.key
            self.case.do(lambda: plans.shift_item(store, item, -1 if what == "up" else 1), f"{item.key} is moved.")
        elif what == "remove":
            self.case.do(lambda: plans.remove_item(store, item), f"{item.key} is removed.")
        elif what == "put":
            self.case.do(lambda: plans.move_item(store, item, str(value)), f"It stands in Section {value} now.")

    def _report(self, what: str, one: plan_quality.FromReport) -> None:
        if what == "page":
            self.open_requested.emit("documents", (one.report.document, one.kept.advice.page))
        elif self.version is not None:
            version = self.version
            made = self.case.do(lambda: plan_quality.take_up(self.case.store, version, one, self.case.today), "It stands in our proposed wording now.")
            if made is not None:
                self.shown.choose(made.version)
                self.refresh()
                self._go(made.key)

    def _add_line(self) -> None:
        section = self.sections.current()
        if self.version is not None and section in SECTIONS:
            dialog = ItemDialog(self, self.case, self.version, str(section), None)
            if dialog.exec() and dialog.made is not None:
                self._go(dialog.made.key)

    def _add_version(self) -> None:
        dialog = VersionDialog(self, self.case)
        if not dialog.exec() or dialog.made is None:
            return
        made = dialog.made
        self.shown.choose(made.id)
        self.refresh()
        events = plan_import.following(self.case.store, made)
        if events:
            said = "\n".join(f"{title_of(event, self.case.library)}: {in_words(event.on)}" for event in events)
            if ask(self, "Record what follows from it?", f"{said}\nThe council’s and your own dates are counted from this.", "Record it", "Not now"):
                self.case.do(lambda: plan_import.record_following(self.case.store, made), "What follows from the plan is recorded.")

    def _about(self) -> None:
        if self.version is not None:
            AboutDialog(self, self.case, self.version).exec()

    def _ours(self) -> None:
        if self.version is not None:
            base = self.version
            made = self.case.do(lambda: plans.copy_version(self.case.store, base, self.case.today), "Our proposed wording is begun. Change its lines, then compare.")
            if made is not None:
                self.shown.choose(made.id)
                self.refresh()

    def _remove_version(self) -> None:
        if self.version is None:
            return
        gone = self.version
        if ask(self, "Remove this version?", f"{plans.name_of(gone)} goes with its lines. Its paper stays. Undo brings it back.", "Remove it", "Keep it"):
            self.case.do(lambda: plans.remove_version(self.case.store, gone), "The version is removed.")
