"""Pictures and mails on paper: upright, whole, without what a camera or a person wrote into the file."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from casefile.domain.blocks import Grid, Paragraph, Picture, Run
from casefile.printing.bundle.convert import picture_pages
from casefile.printing.bundle.jpeg import without_notes
from casefile.printing.bundle.source import Refused
from casefile.printing.bundle.tree import Told, tree_pages
from tests.printing.bundle import awkward


def shown(data: bytes, page: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(data)[page].render(scale=1).to_pil().convert("RGB")


def test_a_photo_lying_on_its_side_stands_upright_and_tells_nothing() -> None:
    data, notes, mended = picture_pages(awkward.camera_photo(), "jpeg")
    assert not notes and not mended and b"SECRET" not in data
    picture = shown(data)
    assert picture.height > picture.width
    red = [
        y
        for y in range(picture.height)
        if picture.getpixel((picture.width // 2, y))[0] > 200 > picture.getpixel((picture.width // 2, y))[1] + 100
    ]  # type: ignore[index]
    assert red and max(red) < picture.height / 2


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_turn_of_a_camera_comes_out_as_pillow_turns_it(turn: int) -> None:
    from PIL import ImageOps

    image = Image.new("RGB", (320, 200), "white")
    image.paste("red", (0, 0, 160, 100))
    image.paste("blue", (160, 100, 320, 200))
    exif = Image.Exif()
    exif[0x112] = turn
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif, quality=95)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(target.getvalue())))
    assert upright is not None
    page = shown(picture_pages(target.getvalue(), "jpeg")[0])
    box = Image.eval(page.convert("L"), lambda v: 255 if v < 200 else 0).getbbox()
    assert box is not None
    cut = page.crop(box).resize(upright.size)
    for x, y in ((0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)):
        place = (int(upright.width * x), int(upright.height * y))
        assert all(abs(a - b) < 60 for a, b in zip(cut.getpixel(place), upright.getpixel(place), strict=True)), (
            turn,
            x,
            y,
        )  # type: ignore[arg-type]


def test_a_jpeg_is_taken_over_bit_for_bit_but_for_its_notes() -> None:
    photo = awkward.camera_photo()
    bare = without_notes(photo)
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(photo)).tobytes()
    data, _, _ = picture_pages(photo, "jpeg")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes() == bare


def test_what_is_see_through_becomes_white() -> None:
    picture = shown(picture_pages(awkward.clear_png(), "png")[0])
    assert picture.getpixel((10, 10)) == (255, 255, 255)
    assert (255, 0, 0) in {
        picture.getpixel((x, y)) for x in range(0, picture.width, 9) for y in range(0, picture.height, 9)
    }


def test_every_page_of_a_tiff_becomes_a_page() -> None:
    assert len(pypdfium2.PdfDocument(picture_pages(awkward.tiff(4), "tiff")[0])) == 4


@pytest.mark.parametrize("turn", [6, 8])
def test_a_scan_of_several_turned_pages_stands_upright_on_each(turn: int) -> None:
    image = Image.new("RGB", (600, 400), "white")
    image.paste("red", (0, 0, 100, 400))
    target = io.BytesIO()
    image.save(target, "TIFF", tiffinfo={274: turn}, save_all=True, append_images=[image])
    data = picture_pages(target.getvalue(), "tiff")[0]
    assert len(pypdfium2.PdfDocument(data)) == 2
    for page in (0, 1):
        assert shown(data, page).getpixel((297, 60 if turn == 6 else 470)) == (255, 0, 0)


def test_a_phone_photo_stands_upright_and_tells_nothing() -> None:
    data, notes, mended = picture_pages(awkward.heic(), "heic")
    picture = shown(data)
    assert not notes and not mended and b"SECRET" not in data and picture.height > picture.width
    red, green, _ = picture.getpixel((297, 60))  # type: ignore[misc]
    assert red > 200 > green + 100


@pytest.mark.parametrize("kind", ["BMP", "GIF", "WEBP", "PNG"])
def test_other_kinds_of_picture(kind: str) -> None:
    data, _, _ = picture_pages(awkward.picture(kind), kind.lower())
    assert len(pypdfium2.PdfDocument(data)) == 1


def test_a_picture_whose_end_is_missing_is_shown_as_far_as_it_goes() -> None:
    noise = Image.effect_noise((500, 500), 90)
    target = io.BytesIO()
    noise.save(target, "JPEG")
    _, notes, mended = picture_pages(target.getvalue()[:-20_000], "jpeg")
    assert mended and "missing" in notes[0]
    with pytest.raises(Refused):
        picture_pages(b"\xff\xd8\xff\xe0nothing", "jpeg")


def test_the_foot_of_a_picture_page_is_left_for_the_number() -> None:
    page = shown(picture_pages(awkward.picture("PNG", (3000, 4500)), "png")[0])
    strip = page.crop((0, page.height - 70, page.width, page.height))
    assert strip.getextrema() == ((255, 255), (255, 255), (255, 255))


def test_a_mail_shows_its_head_its_words_its_table_and_what_came_with_it() -> None:
    blocks = (
        Paragraph((Run("Dear <b>Nadia</b> & all"),)), Paragraph((Run("Heading"),), "heading", 1), Paragraph((Run("one"),), "item"),
        Grid((("Day", "Minutes"), ("Monday", "30")), 1), Picture(awkward.picture("PNG", (40, 40)), 40, 40),
        Paragraph((Run("Привіт"),)), Paragraph((Run("漢字"),)), Paragraph((Run("word " * 4000),)),
    )  # fmt: skip
    data, notes = tree_pages(
        Told("Mail", (("From", "A <a@b.example>"), ("Subject", "x" * 5000)), blocks, ("plan.pdf (E3)",))
    )
    document = pypdfium2.PdfDocument(data)
    text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    for words in ("Dear <b>Nadia</b> & all", "a@b.example", "plan.pdf (E3)", "Minutes", "Привіт"):
        assert words in text
    assert "U+6F22" in notes[0] and len(document) > 3


def test_a_table_wider_than_paper_and_a_cell_taller_than_a_page_still_print() -> None:
    wide = Grid((tuple(f"c{n}" for n in range(30)),))
    tall = Grid((("head", "x"), ("line\n" * 200, "y")), 1)
    data, _ = tree_pages(Told("t", (), (wide, tall)))
    assert len(pypdfium2.PdfDocument(data)) >= 3


def test_an_empty_mail_is_a_page_that_says_so() -> None:
    assert len(pypdfium2.PdfDocument(tree_pages(Told(""))[0])) == 1
