"""The two highlighters: passages of a report marked as need or provision, and ticked against lines of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from casefile.domain.documents import Document
from casefile.domain.plan import PlanItem, PlanVersion
from casefile.domain.plan_likeness import Likeness
from casefile.domain.plan_reports import (
    MARKS,
    Highlight,
    Kept,
    Recommendation,
    against_plan,
    like,
    lost_and_thinned,
    needs_in,
    recommendations_in,
    sentences_in,
)
from casefile.errors import Invalid
from casefile.services import documents, plans
from casefile.store.store import Store

SECTION = {"need": "B", "provision": "F"}
"""The section of the plan a mark is ticked against."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a report: its page, its mark where there is one, and what the program takes it for (``found``, may be empty)."""

    page: int
    words: str
    mark: Highlight | None
    found: str

    @property
    def kind(self) -> str:
        """What it is marked as; empty where nobody has marked it."""
        return self.mark.kind if self.mark else ""


def highlights(store: Store, document: int | None = None) -> list[Highlight]:
    """Every mark of a paper, or of all papers, in reading order."""
    return store.find(Highlight, "document, page, id", **({"document": document} if document is not None else {}))


def passages(store: Store, document: int) -> list[Passage]:
    """Every sentence of a report in reading order, with its mark and with what the program takes it for."""
    marks = {(one.page, one.words): one for one in highlights(store, document)}
    return [Passage(page, words, marks.get((page, words)), found) for page, words, found in _read(tuple(documents.text_of(store, document)))]


@lru_cache(maxsize=8)
def _read(pages: tuple[str, ...]) -> tuple[tuple[int, str, str], ...]:
    """Each sentence of a report with its page and what the program takes it for; read once, since each mark shows them all again."""
    found: dict[tuple[int, str], list[str]] = {}
    for one in (*recommendations_in(pages), *needs_in(pages)):
        found.setdefault((one.page, one.kind), []).append(one.text)

    def kind_of(one: Recommendation) -> str:
        return next((kind for kind in ("provision", "need") if any(like(text, one.text) for text in found.get((one.page, kind), ()))), "")

    return tuple((one.page, one.text, kind_of(one)) for one in sentences_in(pages))


def mark(store: Store, document: int, page: int, words: str, kind: str) -> Highlight | None:
    """Mark a passage, or with an empty ``kind`` take its mark away; another kind drops its ticks. Raises ``Invalid``."""
    if kind and kind not in MARKS:
        raise Invalid(f"{kind!r} is no mark.", f"Use one of: {', '.join(MARKS)}.")
    store.get(Document, document)
    known = next(iter(store.find(Highlight, document=document, page=page, words=words)), None)
    with store.action("Marked a passage of a report"):
        if known is not None and not kind:
            store.remove(Highlight, known.id or 0)
            return None
        if known is not None:
            made = replace(known, kind=kind, lines=known.lines if kind == known.kind else ())
            store.change(made)
            return made
        if not kind:
            return None
        one = Highlight(None, document, page, words, kind)
        return replace(one, id=store.add(one))


def tick(store: Store, one: Highlight, key: str, on: bool) -> Highlight:
    """Tick a marked passage against a line of the plan, or take the tick away. Raises ``Invalid`` for a line of another section."""
    section = SECTION.get(one.kind, "")
    if not section or not key.startswith(section):
        raise Invalid(f"{key} is no line for a passage marked as {MARKS.get(one.kind, one.kind).lower()}.", "Tick a need in Section B, provision in Section F.")
    lines = tuple(sorted({*one.lines, key} if on else {*one.lines} - {key}))
    made = replace(one, lines=lines)
    with store.action("Ticked a passage in the plan"):
        store.change(made)
    return made


def candidates(store: Store, version: PlanVersion, one: Highlight) -> list[PlanItem]:
    """The lines a marked passage may be ticked against, those most like it first."""
    rows = plans.lines_in(plans.items(store, version), SECTION.get(one.kind, "-"))
    scores = Likeness([*rows, PlanItem(None, 0, "", "F", one.words)])
    return sorted(rows, key=lambda item: (item.key not in one.lines, -scores.score(one.words, item.text)))


def judged_mark(one: Highlight, items: Sequence[PlanItem]) -> list[Kept]:
    """What became of a marked passage in the plan: by its ticks where there are any, else by its words."""
    advice = Recommendation(one.words, one.page, one.kind)
    ticked = [item for item in items if item.key in one.lines]
    if not ticked:
        return against_plan([advice], items, plans.judged)
    less = next((row for row in lost_and_thinned([advice], ticked, plans.judged) if row[1] is not None), None) if one.kind == "provision" else None
    return [Kept(advice, "thinned" if less else "kept", less[1] if less else ticked[0], less[2] if less else "")]
