"""The layout of a bundle whose numbers change how long its own front pages are."""

from pathlib import Path

import pytest

from casefile.domain.bundles import Item
from casefile.domain.people import Child
from casefile.library import Library
from casefile.printing.page import page_count
from casefile.services import bundles, case, redaction
from casefile.services.bundle_front import known
from casefile.services.bundle_layout import Setting, laid_out
from casefile.services.bundle_pages import Pages
from tests.conftest import NOW, TODAY


@pytest.mark.parametrize("papers", [150, *range(186, 202, 2)])
def test_an_index_that_swings_between_two_lengths_comes_to_rest(tmp_path: Path, library: Library, papers: int) -> None:
    """From page 1000 on, a line of the index with its pages may be broken, and a page more in the index moves all numbers."""
    with case.create(tmp_path / "case", Child(name="Amina"), library, now=NOW) as store:
        bundle = bundles.compose(store, library, "everything", TODAY)
        setting = Setting(
            store, bundle, library.purpose("everything"), TODAY, False, known(store, library, TODAY), redaction.veil_of(store, bundle)
        )
        free = "1" * 10
        ready = [(Item(at, f"Paper {at}", "Papers"), Pages("", pages=10, corners=free, titles=free)) for at in range(papers)]
        layout = laid_out(setting, ready, {})
    planned = {part.key: part.pages for part in layout.parts if part.front}
    assert planned == {key: page_count(layout.own[key]) for key in planned}, "each front part has the pages its plan gives it"
    assert layout.pages == len(layout.plan.stamps) == sum(planned.values()) + 10 * papers
