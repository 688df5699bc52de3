"""The layout of a bundle whose numbers change how long its own front pages are, and which of its pages are compared by looks."""

from pathlib import Path
from typing import Any

import pypdf
import pytest

from casefile.domain.bundles import Item
from casefile.domain.people import Child
from casefile.library import Library
from casefile.printing.page import page_count
from casefile.progress import Silent
from casefile.services import bundles, case, redaction
from casefile.services.bundle_checks import checked
from casefile.services.bundle_front import known
from casefile.services.bundle_layout import Layout, Setting, laid_out
from casefile.services.bundle_pages import Pages
from casefile.store.store import Store
from tests.conftest import NOW, TODAY


def of_papers(folder: Path, library: Library, papers: int) -> tuple[Layout, list[tuple[Item, Pages]]]:
    """A bundle of papers of ten pages each, laid out."""
    with case.create(folder / "case", Child(name="Amina"), library, now=NOW) as store:
        bundle = bundles.compose(store, library, "everything", TODAY)
        setting = Setting(
            store, bundle, library.purpose("everything"), TODAY, False, known(store, library, TODAY), redaction.veil_of(store, bundle)
        )
        free = "1" * 10
        ready = [(Item(at, f"Paper {at}", "Papers"), Pages("", pages=10, corners=free, titles=free)) for at in range(papers)]
        return laid_out(setting, ready, {}), ready


@pytest.mark.parametrize("papers", [150, *range(186, 202, 2)])
def test_an_index_that_swings_between_two_lengths_comes_to_rest(tmp_path: Path, library: Library, papers: int) -> None:
    """From page 1000 on, a line of the index with its pages may be broken, and a page more in the index moves all numbers."""
    layout, _ = of_papers(tmp_path, library, papers)
    planned = {part.key: part.pages for part in layout.parts if part.front}
    assert planned == {key: page_count(layout.own[key]) for key in planned}, "each front part has the pages its plan gives it"
    assert layout.pages == len(layout.plan.stamps) == sum(planned.values()) + 10 * papers


class Asked:
    """Stands for a child: it notes what it is asked, and finds nothing."""

    def __init__(self) -> None:
        self.samples: list[dict[str, Any]] = []

    def ask(self, head: dict[str, Any], blobs: Any = (), **_: Any) -> tuple[dict[str, Any], list[bytes]]:
        self.samples += head["samples"]
        return {}, []


@pytest.mark.parametrize("papers", [60, 61, 62, 63, 64])
def test_one_page_in_twenty_five_is_compared_by_looks_wherever_papers_begin(tmp_path: Path, library: Library, papers: int) -> None:
    layout, ready = of_papers(tmp_path, library, papers)
    child: Any = Asked()
    checked((child, child), tmp_path / "bundle.pdf", layout, ready, [[0, 0, 1, 1]] * layout.pages, Silent())
    front = sum(part.pages for part in layout.parts if part.front)
    wanted = [page for page in range(layout.pages) if (page + 1) % 25 == 0 and page >= front]
    assert sorted(one["page"] for one in child.samples) == wanted
    assert all((one["page"] - front) % 10 == one["at"] for one in child.samples), "each beside its own page of its paper"


def test_our_own_pages_read_aloud_in_the_order_they_are_seen(sample: Store, library: Library, tmp_path: Path) -> None:
    """A screen reader follows the order in which words stand in the file: row by row, and never column by column."""
    made = bundles.export(
        sample, library, bundles.compose(sample, library, "everything", TODAY), tmp_path / "out", Silent(), today=TODAY, now=NOW
    )
    reader = pypdf.PdfReader(made.pdf[0])
    assert reader.trailer["/Root"]["/Lang"] == "en-GB" and reader.metadata.title  # type: ignore[index,union-attr]
    pages = [" ".join(page.extract_text().split()) for page in reader.pages[: min(row.from_page for row in made.inputs) - 1]]
    index = " ".join(page for page in pages if "Index" in page)
    at = 0
    for row in made.inputs:
        for words in (f" {row.mark} ", row.title.split()[0], f" {row.span.split(' ')[0]} "):
            found = index.find(words, at)
            assert found >= 0, (row.title, words)
            at = found + len(words) - 1
    cover = pages[0]
    order = [cover.index(words) for words in ("Every paper of the case", "Amina Rahman", "Pages", "What is here", "Index", "Chronology")]
    assert order == sorted(order)
