"""Word files, spreadsheets and zip folders locked with a password: opened once, and used like those that never were."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from casefile.domain.documents import Document
from casefile.errors import BadFile, Invalid
from casefile.library import Library
from casefile.progress import Cancelled, Silent
from casefile.services import bundles, case, documents, importing, plan_import, scans, unlocking
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.readers import making
from tests.readers.drawing import drawn, stamped_pdf
from tests.readers.locking import compound, old_word, word_locked, word_locked_2007, zip_locked
from tests.services.test_bundle_choices import paper
from tests.services.test_unlocking import PASSWORD, everything_in, filed, locked, traces

WORD = making.word("<w:p><w:r><w:t>Dear Mrs Rahman, Wagtail is to have speech therapy each week.</w:t></w:r></w:p>")
MEMBERS = {
    "Letters/letter.docx": WORD, "assessment.pdf": paper("Dunlin", 3),
    "mail.eml": bytes(making.mail("Siskin will be seen on Friday.\n")), "notes.txt": b"Redpoll was tired.",
}  # fmt: skip
ZIPS = ("old", "aes-1", "aes-2")


def unlocked(store: Store, one: Document, password: str = PASSWORD) -> Document:
    return unlocking.unlock(store, one.id or 0, password, Silent(), now=NOW)


def inside(store: Store, one: Document) -> dict[str, Document]:
    """What came out of a paper, by name."""
    return {part.name: part for part in store.find(Document, parent=one.id)}


def nowhere(folders: tuple[Path, ...]) -> None:
    """The password stands in no byte of these folders."""
    for folder in folders:
        held = everything_in(folder)
        for trace in traces(PASSWORD):
            assert trace not in held


WORDS: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "Word 2013": ("report.docx", "sealed", lambda: word_locked(WORD, PASSWORD)),
    "Word 2007": ("report.docx", "sealed", lambda: word_locked_2007(WORD, PASSWORD)),
    "Word 2002": ("report.doc", "doc", lambda: old_word("Dear Mrs Rahman\rWagtail is to have speech therapy.", PASSWORD)),
    "Word 97": ("report.doc", "doc", lambda: old_word("Dear Mrs Rahman\rWagtail is to have speech therapy. " * 200, PASSWORD, how="rc4")),
}


@pytest.mark.parametrize("which", WORDS)
def test_a_word_file_opens_its_words_and_pages_and_keeps_no_password(which: str, store: Store, library: Library, tmp_path: Path) -> None:
    name, type_, make = WORDS[which]
    data = make()
    one = filed(store, tmp_path / "given", data, name)
    id_ = one.id or 0
    assert one.type == type_ and one.locked and not one.note and [found.id for found in unlocking.locked(store)] == [id_]
    assert "locked with a password. Unlock it" in documents.view(store, id_).problem and not documents.search(store, "Wagtail").total
    with pytest.raises(BadFile, match="locked with a password"):
        plan_import.reading_of(store, id_)

    after = unlocked(store, one)
    assert after == store.get(Document, id_) and not after.locked and not after.problem and unlocking.HOW in after.note
    assert (after.sha256, after.type) == (one.sha256, one.type) and documents.original(store, id_) == data
    assert documents.search(store, "Wagtail").total == 1 and not unlocking.locked(store)
    view = documents.view(store, id_)
    assert view.kind == "blocks" and "Wagtail" in repr(view.blocks) and case.check(store, Silent()).ok
    assert plan_import.reading_of(store, id_) is not None

    made = bundles.compose(store, library, "everything", TODAY, documents=[id_])
    assert not bundles.plan(store, library, made).locked
    out = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW, originals=True)
    assert out.inputs[0].state == "bundled" and "Unlocked with the password you gave." in out.inputs[0].reason and out.checks["ok"]
    assert bundles.verify(out.zip)[0] == []

    # The same pages as of a Word file that never had a lock.
    free = filed(store, tmp_path / "given", store.originals.read(*(unlocking.unlocked(store)[id_].sha256, unlocking.unlocked(store)[id_].opened_as)), f"free {name}")
    assert free.type == unlocking.unlocked(store)[id_].opened_as
    again = bundles.export(
        store, library, bundles.compose(store, library, "everything", TODAY, documents=[free.id or 0]), tmp_path / "free", Silent(), today=TODAY, now=NOW,
    )  # fmt: skip
    assert again.inputs[0].to_page - again.inputs[0].from_page == out.inputs[0].to_page - out.inputs[0].from_page

    store.close()
    nowhere((store.folder, tmp_path / "out", tmp_path / "home"))


def test_a_spreadsheet_is_opened_and_then_told_like_any_spreadsheet(store: Store, library: Library, tmp_path: Path) -> None:
    sheet = making.zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    one = filed(store, tmp_path / "given", word_locked(sheet, PASSWORD), "costs.xlsx")
    free = filed(store, tmp_path / "given", sheet, "free.xlsx")
    after = unlocked(store, one)
    assert after.problem == free.problem and not after.locked
    copy = unlocking.unlocked(store)[one.id or 0]
    assert copy.opened_as == "xlsx" and store.originals.read(copy.sha256, "xlsx") == sheet and case.check(store, Silent()).ok
    made = bundles.compose(store, library, "everything", TODAY, documents=[one.id or 0])
    assert bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW).inputs[0].state == "refused"
    # Emptying the bin takes the copy along, and leaves the paper that has the very same bytes.
    documents.remove(store, one.id or 0)
    documents.empty_bin(store)
    assert store.originals.has(free.sha256, "xlsx") and case.check(store, Silent()).ok
    documents.remove(store, free.id or 0)
    documents.empty_bin(store)
    assert not list((store.folder / "originals").iterdir())


def test_a_locked_word_file_of_an_earlier_version_of_the_program_opens_too(store: Store, tmp_path: Path) -> None:
    """It was called an old office file then, and lies under another ending."""
    data = word_locked(WORD, PASSWORD)
    one = filed(store, tmp_path / "given", data, "report.docx")
    was = "It could not be read: it is locked with a password. Open it with the password, save it as PDF, and add that too."
    store.originals.put(data, "ole")
    with store.action("As it was"):
        store.change(replace(one, type="ole", problem=was))
    assert store.get(Document, one.id or 0).locked
    unlocked(store, one)
    assert documents.view(store, one.id or 0).kind == "blocks" and documents.search(store, "Wagtail").total == 1


def test_a_word_file_for_certain_people_only_asks_for_no_password(store: Store, tmp_path: Path) -> None:
    one = filed(store, tmp_path / "given", compound({"EncryptedPackage": bytes(5000)}), "report.docx")
    assert not one.locked and "no password helps" in one.problem


@pytest.mark.parametrize("how", ZIPS)
def test_what_is_in_a_zip_folder_becomes_papers_of_their_own(how: str, store: Store, library: Library, tmp_path: Path) -> None:
    data = zip_locked(MEMBERS, PASSWORD, how)
    one = filed(store, tmp_path / "given", data, "disclosure.zip")
    id_ = one.id or 0
    assert one.locked and one.state == "unsorted" and not inside(store, one) and documents.search(store, "letter").total == 1
    made = bundles.compose(store, library, "everything", TODAY, documents=[id_])
    assert bundles.plan(store, library, made).locked == (id_,)
    out = bundles.export(store, library, made, tmp_path / "before", Silent(), today=TODAY, now=NOW)
    assert out.inputs[0].state == "refused" and "locked with a password" in out.inputs[0].reason

    after = unlocked(store, one)
    parts = inside(store, one)
    assert not after.locked and not after.problem and (after.state, after.kind) == ("filed", "other")
    assert {name: (part.type, part.part, part.state) for name, part in parts.items()} == {
        "letter.docx": ("docx", "1", "unsorted"), "assessment.pdf": ("pdf", "2", "unsorted"), "mail.eml": ("eml", "3", "unsorted"),
        "notes.txt": ("text", "4", "unsorted"),
    }  # fmt: skip
    assert [documents.search(store, word).total for word in ("Wagtail", "Dunlin3x", "Siskin", "Redpoll")] == [1, 1, 1, 1]
    assert {part.name: documents.original(store, part.id or 0) for part in parts.values()} == {name.rpartition("/")[2]: data for name, data in MEMBERS.items()}
    assert documents.original(store, id_) == data and not unlocking.unlocked(store) and case.check(store, Silent()).ok
    wanted = [id_, *(part.id or 0 for part in parts.values())]
    out = bundles.export(
        store, library, bundles.compose(store, library, "everything", TODAY, documents=wanted), tmp_path / "out", Silent(),
        today=TODAY, now=NOW, originals=True,
    )  # fmt: skip
    assert {row.state for row in out.inputs} == {"bundled"} and out.checks["ok"]
    store.close()
    nowhere((store.folder, tmp_path / "out", tmp_path / "home"))


def test_each_comes_out_once_however_often_it_is_done(store: Store, tmp_path: Path) -> None:
    """Of two equal files in it and one that is in the case already, too."""
    there = filed(store, tmp_path / "given", b"Redpoll was tired.", "other name.txt")
    one = filed(store, tmp_path / "given", zip_locked(MEMBERS | {"copy.docx": WORD}, PASSWORD), "disclosure.zip")
    before = store.find(Document)
    unlocked(store, one)
    assert set(inside(store, one)) == {"letter.docx", "assessment.pdf", "mail.eml"}
    first = {part.sha256 for part in store.find(Document)}
    assert len(first) == len(store.find(Document)) == 5
    with pytest.raises(Invalid, match="not locked"):
        unlocked(store, one)
    assert store.undo(now=NOW) == "Unlocked a paper" and store.find(Document) == before and case.check(store, Silent()).ok
    assert store.get(Document, there.id or 0) == there
    unlocked(store, one)
    assert {part.sha256 for part in store.find(Document)} == first and len(store.find(Document)) == 5
    plain = filed(store, tmp_path / "given", making.zipped(MEMBERS), "free.zip")
    assert not inside(store, plain) and len(store.find(Document)) == 6 and case.check(store, Silent()).ok


def test_two_tries_at_once_keep_it_once(store: Store, tmp_path: Path) -> None:
    """Both had the right password before either was kept: the second is told, and nothing is doubled."""
    for name, data in (("a.zip", zip_locked(MEMBERS, PASSWORD)), ("a.docx", word_locked(WORD, PASSWORD))):
        one = filed(store, tmp_path / "given", data, name)
        first, second = (unlocking.opened(store, one.id or 0, PASSWORD, Silent()) for _ in range(2))
        unlocking.keep(store, one.id or 0, first, Silent(), now=NOW)
        seal = store.seal()
        with pytest.raises(Invalid, match="not locked"):
            unlocking.keep(store, one.id or 0, second, Silent(), now=NOW)
        assert store.seal() == seal


def test_a_folder_of_which_only_some_is_locked_and_some_has_another_password(store: Store, tmp_path: Path) -> None:
    data = zip_locked(MEMBERS, PASSWORD, "aes-2", open_=["notes.txt"], others={"mail.eml": "another"})
    one = filed(store, tmp_path / "given", data, "disclosure.zip")
    assert one.locked and "in part" in one.problem and one.state == "unsorted" and set(inside(store, one)) == {"notes.txt"}
    half = unlocked(store, one)
    assert half.locked and "in part" in half.problem and set(inside(store, one)) == {"notes.txt", "letter.docx", "assessment.pdf"}
    whole = unlocked(store, one, "another")
    assert not whole.locked and not whole.problem and whole.state == "filed" and whole.note == half.note
    assert sorted((part.part, part.name) for part in inside(store, one).values()) == [
        ("1", "letter.docx"), ("2", "assessment.pdf"), ("3", "mail.eml"), ("4", "notes.txt"),
    ]  # fmt: skip


def test_locks_inside_locks_and_inside_a_mail(store: Store, tmp_path: Path) -> None:
    deep = zip_locked({"report.docx": word_locked(WORD, PASSWORD), "scan.pdf": locked(paper("Dunlin", 1))}, PASSWORD, "old")
    mail = making.mail()
    mail.add_attachment(zip_locked({"deep.zip": deep}, PASSWORD), maintype="application", subtype="zip", filename="outer.zip")
    filed(store, tmp_path / "given", bytes(mail), "mail.eml")
    assert [one.name for one in unlocking.locked(store)] == ["outer.zip"]
    names = []
    while waiting := unlocking.locked(store):
        names.append(waiting[0].name)
        unlocked(store, waiting[0])
    assert names == ["outer.zip", "deep.zip", "report.docx", "scan.pdf"]
    parts = {one.name: one for one in store.find(Document)}
    assert parts["deep.zip"].part == f"{parts['outer.zip'].part}.1" and parts["scan.pdf"].part == f"{parts['outer.zip'].part}.1.2"
    assert documents.search(store, "Wagtail").total == 1 == documents.search(store, "Dunlin1x").total and case.check(store, Silent()).ok


@pytest.mark.parametrize("make", [
    lambda: word_locked(WORD, PASSWORD), lambda: old_word("Wagtail", PASSWORD), lambda: zip_locked(MEMBERS, PASSWORD, "old"), lambda: zip_locked(MEMBERS, PASSWORD),
])  # fmt: skip
def test_a_wrong_password_changes_nothing_and_is_told_plainly(make: Callable[[], bytes], store: Store, tmp_path: Path) -> None:
    one = filed(store, tmp_path / "given", make(), "a.bin")
    before, held = store.seal(), everything_in(store.folder / "originals")
    for wrong in ("kestrel£harbour-7741", "x", "", "x\0", "x" * 500, "\u202ex", "👪", "\ud800"):
        with pytest.raises(Invalid, match=r"does not open the paper|No password") as told:
            unlocked(store, one, wrong)
        assert PASSWORD not in str(told.value) and (not wrong or wrong not in str(told.value).split())
    assert store.seal() == before and everything_in(store.folder / "originals") == held and store.get(Document, one.id or 0) == one


class Until:
    """Progress that is stopped at its step number ``most``."""

    def __init__(self, most: int) -> None:
        self.most = most

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Count, and stop."""
        self.most -= 1
        if self.most < 0:
            raise Cancelled


def test_stopping_keeps_nothing_of_a_zip_folder(store: Store, tmp_path: Path) -> None:
    there = filed(store, tmp_path / "given", b"Redpoll was tired.", "other name.txt")
    one = filed(store, tmp_path / "given", zip_locked(MEMBERS, PASSWORD), "disclosure.zip")
    found = unlocking.opened(store, one.id or 0, PASSWORD, Silent())
    held, seal = everything_in(store.folder / "originals"), store.seal()
    for most in range(len(MEMBERS)):
        with pytest.raises(Cancelled):
            unlocking.keep(store, one.id or 0, found, Until(most), now=NOW)
        assert everything_in(store.folder / "originals") == held and store.seal() == seal and store.find(Document) == [there, one]
    with pytest.raises(Cancelled):
        unlocking.opened(store, one.id or 0, PASSWORD, Until(0))


def test_a_crash_while_the_papers_come_out_leaves_none_of_them(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody cleans up after a crash: the next start does."""
    monkeypatch.setattr(importing._Import, "forget", lambda self: None)
    one = filed(store, tmp_path / "given", zip_locked(MEMBERS, PASSWORD), "disclosure.zip")
    found = unlocking.opened(store, one.id or 0, PASSWORD, Silent())
    with pytest.raises(Cancelled):
        unlocking.keep(store, one.id or 0, found, Until(3), now=NOW)
    assert len(list((store.folder / "originals").iterdir())) > 1
    store.close()
    with Store.open(store.folder, now=NOW) as again:
        assert [path.name for path in (store.folder / "originals").iterdir()] == [f"{one.sha256}.zip"] and again.find(Document) == [one]
        assert unlocked(again, one).problem == "" and case.check(again, Silent()).ok


def test_a_damaged_file_in_it_is_named_and_the_others_come_out(store: Store, tmp_path: Path) -> None:
    data = bytearray(zip_locked({"a.txt": b"Redpoll was tired.", "b.txt": b"Siskin was not."}, PASSWORD, "aes-2", method=0))
    data[data.index(b"b.txt") + 5 + 11 + 16 + 2] ^= 1
    after = unlocked(store, filed(store, tmp_path / "given", bytes(data), "a.zip"))
    assert not after.locked and "“b.txt” inside is damaged." in after.note and set(inside(store, after)) == {"a.txt"}


def test_a_damaged_word_file_stays_as_it_came(store: Store, tmp_path: Path) -> None:
    """Its password is right, and what is in it cannot be read: the paper still asks, and no copy is kept."""
    bad = bytearray(WORD)
    bad[bad.index(b"word/document.xml") + 40] ^= 0xFF
    one = filed(store, tmp_path / "given", word_locked(bytes(bad), PASSWORD), "report.docx")
    with pytest.raises(BadFile, match="could not be read"):
        unlocked(store, one)
    assert store.get(Document, one.id or 0) == one and len(list((store.folder / "originals").iterdir())) == 1


def test_a_locked_scan_under_a_stamp_waits_to_be_read_once_it_is_open(store: Store, tmp_path: Path) -> None:
    one = filed(store, tmp_path / "given", locked(stamped_pdf(drawn(), "Wagtail COPY")))
    assert scans.waiting(store) == []
    unlocked(store, one)
    assert [waiting.pages for waiting in scans.waiting(store)] == [(1,)] and documents.search(store, "Wagtail").total == 1
