"""A bundle as it will be, before it is written: each page looks as it does in the bundle that is written then."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from casefile.domain.documents import Document
from casefile.domain.paper_choice import PaperChoice
from casefile.domain.redaction import with_words
from casefile.errors import BadFile
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import bundle_preview, bundles
from casefile.services.bundle_pages import Press
from casefile.services.importing import import_paths
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.printing.bundle import awkward


@pytest.fixture
def sample(printed_sample: Store) -> Store:
    """The sample case with its papers printed already: how they become pages is tested elsewhere."""
    return printed_sample


def test_every_page_looks_as_it_will_be_written(sample: Store, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cover, index, papers, a paper with chosen pages, covered words, blank pages and the sheet for a locked paper."""
    (tmp_path / "locked.pdf").write_bytes(awkward.locked("secret", "x"))
    import_paths(sample, [tmp_path / "locked.pdf"], Silent(), now=NOW)
    locked = max(one.id or 0 for one in sample.find(Document))
    made = bundles.compose(sample, library, "complaint_stage_1", TODAY)
    made = bundles.add_papers(sample, library, made, [locked], TODAY)
    made = replace(made, hiding=with_words(made.hiding, "Northbrook Council"), paper=PaperChoice(edge=True, two_sided=True))
    final = next(item for item in made.chosen if item.title == "Final plan")
    made = bundles.with_pages(made, final.key, only="2")
    result = bundles.export(sample, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    seen = bundles.preview(sample, library, made, TODAY, Silent())
    assert seen.pages == result.pages
    with pypdfium2.PdfDocument(result.pdf[0]) as document, Press(sample) as press:
        monkeypatch.setattr(bundle_preview, "Press", lambda store: nullcontext(press))  # one child draws them all
        for page in range(seen.pages):
            drawn = seen.picture(sample, page, 300)
            here = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.rgb)
            there = document[page].render(scale=300 / document[page].get_width()).to_pil().convert("RGB")
            assert here.size == there.size and ImageChops.difference(here, there).getbbox() is None, page + 1
    for row in result.inputs:
        assert seen.first_of(row.key) == row.from_page - 1 and seen.label_at(row.from_page - 1) == row.span.split(" ")[0]
    assert seen.part_at(0).key == "cover" and seen.first_of("d9999") is None


def test_nothing_is_given_or_written_by_looking(sample: Store, library: Library) -> None:
    before = [(one.id, one.exhibit) for one in sample.find(Document)]
    made = bundles.compose(sample, library, "complaint_stage_1", TODAY)
    seen = bundles.preview(sample, library, made, TODAY, Silent())
    assert seen.picture(sample, 1, 200).width == 200
    assert [(one.id, one.exhibit) for one in sample.find(Document)] == before
    with pytest.raises(BadFile, match="no page"):
        bundles.preview(sample, library, replace(made, items=()), TODAY, Silent())
