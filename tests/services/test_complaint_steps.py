"""Two complaints about different things: each step belongs to one of them, and a letter tells the story of the right one."""

import datetime as dt

import pytest

from casefile.domain.events import Event
from casefile.library import Library
from casefile.services import doors, letters, timeline
from casefile.services.complaint_steps import complaints_in, told_apart
from casefile.services.letter_after import after, mark_point
from casefile.store.store import Store
from tests.conftest import TODAY


def happened(store: Store, kind: str, on: str, note: str = "") -> Event:
    return timeline.record(store, Event(None, kind, dt.date.fromisoformat(on), None, note))


@pytest.fixture
def two(store: Store) -> Store:
    """A complaint about the late plan that went through both stages, and one about therapy that was only confirmed."""
    happened(store, "complaint_received", "2026-06-01", "Complaint about the late plan")
    happened(store, "complaint_acknowledged", "2026-06-03")
    happened(store, "cc_s1_reply_received", "2026-06-15")
    happened(store, "complaint_received", "2026-07-01", "Speech therapy not given")
    happened(store, "cc_s2_requested", "2026-07-06", "Stage 2 about the late plan")
    happened(store, "complaint_acknowledged", "2026-07-08")
    happened(store, "cc_s2_reply_received", "2026-09-30")
    return store


def body(store: Store, library: Library, form: str, about: str) -> str:
    return letters.draft(store, library, form, {"complaint_about": about}, TODAY).body.replace("\u00a0", " ")


def test_each_step_belongs_to_one_complaint(two: Store, library: Library) -> None:
    plan, therapy = complaints_in(two, library, timeline.events_of(two), TODAY)
    assert [one.on.day for one in plan.steps] == [1, 3, 15, 6, 30]
    assert [one.on.day for one in therapy.steps] == [1, 8]
    assert len(complaints_in(two, library, timeline.events_of(two), dt.date(2026, 6, 30))) == 1


def test_what_a_step_answers_goes_before_what_it_seems_to(two: Store, library: Library) -> None:
    therapy = next(one for one in timeline.events_of(two) if one.note.startswith("Speech"))
    timeline.record(two, Event(None, "cc_s1_reply_received", dt.date(2026, 7, 20), None, "Our answer about the late plan", answers=therapy.id))
    found = complaints_in(two, library, timeline.events_of(two), TODAY)
    assert [one.has("cc_s1_reply_received") for one in found] == [True, True]
    assert found[1].steps[-1].on == dt.date(2026, 7, 20)


def test_with_one_complaint_nothing_is_told_apart(store: Store, library: Library) -> None:
    happened(store, "complaint_received", "2026-06-01")
    happened(store, "cc_s1_reply_received", "2026-06-15")
    assert told_apart(store, library, timeline.events_of(store)) == timeline.events_of(store)


def test_an_answer_to_one_complaint_stops_no_clock_of_another(two: Store, library: Library) -> None:
    late = [one for one in timeline.deadlines_of(two, library, TODAY) if one.rule == "cc_s1_response" and one.state == "overdue"]
    assert [one.due for one in late] == [dt.date(2026, 7, 22)]


def test_an_answer_to_one_complaint_opens_no_door_of_another(two: Store, library: Library) -> None:
    of_therapy = doors.facts_of(two, library, "section_f_not_delivered", TODAY).complaint
    assert (of_therapy.stage1_made, of_therapy.final_answered) == (dt.date(2026, 7, 1), None)
    assert doors.facts_of(two, library, "twenty_weeks_missed", TODAY).complaint.final_answered == dt.date(2026, 9, 30)


def test_a_request_for_stage_2_tells_the_complaint_it_is_about(two: Store, library: Library) -> None:
    told = body(two, library, "L43", "Speech therapy is not given")
    assert "due by Wednesday 22 July 2026" in told and "125 days late" in told
    assert "1 July" in told and "8 July" in told and "June" not in told and "stage 2 of the complaints procedure" not in told.split("# What happened")[1].split("#")[0]
    assert "The answer at stage 1 was due by [" in body(two, library, "L43", "the plan is late, final plan"), "that one was answered in time"


def test_the_day_of_the_answer_and_the_story_are_of_one_complaint(store: Store, library: Library) -> None:
    happened(store, "complaint_received", "2026-05-05")
    happened(store, "cc_s1_reply_received", "2026-05-22")
    happened(store, "complaint_received", "2026-09-10")
    told = body(store, library, "L55", "what happened to us")
    assert "answered at stage 1 on Friday 22 May 2026" in told
    assert "5 May" in told and "September" not in told and "I have not had it" not in told


def test_the_ombudsman_is_told_of_the_complaint_in_the_parents_words(two: Store, library: Library) -> None:
    told = body(two, library, "L45", "the final plan came late")
    assert "last answer on Wednesday 30 September 2026" in told and "1 June" in told and "8 July" not in told
    therapy = body(two, library, "L45", "speech therapy is not given")
    assert "30 September" not in therapy and "1 July" in therapy and "1 June" not in therapy
    assert body(two, library, "L45", "they are unkind").count("1 July") == 1, "words that name nothing: the latest that the Ombudsman may look at"


def test_a_page_to_an_mp_names_no_complaint_about_something_else(store: Store, library: Library) -> None:
    happened(store, "complaint_received", "2026-06-01", "Complaint about the annual review")
    made = {about: letters.draft(store, library, "L44", {"matter": about}, TODAY).body for about in ("Speech therapy is not given", "The annual review", "It is all bad")}
    assert ["had my complaint about this" in text for text in made.values()] == [False, True, True]


def test_points_left_open_are_those_of_the_complaint_meant(store: Store, library: Library) -> None:
    happened(store, "ehcna_request_received", "2026-01-12")
    for form, on in (("L08", dt.date(2026, 6, 22)), ("L02", dt.date(2026, 9, 1))):
        values = {field.name: "As I said" for field in library.letter(form).fields if field.required and not field.choices}
        made = letters.save(store, letters.draft(store, library, form, values, on))
        made = letters.edit(store, made, recipient=("The Complaints Team", "1 Market Square"), salutation="Dear Sir or Madam", body="# What I ask\n\n1. Do what " + form + " asks.")
        letters.mark_sent(store, library, made.id or 0, on=on, how="email")
        mark_point(store, after(store, library, store.get(type(made), made.id or 0), TODAY), 1, "no")
    happened(store, "cc_s1_reply_received", "2026-09-20")
    told = body(store, library, "L55", "the final plan is late")
    assert "Do what L08 asks" in told and "Do what L02 asks" not in told
