"""The door before the letter: shut ones are told with why, and what can be written instead; open ones say nothing."""

import datetime as dt

import pytest

from casefile.domain.events import Event
from casefile.errors import NotFound
from casefile.library import Library
from casefile.services import timeline
from casefile.services.letter_doors import shut_before
from casefile.store.store import Store

LATE = dt.date(2026, 11, 24)


def record(store: Store, *events: tuple[str, str]) -> None:
    for kind, day in events:
        timeline.record(store, Event(None, kind, dt.date.fromisoformat(day)))


@pytest.fixture
def late(store: Store) -> Store:
    """A case whose assessment request was not answered in six weeks."""
    record(store, ("ehcna_request_received", "2026-09-01"))
    return store


def test_the_ombudsman_is_too_early_before_the_council_was_asked(late: Store, library: Library) -> None:
    shut = shut_before(late, library, "L45", LATE)
    assert shut is not None and (shut.door.route, shut.door.state) == ("lgsco", "too_early")
    assert shut.failing.id == "assess_decision_late"
    assert shut.better is not None and shut.better.route == "council_stage_1"
    assert shut.letter is not None and shut.letter.id == "L02"


def test_an_open_door_says_nothing(late: Store, library: Library) -> None:
    assert shut_before(late, library, "L02", LATE) is None


def test_a_complaint_made_shuts_the_first_stage_and_leads_on(late: Store, library: Library) -> None:
    record(late, ("complaint_received", "2026-10-20"))
    shut = shut_before(late, library, "L02", LATE)
    assert shut is not None and shut.door.route == "council_stage_1" and not shut.door.usable
    assert shut.better is not None and shut.better.usable and shut.letter is not None
    assert shut_before(late, library, shut.letter.id, LATE) is None


def test_after_the_last_answer_the_ombudsman_is_open(late: Store, library: Library) -> None:
    record(
        late, ("complaint_received", "2026-10-16"), ("cc_s1_reply_received", "2026-10-23"),
        ("cc_s2_requested", "2026-10-26"), ("cc_s2_reply_received", "2026-11-18"),
    )  # fmt: skip
    assert shut_before(late, library, "L45", LATE) is None


def test_nothing_is_known_against_a_letter_in_an_empty_case(store: Store, library: Library) -> None:
    assert [form.id for form in library.letters if shut_before(store, library, form.id, LATE)] == []


def test_a_letter_of_another_limit_is_not_judged_by_this_one(late: Store, library: Library) -> None:
    record(late, ("complaint_received", "2026-10-20"))
    assert shut_before(late, library, "L31", LATE) is None, "no review decision is late here"


def test_an_unknown_letter_is_refused(store: Store, library: Library) -> None:
    with pytest.raises(NotFound):
        shut_before(store, library, "L99", LATE)
