"""Spelling in a case: the list of this computer where there is one, and the words that are right here."""

import sys
from types import SimpleNamespace

import pytest

from casefile.domain.spelling import KnownWord, slips_in
from casefile.errors import Invalid
from casefile.readers import spelling as engine
from casefile.services import spelling
from casefile.store.store import Store


def test_names_people_and_places_of_the_case_are_right(sample: Store) -> None:
    leave = spelling.leave_alone(sample)
    assert {"amina", "rahman", "northbrook", "larch", "sendiass"} <= leave


def test_a_word_is_remembered_once_and_undo_forgets_it(sample: Store) -> None:
    spelling.remember(sample, "Sensology’s")
    spelling.remember(sample, "sensology's")
    assert [one.word for one in sample.find(KnownWord)] == ["sensology's"] and "sensology's" in spelling.leave_alone(sample)
    sample.undo()
    assert "sensology's" not in spelling.leave_alone(sample)
    for wrong in ("", "two words"):
        with pytest.raises(Invalid):
            spelling.remember(sample, wrong)


def test_without_the_library_or_a_british_list_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "enchant", None)
    assert engine.speller() is None
    american = SimpleNamespace(dict_exists=lambda tag: tag == "en_US", request_dict=lambda tag: 1 / 0)
    monkeypatch.setitem(sys.modules, "enchant", SimpleNamespace(Broker=lambda: american))
    assert engine.speller() is None, "American spelling would call British words wrong"


def test_a_broken_library_keeps_nobody_from_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "enchant", SimpleNamespace(Broker=lambda: 1 / 0))
    assert engine.speller() is None


def test_the_list_of_this_computer_spells_as_in_britain() -> None:
    found = engine.speller()
    if found is None:
        pytest.skip("no spelling library, or no British list, on this computer")
    text = "The counsil recieved my letter about behaviour and colour. It doesn’t organise speech and language therapy."
    assert [one.word for one in slips_in(text, found.knows, spelling.OURS)] == ["counsil", "recieved"]
    assert "received" in found.near("recieved") and len(found.near("counsil")) <= engine.MOST
    assert slips_in("color", found.knows, ())
