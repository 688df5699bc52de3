"""The only modal windows: a form, an error, a question in words, choosing files. One level, Esc closes and keeps."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QLayout, QWidget

from casefile.errors import CaseFileError
from casefile.ui.parts import Button, line, row, scrolling, stack, wrapping
from casefile.ui.text import Icon, Words, faint, heading
from casefile.ui.theme import DIALOG, look

WIDTH = 584


def wide_of(parent: QWidget) -> int:
    """How wide a dialog over ``parent`` is, in pixels."""
    space = QGuiApplication.primaryScreen().availableGeometry()
    return min(look.px(WIDTH), space.width(), max(parent.window().width() - 40, 300))


class Dialog(QDialog):
    """A window over the window: a title, one sentence, what is asked, and the main button at the lower left.

    Ctrl+Enter presses the main button. ``accepted_by`` may refuse (give back False) to keep it open.
    """

    def __init__(
        self, parent: QWidget, title: str, sentence: str, inside: QWidget | QLayout | None, main: str,
        *, other: str = "Cancel", keys: str = "", right: QWidget | None = None, accepted_by: Callable[[], bool] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent.window(), Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAccessibleName(title)
        self.setWindowTitle("Casefile")
        self.accepted_by = accepted_by
        self.main = Button(main, self.finish, kind="main", keys=keys)
        buttons = wrapping(self.main, *([Button(other, self.reject)] if other else []), -1)
        if right is not None:
            buttons.addWidget(right)
        content = QWidget()
        content.setObjectName("body")
        parts: list[QWidget | QLayout | int] = [heading(title, DIALOG)]
        if sentence:
            parts.append(faint(sentence))
        if inside is not None:
            parts += [4, inside]
        parts += [8, -1, line(), 4, buttons]
        content.setLayout(stack(*parts, space=8, margins=(28, 24, 28, 22)))
        self.area = scrolling(content)
        self.setLayout(stack(self.area, space=0))
        window = parent.window().size()
        wide = wide_of(parent)
        self.setFixedWidth(wide)
        high = content.layout().totalHeightForWidth(wide - 2)
        self.setFixedHeight(min(max(high, content.sizeHint().height()) + 4, max(window.height() - 20, 300)))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.finish)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self.finish)

    def finish(self) -> None:
        """The main button: close with yes, unless ``accepted_by`` says there is something to mend."""
        if self.accepted_by is None or self.accepted_by():
            self.accept()

    def grow(self) -> None:
        """Fit what is now inside, after a part of it appeared or went."""
        content = self.area.widget()
        content.layout().activate()
        high = max(content.layout().totalHeightForWidth(self.width() - 2), content.sizeHint().height())
        self.setFixedHeight(min(high + 4, max(self.parentWidget().window().height() - 20, 300)))

    def exec(self) -> int:
        """Show it over a dimmed window; returns 1 for yes, 0 for no."""
        shade = QFrame(self.parentWidget())
        shade.setStyleSheet("background: rgba(0, 0, 0, 90);")
        shade.setGeometry(self.parentWidget().rect())
        shade.show()
        corner = self.parentWidget().mapToGlobal(self.parentWidget().rect().center())
        self.move(corner.x() - self.width() // 2, max(0, corner.y() - self.height() // 2))
        try:
            return super().exec()
        finally:
            shade.hide()
            shade.deleteLater()


def ask(parent: QWidget, title: str, sentence: str, yes: str, no: str = "Cancel") -> bool:
    """A question in words; True for the main button."""
    return bool(Dialog(parent, title, sentence, None, yes, other=no).exec())


def tell(parent: QWidget, title: str, sentence: str, button: str = "Close") -> None:
    """Something to know."""
    Dialog(parent, title, sentence, None, button, other="").exec()


def show_error(parent: QWidget, problem: CaseFileError) -> None:
    """What happened, what is safe, what to do."""
    inside = row(Icon("warn", "error", 24), Words(problem.message), space=12)
    inside.setStretch(1, 1)
    inside.setAlignment(Qt.AlignmentFlag.AlignTop)
    Dialog(parent, "That did not work", "", stack(inside, Words(problem.advice)) if problem.advice else inside, "Close", other="").exec()


def show_bug(parent: QWidget, details: str) -> None:
    """A mistake of ours: the case is safe, and the details can be copied."""
    from casefile.ui.form import TextBox

    box = TextBox(details, lines=6)
    box.setReadOnly(True)
    box.setAccessibleName("Details for whoever helps you")

    def copy() -> None:
        QGuiApplication.clipboard().setText(details)

    Dialog(
        parent, "Something in the program went wrong", "Your case is safe: everything you had saved is still there. You can go on working.",
        stack(faint("The details below hold no names and no text of yours."), box, Button("Copy the details", copy)), "Close", other="",
    ).exec()  # fmt: skip


def choose_files(parent: QWidget, title: str) -> list[Path]:
    """Let the parent choose files; an empty list when nothing was chosen."""
    found, _ = QFileDialog.getOpenFileNames(parent, title)
    return [Path(entry) for entry in found]


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Let the parent choose a folder; None when nothing was chosen."""
    found = QFileDialog.getExistingDirectory(parent, title)
    return Path(found) if found else None


def choose_target(parent: QWidget, title: str, name: str, endings: Sequence[tuple[str, str]]) -> Path | None:
    """Let the parent choose where a file is written; ``endings`` are (ending, words), and a name without one gets the first.

    None when nothing was chosen.
    """
    filters = ";;".join(f"{words} (*.{ending})" for ending, words in endings)
    found, _ = QFileDialog.getSaveFileName(parent, title, name, filters)
    if not found:
        return None
    path = Path(found)
    return path if path.suffix else path.with_suffix(f".{endings[0][0]}")
