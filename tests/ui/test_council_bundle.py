"""A council's bundle is checked from the window: what is missing stands first, then its page limits; the table is saved."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtWidgets import QWidget

from casefile.domain.documents import Document
from casefile.progress import Silent
from casefile.services.council_bundle import compare
from casefile.services.council_limits import of_every_kind
from casefile.store.store import Store
from casefile.ui import council_bundle
from casefile.ui.parts import Fold
from casefile.ui.text import Words
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
        see_the_limits(dialog, size)
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
    with pypdfium2.PdfDocument(tmp_path / "What is in their bundle.pdf") as sheet:
        words = " ".join("".join(page.get_textpage().get_text_range() for page in sheet).split())
    assert "The supplementary bundle, made by the school’s side" in words, "the sheet has the limits of the appeal that was chosen"


def said_in(part: QWidget) -> str:
    """The words that are seen in a part of a dialog, line by line."""
    return "\n".join(words.text() for words in part.findChildren(Words) if words.isVisible())


def see_the_limits(dialog: council_bundle.CouncilDialog, size: int) -> None:
    """The limits of the appeal in the case stand there; another appeal has others; how it was counted opens."""
    part = dialog.limits
    said = said_in(part)
    assert part.appeal.value() == "tribunal" and "This is taken from the final plan of Monday 20 April 2026 in your timeline." in said
    assert "The council’s core bundle: at most 2. The limit is 100 pages. Within the limit." in said and "SEND7" not in said
    assert "Your evidence in it: up to 1 found. The limit is 100 pages. Within the limit." in said
    part.findChild(Fold).turn()
    part.changed.emit()
    settle()
    assert "check the current direction" in said_in(part) and dialog.height() <= 720
    part.appeal.choose("tribunal_discrimination")
    settle()
    said = said_in(part)
    assert "The supplementary bundle, made by the school’s side: at most 2. The limit is 100 pages." in said
    assert "Section K" not in said and "This is taken from" not in said, "the parent chose it"
    bar = dialog.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    seen(dialog, f"their-bundle-limits-{size}")


def test_too_many_pages_are_told_with_what_to_do(sample: Store, make_window: MakeWindow, tmp_path: Path) -> None:
    their = pikepdf.open(io.BytesIO(plain(*(f"Page {number} of the papers of the council about {number * 7919} things and no others" for number in range(104)))))
    with their.open_outline() as outline:
        outline.root += [pikepdf.OutlineItem("Core bundle", 0), pikepdf.OutlineItem("LA evidence", 102)]
    their.save(tmp_path / "long.pdf")
    window = make_window(sample, place="bundles")
    found = compare(sample, tmp_path / "long.pdf", Silent())
    dialog = council_bundle.CouncilDialog(window, window.case, found, of_every_kind(sample, window.case.library, found))
    seen(dialog, "their-bundle-over")
    said = said_in(dialog.limits)
    assert "The council’s core bundle: about 102. The limit is 100 pages. It seems to be about 2 too many." in said
    assert "The council’s own evidence: about 2. The limit is 100 pages. Within the limit." in said
    assert "Count the pages yourself first. Then you can write to the council, with a copy to the Tribunal." in said
