"""Scans in a bundle: their words can be searched where they stand, look as before, and what is hidden is covered in them too."""

import hashlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from casefile.domain.bundles import Bundle
from casefile.domain.redaction import Finder, HiddenWords, Hiding, with_words
from casefile.errors import BadFile
from casefile.library import Library
from casefile.progress import Silent
from casefile.readers.process import ReaderProcess
from casefile.services import bundles, council_bundle, hiding, scans
from casefile.services.bundle_scans import READ, searchable_words
from casefile.services.bundles import Exported
from casefile.services.importing import import_paths
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.readers.drawing import drawn, jpeg, needs_scans, scanned_pdf, stamped_pdf

pytestmark = [needs_scans, pytest.mark.usefixtures("reads_scans")]


def given(store: Store, folder: Path, *, read: bool = True, **files: bytes) -> None:
    """Files put into the case and read; a name that ends in _jpg is that of a photo."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / (name.replace("_jpg", ".jpg") if name.endswith("_jpg") else f"{name}.pdf")).write_bytes(data)
    import_paths(store, [folder], Silent(), now=NOW)
    if read:
        scans.read_scans(store, Silent(), now=NOW)


def composed(store: Store, library: Library) -> Bundle:
    return bundles.compose(store, library, "everything", TODAY)


def export(store: Store, library: Library, folder: Path, bundle: Bundle | None = None) -> Exported:
    return bundles.export(store, library, bundle or composed(store, library), folder, Silent(), today=TODAY, now=NOW)


def pages_with(path: Path, word: str) -> list[int]:
    """The pages (0 is the first) on which PDFium and pypdf both find a word."""
    with pypdfium2.PdfDocument(path) as document:
        one = {at for at in range(len(document)) if word in document[at].get_textpage().get_text_range()}
    other = {at for at, page in enumerate(pypdf.PdfReader(path).pages) if word in (page.extract_text() or "")}
    assert one == other, (word, one, other)
    return sorted(one)


def ink_under(path: Path, at: int, word: str) -> float:
    """How much darker than the paper it is where the first letters of a word are said to stand on a page."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[at]
        text = page.get_textpage()
        start = text.get_text_range().index(word)
        boxes = [text.get_charbox(start + step, loose=True) for step in range(len(word))]
        left, foot = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
        picture = page.render(scale=2, grayscale=True).to_pil()
        x0, y0, width, height = *page.get_cropbox()[:2], *page.get_size()
        turn = page.get_rotation()
        assert turn == 0
        part = picture.crop((int((left - x0) * 2), int((height - (top - y0)) * 2), int((right - x0) * 2) + 1, int((height - (foot - y0)) * 2) + 1))
        dark = sum(part.histogram()[:110]) / max(1, part.width * part.height)
        return dark if width else 0.0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_of_a_scan_are_found_where_they_stand(turn: int, store: Store, library: Library, tmp_path: Path) -> None:
    page = drawn().rotate(turn, expand=True)
    given(store, tmp_path / "given", scan=scanned_pdf(page), IMG_0004_jpg=jpeg(page))
    made = export(store, library, tmp_path / "out")
    assert made.checks["ok"]
    told = made.checks["searchable"]
    assert told["pictures"] == [] and told["read_from_pictures"] == [one.from_page for one in made.inputs]
    assert all(READ in one.reason for one in made.inputs)
    assert searchable_words(told) == [f"Pages {made.pages - 1} to {made.pages} with words read from a picture, which may be wrong."]
    found = pages_with(made.pdf[0], "mediation")
    assert len(found) == 2
    for at in found:
        for word in ("Kestrel", "mediation", "casework"):
            assert 0.04 < ink_under(made.pdf[0], at, word) < 0.6, (turn, at, word)


def test_pages_look_as_before_and_the_same_case_gives_the_same_bytes(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "given", read=False, scan=scanned_pdf(drawn(), drawn("Second page of the scan\nwith a few words")), IMG_0004_jpg=jpeg(drawn()))
    bundle = composed(store, library)
    plain = export(store, library, tmp_path / "plain", bundle)
    assert pages_with(plain.pdf[0], "mediation") == [] and len(plain.checks["searchable"]["pictures"]) == 3
    scans.read_scans(store, Silent(), now=NOW)
    one, two = (export(store, library, tmp_path / name, bundle) for name in ("one", "two"))
    assert hashlib.sha256(one.pdf[0].read_bytes()).digest() == hashlib.sha256(two.pdf[0].read_bytes()).digest()
    assert len(pages_with(one.pdf[0], "mediation")) == 2 and one.pages == plain.pages
    with pypdfium2.PdfDocument(plain.pdf[0]) as before, pypdfium2.PdfDocument(one.pdf[0]) as after:
        for at in range(len(before)):
            shown = [document[at].render(scale=1).to_pil().tobytes() for document in (before, after)]
            assert shown[0] == shown[1], f"page {at + 1} looks otherwise"


def test_words_follow_pages_that_are_chosen_turned_and_set_on_a4(store: Store, library: Library, tmp_path: Path) -> None:
    lying = drawn("The page that lies\non its side", size=50).rotate(90, expand=True)
    given(store, tmp_path / "given", scan=scanned_pdf(drawn("Only the first page\nhas the heron", size=50), lying, drawn("The last page\nnames a plover", size=50)))
    bundle = composed(store, library)
    items = tuple(replace(item, only="2-3", turned="2:90") for item in bundle.items)
    bundle = replace(bundle, items=items, paper=replace(bundle.paper, a4=True))
    made = export(store, library, tmp_path / "out", bundle)
    assert pages_with(made.pdf[0], "heron") == []
    (lies,), (last,) = pages_with(made.pdf[0], "lies"), pages_with(made.pdf[0], "plover")
    assert last == lies + 1 and 0.04 < ink_under(made.pdf[0], last, "plover") < 0.6 and made.checks["ok"]


@pytest.mark.parametrize("turn", [0, 90])
def test_a_scan_under_a_stamp_has_each_word_once_where_it_stands(turn: int, store: Store, library: Library, tmp_path: Path) -> None:
    under = drawn("Kestrel County Council\nThe plover page", size=50)
    stamped = stamped_pdf(under if not turn else under.rotate(turn, expand=True), "Wagtail 000123", turn=turn)
    other = stamped_pdf(drawn("Speech therapy\nfor Robin", size=60, at=(60, 1560)), "Speech therapy", hidden=True, size=20, at=(20, 47))
    given(store, tmp_path / "given", read=False, stamped=stamped, other=other)
    bundle = composed(store, library)
    before = export(store, library, tmp_path / "before", bundle)
    assert len(before.checks["searchable"]["pictures"]) == 2 and len(pages_with(before.pdf[0], "Wagtail")) == 1
    scans.read_scans(store, Silent(), now=NOW)
    made = export(store, library, tmp_path / "out", bundle)
    assert made.checks["ok"] and made.pages == before.pages
    assert made.checks["searchable"] == {"pictures": [], "read_from_pictures": before.checks["searchable"]["pictures"]}
    (at,) = pages_with(made.pdf[0], "Wagtail")
    assert pages_with(made.pdf[0], "plover") == [at]
    (second,) = pages_with(made.pdf[0], "therapy")
    with pypdfium2.PdfDocument(made.pdf[0]) as document, pypdfium2.PdfDocument(before.pdf[0]) as old:
        words = document[at].get_textpage().get_text_range()
        assert [words.count(word) for word in ("Wagtail", "000123", "Kestrel County Council", "plover")] == [1, 1, 1, 1]
        words = document[second].get_textpage().get_text_range()
        assert [words.count(word) for word in ("Speech", "therapy", "Robin")] == [1, 1, 1]
        for page in (at, second):
            assert document[page].render(scale=1).to_pil().tobytes() == old[page].render(scale=1).to_pil().tobytes()
    if not turn:
        assert 0.04 < ink_under(made.pdf[0], at, "plover") < 0.6


def test_what_is_hidden_is_covered_under_a_stamp_and_in_the_stamp(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "given", scan=stamped_pdf(drawn(), "Wagtail to Robin Field on 3 June", size=12))
    made = export(store, library, tmp_path / "out", hidden(store, library, "Robin"))
    assert made.checks["ok"] and made.checks["hidden"]["places"] == 3 and made.checks["hidden"]["pages_read_back"] == 1
    (at,) = pages_with(made.pdf[0], "mediation")
    assert pages_with(made.pdf[0], "Wagtail") == [at] and pages_with(made.pdf[0], "Robin") == []
    seen = read_off(made.pdf[0], at)
    assert "mediation" in seen and "Wagtail" in seen and "Robin" not in seen


def test_a_bundle_of_typed_papers_has_no_such_words(store: Store, library: Library, tmp_path: Path) -> None:
    from tests.services.test_bundle_choices import paper

    given(store, tmp_path / "given", typed=paper("Wagtail", 2))
    made = export(store, library, tmp_path / "out")
    assert b"CfScan" not in made.pdf[0].read_bytes() and made.checks["searchable"] == {"pictures": [], "read_from_pictures": []}


def hidden(store: Store, library: Library, *words: str) -> Bundle:
    """All papers, with words hidden."""
    hide = Hiding()
    for one in words:
        hide = with_words(hide, one)
    return replace(composed(store, library), hiding=hide)


def read_off(path: Path, page: int) -> str:
    """What a reader of pictures sees on a page (0 is the first) of a bundle."""
    with pypdfium2.PdfDocument(path) as document:
        picture = document[page].render(scale=3, grayscale=True).to_pil()
    out = BytesIO()
    picture.save(out, "PNG")
    with ReaderProcess() as reader:
        return reader.scan(out.getvalue(), 0).text


def test_what_is_hidden_is_covered_in_scans_and_the_rest_can_be_searched(store: Store, library: Library, tmp_path: Path) -> None:
    """Also in scans that were not read yet, in photos, and on pages that lie on their side."""
    page = drawn()
    given(store, tmp_path / "given", read=False, scan=scanned_pdf(page), side=scanned_pdf(page.rotate(90, expand=True)), IMG_0004_jpg=jpeg(page))
    made = export(store, library, tmp_path / "out", hidden(store, library, "Robin", "01632 960123"))
    assert made.checks["ok"] and made.checks["hidden"]["papers"] == 3 and made.checks["hidden"]["places"] == 9
    assert made.checks["hidden"]["pages_read_back"] == 3 and made.checks["hidden"]["nowhere"] == []
    assert any("handwriting" in words for words in searchable_words(made.checks["searchable"], hiding=True))
    covered = pages_with(made.pdf[0], "mediation")
    assert len(covered) == 3 and pages_with(made.pdf[0], "Robin") == pages_with(made.pdf[0], "960123") == []
    finder = Finder([HiddenWords("Robin"), HiddenWords("01632 960123"), HiddenWords("obin"), HiddenWords("60123")])
    for at in covered:
        seen = read_off(made.pdf[0], at)
        assert "mediation" in seen and finder.places(seen) == [], seen


def test_a_page_is_shown_covered_and_where_words_stand_is_told(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "given", scan=scanned_pdf(drawn()))
    bundle = hidden(store, library, "Robin")
    (offered,) = hiding.outlook(store, bundle)
    assert offered.places == 2 and offered.hits[0].page == 1
    shown, _ = hiding.page_as_it_will_be(store, bundle, bundle.items[0].key, 0, 1240)
    with_it, _ = hiding.page_as_it_will_be(store, composed(store, library), bundle.items[0].key, 0, 1240)
    black = [sum(one.rgb.count(0) for one in (drawn_,)) for drawn_ in (shown, with_it)]
    assert black[0] > black[1] + 1000
    assert {"Kestrel", "01632"} & {one.words.split()[0] for one in hiding.suggested(store, bundle)}


def test_covered_pages_are_read_back_once_for_the_same_choice(
    store: Store, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(store, tmp_path / "given", scan=scanned_pdf(drawn()))
    bundle = hidden(store, library, "Robin")
    one = export(store, library, tmp_path / "one", bundle)

    def refuse(*_: object) -> None:
        raise AssertionError("read twice")

    monkeypatch.setattr(ReaderProcess, "scan", refuse)
    two = export(store, library, tmp_path / "two", bundle)
    assert one.pdf[0].read_bytes() == two.pdf[0].read_bytes() and two.checks["hidden"]["pages_read_back"] == 1


def typed_with_a_picture(folder: Path) -> bytes:
    """A typed page that names somebody, with a picture on it in which the name stands once more."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 760, "This note is about Robin Field and the help that is needed.")
    canvas.drawImage(ImageReader(drawn("A drawing by\nRobin Field", size=60, page=(900, 500), at=(60, 60))), 72, 300, 400, 222)
    canvas.save()
    folder.mkdir(exist_ok=True)
    return out.getvalue()


def test_a_name_that_still_shows_in_a_picture_stops_the_bundle(store: Store, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(store, tmp_path / "given", typed=typed_with_a_picture(tmp_path / "given"))
    bundle = hidden(store, library, "Robin")
    with pytest.raises(BadFile, match=r"“Robin” can still be read in a picture on page 1"):
        export(store, library, tmp_path / "out", bundle)
    assert not (tmp_path / "out").exists()
    monkeypatch.setattr(scans, "available", lambda: False)
    made = export(store, library, tmp_path / "out", bundle)
    assert made.checks["hidden"]["pages_read_back"] == 0


def test_scans_are_known_in_the_bundle_of_a_council_by_their_words(store: Store, library: Library, tmp_path: Path) -> None:
    """A photo has no looks to compare; its words, read here and carried there, tell it."""
    given(store, tmp_path / "given", scan=scanned_pdf(drawn()), IMG_0004_jpg=jpeg(drawn("The second paper speaks of transport\nby taxi to the school at Harbour Lane\nfrom the first day of the summer term\nand of a person who travels along")))
    theirs = export(store, library, tmp_path / "out")
    found = council_bundle.compare(store, theirs.pdf[0], Silent())
    assert [row.state for row in found.rows] == ["all", "all"] and all(row.theirs and not row.seen for row in found.rows)
