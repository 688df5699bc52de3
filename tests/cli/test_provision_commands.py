"""The ledger on the command line, to its contract."""

import json
from pathlib import Path

import pytest

from casefile.cli import main


def test_following_logging_and_reporting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = str(tmp_path / "case")
    assert main(["new", case]) == 0
    assert main(["provision", case, "add", "F1", "--title", "Therapy", "--minutes", "30", "--sessions", "1", "--days", "thu", "--start", "2026-09-03"]) == 0
    assert main(["provision", case, "log", "F1", "2026-09-03", "missed", "--reason", "No therapist", "--said-by", "SENCO"]) == 0
    assert main(["provision", case, "log", "F1", "2026-09-10", "missed", "--until", "2026-09-24"]) == 0
    assert "3 sessions of F1 logged" in capsys.readouterr().out
    assert main(["provision", case, "report", "--from", "2026-09-01", "--to", "2026-10-02", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["items"]
    assert {"item", "due", "delivered", "part", "missed", "unknown", "closed", "absent", "minutes_due", "minutes_missed", "weeks"} <= set(row)
    assert (row["due"], row["missed"], row["unknown"], row["minutes_missed"]) == (5, 4, 1, 120)
    assert {"week", "missed", "evidence"} <= set(row["weeks"][0])
    assert main(["provision", case, "report"]) == 0
    assert "F1 Therapy: 30 minutes, once a week on Thursday" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["log", "F9", "2026-09-03", "missed"], ["log", "F1", "3 September", "missed"], ["log", "F1", "2026-09-03", "part"], ["log", "F1", "2099-09-03", "missed"],
        ["log", "F1", "2026-09-03", "missed", "--document", "999"], ["add", "F2", "--minutes", "many"], ["add", "F2", "--days", "someday"], ["report", "--from", "x"],
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = str(tmp_path / "case")
    assert main(["new", case]) == 0
    assert main(["provision", case, "add", "F1", "--minutes", "30", "--sessions", "1"]) == 0
    capsys.readouterr()
    assert main(["provision", case, *words]) == 2
    told = capsys.readouterr().err
    assert told.startswith("casefile: ") and told.count("\n") == 1
