"""Unlocking in the window: beside the paper and under a bundle, with a wrong password, a right one, and none."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from casefile.domain.documents import Document
from casefile.progress import Cancelled, Progress, Silent
from casefile.services import bundles, documents, unlocking
from casefile.store.store import Store
from casefile.ui import unlock
from casefile.ui.form import Field
from casefile.ui.parts import Button
from tests.conftest import TODAY
from tests.readers import making
from tests.readers.locking import word_locked, zip_locked
from tests.services.test_bundle_choices import paper
from tests.services.test_unlocking import PASSWORD, filed, locked
from tests.ui.conftest import MakeWindow, picture, settle, type_into
from tests.ui.test_dialogs import seen


def button_of(panel: object) -> Button:
    return next(one for one in panel.findChildren(Button) if one.text().startswith("Unlock this paper"))  # type: ignore[attr-defined]


def opened_by(dialog: unlock.UnlockDialog) -> int:
    """Try the password that was typed, which is right; how the dialog ended."""
    dialog.main.click()
    assert dialog.password.text() == "" and dialog.found is not None
    return dialog.result()


@pytest.mark.parametrize(("size", "look"), [(100, "light"), (200, "dark")])
def test_beside_a_new_paper(
    size: int, look: str, sample: Store, tmp_path: Path, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typing is hidden until it is asked for; a wrong password is told in the dialog; the right one opens the page."""
    one = filed(sample, tmp_path / "given", locked(paper("Wagtail", 2)))
    window = make_window(sample, size=size, look=look, place="documents")
    screen = window.case_page.screen_of("documents")
    screen.show_thing(one.id)
    settle()
    picture(window, f"documents-locked-{look}-{size}")

    def answer(dialog: unlock.UnlockDialog) -> int:
        assert dialog.password.echoMode() == Field.EchoMode.Password and dialog.password.text() == ""
        dialog.show()
        type_into(dialog.password, "wrong")
        dialog.main.click()
        assert dialog.result() == 0 and "does not open the paper" in dialog.problem.text() and "wrong" not in dialog.problem.text()
        dialog.show_it.click()
        assert dialog.password.echoMode() == Field.EchoMode.Normal
        seen(dialog, f"unlock-{look}-{size}")
        dialog.show_it.click()
        dialog.password.selectAll()
        type_into(dialog.password, PASSWORD)
        return opened_by(dialog)

    monkeypatch.setattr(unlock.UnlockDialog, "exec", answer)
    button_of(screen.sort_panel).click()
    settle()
    assert not sample.get(Document, one.id or 0).locked and screen.viewer.view.pages == 2
    assert not [other for other in screen.sort_panel.findChildren(Button) if other.isVisible() and other.text().startswith("Unlock")]
    window.case.undo()
    settle()
    assert sample.get(Document, one.id or 0).locked and button_of(screen.sort_panel).isVisible()


@pytest.mark.parametrize("size", [100, 200])
def test_under_a_bundle_one_after_the_other_and_one_is_skipped(
    size: int, sample: Store, tmp_path: Path, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [filed(sample, tmp_path / "given", locked(paper(name, 3)), f"{name}.pdf").id or 0 for name in ("Dunlin", "Wagtail")]
    window = make_window(sample, size=size, place="bundles")
    screen = window.case_page.screen_of("bundles")
    screen._take_up(bundles.compose(sample, window.case.library, "everything", TODAY, documents=[3, *ids]))
    screen.table.choose(f"d{ids[1]}")
    settle()
    assert screen.unlock.isVisible() and screen.unlock.text() == "Unlock 2 locked papers…" and "locked with a password" in screen.told.text()
    picture(window, f"bundle-locked-{size}")
    asked: list[str] = []

    def answer(dialog: unlock.UnlockDialog) -> int:
        asked.append(dialog.accessibleName())
        if len(asked) == 2:
            dialog.reject()
            return 0
        dialog.password.setText(PASSWORD)
        dialog.main.click()
        return dialog.result()

    monkeypatch.setattr(unlock.UnlockDialog, "exec", answer)
    screen.unlock.setFocus(Qt.FocusReason.TabFocusReason)
    screen.unlock.click()
    settle()
    assert asked == ["Unlock this paper: 1 of 2", "Unlock this paper: 2 of 2"]
    assert set(unlocking.unlocked(sample)) == {ids[1]} and screen.unlock.text() == "Unlock a locked paper…"
    item = next(one for one in screen.bundle.items if one.document == ids[1])
    assert item.pages == 3 and "password" not in screen.told.text()


@pytest.mark.parametrize(("size", "look"), [(100, "light"), (200, "dark")])
def test_a_zip_folder_and_the_locked_word_file_in_it(
    size: int, look: str, sample: Store, tmp_path: Path, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = word_locked(making.word("<w:p><w:r><w:t>Wagtail is to have speech therapy each week.</w:t></w:r></w:p>"), PASSWORD)
    one = filed(sample, tmp_path / "given", zip_locked({"report.docx": word, "assessment.pdf": paper("Dunlin", 2)}, PASSWORD, "old"), "disclosure.zip")
    window = make_window(sample, size=size, look=look, place="documents")
    screen = window.case_page.screen_of("documents")
    screen.show_thing(one.id)
    settle()
    picture(window, f"documents-locked-zip-{look}-{size}")
    said: list[str] = []
    window.case.said.connect(said.append)

    def answer(dialog: unlock.UnlockDialog) -> int:
        type_into(dialog.password, PASSWORD.lower())
        dialog.main.click()
        assert "does not open the paper" in dialog.problem.text() and not dialog.going.isVisibleTo(dialog) and dialog.main.isEnabled()
        seen(dialog, f"unlock-{'zip' if not said else 'word'}-{look}-{size}")
        dialog.password.setText(PASSWORD)
        return opened_by(dialog)

    monkeypatch.setattr(unlock.UnlockDialog, "exec", answer)
    button_of(screen.sort_panel).click()
    settle()
    assert said == ["The zip folder is unlocked. What was in it waits to be sorted."]
    parts = {part.name: part for part in sample.find(Document, parent=one.id)}
    assert set(parts) == {"report.docx", "assessment.pdf"} and parts["report.docx"].locked
    assert {part.id for part in parts.values()} <= {waiting.id for waiting in documents.unsorted(sample)}
    screen.show_thing(parts["report.docx"].id)
    settle()
    picture(window, f"documents-locked-word-{look}-{size}")
    button_of(screen.sort_panel).click()
    settle()
    assert said[1:] == ["The paper is unlocked."] and screen.viewer.view.kind == "blocks" and "Wagtail" in repr(screen.viewer.view.blocks)
    picture(window, f"documents-unlocked-word-{look}-{size}")
    window.case.undo()
    settle()
    assert sample.get(Document, parts["report.docx"].id or 0).locked


def test_a_folder_with_two_passwords_says_that_the_rest_still_asks(
    sample: Store, tmp_path: Path, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = filed(sample, tmp_path / "given", zip_locked({"a.txt": b"Redpoll", "b.txt": b"Siskin"}, PASSWORD, others={"b.txt": "other"}), "a.zip")
    window = make_window(sample, place="documents")
    said: list[str] = []
    window.case.said.connect(said.append)
    unlock._keep(window.case, one.id or 0, unlocking.opened(sample, one.id or 0, PASSWORD, Silent()))
    settle()
    assert said == ["Some of what is in it is unlocked. The rest has another password."] and sample.get(Document, one.id or 0).locked


@pytest.mark.parametrize("left_by", ["Skip", "closing the case"])
def test_the_window_goes_on_while_a_password_is_tried_and_the_try_ends_when_the_dialog_is_left(
    left_by: str, sample: Store, tmp_path: Path, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large folder under the old lock takes minutes: it is told how far it is, a second click tries nothing, and Skip ends it."""
    one = filed(sample, tmp_path / "given", zip_locked({"a.txt": b"Redpoll"}, PASSWORD), "a.zip")
    window = make_window(sample)
    window.case.jobs.at_once = False
    begun, ended, tries = threading.Event(), threading.Event(), []

    def slow(store: Store, id_: int, password: str, progress: Progress) -> unlocking.Opened:
        tries.append(password)
        progress.step("Opening what is inside", 3, 40)
        begun.set()
        try:
            while not ended.wait(0.01):
                progress.step("")
        except Cancelled:
            ended.set()
            raise
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(unlocking, "opened", slow)
    dialog = unlock.UnlockDialog(window, window.case, one)
    dialog.password.setText(PASSWORD)
    dialog.main.click()
    assert begun.wait(10)
    settle()
    assert dialog.focusWidget() is dialog.password and dialog.going.text() == "Opening what is inside: 3 of 40" and not dialog.main.isEnabled() and dialog.password.isReadOnly()
    seen(dialog, "unlock-going-on")
    dialog.finish()
    if left_by == "Skip":
        dialog.reject()
    else:
        window.case.jobs.stop_all()
    assert ended.wait(10) and tries == [PASSWORD] and dialog.password.text() == ""
    settle()
    assert dialog.found is None and dialog.result() == 0 and sample.get(Document, one.id or 0).locked
