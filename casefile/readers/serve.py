"""The child's side of reading: which reader a file goes to, and its answer as something the pipe can carry."""

from collections.abc import Callable
from typing import Any

from casefile.child import Report
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
    office,
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
    "sealed": office.read_sealed,
    "ole": _refuse("it is an old office file, such as a spreadsheet. Save it as PDF and add that too"),
    **{type_: _refuse("it is a spreadsheet. Save it as PDF and add that too") for type_ in ("xlsx", "ods")},
    **{type_: _refuse("these are slides. Save them as PDF and add that too") for type_ in ("pptx", "odp")},
    "archive": _refuse("it is packed in a way the program does not open. Unpack it, then add what was inside"),
    "program": _refuse("it is a program and not a paper. It is kept and never started"),
    "empty": _refuse("it is empty: it holds no bytes or only blanks"),
    "unknown": _refuse("the program does not know this kind of file"),
}
"""One reader a type of file. To add a format: its module, its line here, and its signature in ``kinds``."""


UNLOCKERS: dict[str, Callable[[bytes, str], bytes | None]] = {
    "pdf": pdf.unlocked,
    "sealed": office.unsealed,
    "doc": office.unlocked_doc,
}
"""What makes a copy without the lock, by the type of the locked file. A zip folder has none: what is in it comes out."""


def _unlocked(request: dict[str, Any], data: bytes, report: Report) -> tuple[dict[str, Any], list[bytes]]:
    """A locked file without its lock: its bytes, or what was in a zip folder."""
    password: str = request["password"]
    if request["type"] == "zip":
        out: list[bytes] = []
        inside = packed.unlocked_zip(data, password, report)
        return {"opened": inside is not None, "incoming": plain(inside, out)}, out
    if request["type"] not in UNLOCKERS:
        raise Unreadable("its lock is of a kind the program does not know")
    copy = UNLOCKERS[request["type"]](data, password)
    return {"opened": copy is not None}, [copy or b""]


def handle(request: dict[str, Any], blobs: list[bytes], report: Report) -> tuple[dict[str, Any], list[bytes]]:
    """Answer one request: ``read`` a file, ``draw`` a page of it, ``scan`` its words from its picture, or ``unlock`` it."""
    data, type_ = blobs[0], request["type"]
    try:
        if request["do"] == "draw":
            if type_ == "pdf":
                return pdf.draw(data, request["page"], request["width"])
            return image.draw(data, type_, request["page"], request["width"])
        if request["do"] == "unlock":
            return _unlocked(request, data, report)
        if request["do"] == "scan":
            return scan.told(data, type_, request["page"], typed=request["typed"]), []
        out: list[bytes] = []
        return {"incoming": plain(READERS[type_](data), out)}, out
    except Unreadable as problem:
        return {"unreadable": str(problem.args[0])}, []
