"""Outlook's own mail files (.msg): head, words and attachments, from the parts that are documented."""

import codecs
import contextlib
import datetime as dt
import email.utils
import importlib
import io
import re
import struct
from email.message import EmailMessage
from typing import Any

from casefile.domain.blocks import Block
from casefile.readers import LIMITS, Address, Attachment, Incoming, Unreadable
from casefile.readers import html as html_reader
from casefile.readers import text as text_reader
from casefile.readers.eml import small_picture

_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_SENT, _DELIVERED, _CODEPAGE, _WEB_CODEPAGE, _HIDDEN = 0x00390040, 0x0E060040, 0x3FFD0003, 0x3FDE0003, 0x7FFE000B
_MOST_DEEP = 8


class _Message:
    """One message inside an Outlook file: the top one, or one attached to it."""

    def __init__(self, ole: Any, prefix: tuple[str, ...] = ()) -> None:
        self.ole, self.prefix = ole, prefix
        self.streams = {tuple(entry) for entry in ole.listdir(streams=True, storages=False)}
        fixed = self.fixed((), 24 if prefix else 32)
        pages = [fixed.get(_CODEPAGE, b""), fixed.get(_WEB_CODEPAGE, b"")]
        self.letters = next((name for page in pages if (name := _codec(page))), "")

    def raw(self, folder: tuple[str, ...], name: str) -> bytes | None:
        """One stream, or None. Raises ``Unreadable`` for one that is too large."""
        path = (*self.prefix, *folder, name)
        if path not in self.streams:
            return None
        data = self.ole.openstream(list(path)).read(LIMITS["stream"] + 1)
        if len(data) > LIMITS["stream"]:
            raise Unreadable("a file in it is larger than is safe to open")
        return bytes(data)

    def words(self, tag: str, folder: tuple[str, ...] = ()) -> str:
        """A text property: as Unicode, else in the letters the message says it is written in."""
        data = self.raw(folder, f"__substg1.0_{tag}001F")
        if data is not None:
            return data.decode("utf-16-le", "replace").replace("\0", "")
        data = self.raw(folder, f"__substg1.0_{tag}001E")
        return self.decoded(data).replace("\0", "") if data is not None else ""

    def decoded(self, data: bytes) -> str:
        """Bytes in the message's own letters."""
        if self.letters:
            with contextlib.suppress(UnicodeDecodeError, LookupError):
                return data.decode(self.letters)
        return text_reader.decode(data)[0]

    def binary(self, tag: str, folder: tuple[str, ...] = ()) -> bytes | None:
        """A property made of bytes, or None."""
        return self.raw(folder, f"__substg1.0_{tag}0102")

    def fixed(self, folder: tuple[str, ...], head: int) -> dict[int, bytes]:
        """The properties of a fixed size, by their tags; ``head`` bytes stand before them."""
        data = self.raw(folder, "__properties_version1.0") or b""
        found: dict[int, bytes] = {}
        for at in range(head, len(data) - 15, 16):
            found[struct.unpack("<I", data[at : at + 4])[0]] = data[at + 8 : at + 16]
        return found

    def moment(self) -> dt.datetime | None:
        """When it was sent, else when it was delivered."""
        fixed = self.fixed((), 24 if self.prefix else 32)
        for tag in (_SENT, _DELIVERED):
            if tag in fixed:
                with contextlib.suppress(OverflowError):
                    found = _EPOCH + dt.timedelta(microseconds=struct.unpack("<Q", fixed[tag])[0] // 10)
                    if 1980 <= found.year <= 2100:
                        return found
        return None

    def folders(self, start: str) -> list[tuple[str, ...]]:
        """The folders of this message whose names begin with ``start``: its recipients, its attachments."""
        depth = len(self.prefix)
        return sorted({path[: depth + 1][depth:] for path in self.streams if path[:depth] == self.prefix and len(path) > depth + 1 and path[depth].startswith(start)})  # fmt: skip


def _codec(page: bytes) -> str:
    """The name Python has for a Windows code page; empty for one it does not know and for plain ASCII."""
    number = struct.unpack("<I", page[:4])[0] if len(page) >= 4 else 0
    name = {65001: "utf-8", 936: "gbk", 20866: "koi8-r", 28591: "iso-8859-1"}.get(number, f"cp{number}")
    with contextlib.suppress(LookupError):
        return codecs.lookup(name).name
    return ""


def read(data: bytes) -> Incoming:
    """Read an Outlook mail. Raises ``Unreadable`` when it is damaged."""
    olefile: Any = importlib.import_module("olefile")
    try:
        ole = olefile.OleFileIO(io.BytesIO(data))
        return _incoming(_Message(ole), 0)
    except Unreadable:
        raise
    except Exception as problem:
        raise Unreadable("this Outlook mail is damaged") from problem


def _address(name: str, where: str) -> Address:
    """Who: an address inside the sender's own Exchange server ("/O=…") is none that anyone outside can use."""
    return Address(" ".join(name.split()), "" if where.upper().startswith("/O=") else " ".join(where.split()))


def _incoming(message: _Message, depth: int) -> Incoming:
    subject = " ".join(message.words(_SUBJECT).split())
    sender = _address(message.words("0C1A"), message.words("5D01") or message.words("0C1F"))
    people = []
    for folder in message.folders("__recip_version1.0_"):
        where = message.words("39FE", folder) or message.words("3003", folder)
        people.append(_address(message.words("3001", folder).strip("'"), where))
    sent = message.moment()
    notes: list[str] = []
    attachments, pictures = _attachments(message, notes, depth)
    markup = message.binary(_HTML)
    html = message.decoded(markup) if markup else message.words(_HTML)
    blocks: tuple[Block, ...] = ()
    if html:
        blocks = html_reader.blocks_of(html, lambda cid: small_picture(pictures[cid]) if cid in pictures else None)
    if not blocks:
        blocks = text_reader.blocks_of(message.words(_BODY))
    if not blocks and message.binary(_RTF):
        notes.append("The words of this mail are in a form the program does not read. Save it as PDF and add that too.")
    headers = [("From", f"{sender.name} <{sender.email}>" if sender.email else sender.name)]
    headers += [("To", ", ".join(who.shown for who in people))]
    headers += [("Date", sent.strftime("%d %B %Y %H:%M %Z") if sent else ""), ("Subject", subject)]
    kept = tuple((name, value) for name, value in headers if value.strip(" <>"))
    head = "\n".join(f"{name}: {value}" for name, value in kept)
    answers = re.findall(r"<([^<>\s]+)>", message.words("1042") or message.words("1039"))
    earlier = re.findall(r"<([^<>\s]+)>", message.words("1039"))
    return Incoming(
        "msg", subject, (f"{head}\n\n{html_reader.text_of(blocks)}",), 1, kept, blocks, sent=sent,
        sender=sender if sender.shown else None, recipients=tuple(people), message_id=message.words("1035").strip("<>"),
        in_reply_to=answers[-1] if answers else "", thread=earlier[0] if earlier else "", attachments=attachments,
        notes=tuple(notes),
    )  # fmt: skip


def _attachments(message: _Message, notes: list[str], depth: int) -> tuple[tuple[Attachment, ...], dict[str, bytes]]:
    """What is attached, and the pictures that stand in the words, by the name the words call them."""
    found: list[Attachment] = []
    pictures: dict[str, bytes] = {}
    body = message.decoded(message.binary(_HTML) or b"") or message.words(_HTML)
    for number, folder in enumerate(message.folders("__attach_version1.0_"), 1):
        name = message.words("3707", folder) or message.words("3704", folder) or message.words("3001", folder)
        data = message.binary("3701", folder)
        if data is not None:
            cid, place = message.words("3712", folder).strip("<>"), message.words("3713", folder)
            hidden = message.fixed(folder, 8).get(_HIDDEN, b"\0")[0] == 1
            inline = bool(cid and cid in body) or bool((place or hidden) and not body)
            if cid:
                pictures[cid] = data
            found.append(Attachment(" ".join((name or f"Part {number}").split())[:200], data, str(number), inline))
            continue
        inner = _Message(message.ole, (*message.prefix, *folder, "__substg1.0_3701000D"))
        if depth < _MOST_DEEP and any(path[: len(inner.prefix)] == inner.prefix for path in inner.streams):
            told = _incoming(inner, depth + 1)
            found.append(Attachment(f"{told.title or 'Mail inside the mail'}.eml"[:200], _as_mail(told), str(number)))
            notes.append("A mail was attached to this mail. It is kept beside it, written out as an ordinary mail.")
    return tuple(found), pictures


def _as_mail(told: Incoming) -> bytes:
    """A mail inside an Outlook mail as an ordinary mail, with what was attached to it."""
    made = EmailMessage()
    if told.sender:
        made["From"] = email.utils.formataddr((told.sender.name, told.sender.email or "unknown@invalid"))
    if told.recipients:
        made["To"] = ", ".join(email.utils.formataddr((who.name, who.email or "unknown@invalid")) for who in told.recipients)  # fmt: skip
    if told.sent:
        made["Date"] = email.utils.format_datetime(told.sent)
    made["Subject"] = told.title
    if told.message_id:
        made["Message-ID"] = f"<{' '.join(told.message_id.split())}>"
    made.set_content(html_reader.text_of(told.blocks))
    for part in told.attachments:
        made.add_attachment(part.data, maintype="application", subtype="octet-stream", filename=part.name)
    if told.attachments:
        # A fixed boundary: the same mail gives the same bytes, so it is recognised when it is added again.
        made.set_boundary("=_a_mail_inside_an_outlook_mail")
    return made.as_bytes()
