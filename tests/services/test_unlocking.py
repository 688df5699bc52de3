"""Locked papers: the password opens them once and is found nowhere afterwards; the original stays as it came."""

import base64
import hashlib
import io
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from casefile.domain.documents import Document
from casefile.errors import BadFile, Invalid
from casefile.library import Library
from casefile.progress import Cancelled, Silent
from casefile.services import bundles, case, documents, unlocking
from casefile.services.importing import import_paths
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.services.test_bundle_choices import paper

PASSWORD = "Kestrel£Harbour-7741"


def locked(data: bytes, password: str = PASSWORD, *, kind: int = 6, owner: str = "the owner's own") -> bytes:
    """A PDF that asks for a password: AES-256 for kind 6, AES-128 for 4, RC4 for 3."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as found:
        how = pikepdf.Encryption(user=password, owner=owner, R=kind, aes=kind >= 4, metadata=kind >= 4)  # type: ignore[arg-type]
        found.save(target, encryption=how)
    return target.getvalue()


def filed(store: Store, folder: Path, data: bytes, name: str = "assessment.pdf") -> Document:
    """The file put into the case; the paper it became."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    import_paths(store, [folder / name], Silent(), now=NOW)
    return next(one for one in store.find(Document) if one.name == name)


def everything_in(folder: Path) -> bytes:
    """Every byte of a folder, and the names of its files."""
    return b"\n".join(path.name.encode() + b"\n" + path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def traces(password: str) -> list[bytes]:
    """The password in the ways it might have been kept."""
    raw = password.encode()
    return [
        raw, password.encode("latin-1"), password.encode("utf-16-le"), password.encode("utf-16-be"), base64.b64encode(raw), raw.hex().encode(),
        password.encode("unicode_escape"), hashlib.sha256(raw).hexdigest().encode(),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [6, 4, 3])
def test_the_right_password_opens_words_pages_and_bundle_and_is_kept_nowhere(
    kind: int, store: Store, library: Library, tmp_path: Path
) -> None:
    data = locked(paper("Wagtail", 3), kind=kind)
    one = filed(store, tmp_path / "given", data)
    id_ = one.id or 0
    assert one.locked and "locked with a password" in documents.view(store, id_).problem
    assert [found.id for found in unlocking.locked(store)] == [id_] and not documents.search(store, "Wagtail2x").total

    after = unlocking.unlock(store, id_, PASSWORD, Silent(), now=NOW)
    assert after == store.get(Document, id_) and after.pages == 3 and not after.locked and not after.problem
    assert unlocking.HOW in after.note and not unlocking.locked(store)
    assert documents.search(store, "Wagtail2x").total == 1 and documents.view(store, id_).pages == 3
    drawn = documents.page_picture(store, id_, 1, 400)
    assert any("Wagtail2x" in word for word, *_ in drawn.words)
    # The original is what came, and the copy asks for nothing.
    assert documents.original(store, id_) == data and after.sha256 == hashlib.sha256(data).hexdigest()
    with pypdfium2.PdfDocument(documents.legible(store, id_)) as opened:
        assert len(opened) == 3
    assert case.check(store, Silent()).ok

    made = bundles.compose(store, library, "everything", TODAY, documents=[id_])
    planned = bundles.plan(store, library, made)
    assert not planned.locked and planned.sure and not any("read" in words for words in made.items[0].warnings)
    out = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW, originals=True)
    assert out.inputs[0].state == "bundled" and "Unlocked with the password you gave." in out.inputs[0].reason
    assert out.inputs[0].to_page - out.inputs[0].from_page == 2 and out.checks["ok"]
    with pypdfium2.PdfDocument(out.pdf[0]) as whole:
        assert "Wagtail3x" in whole[out.inputs[0].to_page - 1].get_textpage().get_text_range()
    assert bundles.verify(out.zip)[0] == []

    store.close()
    for folder in (store.folder, tmp_path / "out", tmp_path / "home"):
        held = everything_in(folder)
        for trace in traces(PASSWORD):
            assert trace not in held


def test_a_wrong_password_changes_nothing_and_is_told_plainly(store: Store, tmp_path: Path) -> None:
    one = filed(store, tmp_path / "given", locked(paper("Wagtail", 1)))
    before, held = store.seal(), everything_in(store.folder / "originals")
    for wrong in ("kestrel£harbour-7741", "x", "", "x\0", "x" * 5000, "\u202ex", "👪"):
        with pytest.raises(Invalid, match=r"does not open the paper|No password") as told:
            unlocking.unlock(store, one.id or 0, wrong, Silent(), now=NOW)
        assert PASSWORD not in str(told.value) and (not wrong or wrong not in str(told.value).split())
    assert store.seal() == before and everything_in(store.folder / "originals") == held and store.get(Document, one.id or 0) == one


def test_old_letters_of_a_password_and_stray_blanks_round_it(store: Store, tmp_path: Path) -> None:
    """Older PDFs keep a pound sign as their computer did; a password copied from a mail often has a blank behind it."""
    target, writer = io.BytesIO(), pypdf.PdfWriter(io.BytesIO(paper("Wagtail", 1)))
    writer.encrypt("caf£", "o", algorithm="AES-128")  # in Latin-1, where pikepdf would take UTF-8
    writer.write(target)
    one = filed(store, tmp_path / "given", target.getvalue())
    assert unlocking.unlock(store, one.id or 0, " caf£ ", Silent(), now=NOW).pages == 1


def test_the_owners_password_opens_it_too_and_owner_locks_open_as_they_are(store: Store, tmp_path: Path) -> None:
    one = filed(store, tmp_path / "given", locked(paper("Wagtail", 1)))
    assert unlocking.unlock(store, one.id or 0, "the owner's own", Silent(), now=NOW).pages == 1
    free = filed(store, tmp_path / "given", locked(paper("Dunlin", 2), password=""), "free.pdf")
    assert not free.locked and free.pages == 2
    with pytest.raises(Invalid, match="not locked"):
        unlocking.unlock(store, free.id or 0, PASSWORD, Silent(), now=NOW)


def test_undo_locks_it_again_and_unlocking_again_gives_the_same_copy(store: Store, tmp_path: Path) -> None:
    one = filed(store, tmp_path / "given", locked(paper("Wagtail", 2)))
    id_ = one.id or 0
    unlocking.unlock(store, id_, PASSWORD, Silent(), now=NOW)
    first = unlocking.unlocked(store)[id_].sha256
    assert store.undo(now=NOW) == "Unlocked a paper"
    assert store.get(Document, id_) == one and not unlocking.unlocked(store) and not documents.search(store, "Wagtail1x").total
    with pytest.raises(BadFile):
        documents.page_picture(store, id_, 0, 300)
    assert case.check(store, Silent()).ok
    unlocking.unlock(store, id_, PASSWORD, Silent(), now=NOW)
    assert unlocking.unlocked(store)[id_].sha256 == first and case.check(store, Silent()).ok


def test_stopping_keeps_nothing(store: Store, tmp_path: Path) -> None:
    class Stop:
        def step(self, text: str, done: int = 0, total: int = 0) -> None:
            raise Cancelled

    one = filed(store, tmp_path / "given", locked(paper("Wagtail", 1)))
    found = unlocking.opened(store, one.id or 0, PASSWORD, Silent())
    held = everything_in(store.folder / "originals")
    with pytest.raises(Cancelled):
        unlocking.keep(store, one.id or 0, found, Stop(), now=NOW)
    assert everything_in(store.folder / "originals") == held and store.get(Document, one.id or 0) == one


def test_a_changed_copy_is_noticed_and_bundled_by_nobody(store: Store, library: Library, tmp_path: Path) -> None:
    one = filed(store, tmp_path / "given", locked(paper("Wagtail", 1)))
    id_ = one.id or 0
    unlocking.unlock(store, id_, PASSWORD, Silent(), now=NOW)
    path = store.originals.path_of(unlocking.unlocked(store)[id_].sha256, "pdf")
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"\n")
    found = case.check(store, Silent())
    assert not found.ok and [problem.what for problem in found.problems] == ["its unlocked copy is changed"]
    out = bundles.export(
        store, library, bundles.compose(store, library, "everything", TODAY, documents=[id_]), tmp_path / "out", Silent(),
        today=TODAY, now=NOW,
    )  # fmt: skip
    assert out.inputs[0].state == "refused"


def test_a_crash_before_the_row_leaves_no_copy_and_one_after_it_keeps_it(store: Store, tmp_path: Path) -> None:
    one = filed(store, tmp_path / "given", locked(paper("Wagtail", 1)))
    id_, folder = one.id or 0, store.folder
    sha256 = store.originals.put(unlocking.opened(store, id_, PASSWORD, Silent()).copy, "pdf")
    store.close()
    with Store.open(folder, now=NOW) as again:
        assert not again.originals.has(sha256, "pdf")
        unlocking.unlock(again, id_, PASSWORD, Silent(), now=NOW)
        (folder / "work" / f"{sha256}.pdf.new").touch()
    with Store.open(folder, now=NOW) as again:
        assert again.originals.has(sha256, "pdf") and case.check(again, Silent()).ok


def test_the_copy_goes_with_the_emptied_bin(store: Store, tmp_path: Path) -> None:
    one = filed(store, tmp_path / "given", locked(paper("Wagtail", 1)))
    id_ = one.id or 0
    unlocking.unlock(store, id_, PASSWORD, Silent(), now=NOW)
    documents.remove(store, id_)
    documents.empty_bin(store)
    assert not list((store.folder / "originals").iterdir()) and not unlocking.unlocked(store) and case.check(store, Silent()).ok


def test_a_bundle_kept_before_knows_the_paper_is_open_now(store: Store, library: Library, tmp_path: Path) -> None:
    """The bundle tells of the lock; after it is opened, the same kept bundle has its pages and says nothing of it."""
    one = filed(store, tmp_path / "given", locked(paper("Wagtail", 4)))
    kept = bundles.save(store, bundles.compose(store, library, "everything", TODAY, documents=[one.id or 0]), now=NOW)
    planned = bundles.plan(store, library, kept)
    assert planned.locked == (one.id,) and planned.warnings[0].startswith("1 paper is locked with a password.")
    out = bundles.export(store, library, kept, tmp_path / "before", Silent(), today=TODAY, now=NOW)
    assert out.inputs[0].state == "refused" and "password" in out.inputs[0].reason
    unlocking.unlock(store, one.id or 0, PASSWORD, Silent(), now=NOW)
    again = bundles.load(store, kept.id or 0)
    assert again.items[0].pages == 4 and not bundles.plan(store, library, again).locked
