"""Published decisions: enough of them, each with number and year, shown as practice."""

import re

from casefile import library
from casefile.domain.remedies import comparable
from casefile.services.doors import remedies_of

PRACTICE = library.load().law.practice
assert PRACTICE is not None


def test_thirty_more_than_the_law_pages_hold() -> None:
    assert len(PRACTICE.decisions) >= 36
    assert sum(one.read != "pages" for one in PRACTICE.decisions) >= 30


def test_each_has_its_number_its_year_and_its_place() -> None:
    for one in PRACTICE.decisions:
        assert re.fullmatch(r"\d\d \d{3} \d{3}", one.number) and one.number.replace(" ", "-") in one.link
        begun = 2000 + int(one.number[:2])
        assert begun <= one.year <= begun + 3, one.number
        assert one.happened.endswith(".") and all(payment.pounds > 0 for payment in one.paid)


def test_it_says_that_it_is_no_right_and_prints_no_remembered_range() -> None:
    assert "not a right" in PRACTICE.note and "First" not in PRACTICE.range
    assert "900" not in PRACTICE.range and "2,400" not in PRACTICE.range
    shown = remedies_of(library.load(), "child_out_of_school")
    assert shown.decisions and shown.note == PRACTICE.note and shown.first


def test_decisions_about_this_failing_alone_come_first() -> None:
    found = comparable(PRACTICE, "section_f_not_delivered")
    assert found[0].about == ("section_f_not_delivered",)
    assert all("section_f_not_delivered" in one.about for one in found)
    assert comparable(PRACTICE, "no_such") == ()
