"""Orphan proofs: papers that a letter in a bundle points to while the bundle lacks them."""

from dataclasses import dataclass

from casefile.domain.bundles import Bundle
from casefile.domain.documents import Document
from casefile.domain.letters import Draft
from casefile.services.facts import Exhibits
from casefile.store.store import Store


@dataclass(frozen=True, slots=True)
class Orphan:
    """A paper that is not in a bundle, and the letter in it (its key) that points to the paper.

    ``name`` is its mark and title; ``there`` says whether the case still holds it, so that it can be put in.
    """

    letter: str
    document: int
    name: str
    words: str
    there: bool


def orphans(store: Store, bundle: Bundle) -> tuple[Orphan, ...]:
    """Every paper that a chosen letter of ours points to and that is not taken in, in the order of the letters.

    A letter that was sent counts as well as one that is still being written. In additions, what was sent before is there.
    """
    written = {draft.document: draft for draft in store.find(Draft) if draft.document is not None}
    have = {item.document for item in bundle.chosen}
    before = {row.key for row in bundle.sent.rows} if bundle.sent and bundle.adding else set()
    papers = {paper.id: paper for paper in store.find(Document)}
    kept = Exhibits.of(store).kept
    made: list[Orphan] = []
    for item in bundle.chosen:
        letter = store.get(Draft, item.draft) if item.draft is not None else written.get(item.document or 0)
        wanted = dict.fromkeys(proof.document for proof in letter.proofs) if letter is not None else {}
        for id_ in wanted:
            if id_ is None or id_ in have or f"d{id_}" in before:
                continue
            paper = papers.get(id_)
            mark = f"E{kept[id_]} " if id_ in kept else ""
            there = paper is not None and paper.state != "binned"
            title = f"{mark}“{paper.title or paper.name}”" if paper else f"{mark}a paper"
            lost = "which is not in here" if there else "which is not in the case any more"
            made.append(Orphan(item.key, id_, title, f"“{item.title}” points to {title}, {lost}.", there))
    return tuple(made)
