"""A file from outside becomes an ``Incoming``. One format a module; all of them run in the limited child process."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from casefile.domain.blocks import Block
from casefile.domain.documents import LOCKED

LIMITS = {
    "file": 500 * 2**20,
    "pdf_pages": 5000,
    "page_pixels": 4000,
    "image_pixels": 100_000_000,
    "mail_depth": 50,
    "mail_parts": 1000,
    "mail_header": 64 * 2**10,
    "mail_addresses": 5000,
    "members": 10_000,
    "unpacked": 2 * 2**30,
    "stream": 64 * 2**20,
    "ratio": 100,
    "ratio_from": 10 * 2**20,
    "depth": 2,
    "xml_depth": 256,
    "seconds": 10,
    "seconds_pdf": 60,
    "seconds_scan": 90,
}
"""Every limit on what is read, in one place: bytes, counts, pixels, levels and seconds."""


_UNLOCK = "Unlock it with the password, or ask the sender for a copy without one"
ASKS = f"{LOCKED}. {_UNLOCK}"
"""Why a file that asks for a password could not be read, and what to do."""
ASKS_IN_PART = f"{LOCKED} in part. {_UNLOCK}"
"""The same of a zip folder of which some files could be read."""


class Unreadable(Exception):
    """The file cannot be read; ``args[0]`` says why, in plain words that end a sentence."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a file. ``name`` is only shown; ``part`` tells which one it is; ``inline`` stands in the text."""

    name: str
    data: bytes
    part: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an address from the head of a mail, both only text."""

    name: str
    email: str

    @property
    def shown(self) -> str:
        """The name, else the address."""
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a reader makes of a file. ``pages`` is the text of each page; ``blocks`` the clean tree of a mail or Word file.

    ``sent`` is a mail's own date; ``made`` and ``taken`` are dates a file carries about itself and prove little.
    ``thread`` is the id of the first mail of the exchange a mail belongs to, where its head tells. ``pictures`` are the pages
    (1 is the first) of a PDF that are a picture with a few typed words over it, whose own words were not read. ``locked`` are
    the parts of a zip folder that ask for a password.
    """

    type: str
    title: str = ""
    pages: tuple[str, ...] = ()
    page_count: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    sent: dt.datetime | None = None
    received: dt.datetime | None = None
    made: dt.date | None = None
    taken: dt.date | None = None
    sender: Address | None = None
    recipients: tuple[Address, ...] = ()
    message_id: str = ""
    in_reply_to: str = ""
    thread: str = ""
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    pictures: tuple[int, ...] = ()
    locked: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        """Why some or all of what it holds could not be read, in plain words that end a sentence; else empty."""
        return "" if not self.locked else ASKS_IN_PART if self.attachments else ASKS


Reader = Callable[[bytes], Incoming]
