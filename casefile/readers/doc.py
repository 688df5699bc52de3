"""Old Word files (.doc, Word 97 to 2003): their words, by the table that says where each stretch of text lies."""

import importlib
import io
import re
import struct
from typing import Any

from casefile.readers import ASKS, LIMITS, Incoming, Unreadable
from casefile.readers.text import blocks_of

_HEAD, _ENCRYPTED, _SECOND_TABLE, _OLDEST = 0x01AA, 0x0100, 0x0200, 0x00C1
_MOST_PIECES = 200_000


def read(data: bytes) -> Incoming:
    """Read the words of an old Word file; its look and pictures are left out. Raises ``Unreadable``."""
    olefile: Any = importlib.import_module("olefile")
    try:
        ole = olefile.OleFileIO(io.BytesIO(data))
        words = _words(ole)
        title = _title(ole)
    except Unreadable:
        raise
    except Exception as problem:
        raise Unreadable("this old Word file is damaged") from problem
    note = "Only the words of this old Word file are shown, not its look or its pictures."
    return Incoming("doc", title, (words,), None, blocks=blocks_of(words.replace("\n", "\n\n")), notes=(note,))


def _stream(ole: Any, name: str) -> bytes:
    if not ole.exists(name):
        raise Unreadable("this old Word file is damaged")
    data = bytes(ole.openstream(name).read(LIMITS["stream"] + 1))
    if len(data) > LIMITS["stream"]:
        raise Unreadable("it is larger than is safe to open")
    return data


def _title(ole: Any) -> str:
    """The file's own title, where a person gave it one."""
    told = ole.get_metadata().title
    words = told.decode("cp1252", "replace") if isinstance(told, bytes) else str(told or "")
    return " ".join(words.replace("\0", "").split())[:200]


def _words(ole: Any) -> str:
    main = _stream(ole, "WordDocument")
    if len(main) < _HEAD or struct.unpack_from("<H", main, 2)[0] < _OLDEST:
        raise Unreadable("it is a Word file older than 1997. Open it in Word, save it as PDF, and add that too")
    flags = struct.unpack_from("<H", main, 10)[0]
    if flags & _ENCRYPTED:
        raise Unreadable(ASKS)
    table = _stream(ole, "1Table" if flags & _SECOND_TABLE else "0Table")
    at, size = struct.unpack_from("<II", main, 0x01A2)
    made = "".join(_pieces(main, table[at : at + size]))
    length = struct.unpack_from("<I", main, 0x4C)[0]
    return _plain(made[:length] if 0 < length <= len(made) else made)


def _pieces(main: bytes, clx: bytes) -> list[str]:
    """The stretches of text in their order, each from where the table says it lies."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise Unreadable("this old Word file is damaged")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    count = (size - 4) // 12
    if not 0 < count <= _MOST_PIECES:
        raise Unreadable("this old Word file is damaged")
    places = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    found = []
    for number in range(count):
        where = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
        letters = max(0, places[number + 1] - places[number])
        if where & 0x40000000:
            start = (where & 0x3FFFFFFF) // 2
            found.append(main[start : start + letters].decode("cp1252", "replace"))
        else:
            found.append(main[where : where + 2 * letters].decode("utf-16-le", "replace"))
    return found


def _plain(text: str) -> str:
    """Word's own marks as line ends and tabs; a field shows what it came to, not how it was asked for."""
    text = re.sub(r"\x13[^\x13-\x15]*\x14([^\x13-\x15]*)\x15", r"\1", text)
    text = re.sub(r"\x13[^\x13-\x15]*\x15", "", text)
    text = text.replace("\x07\x07", "\n").replace("\x07", "\t").replace("\x1e", "-").replace("\xa0", " ")
    text = re.sub(r"[\r\x0b\x0c]", "\n", text)
    return re.sub(r"[\x00-\x08\x0e-\x1f]", "", text).strip("\n")
