"""Letters from the family's own ledgers: what is to be made up, days sent home, health and social care that is not given."""

import datetime as dt

import pytest

from casefile.domain.events import Event
from casefile.domain.sessions import Absence, Cost, Provision, Session
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services import letters, losses, provision, timeline
from casefile.store.store import Store
from tests.conftest import TODAY
from tests.services.test_every_letter import answers, days_lost, health_and_care


def words(store: Store, library: Library, id_: str, **values: str) -> str:
    return letters.draft(store, library, id_, values, TODAY).body.replace("\u00a0", " ")


def test_what_is_to_be_made_up_comes_from_both_ledgers(sample: Store, library: Library) -> None:
    days_lost(sample)
    made = letters.draft(sample, library, "L23", answers(library, "L23"), TODAY)
    text = made.body.replace("\u00a0", " ")
    assert made.gaps == () and "Make up for the 4 hours that were missed" in text and "it is not counted as missed" in text
    assert "Wednesday 9 September 2026: private speech therapy, £65." in text and "Pay back the £" in text
    assert "She hid under the table" in text and "Too hard to read again" not in text, "what was folded away stays folded away"
    assert "Send a written apology to my child and to me." in text


def test_with_money_alone_nothing_is_said_of_sessions(store: Store, library: Library) -> None:
    assert "owed" in {gap.name for gap in letters.draft(store, library, "L23", {}, TODAY).gaps}
    losses.keep(store, Cost(None, dt.date(2026, 10, 1), "An assessment", "report", 45_050), TODAY)
    text = words(store, library, "L23", **answers(library, "L23"))
    assert "an assessment, £450.50." in text and "Make up for the" not in text and "[" not in text


def test_days_sent_home_are_told_and_added_up(store: Store, library: Library) -> None:
    days_lost(store)
    losses.keep(store, Absence(None, dt.date(2026, 10, 5), dt.date(2026, 10, 9), "ill"), TODAY)
    losses.keep(store, Absence(None, dt.date(2026, 11, 16), None, "part_time", 1), TODAY)
    text = words(store, library, "L25", told="Mrs Hale rang me", agreed="I felt that I had no choice")
    assert "From Tuesday 3 November 2026 to Friday 6 November 2026, part-time timetable: 4 school days, 2.5 hours lost on each day. The reason: she cannot cope after lunch. Who decided it, or told me: Mrs Hale." in text
    assert "Tuesday 10 November 2026, sent home, or asked to stay at home." in text
    assert "Since Monday 16 November 2026, part-time timetable: 7 school days so far, 1 hour lost on each day." in text
    assert "Amina lost 1 whole school day, and 17 h over 11 part days." in text
    assert "October" not in text, "illness is no exclusion"


def test_without_an_entry_the_parents_own_list_of_days_stands(store: Store, library: Library) -> None:
    text = words(store, library, "L25", days_not_full="Every Friday since 4 September 2026", told="She rang", agreed="I did not agree to it")
    assert "1. Every Friday since 4 September 2026." in text and "In all" not in text


def test_an_answer_that_is_none_of_the_choices_is_refused(sample: Store, library: Library) -> None:
    with pytest.raises(Invalid, match="no answer to “Did you agree to it"):
        letters.draft(sample, library, "L25", {"agreed": "Perhaps"}, TODAY)
    kept = letters.save(sample, letters.draft(sample, library, "L25", {"agreed": "I did not agree to it"}, TODAY))
    with pytest.raises(Invalid, match="Choose one of"):
        letters.answer(sample, library, kept, {"agreed": "Yes and no"}, TODAY)
    assert letters.answer(sample, library, kept, {"agreed": ""}, TODAY).values["agreed"] == "", "an answer can be taken back"


def test_a_complaint_about_section_f_says_nothing_of_health_and_the_other_way_round(sample: Store, library: Library) -> None:
    health_and_care(sample)
    for item, title in (("G2", "Physiotherapy"), ("H1.2", "Short breaks")):
        line = provision.save(sample, Provision(None, item, title, minutes=60, sessions=1, period="week", weekdays=(0,), start=dt.date(2026, 9, 1)))
        provision.log_session(sample, Session(None, line.id or 0, dt.date(2026, 9, 14), "missed"), TODAY)
    assert "G2" not in words(sample, library, "L20") and "H1.2" not in words(sample, library, "L20")
    health, care = words(sample, library, "L21", missing="All of it"), words(sample, library, "L22", missing="All of it")
    assert "G2, from" in health and "H1.2" not in health and "F1, from" not in health
    assert "H1.2, from" in care and "G2" not in care
    assert "“A school nurse sees Amina once a month.”" in health and "“Three hours of a support worker every Saturday.”" in care


@pytest.mark.parametrize(("id_", "event", "rule", "due"), [
    ("L21", "nhs_complaint_received", "nhs_ack", dt.date(2026, 11, 27)), ("L22", "sc_complaint_received", "sc_s1", dt.date(2026, 12, 8)),
])  # fmt: skip
def test_each_complaint_starts_the_clock_of_its_own_procedure(id_: str, event: str, rule: str, due: dt.date, sample: Store, library: Library) -> None:
    from tests.services.test_every_letter import everybody

    health_and_care(sample)
    everybody(sample, library)
    made = letters.save(sample, letters.draft(sample, library, id_, answers(library, id_), TODAY))
    assert letters.mark_sent(sample, library, made.id or 0, on=TODAY, how="email").kind == event
    found = {one.rule: one for one in timeline.deadlines_of(sample, library, TODAY)}
    assert found[rule].due == due and made.reference == ("" if id_ == "L21" else "NB/4471"), "the council's number means nothing to the NHS"


def test_the_day_asked_for_is_counted_from_the_letters_own_rule(sample: Store, library: Library) -> None:
    health_and_care(sample)
    assert "Please confirm by Friday 27 November 2026" in words(sample, library, "L21", missing="All of it")
    timeline.record(sample, Event(None, "nhs_complaint_received", dt.date(2026, 11, 2)))
    assert "Please confirm by Friday 27 November 2026" in words(sample, library, "L21", missing="All of it"), "an older complaint has a clock of its own"


def test_a_child_out_of_school_brings_the_days_of_the_ledger_along(store: Store, library: Library) -> None:
    own = {"since": "June", "reason": "Illness", "given_now": "None"}
    assert "In all" not in words(store, library, "L24", **own)
    losses.keep(store, Absence(None, dt.date(2026, 11, 2), dt.date(2026, 11, 6), "ill", reason="Pneumonia"), TODAY)
    text = words(store, library, "L24", **own)
    assert "From Monday 2 November 2026 to Friday 6 November 2026, ill: 5 school days. The reason: pneumonia." in text
    assert "In all, Amina has lost 5 whole school days so far." in text
