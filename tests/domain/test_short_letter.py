"""A letter made short: its opening and what it asks, every word of both as it was."""

import pytest

from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import Template
from casefile.domain.short_letter import SAYS, is_short, shortened
from casefile.library import Library, load
from casefile.services import letters
from casefile.store.store import Store
from tests.conftest import TODAY
from tests.domain.test_web_form import BODY, letter


def test_the_story_and_the_law_are_left_out_and_what_is_asked_stays() -> None:
    body = shortened(letter(f"{BODY}\n\nPlease answer by Friday."))
    assert body == f"I am Amina’s mother.\n\n{SAYS}\n\n# What I ask\n\n1. Send it.\n\nPlease answer by Friday."
    assert is_short(letter(body)) and not is_short(letter(BODY))
    assert shortened(letter("Only a few words.")) == "Only a few words."


@pytest.mark.parametrize("form", load().letters, ids=lambda form: form.id)
def test_every_form_gives_a_short_letter_that_is_part_of_the_long_one(form: Template, sample: Store, library: Library) -> None:
    made = letters.draft(sample, library, form.id, {}, TODAY)
    long = {part.text for part in parts_of(made.body)}
    body = shortened(made)
    short = [part.text for part in parts_of(body) if part.text != SAYS]
    assert set(short) <= long
    if body != made.body:
        assert len(body) < len(made.body) + len(SAYS)
        assert any(part.role == "item" for part in parts_of(body)) or "[" in made.body
