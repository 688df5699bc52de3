"""What a parent chooses in a bundle: papers added, some pages of a paper, pages turned, papers that come late."""

import io
import os
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from casefile.domain.bundles import Item
from casefile.domain.documents import Document
from casefile.domain.page_choice import pages_words, picked, read_pages, read_turns
from casefile.errors import Invalid, NotFound
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import bundles
from casefile.services.importing import import_paths
from casefile.store.store import Store
from tests.conftest import NOW, TODAY


def paper(token: str, pages: int) -> bytes:
    """A PDF whose pages each say the token and their number."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 500, f"{token}{number}x")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def given(store: Store, folder: Path, **files: bytes) -> dict[str, int]:
    """The files put into the case; their ids by name."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    import_paths(store, [folder], Silent(), now=NOW)
    return {one.name.removesuffix(".pdf"): one.id or 0 for one in store.find(Document)}


def words_of(path: Path) -> list[str]:
    """The words of each page, by a reader that did not make it."""
    with pypdfium2.PdfDocument(path) as document:
        return [document[number].get_textpage().get_text_range() for number in range(len(document))]


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


def test_pages_as_typed() -> None:
    """Ranges, single pages, an open end; nonsense and nothing left are refused by name."""
    assert (
        read_pages("1-3, 7", 9) == (1, 2, 3, 7)
        and read_pages("5-", 7) == (5, 6, 7)
        and read_pages("2 to 4") == (2, 3, 4)
    )
    assert read_pages("", 3) == () and read_pages("8-12", 9) == (8, 9)
    assert read_turns("90", 2) == {1: 90, 2: 90} and read_turns("3:90, 5-6:180") == {3: 90, 5: 180, 6: 180}
    for wrong in ("x", "0", "3-1", "1.5", "-2"):
        with pytest.raises(Invalid, match="is no page"):
            read_pages(wrong)
    for wrong in ("45", "3:", "a:90"):
        with pytest.raises(Invalid):
            read_turns(wrong)
    item = Item(1, "A", "S", only="2-5", without="3")
    assert picked(item, 4) == (1, 3) and pages_words((1, 3), 4) == "pages 2 and 4 of 4" and pages_words((0,), 1) == ""
    assert pages_words((0, 1, 2, 6), 9) == "pages 1 to 3 and 7 of 9"


def test_only_some_pages_and_turned_ones(store: Store, library: Library, tmp_path: Path) -> None:
    """What was left out is nowhere in the file, the rest stands in order, and a turned page carries its number upright."""
    ids = given(store, tmp_path / "in", A=paper("ALPHA", 5), B=paper("BETA", 3))
    made = bundles.compose(store, library, "everything", TODAY, documents=[ids["A"], ids["B"]])
    items = tuple(replace(item, title="A" if item.document == ids["A"] else "B") for item in made.items)
    made = bundles.with_pages(replace(made, items=items), f"d{ids['A']}", "2-4", "3", "4:90")
    made = bundles.with_pages(made, f"d{ids['B']}", turned="180")
    kept = bundles.load(store, bundles.save(store, made, now=NOW).id or 0)
    assert kept.items == made.items
    result = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    assert result.checks["ok"], result.checks
    words = words_of(result.pdf[0])
    first = result.inputs[0]
    assert first.title == "A (pages 2 and 4 of 5)" and (first.to_page - first.from_page) == 1
    assert "ALPHA2x" in words[first.from_page - 1] and "ALPHA4x" in words[first.to_page - 1]
    assert not any(token in "".join(words) for token in ("ALPHA1x", "ALPHA3x", "ALPHA5x"))
    assert all(f"BETA{number}x" in "".join(words) for number in (1, 2, 3))
    with pypdfium2.PdfDocument(result.pdf[0]) as document:
        turned = document[first.to_page - 1]
        assert turned.get_rotation() == 90 and turned.get_width() > turned.get_height()
    plain = words[first.to_page - 1].replace("\r\n", " ")
    assert f"Bundle page {first.to_page}" in plain.replace("  ", " ")
    again = bundles.plan(store, library, made)
    assert again.pages == result.pages and again.sure
    for path in (result.zip, result.folder):
        assert bundles.verify(path)[0] == []


def test_a_choice_that_leaves_nothing_is_refused(store: Store, library: Library, tmp_path: Path) -> None:
    """No page left, no such paper and nonsense are told at once."""
    ids = given(store, tmp_path / "in", A=paper("ALPHA", 2))
    made = bundles.compose(store, library, "everything", TODAY)
    key = f"d{ids['A']}"
    with pytest.raises(Invalid, match="No page"):
        bundles.with_pages(made, key, "1", "1")
    with pytest.raises(Invalid, match="No page"):
        bundles.with_pages(made, key, "7")
    with pytest.raises(Invalid, match="is no page"):
        bundles.with_pages(made, key, "first")
    with pytest.raises(NotFound):
        bundles.with_pages(made, "d999", "1")


@pytest.mark.parametrize("purpose", ["everything", "family_court"])
def test_late_pages_keep_the_old_numbers(store: Store, library: Library, tmp_path: Path, purpose: str) -> None:
    """What comes after sending is numbered on, under a fresh index that still says the old numbers; twice over."""
    ids = given(store, tmp_path / "in", A=paper("ALPHA", 3), B=paper("BETA", 2), C=paper("GAMMA", 2))
    known = {one.id for one in library.purposes}
    lettered = next((one for one in library.purposes if one.numbering == "sections"), None)
    purpose = purpose if purpose in known else lettered.id if lettered else "everything"
    made = bundles.compose(store, library, purpose, TODAY, documents=[ids["A"]])
    assert bundles.changes(made) == []
    with pytest.raises(Invalid, match="never"):
        bundles.additions(made)
    first = bundles.export(store, library, made, tmp_path / "first", Silent(), today=TODAY, now=NOW)
    kept = bundles.mark_sent(store, made, first, now=NOW, on=TODAY)
    with pytest.raises(Invalid, match="No paper"):
        bundles.additions(kept)
    used = first.pages
    for name, token in (("B", "BETA"), ("C", "GAMMA")):
        kept = bundles.add_papers(store, library, kept, [ids[name]], TODAY)
        assert any("added" in words for words in bundles.plan(store, library, kept).warnings)
        late = bundles.additions(kept)
        more = bundles.export(store, library, late, tmp_path / name, Silent(), today=TODAY, now=NOW)
        assert more.checks["ok"], more.checks
        words = words_of(more.pdf[0])
        assert "ALPHA1x" not in words[-1] and f"{token}2x" in words[-1]
        assert str(used + 1) in words[0].split() and first.inputs[0].span in words[0].replace("\u00a0", " ")
        if next(one for one in library.purposes if one.id == purpose).numbering == "continuous":
            assert str(used + more.pages) in words[-1].split() and more.inputs[0].span.startswith(str(used + 2))
        with pypdfium2.PdfDocument(more.pdf[0]) as document:
            assert document.get_page_label(0) == str(used + 1)
        used += more.pages
        kept = bundles.mark_sent(
            store, replace(late, id=bundles.save(store, kept, now=NOW).id), more, now=NOW, on=TODAY
        )
        assert kept.sent is not None and kept.sent.pages == used and not kept.adding
    gone = replace(kept, items=tuple(item for item in kept.items if item.document != ids["A"]))
    assert any("taken out" in words for words in bundles.changes(gone))


def test_the_index_goes_along_as_word_and_csv(store: Store, library: Library, tmp_path: Path) -> None:
    """Word opens it with a heading and every paper's pages; it tells of no author, and equal cases give equal bytes."""
    ids = given(store, tmp_path / "in", A=paper("ALPHA", 3), B=paper("BETA", 2))
    made = bundles.compose(store, library, "everything", TODAY, documents=[ids["A"], ids["B"]])
    results = [
        bundles.export(store, library, made, tmp_path / name, Silent(), today=TODAY, now=NOW) for name in ("x", "y")
    ]
    assert results[0].zip.read_bytes() == results[1].zip.read_bytes()
    with zipfile.ZipFile(results[0].zip) as packed:
        names = {name.split("/data/")[-1]: name for name in packed.namelist()}
        document = docx.Document(io.BytesIO(packed.read(names["index.docx"])))
        assert "ALPHA" in packed.read(names["index.csv"]).decode("utf-8-sig")
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert document.paragraphs[0].text == "Index" and document.paragraphs[0].style.name.lower() == "heading 1"
    assert rows[0] == ["Mark", "Date", "Document", "Section", "Pages"]
    assert [row[4] for row in rows[1:]] == [one.span for one in results[0].inputs]


def _led_to(parts: list[Path], page: int) -> list[str]:
    """The words of every page that the links of the first file's page lead to, also those in another file beside it."""
    reader = pypdf.PdfReader(parts[0])
    found = []
    for one in reader.pages[page]["/Annots"]:
        link = one.get_object()
        if "/Dest" in link:
            found.append(words_of(parts[0])[reader.get_page_number(link["/Dest"][0].get_object())])
        else:
            assert link["/A"]["/S"] == "/GoToR" and link["/A"]["/F"]["/F"] == link["/A"]["/F"]["/UF"]
            found.append(words_of(parts[0].with_name("".join(link["/A"]["/F"]["/UF"])))[int(link["/A"]["/D"][0])])
    return found


def test_a_bundle_too_large_comes_in_volumes(store: Store, library: Library, tmp_path: Path) -> None:
    """Each page stands in one volume with its own number, each volume is small enough, and all are in the list."""
    chance = random.Random(3)
    files = {}
    for token in ("ALPHA", "BETA", "GAMMA", "DELTA"):
        target = io.BytesIO()
        canvas = Canvas(target, invariant=1)
        for number in (1, 2):
            noise = Image.frombytes("L", (900, 1000), chance.randbytes(900_000))
            canvas.drawImage(ImageReader(noise), 72, 200, 300, 300)
            canvas.drawString(72, 700, f"{token}{number}x")
            canvas.showPage()
        canvas.save()
        files[token] = target.getvalue()
    given(store, tmp_path / "in", **files)
    small = tuple(replace(one, volume_mb=5) for one in library.purposes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(library.__dict__, "purposes", small)
        made = bundles.compose(store, library, "everything", TODAY)
        result = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    assert result.checks["ok"], result.checks
    whole, *parts = result.pdf
    assert len(parts) > 1 and all(path.stat().st_size <= 5_000_000 for path in parts)
    assert [words for path in parts for words in words_of(path)] == words_of(whole)
    index = next(at for at, words in enumerate(words_of(whole)) if "choose a title to go to it" in " ".join(words.split()))
    assert _led_to(parts, index) == _led_to([whole], index) and len(_led_to([whole], index)) >= len(result.inputs)
    told = [str(entry.title) for entry in pypdf.PdfReader(parts[0]).outline if not isinstance(entry, list)]
    assert all(any(f"“{path.name}”" in words and words.startswith(f"Volume {at}, pages ") for words in told) for at, path in enumerate(parts[1:], 2))
    with pypdfium2.PdfDocument(parts[-1]) as last:
        assert last.get_page_label(len(last) - 1) == str(result.pages)
        assert next(one.get_dest().get_index() for one in last.get_toc()) == 0
    assert bundles.verify(result.folder)[0] == []
    parts[-1].write_bytes(parts[-1].read_bytes()[:-1])
    assert bundles.verify(result.folder)[0]
    # Made again as one file: the volumes go, but not the one that was changed since, nor a file of somebody else.
    other = parts[0].with_name(parts[0].name.replace(" of ", " of 1"))
    other.write_bytes(b"mine")
    bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    assert [path.exists() for path in (*parts, other)] == [*(False for _ in parts[1:]), True, True]


def test_a_bundle_that_is_open_elsewhere_is_left_and_the_list_names_the_new_one(store: Store, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(store, tmp_path / "in", alpha=paper("alpha", 1))
    made = bundles.compose(store, library, "everything", TODAY)
    first = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    kept = first.pdf[0].read_bytes()
    true_replace = os.replace

    def held(source: Path, target: Path) -> None:
        if Path(target) == first.pdf[0]:
            raise PermissionError(13, "in use by another program")
        true_replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    given(store, tmp_path / "more", beta=paper("beta", 1))
    made = bundles.compose(store, library, "everything", TODAY)
    second = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    assert first.pdf[0].read_bytes() == kept and second.pdf[0].name == f"{first.pdf[0].stem} (2).pdf"
    assert second.pdf[0].name in second.list.read_text("utf-8")
    assert bundles.verify(second.folder)[0] == []


def test_other_pages_and_another_order_are_told_since_it_was_sent(store: Store, library: Library, tmp_path: Path) -> None:
    ids = given(store, tmp_path / "in", A=paper("ALPHA", 3), B=paper("BETA", 2))
    made = bundles.compose(store, library, "everything", TODAY, documents=[ids["A"], ids["B"]])
    sent = bundles.mark_sent(store, made, bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW), now=NOW, on=TODAY)
    assert len(bundles.changes(sent)) == 1 and "Nothing was added" in bundles.changes(sent)[0]
    fewer = bundles.with_pages(sent, f"d{ids['A']}", "1-2")
    assert any("has 2 pages now. It was sent with 3." in words for words in bundles.changes(fewer))
    turned = replace(sent, items=tuple(reversed(sent.items)))
    assert any("another order" in words for words in bundles.changes(turned))
