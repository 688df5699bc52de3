"""The doors: worked examples of every route, the hard boundary first, and what must hold for any facts."""

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile import library
from casefile.domain.failings import DOOR_STATES, RIGHTS, ROUTES, SETTINGS, Appeal, Complaint, Door, Facts
from casefile.domain.routes import doors
from casefile.services.bare_routes import books_of

BOOKS = books_of(library.load())
FOLDER = Path(__file__).parent.parent / "law" / "doors"
EXAMPLES = [
    pytest.param(example, id=f"{path.stem}: {example['name']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for example in tomllib.loads(path.read_text(encoding="utf-8"))["example"]
]
DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2027, 12, 31))
MAYBE = st.none() | st.booleans()


def facts_of(raw: dict[str, Any]) -> Facts:
    rest = {key: value for key, value in raw.items() if key not in ("council_complaint", "appeal")}
    complaint, appeal = Complaint(**raw.get("council_complaint", {})), Appeal(**raw.get("appeal", {}))
    return Facts(**rest, complaint=complaint, appeal=appeal)


EXPECTED = {"state", "opens", "closes", "because", "unless", "likely", "first", "ask"}
"""What an example may say of a door: a word misspelt there would be looked at by nobody."""


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_door(example: dict[str, Any]) -> None:
    assert example["source"]
    found = doors(facts_of(example["facts"]), BOOKS)
    by = {door.route: door for door in found}
    for route, wanted in example["expect"].items():
        door = by[route]
        assert set(wanted) <= EXPECTED, (route, wanted)
        assert door.state == wanted["state"], (route, door)
        for key, value in (("opens", door.opens_on), ("closes", door.closes_on)):
            if key in wanted:
                assert value == wanted[key], (route, door)
        for key, text in (("because", door.because), ("unless", door.unless), ("likely", door.likely)):
            assert wanted.get(key, "").lower() in text.lower(), (route, door)
        for key, given_ in (("first", door.first), ("ask", door.ask)):
            if key in wanted:
                assert list(given_) == wanted[key], (route, door)
    for place, name in enumerate(("best", "second")):
        if name in example:
            assert found[place].route == example[name], [door.route for door in found]


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    today = draw(DAYS)
    past = st.none() | st.dates(dt.date(2022, 1, 1), today)
    kinds = st.sampled_from(["governors_decision_given", "nhs_complaint_received", "nhs_reply_received", "irp_requested"])
    return Facts(
        draw(st.sampled_from(sorted(BOOKS.failings))), today, draw(past), draw(MAYBE),
        Complaint(draw(past), draw(past), draw(past), draw(past), draw(MAYBE)),
        Appeal(draw(st.none() | st.sampled_from(RIGHTS)), draw(past), draw(past), draw(past), draw(past), draw(MAYBE)),
        draw(st.none() | st.sampled_from(SETTINGS)), draw(MAYBE), draw(MAYBE),
        draw(st.dictionaries(kinds, st.dates(dt.date(2022, 1, 1), today), max_size=2)),
    )  # fmt: skip


def sound(found: tuple[Door, ...], facts: Facts) -> None:
    """What must hold of the doors for any facts."""
    assert sorted(door.route for door in found) == sorted(ROUTES)
    assert any(door.usable for door in found)
    for door in found:
        assert door.state in DOOR_STATES and door.because and door.reference, door
        assert "{" not in door.because + door.unless + door.likely
        assert "not known yet" not in door.because + door.unless, door
        assert (door.state == "closed") == bool(door.unless), door
        if door.state == "depends":
            assert door.ask, door
        if door.opens_on:
            assert door.state == "too_early" and door.opens_on > facts.as_of, door
        if door.usable and door.closes_on:
            assert door.closes_on >= facts.as_of, door
        if door.state == "closing":
            assert door.closes_on is not None, door
        if door.state == "closed" and door.closes_on:
            assert door.closes_on < facts.as_of, door


@settings(max_examples=300)
@given(any_facts())
def test_any_facts_give_sound_doors(facts: Facts) -> None:
    sound(doors(facts, BOOKS), facts)


@pytest.mark.long
@settings(max_examples=6000, derandomize=False)
@given(any_facts())
def test_any_facts_give_sound_doors_in_a_long_random_round(facts: Facts) -> None:
    sound(doors(facts, BOOKS), facts)


@pytest.mark.parametrize("failing", sorted(BOOKS.failings))
def test_every_failing_has_a_door_even_with_nothing_known(failing: str) -> None:
    facts = Facts(failing, dt.date(2026, 11, 24))
    found = doors(facts, BOOKS)
    sound(found, facts)
    assert any(door.usable for door in found if door.route not in ("mp", "sendiass")) or any(
        door.state == "depends" for door in found
    )


def test_every_door_is_reached_by_some_failing() -> None:
    led = {route for failing in BOOKS.failings.values() for route in failing.doors}
    assert led == set(ROUTES)


def test_the_words_are_plain() -> None:
    for route in BOOKS.routes.values():
        texts = [*route.can, *route.cannot, *route.before, *route.limits, route.what, *route.reasons.values()]
        for text in [*texts, *route.unless.values(), *route.never.values()]:
            for sentence in re.split(r"[.:;?]", re.sub(r"\([^)]*\)", "", text)):
                assert len(sentence.split()) <= 25, f"{route.id}: {sentence}"
    for failing in BOOKS.failings.values():
        for text in [failing.title, failing.when, failing.caution, *failing.says.values(), *failing.never.values()]:
            for sentence in re.split(r"[.:;?]", text):
                assert len(sentence.split()) <= 25, f"{failing.id}: {sentence}"


def test_the_law_pages_beside_the_project_name_no_other_failings() -> None:
    pages = Path(__file__).parents[3] / "shared" / "law" / "routes.md"
    if not pages.exists():
        pytest.skip("the law pages are not beside this checkout")
    table = pages.read_text(encoding="utf-8").split("## 14.")[1].split("## 15.")[0]
    named = set(re.findall(r"^\| ([a-z0-9_]+) \|", table, re.M))
    assert named == set(BOOKS.failings) and len(named) >= 33
