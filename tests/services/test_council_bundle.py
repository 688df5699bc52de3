"""A council's bundle made from the sample case's own papers: pages dropped, moved, stamped, scanned anew, and strange ones."""

import csv
import io
import random
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from casefile.domain.documents import Document
from casefile.errors import BadFile, NotFound
from casefile.library import Library, load
from casefile.progress import Cancelled, Silent
from casefile.services import bundles, council_bundle, council_limits
from casefile.services.importing import import_paths
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.printing.bundle.awkward import locked, plain


@dataclass
class Theirs:
    """A bundle being made: pages of ours, and for each of our papers where they ended up."""

    pdf: pikepdf.Pdf = field(default_factory=pikepdf.new)
    where: dict[int, list[int]] = field(default_factory=dict)
    sources: list[pikepdf.Pdf] = field(default_factory=list)

    def add(self, source: pikepdf.Pdf, at: int, document: int | None = None) -> None:
        self.sources.append(source)  # its pages are read when the bundle is written
        self.pdf.pages.append(source.pages[at])
        if document is not None:
            self.where.setdefault(document, []).append(len(self.pdf.pages))


def our_papers(store: Store) -> list[tuple[Document, pikepdf.Pdf]]:
    found = [paper for paper in store.find(Document, "id") if paper.type == "pdf" and paper.pages]
    return [(paper, pikepdf.open(store.originals.path_of(paper.sha256, "pdf"))) for paper in found]


def scanned(path: Path, at: int, degrees: float = 0.0, size: float = 1.0) -> pikepdf.Pdf:
    """A page as a machine would scan it: grey, a little askew, smaller, with dust and somebody's stamp, and no words."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[at]
        image = page.render(scale=150 / 72, grayscale=True).to_pil().convert("L").rotate(degrees, fillcolor=255)
    small = image.resize((int(image.width * size), int(image.height * size)))
    sheet = Image.new("L", image.size, 250)
    sheet.paste(small, ((image.width - small.width) // 2 + 8, (image.height - small.height) // 2 - 6))
    pen, chance = ImageDraw.Draw(sheet), random.Random(at)
    for _ in range(50):
        x, y = chance.randrange(sheet.width), chance.randrange(sheet.height)
        pen.ellipse((x, y, x + 2, y + 2), fill=90)
    pen.rectangle((sheet.width - 220, sheet.height - 110, sheet.width - 60, sheet.height - 60), fill=255, outline=0)
    target = io.BytesIO()
    sheet.save(target, "PDF", resolution=150)
    return pikepdf.open(target)


def test_dropped_moved_stamped_and_strange_pages_are_told(sample: Store, tmp_path: Path) -> None:
    made = Theirs()
    pages = [f"Page {page} of the review says this about {thing} and nothing else." for page, thing in enumerate(("speech", "maths", "play"), 1)]
    (tmp_path / "review.pdf").write_bytes(plain(*pages))
    import_paths(sample, [tmp_path / "review.pdf"], Silent(), now=NOW)
    papers = our_papers(sample)
    assert len(papers) > 5
    dropped, cut = papers[0][0], next((paper, pdf) for paper, pdf in papers if len(pdf.pages) > 2)
    made.add(pikepdf.open(io.BytesIO(plain("A letter that we never saw, about something else altogether, from them."))), 0)
    for paper, pdf in reversed(papers[1:]):
        for at in range(len(pdf.pages)):
            if paper is not cut[0] or at != 1:
                made.add(pdf, at, paper.id)
    made.pdf.add_blank_page()
    for number, page in enumerate(made.pdf.pages):
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name.CouncilStamp)
        if number < len(made.pdf.pages) - 1:
            page.contents_add(f"BT /CouncilStamp 14 Tf 500 20 Td (Bundle {number + 300}) Tj ET".encode())
    path = tmp_path / "their bundle.pdf"
    made.pdf.save(path)
    found = council_bundle.compare(sample, path, Silent())
    rows = {row.document: row for row in found.rows}
    assert found.pages == len(made.pdf.pages) and found.blank == (found.pages,) and found.not_ours == ((1, 1),)
    assert rows[dropped.id].state == "missing" and not rows[dropped.id].theirs
    assert rows[cut[0].id].state == "part" and rows[cut[0].id].lacking == (2,)
    for paper, _ in papers[1:]:
        assert set(made.where[paper.id]) <= set(rows[paper.id].theirs), paper.title
        if paper is not cut[0]:
            assert rows[paper.id].state == "all", paper.title
    table = list(csv.reader(io.StringIO(council_bundle.csv_of(found).decode("utf-8-sig"))))
    assert table[1][3] == "Not found" and len(table) == len(found.rows) + 2
    limits = council_limits.measure(sample, load(), found)
    pdf = council_bundle.pdf_of(sample, found, limits, TODAY)
    with pypdfium2.PdfDocument(pdf) as document:
        words = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert "What is in their bundle" in words and "Page 1 matches no paper of yours" in words


@pytest.mark.parametrize(("degrees", "size"), [(0.0, 1.0), (0.6, 0.97), (-1.0, 0.93)])
def test_pages_scanned_anew_are_known_by_their_looks(degrees: float, size: float, sample: Store, tmp_path: Path) -> None:
    made = Theirs()
    papers = our_papers(sample)
    for paper, pdf in papers[1:]:
        for at in range(len(pdf.pages)):
            made.add(scanned(sample.originals.path_of(paper.sha256, "pdf"), at, degrees, size), 0, paper.id)
    path = tmp_path / "scanned.pdf"
    made.pdf.save(path)
    found = council_bundle.compare(sample, path, Silent())
    rows = {row.document: row for row in found.rows}
    right = sum(1 for id_, pages in made.where.items() if set(rows[id_].theirs) == set(pages))
    assert right >= len(made.where) * 0.85, [(rows[id_].title, pages, rows[id_].theirs) for id_, pages in made.where.items()]
    assert all("only looks the same" in council_bundle.remark(row) for row in found.rows if row.seen)


def test_our_own_whole_bundle_holds_every_paper(sample: Store, library: Library, tmp_path: Path) -> None:
    made = bundles.compose(sample, library, "everything", TODAY)
    done = bundles.export(sample, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    found = council_bundle.compare(sample, done.pdf[0], Silent())
    inside = {row.document for row in done.inputs if row.state == "bundled"}
    lost = [row.title for row in found.rows if row.document in inside and row.state == "missing"]
    assert not lost
    assert found.count("all") >= 0.8 * len(inside)


def test_what_is_no_bundle_is_said(sample: Store, tmp_path: Path) -> None:
    (tmp_path / "note.pdf").write_bytes(b"no pdf")
    (tmp_path / "locked.pdf").write_bytes(locked("secret", "x"))
    with pytest.raises(BadFile, match="not really a PDF"):
        council_bundle.compare(sample, tmp_path / "note.pdf", Silent())
    with pytest.raises(BadFile, match="password"):
        council_bundle.compare(sample, tmp_path / "locked.pdf", Silent())
    with pytest.raises(NotFound):
        council_bundle.compare(sample, tmp_path / "nothing.pdf", Silent())

    class Stop:
        def step(self, text: str, done: int = 0, total: int = 0) -> None:
            raise Cancelled

    (tmp_path / "long.pdf").write_bytes(plain(*(f"Page {number}" for number in range(200))))
    with pytest.raises(Cancelled):
        council_bundle.compare(sample, tmp_path / "long.pdf", Stop())
