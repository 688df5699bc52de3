"""Files that hold files: zip folders, mailboxes and Outlook's wrapper. Each member becomes a paper of its own."""

import io
import re
import struct
import zipfile

from casefile.child import Report
from casefile.readers import LIMITS, Attachment, Incoming, Unreadable
from casefile.readers.ziplock import Keys, UnknownLock, WrongPassword

_MOST = 100 * 2**20


def read_zip(data: bytes) -> Incoming:
    """Unpack a zip folder under the limits: members, total size and ratio are counted as read, never as declared.

    The names in a locked one can be read without its password, and are.
    """
    return _taken_apart(data, None)


def unlocked_zip(data: bytes, password: str, report: Report) -> Incoming | None:
    """The same with the password of its locked members; None where it opens none of them. Raises ``Unreadable``."""
    keys = Keys(password, report)
    made = _taken_apart(data, keys)
    if keys.fitted:
        return made
    if made.problem:
        return None
    raise Unreadable("it is locked in a way the program does not know. Unpack it with the program it was made with, then add what was inside")


def _taken_apart(data: bytes, keys: Keys | None) -> Incoming:
    packed, members = _members(data)
    found: list[Attachment] = []
    notes: list[str] = []
    locked: list[str] = []
    doubtful: list[tuple[str, str]] = []
    total = 0
    for number, entry in enumerate(members, 1):
        name = entry.filename.replace("\\", "/").rpartition("/")[2] or f"File {number}"
        if keys:
            keys.tell("Opening what is inside", number, len(members))
        try:
            content = _content(packed, data, entry, keys)
        except WrongPassword:
            locked.append(str(number))
            continue
        except UnknownLock:
            notes.append(f"“{name[:80]}” inside is locked or packed in a way the program does not know.")
            continue
        except Exception:  # a damaged member must not cost the others
            damaged = f"“{name[:80]}” inside is damaged."
            if entry.flag_bits & 1:
                doubtful.append((str(number), damaged))
            else:
                notes.append(damaged)
            continue
        total += len(content)
        bomb = len(content) > LIMITS["ratio_from"] and len(content) > LIMITS["ratio"] * max(entry.compress_size, 1)
        if bomb or total > LIMITS["unpacked"] // 5 or len(content) > _MOST:
            raise Unreadable("unpacked, it is larger than is safe to open")
        found.append(Attachment(name[:200], content, str(number)))
    # The old lock looks at one byte: where the password opened nothing else, it is wrong here as well.
    fitted = keys is not None and keys.fitted
    for part, damaged in doubtful:
        (notes if fitted else locked).append(damaged if fitted else part)
    listing = "\n".join(entry.filename for entry in members)
    return Incoming("zip", "", (listing,), None, attachments=tuple(found), notes=tuple(notes), locked=tuple(locked))


def _content(packed: zipfile.ZipFile, data: bytes, entry: zipfile.ZipInfo, keys: Keys | None) -> bytes:
    """One member, and of a larger one than is safe a byte too much. Raises ``WrongPassword`` for one that is locked."""
    if not entry.flag_bits & 1:
        with packed.open(entry) as file:
            return file.read(_MOST + 1)
    if keys is None:
        raise WrongPassword
    return keys.content(packed, data, entry, _MOST)


def _members(data: bytes) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
        members = [entry for entry in packed.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise Unreadable("the zip folder is damaged, or only part of it arrived") from problem
    if len(members) > LIMITS["members"]:
        raise Unreadable("it holds more than 10,000 files")
    return packed, members


def read_mbox(data: bytes) -> Incoming:
    """Take a mailbox apart into its mails."""
    starts = [match.start() for match in re.finditer(rb"(?:\A|(?<=\n))From [^\n]*\r?\n(?=[A-Za-z-]+:)", data)]
    found = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        mail = data[start:end].split(b"\n", 1)[1]
        mail = re.sub(rb"(?m)^>(>*From )", rb"\1", mail)
        found.append(Attachment(f"Mail {number}.eml", mail.rstrip(b"\n") + b"\n", str(number)))
        if number >= LIMITS["members"]:
            raise Unreadable("it holds more than 10,000 mails")
    if not found:
        raise Unreadable("no mail was found in it")
    return Incoming("mbox", "", (f"{len(found)} mails",), None, attachments=tuple(found))


_NEW_FILE, _FILE_NAME, _FILE_DATA = 0x9002, 0x8010, 0x800F


def read_tnef(data: bytes) -> Incoming:
    """Take the attachments out of Outlook's wrapper (winmail.dat). Raises ``Unreadable`` when it is damaged."""
    found: list[tuple[str, bytes]] = []
    at = 6
    while at + 9 <= len(data):
        tag, size = struct.unpack("<HxxI", data[at + 1 : at + 9])
        content = data[at + 9 : at + 9 + size]
        if len(content) < size:
            raise Unreadable("this Outlook wrapper (winmail.dat) is damaged, or only part of it arrived")
        if tag == _NEW_FILE:
            found.append(("", b""))
        elif found and tag == _FILE_NAME:
            found[-1] = (content.split(b"\0")[0].decode("cp1252", "replace"), found[-1][1])
        elif found and tag == _FILE_DATA:
            found[-1] = (found[-1][0], content)
        at += 9 + size + 2
        if len(found) > LIMITS["mail_parts"]:
            raise Unreadable("it holds more than 1,000 parts")
    parts = tuple(
        Attachment((name or f"File {number}").replace("\\", "/").rpartition("/")[2][:200], content, str(number))
        for number, (name, content) in enumerate(found, 1)
        if content
    )
    return Incoming("tnef", "", (), None, attachments=parts, notes=("This is Outlook’s own wrapper around a mail.",))
