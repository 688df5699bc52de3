"""The parent's own letters: written freely, kept as a form with plain places, begun again with what the record now says."""

import datetime as dt
from dataclasses import replace

import pytest

from casefile.domain.letters import Draft
from casefile.domain.own_forms import FORM, filled, with_places
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services import case, letters, own_forms
from casefile.store.store import Store
from tests.conftest import TODAY

WORDS = "Amina cannot come to school today.\n\nShe is ill. Please tell Oakfield School and Leeds City Council."


@pytest.fixture
def made(store: Store, library: Library) -> Draft:
    case.set_child(store, replace(case.child_of(store), school="Oakfield School"), today=TODAY)
    return letters.save(store, letters.draft(store, library, FORM, {"subject_line": "Amina is ill", "words": WORDS, "to_whom": "Headteacher"}, TODAY))


def test_a_free_letter_says_what_was_typed_and_nothing_else(store: Store, library: Library, made: Draft) -> None:
    assert (made.subject, made.body) == ("Amina is ill", WORDS) and made.proofs == ()
    assert "school" in made.recipient[-1].lower() or made.recipient
    text = letters.render(made, "txt").decode()
    assert "She is ill." in text and "{" not in text


def test_it_is_kept_as_a_form_and_begun_again_with_what_is_known_then(store: Store, library: Library, made: Draft) -> None:
    form = own_forms.keep(store, made, "  Ill   today ", TODAY)
    assert own_forms.own_forms(store) == [form] and form.title == "Ill today"
    assert form.words.startswith("{child} cannot come") and "{school} and {council}" in form.words and form.subject == "{child} is ill"
    case.set_child(store, replace(case.child_of(store), known_as="Mina", school="Larch School"), today=TODAY)
    again = own_forms.begin(store, library, form, TODAY + dt.timedelta(days=30))
    assert again.body == WORDS.replace("Amina", "Mina").replace("Oakfield", "Larch") and again.subject == "Mina is ill"
    assert again.id != made.id and again.values["to_whom"] == "Headteacher"


def test_keeping_and_removing_can_be_undone(store: Store, library: Library, made: Draft) -> None:
    form = own_forms.keep(store, made, "Ill", TODAY)
    own_forms.remove(store, form)
    assert own_forms.own_forms(store) == []
    store.undo()
    assert own_forms.own_forms(store) == [form]
    store.undo()
    assert own_forms.own_forms(store) == []


def test_what_cannot_be_a_form_is_refused(store: Store, library: Library, made: Draft) -> None:
    with pytest.raises(Invalid, match="needs a name"):
        own_forms.keep(store, made, "  ", TODAY)
    with pytest.raises(Invalid, match="own words"):
        own_forms.keep(store, letters.draft(store, library, "L01", {}, TODAY), "Ask", TODAY)


def test_places_are_plain_and_filled_once() -> None:
    facts = {"child_short": "{me}", "my_name": "Nadia"}
    assert filled("{child}, {Me}, {unknown}, {{child}}, {0}, {me.__class__}", facts) == "{me}, Nadia, {unknown}, {{me}}, {0}, {me.__class__}"
    assert with_places("Nadia and Nadiah", {"my_name": "Nadia"}) == "{me} and Nadiah"
    assert with_places("Nothing", {}) == "Nothing" == filled("Nothing", {})
