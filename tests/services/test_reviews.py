"""Annual reviews: begun with those who must be asked, the steps of the law around the meeting, what follows, and the pack."""

import datetime as dt
import io
from dataclasses import replace

import docx
import pytest

from casefile.domain.events import Event
from casefile.domain.people import Child
from casefile.domain.reviews import Invited, Progress, Proposal
from casefile.errors import Invalid
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import case, plans, reviews, sheets_review, timeline
from casefile.store.store import Store
from tests.conftest import TODAY
from tests.printing.test_ledger_sheets import words_of

D = dt.date
HELD = D(2026, 11, 19)


def test_a_review_begins_with_those_who_must_be_asked(sample: Store) -> None:
    one = reviews.begin(sample)
    people = reviews.invited(sample, one)
    assert [row.part for row in people] == ["parent", "school", "council", "health", "care"]
    assert [row.name for row in people] == ["Nadia Rahman", "Mrs Hale", "Daniel Price", "", ""]
    sample.undo()
    assert reviews.reviews(sample) == [] and sample.find(Invited) == []


def test_the_steps_are_counted_from_a_planned_meeting_and_nothing_is_recorded(sample: Store, library: Library) -> None:
    one = reviews.begin(sample, D(2027, 3, 1))
    steps = {step.rule: step for step in reviews.steps(sample, library, one, TODAY)}
    assert steps["review_papers"].due == D(2027, 2, 15) == steps["review_invite"].due
    assert steps["review_report"].due == D(2027, 3, 15) and steps["review_decision"].due == D(2027, 3, 29)
    assert steps["review_final_plan"].due == D(2027, 5, 24)
    assert all(step.reference and step.confidence for step in steps.values())
    assert not [event for event in timeline.events_of(sample) if event.kind == "review_meeting_held"]
    limit = reviews.due(sample, library, one, TODAY)
    assert limit is not None and (limit.rule, limit.due) == ("annual_review_first", D(2027, 4, 19))
    assert reviews.following(sample, one, TODAY) == [], "a meeting to come has not been held"


def test_what_follows_is_recorded_once_and_not_asked_again(sample: Store, library: Library) -> None:
    one = reviews.begin(sample, HELD)
    school = reviews.invited(sample, one)[1]
    reviews.keep(sample, replace(school, invited=D(2026, 11, 2), asked=D(2026, 11, 2), received=D(2026, 11, 10), sent_round=D(2026, 11, 12)))
    assert reviews.late_round(sample, library, one, TODAY) == D(2026, 11, 5)
    assert [(event.kind, event.on) for event in reviews.following(sample, one, TODAY)] == [("review_papers_sent", D(2026, 11, 12)), ("review_meeting_held", HELD)]
    reviews.record_following(sample, one, TODAY)
    assert reviews.following(sample, one, TODAY) == []
    papers = next(step for step in reviews.steps(sample, library, one, TODAY) if step.rule == "review_papers")
    assert (papers.state, papers.days_late) == ("met_late", 7)
    timeline.record(sample, Event(None, "review_decision_sent", D(2026, 11, 24), detail="keep"))
    decision = next(step for step in reviews.steps(sample, library, one, TODAY) if step.rule == "review_decision")
    assert sheets_review.step_words(decision) == "Due Thursday 17 December 2026. Done in time. It keeps the plan as it is."


def test_a_notice_begins_the_time_for_comments_of_this_review_only(sample: Store, library: Library) -> None:
    one, later = reviews.begin(sample, D(2026, 10, 1)), reviews.begin(sample, D(2026, 11, 20))
    timeline.record(sample, Event(None, "amendment_notice_sent", D(2026, 10, 20)))
    assert "amendment_representations" in {step.rule for step in reviews.steps(sample, library, one, TODAY)}
    assert "amendment_representations" not in {step.rule for step in reviews.steps(sample, library, later, TODAY)}


def test_delivery_is_told_for_every_line_of_section_f(sample: Store, library: Library) -> None:
    one = reviews.begin(sample, HELD)
    found = {line.key: line for line in reviews.delivered(sample, library, one, TODAY)}
    assert set(found) == {"F1", "F2", "F3"} and found["F3"].shortfall is None
    therapy = found["F1"].shortfall
    assert therapy is not None and therapy.total("minutes_missed") == 240 and therapy.cells[-1].span.end <= D(2026, 11, 22)
    timeline.record(sample, Event(None, "previous_review_completed", D(2026, 9, 30)))
    assert reviews.since(sample, one, TODAY) == D(2026, 9, 30)


def test_progress_keeps_the_words_of_its_time(sample: Store) -> None:
    one = reviews.begin(sample, HELD)
    (row,) = reviews.progress(sample, one)
    assert (row.id, row.reached) == (None, "unknown")
    reviews.keep(sample, replace(row, reached="some", evidence="Two steps at home"))
    version = reviews.plan_at(sample, one)
    assert version is not None and version.status == "final"
    item = plans.lines_in(plans.items(sample, version), "E")[0]
    plans.save_item(sample, replace(item, text="Something else altogether."))
    (kept,) = reviews.progress(sample, one)
    assert kept.words == row.words and kept.reached == "some"


@pytest.mark.parametrize(
    "changes",
    [{"asked": D(2026, 11, 2), "received": D(2026, 11, 1)}, {"received": D(2026, 11, 2), "sent_round": D(2026, 11, 1)}, {"part": "cook"}, {"came": "perhaps"}],
)
def test_what_cannot_be_of_a_person_is_refused(store: Store, changes: dict) -> None:
    one = reviews.begin(store)
    with pytest.raises(Invalid) as told:
        reviews.keep(store, replace(reviews.invited(store, one)[0], **changes))
    assert told.value.advice


def test_an_empty_change_and_an_unknown_measure_are_refused(store: Store) -> None:
    one = reviews.begin(store)
    with pytest.raises(Invalid):
        reviews.keep(store, Proposal(None, one.id or 0, "We", "", " "))
    with pytest.raises(Invalid):
        reviews.keep(store, Progress(None, one.id or 0, "E1", "x", "splendid"))


def test_removing_takes_all_of_it_and_undo_brings_it_back(sample: Store) -> None:
    one = reviews.begin(sample, HELD)
    reviews.keep(sample, Proposal(None, one.id or 0, "We", "F1", "Name a therapist"))
    reviews.keep(sample, replace(reviews.progress(sample, one)[0], reached="none"))
    reviews.remove(sample, one)
    assert not (sample.find(Invited) or sample.find(Proposal) or sample.find(Progress))
    sample.undo()
    assert len(reviews.invited(sample, one)) == 5 and len(reviews.proposals(sample, one)) == 1
    found = case.check(sample, Silent())
    assert found.ok, found.problems


def test_year_nine_and_sixteen_bring_their_own_notes(sample: Store, library: Library) -> None:
    one = reviews.begin(sample, HELD)
    assert {note.id for note in reviews.notes(sample, library, one, TODAY)} == {"invited", "progress"}
    assert reviews.ahead(sample, library, TODAY) == []
    child = case.child_of(sample)
    case.set_child(sample, replace(child, born=D(2012, 3, 2)), today=TODAY)
    assert {"adult_life", "four_parts"} <= {note.id for note in reviews.notes(sample, library, one, TODAY)}
    timeline.record(sample, Event(None, "transfer_year", D(2028, 1, 1), detail="post16", year=2028))
    found = {entry.rule: entry.due for entry in reviews.ahead(sample, library, TODAY)}
    assert found["young_person_rights"] == D(2028, 6, 30) and found["phase_transfer_post16"] == D(2028, 3, 30)
    case.set_child(sample, replace(child, born=None), today=TODAY)
    assert "adult_life" not in {note.id for note in reviews.notes(sample, library, one, TODAY)}, "unknown is not guessed"


def full(store: Store, library: Library) -> reviews.Review:
    """A review with something in each part, of a child in Year 10."""
    case.set_child(store, replace(case.child_of(store), born=D(2012, 3, 2)), today=TODAY)
    one = reviews.begin(store, HELD)
    one = reviews.save(store, replace(one, place="By video", ours="Therapy must begin again.", views="I like drums.", views_how="We drew it.", disagreements="Who pays for cover.", adult_life={"employment": "She wants to build drums."}, decides="Amina, with help."))
    reviews.keep(store, Proposal(None, one.id or 0, "We", "F1", "Name a therapist who covers", "Nobody came for ten weeks"))
    reviews.keep(store, replace(reviews.progress(store, one)[0], reached="some", evidence="Two steps at home"))
    school = reviews.invited(store, one)[1]
    reviews.keep(store, replace(school, received=D(2026, 11, 10), sent_round=D(2026, 11, 12), came="yes"))
    version = reviews.plan_at(store, one)
    assert version is not None
    ours = plans.copy_version(store, version, TODAY)
    line = next(item for item in plans.items(store, ours) if item.key == "F3")
    plans.save_item(store, replace(line, text="20 hours a week of a named teaching assistant."))
    reviews.record_following(store, one, TODAY)
    return one


def test_the_pack_says_it_all_with_its_sources(sample: Store, library: Library) -> None:
    one = full(sample, library)
    words = words_of(sheets_review.pack(sample, library, one, TODAY))
    for said in (
        "For the annual review of Amina’s plan", "Meeting Thursday 19 November 2026. By video.", "Therapy must begin again.", "How these views were gathered: We drew it.",
        "F1 Speech and language therapy: 30 minutes, once a week on Thursday", "F3 Teaching assistant: not followed in our record", "It is never counted as missed",
        "Some way there Two steps at home", "We. F1: Name a therapist who covers. Why: Nobody came for ten weeks.", "F3. Please write: “20 hours a week of a named teaching assistant.”",
        "Work or further study. She wants to build drums.", "Being as healthy as possible. To be talked about at the meeting.", "Who decides from 16 on. Amina, with help.",
        "less than two weeks before", "Reports before the review meeting. Due Thursday 5 November 2026. Done Thursday 12 November 2026, 7 days late.", "in the law itself",
        "in a trusted guide, not the law itself", "Rights pass to the young person",
    ):  # fmt: skip
        assert said in words, said


def test_the_word_pack_has_real_headings_and_table_heads(sample: Store, library: Library) -> None:
    one = full(sample, library)
    made = docx.Document(io.BytesIO(sheets_review.pack(sample, library, one, TODAY, word=True)))
    heads = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Heading 1"]
    assert heads == [
        "What matters most to us", "What our child says", "Where we do not agree", "What was given of each line of Section F", "How far each outcome was reached",
        "What we ask to change", "Getting ready for adult life", "Dates to have in view", "Who is asked, and their reports", "What the law sets for this review",
    ]  # fmt: skip
    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["Line", "What the plan says", "Due", "Given", "Missed", "Not known"]


def test_an_empty_case_still_gets_a_pack(store: Store, library: Library) -> None:
    case.set_child(store, Child(id=case.child_of(store).id), today=TODAY)
    one = reviews.begin(store)
    words = words_of(sheets_review.pack(store, library, one, TODAY))
    assert "For the annual review of our child’s plan" in words and "The day of the meeting is not known yet" in words
