"""Files that hold files: zip folders, mailboxes and Outlook's wrapper. Each member becomes a paper of its own."""

import io
import re
import struct
import zipfile

from casefile.readers import LIMITS, Attachment, Incoming, Unreadable


def read_zip(data: bytes) -> Incoming:
    """Unpack a zip folder under the limits: members, total size and ratio are counted as read, never as declared."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
        members = [entry for entry in packed.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise Unreadable("the zip folder is damaged, or only part of it arrived") from problem
    if len(members) > LIMITS["members"]:
        raise Unreadable("it holds more than 10,000 files")
    found: list[Attachment] = []
    notes: list[str] = []
    total = 0
    for number, entry in enumerate(members, 1):
        name = entry.filename.replace("\\", "/").rpartition("/")[2] or f"File {number}"
        if entry.flag_bits & 1:
            notes.append(f"“{name[:80]}” inside is locked with a password.")
            continue
        try:
            with packed.open(entry) as file:
                content = file.read(min(LIMITS["file"], 100 * 2**20) + 1)
        except Exception:  # a damaged member must not cost the others
            notes.append(f"“{name[:80]}” inside is damaged.")
            continue
        total += len(content)
        bomb = len(content) > LIMITS["ratio_from"] and len(content) > LIMITS["ratio"] * max(entry.compress_size, 1)
        if bomb or total > LIMITS["unpacked"] // 5 or len(content) > 100 * 2**20:
            raise Unreadable("unpacked, it is larger than is safe to open")
        found.append(Attachment(name[:200], content, str(number)))
    listing = "\n".join(entry.filename for entry in members)
    return Incoming("zip", "", (listing,), None, attachments=tuple(found), notes=tuple(notes))


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
