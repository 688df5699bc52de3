"""The quality check Q01 to Q20: each finds what it is for, and says nothing where there is nothing."""

import datetime as dt
from dataclasses import replace

import pytest

from casefile.domain.plan import SECTIONS, PlanItem, PlanVersion
from casefile.domain.plan_check import Checked, Facts, Report, check_plan, school_year
from casefile.domain.plan_reports import Recommendation, against_plan, needs_in, recommendations_in
from casefile.services.plans import judged

TODAY = dt.date(2026, 11, 24)
GOOD: dict[str, str] = {
    "A": "Sam says: I like trains. His mother hopes that he will have friends.",
    "B": "Sam has a severe difficulty with spoken language.",
    "C": "None.", "D": "None.",
    "E": "By the end of Year 8 Sam will follow three steps in class. The school sets shorter-term targets each term.",
    "F": "30 minutes of speech and language therapy every week, one to one, from a qualified speech and language therapist, reviewed each term by the therapist.",
    "G": "None.", "H1": "None.", "H2": "None.", "I": "Hill View School, a mainstream primary school. The next review is in May 2027.", "J": "None.",
    "K": "Speech and language therapist, Jo Hill, 3 May 2026.",
}  # fmt: skip
VERSION = PlanVersion(1, "Final plan", "final", dated=dt.date(2026, 6, 1), signed_by="A. Officer")


def made(**changes: str) -> list[PlanItem]:
    texts = GOOD | changes
    return [PlanItem(None, 1, f"{section}1", section if section != "U" else "", text, number, needs=("B1",) if section == "F" else (), outcomes=("E1",) if section == "F" else ()) for number, (section, text) in enumerate(texts.items()) if text]


def checked(version: PlanVersion = VERSION, *, born: dt.date | None = dt.date(2017, 5, 14), reports: tuple[Report, ...] = (), paid: bool | None = None, **changes: str) -> Checked:
    headed = {section for section in SECTIONS if changes.get(section) != ""}
    return check_plan(version, made(**changes), headed, judged, Facts(TODAY, born, "Sam", reports=reports, direct_payment=paid))


def test_a_good_plan_has_nothing_to_look_at() -> None:
    assert [(one.check, one.why) for one in checked().findings] == []


@pytest.mark.parametrize(("check", "changes"), [
    ("Q01", {"H2": ""}),
    ("Q02", {"D": "He will receive 2 hours of support from a worker each week."}),
    ("Q02", {"U": "Strategies: a teaching assistant gives 15 minutes of help each day."}),
    ("Q04", {"F": "Access to speech and language therapy."}),
    ("Q05", {"F": "30 minutes of speech and language therapy every week from a qualified speech and language therapist where resources permit."}),
    ("Q08", {"G": "A nurse will teach Sam strategies to sleep."}),
    ("Q09", {"E": "Sam will receive therapy. Targets are short-term."[:25]}),
    ("Q09", {"E": "Sam will improve his reading."}),
    ("Q10", {"E": "By the end of Year 8 Sam will follow three steps in class."}),
    ("Q11", {"I": "To be confirmed"}),
    ("Q11", {"I": "Hill View. The next review is in May 2027."}),
    ("Q13", {"K": "A report of an educational psychologist"}),
    ("Q15", {"A": "Trains and drums."}),
    ("Q17", {"I": "Hill View School, a mainstream primary school."}),
    ("Q18", {"E": "By the end of Year 2 Sam will follow three steps. The school sets shorter-term targets."}),
    ("Q19", {"B": "Sam has a severe difficulty, see the BPVS and CELF."}),
    ("Q20", {"F": "40 hours every week of help from a trained teaching assistant in lessons, reviewed each term by the teacher."}),
])  # fmt: skip
def test_each_check_finds_what_it_is_for(check: str, changes: dict[str, str]) -> None:
    assert check in {one.check for one in checked(**changes).findings}


def test_needs_without_provision_and_the_thread() -> None:
    items = [*made(), PlanItem(None, 1, "B2", "B", "Sam is anxious.", 20), PlanItem(None, 1, "B-h1", "B", "Learning", 21)]
    found = check_plan(VERSION, items, set(SECTIONS), judged, Facts(TODAY))
    assert [(one.check, one.item) for one in found.findings if one.check == "Q03"] == [("Q03", "B2")]
    assert found.thread["needs_without_provision"] == ["B2"]
    assert ("Q12", "the date of birth is not recorded") in found.not_decided


def test_a_draft_names_no_school() -> None:
    draft = replace(VERSION, status="draft", signed_by="")
    assert "Q11" in {one.check for one in checked(draft).findings}
    assert "Q11" not in {one.check for one in checked(draft, I="Left blank").findings}


def test_year_nine_and_direct_payments() -> None:
    assert "Q12" in {one.check for one in checked(born=dt.date(2012, 10, 1)).findings}
    assert "Q16" in {one.check for one in checked(paid=True).findings}
    assert "Q16" not in {one.check for one in checked(paid=True, J="£40 a week for F1").findings}


def test_reports_lost_and_thinned() -> None:
    advice = (Recommendation("Sam should have 60 minutes of direct speech and language therapy every week from a qualified speech and language therapist.", 2), Recommendation("Sam needs a wobble cushion in every lesson.", 3))
    report = Report(7, "Therapy report", "speech and language therapist", dt.date(2026, 4, 2), advice)
    found = checked(reports=(report,)).findings
    assert [one.item for one in found if one.check == "Q14"] == ["F1", ""]
    assert any(one.check == "Q13" and "Therapy report" in one.why for one in found)
    assert [kept.state for kept in against_plan(advice, made(), judged)] == ["thinned", "lost"]


def test_two_highlighters() -> None:
    pages = ("Summary. Sam finds loud rooms very hard.\n\nRecommendations\n20 minutes of movement breaks each day with a teaching assistant.\nYours sincerely", "Jo Hill\nSpeech and language therapist, HCPC registered")
    assert [(one.text, one.page) for one in recommendations_in(pages)] == [("20 minutes of movement breaks each day with a teaching assistant.", 1)]
    assert [one.text for one in needs_in(pages)] == ["Sam finds loud rooms very hard."]


@pytest.mark.parametrize(("born", "today", "year"), [
    (dt.date(2017, 5, 14), dt.date(2026, 11, 24), 5), (dt.date(2017, 8, 31), dt.date(2021, 9, 1), 0), (dt.date(2017, 9, 1), dt.date(2021, 9, 1), -1), (dt.date(2012, 10, 1), dt.date(2026, 9, 1), 9),
])  # fmt: skip
def test_the_school_year(born: dt.date, today: dt.date, year: int) -> None:
    assert school_year(born, today) == year
