"""Papers gathered into sheaves and bound: nothing is lost, nothing is taken for something else, and what is not whole is seen."""

import io
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from casefile.printing.bundle import front
from casefile.printing.bundle.bind import Binding, File, Taken, whole
from casefile.printing.bundle.plan import Link, Mark, Plan, Stamp
from casefile.printing.bundle.sheaf import BadSheaf, read
from casefile.printing.bundle.source import Opened, cleaned
from tests.printing.bundle import awkward
from tests.printing.bundle.binding import bound, sheaf_of

MADE = "D:20261124000000Z"


def plan_of(pages: int, title: str = "T") -> Plan:
    return Plan(title, MADE, tuple(Stamp(str(at + 1)) for at in range(pages)), ())


def blank(pages: int = 1) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    return pdf


def again(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """The one page of a paper, gathered, bound and opened again."""
    data, _ = bound([sheaf_of(Opened(pdf, "own"))], plan_of(len(pdf.pages)))
    return pikepdf.open(io.BytesIO(data))


def test_a_font_and_a_letter_of_any_name_stay() -> None:
    """Keys such as B and AA mean something on a page, and are names like others among fonts and letters."""
    pdf = blank()
    letters = pdf.make_indirect(Dictionary(B=pdf.make_stream(b"10 0 d0 0 0 9 9 re f"), AA=pdf.make_stream(b"10 0 d0")))
    typed = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=letters, FontMatrix=Array([1, 0, 0, 1, 0, 0])))
    fonts = pdf.make_indirect(Dictionary(B=typed, OC=typed, Tabs=typed))
    pdf.pages[0].obj.Resources = pdf.make_indirect(Dictionary(Font=fonts))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /B 12 Tf (B) Tj ET")
    opened_again = again(pdf)
    made = opened_again.pages[0].obj.Resources.Font
    assert {"/B", "/OC", "/Tabs"} < set(made.keys())
    assert set(made.B.CharProcs.keys()) == {"/B", "/AA"}
    cleaned(pdf)
    assert set(pdf.pages[0].obj.Resources.Font.keys()) == {"/B", "/OC", "/Tabs"}


def test_what_tells_of_people_goes_wherever_it_stands() -> None:
    pdf = blank()
    told = pdf.make_stream(b"<secret>somebody</secret>", Type=Name.Metadata)
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Metadata=told))
    deep = Dictionary(MC0=Dictionary(Metadata=told, Kept=5, Inside=Array([Dictionary(PieceInfo=Dictionary(Who=String("somebody")))])), MC1=group)
    pdf.pages[0].obj.Resources = Dictionary(Properties=deep)
    pdf.pages[0].obj.Metadata = told
    pdf.pages[0].obj.PieceInfo = Dictionary(Who=String("somebody"))
    pdf.pages[0].obj.UnknownKey = String("somebody")
    made = again(pdf)
    for entry in made.objects:
        assert b"somebody" not in (entry.read_bytes() if isinstance(entry, pikepdf.Stream) else b"") + repr(entry).encode()
    assert made.pages[0].obj.Resources.Properties.MC0.Kept == 5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=20), st.binary(max_size=20), st.sampled_from(["9 0 R", "\\(9 0 R)", "(<41> 1 0 R", ">> 1 0 R"])), max_size=4))
def test_texts_come_back_as_they_were(words: list[str | bytes]) -> None:
    """Also those that look like the name of an object, or hold brackets and zero bytes."""
    pdf = blank()
    texts = [String(one) for one in words]
    about = pdf.make_indirect(Dictionary(Texts=Array(texts), Other=pdf.make_indirect(Array(texts)), Number=pdf.make_indirect(7)))
    pdf.pages[0].obj.Resources = Dictionary(ExtGState=Dictionary(G=about))
    wanted = [bytes(one) for one in texts]
    opened_again = again(pdf)
    made = opened_again.pages[0].obj.Resources.ExtGState.G
    assert [bytes(one) for one in made.Texts] == [bytes(one) for one in made.Other] == wanted
    assert made.Number == 7


def test_a_chain_of_other_pages_is_not_followed() -> None:
    pdf = blank(2)
    pdf.pages[1].obj.Contents = pdf.make_stream(b"BT (SECRET) Tj ET")
    pdf.pages[0].obj.Resources = Dictionary(ExtGState=Dictionary(G=pdf.make_indirect(Dictionary(Next=pdf.pages[1].obj, Up=pdf.Root))))
    sheaf = sheaf_of(Opened(pdf, "own"))
    binding = Binding([Taken(sheaf, (0,))], plan_of(1), *front.faces())
    with pikepdf.open(io.BytesIO(b"".join(binding.pieces(lambda done, total: None)))) as made:
        assert all(b"SECRET" not in one.read_bytes() for one in made.objects if isinstance(one, pikepdf.Stream))
        assert "/Next" not in made.pages[0].obj.Resources.ExtGState.G or made.pages[0].obj.Resources.ExtGState.G.get("/Next") is None


def test_only_what_the_chosen_pages_show_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(awkward.plain("FIRST", "SECOND", "THIRD"))
    sheaf = sheaf_of(path)
    binding = Binding([Taken(sheaf, (2, 0))], plan_of(2), *front.faces())
    data = b"".join(binding.pieces(lambda done, total: None))
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert ["THIRD" in reader.pages[0].extract_text(), "FIRST" in reader.pages[1].extract_text()] == [True, True]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert all(b"SECOND" not in one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream))
        assert pdf.check_pdf_syntax() == []


def test_a_sheaf_that_is_not_whole_is_seen(tmp_path: Path) -> None:
    path, kept = tmp_path / "paper.pdf", tmp_path / "kept"
    path.write_bytes(awkward.plain("X"))
    good = sheaf_of(path).kept
    assert isinstance(good, bytes)
    for at in range(0, len(good), 37):
        kept.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        with pytest.raises(BadSheaf):
            read(kept, str(path))
    for bad in (b"", good[:-1], good[: len(good) // 2], bytes(len(good))):
        kept.write_bytes(bad)
        with pytest.raises(BadSheaf):
            read(kept, str(path))
    kept.write_bytes(good)
    assert read(kept, str(path)).leaves == sheaf_of(path).leaves
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(BadSheaf):
        read(kept, str(path))


def test_large_data_stays_in_its_file_and_small_data_in_the_sheaf(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    pdf = blank()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q Q ")
    photo = pdf.make_stream(bytes(range(256)) * 400, Filter=Name.DCTDecode)
    for key, value in {"Subtype": Name.Image, "Width": 1, "Height": 1, "ColorSpace": Name.DeviceGray, "BitsPerComponent": 8}.items():
        photo[f"/{key}"] = value
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(P=photo))
    pdf.save(path)
    sheaf = sheaf_of(path)
    assert isinstance(sheaf.kept, bytes) and len(sheaf.kept) < 5_000
    assert sorted(one.elsewhere for one in sheaf.streams.values()) == [False, True]
    data, _ = bound([sheaf], plan_of(1))
    with pikepdf.open(io.BytesIO(data)) as made:
        assert made.pages[0].obj.Resources.XObject.P.read_raw_bytes() == bytes(range(256)) * 400


def test_bookmarks_of_any_depth_lead_to_their_pages(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(awkward.plain("A", "B", "C", "D"))
    marks = (Mark(0, "One", 0), Mark(1, "Inner (é) ’", 1), Mark(2, "Deep", 2), Mark(1, "Second", 2), Mark(0, "Two \\ (b", 3))
    plan = Plan("Ä “title”", MADE, tuple(Stamp(str(at)) for at in range(4)), marks, ((0, "", 1), (2, "A", 1)))
    data, _ = bound([sheaf_of(path)], plan)
    document = pypdfium2.PdfDocument(data)
    assert [(one.level, one.get_title(), one.get_dest().get_index()) for one in document.get_toc()] == [
        (mark.level, mark.title, mark.page) for mark in marks
    ]
    assert document.get_metadata_value("Title") == "Ä “title”"
    assert [document.get_page_label(at) for at in range(4)] == ["1", "2", "A1", "A2"]
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert [one.title for one in reader.outline if not isinstance(one, list)] == ["One", "Two \\ (b"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == [] and pdf.Root.Outlines.Count == 5
        assert str(pdf.Root.Lang) == "en-GB" and pdf.Root.OpenAction[4] == 1


def test_a_part_names_the_other_files_its_links_lead_to(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(awkward.plain("A", "B", "C"))
    sheaf = sheaf_of(path)
    links = (Link(0, (10, 10, 20, 20), 1), Link(1, (10, 10, 20, 20), 0), Link(1, (30, 30, 40, 40), 2), Link(2, (1, 1, 2, 2), 0))
    other = File(0, 1, "Vol é 1.pdf", "Volume 1")
    plan = Plan("T", MADE, (Stamp("2"), Stamp("3")), (), (), links)
    binding = Binding([Taken(sheaf, (1, 2))], plan, *front.faces(), first=1, sheets=[one.sheet for one in sheaf.leaves], others=[other])
    with pikepdf.open(io.BytesIO(b"".join(binding.pieces(lambda done, total: None)))) as pdf:
        first, second = pdf.pages[0].obj.Annots, pdf.pages[1].obj.Annots
        assert len(first) == 2 and len(second) == 1
        assert str(first[0].A.F.UF) == str(second[0].A.F.UF) == "Vol é 1.pdf" and first[0].A.D[0] == 0
        assert first[1].Dest[0].objgen == pdf.pages[1].obj.objgen
        assert str(pdf.Root.Outlines.First.Title) == "Volume 1"


def test_many_papers_are_packed_and_found_again(tmp_path: Path) -> None:
    """More objects than one pack holds, read back by three programs."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(awkward.plain(*(f"TOKEN{at}" for at in range(90))))
    sheaf = sheaf_of(path)
    binding = Binding([whole(sheaf)] * 3, plan_of(270), *front.faces())
    data = b"".join(binding.pieces(lambda done, total: None))
    assert len(binding.boxes) == 270
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
    reader, document = pypdf.PdfReader(io.BytesIO(data)), pypdfium2.PdfDocument(data)
    for at in (0, 89, 90, 200, 269):
        assert f"TOKEN{at % 90}" in reader.pages[at].extract_text() and str(at + 1) in document[at].get_textpage().get_text_range().split()
