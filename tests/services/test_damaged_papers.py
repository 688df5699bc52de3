"""Damaged papers by the hundred: the bundle always comes out, every paper has its row, and every number can be read."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from casefile.domain.documents import Document
from casefile.domain.paper_choice import PaperChoice
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import bundles
from casefile.services.importing import import_paths
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.printing.bundle import awkward
from tests.printing.bundle.damage import damaged

PAPERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "papers"


def a_round(store: Store, library: Library, folder: Path, seed: int, count: int, more: list[bytes]) -> None:
    """A case of ``count`` damaged papers, bundled and read back."""
    chance = random.Random(seed)
    sound = [*awkward.corpus().values(), *more]
    (folder / "given").mkdir()
    for number in range(count):
        (folder / "given" / f"{number:03}.pdf").write_bytes(damaged(chance.choice(sound), chance))
    import_paths(store, [folder / "given"], Silent(), now=NOW)
    made_of = replace(bundles.compose(store, library, "everything", TODAY), paper=PaperChoice(a4=bool(seed % 2), edge=bool(seed % 4 == 1)))
    made = bundles.export(store, library, made_of, folder / "out", Silent(), today=TODAY, now=NOW)
    assert all(made.checks[name] for name in ("read_back", "page_count", "numbers", "links", "bookmarks")), made.checks
    assert {row.document for row in made.inputs} == {paper.id for paper in store.find(Document)}
    assert all(row.reason for row in made.inputs if row.state != "bundled")
    assert made.inputs[-1].to_page == made.pages
    assert bundles.verify(made.folder)[0] == []


@pytest.mark.parametrize("seed", [7, 8])
def test_a_bundle_of_damaged_papers(store: Store, library: Library, tmp_path: Path, seed: int) -> None:
    """Those of odd numbers are set on A4 as well."""
    a_round(store, library, tmp_path, seed, 40, [])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
def test_a_bundle_of_damaged_papers_long(store: Store, library: Library, tmp_path: Path, seed: int) -> None:
    real = [path.read_bytes() for path in sorted(PAPERS.rglob("*.pdf")) if path.stat().st_size < 400_000] if PAPERS.is_dir() else []
    a_round(store, library, tmp_path, 100 + seed, 120, real)
