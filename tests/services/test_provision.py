"""The ledger through its services: logging, many at once, the report, the one question, undo, and what is refused."""

import datetime as dt

import pytest

from casefile.domain.sessions import Provision, Session
from casefile.errors import Invalid, NotFound
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import provision, provision_week, terms
from casefile.services.case import check
from casefile.store.store import Store
from tests.conftest import TODAY


@pytest.fixture
def therapy(store: Store) -> Provision:
    terms.add_closure(store, dt.date(2026, 10, 26), dt.date(2026, 10, 30), "half-term")
    return provision.save(store, Provision(None, "F1", "Therapy", minutes=30, sessions=1, weekdays=(3,), start=dt.date(2026, 9, 3)))


def test_two_taps_log_a_session_and_a_second_tap_corrects_it(store: Store, library: Library, therapy: Provision) -> None:
    day = dt.date(2026, 11, 19)
    provision.log_session(store, Session(None, therapy.id or 0, day, "missed", reason="ill"), TODAY)
    provision.log_session(store, Session(None, therapy.id or 0, day, "delivered", 30), TODAY)
    assert [(one.on, one.outcome) for one in provision.sessions_of(store, therapy)] == [(day, "delivered")]
    store.undo()
    assert [one.outcome for one in provision.sessions_of(store, therapy)] == ["missed"]


def test_a_past_term_is_logged_at_once_and_taken_back_at_once(store: Store, library: Library, therapy: Provision) -> None:
    provision.log_session(store, Session(None, therapy.id or 0, dt.date(2026, 10, 1), "delivered", 30), TODAY)
    pattern = Session(None, therapy.id or 0, TODAY, "missed", reason="none since September", said_by="SENCO")
    made = provision.log_span(store, library, therapy, dt.date(2026, 9, 3), TODAY, pattern, TODAY)
    assert len(made) == 10 and dt.date(2026, 10, 29) not in [one.on for one in made]
    (found,) = provision.report(store, library, TODAY)
    assert (found.total("due"), found.total("missed"), found.total("delivered"), found.total("unknown")) == (11, 10, 1, 0)
    store.undo()
    assert len(provision.sessions_of(store, therapy)) == 1


def test_without_weekdays_many_are_logged_week_by_week(store: Store, library: Library) -> None:
    one = provision.save(store, Provision(None, "F2", "Reading", minutes=20, sessions=3, start=dt.date(2026, 11, 2)))
    made = provision.log_span(store, library, one, dt.date(2026, 11, 2), dt.date(2026, 11, 15), Session(None, 0, TODAY, "missed"), TODAY)
    assert len(made) == 6


def test_the_one_question_asks_for_the_latest_session_nobody_logged(sample: Store, library: Library) -> None:
    asked = provision_week.question(sample, library, TODAY)
    assert asked is not None and asked.on == dt.date(2026, 11, 19) and asked.line.item == "F1"
    provision.log_session(sample, Session(None, asked.line.id or 0, asked.on, "unknown"), TODAY)
    following = provision_week.question(sample, library, TODAY)
    assert following is not None and following.on == dt.date(2026, 11, 12)


def test_the_sample_shows_the_shortfall(sample: Store, library: Library) -> None:
    therapy, programme = provision.report(sample, library, TODAY, dt.date(2026, 9, 1))
    assert (therapy.total("due"), therapy.total("delivered"), therapy.total("missed"), therapy.total("unknown")) == (11, 1, 7, 3)
    assert therapy.total("minutes_missed") == 210 and therapy.shown == 62
    assert programme.total("missed") == 0 and programme.total("unknown") == programme.total("due") > 40
    assert check(sample, Silent()).ok


def test_a_week_for_the_fridge(sample: Store, library: Library) -> None:
    rows = provision_week.week_of(sample, library, dt.date(2026, 11, 23))
    assert [(line.item, len(days)) for line, days, _ in rows] == [("F1", 1), ("F2", 5)]
    assert provision_week.week_of(sample, library, dt.date(2026, 10, 26)) == []


@pytest.mark.parametrize(
    "one",
    [
        Session(None, 1, dt.date(2026, 12, 25), "missed"), Session(None, 1, dt.date(2026, 9, 1), "missed"), Session(None, 1, dt.date(2026, 9, 10), "part"),
        Session(None, 1, dt.date(2026, 9, 10), "lost"), Session(None, 1, dt.date(2026, 9, 10), "delivered", -5),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(store: Store, therapy: Provision, one: Session) -> None:
    with pytest.raises(Invalid) as told:
        provision.log_session(store, one, TODAY)
    assert told.value.message and told.value.advice and provision.sessions_of(store, therapy) == []


@pytest.mark.parametrize("changes", [{"minutes": 0}, {"minutes": 5000}, {"sessions": 0}, {"weekdays": (9,)}, {"end": dt.date(2020, 1, 1)}])
def test_a_line_that_cannot_be_is_refused(store: Store, changes: dict) -> None:
    from dataclasses import replace

    with pytest.raises(Invalid):
        provision.save(store, replace(Provision(None, "F1", "x", minutes=30, sessions=1, start=dt.date(2026, 9, 1)), **changes))


def test_an_unknown_line_is_named(store: Store) -> None:
    with pytest.raises(NotFound):
        provision.provision(store, "F9")


def test_missed_sessions_show_as_a_failing_that_doors_answer(sample: Store, library: Library) -> None:
    from casefile.services import doors

    found = {one.failing.id: one for one in doors.failings_of(sample, library, TODAY)}
    shown = found["section_f_not_delivered"]
    assert shown.since == dt.date(2026, 6, 25) and shown.going_on and "4 h missed" in shown.why
    assert any(door.usable for door in doors.doors_of(sample, library, "section_f_not_delivered", TODAY))
