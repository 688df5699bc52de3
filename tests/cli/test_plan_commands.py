"""The plan on the command line: to the contract, and with bad input said in one line."""

import json
from pathlib import Path

import pytest

from casefile.cli import main
from casefile.store.store import Store
from tests.domain.test_plan_layouts import HEADED, SALT
from tests.readers.drawing import drawn, needs_scans, scanned_pdf


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["plan", *words, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture
def folder(store: Store) -> str:
    where = str(store.folder)
    store.close()
    return where


def test_import_show_compare_check(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text(HEADED, "utf-8")
    two.write_text(HEADED.replace("Final plan", "Amended final plan").replace(SALT, "Access to speech and language therapy as required."), "utf-8")
    made = answer(capsys, folder, "import", str(one), "--dated", "2026-05-04")
    assert (made["file"], made["version"], made["status"], made["dated"]) == ("one.txt", 1, "final", "2026-05-04")
    assert answer(capsys, folder, "import", str(two))["version"] == 2
    shown = answer(capsys, folder, "show", "1")
    sections: dict[str, list[dict[str, object]]] = shown["sections"]  # type: ignore[assignment]
    first = sections["F"][0]
    assert (first["id"], first["minutes"], first["sessions"], first["period"], first["minutes_per_week"]) == ("F1", 30, 1, "week", 30)
    assert {"need": "B1", "provision": "F1"} in shown["links"]  # type: ignore[operator]
    found = answer(capsys, folder, "compare", "1", "2")
    changes: list[dict[str, object]] = found["changes"]  # type: ignore[assignment]
    assert [(change["type"], change["section_before"], change["section_after"], change["silent"]) for change in changes] == [("weakened", "F", "F", None)]
    assert (found["minutes_per_week_before"], found["minutes_per_week_after"]) == (1230, 1200)
    findings: list[dict[str, object]] = answer(capsys, folder, "check")["findings"]  # type: ignore[assignment]
    assert {"check", "level", "section", "item", "why", "ask"} == set(findings[0])
    assert any(one["check"] == "Q04" and one["item"] == "F1" for one in findings)


def test_in_words(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.txt").write_text(HEADED, "utf-8")
    for words in (("import", str(tmp_path / "one.txt"), "--record", "--dated", "2026-05-04"), ("show",), ("compare", "1", "1"), ("check",), ("versions",)):
        assert main(["plan", folder, *words]) == 0
    said = capsys.readouterr().out
    assert "Recorded: The final plan was sent, Monday 4 May 2026." in said
    assert "No line changed." in said
    assert "1. Final plan, Monday 4 May 2026, from one.txt" in said


@pytest.mark.parametrize("words", [("import", "nothing.pdf"), ("import", ""), ("show",), ("show", "7"), ("compare", "1", "2"), ("check",), ("import", "letter.txt"), ("import", "letter.txt", "--dated", "soon"), ("import", ".")])  # fmt: skip
def test_bad_input_is_one_line(folder: str, tmp_path: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.txt").write_text("Dear Mrs Rahman, thank you.", "utf-8")
    assert main(["plan", folder, *words]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said


@pytest.mark.usefixtures("reads_scans")
@needs_scans
def test_a_plan_read_from_a_scan_says_so_and_no_other_does(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heads = {"A": "The views of Robin", "B": "Robin has a speech sound disorder", "E": "Robin will be understood", "F": "Speech therapy of 45 minutes a week"}
    text = "Final EHC plan\n" + "\n".join(f"Section {letter}\n{words}" for letter, words in heads.items())
    (tmp_path / "scan.pdf").write_bytes(scanned_pdf(drawn(text, size=36)))
    (tmp_path / "typed.txt").write_text(HEADED, "utf-8")
    assert answer(capsys, folder, "import", str(tmp_path / "scan.pdf"))["from_picture"] is True
    assert "from_picture" not in answer(capsys, folder, "import", str(tmp_path / "typed.txt"))
    for words in (("show", "1"), ("check", "1")):
        assert answer(capsys, folder, *words)["from_picture"] is True
    for words in (("show", "2"), ("check", "2")):
        assert "from_picture" not in answer(capsys, folder, *words)
    both = answer(capsys, folder, "compare", "1", "2")
    assert both["before_from_picture"] is True and "after_from_picture" not in both
    told = []
    for words in (("show", "1"), ("check", "1"), ("compare", "1", "2"), ("show", "2"), ("check", "2")):
        assert main(["plan", folder, *words]) == 0
        told.append(capsys.readouterr().out.count("were read from a picture, and some may be wrong. Compare them with the paper."))
    assert told == [1, 1, 1, 0, 0]
