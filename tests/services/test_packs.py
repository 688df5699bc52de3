"""Packs from the record: one page for a Member of Parliament or an officer, and the facts for a solicitor."""

import datetime as dt
import io

import pypdf
import pytest

from casefile.domain.events import Event
from casefile.domain.people import Contact
from casefile.domain.sessions import Absence, Cost, Effect, Provision, Session
from casefile.library import Library
from casefile.services import letters, losses, people, provision, timeline
from casefile.store.store import Store
from tests.conftest import TODAY

PAGE = {
    "matter": "The plan promises speech therapy every week. The therapist left in June and nobody has come since",
    "effect": "She has stopped putting up her hand in class", "wish": "put a therapist in place by 8 December 2026",
}  # fmt: skip
PACK = PAGE | {"urgent": "She loses half an hour each week"}


def words(store: Store, library: Library, id_: str, **values: str) -> str:
    return letters.draft(store, library, id_, values, TODAY).body.replace("\u00a0", " ")


def test_what_a_member_of_parliament_reads_stands_on_one_page(sample: Store, library: Library) -> None:
    people.save(sample, Contact(None, "Ms Okoro MP", office="mp"))
    made = letters.draft(sample, library, "L44", PAGE, TODAY)
    assert made.gaps == () and made.recipient == ("Ms Okoro MP", "Member of Parliament", "House of Commons", "London SW1A 0AA")
    first = " ".join(pypdf.PdfReader(io.BytesIO(letters.render(made, "pdf"))).pages[0].extract_text().replace("\u00a0", " ").split())
    assert "I live in your constituency" in first and "now 4 days late" in first and "Please answer by Tuesday 8 December 2026." in first


@pytest.mark.parametrize(("who", "to", "asked"), [
    ("Monitoring Officer", "The Monitoring Officer", "Local Government and Housing Act 1989, section 5, or section 5A"),
    ("Director of Children's Services", "The Director of Children's Services", "Please look into this yourself"),
    ("Your councillor", "Councillor", "I live in your ward"),
])  # fmt: skip
def test_the_same_page_asks_each_reader_for_what_that_one_can_do(who: str, to: str, asked: str, sample: Store, library: Library) -> None:
    made = letters.draft(sample, library, "L44", PAGE | {"to_whom": who}, TODAY)
    assert made.recipient[0] == to and "{" not in "".join((*made.recipient, made.salutation))
    assert asked in made.body and "constituency" not in made.body
    assert made.reference == "NB/4471", "it stays within the council"


def test_changing_the_reader_changes_the_address_with_it(sample: Store, library: Library) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L44", PAGE, TODAY))
    made = letters.answer(sample, library, made, {"to_whom": "Monitoring Officer"}, TODAY)
    assert made.recipient[0] == "The Monitoring Officer" and made.salutation == "Dear Monitoring Officer" and "section 5A" in made.body


def test_nothing_is_asked_where_nothing_is_owed(store: Store, library: Library) -> None:
    for id_, name in (("L44", "breaches"), ("L47", "breach_list")):
        assert name in {gap.name for gap in letters.draft(store, library, id_, {}, TODAY).gaps}


def test_the_facts_for_a_solicitor_hold_duty_breach_story_time_and_advice(sample: Store, library: Library) -> None:
    made = letters.draft(sample, library, "L47", PACK, TODAY)
    text = made.body.replace("\u00a0", " ")
    assert made.gaps == () and made.recipient == ("For a solicitor or law centre",)
    assert "This is not a claim letter" in text and "Where the duty is written: Children and Families Act 2014, section 42(2)." in text
    assert "The stage 1 reply: due by Friday 20 November 2026, now 4 days late." in text
    assert "On Monday 20 April 2026 the council sent the final plan (E1)" in text and "10 hours 30 minutes were due" in text
    assert "promptly, and in any event not later than three months" in text and "rule 54.5(1)" in text
    assert "the first day of what I complain of is Thursday 25 June 2026. Three months from then: Friday 25 September 2026." in " ".join(text.split())
    assert "Civil Legal Advice (legal aid), telephone 0345 345 4345 (check the number first)" in text
    marks = sorted(int(one.split(":")[0][1:]) for one in made.enclosed)
    assert marks == list(range(1, len(marks) + 1)), "no mark is handed out to a paper that is not enclosed"
    assert not any(threat in text.lower() for threat in ("i will sue", "i will take you to court", "legal action will"))


def test_a_day_the_parent_recorded_decides_the_time_for_a_court(sample: Store, library: Library) -> None:
    timeline.record(sample, Event(None, "grounds_arose", dt.date(2026, 10, 30)))
    text = " ".join(words(sample, library, "L47", **PACK).split())
    assert "is Friday 30 October 2026. Three months from then: Saturday 30 January 2027." in text


def test_letters_that_were_sent_are_listed_with_their_papers(sample: Store, library: Library) -> None:
    assert "Letters I sent" not in words(sample, library, "L47", **PACK)
    sent = letters.save(sample, letters.draft(sample, library, "L20", {}, dt.date(2026, 11, 20)))
    letters.mark_sent(sample, library, sent.id or 0, on=dt.date(2026, 11, 20), how="email")
    text = words(sample, library, "L47", **PACK)
    assert "Friday 20 November 2026: “Formal complaint: stage 1. Help in Section F of the EHC plan is not given”, to The Complaints Team (E" in text


def test_the_case_for_an_advocate_gathers_what_the_record_holds(sample: Store, library: Library) -> None:
    text = words(sample, library, "L56", matter="Therapy stopped", wish="Therapy every week")
    for part in ("# What is late or missing", "# What Section F promises", "# What was given", "# What happened, in date order", "10 hours 30 minutes were due"):
        assert part in text
    assert "# What you should know before you speak" not in text
    told = words(sample, library, "L56", matter="Therapy stopped", wish="Therapy every week", not_said="where we lived before")
    assert "Please do not say: where we lived before." in told


def test_a_long_case_still_fits_an_advocates_ten_pages(sample: Store, library: Library) -> None:
    for number in range(60):
        day = dt.date(2025, 9, 1) + dt.timedelta(days=5 * number)
        losses.keep(sample, Absence(None, day, day, "ill", reason="A long reason that was given at the door " * 2), TODAY)
        losses.keep(sample, Cost(None, day, "Private speech therapy, one session", "therapy", 6500), TODAY)
        losses.keep(sample, Effect(None, day, "She came home and said nothing until the evening, and then she cried. " * 2), TODAY)
        timeline.record(sample, Event(None, "review_meeting_held", day))
    for number in range(12):
        line = provision.save(sample, Provision(None, f"F{number + 30}", f"Help {number}", "A long line of the plan " * 8, minutes=30, sessions=1, period="week", weekdays=(2,), start=dt.date(2025, 9, 1)))
        provision.log_session(sample, Session(None, line.id or 0, dt.date(2026, 9, 9), "missed"), TODAY)
    made = letters.draft(sample, library, "L56", {"matter": "Therapy stopped", "wish": "Therapy every week"}, TODAY)
    assert len(pypdf.PdfReader(io.BytesIO(letters.render(made, "pdf"))).pages) <= 10
