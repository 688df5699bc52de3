"""How the law was kept: every step of others in this case, due and done, days late, and the hours lost."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casefile.domain.deadlines import Deadline
from casefile.domain.ledger import in_hours
from casefile.services import scorecard
from casefile.ui.deadline_words import key_of
from casefile.ui.dialogs import choose_target
from casefile.ui.paper import save_paper, show_paper
from casefile.ui.parts import Button, Card, Choice, Empty, wrapping
from casefile.ui.screen import Screen
from casefile.ui.table import Column, Row, Table
from casefile.ui.text import Words, faint, heading
from casefile.ui.theme import look

_SHOWN = (("all", "Show all"), ("late", "Only late"), ("over", "Only what is past"))


class ScorecardScreen(Screen):
    """The sum in sentences, a table of steps, a table of hours; each step opens to how it was worked out."""

    name, title, icon = "scorecard", scorecard.TITLE, "deadlines"
    purpose = "Every step the law sets for others in this case: due, done, and how late."
    watches = frozenset({"event", "document", "child", "closure", "provision", "session", "absence"})

    def build(self) -> None:
        """The sentences, the two tables, and the page that says what is missing."""
        self.shown = Choice("Which steps to show", _SHOWN, "all")
        self.shown.activated.connect(lambda _: self.refresh())
        self.printing = Button("Print it", self._print, icon="print", kind="main", name="Print how the law was kept")
        self.head(self.shown, self.printing)
        self.summary = Words("", measure=0)
        self.card = Card(self.summary, kind="soft", margin=16)
        self.table = Table("Every step the law sets", [Column("Step", share=2), Column("Due", share=0), Column("Done", share=0), Column("Days late", right=True, share=0), Column("What became of it", share=1)])
        self.table.opened.connect(lambda key: self.open_requested.emit("deadlines", key))
        self.hint = faint("Enter on a step shows how it was worked out.")
        self.hours_title = heading("Hours of help in the plan")
        self.hours = Table("Hours of help in the plan", [Column("Line"), Column("Due", right=True, share=0), Column("Given", right=True, share=0), Column("Missed", right=True, share=0), Column("Not known", right=True, share=0)])
        self.hours.opened.connect(lambda key: self.open_requested.emit("provision", key))
        self.more = QWidget()
        self.more.setLayout(wrapping(
            Button("Save it as a table", self._save, icon="drop", kind="link", name="Save it as a table for a spreadsheet (CSV)"),
            Button("Go to the dates", lambda: self.open_requested.emit("deadlines", None), icon="deadlines", kind="link"), -1, space=20,
        ))  # fmt: skip
        self.empty = Empty(
            "deadlines", "Nothing to show yet", "Once two or three things that happened are recorded, this page shows every step that is owed by law and how late it was.",
            [Button("Go to the dates", lambda: self.open_requested.emit("deadlines", None), icon="deadlines", kind="main")],
            ["Only what you have recorded is counted. What is not known is never called late."],
        )  # fmt: skip
        for part in (self.card, self.table, self.hint, self.hours_title, self.hours, self.more, self.empty):
            self.body.addWidget(part, 1 if part is self.empty else 0)
        self.tail = self.body.count()
        self.body.addStretch(0)
        self.found = scorecard.Scorecard((), (), 0, (), None)

    def first(self) -> QWidget | None:
        """The steps, or the first action."""
        return self.table if self.found.steps else self.hours if self.found.lines else self.empty.starts[0]

    def panes(self) -> list[QWidget]:
        """The steps, the hours, the printing."""
        return [self.table, self.hours, self.printing]

    def refresh(self) -> None:
        """Work it out afresh."""
        self.found = found = scorecard.scorecard(self.case.store, self.case.library, self.case.today)
        known = bool(found.steps or found.lines)
        for part in (self.card, self.shown, self.printing, self.more):
            part.setVisible(known)
        for part in (self.table, self.hint):
            part.setVisible(bool(found.steps))
        for part in (self.hours_title, self.hours):
            part.setVisible(bool(found.lines))
        self.empty.setVisible(not known)
        self.body.setStretch(self.tail, 1 if known else 0)
        self.summary.say("\n".join(scorecard.summary(found)))
        chosen = str(self.shown.value())
        wanted: tuple[Deadline, ...] = {"late": found.late, "over": found.over}.get(chosen, found.steps)
        rows = self._rows([one for one in found.steps if one in wanted])
        if found.others and chosen != "late":
            rows += [Row("others", (scorecard.OTHERS,), group=True), *self._rows(found.others)]
        self.table.fill(rows)
        self.table.setFixedHeight(look.px(40) * (len(rows) + 1) + 6)
        self.hours.fill([Row(one.key, (f"{one.key} {one.title}", *(in_hours(value) for value in (one.due, one.given, one.missed, one.unknown)))) for one in found.lines])
        self.hours.setFixedHeight(look.px(40) * (len(found.lines) + 1) + 6)

    def _rows(self, steps: Sequence[Deadline]) -> list[Row]:
        return [
            Row(key_of(one), (title, due, done, late, state), spoken=who)
            for one, (title, who, due, done, late, state) in zip(steps, scorecard.rows(steps), strict=True)
        ]  # fmt: skip

    def _print(self) -> None:
        made = self.case.do(lambda: scorecard.sheet(self.case.store, self.case.library, self.case.today))
        if made is not None:
            show_paper(self, self.case, made, scorecard.TITLE)

    def _save(self) -> None:
        path = choose_target(self, "Save it as a table", f"{scorecard.TITLE}.csv", [("csv", "Table")])
        if path is not None:
            save_paper(self.case, scorecard.as_table(self.case.store, self.case.library, self.case.today), path)
