"""Names and numbers that must not leave: hidden in every page and list of a bundle, and looked for once it is made."""

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from casefile.child import ChildFailed
from casefile.domain.bundles import Bundle, Item
from casefile.domain.dates import count
from casefile.domain.documents import Document
from casefile.domain.redaction import Finder, HiddenArea, HiddenWords, Hiding, said_under, squeezed
from casefile.errors import BadFile, Invalid
from casefile.plain import build, plain
from casefile.printing.bundle.front import faces
from casefile.printing.bundle.redaction import Found
from casefile.progress import Progress
from casefile.readers.kinds import PICTURES
from casefile.services.bundle_pages import Pages, Press
from casefile.services.people import contacts, never_shown
from casefile.services.redaction_seen import read_back
from casefile.services.unlocking import readable
from casefile.store.files import write_file
from casefile.store.store import Store

T = TypeVar("T")
_VERSION = "1"
"""Raise it when covered pages come out otherwise than before."""
_SECONDS = 120.0
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_LEAST_NEVER = 5
COVERED = " (parts covered)"


class Veil:
    """What a bundle hides, and what must never be shown in any: laid over every word that leaves."""

    def __init__(self, hiding: Hiding, never: Sequence[HiddenWords] = ()) -> None:
        self.hiding = hiding
        mine = {squeezed(one.words) for one in hiding.words}
        self.never = tuple(one for one in never if squeezed(one.words) not in mine)
        self.words = (*hiding.words, *self.never)
        self._finder = Finder(self.words)

    def __bool__(self) -> bool:
        return bool(self.words or self.hiding.areas)

    def over(self, thing: T) -> T:
        """A thing with every hidden word in it replaced: words, and what lists, tables and dataclasses hold."""
        made: Any = self._over(thing) if self.words else thing
        return made  # type: ignore[no-any-return]

    def _over(self, thing: Any) -> Any:
        if isinstance(thing, str):
            return self._finder.covered(thing)
        if isinstance(thing, tuple):
            return tuple(self._over(one) for one in thing)
        if isinstance(thing, list):
            return [self._over(one) for one in thing]
        if isinstance(thing, dict):
            return {key: self._over(value) for key, value in thing.items()}
        if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
            return replace(
                thing, **{one.name: self._over(getattr(thing, one.name)) for one in dataclasses.fields(thing)}
            )
        return thing

    def areas(self, item: Item) -> tuple[HiddenArea, ...]:
        """The areas hidden on pages of one paper."""
        return tuple(one for one in self.hiding.areas if one.item == item.key)


def veil_of(store: Store, bundle: Bundle) -> Veil:
    """What is hidden in a bundle, and what must never be shown in any."""
    return Veil(bundle.hiding, _never_words(store))


def _never_words(store: Store) -> list[HiddenWords]:
    """Address, phone and email of the people who are marked so; of an address its street and its postcode as well."""
    marked = never_shown(store)
    made: list[HiddenWords] = []
    for person in contacts(store) if marked else ():
        if person.id not in marked:
            continue
        lines = [line.strip() for line in person.address.splitlines() if line.strip()]
        streets = [line for line in lines if any(map(str.isdigit, line))]
        postcodes = _POSTCODE.findall(person.address.upper())
        found = [("email", person.email), ("phone", person.phone)]
        found += [("address", words) for words in (" ".join(lines), *streets, *postcodes)]
        made += [HiddenWords(words, kind) for kind, words in found if len(squeezed(words)) >= _LEAST_NEVER]
    return made


@dataclass(frozen=True, slots=True)
class Hidden:
    """What became of the papers of a bundle: their pages with all covered, how many places were covered in each (by the
    key of the paper), which papers' originals must stay out of the zip, which words stood in none of them, and how many
    covered pages were read back from their dots."""

    ready: tuple[tuple[Item, Pages], ...]
    places: Mapping[str, int]
    kept_back: frozenset[int]
    nowhere: tuple[str, ...] = ()
    read_back: int = 0

    def told(self, veil: Veil) -> dict[str, Any]:
        """What the report says of it."""
        return {
            "words": len(veil.hiding.words), "areas": len(veil.hiding.areas), "papers": len(self.places),
            "places": sum(self.places.values()), "originals_left_out": sorted(self.kept_back),
            "nowhere": list(self.nowhere), "pages_read_back": self.read_back,
        }  # fmt: skip


def hidden(
    press: Press, veil: Veil, ready: Sequence[tuple[Item, Pages]], originals: bool, progress: Progress
) -> Hidden:
    """Cover every place in the pages of papers, and say so in their titles and notes.

    ``originals`` asks that the originals go along: those of covered papers, and those that cannot be searched to the
    bottom, stay out. Raises ``Invalid`` where something that must never be shown would still stand in a paper, and
    ``BadFile`` where pages could not be covered.
    """
    if not veil:
        return Hidden(tuple(ready), {}, frozenset())
    made: list[tuple[Item, Pages]] = []
    places: dict[str, int] = {}
    back: set[int] = set()
    seen: set[int] = set()
    read = 0
    for number, (item, pages) in enumerate(ready):
        progress.step("Hiding names and numbers", number, len(ready))
        if pages.refused:
            made.append((replace(item, title=veil.over(item.title)), pages))
            continue
        found, fresh = _pages(press, veil, item, pages, progress)
        _never(press, veil, item, fresh, progress)
        notes = list(fresh.notes)
        title = veil.over(item.title)
        seen |= {which for one in found for which in one.times}
        seen |= {one.which for one in Finder(veil.hiding.words).places(item.title)}
        if found:
            read += read_back(press, item, pages, fresh, found, veil.hiding.words, progress)
            places[item.key] = sum(sum(one.times.values()) + len(one.areas) for one in found)
            notes.append(_note(veil, found))
            title += COVERED
        if originals and item.document is not None and (found or not _searched(press, veil, item, progress)):
            back.add(item.document)
            notes.append("Its original is left out of the zip.")
        shown = replace(item, title=title)
        if found:  # the covered pages were chosen and turned already
            shown = replace(shown, only="", without="", turned="")
        made.append((shown, replace(fresh, notes=tuple(notes))))
    nowhere = tuple(one.words for which, one in enumerate(veil.hiding.words) if which not in seen)
    return Hidden(tuple(made), places, frozenset(back), nowhere, read)


def _note(veil: Veil, found: Sequence[Found]) -> str:
    counts: dict[tuple[str, str], int] = {}
    for page in found:
        for which, times in page.times.items():
            key = (veil.hiding.words[which].letter, veil.hiding.words[which].kind)
            counts[key] = counts.get(key, 0) + times
        for area in page.areas:
            counts[area.letter, area.kind] = counts.get((area.letter, area.kind), 0) + 1
    said = said_under([(letter, kind, times) for (letter, kind), times in sorted(counts.items())])
    return f"Covered on {count(len(found), 'page')}. {said}".strip()


def _pages(press: Press, veil: Veil, item: Item, pages: Pages, progress: Progress) -> tuple[list[Found], Pages]:
    """The pages of a paper with all covered; the same pages where nothing had to be."""
    areas = veil.areas(item)
    if not veil.hiding.words and not areas:
        return [], pages
    request = {"do": "hide", **source_of(pages), "hidden": plain(veil.hiding.words), "areas": plain(areas)}
    key = key_of(request | {"path": Path(pages.path).stem, "scanned": Path(pages.scanned).stem})
    told = _load(press.folder / f"{key}.json")
    if told is None:
        blobs: list[bytes] = []
        words, figures = (plain(face, blobs) for face in faces())
        answer, made = _asked(press, item, request | {"words": words, "figures": figures}, blobs, progress)
        told = answer["found"]
        if made[0]:
            write_file(press.folder / f"{key}.pdf", made[0])
        write_file(press.folder / f"{key}.json", json.dumps(told, sort_keys=True).encode())
    found = [_found(one) for one in told]
    covered = {area for one in found for area in one.areas}
    for area in areas:
        if area not in covered and not pages.picks:
            raise Invalid(
                f"Part of page {area.page} of “{item.title}” was to be covered, but the paper has no such page. Nothing was written.",
                "Check the number of the page.",
            )
    if not found:
        return [], pages
    fresh = press.survey(press.folder / f"{key}.pdf", key, progress)
    return found, replace(fresh, notes=pages.notes, repaired=pages.repaired)


def source_of(pages: Pages) -> dict[str, Any]:
    """Where the child finds the pages of a paper, and which of them are taken and turned."""
    return {
        "path": pages.path,
        "mode": pages.mode,
        "picks": list(pages.picks),
        "turns": [list(one) for one in pages.turns],
        "scanned": pages.scanned,
    }


def _found(told: Mapping[str, Any]) -> Found:
    times = {int(which): int(often) for which, often in told["times"].items()}
    return Found(int(told["page"]), times, [build(HiddenArea, one) for one in told["areas"]], bool(told["unseen"]))


def _asked(
    press: Press, item: Item, request: dict[str, Any], blobs: list[bytes], progress: Progress
) -> tuple[dict[str, Any], list[bytes]]:
    try:
        answer, made = press.child.ask(request, blobs, seconds=_SECONDS, progress=progress)
        problem = str(answer.get("error") or answer.get("refused") or "")
    except ChildFailed as failed:
        problem = str(failed.args[0])
    if problem:
        raise BadFile(
            f"“{item.title}” could not be searched for what you hide ({problem}). Nothing was written.",
            "Take this paper out of the bundle, or add a copy of it that opens well.",
        )
    return answer, made


def _never(press: Press, veil: Veil, item: Item, pages: Pages, progress: Progress) -> None:
    if not veil.never:
        return
    request = {"do": "find", **source_of(pages), "hidden": plain(veil.never)}
    answer, _ = _asked(press, item, request, [], progress)
    chosen = {at + 1 for at in pages.picks} if pages.picks else None
    found = [one for one in map(_found, answer["found"]) if chosen is None or one.page in chosen]
    if found:
        words = veil.never[min(found[0].times)].words
        raise Invalid(
            f"“{words}” is marked never to be shown, and it stands in “{item.title}” on page {found[0].page}. Nothing was written.",
            "Hide it in this bundle, or take the page out.",
        )


def _searched(press: Press, veil: Veil, item: Item, progress: Progress) -> bool:
    """Whether the original of a paper was searched to the bottom and holds nothing hidden."""
    paper = readable(press.store, press.store.get(Document, item.document or 0))
    if paper.type != "pdf" and paper.type not in PICTURES:
        return False
    path = press.store.originals.path_of(paper.sha256, paper.type)
    request = {"do": "leaks", "paths": [str(path)], "leave_out": [], "hidden": plain(veil.words)}
    answer, _ = _asked(press, item, request, [], progress)
    return not answer["leaks"] and not Finder(veil.words).places(paper.name)


def prove(press: Press, veil: Veil, files: Sequence[Path], progress: Progress) -> None:
    """Look for everything hidden in finished files, by two readers.

    Raises ``BadFile`` with the place where something still stands, or where a file could not be searched.
    """
    if not veil.words:
        return
    request = {
        "do": "leaks", "paths": [str(path) for path in files], "hidden": plain(veil.words),
        "leave_out": [".pdf", "record.csv", "check.py", *_ORIGINAL],
    }  # fmt: skip
    try:
        answer, _ = press.child.ask(request, seconds=_SECONDS, progress=progress)
        problem = str(answer.get("error", ""))
    except ChildFailed as failed:
        problem = str(failed.args[0])
    if problem:
        raise BadFile(
            f"The bundle could not be searched for what you hide ({problem}). Nothing was written.", "Try again."
        )
    if answer["leaks"]:
        one = answer["leaks"][0]
        raise BadFile(
            f"“{veil.words[one['which']].words}” would still have been in the bundle: {one['where']}. Nothing was written.",
            "Take out the paper on that page, or cover the whole page with an area.",
        )


_ORIGINAL = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif", ".heic", ".bmp", ".webp")
"""Originals that may lie in the zip were searched one by one before; the PDF and its volumes are searched as files."""


def key_of(request: Mapping[str, Any]) -> str:
    """The name under which what the child answered to an order is kept: equal orders have equal names."""
    words = json.dumps([_VERSION, request], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _load(path: Path) -> list[Any] | None:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return told if isinstance(told, list) else None
