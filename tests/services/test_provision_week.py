"""A week typed back in the order of its sheet, and the sessions that wait for an answer."""

import datetime as dt

import pypdfium2
import pytest

from casefile.domain.sessions import Provision, Session
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services import provision, provision_week, sheets
from casefile.store.store import Store
from tests.conftest import TODAY

MONDAY = dt.date(2026, 11, 16)


def test_rows_are_those_of_the_printed_sheet_in_its_order(sample: Store, library: Library) -> None:
    rows = provision_week.week_rows(sample, library, MONDAY)
    assert [day for _, day in rows] == sorted(day for _, day in rows if day) and len(rows) == 6
    text = pypdfium2.PdfDocument(sheets.week_sheet(sample, library, MONDAY, TODAY))[0].get_textpage().get_text_range()
    places = [text.index(f"{day:%a} {day.day}") for day in dict.fromkeys(day for _, day in rows if day)]
    assert places == sorted(places)


def test_a_line_without_days_goes_to_the_next_free_school_days(store: Store, library: Library) -> None:
    line = provision.save(store, Provision(None, "F1", "Therapy", minutes=30, sessions=2, period="week", start=dt.date(2026, 9, 1)))
    provision.log_session(store, Session(None, line.id or 0, MONDAY, "delivered"), TODAY)
    rows = provision_week.week_rows(store, library, MONDAY)
    assert [day for _, day in rows] == [None, None]
    assert provision_week.days_for(store, library, MONDAY, rows) == [MONDAY + dt.timedelta(days=1), MONDAY + dt.timedelta(days=2)]


def test_a_week_is_one_step_and_all_or_nothing(sample: Store, library: Library) -> None:
    line = provision.provision(sample, "F2")
    before = provision.sessions_of(sample, line)
    good = [Session(None, line.id or 0, MONDAY + dt.timedelta(days=at), "missed") for at in range(3)]
    with pytest.raises(Invalid):
        provision_week.log_week(sample, [*good, Session(None, line.id or 0, TODAY + dt.timedelta(days=1), "missed")], TODAY)
    assert provision.sessions_of(sample, line) == before
    assert provision_week.log_week(sample, good, TODAY) == 3
    assert len(provision.sessions_of(sample, line)) >= 3
    sample.undo()
    assert provision.sessions_of(sample, line) == before


def test_what_waits_is_asked_the_latest_first_and_not_twice(sample: Store, library: Library) -> None:
    found = provision_week.waiting(sample, library, TODAY)
    assert found and [one.on for one in found] == sorted((one.on for one in found), reverse=True)
    assert all(TODAY - provision_week.BACK <= one.on < TODAY for one in found)
    first = found[0]
    provision.log_session(sample, Session(None, first.line.id or 0, first.on, "delivered"), TODAY)
    assert (first.line.id, first.on) not in {(one.line.id, one.on) for one in provision_week.waiting(sample, library, TODAY)}
