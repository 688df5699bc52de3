"""Scanned papers in a bundle: the words read from them, for the child to lay over their pages, and what can be searched."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from casefile.domain.bundles import Item
from casefile.domain.documents import Document
from casefile.domain.page_choice import pages_named
from casefile.readers.kinds import PICTURES
from casefile.services.scans import words_of
from casefile.store.files import write_file
from casefile.store.rows import TO_COME
from casefile.store.store import Store

if TYPE_CHECKING:
    from casefile.services.bundle_pages import Pages

READ = "The words of its scanned pages were read from their pictures, so a search may miss some."


class _Placed(Protocol):
    """A paper with its key and its pages in the bundle."""

    @property
    def key(self) -> str: ...
    @property
    def from_page(self) -> int: ...
    @property
    def to_page(self) -> int: ...


def words_file(store: Store, folder: Path, paper: Document) -> str:
    """The path of a file in ``folder`` with the words read from a paper's pages; the same words have the same name."""
    pages = {page: [scan.turn, json.loads(scan.kept())] for page, scan in words_of(store, paper.id or 0).items()}
    told = json.dumps({"framed": paper.type in PICTURES, "pages": pages}, ensure_ascii=False, separators=(",", ":")).encode()
    path = folder / f"{hashlib.sha256(told).hexdigest()[:40]}.words"
    return str(path if path.is_file() else write_file(path, told))


def searchable(store: Store, ready: Sequence[tuple[Item, "Pages"]], placed: Iterable[_Placed]) -> dict[str, Any]:
    """Which pages of a bundle (1 is the first) are pictures without words, and which words were read from pictures.

    ``ready`` are the papers with the pages that were chosen of them, before anything in them was hidden.
    """
    known: Mapping[str, tuple[Item, Pages]] = {item.key: (item, pages) for item, pages in ready}
    pictures: list[int] = []
    read: list[int] = []
    kinds = ("pdf", *sorted(PICTURES))
    with store.guard:
        asked = f"SELECT id FROM document WHERE type IN ({', '.join('?' for _ in kinds)})"
        drawn = {int(id_) for (id_,) in store.db.execute(asked, kinds).fetchall()}
        words = set(store.db.execute("SELECT document, page FROM page_text WHERE page > 0").fetchall())
        scanned = set(store.db.execute("SELECT document, page FROM scanned WHERE words <> '[]'").fetchall())
        # Under a stamp: what is typed can be searched, and the rest of the page cannot.
        words -= set(store.db.execute("SELECT document, page FROM scanned WHERE reader = ? OR problem <> ''", [TO_COME]).fetchall())
    for one in placed:
        item, pages = known[one.key]
        # Of all other papers every page is made of words.
        if item.document not in drawn or pages.refused:
            continue
        for at in range(one.to_page - one.from_page + 1):
            page = (pages.picks[at] if at < len(pages.picks) else at) + 1
            if (item.document, page) not in words:
                pictures.append(one.from_page + at)
            elif (item.document, page) in scanned:
                read.append(one.from_page + at)
    return {"pictures": pictures, "read_from_pictures": read}


def searchable_words(told: Mapping[str, Any], *, hiding: bool = False) -> list[str]:
    """What ``searchable`` found, in a sentence each; nothing where every page is made of words.

    ``hiding`` says that the bundle hides words: a picture may then still show what could not be read in it.
    """
    one, other = (pages_named(told[name]) for name in ("pictures", "read_from_pictures"))
    seen = pages_named(sorted([*told["pictures"], *told["read_from_pictures"]]))
    made = [f"{one} without words that can be searched."] if one else []
    made += [f"{seen}: what is hidden may still be seen in handwriting, or where a word was read wrong. Look at each."] if hiding and seen else []
    return [*made, *([f"{other} with words read from a picture, which may be wrong."] if other else [])]
