"""What is locked with a password: Word files new and old, spreadsheets, and zip folders under each lock they may have."""

import io
import os
import struct
import zipfile

import pytest

from casefile.readers import ASKS, ASKS_IN_PART, Unreadable, doc, docx, office, packed, pdf
from casefile.readers.kinds import kind_of, mismatch
from casefile.readers.process import ReaderProcess
from tests.readers import making
from tests.readers.locking import compound, old_word, word_locked, word_locked_2007, zip_locked

PASSWORD = "Kestrel£Harbour"
WORD = making.word("<w:p><w:r><w:t>Wagtail</w:t></w:r></w:p>")
MEMBERS = {"Letters/one.txt": b"Dear Mrs Rahman " * 900, "two.docx": WORD, "empty.txt": b"", "noise.bin": bytes(range(256)) * 300}


def quiet(text: str, done: int, total: int) -> None:
    """Progress that nobody sees."""


@pytest.mark.parametrize("lock", [word_locked, word_locked_2007])
def test_a_newer_word_file_comes_out_byte_for_byte(lock) -> None:  # type: ignore[no-untyped-def]
    data = lock(WORD, PASSWORD)
    assert kind_of(data) == "sealed" and mismatch("sealed", "report.docx") == "" and "inside it is" in mismatch("sealed", "report.pdf")
    with pytest.raises(Unreadable, match="locked with a password") as told:
        office.read_sealed(data)
    assert told.value.args == (ASKS,)
    assert office.unsealed(data, PASSWORD) == WORD == office.unsealed(data, f" {PASSWORD} ") and docx.read(WORD).pages == ("Wagtail",)
    for wrong in ("kestrel£harbour", "x", "x" * 300, "\ud800", "👪"):
        assert office.unsealed(data, wrong) is None


@pytest.mark.parametrize("how", ["cryptoapi", "rc4"])
@pytest.mark.parametrize("length", [1, 700])
def test_an_old_word_file_reads_as_if_it_had_never_been_locked(how: str, length: int) -> None:
    """Short ones keep their streams in another part of the file than long ones do."""
    words = "Dear Mrs Rahman\rWagtail " * length
    data, free = old_word(words, PASSWORD, how=how), old_word(words)
    assert kind_of(data) == kind_of(free) == "doc"
    with pytest.raises(Unreadable, match="locked with a password"):
        doc.read(data)
    opened = office.unlocked_doc(data, PASSWORD)
    assert opened is not None and kind_of(opened) == "doc" and doc.read(opened) == doc.read(free) and "Wagtail" in doc.read(opened).pages[0]
    assert office.unlocked_doc(data, PASSWORD) == opened and office.unlocked_doc(data, "other") is None


@pytest.mark.parametrize("how", ["old", "aes-1", "aes-2"])
@pytest.mark.parametrize("method", [0, 8])
@pytest.mark.parametrize("strength", [1, 2, 3])
def test_a_zip_folder_under_each_lock(how: str, method: int, strength: int) -> None:
    if how == "old" and strength > 1:
        pytest.skip("the old lock has one strength")
    data = zip_locked(MEMBERS, PASSWORD, how, method=method, strength=strength)
    before = packed.read_zip(data)
    assert before.problem == ASKS and not before.attachments and not before.notes and before.pages == ("\n".join(MEMBERS),)
    assert packed.unlocked_zip(data, "other", quiet) is None
    found = packed.unlocked_zip(data, PASSWORD, quiet)
    assert found is not None and not found.problem and not found.notes
    assert [(part.name, part.data, part.part) for part in found.attachments] == [
        (name.rpartition("/")[2], content, str(number)) for number, (name, content) in enumerate(MEMBERS.items(), 1)
    ]


@pytest.mark.parametrize("how", ["old", "aes-2"])
@pytest.mark.parametrize("letters", ["cp1252", "cp850", "mac_roman", "utf-8"])
def test_the_pound_sign_of_each_computer(how: str, letters: str) -> None:
    found = packed.unlocked_zip(zip_locked(MEMBERS, PASSWORD, how, letters=letters), f"{PASSWORD} ", quiet)
    assert found is not None and len(found.attachments) == len(MEMBERS)


def test_the_old_lock_is_the_one_others_write() -> None:
    """Python's own reader opens what the tests lock, so the tests do not only agree with themselves."""
    with zipfile.ZipFile(io.BytesIO(zip_locked(MEMBERS, PASSWORD, "old"))) as found:
        assert {name: found.read(name, PASSWORD.encode()) for name in found.namelist()} == MEMBERS


def test_aes_as_the_specification_has_it() -> None:
    """A folder that another program (pyzipper 0.4.0, AES-256, AE-2) wrote, byte for byte."""
    found = packed.unlocked_zip(bytes.fromhex(FROM_ANOTHER), "Kestrel", quiet)
    assert found is not None and [part.data for part in found.attachments] == [b"Dear Mrs Rahman, this is a letter.\n"]


@pytest.mark.parametrize("how", ["old", "aes-2"])
def test_only_some_are_locked_or_have_another_password(how: str) -> None:
    data = zip_locked(MEMBERS, PASSWORD, how, open_=["empty.txt"], others={"two.docx": "other"})
    before = packed.read_zip(data)
    assert before.problem == ASKS_IN_PART and [part.name for part in before.attachments] == ["empty.txt"]
    found = packed.unlocked_zip(data, PASSWORD, quiet)
    assert found is not None and found.problem == ASKS_IN_PART
    assert [part.part for part in found.attachments] == ["1", "3", "4"]
    rest = packed.unlocked_zip(data, "other", quiet)
    assert rest is not None and [part.part for part in rest.attachments] == ["2", "3"]


def test_a_changed_byte_under_aes_is_noticed_before_anything_is_opened() -> None:
    """The authentication code is what notices: the letter would unpack all the same."""
    members = {"a.txt": b"The plan is fine.", "b.txt": b"The plan is not."}
    data = bytearray(zip_locked(members, PASSWORD, "aes-2", method=0))
    at = data.index(b"b.txt") + 5 + 11 + 16 + 2
    data[at] ^= 1
    found = packed.unlocked_zip(bytes(data), PASSWORD, quiet)
    assert found is not None and [part.name for part in found.attachments] == ["a.txt"]
    assert found.notes == ("“b.txt” inside is damaged.",) and not found.problem


def test_a_changed_byte_under_the_old_lock_costs_that_file_alone() -> None:
    data = bytearray(zip_locked({"a.txt": b"Dear Mrs Rahman", "b.txt": b"Yours faithfully"}, PASSWORD, "old", method=0))
    data[data.index(b"b.txt") + 5 + 12] ^= 1
    found = packed.unlocked_zip(bytes(data), PASSWORD, quiet)
    assert found is not None and [part.name for part in found.attachments] == ["a.txt"] and found.notes == ("“b.txt” inside is damaged.",)


def test_a_bomb_under_a_lock_is_refused_as_it_is_read() -> None:
    bomb = zip_locked({"zeros": b"\0" * 30_000_000}, PASSWORD, "aes-2")
    with pytest.raises(Unreadable, match="larger than is safe"):
        packed.unlocked_zip(bomb, PASSWORD, quiet)


def test_locks_that_are_not_known_are_told() -> None:
    data = bytearray(zip_locked({"a.txt": b"a"}, PASSWORD, "aes-2"))
    at = data.rindex(b"AE")
    data[at : at + 2] = b"XX"
    with pytest.raises(Unreadable, match="a way the program does not know"):
        packed.unlocked_zip(bytes(data), PASSWORD, quiet)
    odd = compound({"EncryptionInfo": struct.pack("<HHI", 4, 3, 0) + bytes(200), "EncryptedPackage": bytes(900)})
    with pytest.raises(Unreadable, match="a way the program does not know"):
        office.unsealed(odd, PASSWORD)


def test_what_only_certain_people_may_open_does_not_ask_for_a_password() -> None:
    data = compound({"EncryptedPackage": bytes(900), "DataSpaces": bytes(60)})
    assert kind_of(data) == "sealed"
    with pytest.raises(Unreadable, match="no password helps"):
        office.read_sealed(data)


def test_what_a_package_says_of_its_lock_is_read_without_a_dtd() -> None:
    told = b'<!DOCTYPE e [<!ENTITY a "aaaaaaaaaa">]><encryption>&a;</encryption>'
    data = compound({"EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + told, "EncryptedPackage": bytes(900)})
    with pytest.raises(Unreadable, match="damaged"):
        office.unsealed(data, PASSWORD)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("make", [
    lambda: word_locked(WORD, PASSWORD), lambda: old_word("Wagtail " * 900, PASSWORD), lambda: zip_locked(MEMBERS, PASSWORD),
    lambda: zip_locked(MEMBERS, PASSWORD, "old"),
])  # fmt: skip
def test_a_cut_file_stops_nothing(make, cut: float) -> None:  # type: ignore[no-untyped-def]
    """In the limited child, as it is used: an answer, or a reason in words, and never the password in it."""
    data = make()
    with ReaderProcess() as reader:
        for some in (data[: int(len(data) * cut)], data[: int(len(data) * cut)] + os.urandom(len(data) - int(len(data) * cut))):
            try:
                reader.unlock(some, PASSWORD)
            except Unreadable as problem:
                assert PASSWORD not in str(problem) and "Error" not in str(problem)
        assert isinstance(reader.unlock(data, PASSWORD), bytes) or kind_of(data) == "zip"


def test_the_child_writes_nothing_while_it_unlocks() -> None:
    """The library's own way for old Word files goes over a file on the disk; ours does not, or the guard would stop it."""
    with ReaderProcess() as reader:
        assert reader.unlock(old_word("Wagtail", PASSWORD), PASSWORD) and reader.unlock(word_locked(WORD, PASSWORD), PASSWORD) == WORD
        assert reader.unlock(making.locked_pdf(), "a")
        with pytest.raises(Unreadable, match="does not know"):
            reader.unlock(WORD, PASSWORD)
    assert pdf.unlocked(making.locked_pdf(), "wrong") is None


FROM_ANOTHER = (
    "504b03041400010063008b21815d000000003f000000230000000a000b006c65747465722e7478740199070002004145030800fc28f59079b2a9f1de"
    "981c95ae1114cc95ff13374135280e8009c45ae76fcd606f9c7665c91b0fb067b4a55982008f44b77dd92a58ba4f2cd029ed06a5c8fa504b01021403"
    "1400010063008b21815d000000003f000000230000000a000b0000000000000000008001000000006c65747465722e74787401990700020041450308"
    "00504b0506000000000100010043000000720000000000"
)
