"""The sheets of days out of school, costs and effects, read back by a second library."""

import io
from pathlib import Path

import pypdf

from casefile.domain.people import Child
from casefile.domain.sessions import Absence, Effect
from casefile.library import Library
from casefile.services import case, losses, sheets_losses
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.printing.test_ledger_sheets import words_of


def test_school_days_lost(sample: Store, library: Library) -> None:
    words = words_of(sheets_losses.absence_sheet(sample, library, TODAY))
    assert "Amina lost 1 whole school day, and 15 h over 10 part days." in words
    assert "Thu 3 Sep 2026 to Fri 23 Oct 2026" not in words, "the ledger begins with the first entry"
    assert "Mon 9 Nov 2026 to Fri 20 Nov 2026 Part-time timetable, 1.5 h each day 10 No adult in the afternoon. Mrs Hale, by phone" in words
    assert "A day that two entries name is counted once" in words and "Page 1 of 1" in words


def test_costs_with_their_sum(sample: Store) -> None:
    words = words_of(sheets_losses.cost_sheet(sample, TODAY))
    assert "£157.40 in all." in words and "0 of 2 entries have a receipt" in words and "Wed 14 Oct 2026 A day without pay, to be at home with Amina Work lost £92.40" in words


def test_what_is_hard_to_read_stands_alone_on_a_later_page(sample: Store) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sheets_losses.effect_sheet(sample, TODAY))).pages]
    assert len(pages) == 2
    assert "blue room" in pages[0] and "1 more entry that is hard to read" in " ".join(pages[0].split()) and "stupid" not in pages[0]
    last = " ".join(pages[1].split())
    assert "Hard to read" in last and "I am stupid" in last and "Tuesday 13 October 2026 (Note from school: left maths in tears)" in last


def test_a_long_account_runs_over_pages_and_loses_nothing(store: Store) -> None:
    losses.keep(store, Effect(None, TODAY, "\n".join(f"Line {number} of a long day." for number in range(1, 201))), TODAY)
    words = words_of(sheets_losses.effect_sheet(store, TODAY))
    assert all(f"Line {number} of a long day." in words for number in (1, 60, 120, 200))


def test_a_case_without_a_name_reads_as_a_sentence(tmp_path: Path, library: Library) -> None:
    with case.create(tmp_path / "nameless", Child(name=""), library, now=NOW) as store:
        losses.keep(store, Effect(None, TODAY, "She cried."), TODAY)
        losses.keep(store, Absence(None, TODAY, TODAY, "sent_home"), TODAY)
        effects, absences = words_of(sheets_losses.effect_sheet(store, TODAY)), words_of(sheets_losses.absence_sheet(store, library, TODAY))
    assert "What it has meant for your child Made Tuesday 24 November 2026." in effects
    assert "Your child lost 1 whole school day." in absences and " . " not in effects + absences
