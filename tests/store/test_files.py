"""Writing files whole or not at all, and names that are safe everywhere."""

import errno
import os
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.errors import BadFile, NoSpace
from casefile.store.files import free_name, room_for, safe_name, write_file
from casefile.store.originals import Originals, read_given


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    assert write_file(target, b"one") == target
    write_file(target, [b"two ", b"three"])
    assert target.read_bytes() == b"two three"
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_full_disk_leaves_the_old_file_and_no_half_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "letter.pdf"
    write_file(target, b"old")

    def full(handle: int, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(NoSpace, match=r"Your case is safe.*disk is full"):
        write_file(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.pdf"]


def test_a_target_that_cannot_be_replaced_gets_a_neighbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "letter.pdf"
    write_file(target, b"open elsewhere")
    true_replace = os.replace

    def replace(source: str, goal: object) -> None:
        if Path(str(goal)) == target:
            raise PermissionError(errno.EACCES, "in use")
        true_replace(source, str(goal))

    monkeypatch.setattr(os, "replace", replace)
    written = write_file(target, b"new")
    assert written.name == "letter (2).pdf" and written.read_bytes() == b"new"
    assert target.read_bytes() == b"open elsewhere"


def test_room_is_asked_for_before_anything_begins(tmp_path: Path) -> None:
    room_for(tmp_path / "not yet", 1000)
    with pytest.raises(NoSpace, match="not enough room"):
        room_for(tmp_path, 10**16)


@settings(max_examples=500)
@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=4))
def test_names_for_export_are_safe_whatever_was_given(given_name: str, taken: list[str]) -> None:
    used = [safe_name(name) for name in taken]
    name = safe_name(given_name, used)
    assert 1 <= len(name) <= 120
    assert not set(name) & set('<>:"|?*/\\')
    assert not any(unicodedata.category(letter)[0] == "C" for letter in name)
    assert name == name.strip() and not name.endswith(".")
    assert name.casefold() not in {other.casefold() for other in used}
    assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
    assert unicodedata.is_normalized("NFC", name)


def test_names_of_devices_and_tricks_are_changed() -> None:
    assert safe_name("CON") == "_CON"
    assert safe_name("nul.txt") == "_nul.txt"
    assert safe_name("evil\u202efdp.exe") == "evil fdp.exe"
    assert safe_name("../../etc/passwd") == "etc passwd"
    assert safe_name("a.pdf", ["A.PDF"]) == "a (2).pdf"
    assert free_name(Path("/nowhere/at/all.pdf")).name == "all.pdf"


def test_originals_are_kept_once_and_checked_on_reading(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    sha = originals.put(b"%PDF-1.4 letter", "pdf")
    assert originals.put(b"%PDF-1.4 letter", "pdf") == sha
    assert [entry.name for entry in originals.folder.iterdir()] == [f"{sha}.pdf"]
    assert originals.read(sha, "pdf") == b"%PDF-1.4 letter"
    originals.settle()
    assert list(originals.work.iterdir()) == []
    path = originals.path_of(sha, "pdf")
    path.chmod(0o644)
    path.write_bytes(b"%PDF-1.4 lettex")
    assert originals.sound(sha, "pdf") == "changed"
    with pytest.raises(BadFile, match="changed on the disk"):
        originals.read(sha, "pdf")


def test_a_disk_that_lies_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    originals = Originals(tmp_path)
    true_write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: true_write(handle, bytes(len(data))))
    with pytest.raises(BadFile, match="gave back other bytes"):
        originals.put(b"a letter", "text")
    monkeypatch.undo()
    assert not any(originals.folder.iterdir())


def test_an_original_without_a_row_goes_only_when_a_crash_left_it(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    confirmed = originals.put(b"confirmed, its row taken back since", "text")
    originals.settle()
    has_a_row, has_none = originals.put(b"its row was written", "text"), originals.put(b"its row was not", "text")
    originals.sweep(lambda sha256: sha256 == has_a_row)
    assert originals.has(confirmed, "text") and originals.has(has_a_row, "text") and not originals.has(has_none, "text")
    assert list(originals.work.iterdir()) == []


def test_what_a_crash_left_is_swept_and_originals_never(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    sha = originals.put(b"kept", "text")
    originals.settle()
    (originals.work / "half.part").write_bytes(b"half")
    originals.sweep(lambda _: True)
    assert list(originals.work.iterdir()) == [] and originals.has(sha, "text")


def test_links_folders_and_giants_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("hello")
    assert read_given(tmp_path / "letter.txt", 100) == b"hello"
    with pytest.raises(BadFile, match="larger than"):
        read_given(tmp_path / "letter.txt", 2)
    with pytest.raises(BadFile, match=r"not an ordinary file|could not be"):
        read_given(tmp_path, 100)
    if hasattr(os, "symlink"):
        os.symlink(tmp_path / "letter.txt", tmp_path / "link.txt")
        with pytest.raises(BadFile, match="links are not followed"):
            read_given(tmp_path / "link.txt", 100)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(BadFile):
            read_given(tmp_path / "pipe", 100)


def test_two_helpers_may_write_the_same_file_at_once(tmp_path: Path) -> None:
    """Each writes it whole, and the last one stays."""
    target, both = tmp_path / "same", threading.Barrier(2)

    def pieces(letter: bytes) -> Iterator[bytes]:
        for _ in range(50):
            both.wait(10)
            yield letter * 1000

    helpers = [threading.Thread(target=write_file, args=(target, pieces(letter))) for letter in (b"a", b"b")]
    for helper in helpers:
        helper.start()
    for helper in helpers:
        helper.join()
    assert target.read_bytes() in (b"a" * 50_000, b"b" * 50_000) and list(tmp_path.iterdir()) == [target]
