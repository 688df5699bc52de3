"""``casefile wording`` and ``wording-score`` answer in their agreed shapes, and say in one line what is wrong."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from casefile.cli import main

LINES = "Access to a therapist as required.\n\nA qualified speech and language therapist will give 30 minutes of individual therapy every week.\n"


def write(folder: Path, text: str | bytes = LINES) -> str:
    path = folder / "lines.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_findings_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wording", write(tmp_path), "--json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    assert [row["verdict"] for row in rows] == ["vague", "specific"]
    assert all({"text", "verdict", "missing", "secondary", "words", "ask"} <= set(row) for row in rows)
    assert rows[0]["missing"] == ["what", "how_often", "how_long"] and rows[0]["ask"]
    assert set(rows[0]["words"][0]) == {"text", "why", "source"}
    assert rows[1]["missing"] == [] and rows[1]["words"] == [] and rows[1]["minutes_per_week"] == 30


def test_findings_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wording", write(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "Vague: Access to a therapist as required." in printed and "Not said: what, how often, how long" in printed
    assert "“as required”" in printed and "Ask: " in printed and "2 read: 1 specific, 1 vague." in printed


def test_from_the_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
    assert main(["wording", "-", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 2


def test_an_empty_file_is_no_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wording", write(tmp_path, "\n\n"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"findings": []}


def test_the_letters_of_old_windows_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["wording", write(tmp_path, "Zoë’s tutor will teach her for an hour a week.".encode("cp1252")), "--json"])
        == 0
    )
    assert "Zoë’s" in json.loads(capsys.readouterr().out)["findings"][0]["text"]


@pytest.mark.parametrize("text", [b"%PDF-1.7\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00"])
def test_no_text_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: bytes) -> None:
    assert main(["wording", write(tmp_path, text)]) == 2
    shown = capsys.readouterr().err.strip()
    assert shown.startswith("casefile: lines.txt is not a text file.") and "\n" not in shown


def test_a_missing_file_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for given in (str(tmp_path / "nowhere.txt"), str(tmp_path)):
        assert main(["wording", given]) == 2
        shown = capsys.readouterr().err.strip()
        assert "cannot be read" in shown and "\n" not in shown


def test_a_special_school_is_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "A teaching assistant will read with Tom.")
    assert main(["wording", path, "--setting", "special", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)["findings"][0]
    assert row["verdict"] == "vague" and "special school" in row["softer"]


def test_the_score_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "set.json"
    items = [
        {"id": "one", "text": "Access to a therapist.", "label": "vague", "missing": ["what", "how_often", "how_long"]}
    ]
    path.write_text(json.dumps({"items": items}), encoding="utf-8")
    assert main(["wording-score", str(path), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["scores"]
    assert rows[0]["sentences"] == 1 and rows[0]["verdicts"] == 1 and rows[0]["plain_rule"]["verdicts"] in (0, 1)
    assert main(["wording-score", str(path)]) == 0
    assert "plain rule" in capsys.readouterr().out


@pytest.mark.parametrize(
    "raw",
    [
        "[]",
        "{",
        '{"items": [{"text": "x", "label": "bad"}]}',
        '{"items": [{"text": "x", "label": "vague", "missing": ["when"]}]}',
    ],
)
def test_a_bad_set_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: str) -> None:
    path = tmp_path / "set.json"
    path.write_text(raw, encoding="utf-8")
    assert main(["wording-score", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
