"""Importing: a row for every input, nothing lost, nothing twice, and sensible suggestions over papers made by others."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from casefile.domain.documents import Document
from casefile.errors import NoSpace, NotFound
from casefile.progress import Silent
from casefile.services import case, documents
from casefile.services.importing import ImportReport
from casefile.store.store import Store
from tests.conftest import NOW
from tests.readers import making


def put(store: Store, folder: Path, **files: bytes) -> ImportReport:
    """Write files (``a_txt`` is a.txt) into a folder and import it."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return documents.import_paths(store, [folder], Silent(), now=NOW)


def test_papers_made_by_others(store: Store, papers: Path) -> None:
    began = time.monotonic()
    report = documents.import_paths(store, [papers], Silent(), now=NOW)
    assert time.monotonic() - began < 30
    files = sorted(path.name for path in papers.iterdir())
    assert sorted(row.path for row in report.rows if row.part is None) == files
    assert sum(report.totals.values()) == len(report.rows) and report.totals["added"] >= 60
    by_path = {paper.path: paper for paper in store.find(Document) if paper.parent is None}
    for name, paper in by_path.items():
        data = (papers / name).read_bytes()
        assert paper.sha256 == hashlib.sha256(data).hexdigest()
        assert store.originals.read(paper.sha256, paper.type) == data
        assert paper.title.strip() and len(paper.title) <= 120
    assert by_path["simple-open-password.pdf"].problem.endswith("ask the sender for a copy without one.")
    assert by_path["testMSG_chinese.msg"].title == "Alfresco MSG format testing ( MSG 格式測試 )"
    old_word = next(paper for paper in store.find(Document) if paper.name == "test-unicode.doc")
    assert old_word.type == "doc" and not old_word.problem
    assert case.check(store, Silent()).ok


def test_what_others_papers_seem_to_be(store: Store, papers: Path) -> None:
    documents.import_paths(store, [papers], Silent(), now=NOW)
    found = documents.all_documents(store)
    sure = {}
    for paper in found:
        made = documents.suggestion_of(store, paper.id or 0)
        if made.date and made.date.sure:
            sure[paper.name] = made.date.value.isoformat()
    mails = {paper.name for paper in found if paper.type in ("eml", "msg")}
    assert set(sure) - mails == {"176446.pdf"} and sure["176446.pdf"] == "2007-03-29"
    assert sure["testThunderbirdEml.eml"] == "2012-11-21"
    threads = documents.threads(store)
    assert len({threads[paper.id or 0] for paper in found if paper.path == "complex.mbox" and paper.type == "eml"}) == 1
    waiting = {paper.name for paper in documents.unsorted(store)}
    assert "1.jpg" not in waiting and "testimage.jpeg" not in waiting, "pictures of a mail's look are nothing to sort"
    assert "testPNG.png" in waiting and "complex.mbox" not in waiting
    inside = {paper.name: paper for paper in found}
    assert inside["1.jpg"].parent == inside["test-outlook2003.msg"].id and inside["1.jpg"].state == "filed"


def test_the_same_bytes_are_kept_once(store: Store, tmp_path: Path) -> None:
    report = put(store, tmp_path / "in", a_txt=b"Dear Mrs Rahman", b_txt=b"Dear Mrs Rahman", c_zip=making.zipped({"d.txt": b"Dear Mrs Rahman"}))  # fmt: skip
    assert [(row.path, row.part, row.state) for row in report.rows] == [
        ("a.txt", None, "added"), ("b.txt", None, "already_there"), ("c.zip", None, "added"), ("c.zip", "d.txt", "already_there"),
    ]  # fmt: skip
    assert len(list((store.folder / "originals").iterdir())) == 2


def test_a_mail_saved_twice_is_a_duplicate_of_the_first(store: Store, tmp_path: Path) -> None:
    mail = making.mail("A long letter about many things that happened. " * 4)
    put(store, tmp_path / "in", a_eml=bytes(mail), b_eml=b"X-Saved-By: another program\r\n" + bytes(mail))
    first, second = store.find(Document)
    assert documents.duplicates(store) == {second.id: first.id}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there that a test has not")
def test_links_and_system_files_are_left_out_with_the_reason(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.txt").symlink_to("/etc/hostname")
    (tmp_path / "in" / "folder").symlink_to("/etc")
    os.mkfifo(tmp_path / "in" / "pipe")
    report = put(store, tmp_path / "in", _DS_Store=b"x", Thumbs_db=b"x", real_txt=b"a letter")
    assert {row.path: row.state for row in report.rows} == {
        "link.txt": "skipped", "folder": "skipped", "pipe": "skipped", ".DS.Store": "added", "Thumbs.db": "skipped", "real.txt": "added",
    }  # fmt: skip
    assert all(row.reason for row in report.rows if row.state == "skipped")


def test_each_awkward_kind_is_at_least_kept_with_a_plain_reason(store: Store, tmp_path: Path) -> None:
    files = {
        "old_doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sheet_xlsx": making.zipped({"xl/workbook.xml": b"<a/>"}),
        "packed_7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "tool_exe": b"MZ" + b"\1" * 200, "none_txt": b"", "blank_txt": b" \n\n",
        "odd_bin": bytes(range(256)) * 4, "cut_docx": making.word()[:90], "cut_msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le") * 9,
        "locked_pdf": making.locked_pdf(), "cut_jpg": making.picture("JPEG")[:60], "page_heic": b"\0\0\0\x18ftypheic" + b"\0" * 60,
        "bomb_zip": making.zipped({"zeros": b"\0" * 40_000_000}),
    }  # fmt: skip
    report = put(store, tmp_path / "in", **files)
    assert len(report.rows) == len(files) - 1 or len(report.rows) == len(files)
    for row in report.rows:
        assert row.state in ("unreadable", "already_there") and row.document, row
        assert row.reason.endswith(".") and "Error" not in row.reason and "Traceback" not in row.reason, row.reason
        paper = store.get(Document, row.document)
        assert store.originals.read(paper.sha256, paper.type) == files[row.path.replace(".", "_")]


@pytest.mark.parametrize(
    "data",
    [b"{\\rtf1 Dear Mrs Rahman}", making.odt("<text:p>Dear Mrs Rahman</text:p>"), b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Dear Mrs Rahman\nEND:VEVENT\nEND:VCALENDAR\n",
     making.word("<w:p><w:r><w:t>Dear Mrs Rahman</w:t></w:r></w:p>"), "Dear Mrs Rahman".encode("utf-16"), b"<html><p>Dear Mrs Rahman</p></html>", making.pdf("Dear Mrs Rahman")],
)  # fmt: skip
def test_every_kind_that_is_read_can_be_searched(store: Store, tmp_path: Path, data: bytes) -> None:
    put(store, tmp_path / "in", a_bin=data)
    found = documents.search(store, "mrs rahman")
    assert found.total >= 1 and any(match for _, match in found.hits[0].snippet)


def test_a_path_that_is_not_there_adds_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(NotFound, match="Nothing was added"):
        documents.import_paths(store, [tmp_path / "a.txt", tmp_path / "none"], Silent(), now=NOW)
    assert store.find(Document) == []


def test_too_little_room_is_said_before_anything_begins(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casefile.store import files

    monkeypatch.setattr(files.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10})())
    with pytest.raises(NoSpace, match="Nothing was changed"):
        put(store, tmp_path / "in", a_txt=b"a letter of more than ten bytes")
    assert store.find(Document) == []


def test_names_given_are_only_shown(store: Store, tmp_path: Path) -> None:
    mail = making.mail()
    mail.add_attachment(b"a paper", maintype="text", subtype="plain", filename="../../../../tmp/evil\u202etxt.exe")
    report = put(store, tmp_path / "in", a_eml=bytes(mail))
    part = next(row for row in report.rows if row.part)
    paper = store.get(Document, part.document or 0)
    out = documents.export_original(store, paper.id or 0, tmp_path / "out")
    assert out.parent == tmp_path / "out" and "\u202e" not in out.name and "/" not in out.name
    assert {path.name.partition(".")[0] for path in (store.folder / "originals").iterdir()} == {
        one.sha256 for one in store.find(Document)
    }
