"""Promised sessions on a real calendar: what is due, and that the unknown is never the missed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.calendar import Closure
from casefile.domain.ledger import by_span, in_hours, promise_words, school_spans, sentence, shortfall
from casefile.domain.sessions import Outcome, Period, Provision, Session
from casefile.library import load

CALENDAR = load().calendar
SHUT = (
    Closure(dt.date(2026, 7, 22), dt.date(2026, 9, 2), "summer"), Closure(dt.date(2026, 10, 26), dt.date(2026, 10, 30), "half-term"),
    Closure(dt.date(2026, 12, 21), dt.date(2027, 1, 1), "Christmas"), Closure(dt.date(2027, 2, 15), dt.date(2027, 2, 19), "half-term"),
)  # fmt: skip
START, END = dt.date(2026, 9, 3), dt.date(2026, 12, 18)


def line(period: Period = "week", sessions: float | None = 1, minutes: int | None = 30, weekdays: tuple[int, ...] = (), start: dt.date | None = START, end: dt.date | None = None, note: str = "") -> Provision:
    return Provision(1, "F1", "Therapy", minutes=minutes, sessions=sessions, period=period, weekdays=weekdays, start=start, end=end, note=note)


def logged(day: int, month: int, outcome: Outcome, minutes: int | None = None, paper: int | None = None) -> Session:
    return Session(None, 1, dt.date(2026, month, day), outcome, minutes, document=paper)


def test_a_weekly_session_on_thursdays_falls_on_open_thursdays_only() -> None:
    found = shortfall(line(weekdays=(3,)), (), CALENDAR, SHUT, START, END)
    days = [day for cell in found.cells for day in cell.days]
    assert days[0] == dt.date(2026, 9, 3) and dt.date(2026, 10, 29) not in days and all(day.weekday() == 3 for day in days)
    assert found.total("due") == 15 and found.total("unknown") == 15 and found.total("missed") == 0
    assert found.total("closed") == 1, "the Thursday of half-term stands apart"


@pytest.mark.parametrize(
    ("period", "sessions", "due"),
    [
        ("week", 1, 15), ("week", 3, 45), ("fortnight", 1, None), ("day", 1, 72), ("half_term", 3, 6), ("term", 12, 12), ("year", 30, None), ("once", 1, 1),
    ],
)  # fmt: skip
def test_every_honest_form_of_frequency(period: Period, sessions: float, due: float | None) -> None:
    found = shortfall(line(period, sessions), (), CALENDAR, SHUT, START, END)
    assert not found.ask
    if due is not None:
        assert found.total("due") == pytest.approx(due, abs=0.05)
    assert found.total("due") == pytest.approx(found.total("unknown"))
    assert found.total("minutes_due") == pytest.approx(found.total("due") * 30, abs=len(found.cells))


def test_unknown_is_never_missed_and_closed_and_away_stand_apart() -> None:
    sessions = [logged(3, 9, "missed", paper=4), logged(10, 9, "delivered"), logged(17, 9, "part", 20), logged(24, 9, "absent"), logged(1, 10, "closed")]
    found = shortfall(line(weekdays=(3,)), sessions, CALENDAR, SHUT, START, dt.date(2026, 10, 15))
    assert [found.total(name) for name in ("due", "delivered", "part", "missed", "absent")] == [5, 1, 1, 1, 1]
    assert found.total("closed") == 1 and found.total("unknown") == 2
    assert found.total("minutes_missed") == 40 and found.total("minutes_given") == 50 and found.total("minutes_unknown") == 60
    assert found.shown == 20 and found.cells[0].evidence == (4,)
    assert sentence(found) == "2 h 30 due, 50 min given, 40 min missed, 1 h not known."


def test_a_line_without_an_amount_is_shown_and_not_counted() -> None:
    found = shortfall(line(sessions=None, minutes=None), [logged(3, 9, "missed")], CALENDAR, SHUT, START, END)
    assert found.ask == ("The plan gives no amount for this line.",) and found.total("due") == 0 and found.total("missed") == 1
    assert promise_words(line(sessions=None)) == "No amount is given"


def test_terms_are_asked_for_where_they_are_needed() -> None:
    assert shortfall(line("half_term", 3), (), CALENDAR, (), START, END).ask
    assert "every week counts" in shortfall(line(), (), CALENDAR, (), START, END).cautions[0]


def test_sessions_outside_the_line_are_named_and_a_part_week_counts_its_share() -> None:
    one = line(weekdays=(), start=dt.date(2026, 9, 7), end=dt.date(2026, 9, 15))
    found = shortfall(one, [Session(None, 1, dt.date(2026, 9, 30), "missed")], CALENDAR, SHUT, START, END)
    assert "outside the dates" in found.cautions[0]
    assert [cell.due for cell in found.cells] == [1, 0.4]


def test_half_terms_and_terms_lie_between_the_closures() -> None:
    halves = school_spans(SHUT, "half_term", START, dt.date(2027, 3, 1))
    assert [(span.start, span.end) for span in halves][:2] == [(START, dt.date(2026, 10, 25)), (dt.date(2026, 10, 31), dt.date(2026, 12, 20))]
    terms = school_spans(SHUT, "term", START, dt.date(2027, 3, 1))
    assert [span.start for span in terms] == [START, dt.date(2027, 1, 2)]


@pytest.mark.parametrize(("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (195, "3 h 15"), (605, "10 h 05")])
def test_time_in_words(minutes: int, words: str) -> None:
    assert in_hours(minutes) == words


OUTCOMES: tuple[Outcome, ...] = ("delivered", "part", "missed", "unknown", "closed", "absent")
PERIODS: tuple[Period, ...] = ("day", "week", "fortnight", "half_term", "term", "month", "year", "once")


@given(
    st.sampled_from(PERIODS), st.integers(1, 6), st.sets(st.integers(0, 4), max_size=2),
    st.lists(st.tuples(st.integers(0, 100), st.sampled_from(OUTCOMES), st.integers(0, 60)), max_size=25),
)  # fmt: skip
def test_nothing_is_counted_twice_and_nothing_below_zero(period: Period, sessions: int, days: set[int], rows: list[tuple[int, Outcome, int]]) -> None:
    entries = [Session(None, 1, START + dt.timedelta(days=at), outcome, minutes) for at, outcome, minutes in rows]
    found = shortfall(line(period, sessions, weekdays=tuple(sorted(days))), entries, CALENDAR, SHUT, START, END)
    for name in ("due", "delivered", "part", "missed", "unknown", "closed", "absent", "minutes_due", "minutes_missed", "minutes_unknown"):
        assert found.total(name) >= 0
    for cell in found.cells:
        assert cell.unknown <= cell.due and len(cell.sessions) >= cell.delivered + cell.part + cell.missed
        assert cell.missed == sum(1 for one in cell.sessions if one.outcome == "missed"), "what nobody logged is never missed"
    assert sum(len(cell.sessions) for cell in found.cells) == sum(1 for one in entries if START <= one.on <= END)


def test_holidays_that_overlap_in_part_are_said_and_counted_once() -> None:
    shut = (Closure(dt.date(2026, 10, 26), dt.date(2026, 10, 30), "half-term"), Closure(dt.date(2026, 10, 29), dt.date(2026, 11, 3), "half-term"), Closure(dt.date(2026, 12, 21), dt.date(2027, 1, 1), ""), Closure(dt.date(2026, 12, 23), dt.date(2026, 12, 23), "inset"))  # fmt: skip
    found = shortfall(line(period="day"), (), CALENDAR, shut, dt.date(2026, 10, 26), dt.date(2026, 11, 6))
    assert found.cautions == ("Two school holidays overlap on Thursday 29 October 2026. Check both. Each day is counted as closed once.",)
    assert found.total("due") == 3


def test_a_line_that_contradicts_itself_says_so_and_counts_nothing() -> None:
    found = shortfall(line(sessions=None, minutes=None, note="3 times 30 minutes is 90 minutes, but the total given is 60."), (), CALENDAR, SHUT, START, END)
    assert found.ask == ("3 times 30 minutes is 90 minutes, but the total given is 60.",) and found.cells == ()


def test_half_terms_and_terms_add_up_to_the_whole() -> None:
    sessions = [logged(3, 9, "missed"), logged(5, 11, "missed", paper=4)]
    found = shortfall(line(weekdays=(3,)), sessions, CALENDAR, SHUT, START, END)
    stretches = school_spans(SHUT, "half_term", found.cells[0].span.start, found.cells[-1].span.end)
    parts = by_span(found, stretches)
    assert [cell.span for cell in parts] == stretches[:2] and sum(cell.due for cell in parts) == found.total("due")
    assert [cell.missed for cell in parts] == [1, 1] and [cell.evidence for cell in parts] == [(), (4,)]
    assert sum(cell.minutes_unknown for cell in parts) == found.total("minutes_unknown")
    assert by_span(shortfall(line(period="term"), (), CALENDAR, SHUT, START, END), stretches) == [], "a line counted by the term has no half terms"
