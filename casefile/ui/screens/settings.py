"""Settings: text, colours, what the case is called, where it lies. Each change acts at once."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casefile import __version__
from casefile.domain.dates import in_words
from casefile.domain.people import STANDS, Child
from casefile.library.directory import CREDIT
from casefile.services import case as cases
from casefile.services import people
from casefile.settings import FONTS, SIZES, SPACINGS, Settings, load
from casefile.ui.form import DateField, Field, Form, PickField
from casefile.ui.law_pack import LawCard
from casefile.ui.parts import Button, Card, Check, Choice, Columns, Fold, stack, wrapping
from casefile.ui.screen import Screen
from casefile.ui.text import Status, Words, faint, heading

_THEMES = (("system", "As the computer is set"), ("light", "Light"), ("cream", "Cream"), ("dark", "Dark"), ("contrast", "High contrast"))
_FONTS = tuple((font, "The computer’s own" if font == "system" else font) for font in FONTS)
_SPACES = tuple((value, {0: "As designed", 4: "A little more", 8: "More"}[value]) for value in SPACINGS)


class SettingsScreen(Screen):
    """How the window looks, and what is known of the case itself."""

    name, title, icon = "settings", "Settings", "settings"
    purpose = "Each change acts at once. You can change it back at any time."
    watches = frozenset({"child", "contact", "law"})

    def build(self) -> None:
        """Two columns: the look, and the case."""
        self.head()
        self.settings = load()
        self.wanted: QWidget | None = None
        left, right = QWidget(), QWidget()
        left.setLayout(stack(self._look(), self._private(), -1, space=16))
        right.setLayout(stack(self._child(), self._terms(), self._case(), self._law(), self._about(), -1, space=16))
        self.columns = Columns((left, 380, 0), (right, 380, 0), space=20)
        self.body.addWidget(self.columns)
        self.body.addStretch(1)

    def first(self) -> QWidget | None:
        """The colours, or the field one came for."""
        wanted, self.wanted = self.wanted, None
        return wanted or self.theme

    def show_thing(self, what: object) -> None:
        """Come for the date of birth that a date is waiting for."""
        self.wanted = self.born.edit if what == "born" else None

    def panes(self) -> list[QWidget]:
        """The look, what is remembered, the child, the case."""
        return [self.theme, self.remember, self.child_name, self.check]

    def _look(self) -> QWidget:
        self.theme = Choice("Colours", _THEMES, self.settings.theme)
        self.text_size = Choice("Text size", [(size, f"{size} %") for size in SIZES], self.settings.text_size)
        self.letters_font = Choice("Letters", _FONTS, self.settings.font)
        self.space = Choice("Space between letters", _SPACES, self.settings.spacing)
        for choice, name in ((self.theme, "theme"), (self.text_size, "text_size"), (self.letters_font, "font"), (self.space, "spacing")):
            choice.activated.connect(lambda _index, choice=choice, name=name: self._apply(**{name: choice.value()}))
        form = Form()
        form.row("Colours", self.theme)
        form.row("Text size", self.text_size)
        form.row("Letters", self.letters_font)
        form.row("Space between letters", self.space)
        return Card(heading("Text and colours"), 4, form)

    def _private(self) -> QWidget:
        self.remember = Check("List the cases I opened on the first page", self.settings.remember)
        self.remember.clicked.connect(lambda on: self._apply(remember=on, **({} if on else {"recent": ()})))
        self.letters = Check("Single letters act in lists, such as E or L", self.settings.letter_keys)
        self.letters.clicked.connect(lambda on: self._apply(letter_keys=on))
        return Card(heading("Keys and traces"), 4, self.remember, self.letters)

    def _apply(self, **changes: object) -> None:
        self.settings = replace(load(), **changes)  # type: ignore[arg-type]
        self.open_requested.emit("apply-settings", self.settings)
        assert isinstance(self.settings, Settings)

    def _child(self) -> QWidget:
        self.child_name, self.known_as, self.school, self.strengths, self.reference, self.nickname = (Field() for _ in range(6))
        self.born = DateField("Date of birth", lambda: self.case.today)
        self.council = PickField("Council", self._councils)
        self.council.chosen.connect(self._chose)
        self.stands = Choice("Where things stand", [("", "Not said"), *STANDS.items()])
        self.stands.activated.connect(lambda _: self._keep())
        form = Form()
        form.row("Child’s full name", self.child_name)
        form.row("Name shown on screen", self.known_as)
        form.row("A line about your child", self.strengths, "For example: loves drums and maps. It stands under the name.", optional="if you like")
        form.row("Date of birth", self.born)
        form.row("Council", self.council)
        form.row("The council’s reference", self.reference, "It stands at the top of the council’s letters.")
        form.row("School, nursery or college", self.school)
        form.row("Where things stand", self.stands)
        form.row("What the case is called", self.nickname, "It stands in the window’s title.")
        for field in (self.child_name, self.known_as, self.strengths, self.reference, self.school, self.nickname):
            field.editingFinished.connect(self._keep)
        self.born.edit.editingFinished.connect(self._keep)
        return Card(heading("Your child and the case"), 4, form)

    def _councils(self, typed: str) -> list[tuple[object, str]]:
        return [(council.slug, council.name) for council in people.councils(self.case.library, typed)]

    def _chose(self, slug: object) -> None:
        council = self.case.library.directory.council(str(slug)) if slug else None
        if council is not None:
            self.case.do(lambda: people.choose_council(self.case.store, self.case.library, council), "The council is changed.")

    def _keep(self) -> None:
        before = self.case.child
        after: Child = replace(
            before, name=self.child_name.text().strip(), known_as=self.known_as.text().strip(), strengths=self.strengths.text().strip(),
            born=before.born if self.born.wrong() else self.born.value(), reference=self.reference.text().strip(),
            school=self.school.text().strip(), nickname=self.nickname.text().strip() or "My case", stands=str(self.stands.value()),
        )  # fmt: skip
        if after != before:
            self.case.do(lambda: cases.set_child(self.case.store, after, today=self.case.today), "The details are changed.")

    def _terms(self) -> QWidget:
        open_ = Button("School holidays", lambda: self.open_requested.emit("terms", None), icon="deadlines")
        return Card(heading("When the school is shut"), faint("Some time limits count school days, or allow for long closures."), wrapping(open_, -1))

    def _law(self) -> QWidget:
        self.law = LawCard(self.case)
        return self.law

    def _case(self) -> QWidget:
        self.where = Words("", measure=0)
        self.check = Button("Check the case now", self._check)
        self.sound = Status("done", "", "done")
        self.sound.setVisible(False)
        self.found = faint("")
        self.found.hide()
        other = Button("Leave this case", lambda: self.open_requested.emit("start", None), icon="folder")
        text = "Every original is kept as it came. The check reads each one again and compares it."
        return Card(heading("Where it lies"), self.where, faint(text), 4, wrapping(self.check, other, -1), self.sound, self.found)

    def _check(self) -> None:
        self.case.run("Checking the case", lambda progress: cases.check(self.case.store, progress), self._checked)

    def _checked(self, result: cases.Verification) -> None:
        papers = f"{result.documents} papers and {result.record_entries} entries of the record were read."
        if result.ok:
            self.sound.say("done", "Everything is as it was added", "done")
            self.found.say(f"{papers} The seal of the record is {result.seal}.")
        else:
            self.sound.say("warn", f"{len(result.problems)} things are not as they were", "error")
            self.found.say("\n".join(f"{problem.where}: {problem.what}" for problem in result.problems[:20]) + "\nNothing was repaired or removed. Restore a copy into a new folder.")

    def _about(self) -> QWidget:
        from casefile.services.about import database_version

        inside = QWidget()
        checked = in_words(self.case.library.law_checked)
        lines = (
            f"Casefile {__version__}, with SQLite {database_version(self.case.store)}. The law in it was last checked on {checked}.",
            "It gives the law and its source, so that you can ask the right body in the right order. It cannot know your whole case, and it is not a lawyer.",
            "No program can protect you from spyware, or from someone who knows how to open this computer. If you are not safe at home, the National Domestic Abuse Helpline is on 0808 2000 247, free and at any hour.",
            CREDIT,
        )  # fmt: skip
        inside.setLayout(stack(*(faint(entry) for entry in lines), space=10))
        return Card(Fold("About Casefile", inside))

    def refresh(self) -> None:
        """Show the case’s details as they are now. A field that is being typed in is left alone."""
        child = self.case.child
        for field, value in (
            (self.child_name, child.name), (self.known_as, child.known_as), (self.strengths, child.strengths), (self.reference, child.reference),
            (self.school, child.school), (self.nickname, child.nickname), (self.council.edit, child.council),
        ):  # fmt: skip
            if not field.hasFocus():
                field.setText(value)
        if not self.born.edit.hasFocus():
            self.born.put(child.born)
        self.stands.choose(child.stands)
        self.law.refresh()
        folder: Path = self.case.store.folder
        self.where.say(f"In the folder “{folder.name}”.")
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
