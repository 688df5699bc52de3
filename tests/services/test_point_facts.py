"""What a reply leaves open goes into the next letter, in the words of the letter it answers."""

import datetime as dt

import pytest

from casefile.domain.door_letters import letter_for
from casefile.domain.events import Event
from casefile.domain.letters import Draft
from casefile.library import Library
from casefile.services import doors, letters, timeline
from casefile.services.letter_after import after, mark_point
from casefile.store.store import Store
from tests.conftest import TODAY

SENT, ANSWERED = dt.date(2026, 10, 27), dt.date(2026, 11, 17)
ABOUT = {"complaint_about": "the plan is late", "wish": "Send the plan."}


@pytest.fixture
def answered(store: Store, library: Library) -> Draft:
    """A stage 1 complaint that was sent and answered in time; nobody looked at its points yet."""
    timeline.record(store, Event(None, "ehcna_request_received", dt.date(2026, 1, 12)))
    draft = letters.save(store, letters.draft(store, library, "L08", {}, SENT))
    draft = letters.edit(store, draft, recipient=("The Complaints Team", "1 Market Square"), salutation="Dear Sir or Madam")
    letters.mark_sent(store, library, draft.id or 0, on=SENT, how="email")
    timeline.record(store, Event(None, "complaint_acknowledged", dt.date(2026, 11, 3)))
    timeline.record(store, Event(None, "cc_s1_reply_received", ANSWERED))
    return store.get(Draft, draft.id or 0)


def test_points_not_looked_at_are_not_told(store: Store, library: Library, answered: Draft) -> None:
    made = letters.draft(store, library, "L55", ABOUT, TODAY)
    assert "leaves open" not in made.body and "answered at stage 1 on Tuesday" in made.body
    assert not {gap.name for gap in made.gaps} & {"answered_on", "complaint_about", "wish"}


def test_open_points_are_told_in_the_letters_own_words_with_proof(store: Store, library: Library, answered: Draft) -> None:
    first, second, third = (point.number for point in after(store, library, answered, TODAY).points)
    mark_point(store, after(store, library, answered, TODAY), first, "no")
    mark_point(store, after(store, library, answered, TODAY), second, "part", "It gives no reason")
    mark_point(store, after(store, library, answered, TODAY), third, "yes")
    made = letters.draft(store, library, "L55", ABOUT, TODAY)
    assert "# What the answer leaves open" in made.body
    assert "I asked: “Send me the final plan now, or tell me in writing the day you will send it.” It is not answered." in made.body
    assert "I asked: “Tell me in writing why the limit was missed.” It is answered only in part. It gives no reason." in made.body
    assert "gone without" not in made.body
    mine = [proof for proof in made.proofs if proof.document == answered.document and proof.what.startswith("Point")]
    assert [proof.words in made.body for proof in mine] == [True, True]


def test_an_answer_that_came_opens_stage_2_with_its_own_letter(store: Store, library: Library, answered: Draft) -> None:
    found = doors.failings_of(store, library, TODAY)
    late = next(one for one in found if one.failing.id == "twenty_weeks_missed")
    stage_2 = next(door for door in doors.doors_of(store, library, late.failing.id, TODAY, found) if door.route == "council_stage_2")
    assert stage_2.usable
    letter = letter_for(stage_2, late.failing, library.letters, "ehcp_final_20_weeks", {"ehcp_final_20_weeks"})
    assert letter is not None and letter.id == "L55"


def test_without_an_answer_the_letter_is_not_ready(store: Store, library: Library) -> None:
    assert "answered_on" in {gap.name for gap in letters.draft(store, library, "L55", ABOUT, TODAY).gaps}
