"""The limited child: what it may not do, and that a file that kills it costs that file alone (I1 to I3)."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from casefile.child import Child, ChildFailed
from casefile.readers import Unreadable
from casefile.readers.process import ReaderProcess
from tests.readers import making
from tests.readers.locking import word_locked, zip_locked


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    """One child for all the tests here, as an import uses it."""
    with ReaderProcess() as made:
        yield made


def nested() -> bytes:
    """A mail of 400 levels."""
    level = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    return b"From: a@b.example\r\nSubject: deep\r\nMIME-Version: 1.0\r\n" + b"".join(level % (n, n) for n in range(400))


def many_parts() -> bytes:
    """A mail of 2,000 parts."""
    part = b'--cut\r\nContent-Type: application/pdf; name="a.pdf"\r\n\r\nx\r\n'
    return b"From: a@b.example\r\nSubject: many\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n" + part * 2000 + b"--cut--\r\n"  # fmt: skip


def mails_inside() -> bytes:
    """60 mails inside one another."""
    head = b"From: a@b.example\r\nSubject: in\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
    return head * 60 + bytes(making.mail())


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le")
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a mail of 400 levels": nested,
    "a mail of 2,000 parts": many_parts,
    "60 mails inside one another": mails_inside,
    "a zip bomb": lambda: making.zipped({"zeros": b"\0" * 120_000_000}),
    "a zip of 11,000 files": lambda: making.zipped({f"{n}.txt": b"" for n in range(11_000)}),
    "a huge picture": making.huge_png,
    "a locked PDF": making.locked_pdf,
    "a cut PDF": lambda: making.pdf("a")[:200],
    "a PDF of noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "a Word file with entities": lambda: making.word("&b;", '<!DOCTYPE w [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'),
    "an empty file": lambda: b"",
    "a program": lambda: b"MZ" + b"\0" * 200,
    "an Outlook file of noise": lambda: OLE + b"\xff" * 9000,
    "rich text of noise": lambda: b"{\\rtf1" + b"{" * 50_000,
    "a web page of 50,000 tables": lambda: b"<html>" + b"<table><tr><td>" * 50_000,
    "a photo that is none": lambda: b"\xff\xd8\xff\xe0" + bytes(range(255, 0, -1)) * 16,
    "a calendar without an end": lambda: b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b"DTSTART:9999\n" * 1000,
}
"""Files made to hurt, by what they are."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_itself_alone(reader: ReaderProcess, name: str) -> None:
    began = time.monotonic()
    try:
        reader.read(HOSTILE[name]())
    except Unreadable as problem:
        words = str(problem.args[0])
        assert words and "Traceback" not in words and "\n" not in words
    assert time.monotonic() - began < 15
    assert reader.read(b"Dear Mrs Rahman").pages == ("Dear Mrs Rahman",)


def test_a_child_that_was_killed_is_started_again() -> None:
    with ReaderProcess() as reader:
        assert reader.read(b"one").pages == ("one",)
        assert reader._child._process is not None
        reader._child._process.kill()
        with pytest.raises(Unreadable, match="stopped the reader"):
            reader.read(b"two")
        assert reader.read(b"three").pages == ("three",)


def test_a_child_that_hangs_is_ended() -> None:
    with Child("read") as child:
        child.ask({"do": "read", "type": "text"}, [b"warm"], seconds=10)
        with pytest.raises(ChildFailed, match="longer than"):
            child.ask({"do": "read", "type": "html"}, [b"<p>" * 3_000_000], seconds=0.2)
        head, _ = child.ask({"do": "read", "type": "text"}, [b"again"], seconds=10)
        assert head["incoming"]["pages"] == ["again"]


GUARDED = """
import sys
from casefile import child, system
system.limit_this_process({memory}, 60)
sys.addaudithook(child._guard)
try:
    {deed}
except BaseException as problem:
    print(type(problem).__name__)
else:
    print("did it")
"""


@pytest.mark.parametrize(
    "deed",
    [
        "open('{there}', 'w')",
        "open('{there}', 'ab')",
        "import os; os.open('{there}', os.O_WRONLY | os.O_CREAT)",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.execv('/bin/true', ['true'])",
    ],
)
def test_what_the_child_may_not_do(deed: str, tmp_path: object) -> None:
    code = GUARDED.format(memory=512 * 2**20, deed=deed.replace("{there}", f"{tmp_path}/made"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "PermissionError"
    assert os.listdir(str(tmp_path)) == [] or os.listdir(str(tmp_path)) == ["home"]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is bound from outside on this system")
def test_the_child_has_a_limit_of_memory() -> None:
    code = GUARDED.format(memory=256 * 2**20, deed="bytearray(600 * 2**20)")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "MemoryError"


def test_the_child_writes_no_core_and_no_file() -> None:
    if sys.platform == "win32":
        pytest.skip("bound from outside on this system")
    code = "import resource, sys; from casefile import system; system.limit_this_process(2**29, 60); print(resource.getrlimit(resource.RLIMIT_CORE)[0], resource.getrlimit(resource.RLIMIT_FSIZE)[0])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split() == ["0", "0"]


def test_the_window_parses_nothing() -> None:
    """Importing a paper, and unlocking one, loads none of the libraries that parse foreign files into the program's own process."""
    code = (
        "import sys, datetime as dt; from pathlib import Path\n"
        "from casefile.library import load; from casefile.domain.people import Child\n"
        "from casefile.services import case, documents, unlocking; from casefile.progress import Silent\n"
        "now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)\n"
        "store = case.create(Path(sys.argv[1]) / 'case', Child(), load(), now=now)\n"
        "documents.import_paths(store, [Path(sys.argv[1]) / 'in'], Silent(), now=now)\n"
        "while waiting := unlocking.locked(store): unlocking.unlock(store, waiting[0].id, 'Wren', Silent(), now=now)\n"
        "assert len(documents.all_documents(store)) == 9\n"
        "store.close()\n"
        "bad = {'pypdfium2', 'PIL', 'nh3', 'olefile', 'msoffcrypto', 'defusedxml', 'docx', 'zipfile', 'email.parser', 'html.parser', 'pikepdf'}\n"
        "print(sorted(bad & set(sys.modules)))"
    )
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "in"
        given.mkdir()
        (given / "a.pdf").write_bytes(making.pdf("A letter"))
        (given / "a.docx").write_bytes(making.word())
        (given / "a.eml").write_bytes(bytes(making.mail()))
        (given / "a.png").write_bytes(making.picture())
        (given / "a.zip").write_bytes(making.zipped({"a.txt": b"a"}))
        (given / "b.zip").write_bytes(zip_locked({"b.docx": word_locked(making.word(), "Wren")}, "Wren"))
        (given / "b.docx").write_bytes(word_locked(making.word("<w:p/>"), "Wren"))
        done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
