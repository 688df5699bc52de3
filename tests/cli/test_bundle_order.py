"""The order and the names of a bundle from the command line: moved, begun, named; what is not there is said in one line."""

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest

from casefile.cli import main
from casefile.services import bundles
from casefile.store.store import Store
from tests.conftest import NOW

PAPERS = ("10", "3", "4", "11", "5")
"""A decision; three of letters and emails; a report."""


@pytest.fixture
def words(sample_folder: Path, tmp_path: Path) -> list[str]:
    """The call for a bundle of ``PAPERS`` in a folder that is not there yet."""
    shutil.copytree(sample_folder, tmp_path / "case")
    chosen = [part for id_ in PAPERS for part in ("--document", id_)]
    return ["bundle", str(tmp_path / "case"), "--purpose", "lgsco", "--out", str(tmp_path / "out"), *chosen, "--json"]


def made(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[list[int], list[str], str]:
    """The papers of the bundle in their order, its bookmarks, and the words of its first pages."""
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["checks"]["ok"]
    with pypdfium2.PdfDocument(told["pdf"][0]) as document:
        marks = [one.get_title() for one in document.get_toc()]
        first = "\n".join(document[at].get_textpage().get_text_range() for at in range(4))
    return [row["document"] for row in told["inputs"]], marks, first


def test_as_it_comes(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    order, marks, _ = made(capsys, *words)
    assert order == [10, 3, 4, 11, 5]
    assert [one for one in marks if one[0].isdigit()] == ["1 Decisions, page 4", "2 Letters and emails, page 5", "3 Reports, page 8"]


def test_papers_and_sections_are_moved(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert made(capsys, *words, "--move", "11=3")[0] == [10, 11, 3, 4, 5]
    assert made(capsys, *words, "--move", "3=5", "--move", "4 = Decisions")[0] == [10, 4, 11, 3, 5]
    assert made(capsys, *words, "--move-section", "Reports=Decisions")[0] == [5, 10, 3, 4, 11]
    assert made(capsys, *words, "--move-section", "Decisions=")[0] == [3, 4, 11, 5, 10]


def test_sections_are_begun_and_named_and_headings_stand_over_papers(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    order, marks, first = made(
        capsys, *words, "--section-name", "Decisions=What the council decided", "--begin-section", "4=Health = hospital", "--heading", "4=The first visit",
        "--section-name", "Health = hospital=Hospital",
    )  # fmt: skip
    assert order == [10, 3, 4, 11, 5]
    for name in ("What the council decided", "Hospital", "The first visit"):
        assert name in first and any(name in one for one in marks), (name, marks)
    assert not any("Decisions" in one for one in marks) and "Health" not in first
    order, marks, _ = made(capsys, *words, "--section-name", "Letters and emails=Decisions")
    assert order == [10, 3, 4, 11, 5] and [one for one in marks if one[0].isdigit()] == ["1 Decisions, page 4", "2 Reports, page 8"]


def test_a_mark_names_a_paper_once_it_has_one_and_what_is_sent_is_kept_so(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--heading", "E1=Too early"]) == 2
    assert "Marks are given when a bundle is made." in capsys.readouterr().err
    assert main([*words, "--sent", "--heading", "10=First of all"]) == 0
    sent = json.loads(capsys.readouterr().out)["sent"]
    with Store.open(tmp_path / "case", now=NOW) as store:
        kept = bundles.load(store, sent)
        assert [item.title for item in kept.items if item.heading] == ["First of all"]
        papers = {item.mark: item.document for item in bundles.compose(store, _library(), "lgsco", NOW.date(), documents=[int(id_) for id_ in PAPERS]).items}
    last = next(mark for mark, id_ in papers.items() if id_ == 5)
    assert last and made(capsys, *words, "--move", f"{last.lower()}=10")[0] == [5, 10, 3, 4, 11]


def _library() -> bundles.Library:
    from casefile.library import load

    return load()


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--section-name", "Decisions", "is not whole. Nothing was made. Write it as --section-name"),
        ("--section-name", "Decisions=", "is not whole"),
        ("--section-name", "=Mine", "is not whole"),
        ("--section-name", "Council=Mine", "There is no section “Council” in this bundle. Nothing was made. Its sections are: “Decisions”, “Letters and emails”, “Reports”."),
        ("--section-name", "Decisions=Reports", "There is a section called “Reports” already"),
        ("--section-name", "Decisions=" + "x" * 130, "Use at most 120"),
        ("--heading", "10=", "is not whole"),
        ("--heading", "99=Words", "Paper 99 is not in this bundle"),
        ("--heading", "first=Words", "is no number of a paper"),
        ("--begin-section", "4=Reports", "There is a section called “Reports” already"),
        ("--begin-section", "12=Mine", "Paper 12 is not in this bundle"),
        ("--move", "3=12", "Paper 12 is not in this bundle"),
        ("--move", "3=Elsewhere", "“Elsewhere” is no paper and no section of this bundle. Nothing was made. Its sections are: “Decisions”"),
        ("--move", "3", "is not whole"),
        ("--move-section", "Reports=Mine", "There is no section “Mine”"),
        ("--move-section", "Mine=Reports", "There is no section “Mine”"),
        ("--heading", "10=\n", "is not whole"),
        ("--move", "3=\x1b[2J", "is no paper and no section"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_in_one_line(
    option: str, value: str, why: str, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, option, value]) == 2
    told = capsys.readouterr().err
    assert why in told and told.count("\n") == 1 and "\x1b" not in told
    assert not (tmp_path / "out").exists()


def test_the_help_tells_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["bundle", "--help"])
    told = capsys.readouterr().out
    for option in ("--move ID=WHERE", "--move-section NAME=BEFORE", "--begin-section ID=NAME", "--heading ID=WORDS", "--section-name OLD=NEW"):
        assert option in told
