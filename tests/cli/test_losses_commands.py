"""Days out of school, costs and effects on the command line."""

import json
import re
from pathlib import Path

import pypdfium2
import pytest

from casefile.cli import main


def test_kept_and_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, out = str(tmp_path / "case"), tmp_path / "out"
    assert main(["new", case]) == 0
    assert main(["provision", case, "away", "2025-09-08", "--until", "2025-09-12", "--kind", "suspended", "--said-by", "The head"]) == 0
    assert main(["provision", case, "away", "2025-09-15", "--hours", "2.5", "--kind", "part_time"]) == 0
    assert main(["provision", case, "cost", "2025-09-20", "£65.50", "Private", "therapy", "--kind", "therapy"]) == 0
    assert main(["provision", case, "effect", "2025-09-20", "--hard", "--whose", "family", "She", "cried."]) == 0
    capsys.readouterr()
    assert main(["provision", case, "losses", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["out_of_school"]["total"] | {"from": "", "to": ""} == {"from": "", "to": "", "whole_days": 5, "part_days": 1, "part_hours": 2.5}
    assert told["costs"]["pence"] == 6550 and told["costs"]["entries"][0]["what"] == "Private therapy"
    assert told["effects"] == [{"date": "2025-09-20", "words": "She cried.", "whose": "family", "hard": True, "document": None}]
    assert main(["provision", case, "losses"]) == 0
    said = capsys.readouterr().out
    assert "5 whole school days, and 2 h 30 over 1 part day" in said and "£65.50" in said and "cried" not in said
    assert main(["provision", case, "losses", "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["provision", case, "losses", "--json", "--out", str(out)]) == 0
    assert len(json.loads(capsys.readouterr().out)["written"]) == 6
    assert {path.name for path in out.iterdir()} == {f"{name}.{ending}" for name in ("costs", "effects", "out of school") for ending in ("csv", "pdf")}


def test_what_is_longer_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    case, out = str(tmp_path / "case"), tmp_path / "out"
    long = " ".join(f"word{number}" for number in range(900))
    assert main(["new", case]) == 0
    assert main(["provision", case, "away", "2025-09-08", "--reason", long]) == 0
    assert main(["provision", case, "cost", "2025-09-20", "5", long, "--note", long]) == 0
    assert main(["provision", case, "effect", "2025-09-20", long]) == 0
    assert main(["provision", case, "losses", "--out", str(out)]) == 0
    for name, times in (("out of school", 1), ("costs", 2), ("effects", 1)):
        pages = pypdfium2.PdfDocument(out / f"{name}.pdf")
        words = re.findall(r"word\d+", " ".join(page.get_textpage().get_text_bounded() for page in pages))
        assert [words.count(f"word{number}") for number in (0, 450, 899)] == [times] * 3, name


@pytest.mark.parametrize(
    "words",
    [
        ["away", "2025-09-08", "--until", "2025-09-01"], ["away", "2025-09-08", "--hours", "some"], ["away", "2099-09-08"], ["away", "2025-09-08", "--kind", "tired"],
        ["cost", "2025-09-08", "much", "x"], ["cost", "2025-09-08", "5", "x", "--document", "999"], ["effect", "yesterday", "x"],
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = str(tmp_path / "case")
    assert main(["new", case]) == 0
    capsys.readouterr()
    try:
        status = main(["provision", case, *words])
    except SystemExit as left:
        status = int(str(left.code))
    assert status == 2
    told = capsys.readouterr().err
    assert told.startswith("casefile: ") and told.count("\n") == 1
