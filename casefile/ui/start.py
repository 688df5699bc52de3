"""The first page, and the pages that make a case: four questions, each of which can be skipped."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QStackedWidget, QWidget

from casefile.domain.people import STANDS, Child
from casefile.errors import CaseFileError
from casefile.progress import Progress
from casefile.store.files import free_name, safe_name
from casefile.ui.dialogs import choose_folder, show_error
from casefile.ui.form import DateField, Field, Form, PickField
from casefile.ui.parts import Button, Card, header, line, row, scrolling, stack, wrapping
from casefile.ui.steps import Steps
from casefile.ui.text import Icon, Words, faint, heading, strong
from casefile.ui.theme import LEAD, PAGE, look

if TYPE_CHECKING:
    from casefile.ui.window import Window


def home_folder() -> Path:
    """Where cases are kept unless the parent says otherwise: a folder of its own among the documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "Casefile"


SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud")


def synced(folder: Path) -> bool:
    """Whether a folder seems to be copied to other computers by a service, or lies on a network."""
    words = str(folder).lower()
    return words.startswith(("\\\\", "//")) or any(name in part for part in words.replace("\\", "/").split("/") for name in SYNCED)


class StartPage(QWidget):
    """Make a case, open one, or look round the sample. Cases opened before are listed unless that is turned off."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self.window_ = window
        self.setObjectName("neutral")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.new = Button("Make a new case", self._new, icon="plus", kind="main")
        open_ = Button("Open a case", self._open, icon="folder")
        sample = Button("Look round the sample case", self._sample, kind="link")
        parts: list = [
            heading("Casefile", PAGE), Words("Keep your child’s plan, the letters and the dates in one place."), 8,
            wrapping(self.new, open_, -1), sample,
        ]  # fmt: skip
        recent = [Path(entry) for entry in window.settings.recent if (Path(entry) / "case.db").is_file()]
        if recent:
            parts += [8, line(), 4, heading("Opened before")]
            for folder in recent:
                parts.append(Button(folder.name, partial(window.open_folder, folder), icon="folder", kind="place"))
        parts += [8, line(), 4]
        for words in ("Everything stays on this computer. Nothing is sent.", "The papers you add are copied. Yours stay as they are.",
                      "It gives the law and its source. It is not a lawyer."):  # fmt: skip
            parts.append(row(Icon("done", "accent"), Words(words), -1))
        card = Card(*parts, space=10, margin=32)
        card.setMaximumWidth(look.px(640))
        content = QWidget()
        content.setLayout(stack(-1, row(-1, card, -1), -1, margins=(20, 20, 20, 20)))
        content.setObjectName("neutral")
        self.setLayout(stack(scrolling(content), space=0))

    def first(self) -> QWidget:
        """The button that makes a case."""
        return self.new

    def _new(self) -> None:
        self.window_._put(NewCase(self.window_))

    def _open(self) -> None:
        folder = choose_folder(self, "Choose the folder of the case")
        if folder is not None:
            self.window_.open_folder(folder)

    def _sample(self) -> None:
        self.window_._put(MakingSample(self.window_))


class MakingSample(QWidget):
    """Makes the sample case with progress, then opens it."""

    def __init__(self, window: "Window") -> None:
        from casefile.ui.bars import ProgressPanel

        super().__init__()
        self.window_ = window
        self.panel = ProgressPanel()
        card = Card(heading("Making the sample case", LEAD), faint("Everyone in it is invented. It takes a few seconds."), 4, self.panel, margin=32)
        card.setFixedWidth(look.px(560))
        self.setObjectName("neutral")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(stack(-1, row(-1, card, -1), -1))
        job = window.jobs.start("Reading the sample’s papers", self._work, self._done, self._failed)
        self.panel.follow(job)
        self.panel.detail.say("Then the case opens by itself.")

    def first(self) -> QWidget:
        """The button that stops it."""
        return self.panel.stop

    def _work(self, progress: Progress) -> object:
        from casefile.library import load
        from casefile.services.sample import make_sample

        return make_sample(free_name(home_folder() / "Sample case"), load(), progress, now=self.window_.clock())

    def _done(self, store: object) -> None:
        self.window_.take(store)

    def _failed(self, problem: BaseException) -> None:
        self.window_.show_start()
        if isinstance(problem, CaseFileError):
            show_error(self.window_, problem)
        elif isinstance(problem, Exception):
            raise problem


class NewCase(QWidget):
    """Four questions, one to a page, and where to keep the answers. Each can be skipped and filled in another day."""

    TITLES = ("Your child", "Born", "Council", "So far", "Keep it")

    def __init__(self, window: "Window") -> None:
        from casefile.library import load

        super().__init__()
        self.window_, self.library = window, load()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.step, self.reached = 0, 0
        self.slug = ""
        head, self.title, self.purpose = header("Make a new case", "")
        self.steps = Steps(self.TITLES, self.go)
        self.pages = QStackedWidget()
        self.firsts: list[QWidget] = []
        for make in (self._name_page, self._born_page, self._council_page, self._stands_page, self._folder_page):
            self.pages.addWidget(scrolling(make()))
        self.back = Button("Back", lambda: self.go(self.step - 1) if self.step else self.window_.show_start())
        self.skip = Button("Skip this", lambda: self.go(self.step + 1))
        self.next = Button("Next", self._next, kind="main")
        buttons = row(self.back, self.next, self.skip, -1)
        inner = QWidget()
        inner.setLayout(stack(head, self.steps, 6, self.pages, buttons, space=14))
        inner.setMaximumWidth(look.px(820))
        layout = row(-1, inner, -1, margins=(32, 28, 32, 24))
        layout.setStretch(1, 6)
        self.setLayout(layout)
        self.go(0)

    def _page(self, title: str, hint: str, form: Form, first: QWidget) -> QWidget:
        made = QWidget()
        made.setObjectName("body")
        made.setLayout(stack(heading(title, LEAD), faint(hint), 6, form, -1, space=8, margins=(6, 6, 6, 6)))
        self.firsts.append(first)
        return made

    def _name_page(self) -> QWidget:
        self.name, self.known_as, self.me = Field(), Field(), Field()
        form = Form()
        form.row("Your child’s full name", self.name, "It stands in your letters, never in the window’s title.")
        form.row("The name to show on screen", self.known_as, "For example a first name.", optional="if you like another")
        form.row("Your own name", self.me, "It stands at the end of your letters.")
        return self._page("Who is the case about?", "You can change every answer later.", form, self.name)

    def _born_page(self) -> QWidget:
        self.born = DateField("Date of birth", lambda: self.window_.clock().date())
        form = Form()
        form.row("Date of birth", self.born, "Some limits in the law depend on age. Type it as you say it: 14 May 2017.")
        return self._page("When was your child born?", "The day, the month and the year.", form, self.born.edit)

    def _council_page(self) -> QWidget:
        self.council = PickField("Council", self._councils)
        self.council.chosen.connect(self._chose_council)
        self.council_note = faint("")
        self.council_note.hide()
        self.school = Field()
        form = Form()
        form.row("Council", self.council, "Start typing. A former name works too. It is the council where your child lives.")
        form.add(self.council_note)
        form.row("School, nursery or college", self.school, optional="if there is one")
        return self._page("Which council is responsible?", "Its offices are filled in for you, to be checked before you write.", form, self.council.edit)

    def _councils(self, typed: str) -> list[tuple[object, str]]:
        return [(council.slug, council.name) for council in self.library.directory.find(typed)]

    def _chose_council(self, slug: object) -> None:
        self.slug = str(slug or "")
        found = self.library.directory.council(self.slug)
        self.council_note.say(found.note if found else "")

    def _stands_page(self) -> QWidget:
        self.stands = QButtonGroup(self)
        form = Form()
        form.column.setSpacing(look.gap(4))
        for name, words in STANDS.items():
            button = QRadioButton(words)
            button.setFont(look.font())
            button.setAccessibleName(words)
            button.setProperty("stands", name)
            self.stands.addButton(button)
            form.add(button)
        return self._page("Where do things stand?", "One answer is enough. Your papers will show the rest.", form, self.stands.buttons()[0])

    def _folder_page(self) -> QWidget:
        self.nickname = Field("My case")
        self.folder = Field(str(home_folder()))
        self.folder_note = Words("", role="look")
        self.folder_note.hide()
        self.folder.textChanged.connect(lambda _: self._look_at_folder())
        form = Form()
        form.row("What to call the case", self.nickname, "This name stands in the window’s title and on the folder. Leave out your child’s name if others use this computer.")
        form.row("Keep it in this folder", self.folder)
        form.column.addLayout(row(Button("Choose another folder", self._choose_folder, icon="folder"), -1))
        form.add(self.folder_note)
        form.add(row_widget(strong("There is no passphrase yet."), faint("Anyone who can use this computer could open the case.")))
        self._look_at_folder()
        return self._page("Where shall it be kept?", "A new folder is made there. It is never sent anywhere.", form, self.nickname)

    def _choose_folder(self) -> None:
        found = choose_folder(self, "Keep the case in")
        if found is not None:
            self.folder.setText(str(found))

    def _look_at_folder(self) -> None:
        warning = (
            "This folder seems to be copied to other computers by a service. Two computers must not change a case at once. "
            "Choose a folder on this computer if you can."
        )
        self.folder_note.say(warning if synced(Path(self.folder.text())) else "")

    def go(self, step: int) -> None:
        """Go to a page; what was typed stays."""
        if step >= len(self.TITLES):
            self._make()
            return
        self.step, self.reached = step, max(self.reached, step)
        self.pages.setCurrentIndex(step)
        self.steps.show_step(step, self.reached)
        self.purpose.say(f"{self.steps.sentence(step)}. You can skip any question.")
        last = step == len(self.TITLES) - 1
        self.next.setText("Make the case" if last else "Next")
        self.next.setAccessibleName(self.next.text())
        self.skip.setVisible(not last)
        self.firsts[step].setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """The first question."""
        return self.firsts[self.step]

    def _next(self) -> None:
        if self.step == 1 and self.born.wrong():
            self.born.edit.setFocus()
            return
        self.go(self.step + 1)

    def child(self) -> Child:
        """The answers so far."""
        chosen = self.stands.checkedButton()
        council = self.council.edit.text().strip()
        return Child(
            name=self.name.text().strip(), known_as=self.known_as.text().strip(), born=self.born.value(), council=council,
            school=self.school.text().strip(), nickname=self.nickname.text().strip() or "My case",
            stands=str(chosen.property("stands")) if chosen else "",
        )  # fmt: skip

    def _make(self) -> None:
        from casefile.domain.people import Contact
        from casefile.services import case, people

        child = self.child()
        folder = free_name(Path(self.folder.text().strip() or home_folder()) / safe_name(child.nickname))
        try:
            store = case.create(folder, child, self.library, council_slug=self.slug, now=self.window_.clock())
            if self.me.text().strip():
                people.save(store, Contact(None, self.me.text().strip(), me=True))
            store.forget_undo()
            store.take_touched()
        except CaseFileError as problem:
            show_error(self, problem)
            return
        self.window_.take(store)


def row_widget(*parts: QWidget) -> QWidget:
    """A few lines as one part of a form."""
    made = QWidget()
    made.setLayout(stack(*parts, space=2))
    return made
