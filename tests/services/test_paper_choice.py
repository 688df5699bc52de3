"""A4 sheets, room for binding, sections on right-hand pages, and the size of a file: held on odd sizes and turns."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from casefile.domain.paper_choice import PaperChoice, read_megabytes
from casefile.errors import Invalid
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import bundles, documents
from casefile.services.bundles import Exported
from casefile.services.importing import import_paths
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.printing.bundle import awkward


@pytest.fixture
def sample(printed_sample: Store) -> Store:
    """The sample case with its papers printed already: how they become pages is tested elsewhere."""
    return printed_sample


def odd_sizes() -> dict[str, bytes]:
    """Papers of many sizes and turns; each page carries a token and a mark at each corner."""
    return {
        "SMALL": awkward.plain("SMALL", size=(298, 420)), "LARGE": awkward.plain("LARGE", size=(1684, 2384)),
        "WIDE": awkward.plain("WIDE", size=(1191, 842)), "LETTER": awkward.plain("LETTER", size=(612, 792)),
        "RECEIPT": awkward.plain("RECEIPT", size=(200, 900)), "TURN90": awkward.rotated(90), "TURN180": awkward.rotated(180),
        "CROPPED": awkward.cropped(), "UNIT3": awkward.large_unit(), "PLAIN": awkward.plain("PLAIN"),
    }  # fmt: skip


def export(store: Store, library: Library, folder: Path, choice: PaperChoice, purpose: str = "everything") -> Exported:
    made = replace(bundles.compose(store, library, purpose, TODAY), paper=choice)
    return bundles.export(store, library, made, folder, Silent(), today=TODAY, now=NOW)


def given(store: Store, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    for name, data in odd_sizes().items():
        (tmp_path / "given" / f"{name}.pdf").write_bytes(data)
    import_paths(store, [tmp_path / "given"], Silent(), now=NOW)


@pytest.mark.parametrize("edge", [False, True])
def test_every_page_becomes_a4_and_holds_its_token(edge: bool, store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path)
    made = export(store, library, tmp_path / "out", PaperChoice(a4=True, edge=edge))
    assert made.checks["ok"], made.checks
    names = {paper.id: paper.name.removesuffix(".pdf") for paper in documents.all_documents(store)}
    with pypdfium2.PdfDocument(made.pdf[0]) as document:
        for page in document:
            wide, high = page.get_size()
            assert sorted((wide, high)) == pytest.approx([595.28, 841.89], abs=3.1)
        for row in made.inputs:
            name = names[row.document]
            page = document[row.from_page - 1]
            assert name in page.get_textpage().get_text_range().split()
            lying = page.get_width() > page.get_height()
            assert lying == (name in ("WIDE", "TURN90")) or name == "CROPPED"
            changed = "set on A4" in row.reason or "leave room for binding" in row.reason
            assert changed == (edge or name not in ("PLAIN", "TURN90", "TURN180"))
            if edge and not lying:
                text = page.get_textpage()
                at = text.get_text_range().index(name)
                assert text.get_charbox(at)[0] > 25 / 25.4 * 72


def test_the_room_for_binding_changes_sides_on_the_back_of_a_sheet(store: Store, library: Library, tmp_path: Path) -> None:
    """Dark pages show it: 25 mm at the left of a front and at the right of a back stay white, the other side does not."""
    (tmp_path / "given").mkdir()
    for name, pages in (("one", 3), ("two", 2), ("three", 4)):
        made = pikepdf.new()
        for _ in range(pages):
            with pikepdf.open(io.BytesIO(awkward.plain(name.upper()))) as whole:
                whole.pages[0].contents_add(f"0 g 0 0 595.28 841.89 re f % {name}".encode())
                made.pages.extend(whole.pages)
        made.save(tmp_path / "given" / f"{name}.pdf")
    import_paths(store, [tmp_path / "given"], Silent(), now=NOW)
    result = export(store, library, tmp_path / "out", PaperChoice(edge=True, two_sided=True))
    assert result.checks["ok"], result.checks
    sides = set()
    with pypdfium2.PdfDocument(result.pdf[0]) as document:
        for row in result.inputs:
            for number in range(row.from_page, row.to_page + 1):
                image = document[number - 1].render(scale=1, grayscale=True).to_pil().convert("L")
                dark = image.point([255 if shade < 128 else 0 for shade in range(256)]).crop((0, 0, image.width, 600)).getbbox()
                assert dark is not None
                left, right = dark[0] * 25.4 / 72, (image.width - dark[2]) * 25.4 / 72
                wide, narrow = (left, right) if number % 2 else (right, left)
                assert wide >= 24.5 and narrow < wide, (number, left, right)
                sides.add(number % 2)
    assert sides == {0, 1} and {row.from_page % 2 for row in result.inputs} == {0, 1}


def test_words_stay_upright_as_they_are_seen(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path)
    plain_, fitted = (export(store, library, tmp_path / name, PaperChoice(a4=on)) for name, on in (("a", False), ("b", True)))
    names = {paper.id: paper.name.removesuffix(".pdf") for paper in documents.all_documents(store)}
    with pypdfium2.PdfDocument(plain_.pdf[0]) as before, pypdfium2.PdfDocument(fitted.pdf[0]) as after:
        for old, new in zip(plain_.inputs, fitted.inputs, strict=True):
            looks = []
            for document, row in ((before, old), (after, new)):
                image = document[row.from_page - 1].render(scale=1, grayscale=True).to_pil().convert("L")
                body = image.crop((0, 0, image.width, round(image.height * 0.86))).point([255 if shade < 160 else 0 for shade in range(256)])
                left, top, right, bottom = body.getbbox() or (0, 0, 1, 1)
                looks.append((right - left) > (bottom - top))
            assert looks[0] == looks[1], names[old.document]


@pytest.mark.parametrize("purpose", ["everything", "family_court"])
def test_sections_begin_on_right_hand_pages_and_blanks_are_numbered(
    purpose: str, sample: Store, library: Library, tmp_path: Path
) -> None:
    if purpose not in {one.id for one in library.purposes}:
        purpose = next(one.id for one in library.purposes if one.numbering == "sections")
    made = export(sample, library, tmp_path / "out", PaperChoice(two_sided=True), purpose)
    assert made.checks["ok"], made.checks
    with pypdfium2.PdfDocument(made.pdf[0]) as document:
        words = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    blank = [at for at, said in enumerate(words) if "This page is left blank" in said]
    assert blank and all("Bundle page" in words[at] for at in blank)
    with pikepdf.open(made.pdf[0]) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        starts = [pages[one.destination[0].objgen] for one in outline.root]
    assert len(starts) > 3 and all(start % 2 == 0 for start in starts), starts


@pytest.mark.parametrize("two_sided", [False, True])
@pytest.mark.parametrize("purpose", ["everything", "complaint_stage_1", "family_court"])
def test_a_divider_stands_before_every_section_and_leads_back(
    two_sided: bool, purpose: str, sample: Store, library: Library, tmp_path: Path
) -> None:
    choice = PaperChoice(two_sided=two_sided, dividers=True)
    made = export(sample, library, tmp_path / "out", choice, purpose)
    assert made.checks["ok"], made.checks
    planned = bundles.plan(sample, library, replace(bundles.compose(sample, library, purpose, TODAY), paper=choice))
    assert planned.pages == made.pages
    reader = pypdf.PdfReader(made.pdf[0])
    words = [" ".join(page.extract_text().split()) for page in reader.pages]
    found = [at for at, said in enumerate(words) if "Back to the index" in said]
    sections = dict.fromkeys(item.section for item in bundles.compose(sample, library, purpose, TODAY).chosen)
    assert len(found) == len(sections)
    starts = {row.from_page - 1 for row in made.inputs}
    for at, section in zip(found, sections, strict=True):
        assert section in words[at] and at + (2 if two_sided else 1) in starts
        assert not two_sided or (at % 2 == 0 and "left blank" in words[at + 1])
        (link,) = (one.get_object() for one in reader.pages[at]["/Annots"])
        assert words[reader.get_page_number(link["/Dest"][0].get_object())].count("choose a title to go to it") == 1
    marks = [reader.get_destination_page_number(one) for one in reader.outline if not isinstance(one, list)]
    assert marks[-len(found) :] == found, "the bookmark of a section leads to its divider"


def test_index_and_chronology_in_large_print(sample: Store, library: Library, tmp_path: Path) -> None:
    """Every line is there in 18 points, its links hold, and nothing reaches into the corner of the number."""
    plain_, large = (export(sample, library, tmp_path / name, PaperChoice(large=on), "complaint_stage_1") for name, on in (("a", False), ("b", True)))
    assert large.checks["ok"] and large.pages > plain_.pages and len(large.inputs) == len(plain_.inputs)
    with pypdfium2.PdfDocument(large.pdf[0]) as document:
        own = large.inputs[0].from_page - 1
        words = " ".join(" ".join(document[at].get_textpage().get_text_range() for at in range(own)).split())
        for row in large.inputs:
            assert " ".join(row.title.split()) in words and row.mark in words
        index = document[1].get_textpage()
        at = index.get_text_range().index("E1")
        _, foot, _, top = index.get_charbox(at)
        assert top - foot > 10, "a capital letter of 18 points"
        for number in range(1, own):
            corner = document[number].get_textpage().get_text_bounded(left=210 / 25.4 * 72 - 75 / 25.4 * 72, bottom=0, right=596, top=22 / 25.4 * 72)
            assert corner.split() == ["Bundle", "page", str(number + 1)]


def test_a_print_shop_gets_a_file_of_every_section(sample: Store, library: Library, tmp_path: Path) -> None:
    made = export(sample, library, tmp_path / "out", PaperChoice(by_section=True, two_sided=True), "complaint_stage_1")
    assert made.checks["ok"] and all(one["holds"] for one in made.checks["sections"]) and not made.checks["volumes"]
    whole, *parts = made.pdf
    assert "part 1 Front pages" in parts[0].name and "The complaint" in parts[1].name

    def words(path: Path) -> list[str]:
        with pypdfium2.PdfDocument(path) as document:
            return [page.get_textpage().get_text_range() for page in document]

    assert [said for path in parts for said in words(path)] == words(whole)
    assert bundles.verify(made.folder)[0] == []
    again = export(sample, library, tmp_path / "out", PaperChoice(), "complaint_stage_1")
    assert len(again.pdf) == 1 and not any(path.exists() for path in parts), "those of the earlier export go"


def test_a_file_is_no_larger_than_was_chosen(store: Store, library: Library, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    for number in range(4):
        data = awkward.picture("JPEG", (1600, 2200), quality=100)
        noisy = io.BytesIO()
        from PIL import Image

        Image.effect_noise((1500, 2000), 90).convert("RGB").save(noisy, "JPEG", quality=60, comment=bytes([number]) + data[:4])
        (tmp_path / "given" / f"{number}.jpg").write_bytes(noisy.getvalue())
    import_paths(store, [tmp_path / "given"], Silent(), now=NOW)
    made = export(store, library, tmp_path / "out", PaperChoice(volume_mb=2))
    assert len(made.pdf) > 2 and all(path.stat().st_size <= 2_000_000 for path in made.pdf[1:])
    assert read_megabytes(" 20 MB") == 20 and read_megabytes("") == 0
    for words in ("many", "0", "3000"):
        with pytest.raises(Invalid):
            read_megabytes(words)
    # As many sections as volumes, side by side until all is in its place.
    both = export(store, library, tmp_path / "both", PaperChoice(volume_mb=4, by_section=True))
    assert both.checks["ok"] and len(both.checks["volumes"]) == len(both.checks["sections"]) == 2 and len(both.pdf) == 5
    assert bundles.verify(both.folder)[0] == []

