"""Scans in a case: read once, found by the search, suggested for but never surely, and gone with their paper."""

import datetime as dt
from pathlib import Path

import pytest

from casefile.domain.documents import Document
from casefile.domain.scans import NO_WORDS, WARNING
from casefile.progress import Cancelled, Silent
from casefile.services import case, documents, scans
from casefile.services.importing import import_paths
from casefile.store.rows import PageText, Scanned
from casefile.store.store import Store
from tests.conftest import NOW
from tests.readers.drawing import drawn, jpeg, needs_scans, png, scanned_pdf, stamped_pdf
from tests.services.test_unlocking import filed, locked

pytestmark = pytest.mark.usefixtures("reads_scans")
LATER = NOW + dt.timedelta(minutes=5)


def read(store: Store) -> scans.ScansRead:
    return scans.read_scans(store, Silent(), now=LATER)


class StopAfter:
    """A progress that is stopped once so many pages were read."""

    def __init__(self, pages: int) -> None:
        self.pages = pages

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Stop when enough was read."""
        if total and done >= self.pages:
            raise Cancelled


@needs_scans
def test_a_scan_is_found_suggested_for_and_never_sure(store: Store, tmp_path: Path) -> None:
    paper = filed(store, tmp_path / "given", scanned_pdf(drawn()), "scan0001.pdf")
    assert documents.search(store, "mediation").total == 0
    made = read(store)
    assert (made.papers, made.pages, made.failed) == (1, 1, 0) and "some may be wrong" in made.words
    (hit,) = documents.search(store, "two months mediation").hits
    assert (hit.document, hit.page) == (paper.id, 1)
    found = documents.suggestion_of(store, paper.id or 0)
    assert found.kind is not None and found.kind.value == "decision_not_to_assess"
    assert found.date is not None and found.date.value == dt.date(2026, 5, 12)
    assert found.sender is not None and found.sender.organisation == "Kestrel County Council"
    for guess in (found.kind, found.date, found.sender, *found.events):
        assert not guess.sure and "read from a picture" in guess.because.lower()
    now = documents.document(store, paper.id or 0)
    assert now.title == "Decision not to assess from Kestrel County Council"
    assert WARNING in now.note and "cannot be searched" not in now.note
    assert "Dear Ms Field" in documents.text_of(store, paper.id or 0)[0] and scans.pages_read(store, paper.id or 0) == {1}
    assert scans.waiting(store) == [] and read(store) == scans.ScansRead()
    page = documents.page_picture(store, paper.id or 0, 0, 620)
    word, left, top, right, bottom = page.words[0]
    assert word == "Kestrel" and abs(left - 55) < 6 and 60 < top < bottom < 95 and left < right < 180
    assert case.check(store, Silent()).ok


@needs_scans
def test_what_the_parent_confirmed_stays(store: Store, tmp_path: Path) -> None:
    paper = filed(store, tmp_path / "given", jpeg(drawn()), "IMG_0012.jpg")
    documents.sort_document(store, paper.id or 0, title="Mum’s own words", kind="note", dated=dt.date(2026, 6, 1), sender="School")
    before = documents.suggestion_of(store, paper.id or 0)
    read(store)
    now = documents.document(store, paper.id or 0)
    assert (now.title, now.kind, now.dated, now.sender, now.state) == ("Mum’s own words", "note", dt.date(2026, 6, 1), "School", "filed")
    assert documents.suggestion_of(store, paper.id or 0) == before
    assert documents.search(store, "mediation").total == 1


@needs_scans
def test_stopping_keeps_what_was_read_and_the_next_round_goes_on(store: Store, tmp_path: Path) -> None:
    pages = [drawn(f"Page number {word} of the report\nwas written by the school", size=40) for word in ("one", "two", "three")]
    paper = filed(store, tmp_path / "given", scanned_pdf(*pages))
    with pytest.raises(Cancelled):
        scans.read_scans(store, StopAfter(2), now=LATER)
    assert [one.pages for one in scans.waiting(store)] == [(3,)] and scans.pages_read(store, paper.id or 0) == {1, 2}
    assert read(store).pages == 1 and documents.search(store, "report written").total == 3
    assert WARNING in documents.document(store, paper.id or 0).note


@needs_scans
def test_the_newest_papers_come_first_and_typed_pages_are_left(store: Store, tmp_path: Path) -> None:
    old = filed(store, tmp_path / "given", jpeg(drawn("The older of both\nphotos of a letter", size=40)), "old.jpg")
    new = filed(store, tmp_path / "given", jpeg(drawn("The newer of both\nphotos of a letter", size=40)), "new.jpg")
    documents.sort_document(store, old.id or 0, dated=dt.date(2024, 1, 5), kind="photo")
    documents.sort_document(store, new.id or 0, dated=dt.date(2026, 1, 5), kind="photo")
    filed(store, tmp_path / "given", b"Dear Mrs Rahman,\n\nTyped.\n", "typed.txt")
    assert [one.paper.id for one in scans.waiting(store)] == [new.id, old.id]
    with pytest.raises(Cancelled):
        scans.read_scans(store, StopAfter(1), now=LATER)
    assert [one.paper.id for one in scans.waiting(store)] == [old.id]


@needs_scans
def test_a_page_without_words_is_read_once_and_says_so(store: Store, tmp_path: Path) -> None:
    from PIL import Image

    paper = filed(store, tmp_path / "given", png(Image.radial_gradient("L").resize((700, 700))), "garden.png")
    made = read(store)
    assert (made.nothing, made.pages) == (1, 0) and made.words == "No words were found in the scans."
    assert NO_WORDS in documents.document(store, paper.id or 0).note and scans.waiting(store) == []
    assert documents.suggestion_of(store, paper.id or 0).title == paper.title


@needs_scans
def test_a_scan_goes_with_its_paper_and_its_adding_can_be_taken_back(store: Store, tmp_path: Path) -> None:
    first = filed(store, tmp_path / "given", jpeg(drawn("A letter about transport\nfrom the council", size=40)), "one.jpg")
    read(store)
    assert store.undo() == "Added papers"
    assert store.find(Document) == [] and store.find(Scanned) == [] and store.find(PageText) == []
    assert case.check(store, Silent()).ok
    second = filed(store, tmp_path / "given", (tmp_path / "given" / "one.jpg").read_bytes(), "one.jpg")
    assert second.sha256 == first.sha256 and read(store).pages == 1
    documents.remove(store, second.id or 0)
    assert documents.search(store, "transport").total == 0 and scans.waiting(store) == []
    documents.bring_back(store, second.id or 0)
    assert documents.search(store, "transport").total == 1
    documents.remove(store, second.id or 0)
    documents.empty_bin(store)
    assert store.find(Scanned) == [] and case.check(store, Silent()).ok


@needs_scans
@pytest.mark.parametrize("stamp", [(), ("KCC-SAR-000123",)])
def test_a_locked_scan_is_read_once_it_is_unlocked(stamp: tuple[str, ...], store: Store, tmp_path: Path) -> None:
    from casefile.services import unlocking

    paper = filed(store, tmp_path / "given", locked(stamped_pdf(drawn(), *stamp), "Wren"))
    assert scans.waiting(store) == []
    unlocking.unlock(store, paper.id or 0, "Wren", Silent(), now=NOW)
    assert read(store).pages == 1 and documents.search(store, "Kestrel").total
    assert case.check(store, Silent()).ok


@needs_scans
def test_a_scan_under_a_stamp_is_read_and_its_stamp_can_still_be_found(store: Store, tmp_path: Path) -> None:
    paper = filed(store, tmp_path / "given", stamped_pdf(drawn(), "KCC-SAR-000123", "Wagtail COPY"), "disclosed.pdf")
    assert [one.pages for one in scans.waiting(store)] == [(1,)] and documents.search(store, "wagtail").total == 1
    assert "cannot be searched yet" in paper.note and scans.pages_read(store, paper.id or 0) == set()
    assert read(store).pages == 1 and scans.waiting(store) == [] and read(store) == scans.ScansRead()
    (text,) = documents.text_of(store, paper.id or 0)
    assert text.startswith("Kestrel County Council\n") and text.endswith("KCC-SAR-000123\nWagtail COPY")
    assert [text.count(word) for word in ("mediation", "Wagtail", "COPY", "Kestrel County")] == [1, 1, 1, 1]
    for words in ("wagtail", "two months mediation", "mediation wagtail"):
        assert documents.search(store, words).total == 1, words
    now = documents.document(store, paper.id or 0)
    assert now.title == "Decision not to assess from Kestrel County Council" and now.note == WARNING
    assert scans.pages_read(store, paper.id or 0) == {1}
    shown = [word for word, *_ in documents.page_picture(store, paper.id or 0, 0, 620).words]
    assert shown.count("Wagtail") == shown.count("mediation") == 1
    assert store.undo() == "Added papers" and store.find(Scanned) == [] and store.find(PageText) == []
    assert case.check(store, Silent()).ok


@needs_scans
def test_a_cover_with_a_picture_is_looked_at_once_and_nothing_is_said(store: Store, tmp_path: Path) -> None:
    from PIL import Image

    cover = stamped_pdf(Image.radial_gradient("L").resize((1240, 1754)), "Annual report", "Wren Hill School 2026", size=30)
    paper = filed(store, tmp_path / "given", cover)
    before = documents.suggestion_of(store, paper.id or 0)
    made = read(store)
    assert (made.nothing, made.pages) == (1, 0) and scans.waiting(store) == [] and documents.document(store, paper.id or 0).note == ""
    assert documents.search(store, "annual report").total == 1 and scans.pages_read(store, paper.id or 0) == set()
    assert documents.suggestion_of(store, paper.id or 0) == before


def test_a_stamped_page_that_could_not_be_read_keeps_its_typed_words(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from casefile.readers import Unreadable
    from casefile.readers.process import ReaderProcess

    def broken(*_: object, **__: object) -> None:
        raise Unreadable("it took too long")

    monkeypatch.setattr(scans, "available", lambda: True)
    monkeypatch.setattr(ReaderProcess, "scan", broken)
    filed(store, tmp_path / "given", stamped_pdf(drawn(), "Wagtail COPY"))
    made = read(store)
    assert (made.failed, made.pages) == (1, 0) and documents.search(store, "wagtail").total == 1
    (kept,) = store.find(Scanned)
    assert (kept.words, kept.problem) == ("[]", "it took too long") and scans.waiting(store) == []


@needs_scans
def test_a_plan_can_be_taken_from_a_scan(store: Store, tmp_path: Path) -> None:
    from casefile.services import plan_import

    heads = {"A": "The views of Robin", "B": "Robin has a speech sound disorder", "E": "Robin will be understood", "F": "Speech therapy of 45 minutes a week"}
    text = "Final EHC plan\n" + "\n".join(f"Section {letter}\n{words}" for letter, words in heads.items())
    paper = filed(store, tmp_path / "given", scanned_pdf(drawn(text, size=36)))
    read(store)
    found = plan_import.reading_of(store, paper.id or 0)
    assert any("45 minutes" in line.text for line in found.lines) and found.sections == ("A", "B", "E", "F")
    assert plan_import.import_plan(store, paper.id or 0).note == f"{WARNING} Compare each line with the paper."


@needs_scans
def test_a_scanned_plan_is_read_when_it_is_named(store: Store, tmp_path: Path) -> None:
    from casefile.services import plan_import

    (tmp_path / "given").mkdir()
    filed(store, tmp_path / "given", jpeg(drawn()), "another.jpg")
    (tmp_path / "plan.pdf").write_bytes(scanned_pdf(drawn("Final EHC plan\nSection F\nSpeech therapy of 45 minutes a week", size=36)))
    id_ = plan_import.file_paper(store, tmp_path / "plan.pdf", Silent(), now=NOW)
    assert scans.pages_read(store, id_) == {1} and len(scans.waiting(store)) == 1


def test_without_what_reads_scans_all_else_goes_on_and_it_is_said(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "available", lambda: False)
    paper = filed(store, tmp_path / "given", jpeg(drawn()), "IMG_0012.jpg")
    import_paths(store, [tmp_path / "given"], Silent(), now=NOW)
    made = read(store)
    assert made.cannot and made.words == scans.CANNOT and store.find(Scanned) == []
    assert [one.paper.id for one in scans.waiting(store)] == [paper.id]
    assert documents.page_picture(store, paper.id or 0, 0, 300).width == 300
    assert "cannot be searched yet" in documents.document(store, paper.id or 0).note and case.check(store, Silent()).ok


def test_where_it_does_not_start_nothing_is_marked_as_read(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from casefile.readers.process import ReaderProcess
    from casefile.readers.scan import CannotScan

    def broken(*_: object) -> None:
        raise CannotScan("ImportError: a library is missing")

    monkeypatch.setattr(scans, "available", lambda: True)
    monkeypatch.setattr(ReaderProcess, "scan", broken)
    filed(store, tmp_path / "given", jpeg(drawn()), "IMG_0012.jpg")
    assert read(store).words == scans.CANNOT and len(scans.waiting(store)) == 1
