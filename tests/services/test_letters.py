"""The two letters, from the record to paper: every fact traced, gaps shown and barred, sending files it.

The reference texts in ``tests/_reference`` are what the letters must say, word for word. After a change that is meant,
write them anew: ``CASEFILE_WRITE_REFERENCE=1 pytest tests/services/test_letters.py``, then read them as their addressee.
"""

import datetime as dt
import email
import email.policy
import io
import os
import re
from pathlib import Path

import pytest

from casefile.domain.documents import Document
from casefile.domain.events import Event
from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import Draft
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services import letters, people, timeline
from casefile.services.letters import render
from casefile.store.store import Store
from tests.conftest import TODAY

REFERENCE = Path(__file__).resolve().parents[1] / "_reference"


def compared(name: str, made: Draft) -> None:
    """Compare a letter's text with its reference."""
    text = render(made, "txt").decode()
    path = REFERENCE / f"{name}.txt"
    if os.environ.get("CASEFILE_WRITE_REFERENCE"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


@pytest.fixture
def waiting(store: Store, library: Library) -> Store:
    """A case whose request of 3 March 2026 was never answered; today is 24 November 2026."""
    timeline.record(store, Event(None, "ehcna_request_received", dt.date(2026, 3, 3)))
    council = people.at_office(store, "council_complaints")
    assert council
    return store


@pytest.mark.parametrize("template", ["L02", "L08"])
def test_the_letter_about_what_came_late(sample: Store, library: Library, template: str) -> None:
    compared(f"{template}-came-late", letters.draft(sample, library, template, {}, TODAY))


@pytest.mark.parametrize("template", ["L02", "L08"])
def test_the_letter_about_what_has_not_come(waiting: Store, library: Library, template: str) -> None:
    values = {
        "effect": "Amina has stopped going to maths.", "excuse": "We are short of staff.", "extra_ask": "Meet me this month.",
    }  # fmt: skip
    compared(f"{template}-still-waiting", letters.draft(waiting, library, template, values, TODAY))


def test_the_complaint_to_the_ombudsman(sample: Store, library: Library) -> None:
    for kind, on in (
        ("cc_s1_reply_received", dt.date(2026, 11, 20)), ("cc_s2_requested", dt.date(2026, 11, 24)), ("cc_s2_reply_received", dt.date(2027, 1, 12)),
    ):  # fmt: skip
        timeline.record(sample, Event(None, kind, on))
    values = {
        "complaint_about": "speech therapy in the plan is not given", "effect": "Amina has stopped putting up her hand in class.",
        "went_wrong": "The plan is from 20 April 2026. It promises therapy every week. The council did not see to it when the therapist left.",
        "wish": "Put the therapy in place, and make up for each missed session.",
    }  # fmt: skip
    compared("L45-last-answer", letters.draft(sample, library, "L45", values, dt.date(2027, 1, 20)))


def test_the_request_for_an_assessment(store: Store, library: Library) -> None:
    values = {
        "needs": "Amina cannot follow what is said in class. She hides under the table when it is loud.",
        "help_tried": "A small group for talking, twice a week since January. She still uses single words.",
        "ask_advice": "her speech and language therapist, Jenny Marsh.",
    }  # fmt: skip
    compared("L01", letters.draft(store, library, "L01", values, TODAY))


def test_every_date_and_number_of_days_stands_on_a_record(sample: Store, library: Library) -> None:
    for template in ("L02", "L08"):
        made = letters.draft(sample, library, template, {}, TODAY)
        proved = " ".join(proof.words for proof in made.proofs)
        dates = re.findall(r"\d{1,2}\u00a0[A-Z][a-z]+\u00a0\d{4}", made.body)
        assert len(dates) >= 6 and not [date for date in dates if date not in proved]
        assert all(proof.event or proof.document or proof.rule for proof in made.proofs)


def test_what_the_record_lacks_is_a_gap_that_bars_sending(store: Store, library: Library) -> None:
    made = letters.save(store, letters.draft(store, library, "L02", {}, TODAY))
    assert not made.ready and "[the last day the law allowed]" in made.body
    assert "[" in render(made, "txt").decode()
    with pytest.raises(Invalid, match="gaps"):
        letters.mark_sent(store, library, made.id or 0, on=TODAY, how="email")


def test_the_text_is_the_parents_to_change(waiting: Store, library: Library) -> None:
    made = letters.save(waiting, letters.draft(waiting, library, "L02", {}, TODAY))
    edited = letters.edit(waiting, made, body=made.body + "\n\nI am [how you feel] about this.")
    assert edited.edited and not edited.ready
    kept = letters.answer(waiting, library, edited, {"effect": "She cries."}, TODAY)
    assert kept.body == edited.body and kept.values["effect"] == "She cries."
    again = letters.edit(waiting, kept, body=kept.body.replace("[how you feel]", "unhappy"))
    assert [gap.shown for gap in again.gaps] == [gap.shown for gap in made.gaps]


def test_typed_words_never_become_a_form(waiting: Store, library: Library) -> None:
    values = {"effect": "{{my_name}} [gap?]\n# Not a heading\n1. not a statement <b>x</b>"}
    made = letters.draft(waiting, library, "L02", values, TODAY)
    assert "{{my_name}} (gap?)" in made.body
    assert [part.text for part in parts_of(made.body) if part.role == "heading" and "Not a heading" in part.text] == []


def test_marking_it_sent_files_it_and_starts_the_answers_clock(sample: Store, library: Library) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    event = letters.mark_sent(sample, library, made.id or 0, on=TODAY, how="email")
    sent = sample.get(Draft, made.id or 0)
    paper = sample.get(Document, sent.document or 0)
    assert (event.kind, event.on, event.document) == ("complaint_received", TODAY, paper.id)
    assert paper.state == "filed" and paper.dated == TODAY
    assert sample.originals.read(paper.sha256, "pdf").startswith(b"%PDF-")
    mine = [
        one
        for one in timeline.deadlines_of(sample, library, TODAY)
        if any(start.id == event.id for start in one.starts)
    ]
    assert {"cc_s1_ack", "cc_s1_response"} <= {one.rule for one in mine}
    with pytest.raises(Invalid, match="sent"):
        letters.edit(sample, sent, body="Other words")
    with pytest.raises(Invalid, match="marked as sent"):
        letters.mark_sent(sample, library, made.id or 0, on=TODAY, how="email")
    assert sample.undo() == "Marked a letter as sent"
    assert sample.get(Draft, made.id or 0).sent_on is None


@pytest.mark.parametrize(("how", "late"), [("email", 0), ("hand", 0), ("first_class", 2), ("signed_for", 2)])
def test_post_counts_as_received_later(sample: Store, library: Library, how: str, late: int) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    event = letters.mark_sent(sample, library, made.id or 0, on=dt.date(2026, 11, 23), how=how)
    assert event.on == dt.date(2026, 11, 23 + late)


def test_a_paper_keeps_its_mark_for_ever(sample: Store, library: Library) -> None:
    first = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    marks = {proof.document: proof.mark for proof in first.proofs if proof.document}
    kept = {paper.id: f"E{paper.exhibit}" for paper in sample.find(Document) if paper.exhibit}
    assert kept == marks, "the words of the letter and the papers themselves must agree"
    second = letters.draft(sample, library, "L02", {}, TODAY)
    again = [proof for proof in second.proofs if proof.document]
    assert again and all(marks[proof.document] == proof.mark for proof in again)


def test_a_mark_that_another_letter_took_meanwhile_is_mended_in_the_words(sample: Store, library: Library) -> None:
    late = letters.draft(sample, library, "L08", {}, TODAY)
    other = next(
        paper for paper in sample.find(Document) if not any(proof.document == paper.id for proof in late.proofs)
    )
    with sample.action("Took a mark"):
        from dataclasses import replace

        sample.change(replace(other, exhibit=1))
    saved = letters.save(sample, late)
    kept = {paper.id: f"E{paper.exhibit}" for paper in sample.find(Document) if paper.exhibit}
    shown = [proof for proof in saved.proofs if proof.document]
    assert shown and all(kept[proof.document] == proof.mark for proof in shown)
    drafts = [proof for proof in shown if proof.what.startswith("The council sent a draft")]
    assert drafts and all(f"draft plan ({proof.mark})" in saved.body for proof in drafts)
    assert "(E1)" not in saved.body


def test_the_same_letter_is_kept_once(sample: Store, library: Library) -> None:
    first = letters.keep(sample, letters.draft(sample, library, "L08", {}, TODAY))
    assert letters.keep(sample, letters.draft(sample, library, "L08", {}, TODAY)).id == first.id


def test_word_and_mail_say_the_same_as_the_text(sample: Store, library: Library) -> None:
    import docx

    made = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    paragraphs = [part.text for part in parts_of(made.body)]
    word = docx.Document(io.BytesIO(render(made, "docx")))
    said = "\n".join(paragraph.text for paragraph in word.paragraphs).replace("\u00a0", " ")
    assert all(text.replace("\u00a0", " ") in said for text in paragraphs)
    styles = {paragraph.style.name for paragraph in word.paragraphs if paragraph.style}
    assert {"Heading 1", "Heading 2", "List Number"} <= styles
    assert word.tables[-1].rows[1].cells[2].text.replace("\u00a0", " ") == "Monday 8 September 2025"
    raw = render(made, "eml")
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert mail["To"] == "complaints@northbrook.example" and mail["Subject"].startswith(made.subject)
    assert {"To", "From", "Subject"} <= set(mail.keys()) <= {"To", "From", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Unsent"}  # fmt: skip
    body = mail.get_body(("plain",))
    assert body and all(
        text.replace("\u00a0", " ") in " ".join(body.get_content().replace("\u00a0", " ").split())
        for text in paragraphs
    )


def test_no_header_comes_of_typed_words(sample: Store, library: Library) -> None:
    from dataclasses import replace

    made = letters.draft(sample, library, "L08", {}, TODAY)
    bad = replace(made, subject="A\r\nBcc: all@x.example", email="a@b.example\nCc: c@d.example", signed="N\r\nX-Y: z")
    mail = email.message_from_bytes(render(bad, "eml"), policy=email.policy.default)
    assert mail["Bcc"] is None and mail["Cc"] is None and mail["X-Y"] is None


def test_no_letter_is_said_to_be_late_that_is_not(waiting: Store, library: Library) -> None:
    made = letters.draft(waiting, library, "L08", {}, dt.date(2026, 7, 21))
    assert not made.ready, "20 weeks from 3 March 2026 end on 21 July 2026, and that day is still in time"
    assert "1\u00a0day late" in letters.draft(waiting, library, "L08", {}, dt.date(2026, 7, 22)).body


def test_letters_stand_by_how_much_they_are_called_for(sample: Store, library: Library) -> None:
    offers = {offer.id: offer for offer in letters.offered(sample, library, TODAY)}
    assert [offers[name].use for name in ("L20", "L43", "L02", "L09", "L01")] == ["now", "now", "late", "over", "none"]
    assert offers["L02"].why.endswith("Done Wednesday 5 November 2025, 16 days late"), "what came late is not told as missing"
    order = list(offers)
    assert order.index("L20") < order.index("L02") < order.index("L09"), "what goes on comes first"
