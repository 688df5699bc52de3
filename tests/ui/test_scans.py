"""Scans in the window: read behind everything else, stopped and begun again, and told apart wherever their words stand."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from casefile.domain.documents import Document
from casefile.domain.scans import WARNING
from casefile.progress import Progress, Silent
from casefile.services import documents, scans
from casefile.services.documents import ImportReport, ImportRow
from casefile.services.importing import import_paths
from casefile.store.store import Store
from casefile.ui import scans as ui_scans
from casefile.ui.import_report import ReportDialog
from casefile.ui.jobs import Jobs
from tests.conftest import NOW
from tests.readers.drawing import drawn, needs_scans, scanned_pdf
from tests.ui.conftest import MakeWindow, picture, settle


def given(store: Store, folder: Path, pages: int = 1) -> Document:
    """A case with one scan, not read yet."""
    folder.mkdir(exist_ok=True)
    (folder / "scan0001.pdf").write_bytes(scanned_pdf(*(drawn() for _ in range(pages))))
    import_paths(store, [folder], Silent(), now=NOW)
    return next(paper for paper in store.find(Document) if paper.name == "scan0001.pdf")


def wait_for(done: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it took too long"
        settle()
        time.sleep(0.01)


@needs_scans
@pytest.mark.usefixtures("reads_scans")
@pytest.mark.parametrize(("size", "look"), [(100, "light"), (200, "dark")])
def test_a_scan_that_waits_is_read_when_the_case_opens(size: int, look: str, store: Store, tmp_path: Path, make_window: MakeWindow) -> None:
    paper = given(store, tmp_path / "given")
    window = make_window(store, place="documents", size=size, look=look, high=800)
    screen = window.case_page.screen_of("documents")
    assert scans.waiting(store) == [] and "Words read from 1 page of 1 scan" in window.case_page.undo_bar.words.text()
    screen.show_thing(paper.id)
    settle()
    said = " ".join(widget.text() for widget in screen.sort_panel.findChildren(type(screen.sort_panel.note)))
    assert "Decision not to assess" in said and "read from a picture" in said and "Look at this" in said and WARNING in said
    assert screen.viewer.page_view.boxes, "the reasons are marked on the picture itself"
    picture(window, f"scans-sort-{look}-{size}")
    screen.viewer._read()
    settle()
    assert "mediation within two months" in screen.viewer.text.text() and screen.viewer.read_off.isVisibleTo(screen)
    picture(window, f"scans-read-{look}-{size}")


def test_typed_papers_carry_no_such_warning(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="documents")
    screen = window.case_page.screen_of("documents")
    screen.show_thing(next(paper.id for paper in sample.find(Document) if "Report from school" in paper.name))
    settle()
    screen.viewer._read()
    assert not screen.viewer.read_off.isVisibleTo(screen)


class Slow:
    """Reads of scans that take as long as the test wants."""

    def __init__(self) -> None:
        self.goes_on = threading.Event()
        self.began = threading.Event()

    def read(self, store: Store, progress: Progress, **_: object) -> scans.ScansRead:
        """Wait to be let go, or stopped."""
        self.began.set()
        while not self.goes_on.is_set():
            progress.step("Reading the words in scans", 3, 40)
            time.sleep(0.005)
        return scans.ScansRead(papers=1, pages=1)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    made = Slow()
    monkeypatch.setattr(ui_scans.scans, "available", lambda: True)
    monkeypatch.setattr(ui_scans.scans, "read_scans", made.read)
    return made


@pytest.mark.usefixtures("reads_scans")
@pytest.mark.parametrize(("size", "look"), [(100, "light"), (200, "dark")])
def test_other_work_does_not_wait_behind_it(size: int, look: str, slow: Slow, store: Store, tmp_path: Path, make_window: MakeWindow) -> None:
    given(store, tmp_path / "given", 2)
    window = make_window(size=size, look=look, high=800)
    window.jobs = Jobs()
    window.take(store)
    wait_for(slow.began.is_set)
    wait_for(lambda: window.case_page.progress.count.text() == "3 of 40")
    assert window.case_page.progress.title.text() == "Reading the words in 1 scan (2 pages)"
    window.case_page.go("documents")
    settle()
    picture(window, f"scans-progress-{look}-{size}")
    done: list[object] = []
    window.case.run("Making a bundle", lambda progress: progress.step("Joining", 5, 9), done.append)
    assert window.case_page.progress.title.text() == "Making a bundle"
    wait_for(lambda: bool(done))
    settle()
    assert window.case_page.progress.title.text().startswith("Reading the words") and window.case_page.progress.isVisible()
    slow.goes_on.set()
    wait_for(lambda: not window.jobs.running)
    assert not window.case_page.progress.isVisible()


@pytest.mark.usefixtures("reads_scans")
def test_it_can_be_stopped_and_the_case_hidden_while_it_goes_on(slow: Slow, store: Store, tmp_path: Path, make_window: MakeWindow) -> None:
    given(store, tmp_path / "given")
    window = make_window()
    window.jobs = Jobs()
    window.take(store)
    wait_for(slow.began.is_set)
    window.case_page.progress.stop.click()
    wait_for(lambda: not window.jobs.running)
    assert "goes on when the case is opened again" in window.case_page.undo_bar.words.text()
    slow.began.clear()
    ui_scans.read_scans(window.case)
    wait_for(slow.began.is_set)
    window.hide_case()
    assert window.case is None
    slow.began.clear()
    window.come_back()
    assert window.case is not None
    wait_for(slow.began.is_set)
    slow.goes_on.set()
    wait_for(lambda: not window.jobs.running)


@pytest.mark.usefixtures("reads_scans")
def test_the_end_of_it_leaves_an_undo_that_stands_there(slow: Slow, store: Store, tmp_path: Path, make_window: MakeWindow) -> None:
    paper = given(store, tmp_path / "given")
    window = make_window()
    window.jobs = Jobs()
    window.take(store)
    window.case.do(lambda: documents.remove(store, paper.id or 0), "Put in the bin")
    slow.goes_on.set()
    wait_for(lambda: not window.jobs.running)
    assert window.case_page.undo_bar.words.text() == "Put in the bin" and not window.case_page.undo_bar.undo_button.isHidden()


@pytest.mark.parametrize(("size", "look"), [(100, "light"), (200, "dark")])
def test_the_report_says_what_becomes_of_scans(
    size: int, look: str, store: Store, tmp_path: Path, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(store, tmp_path / "given")
    window = make_window(store, size=size, look=look)
    report = ImportReport((ImportRow("scan0001.pdf", "added", 1), ImportRow("notes.tmp", "skipped", None, "It is empty.")))
    monkeypatch.setattr(ui_scans.scans, "available", lambda: True)
    assert ui_scans.scans_words(window.case) == "The words in 1 scan are read next, and some may be read wrong. You can go on working."
    dialog = ReportDialog(window, report, ui_scans.scans_words(window.case))
    dialog.show()
    settle()
    assert dialog.scans.isVisible()
    picture(dialog, f"scans-report-{look}-{size}")
    dialog.close()


def test_without_what_reads_scans_the_report_says_so_and_nothing_starts(store: Store, tmp_path: Path, make_window: MakeWindow) -> None:
    given(store, tmp_path / "given")
    window = make_window(store)
    assert ui_scans.scans_words(window.case) == scans.CANNOT and not window.jobs.running
    assert len(scans.waiting(store)) == 1


@needs_scans
@pytest.mark.usefixtures("reads_scans")
def test_a_scan_is_read_once_its_lock_is_off(store: Store, tmp_path: Path, make_window: MakeWindow) -> None:
    from casefile.services import unlocking
    from casefile.ui import unlock
    from tests.services.test_unlocking import filed, locked

    paper = filed(store, tmp_path / "given", locked(scanned_pdf(drawn()), "Wren"))
    window = make_window(store)
    unlock._keep(window.case, paper.id or 0, unlocking.opened(store, paper.id or 0, "Wren", Silent()))
    settle()
    assert scans.pages_read(store, paper.id or 0) == {1}


def test_what_was_looked_up_for_a_case_that_is_closed_is_dropped(qapp: QApplication) -> None:
    jobs = Jobs()
    got: list[object] = []
    jobs.quietly(lambda: time.sleep(0.05), got.append, got.append)
    jobs.stop_all()
    settle()
    assert got == []
    jobs.quietly(lambda: 7, got.append, got.append)
    wait_for(lambda: got == [7])
    jobs.stop_all()
