"""Without a screen the program makes the sample case, a letter and a bundle, and says where they are."""

import email
import email.policy
import io
from pathlib import Path

import pytest

from casefile import cli
from casefile.cli import tour


def test_the_tour_makes_and_names_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tour.run(tmp_path) == 0
    said = capsys.readouterr().out
    folder = tmp_path / "casefile-sample"
    assert f"The case:   {folder / 'case'}" in said and str(folder / "letter.pdf") in said
    assert cli.main(["verify", str(folder / "case")]) == 0
    bundle = next((folder / "bundle").glob("*.pdf"))
    assert str(bundle) in said
    import docx
    import pypdf

    pages = pypdf.PdfReader(bundle).pages
    assert f"{len(pages)} pages" in said and len(pages) > 20
    letter = "\n".join(page.extract_text() for page in pypdf.PdfReader(folder / "letter.pdf").pages)
    assert "84\u00a0days late" in letter or "84 days late" in letter
    assert any(
        "final EHC plan" in part.text
        for part in docx.Document(io.BytesIO((folder / "letter.docx").read_bytes())).paragraphs
    )
    assert email.message_from_bytes((folder / "letter.eml").read_bytes(), policy=email.policy.default)["To"]
    assert "Dear" in (folder / "letter.txt").read_text("utf-8")
    next_folder = tmp_path / "casefile-sample (2)"
    assert tour.run(tmp_path) == 0 and next_folder.is_dir(), "a second tour is made beside the first"


def test_no_words_and_no_screen_is_the_tour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from casefile import system

    monkeypatch.setattr(system, "has_screen", lambda: False)
    monkeypatch.setattr(tour, "run", lambda: 0)
    assert cli.main([]) == 0


def test_where_nothing_can_be_written_the_tour_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from casefile import system

    (tmp_path / "file").write_text("a")
    real = tour.run
    monkeypatch.setattr(system, "has_screen", lambda: False)
    monkeypatch.setattr(tour, "run", lambda: real(tmp_path / "file"))
    assert cli.main([]) == 2
    said = capsys.readouterr().err
    assert said.startswith("casefile: The case was not made") and said.count("\n") == 1
