"""What a paper seems to be, with its reason: never guessed in silence, never sure where two readings are possible."""

import datetime as dt
import time

import pytest

from casefile.suggest import Clues, suggest
from casefile.suggest.titles import headline, says_something, title_of

TODAY = dt.date(2026, 11, 24)
BORN = dt.date(2017, 5, 14)


def letter(text: str, name: str = "scan.pdf", **more: object) -> Clues:
    return Clues("pdf", name, pages=(text,), child_born=BORN, **more)  # type: ignore[arg-type]


COUNCIL = "Northbrook Council\nSEND Service\n\n{date}\n\nDear Mrs Rahman\n\nAmina Rahman, born 14 May 2017\n\n{body}\n\nYours sincerely\n\nDaniel Price\nSEN Officer\n"


@pytest.mark.parametrize(
    ("written", "value", "sure"),
    [
        ("3 March 2026", dt.date(2026, 3, 3), True),
        ("Tuesday 3rd March 2026", dt.date(2026, 3, 3), True),
        ("Date: 3 March 2026", dt.date(2026, 3, 3), True),
        ("Monday 3 March 2026", dt.date(2026, 3, 3), False),
        ("03/04/2026", dt.date(2026, 4, 3), False),
        ("23/04/2026", dt.date(2026, 4, 23), True),
        ("04/23/2026", dt.date(2026, 4, 23), False),
        ("2026-03-03", dt.date(2026, 3, 3), True),
        ("3 March 2027", dt.date(2027, 3, 3), False),
        ("March 2026", dt.date(2026, 3, 1), False),
        ("31 February 2026", None, False),
        ("", None, False),
    ],
)
def test_the_date_of_a_letter(written: str, value: dt.date | None, sure: bool) -> None:
    found = suggest(letter(COUNCIL.format(date=written, body="We write to you.")), TODAY).date
    assert (found.value if found else None, bool(found and found.sure)) == (value, sure)
    assert found is None or found.because


def test_the_birthday_is_never_the_date() -> None:
    assert suggest(letter("Report\nDate of birth: 14 May 2017\nName: Amina"), TODAY).date is None


def test_a_note_of_a_call_bears_the_day_in_its_first_line() -> None:
    found = suggest(
        Clues(
            "text",
            "call.txt",
            pages=("Phone call, Tuesday 20 October 2026, 11.30 am\n\nHe had no news since 1 June 2026.",),
        ),
        TODAY,
    )
    assert found.date and found.date.sure and found.date.value == dt.date(2026, 10, 20)
    assert found.kind and found.kind.value == "note"


@pytest.mark.parametrize(
    ("body", "kind", "event"),
    [
        (
            "I am pleased to tell you that the council has decided to carry out an EHC needs assessment of Amina.",
            "decision_to_assess",
            "assess_decision_sent",
        ),
        (
            "The panel has decided not to carry out an EHC needs assessment.",
            "decision_not_to_assess",
            "decision_letter_sent",
        ),
        (
            "The council will not issue an Education, Health and Care Plan.",
            "decision_not_to_issue",
            "decision_letter_sent",
        ),
        ("We give notice of proposed amendments to Amina's plan.", "amendment_notice", "amendment_notice_sent"),
        ("If we decide not to assess, you may appeal.", "letter", None),
    ],
)
def test_the_kind_and_the_event_it_seems_to_prove(body: str, kind: str, event: str | None) -> None:
    found = suggest(letter(COUNCIL.format(date="3 March 2026", body=body)), TODAY)
    assert found.kind and found.kind.value == kind
    assert [one.event for one in found.events] == ([event] if event else [])
    assert all(one.because and one.date == dt.date(2026, 3, 3) for one in found.events)


def test_who_sent_a_letter_and_under_what_reference() -> None:
    found = suggest(letter(COUNCIL.format(date="3 March 2026", body="Our ref: NB/4471. We write.")), TODAY)
    assert found.sender and (found.sender.person, found.sender.organisation, found.sender.role) == (
        "Daniel Price",
        "Northbrook Council",
        "SEN Officer",
    )
    assert found.recipient and found.recipient.person == "Mrs Rahman" and not found.recipient.sure
    assert found.references == ("NB/4471",)


def test_a_promise_is_kept_with_its_day() -> None:
    found = suggest(
        letter(COUNCIL.format(date="3 March 2026", body="We will write to you by Friday 9 October 2026.")), TODAY
    )
    assert found.promises == ((dt.date(2026, 10, 9), "We will write to you by Friday 9 October 2026."),)


@pytest.mark.parametrize(
    "words",
    [
        "176446",
        "IMG_20260304_101500",
        "DSC00012",
        "scan 3",
        "WhatsApp Image 2026-03-04 at 10.15.00",
        "FL-FRM-GOR-ENG-12345",
        "0BO01218",
    ],
)
def test_names_that_say_nothing(words: str) -> None:
    assert not says_something(words)


@pytest.mark.parametrize(
    "words", ["OT report final", "Draft EHC plan", "SALT advice 2026", "Claimant-Medical-Report", "timetable"]
)
def test_names_that_say_something(words: str) -> None:
    assert says_something(words)


def test_titles_a_person_would_say() -> None:
    def named(type_: str, name: str, own: str = "", body: str = "", date: object = None) -> str:
        return title_of(type_, name, own, kind="", organisation="", sender="Jo", date=date, body=body)  # type: ignore[arg-type]

    assert named("text", "2026-10-20 call with Mr Price.txt") == "Call with Mr Price"
    assert named("eml", "x.eml") == "Email from Jo, without a subject"
    assert named("pdf", "176446.pdf", body="Statement\nBy\nHis Excellency\nJohn") == "Statement By His Excellency"
    assert named("mbox", "old mail.mbox") == "Mailbox: Old mail"
    assert named("jpeg", "IMG_0001.jpg") == "Photo “IMG_0001.jpg”"
    assert named("pdf", "", "") == "Paper without a name"
    assert headline(
        "A very long first line that goes on and on without ever coming to an end of any kind at all"
    ).endswith("…")


HOSTILE = {
    "nothing": "", "no byte": "\0", "marks of direction": "\u202e" * 50, "greetings": "Dear " * 2400, "dates": "1/1/1 " * 2000,
    "sections": "Section F\n" * 1200, "brackets": "(" * 9000, "lines": "\n" * 12_000, "blanks": " \t" * 6000,
    "blank lines": " \n" * 6000, "promises": "we will x " * 1200, "bodies": "tribunal ombudsman " * 600, "words": "a" * 12_000,
    "references": "ref " * 3000, "requests": "request to assess " * 700,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_any_words_are_read_at_once(name: str) -> None:
    """Suggestions are made in the program's own process, so no text may hold it up."""
    began = time.process_time()
    suggest(letter(HOSTILE[name]), TODAY)
    assert time.process_time() - began < 0.5


def mail(title: str, body: str, sender: str = "me@mail.example") -> Clues:
    sent = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    return Clues("eml", "a.eml", title, (f"From: x\n\n{body}",), sent, sender=("", sender), mine=("me@mail.example",))


@pytest.mark.parametrize(
    ("title", "body", "event"),
    [
        ("Request", "I am asking the council to carry out an EHC needs assessment of Amina.", "ehcna_request_received"),
        ("My comments on the draft plan", "F1 says access to therapy.", "draft_comments_sent"),
        ("Formal complaint: stage 1", "The therapy has stopped.", "complaint_received"),
        ("Re: Formal complaint: stage 1", "Thank you.", None),
        ("Amina", "Thank you for the visit.", None),
    ],
)
def test_what_the_parent_did_by_a_mail(title: str, body: str, event: str | None) -> None:
    found = suggest(mail(title, body), TODAY).events
    assert [(one.event, one.sure) for one in found] == ([(event, False)] if event else [])
    assert suggest(mail(title, body, "they@council.example"), TODAY).events == ()


def test_a_mail_is_not_the_report_it_speaks_of() -> None:
    found = suggest(
        mail("Request", "Please find attached the school report and the speech and language therapy report."), TODAY
    )
    assert found.kind and found.kind.value == "email"


def test_when_a_complaint_arrived_as_its_acknowledgement_says() -> None:
    found = suggest(
        mail(
            "Your complaint", "Thank you for your complaint, which we received on 29 October 2026.", "c@council.example"
        ),
        TODAY,
    )
    assert ("complaint_received", dt.date(2026, 10, 29)) in [(one.event, one.date) for one in found.events]


@pytest.mark.parametrize("line", ["Draft of 4 May 2026", "DRAFT PLAN OF 4 MAY 2026", "Report of 4 May 2026 on Amina Rahman, born 14 May 2017", "The minutes of 4 May 2026"])
def test_a_paper_that_calls_itself_by_its_day_bears_it(line: str) -> None:
    found = suggest(letter(f"Education, Health and Care Plan\n\n{line}\n\nShe was seen on 1 April 2026.", made=dt.date(2026, 11, 20)), TODAY).date
    assert found and found.value == dt.date(2026, 5, 4) and found.sure
    spoken = suggest(letter("Education, Health and Care Plan\n\nWe have read the report of 4 May 2026.", made=dt.date(2026, 11, 20)), TODAY).date
    assert spoken is None or spoken.value != dt.date(2026, 5, 4), "a report spoken of is another paper"
