"""A version of the plan that was read from a scan says so on its screens, and opens its paper."""

from dataclasses import replace

import pytest

from casefile.domain.plan import PlanVersion
from casefile.domain.scans import WARNING
from casefile.services import plans, sheets_plan
from casefile.store.store import Store
from casefile.ui.parts import Button
from casefile.ui.plan_picture import FromPicture
from casefile.ui.screens.compare import CompareScreen
from casefile.ui.window import Window
from tests.conftest import TODAY
from tests.ui.conftest import MakeWindow, picture, settle
from tests.ui.test_every_screen import check_fits, check_names, check_tab_order
from tests.ui.test_plan import screen_of


def scanned(store: Store, *versions: PlanVersion) -> None:
    """These versions as they are after being read from a scan."""
    for one in versions:
        plans.change_version(store, replace(one, note=f"{WARNING} Compare each line with the paper."))


def said(part: FromPicture) -> str:
    return part.words.text() if part.isVisible() else ""


def buttons(part: FromPicture) -> list[Button]:
    return [one for one in part.findChildren(Button) if one.isVisible()]


@pytest.mark.parametrize(("size", "look"), [(100, "light"), (200, "dark")])
def test_the_plan_says_that_it_was_read_from_a_picture(size: int, look: str, sample: Store, make_window: MakeWindow) -> None:
    first, *_, last = plans.versions(sample)
    scanned(sample, last)
    window = make_window(sample, place="plan", size=size, look=look)
    screen = screen_of(window)
    assert screen.version == plans.latest(sample) and "read from a picture" in said(screen.picture)
    picture(window, f"plan-from-picture-{size}")
    check_names(window)
    check_tab_order(window)
    check_fits(window)
    screen.show_thing(first.id)
    settle()
    assert said(screen.picture) == "" and not first.from_picture
    screen.show_thing(last.id)
    settle()
    (button,) = buttons(screen.picture)
    button.click()
    settle()
    documents = window.case_page.screen_of("documents")
    assert window.case_page.stack.currentWidget() is documents and documents.viewer.id == last.document


def test_our_wording_that_was_copied_from_it_says_so_too(sample: Store, make_window: MakeWindow) -> None:
    base = plans.versions(sample)[-1]
    scanned(sample, base)
    screen = screen_of(make_window(sample, place="plan"))
    ours = plans.copy_version(sample, plans.versions(sample)[-1], TODAY)
    assert ours.from_picture and ours.document is None and plans.paper_of(sample, ours) == base.document
    screen.refresh()
    screen.show_thing(ours.id)
    settle()
    assert "read from a picture" in said(screen.picture) and len(buttons(screen.picture)) == 1
    plans.change_version(sample, replace(plans.versions(sample)[-2], number=7))
    assert plans.paper_of(sample, ours) is None
    typed = plans.copy_version(sample, plans.versions(sample)[0], TODAY)
    assert not typed.from_picture and plans.paper_of(sample, typed) == plans.versions(sample)[0].document


def compare_of(window: Window) -> CompareScreen:
    found = window.case_page.screen_of("compare")
    assert isinstance(found, CompareScreen)
    return found


@pytest.mark.parametrize(("size", "look"), [(100, "light"), (200, "dark")])
def test_a_comparison_says_which_words_were_read_from_a_picture(size: int, look: str, sample: Store, make_window: MakeWindow) -> None:
    before, after = plans.versions(sample)[0], plans.versions(sample)[-1]
    window = make_window(sample, place="compare", size=size, look=look)
    screen = compare_of(window)
    screen.show_thing((before.id, after.id))
    assert said(screen.picture) == ""
    scanned(sample, after)
    screen.refresh()
    settle()
    assert said(screen.picture).startswith("Words of the newer plan were read") and [one.text() for one in buttons(screen.picture)] == ["Open the paper of the newer plan"]
    scanned(sample, before)
    screen.refresh()
    settle()
    assert said(screen.picture).startswith("Words of both plans") and len(buttons(screen.picture)) == 2
    picture(window, f"compare-from-pictures-{size}")
    check_names(window)
    check_fits(window)
    first = buttons(screen.picture)[0]
    first.setFocus()
    screen.refresh()
    settle()
    assert buttons(screen.picture)[0] is first and window.focusWidget() is first
    first.click()
    settle()
    documents = window.case_page.screen_of("documents")
    assert window.case_page.stack.currentWidget() is documents and documents.viewer.id == before.document


def test_the_printed_comparison_says_so(sample: Store) -> None:
    import pypdfium2

    before, after = plans.versions(sample)[0], plans.versions(sample)[-1]

    def printed() -> str:
        one, other = plans.versions(sample)[0], plans.versions(sample)[-1]
        with pypdfium2.PdfDocument(sheets_plan.compare_sheet(sample, one, other, plans.compare(sample, one, other), TODAY)) as made:
            return " ".join(made[0].get_textpage().get_text_range().split())

    assert "read from a picture" not in printed()
    scanned(sample, before, after)
    assert printed().count("were read from a picture, and some may be wrong.") == 2
