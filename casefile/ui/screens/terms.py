"""School holidays: the days the child's school is shut, which some time limits turn on."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.dates import in_words
from casefile.domain.rules import Rule
from casefile.errors import CaseFileError, Invalid
from casefile.services import terms
from casefile.store.rows import StoredClosure
from casefile.ui.form import DateField, Field, Form
from casefile.ui.lines import Line, Lines
from casefile.ui.parts import Button, Card, Choice, Columns, stack, wrapping
from casefile.ui.screen import Screen
from casefile.ui.term_list import TermListDialog, shut_words
from casefile.ui.text import Words, faint, heading
from casefile.ui.theme import look


def closures_matter(rule: Rule) -> bool:
    """Whether the days a school is shut can matter for a rule: as an exception, or because school days are counted."""
    for version in rule.versions:
        if version.exceptions is not None and version.exceptions.school_closure:
            return True
        periods = (version.period, *version.periods.values())
        if any(step.count.startswith("school") for period in periods for term in period.terms for step in term.steps):
            return True
    return False


class TermsScreen(Screen):
    """The list of closed days at the left; at the right what is chosen, and a usual year to start from."""

    name, title, icon = "terms", "School holidays", "deadlines"
    purpose = "Some time limits depend on the days when the school is shut."
    watches = frozenset({"closure"})

    def build(self) -> None:
        """The list, the form, and the usual year."""
        self.head()
        self.list = Lines("Days when the school is shut", fit=True)
        self.list.picked.connect(self._show)
        self.known = Words("")
        self.none = faint("No closed days are written down yet. Each date then counts as if the school were open.")
        self.fresh = Button("Add other closed days", self.begin, icon="plus", kind="link")
        left = QWidget()
        left.setLayout(stack(self.known, self.none, self.list, self.fresh, 6, self._usual(), -1, space=10))
        self.start, self.end = DateField("First day shut", lambda: self.case.today), DateField("Last day shut", lambda: self.case.today)
        self.why = Field()
        form = Form()
        form.row("First day shut", self.start, "As you say it: 26 October, next Monday.")
        form.row("Last day shut", self.end, "The same day, if it is only one.")
        form.row("Why", self.why, "For example: half-term, training day.", optional="if you like")
        self.problem = Words("", role="error")
        self.problem.hide()
        self.form_title = heading("Add closed days")
        self.save = Button("Add closed days", self._save, kind="main")
        self.remove = Button("Remove", self._remove, icon="bin", kind="quiet", name="Remove these closed days")
        card = Card(self.form_title, form, self.problem, wrapping(self.save, self.remove, -1), space=12)
        right = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(look.gap(16))
        right.addWidget(card)
        right.addStretch(1)
        self.body.addWidget(Columns((left, 340, 460), (holder, 380, 0), space=20))
        self.body.addStretch(1)
        self.closures: dict[object, StoredClosure] = {}
        self.changing: StoredClosure | None = None

    def _usual(self) -> QWidget:
        year = self.case.today.year - (self.case.today.month < 9)
        years = [(number, f"September {number} to July {number + 1}") for number in range(year - 2, year + 3)]
        self.years = years
        self.year = Choice("School year", years, year)
        form = Form()
        form.row("School year", self.year)
        self.copy = Button("Copy in the school’s list", self._copy, icon="plus", kind="link")
        self.fill = Button("Fill in a usual school year", self._fill, icon="deadlines")
        told = Words("A guess to start from: the weeks most schools in England are shut. Better is your school’s own list: copy it in, or correct each line that differs.")
        return Card(heading("A whole school year"), told, form, wrapping(self.fill, -1), wrapping(self.copy, -1), space=10)

    def first(self) -> QWidget | None:
        """The list where there is one; else the first day."""
        return self.list if self.closures else self.start.edit

    def panes(self) -> list[QWidget]:
        """The list, the form, the usual year."""
        return [self.list, self.start.edit, self.fill]

    def refresh(self) -> None:
        """Show the closed days as they are now."""
        stored = terms.stored(self.case.store)
        self.closures = {one.id: one for one in stored}
        self.list.fill([Line(one.id, one.reason[:1].upper() + one.reason[1:] if one.reason else "Shut", shut_words(one.start, one.end)) for one in stored])
        until = terms.known_until(self.case.store)
        self.known.say(f"School days are known until {in_words(until)}." if until else "")
        self.none.setVisible(not stored)
        self.list.setVisible(bool(stored))
        self.fresh.setVisible(bool(stored))
        self._show(self.list.current() if stored else None)

    def _show(self, key: object) -> None:
        """Put a closure in the form; without one the form adds."""
        self.changing = self.closures.get(key)
        one = self.changing
        self.start.put(one.start if one else None)
        self.end.put(one.end if one else None)
        self.why.setText(one.reason if one else "")
        words = "Keep the change" if one else "Add closed days"
        self.form_title.say("Change these closed days" if one else "Add closed days")
        self.save.setText(words)
        self.save.setAccessibleName(words)
        self.remove.setVisible(one is not None)
        self.problem.say("")

    def begin(self) -> None:
        """Empty the form for other closed days."""
        self._show(None)
        self.start.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> StoredClosure:
        start, end = self.start.typed(), self.end.typed()
        if start is None:
            self.start.edit.setFocus()
            raise Invalid("The first day is missing.", "Write it as you say it: 26 October.")
        last = end or start
        made = StoredClosure(None, start.value, last.value, self.why.text().strip())
        return replace(made, id=self.changing.id) if self.changing else made

    def _save(self) -> None:
        store = self.case.store
        try:
            one = self._read()
            if one.id is None:
                terms.add_closure(store, one.start, one.end, one.reason)
            else:
                terms.change_closure(store, one)
        except CaseFileError as problem:
            self.problem.say(str(problem))
            return
        added = one.id is None
        self.case.tell("The closed days are added. Every date that depends on them is worked out again." if added else "The closed days are changed.")
        if added:
            self.begin()

    def _remove(self) -> None:
        one = self.changing
        if one is not None and one.id is not None:
            number = one.id
            self.case.do(lambda: terms.remove_closure(self.case.store, number), "The closed days are removed.")

    def _copy(self) -> None:
        TermListDialog(self, self.case, self.years, int(str(self.year.value()))).exec()

    def _fill(self) -> None:
        year = int(str(self.year.value()))
        self.case.do(lambda: terms.add_plain_year(self.case.store, year), "A usual school year is filled in. Correct what your school does differently.")
