"""Reading the words in pictures of text, in the limited child: scans, photos, pages that lie on their side, and nothing at all."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from casefile.domain.scans import FULL, PageScan, page_scan
from casefile.readers import Unreadable, scan
from casefile.readers.process import ReaderProcess
from tests.readers import making
from tests.readers.drawing import LETTER, drawn, errors, jpeg, needs_scans, png, scanned_pdf, shaded

pytestmark = needs_scans


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    """One child for all the tests here, as the reading of many scans uses it."""
    with ReaderProcess() as made:
        yield made


def test_a_clean_scan_is_read_to_the_letter_with_its_lines_and_places(reader: ReaderProcess) -> None:
    found = reader.scan(scanned_pdf(Image.new("L", (1240, 1754), 255), drawn()), 1)
    assert errors(LETTER, found.text) < 0.01 and found.turn == 0
    assert "12 May 2026\n" in found.text
    first = found.words[0]
    assert first.text == "Kestrel" and first.sure > 80
    assert 110 / 1240 * FULL - 60 < first.left < 110 / 1240 * FULL + 60
    assert 130 / 1754 * FULL - 10 < first.top < first.bottom < (130 + 45) / 1754 * FULL


def test_a_shadow_across_a_photo_costs_no_words(reader: ReaderProcess) -> None:
    photo = jpeg(shaded(drawn()))
    assert errors(LETTER, reader.scan(photo, 0).text) < 0.02


def test_without_levelling_the_shadow_would_cost_most_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_levelled", lambda grey: grey)
    assert errors(LETTER, scan.scan(jpeg(shaded(drawn())), "jpeg", 0).text) > 0.3


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_read_and_told_so(turn: int, reader: ReaderProcess) -> None:
    page = drawn()
    found = reader.scan(png(page.rotate(turn, expand=True)), 0)
    # PIL turns the other way round, so turning clockwise by as much sets it right again.
    assert errors(LETTER, found.text) < 0.01 and found.turn == turn
    first = found.words[0]
    across = {90: (first.left, 130 / 1754), 180: (FULL - first.right, 110 / 1240), 270: (FULL - first.right, 130 / 1754)}[turn]
    assert abs(across[0] - across[1] * FULL) < 120


def test_a_photo_is_read_as_its_camera_was_held(reader: ReaderProcess) -> None:
    held = jpeg(drawn().rotate(90, expand=True), turn=6)
    found = reader.scan(held, 0)
    assert found.turn == 0 and errors(LETTER, found.text) < 0.01


def test_two_columns_are_read_one_after_the_other(reader: ReaderProcess) -> None:
    left = "Needs are met at\nthe local school\nby trained staff\nevery single day\nof the week with\nno other support"
    right = "Therapy is given\nonce a fortnight\nby an assistant\nwho was trained\nby the therapist\nin the summer"
    page = drawn(left, at=(110, 130))
    page.paste(drawn(right, page=(560, 1754), at=(20, 130)), (680, 0))
    words = " ".join(reader.scan(png(page), 0).text.split())
    assert words.index("no other support") < words.index("Therapy is given") and "once a fortnight by an assistant" in words


@pytest.mark.parametrize(
    "page",
    [
        Image.new("L", (1240, 1754), 255), Image.new("L", (1240, 1754), 140), Image.effect_noise((620, 877), 90),
        Image.radial_gradient("L").resize((900, 900)), Image.new("L", (20, 20), 0),
    ],
    ids=["white", "grey", "noise", "a shape", "tiny"],
)  # fmt: skip
def test_what_holds_no_words_gives_none(page: Image.Image, reader: ReaderProcess) -> None:
    assert reader.scan(png(page), 0) == PageScan()


def test_a_drawing_with_a_scribble_gives_none(reader: ReaderProcess) -> None:
    page = Image.new("L", (900, 900), 255)
    pen = ImageDraw.Draw(page)
    for step in range(0, 800, 23):
        pen.line((step, 40 + step % 190, 850 - step // 3, 820 - step % 310), fill=30, width=5)
    assert reader.scan(png(page), 0).words == ()


def test_what_cannot_be_opened_is_told_and_the_reader_goes_on(reader: ReaderProcess) -> None:
    with pytest.raises(Unreadable, match="no page 3"):
        reader.scan(making.pdf("One", "Two"), 2)
    with pytest.raises(Unreadable, match="damaged"):
        reader.scan(b"\xff\xd8\xff\xe0" + bytes(200), 0)
    with pytest.raises(Unreadable):
        reader.scan(making.huge_png(), 0)
    assert "Kestrel" in reader.scan(png(drawn()), 0).text


def test_what_was_read_is_kept_and_comes_back_the_same(reader: ReaderProcess) -> None:
    found = reader.scan(png(drawn("She said “no”\nand left early today", size=40)), 0)
    assert found.words and page_scan(found.turn, found.kept()) == found


def test_a_name_that_no_dictionary_holds_is_kept_though_it_is_called_unsure(reader: ReaderProcess) -> None:
    letter = Path(__file__).parents[2] / "resources" / "sample" / "papers" / "bus pass letter.pdf"
    words = {word.text: word.sure for word in reader.scan(letter.read_bytes(), 0).words}
    assert words["Amina's"] < 70 < words["December"]


def test_papers_of_others(reader: ReaderProcess, papers: Path) -> None:
    """Pictures that others made: what they say is known from the pictures themselves."""
    known = {"testOCR.jpg": "Apache Tika OCR Testing", "testOCR.pdf": "Happy New Year 2003!", "testTIFF_multipage.tif": "Multipage TIFF"}
    for name, words in known.items():
        assert words in " ".join(reader.scan((papers / name).read_bytes(), 0).text.split()), name
    for name in ("court-exif.jpg", "testJPEG_GEO.jpg", "498264.pdf"):
        assert reader.scan((papers / name).read_bytes(), 0).words == (), name


def test_a_scan_of_a_book_agrees_with_the_words_its_maker_put_into_it(reader: ReaderProcess, papers: Path) -> None:
    import pypdfium2

    data = (papers / "Seige_of_Vicksburg_Sample_OCR.pdf").read_bytes()
    theirs = pypdfium2.PdfDocument(io.BytesIO(data))[0].get_textpage().get_text_range()
    assert errors(theirs, reader.scan(data, 0, typed=True).text) < 0.04
    # Asked for what is in the picture alone, it gives none of the words that stand under it already, but where it reads otherwise.
    assert len(reader.scan(data, 0).words) < 0.05 * len(theirs.split())
