"""The child's side of reading: which reader a file goes to, and its answer as something the pipe can carry."""

from collections.abc import Callable
from typing import Any

from casefile.child import Report
from casefile.domain.documents import LOCKED
from casefile.plain import plain
from casefile.readers import (
    Incoming,
    Reader,
    Unreadable,
    doc,
    docx,
    eml,
    html,
    ics,
    image,
    kinds,
    msg,
    odt,
    packed,
    pdf,
    scan,
    text,
)


def _picture(type_: str) -> Reader:
    return lambda data: image.read(data, type_)


def _refuse(words: str) -> Callable[[bytes], Incoming]:
    def refuse(data: bytes) -> Incoming:
        raise Unreadable(words)

    return refuse


_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that a Word file, spreadsheet or slides with a password keep everything in."""


def _ole(data: bytes) -> Incoming:
    if _ENCRYPTED in data:
        raise Unreadable(f"{LOCKED}. Open it with the password, save it as PDF, and add that too")
    raise Unreadable("it is an old office file, such as a spreadsheet. Save it as PDF and add that too")


READERS: dict[str, Reader] = {
    "eml": eml.read,
    "msg": msg.read,
    "mbox": packed.read_mbox,
    "zip": packed.read_zip,
    "tnef": packed.read_tnef,
    "pdf": pdf.read,
    "docx": docx.read,
    "odt": odt.read,
    "doc": doc.read,
    "text": text.read,
    "rtf": text.read_rtf,
    "html": html.read,
    "calendar": ics.read,
    **{type_: _picture(type_) for type_ in sorted(kinds.PICTURES)},
    "ole": _ole,
    **{type_: _refuse("it is a spreadsheet. Save it as PDF and add that too") for type_ in ("xlsx", "ods")},
    **{type_: _refuse("these are slides. Save them as PDF and add that too") for type_ in ("pptx", "odp")},
    "archive": _refuse("it is packed in a way the program does not open. Unpack it, then add what was inside"),
    "program": _refuse("it is a program and not a paper. It is kept and never started"),
    "empty": _refuse("it is empty: it holds no bytes or only blanks"),
    "unknown": _refuse("the program does not know this kind of file"),
}
"""One reader a type of file. To add a format: its module, its line here, and its signature in ``kinds``."""


def handle(request: dict[str, Any], blobs: list[bytes], report: Report) -> tuple[dict[str, Any], list[bytes]]:
    """Answer one request: ``read`` a file, ``draw`` a page of it, ``scan`` its words from its picture, or ``unlock`` a PDF."""
    data, type_ = blobs[0], request["type"]
    try:
        if request["do"] == "draw":
            if type_ == "pdf":
                return pdf.draw(data, request["page"], request["width"])
            return image.draw(data, type_, request["page"], request["width"])
        if request["do"] == "unlock":
            copy = pdf.unlocked(data, request["password"])
            return {"opened": copy is not None}, [copy or b""]
        if request["do"] == "scan":
            return scan.told(data, type_, request["page"]), []
        out: list[bytes] = []
        return {"incoming": plain(READERS[type_](data), out)}, out
    except Unreadable as problem:
        return {"unreadable": str(problem.args[0])}, []
