"""Case text is text: raw labels, rich text and message boxes stand nowhere, and markup shows letter for letter."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

import casefile.ui
from casefile.domain.people import Contact
from casefile.services import people
from casefile.store.store import Store
from casefile.ui.text import Words
from tests.ui.conftest import MakeWindow

FILES = sorted(Path(casefile.ui.__file__).parent.rglob("*.py"))
RAW = {"QLabel", "QMessageBox", "QToolTip", "QTextBrowser", "QListWidget", "QTableWidget", "QTreeWidget", "QSystemTrayIcon", "QErrorMessage", "QWhatsThis"}
CALLS = {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "setToolTip", "setStatusTip", "setWhatsThis", "setOpenExternalLinks"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_only_our_own_kinds_show_text(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert name not in RAW, f"{path.name}:{node.lineno} makes a {name}"
            assert name not in CALLS, f"{path.name}:{node.lineno} calls {name}"
    if path.name not in ("text.py", "style.py"):
        assert "QLabel" not in path.read_text("utf-8"), path.name


def test_markup_shows_letter_for_letter(store: Store, make_window: MakeWindow) -> None:
    typed = "<b>Mrs</b> <img src='file:///etc/passwd'> &amp; {{x}}"
    with store.action("test"):
        store.add(Contact(None, typed, organisation="x"))
    window = make_window(store, place="people")
    screen = window.case_page.screen_of("people")
    made = next(person for person in people.contacts(store) if person.name == typed)
    screen.show_thing(made.id)
    shown = [words for words in window.findChildren(Words) if words.text() == typed]
    assert shown and all(words.textFormat() == Qt.TextFormat.PlainText for words in shown)
    assert screen.fields["name"].text() == typed


def test_the_height_of_words_follows_their_text_and_font(make_window: MakeWindow) -> None:
    """Heights are kept for each width; other words, or the same in another font, are laid out anew."""
    make_window()
    words = Words("The council must tell you within six weeks. " * 6)
    tall = words.heightForWidth(300)
    assert words.heightForWidth(300) == tall > words.heightForWidth(900)
    words.say("Within six weeks.")
    low = words.heightForWidth(300)
    assert low < tall
    font = words.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    words.setFont(font)
    assert words.heightForWidth(300) > low * 1.5
    bold = "The council must tell you within six weeks. " * 20
    words.say(bold)
    plain = words.heightForWidth(300)
    words.say(bold, spans=((0, len(bold), "bold"),))
    assert words.heightForWidth(300) != plain, "bold words are wider"
    words.deleteLater()
