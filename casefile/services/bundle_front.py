"""What stands on a bundle's own pages: rows of cover, index and chronology, and the sheet for a paper left out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casefile.domain.bundles import Bundle, Item, Part, Purpose, Sent, numbered_sections
from casefile.domain.dates import MONTHS, count, in_table, in_words
from casefile.domain.documents import KINDS, Document
from casefile.domain.people import Child
from casefile.domain.phrases import lowered
from casefile.library import Library
from casefile.printing.bundle.front import About, Happening, Row
from casefile.services.case import child_of
from casefile.services.people import me
from casefile.services.timeline import deadlines_of, events_of, late_sentence, title_of
from casefile.store.store import Store


def about(store: Store, bundle: Bundle, purpose: Purpose, today: dt.date) -> About:
    """The bundle's title, its purpose and the child, for every front page."""
    child = child_of(store)
    return About(bundle.title, bundle.about, purpose.short, child.name or "No name", child.reference, today)


def day_words(item: Item) -> str:
    """An item's date as the index shows it: as exact as it is known."""
    if item.draft is not None and item.on:
        return f"Made {in_table(item.on)[4:]}"
    if item.on is None:
        return "No date"
    if item.precision == "year":
        return str(item.on.year)
    if item.precision == "month":
        return f"{MONTHS[item.on.month - 1]} {item.on.year}"
    return in_table(item.on)


def cover_rows(store: Store, child: Child, pages: int, today: dt.date) -> list[tuple[str, tuple[str, ...]]]:
    """The table of the cover: whom it is about, who sends it, when it was made, how many pages."""
    parent = me(store)
    born = f", born {in_words(child.born, joined=True)}" if child.born else ""
    council = child.council + (f", reference {child.reference}" if child.council and child.reference else "")
    relation = f", {child.short}’s {parent.relation}" if parent.relation and child.name else ""
    reach = ", ".join(part for part in (parent.email, parent.phone) if part)
    rows: list[tuple[str, tuple[str, ...]]] = [
        ("Child", (f"{child.name}{born}",) if child.name else ()), ("Council", (council,) if council else ()),
        ("From", tuple(part for part in (f"{parent.name}{relation}" if parent.name else "", reach) if part)),
        ("Made", (in_words(today, joined=True),)),
        ("Pages", (f"{pages}. The number to use is in the box at the bottom right of each page.",)),
    ]  # fmt: skip
    return [row for row in rows if row[1]]


def cover_parts(parts: Sequence[Part], purpose: Purpose) -> list[tuple[str, str, int]]:
    """The short list on the cover: each front part and each section, with the page it begins on."""
    made = [(part.title, part.label, part.first) for part in parts if part.front and part.key != "cover"]
    items = [part for part in parts if part.item is not None]
    names = numbered_sections((part.item for part in items if part.item), purpose.numbering)
    for section, name in names.items():
        first = next(part for part in parts if part.section == section and not part.blank)
        made.append((name, first.label, first.first))
    return made


def index_rows(parts: Sequence[Part], purpose: Purpose, today: dt.date, refused: Mapping[str, str]) -> list[Row]:
    """The index: our own pages, then every paper under its section."""
    fronts = [part for part in parts if part.front and part.key not in ("cover", "index")]
    made = [Row("Start", section=True)] if fronts else []
    made += [Row(part.title, "", f"Made {in_table(today)[4:]}", part.span, part.first) for part in fronts]
    items = [part for part in parts if part.item is not None]
    names = numbered_sections((part.item for part in items if part.item), purpose.numbering)
    section = None
    for part in items:
        assert part.item is not None
        if part.section != section:
            section = part.section
            made.append(Row(names[section], section=True))
        made += [Row(words, heading=True) for words in part.item.over]
        title = part.title + (" (could not be included)" if part.key in refused else "")
        made.append(Row(title, part.item.mark, day_words(part.item), part.span, part.first))
    return made


def sent_rows(sent: Sent) -> list[Row]:
    """The index lines of what was sent before: the old numbers, which stay as they are."""
    made = [Row(f"Sent on {in_words(sent.on, joined=True)}", section=True)]
    return made + [Row(row.title, row.mark, row.day, row.span) for row in sent.rows]


def added_words(sent: Sent, parts: Sequence[Part]) -> str:
    """The sentence under the index of additions."""
    return (
        f"Pages {sent.pages + 1} to {sent.pages + parts[-1].last} are added. They belong after page {sent.pages}, and no "
        "earlier number changes."
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What the chronology is made from, besides the pages: read once for an export."""

    library: Library
    today: dt.date
    events: tuple[Any, ...]
    deadlines: tuple[Any, ...]
    papers: Mapping[int | None, Document]


def known(store: Store, library: Library, today: dt.date) -> Known:
    """Read what is recorded, the dates the law set, and the papers."""
    late = (one for one in deadlines_of(store, library, today) if one.state in ("overdue", "met_late"))
    dated = tuple(one for one in late if one.due and not one.mine)
    papers = {paper.id: paper for paper in store.find(Document)}
    return Known(library, today, tuple(events_of(store)), dated, papers)


def happenings(known: Known, parts: Sequence[Part]) -> list[Happening]:
    """The chronology: what is recorded, the papers of this bundle that prove no event, and dates the law set and were missed."""
    library, today = known.library, known.today
    places = {part.item.document: part for part in parts if part.item is not None and part.item.document is not None}
    made: list[tuple[dt.date, int, Happening]] = []
    proving = set()
    for event in known.events:
        if event.on > today:
            continue
        proving.add(event.document)
        made.append(
            (
                event.on,
                0,
                _line(
                    _day(event.on, event.certainty, event.year),
                    _event_words(event, library),
                    places.get(event.document or 0),
                ),
            )
        )
    for part in places.values():
        item = part.item
        if item is not None and item.on and item.document not in proving and item.parent is None and item.on <= today:
            made.append((item.on, 1, _line(day_words(item), _paper_words(known.papers[item.document]), part)))
    for one in known.deadlines:
        late = late_sentence(one).partition(". ")[2]
        start = next((places[event.document] for event in one.starts if event.document in places), None)
        title = one.title.rstrip(".?")
        line = _line(in_table(one.due), f"{lowered(title)}. {late}", start)
        made.append((one.due, 2, Happening(line.day, line.words, line.proof, line.label, line.page, due=True)))
    return [line for _, _, line in sorted(made, key=lambda row: row[:2])]


def _day(on: dt.date, certainty: str, year: int | None) -> str:
    if year:
        return str(year)
    return f"About {in_table(on)[4:]}" if certainty == "approximate" else in_table(on)


def _event_words(event: object, library: Library) -> str:
    kind, detail, note = event.kind, event.detail, event.note  # type: ignore[attr-defined]
    said = library.sentences.get(f"{kind}:{detail}") or library.sentences.get(kind)
    words = f"{said[:1].upper()}{said[1:]}" if said else title_of(event, library)  # type: ignore[arg-type]
    return f"{words}. {note}" if note else f"{words}."


def _paper_words(paper: Document) -> str:
    kind = KINDS.get(paper.kind or "", "Paper")
    sender = f" from {paper.sender}" if paper.sender else ""
    title = paper.title.strip().rstrip(".")
    if title.casefold().startswith(kind.casefold()):
        # The title the program suggested says all of it: "School report from Oakfield".
        return f"{title}." if not sender or paper.sender in title else f"{title}{sender}."
    return f"{kind}{sender}: {title}{'' if title.endswith(('?', '!')) else '.'}" if title else f"{kind}{sender}."


def _line(day: str, words: str, part: Part | None) -> Happening:
    mark = part.item.mark if part is not None and part.item is not None else ""
    return Happening(day, words, mark, part.label if part else "", part.first if part else 0)


def slip_rows(paper: Document | None, reason: str, originals: bool) -> list[tuple[str, str]]:
    """The table of the sheet that stands in place of a paper."""
    rows = [("Why", f"{reason[:1].upper()}{reason[1:]}."), ("What was tried", _tried(paper, reason))]
    if paper is not None:
        when = in_words(paper.received, joined=True) if paper.received else ""
        came = ", ".join(part for part in (paper.sender, when) if part)
        size = f"{max(1, round(paper.size / 1024)):,} KB" if paper.size else "empty"
        rows += [("Came from", came)] if came else []
        rows += [("File", f"{paper.name}, {size}"), ("Fingerprint", f"SHA-256 {paper.sha256[:32]} {paper.sha256[32:]}")]
        kept = "The file is safe and unchanged in the case."
        rows.append(("Kept", kept + (" It is in the zip, in the folder “originals”." if originals else "")))
    rows.append(("Next", "If a copy that can be opened comes, its pages will be added at the end, with new numbers."))
    return rows


def _tried(paper: Document | None, reason: str) -> str:
    if "password" in reason:
        return "It was opened without a password. It asks for one."
    if paper is not None and paper.type == "pdf":
        return "It was opened as it is, saved again by a second program, and drawn page by page. None of it worked."
    return "It was opened by the reader for its kind of file."


def late_note(pages: int) -> str:
    """The sentence for pages made smaller."""
    return f"{count(pages, 'page')} made smaller, so that the number covers nothing."
