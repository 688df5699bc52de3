"""Mail as it is saved by every mail program: its head, its words as a clean tree, and what is attached."""

import base64
import contextlib
import datetime as dt
import email
import email.header
import email.policy
import email.utils
import inspect
import re
from collections.abc import Iterator
from email.message import Message
from typing import Any, cast

from casefile.domain.blocks import Block, Paragraph, Picture, Run
from casefile.readers import LIMITS, Address, Attachment, Incoming, Unreadable
from casefile.readers import html as html_reader
from casefile.readers import text as text_reader

_SHOWN = ("From", "To", "Cc", "Date", "Subject")
# Newer Pythons would give up a whole list of addresses for one that is odd.
_LENIENT: dict[str, Any] = (
    {"strict": False} if "strict" in inspect.signature(email.utils.getaddresses).parameters else {}
)


def _raw(message: Message, name: str) -> str:
    """A header as it came, cut to the limit before anything parses it: a hostile one can take minutes."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return " ".join(str(value)[: LIMITS["mail_header"]].replace("\0", "").split())
    return ""


def _decoded(raw: str) -> str:
    """Header text with its encoded words read, and letters that were sent without saying how they are written."""
    with contextlib.suppress(UnicodeEncodeError):
        # The parser keeps bytes beyond ASCII as lone surrogates.
        if any("\udc80" <= letter <= "\udcff" for letter in raw):
            raw = text_reader.decode(raw.encode("utf-8", "surrogateescape"))[0]
    if "=?" not in raw:
        return raw
    made: list[str] = []
    with contextlib.suppress(Exception):  # a damaged header must not cost the mail
        for piece, charset in email.header.decode_header(raw):
            made.append(piece if isinstance(piece, str) else _letters(piece, charset))
        return " ".join("".join(made).replace("\0", "").split())
    return raw


def _letters(data: bytes, charset: str | None) -> str:
    with contextlib.suppress(LookupError, UnicodeDecodeError):
        return data.decode(charset or "ascii")
    return text_reader.decode(data)[0]


def _header(message: Message, name: str) -> str:
    return _decoded(_raw(message, name))


def _addresses(message: Message, name: str) -> tuple[Address, ...]:
    # Addresses are taken apart before names are decoded: an encoded name may hold a comma.
    found = email.utils.getaddresses([_raw(message, name)], **_LENIENT)[: LIMITS["mail_addresses"]]
    return tuple(Address(" ".join(_decoded(who).split()), _decoded(where)) for who, where in found if who or where)


def _date(text: str) -> dt.datetime | None:
    with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
        found = email.utils.parsedate_to_datetime(text)
        if 1980 <= found.year <= 2100:
            return found
    return None


def _walk(message: Message, path: str = "", depth: int = 0, within: str = "") -> Iterator[tuple[str, Message, str]]:
    """Every leaf and every mail inside the mail, each with its place ("2.1") and the kind of whole it is a part of."""
    if depth > LIMITS["mail_depth"]:
        raise Unreadable("it holds mails inside mails, deeper than the program follows")
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield path or "1", message, within
        return
    for number, part in enumerate(cast(list[Message], message.get_payload()), 1):
        yield from _walk(part, f"{path}.{number}" if path else str(number), depth + 1, message.get_content_type())


def _bytes_of(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = cast(Any, part.get_payload())
        if isinstance(inner, list) and inner:
            if "base64" in _header(part, "Content-Transfer-Encoding").lower() and not inner[0].items():
                # Some mail programs wrap a mail in base64, which the standard forbids and the parser takes as words.
                with contextlib.suppress(ValueError):
                    return base64.b64decode(str(inner[0].get_payload()))
            with contextlib.suppress(Exception):
                return bytes(inner[0].as_bytes())
            return str(inner[0]).encode("utf-8", "replace")
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if len(data) > LIMITS["file"]:
        raise Unreadable("a file attached to it is larger than 500 MB")
    return data


def _words_of(part: Message) -> tuple[str, str]:
    data = _bytes_of(part)
    charset = part.get_content_charset() or ""
    if charset:
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            return data.decode(charset), ""
    return text_reader.decode(data)


def _name_of(part: Message, place: str) -> str:
    with contextlib.suppress(Exception):
        name = part.get_filename()
        if name:
            return " ".join(str(name).replace("\0", "").split())[:200]
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        subject = (
            _header(inner[0], "Subject") if isinstance(inner, list) and inner and isinstance(inner[0], Message) else ""
        )
        return f"{subject or 'Mail inside the mail'}.eml"
    ending = {
        "text/plain": ".txt",
        "text/html": ".html",
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "application/pdf": ".pdf",
    }
    return f"Part {place}{ending.get(part.get_content_type(), '')}"


def _is_body(part: Message, place: str) -> bool:
    disposition = (part.get_content_disposition() or "").lower()
    return (
        part.get_content_type() in ("text/plain", "text/html")
        and disposition != "attachment"
        and not part.get_filename()
    )


def small_picture(data: bytes, words: str = "") -> Picture | None:
    """A picture carried in a mail or Word file, rebuilt as PNG or JPEG; None when it is none or is too large."""
    import io

    from PIL import Image

    Image.MAX_IMAGE_PIXELS = LIMITS["image_pixels"]
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > LIMITS["image_pixels"] // 4:
                return None
            kind = "JPEG" if image.format == "JPEG" else "PNG"
            made = image.convert("RGB" if kind == "JPEG" else "RGBA" if "A" in image.getbands() else "RGB")
            made.thumbnail((2000, 2000))
            out = io.BytesIO()
            made.save(out, kind)
            return Picture(out.getvalue(), made.width, made.height, words)
    except Exception:  # whatever is wrong with a picture, the mail is still read
        return None


def read(data: bytes) -> Incoming:
    """Read one mail. Raises ``Unreadable`` when it breaks a limit."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts: list[tuple[str, Message]] = []
    related: set[str] = set()
    for place, part, within in _walk(message):
        parts.append((place, part))
        if within == "multipart/related":
            related.add(place)
        if len(parts) > LIMITS["mail_parts"]:
            raise Unreadable("it holds more than 1,000 parts")
    notes: list[str] = []
    inline = {_cid(part): part for _, part in parts if _cid(part)}
    used: set[str] = set()

    def picture_of(cid: str) -> Picture | None:
        part = inline.get(cid.strip("<>"))
        if part is None:
            return None
        used.add(cid.strip("<>"))
        return small_picture(_bytes_of(part), _name_of(part, ""))

    blocks, taken = _body(parts, picture_of, notes)
    attachments = tuple(
        Attachment(
            _name_of(part, place), _bytes_of(part), place, _cid(part) in used or _in_words(part, place in related)
        )
        for place, part in parts
        if place not in taken and not _leave_out(part)
    )
    sender = _addresses(message, "From") or _addresses(message, "Sender") or _addresses(message, "Return-Path")
    recipients = _addresses(message, "To") + _addresses(message, "Cc")
    headers = tuple((name, _header(message, name)) for name in _SHOWN if _header(message, name))
    sent = _date(_header(message, "Date"))
    if _header(message, "Date") and sent is None:
        notes.append("The date in the head of this mail cannot be read.")
    subject = _header(message, "Subject")
    head = "\n".join(f"{name}: {value}" for name, value in headers)
    return Incoming(
        "eml", subject, (f"{head}\n\n{html_reader.text_of(blocks)}",), 1, headers, blocks, sent=sent,
        received=_received(message), sender=sender[0] if sender else None, recipients=recipients,
        message_id=_header(message, "Message-ID").strip("<>"), in_reply_to=_reply_to(message), thread=_thread(message),
        attachments=attachments, notes=tuple(notes),
    )  # fmt: skip


def _in_words(part: Message, related: bool) -> bool:
    """Whether a picture belongs to the look of a mail. A photo that a phone sends "inline" beside the words does not."""
    return related and part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"


def _leave_out(part: Message) -> bool:
    """Signatures of the mail itself and empty parts are no papers."""
    return part.get_content_type() in ("application/pgp-signature", "message/delivery-status", "text/rfc822-headers") or not _bytes_of(part)  # fmt: skip


def _cid(part: Message) -> str:
    return _header(part, "Content-ID").strip("<>")


def _reply_to(message: Message) -> str:
    found = re.findall(r"<([^<>\s]+)>", _header(message, "In-Reply-To") or _header(message, "References"))
    return found[-1] if found else ""


def _thread(message: Message) -> str:
    found = re.findall(r"<([^<>\s]+)>", _header(message, "References"))
    return found[0] if found else ""


def _received(message: Message) -> dt.datetime | None:
    return _date(_raw(message, "Received").rpartition(";")[2].strip())


def _body(
    parts: list[tuple[str, Message]], picture_of: html_reader.PictureOf, notes: list[str]
) -> tuple[tuple[Block, ...], set[str]]:
    """The words of the mail, from its HTML where it has some, else its plain text; and the parts they came from."""
    bodies = [(place, part) for place, part in parts if _is_body(part, place)]
    taken = {place for place, _ in bodies}
    htmls = [(place, part) for place, part in bodies if part.get_content_type() == "text/html"]
    plains = [(place, part) for place, part in bodies if part.get_content_type() == "text/plain"]
    blocks: list[Block] = []
    for _, part in htmls:
        words, note = _words_of(part)
        notes += [note] if note else []
        blocks += html_reader.blocks_of(words, picture_of)
        if re.search(r"<img[^>]+src\s*=\s*[\"']?https?:", words, re.IGNORECASE):
            notes.append("This mail asks for pictures from the internet. They were not fetched.")
    if not any(isinstance(block, Paragraph) for block in blocks) or not htmls:
        for _, part in plains:
            words, note = _words_of(part)
            notes += [note] if note else []
            blocks += text_reader.blocks_of(words)
    for place, part in parts:
        if place not in taken and part.get_content_type() == "message/delivery-status":
            blocks.append(Paragraph((Run(str(part.get_payload())[:20_000]),), "fixed"))
    return tuple(blocks), taken
