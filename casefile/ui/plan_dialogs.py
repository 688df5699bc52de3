"""Adding a version of the plan, and changing a line of it."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from casefile.domain.plan import SECTIONS, STATUSES, PlanItem, PlanVersion, Status
from casefile.errors import CaseFileError, Invalid
from casefile.services import plan_import, plans
from casefile.ui.dialogs import Dialog, wide_of
from casefile.ui.form import DateField, Field, Form, TextBox
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Check, Choice, stack
from casefile.ui.text import Words, strong
from casefile.ui.theme import look

_PAPERS = 200


class VersionDialog(Dialog):
    """A new version: from a paper of the case, or from words that are pasted."""

    def __init__(self, parent: QWidget, case: OpenCase) -> None:
        self.case = case
        self.made: PlanVersion | None = None
        papers = plan_import.candidates(case.store)[:_PAPERS]
        rows: list[tuple[object, str]] = [*((paper.id, paper.title) for paper in papers), (None, "No paper: I paste the words")]
        self.paper = Choice("Where it comes from", rows, rows[0][0])
        self.paper.activated.connect(lambda _: self._turn())
        kinds: list[tuple[object, str]] = [("", "As its own words say"), *((status, words) for status, words in STATUSES.items())]
        self.status = Choice("What it is", kinds, "")
        self.words = TextBox("", lines=6)
        self.pasted = QWidget()
        part = Form()
        part.row("The words of the plan", self.words, "Begin each part with its heading, for example “Section F”.")
        self.pasted.setLayout(part.column)
        self.dated = DateField("The date on it", lambda: case.today)
        self.received = DateField("The day it came", lambda: case.today)
        self.how = Field()
        self.anyway = Check("Read it in all the same")
        self.anyway.hide()
        self.problem = Words("", role="error")
        self.problem.hide()
        form = Form()
        form.row("Where it comes from", self.paper)
        form.add(self.pasted)
        form.row("What it is", self.status)
        form.row("The date on it", self.dated, optional="if the paper does not tell")
        form.row("The day it came", self.received, optional="if you know it")
        form.row("How it came", self.how, optional="post, email")
        form.add(self.problem)
        form.add(self.anyway)
        super().__init__(parent, "Add a version of the plan", "The program puts the words into sections. You check them, and nothing is left out.", form, "Read it in", keys="Ctrl+Enter", accepted_by=self._done)
        self._turn()

    def _turn(self) -> None:
        self.pasted.setVisible(self.paper.value() is None)
        if hasattr(self, "area"):
            self.grow()

    def _done(self) -> bool:
        try:
            dated, received = self.dated.typed(), self.received.typed()
            days = dated.value if dated else None, received.value if received else None
            status: Status | None = self.status.value() or None  # type: ignore[assignment]
            paper = self.paper.value()
            if isinstance(paper, int):
                self.made = plan_import.import_plan(
                    self.case.store, paper, status, dated=days[0], received=days[1], received_how=self.how.text().strip(), anyway=self.anyway.isChecked()
                )
            else:
                self.made = plan_import.paste_plan(self.case.store, self.words.text(), status or "final", dated=days[0], anyway=self.anyway.isChecked())
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.anyway.setVisible("does not look like" in problem.message)
            self.grow()
            return False
        self.case.tell(f"{plans.name_of(self.made)} is read in.")
        return True


class ItemDialog(Dialog):
    """A line of the plan: its words, and for provision what it meets and works to. Without ``item`` a new line."""

    def __init__(self, parent: QWidget, case: OpenCase, version: PlanVersion, section: str, item: PlanItem | None) -> None:
        self.case, self.version, self.item = case, version, item
        self.made: PlanItem | None = item
        self.wide = wide_of(parent) - look.px(110)
        self.words = TextBox(item.text if item else "", lines=6)
        rows: list[tuple[object, str]] = [(name, f"{name}: {words}") for name, words in SECTIONS.items()]
        self.section = Choice("Section", rows if section else [("", "Not placed yet"), *rows], section)
        form = Form()
        form.row("The words, as they stand in the plan", self.words)
        form.row("Section", self.section)
        found = plans.items(case.store, version)
        self.needs = self._boxes(form, "Meets need", plans.lines_in(found, "B"), item.needs if item else (), section)
        self.outcomes = self._boxes(form, "Works to", plans.lines_in(found, "E"), item.outcomes if item else (), section)
        self.problem = Words("", role="error")
        self.problem.hide()
        form.add(self.problem)
        title = f"Change {item.key}" if item else f"Add a line to Section {section}"
        super().__init__(parent, title, "", form, "Keep it", keys="Ctrl+Enter", accepted_by=self._done)

    def _boxes(self, form: Form, title: str, rows: list[PlanItem], chosen: tuple[str, ...], section: str) -> dict[str, Check]:
        if section not in plans.PROVISION or not rows:
            return {}
        boxes = {row.key: Check(f"{row.key} {plans.short_title(row, 52)}", row.key in chosen, wide=self.wide) for row in rows}
        part = QWidget()
        part.setLayout(stack(strong(title), *boxes.values(), space=4))
        form.add(part)
        return boxes

    def _done(self) -> bool:
        try:
            self._keep()
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        self.case.tell(f"{self.made.key if self.made else 'The line'} is kept.")
        return True

    def _keep(self) -> None:
        text, section = self.words.text().strip(), str(self.section.value())
        if not text:
            raise Invalid("A line needs words.", "Write the line, or remove it.")
        store = self.case.store
        with store.action("Changed a line of the plan" if self.item else "Added a line to the plan"):
            one = self.item or plans.add_item(store, self.version, section, text)
            needs, outcomes = (tuple(key for key, box in boxes.items() if box.isChecked()) for boxes in (self.needs, self.outcomes))
            if section not in plans.PROVISION:
                needs = outcomes = ()
            elif not self.needs and not self.outcomes:
                needs, outcomes = one.needs, one.outcomes
            self.made = plans.save_item(store, replace(one, text=text, needs=needs, outcomes=outcomes))
            if section != one.section:
                self.made = plans.move_item(store, self.made, section)


class AboutDialog(Dialog):
    """What is known of a version: its dates, how it came, what an amendment notice lists."""

    def __init__(self, parent: QWidget, case: OpenCase, version: PlanVersion) -> None:
        self.case, self.version = case, version
        kinds: list[tuple[object, str]] = list(STATUSES.items())
        self.status = Choice("What it is", kinds, version.status)
        self.dated = DateField("The date on it", lambda: case.today, version.dated)
        self.sent = DateField("The day it was sent", lambda: case.today, version.sent)
        self.received = DateField("The day it came", lambda: case.today, version.received)
        self.how, self.signed = Field(version.received_how), Field(version.signed_by)
        self.listed = TextBox("\n".join(version.listed), lines=3)
        self.problem = Words("", role="error")
        self.problem.hide()
        form = Form()
        form.row("What it is", self.status)
        form.row("The date on it", self.dated)
        form.row("The day it was sent", self.sent)
        form.row("The day it came", self.received)
        form.row("How it came", self.how)
        form.row("Who signed it", self.signed)
        form.row("Changes the notice lists", self.listed, "One a line. A change that is not here is shown as “not listed”.", optional="for an amendment notice")
        form.add(self.problem)
        super().__init__(parent, "About this version", "", form, "Keep it", keys="Ctrl+Enter", accepted_by=self._done)

    def _done(self) -> bool:
        try:
            days = [field.typed() for field in (self.dated, self.sent, self.received)]
            status: Status = self.status.value()  # type: ignore[assignment]
            one = replace(
                self.version, status=status, title=STATUSES[status], dated=days[0].value if days[0] else None, sent=days[1].value if days[1] else None,
                received=days[2].value if days[2] else None, received_how=self.how.text().strip(), signed_by=self.signed.text().strip(),
                listed=tuple(line.strip() for line in self.listed.text().splitlines() if line.strip()),
            )  # fmt: skip
            plans.change_version(self.case.store, one)
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        self.case.tell("What is known of this version is kept.")
        return True
