"""Writing down a day out of school, a cost, and what it did to the child."""

from PySide6.QtWidgets import QWidget

from casefile.domain.money import in_pounds, read_pounds
from casefile.domain.sessions import ABSENCES, COSTS, Absence, Cost, Effect
from casefile.errors import Invalid
from casefile.services.case import child_of
from casefile.ui.form import DateField, Field, Form, TextBox
from casefile.ui.ledger_dialogs import papers_rows
from casefile.ui.ledger_tabs import EntryDialog
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Check, Choice


def _paper(choice: Choice) -> int | None:
    value = choice.value()
    return value if isinstance(value, int) else None


class AbsenceDialog(EntryDialog):
    """Days out of school: since when, until when, whole or in part, why, and who said so."""

    def __init__(self, parent: QWidget, case: OpenCase, one: Absence | None) -> None:
        self.before = one
        self.kind = Choice("What it was", list(ABSENCES.items()), one.kind if one else "out_of_school")
        self.start = DateField("First day", lambda: case.today, one.start if one else None)
        self.end = DateField("Last day", lambda: case.today, one.end if one else None)
        self.going_on = Check("It still goes on", bool(one and one.end is None))
        self.going_on.toggled.connect(self._turn)
        self.hours = Field(f"{one.hours:g}" if one and one.hours is not None else "")
        self.reason, self.said = Field(one.reason if one else ""), Field(one.agreed_by if one else "")
        self.paper = Choice("The paper that shows it", papers_rows(case), one.document if one else None)
        self.note = Field(one.note if one else "")
        form = Form()
        form.row("What it was", self.kind)
        form.row("First day", self.start, "As you say it: 8 September, last Monday.")
        form.row("Last day", self.end, "The same day, if it was only one.")
        form.add(self.going_on)
        form.row("Hours missed on each school day", self.hours, "Leave it empty if the whole day was missed.", optional="only for part of a day")
        form.row("Why", self.reason, "In their words, if they gave a reason.", optional="if you know")
        form.row("Who decided it or said so", self.said, optional="if anybody did")
        form.row("The paper that shows it", self.paper)
        form.row("A note", self.note, optional="if you like")
        super().__init__(parent, case, "Change this entry" if one else "Add time out of school", "Weekends and school holidays are left out of the count by themselves.", form, "The days out of school are kept.")
        self._turn()

    def _turn(self) -> None:
        self.end.setEnabled(not self.going_on.isChecked())

    def made(self) -> Absence:
        """The entry as it was typed. Raises ``Invalid``."""
        start, end = self.start.typed(), None if self.going_on.isChecked() else self.end.typed()
        if start is None:
            raise Invalid("The first day is missing.", "If you do not know it, write the first day you are sure of.")
        if end is None and not self.going_on.isChecked():
            end = start
        text = self.hours.text().strip().replace(",", ".")
        try:
            hours = float(text) if text else None
        except ValueError:
            raise Invalid(f"{text!r} is no number of hours.", "Write it in figures, for example 2.5.") from None
        return Absence(
            self.before.id if self.before else None, start.value, end.value if end else None, str(self.kind.value()), hours,
            self.reason.text().strip(), self.said.text().strip(), _paper(self.paper), self.note.text().strip(),
        )  # fmt: skip


class CostDialog(EntryDialog):
    """Something that was paid or lost: the day, what for, how much, and the receipt."""

    def __init__(self, parent: QWidget, case: OpenCase, one: Cost | None) -> None:
        self.before = one
        self.kind = Choice("What kind", list(COSTS.items()), one.kind if one else "therapy")
        self.day = DateField("On which day", lambda: case.today, one.on if one else None)
        self.what = Field(one.what if one else "")
        self.sum = Field(in_pounds(one.pence) if one else "")
        self.paper = Choice("The receipt, or another paper that shows it", papers_rows(case), one.document if one else None)
        self.note = Field(one.note if one else "")
        form = Form()
        form.row("What kind", self.kind)
        form.row("What for", self.what, "For example: private therapy, six sessions.")
        form.row("How many pounds", self.sum, "For example 65 or 65.50. For work lost, the pay you lost.")
        form.row("On which day", self.day)
        form.row("The receipt, or another paper that shows it", self.paper)
        form.row("A note", self.note, optional="if you like")
        super().__init__(parent, case, "Change this entry" if one else "Add a cost", "What your family paid for, or lost, because help was not given.", form, "The cost is kept.")

    def made(self) -> Cost:
        """The entry as it was typed. Raises ``Invalid``."""
        day = self.day.typed()
        if day is None:
            raise Invalid("The day is missing.", "If you do not know it, write about when: early May.")
        if not self.sum.text().strip():
            raise Invalid("How many pounds is missing.", "Write what was paid or lost, for example 65.")
        return Cost(self.before.id if self.before else None, day.value, self.what.text().strip(), str(self.kind.value()), read_pounds(self.sum.text()), _paper(self.paper), self.note.text().strip())


class EffectDialog(EntryDialog):
    """What it did to the child on a day, in the family's or the child's own words."""

    def __init__(self, parent: QWidget, case: OpenCase, one: Effect | None) -> None:
        self.before = one
        self.day = DateField("On which day", lambda: case.today, one.on if one else case.today)
        self.words = TextBox(one.words if one else "", lines=5)
        self.paper = Choice("The paper that shows it", papers_rows(case), one.document if one else None)
        self.whose = Choice("Whose words these are", _whose(case), one.whose if one else "")
        self.hard = Check("This is hard to read. Keep it folded.", bool(one and one.hard))
        form = Form()
        form.row("On which day", self.day)
        form.row("What happened", self.words, "What you saw or heard, or what your child said.")
        form.row("Whose words these are", self.whose)
        form.row("The paper that shows it", self.paper)
        form.add(self.hard)
        super().__init__(parent, case, "Change this entry" if one else "Add what it has meant", "A short note is enough. You can come back to it.", form, "It is written down.")

    def made(self) -> Effect:
        """The entry as it was typed. Raises ``Invalid``."""
        day = self.day.typed()
        if day is None:
            raise Invalid("The day is missing.", "If you do not know it, write about when: early May.")
        return Effect(self.before.id if self.before else None, day.value, self.words.text().strip(), _paper(self.paper), self.hard.isChecked(), str(self.whose.value()))


def _whose(case: OpenCase) -> list[tuple[object, str]]:
    """Whose words an entry may be told in, with the child's name."""
    child = child_of(case.store).short
    return [("", "I would rather not say"), ("child", f"{child}’s own words"), ("family", "What I saw or heard"), ("other", "What somebody else told me")]
