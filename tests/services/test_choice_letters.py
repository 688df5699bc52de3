"""Letters whose words follow a choice or an event: exclusion, adjustments, travel, assessments at home, a personal budget."""

import datetime as dt

import pytest

from casefile.domain.events import Event
from casefile.library import Library
from casefile.services import letters, timeline
from casefile.store.store import Store
from tests.conftest import TODAY
from tests.services.test_every_letter import answers


def words(store: Store, library: Library, id_: str, **values: str) -> str:
    return letters.draft(store, library, id_, answers(library, id_) | values, TODAY).body.replace("\u00a0", " ")


def excluded(store: Store, kind: str, told: str) -> None:
    timeline.record(store, Event(None, "exclusion_first_day", dt.date(2026, 11, 16), detail=kind))
    timeline.record(store, Event(None, "governors_notified_of_exclusion", dt.date(2026, 11, 17), detail=told))


def test_without_an_exclusion_on_record_the_governors_are_not_written_to(sample: Store, library: Library) -> None:
    assert "exclusion_on" in {gap.name for gap in letters.draft(sample, library, "L26", answers(library, "L26"), TODAY).gaps}


@pytest.mark.parametrize(("kind", "told", "decide", "panel"), [
    ("permanent", "permanent", True, True), ("suspension", "over_15_days", True, False), ("suspension", "from_6_to_15_days", True, False),
    ("suspension", "exam", True, False), ("suspension", "up_to_5_days", False, False),
])  # fmt: skip
def test_what_governors_must_do_follows_the_kind_of_exclusion(kind: str, told: str, decide: bool, panel: bool, sample: Store, library: Library) -> None:
    excluded(sample, kind, told)
    text = words(sample, library, "L26")
    assert "began on Monday 16 November 2026" in text and "told of it on Tuesday 17 November 2026" in text
    assert ("must decide whether Amina should be reinstated" in text) is decide
    assert ("independent review panel within 15 school days" in text) is panel
    if told == "up_to_5_days":
        assert "must meet by" not in text, "no day is set for these"


def test_the_governors_last_day_is_counted_in_school_days(sample: Store, library: Library) -> None:
    excluded(sample, "permanent", "permanent")
    due = next(one.due for one in timeline.deadlines_of(sample, library, TODAY) if one.rule == "governors_meet")
    from casefile.domain.dates import in_words

    assert due is not None and f"they must meet by {in_words(due)}" in words(sample, library, "L26")


@pytest.mark.parametrize(("id_", "field", "choice", "there", "absent"), [
    ("L27", "kind", 1, "sections 20(3) and 85", "sections 20(5)"), ("L27", "kind", 2, "sections 20(5) and 85", "sections 20(3)"),
    ("L27", "kind", 3, "sections 20(5) and 85", "nothing of the sort"),
    ("L48", "stage", 1, "arrange it, free of charge", "Change the decision"), ("L48", "stage", 3, "the day of the panel", "arrange it, free of charge"),
    ("L48", "stage", 4, "does not suit Amina", "Change the decision"),
    ("L49", "which", 2, "section 17(10)", "17ZD"), ("L49", "which", 3, "section 17ZD", "section 17(10)"), ("L49", "which", 1, "section 17ZD", "nothing of the sort"),
    ("L14", "how", 1, "what you need from me to make direct payments", "nothing of the sort"), ("L14", "how", 2, "I want to know the sum first", "what you need from me to make"),
    ("L40", "reason", 2, "I am choosing a school for Amina", "refused to assess"), ("L04", "kind", 2, "decided not to make a plan", "nothing of the sort"),
])  # fmt: skip
def test_the_words_follow_the_choice(id_: str, field: str, choice: int, there: str, absent: str, sample: Store, library: Library) -> None:
    choices = next(one.choices for one in library.letter(id_).fields if one.name == field)
    text = words(sample, library, id_, **{field: choices[choice - 1]})
    assert there in text and absent not in text


def test_every_law_a_form_quotes_by_rule_is_in_force_on_the_day(library: Library) -> None:
    for form in library.letters:
        for id_ in filter(None, (*form.rules, form.reply_rule, form.also_rule)):
            versions = library.rule(id_).versions
            assert any((one.since is None or one.since <= TODAY) and (one.until is None or one.until >= TODAY) for one in versions), (form.id, id_)


def test_there_are_all_the_letters_a_parent_needs(library: Library) -> None:
    assert {form.id for form in library.letters} >= {f"L{number:02}" for number in range(1, 52)}


def test_letters_are_in_british_english_and_in_short_words(library: Library) -> None:
    wrong = ("organize", "behavior ", "color", "center", "favor", "recogniz", "specializ", "apologiz", "judgment", "fulfill", "enroll", "while st", "utilise", "pursuant", "herein", "aforementioned", "—")
    for form in library.letters:
        text = "\n".join([form.title, form.purpose, form.subject, form.body, *(f"{one.label} {one.help} {' '.join(one.choices)}" for one in form.fields)])
        assert not [word for word in wrong if word in text], form.id
        assert all(one.label and not one.label.endswith(".") for one in form.fields), form.id
