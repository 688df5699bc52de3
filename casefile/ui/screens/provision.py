"""Provision: what the plan promises, week by week, and what was given."""

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from casefile.domain.dates import in_table, in_words
from casefile.domain.ledger import Shortfall, Span, in_hours, school_spans
from casefile.domain.sessions import OUTCOMES, Session
from casefile.services import documents, provision, provision_week, sheets
from casefile.services.terms import closures_of
from casefile.ui.bar_chart import BarChart
from casefile.ui.dialogs import choose_target
from casefile.ui.ledger_dialogs import LineDialog, ManyDialog, SessionDialog, confirm_removal
from casefile.ui.ledger_tabs import LedgerTabs
from casefile.ui.ledger_week import OneByOne, WeekDialog
from casefile.ui.paper import save_paper, show_paper
from casefile.ui.parts import Button, Card, Choice, Columns, Empty, row, stack, wrapping
from casefile.ui.screen import Screen
from casefile.ui.table import Column, Row, Table
from casefile.ui.text import Icon, Status, Words, faint, heading
from casefile.ui.theme import BODY, look
from casefile.ui.week_grid import LOOKS, GridRow, WeekGrid, due_sentence, state_of, words_of

_LETTERS = {"Y": "delivered", "N": "missed", "P": "part", "U": "unknown"}


class ProvisionScreen(Screen):
    """The grid of weeks, a strip that names the chosen cell, a chart and a table that say the same."""

    name, title, icon = "provision", "Provision", "provision"
    purpose = "What the plan promises (“provision”), and what was given."
    watches = frozenset({"provision", "session", "closure", "child", "document"})

    def build(self) -> None:
        """Grid, strip, chart and table; and the page that starts it."""
        self.stretch = Choice("Which time to show", [("recent", "The last weeks")], "recent")
        self.stretch.activated.connect(lambda _: self.refresh())
        self.log = Button("Log a session", self._log, icon="plus", kind="main")
        self.head(self.stretch, self.log)
        self.tabs = LedgerTabs(self.name)
        self.tabs.wanted.connect(lambda place: self.open_requested.emit(place, None))
        self.body.addWidget(self.tabs)
        self.grid = WeekGrid()
        self.grid.picked.connect(self._name)
        self.grid.wanted.connect(self._edit)
        self.grid.letter.connect(self._letter)
        legend = QHBoxLayout()
        legend.setSpacing(look.gap(16))
        for name in ("delivered", "part", "missed", "unknown"):
            icon, role, words = LOOKS[name]
            legend.addLayout(row(Icon(icon, role), Words(words, wrap=False), space=6))
        legend.addWidget(Words("Striped: no school", wrap=False))
        legend.addStretch(1)
        self.legend = QWidget()
        self.legend.setLayout(legend if not look.stacked else stack(*(Status(*(LOOKS[name][0], LOOKS[name][2], LOOKS[name][1])) for name in ("delivered", "part", "missed", "unknown")), space=4))
        self.strip_words = Words("", BODY, measure=0)
        self.strip_more = Words("", role="text2", measure=0)
        self.strip_paper = Button("", self._paper, icon="evidence", kind="chip")
        self.strip_edit = Button("Change it", self._edit, kind="link")
        strip = stack(self.strip_words, self.strip_more, wrapping(self.strip_paper, self.strip_edit, -1), space=4)
        self.strip = Card(strip, kind="soft", margin=14)
        self.chart_title, self.chart = heading(""), BarChart()
        chart = Card(self.chart_title, faint("Hours due, line by line"), self.chart, faint("Solid: given. Striped: missed. Empty: not known."))
        self.table = Table("Due, given, missed and not known", [Column("Line", share=1), Column("Due", right=True, share=0), Column("Given", right=True, share=0), Column("Missed", right=True, share=0), Column("Not known", right=True, share=0)])  # fmt: skip
        self.table.opened.connect(self._rows_behind)
        self.cautions = Words("", role="text2")
        table = QWidget()
        table.setLayout(stack(self.table, faint("Enter on a line shows the sessions behind it."), self.cautions, -1, space=8))
        self.below = Columns((chart, 320, 400), (table, 400, 0), space=20)
        self.more = QWidget()
        self.more.setLayout(stack(*self._links(), space=4))
        self.empty = Empty(
            "provision", "Nothing is followed yet", "Begin with one line of Section F that gives an amount, such as 30 minutes of therapy a week. Then one tap a week keeps the record.",
            [Button("Follow a line of the plan", self._add, icon="plus", kind="main")],
            ["A session nobody logged is “not known”. It never counts as missed.", "Days with no school, and days your child was away, stand apart."],
        )  # fmt: skip
        for part in (self.grid, self.legend, self.strip, self.below, self.more, self.empty):
            self.body.addWidget(part, 1 if part is self.empty else 0)
        self.tail = self.body.count()
        self.body.addStretch(0)
        self.found: list[Shortfall] = []

    def _links(self) -> list[QLayout]:
        """What can be done besides: logging many, the lines themselves, paper."""
        lines = wrapping(
            Button("Follow another line", self._add, icon="plus", kind="link"), Button("Change this line", self._change, kind="link"),
            Button("School holidays", self._terms, kind="link"), Button("Stop following", self._remove, kind="link"), -1, space=20,
        )  # fmt: skip
        many = wrapping(
            Button("Log many at once", self._many, icon="plus", kind="link"), Button("One by one", self._one_by_one, kind="link", name="Log one by one, for two minutes"),
            Button("Type in a week", self._type, icon="edit", kind="link"), Button("Print a week to fill in", self._week, icon="print", kind="link"), -1, space=20,
        )  # fmt: skip
        printed = wrapping(
            Button("Print what was due and given", self._print, icon="print", kind="link"),
            Button("Save it as a table", self._save, icon="drop", kind="link", name="Save the sessions as a table for a spreadsheet (CSV)"),
            Button("What can I do about it?", lambda: self.open_requested.emit("doors", "section_f_not_delivered"), icon="door-open", kind="link"), -1, space=20,
        )  # fmt: skip
        return [many, lines, printed]

    def first(self) -> QWidget | None:
        """The grid, or the first action."""
        return self.grid if self.found else self.empty.starts[0]

    def panes(self) -> list[QWidget]:
        """The grid, the strip, the table."""
        return [self.grid, self.strip_edit, self.table]

    def _spans(self) -> list[tuple[object, str]]:
        closures = closures_of(self.case.store)
        begins = [line.start for line in provision.provisions(self.case.store) if line.start]
        rows: list[tuple[object, str]] = [("recent", "The last weeks"), ("all", "From the beginning")]
        if begins and closures:
            terms = school_spans(closures, "term", min(begins), self.case.today)
            rows += [(span, f"Term: {in_table(span.start)} to {in_table(span.end)}") for span in reversed(terms)]
            halves = [span for span in school_spans(closures, "half_term", min(begins), self.case.today) if span not in terms]
            rows += [(span, f"Half term: {in_table(span.start)} to {in_table(span.end)}") for span in reversed(halves)]
        return rows

    def refresh(self) -> None:
        """Work out the ledger afresh."""
        chosen, rows = self.stretch.value(), self._spans()
        if [self.stretch.itemData(number) for number in range(self.stretch.count())] != [value for value, _ in rows]:
            self.stretch.clear()
            for value, words in rows:
                self.stretch.addItem(words, value)
            self.stretch.choose(chosen)
        chosen = self.stretch.value()
        yesterday = self.case.today - dt.timedelta(days=1)
        start, end = (chosen.start, min(chosen.end, yesterday)) if isinstance(chosen, Span) else (None, yesterday)
        if chosen == "recent":
            start = self.case.today - dt.timedelta(weeks=self._room() - 1, days=self.case.today.weekday())
        self.found = provision.report(self.case.store, self.case.library, self.case.today, start, end)
        known = bool(self.found)
        for part in (self.grid, self.legend, self.strip, self.below, self.more, self.stretch, self.log):
            part.setVisible(known)
        self.empty.setVisible(not known)
        self.body.setStretch(self.tail, 1 if known else 0)
        if not known:
            return
        weeks = sorted({cell.span.start for one in self.found for cell in one.cells if (cell.span.end - cell.span.start).days <= 14})[-self._room() :]
        self.grid.fill([GridRow(one, {cell.span.start: cell for cell in one.cells}) for one in self.found], weeks)
        self.chart.show_rows(self.found)
        missed = sum(one.total("minutes_missed") for one in self.found)
        self.chart_title.say(f"{in_hours(missed)} missed" if missed else "Nothing is logged as missed")
        self.table.fill([Row(one.provision.id, self._numbers(one)) for one in self.found])
        self.table.setFixedHeight(look.px(40) * (len(self.found) + 1) + 6)
        self.cautions.say("\n".join(dict.fromkeys(words for one in self.found for words in (*one.cautions, *(f"{one.provision.item}: {entry}" for entry in one.ask)))))
        self._name()

    def _room(self) -> int:
        return min(12, self.grid.room(max(self.width() - look.gap(64), 700 if not look.stacked else 500)))

    def _numbers(self, one: Shortfall) -> tuple[str, ...]:
        name = f"{one.provision.item} {one.provision.title}"
        if one.ask:
            return (name, "", "", "", "Cannot be counted")
        return (name, *(in_hours(one.total(key)) for key in ("minutes_due", "minutes_given", "minutes_missed", "minutes_unknown")))

    def _chosen_session(self) -> Session | None:
        chosen = self.grid.chosen()
        return chosen[2].sessions[-1] if chosen and chosen[2] and chosen[2].sessions else None

    def _name(self) -> None:
        """The strip names the chosen cell."""
        chosen = self.grid.chosen()
        if chosen is None:
            return
        line, monday, cell = chosen
        one = self._chosen_session()
        if one is not None:
            length = f", {one.minutes} minutes" if one.minutes is not None else ""
            self.strip_words.say(f"{in_words(one.on)}, {line.provision.item}: {OUTCOMES[one.outcome].lower()}{length}.")
            told = f"{one.said_by} said: {one.reason}." if one.said_by and one.reason else one.reason or one.said_by
            more = f"{len(cell.sessions)} entries in this week: {words_of(cell)}." if cell and len(cell.sessions) > 1 else ""
            self.strip_more.say(" ".join(part for part in (told, more) if part))
        else:
            state = LOOKS[state_of(cell)][2].lower() if cell else "nothing due"
            self.strip_words.say(f"Week from {in_words(monday)}, {line.provision.item}: {state}.")
            due = due_sentence(cell)
            self.strip_more.say(f"{due[0].upper()}{due[1:]}. Keys: Y given, P part, N missed, U not known.")
        paper = one.document if one else None
        self.strip_paper.setVisible(paper is not None)
        if paper is not None:
            title = documents.document(self.case.store, paper).title
            self.strip_paper.setText(title if len(title) < 44 else title[:42] + "…")
            self.strip_paper.setAccessibleName(f"Open the paper: {title}")
        self.strip_edit.setText("Change it" if one else "Log it")
        self.strip_edit.setAccessibleName(self.strip_edit.text())

    def _day(self) -> dt.date | None:
        """The day to log for the chosen cell: the next one due in it that nobody logged, else the last one logged."""
        chosen = self.grid.chosen()
        if chosen is None:
            return None
        _, monday, cell = chosen
        have = {one.on for one in cell.sessions} if cell else set()
        days = [day for day in (cell.days if cell else ()) if day not in have and day <= self.case.today]
        if days:
            return days[0]
        if cell and cell.sessions and len(cell.sessions) >= cell.due:
            return cell.sessions[-1].on
        return min(monday + dt.timedelta(days=4), self.case.today)

    def _letter(self, letter: str) -> None:
        chosen, day = self.grid.chosen(), self._day()
        if chosen is None or day is None:
            return
        outcome, line = _LETTERS[letter], chosen[0].provision
        if outcome == "part":
            SessionDialog(self, self.case, line, day, Session(None, line.id or 0, day, "part")).exec()
            return
        one = Session(None, line.id or 0, day, outcome)  # type: ignore[arg-type]
        self.case.do(lambda: provision.log_session(self.case.store, one, self.case.today), f"{line.item}, {in_words(day)}: {OUTCOMES[outcome].lower()}.")
        self.grid.setFocus()

    def _edit(self) -> None:
        chosen = self.grid.chosen()
        if chosen is not None:
            one = self._chosen_session()
            SessionDialog(self, self.case, chosen[0].provision, one.on if one else self._day(), one).exec()

    def _log(self) -> None:
        chosen = self.grid.chosen()
        SessionDialog(self, self.case, chosen[0].provision if chosen else None, self.case.today).exec()

    def _many(self) -> None:
        chosen = self.grid.chosen()
        ManyDialog(self, self.case, chosen[0].provision if chosen else None).exec()

    def _add(self) -> None:
        LineDialog(self, self.case).exec()

    def _change(self) -> None:
        chosen = self.grid.chosen()
        if chosen is not None:
            LineDialog(self, self.case, chosen[0].provision).exec()

    def _remove(self) -> None:
        chosen = self.grid.chosen()
        if chosen is not None and confirm_removal(self, chosen[0].provision):
            id_ = chosen[0].provision.id or 0
            self.case.do(lambda: provision.remove(self.case.store, id_), "The line is no longer followed.")

    def _terms(self) -> None:
        self.open_requested.emit("terms", None)

    def _print(self) -> None:
        chosen = self.stretch.value()
        start, end = (chosen.start, chosen.end) if isinstance(chosen, Span) else (None, None)
        made = self.case.do(lambda: sheets.shortfall_sheet(self.case.store, self.case.library, self.case.today, start, end))
        if made is not None:
            show_paper(self, self.case, made, "What was due and what was given")

    def _save(self) -> None:
        chosen = self.stretch.value()
        start, end = (chosen.start, chosen.end) if isinstance(chosen, Span) else (None, None)
        path = choose_target(self, "Save it as a table", "What was due and what was given.csv", [("csv", "Table")])
        if path is not None:
            save_paper(self.case, sheets.shortfall_csv(self.case.store, self.case.library, self.case.today, start, end), path)

    def _week(self) -> None:
        monday = self.case.today - dt.timedelta(days=self.case.today.weekday())
        made = self.case.do(lambda: sheets.week_sheet(self.case.store, self.case.library, monday, self.case.today))
        if made is not None:
            show_paper(self, self.case, made, "A week to fill in")

    def _type(self) -> None:
        WeekDialog(self, self.case).exec()

    def _one_by_one(self) -> None:
        found = provision_week.waiting(self.case.store, self.case.library, self.case.today)
        if found:
            OneByOne(self, self.case, found).exec()
        else:
            self.case.noted.emit("No session of the last two weeks waits for an answer.")

    def _paper(self) -> None:
        one = self._chosen_session()
        if one is not None and one.document is not None:
            self.open_requested.emit("documents", one.document)

    def _rows_behind(self, id_: object) -> None:
        from casefile.ui.ledger_rows import RowsDialog

        one = next((entry for entry in self.found if entry.provision.id == id_), None)
        if one is not None:
            RowsDialog(self, one, self.case).exec()

    def show_thing(self, what: object) -> None:
        """Show one line; what is asked for is chosen in the grid."""
        for number, one in enumerate(self.found):
            if str(what) in (one.provision.item, str(one.provision.id)):
                self.grid.setCurrentIndex(self.grid.source.index(number, max(1, len(self.grid.source.weeks))))
