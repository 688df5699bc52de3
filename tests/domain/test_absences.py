"""School days lost, each counted once; and sums of money as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.absences import added_up, lost_days, lost_words, twice_said
from casefile.domain.calendar import Closure
from casefile.domain.ledger import Span, school_days
from casefile.domain.money import in_pounds, read_pounds
from casefile.domain.sessions import Absence
from casefile.errors import Invalid
from casefile.library import load

D = dt.date
SHUT = (Closure(D(2026, 10, 26), D(2026, 10, 30), "half-term"),)
UNTIL = D(2026, 11, 20)
OPENED = school_days(D(2026, 9, 1), UNTIL, load().calendar, SHUT)


def away(start: dt.date, end: dt.date | None, hours: float | None = None) -> Absence:
    return Absence(None, start, end, "unable", hours)


def test_weekends_and_closed_days_are_no_school_days() -> None:
    found = lost_days([away(D(2026, 10, 21), D(2026, 11, 3))], OPENED, UNTIL)
    assert [one.on.day for one in found] == [21, 22, 23, 2, 3]


def test_what_goes_on_is_counted_up_to_today_and_no_further() -> None:
    assert len(lost_days([away(D(2026, 11, 16), None)], OPENED, UNTIL)) == 5
    assert len(lost_days([away(D(2026, 11, 16), D(2026, 12, 18))], OPENED, UNTIL)) == 5
    assert len(lost_days([away(D(2026, 11, 16), None)], OPENED, D(2026, 11, 17))) == 2


def test_a_day_named_twice_is_counted_once_and_said() -> None:
    part, whole, longer = away(D(2026, 11, 2), D(2026, 11, 6), 2), away(D(2026, 11, 4), D(2026, 11, 4)), away(D(2026, 11, 5), D(2026, 11, 5), 3.5)
    for order in ([part, whole, longer], [longer, whole, part]):
        total = added_up(lost_days(order, OPENED, UNTIL), Span(D(2026, 9, 1), UNTIL))
        assert (total.whole, total.part, total.hours) == (1, 4, 2 + 2 + 3.5 + 2)
        assert twice_said(order, OPENED, UNTIL) == ["More than one entry names Wednesday 4 November 2026 and 1 other day. Each day is counted once."]
    assert twice_said([part], OPENED, UNTIL) == []


@pytest.mark.parametrize(
    ("whole", "part", "hours", "words"),
    [(1, 0, 0, "1 whole school day"), (12, 4, 9, "12 whole school days, and 9 h over 4 part days"), (0, 1, 2.5, "2 h 30 over 1 part day"), (0, 0, 0, "0 whole school days")],
)
def test_what_was_lost_in_words(whole: int, part: int, hours: float, words: str) -> None:
    from casefile.domain.absences import LostSum

    assert lost_words(LostSum(Span(UNTIL, UNTIL), whole, part, hours)) == words


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 20), st.none() | st.integers(1, 6)), max_size=8))
def test_no_day_is_ever_counted_twice_and_parts_add_up(rows: list[tuple[int, int, int | None]]) -> None:
    entries = [away(D(2026, 9, 1) + dt.timedelta(first), D(2026, 9, 1) + dt.timedelta(first + long), hours) for first, long, hours in rows]
    days = lost_days(entries, OPENED, UNTIL)
    assert len({one.on for one in days}) == len(days) and {one.on for one in days} <= set(OPENED)
    middle = D(2026, 10, 15)
    both = [added_up(days, Span(D(2026, 9, 1), middle)), added_up(days, Span(middle + dt.timedelta(1), UNTIL))]
    total = added_up(days, Span(D(2026, 9, 1), UNTIL))
    assert sum(one.whole for one in both) == total.whole and sum(one.hours for one in both) == total.hours


@pytest.mark.parametrize(("typed", "pence"), [("65", 6500), ("£65.50", 6550), ("65.5", 6550), ("1,200", 120000), ("£ 1,200.05", 120005), ("0.99", 99)])
def test_pounds_are_read_as_people_write_them(typed: str, pence: int) -> None:
    assert read_pounds(typed) == pence and read_pounds(in_pounds(pence)) == pence


@pytest.mark.parametrize("typed", ["", "abc", "-5", "6.555", "12,34", "1e5", "6 5", "€65"])
def test_what_is_no_sum_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Invalid, match="no sum of money"):
        read_pounds(typed)
