"""Case facts for a survey: closed answers only, and nothing that leads back to the family."""

import datetime as dt
import re

import pytest

from casefile.domain.events import Event
from casefile.domain.people import Child
from casefile.library import Library
from casefile.services import case, letters, timeline
from casefile.services.survey_facts import UNKNOWN, age_band, delay_band, share_band
from casefile.store.store import Store
from tests.conftest import TODAY
from tests.services.test_information_letters import outputs

YES = {"consent": "Yes, these facts, this once"}
ALLOWED = re.compile(
    r"Age of the child: (under 5|5 to 7|8 to 11|12 to 16|17 to 25|not known)"
    r"|Where things stand: (no assessment was asked for yet|an assessment was asked for|the council said no|the council is assessing|there is a draft plan"
    r"|there is a final plan|the plan is being reviewed|there is an appeal|not known)"
    r"|The month an assessment was asked for: ([A-Z][a-z]+ \d{4}|not known)"
    r"|(The decision whether to assess|The final plan|The decision after a review|The changed plan after a review|The answer to a complaint, stage [12]): "
    r"(in time|not known|late by (less than a week|one to four weeks|five to thirteen weeks|fourteen to twenty-six weeks|more than half a year)(, and still not there)?)"
    r"|Help in Section F that was missed, of all that is known: (none|up to a quarter|up to a half|up to three quarters|more than three quarters|not known)"
    r"|An appeal was made: (yes|not known to this record)"
    r"|The furthest step of a complaint: (none in this record|a complaint at stage [12]|a complaint to the Ombudsman)"
)


def facts(text: str) -> list[str]:
    part = text.split("# The facts")[1].split("# How")[0]
    return [line.removeprefix("1. ").rstrip(".") for line in part.splitlines() if line.strip()]


def test_every_answer_is_one_of_a_list_and_is_shown_before_it_goes(sample: Store, library: Library) -> None:
    made = letters.draft(sample, library, "L51", YES, TODAY)
    told = facts(made.body)
    assert made.gaps == () and len(told) == 12 and [line for line in told if not ALLOWED.fullmatch(line)] == []
    assert "Help in Section F that was missed, of all that is known: up to a half" in told and "The final plan: late by five to thirteen weeks" in told


def test_nothing_leads_back_to_the_family(sample: Store, library: Library) -> None:
    child = case.child_of(sample)
    made = letters.save(sample, letters.draft(sample, library, "L51", YES, TODAY))
    assert made.sender == () and made.our_reference == "" and made.enclosed == () and made.proofs == () and made.email == ""
    for ending, text in outputs(made).items():
        flat = text.replace("\u00a0", " ")
        for telling in ("Amina", "Rahman", "Nadia", "Northbrook", "Oakfield", "NB/4471", "14 May", "Larch", "mail.example", "Letter ", child.strengths):
            assert telling not in flat, (ending, telling)
        assert not re.search(r"\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)\b", flat), (ending, "a day")
        assert "pseudonymous" in flat and "not anonymous" in flat


def test_it_goes_nowhere_without_a_yes_and_each_time_anew(sample: Store, library: Library) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L51", {}, TODAY))
    assert [gap.name for gap in made.gaps] == ["consent"]
    with pytest.raises(letters.Invalid):
        letters.mark_sent(sample, library, made.id or 0, on=TODAY, how="email")
    assert letters.draft(sample, library, "L51", {}, TODAY).values["consent"] == ""


def test_the_region_is_named_only_where_the_parent_says_so(store: Store, library: Library) -> None:
    assert "Yorkshire" not in letters.draft(store, library, "L51", YES, TODAY).body
    assert "Region: Yorkshire and the Humber." in letters.draft(store, library, "L51", YES | {"region": "Name the region"}, TODAY).body


def test_no_word_of_the_family_gets_in_whatever_stands_in_the_record(store: Store, library: Library) -> None:
    with store.action("Wrote names everywhere"):
        child = case.child_of(store)
        store.change(Child(child.id, "Secret Name", "Secret", child.born, "Council of Secrets", "Secret School", "Secret", "Secret", "SEC/1", "somewhere else"))
    timeline.record(store, Event(None, "complaint_received", dt.date(2026, 9, 1), note="Secret"))
    made = letters.draft(store, library, "L51", YES | {"region": "Name the region"}, TODAY)
    assert "secret" not in made.body.lower() and f"Region: {UNKNOWN}." in made.body and f"Where things stand: {UNKNOWN}" in made.body


@pytest.mark.parametrize(("days", "band"), [(1, "less than a week"), (6, "less than a week"), (7, "one to four weeks"), (34, "one to four weeks"), (35, "five to thirteen weeks"), (97, "five to thirteen weeks"), (98, "fourteen to twenty-six weeks"), (189, "more than half a year")])
def test_how_late_is_a_band_of_weeks(days: int, band: str) -> None:
    assert delay_band(days) == band


def test_ages_and_shares_are_bands_with_sharp_edges() -> None:
    born = dt.date(2018, 11, 24)
    assert [age_band(born, day) for day in (dt.date(2026, 11, 23), dt.date(2026, 11, 24))] == ["5 to 7", "8 to 11"]
    assert age_band(None, TODAY) == UNKNOWN and age_band(dt.date(1990, 1, 1), TODAY) == UNKNOWN
    assert [share_band(missed, 100) for missed in (0, 1, 25, 26, 50, 51, 75, 76)] == ["none", "up to a quarter", "up to a quarter", "up to a half", "up to a half", "up to three quarters", "up to three quarters", "more than three quarters"]
    assert share_band(0, 0) == UNKNOWN
