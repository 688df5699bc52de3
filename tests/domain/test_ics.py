"""The calendar file is read by an independent reader, the icalendar package."""

import datetime as dt
from dataclasses import replace

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from casefile import library
from casefile.domain.deadlines import Deadline, deadlines
from casefile.domain.events import Event
from casefile.domain.ics import fold, ics

MADE = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)
BOOKS = library.load()


def rows() -> list[Deadline]:
    events = [
        Event(1, "decision_letter_sent", dt.date(2026, 11, 20), detail="refuse_to_assess"),
        Event(2, "ehcna_request_received", dt.date(2026, 6, 1)),
        Event(3, "plan_finalised", dt.date(2026, 9, 1)),
        Event(4, "complaint_received", dt.date(2026, 11, 20)),
    ]
    return deadlines(events, BOOKS.rules, BOOKS.calendar, dt.date(2026, 11, 24))


def read(raw: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(raw).walk("VEVENT"))


def test_every_open_date_is_there_once() -> None:
    found = rows()
    events = read(ics(found, MADE))
    wanted = {d.due for d in found if d.due and d.state in ("coming", "due_soon", "overdue")}
    days = [event["DTSTART"].dt for event in events]
    assert wanted <= set(days)
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert not any("Final plan" in str(event["SUMMARY"]) and d.state == "met_late" for event in events for d in found)


def test_the_parents_own_limit_has_a_safe_day_and_reminders() -> None:
    events = read(ics([d for d in rows() if d.rule == "appeal_notice"], MADE))
    safe = [event for event in events if str(event["SUMMARY"]).startswith("Do by today")]
    assert [event["DTSTART"].dt for event in safe][-1] == dt.date(2027, 1, 15)
    assert [alarm["TRIGGER"].dt for alarm in safe[0].walk("VALARM")] == [dt.timedelta(days=-n) for n in (14, 7, 1)]


def test_what_others_owe_has_no_reminder() -> None:
    (event,) = read(ics([d for d in rows() if d.rule == "cc_s1_ack"], MADE))
    assert not list(event.walk("VALARM"))
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(days=1)


def test_making_it_again_keeps_the_identities() -> None:
    again = MADE + dt.timedelta(days=3)
    assert [e["UID"] for e in read(ics(rows(), MADE))] == [e["UID"] for e in read(ics(rows(), again))]


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=300))
def test_any_title_survives(title: str) -> None:
    row = replace(next(d for d in rows() if d.rule == "cc_s1_ack"), title=title + ";,\\ n")
    raw = ics([row], MADE)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert str(read(raw)[0]["SUMMARY"]) == f"Due: {title};,\\ n"


def test_folding_never_cuts_a_letter() -> None:
    pieces = fold("é" * 200).removesuffix(b"\r\n").split(b"\r\n ")
    assert len(pieces) > 1 and "".join(piece.decode("utf-8") for piece in pieces) == "é" * 200
