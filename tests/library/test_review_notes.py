"""What a review must look at: every note has its source, and a note that is not whole is refused with its place."""

from pathlib import Path

import pytest

from casefile.errors import BadFile
from casefile.library.review_notes import review_notes
from tests.conftest import ROOT


def test_every_note_says_where_it_is_written() -> None:
    found = review_notes(ROOT / "resources")
    assert {note.id for note in found} >= {"invited", "progress", "adult_life", "four_parts"}
    for note in found:
        assert note.cite and note.link.startswith("https://") and note.words.endswith(".")
        assert note.confidence == "text" or note.sure or note.confidence == "secondary"


def test_a_note_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "reviews"
    folder.mkdir()
    (folder / "notes.toml").write_text('[[note]]\nid = "x"\nwords = "Words."\ncite = "c"\nlink = "l"\nchecked = 2026-01-01\nconfidence = "sure"\n', "utf-8")
    with pytest.raises(BadFile, match="confidence"):
        review_notes(tmp_path)
