"""Every screen, with the sample case and an empty one, at both ends of the text size, in every theme."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QScrollArea, QWidget

from casefile.store.store import Store
from casefile.ui.screens import BESIDE, SCREENS
from casefile.ui.text import Words
from casefile.ui.theme import themes
from casefile.ui.window import Window
from tests.ui.conftest import MakeWindow, picture, settle

PLACES = [place.name for place in (*SCREENS, *BESIDE)]
LOOKS = [("light", 100), ("dark", 200), ("cream", 125), ("contrast", 110)]


def focusable(window: QWidget) -> list[QWidget]:
    """Every control a keyboard can come to."""
    return [
        widget for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
    ]  # fmt: skip


def check_names(window: Window) -> None:
    for widget in focusable(window):
        heard = QAccessible.queryAccessibleInterface(widget)
        assert heard is not None
        said = heard.text(QAccessible.Text.Name) or (widget.currentText() if isinstance(widget, QComboBox) else "")
        assert said.strip(), f"{type(widget).__name__} has no name: {widget.parentWidget()}"


def check_tab_order(window: Window) -> None:
    """Tab comes to every control, and back to the first."""
    wanted = focusable(window)
    if not wanted:
        return
    seen: set[int] = set()
    start = step = wanted[0]
    for _ in range(5000):
        seen.add(id(step))
        step = step.nextInFocusChain()
        if step is start:
            break
    assert step is start
    assert [type(widget).__name__ for widget in wanted if id(widget) not in seen] == []


def check_fits(window: Window) -> None:
    """Nothing is wider than the window, and no words are cut off."""
    assert window.width() <= 1280 and window.height() <= 720, f"the window wants {window.width()} x {window.height()}"
    for area in window.findChildren(QScrollArea):
        if area.isVisible() and area.widget() is not None and area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            assert area.widget().width() <= area.viewport().width() + 1, f"{area.accessibleName() or type(area).__name__} is too wide"
    for words in window.findChildren(Words):
        if words.isVisible() and words.text():
            need = words.heightForWidth(words.width())
            assert words.height() >= need - 2, f"cut off: {words.text()[:60]!r} has {words.height()} of {need} pixels"
            right = words.mapTo(window, QPoint(words.width(), 0)).x()
            assert right <= 1282, f"off the window: {words.text()[:60]!r}"
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.minimumSizeHint().width() - 2, f"squeezed: {button.text()!r}"
            assert button.height() >= 24 and button.width() >= 24, f"too small to hit: {button.text()!r}"


@pytest.mark.parametrize(("look", "size"), LOOKS, ids=[f"{look}-{size}" for look, size in LOOKS])
@pytest.mark.parametrize("place", PLACES)
def test_with_the_sample(place: str, look: str, size: int, sample: Store, make_window: MakeWindow) -> None:
    window = make_window(sample, size=size, look=look, place=place)
    if place == "find":
        window.case_page.go("find", "therapy")
        settle()
    assert window.case_page.stack.currentWidget().name == place
    picture(window, f"{place}-sample-{look}-{size}")
    check_names(window)
    check_tab_order(window)
    check_fits(window)


@pytest.mark.parametrize(("look", "size"), LOOKS[:2], ids=[f"{look}-{size}" for look, size in LOOKS[:2]])
@pytest.mark.parametrize("place", PLACES)
def test_with_an_empty_case(place: str, look: str, size: int, store: Store, make_window: MakeWindow) -> None:
    window = make_window(store, size=size, look=look, place=place)
    picture(window, f"{place}-empty-{look}-{size}")
    check_names(window)
    check_tab_order(window)
    check_fits(window)


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("step", range(5))
def test_the_pages_that_make_a_case(step: int, size: int, make_window: MakeWindow) -> None:
    from casefile.ui.start import NewCase

    window = make_window(size=size)
    page = NewCase(window)
    window._put(page)
    page.go(step)
    settle()
    picture(window, f"new-case-{step + 1}-{size}")
    check_names(window)
    check_tab_order(window)
    check_fits(window)


@pytest.mark.parametrize("size", [100, 200])
def test_the_first_page_and_the_hidden_one(size: int, store: Store, make_window: MakeWindow) -> None:
    window = make_window(size=size)
    picture(window, f"start-{size}")
    check_names(window)
    check_fits(window)
    window.take(store)
    settle()
    window.hide_case()
    settle()
    picture(window, f"hidden-{size}")
    check_names(window)
    check_fits(window)
    assert window.windowTitle() == "Casefile" and "Amina" not in " ".join(words.text() for words in window.findChildren(Words))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG counts it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", sorted(themes()))
def test_every_role_can_be_read_where_it_may_stand(name: str) -> None:
    roles = themes()[name].roles
    surfaces = [roles[surface] for surface in ("window", "page", "card", "soft")]
    for role in ("text", "text2", "accent", "late", "soon", "done", "unknown", "look", "error"):
        for surface in surfaces:
            assert contrast(roles[role], surface) >= 4.5, (name, role, surface)
    for role, surface in (("late", "late_soft"), ("soon", "soon_soft"), ("done", "done_soft"), ("unknown", "unknown_soft"), ("look", "look_soft"), ("on_accent", "accent")):
        assert contrast(roles[role], roles[surface]) >= 4.5, (name, role)
    for role in ("control", "focus"):
        for surface in surfaces[:3]:
            assert contrast(roles[role], surface) >= 3, (name, role, surface)
