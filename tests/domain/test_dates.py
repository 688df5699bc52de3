"""Dates as people type them: the day first, the year the nearest that has been, and nothing guessed."""

import datetime as dt

import pytest

from casefile.domain.dates import TypedDate, read_typed
from casefile.errors import Invalid

TODAY = dt.date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12 May 2026", dt.date(2026, 5, 12)), ("Tuesday 12th of May, 2026", dt.date(2026, 5, 12)), ("12/5/26", dt.date(2026, 5, 12)),
        ("2026-05-12", dt.date(2026, 5, 12)), ("May 12", dt.date(2026, 5, 12)), ("9 Sept", dt.date(2026, 9, 9)),
        ("20 December", dt.date(2026, 12, 20)), ("28 December", dt.date(2025, 12, 28)), ("29 February", dt.date(2024, 2, 29)),
        ("today", TODAY), ("yesterday", dt.date(2026, 11, 23)), ("tuesday", dt.date(2026, 11, 17)), ("next Tuesday", dt.date(2026, 12, 1)),
        ("last Friday", dt.date(2026, 11, 20)), ("two weeks ago", dt.date(2026, 11, 10)),
    ],
)  # fmt: skip
def test_an_exact_day(typed: str, day: dt.date) -> None:
    assert read_typed(typed, TODAY) == TypedDate(day)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("early May", dt.date(2026, 5, 3)), ("May 2026", dt.date(2026, 5, 1)), ("about 3 May", dt.date(2026, 5, 3)),
        ("end of September 2025", dt.date(2025, 9, 27)),
    ],
)  # fmt: skip
def test_a_day_that_is_not_exact_is_called_so(typed: str, day: dt.date) -> None:
    assert read_typed(typed, TODAY) == TypedDate(day, approximate=True)


@pytest.mark.parametrize("typed", ["", "soon", "31 April 2026", "30 February", "12 Maybe 2026", "5/13/2026", "1 May 1890"])
def test_what_cannot_be_a_date_is_refused_with_advice(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_typed(typed, TODAY)
    assert refused.value.advice
