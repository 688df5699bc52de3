"""The viewer: pages of a PDF with the reasons marked, pictures, mails, and papers that cannot be read."""

from pathlib import Path

from casefile.domain.blocks import Grid, Paragraph, Run
from casefile.domain.documents import Document
from casefile.progress import Silent
from casefile.services.documents import import_paths
from casefile.store.store import Store
from casefile.ui.blocks import block_widgets
from casefile.ui.page_view import Mark, places_of
from casefile.ui.text import Words
from casefile.ui.viewer import Viewer
from tests.conftest import NOW
from tests.ui.conftest import MakeWindow, picture, settle

WORDS = (("Oakfield", 10, 10, 60, 20), ("School,", 62, 10, 99, 20), ("28", 10, 30, 20, 40), ("October", 22, 30, 60, 40))


def test_the_words_of_a_reason_are_found_on_the_page() -> None:
    assert places_of("oakfield school", WORDS) == [(10, 10, 60, 20), (62, 10, 99, 20)]
    assert places_of("28 October", WORDS) == [(10, 30, 20, 40), (22, 30, 60, 40)]
    assert places_of("October 28", WORDS) == [] and places_of("", WORDS) == []


def by_name(store: Store, part: str) -> Document:
    return next(paper for paper in store.find(Document) if part in paper.name)


def test_a_pdf_shows_its_pages_its_marks_and_its_text(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="documents")
    screen = window.case_page.screen_of("documents")
    paper = by_name(sample, "Report from school")
    screen.show_thing(paper.id)
    settle()
    viewer: Viewer = screen.viewer
    assert viewer.faces.currentIndex() == 0 and viewer.page_view.width() > 100
    assert {mark.number for mark, _ in viewer.page_view.boxes} <= {mark.number for mark in screen.sort_panel.marks}
    assert viewer.page_view.boxes, "at least one reason stands on the page"
    picture(window, "viewer-pdf")
    viewer._larger()
    settle()
    wide = viewer.page_view.width()
    viewer._larger()
    settle()
    assert viewer.page_view.width() > wide
    viewer._read()
    settle()
    assert "annual review" in viewer.text.text().lower() and viewer.text.isReadOnly()


def test_pages_turn_and_stop_at_the_ends(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="documents")
    screen = window.case_page.screen_of("documents")
    screen.show_thing(by_name(sample, "Final EHC plan").id)
    settle()
    viewer: Viewer = screen.viewer
    assert viewer.pages == 2 and viewer.count.text() == "Page 1 of 2" and not viewer.before.isEnabled()
    viewer.turn(1)
    viewer.turn(1)
    settle()
    assert viewer.count.text() == "Page 2 of 2" and not viewer.after.isEnabled()


def test_a_paper_opens_at_the_page_that_is_asked_for(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="today")
    paper = by_name(sample, "Final EHC plan")
    for page, shown in ((2, "Page 2 of 2"), (1, "Page 1 of 2"), (99, "Page 2 of 2"), (None, "Page 1 of 2")):
        window.case_page.open("documents", (paper.id, page))
        settle()
        assert window.case_page.screen_of("documents").viewer.count.text() == shown


def test_photo_mail_and_word_file_are_shown(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="documents")
    screen = window.case_page.screen_of("documents")
    for part, face in ((".jpg", 0), (".eml", 1), (".docx", 1)):
        paper = next(one for one in sample.find(Document) if one.name.endswith(part))
        screen.show_thing(paper.id)
        settle()
        assert screen.viewer.faces.currentIndex() == face, part


def test_a_paper_that_cannot_be_read_says_so_and_stays(tmp_path: Path, store: Store, make_window: MakeWindow) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of use")
    import_paths(store, [tmp_path / "broken.pdf"], Silent(), now=NOW)
    window = make_window(store, place="documents")
    viewer = window.case_page.screen_of("documents").viewer
    settle()
    assert viewer.faces.currentIndex() == 3 and "could not be read" in viewer.message.text()
    picture(window, "viewer-unreadable")


def test_what_a_mail_holds_is_shown_as_text(make_window: MakeWindow) -> None:
    make_window()
    blocks = (
        Paragraph((Run("<script>alert(1)</script> On 3 May "), Run("click", link="https://bad.example"))),
        Grid((("What", "When"), ("Therapy", "Monday"))),
    )
    shown = [widget.text() for widget in block_widgets(blocks, [Mark(1, "On 3 May")]) if isinstance(widget, Words)]
    assert shown[0] == "<script>alert(1)</script> On 3 May (1) click"
    assert "Link to: https://bad.example" in shown and "Therapy   |   Monday" in shown


def test_what_is_done_meanwhile_turns_no_page(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="documents")
    screen = window.case_page.screen_of("documents")
    paper = next(one for one in sample.find(Document) if one.pages and one.pages > 1 and one.type == "pdf" and one.state == "filed")
    screen.show_thing(paper.id)
    settle()
    screen.viewer.turn(1)
    screen.refresh()
    settle()
    assert screen.viewer.page == 1
    screen.show_thing(next(one.id for one in sample.find(Document) if one.id != paper.id and one.state == "filed"))
    settle()
    assert screen.viewer.page == 0
