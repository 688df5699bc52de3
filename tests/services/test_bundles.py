"""The bundle of a case, whole: composed, exported, read back by two other programs, proved, and nothing half-made."""

import datetime as dt
import errno
import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from casefile.domain.bundle_order import chosen
from casefile.domain.documents import Document
from casefile.errors import BadFile, Invalid, NoSpace
from casefile.library import Library
from casefile.printing.bundle import bag
from casefile.progress import Cancelled, Silent
from casefile.services import bundles, documents, letters
from casefile.services.bundles import Exported
from casefile.services.importing import import_paths
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.printing.bundle import awkward


def export(store: Store, library: Library, folder: Path, purpose: str = "everything", **more: object) -> Exported:
    made = bundles.compose(store, library, purpose, TODAY)
    return bundles.export(store, library, made, folder, Silent(), today=TODAY, now=NOW, **more)  # type: ignore[arg-type]


def words_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    return [document[number].get_textpage().get_text_range() for number in range(len(document))]


@pytest.fixture
def awkward_case(store: Store, tmp_path: Path) -> Store:
    """A case holding the whole awkward corpus and what cannot be printed."""
    folder = tmp_path / "given"
    folder.mkdir()
    for name, data in awkward.corpus().items():
        (folder / f"{name}.pdf").write_bytes(data)
    more = {
        "locked.pdf": awkward.locked("secret", "x"), "empty pages.pdf": awkward.no_pages(), "broken.pdf": b"%PDF-1.5\nno",
        "photo.pdf": awkward.camera_photo(), "clear.png": awkward.clear_png(), "scan.tif": awkward.tiff(3),
        "nothing.pdf": b"", "program.pdf": b"MZ\0\0\0\0", "note.txt": "Olena: Привіт".encode(),
    }  # fmt: skip
    for name, data in more.items():
        (folder / name).write_bytes(data)
    import_paths(store, [folder], Silent(), now=NOW)
    return store


def test_every_input_has_one_row_and_its_pages_hold_it(awkward_case: Store, library: Library, tmp_path: Path) -> None:
    made = export(awkward_case, library, tmp_path / "out")
    assert made.checks["ok"], made.checks
    with zipfile.ZipFile(made.zip) as zipped:
        name = next(one for one in zipped.namelist() if one.endswith(f"/{made.pdf[0].name}"))
        assert zipped.read(name) == made.pdf[0].read_bytes(), "also where a page had to be bound another way"
    papers = {paper.id: paper for paper in documents.all_documents(awkward_case)}
    assert {row.document for row in made.inputs} == set(papers)
    text = words_of(made.pdf[0])
    assert len(text) == made.pages
    page = min(row.from_page for row in made.inputs)
    for row in made.inputs:
        assert row.from_page == page and row.to_page >= row.from_page
        page = row.to_page + 1
        name = papers[row.document].name
        if row.state == "refused":
            assert "This paper is not included" in text[row.from_page - 1] and row.reason
        elif name.endswith(".pdf") and name[:-4] in awkward.corpus():
            assert name[:-4] in text[row.from_page - 1].split()
    assert page == made.pages + 1
    states = {papers[row.document].name: row.state for row in made.inputs}
    assert (
        states["locked.pdf"] == states["empty pages.pdf"] == states["broken.pdf"] == states["program.pdf"] == "refused"
    )
    assert states["photo.pdf"] == states["clear.png"] == "bundled" and states["TRUNCATED.pdf"] == "repaired"
    for number, words in enumerate(text, 1):
        assert str(number) in words.split()


def test_a_phone_photo_is_filed_and_bundled(store: Store, library: Library, tmp_path: Path) -> None:
    (tmp_path / "IMG_0001.HEIC").write_bytes(awkward.heic())
    import_paths(store, [tmp_path / "IMG_0001.HEIC"], Silent(), now=NOW)
    made = export(store, library, tmp_path / "out", originals=True)
    assert made.checks["ok"] and [row.state for row in made.inputs] == ["bundled"]


def test_the_sample_bundle_leads_where_it_says(sample: Store, library: Library, tmp_path: Path) -> None:
    made = export(sample, library, tmp_path / "out", "complaint_stage_1")
    assert made.checks["ok"] and made.checks["numbers"] and made.checks["links"] and made.checks["bookmarks"]
    reader = pypdf.PdfReader(made.pdf[0])
    assert reader.metadata is not None and "Amina Rahman" in str(reader.metadata.title)
    flat = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry.title for entry in flat][:3] == ["Cover, page 1", "Index, page 2", "Chronology, page 4"]
    by_mark = {row.mark: row for row in made.inputs}
    led = [entry for group in reader.outline if isinstance(group, list) for entry in group]
    assert {str(entry.title).split(" ")[0] for entry in led} == set(by_mark)
    for entry in led:
        assert reader.get_destination_page_number(entry) == by_mark[str(entry.title).split(" ")[0]].from_page - 1
    text = words_of(made.pdf[0])
    assert "Due" in text[3] and "Nadia Rahman" in text[0] and "Private and confidential" in text[0]


def test_attachments_follow_their_mail_and_sections_follow_dates(sample: Store, library: Library) -> None:
    made = bundles.compose(sample, library, "everything", TODAY)
    keys = [item.document for item in made.items]
    enclosed = [item for item in made.items if item.parent is not None]
    assert enclosed
    for item in enclosed:
        assert item.parent in keys[: keys.index(item.document)]
    days = [item.on for item in made.items if item.parent is None and item.on]
    assert days == sorted(days)
    undated = [item for item in made.items if item.on is None and item.parent is None]
    assert undated and made.items[-1] in undated
    assert all("no date" in item.warnings[0] for item in undated)


def test_marks_are_given_for_good(printed_sample: Store, library: Library, tmp_path: Path) -> None:
    first = export(printed_sample, library, tmp_path / "one")
    second = export(printed_sample, library, tmp_path / "two", "adviser")
    marks = {row.document: row.mark for row in first.inputs}
    assert all(marks[row.document] == row.mark for row in second.inputs)


def test_equal_case_choice_and_date_give_equal_bytes(sample: Store, library: Library, tmp_path: Path) -> None:
    export(sample, library, tmp_path / "first")
    shutil.rmtree(sample.folder / "work" / "pages")
    one, two = (export(sample, library, tmp_path / name) for name in ("one", "two"))
    assert one.pdf[0].read_bytes() == two.pdf[0].read_bytes()
    assert one.zip.read_bytes() == two.zip.read_bytes()


def test_a_letter_comes_first_and_its_marks_are_links(printed_sample: Store, library: Library, tmp_path: Path) -> None:
    draft = letters.save(printed_sample, letters.draft(printed_sample, library, "L08", {}, TODAY))
    made = bundles.compose(printed_sample, library, "complaint_stage_1", TODAY, draft=draft.id)
    assert made.items[0].draft == draft.id
    result = bundles.export(printed_sample, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    reader = pypdf.PdfReader(result.pdf[0])
    letter = result.inputs[0]
    targets = set()
    for page in reader.pages[letter.from_page - 1 : letter.to_page]:
        for annotation in page.get("/Annots", ()):
            targets.add(reader.get_page_number(annotation.get_object()["/Dest"][0].get_object()) + 1)
    marks = {proof.mark for proof in draft.proofs if proof.mark}
    assert targets == {row.from_page for row in result.inputs if row.mark in marks}


def test_an_orphan_proof_is_told_until_it_is_put_in(printed_sample: Store, library: Library, tmp_path: Path) -> None:
    draft = letters.save(printed_sample, letters.draft(printed_sample, library, "L08", {}, TODAY))
    proving = {proof.document for proof in draft.proofs if proof.document is not None}
    made = bundles.compose(printed_sample, library, "complaint_stage_1", TODAY, documents=[1], draft=draft.id)
    lost = bundles.plan(printed_sample, library, made).orphans
    assert {one.document for one in lost} == proving - {1} and all(one.letter == f"l{draft.id}" and one.there for one in lost)
    assert all(one.words in bundles.plan(printed_sample, library, made).warnings for one in lost)
    result = bundles.export(printed_sample, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    assert len(result.checks["orphans"]) == len(lost) and "points to E" in result.checks["orphans"][0]
    whole = bundles.add_papers(printed_sample, library, made, [one.document for one in lost], TODAY)
    assert bundles.plan(printed_sample, library, whole).orphans == ()
    out = chosen(whole, f"d{lost[0].document}", False)
    assert [one.document for one in bundles.plan(printed_sample, library, out).orphans] == [lost[0].document]
    again = bundles.add_papers(printed_sample, library, out, [lost[0].document], TODAY)
    assert again == whole, "a paper that was left out is taken in where it stood"


def test_a_letter_that_was_sent_has_orphans_too_and_a_paper_in_the_bin_cannot_be_put_in(sample: Store, library: Library) -> None:
    draft = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    paper, gone, *_ = dict.fromkeys(one.document for one in draft.proofs if one.document)
    with sample.action("Sent it"):
        sample.change(replace(draft, document=12, sent_on=TODAY))
    made = bundles.compose(sample, library, "complaint_stage_1", TODAY, documents=[12])
    documents.remove(sample, gone)
    found = {one.document: one for one in bundles.plan(sample, library, made).orphans}
    assert found[paper].there and not found[gone].there and "not in the case any more" in found[gone].words


def test_limits_and_needs_are_counted(sample: Store, library: Library) -> None:
    found = bundles.plan(sample, library, bundles.compose(sample, library, "tribunal", TODAY))
    assert [one.limit.most for one in found.counts if not one.limit.kinds] == [100]
    assert {one.limit.most for one in found.counts if one.item} == {15}
    by_purpose = {one.id: {limit.title: limit.most for limit in one.limits} for one in library.purposes if one.id.startswith("tribunal")}
    assert by_purpose["tribunal_75"]["Your evidence"] == 75 and "Your evidence" not in by_purpose["tribunal_late"]
    assert by_purpose["tribunal_discrimination"] == {
        "Your evidence": 200, "One expert’s report": 15, "One witness statement": 10,
        "The core bundle, made by the school’s side": 100, "The supplementary bundle, made by the school’s side": 100,
    }  # fmt: skip
    assert by_purpose["tribunal"] == {
        "Your evidence": 100, "The plan with its Section K papers": 150, "One expert’s report": 15, "One witness statement": 10,
        "The working document": 25, "The council’s core bundle": 100,
    }  # fmt: skip
    ombudsman = bundles.plan(sample, library, bundles.compose(sample, library, "lgsco", TODAY))
    assert any("no final response" in words for words in ombudsman.warnings)


def test_lettered_sections_have_lettered_numbers_and_page_labels(
    printed_sample: Store, library: Library, tmp_path: Path
) -> None:
    made = export(printed_sample, library, tmp_path / "out", "family_court")
    assert made.checks["ok"]
    labels = pypdf.PdfReader(made.pdf[0]).page_labels
    for row in made.inputs:
        assert labels[row.from_page - 1] == row.span.split(" ")[0]
    assert made.inputs[0].span.startswith("A1")


def test_saved_and_opened_again(sample: Store, library: Library) -> None:
    made = bundles.compose(sample, library, "adviser", TODAY)
    made = chosen(made, made.items[2].key, False)
    kept = bundles.save(sample, made, now=NOW)
    assert bundles.load(sample, kept.id or 0) == kept
    documents.remove(sample, made.items[0].document or 0)
    again = bundles.load(sample, kept.id or 0)
    assert again.warnings and made.items[0].document not in [item.document for item in again.items]
    bundles.remove(sample, kept.id or 0)
    sample.undo()
    assert [one.id for one in bundles.saved(sample)] == [kept.id]


class _Stop:
    def __init__(self, words: str) -> None:
        self.words = words

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        if text == self.words:
            raise Cancelled


@pytest.mark.parametrize(
    "words", ["Making pages", "Laying out the index", "Joining the pages", "Checking the pages", "Packing the zip"]
)
def test_stopping_leaves_nothing(sample: Store, library: Library, tmp_path: Path, words: str) -> None:
    made = bundles.compose(sample, library, "everything", TODAY)
    with pytest.raises(Cancelled):
        bundles.export(sample, library, made, tmp_path / "a" / "out", _Stop(words), today=TODAY, now=NOW)
    assert not (tmp_path / "a").exists()


def test_a_full_disk_is_one_clear_error_and_keeps_the_old_bundle(
    printed_sample: Store, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = export(printed_sample, library, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in old.folder.iterdir()}
    true_write, written = os.write, [0]

    def full(handle: int, data: bytes) -> int:
        written[0] += len(data)
        if written[0] > 900_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return true_write(handle, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(NoSpace, match="disk is full"):
        export(printed_sample, library, tmp_path / "out", "adviser")
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in old.folder.iterdir()} == before


def test_a_paper_whose_original_was_changed_gets_a_sheet(sample: Store, library: Library, tmp_path: Path) -> None:
    paper = next(one for one in sample.find(Document) if one.type == "pdf")
    path = sample.originals.path_of(paper.sha256, paper.type)
    os.chmod(path, 0o644)
    path.write_bytes(path.read_bytes() + b" ")
    made = export(sample, library, tmp_path / "out")
    row = next(row for row in made.inputs if row.document == paper.id)
    assert row.state == "refused" and "changed" in row.reason and made.checks["ok"]


def test_nothing_chosen_and_unknown_purposes_are_said(sample: Store, library: Library, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="complaint_stage_1"):
        bundles.compose(sample, library, "holiday", TODAY)
    empty = bundles.compose(sample, library, "adviser", TODAY, documents=[])
    with pytest.raises(Invalid):
        bundles.export(sample, library, empty, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    assert not (tmp_path / "out").exists()


def test_the_zip_is_a_bag_and_holds_the_originals_on_request(printed_sample: Store, library: Library, tmp_path: Path) -> None:
    made = export(printed_sample, library, tmp_path / "out", originals=True)
    with zipfile.ZipFile(made.zip) as packed:
        names = [name.split("/", 1)[1] for name in packed.namelist()]
        packed.extractall(tmp_path / "bag")
    assert names[:4] == ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    assert sum(1 for name in names if name.startswith("data/originals/")) == len(
        {row.sha256 for row in printed_sample.find(Document)}
    )
    folder = tmp_path / "bag" / made.zip.stem
    index = json.loads((folder / "data" / "index.json").read_text("utf-8"))
    assert [row["SHA-256 of the original"] for row in index] == [
        printed_sample.get(Document, row.document or 0).sha256 for row in made.inputs
    ]
    script = [sys.executable, str(folder / "data" / "check.py")]
    assert subprocess.run(script, capture_output=True).returncode == 0
    (folder / "data" / "index.csv").write_text("changed")
    assert subprocess.run(script, capture_output=True).returncode == 1


def test_any_changed_bit_is_noticed(printed_sample: Store, library: Library, tmp_path: Path) -> None:
    made = bundles.compose(printed_sample, library, "everything", TODAY, documents=[3, 11])
    result = bundles.export(printed_sample, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    for path in (result.folder, result.zip, result.pdf[0]):
        problems, files, _ = bundles.verify(path)
        assert problems == [] and files
    chance = random.Random(7)
    whole = result.zip.read_bytes()
    target = tmp_path / "flip.zip"
    # Every part of the zip is hit: its first and last thousand bytes hold the lists and the zip's own directory.
    places = [chance.randrange(len(whole)) for _ in range(60)]
    places += [chance.randrange(1500) for _ in range(60)] + [len(whole) - 1 - chance.randrange(1500) for _ in range(60)]
    for at in places:
        data = bytearray(whole)
        data[at] ^= 1 << chance.randrange(8)
        target.write_bytes(data)
        assert bundles.verify(target)[0], at
    for cut in (1, 100, 5000):
        target.write_bytes(whole[:-cut])
        assert bundles.verify(target)[0]
    for path in (result.pdf[0], result.list):
        before = path.read_bytes()
        for _ in range(25):
            data = bytearray(before)
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
            assert bundles.verify(result.folder)[0]
        path.write_bytes(before)
    result.pdf[0].unlink()
    assert bundles.verify(result.folder)[0]


def test_added_and_missing_members_are_noticed(tmp_path: Path) -> None:
    members = [bag.Member("a.txt", b"one"), bag.Member("b.txt", b"two")]
    whole = b"".join(bag.bag("papers", members, {"Casefile-Seal": "AAAA"}))
    path = tmp_path / "bag.zip"
    path.write_bytes(whole)
    assert bag.check_bag(path) == bag.Proved((), 2, "AAAA")
    for drop, add in (
        ("papers/data/a.txt", None),
        (None, "papers/data/c.txt"),
        (None, "papers/more.txt"),
        (None, "../out.txt"),
    ):
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "new.zip", "w") as new:
            for name in old.namelist():
                if name != drop:
                    new.writestr(name, old.read(name))
            if add:
                new.writestr(add, b"x")
        assert bag.check_bag(tmp_path / "new.zip").problems


def test_cells_that_look_like_formulas_are_made_harmless() -> None:
    rows = bag.as_csv([("=1+1", " @x", "plain", "-5")]).decode("utf-8-sig")
    assert rows == "'=1+1,' @x,plain,'-5\r\n"


def test_a_page_can_be_seen_before_it_is_sent(printed_sample: Store, library: Library, tmp_path: Path) -> None:
    made = export(printed_sample, library, tmp_path / "out", "adviser")
    assert bundles.picture_of_page(made.pdf[0], 0, 300).startswith(b"\x89PNG")
    with pytest.raises(BadFile):
        bundles.picture_of_page(made.pdf[0], 5000, 300)


def test_the_index_can_be_seen_and_counted_before_anything_is_written(
    sample: Store, library: Library, tmp_path: Path
) -> None:
    made = bundles.compose(sample, library, "adviser", TODAY)
    assert not bundles.plan(sample, library, made).sure
    picture, pages = bundles.index_picture(sample, library, made, TODAY, Silent())
    assert picture.startswith(b"\x89PNG") and pages >= 1
    assert not sample.find(Document, exhibit=1)
    planned = bundles.plan(sample, library, made)
    assert planned.sure
    assert planned.pages == pytest.approx(export(sample, library, tmp_path / "out", "adviser").pages, abs=2)


def test_undated_and_doubled_papers_are_listed(store: Store, library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    words = "The council wrote that it would answer within twenty days, and it did not answer at all. " * 3
    (folder / "a.txt").write_text(words)
    (folder / "b.txt").write_text(words + "\n")
    import_paths(store, [folder], Silent(), now=NOW)
    made = bundles.compose(store, library, "everything", dt.date(2026, 1, 1))
    assert any("same words" in warning for item in made.items for warning in item.warnings)
    assert "2 papers have no date." in bundles.plan(store, library, made).warnings


def test_papers_made_by_others(papers: Path, store: Store, library: Library, tmp_path: Path) -> None:
    import_paths(store, [papers], Silent(), now=NOW)
    made = export(store, library, tmp_path / "out")
    assert made.checks["ok"]
    assert {row.document for row in made.inputs} == {paper.id for paper in documents.all_documents(store)}
    others = [row for row in made.inputs if row.state != "bundled"]
    assert others and all(row.reason for row in others)


def test_a_paper_that_stops_the_joining_is_tried_another_way_and_costs_nothing_else(
    sample: Store, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casefile.child import Child, ChildFailed

    paper = next(one for one in sample.find(Document) if one.type == "pdf")
    true_pieces = Child.pieces

    def dies(self: Child, head: dict, blobs: list, answer: dict, **more: object) -> object:  # type: ignore[type-arg]
        if paper.sha256 in head.get("path", "") and head["mode"] != "pictures":
            yield b"half of what it was to hand over"
            raise ChildFailed("reading it stopped the reader")
        yield from true_pieces(self, head, blobs, answer, **more)  # type: ignore[arg-type]

    shutil.rmtree(sample.folder / "work" / "pages")
    monkeypatch.setattr(Child, "pieces", dies)
    made = export(sample, library, tmp_path / "out")
    row = next(row for row in made.inputs if row.document == paper.id)
    assert row.state == "repaired" and "pictures" in row.reason and made.checks["ok"]
    assert [one.state for one in made.inputs if one is not row].count("refused") == 0


def test_a_killed_export_leaves_the_old_bundle_and_the_next_one_sweeps(
    printed_sample: Store, library: Library, tmp_path: Path
) -> None:
    old = export(printed_sample, library, tmp_path / "out", "adviser")
    left = old.folder / ".casefile-unfinished"
    left.mkdir()
    (left / "bundle.pdf").write_bytes(b"half")
    assert bundles.verify(old.folder)[0] == []
    export(printed_sample, library, tmp_path / "out", "adviser")
    assert not left.exists() and bundles.verify(old.folder)[0] == []
