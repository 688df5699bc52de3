"""Windows of the annual review: its day, a person asked, how far an outcome was reached, a change that is proposed, longer words."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from casefile.domain.reviews import CAME, PARTS, REACHED, Invited, Progress, Proposal, Review
from casefile.services import plans, reviews
from casefile.ui.asking import AskingDialog
from casefile.ui.form import DateField, Field, Form, TextBox
from casefile.ui.ledger_dialogs import papers_rows
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Choice
from casefile.ui.text import Words


def _number(choice: Choice) -> int | None:
    value = choice.value()
    return value if isinstance(value, int) else None


class MeetingDialog(AskingDialog):
    """When and where the meeting is; without a review a new one is begun."""

    def __init__(self, parent: QWidget, case: OpenCase, one: Review | None) -> None:
        self.before, self.made = one, one
        self.day = DateField("The day of the meeting", lambda: case.today, one.meeting if one else None)
        self.place = Field(one.place if one else "")
        self.report = Choice("The report of the meeting", papers_rows(case), one.report if one else None)
        form = Form()
        form.row("The day of the meeting", self.day, "A day to come is fine. Leave it empty if you do not know it yet.")
        form.row("Where, or how", self.place, optional="for example by video")
        if one is not None:
            form.row("The report of the meeting", self.report, "Choose it once it has come.")
        super().__init__(parent, case, "Change the meeting" if one else "Prepare for a review", "The dates around the meeting are counted from its day.", form, self._keep, "The review is kept.")

    def _keep(self) -> None:
        typed = self.day.typed()
        day, place = typed.value if typed else None, self.place.text().strip()
        store = self.case.store
        if self.before is None:
            with store.action("Began an annual review"):
                self.made = reviews.save(store, replace(reviews.begin(store, day), place=place))
        else:
            self.made = reviews.save(store, replace(self.before, meeting=day, place=place, report=_number(self.report)))


class PersonDialog(AskingDialog):
    """Somebody who is asked: when invited, whether their report came and was sent round, whether they came."""

    def __init__(self, parent: QWidget, case: OpenCase, one: Review, row: Invited | None) -> None:
        self.review, self.before = one, row
        self.part = Choice("In what part", list(PARTS.items()), row.part if row else "other")
        self.name = Field(row.name if row else "")
        days = ("invited", "asked", "received", "sent_round")
        titles = ("Invited on", "Asked for a report on", "Their report came on", "The report was sent round on")
        self.days = {name: DateField(title, lambda: case.today, getattr(row, name) if row else None) for name, title in zip(days, titles, strict=True)}
        self.came = Choice("Did they come", list(CAME.items()), row.came if row else "unknown")
        self.paper = Choice("Their report", papers_rows(case), row.document if row else None)
        form = Form()
        form.row("In what part", self.part)
        form.row("Name", self.name, optional="if you know it")
        for name, title in zip(days, titles, strict=True):
            form.row(title, self.days[name], optional="if it happened")
        form.row("Their report", self.paper)
        form.row("Did they come", self.came)
        super().__init__(parent, case, "Change this person" if row else "Add somebody", "Leave empty what you do not know.", form, self._keep, "It is kept.")

    def _keep(self) -> None:
        typed = {name: field.typed() for name, field in self.days.items()}
        days = {name: found.value if found else None for name, found in typed.items()}
        reviews.keep(self.case.store, Invited(
            self.before.id if self.before else None, self.review.id or 0, str(self.part.value()), self.name.text().strip(), **days,
            came=str(self.came.value()), document=_number(self.paper),
        ))  # fmt: skip


class ProgressDialog(AskingDialog):
    """How far one outcome was reached, and how one knows."""

    def __init__(self, parent: QWidget, case: OpenCase, row: Progress) -> None:
        self.reached = Choice("How far", list(REACHED.items()), row.reached)
        self.evidence = TextBox(row.evidence, lines=3)
        self.paper = Choice("The paper that shows it", papers_rows(case), row.document)
        form = Form()
        form.add(Words(row.words))
        form.row("How far", self.reached, "“Not known” is a good answer. The school can be asked.")
        form.row("How do you know", self.evidence, "What you see at home, a test, a teacher’s words.", optional="if you know")
        form.row("The paper that shows it", self.paper)

        def keep() -> None:
            reviews.keep(case.store, replace(row, reached=str(self.reached.value()), evidence=self.evidence.text().strip(), document=_number(self.paper)))

        super().__init__(parent, case, f"Outcome {row.key}", "", form, keep, f"{row.key} is kept.")


class ProposalDialog(AskingDialog):
    """A change that somebody proposes, and what came of it."""

    def __init__(self, parent: QWidget, case: OpenCase, one: Review, row: Proposal | None) -> None:
        self.review, self.before = one, row
        self.who = Field(row.who if row else "We")
        version = reviews.plan_at(case.store, one)
        lines = [item for item in plans.items(case.store, version) if item.section and not plans.is_heading(item)] if version else []
        rows: list[tuple[object, str]] = [("", "No line, or a new one"), *((item.key, f"{item.key} {plans.short_title(item, 40)}") for item in lines)]
        self.key = Choice("Which line of the plan", rows, row.key if row else "")
        self.words, self.why = TextBox(row.words if row else "", lines=3), TextBox(row.why if row else "", lines=2)
        self.answer = Field(row.answer if row else "")
        form = Form()
        form.row("Who proposes it", self.who)
        form.row("Which line of the plan", self.key)
        form.row("What is to change", self.words)
        form.row("Why", self.why, optional="if you like")
        form.row("What came of it", self.answer, optional="after the meeting")
        super().__init__(parent, case, "Change this" if row else "Add a change", "What you want to be different in the plan, or what others want.", form, self._keep, "It is kept.")

    def _keep(self) -> None:
        reviews.keep(self.case.store, Proposal(
            self.before.id if self.before else None, self.review.id or 0, self.who.text().strip(), str(self.key.value() or ""), self.words.text().strip(),
            self.why.text().strip(), self.answer.text().strip(),
        ))  # fmt: skip


class WordsDialog(AskingDialog):
    """Longer words of a review: each field with its label and help, kept together by ``keep``."""

    def __init__(self, parent: QWidget, case: OpenCase, title: str, fields: Sequence[tuple[str, str, str, str]], keep: Callable[[dict[str, str]], object]) -> None:
        self.boxes = {name: TextBox(text, lines=4 if len(fields) < 3 else 2) for name, _, _, text in fields}
        form = Form()
        for name, label, help_, _ in fields:
            form.row(label, self.boxes[name], help_)
        super().__init__(parent, case, title, "", form, lambda: keep({name: box.text().strip() for name, box in self.boxes.items()}), "It is kept.")
