"""People: who is who, how to reach them, and what must be checked before a letter goes."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from casefile.domain.people import Contact
from casefile.services import people
from casefile.ui.form import Field, Form, TextBox
from casefile.ui.lines import Line, Lines
from casefile.ui.parts import Button, Card, Check, Columns, Empty, scroller, stack, wrapping
from casefile.ui.screen import Screen
from casefile.ui.text import Status, faint, heading
from casefile.ui.theme import LEAD


class PeopleScreen(Screen):
    """A list of people and offices, and the chosen one's details, saved as they are typed."""

    name, title, icon = "people", "People", "people"
    purpose = "Who is who, and where your letters go."
    watches = frozenset({"contact", "child", "never_shown"})

    def build(self) -> None:
        """The list at the left, the details at the right."""
        self.add = Button("Add a person", self._add, icon="plus", kind="main")
        self.head(self.add)
        self.person: Contact | None = None
        self.people: dict[object, Contact] = {}
        self.list = Lines("People and offices")
        self.list.picked.connect(self._show)
        self.fields = {name: Field() for name in ("name", "role", "organisation", "email", "phone", "relation")}
        self.boxes = {"address": TextBox(lines=3), "note": TextBox(lines=2)}
        for field in self.fields.values():
            field.editingFinished.connect(self._keep)
        self.form_title = heading("", LEAD)
        self.check = Status("look", "", "look")
        self.check_words = faint("")
        form = Form()
        for name, label, help_ in (
            ("name", "Name", ""), ("role", "What they do", ""), ("organisation", "Where they work", ""),
            ("email", "Email", ""), ("phone", "Phone", ""),
        ):  # fmt: skip
            form.row(label, self.fields[name], help_)
        form.row("Postal address", self.boxes["address"], "A line for each line on the envelope.")
        self.relation = QWidget()
        inner = Form()
        inner.row("What you are to the child", self.fields["relation"], "For example: mother, father, carer.")
        self.relation.setLayout(stack(inner))
        form.add(self.relation)
        form.row("Notes", self.boxes["note"])
        self.never = Check("Never show in a bundle")
        self.never.clicked.connect(self._never)
        form.row("Address, phone and email", self.never, "A bundle that would show them is not written.")
        self.done = Button("These details are checked", self._checked, icon="done")
        self.remove = Button("Remove this person", self._remove, icon="bin")
        card = Card(self.form_title, self.check, self.check_words, 4, form, 4, wrapping(self.done, self.remove, -1), -1)
        self.detail = scroller(card)
        self.empty = Empty("people", "Nobody is here yet", "Add the people you write to. Their names and addresses then stand in your letters.",
                           [Button("Add yourself", self._add_me, icon="person", kind="main")])  # fmt: skip
        self.columns = Columns((self.list, 260, 360), (self.detail, 400, 0), fill=True)
        self.body.addWidget(self.columns, 1)
        self.body.addWidget(self.empty, 1)

    def first(self) -> QWidget | None:
        """The list."""
        return self.list if self.people else self.empty.starts[0]

    def panes(self) -> list[QWidget]:
        """The list, then the details."""
        return [self.list, self.fields["name"]]

    def refresh(self) -> None:
        """Show the people as they are now."""
        everyone = people.contacts(self.case.store)
        self.people = {person.id: person for person in everyone}
        if not any(person.me for person in everyone):
            self.people[-1] = Contact(None, me=True)
        lines = [self._line(id_, person) for id_, person in self.people.items()]
        known = bool(everyone)
        self.columns.setVisible(known)
        self.empty.setVisible(not known)
        self.list.fill(sorted(lines, key=lambda line: line.id != -1))
        self._show(self.list.current())

    def _line(self, id_: object, person: Contact) -> Line:
        title = "You" if person.me and not person.name else person.name or person.role or person.organisation or "Somebody"
        parts = ("You" if person.me and person.name else "", person.role if person.name else "", person.organisation)
        detail = ", ".join(part for part in parts if part and part != title)
        return Line(id_, title, detail, "person" if person.name or person.me else "people", ("look", "Check before you send", "look") if person.check else None)

    def show_thing(self, what: object) -> None:
        """Show one person."""
        self.list.choose(int(str(what)))

    def _show(self, id_: object) -> None:
        person = self.people.get(id_)
        if person is None:
            return
        self.person = person
        self.form_title.say(self._line(id_, person).title)
        for name, field in self.fields.items():
            if not field.hasFocus():
                field.setText(getattr(person, name))
        for name, box in self.boxes.items():
            if not box.hasFocus():
                box.setPlainText(getattr(person, name))
        self.never.setChecked(person.id in people.never_shown(self.case.store))
        self.relation.setVisible(person.me)
        self.check.setVisible(bool(person.check))
        self.check.say("look", f"Check before you send: {person.check}" if person.check else "", "look")
        self.check_words.say("The program does not know this for certain. Look at the latest letter or the website." if person.check else "")
        self.done.setVisible(bool(person.check))
        self.remove.setVisible(not person.me)

    def _typed(self) -> Contact | None:
        if self.person is None:
            return None
        words = {name: field.text().strip() for name, field in self.fields.items()}
        words |= {name: "\n".join(line.strip() for line in box.text().splitlines()).strip() for name, box in self.boxes.items()}
        return replace(self.person, **words)  # type: ignore[arg-type]

    def _keep(self) -> None:
        typed = self._typed()
        if typed is None or typed == self.person or (typed.id is None and typed == Contact(None, me=True)):
            return
        self.person = self.case.do(lambda: people.save(self.case.store, typed), "The details are saved.") or self.person

    def hideEvent(self, event: object) -> None:
        """Leaving the screen keeps what was typed."""
        if self.case.store.db is not None and not self.case.store.read_only:
            self._keep()
        super().hideEvent(event)  # type: ignore[arg-type]

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab keeps what was typed in the boxes as well."""
        self._keep()
        return super().focusNextPrevChild(forward)

    def _never(self) -> None:
        self._keep()
        person = self.person
        if person is not None and person.id is not None:
            words = "Never shown in a bundle now." if self.never.isChecked() else "May be shown in a bundle now."
            self.case.do(lambda: people.show_never(self.case.store, person.id or 0, self.never.isChecked()), words)

    def _checked(self) -> None:
        typed = self._typed()
        if typed is not None:
            self.case.do(lambda: people.save(self.case.store, replace(typed, check="")), "Marked as checked.")

    def _add(self) -> None:
        made = self.case.do(lambda: people.save(self.case.store, Contact(None, organisation=self.case.child.council)), "A person is added.")
        if made is not None:
            self.list.choose(made.id)
            self.fields["name"].setFocus()

    def _add_me(self) -> None:
        made = self.case.do(lambda: people.save(self.case.store, Contact(None, me=True)), "You are added.")
        if made is not None:
            self.list.choose(made.id)
            self.fields["name"].setFocus()

    def _remove(self) -> None:
        person = self.person
        if person is not None and person.id is not None:
            self.person = None
            self.case.do(lambda: people.remove_contact(self.case.store, person.id or 0), "The person is removed.")
