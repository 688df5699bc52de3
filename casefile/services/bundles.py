"""Bundles of evidence: for whom, what goes in, in what order, on which pages; export and proof."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casefile.domain.bundle_limits import Age
from casefile.domain.bundles import (
    Bundle,
    Counted,
    Item,
    Part,
    Sent,
    SentRow,
    by_date,
    counted,
    day_of,
    missing,
    paginate,
    same_words,
)  # fmt: skip
from casefile.domain.dates import count, in_words
from casefile.domain.documents import Document
from casefile.domain.letters import Draft
from casefile.domain.page_choice import length_of, read_pages, read_turns
from casefile.domain.redaction import squeezed
from casefile.errors import BadFile, Invalid, NotFound
from casefile.library import Library
from casefile.plain import build, plain
from casefile.services import unlocking
from casefile.services.bundle_export import Exported, Input, export, picture_of_page
from casefile.services.bundle_orphans import Orphan, orphans
from casefile.services.bundle_pages import Press
from casefile.services.bundle_preview import Preview, index_paper, index_picture, preview
from casefile.services.bundle_proof import verify
from casefile.services.documents import duplicates
from casefile.services.facts import Exhibits
from casefile.store.rows import SavedBundle
from casefile.store.store import Store

__all__ = ["Exported", "Input", "Preview", "export", "index_paper", "index_picture", "picture_of_page", "preview", "verify"]


_UNREAD = "It could not be read. A sheet will take its place if it cannot become pages."


def compose(
    store: Store, library: Library, purpose_id: str, today: dt.date, *, title: str = "",
    documents: Sequence[int] | None = None, draft: int | None = None,
) -> Bundle:  # fmt: skip
    """Choose papers for a purpose and put them in order. Nothing is stored.

    ``documents`` are the ids of the papers to take, in that order; else all the purpose wants, by date. ``draft`` is a
    letter the bundle goes with: it comes first, with every paper that proves it. Raises ``Invalid`` for an unknown
    purpose, ``NotFound`` for an unknown paper.
    """
    wanted = library.purpose(purpose_id)
    letter = store.get(Draft, draft) if draft is not None else None
    every = {paper.id: paper for paper in store.find(Document) if paper.state != "binned"}
    if documents is None:
        rows = by_date([paper for paper in every.values() if paper.state == "filed" or wanted.unsorted], wanted)
    else:
        absent = [id_ for id_ in documents if id_ not in every]
        if absent:
            raise NotFound(
                f"There is no paper number {absent[0]} in this case.", "See the list with: casefile documents"
            )
        rows = [(every[id_], wanted.section_of([every[id_].kind])) for id_ in dict.fromkeys(documents)]
        order = [section.title for section in wanted.sections]
        rows.sort(key=lambda row: order.index(row[1]))
    proving = {proof.document for proof in letter.proofs} if letter else set()
    exhibits = Exhibits.of(store)
    same, titles = duplicates(store), {paper.id or 0: paper.title for paper in every.values()}
    items = [
        _item(paper, section, exhibits, today, same_words(same, titles, paper.id or 0),
              paper.kind not in wanted.leave_out or documents is not None or paper.id in proving, wanted.ages)
        for paper, section in rows
    ]  # fmt: skip
    if letter:
        items.insert(0, _letter_item(store, letter, items[0].section if items else wanted.sections[0].title))
    return Bundle(wanted.id, title.strip() or wanted.title, tuple(items))


def _letter_item(store: Store, letter: Draft, section: str) -> Item:
    if letter.document is not None:
        paper = store.get(Document, letter.document)
        return Item(paper.id, paper.title, section, day_of(paper), kind="letter", pages=paper.pages)
    warnings = ("This letter has gaps.",) if letter.gaps else ()
    return Item(None, letter.title, section, letter.made, kind="letter", draft=letter.id, warnings=warnings)


def _item(paper: Document, section: str, exhibits: Exhibits, today: dt.date, same: str, included: bool, ages: Sequence[Age]) -> Item:
    warnings = []
    on = day_of(paper)
    if on is None:
        warnings.append("It has no date, so its place in the order is not known.")
    elif on > today:
        warnings.append("Its date lies in the future.")
    if same:
        warnings.append(same)
    if paper.problem and not paper.locked:
        warnings.append(_UNREAD)
    old = [age for age in ages if on and age.too_old(paper.kind, on, today)]
    warnings += [f"This is more than {age.years} years old. {age.advice}".strip() for age in old]
    number = exhibits.kept.get(paper.id or 0)
    return Item(
        paper.id, paper.title or paper.name, section, on, paper.dated_precision if paper.dated else "day", paper.kind,
        paper.pages, included, f"E{number}" if number else "", paper.parent, warnings=tuple(warnings),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """A bundle with its page numbers. ``sure`` is false while the length of some paper is only guessed.

    ``counts`` stand against the limits of the purpose; ``warnings`` are sentences about the bundle as a whole, those of
    ``orphans`` among them. ``locked`` are the papers of it that ask for a password.
    """

    parts: tuple[Part, ...]
    pages: int
    counts: tuple[Counted, ...]
    warnings: tuple[str, ...]
    sure: bool
    orphans: tuple[Orphan, ...] = ()
    locked: tuple[int, ...] = ()


def plan(store: Store, library: Library, bundle: Bundle) -> Plan:
    """Page numbers and counts against the limits, at once, from what is known of each paper's length.

    A mail or Word file counts as the pages it was printed on last, or as one page before it ever was.
    """
    wanted = library.purpose(bundle.purpose)
    press = Press(store)
    lengths = {
        item.key: press.known(item) or (length_of(item, item.pages) if item.kind != "email" else None)
        for item in bundle.chosen
    }
    rows = [(item, lengths[item.key] or 1) for item in bundle.chosen]
    lines = sum(1 + len(item.over) for item, _ in rows) + 2 * len({item.section for item, _ in rows})
    fronts = [("cover", "Cover", 1), ("index", "Index", 1 + lines // 26)]
    if wanted.chronology:
        fronts.append(("chronology", "Chronology", 1 + len(rows) // 22))
    sections = list(dict.fromkeys(item.section for item, _ in rows))
    parts = paginate(fronts, rows, sections, wanted.numbering, paper=bundle.paper)
    undated = sum(1 for item in bundle.chosen if item.on is None)
    lost = orphans(store, bundle)
    warnings = [*bundle.warnings, *(one.words for one in lost), *changes(bundle), *missing(wanted, bundle.chosen), *wanted.notes]
    if undated:
        warnings.insert(0, f"{undated} paper{'s have' if undated > 1 else ' has'} no date.")
    asking = {paper.id for paper in unlocking.locked(store)}
    locked = tuple(item.document for item in bundle.chosen if item.document is not None and item.document in asking)
    if locked:
        one = len(locked) == 1
        told = "is locked with a password. A sheet takes its place" if one else "are locked with passwords. Sheets take their places"
        warnings.insert(0, f"{count(len(locked), 'paper')} {told} until {'it is' if one else 'they are'} unlocked.")
    sure = all(lengths.values())
    return Plan(tuple(parts), parts[-1].last if parts else 0, tuple(counted(wanted, rows)), tuple(warnings), sure, lost, locked)


def save(store: Store, bundle: Bundle, *, now: dt.datetime) -> Bundle:
    """Keep a bundle as it is composed; returns it with its id."""
    kept = SavedBundle(
        bundle.id,
        bundle.title,
        bundle.purpose,
        now.isoformat(timespec="seconds"),
        json.dumps(plain(bundle), ensure_ascii=False, sort_keys=True),
    )
    with store.action("Saved a bundle", now=now):
        if bundle.id is not None:
            store.change(kept)
            return bundle
        return replace(bundle, id=store.add(kept))


def saved(store: Store) -> list[SavedBundle]:
    """Every bundle that was kept, the newest first."""
    return store.find(SavedBundle, "made DESC, id DESC")


def papers_of(kept: SavedBundle) -> frozenset[int]:
    """The papers taken into a kept bundle, told by what was kept alone: much quicker than ``load``. None where that cannot be read."""
    try:
        items = json.loads(kept.contents)["items"]
        return frozenset(item["document"] for item in items if item.get("included", True) and item.get("document") is not None)
    except (ValueError, TypeError, KeyError, AttributeError):
        return frozenset()


def load(store: Store, id_: int) -> Bundle:
    """A bundle that was kept. Papers that have gone from the case since are named in its warnings. Raises ``NotFound``."""
    kept = store.get(SavedBundle, id_)
    try:
        made: Bundle = build(Bundle, json.loads(kept.contents))
    except (ValueError, TypeError, KeyError):
        raise BadFile("This saved bundle cannot be read.", "Compose it again. The papers are not touched.") from None
    there = {paper.id: paper for paper in store.find(Document) if paper.state != "binned"}
    gone = [item for item in made.items if item.document is not None and item.document not in there]
    items = tuple(_unlocked_since(item, there.get(item.document)) for item in made.items if item not in gone)
    warnings = tuple(f"“{item.title}” is not in the case any more." for item in gone)
    return replace(made, id=id_, items=items, warnings=made.warnings + warnings)


def _unlocked_since(item: Item, paper: Document | None) -> Item:
    """An item whose paper could not be read when it was put in, as it stands now that it can."""
    if paper is None or paper.problem or item.pages is not None:
        return item
    return replace(item, pages=paper.pages, warnings=tuple(words for words in item.warnings if words != _UNREAD))


def kept_or(store: Store, bundle: Bundle) -> Bundle:
    """A bundle as it is kept now, or as it is in hand where it is not kept any more."""
    there = next((one for one in saved(store) if one.id == bundle.id), None)
    if there is not None:
        return load(store, there.id or 0)
    papers = {paper.id: paper for paper in store.find(Document)}
    return replace(bundle, id=None, items=tuple(_unlocked_since(item, papers.get(item.document)) for item in bundle.items))


def remove(store: Store, id_: int) -> None:
    """Take a kept bundle out. Undo brings it back; what was exported stays where it is."""
    with store.action("Removed a bundle"):
        store.remove(SavedBundle, id_)


def addable(store: Store, bundle: Bundle) -> list[Document]:
    """The papers of the case that a bundle does not list yet, the newest first."""
    have = {item.document for item in bundle.items}
    papers = [paper for paper in store.find(Document) if paper.state != "binned" and paper.id not in have]
    return sorted(papers, key=lambda paper: (day_of(paper) or dt.date.min, paper.id or 0), reverse=True)


def add_papers(store: Store, library: Library, bundle: Bundle, ids: Sequence[int], today: dt.date) -> Bundle:
    """The bundle with papers added, each at the end of its section; one that is listed but left out is taken in again."""
    have = {item.document for item in bundle.items}
    items = [replace(item, included=item.included or item.document in ids) for item in bundle.items]
    fresh = compose(store, library, bundle.purpose, today, documents=[id_ for id_ in ids if id_ not in have])
    names = dict(bundle.renamed)
    order = [names.get(section.title, section.title) for section in library.purpose(bundle.purpose).sections]
    for one in fresh.items:
        section = names.get(one.section, one.section)
        inside = [at for at, item in enumerate(items) if item.section == section]
        # A section that the bundle lacks so far comes before those that the purpose puts behind it.
        later = order[order.index(section) + 1 :]
        to = inside[-1] + 1 if inside else next((at for at, item in enumerate(items) if item.section in later), len(items))
        items.insert(to, replace(one, section=section))
    return replace(bundle, items=tuple(items))


def with_pages(bundle: Bundle, key: str, only: str = "", without: str = "", turned: str = "") -> Bundle:
    """The bundle with only some pages of one item ("1-3, 7"), or without some, or with pages turned ("3:90").

    Raises ``Invalid`` for words that are no pages or no turn, or when no page would be left; ``NotFound`` for an item
    that is not in it.
    """
    item = next((one for one in bundle.items if one.key == key), None)
    if item is None:
        raise NotFound("This paper is not in the bundle.", "Add it first.")
    read_pages(only), read_pages(without), read_turns(turned)
    made = replace(item, only=only.strip(), without=without.strip(), turned=turned.strip())
    if item.pages and not length_of(made, item.pages):
        raise Invalid(
            f"No page of “{item.title}” would be left: it has {item.pages}.", "To leave out all of it, take it out."
        )
    return replace(bundle, items=tuple(made if one.key == key else one for one in bundle.items))


def mark_sent(store: Store, bundle: Bundle, made: Exported, *, now: dt.datetime, on: dt.date) -> Bundle:
    """Keep a bundle as it was sent: from now on its numbers stand, and what comes later can be added behind them."""
    rows = [
        SentRow(one.key, one.title, one.mark, one.day, one.span, one.to_page - one.from_page + 1) for one in made.inputs
    ]
    sections = len({item.section for item in bundle.chosen})
    before = bundle.sent if bundle.adding else None
    pages, hiding = made.pages, before.hiding if before else bundle.hiding  # pages that went before show what they showed
    if before:
        rows, pages, sections = [*before.rows, *rows], before.pages + made.pages, before.sections + sections
    whole = load(store, bundle.id) if bundle.id is not None and bundle.adding else bundle
    return save(store, replace(whole, sent=Sent(on, pages, sections, tuple(rows), hiding), adding=False), now=now)


def changes(bundle: Bundle) -> list[str]:
    """What changed since a bundle was sent last, a sentence each; nothing where it never was."""
    if bundle.sent is None:
        return []
    before = {row.key: row for row in bundle.sent.rows}
    now = {item.key: item for item in bundle.chosen}
    made = [f"It was sent on {in_words(bundle.sent.on)} with {bundle.sent.pages} pages."]
    made += [f"Since then added: “{item.title}”." for key, item in now.items() if key not in before]
    made += [
        f"Since then taken out: “{row.title}”, sent as page{'' if row.pages == 1 else 's'} {row.span}."
        for key, row in before.items()
        if key not in now
    ]
    for key, item in now.items():
        taken = length_of(item, item.pages) if item.kind != "email" else None
        if key in before and taken and taken != before[key].pages:
            made.append(f"“{item.title}” has {count(taken, 'page')} now. It was sent with {before[key].pages}.")
    if [key for key in before if key in now] != [key for key in now if key in before]:
        made.append("Papers that were sent stand in another order now. What was sent keeps its numbers.")
    made += _hidden_since(bundle)
    return made if len(made) > 1 else [f"{made[0]} Nothing was added or taken out since."]


def _hidden_since(bundle: Bundle) -> list[str]:
    """What is hidden now and was not when the bundle was sent, and the other way round."""
    before, now = bundle.sent.hiding if bundle.sent else None, bundle.hiding
    if before is None:
        return []
    had, have = {squeezed(one.words) for one in before.words}, {squeezed(one.words) for one in now.words}
    made = [f"Since then hidden: “{one.words}”. What was sent shows it still." for one in now.words if squeezed(one.words) not in had]
    made += [f"Not hidden any more: “{one.words}”. It was hidden when this was sent." for one in before.words if squeezed(one.words) not in have]
    more, fewer = len(set(now.areas) - set(before.areas)), len(set(before.areas) - set(now.areas))
    if more:
        made.append(f"Since then {_parts(more)} hidden. What was sent shows {'it' if more == 1 else 'them'} still.")
    if fewer:
        made.append(f"{_parts(fewer)} not hidden any more.")
    return made


def _parts(many: int) -> str:
    return "1 part of a page is" if many == 1 else f"{many} parts of pages are"


def additions(bundle: Bundle) -> Bundle:
    """The papers that came after a bundle was sent, as a bundle whose pages are numbered on from it.

    Raises ``Invalid`` when it was never sent, or when nothing has come since.
    """
    if bundle.sent is None:
        raise Invalid("This bundle was never marked as sent.", "Export it whole.")
    before = {row.key for row in bundle.sent.rows}
    late = tuple(item for item in bundle.chosen if item.key not in before)
    if not late:
        raise Invalid("No paper was added since this bundle was sent.", "Add papers to it first.")
    return replace(bundle, title=f"{bundle.title}: additions", items=late, adding=True)
