"""What a file is, by its content and never by its name."""

import re
import struct

_HEADER = re.compile(
    rb"^(from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|reply-to|sender|"
    rb"x-[a-z-]+|dkim-signature|authentication-results|arc-[a-z-]+|thread-[a-z]+):",
    re.IGNORECASE,
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"BM", "bmp"),
    (b"{\\rtf", "rtf"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)

NAMES = {
    "pdf": "PDF", "eml": "Email", "docx": "Word file", "jpeg": "Photo", "png": "Picture", "gif": "Picture",
    "tiff": "Scan", "heic": "Photo", "webp": "Picture", "bmp": "Picture", "text": "Text", "html": "Web page",
    "rtf": "Text file", "msg": "Outlook email", "mbox": "Mailbox", "zip": "Zip folder", "doc": "Old Word file", "ole": "Old office file",
    "sealed": "Locked office file",
    "xlsx": "Spreadsheet", "pptx": "Slides", "odt": "OpenDocument text", "ods": "Spreadsheet", "odp": "Slides",
    "archive": "Packed folder", "tnef": "Outlook wrapper", "calendar": "Calendar entry", "program": "Program", "empty": "Empty file",
    "unknown": "Unknown file",
}  # fmt: skip
"""Each type in a word a parent knows."""

PICTURES = frozenset({"jpeg", "png", "gif", "tiff", "heic", "webp", "bmp"})
TREES = frozenset({"eml", "msg", "doc", "docx", "odt", "text", "html", "rtf", "calendar"})
HOLDERS = frozenset({"zip", "mbox", "tnef"})
"""Files that only hold others: what is inside is what matters."""

_ENDINGS = {
    "pdf": {"pdf"}, "eml": {"eml", "mht", "mhtml"}, "docx": {"docx", "docm", "dotx"}, "jpeg": {"jpg", "jpeg", "jpe"},
    "png": {"png"}, "gif": {"gif"}, "tiff": {"tif", "tiff"}, "heic": {"heic", "heif"}, "webp": {"webp"}, "bmp": {"bmp"},
    "html": {"html", "htm"}, "rtf": {"rtf", "doc"}, "msg": {"msg"}, "mbox": {"mbox", "mbx"}, "zip": {"zip"},
    "doc": {"doc", "dot"}, "odt": {"odt"}, "ods": {"ods"}, "odp": {"odp"}, "xlsx": {"xlsx", "xlsm"},
    "pptx": {"pptx", "pptm"}, "calendar": {"ics"},
    "sealed": {"docx", "docm", "dotx", "xlsx", "xlsm", "xlsb", "pptx", "pptm", "doc", "xls", "ppt"},
}  # fmt: skip


def kind_of(data: bytes) -> str:
    """The type of a file by its first bytes: a key of ``NAMES``."""
    if not data.strip(b"\0 \t\r\n"):
        return "empty"
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"):
        return "heic"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed_kind(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "__substg1.0_".encode("utf-16-le") in data:
            return "msg"
        if "WordDocument".encode("utf-16-le") in data:
            return "doc"
        # A newer Word file, spreadsheet or slides with a lock: which of them shows only when it is opened.
        return "sealed" if "EncryptedPackage".encode("utf-16-le") in data else "ole"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return _text_kind(data, head)


def _packed_kind(data: bytes) -> str:
    """What a file that is a zip inside truly is, by the names in its own list (a Word file may lie inside a folder)."""
    for ending in ("text", "spreadsheet", "presentation"):
        if f"mimetypeapplication/vnd.oasis.opendocument.{ending}".encode() in data[30:120]:
            return {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}[ending]
    listing = data
    end = data.rfind(b"PK\x05\x06")
    if 0 <= end <= len(data) - 22:
        size = struct.unpack("<I", data[end + 12 : end + 16])[0]
        listing = data[end - size : end] if 46 <= size <= end else b""
    for name, kind in ((b"word/document", "docx"), (b"xl/workbook", "xlsx"), (b"ppt/presentation", "pptx")):
        if re.search(rb"(?<![\w/])" + name + rb"\d?\.(?:xml|bin)", listing):
            return kind
    if b"META-INF/manifest.xml" in listing and b"content.xml" in listing:
        return "odt"  # saved anew by a packer that did not keep the type in its place
    return "zip"


def _text_kind(data: bytes, head: bytes) -> str:
    lines = head.lstrip(b"\xef\xbb\xbf\r\n \t").splitlines()
    first = lines[0] if lines else b""
    if first.startswith(b"From ") and len(lines) > 1 and _HEADER.match(lines[1]):
        # One mail saved with its envelope line is a mail; several are a mailbox.
        return "mbox" if len(re.findall(rb"(?:\A|\n)From [^\n]*\r?\n(?=[A-Za-z-]+:)", data)) > 1 else "eml"
    known = {match[1].lower() for line in lines[:40] if (match := _HEADER.match(line))}
    if _HEADER.match(first) and len(known) >= 2 and known & {b"from", b"date", b"received", b"message-id", b"subject"}:
        return "eml"
    if first.strip().upper() == b"BEGIN:VCALENDAR":
        return "calendar"
    low = head.lower()
    if re.search(rb"<(!doctype\s+html|html|body|head)[\s>]", low):
        return "html"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    if b"\0" in head:
        return "unknown"
    control = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    return "text" if control * 50 <= len(head) else "unknown"


def mismatch(kind: str, name: str) -> str:
    """A sentence when a file's ending tells another story than its content, else empty."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    said = {other for other, endings in _ENDINGS.items() if ending in endings}
    if said and kind not in said and kind in NAMES:
        return f"Its name ends in “.{ending}”, but inside it is: {NAMES[kind].lower()}."
    return ""
