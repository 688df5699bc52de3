"""A letter cut for a web form: no word lost, no piece too long, cut where a reader would cut."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.letters import Draft
from casefile.domain.web_form import SMALLEST, form_pieces


def letter(body: str, **more: object) -> Draft:
    made: dict[str, object] = {
        "id": 1, "template": "L08", "title": "The plan is late", "made": dt.date(2026, 11, 24), "values": {}, "subject": "The plan is late",
        "body": body, "salutation": "Dear Sir or Madam", "closing": "Yours faithfully", "recipient": ("The Council",), "sender": ("Nadia",),
        "about": "Amina Rahman, born 14 May 2017.", "signed": "Nadia Rahman", "relation": "Amina’s mother",
    }  # fmt: skip
    return Draft(**(made | more))  # type: ignore[arg-type]


BODY = "I am Amina’s mother.\n\n# What happened\n\n1. The request came.\n\n1. The plan did not.\n\n# What I ask\n\n1. Send it."


def test_without_a_limit_it_is_one_piece_without_addresses() -> None:
    (piece,) = form_pieces(letter(BODY, enclosed=("E1: Request",)))
    assert piece.startswith("The plan is late\n\nAmina Rahman, born 14 May 2017.\n\nI am Amina’s mother.\n\nWhat happened\n\n1. The request")
    assert piece.endswith("3. Send it.\n\nNadia Rahman\nAmina’s mother\n\nEnclosed:\nE1: Request")
    assert "Dear" not in piece and "The Council" not in piece


def test_it_is_cut_at_headings_where_it_can() -> None:
    pieces = form_pieces(letter(BODY), 120)
    assert [piece.splitlines()[0] for piece in pieces] == ["The plan is late", "What happened"]


def test_a_long_paragraph_is_cut_at_a_sentence_and_a_long_word_at_last() -> None:
    pieces = form_pieces(letter(f"{'One sentence here. ' * 20}\n\n{'x' * 250}"), 100)
    assert all(len(piece) <= 100 for piece in pieces)
    assert all(piece.endswith(".") for piece in pieces[1:4])
    assert sum(piece.count("x") for piece in pieces) == 250


@given(st.text(max_size=1500), st.integers(SMALLEST, 900))
def test_no_word_is_lost_and_no_piece_is_too_long(body: str, most: int) -> None:
    made = letter(body)
    pieces, (whole,) = form_pieces(made, most), form_pieces(made)
    assert all(0 < len(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(whole.split())


def test_too_small_a_box_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 100"):
        form_pieces(letter(BODY), 40)
