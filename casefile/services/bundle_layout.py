"""From pages to a plan: what number goes on which page, what the front pages say, where every bookmark and link leads."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casefile.domain.bundles import Bundle, Item, Part, Purpose, Sent, label_at, numbered_sections, paginate
from casefile.domain.dates import count
from casefile.domain.documents import Document
from casefile.domain.page_choice import pages_words
from casefile.printing.bundle import front
from casefile.printing.bundle.plan import Link, Mark, Plan, Stamp, has_letters
from casefile.printing.bundle.ruled import Ruled
from casefile.printing.page import page_count
from casefile.services import bundle_front as rows_of
from casefile.services.bundle_pages import Pages
from casefile.services.case import child_of
from casefile.services.redaction import Veil
from casefile.store.store import Store

Maker = Callable[[Sequence[Part], int], bytes | Ruled]
"""Makes a front part, from all parts and the least number of pages it is to have."""
_FREE = 3
"""So many times a front part may take fewer pages than before; then its pages only grow, so that this comes to an end."""
Drawn = dict[tuple[object, ...], bytes | Ruled]
"""Front parts that were made, by all that was said on them."""
Marks = Mapping[str, Sequence[tuple[int, str, tuple[float, float, float, float], str]]]
"""The marks on the pages of each letter: page, mark, its box, and the page it names or nothing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A bundle laid out. ``own`` are the PDFs of our own pages by key: fronts and slip sheets.

    ``leads`` says, for each of our own pages (0 is the first), which pages its links must lead to.
    """

    parts: tuple[Part, ...]
    own: Mapping[str, bytes]
    plan: Plan
    leads: Mapping[int, frozenset[int]]
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return self.parts[-1].last


@dataclass(frozen=True, slots=True)
class Setting:
    """What a layout is made from, besides the pages: the case, the bundle and its purpose, the day, originals or not, what is
    recorded, and what is hidden. ``kept_back`` are papers whose originals stay out of the zip."""

    store: Store
    bundle: Bundle
    purpose: Purpose
    today: dt.date
    originals: bool
    known: rows_of.Known
    veil: Veil
    kept_back: frozenset[int] = frozenset()

    @property
    def about(self) -> front.About:
        """What stands on every front page."""
        return self.veil.over(rows_of.about(self.store, self.bundle, self.purpose, self.today))

    @property
    def after(self) -> Sent | None:
        """The bundle that was sent, where this one holds only what has come since."""
        return self.bundle.sent if self.bundle.adding else None


def laid_out(setting: Setting, ready: Sequence[tuple[Item, Pages]], marks: Marks, drawn: Drawn | None = None) -> Layout:
    """Number all pages and print our own. ``marks`` are the exhibit marks found on the pages of letters, by item.

    ``drawn`` holds front pages that ``drawn_ahead`` has printed already; they are taken where nothing on them changed.
    """
    about = setting.about
    refused = {item.key: pages.refused for item, pages in ready if pages.refused}
    slips: dict[str, bytes] = {}
    counts = []
    for item, pages in ready:
        if pages.refused:
            slips[item.key] = _slip(setting, about, item, pages.refused)
        counts.append((item, page_count(slips[item.key]) if pages.refused else pages.pages))
    parts, own = _printed(setting, about, counts, refused, {} if drawn is None else drawn)
    return _finished(setting, parts, {**slips, **own}, {item.key: pages for item, pages in ready}, marks)


def drawn_ahead(setting: Setting, counts: Sequence[tuple[Item, int]]) -> Drawn:
    """Print cover, index and chronology from the lengths papers had when they were added, before they are looked at."""
    drawn: Drawn = {}
    about = setting.about
    _printed(setting, about, counts, {}, drawn)
    return drawn


def _printed(
    setting: Setting, about: front.About, counts: Sequence[tuple[Item, int]], refused: Mapping[str, str], drawn: Drawn
) -> tuple[list[Part], dict[str, bytes]]:
    """The parts with their numbers, and the front pages that say them."""
    sections = list(dict.fromkeys(item.section for item, _ in counts))
    makers = _fronts(setting, about, refused)
    # The words decide how long index and chronology are, hardly ever the page numbers in them.
    sizes = dict.fromkeys(makers, 1)
    large = setting.bundle.paper.large
    draft = paginate(
        [(key, key.capitalize(), 1) for key in makers], counts, sections, setting.purpose.numbering, setting.after,
        setting.bundle.paper,
    )  # fmt: skip
    rows = rows_of.index_rows(draft, setting.purpose, setting.today, refused)
    if setting.after:
        rows = [*rows_of.sent_rows(setting.after), *rows]
    sizes["index"] = front.guessed([(row.title, 5.4 if row.section or row.heading else 0) for row in rows], front.INDEX_WIDE, large)
    if "chronology" in makers:
        found = rows_of.happenings(setting.known, draft)
        words = [(f"Due: {one.words}" if one.due else one.words, 0.0) for one in found]
        sizes["chronology"] = front.guessed(words, front.CHRONOLOGY_WIDE, large)
    made: dict[str, bytes | Ruled] = {}
    for turn in range(4 * _FREE):
        fronts = [(key, key.capitalize(), sizes[key]) for key in makers]
        parts = paginate(
            fronts, counts, sections, setting.purpose.numbering, setting.after, setting.bundle.paper
        )
        for key, make in makers.items():
            # A page more or less moves all numbers, and longer numbers may need the page that was saved.
            least = sizes[key] if turn >= _FREE else 1
            said = (key, tuple(parts), tuple(refused.items()), least)
            if said not in drawn:
                drawn[said] = make(parts, least)
            made[key] = drawn[said]
        counted = {key: one.pages if isinstance(one, Ruled) else page_count(one) for key, one in made.items()}
        if counted == sizes:
            break
        sizes = counted
    # Only tables whose numbers have come to rest are drawn.
    own = {key: one.pdf if isinstance(one, Ruled) else one for key, one in made.items()}
    return parts, own | _sheets(setting, about, parts)


def _sheets(setting: Setting, about: front.About, parts: Sequence[Part]) -> dict[str, bytes]:
    """Blank pages and dividers."""
    blank = [part.key for part in parts if part.blank]
    made = dict.fromkeys(blank, front.blank()) if blank else {}
    names = numbered_sections((part.item for part in parts if part.item), setting.purpose.numbering)
    index = next(part for part in parts if part.key == "index")
    for part in parts:
        if part.divider:
            inside = [one for one in parts if one.item is not None and one.section == part.section]
            span = inside[0].label if inside[0].label == inside[-1].last_label else f"{inside[0].label} to {inside[-1].last_label}"
            words = f"{count(len(inside), 'paper')}, page{'' if inside[0].label == span else 's'} {span}."
            headings = [f"{over}: from page {one.label}." for one in inside if one.item is not None for over in one.item.over]
            told = setting.veil.over([words, *headings])
            made[part.key] = front.divider(about, setting.veil.over(names[part.section]), told, (index.label, index.first))
    return made


def _fronts(setting: Setting, about: front.About, refused: Mapping[str, str]) -> dict[str, Maker]:
    """What prints each front part once the numbers of all parts are known."""
    store, purpose, today, over = setting.store, setting.purpose, setting.today, setting.veil.over
    large = setting.bundle.paper.large

    def cover(parts: Sequence[Part], _: int) -> bytes:
        rows = rows_of.cover_rows(store, child_of(store), parts[-1].last, today)
        return front.cover(about, over(rows), over(rows_of.cover_parts(parts, purpose)))

    def index(parts: Sequence[Part], least: int) -> Ruled:
        rows = over(rows_of.index_rows(parts, purpose, today, refused))
        if setting.after:
            sent = over(rows_of.sent_rows(setting.after))
            return front.index(about, [*sent, *rows], rows_of.added_words(setting.after, parts), large, least)
        closing = f"{parts[-1].last} pages in all. Marks such as E4 never change, in any letter."
        return front.index(about, rows, closing, large, least)

    def chronology(parts: Sequence[Part], least: int) -> Ruled:
        found = over(rows_of.happenings(setting.known, parts))
        return front.chronology(about, found, f"{about.named}. What happened, in the order of dates.", large, least)

    if setting.after:
        return {"index": index}
    makers: dict[str, Maker] = {"cover": cover, "index": index}
    if purpose.chronology:
        makers["chronology"] = chronology
    return makers


def _slip(setting: Setting, about: front.About, item: Item, reason: str) -> bytes:
    paper = setting.store.get(Document, item.document) if item.document is not None else None
    name = " ".join(part for part in (item.mark, item.title) if part)
    rows = rows_of.slip_rows(paper, reason, setting.originals and item.document not in setting.kept_back)
    return front.slip(about, setting.veil.over(name), setting.veil.over(rows), ("3", 3) if setting.bundle.paper.two_sided else ("2", 2))


def _finished(
    setting: Setting, parts: Sequence[Part], own: Mapping[str, bytes], ready: Mapping[str, Pages], marks: Marks
) -> Layout:
    stamps: list[Stamp] = []
    notes: dict[str, tuple[str, ...]] = {}
    for part in parts:
        mine = [_stamp(part, at, ready.get(part.key), setting.veil) for at in range(part.pages)]
        stamps += mine
        smaller = sum(1 for stamp in mine if stamp.shrink)
        if smaller:
            notes[part.key] = (rows_of.late_note(smaller),)
    links = _links(parts, marks, ready)
    outline = setting.veil.over(_outline(parts, setting.purpose))
    plan = Plan(
        _file_title(setting), f"D:{setting.today:%Y%m%d}000000Z", tuple(stamps), tuple(outline),
        _labels(parts, setting.purpose, setting.after), links,
    )  # fmt: skip
    return Layout(tuple(parts), own, plan, _leads(setting, parts), notes)


def _file_title(setting: Setting) -> str:
    name = child_of(setting.store).name
    return setting.veil.over(f"{setting.bundle.title}: {name}" if name else setting.bundle.title)


def _stamp(part: Part, at: int, pages: Pages | None, veil: Veil) -> Stamp:
    label = label_at(part, at)
    if part.item is None or pages is None or pages.refused:
        return Stamp(label)
    room = pages.corners[at : at + 1] == "1"
    if room and pages.titles[at : at + 1] != "1":
        return Stamp(label)
    item = part.item
    place = "" if part.pages == 1 else f" {at + 1} of {part.pages}."
    day = f", {rows_of.day_words(item)}" if item.on else ""
    mark = f"{item.mark}. " if item.mark else ""
    title = veil.over(f"{mark}{item.title}{day}.{place}")
    if not has_letters(title):
        title = f"{mark}{day.removeprefix(', ')}.{place}".replace(". .", ".")
    if not room:
        title = f"{title} Made smaller to fit."
    return Stamp(label, title, shrink=not room)


def _outline(parts: Sequence[Part], purpose: Purpose) -> list[Mark]:
    names = numbered_sections((part.item for part in parts if part.item), purpose.numbering)
    made: list[Mark] = []
    section, depth = None, 1
    for part in parts:
        if part.blank:
            continue
        if part.front:
            made.append(Mark(0, f"{part.title}, page {part.label}", part.first - 1))
            continue
        if part.section != section:
            section = part.section
            made.append(Mark(0, f"{names[section]}, page {part.label}", part.first - 1))
            depth = 1
        if part.item is None:
            continue
        for words in part.item.over:
            made.append(Mark(1, f"{words}, page {part.label}", part.first - 1))
            depth = 2
        day = f", {rows_of.day_words(part.item)}" if part.item.on else ""
        mark = f"{part.item.mark} " if part.item.mark else ""
        made.append(Mark(depth, f"{mark}{part.title}{day}, page {part.label}", part.first - 1))
    return made


def _labels(parts: Sequence[Part], purpose: Purpose, after: Sent | None) -> tuple[tuple[int, str, int], ...]:
    """Page labels, so that a viewer's page box shows what is stamped; where sections have letters or pages go on from others."""
    used = after.pages if after else 0
    if purpose.numbering != "sections":
        return ((0, "", used + 1),) if used else ()
    made = [(0, "", used + 1)]
    sections: list[str] = []
    for part in parts:
        if part.section and part.section not in sections:
            made.append((part.first - 1, part.label.rstrip("0123456789"), 1))
            sections.append(part.section)
    return tuple(made)


def _links(parts: Sequence[Part], marks: Marks, ready: Mapping[str, Pages]) -> tuple[Link, ...]:
    """Link areas over the marks of letters, to the page they name, else to the first page of the paper each mark means."""
    places = {part.item.mark: part for part in parts if part.item is not None and part.item.mark}
    made = []
    for part in parts:
        for page, mark, rect, named_ in marks.get(part.key, ()):
            target = places.get(mark)
            if target is not None and target.key != part.key:
                # What was sent names pages of the paper itself, what is printed for the bundle names the bundle's.
                ours = part.item is not None and part.item.draft is not None
                at = _at_label(target, named_) if ours else _at_page(target, named_, ready[target.key])
                made.append(Link(part.first - 1 + page, rect, target.first - 1 + at))
    return tuple(made)


def _at_label(part: Part, label: str) -> int:
    """Which page of a part (0 is the first) bears a number; 0 where none does."""
    return next((at for at in range(part.pages) if label_at(part, at) == label), 0)


def _at_page(part: Part, page: str, pages: Pages) -> int:
    """Which page of a part (0 is the first) is a page of the paper itself; 0 where it is not taken in."""
    wanted = int(page) - 1 if page.isdecimal() else 0
    at = (*pages.picks, wanted).index(wanted) if pages.picks else wanted
    return at if 0 <= at < part.pages and not pages.refused else 0


def _leads(setting: Setting, parts: Sequence[Part]) -> dict[int, frozenset[int]]:
    """Where the links of cover, index, chronology and dividers must lead, by the first page of each."""
    made: dict[int, frozenset[int]] = {}
    for part in parts:
        if part.key == "cover":
            made[part.first - 1] = frozenset(page - 1 for _, _, page in rows_of.cover_parts(parts, setting.purpose))
        elif part.key == "index":
            rows = rows_of.index_rows(parts, setting.purpose, setting.today, {})
            made[part.first - 1] = frozenset(row.page - 1 for row in rows if row.page)
        elif part.key == "chronology":
            found = rows_of.happenings(setting.known, parts)
            made[part.first - 1] = frozenset(row.page - 1 for row in found if row.page)
        elif part.divider:
            made[part.first - 1] = frozenset(one.first - 1 for one in parts if one.key == "index")
    return made


def named(item: Item, numbers: Mapping[int, int]) -> Item:
    """The item with the exhibit mark its paper has."""
    return replace(item, mark=f"E{numbers[item.document or 0]}") if item.document in numbers else item


def marked(ready: Sequence[tuple[Item, Pages]], numbers: Mapping[int, int]) -> list[tuple[Item, Pages]]:
    """The items with the exhibit marks their papers have; where pages were left out the title says which are in."""
    made = []
    for item, pages in ready:
        words = pages_words(pages.picks, pages.whole) if pages.picks else ""
        shown = replace(item, title=f"{item.title} ({words})") if words else item
        made.append((named(shown, numbers), pages))
    return made
