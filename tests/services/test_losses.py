"""Days out of school, costs and effects: kept, refused, added up, taken back, and out as tables."""

import csv
import datetime as dt
import io
import shutil
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from casefile.domain.sessions import Absence, Cost, Effect
from casefile.errors import Invalid, NotFound
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import case, letters, losses, sheets_losses, terms
from casefile.services.case import child_of
from casefile.store import schema
from casefile.store.store import Store
from tests.conftest import NOW, TODAY

D = dt.date
OLD = Path(__file__).parent.parent / "_files" / "case-schema-3.db"


def test_each_is_kept_changed_removed_and_brought_back(store: Store) -> None:
    cost = losses.keep(store, Cost(None, TODAY, "Private therapy", "therapy", 6500), TODAY)
    losses.keep(store, replace(cost, pence=7000), TODAY)
    losses.keep(store, Effect(None, TODAY, "She cried at the gate.", hard=True), TODAY)
    away = losses.keep(store, Absence(None, D(2026, 11, 2), None, "no_place"), TODAY)
    assert [one.pence for one in losses.costs(store)] == [7000] and losses.effects(store, with_hard=False) == []
    losses.remove(store, away)
    assert losses.absences(store) == []
    store.undo()
    assert losses.absences(store) == [away]


@pytest.mark.parametrize(
    "thing",
    [
        Absence(None, TODAY, D(2020, 1, 1), "unable"), Absence(None, TODAY, None, "gone"), Absence(None, D(2026, 12, 1), None, "ill"), Absence(None, TODAY, None, "part_time", 0),
        Cost(None, TODAY, "x", "therapy", 0), Cost(None, TODAY, " ", "therapy", 5), Cost(None, TODAY, "x", "sweets", 5), Cost(None, D(2026, 12, 1), "x", "therapy", 5),
        Effect(None, TODAY, " \n"), Effect(None, D(2026, 12, 1), "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(store: Store, thing: Absence | Cost | Effect) -> None:
    with pytest.raises(Invalid) as told:
        losses.keep(store, thing, TODAY)
    assert told.value.message and told.value.advice
    assert not (losses.absences(store) or losses.costs(store) or losses.effects(store))


def test_a_paper_that_is_not_there_is_no_evidence(store: Store) -> None:
    with pytest.raises(NotFound):
        losses.keep(store, Effect(None, TODAY, "x", document=99), TODAY)


def test_school_days_add_up_by_half_term_and_term(store: Store, library: Library) -> None:
    assert losses.out_of_school(store, library, TODAY) is None
    losses.keep(store, Absence(None, D(2026, 10, 19), D(2026, 11, 3), "suspended"), TODAY)
    losses.keep(store, Absence(None, D(2026, 11, 16), None, "part_time", 2.5), TODAY)
    bare = losses.out_of_school(store, library, TODAY)
    assert bare is not None and bare.half_terms == () and any("No school holidays" in words for words in bare.cautions)
    terms.add_plain_year(store, 2026)
    found = losses.out_of_school(store, library, TODAY)
    assert found is not None and found.going_on
    assert (found.total.whole, found.total.part, found.total.hours) == (7, 7, 17.5), "the week of half-term is no loss"
    assert [one.whole for one in found.half_terms] == [5, 2] and [one.whole for one in found.terms] == [7]
    assert [days for _, days in found.entries] == [7, 7]
    only = losses.out_of_school(store, library, TODAY, kinds=("part_time",))
    assert only is not None and only.total.whole == 0


def test_costs_add_up_by_kind_and_say_what_has_a_receipt(sample: Store) -> None:
    found = losses.spent(sample)
    assert found is not None and found.pence == 15740 and dict(found.kinds) == {"therapy": 6500, "work": 9240} and found.receipts == 0


def test_tables_hold_every_entry_and_no_formula(sample: Store, library: Library) -> None:
    losses.keep(sample, Cost(None, TODAY, "=1+1", "other", 105), TODAY)
    rows = list(csv.reader(io.StringIO(sheets_losses.cost_csv(sample).decode("utf-8-sig"))))
    assert rows[0][:4] == ["Day", "Kind", "What for", "Pounds"] and len(rows) == 4
    assert rows[-1][2] == "'=1+1" and rows[-1][3] == "1.05"
    away = list(csv.reader(io.StringIO(sheets_losses.absence_csv(sample, library, TODAY).decode("utf-8-sig"))))
    assert [row[3] for row in away[1:]] == ["1", "10"]
    told = list(csv.reader(io.StringIO(sheets_losses.effect_csv(sample).decode("utf-8-sig"))))
    assert [row[2:4] for row in told[1:]] == [["As the family was told", ""], ["", "yes"]]


def test_whose_words_an_effect_is_told_in(store: Store, library: Library) -> None:
    losses.keep(store, Effect(None, TODAY, "The drum is tired.", whose="child"), TODAY)
    losses.keep(store, Effect(None, TODAY, "She slept badly.", whose="family"), TODAY)
    losses.keep(store, Effect(None, TODAY, "Nothing said."), TODAY)
    with pytest.raises(Invalid, match="whose words"):
        losses.keep(store, Effect(None, TODAY, "x", whose="neighbour"), TODAY)
    name = child_of(store).short
    assert [one.told_by(name) for one in losses.effects(store)] == [f"In {name}’s own words", "What the family saw", ""]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(sheets_losses.effect_sheet(store, TODAY))).pages)
    assert f"In {name}’s own words" in " ".join(text.split())
    rows = sheets_losses.effect_csv(store).decode("utf-8-sig").splitlines()
    assert "Whose words" in rows[0] and "In the child’s own words" in rows[1]
    body = letters.draft(store, library, "L25", {}, TODAY).body
    assert "own words: The drum is tired." in body and ": She slept badly." in body


def test_where_nothing_is_written_down_nothing_prints(store: Store, library: Library) -> None:
    for act in (lambda: sheets_losses.absence_sheet(store, library, TODAY), lambda: sheets_losses.cost_sheet(store, TODAY), lambda: sheets_losses.effect_sheet(store, TODAY)):
        with pytest.raises(Invalid, match="nothing to print"):
            act()


def test_a_case_of_the_third_schema_keeps_all_it_had(tmp_path: Path) -> None:
    """A case as an earlier program left it: it opens, its record still holds, and an absence may now go on."""
    folder = tmp_path / "old"
    folder.mkdir()
    shutil.copy(OLD, folder / "case.db")
    assert struct.unpack(">I", OLD.read_bytes()[60:64])[0] == 3
    with Store.open(folder, now=NOW) as old:
        assert old.db.execute("PRAGMA user_version").fetchone()[0] == schema.NEWEST
        first, second = losses.absences(old)
        assert (first.start, first.end, first.kind, first.reason, first.note) == (D(2026, 10, 5), D(2026, 10, 9), "unable", "Worn out", "n")
        assert (second.hours, second.agreed_by) == (2.5, "the head")
        assert losses.costs(old)[0].pence == 6500 and losses.effects(old)[0].hard
        losses.keep(old, replace(second, end=None), TODAY)
        old.undo()
        losses.keep(old, replace(losses.effects(old)[0], whose="child"), TODAY)
        found = case.check(old, Silent())
        assert found.ok, found.problems
