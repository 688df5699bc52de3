"""Hiding names and numbers in a bundle: words wherever they stand, parts of pages, and each page as it will be."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from casefile.domain.bundles import Bundle
from casefile.domain.dates import count
from casefile.domain.redaction import KINDS, Hiding
from casefile.errors import CaseFileError, Invalid
from casefile.services import hiding
from casefile.services.documents import Drawn
from casefile.services.hiding import Offered
from casefile.ui.area_view import AreaView
from casefile.ui.form import Field, labelled
from casefile.ui.lines import Line, Lines
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Check, Choice, Columns, clear, row, scroller, scrolling, stack, wrapping
from casefile.ui.text import Words, faint, strong
from casefile.ui.theme import look

_MOST_OFFERED = 40
_ICONS = {"child": "person", "person": "person", "phone": "call", "email": "letters", "area": "page"}


def _places(one: Offered) -> str:
    if not one.hits:
        return "not found in the words of these papers"
    often = {1: "once", 2: "twice"}.get(one.places, f"{one.places} times")
    first = f", first on page {one.hits[0].page}" if one.papers == 1 else ""
    return f"{often} in {count(one.papers, 'paper')}{first}"


class HidePane(QWidget):
    """What a bundle hides, at the left; a page of it as it will be, at the right. ``keep`` stores a changed bundle."""

    def __init__(self, case: OpenCase, keep: Callable[[Bundle], None], back: Callable[[], None]) -> None:
        super().__init__()
        self.case, self.keep = case, keep
        self.bundle: Bundle | None = None
        self.offered: list[Offered] = []
        self.checks: list[Check] = []
        self.at, self.page, self.pages, self.wanted = "", 0, 1, 0
        self.asked: tuple[Bundle, str, int, int] | None = None
        columns = Columns((scroller(self._words()), 420, 0), (self._pages(), 400, 520), space=20, fill=True)
        self.back = Button("Back to the bundle", back, icon="chevron-up", kind="link")
        whole = stack(wrapping(self.back, -1), columns, space=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _words(self) -> QWidget:
        self.words = Field()
        self.words.returnPressed.connect(self._hide)
        self.kind = Choice("What it is", [(key, words[:1].upper() + words[1:]) for key, words in KINDS.items() if key != "area"], "child")
        self.problem = Words("", role="error")
        self.add = Button("Hide these words", self._hide, icon="eye")
        self.list = Lines("What is hidden", fit=True)
        self.list.picked.connect(self._picked)
        self.none = Words("Nothing is hidden yet.", role="text2")
        self.spellings = Button("Other spellings", self._spellings, kind="row", name="Hide other spellings of this name")
        self.stop = Button("Stop hiding it", self._stop, icon="undo", kind="row")
        self.offers = QWidget()
        self.offers_in = stack(space=2)
        self.offers.setLayout(self.offers_in)
        self.take = Button("Hide the ticked ones", self._take, icon="eye")
        self.offers_none = Words("Nothing was found that looks like it.", role="text2")
        made = QWidget()
        kinds = labelled("What it is", self.kind)
        made.setLayout(
            stack(
                labelled("Words to hide everywhere", self.words, "A name, a number, an address. Capitals and line ends do not matter."),
                kinds, self.problem, wrapping(self.add, -1), 8,
                strong("Hidden in this bundle"), self.none, self.list, wrapping(self.spellings, self.stop, -1, space=8), 8,
                strong("You may want to hide"),
                faint("The program found these by their shape. Tick what must not go out. Your own details are not in the list."),
                self.offers_none, self.offers, wrapping(self.take, -1), 8,
                faint("In scans a name is found only where its word was read right, and handwriting is mostly missed. Look at each page, and cover what is left by hand at the right."), -1,
                space=6, margins=(0, 0, 12, 0),
            )
        )  # fmt: skip
        return made

    def _pages(self) -> QWidget:
        self.papers = Choice("The paper", [])
        self.papers.activated.connect(lambda _: self._open())
        self.view = AreaView()
        self.view.moved.connect(self._framed)
        self.view.chosen.connect(self._cover)
        holder = QWidget()
        holder.setLayout(row(-1, stack(self.view, -1), -1, margins=(6, 6, 6, 6)))
        self.area = scrolling(holder, "The page as it will be")
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        if look.stacked:
            self.area.setMinimumHeight(look.px(360))
        self.count = Words("", wrap=False)
        self.before = Button("", lambda: self._turn(-1), icon="chevron-up", kind="quiet", name="Page before")
        self.after = Button("", lambda: self._turn(1), icon="chevron-down", kind="quiet", name="Next page")
        self.sides = Field()
        self.sides.returnPressed.connect(self._typed)
        self.cover = Button("Cover this part", self._cover, icon="edit")
        self.said = Words("", role="late")
        self.sides.setAccessibleName("Part to cover: left, top, right and bottom in percent")
        made = QWidget()
        column = stack(
            self.papers, row(strong("As it will be"), -1, self.count, self.before, self.after, space=8), self.area, self.said,
            wrapping(self.sides, self.cover, space=8),
            faint("Draw on the page, or write left, top, right, bottom in percent: 10, 20, 60, 25."), space=6,
        )  # fmt: skip
        column.setStretch(2, 1)
        made.setLayout(column)
        return made

    def show_bundle(self, bundle: Bundle) -> None:
        """Show what a bundle hides; the page stays where it was."""
        known = self.bundle is not None and [one.key for one in self.bundle.chosen] == [one.key for one in bundle.chosen]
        changed = self.bundle is None or self.bundle.hiding != bundle.hiding or not known
        self.bundle = bundle
        if not known:
            self.papers.clear()
            for item in bundle.chosen:
                self.papers.addItem(item.title, item.key)
            self.papers.choose(self.at)
            self.at = str(self.papers.value() or "")
        if changed:
            self._fill()
            self._draw()

    def _fill(self) -> None:
        bundle = self.bundle
        assert bundle is not None
        letters = {one.words: one.letter for one in bundle.hiding.words}
        lines = [
            Line(("words", one.words), f"{letters[one.words]}: {one.words}", f"{KINDS[one.kind].capitalize()}, {_places(one)}", _ICONS.get(one.kind, "eye"))
            for one in hiding.outlook(self.case.store, bundle)
        ]  # fmt: skip
        titles = {item.key: item.title for item in bundle.items}
        lines += [
            Line(("area", at), f"{area.letter}: part of page {area.page}", titles.get(area.item, ""), "page")
            for at, area in enumerate(bundle.hiding.areas)
        ]
        self.list.fill(lines)
        self.list.setVisible(bool(lines))
        self.none.setVisible(not lines)
        self._picked(self.list.current())
        self.offered = hiding.suggested(self.case.store, bundle)[:_MOST_OFFERED]
        clear(self.offers_in)
        self.checks = []
        for one in self.offered:
            check = Check(one.words)
            check.setAccessibleDescription(f"{one.because} It stands {_places(one)}.")
            self.offers_in.addWidget(check)
            self.offers_in.addWidget(faint(f"{one.because} It stands {_places(one)}."))
            self.checks.append(check)
        self.offers_none.setVisible(not self.offered)
        self.take.setVisible(bool(self.offered))

    def _picked(self, key: object) -> None:
        words = key[1] if isinstance(key, tuple) and key[0] == "words" else ""
        self.stop.setVisible(isinstance(key, tuple))
        self.spellings.setVisible(bool(words) and len(hiding.variants(str(words))) > 0)

    def _change(self, made: Hiding) -> None:
        if self.bundle is not None and made != self.bundle.hiding:
            self.keep(replace(self.bundle, hiding=made))

    def _hide(self) -> None:
        if self.bundle is None:
            return
        try:
            made = hiding.with_words(self.bundle.hiding, self.words.text(), str(self.kind.value()))
        except Invalid as problem:
            self.problem.say(f"{problem}")
            return
        self.problem.say("")
        self.words.clear()
        self._change(made)
        self.words.setFocus()

    def _take(self) -> None:
        if self.bundle is None:
            return
        made = self.bundle.hiding
        for one, check in zip(self.offered, self.checks, strict=True):
            if check.isChecked():
                made = hiding.with_words(made, one.words, one.kind)
        self._change(made)

    def _spellings(self) -> None:
        key = self.list.current()
        if self.bundle is None or not isinstance(key, tuple):
            return
        made = self.bundle.hiding
        known = next(one for one in made.words if one.words == key[1])
        for words in hiding.variants(known.words):
            made = hiding.with_words(made, words, known.kind, known.letter)
        self._change(made)

    def _stop(self) -> None:
        key = self.list.current()
        if self.bundle is None or not isinstance(key, tuple):
            return
        if key[0] == "words":
            self._change(hiding.without_words(self.bundle.hiding, str(key[1])))
        else:
            self._change(hiding.without_area(self.bundle.hiding, self.bundle.hiding.areas[int(key[1])]))

    def _open(self) -> None:
        self.at, self.page = str(self.papers.value()), 0
        self._draw()

    def _turn(self, by: int) -> None:
        if 0 <= self.page + by < self.pages:
            self.page += by
            self._draw()

    def _draw(self) -> None:
        bundle, key, page = self.bundle, self.at, self.page
        if bundle is None or not key:
            return
        ratio = max(1.0, self.devicePixelRatioF())
        wide = round(max(280, self.area.viewport().width() - look.gap(20)) * ratio)
        asked = (bundle, key, page, wide)
        if asked == self.asked:
            return  # it is shown so, or is being drawn
        self.asked = asked
        self.wanted += 1
        wanted = self.wanted

        def show(found: tuple[Drawn, int]) -> None:
            if wanted != self.wanted:
                return
            drawn, self.pages = found
            self.view.show_drawn(drawn, ratio)
            self.view.setAccessibleName(f"Page {page + 1} of {self.pages} as it will be. Arrow keys move a frame, Enter covers it.")
            self.count.say(f"Page {page + 1} of {self.pages}")
            self.before.setEnabled(page > 0)
            self.after.setEnabled(page + 1 < self.pages)

        def broken(problem: BaseException) -> None:
            if not isinstance(problem, CaseFileError):
                raise problem
            if wanted == self.wanted:
                self.asked = None
            self.said.say(f"{problem.message} {problem.advice}".strip())

        self.said.say("")
        work = lambda: hiding.page_as_it_will_be(self.case.store, bundle, key, page, min(wide, 2000))  # noqa: E731
        self.case.jobs.quietly(work, show, broken)

    def _framed(self) -> None:
        if self.view.frame is not None:
            self.sides.setText(", ".join(f"{side * 100:.0f}" for side in self.view.frame))

    def _sides(self) -> tuple[float, float, float, float]:
        try:
            left, top, right, bottom = (float(side) / 100 for side in self.sides.text().replace("%", "").split(","))
        except ValueError:
            raise Invalid("This names no part of the page.", "Write four numbers such as 10, 20, 60, 25, or draw on the page.") from None
        return left, top, right, bottom

    def _typed(self) -> None:
        try:
            self.view.put(self._sides())
            self.said.say("")
        except Invalid as problem:
            self.said.say(f"{problem}")

    def _cover(self) -> None:
        if self.bundle is None:
            return
        try:
            frame = self.view.frame or self._sides()
            made = hiding.with_area(self.bundle.hiding, self.at, self.page + 1, frame)
        except Invalid as problem:
            self.said.say(f"{problem}")
            return
        self.sides.clear()
        self._change(made)

    def resizeEvent(self, event: object) -> None:
        """A page fits the width it has."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        QTimer.singleShot(0, self._draw)
