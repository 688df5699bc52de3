"""Lists of term dates, written as schools and councils write them."""

import datetime as dt

import pytest

from casefile.domain.term_list import read_list
from casefile.errors import Invalid

D = dt.date

WHOLE_YEAR = [
    (D(2026, 10, 24), D(2026, 11, 1)), (D(2026, 12, 19), D(2027, 1, 3)), (D(2027, 2, 13), D(2027, 2, 21)),
    (D(2027, 3, 26), D(2027, 4, 11)), (D(2027, 5, 29), D(2027, 6, 6)),
]  # fmt: skip


def read(text: str, year: int = 2026) -> list[tuple[D, D]]:
    return [(one.start, one.end) for one in read_list(text, year)]


def test_a_line_for_each_half_term() -> None:
    text = """School year 2026/27
    Autumn 1: Wednesday 2 September 2026 to Friday 23 October 2026
    Autumn 2: Monday 2nd November – Friday 18th December
    Spring 1: Monday 4 January to Friday 12 February
    Spring 2: Mon 22 Feb - Thurs 25 March 2027
    Summer 1: 12/04/2027 to 28/05/2027
    Summer 2: 7 June to 21 July"""
    assert read(text) == WHOLE_YEAR


def test_ends_on_lines_of_their_own_with_the_breaks_named() -> None:
    text = """Autumn term 2026
    Term starts: Wednesday 2 September
    Half-term: Monday 26 to Friday 30 October
    Term ends: Friday 18 December (at 1.15pm)
    INSET day: Monday 4 January 2027
    Spring term
    School opens Tuesday 5 January 2027 for Years 7 and 8
    School closes 25 March 2027"""
    found = read_list(text, 2026)
    assert [(one.start, one.end) for one in found] == [
        (D(2026, 10, 26), D(2026, 10, 30)), (D(2026, 12, 19), D(2027, 1, 4)), (D(2027, 1, 4), D(2027, 1, 4)),
    ]  # fmt: skip
    assert [one.reason for one in found] == ["Half-term", "school holiday", "INSET day"]


def test_days_between_two_terms_that_the_list_names_are_written_once() -> None:
    text = "2 September to 23 October\nAutumn half-term 24 October to 1 November\n2 November to 18 December"
    found = read_list(text, 2026)
    assert [(one.start, one.reason) for one in found] == [(D(2026, 10, 24), "Autumn half-term")]


def test_a_break_over_new_year() -> None:
    assert read("Christmas holiday: 21 December to 1 January") == [(D(2026, 12, 21), D(2027, 1, 1))]


def test_the_days_up_to_a_training_day_after_the_last_term_are_shut_too() -> None:
    text = "2 November to 18 December\nTraining day: Monday 4 January"
    assert read(text) == [(D(2026, 12, 19), D(2027, 1, 3)), (D(2027, 1, 4), D(2027, 1, 4))]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "No date"), ("Autumn term", "No date"), ("2 September", "one date only"),
        ("Term starts 2 September", "has no end"), ("1 May, 3 May, 5 May", "more than two"),
        ("Monday 27 October 2026 to Friday 30 October", "is no Monday"), ("31 September to 2 October", "does not exist"),
        ("half-term 30 October to 26 October", "ends before"), ("2 Sept to 1 Nov\n23 Oct to 18 Dec", "overlap"),
        ("half-term Monday 26 to Friday 30", "without a month"), ("half-term 26 to 30", "without a month"), ("Term ends 3 March", "one date only"),
        ("2 November to 18 December\nHalf-term 15 February to 19 February", "names no school days"),
        ("Holiday 1 September to 28 August", "never shut"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_nothing_is_dropped(text: str, part: str) -> None:
    with pytest.raises(Invalid, match=part):
        read_list(text, 2026)
