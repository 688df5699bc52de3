"""Hidden words are gone: from pages, lists, names and the zip, out of every place where a covered word may survive."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from casefile.domain.bundles import Bundle
from casefile.domain.documents import Document
from casefile.domain.people import Contact
from casefile.domain.redaction import Hiding, squeezed, with_area, with_words
from casefile.errors import BadFile, Invalid
from casefile.library import Library
from casefile.printing.bundle import redaction as pages_hidden
from casefile.progress import Silent
from casefile.services import bundles, documents, hiding, people, redaction
from casefile.services.bundles import Exported
from casefile.services.importing import import_paths
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.printing.bundle import hiding_places as places
from tests.printing.bundle.awkward import camera_photo


def given(store: Store, folder: Path, papers: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, data in papers.items():
        (folder / name).write_bytes(data)
    import_paths(store, [folder], Silent(), now=NOW)


def export(store: Store, library: Library, folder: Path, hiding: Hiding, **more: object) -> Exported:
    made = replace(bundles.compose(store, library, "everything", TODAY), hiding=hiding)
    return bundles.export(store, library, made, folder, Silent(), today=TODAY, now=NOW, **more)  # type: ignore[arg-type]


def everything_in(folder: Path) -> bytes:
    """All that can be got out of an exported folder: every file, unzipped, every stream, string and page of words."""
    whole: list[bytes] = []

    def pdf(data: bytes) -> None:
        with pikepdf.open(io.BytesIO(data)) as opened:
            for entry in opened.objects:
                whole.append(repr(entry).encode("utf-8", "replace"))
                if isinstance(entry, pikepdf.Stream) and entry.get("/Subtype") != "/Image":
                    whole.append(entry.read_bytes())
                if isinstance(entry, pikepdf.Dictionary | pikepdf.Stream):
                    strings = [value for value in dict(entry.items()).values() if isinstance(value, pikepdf.String)]
                    whole.extend(str(value).encode() for value in strings)
        with pypdfium2.PdfDocument(data) as document:
            whole.extend(page.get_textpage().get_text_range().encode("utf-8", "replace") for page in document)
        whole.extend(
            (page.extract_text() or "").encode("utf-8", "replace") for page in pypdf.PdfReader(io.BytesIO(data)).pages
        )

    def file(name: str, data: bytes) -> None:
        whole.extend([name.encode(), data])
        if name.endswith(".pdf"):
            pdf(data)
        elif name.endswith((".zip", ".docx")):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for one in packed.namelist():
                    file(one, packed.read(one))

    for path in folder.iterdir():
        file(path.name, path.read_bytes())
    return b"\n".join(whole)


def recovered(folder: Path, words: Sequence[str]) -> list[str]:
    """Which of the words can be got out of an exported folder, in any case and spacing, or as two bytes a letter."""
    found = everything_in(folder)
    bare = squeezed(found.decode("latin-1"))
    return [
        one
        for one in words
        if squeezed(one) in bare or one.encode("utf-16-be") in found or one.encode("utf-16-le") in found
    ]


def test_nothing_is_recovered_from_the_twelve_places(store: Store, library: Library, tmp_path: Path) -> None:
    papers = {f"{name}.pdf": make() for name, make in places.PLACES.items()}
    papers["plain sight.pdf"] = places.base(places.seen)
    papers[f"about {places.SECRET}.pdf"] = places.base(pages=2)
    given(store, tmp_path / "given", papers)
    first, last = places.SECRET.split()
    hid = with_words(with_words(Hiding(), places.SECRET, "child"), first, "child", "A")
    made = export(store, library, tmp_path / "out", hid, originals=True)
    assert made.checks["ok"] and made.checks["hidden"]["places"] >= 5
    assert recovered(tmp_path / "out", [places.SECRET, first, last]) == []
    text = everything_in(tmp_path / "out")
    assert text.count(places.CANARY.encode()) > len(papers)


def test_without_hiding_the_same_papers_give_the_secret_away(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "given", {"plain sight.pdf": places.base(places.seen)})
    export(store, library, tmp_path / "out", Hiding())
    assert recovered(tmp_path / "out", [places.SECRET]) == [places.SECRET]


def test_a_covered_page_is_black_in_its_dots_and_says_what_was_covered(
    store: Store, library: Library, tmp_path: Path
) -> None:
    given(store, tmp_path / "given", {"note.pdf": places.base(places.seen, pages=2)})
    hid = with_words(Hiding(), places.SECRET, "child")
    made = export(store, library, tmp_path / "out", hid)
    row = made.inputs[0]
    assert row.title.endswith("(parts covered)") and row.to_page - row.from_page == 1
    assert "Covered on 1 page. A: name of another child, once." in row.reason
    with pypdfium2.PdfDocument(made.pdf[0]) as document:
        words = document[row.from_page - 1].get_textpage().get_text_range()
        assert "Amina worked with A in maths" in " ".join(words.split())
        assert "Covered on this page. A: name of another child, once." in " ".join(words.split())
        assert document[row.from_page - 1].get_size() == pytest.approx((595, 842), abs=1)
    with pikepdf.open(made.pdf[0]) as pdf:
        page, after = pdf.pages[row.from_page - 1], pdf.pages[row.from_page]
        image = pikepdf.PdfImage(page.obj.Resources.XObject.CfCovered).as_pil_image().convert("L")
        assert image.width >= 595 / 72 * 200 - 1
        # The secret stood on this line: all dots there are black.
        left, right, line = 178, 245, 842 - 644
        dots = image.width / 595
        assert image.crop(
            (round(left * dots), round((line - 3) * dots), round(right * dots), round((line + 3) * dots))
        ).getextrema() == (0, 0)
        assert "/CfCovered" not in (after.obj.Resources.get("/XObject") or {})


def test_an_area_is_covered_on_a_turned_scan(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "given", {"photo.jpg": camera_photo()})
    item = bundles.compose(store, library, "everything", TODAY).items[0]
    hid = with_area(Hiding(), item.key, 1, (0.2, 0.1, 0.6, 0.3))
    made = replace(bundles.compose(store, library, "everything", TODAY), hiding=hid)
    made = bundles.with_pages(made, item.key, turned="90")
    done = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW, originals=True)
    with pikepdf.open(done.pdf[0]) as pdf:
        image = (
            pikepdf.PdfImage(pdf.pages[done.inputs[0].from_page - 1].obj.Resources.XObject.CfCovered)
            .as_pil_image()
            .convert("L")
        )
    assert image.width > image.height
    wide, high = image.size
    # A page turned clockwise: its top becomes its right.
    area = (round(0.7 * wide) + 2, round(0.2 * high) + 2, round(0.9 * wide) - 2, round(0.6 * high) - 2)
    assert image.crop(area).getextrema()[1] <= 24
    assert done.checks["hidden"]["areas"] == 1 and "part of the page, once" in done.inputs[0].reason
    with zipfile.ZipFile(done.zip) as packed:
        assert not [name for name in packed.namelist() if "originals/" in name]


def test_the_same_list_covers_index_names_and_chronology(store: Store, library: Library, tmp_path: Path) -> None:
    given(
        store, tmp_path / "given", {"Call with Zephyrine Quill.pdf": places.base(), "other.pdf": places.base(pages=3)}
    )
    for paper in documents.all_documents(store):
        if "Zephyrine" in paper.name:
            with store.action("Filed"):
                store.change(
                    replace(
                        paper, title="Call with Zephyrine Quill", sender="Zephyrine Quill", state="filed", dated=TODAY
                    )
                )
    made = export(store, library, tmp_path / "out", with_words(Hiding(), places.SECRET), originals=True)
    assert recovered(tmp_path / "out", [places.SECRET]) == []
    assert any(row.title == "Call with [hidden]" for row in made.inputs)
    with pypdfium2.PdfDocument(made.pdf[0]) as document:
        assert "Call with [hidden]" in "".join(page.get_textpage().get_text_range() for page in document)
    with zipfile.ZipFile(made.zip) as packed:
        kept = [name for name in packed.namelist() if "originals/" in name]
    assert len(kept) == 1 and kept[0].endswith("other.pdf")


def test_the_same_choice_gives_the_same_bytes_and_originals_stay(
    store: Store, library: Library, tmp_path: Path
) -> None:
    given(store, tmp_path / "given", {"note.pdf": places.base(places.seen)})
    paper = store.find(Document)[0]
    before = store.originals.read(paper.sha256, paper.type)
    hid = with_words(Hiding(), places.SECRET)
    one, two = (export(store, library, tmp_path / name, hid) for name in ("one", "two"))
    assert one.pdf[0].read_bytes() == two.pdf[0].read_bytes()
    assert store.originals.read(paper.sha256, paper.type) == before


def test_a_word_that_survives_stops_the_export_and_leaves_nothing(
    store: Store, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(store, tmp_path / "given", {"note.pdf": places.base(places.seen)})
    monkeypatch.setattr(redaction, "_pages", lambda press, veil, item, pages, progress: ([], pages))
    with pytest.raises(BadFile, match=r"would still have been in the bundle.*page|content"):
        export(store, library, tmp_path / "out", with_words(Hiding(), places.SECRET))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("make", [places.in_unused_form, places.with_actual_text])
def test_words_behind_a_page_make_it_a_picture(make: object, store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "given", {"odd.pdf": make()})  # type: ignore[operator]
    export(store, library, tmp_path / "out", with_words(Hiding(), places.SECRET))
    assert recovered(tmp_path / "out", [places.SECRET]) == []


def test_words_too_short_are_refused(store: Store) -> None:
    for words in ("a", "12", "…"):
        with pytest.raises(Invalid):
            with_words(Hiding(), words)


def test_a_bundle_is_kept_with_what_it_hides(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "given", {"note.pdf": places.base(places.seen)})
    hid = with_area(with_words(Hiding(), places.SECRET, "child"), "d1", 1, (0.1, 0.1, 0.2, 0.2))
    made: Bundle = replace(bundles.compose(store, library, "everything", TODAY), hiding=hid)
    kept = bundles.save(store, made, now=NOW)
    assert bundles.load(store, kept.id or 0).hiding == hid
    assert pages_hidden.DOTS >= 200


def test_words_are_found_on_a_page_that_is_turned_and_the_others_stay_searchable(
    store: Store, library: Library, tmp_path: Path
) -> None:
    given(store, tmp_path / "given", {"note.pdf": places.base(places.seen, pages=3)})
    made = bundles.compose(store, library, "everything", TODAY)
    made = bundles.with_pages(made, made.items[0].key, without="2", turned="1:90")
    made = replace(made, hiding=with_words(Hiding(), places.SECRET))
    done = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    row = done.inputs[0]
    assert row.to_page - row.from_page == 1 and done.checks["ok"]
    with pypdfium2.PdfDocument(done.pdf[0]) as document:
        page = document[row.from_page - 1]
        assert page.get_width() > page.get_height()
        assert "Canary words that stay, page 1." in " ".join(page.get_textpage().get_text_range().split())
        assert "page 3" in document[row.from_page].get_textpage().get_text_range()
    assert recovered(tmp_path / "out", [places.SECRET]) == []


def test_what_may_need_hiding_is_offered_and_never_taken(store: Store, library: Library, tmp_path: Path) -> None:
    words = (
        "Amina sat with another pupil, Tom Archer. The mother of Lena Fox rang from 07700 900123. Date of birth: 3/4/2015. "
        "NHS 943 476 5919. Write to senco@oakfield.example or 12 Elm Road, Leeds LS1 4AB. My own number is 0113 496 0000."
    )
    given(store, tmp_path / "given", {"note.txt": words.encode()})
    with store.action("Me"):
        store.add(Contact(None, name="Farah Rahman", phone="0113 496 0000", me=True))
    made = bundles.compose(store, library, "everything", TODAY)
    offered = {(one.kind, one.words): one for one in hiding.suggested(store, made)}
    assert set(offered) == {
        ("child", "Tom Archer"), ("child", "Lena Fox"), ("phone", "07700 900123"), ("born", "3/4/2015"),
        ("nhs", "943 476 5919"), ("email", "senco@oakfield.example"), ("address", "12 Elm Road, Leeds LS1 4AB"),
    }  # fmt: skip
    assert all(one.places == 1 and one.because for one in offered.values()) and not made.hiding
    made = replace(made, hiding=with_words(made.hiding, "Tom Archer", "child"))
    assert "Tom Archer" not in {one.words for one in hiding.suggested(store, made)}
    assert [(one.words, one.places, one.papers) for one in hiding.outlook(store, made)] == [("Tom Archer", 1, 1)]


def test_a_page_is_shown_as_it_will_be(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "given", {"note.pdf": places.base(places.seen, pages=2)})
    made = bundles.compose(store, library, "everything", TODAY)
    plain, count = hiding.page_as_it_will_be(store, made, made.items[0].key, 0, 595)
    made = replace(made, hiding=with_words(made.hiding, places.SECRET))
    drawn, _ = hiding.page_as_it_will_be(store, made, made.items[0].key, 0, 595)
    assert (drawn.width, drawn.height, count) == (595, 842, 2)
    at = ((842 - 644) * 595 + 182) * 3
    assert drawn.rgb[at : at + 3] == b"\0\0\0" and plain.rgb != drawn.rgb


def test_before_it_goes_everybody_named_is_listed_and_what_is_hidden_is_not(
    store: Store, library: Library, tmp_path: Path
) -> None:
    given(store, tmp_path / "given", {"note.txt": b"Another pupil, Tom Archer, rang 07700 900123 about Jo Bell."})
    with store.action("People"):
        store.add(Contact(None, name="Jo Bell"))
    made = bundles.compose(store, library, "everything", TODAY)
    assert {(one.kind, one.words) for one in hiding.named_before(store, made)} == {
        ("child", "Tom Archer"), ("phone", "07700 900123"), ("person", "Jo Bell"),
    }  # fmt: skip
    made = replace(made, hiding=with_words(with_words(Hiding(), "Tom Archer"), "Jo Bell"))
    assert {one.words for one in hiding.named_before(store, made)} == {"07700 900123"}


def test_what_is_never_shown_stops_the_export_until_it_is_hidden(store: Store, library: Library, tmp_path: Path) -> None:
    given(store, tmp_path / "given", {"note.txt": b"We moved to 12 Elm Road,\nLeeds LS1 4AB. Ring 07700 900 123."})
    with store.action("Me"):
        me = store.add(Contact(None, name="Farah", phone="07700 900123", address="12 Elm Road\nLeeds\nLS1 4AB", me=True))
    export(store, library, tmp_path / "before", Hiding())
    people.show_never(store, me, True)
    with pytest.raises(Invalid, match=r"marked never to be shown.*page 1.*Nothing was written"):
        export(store, library, tmp_path / "out", Hiding())
    assert not (tmp_path / "out").exists()
    made = bundles.compose(store, library, "everything", TODAY)
    hid = Hiding()
    for one in hiding.suggested(store, made):
        assert one.because == "It is marked never to be shown."
        hid = with_words(hid, one.words, one.kind)
    export(store, library, tmp_path / "out", hid)
    assert recovered(tmp_path / "out", ["12 Elm Road", "LS1 4AB", "07700 900123"]) == []
    assert store.undo(now=NOW) is not None and people.never_shown(store) == set()
    people.show_never(store, me, True)
    people.remove_contact(store, me)
    assert people.never_shown(store) == set()
    store.undo(now=NOW)
    assert people.never_shown(store) == {me}
