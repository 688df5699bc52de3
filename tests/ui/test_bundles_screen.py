"""Bundles in the window: papers are added, and the index is shown as it will print."""

from dataclasses import replace
from pathlib import Path

import pytest

from casefile.domain.bundles import Bundle, Sent, SentRow
from casefile.domain.paper_choice import PaperChoice
from casefile.domain.redaction import with_words
from casefile.library import Library, load
from casefile.services import bundles, letters
from casefile.store.store import Store
from casefile.ui import bundle_export, bundle_pages, bundle_papers
from casefile.ui.screens import bundles as screen_module
from casefile.ui.text import Words
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, picture, settle
from tests.ui.test_dialogs import seen


@pytest.fixture
def sample(printed_sample: Store) -> Store:
    """The sample case with its papers printed already: how they become pages is tested elsewhere."""
    return printed_sample


@pytest.mark.parametrize("size", [100, 200])
def test_marked_papers_are_added(
    size: int, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Space marks a paper and takes the mark away; what is marked stands in the bundle afterwards."""
    window = make_window(sample, size=size, place="bundles")
    screen = window.case_page.screen_of("bundles")
    library = window.case.library
    screen._take_up(bundles.compose(sample, library, "everything", TODAY, documents=[3, 11]))
    offered = bundles.addable(sample, screen.bundle)

    def answer(dialog: bundle_papers.AddDialog) -> int:
        dialog.table.choose(offered[0].id)
        dialog._mark()
        dialog._mark()
        dialog._mark()
        dialog.table.choose(offered[1].id)
        dialog._mark()
        seen(dialog, f"add-papers-{size}")
        return 1

    monkeypatch.setattr(bundle_papers.AddDialog, "exec", answer)
    screen._add()
    settle()
    assert {item.document for item in screen.bundle.items} == {3, 11, offered[0].id, offered[1].id}


def test_no_two_purposes_read_alike_in_the_list(sample: Store, make_window: MakeWindow) -> None:
    lines = [line for line in make_window(sample, place="bundles").case_page.screen_of("bundles").list.lines if not line.group]
    assert len({(line.title, line.detail) for line in lines}) == len(lines) > 10


def test_the_index_is_shown_as_it_will_print(
    sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button hands the printed index to the paper view."""
    window = make_window(sample, place="bundles")
    screen = window.case_page.screen_of("bundles")
    shown: list[bytes] = []
    monkeypatch.setattr(bundle_pages, "show_paper", lambda parent, case, pdf, title: shown.append(pdf))
    screen._take_up(bundles.compose(sample, window.case.library, "everything", TODAY, documents=[3]))
    screen.pages.whole.click()
    settle()
    assert shown and shown[0].startswith(b"%PDF")


def test_pages_of_a_paper_are_chosen(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nonsense is told in the dialog, which stays; what is right is kept."""
    window = make_window(sample, place="bundles")
    screen = window.case_page.screen_of("bundles")
    screen._take_up(bundles.compose(sample, window.case.library, "everything", TODAY, documents=[3]))
    screen.table.choose("d3")

    def answer(dialog: bundle_papers.PagesDialog) -> int:
        dialog.only.setText("first")
        assert dialog._use() is False and "is no page" in dialog.problem.text()
        dialog.only.setText("1")
        seen(dialog, "pages-of-a-paper")
        return int(dialog._use())

    monkeypatch.setattr(bundle_papers.PagesDialog, "exec", answer)
    screen._pages()
    settle()
    assert screen.bundle.items[0].only == "1"


@pytest.mark.parametrize("size", [100, 200])
def test_before_it_is_written_names_are_listed_and_the_boxes_are_obeyed(
    size: int, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who is named and what is hidden stand there; originals, sent and additions reach the writing."""
    window = make_window(sample, size=size, place="bundles")
    screen = window.case_page.screen_of("bundles")
    library = window.case.library
    made = bundles.compose(sample, library, "everything", TODAY, documents=[4, 15])
    sent = Sent(TODAY, 9, 1, (SentRow("d4", "A letter", "E1", "", "5", 1),))
    screen._take_up(replace(made, sent=sent, hiding=with_words(made.hiding, "14 Larch Road", "address")))
    asked: list[dict[str, object]] = []
    monkeypatch.setattr(screen_module, "choose_folder", lambda parent, title: tmp_path)
    monkeypatch.setattr(screen, "write", lambda folder, **how: asked.append(how))

    def answer(dialog: bundle_export.BeforeDialog) -> int:
        listed = " ".join(line.title for line in dialog.list.lines)
        assert "daniel.price@northbrook.example" in listed and "14 Larch Road" not in listed
        dialog.originals.setChecked(True)
        dialog.adding.setChecked(True)
        seen(dialog, f"before-bundle-{size}")
        return 1

    monkeypatch.setattr(bundle_export.BeforeDialog, "exec", answer)
    screen._check()
    assert asked == [{"originals": True, "sent": False, "adding": True}]


@pytest.mark.parametrize("size", [100, 200])
def test_paper_and_size_of_files_are_chosen(
    size: int, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(sample, size=size, place="bundles")
    screen = window.case_page.screen_of("bundles")
    screen._take_up(bundles.compose(sample, window.case.library, "everything", TODAY, documents=[3, 11]))

    def answer(dialog: bundle_papers.PaperDialog) -> int:
        dialog.most.setText("lots")
        assert dialog._use() is False and "is no size" in dialog.problem.text()
        dialog.most.setText("12 MB")
        for box in (dialog.a4, dialog.two_sided, dialog.dividers, dialog.large, dialog.by_section):
            box.click()
        seen(dialog, f"paper-and-files-{size}")
        return int(dialog._use())

    monkeypatch.setattr(bundle_papers.PaperDialog, "exec", answer)
    screen._paper()
    settle()
    assert screen.bundle.paper == PaperChoice(a4=True, two_sided=True, volume_mb=12, dividers=True, large=True, by_section=True)
    assert bundles.load(sample, screen.bundle.id).paper == screen.bundle.paper
    starts = [part.first for part in screen.planned.parts if part.item is not None]
    assert starts[0] % 2 == 1


@pytest.mark.parametrize("size", [100, 200])
def test_a_letter_tells_what_it_points_to_and_it_is_put_in(size: int, sample: Store, make_window: MakeWindow) -> None:
    draft = letters.save(sample, letters.draft(sample, load(), "L08", {}, TODAY))
    window = make_window(sample, size=size, place="bundles")
    screen = window.case_page.screen_of("bundles")
    screen._take_up(bundles.compose(sample, window.case.library, "complaint_stage_1", TODAY, documents=[1], draft=draft.id))
    screen.table.choose(f"l{draft.id}")
    settle()
    assert "papers not in here: E" in screen.told.text() and screen.lost.isVisible()
    picture(window, f"bundles-orphans-{size}")
    screen.lost.click()
    settle()
    assert screen.planned.orphans == () and not screen.lost.isVisible() and len(screen.bundle.items) > 2
    sample.undo()
    screen.refresh()
    assert screen.planned.orphans


@pytest.mark.parametrize(("size", "theme"), [(100, "light"), (200, "dark")])
def test_any_page_is_seen_as_it_will_be(size: int, theme: str, sample: Store, make_window: MakeWindow) -> None:
    """Arrows go from the index to every page; the chosen paper is found; a change shows the index again."""
    window = make_window(sample, size=size, look=theme, place="bundles")
    screen = window.case_page.screen_of("bundles")
    screen._take_up(bundles.compose(sample, window.case.library, "complaint_stage_1", TODAY))
    settle()
    pane = screen.pages
    assert pane.count.text().startswith("Page 2 of") and pane.faces.currentIndex() == 0
    pane.before.click()
    settle()
    assert pane.faces.currentIndex() == 1 and pane.count.text().startswith("Page 1 of") and not pane.before.isEnabled()
    assert pane.title.text() == "Cover, as it will be" and not pane.view.picture.isNull()
    chosen = screen.bundle.chosen[3]
    screen.table.choose(chosen.key)
    pane._paper()
    settle()
    assert chosen.title in pane.title.text() and pane.found.label_at(pane.at) in pane.view.accessibleName()
    picture(window, f"bundles-page-{theme}-{size}")
    screen._take()
    settle()
    assert pane.faces.currentIndex() == 0 and pane.title.text() == "The index, as it will print"
    pane._paper()
    settle()
    assert "in the bundle first" in pane.said.text()


@pytest.mark.parametrize(("size", "theme"), [(100, "light"), (200, "dark")])
def test_a_report_that_is_too_long_is_told(
    size: int, theme: str, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The paper nearest to its own limit has a bar; one over it is marked, and told before the bundle is written."""
    window = make_window(sample, size=size, look=theme, place="bundles")
    screen = window.case_page.screen_of("bundles")
    made = bundles.compose(sample, window.case.library, "tribunal", TODAY)
    report = next(item for item in made.chosen if item.kind == "ep_report")
    real = bundles.plan

    def longer(store: Store, library: Library, bundle: Bundle) -> bundles.Plan:
        planned = real(store, library, bundle)
        return replace(planned, counts=tuple(replace(one, pages=18) if one.item == report.key else one for one in planned.counts))

    monkeypatch.setattr(bundles, "plan", longer)
    screen._take_up(made)
    screen.table.choose(report.key)
    settle()
    said = [words.text() for words in screen.meters.findChildren(Words)]
    assert "One expert’s report: 3 pages too many" in said and "18 of 15 pages" in said
    assert "It has 18 pages. At most 15 are allowed." in screen.told.text()
    picture(window, f"bundles-limits-{size}")
    assert screen.meters.width() <= window.width()
    told: list[str] = []

    def answer(dialog: bundle_export.BeforeDialog) -> int:
        told.extend(words.text() for words in dialog.findChildren(Words))
        return 0

    monkeypatch.setattr(bundle_export.BeforeDialog, "exec", answer)
    screen._check()
    assert any("18 pages, at most 15 are allowed" in words for words in told)
