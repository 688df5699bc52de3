"""The annual review in the window: begun, filled part by part, its events recorded with one yes, its pack printed."""

import datetime as dt
import io
from pathlib import Path

import docx
import pytest

from casefile.services import reviews, timeline
from casefile.store.store import Store
from casefile.ui import dialogs
from casefile.ui.parts import Button
from casefile.ui.review_dialogs import MeetingDialog, PersonDialog, ProgressDialog, ProposalDialog, WordsDialog
from casefile.ui.screens import review as screen_module
from casefile.ui.screens.review import PARTS, ReviewScreen
from casefile.ui.text import Words
from tests.services.test_reviews import HELD, full
from tests.ui.conftest import MakeWindow, picture, settle, type_into
from tests.ui.test_dialogs import seen
from tests.ui.test_every_screen import check_fits, check_names, check_tab_order


@pytest.mark.parametrize(("look", "size"), [("light", 100), ("dark", 200)])
def test_every_part_fits(look: str, size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, size=size, look=look)
    full(sample, window.case.library)
    window.case_page.go("review")
    screen = window.case_page.screen_of("review")
    for name, _ in PARTS:
        screen.parts.choose(name)
        settle()
        picture(window, f"review-{name}-{size}")
        check_names(window)
        check_tab_order(window)
        check_fits(window)


@pytest.mark.parametrize("size", [100, 200])
def test_begun_and_what_follows_recorded_with_one_yes(size: int, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window(sample, size=size, place="review")
    screen = window.case_page.screen_of("review")
    asked: list[str] = []

    def answer(self: dialogs.Dialog) -> int:
        if isinstance(self, MeetingDialog):
            type_into(self.day.edit, "19 November")
            seen(self, f"review-meeting-{size}")
        else:
            asked.append(" ".join(words.text() for words in self.findChildren(Words)))
        self.finish()
        return self.result()

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    screen.empty.starts[0].click()
    settle()
    assert reviews.reviews(sample)[0].meeting == HELD
    assert len(asked) == 1 and "The review meeting: Thursday 19 November 2026" in asked[0]
    assert [event.on for event in timeline.events_of(sample) if event.kind == "review_meeting_held"] == [HELD]
    said = " ".join(words.text() for words in window.findChildren(Words) if words.isVisible())
    assert "The meeting: Thursday 19 November 2026." in said and "First review complete" in said
    window._undo()
    assert not [event for event in timeline.events_of(sample) if event.kind == "review_meeting_held"]


@pytest.mark.parametrize("size", [100, 200])
def test_a_person_an_outcome_a_change_and_words(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, size=size)
    one = reviews.begin(sample, HELD)
    person = PersonDialog(window, window.case, one, reviews.invited(sample, one)[1])
    type_into(person.days["asked"].edit, "10 November")
    type_into(person.days["received"].edit, "2 November")
    person.finish()
    assert "before it was asked for" in person.problem.text()
    person.days["asked"].edit.setText("1 November")
    person.came.choose("yes")
    seen(person, f"review-person-{size}")
    person.finish()
    row = reviews.invited(sample, one)[1]
    assert (row.received, row.came, row.name) == (dt.date(2026, 11, 2), "yes", "Mrs Hale")
    outcome = ProgressDialog(window, window.case, reviews.progress(sample, one)[0])
    outcome.reached.choose("near")
    seen(outcome, f"review-outcome-{size}")
    outcome.finish()
    assert reviews.progress(sample, one)[0].reached == "near"
    change = ProposalDialog(window, window.case, one, None)
    change.finish()
    assert "What is to change is missing" in change.problem.text()
    type_into(change.words, "A named therapist")
    change.key.choose("F1")
    seen(change, f"review-change-{size}")
    change.finish()
    assert [(row.key, row.words) for row in reviews.proposals(sample, one)] == [("F1", "A named therapist")]
    window.case_page.go("review")
    screen = window.case_page.screen_of("review")
    assert isinstance(screen, ReviewScreen)
    for part, boxes in (("views", {"views": "I like drums.", "ours": "Therapy."}), ("adult_life", {"employment": "Drums", "decides": "Amina"})):
        dialog = screen._words(part, reviews.review(sample, one.id or 0))
        assert isinstance(dialog, WordsDialog)
        for name, words in boxes.items():
            type_into(dialog.boxes[name], words)
        seen(dialog, f"review-{part}-{size}")
        dialog.finish()
    kept = reviews.review(sample, one.id or 0)
    assert (kept.views, kept.ours, kept.adult_life, kept.decides) == ("I like drums.", "Therapy.", {"employment": "Drums"}, "Amina")


def test_removing_is_taken_back_and_lists_act_on_the_chosen_row(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window(sample)
    one = full(sample, window.case.library)
    window.case_page.go("review", "people")
    screen = window.case_page.screen_of("review")
    settle()
    assert screen.made.list is not None
    screen.made.list.choose(reviews.invited(sample, one)[4].id)
    next(button for button in screen.findChildren(Button) if button.text() == "Remove").click()
    settle()
    assert [row.part for row in reviews.invited(sample, one)] == ["parent", "school", "council", "health"]
    window._undo()
    monkeypatch.setattr(screen_module, "ask", lambda *_: True)
    screen._remove()
    settle()
    assert screen.empty.isVisible() and reviews.reviews(sample) == []
    window._undo()
    settle()
    assert len(reviews.invited(sample, one)) == 5


def test_the_pack_prints_and_saves(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    window = make_window(sample)
    full(sample, window.case.library)
    window.case_page.go("review")
    screen = window.case_page.screen_of("review")
    printed: list[bytes] = []
    monkeypatch.setattr(screen_module, "show_paper", lambda _parent, _case, pdf, _title: printed.append(pdf))
    screen.printing.click()
    screen.save_word(tmp_path / "pack.docx")
    assert printed[0].startswith(b"%PDF")
    assert docx.Document(io.BytesIO((tmp_path / "pack.docx").read_bytes())).paragraphs[0].text == "For the annual review of Amina’s plan"


def test_the_buttons_lead_where_they_say(sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, place="plan")
    full(sample, window.case.library)
    page = window.case_page
    next(button for button in page.screen_of("plan").findChildren(Button) if button.text() == "Annual review").click()
    settle()
    assert page.place == "review"
    screen = page.screen_of("review")
    next(button for button in screen.findChildren(Button) if button.accessibleName().startswith("How was this worked out: Reports before")).click()
    settle()
    assert page.place == "deadlines" and str(page.screen_of("deadlines").list.current()).startswith("review_papers|")
