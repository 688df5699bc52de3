"""Counting days, against an independent calendar: dateutil's Easter and plain day-by-day counting."""

import datetime as dt

import pytest
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from casefile import library
from casefile.domain.calendar import Closure, Step, add_months, count_step, last_friday_in_june

CALENDAR = library.load().calendar
DAYS = st.dates(dt.date(2014, 1, 1), dt.date(2028, 6, 30))
YEARS = range(2014, 2029)


def nation(name: str) -> set[dt.date]:
    return set(next(n for n in CALENDAR.others if n.nation == name).days)


@pytest.mark.parametrize("year", YEARS)
def test_easter_holidays_of_england(year: int) -> None:
    days = set(CALENDAR.england.days)
    assert easter(year) - dt.timedelta(2) in days
    assert easter(year) + dt.timedelta(1) in days
    assert easter(year) + dt.timedelta(1) not in nation("Scotland")
    assert easter(year) + dt.timedelta(1) in nation("Northern Ireland")


@pytest.mark.parametrize("year", YEARS)
def test_england_has_eight_holidays_and_the_special_ones(year: int) -> None:
    days = [day for day in CALENDAR.england.days if day.year == year]
    assert len(days) == 8 + {2022: 2, 2023: 1}.get(year, 0)
    assert all(day.weekday() < 5 for day in days)


@pytest.mark.parametrize(
    "day",
    [
        "2020-05-08",
        "2022-06-02",
        "2022-06-03",
        "2022-09-19",
        "2023-05-08",
        "2021-12-27",
        "2021-12-28",
        "2022-01-03",
        "2016-12-27",
        "2026-12-28",
    ],
)
def test_special_and_moved_holidays(day: str) -> None:
    assert not CALENDAR.is_working(dt.date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2020-05-04", "2022-05-30", "2026-06-15", "2026-11-30", "2027-03-17"])
def test_working_days_of_england(day: str) -> None:
    assert CALENDAR.is_working(dt.date.fromisoformat(day))


def test_freedom_of_information_leaves_out_every_nation() -> None:
    for day in (
        dt.date(2026, 1, 2),
        dt.date(2026, 3, 17),
        dt.date(2026, 6, 15),
        dt.date(2026, 7, 13),
        dt.date(2026, 8, 3),
        dt.date(2026, 11, 30),
    ):
        assert CALENDAR.is_working(day) and not CALENDAR.is_working(day, "foi")


def test_the_tribunal_rests_in_august_and_at_christmas() -> None:
    assert not CALENDAR.is_working(dt.date(2026, 8, 12), "tribunal_sen")
    assert not CALENDAR.is_working(dt.date(2026, 12, 29), "tribunal_sen")
    assert CALENDAR.is_working(dt.date(2026, 8, 12), "tribunal_plain")
    assert CALENDAR.next_working(dt.date(2026, 8, 15), "tribunal_sen") == dt.date(2026, 9, 1)
    assert CALENDAR.next_working(dt.date(2026, 12, 29), "tribunal_sen") == dt.date(2027, 1, 4)


@given(DAYS, st.integers(-36, 36))
def test_months_by_the_corresponding_date(day: dt.date, months: int) -> None:
    assert add_months(day, months) == day + relativedelta(months=months)


@given(DAYS, st.integers(1, 65), st.sampled_from(["general_ew", "tribunal_sen", "foi"]))
def test_working_days_counted_one_by_one(day: dt.date, count: int, working: str) -> None:
    end = CALENDAR.add_working(day, count, working)
    assert CALENDAR.is_working(end, working)
    span = [day + dt.timedelta(n) for n in range(1, (end - day).days + 1)]
    assert sum(CALENDAR.is_working(d, working) for d in span) == count


@given(DAYS, st.integers(1, 40))
def test_counting_back_mirrors_counting_on(day: dt.date, count: int) -> None:
    start = CALENDAR.next_working(day)
    assert CALENDAR.add_working(CALENDAR.add_working(start, count), -count) == start


@given(DAYS)
def test_a_count_with_the_first_day_is_one_day_shorter(day: dt.date) -> None:
    for plain, first in (("days_after", "days_incl"), ("months_after", "months_incl")):
        whole = count_step(Step(plain, 5), day, CALENDAR)
        assert whole is not None
        assert count_step(Step(first, 5), day, CALENDAR) == whole - dt.timedelta(1)


def test_school_days_leave_out_closures() -> None:
    half_term = [Closure(dt.date(2026, 10, 26), dt.date(2026, 10, 30))]
    assert CALENDAR.add_school(dt.date(2026, 10, 23), 1, half_term) == dt.date(2026, 11, 2)
    assert CALENDAR.add_school(dt.date(2026, 10, 23), 1, []) == dt.date(2026, 10, 26)


def test_last_friday_in_june() -> None:
    assert [last_friday_in_june(y).day for y in (2024, 2025, 2026, 2028)] == [28, 27, 26, 30]


def test_how_far_the_calendar_is_known() -> None:
    assert CALENDAR.known_until >= dt.date(2028, 12, 31)
    assert not CALENDAR.known(CALENDAR.known_until + dt.timedelta(1))
    assert all(n.source and n.link for n in (CALENDAR.england, *CALENDAR.others))
