"""School holidays in the window, and dates that wait for something to be said."""

import datetime as dt
from dataclasses import replace

import pytest

from casefile.domain.events import Event
from casefile.library import Library
from casefile.services import case as cases
from casefile.services import terms, timeline
from casefile.store.store import Store
from casefile.ui import dialogs
from casefile.ui.happened import HappenedDialog
from casefile.ui.kind_words import details_of
from casefile.ui.missing import missing_words, waiting_words
from casefile.ui.parts import Button
from casefile.ui.screens.terms import TermsScreen, closures_matter
from casefile.ui.term_list import TermListDialog
from casefile.ui.text import Status, Words
from casefile.ui.window import Window
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, picture, settle, type_into
from tests.ui.test_every_screen import check_fits, check_names


def screen_of(window: Window) -> TermsScreen:
    found = window.case_page.screen_of("terms")
    assert isinstance(found, TermsScreen)
    return found


def button(window: Window, words: str) -> Button:
    return next(one for one in window.findChildren(Button) if one.isVisible() and one.text() == words)


@pytest.mark.parametrize("size", [100, 200])
def test_closed_days_are_added_changed_removed_and_taken_back(size: int, store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, place="terms", size=size)
    screen = screen_of(window)
    screen._save()
    assert "The first day is missing" in screen.problem.text()
    type_into(screen.start.edit, "26 October 2026")
    type_into(screen.end.edit, "1 October 2026")
    screen._save()
    assert "cannot open again" in screen.problem.text() and terms.stored(store) == []
    screen.end.edit.setText("30 October 2026")
    type_into(screen.why, "half-term")
    screen._save()
    settle()
    assert [(one.start, one.end, one.reason) for one in terms.stored(store)] == [(dt.date(2026, 10, 26), dt.date(2026, 10, 30), "half-term")]
    assert screen.start.edit.text() == "", "the form is ready for the next"
    screen.list.choose(terms.stored(store)[0].id)
    screen._show(terms.stored(store)[0].id)
    settle()
    assert screen.save.text() == "Keep the change" and screen.remove.isVisible()
    picture(window, f"terms-one-{size}")
    check_names(window)
    check_fits(window)
    screen.end.edit.setText("6 November 2026")
    screen._save()
    settle()
    assert terms.stored(store)[0].end == dt.date(2026, 11, 6)
    screen._show(terms.stored(store)[0].id)
    screen._remove()
    settle()
    assert terms.stored(store) == [] and screen.none.isVisible()
    window._undo()
    settle()
    assert len(terms.stored(store)) == 1 and screen.list.isVisible()


@pytest.mark.parametrize("size", [100, 200])
def test_a_usual_year_is_a_guess_that_is_taken_back_at_once(size: int, store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, place="terms", size=size)
    screen = screen_of(window)
    assert screen.year.value() == 2026
    screen.fill.click()
    settle()
    assert len(terms.stored(store)) == 6 and "A guess" in "".join(words.text() for words in window.findChildren(Words))
    assert screen.known.text().startswith("School days are known until ")
    picture(window, f"terms-year-{size}")
    check_names(window)
    check_fits(window)
    window._undo()
    settle()
    assert terms.stored(store) == []


def test_a_date_that_counts_school_days_leads_here_and_changes_at_once(store: Store, library: Library, make_window: MakeWindow) -> None:
    timeline.record(store, Event(None, "exclusion_first_day", dt.date(2026, 10, 19), detail="permanent"))
    window = make_window(store, place="deadlines")
    found = next(one for one in timeline.deadlines_of(store, library, TODAY) if one.due and closures_matter(library.rule(one.rule)))
    window.case_page.open("deadlines", found.rule)
    settle()
    button(window, "School holidays").click()
    settle()
    assert window.case_page.place == "terms" and window.case_page.sidebar.places["settings"].isChecked()
    terms.add_closure(store, found.due - dt.timedelta(days=1), found.due + dt.timedelta(days=3), "half-term")  # type: ignore[operator]
    window.case.tell("Added.")
    window.case_page.back()
    settle()
    assert window.case_page.place == "deadlines"
    after = next(one for one in window.case_page.screen_of("deadlines").found.values() if one.rule == found.rule)
    assert after.due is not None and found.due is not None
    assert after.due > found.due or after.cautions != found.cautions or after.exceptions != found.exceptions


@pytest.mark.parametrize("size", [100, 200])
def test_a_date_that_waits_says_for_what_and_asks_for_it(size: int, store: Store, library: Library, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[HappenedDialog] = []

    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, HappenedDialog)
        asked.append(self)
        self.show()
        settle()
        picture(self, f"dialog-kind-{size}")
        self.kind.choose("amend")
        self.finish()
        return self.result()

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    made = timeline.record(store, Event(None, "tribunal_order_date", dt.date(2026, 11, 3)))
    waiting = [one for one in timeline.deadlines_of(store, library, TODAY) if one.state == "cannot_tell"]
    assert waiting
    window = make_window(store, place="deadlines", size=size)
    window.case_page.open("deadlines", waiting[0].rule)
    settle()
    assert any("which kind it was" in line.detail for line in window.case_page.screen_of("deadlines").list.lines)
    picture(window, f"deadlines-waiting-{size}")
    check_names(window)
    check_fits(window)
    button(window, "Say which kind it was").click()
    settle()
    assert asked and timeline.events_of(store) == [Event(made.id, "tribunal_order_date", dt.date(2026, 11, 3), detail="amend")]


def test_a_missing_date_of_birth_leads_to_its_field(store: Store, library: Library, make_window: MakeWindow) -> None:
    cases.set_child(store, replace(cases.child_of(store), born=None), today=TODAY)
    timeline.record(store, Event(None, "review_decision_sent", dt.date(2026, 11, 3)))
    born = [one for one in timeline.deadlines_of(store, library, TODAY) if "child.born" in one.ask]
    window = make_window(store, place="deadlines")
    window.case_page.open("deadlines", born[0].rule)
    settle()
    button(window, "Add the date of birth").click()
    settle()
    assert window.case_page.place == "settings" and window.case_page.screen_of("settings").born.edit.hasFocus()


def test_everything_a_date_can_wait_for_has_words(library: Library) -> None:
    for wanted in ("child.born", "kind of tribunal_order_date", "date of review_meeting_held", "directed_date for tribunal_evidence"):
        words = missing_words(wanted, library)
        assert "_" not in words and words[0].islower(), words
    for kind in library.event_kinds.values():
        for value, words in details_of(kind.id, library):
            assert "_" not in words and words[0].isupper(), (kind.id, value)


def test_a_rule_not_read_in_the_law_is_marked(store: Store, library: Library, make_window: MakeWindow) -> None:
    timeline.record(store, Event(None, "complaint_received", dt.date(2026, 11, 2)))
    window = make_window(store, place="deadlines")
    unread = next(one for one in timeline.deadlines_of(store, library, TODAY) if one.confidence == "secondary")
    window.case_page.open("deadlines", unread.rule)
    settle()
    assert any("not in the law itself" in one.word.text() for one in window.findChildren(Status) if one.isVisible())
    picture(window, "deadlines-unread")
    check_fits(window)
    assert waiting_words(unread, library) == "No fixed date"


@pytest.mark.parametrize("size", [100, 200])
def test_the_year_of_a_move_is_asked_by_year(size: int, store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, size=size)
    dialog = HappenedDialog(window, window.case, kind="transfer_year")
    dialog.show()
    settle()
    assert dialog.year_part.isVisible() and not dialog.day_part.isVisible()
    dialog.year.setText("27")
    dialog.finish()
    assert "no year" in dialog.problem.text()
    dialog.year.setText("2027")
    dialog.kind.choose("school")
    picture(dialog, f"dialog-year-{size}")
    assert dialog.width() <= 1280 and dialog.height() <= 720
    dialog.finish()
    assert [(event.year, event.detail) for event in timeline.events_of(store)] == [(2027, "school")]


def test_what_is_typed_in_a_field_is_kept_when_the_window_closes(store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, place="settings")
    window.activateWindow()
    field = window.case_page.screen_of("settings").school
    field.setFocus()
    settle()
    assert field.hasFocus()
    type_into(field, "Larch Primary")
    kept: list[str] = []
    window.case.changed.connect(lambda _: kept.append(cases.child_of(store).school))
    window.close()
    assert kept == ["Larch Primary"]


def test_the_move_to_the_next_stage_is_asked_where_it_is_not_known(store: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, HappenedDialog)
        assert (self.year.text(), self.kind.value()) == ("2028", "school"), "born in May 2017: secondary school in September 2028"
        self.finish()
        return self.result()

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    timeline.record(store, Event(None, "plan_finalised", dt.date(2026, 4, 20)))
    window = make_window(store, place="deadlines")
    screen = window.case_page.screen_of("deadlines")
    assert screen.stage_button.isVisible()
    screen.stage_button.click()
    settle()
    assert not screen.stage_button.isVisible() and any(one.rule == "phase_transfer_school" for one in screen.found.values())
    window.case_page.go("timeline")
    settle()
    row = next(entry for entry in timeline.entries(store, window.case.library) if entry.kind == "transfer_year")
    assert row.year == 2028 and row.detail == "Into or between schools"
    from casefile.ui.screens.timeline import day_words

    assert day_words(row) == "The year 2028"
    picture(window, "timeline-year")
    check_fits(window)


@pytest.mark.parametrize(
    ("born", "move"),
    [
        (dt.date(2017, 5, 14), (2028, "school")), (dt.date(2017, 9, 1), (2029, "school")), (dt.date(2023, 8, 31), (2027, "school")),
        (dt.date(2011, 1, 1), (2027, "post16")), (dt.date(2005, 1, 1), None), (None, None),
    ],
)  # fmt: skip
def test_the_next_move_by_the_date_of_birth(born: dt.date | None, move: tuple[int, str] | None) -> None:
    from casefile.ui.missing import next_move

    assert next_move(born, TODAY) == move


@pytest.mark.parametrize("size", [100, 200])
def test_the_school_s_own_list_is_copied_in(size: int, store: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, TermListDialog)
        self.show()
        settle()
        self.finish()
        assert "No date was found" in self.problem.text()
        self.words.setPlainText("Autumn term\n2 September to 23 October\n2 November to 18 December\nTraining day: Monday 4 January")
        settle()
        assert self.comes_to.text() == "3 stretches of closed days. The first: Saturday 24 October 2026 to Sunday 1 November 2026."
        picture(self, f"dialog-term-list-{size}")
        assert self.width() <= 1280 and self.height() <= 720
        self.finish()
        return self.result()

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    window = make_window(store, place="terms", size=size)
    button(window, "Copy in the school’s list").click()
    settle()
    assert [(one.start, one.reason) for one in terms.stored(store)] == [(dt.date(2026, 10, 24), "school holiday"), (dt.date(2026, 12, 19), "school holiday"), (dt.date(2027, 1, 4), "Training day")]
    picture(window, f"terms-list-{size}")
    check_names(window)
    check_fits(window)
    window._undo()
    assert terms.stored(store) == []
