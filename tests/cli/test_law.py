"""``casefile law …`` answers in its agreed shapes, and names the place of every mistake."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from casefile.cli import law
from casefile.errors import CaseFileError

FIELDS = {
    "rule", "title", "owed_by", "due", "safe_date", "status", "state", "provisional", "days_late", "from", "working",
    "reference", "link", "checked", "confidence", "exceptions", "cautions", "also",
}  # fmt: skip
EXAMPLE = {
    "child": {"born": "2015-03-02"},
    "events": [
        {"event": "review_meeting_held", "date": "2026-10-05"},
        {"event": "amendment_notice_sent", "date": "2026-11-23"},
        {"event": "transfer_year", "year": 2027},
    ],
    "closures": [{"from": "2026-07-22", "to": "2026-09-02"}],
}


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    law.register(parser.add_subparsers(required=True))
    args = parser.parse_args(["law", *words])
    status: int = args.handle(args)
    return status


def write(folder: Path, value: Any) -> str:
    path = folder / "events.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return str(path)


def test_deadlines_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("deadlines", write(tmp_path, EXAMPLE), "--as-of", "2026-12-01", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["as_of"] == "2026-12-01" and answer["law_checked"]
    rows = {row["rule"]: row for row in answer["deadlines"]}
    assert all(set(row) >= FIELDS for row in rows.values())
    final = rows["review_final_plan"]
    assert (final["due"], final["state"], final["safe_date"]) == ("2026-12-28", "coming", None)
    assert final["from"][0] == {"event": "review_meeting_held", "date": "2026-10-05"}
    assert rows["phase_transfer_school"]["from"] == [{"event": "transfer_year", "year": 2027}]
    dates = [row["due"] for row in answer["deadlines"] if row["due"]]
    assert dates == sorted(dates)


def test_deadlines_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("deadlines", write(tmp_path, EXAMPLE), "--as-of", "2026-12-29", "--explain") == 0
    printed = capsys.readouterr().out
    assert "Monday 28 December 2026" in printed and "late, 1 day" in printed and "regulation 22(3)" in printed


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("not json", "not JSON"),
        ("[]", "one object"),
        ('{"events": [{"event": "review_meeting_held", "date": "2026-10-05"}], "events": []}', "twice"),
        ({"events": [{"event": "no_such_event", "date": "2026-10-05"}]}, "event 1"),
        ({"events": [{"event": "review_meeting_held", "date": "2026-13-45"}]}, "event 1: date"),
        ({"events": [{"event": "review_meeting_held", "date": "2026-02-30"}]}, "event 1: date"),
        ({"events": [{"event": "review_meeting_held", "date": "9026-02-20"}]}, "event 1: date"),
        ({"events": [{"event": "review_meeting_held", "date": 20261005}]}, "event 1: date"),
        ({"events": [{"event": "review_meeting_held"}]}, "event 1: date"),
        ({"events": [{"event": "review_meeting_held", "date": "2026-10-05", "knid": "x"}]}, "knid"),
        ({"events": [{"event": "tribunal_order_date", "date": "2026-10-05", "kind": "nonsense"}]}, "nonsense"),
        ({"events": [{"event": "transfer_year", "year": "soon"}]}, "event 1: year"),
        ({"events": [{"event": "review_meeting_held", "year": 2027}]}, "event 1"),
        ({"child": {"born": "2090-01-01"}, "events": []}, "in the future"),
        (
            {"child": {"born": "2015-01-01"}, "events": [{"event": "sar_received", "date": "2014-01-01"}]},
            "before the child",
        ),
        ({"events": [], "closures": [{"from": "2026-09-02", "to": "2026-07-22"}]}, "closure 1"),
        ({"events": {"event": "sar_received"}}, "list"),
        ({"events": [{"event": "sar_received", "date": "2026-01-01", "answers": 9}]}, "answers 9"),
        (
            {
                "events": [
                    {"event": "sar_received", "date": "2026-03-01"},
                    {"event": "sar_reply_received", "date": "2026-02-01", "answers": 1},
                ]
            },
            "event 2",
        ),
    ],
)
def test_bad_input_is_named(tmp_path: Path, value: Any, says: str) -> None:
    with pytest.raises(CaseFileError) as caught:
        run("deadlines", write(tmp_path, value), "--json")
    assert caught.value.exit_code == 2
    assert says in str(caught.value) and caught.value.advice


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError):
        run("deadlines", str(tmp_path / "none.json"))


@pytest.mark.parametrize("what", ["rules", "events"])
def test_lists(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(what, "--json") == 0
    rows = json.loads(capsys.readouterr().out)[what]
    assert len(rows) > 100 and all(row["title"] for row in rows)
    assert run(what) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(rows)


def test_every_rule_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    run("rules", "--json")
    rows = json.loads(capsys.readouterr().out)["rules"]
    assert len(rows) > 100
    for row in rows:
        assert run("show", row["rule"]) == 0
        printed = capsys.readouterr().out
        assert (
            row["title"] in printed
            and row["reference"] in printed
            and row["link"] in printed
            and "Checked on" in printed
        )
        assert run("show", row["rule"], "--json") == 0
        assert json.loads(capsys.readouterr().out)["versions"]
    with pytest.raises(CaseFileError):
        run("show", "no_such_rule")


def test_a_folder_of_law_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from casefile.paths import resources

    assert run("check", str(resources() / "law")) == 0
    assert "Good" in capsys.readouterr().out
    with pytest.raises(CaseFileError):
        run("check", str(tmp_path))
