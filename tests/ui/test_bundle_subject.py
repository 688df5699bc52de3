"""The subject line in the window: its gaps are named, its parts kept and undone; the note for more pages is offered."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from casefile.domain.bundle_subject import Subject
from casefile.domain.bundles import Counted
from casefile.services import bundles
from casefile.store.store import Store
from casefile.ui import bundle_export, bundle_subject
from casefile.ui.parts import Button
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, settle, type_into
from tests.ui.test_dialogs import seen


def press(dialog: object, words: str) -> None:
    next(one for one in dialog.findChildren(Button) if one.text() == words).click()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("size", "theme"), [(100, "light"), (200, "dark")])
def test_the_subject_line_is_filled_in_copied_and_kept(
    size: int, theme: str, sample: Store, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(sample, size=size, look=theme, place="bundles")
    screen = window.case_page.screen_of("bundles")
    screen._take_up(bundles.compose(sample, window.case.library, "tribunal", TODAY, documents=[3]))

    def answer(dialog: bundle_subject.SubjectDialog) -> int:
        assert "[date of the hearing]" in dialog.line.text() and "Still to fill in: date of the hearing" in dialog.gaps.text()
        seen(dialog, f"bundle-subject-{theme}-{size}")
        type_into(dialog.hearing.edit, "3 February 2027")
        dialog.appeal.selectAll()
        type_into(dialog.appeal, "EH936/26/00567")
        dialog.initials.click()
        assert dialog.line.text() == "HD 03/02/2027 | EH936/26/00567 | A. O. | Tribunal evidence" and not dialog.gaps.text()
        press(dialog, "Copy the subject line")
        assert QGuiApplication.clipboard().text() == dialog.line.text() and "30 seconds" in dialog.told.text()
        press(dialog, "Copy the file name")
        assert QGuiApplication.clipboard().text() == "HD 2027-02-03, EH936-26-00567, A. O., Tribunal evidence"
        dialog.finish()
        return dialog.result()

    child = window.case.child
    monkeypatch.setattr(bundle_subject.SubjectDialog, "exec", answer)
    with sample.action("Named"):
        sample.change(replace(child, name="Amina Okafor"))
    press(screen, "Subject line")
    settle()
    assert screen.bundle.subject == Subject(dt.date(2027, 2, 3), "EH936/26/00567", "", initials=True)
    window.case.undo()
    settle()
    assert screen.bundle.subject == Subject()


@pytest.mark.parametrize("size", [100, 200])
def test_a_note_for_more_pages_is_offered_before_it_is_written(size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, size=size, place="bundles")
    library = window.case.library
    made = bundles.compose(sample, library, "tribunal", TODAY, documents=[3])
    planned = bundles.plan(sample, library, made)
    over = replace(planned, counts=(Counted(library.purpose("tribunal").limits[0], 118),))
    dialog = bundle_export.BeforeDialog(window, made, over, [], ("SEND7", "the note"))
    seen(dialog, f"bundle-before-note-{size}")
    press(dialog, "Copy the note for form SEND7")
    assert QGuiApplication.clipboard().text() == "the note" and "30 seconds" in dialog.copied.text()
    plain = bundle_export.BeforeDialog(window, made, planned, [])
    assert not [one for one in plain.findChildren(Button) if "note" in one.text()]
