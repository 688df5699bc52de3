"""Awkward files, made when a test needs them: mails, zip folders, Word files and pictures, sound and hostile."""

import io
import zipfile
from email.message import EmailMessage


def mail(body: str = "Dear Mrs Rahman,\n\nWe have your letter.\n", **heads: str) -> EmailMessage:
    """A plain mail; ``heads`` replace its usual ones."""
    made = EmailMessage()
    usual = {
        "From": "Daniel Price <daniel@council.example>", "To": "Nadia Rahman <nadia@mail.example>",
        "Date": "Tue, 03 Mar 2026 09:00:00 +0000", "Subject": "Your letter", "Message-ID": "<one@council.example>",
    }  # fmt: skip
    for name, value in (usual | {key.replace("_", "-"): value for key, value in heads.items()}).items():
        if value:
            made[name] = value
    made.set_content(body)
    return made


def zipped(members: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip folder of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str = "<w:p><w:r><w:t>Dear Mrs Rahman</w:t></w:r></w:p>", head: str = "", **more: bytes) -> bytes:
    """A Word file with this body; ``head`` stands before the document element."""
    document = f'<?xml version="1.0"?>{head}<w:document {_W}><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": document.encode(), **more})


def odt(text: str) -> bytes:
    """An OpenDocument text with this content."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = f'<o:document-content xmlns:o="{office}" xmlns:text="{words}"><o:body><o:text>{text}</o:text></o:body></o:document-content>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", content)
    return out.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF with a page for each text."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    made = Canvas(out, invariant=1)
    for text in pages:
        for number, line in enumerate(text.splitlines()):
            made.drawString(72, 760 - 16 * number, line)
        made.showPage()
    made.save()
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("secret"))) as made:
        made.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
    return out.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (30, 20)) -> bytes:
    """A small grey picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", size, "#888").save(out, kind)
    return out.getvalue()


def huge_png() -> bytes:
    """A PNG whose head declares 40,000 by 40,000 dots and holds next to none."""
    import struct
    import zlib

    def chunk(tag: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 40_000)) + chunk(b"IEND", b"")


def tnef(name: str, data: bytes) -> bytes:
    """Outlook's wrapper with one file in it."""
    import struct

    def part(level: int, tag: int, content: bytes) -> bytes:
        return struct.pack("<BII", level, tag, len(content)) + content + struct.pack("<H", sum(content) % 65536)

    return (
        b"\x78\x9f\x3e\x22\x01\x00"
        + part(1, 0x00089006, b"\0\0\1\0")
        + part(2, 0x00069002, b"\0" * 14)
        + part(2, 0x00018010, name.encode("cp1252") + b"\0")
        + part(2, 0x0006800F, data)
    )
