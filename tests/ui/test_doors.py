"""What can I do?: the doors in the window, from what is late to the letter, the question and the body's page."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casefile.domain.door_letters import letter_for
from casefile.domain.events import Event
from casefile.domain.failings import Door
from casefile.library import Library
from casefile.services import doors, timeline, today
from casefile.services.today import today_of
from casefile.store.rows import Told
from casefile.store.store import Store
from casefile.ui import dialogs
from casefile.ui.door_facts import NOT_THIS
from casefile.ui.door_words import group_of, kinds_of, paid_of, several, short_of, state_of
from casefile.ui.parts import Button
from casefile.ui.questions import QUESTIONS, RECORDED, AskDialog
from casefile.ui.screens.doors import DoorsScreen
from casefile.ui.text import Words
from casefile.ui.window import Window
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, picture, settle
from tests.ui.test_every_screen import check_fits, check_names, check_tab_order


def record(store: Store, *events: tuple[str, str] | tuple[str, str, str]) -> None:
    for kind, day, *detail in events:
        timeline.record(store, Event(None, kind, dt.date.fromisoformat(day), detail=detail[0] if detail else ""))


def screen_of(window: Window) -> DoorsScreen:
    found = window.case_page.screen_of("doors")
    assert isinstance(found, DoorsScreen)
    return found


def texts(window: Window) -> str:
    return "\n".join(words.text() for words in window.findChildren(Words) if words.isVisible())


LATE = (("ehcna_request_received", "2026-06-01"), ("assess_decision_sent", "2026-07-10"))
"""A plan that was due in October and has not come; nobody has complained."""


@pytest.mark.parametrize("size", [100, 200])
def test_a_late_plan_leads_to_a_letter_and_to_later_doors(size: int, store: Store, make_window: MakeWindow) -> None:
    record(store, *LATE)
    window = make_window(store, place="deadlines", size=size)
    window.case_page.open("doors", "ehcp_final_20_weeks")
    settle()
    screen = screen_of(window)
    assert screen.failing == "twenty_weeks_missed" and window.case_page.place == "doors"
    assert window.case_page.sidebar.places["letters"].isChecked()
    best = screen.rows[0]
    assert (best.door.route, best.button.text(), best.state.text()) == ("council_stage_1", "Write this letter", "Best next step")
    early = next(row for row in screen.rows if row.door.route == "lgsco")
    assert early.state.text().startswith("Opens ") and early.button.text() == "What to get ready"
    picture(window, f"doors-late-plan-{size}")
    check_names(window)
    check_tab_order(window)
    check_fits(window)
    best.button.click()
    settle()
    assert window.case_page.place == "letters" and window.case_page.screen_of("letters").faces.currentIndex() == 1


def test_where_it_is_written_opens_and_closes(store: Store, make_window: MakeWindow) -> None:
    record(store, *LATE)
    window = make_window(store, place="doors")
    row = screen_of(window).rows[0]
    assert not row.written.isVisible()
    row.link.click()
    settle()
    shown = [words.text() for words in row.written.findChildren(Words)]
    assert any("regulation 13(2)" in text for text in shown) and any(text.startswith("https://") for text in shown)
    assert any(text.startswith("Checked ") for text in shown) and row.link.accessibleName().endswith("open")
    picture(window, "doors-written")
    check_fits(window)
    row.link.click()
    assert not row.written.isVisible()


@pytest.mark.parametrize("size", [100, 200])
def test_a_body_has_a_page_and_esc_leads_back(size: int, store: Store, make_window: MakeWindow) -> None:
    record(store, *LATE)
    window = make_window(store, place="deadlines", size=size)
    window.case_page.go("doors")
    settle()
    screen = screen_of(window)
    next(row for row in screen.rows if row.door.route == "lgsco").button.click()
    settle()
    seen = texts(window)
    for title in ("What it can do", "What it cannot do", "Before you go there", "Its times", "What a good letter holds", "How to send it", "If it fails", "What tends to happen"):
        assert title in seen, title
    assert screen.title_words.text() == "Local Government and Social Care Ombudsman"
    picture(window, f"doors-body-{size}")
    check_names(window)
    check_fits(window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    settle()
    assert not screen.reading and window.case_page.place == "doors"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    settle()
    assert window.case_page.place == "deadlines"


def test_a_closed_door_says_when_and_what_could_still_open_it(store: Store, make_window: MakeWindow) -> None:
    record(store, ("decision_letter_sent", "2026-03-02", "refuse_to_assess"))
    window = make_window(store, place="doors")
    screen = screen_of(window)
    assert screen.failing == "refused_to_assess"
    row = next(row for row in screen.rows if row.door.route == "tribunal_appeal")
    assert row.state.text() == "Closed Tuesday 5 May 2026"
    assert any(words.text().startswith("Unless the Tribunal gives you more time") for words in row.findChildren(Words))
    complaint = next(row for row in screen.rows if row.door.route == "council_stage_1")
    assert any("Not about the no itself." in words.text() for words in complaint.findChildren(Words)), "what limits a door is never cut off"
    picture(window, "doors-closed")


def test_an_answer_decides_a_door_and_can_be_changed_and_taken_back(store: Store, library: Library, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    record(store, ("plan_finalised", "2026-10-20"))
    answers = ["No", "Yes"]

    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, AskDialog)
        wanted = answers.pop(0)
        next(option for option in self.options if option.text().startswith(wanted)).click()
        return self.result()

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    window = make_window(store, place="doors")
    screen = screen_of(window)
    screen.choose("section_f_not_delivered")
    settle()
    row = next(row for row in screen.rows if row.door.route == "lgsco")
    assert group_of(row.door) == "depends" and row.button.text() == "Answer the question"
    picture(window, "doors-depends")
    row.button.click()
    settle()
    assert doors.told_of(store, "section_f_not_delivered").connected is False
    row = next(row for row in screen.rows if row.door.route == "lgsco")
    assert row.door.state == "too_early", "the answer is used at once"
    screen.ask("appeal.connected")
    settle()
    row = next(row for row in screen.rows if row.door.route == "lgsco")
    assert row.door.state == "closed"
    window._undo()
    settle()
    assert doors.told_of(store, "section_f_not_delivered").connected is False, "undo takes back the change"


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_question_fits_and_can_be_answered_with_not_known(name: str, size: int, store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, size=size)
    kept: list[object] = []
    dialog = AskDialog(window, QUESTIONS[name], None, TODAY, kept.append)
    dialog.show()
    settle()
    picture(dialog, f"dialog-ask-{name}-{size}")
    assert dialog.width() <= 1280 and dialog.height() <= 720
    if QUESTIONS[name].answers:
        dialog.finish()
        assert dialog.result() == 0 and kept == [], "nothing is kept without an answer"
        dialog.options[-1].click()
        assert dialog.options[-1].text() == "I don’t know"
    else:
        dialog.finish()
        assert kept == []
        dialog.day.edit.setText("31 November")
        dialog.finish()
        assert kept == []
        dialog.take(None)
    assert kept == [None] and dialog.result() == 1


def test_a_day_that_belongs_in_the_timeline_is_recorded_there(store: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from casefile.ui.happened import HappenedDialog

    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, HappenedDialog)
        self.day.edit.setText("2 November 2026")
        self.finish()
        return self.result()

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    window = make_window(store, place="doors")
    screen = screen_of(window)
    screen.choose("complaint_ignored")
    settle()
    assert next(door for door in screen.shown.values() if "council_complaint.stage1_made" in door.ask)
    screen.ask("council_complaint.stage1_made")
    settle()
    assert [event.kind for event in timeline.events_of(store)] == ["complaint_received"]
    assert not any("council_complaint.stage1_made" in door.ask for door in screen.shown.values())


def test_every_failing_opens_and_every_question_is_known(sample: Store, library: Library, make_window: MakeWindow) -> None:
    window = make_window(sample, place="doors")
    screen = screen_of(window)
    for failing in library.law.failings:
        screen.choose(failing)
        assert screen.rows or screen.shown
        for door in screen.shown.values():
            assert set(door.ask) <= {*QUESTIONS, *RECORDED}, (failing, door.route, door.ask)
        check_fits(window)


def test_payments_are_shown_as_practice_and_never_added_up(store: Store, library: Library, make_window: MakeWindow) -> None:
    record(store, *LATE)
    window = make_window(store, place="doors", high=720)
    from casefile.ui.parts import Fold

    fold = next(fold for fold in screen_of(window).findChildren(Fold) if "Ombudsman" in fold.title)
    fold.button.click()
    settle()
    window.resize(1280, 720)
    screen_of(window).ensureWidgetVisible(fold.inside)
    settle()
    picture(window, "doors-remedies")
    shown = texts(window)
    assert "They are not a right" in shown and "£100 for each month of delay" in shown and "24 017 807, 2025" in shown
    check_fits(window)
    many = doors.remedies_of(library, "twenty_weeks_missed").decisions
    assert all(f"£{payment.pounds:,}" in paid_of(one) for one in many for payment in one.paid)


def test_places_that_do_not_deal_with_it_are_put_away(store: Store, make_window: MakeWindow) -> None:
    record(store, *LATE)
    window = make_window(store, place="doors")
    screen = screen_of(window)
    assert "The school did not do this" not in texts(window)
    screen.others_button.click()
    settle()
    assert "The school did not do this" in texts(window) and screen.others_button.text() == "Hide them"
    check_fits(window)


def test_today_leads_to_who_can_help_where_no_letter_is_left(
    sample: Store, library: Library, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = today_of(sample, library, TODAY).step
    assert (step.action, step.target) == ("letter", "L43"), "a letter that fits comes first"
    monkeypatch.setattr(today, "sent_about", lambda *_: True)
    step = today_of(sample, library, TODAY).step
    assert (step.action, step.target) == ("doors", "cc_s1_response")
    window = make_window(sample, place="today")
    window.case_page.screen_of("today").main.click()
    settle()
    assert window.case_page.place == "doors" and screen_of(window).failing == "complaint_ignored"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    settle()
    assert window.case_page.place == "today"


def test_a_late_deadline_and_the_letters_lead_here(store: Store, make_window: MakeWindow) -> None:

    record(store, *LATE)
    window = make_window(store, place="deadlines")
    window.case_page.open("deadlines", "ehcp_final_20_weeks")
    settle()
    next(button for button in window.findChildren(Button) if button.isVisible() and button.text() == "What can I do?").click()
    settle()
    assert screen_of(window).failing == "twenty_weeks_missed"
    window.case_page.go("letters")
    next(button for button in window.findChildren(Button) if button.isVisible() and button.text() == "What can I do?").click()
    settle()
    assert window.case_page.place == "doors"


def test_an_empty_case_offers_everything_that_can_go_wrong(store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, place="doors")
    screen = screen_of(window)
    assert screen.list.isVisible() and not screen.failing
    screen.list.choose_row(3)
    screen.list.setFocus()
    QTest.keyClick(screen.list, Qt.Key.Key_Return)
    settle()
    assert screen.failing and screen.rows and screen.about.isVisible()
    check_fits(window)


def test_the_words_of_doors(library: Library) -> None:

    routes, failings = library.law.routes, library.law.failings
    late = failings["twenty_weeks_missed"]
    day = dt.date(2026, 12, 1)

    def door(state: str, **more: object) -> Door:
        return Door("council_stage_1", "Complaint", state, "Because.", "Reference", **more)  # type: ignore[arg-type]

    assert state_of(door("too_early", opens_on=day), routes) == ("Opens Tuesday 1 December 2026", "soon")
    assert state_of(door("too_early", first=("lgsco",)), routes)[0].startswith("After: Local Government")
    assert state_of(door("closing", closes_on=day), routes) == ("Closes Tuesday 1 December 2026", "late")
    assert state_of(door("open", closes_on=day), routes)[0] == "Open until Tuesday 1 December 2026"
    assert state_of(door("closed", closes_on=day), routes)[0] == "Closed Tuesday 1 December 2026"
    assert state_of(door("depends", ask=("going_on",)), routes)[0] == "Answer a question first"
    assert group_of(door("not_this_body")) == ""
    letter = letter_for(door("open"), late, library.letters, "ehcp_final_20_weeks")
    assert letter is not None and letter.id == "L08"
    assert letter_for(door("closed"), late, library.letters) is None
    assert short_of("One. Two.") == ("One. Two.", True)
    assert short_of("A sentence that goes on. " * 20)[1] is False
    assert "separate letter" in several([Door("tribunal_appeal", "", "open", "", ""), Door("lgsco", "", "open", "", "")])
    assert sum(len(part) for _, part in kinds_of(tuple(failings.values()))) == len(failings)
    assert set(Told.__dataclass_fields__) >= {question.field for question in QUESTIONS.values()}


def test_search_and_help_lead_here(store: Store, make_window: MakeWindow) -> None:
    record(store, *LATE)
    window = make_window(store, place="today")
    page = window.case_page
    page.go("find", "ombudsman")
    settle()
    found = page.screen_of("find")
    line = next(line for line in found.list.lines if line.icon == "door-open" and line.title == "Local Government and Social Care Ombudsman")
    found._open(line.id)
    settle()
    screen = screen_of(window)
    assert page.place == "doors" and screen.reading == "lgsco" and screen.failing == "twenty_weeks_missed"
    page.help()
    settle()
    assert "Ombudsman" in texts(window)
    page.back()
    settle()
    assert page.place == "doors"
    page.go("find", "gets no answer")
    settle()
    found._open(next(line.id for line in found.list.lines if line.detail == "Who can help with this"))
    settle()
    assert screen.failing and screen.failing != "twenty_weeks_missed" and not screen.reading


def test_the_choice_names_what_it_is_about(store: Store, make_window: MakeWindow) -> None:
    record(store, *LATE)
    window = make_window(store, place="doors")
    screen = screen_of(window)
    at = screen.about.findData("sar_late") if screen.about.findData("sar_late") > 0 else screen.about.findData("complaint_ignored")
    screen.about.setCurrentIndex(at)
    screen.about.activated.emit(at)
    settle()
    assert screen.failing == screen.about.value() != "twenty_weeks_missed"
    heads = [number for number in range(screen.about.count()) if screen.about.itemData(number) is None]
    assert screen.about.itemText(heads[0]) == "Your record shows" and len(heads) > 5


def test_the_focus_stays_on_the_question_that_was_answered(store: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    record(store, *LATE)

    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, AskDialog)
        self.options[0].click()
        return self.result()

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    window = make_window(store, place="doors")
    window.activateWindow()
    screen = screen_of(window)
    assert screen.facts is not None
    screen.facts.buttons["out_of_school"].click()
    settle()
    assert doors.told_of(store, "twenty_weeks_missed").out_of_school is True
    assert screen.facts.buttons["out_of_school"].hasFocus() and screen.facts.buttons["out_of_school"].text() == "Change"
    assert screen.rows[1].door.route == "judicial_review_preaction", "a child without help need not wait"


@pytest.mark.parametrize("size", [100, 200])
def test_the_doors_print(size: int, store: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    from casefile.ui.paper import PaperDialog

    made: list[bytes] = []

    def answer(self: dialogs.Dialog) -> int:
        assert isinstance(self, PaperDialog)
        made.append(self.pdf)
        self.show()
        settle()
        picture(self, f"dialog-doors-paper-{size}")
        self.reject()
        return 0

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    record(store, *LATE)
    window = make_window(store, place="doors", size=size)
    screen_of(window).print_button.click()
    settle()
    with pypdfium2.PdfDocument(made[0]) as pdf:
        words = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    for part in ("No final plan after 20 weeks", "Best next step", "Opens Saturday 23 January 2027", "Complaint to the council, stage 1", "regulation 13(2)", "Too early", "not legal advice"):
        assert part in words, part


def test_an_unanswered_complaint_leads_to_the_letter_for_stage_2(store: Store, make_window: MakeWindow) -> None:
    record(store, *LATE, ("complaint_received", "2026-10-20"))
    window = make_window(store, place="doors")
    screen = screen_of(window)
    window.case_page.open("doors", "twenty_weeks_missed")
    settle()
    row = next(row for row in screen.rows if row.door.route == "council_stage_2")
    assert row.door.usable and row.button.text() == "Write this letter"
    picture(window, "doors-stage-2")
    row.button.click()
    settle()
    assert window.case_page.place == "letters"
    assert "stage 2" in texts(window)


def test_no_letter_about_silence_where_nothing_is_late(library: Library) -> None:
    late = library.law.failings["twenty_weeks_missed"]
    stage_2 = Door("council_stage_2", "Stage 2", "open", "Because.", "Reference")
    answered = letter_for(stage_2, late, library.letters, "ehcp_final_20_weeks")
    assert answered is not None and answered.id == "L55", "an answer that came opens stage 2 as well"
    found = letter_for(stage_2, late, library.letters, "ehcp_final_20_weeks", {"cc_s1_response"})
    assert found is not None and found.id == "L43"


def test_an_unanswered_stage_2_leads_to_the_letter_to_the_ombudsman(store: Store, make_window: MakeWindow) -> None:
    record(store, ("ehcna_request_received", "2026-01-05"), ("assess_decision_sent", "2026-02-10"), ("complaint_received", "2026-06-20"),
           ("cc_s1_reply_received", "2026-07-10"), ("cc_s2_requested", "2026-07-20"))  # fmt: skip
    window = make_window(store, place="deadlines")
    window.case_page.open("deadlines", "cc_s2_response")
    settle()
    assert any(button.text() == "Write the letter" for button in window.findChildren(Button) if button.isVisible())
    window.case_page.open("doors", "twenty_weeks_missed")
    settle()
    row = next(row for row in screen_of(window).rows if row.door.route == "lgsco")
    assert row.door.usable and row.button.text() == "Write this letter"
    row.button.click()
    settle()
    assert window.case_page.place == "letters" and "Complain to the Ombudsman" in texts(window)


def test_a_question_left_unanswered_on_the_page_of_a_body(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a body has a button of its own; the doors behind it are gone by then, and nothing asks for them."""
    monkeypatch.setattr(dialogs.Dialog, "exec", lambda self: 0)
    window = make_window(sample, place="doors")
    screen = screen_of(window)
    asked = 0
    for failing in list(screen.case.library.law.failings):
        screen.choose(failing)
        for route, door in list(screen.shown.items()):
            if door.state == "depends" and door.ask:
                screen.read(route)
                settle()
                screen.ask(door.ask[0], route)
                assert screen.back_button.hasFocus()
                asked += 1
    assert asked


@pytest.mark.parametrize(("look", "size"), [("light", 100), ("dark", 200)])
def test_the_complaint_that_is_meant_can_be_named(sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, look: str, size: int) -> None:
    window = make_window(sample, size=size, look=look)
    window.case_page.go("doors", "twenty_weeks_missed")
    settle()
    screen = window.case_page.screen_of("doors")
    assert screen.shown["council_stage_1"].usable, "the complaint in the record is about something else"
    words = [one.text() for one in screen.facts.findChildren(Words)]
    assert NOT_THIS in words
    seen = []

    def answer(dialog: dialogs.Dialog) -> int:
        assert isinstance(dialog, AskDialog)
        dialog.show()
        settle()
        picture(dialog, f"dialog-which-complaint-{size}")  # type: ignore[arg-type]
        seen.extend(button.accessibleName() for button in dialog.options)
        assert all(button.sizeHint().width() <= dialog.width() for button in dialog.options)
        dialog.options[0].click()
        return 1

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    screen.facts.buttons["council_complaint.which"].click()
    settle()
    assert seen[0].startswith("Monday 2 November 2026: ") and seen[1:] == ["None of them", "I don’t know"]
    assert not screen.shown["council_stage_1"].usable and doors.told_of(sample, "twenty_weeks_missed").complaint
    window._undo()
    settle()
    assert doors.told_of(sample, "twenty_weeks_missed").complaint is None


@pytest.mark.parametrize("size", [100, 200])
def test_a_complaint_with_endless_words_pushes_no_answer_out_of_reach(size: int, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, note in ((3, "x" * 5000), (4, "many words " * 400), (5, "\u202eturned\naround & <b>marked</b>"), (6, "")):
        timeline.record(sample, Event(None, "complaint_received", dt.date(2026, 11, day), None, note))
    window = make_window(sample, size=size)
    window.case_page.go("doors", "twenty_weeks_missed")
    settle()
    seen = []

    def answer(dialog: dialogs.Dialog) -> int:
        assert isinstance(dialog, AskDialog)
        dialog.show()
        settle()
        seen.extend(button.accessibleName() for button in dialog.options)
        assert dialog.area.widget().width() <= dialog.area.viewport().width(), "something in it is wider than the window"
        return 0

    monkeypatch.setattr(dialogs.Dialog, "exec", answer)
    window.case_page.screen_of("doors").facts.buttons["council_complaint.which"].click()
    settle()
    assert all(len(words) < 200 for words in seen)
    assert "Thursday 5 November 2026: turned around & <b>marked</b>" in seen and "Friday 6 November 2026" in seen
