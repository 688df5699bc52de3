"""Pages that are a picture with a few typed words over it: told from letters, and read without the words that are typed."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from casefile.domain.scans import after_reading, some_stamped, some_to_read
from casefile.readers import pdf
from casefile.readers.process import ReaderProcess
from tests.readers import making
from tests.readers.drawing import FONT, LETTER, drawn, errors, needs_scans, scanned_pdf, shaded, stamped_pdf

A_LETTER = """Kestrel County Council
Harbour House, Quay Street
12 May 2026
Dear Ms Field
Thank you for your email of 3 May. We have asked Mr Patel for his report
and will write to you again by 1 June. Please call if you have questions.
Yours sincerely
Jo Marsh, casework officer""".splitlines()
STAMPS = {
    "a number for the page": ["KCC-SAR-000123   Page 3 of 17"],
    "a line of the scanner": ["Scanned with CamScanner"],
    "a line of a fax machine": ["12/05/2026 14:32  FROM: KESTREL COUNTY COUNCIL  TO: 01632 960124  P.003/017"],
    "a mark all over it": ["CONFIDENTIAL Jane Field   CONFIDENTIAL Jane Field   CONFIDENTIAL Jane Field"] * 12,
    "a slip": ["Received 12 May 2026", "SEN casework team, Harbour House, Quay Street", "Passed to Jo Marsh for a reply within fifteen working days"],
}


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    with ReaderProcess() as made:
        yield made


def background() -> Image.Image:
    """A page of paper with a shade and a coat of arms, and no words."""
    made = Image.linear_gradient("L").resize((1240, 1754)).point(lambda dots: 200 + dots // 5)
    ImageDraw.Draw(made).ellipse((900, 60, 1150, 310), fill=120)
    return made


def placed(*pictures: tuple[Image.Image, tuple[float, float, float, float]], typed: str = "Page 3", inside: bool = False) -> bytes:
    """A page of 400 by 600 with pictures at these places (left, foot, width, height); ``inside`` draws all of it by a form, at half its size."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    made = Canvas(out, pagesize=(400, 600), invariant=1)
    if inside:
        made.beginForm("all")
        made.scale(0.5, 0.5)
    for picture, (left, foot, wide, high) in pictures:
        made.drawImage(ImageReader(picture), left, foot, wide, high)
    made.drawString(40, 20, typed)
    if inside:
        made.endForm()
        made.scale(2, 2)
        made.doForm("all")
    made.save()
    return out.getvalue()


@pytest.mark.parametrize("typed", STAMPS.values(), ids=STAMPS)
def test_a_scan_under_a_stamp_is_a_scan(typed: list[str]) -> None:
    found = pdf.read(stamped_pdf(drawn(), *typed))
    assert found.pictures == (1,) and typed[0].split()[0] in found.pages[0]
    assert found.notes == ("A few words are typed over a picture. The words in the picture cannot be searched yet.",)


def test_a_letter_over_a_picture_is_a_letter() -> None:
    for hidden in (False, True):  # typed by a program, or put there by a scanner that reads by itself
        found = pdf.read(stamped_pdf(background(), *A_LETTER, hidden=hidden))
        assert found.pictures == () and found.notes == ()


def test_a_page_counts_by_how_much_of_it_is_a_picture() -> None:
    page = drawn()
    half, third = (0, 300, 400, 300), (0, 400, 400, 200)
    assert pdf.read(placed((page, half))).pictures == (1,) and pdf.read(placed((page, third))).pictures == ()
    assert pdf.read(placed((page, third), (page, third))).pictures == ()  # one over the other
    strips = [(page.crop((0, top, 1240, top + 175)), (0, 600 - (top + 175) * 600 / 1750, 400, 60)) for top in range(0, 1750, 175)]
    assert pdf.read(placed(*strips)).pictures == (1,)
    assert pdf.read(placed((page, (0, 0, 400, 600)), inside=True)).pictures == (1,)
    assert pdf.read(placed((page, (0, 0, 190, 600)), inside=True)).pictures == ()
    assert pdf.read(placed((page, (2000, 0, 400, 600)))).pictures == ()  # beside the page
    assert pdf.read(placed((page, (-4e30, 0, 8e30, 600)))).pages[0].strip() == "Page 3"
    assert pdf.read(making.pdf("Page 1")).pictures == () and pdf.read(scanned_pdf(page)).pictures == ()


def test_papers_of_others_stay_as_they_are(papers: Path) -> None:
    """None of them is a scan under a stamp; two are scans with the words their scanners read, to be left alone."""
    found = {path.name: pdf.read(path.read_bytes()).pictures for path in sorted(papers.glob("*.pdf")) if "password" not in path.name}
    assert len(found) > 12 and not any(found.values()), found


@needs_scans
@pytest.mark.parametrize("typed", STAMPS.values(), ids=STAMPS)
def test_it_is_read_without_what_is_typed(typed: list[str], reader: ReaderProcess) -> None:
    found = reader.scan(stamped_pdf(shaded(drawn()), *typed), 0)
    assert errors(LETTER, found.text) < 0.02


@needs_scans
def test_a_mark_across_the_page_costs_no_word(reader: ReaderProcess) -> None:
    page = stamped_pdf(drawn(), "COPY", size=150, slant=50)
    assert errors(LETTER, reader.scan(page, 0).text) < 0.01
    assert errors(LETTER, reader.scan(page, 0, typed=True).text) > 0.02  # so the mark does lie over words


@needs_scans
def test_all_that_is_seen_is_read_where_that_is_asked(reader: ReaderProcess) -> None:
    page = stamped_pdf(drawn(), "Wagtail 000123", size=14)
    assert "Wagtail" not in reader.scan(page, 0).text and "Wagtail" in reader.scan(page, 0, typed=True).text


@needs_scans
def test_words_that_a_scanner_put_under_its_picture_are_not_read_twice(reader: ReaderProcess) -> None:
    page = drawn("Speech therapy\nfor Robin", size=60, at=(60, 1560))
    words = reader.scan(stamped_pdf(page, "Speech therapy", hidden=True, size=20, at=(20, 47)), 0).text.split()
    assert words == ["for", "Robin"]
    otherwise = reader.scan(stamped_pdf(page, "Speach therapy", hidden=True, size=20, at=(20, 47)), 0).text.split()
    assert otherwise == ["Speech", "for", "Robin"]


@needs_scans
def test_a_short_letter_over_a_picture_gives_no_word_of_its_own_again(reader: ReaderProcess) -> None:
    page = stamped_pdf(background(), "Dear Ms Field", "Please find the report.", "Jo Marsh", size=16)
    assert pdf.read(page).pictures == (1,) and reader.scan(page, 0).words == ()


def drawn_letters(*lines: str) -> bytes:
    """A page in a font of little pictures, as old programs make them, that names none of its letters."""
    font, letters = ImageFont.truetype(str(FONT), 60), sorted({letter for line in lines for letter in line})
    code = {letter: number + 1 for number, letter in enumerate(letters)}
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    procs = Dictionary()
    for letter in letters:
        dots = Image.new("1", (48, 80), 1)
        ImageDraw.Draw(dots).text((4, 2), letter, font=font, fill=0)
        image = made.make_stream(dots.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=48, Height=80, ImageMask=True, BitsPerComponent=1)
        inner = made.make_stream(b"48 0 0 -20 48 60 d1 q 48 0 0 80 0 -20 cm /I Do Q")
        inner.Resources = Dictionary(XObject=Dictionary(I=image))
        procs[f"/x{code[letter]}"] = inner
    codes = Array([1, *(Name(f"/x{code[letter]}") for letter in letters)])
    made.pages[0].Resources = Dictionary(Font=Dictionary(F=Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, -20, 48, 60]), FontMatrix=Array([1 / 60, 0, 0, 1 / 60, 0, 0]), CharProcs=procs,
        Encoding=Dictionary(Type=Name.Encoding, Differences=codes), FirstChar=1, LastChar=len(letters), Widths=Array([48] * len(letters)),
    )))  # fmt: skip
    shown = "".join(f"1 0 0 1 50 {760 - 30 * at} Tm <{''.join(f'{code[letter]:02x}' for letter in line)}> Tj\n" for at, line in enumerate(lines))
    made.pages[0].Contents = made.make_stream(f"BT /F 18 Tf\n{shown}ET".encode())
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@needs_scans
def test_letters_that_tell_no_words_are_read_from_their_picture(reader: ReaderProcess) -> None:
    page = drawn_letters("Speech therapy is given", "every week by a therapist")
    found = pdf.read(page)
    assert found.pages[0].strip() and not any(map(str.isalnum, found.pages[0])) and found.pictures == (1,)
    assert "therapist" in reader.scan(page, 0).text


def test_what_a_note_says_after_reading() -> None:
    stamped, pictures = some_stamped(2, 9), some_to_read(3, 9)
    told = "Read from a picture, so words may be wrong."
    assert after_reading(f"First. {stamped} Last.", found=True) == f"First. Last. {told}"
    assert after_reading(f"First. {stamped} Last.", found=False) == "First. Last."
    assert after_reading(some_stamped(1, 1), found=False) == "" and after_reading(some_stamped(1, 1), found=True) == told
    assert after_reading(f"{pictures} {stamped}", found=True) == told
    assert after_reading(f"{pictures} {stamped}", found=False) == "No words could be read in this picture."
    assert after_reading(f"{told} Mine.", found=True) == f"{told} Mine."
