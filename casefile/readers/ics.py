"""Calendar entries (.ics), as invitations to meetings come: what, when, where, in words."""

import contextlib
import datetime as dt
import re

from casefile.domain.blocks import Block, Paragraph, Run
from casefile.domain.dates import in_words
from casefile.readers import Incoming, Unreadable
from casefile.readers.text import decode

_SHOWN = (("LOCATION", "Where"), ("ORGANIZER", "From"), ("DESCRIPTION", ""))
_MOST = 200


def _plain(value: str) -> str:
    return re.sub(r"\\([nN,;\\])", lambda match: "\n" if match[1] in "nN" else match[1], value).strip()


def _moment(value: str) -> str:
    """A moment in words; as it stands where it cannot be read."""
    match = re.match(r"(\d{8})(?:T(\d{2})(\d{2})\d{2}(Z?))?$", value.strip())
    with contextlib.suppress(ValueError):
        if match:
            day = in_words(dt.date(int(match[1][:4]), int(match[1][4:6]), int(match[1][6:])))
            if not match[2]:
                return day
            return f"{day}, {match[2]}:{match[3]}{' (world time, UTC)' if match[4] else ''}"
    return value.strip()


def _entries(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    inside: dict[str, str] | None = None
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        name, _, value = line.partition(":")
        key = name.partition(";")[0].strip().upper()
        if key == "BEGIN" and value.strip().upper() in ("VEVENT", "VTODO"):
            inside = {}
        elif key == "END" and inside is not None and value.strip().upper() in ("VEVENT", "VTODO"):
            found.append(inside)
            inside = None
        elif inside is not None and value:
            inside.setdefault(key, value)
    return found[:_MOST]


def read(data: bytes) -> Incoming:
    """Read the entries of a calendar file. Raises ``Unreadable`` when it holds none."""
    text, note = decode(data)
    entries = _entries(text.replace("\0", ""))
    if not entries:
        raise Unreadable("it is a calendar file without an entry")
    blocks: list[Block] = []
    lines: list[str] = []
    for entry in entries:
        title = _plain(entry.get("SUMMARY", "")) or "Calendar entry"
        told = [f"When: {_moment(entry['DTSTART'])}"] if "DTSTART" in entry else []
        for key, label in _SHOWN:
            value = _plain(entry.get(key, "")).removeprefix("mailto:").removeprefix("MAILTO:")
            told += [f"{label}: {value}" if label else value] if value else []
        blocks += [Paragraph((Run(title),), "heading", 2), *(Paragraph((Run(words),)) for words in told)]
        lines += [title, *told, ""]
    title = _plain(entries[0].get("SUMMARY", ""))
    notes = (note,) if note else ()
    return Incoming("calendar", title[:200], ("\n".join(lines),), 1, blocks=tuple(blocks), notes=notes)
