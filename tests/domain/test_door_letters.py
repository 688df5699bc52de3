"""Which letter takes which step: each new form is reached from the failing it answers, and never through a shut door."""

import pytest

from casefile.domain.door_letters import letter_for
from casefile.domain.failings import Door
from casefile.library import Library


def chosen(library: Library, failing: str, route: str, rule: str = "", state: str = "open") -> str:
    door = Door(route, "A door", state, "", "")
    found = letter_for(door, library.law.failings[failing], library.letters, rule)
    return found.id if found else ""


@pytest.mark.parametrize(("failing", "route", "rule", "letter"), [
    ("health_section_g_missing", "nhs_complaint", "", "L21"), ("social_care_section_h_missing", "social_care_complaint", "", "L22"),
    ("illegal_exclusion", "school", "", "L25"), ("permanent_exclusion", "school", "", "L26"), ("school_discrimination", "school", "", "L27"),
    ("section_f_not_delivered", "school", "", "L17"), ("section_f_not_delivered", "mp", "", "L44"), ("section_f_not_delivered", "sendiass", "", "L50"),
    ("section_f_not_delivered", "judicial_review_preaction", "", "L47"), ("section_f_not_delivered", "council_stage_1", "", "L20"),
    ("data_request_ignored", "council_stage_1", "sar_response", "L52"), ("data_request_ignored", "council_stage_1", "foi_response", "L53"),
    ("data_request_ignored", "council_stage_1", "edu_record", "L54"), ("data_request_ignored", "council_stage_1", "", "L52"), ("twenty_weeks_missed", "council_stage_1", "ehcp_final_20_weeks", "L08"),
    ("social_care_section_h_missing", "nhs_complaint", "", ""),
])  # fmt: skip
def test_a_step_leads_to_its_letter(failing: str, route: str, rule: str, letter: str, library: Library) -> None:
    assert chosen(library, failing, route, rule) == letter


def test_no_letter_goes_through_a_shut_door(library: Library) -> None:
    for state in ("closed", "too_early", "depends", "not_this_body"):
        assert chosen(library, "illegal_exclusion", "school", state=state) == ""


def test_every_step_a_form_names_is_a_door_of_that_failing(library: Library) -> None:
    named = [(form.id, *step.split(":")) for form in library.letters for step in form.takes]
    assert len(named) >= 11
    for id_, failing, route in named:
        assert route in library.law.routes, id_
        if failing != "*":
            assert route in library.law.failings[failing].doors, id_
