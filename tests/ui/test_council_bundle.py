"""A council's bundle is checked from the window: what is missing stands first, and the table is saved."""

import io
from pathlib import Path

import pikepdf
import pytest

from casefile.domain.documents import Document
from casefile.store.store import Store
from casefile.ui import council_bundle
from tests.printing.bundle.awkward import plain
from tests.ui.conftest import MakeWindow, settle
from tests.ui.test_dialogs import seen


@pytest.mark.parametrize("size", [100, 200])
def test_their_bundle_is_shown_and_saved(
    size: int, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paper = next(one for one in sample.find(Document, "id") if one.type == "pdf")
    theirs, strange = pikepdf.open(sample.originals.path_of(paper.sha256, "pdf")), plain("Words of theirs that nobody sent to us.")
    other = pikepdf.open(io.BytesIO(strange))
    theirs.pages.extend(other.pages)
    theirs.save(tmp_path / "their bundle.pdf")
    window = make_window(sample, size=size, place="bundles")
    screen = window.case_page.screen_of("bundles")
    monkeypatch.setattr(council_bundle, "choose_files", lambda parent, title: [tmp_path / "their bundle.pdf"])
    monkeypatch.setattr(council_bundle, "choose_target", lambda parent, title, name, endings: tmp_path / name)
    shown: list[council_bundle.CouncilDialog] = []

    def answer(dialog: council_bundle.CouncilDialog) -> int:
        dialog.table.choose(paper.id)
        seen(dialog, f"their-bundle-{size}")
        assert "All of it is there" in dialog.told.text()
        dialog._save_table()
        assert dialog._save_pdf()
        shown.append(dialog)
        return 0

    monkeypatch.setattr(council_bundle.CouncilDialog, "exec", answer)
    screen.theirs.click()
    settle()
    assert shown and shown[0].made.count("all") >= 1
    assert (tmp_path / "What is in their bundle.pdf").read_bytes().startswith(b"%PDF")
    assert "Not found" in (tmp_path / "What is in their bundle.csv").read_text("utf-8-sig")
