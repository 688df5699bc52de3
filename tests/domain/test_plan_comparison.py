"""Two versions of a plan: every kind of change is found and named, and minutes are counted."""

import time

import pytest

from casefile.domain.comparison import Comparison, compare, marks
from casefile.domain.plan import PlanItem
from casefile.services.plans import judged

SALT = "30 minutes of speech and language therapy every week, one to one, from a qualified speech and language therapist."
HELP = "10 hours every week of help in class from a teaching assistant trained in signing."
LUNCH = "A teaching assistant runs a lunch club twice a week for 20 minutes."
SLEEP = "A nurse teaches Amina a calm bedtime routine for 10 minutes every week."
OT = "45 minutes of occupational therapy every two weeks from a qualified occupational therapist."


def made(**sections: list[str]) -> list[PlanItem]:
    return [
        PlanItem(None, 1, f"{section}{number}", section, text, number)
        for section, texts in sections.items() for number, text in enumerate(texts, 1)
    ]  # fmt: skip


def compared(before: list[PlanItem], after: list[PlanItem], **more: object) -> Comparison:
    return compare(before, after, judged, **more)  # type: ignore[arg-type]


def kinds(found: Comparison) -> list[str]:
    return [change.type for change in found.changes]


@pytest.mark.parametrize(("before", "after", "kind"), [
    (SALT, "Up to 30 minutes of speech and language therapy every week, one to one, from a qualified speech and language therapist.", "weakened"),
    (SALT, "Regular speech and language therapy from a qualified speech and language therapist.", "weakened"),
    (SALT, "20 minutes of speech and language therapy every week, one to one, from a qualified speech and language therapist.", "weakened"),
    (SALT, SALT.replace("every week", "every week where resources permit"), "weakened"),
    ("Access to occupational therapy as required.", OT, "strengthened"),
    (HELP, HELP.replace("a teaching assistant trained in signing", "an adult"), "person_downgraded"),
    (SALT, "30 minutes of speech and language therapy every week, one to one, from a speech and language therapy assistant.", "person_downgraded"),
    (SALT, SALT.replace("30 minutes", "At least 30 minutes"), "reworded_equal"),
    (SALT, SALT.replace("every week", "every week, reviewed by the school"), "reworded_equal"),
    (SALT, SALT.replace("30 minutes", "Between 10 and 30 minutes"), "weakened"),
    (HELP, HELP.replace("a teaching assistant", "a higher level teaching assistant"), "strengthened"),
    (LUNCH, "A teaching assistant will run a lunch club, twice a week for 20 minutes.", "reworded_equal"),
])  # fmt: skip
def test_one_line_that_changed(before: str, after: str, kind: str) -> None:
    found = compared(made(F=[before, "A picture timetable on the desk in every lesson."]), made(F=[after, "A picture timetable on the desk in every lesson."]))
    assert kinds(found) == [kind], found.changes
    assert found.changes[0].text_before == before


def test_gone_added_moved_and_what_comes_first() -> None:
    before = made(F=[SALT, LUNCH, SLEEP, OT])
    after = made(F=[SALT, "Access to occupational therapy as required, with sessions of up to 45 minutes.", "Two maths lessons a week of 40 minutes from a specialist teacher."], G=[SLEEP])
    found = compared(before, after)
    assert set(kinds(found)) == {"removed", "moved", "weakened", "added"}
    gone = found.of("removed")[0]
    assert (gone.text_before, gone.text_after, gone.minutes_before, gone.minutes_after) == (LUNCH, "", 40, 0)
    moved = found.of("moved")[0]
    assert (moved.section_before, moved.section_after, moved.minutes_after) == ("F", "G", 0)
    assert found.of("weakened")[0].minutes_after is None
    assert kinds(found)[-1] == "added"
    assert found.minutes_before == pytest.approx(30 + 40 + 10 + 22.5)
    assert found.unfixed_after == 1


def test_lines_merged_and_split() -> None:
    one, two, both = "Reading practice with a teaching assistant, 20 minutes every day.", "Handwriting practice with a teaching assistant, 10 minutes every day.", "Daily reading practice and handwriting practice with a teaching assistant."
    assert kinds(compared(made(F=[one, two]), made(F=[both]))) == ["merged"]
    found = compared(made(F=[both]), made(F=[one, two]))
    assert kinds(found) == ["split"]
    assert found.changes[0].minutes_after == 150


def test_needs_and_placement() -> None:
    before = made(B=["Amina has a severe difficulty with spoken language.", "Amina is anxious in crowds."], I=["Oakfield Primary School, mainstream."])
    after = made(B=["Amina has some difficulty with spoken language."], I=["A mainstream school."])
    assert set(kinds(compared(before, after))) == {"need_dropped", "weakened", "placement_changed"}


def test_keys_that_moved_up_are_matched_by_their_words() -> None:
    found = compared(made(F=[LUNCH, SALT, OT]), made(F=[SALT, OT]))
    assert kinds(found) == ["removed"]
    assert found.changes[0].text_before == LUNCH


def test_quotes_spaces_and_capitals_are_no_change() -> None:
    assert compared(made(F=["The therapist’s  programme, daily."]), made(F=["the therapist's programme, daily"])).changes == ()


def test_silent_is_what_a_notice_does_not_list() -> None:
    after = made(F=[SALT.replace("30", "20"), "Access to occupational therapy."])
    found = compared(made(F=[SALT, OT]), after, listed=("Section F: F1 is changed to 20 minutes.",))
    silent = {change.key: change.silent for change in found.changes}
    assert silent == {"F1": False, "F2": True}
    untold = compared(made(F=[SALT]), after).changes
    assert untold and all(change.silent is None for change in untold)


def test_nothing_is_not_a_line() -> None:
    assert kinds(compared(made(G=["None."]), made(G=["Not applicable"]))) == []
    assert kinds(compared(made(G=["None."]), made(G=[SLEEP]))) == ["added"]
    assert kinds(compared(made(G=[SLEEP]), made(G=["None."]))) == ["removed"]


def test_words_are_marked() -> None:
    old, new = "45 minutes every two weeks of therapy.", "Access to therapy as required."
    out, fresh = marks(old, new)
    assert [old[start:end] for start, end in out] == ["45 minutes every two weeks of"]
    assert [new[start:end] for start, end in fresh] == ["Access to", "as required."]


def test_two_long_plans_take_less_than_a_second() -> None:
    topics = ["reading", "writing", "spelling", "number", "memory", "attention", "signing", "movement", "handwriting", "swimming", "friendship", "lunch", "transport", "music", "art", "science", "geography", "touch-typing", "phonics", "speech"]
    before = made(
        B=[f"Amina finds {topic} hard in setting {number}, and this shows in her {topics[(number + 3) % 20]}." for number, topic in enumerate(topics * 7)],
        F=[f"{10 + number % 50} minutes of {topic} work every week with a trained teaching assistant, using programme {number} for {topics[(number + 7) % 20]}." for number, topic in enumerate(topics * 15)],
    )  # fmt: skip
    after = [item if item.position % 3 else PlanItem(None, 2, item.key, item.section, item.text.replace("minutes", "minutes or so").replace("every week", "regularly"), item.position) for item in before if item.position % 11]
    took = []
    for _ in range(3):
        start = time.perf_counter()
        found = compared(before, after)
        took.append(time.perf_counter() - start)
    assert min(took) < 1.0
    assert len(found.changes) > 50
