"""Outlook's own mail files (.msg): head, words and attachments, from the parts that are documented."""

import contextlib
import datetime as dt
import importlib
import io
import struct
from typing import Any

from casefile.domain.blocks import Block
from casefile.readers import LIMITS, Address, Attachment, Incoming, Unreadable
from casefile.readers import html as html_reader
from casefile.readers import text as text_reader

_SUBJECT, _BODY, _HTML, _HEADERS = "0037", "1000", "1013", "007D"
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)


class _Message:
    """One message inside an Outlook file: the top one, or one attached to it."""

    def __init__(self, ole: Any, prefix: tuple[str, ...] = ()) -> None:
        self.ole, self.prefix = ole, prefix
        self.streams = {tuple(entry) for entry in ole.listdir(streams=True, storages=False)}

    def raw(self, folder: tuple[str, ...], name: str) -> bytes | None:
        path = (*self.prefix, *folder, name)
        if path not in self.streams:
            return None
        data = self.ole.openstream(list(path)).read(LIMITS["stream"] + 1)
        if len(data) > LIMITS["stream"]:
            raise Unreadable("a file in it is larger than is safe to open")
        return bytes(data)

    def words(self, tag: str, folder: tuple[str, ...] = ()) -> str:
        data = self.raw(folder, f"__substg1.0_{tag}001F")
        if data is not None:
            return data.decode("utf-16-le", "replace").replace("\0", "")
        data = self.raw(folder, f"__substg1.0_{tag}001E")
        return text_reader.decode(data)[0].replace("\0", "") if data is not None else ""

    def binary(self, tag: str, folder: tuple[str, ...] = ()) -> bytes | None:
        return self.raw(folder, f"__substg1.0_{tag}0102")

    def moment(self) -> dt.datetime | None:
        data = self.raw((), "__properties_version1.0") or b""
        start = 32 if not self.prefix else 24
        for at in range(start, len(data) - 15, 16):
            tag = struct.unpack("<I", data[at : at + 4])[0]
            if tag in (0x00390040, 0x0E060040):
                ticks = struct.unpack("<Q", data[at + 8 : at + 16])[0]
                with contextlib.suppress(OverflowError):
                    found = _EPOCH + dt.timedelta(microseconds=ticks // 10)
                    if 1980 <= found.year <= 2100:
                        return found
        return None

    def folders(self, start: str) -> list[tuple[str, ...]]:
        depth = len(self.prefix)
        return sorted({path[: depth + 1][depth:] for path in self.streams if path[:depth] == self.prefix and len(path) > depth + 1 and path[depth].startswith(start)})  # fmt: skip


def read(data: bytes) -> Incoming:
    """Read an Outlook mail. Raises ``Unreadable`` when it is damaged."""
    olefile: Any = importlib.import_module("olefile")
    try:
        ole = olefile.OleFileIO(io.BytesIO(data))
        return _incoming(_Message(ole))
    except Unreadable:
        raise
    except Exception as problem:
        raise Unreadable("this Outlook mail is damaged") from problem


def _incoming(message: _Message) -> Incoming:
    subject = " ".join(message.words(_SUBJECT).split())
    sender = Address(message.words("0C1A"), message.words("5D01") or message.words("0C1F"))
    people = []
    for folder in message.folders("__recip_version1.0_"):
        people.append(
            Address(message.words("3001", folder), message.words("39FE", folder) or message.words("3003", folder))
        )
    sent = message.moment()
    html = message.binary(_HTML)
    notes: list[str] = []
    blocks: tuple[Block, ...] = html_reader.blocks_of(text_reader.decode(html)[0]) if html else ()
    if not blocks:
        blocks = text_reader.blocks_of(message.words(_BODY))
    if not blocks and message.binary("1009"):
        notes.append("The words of this mail are in a form the program does not read. Save it as PDF and add that too.")
    attachments = _attachments(message, notes)
    headers = [("From", f"{sender.name} <{sender.email}>".strip()), ("To", ", ".join(who.shown for who in people))]
    headers += [("Date", sent.strftime("%d %B %Y %H:%M %Z") if sent else ""), ("Subject", subject)]
    kept = tuple((name, value) for name, value in headers if value.strip(" <>"))
    head = "\n".join(f"{name}: {value}" for name, value in kept)
    return Incoming(
        "msg", subject, (f"{head}\n\n{html_reader.text_of(blocks)}",), 1, kept, blocks, sent=sent,
        sender=sender if sender.shown else None, recipients=tuple(people), message_id=message.words("1035").strip("<>"),
        in_reply_to=message.words("1042").strip("<>"), attachments=attachments, notes=tuple(notes),
    )  # fmt: skip


def _attachments(message: _Message, notes: list[str]) -> tuple[Attachment, ...]:
    found = []
    for number, folder in enumerate(message.folders("__attach_version1.0_"), 1):
        name = message.words("3707", folder) or message.words("3704", folder) or message.words("3001", folder)
        data = message.binary("3701", folder)
        if data is not None:
            found.append(Attachment(" ".join((name or f"Part {number}").split())[:200], data, str(number)))
            continue
        inner = _Message(message.ole, (*message.prefix, *folder, "__substg1.0_3701000D"))
        told = _incoming(inner) if any(path[: len(inner.prefix)] == inner.prefix for path in inner.streams) else None
        if told:
            words = told.pages[0].encode()
            found.append(Attachment(f"{told.title or 'Mail inside the mail'}.txt"[:200], words, str(number)))
            notes.append("A mail was attached to this mail. Its words are kept as text beside it.")
    return tuple(found)
