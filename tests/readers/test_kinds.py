"""What a file is comes from its bytes, never from its name."""

import zipfile

import pytest

from casefile.readers import Unreadable
from casefile.readers.kinds import kind_of, mismatch
from casefile.readers.process import ReaderProcess
from tests.readers import making


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\0\0", "empty"),
        (making.pdf("a"), "pdf"),
        (b"junk before\n" + making.pdf("a"), "pdf"),
        (making.picture(), "png"),
        (making.picture("JPEG"), "jpeg"),
        (making.picture("TIFF"), "tiff"),
        (making.picture("WEBP"), "webp"),
        (making.word(), "docx"),
        (making.odt("<text:p>a</text:p>"), "odt"),
        (making.zipped({"a.txt": b"a"}), "zip"),
        (making.zipped({"letter.docx": making.word()}, zipfile.ZIP_STORED), "zip"),
        (making.zipped({"xl/workbook.xml": b"<a/>"}), "xlsx"),
        (making.zipped({"ppt/presentation.xml": b"<a/>"}), "pptx"),
        (making.tnef("a.txt", b"a"), "tnef"),
        (b"{\\rtf1 a}", "rtf"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "calendar"),
        (b"MZ\x90\0", "program"),
        (b"\x7fELF", "program"),
        (b"Rar!\x1a\x07", "archive"),
        (b"\x1f\x8b\x08", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ole"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "doc"),
        (bytes(making.mail()), "eml"),
        (b"From a@b Tue Mar  3 09:00:00 2026\n" + bytes(making.mail()), "eml"),
        (2 * (b"From a@b Tue Mar  3 09:00:00 2026\n" + bytes(making.mail()) + b"\n"), "mbox"),
        (b"<!DOCTYPE html><p>Hello", "html"),
        ("Dear Mrs Rahman".encode("utf-16"), "text"),
        (b"Dear Mrs Rahman", "text"),
        (b"From: my diary\nIt rained.\n", "text"),
        (bytes(range(256)) * 4, "unknown"),
    ],
)
def test_the_bytes_tell(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def test_a_name_that_tells_another_story_is_told() -> None:
    assert "inside it is: pdf" in mismatch("pdf", "letter.docx")
    assert mismatch("pdf", "letter.pdf") == "" == mismatch("text", "notes") == mismatch("text", "notes.md")
    assert "program" in mismatch("program", "photo.jpg")


def test_an_office_file_with_a_password_is_told_as_locked() -> None:
    """What it holds is one sealed stream; it is not taken for an old file, and says what can be done."""
    names = "EncryptionInfo".encode("utf-16-le") + bytes(100) + "EncryptedPackage".encode("utf-16-le")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + names + bytes(100)
    assert kind_of(data) == "sealed" and kind_of(data[:600]) == "ole"
    with ReaderProcess() as reader:
        with pytest.raises(Unreadable, match=r"locked with a password.*Unlock it"):
            reader.read(data)
        with pytest.raises(Unreadable, match="old office file"):
            reader.read(data[:600])
