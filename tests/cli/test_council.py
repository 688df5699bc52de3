"""The command that holds a bundle somebody else made against the case: its words, its JSON, its wrong calls."""

import json
import shutil
from pathlib import Path

import pytest

from casefile.cli import main
from tests.printing.bundle.awkward import plain


def test_from_the_command_line(sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    (tmp_path / "theirs.pdf").write_bytes(plain("Something of theirs that is in no paper of ours at all, and has words."))
    words = ["bundle-check", str(case), str(tmp_path / "theirs.pdf")]
    assert main([*words, "--json", "--out", str(tmp_path / "table.csv")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pages"] == 1 and told["not_ours"] == [[1, 1]] and (tmp_path / "table.csv").is_file()
    assert {"document", "title", "state", "pages", "lacking", "by_looks"} == set(told["papers"][0])
    limits = told["limits"]
    assert limits["appeal"] == "tribunal" and "final plan" in limits["because"] and limits["by"] is None and limits["advice"] == []
    assert [(one["part"], one["limit"], one["least"], one["most"], one["state"]) for one in limits["counts"]] == [
        ("core", 100, 0, 1, "within"), ("plan", 150, 0, 1, "within"), ("working", 25, 0, 1, "cannot_tell"), ("own", 100, 0, 1, "within"),
    ]  # fmt: skip
    assert [one["found"] for one in limits["counts"]] == [None, None, None, 0]
    assert limits["counts"][0]["source"] | {"words": ""} == {
        "words": "", "link": "https://birkettlong.co.uk/insights/education/legal-update-new-practice-direction-send-tribunal-hearings",
        "since": "2025-07-15", "checked": "2026-11-24", "sure": False,
    }  # fmt: skip
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "not found" in said and "The council’s core bundle: at most 1. The limit is 100 pages. Within the limit." in said
    assert "check the current direction" in said
    assert main([*words, "--appeal", "tribunal_discrimination", "--out", str(tmp_path / "table.pdf")]) == 0
    assert "The supplementary bundle, made by the school’s side" in capsys.readouterr().out
    assert (tmp_path / "table.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("wrong", [["--out", "table.doc"], ["--appeal", "tribunal_late"], ["--appeal", "lgsco"]])
def test_a_wrong_call_is_told_in_a_line(wrong: list[str], sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    (tmp_path / "theirs.pdf").write_bytes(plain("Anything."))
    assert main(["bundle-check", str(case), str(tmp_path / "theirs.pdf"), *wrong]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
