"""``casefile bundle`` and ``casefile verify`` on a bundle, to the contract of their JSON and exit status."""

import json
import shutil
from pathlib import Path

import pytest

from casefile.cli import main
from casefile.services import bundles
from casefile.store.store import Store
from tests.conftest import NOW


def test_the_shape_and_the_check(sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    assert main(["bundle", str(case), "--purpose", "everything", "--out", str(tmp_path / "out"), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert {"pdf", "zip", "pages", "inputs", "checks"} <= set(made)
    assert all({"document", "state", "from_page", "to_page", "reason"} <= set(row) for row in made["inputs"])
    assert made["checks"]["ok"] is True and made["inputs"][-1]["to_page"] == made["pages"]
    assert all(Path(path).is_file() for path in [*made["pdf"], made["zip"]])

    for target in (made["zip"], made["pdf"][0], str(tmp_path / "out")):
        assert main(["verify", target, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["ok"] is True
    data = bytearray(Path(made["zip"]).read_bytes())
    data[len(data) // 2] ^= 4
    Path(made["zip"]).write_bytes(data)
    assert main(["verify", made["zip"], "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"]
    assert main(["verify", str(tmp_path / "out")]) == 1


def test_an_unknown_purpose_lists_the_known_ones(
    sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    assert main(["bundle", str(case), "--purpose", "holiday", "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    for id_ in (
        "complaint_stage_1",
        "complaint_stage_2",
        "lgsco",
        "secretary_of_state",
        "tribunal",
        "adviser",
        "everything",
    ):
        assert id_ in said
    assert main(["bundle", str(case), "--out", str(tmp_path / "out"), "--document", "999"]) == 2
    assert "999" in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_some_pages_from_the_command_line(
    sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--pages, --without and --turn reach the bundle; nonsense is one clear message."""
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    words = ["bundle", str(case), "--document", "3", "--out", str(tmp_path / "out"), "--json"]
    assert main([*words, "--pages", "3:1", "--turn", "3:1:90"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["checks"]["ok"] and made["inputs"][0]["from_page"] == made["inputs"][0]["to_page"]
    assert main([*words, "--without", "3:all"]) == 2
    assert "is no page" in capsys.readouterr().err


def test_sent_and_added_to(sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--sent keeps the numbers, --additions-to goes on from them."""
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    assert main(["bundle", str(case), "--document", "3", "--out", str(tmp_path / "a"), "--json", "--sent"]) == 0
    first = json.loads(capsys.readouterr().out)
    words = ["bundle", str(case), "--additions-to", str(first["sent"]), "--document", "11", "--json", "--sent"]
    assert main([*words, "--out", str(tmp_path / "b")]) == 0
    more = json.loads(capsys.readouterr().out)
    assert [row["document"] for row in more["inputs"]] == [11] and f"from page {first['pages'] + 1}" in more["pdf"][0]
    assert main([*words, "--out", str(tmp_path / "c")]) == 2
    assert "No paper was added" in capsys.readouterr().err


def test_what_was_chosen_for_additions_is_kept_with_them(sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages and headings of what was sent are known when the next additions are made; of what was sent before none is changed."""
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    assert main(["bundle", str(case), "--document", "3", "--out", str(tmp_path / "a"), "--json", "--sent"]) == 0
    first = json.loads(capsys.readouterr().out)
    words = ["bundle", str(case), "--additions-to", str(first["sent"]), "--document", "11", "--document", "21", "--out", str(tmp_path / "b"), "--json"]
    for more in (["--pages", "3:1"], ["--cover", "3:1:1,1,9,9"]):
        assert main([*words, *more]) == 2
        assert "does not go into this file" in capsys.readouterr().err
    assert main([*words, "--pages", "21:1", "--heading", "11=New letters", "--hide", "Amina", "--sent"]) == 0
    capsys.readouterr()
    with Store.open(case, now=NOW) as store:
        kept = bundles.load(store, first["sent"])
    chosen = {item.document: item for item in kept.chosen}
    assert chosen[21].only == "1" and chosen[11].over == ("New letters",) and not chosen[3].only
    assert [one.words for one in kept.hiding.words] == ["Amina"]


def test_words_and_areas_are_hidden(sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--hide and --cover reach the bundle, and the report says how much was covered; nonsense is one clear message."""
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    words = ["bundle", str(case), "--document", "3", "--out", str(tmp_path / "out"), "--json"]
    assert main([*words, "--hide", "Amina Rahman", "--cover", "3:1:10,10,40,20"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["checks"]["ok"] and made["checks"]["hidden"]["areas"] == 1 and made["checks"]["hidden"]["places"] >= 1
    assert "part of the page, once" in made["inputs"][0]["reason"]
    assert main([*words, "--cover", "3:1:ten"]) == 2
    assert "names no area" in capsys.readouterr().err
    assert main([*words, "--hide", "a"]) == 2
    assert "too short" in capsys.readouterr().err


def test_a_cover_that_would_cover_nothing_is_refused(sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody asked to be hidden is never left standing in silence."""
    case, out = tmp_path / "case", tmp_path / "out"
    shutil.copytree(sample_folder, case)
    words = ["bundle", str(case), "--document", "3", "--out", str(out)]
    for area, why in (("999:1:1,1,9,9", "not in this bundle"), ("3:99:1,1,9,9", "no such page"), ("3:1:nan,1,9,9", "does not lie on the page"), ("3:1:inf,0,5,5", "does not lie")):
        assert main([*words, "--cover", area]) == 2, area
        told = capsys.readouterr().err
        assert why in told and told.count("\n") == 1
    assert not out.exists()
    assert main([*words, "--hide", "Amina", "--hide", "Olivia Nobody"]) == 0
    said = capsys.readouterr().out
    assert "“Olivia Nobody” was not found in the papers" in said and "“Amina” was not" not in said


def test_paper_and_sizes_from_the_command_line(sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--a4, --binding-edge, --two-sided and --volume-mb reach the bundle; nonsense is one clear message."""
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    words = ["bundle", str(case), "--document", "3", "--document", "4", "--out", str(tmp_path / "out"), "--json"]
    assert main([*words, "--a4", "--binding-edge", "--two-sided", "--volume-mb", "20"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["checks"]["ok"] and all("leave room for binding" in row["reason"] for row in made["inputs"])
    assert made["inputs"][0]["from_page"] % 2 == 1
    assert main([*words, "--volume-mb", "lots"]) == 2
    assert "is no size" in capsys.readouterr().err


def test_what_to_look_at_is_printed(sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Needs that are not met and papers without a date stand under the list of papers."""
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    assert main(["bundle", str(case), "--purpose", "lgsco", "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "Look at: There is no final response from the council in here." in said


def test_dividers_large_print_and_sections_from_the_command_line(
    sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    shutil.copytree(sample_folder, case)
    words = ["bundle", str(case), "--document", "3", "--out", str(tmp_path / "out"), "--json"]
    assert main([*words, "--dividers", "--large-print", "--by-section"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["checks"]["ok"] and len(made["pdf"]) == 3 and len(made["checks"]["sections"]) == 2
