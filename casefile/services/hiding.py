"""Choosing what a bundle hides: what may need it, where each thing stands, and a page as it will be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casefile.child import ChildFailed
from casefile.domain.bundles import Bundle, Item
from casefile.domain.redaction import (
    Finder,
    HiddenWords,
    Hiding,
    outermost,
    squeezed,
    variants,
    with_area,
    with_words,
    without_area,
    without_words,
)  # fmt: skip
from casefile.errors import BadFile, NotFound
from casefile.plain import plain
from casefile.progress import Progress, Silent
from casefile.readers.process import Drawn
from casefile.services.bundle_pages import Pages, Press
from casefile.services.case import child_of
from casefile.services.named import Named, named_in
from casefile.services.people import contacts
from casefile.services.redaction import Veil, source_of, veil_of
from casefile.store.rows import PageText
from casefile.store.store import Store
from casefile.suggest.hidden import MaybeHidden, maybe_hidden

__all__ = ["Hiding", "outlook", "page_as_it_will_be", "suggested", "variants", "with_area", "with_words", "without_area", "without_words"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """Where words stand: the key of the paper, its page (1 is the first), and how often."""

    item: str
    page: int
    times: int


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that may need hiding: its words, a key of the hiding kinds, why it was found, and where it stands."""

    words: str
    kind: str
    because: str
    hits: tuple[Hit, ...]

    @property
    def places(self) -> int:
        """How often it stands in the bundle."""
        return sum(hit.times for hit in self.hits)

    @property
    def papers(self) -> int:
        """In how many papers it stands."""
        return len({hit.item for hit in self.hits})


def _texts(store: Store, bundle: Bundle) -> list[tuple[str, int, str]]:
    """The words of every page of the chosen papers, as they were read when they were added."""
    made = []
    for item in bundle.chosen:
        if item.document is not None:
            pages = store.find(PageText, "page", document=item.document)
            made += [(item.key, page.page, page.text) for page in pages if page.page]
    return made


def _hits(texts: Sequence[tuple[str, int, str]], words: str) -> tuple[Hit, ...]:
    finder = Finder([HiddenWords(words)])
    found = ((key, page, len(outermost(finder.places(text)))) for key, page, text in texts)
    return tuple(Hit(*one) for one in found if one[2])


def outlook(store: Store, bundle: Bundle) -> list[Offered]:
    """All words a bundle hides, each with where it stands in the words of its papers. Scans without words tell nothing."""
    texts = _texts(store, bundle)
    return [Offered(one.words, one.kind, "", _hits(texts, one.words)) for one in bundle.hiding.words]


def suggested(store: Store, bundle: Bundle) -> list[Offered]:
    """What may need hiding in a bundle and is not hidden yet. Nothing of it is hidden without a yes.

    The child, the parent and what is theirs are left out. Children who are only named, with no word about who they are,
    and names in scans cannot be found.
    """
    child, texts = child_of(store), _texts(store, bundle)
    mine = {squeezed(words) for words in (child.name, child.known_as, *child.name.split())}
    born = {child.born.strftime(form) for form in ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y")} if child.born else set()
    if child.born:
        born |= {f"{child.born.day} {child.born:%B %Y}", f"{child.born.day:02} {child.born:%B %Y}"}
    for person in contacts(store):
        if person.me:
            mine |= {
                squeezed(words) for words in (person.name, person.email, person.phone, *person.address.splitlines())
            }
    never = {squeezed(one.words): one for one in veil_of(store, bundle).never}
    mine -= never.keys()
    done = {squeezed(one.words) for one in bundle.hiding.words} | {squeezed(day) for day in born}
    found = {bare: MaybeHidden(one.words, one.kind, "It is marked never to be shown.") for bare, one in never.items()}
    staff = {squeezed(part) for person in contacts(store) for part in (person.name, *person.name.split()[-1:])}
    for _, _, text in texts:
        for one in maybe_hidden(text):
            bare = squeezed(one.words)
            if bare in mine or bare in done or (one.kind == "child" and bare in staff):
                continue
            found.setdefault(bare, one)
    made = [Offered(one.words, one.kind, one.because, _hits(texts, one.words)) for one in found.values()]
    order = ("child", "address", "born", "nhs", "phone", "email")
    return sorted((one for one in made if one.hits), key=lambda one: (order.index(one.kind), -one.places, one.words))


def named_before(store: Store, bundle: Bundle) -> list[Named]:
    """Who and what is named in a bundle before it goes: people, other children, addresses, numbers; what is hidden is not."""
    finder = Finder(bundle.hiding.words)
    rows = named_in(store, [item.document for item in bundle.chosen if item.document is not None])
    have = {one.words for one in rows}
    more = [Named(one.kind, one.words, one.papers) for one in suggested(store, bundle) if one.words not in have]
    return [one for one in (*more, *rows) if not finder.places(one.words)]


def page_as_it_will_be(
    store: Store, bundle: Bundle, key: str, page: int, width: int, progress: Progress | None = None
) -> tuple[Drawn, int]:  # fmt: skip
    """Page ``page`` (0 is the first) of a paper with all that is hidden covered, and how many pages the paper has.

    Raises ``NotFound`` for a paper that is not in the bundle, ``BadFile`` where it cannot be drawn.
    """
    item = next((one for one in bundle.items if one.key == key), None)
    if item is None:
        raise NotFound("This paper is not in the bundle.", "Add it first.")
    with Press(store) as press:
        pages = _whole(press, item, progress or Silent())
        at = min(max(page, 0), pages.pages - 1)
        veil = Veil(bundle.hiding)
        request = {
            "do": "cover", **source_of(pages), "page": at, "width": width, "hidden": plain(bundle.hiding.words),
            "areas": plain(veil.areas(item)),
        }  # fmt: skip
        try:
            answer, made = press.child.ask(request, seconds=30, progress=progress)
        except ChildFailed as problem:
            raise BadFile(f"This page could not be shown: {problem.args[0]}.", "The paper is not touched.") from None
        press.remember()
    if "width" not in answer:
        raise BadFile("This page could not be shown.", "The paper is not touched.")
    return Drawn(int(answer["width"]), int(answer["height"]), made[0], ()), pages.pages


def _whole(press: Press, item: Item, progress: Progress) -> Pages:
    """All pages of a paper as they are before any is chosen or turned."""
    pages = press.pages_of(replace(item, only="", without="", turned=""), progress)
    if pages.refused:
        raise BadFile(f"This paper has no pages to show: {pages.refused}.", "A sheet will stand in its place.")
    return pages
