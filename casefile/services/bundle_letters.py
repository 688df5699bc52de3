"""Letters that are not sent, printed for a bundle: each mark says on which page of the bundle the paper begins.

A letter that was sent is never printed again; it lies in the bundle as it went, and its marks only become links.
"""

from collections.abc import Mapping, Sequence

from casefile.domain.bundles import Item, Part, Sent, label_at
from casefile.domain.letter_marks import Where
from casefile.progress import Progress
from casefile.services import redaction
from casefile.services.bundle_layout import Drawn, Setting, laid_out
from casefile.services.bundle_pages import Pages, Press

_ROUNDS = 5
"""Numbers may make a letter longer, and a longer letter moves the numbers: so often it is tried again."""

Ready = list[tuple[Item, Pages]]


def places(parts: Sequence[Part], ready: Mapping[str, Pages], sent: Sent | None) -> Where:
    """Where each marked paper stands. ``ready`` are its pages by key, ``sent`` the bundle that these pages are added to."""
    papers = {part.item.mark: (part, ready[part.key]) for part in parts if part.item is not None and part.item.mark}
    old = before(sent) if sent else None

    def where(mark: str, page: int) -> str:
        if mark not in papers:
            return old(mark, page) if old else ""
        part, pages = papers[mark]
        if not page or pages.refused:
            return part.label
        at = pages.picks.index(page - 1) if page - 1 in pages.picks else -1 if pages.picks else page - 1
        return label_at(part, at) if 0 <= at < part.pages else ""

    return where


def before(sent: Sent) -> Where:
    """Where each paper stood in a bundle that was sent. Which pages of it were taken in is not known any more, so a mark
    that names a page of the paper itself stays as it is."""
    rows = {row.mark: row.span.split(" ")[0] for row in sent.rows if row.mark}
    return lambda mark, page: "" if page else rows.get(mark, "")


def lettered(press: Press, setting: Setting, ready: Ready, drawn: Drawn, progress: Progress) -> Ready:
    """The same papers with every letter that is not sent printed anew, its marks with the bundle's own page numbers.

    All pages are counted, then the letters are printed, and again while that moves a number. Raises what covering raises,
    ``Cancelled`` from ``progress``.
    """
    made = list(ready)
    letters = [at for at, (item, pages) in enumerate(ready) if item.draft is not None and not pages.refused]
    for _ in range(_ROUNDS if letters else 0):
        where = places(laid_out(setting, made, {}, drawn).parts, {item.key: pages for item, pages in made}, setting.after)
        fresh = {at: _printed(press, setting, ready[at][0], where, progress) for at in letters}
        if all(made[at] == one for at, one in fresh.items()):
            return made
        for at, one in fresh.items():
            made[at] = one
    # Numbers that never settle would be wrong somewhere: the letters go as they were, with links and no numbers.
    return list(ready)


def _printed(press: Press, setting: Setting, item: Item, where: Where, progress: Progress) -> tuple[Item, Pages]:
    """One letter with its numbers, and with all covered that the bundle hides."""
    asked = next(one for one in setting.bundle.chosen if one.key == item.key)
    pages = press.pages_of(asked, progress, where)
    if not setting.veil:
        return item, pages
    return redaction.hidden(press, setting.veil, [(asked, pages)], False, progress).ready[0]
