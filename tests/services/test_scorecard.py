"""The scorecard: every duty of others with its days, the hours lost, never a guess; as a sheet and as a table."""

import csv
import datetime as dt
import io

import pytest

from casefile.domain.events import Event
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services import scorecard, timeline
from casefile.store.store import Store
from tests.conftest import TODAY
from tests.printing.test_ledger_sheets import words_of

D = dt.date


def test_it_agrees_with_the_dates_and_the_ledger(sample: Store, library: Library) -> None:
    found = scorecard.scorecard(sample, library, TODAY)
    by = {one.rule: one for one in found.steps}
    assert (by["ehcp_final_20_weeks"].state, by["ehcp_final_20_weeks"].days_late) == ("met_late", 84)
    assert not [one for one in found.steps if one.mine or one.status != "statutory_duty" or one.state == "continuous"]
    assert [one.rule for one in found.others] and not [one for one in found.others if one.status == "statutory_duty"], "the reply to a complaint is set by the council itself"
    assert found.late and found.late[0].days_late == max(one.days_late for one in found.late)
    assert {one.key: one.missed for one in found.lines}["F1"] == found.missed == 240
    assert found.away is not None and found.away.whole == 1
    said = " ".join(scorecard.summary(found))
    assert f"{len(found.late)} of {len(found.over)} step" in said and "Lost from school: 1 whole school day" in said and "not known" in said


def test_what_is_to_come_or_unknown_is_never_late(store: Store, library: Library) -> None:
    timeline.record(store, Event(None, "review_meeting_held", D(2026, 11, 20)))
    found = scorecard.scorecard(store, library, TODAY)
    assert found.steps and found.late == () and scorecard.summary(found) == ["No step whose day has come is recorded yet."]
    states = {one.rule: scorecard.state_words(one) for one in found.steps}
    assert states["review_papers"] == "Not known whether it was done" and states["review_decision"] == "To come"
    assert all(row[4] == "" for row in scorecard.rows(found.steps))


def test_the_sheet_and_the_table_say_the_same(sample: Store, library: Library) -> None:
    found = scorecard.scorecard(sample, library, TODAY)
    words = words_of(scorecard.sheet(sample, library, TODAY))
    table = list(csv.reader(io.StringIO(scorecard.as_table(sample, library, TODAY).decode("utf-8-sig"))))
    assert table[0][:5] == ["Step", "Whose duty", "Due", "Done", "Days late"]
    for one, row in zip(found.steps, table[1:], strict=False):
        assert row[0] == one.title and row[2] == one.due.isoformat() and one.title in words
        assert row[4] == ("" if one.state == "passed" else str(one.days_late))
    assert "Where it is written" in words and "in the law itself" in words
    assert next(row for row in table if row and row[0].startswith("F1"))[3] == str(round(found.missed))


def test_where_nothing_is_recorded_nothing_prints(store: Store, library: Library) -> None:
    with pytest.raises(Invalid, match="nothing to show"):
        scorecard.sheet(store, library, TODAY)
