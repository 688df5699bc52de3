"""Every paper of a bundle made into pages: through the limited children, with what was made kept for the next time.

A paper that cannot become pages never stops a bundle: it is refused with the reason, and a sheet takes its place.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casefile.child import Child, ChildFailed
from casefile.domain.bundles import Item
from casefile.domain.documents import Document
from casefile.domain.letter_marks import Where, numbered
from casefile.domain.letters import Draft
from casefile.domain.page_choice import length_of, picked, read_turns
from casefile.domain.phrases import lowered
from casefile.errors import BadFile, Invalid, NotFound
from casefile.plain import build, plain
from casefile.progress import Progress
from casefile.readers import Unreadable
from casefile.readers.kinds import NAMES, PICTURES, TREES
from casefile.readers.process import ReaderProcess
from casefile.services.bundle_ahead import Ahead
from casefile.services.bundle_scans import words_file
from casefile.services.bundle_trees import attachment_words, told_of
from casefile.services.scans import scanned_papers
from casefile.services.sheaves import Sheaves
from casefile.services.unlocking import HOW, opened_of, unlocked
from casefile.store.files import write_file
from casefile.store.store import Store

VERSION = "2"
"""Raise it when papers come out otherwise than before: what was kept under another version is made anew."""
MEMORY = 2 * 1024 * 1024 * 1024
"""The most a child may hold: the paper it makes ready and the bundle it reads back are mapped, and count."""
MODES = ("", "saved again", "pictures")
_SECONDS = {"pdf": 60.0, "picture": 30.0, "tree": 60.0}
_MANY, _LARGE = 100, 3_000_000
_PACKED = frozenset({"zip", "mbox"})


@dataclass(frozen=True, slots=True)
class Pages:
    """A paper as pages. ``path`` is a PDF, opened in the way ``mode``; ``corners`` and ``titles`` tell page by page where
    there is room ("1") for the number and the title. ``refused`` is the reason where there are none.

    Where only some pages are taken in, ``picks`` are their places in the file (0 is the first) and ``whole`` is how many
    the file has; ``turns`` are pages of the file that are turned, with the degrees. ``scanned`` is a file of the words that were
    read from its scanned pages. ``sheaf`` is the name under which its pages are kept ready for binding.
    """

    path: str
    mode: str = ""
    pages: int = 0
    corners: str = ""
    titles: str = ""
    sizes: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    repaired: bool = False
    refused: str = ""
    picks: tuple[int, ...] = ()
    whole: int = 0
    turns: tuple[tuple[int, int], ...] = ()
    scanned: str = ""
    sheaf: str = ""


class Press:
    """Turns papers into pages for one export. Use it in a ``with``: it ends its children."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.folder = store.folder / "work" / "pages"
        self.child = Child("bundle", memory=MEMORY)
        self.second = Child("bundle", memory=MEMORY)
        self.reader = ReaderProcess()
        self._kept = _load(self.folder / "kept.json")
        if self._kept and not any(name.endswith(f"/{VERSION}") for name in self._kept) and not store.read_only:
            # Pages an earlier version of the program made, which nothing takes any more.
            store.originals.forget_pages()
            self._kept = {}
        self._loaded = dict(self._kept)
        self._used: dict[str, Any] = {}
        self._unlocked = unlocked(store)
        self._scanned = scanned_papers(store)
        self._wrong: dict[str, str] = {}
        self.sheaves = Sheaves(self.folder)
        self._papers: dict[int, Document] = {}

    def __enter__(self) -> "Press":
        self.child.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the children, whatever they are doing."""
        self.child.stop()
        self.second.stop()
        self.reader.close()

    def remember(self) -> None:
        """Keep what was learnt about pages for the next export."""
        if self._used.keys() - self._loaded.keys() and not self.store.read_only:
            kept = json.dumps(self._kept | self._used, sort_keys=True, ensure_ascii=False)
            write_file(self.folder / "kept.json", kept.encode())

    def ahead(self, items: Iterable[Item]) -> Ahead:
        """Begin to look at every PDF that is not known yet; ``pages_of`` has the answers once ``finish`` was called.

        Use it in a ``with``. A second child, which the check needs later on, helps where there is much to look at.
        """
        papers = (self._paper_of(item.document) for item in items if item.document is not None)
        # Several papers may be of the same bytes.
        pdfs = list({paper.sha256: paper for paper in papers if paper.type == "pdf"}.values())
        new = [paper for paper in pdfs if f"{paper.sha256}/{VERSION}" not in self._kept]
        much = sum(paper.pages or 1 for paper in new) > _MANY or sum(paper.size for paper in new) > _LARGE
        return Ahead(self, new, pdfs, [self.child, self.second] if much else [self.child])

    def look_at(self, paper: Document, child: Child, progress: Progress) -> None:
        """Have a child look at a PDF, and keep what it found; one whose original is wrong is left alone."""
        if not self.sound(paper):
            path = self.store.originals.path_of(paper.sha256, paper.type)
            self._surveyed(path, paper.sha256, progress, MODES, child)

    def look(self, sha256: str, progress: Progress) -> None:
        """Look at the PDF just kept under ``sha256`` in the first way alone, and keep what was found; unless it is known."""
        if f"{sha256}/{VERSION}" not in self._kept:
            self._surveyed(self.store.originals.path_of(sha256, "pdf"), sha256, progress, MODES[:1])

    def learnt(self) -> None:
        """Let ``pages_of`` use what was found since."""
        self._kept |= self._used

    def sound(self, paper: Document) -> str:
        """Empty when the original of a paper is as it was given, else what is wrong with it; looked up once."""
        if paper.sha256 not in self._wrong:
            self._wrong[paper.sha256] = self.store.originals.sound(paper.sha256, paper.type)
        return self._wrong[paper.sha256]

    def pages_of(self, item: Item, progress: Progress, where: Where | None = None) -> Pages:
        """The pages of one item; ``where`` gives the marks of a letter that is not sent their pages in the bundle.

        Raises ``Cancelled`` and ``NoSpace``, never for what is wrong with a paper.
        """
        try:
            if item.document is None:
                draft = self.store.get(Draft, item.draft or 0)
                found = self._letter(replace(draft, body=numbered(draft.body, where)) if where else draft, progress)
            else:
                found = self._paper(self._paper_of(item.document), progress)
                if item.document in self._unlocked and not found.refused:
                    found = replace(found, notes=(f"{HOW}.", *found.notes))
                if item.document in self._scanned and not found.refused:
                    found = replace(found, scanned=words_file(self.store, self.folder, self._paper_of(item.document)))
            return self._worded(self._chosen(item, found, progress), progress)
        except (BadFile, Invalid, NotFound) as problem:
            return Pages("", refused=lowered(problem.message.rstrip(".")))

    def _paper_of(self, id_: int) -> Document:
        """A paper, with the hash of the bytes its pages are made from."""
        if id_ not in self._papers:
            self._papers[id_] = self.store.get(Document, id_)
        paper = self._papers[id_]
        return opened_of(paper, self._unlocked.get(id_))

    def _chosen(self, item: Item, found: Pages, progress: Progress) -> Pages:
        """Only the pages that are wanted of a paper, turned as they are wanted. Raises ``Invalid`` for no such pages."""
        if found.refused or not (item.only or item.without or item.turned):
            return found
        turns = tuple((page - 1, degrees) for page, degrees in read_turns(item.turned, found.pages).items())
        if turns:
            key = _key(Path(found.path).stem, "turned", json.dumps(turns))
            looked = self._surveyed(Path(found.path), key, progress, (found.mode,), turns=turns)
            found = replace(looked, notes=found.notes, repaired=found.repaired, turns=turns, scanned=found.scanned)
        picks = picked(item, found.pages)
        if not picks:
            return Pages("", refused="none of the pages that were chosen are in it")
        if len(picks) == found.pages or found.refused:
            return found
        return replace(
            found, pages=len(picks), whole=found.pages, picks=picks,
            corners="".join(found.corners[at] for at in picks), titles="".join(found.titles[at] for at in picks),
            sizes=tuple(found.sizes[at] for at in picks),
        )  # fmt: skip

    def _worded(self, found: Pages, progress: Progress) -> Pages:
        """The pages of a paper with the words of its scanned pages laid over them, where words were read from any."""
        if found.refused or not found.scanned:
            return found
        try:
            return replace(found, sheaf=self.sheaves.worded(found, self.child, progress))
        except BadFile:
            return replace(found, scanned="", notes=(*found.notes, "The words read from its scanned pages could not be laid over them."))

    def known(self, item: Item) -> int | None:
        """How many pages an item took when it was last looked at; None when it never was. Starts no child."""
        if item.document is None:
            return None
        paper = self._paper_of(item.document)
        if paper.type in PICTURES:
            key = _key(paper.sha256, "picture")
        elif paper.type in TREES or paper.type in _PACKED:
            key = self._tree_key(paper)[0]
        else:
            key = paper.sha256
        told = self._kept.get(f"{key}/{VERSION}")
        return length_of(item, int(told["pages"])) if told else None

    def _tree_key(self, paper: Document) -> tuple[str, tuple[str, ...]]:
        """The name its pages are kept under, and the names of what came attached, which are printed on them."""
        parts = self.store.find(Document, "id", parent=paper.id)
        attached = tuple(attachment_words(part) for part in parts if part.state != "binned")
        return _key(paper.sha256, "tree", paper.title, *attached), attached

    def _paper(self, paper: Document, progress: Progress) -> Pages:
        if paper.type == "pdf":
            wrong = self.sound(paper)
            if wrong:
                return Pages("", refused=f"its original is {wrong} in the case folder")
            return self._surveyed(self.store.originals.path_of(paper.sha256, paper.type), paper.sha256, progress, MODES)
        if paper.type in PICTURES:
            return self._picture(paper, progress)
        if (paper.type in TREES or paper.type in _PACKED) and not paper.locked:
            return self._tree(paper, progress)
        reason = (
            paper.problem.rstrip(".")
            or f"it is of a kind that cannot be printed ({NAMES.get(paper.type, 'file').lower()})"
        )
        return Pages("", refused=reason)

    def _letter(self, draft: Draft, progress: Progress) -> Pages:
        from casefile.printing.letter import letter_pdf

        return self._made(letter_pdf(draft), (), False, progress)

    def _picture(self, paper: Document, progress: Progress) -> Pages:
        key = _key(paper.sha256, "picture")
        if self._there(key):
            return self._again_from(key, progress)
        data = self.store.originals.read(paper.sha256, paper.type)
        return self._converted(key, {"do": "picture", "type": paper.type}, [data], "picture", progress)

    def _tree(self, paper: Document, progress: Progress) -> Pages:
        key, attached = self._tree_key(paper)
        if self._there(key):
            return self._again_from(key, progress)
        from casefile.printing.bundle.tree import Told

        no_notes: tuple[str, ...] = ()
        if paper.type in _PACKED:
            words = f"A {NAMES[paper.type].lower()} called “{paper.name}”. What was in it stands in the case as papers of its own."
            told, notes = Told(paper.title, (("File", paper.name),), (), attached, words), no_notes
        else:
            try:
                data = self.store.originals.read(paper.sha256, paper.type)
                incoming = self.reader.read(data, progress)
            except Unreadable as problem:
                return Pages("", refused=str(problem.args[0]))
            told, notes = told_of(paper, incoming, attached), tuple(incoming.notes)
        blobs: list[bytes] = []
        request = {"do": "tree", "told": plain(told, blobs)}
        return self._converted(key, request, blobs, "tree", progress, notes)

    def _there(self, key: str) -> bool:
        return key in self._kept and (self.folder / f"{key}.pdf").is_file()

    def _again_from(self, key: str, progress: Progress) -> Pages:
        told = self._used[key] = self._kept[key]
        found = self._surveyed(self.folder / f"{key}.pdf", key, progress, ("",))
        return replace(found, notes=tuple(told["notes"]), repaired=bool(told["repaired"]))

    def _converted(
        self, key: str, request: dict[str, Any], blobs: list[bytes], what: str, progress: Progress, notes: tuple[str, ...] = ()
    ) -> Pages:  # fmt: skip
        """Have the child draw a paper, and keep what it drew."""
        try:
            answer, made = self.child.ask(request, blobs, seconds=_SECONDS[what], progress=progress)
        except ChildFailed as problem:
            return Pages("", refused=str(problem.args[0]))
        if "refused" in answer or "error" in answer:
            return Pages("", refused=str(answer.get("refused") or f"it could not be drawn ({answer['error']})"))
        path = write_file(self.folder / f"{key}.pdf", made[0])
        # What was kept was made from other bytes.
        self._kept.pop(f"{key}/{VERSION}", None)
        all_notes = tuple(dict.fromkeys([*notes, *answer["notes"]]))
        self._used[key] = {"notes": list(all_notes), "repaired": answer["repaired"]}
        found = self._surveyed(path, key, progress, ("",))
        return replace(found, notes=all_notes, repaired=bool(answer["repaired"]))

    def survey(self, path: Path, key: str, progress: Progress) -> Pages:
        """Pages of our own making that were kept at ``path`` under ``key``."""
        return self._surveyed(path, key, progress, ("",))

    def _made(self, data: bytes, notes: tuple[str, ...], repaired: bool, progress: Progress) -> Pages:
        """Pages of our own making, kept under their own hash."""
        key = _key(hashlib.sha256(data).hexdigest(), "own")
        path = self.folder / f"{key}.pdf"
        if not path.is_file():
            path = write_file(path, data)
        return replace(self._surveyed(path, key, progress, ("",)), notes=notes, repaired=repaired)

    def _surveyed(
        self, path: Path, key: str, progress: Progress, ways: Iterable[str], child: Child | None = None,
        turns: tuple[tuple[int, int], ...] = (),
    ) -> Pages:  # fmt: skip
        name = f"{key}/{VERSION}"
        if key and name in self._kept:
            told = self._used[name] = self._kept[name]
            made: Pages = build(Pages, told)
            return replace(made, path=str(path))
        reason = "it is damaged, and no way of opening it worked"
        for way in ways:
            sheaf = _key(path.stem, "sheaf", way, json.dumps(turns))
            request = {"do": "survey", "path": str(path), "mode": way, "turns": turns}
            try:
                answer = self.sheaves.made(sheaf, request, child or self.child, progress)
            except ChildFailed as problem:
                reason = str(problem.args[0])
                continue
            if "refused" in answer:
                return Pages(str(path), refused=str(answer["refused"]))
            if "error" in answer:
                reason = f"it is damaged ({answer['error']})"
                continue
            found: Pages = build(
                Pages, answer | {"path": str(path), "sizes": [tuple(size) for size in answer["sizes"]], "sheaf": sheaf}
            )
            if key:
                self._used[name] = plain(found) | {"path": ""}
            return found
        return Pages(str(path), refused=reason)


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join((VERSION, *parts)).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _load(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
