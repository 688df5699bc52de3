"""The sheets of the ledger, read back by a second library: the same numbers as on screen, in reading order."""

import datetime as dt
import io

import pypdf

from casefile.library import Library
from casefile.services import provision, sheets
from casefile.store.store import Store
from tests.conftest import TODAY


def words_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_shortfall_says_the_same_as_the_screen(sample: Store, library: Library) -> None:
    start = dt.date(2026, 9, 3)
    therapy = provision.report(sample, library, TODAY, start)[0]
    words = words_of(sheets.shortfall_sheet(sample, library, TODAY, start))
    assert therapy.total("minutes_missed") == 210
    assert "Amina had 30 min of the 5 h 30" in words and "3 h 30 were missed" in words and "1 h 30 are not known" in words
    assert "Thu 3 Sep 2026 F1 Not given The therapist has left. Mr Osei" in words
    assert words.count("missed") >= 7, "each cross carries its word for those who listen"
    assert "It is never counted as missed" in words


def test_an_empty_ledger_still_prints(store: Store, library: Library) -> None:
    assert "What was due" in words_of(sheets.shortfall_sheet(store, library, TODAY))


def test_a_week_to_fill_in_names_the_days_and_no_reference(sample: Store, library: Library) -> None:
    words = words_of(sheets.week_sheet(sample, library, dt.date(2026, 11, 23), TODAY))
    assert "Amina’s week" in words and "Thu 26" in words and "Fri 27" in words
    assert "NB/4471" not in words and "Rahman" not in words


def test_the_working_of_a_date_prints(sample: Store, library: Library) -> None:
    from casefile.services import timeline

    late = next(one for one in timeline.deadlines_of(sample, library, TODAY) if one.rule == "ehcp_final_20_weeks")
    words = words_of(sheets.working_sheet(sample, library, late, TODAY))
    assert "How was this date worked out?" in words and "84 days" in words and "Monday 26 January 2026" in words
    assert "Free advice" in words


def test_the_shortfall_is_added_up_by_half_term_and_term(sample: Store, library: Library) -> None:
    start = dt.date(2026, 9, 3)
    therapy = provision.report(sample, library, TODAY, start)[0]
    words = words_of(sheets.shortfall_sheet(sample, library, TODAY, start))
    assert "By half term" in words and "By term" in words
    halves = provision.half_terms(sample, provision.report(sample, library, TODAY, start))
    assert sum(cell.minutes_missed for _, lines in halves for one, cell in lines if one.provision.item == "F1") == therapy.total("minutes_missed")
    assert "Thu 3 Sep 2026 to Sun 25 Oct 2026 F1" in words


def test_the_ledger_as_a_table_has_a_row_for_each_week(sample: Store, library: Library) -> None:
    import csv

    rows = list(csv.reader(io.StringIO(sheets.shortfall_csv(sample, library, TODAY, dt.date(2026, 9, 3)).decode("utf-8-sig"))))
    therapy = provision.report(sample, library, TODAY, dt.date(2026, 9, 3))[0]
    mine = [row for row in rows if row[0] == "F1"]
    assert len(mine) == len(therapy.cells) and sum(int(row[13]) for row in mine) == therapy.total("minutes_missed")
    assert any("no therapist" in row[-1] for row in mine)
