"""Right page in right place, with the right number on it: the awkward corpus, joined and read back by two others."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from casefile.printing.bundle import check
from casefile.printing.bundle.geometry import sheet, sheet_of
from casefile.printing.bundle.ink import surveyed
from casefile.printing.bundle.plan import Link, Mark, Plan, Stamp
from casefile.printing.bundle.source import Refused, opened
from tests.printing.bundle import awkward
from tests.printing.bundle.binding import bound, sheaf_of


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[tuple[float, ...]]]:
    """The whole corpus as one bundle: where it lies, the token of each page, the box of each number."""
    folder = tmp_path_factory.mktemp("corpus")
    papers, tokens, stamps = [], [], []
    for name, data in awkward.corpus().items():
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        corners, _ = surveyed(str(path), opened(str(path)).pdf)
        papers.append((path, len(tokens), {at for at, corner in enumerate(corners) if corner == "0"}))
        for number, corner in enumerate(corners):
            shown = {"TURN0": ("TURN0", "SECOND", "THIRD"), "LINKS1": ("LINKS1", "LINKS2", "LINKS3"), "TRUNCATED": ("TRUNCATED", "AFTER")}  # fmt: skip
            tokens.append(shown.get(name, (name,))[number])
            stamps.append(Stamp(str(len(tokens)), name, shrink=corner == "0"))
    target = folder / "bundle.pdf"
    plan = Plan("Title", "D:20261124000000Z", tuple(stamps), (Mark(0, "All", 0), Mark(1, "Last", len(tokens) - 1)))
    wrap: set[int] = set()
    for _ in range(2):
        sheaves = [sheaf_of(path, full | {page - first for page in wrap}) for path, first, full in papers]
        data, boxes = bound(sheaves, plan)
        target.write_bytes(data)
        found = check.read_back(str(target), [s.label for s in stamps], boxes, 0, lambda done, total: None)
        wrap = set(found.unread)
        if not wrap:
            break
    assert found.unread == () and found.broken == ()
    return target, tokens, boxes


def test_every_token_stands_on_its_page_and_nowhere_else(
    bundle: tuple[Path, list[str], list[tuple[float, ...]]],
) -> None:
    path, tokens, _ = bundle
    reader = pypdf.PdfReader(path)
    document = pypdfium2.PdfDocument(path)
    assert len(reader.pages) == len(document) == len(tokens)
    every = set(tokens)
    for number, token in enumerate(tokens):
        by_pdfium = document[number].get_textpage().get_text_range()
        found = {one for one in every if one in by_pdfium.split()}
        assert token in found, (number, token, by_pdfium)
        assert token in reader.pages[number].extract_text()
        assert str(number + 1) in by_pdfium.split()


def test_the_number_is_at_the_bottom_right_as_seen(bundle: tuple[Path, list[str], list[tuple[float, ...]]]) -> None:
    path, tokens, _ = bundle
    document = pypdfium2.PdfDocument(path)
    for number, token in enumerate(tokens):
        page = document[number]
        wide, high = page.get_size()
        scale = 600 / min(wide, high)
        seen = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        corner = seen.crop((int(seen.width * 0.6), int(seen.height * 0.85), seen.width, seen.height))
        darkest = corner.getextrema()[0]
        assert darkest < 90, (number, token)


def test_what_was_typed_is_kept_and_what_acts_or_tells_is_gone(
    bundle: tuple[Path, list[str], list[tuple[float, ...]]],
) -> None:
    path, tokens, _ = bundle
    page = pypdfium2.PdfDocument(path)[tokens.index("FORM")]
    layered = pypdfium2.PdfDocument(path)[tokens.index("LAYERED")].get_textpage().get_text_range()
    assert "SHOWNLAYER" in layered and "SECRET" not in layered
    assert "TYPEDVALUE" in page.get_textpage().get_text_range()
    with pikepdf.open(path) as pdf:
        assert (
            "/AcroForm" not in pdf.Root
            and "/OCProperties" not in pdf.Root
            and "/Names" not in pdf.Root
            and "/Metadata" not in pdf.Root
        )
        assert set(pdf.docinfo.keys()) == {"/Title", "/CreationDate"}
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Dictionary):
                assert not {"/A", "/AA", "/JS", "/EF", "/Metadata", "/OC"} & set(entry.keys())
        plain_text = io.BytesIO()
        pdf.save(plain_text, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"SECRET" not in plain_text.getvalue()


def test_links_inside_a_paper_still_lead_to_its_page_without_a_zoom(
    bundle: tuple[Path, list[str], list[tuple[float, ...]]],
) -> None:
    path, tokens, _ = bundle
    first = tokens.index("LINKS1")
    with pikepdf.open(path) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        targets = [annotation.Dest for annotation in pdf.pages[first].obj.Annots]
        assert len(targets) == 2
        for target in targets:
            assert pages.index(target[0].objgen) == tokens.index("LINKS3")
            assert str(target[1]) == "/XYZ" and target[4] is None


def test_the_front_door(bundle: tuple[Path, list[str], list[tuple[float, ...]]]) -> None:
    path, tokens, _ = bundle
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "en-GB" and pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert pdf.Root.OpenAction[4] == 1 and str(pdf.Root.PageMode) == "/UseOutlines"
        assert str(pdf.docinfo["/Title"]) == "Title"
    outline = pypdf.PdfReader(path).outline
    assert outline[0].title == "All" and outline[1][0].title == "Last"  # type: ignore[union-attr,index]
    reader = pypdf.PdfReader(path)
    assert reader.get_destination_page_number(outline[1][0]) == len(tokens) - 1  # type: ignore[index,arg-type]


def test_a_dark_page_is_made_smaller_and_a_white_one_is_not(tmp_path: Path) -> None:
    for name, data, free in (("dark", awkward.full_page(), "0"), ("white", awkward.plain("X"), "1")):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        assert surveyed(str(path), opened(str(path)).pdf)[0] == free


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (awkward.locked("secret", "owner"), "password"), (awkward.no_pages(), "no pages"), (b"%PDF-1.7\nnothing", "damaged"),
        (b"", "damaged"),
    ],
)  # fmt: skip
def test_what_cannot_become_pages_is_refused_with_a_reason(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    with pytest.raises(Refused, match=words):
        opened(str(path))


def test_a_cut_file_says_that_it_was_mended(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(awkward.plain("ONE", "TWO")[:-300])
    made = opened(str(path))
    assert made.repaired and made.pages == 2 and made.notes


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_places_as_seen_become_places_of_the_page(turn: int) -> None:
    made = sheet((10, 20, 110, 220), turn)
    assert (made.wide, made.high) == ((100, 200) if turn in (0, 180) else (200, 100))
    assert made.top_left == {0: (10, 220), 90: (10, 20), 180: (110, 20), 270: (110, 220)}[turn]


def test_an_empty_crop_box_counts_as_none() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 400))
    pdf.pages[0].obj.CropBox = pikepdf.Array([500, 500, 600, 600])
    assert sheet_of(pdf.pages[0]).wide == 300


def test_the_area_of_a_mark_takes_in_the_page_it_names(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(awkward.plain("see (E4, page 32) and (page 9 of E12) and (E5)", "next"))
    found = check.marks_on(str(path))
    assert [(mark, named) for _, mark, _, named in found] == [("E4", "32"), ("E12", "9"), ("E5", "")]
    wide = [box[2] - box[0] for _, _, box, _ in found]
    assert wide[0] > 3 * wide[2] and wide[1] > 3 * wide[2]


def test_a_link_area_on_a_letter_leads_where_the_plan_says(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(awkward.plain("see (E4) here", "next"))
    [(page, mark, box, named)] = check.marks_on(str(path))
    assert (page, mark, named) == (0, "E4", "")
    plan = Plan("T", "D:20261124000000Z", (Stamp("1"), Stamp("2")), (), (), (Link(0, box, 1),))
    target = tmp_path / "out.pdf"
    target.write_bytes(bound([sheaf_of(path)], plan)[0])
    found = check.read_back(str(target), ["1", "2"], [(0, 0, 600, 100)] * 2, 2, lambda done, total: None)
    assert found.links == ((0, 1),)


def test_equal_pages_give_equal_bytes(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(awkward.plain("X"))
    plan = Plan("T", "D:20261124000000Z", (Stamp("1", "A title"),), ())
    made = [bound([sheaf_of(path)], plan)[0] for _ in range(2)]
    assert made[0] == made[1]


def test_a_page_that_does_not_look_like_its_source_is_found(tmp_path: Path) -> None:
    for name, data in (("right", awkward.plain("X")), ("dark", awkward.full_page())):
        (tmp_path / name).write_bytes(data)
    right, dark = str(tmp_path / "right"), str(tmp_path / "dark")
    assert check.strange(right, [check.Sample(0, right, 0, False)]) == ()
    assert check.strange(right, [check.Sample(0, dark, 0, False)]) == (0,)
    assert check.strange(right, [check.Sample(0, dark, 0, True)]) == (0,)


def scanned(path: Path, photo: bytes, content: bytes, pages: int = 2, **about: object) -> str:
    """Pages that share one photo, each with the same content."""
    pdf = pikepdf.new()
    made = pdf.make_stream(photo, Filter=pikepdf.Name.DCTDecode, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    for key, value in {"Width": 600, "Height": 800, "ColorSpace": pikepdf.Name.DeviceGray, "BitsPerComponent": 8, **about}.items():
        made[f"/{key}"] = value
    for _ in range(pages):
        pdf.add_blank_page(page_size=(600, 800))
        pdf.pages[-1].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=made))
        pdf.pages[-1].obj.Contents = pdf.make_stream(content)
    pdf.save(path)
    return str(path)


def test_photos_of_the_same_bytes_are_compared_by_their_place_and_what_covers_them(tmp_path: Path) -> None:
    photos = []
    for shade in ("white", "black"):
        target = io.BytesIO()
        sheet = Image.new("L", (600, 800), "white")
        sheet.paste(shade, (0, 0, 600, 400))
        sheet.save(target, "JPEG")
        photos.append(target.getvalue())
    upright = b"q 600 0 0 800 0 0 cm /Photo Do Q"
    source = scanned(tmp_path / "source.pdf", photos[1], upright)
    # The first sample is compared with its photo drawn, the second by the bytes of its photo.
    samples = [check.Sample(page, source, page, False) for page in (0, 1)]
    assert check.strange(scanned(tmp_path / "same.pdf", photos[1], upright), samples) == ()
    assert check.strange(source, [*samples, *samples, *samples, *samples, *samples]) == (), "pages that share a photo"
    other = {
        "another photo": (photos[0], upright),
        "upside down": (photos[1], b"q -600 0 0 -800 600 800 cm /Photo Do Q"),
        "smaller": (photos[1], b"q 400 0 0 500 0 0 cm /Photo Do Q"),
        "covered": (photos[1], upright + b" 1 g 0 200 600 600 re f"),
        "not drawn": (photos[1], b""),
    }
    for name, (photo, content) in other.items():
        assert check.strange(scanned(tmp_path / f"{name}.pdf", photo, content), samples) == (0, 1), name
    lost = scanned(tmp_path / "lost.pdf", photos[1], upright, Decode=pikepdf.Array([1, 0]))
    assert 0 in check.strange(lost, samples), "what the bytes of a photo cannot show is seen where it is drawn"


def test_areas_are_drawn_for_a_photo_of_the_same_bytes_and_the_pages_found_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = io.BytesIO()
    Image.new("L", (600, 800), "black").save(target, "JPEG")
    source = scanned(tmp_path / "source.pdf", target.getvalue(), b"q 600 0 0 800 0 0 cm /Photo Do Q")
    shades: list[float] = []
    alike = check._alike

    def noted(made: Any, old: Any, shrunk: bool) -> bool:
        shades.append(ImageStat.Stat(made.render(scale=0.1).to_pil().convert("L")).mean[0])
        return alike(made, old, shrunk)

    monkeypatch.setattr(check, "_alike", noted)
    assert check.strange(source, [check.Sample(page, source, page, False) for page in (0, 1)]) == ()
    assert shades[0] < 10 and 60 < shades[1] < 180 and len(shades) == 2


def test_bound_pages_have_the_words_size_and_turn_of_their_papers(tmp_path: Path) -> None:
    """Whatever a page inherits from above; above its number it also looks the same, dot for dot."""
    papers = []
    for name, data in awkward.corpus().items():
        papers.append(tmp_path / f"{name}.pdf")
        papers[-1].write_bytes(data)
    sheaves = [sheaf_of(path) for path in papers]
    stamps = tuple(Stamp(str(number + 1)) for number in range(sum(len(one.leaves) for one in sheaves)))
    number = compared = 0
    with pypdfium2.PdfDocument(bound(sheaves, Plan("T", "D:20261124000000Z", stamps, ()))[0]) as document:
        for path, sheaf in zip(papers, sheaves, strict=True):
            first, number = number, number + len(sheaf.leaves)
            # A form or a layer was settled, or damage mended.
            if path.stem in ("FORM", "LAYERED", "TRUNCATED"):
                continue
            with pypdfium2.PdfDocument(path) as source:
                for at in range(len(sheaf.leaves)):
                    page, old = document[first + at], source[at]
                    assert (page.get_size(), page.get_rotation()) == (old.get_size(), old.get_rotation()), path.stem
                    seen = [one.render(scale=0.5).to_pil().convert("L") for one in (page, old)]
                    upper = (0, 0, seen[0].width, int(seen[0].height * 0.85))
                    difference = ImageChops.difference(*(one.crop(upper) for one in seen))
                    assert ImageStat.Stat(difference).mean[0] < 1, path.stem
                    compared += 1
    assert compared > 12


@pytest.mark.parametrize("left", [b"50 50 m 550 60 l 560 800 l 40 780 l", b"20 20 560 800 re", b"50 50 m 550 60 l 560 800 l h W"])
def test_what_damaged_content_leaves_open_is_not_painted_with_the_number(tmp_path: Path, left: bytes) -> None:
    """A page that breaks off in the middle of a drawing keeps all that stood on it before."""
    path = tmp_path / "broken.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(600, 850))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"0.2 g 100 400 300 300 re f 1 0 0 rg\n" + left)
    pdf.save(path)
    data, _ = bound([sheaf_of(path)], Plan("T", "D:20261124000000Z", (Stamp("1", "A title"),), ()))
    with pypdfium2.PdfDocument(path) as source, pypdfium2.PdfDocument(data) as made:
        pair = [one[0].render(scale=0.5).to_pil().convert("RGB").crop((0, 0, 300, 360)) for one in (source, made)]
        assert ImageChops.difference(*pair).getbbox() is None
        assert "1" in made[0].get_textpage().get_text_range().split()
