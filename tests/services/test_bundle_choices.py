"""What a parent chooses in a bundle: papers added, some pages of a paper, pages turned, papers that come late."""

import pypdfium2

from casefile.library import Library
from casefile.progress import Silent
from casefile.services import bundles
from casefile.store.store import Store
from tests.conftest import TODAY


def test_papers_that_are_not_listed_can_be_added_and_the_index_shown(sample: Store, library: Library) -> None:
    """What is not listed is offered, goes to the end of its section, and then stands in the index as it will print."""
    made = bundles.compose(sample, library, "everything", TODAY, documents=[3, 11])
    offered = [paper.id for paper in bundles.addable(sample, made)]
    assert offered and not {3, 11} & set(offered)
    more = bundles.add_papers(sample, library, made, [offered[0] or 0], TODAY)
    assert len(more.items) == 3 and offered[0] not in [paper.id for paper in bundles.addable(sample, more)]
    pdf = bundles.index_paper(sample, library, more, TODAY, Silent())
    with pypdfium2.PdfDocument(pdf) as document:
        assert "Index" in document[0].get_textpage().get_text_range()
