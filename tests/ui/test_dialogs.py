"""The windows over the window: each opens, fits, is named, says what is wrong, and does what it says."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from casefile.domain.documents import Document
from casefile.errors import NoSpace
from casefile.services import diary, documents, timeline
from casefile.services.importing import ImportReport, ImportRow
from casefile.store.store import Store
from casefile.ui.dialogs import Dialog, show_error
from casefile.ui.empty_bin import confirm_emptying
from casefile.ui.happened import HappenedDialog
from casefile.ui.import_report import ReportDialog
from casefile.ui.log import LogDialog, promised_day
from casefile.ui.note import NoteDialog
from casefile.ui.sort_dialog import SortDialog
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, picture, settle, type_into
from tests.ui.test_every_screen import focusable


def seen(dialog: Dialog, name: str) -> None:
    """Show a dialog, look at it, and check that it fits and every control is named."""
    dialog.show()
    settle()
    picture(dialog, f"dialog-{name}")
    assert dialog.width() <= 1280 and dialog.height() <= 720
    assert dialog.area.widget().width() <= dialog.area.viewport().width(), "something in it is wider than the window"
    for widget in focusable(dialog):
        assert widget.accessibleName(), type(widget).__name__


@pytest.mark.parametrize("size", [100, 200])
def test_quick_entry_reads_the_promise_back_and_is_kept_as_typed(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, size=size)
    dialog = LogDialog(window, window.case)
    type_into(dialog.who.edit, "Mrs Hale")
    type_into(dialog.said, "The therapist is off sick. “We don’t know yet who will cover.”")
    type_into(dialog.promised, "She will write to me by Friday")
    seen(dialog, f"log-{size}")
    assert dialog.day_words.text() == "Friday 27 November 2026"
    dialog.reject()
    again = LogDialog(window, window.case)
    assert again.promised.text() == "She will write to me by Friday", "an unfinished entry is kept"
    before = len(timeline.events_of(sample))
    again.finish()
    made = timeline.events_of(sample)
    assert len(made) == before + 2 and again.result() == 1
    assert {event.kind for event in made if event.on >= dt.date(2026, 11, 24)} >= {"call", "promise"}
    assert diary.unfinished(sample) is None


def test_an_entry_without_words_is_refused_in_words(store: Store, make_window: MakeWindow) -> None:
    window = make_window(store)
    dialog = LogDialog(window, window.case)
    dialog.finish()
    assert "Nothing was written yet" in dialog.problem.text() and timeline.events_of(store) == []
    type_into(dialog.said, "x")
    dialog.on.edit.setText("31 November")
    dialog.finish()
    assert timeline.events_of(store) == []


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("She will write to me by Friday", dt.date(2026, 11, 27)), ("an answer by 3 December 2026.", dt.date(2026, 12, 3)),
        ("by tomorrow", dt.date(2026, 11, 25)), ("soon", None), ("They looked at it on 3 May 2020", None),
    ],
)  # fmt: skip
def test_the_day_of_a_promise(words: str, day: dt.date | None) -> None:
    assert promised_day(words, TODAY) == day


@pytest.mark.parametrize("size", [100, 200])
def test_saying_what_happened(size: int, store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, size=size)
    dialog = HappenedDialog(window, window.case)
    dialog.finish()
    assert "Choose what happened" in dialog.problem.text()
    type_into(dialog.what.edit, "request assess")
    assert dialog.what.list.lines
    wanted = next(line for line in dialog.what.list.lines if line.id == "ehcna_request_received")
    dialog.what._take(wanted.id)
    type_into(dialog.day.edit, "7 September 2026")
    seen(dialog, f"happened-{size}")
    dialog.finish()
    assert [(event.kind, event.on) for event in timeline.events_of(store)] == [("ehcna_request_received", dt.date(2026, 9, 7))]


def test_what_happened_can_be_corrected(store: Store, make_window: MakeWindow) -> None:
    from casefile.domain.events import Event

    event = timeline.record(store, Event(None, "ehcna_request_received", dt.date(2026, 9, 7)))
    window = make_window(store, place="timeline")
    dialog = HappenedDialog(window, window.case, event)
    dialog.day.edit.setText("8 September 2026")
    dialog.finish()
    assert timeline.events_of(store)[0].on == dt.date(2026, 9, 8)
    window._undo()
    assert timeline.events_of(store)[0].on == dt.date(2026, 9, 7)


def test_a_call_can_be_corrected(store: Store, make_window: MakeWindow) -> None:
    window = make_window(store)
    event = diary.log(store, diary.Entry("call", "today", "Mr Price", "Nothing new"), TODAY)
    dialog = NoteDialog(window, window.case, event)
    dialog.words.setPlainText("With Mr Price. Said: nothing new.")
    dialog.day.edit.setText("early November")
    seen(dialog, "note")
    dialog.finish()
    kept = timeline.events_of(store)[0]
    assert kept.certainty == "approximate" and kept.note.endswith("nothing new.")


@pytest.mark.parametrize("size", [100, 200])
def test_changing_what_a_paper_is(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, size=size, place="documents")
    screen = window.case_page.screen_of("documents")
    paper = sample.find(Document, state="unsorted")[0]
    dialog = SortDialog(screen, window.case, paper, documents.suggestion_of(sample, paper.id or 0), screen.sort_panel.file)
    screen.sort_panel.paper = paper
    dialog.name.setText("Renamed")
    dialog.kind.choose("letter")
    dialog.dated.edit.setText("31 November")
    seen(dialog, f"sort-{size}")
    dialog.finish()
    assert dialog.result() == 0, "a date that is no date is not taken"
    dialog.dated.edit.setText("early November 2026")
    dialog.finish()
    kept = documents.document(sample, paper.id or 0)
    assert (kept.title, kept.kind, kept.state, kept.dated_precision) == ("Renamed", "letter", "filed", "month")


def test_the_report_names_what_could_not_be_read(store: Store, make_window: MakeWindow) -> None:
    window = make_window(store)
    rows = (ImportRow("a.pdf", "added", 1), ImportRow("b.pdf", "unreadable", 2, "It could not be read: it is damaged."), ImportRow("c", "skipped", None, "It is a link."))
    dialog = ReportDialog(window, ImportReport(rows))
    seen(dialog, "report")
    assert [line.title for line in dialog.list.lines if not line.group] == ["b.pdf", "c", "a.pdf"]


def test_an_error_says_what_happened_what_is_safe_and_what_to_do(store: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window(store)
    shown: list[Dialog] = []

    def look_at(self: Dialog) -> int:
        seen(self, "error")
        shown.append(self)
        self.reject()
        return 0

    monkeypatch.setattr(Dialog, "exec", look_at)
    show_error(window, NoSpace("Your case is safe. The PDF was not made because the disk is full.", "Free some space, or choose another folder."))
    window.show_bug(ValueError("secret words"))
    assert len(shown) == 2
    from casefile.ui.form import TextBox

    assert all("secret" not in box.text() for box in shown[1].findChildren(TextBox)), "details hold no text of the case"


def test_only_emptying_the_bin_asks_and_wants_a_word(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window(sample, place="documents")
    typed = ["", "empty"]

    def answer(self: Dialog) -> int:
        from casefile.ui.form import Field

        self.findChild(Field).setText(typed.pop(0))
        self.finish()
        return self.result()

    monkeypatch.setattr(Dialog, "exec", answer)
    assert not confirm_emptying(window, 2)
    assert confirm_emptying(window, 2)


def test_keys_work_everywhere(sample: Store, make_window: MakeWindow, qtbot: object) -> None:
    window = make_window(sample)
    window.activateWindow()
    page = window.case_page

    def press(key: Qt.Key, mod: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier, on: QWidget | None = None) -> None:
        QTest.keyClick(on or window, key, mod)
        settle()

    for number, (name, _, _) in enumerate(page.places):
        press(Qt.Key(Qt.Key.Key_0 + (number + 1) % 10))
        assert page.place == name
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_K)
    assert page.search.hasFocus()
    type_into(page.search, "therapy")
    settle()
    assert page.place == "find" and page.screen_of("find").list.lines
    press(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert page.place == "today"
    press(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    assert page.place == "help"
    press(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    press(Qt.Key.Key_L)
    assert window.case is None and window.hidden_case is not None
    window.come_back()
    assert window.case is not None and window.case_page.place == "today"


def test_letters_act_in_the_list_of_papers_to_sort(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="documents")
    screen = window.case_page.screen_of("documents")
    first = screen.list.current()
    screen.list.setFocus()
    QTest.keyClick(screen.list, Qt.Key.Key_L)
    settle()
    assert screen.list.current() != first
    assert documents.unsorted(sample)[-1].id == first, "left papers wait at the end"


def test_a_larger_text_builds_the_window_anew_in_the_same_place(sample: Store, make_window: MakeWindow) -> None:
    from dataclasses import replace

    window = make_window(sample, place="people")
    window.change_settings(replace(window.settings, text_size=200, theme="dark"))
    settle()
    assert window.case_page.place == "people" and not window.case_page.sidebar.isVisible()
    window.change_settings(replace(window.settings, text_size=100))
    settle()
    assert window.case_page.sidebar.isVisible()
