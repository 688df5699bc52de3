"""A bundle as it will be, before it is written: its index, and any page with its number and all that is hidden covered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casefile.child import ChildFailed
from casefile.domain.bundles import Bundle, Item, Part
from casefile.errors import BadFile
from casefile.library import Library
from casefile.printing.bundle.plan import Plan
from casefile.progress import Progress, Silent
from casefile.readers.process import Drawn
from casefile.services import fitting, redaction
from casefile.services.bundle_front import known
from casefile.services.bundle_join import one_page
from casefile.services.bundle_layout import Layout, Setting, laid_out, marked
from casefile.services.bundle_letters import lettered
from casefile.services.bundle_pages import Pages, Press
from casefile.services.facts import Exhibits
from casefile.store.store import Store


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages of a bundle as they will be. It holds good until the bundle or the case changes."""

    layout: Layout
    ready: Mapping[str, Pages]

    @property
    def pages(self) -> int:
        """How many pages the bundle has."""
        return self.layout.pages

    def part_at(self, page: int) -> Part:
        """The paper, or the part of our own, that a page (0 is the first) belongs to."""
        return next(part for part in self.layout.parts if part.first - 1 <= page <= part.last - 1)

    def label_at(self, page: int) -> str:
        """The number that is stamped on a page (0 is the first)."""
        return self.layout.plan.stamps[page].label

    def first_of(self, key: str) -> int | None:
        """The page (0 is the first of all) on which a paper or a part of our own begins; None for one that is not in it."""
        return next((part.first - 1 for part in self.layout.parts if part.key == key), None)

    def picture(self, store: Store, page: int, width: int) -> Drawn:
        """A page (0 is the first) as it will be, ``width`` pixels wide. Raises ``BadFile`` where it cannot be drawn."""
        plan = Plan("", self.layout.plan.made, (self.layout.plan.stamps[page],), ())
        part = self.part_at(page)
        at = page - (part.first - 1)
        own = self.layout.own.get(part.key)
        with Press(store) as press:
            if own is None:
                pages = self.ready[part.key]
                shown = one_page(press, plan, pages, pages.picks[at] if pages.picks else at, Silent())
            else:
                shown = one_page(press, plan, own, at, Silent())
            try:
                answer, made = press.child.ask({"do": "preview", "width": width}, [shown], seconds=30)
                problem = str(answer.get("error") or "")
            except ChildFailed as failed:
                problem = str(failed.args[0])
        if problem:
            raise BadFile(f"This page could not be shown: {problem}.", "The papers are not touched.")
        return Drawn(int(answer["width"]), int(answer["height"]), made[0], ())


def preview(store: Store, library: Library, bundle: Bundle, today: dt.date, progress: Progress) -> Preview:
    """Lay a bundle out as an export would, and write none.

    Makes the pages of papers that were never printed, so the first time may take as long as an export. The marks that
    papers would get are shown, but not given yet; a mail names what came with it by marks that were given. Raises ``BadFile`` for an empty bundle, ``Cancelled`` from
    ``progress``, and what ``export`` raises for papers in which something could not be hidden.
    """
    with Press(store) as press:
        return _laid_out(press, library, bundle, today, progress)


def index_paper(store: Store, library: Library, bundle: Bundle, today: dt.date, progress: Progress) -> bytes:
    """The index as it will print, as PDF. Works and raises as ``preview`` does."""
    return preview(store, library, bundle, today, progress).layout.own["index"]


def index_picture(
    store: Store, library: Library, bundle: Bundle, today: dt.date, progress: Progress, *, page: int = 0, width: int = 600
) -> tuple[bytes, int]:  # fmt: skip
    """A page of ``index_paper`` (0 is the first) as PNG ``width`` pixels wide, and how many it has."""
    with Press(store) as press:
        layout = _laid_out(press, library, bundle, today, progress).layout
        answer, made = press.child.ask({"do": "draw", "page": page, "width": width}, [layout.own["index"]], seconds=20)
    if "error" in answer:
        raise BadFile("This page of the index could not be shown.", "The papers are not touched.")
    return made[0], next(part.pages for part in layout.parts if part.key == "index")


def _laid_out(press: Press, library: Library, bundle: Bundle, today: dt.date, progress: Progress) -> Preview:
    store = press.store
    if not bundle.chosen:
        raise BadFile("There is no page to show.", "Choose at least one paper.")
    exhibits = Exhibits.of(store)
    papers = [item.document for item in bundle.chosen if item.document is not None]
    numbers = {paper: int(exhibits.mark(paper)[1:]) for paper in papers}
    with press.ahead(bundle.chosen) as looking:
        looking.finish(progress)
    ready: Sequence[tuple[Item, Pages]] = marked(
        [(item, press.pages_of(item, progress)) for item in bundle.chosen], numbers
    )
    veil = redaction.veil_of(store, bundle)
    setting = Setting(store, bundle, library.purpose(bundle.purpose), today, False, known(store, library, today), veil)
    ready = lettered(press, setting, list(redaction.hidden(press, veil, ready, False, progress).ready), {}, progress)
    ready = fitting.fitted(press, bundle.paper, ready, fitting.firsts(setting, ready, {}), progress)
    press.remember()
    return Preview(laid_out(setting, ready, {}), {item.key: pages for item, pages in ready})
