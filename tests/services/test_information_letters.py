"""Requests for information: each with its body and its clock; the one that must not tell who the child is does not."""

import datetime as dt
import io
import re
from email import message_from_bytes, policy

import docx
import pypdf
import pytest

from casefile.domain.events import Event
from casefile.domain.letters import Draft
from casefile.domain.people import Child, Contact
from casefile.library import Library
from casefile.services import letters, people, timeline
from casefile.services.addressing import NAMED_HERE, TAKEN_OUT, without_child
from casefile.store.store import Store
from tests.conftest import TODAY
from tests.services.test_every_letter import answers, everybody

ASKED = {"question": "How many EHC plans were finished within 20 weeks", "years": "each calendar year from 2023 to 2025"}


def outputs(made: Draft) -> dict[str, str]:
    """Everything a reader could find in the four files, their metadata and their headers."""
    pdf = pypdf.PdfReader(io.BytesIO(letters.render(made, "pdf")))
    word = docx.Document(io.BytesIO(letters.render(made, "docx")))
    mail = message_from_bytes(letters.render(made, "eml"), policy=policy.default)
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    foot = [part.text for section in word.sections for part in (*section.footer.paragraphs, *section.header.paragraphs)]
    properties = word.core_properties
    return {
        "pdf": "\n".join([*(page.extract_text() for page in pdf.pages), *map(str, (pdf.metadata or {}).values())]),
        "docx": "\n".join([*(part.text for part in word.paragraphs), *cells, *foot, properties.title, properties.subject, properties.author, properties.keywords]),
        "txt": letters.render(made, "txt").decode(),
        "eml": "\n".join([*(f"{name}: {value}" for name, value in mail.items()), mail.get_body(("plain",)).get_content()]),  # type: ignore[union-attr]
    }  # fmt: skip


def test_a_freedom_of_information_request_never_tells_who_the_child_is(sample: Store, library: Library) -> None:
    everybody(sample, library)
    made = letters.draft(sample, library, "L41", ASKED, TODAY)
    assert made.gaps == () and made.about == "" and made.relation == "" and made.reference == "" and made.enclosed == ()
    for ending, text in outputs(made).items():
        for telling in ("Amina", "NB/4471", "14 May 2017", "2017-05-14", "mother", "Oakfield"):
            assert telling not in text.replace("\u00a0", " "), (ending, telling)
        assert "Nadia Rahman" in text, "a request needs the name of the one who asks"
    assert "Amina" not in made.title and "Amina" not in made.subject


def test_a_childs_name_in_the_parents_own_words_is_a_gap_and_is_not_printed(sample: Store, library: Library) -> None:
    everybody(sample, library)
    typed = ASKED | {"question": "Why did Amina wait (ref nb/4471, born 14 May 2017)?"}
    made = letters.save(sample, letters.draft(sample, library, "L41", typed, TODAY))
    assert made.body.count(NAMED_HERE) == 3 and [gap.shown for gap in made.gaps] == [NAMED_HERE]
    assert made.values["question"] == typed["question"], "what was typed is kept, to be changed by the parent"
    for text in outputs(made).values():
        assert "Amina" not in text and "4471" not in text
    with pytest.raises(letters.Invalid, match="gap"):
        letters.mark_sent(sample, library, made.id or 0, on=TODAY, how="email")
    made = letters.answer(sample, library, made, {"question": ASKED["question"]}, TODAY)
    assert made.gaps == () and made.ready


def test_a_name_that_is_a_word_forbids_neither_the_word_nor_the_month() -> None:
    child = Child(name="May Stone", known_as="May")
    assert without_child("You may say it in May 2025.", child) == "You may say it in May 2025."
    assert without_child("Why was May left out?", child) == f"Why was {TAKEN_OUT} left out?"
    assert without_child("MAY STONE", child) == TAKEN_OUT
    assert without_child("Nothing to hide", Child()) == "Nothing to hide"


def test_the_twenty_working_days_leave_out_every_nations_bank_holidays(sample: Store, library: Library) -> None:
    everybody(sample, library)
    made = letters.draft(sample, library, "L41", ASKED, TODAY)
    stated = re.search(r"Please answer by (.+?)\. That", made.body.replace("\u00a0", " "))
    kept = letters.save(sample, made)
    letters.mark_sent(sample, library, kept.id or 0, on=TODAY, how="email")
    due = next(one for one in timeline.deadlines_of(sample, library, TODAY) if one.rule == "foi_response")
    # St Andrew's Day, Monday 30 November, is no working day here, though England works on it.
    assert due.due == dt.date(2026, 12, 23) and stated and stated[1] == "Wednesday 23 December 2026"


@pytest.mark.parametrize("id_", ["L38", "L42"])
@pytest.mark.parametrize(("who", "first"), [
    ("Data Protection Officer", "Northbrook Council"), ("Data protection lead of the school", "Oakfield Primary School"),
    ("Records team of the NHS trust", "Northbrook Community NHS Trust"),
])  # fmt: skip
def test_records_are_asked_of_whoever_holds_them(id_: str, who: str, first: str, sample: Store, library: Library) -> None:
    for office, name in (("information_governance", "Northbrook Council"), ("nhs_records", "Northbrook Community NHS Trust"), ("school_records", "Oakfield Primary School")):
        people.save(sample, Contact(None, organisation=name, address="1 Market Square", office=office))
    made = letters.draft(sample, library, id_, answers(library, id_) | {"to_whom": who}, TODAY)
    assert made.gaps == () and made.recipient[:2] == ("The Data Protection Officer", first)
    assert made.reference == ("NB/4471" if first == "Northbrook Council" else ""), "the council's number is the council's"


def test_records_that_did_not_come_are_chased_with_the_days_late(sample: Store, library: Library) -> None:
    timeline.record(sample, Event(None, "sar_received", dt.date(2026, 10, 1)))
    everybody(sample, library)
    made = letters.save(sample, letters.draft(sample, library, "L52", {"what": "Nothing came"}, TODAY))
    text = made.body.replace("\u00a0", " ")
    assert made.gaps == () and "You had my request for Amina’s personal data on Thursday 1 October 2026." in text
    assert "The last day for the answer was Monday 2 November 2026. I have not had it. It is now 22 days late." in text
    assert "Send me the records now." in text and "blacked out" not in text
    assert "Please confirm by Thursday 24 December 2026" in text
    event = letters.mark_sent(sample, library, made.id or 0, on=TODAY, how="email")
    assert event.kind == "dp_complaint_received" and "dp_complaint_ack" in {one.rule for one in timeline.deadlines_of(sample, library, TODAY)}


def test_records_that_came_in_time_and_not_whole_are_asked_for_again(sample: Store, library: Library) -> None:
    timeline.record(sample, Event(None, "sar_received", dt.date(2026, 10, 1)))
    timeline.record(sample, Event(None, "sar_reply_received", dt.date(2026, 10, 30)))
    text = letters.draft(sample, library, "L52", {"what": "Something came, and something is missing", "missing": "The panel’s minutes"}, TODAY).body
    assert "This is missing: The panel’s minutes." in text and "last day for the answer" not in text and "Send me the records now" not in text


def test_a_late_freedom_of_information_answer_is_reviewed_without_the_childs_name(sample: Store, library: Library) -> None:
    timeline.record(sample, Event(None, "foi_received", dt.date(2026, 10, 1)))
    everybody(sample, library)
    made = letters.save(sample, letters.draft(sample, library, "L53", {"about": "plans finished in time", "what": "No answer came"}, TODAY))
    assert made.gaps == () and "It is now" in made.body and all("Amina" not in text for text in outputs(made).values())
    assert letters.mark_sent(sample, library, made.id or 0, on=TODAY, how="email").kind == "foi_review_requested"
    assert {one.rule: one.state for one in timeline.deadlines_of(sample, library, TODAY)}["foi_review"] in ("coming", "due_soon")


def test_an_opinion_is_not_called_a_wrong_fact(sample: Store, library: Library) -> None:
    made = letters.draft(sample, library, "L42", answers(library, "L42") | {"kind": "It is an opinion, and I see it otherwise"}, TODAY)
    assert "It is an opinion, and I see it otherwise." in made.body and "add this letter to the record" in made.body
