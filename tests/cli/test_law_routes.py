"""``casefile law routes`` answers in its agreed shape, and names the place of every mistake."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from casefile.cli import law
from casefile.errors import CaseFileError

FIELDS = {"route", "state", "opens_on", "closes_on", "because", "reference", "first", "unless", "ask"}
EXAMPLE: dict[str, Any] = {
    "issue": "section_f_not_delivered", "as_of": "2026-05-01", "knew_on": "2025-09-01", "going_on": True,
    "council_complaint": {"stage1_made": "2026-02-02", "stage1_answered": None, "stage2_made": None, "final_answered": None, "refused": False},
    "appeal": {"right": "none", "decision_sent": None, "mediation_certificate": None, "lodged": None, "ended": None, "connected": True},
    "setting": "maintained", "out_of_school": False, "section_i_only": False,
}  # fmt: skip


def run(folder: Path, value: Any, *more: str) -> int:
    parser = argparse.ArgumentParser()
    law.register(parser.add_subparsers(required=True))
    path = folder / "facts.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    args = parser.parse_args(["law", "routes", str(path), *more])
    status: int = args.handle(args)
    return status


def test_the_agreed_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, EXAMPLE, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["as_of"] == "2026-05-01" and len(answer["routes"]) == 18
    assert all(set(row) == FIELDS for row in answer["routes"])
    rows = {row["route"]: row for row in answer["routes"]}
    assert rows["lgsco"]["closes_on"] == "2026-08-31" and rows["lgsco"]["state"] == "open"
    closed = [row for row in answer["routes"] if row["state"] == "closed"]
    assert closed and all(row["unless"] for row in closed)


def test_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, {"issue": "twenty_weeks_missed"}) == 0
    printed = capsys.readouterr().out
    assert "psychologists" in printed and "Complaint to the council, stage 1" in printed and "IPSEA" in printed


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("not json", "not JSON"),
        ("[]", "one object"),
        ({}, "issue"),
        ({"issue": "no_such_issue"}, "no_such_issue"),
        ({"issue": ["ceasing_plan"]}, "issue"),
        ({"issue": "ceasing_plan", "isue": 1}, "isue"),
        ({"issue": "ceasing_plan", "as_of": "2026-13-45"}, "as_of"),
        ({"issue": "ceasing_plan", "as_of": 20260101}, "as_of"),
        ({"issue": "ceasing_plan", "as_of": "2026-05-01", "knew_on": "2026-05-02"}, "knew_on"),
        ({"issue": "ceasing_plan", "going_on": "yes"}, "going_on"),
        ({"issue": "ceasing_plan", "setting": "palace"}, "setting"),
        ({"issue": "ceasing_plan", "appeal": []}, "appeal"),
        ({"issue": "ceasing_plan", "appeal": {"right": "maybe"}}, "appeal, right"),
        ({"issue": "ceasing_plan", "appeal": {"decision_sent": "2026-02-30"}}, "appeal, decision_sent"),
        ({"issue": "ceasing_plan", "appeal": {"decision_sent": "2026-03-02", "lodged": "2026-03-01"}}, "appeal: lodged"),
        ({"issue": "ceasing_plan", "council_complaint": {"stage1_made": "2026-03-02", "stage1_answered": "2026-03-01"}}, "stage1_answered"),
        ({"issue": "ceasing_plan", "council_complaint": {"stage3_made": "2026-03-02"}}, "stage3_made"),
        ({"issue": "ceasing_plan", "born": "2090-01-01"}, "born"),
        ({"issue": "ceasing_plan", "dates": {"no_such_event": "2026-01-01"}}, "no_such_event"),
    ],
)  # fmt: skip
def test_bad_input_is_named(tmp_path: Path, value: Any, says: str) -> None:
    with pytest.raises(CaseFileError) as caught:
        run(tmp_path, value, "--json")
    assert caught.value.exit_code == 2
    assert says in str(caught.value) and caught.value.advice and "\n" not in str(caught.value)
