"""The whole road in the window: a new case, papers dropped in, what they prove, the late decision, the letter, the bundle."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from casefile import system
from casefile.domain.documents import Document
from casefile.services import people, timeline
from casefile.ui import dialogs
from casefile.ui.start import NewCase
from tests.ui.conftest import MakeWindow, picture, settle, type_into

REQUEST = """From: Nadia Rahman <nadia@mail.example>
To: SEN Team <sen@leeds.example>
Date: Mon, 7 Sep 2026 09:12:00 +0100
Subject: Request for an EHC needs assessment: Amina Rahman, born 14 May 2017
Message-ID: <request-1@mail.example>
Content-Type: text/plain; charset=utf-8

Dear SEN Team,

I ask the council to carry out an education, health and care needs assessment of my daughter Amina Rahman
under section 36(1) of the Children and Families Act 2014.

Nadia Rahman
"""


@pytest.fixture
def drawer(tmp_path: Path) -> Path:
    """A drawer of papers about a request that was not answered."""
    folder = tmp_path / "drawer"
    folder.mkdir()
    (folder / "request.eml").write_text(REQUEST, "utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "note.txt").write_text("Call with the SEN team, 2 November 2026.\nThey said the panel has not met.\n", "utf-8")
    return folder


def drop(target: QWidget, folder: Path) -> None:
    """Drop a folder on a screen, as a mouse would."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    settle()


def test_from_a_drawer_of_papers_to_a_letter_and_a_bundle(
    tmp_path: Path, drawer: Path, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def answer(self: dialogs.Dialog) -> int:
        """Every question over the window is answered with its main button."""
        shown.append(type(self).__name__)
        self.finish()
        return self.result()

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    opened: list[Path] = []
    monkeypatch.setattr(system, "show_in_folder", opened.append)
    window = make_window()

    # Four questions.
    page = NewCase(window)
    window._put(page)
    type_into(page.name, "Amina Rahman")
    type_into(page.me, "Nadia Rahman")
    page._next()
    type_into(page.born.edit, "14 May 2017")
    assert page.born.words.text() == "Sunday 14 May 2017"
    page._next()
    type_into(page.council.edit, "leed")
    assert [line.title for line in page.council.list.lines][:1] == ["Leeds City Council"]
    page.council._take(page.council.list.lines[0].id)
    page._next()
    page._next()
    page.folder.setText(str(tmp_path / "cases"))
    page._next()
    settle()
    case = window.case
    assert case is not None and case.child.council == "Leeds City Council" and case.child.born == dt.date(2017, 5, 14)
    assert (tmp_path / "cases" / "My case" / "case.db").is_file()
    assert window.windowTitle() == "My case", "the title never names the child"

    # The drawer is dropped in; what could not be read is named.
    window.case_page.go("documents")
    screen = window.case_page.screen_of("documents")
    drop(screen.viewport(), drawer)
    papers = case.store.find(Document)
    assert sorted(paper.name for paper in papers) == ["empty.pdf", "note.txt", "request.eml"]
    assert "ReportDialog" in shown
    assert (drawer / "request.eml").read_text("utf-8") == REQUEST

    # What the request proves is confirmed with one key.
    request = next(paper for paper in papers if paper.name == "request.eml")
    screen.show_thing(request.id)
    settle()
    picture(window, "journey-1-sort")
    assert [event.event for event in screen.sort_panel.found.events] == ["ehcna_request_received"]
    screen._enter()
    settle()
    assert [event.kind for event in timeline.events_of(case.store)] == ["ehcna_request_received"]

    # The decision is late, and the working says how.
    window.case_page.go("deadlines")
    deadlines = window.case_page.screen_of("deadlines")
    settle()
    picture(window, "journey-2-late")
    late = next(one for one in deadlines.found.values() if one.rule == "ehcna_decision")
    assert late.due == dt.date(2026, 10, 19) and late.days_late == 36
    assert "6 weeks (42 days) after Monday 7 September 2026" in " ".join(late.working)

    # The letter. Its one gap is the address; then none is left.
    window.case_page.open("letters", "L02")
    flow = window.case_page.screen_of("letters").flow
    assert flow.made is not None and {gap.name for gap in flow.made.gaps} >= {"recipient_address"}
    flow.recipient.setPlainText("The Complaints Team\nLeeds City Council\nCivic Hall\nLEEDS\nLS1 1UR")
    flow.keep()
    me = people.me(case.store)
    case.do(lambda: people.save(case.store, replace(me, address="14 Larch Road\nLeeds", relation="mother")))
    flow.editor.textCursor().insertText("")
    flow.show_step(4)
    settle()
    for gap in list(flow.made.gaps):
        if gap.shown and gap.shown in flow.editor.body():
            flow.editor.go_to(gap.shown)
            flow.editor.textCursor().insertText("mother")
    flow.keep()
    settle()
    picture(window, "journey-3-letter")
    flow.open(flow.made, 5)
    settle()
    assert flow.made.gaps == (), flow.made.gaps
    assert flow.made.recipient[-1] == "LS1 1UR", "what was typed is kept"

    # Paper, Word, text, email.
    for ending in ("pdf", "docx", "txt", "eml"):
        flow.finish.save_to(tmp_path / f"letter.{ending}", ending)
        assert (tmp_path / f"letter.{ending}").stat().st_size > 500
    words = pypdfium2.PdfDocument(tmp_path / "letter.pdf")[0].get_textpage().get_text_range().replace("\u00a0", " ").replace("\r\n", " ")
    assert "Monday 19 October 2026" in words and "36 days late" in words

    # The bundle of its evidence.
    flow.finish._bundle()
    settle()
    bundles = window.case_page.screen_of("bundles")
    picture(window, "journey-4-bundle")
    assert bundles.bundle is not None and request.id in [item.document for item in bundles.bundle.chosen]
    bundles.write(tmp_path / "out")
    settle()
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert any(name.endswith(".pdf") for name in made) and any(name.endswith(".zip") for name in made), made
    assert "AfterDialog" in shown and opened[0].parent == tmp_path / "out"


def test_everything_in_the_window_can_be_taken_back(sample: object, make_window: MakeWindow) -> None:
    window = make_window(sample, place="documents")
    case, screen = window.case, window.case_page.screen_of("documents")
    before = len(case.store.find(Document, state="unsorted"))
    screen.sort_panel.bin_it()
    assert len(case.store.find(Document, state="unsorted")) == before - 1
    assert window.case_page.undo_bar.isVisible()
    window._undo()
    assert len(case.store.find(Document, state="unsorted")) == before
