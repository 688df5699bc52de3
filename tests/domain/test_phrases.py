"""Titles inside sentences."""

import pytest

from casefile.domain.phrases import lowered


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("The plan is late", "the plan is late"), ("EHC plan finalised", "EHC plan finalised"), ("SEN casework team", "SEN casework team"),
        ("I was told", "I was told"), ("In time", "in time"), ("A note", "a note"), ("", ""),
    ],
)  # fmt: skip
def test_an_abbreviation_keeps_its_capitals(text: str, inside: str) -> None:
    assert lowered(text) == inside
