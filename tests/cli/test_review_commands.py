"""Annual reviews on the command line."""

import json
from pathlib import Path

import pytest

from casefile.cli import main


def test_begun_shown_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = str(tmp_path / "case")
    assert main(["new", case, "--child", "Sam Field"]) == 0
    assert main(["review", case, "show"]) == 2
    assert "no annual review" in capsys.readouterr().err
    assert main(["review", case, "begin", "--meeting", "2026-03-02"]) == 0
    capsys.readouterr()
    assert main(["review", case, "show", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["meeting"] == "2026-03-02" and [row["part"] for row in told["invited"]] == ["parent", "school", "council", "health", "care"]
    assert {step["rule"]: step["due"] for step in told["steps"]}["review_decision"] == "2026-03-30"
    assert main(["review", case, "show"]) == 0
    assert "Review meeting, Monday 2 March 2026." in capsys.readouterr().out
    for name, begins in (("pack.pdf", b"%PDF"), ("pack.docx", b"PK")):
        assert main(["review", case, "pack", "--out", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert main(["review", case, "pack", "--out", str(tmp_path / "pack.txt")]) == 2
    assert main(["review", case, "show", "7"]) == 2
