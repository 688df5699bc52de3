"""Deadlines as a calendar file (iCalendar, RFC 5545) that any calendar program reads. Names no child."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

from casefile.domain.dates import in_words
from casefile.domain.deadlines import Deadline

WIDTH = 75
SAFE_REMINDERS = (14, 7, 1)
LAST_REMINDERS = (3, 1)
"""Days before a safe day, and before a last day of the parent's own, on which a calendar reminds."""


def ics(deadlines: Iterable[Deadline], made: dt.datetime) -> bytes:
    """A calendar of every deadline with a date that is not done yet. ``made`` is the moment of making, with its zone.

    What the parent must do has a day of its own, the safe one, and reminders before both. Each entry keeps its
    identity when the file is made again, so that a calendar program updates it instead of doubling it.
    """
    stamp = made.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Casefile//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for deadline in deadlines:
        if deadline.due is None or deadline.state not in ("coming", "due_soon", "overdue"):
            continue
        mine = deadline.mine and deadline.safe_date is not None
        if mine and deadline.safe_date is not None and deadline.safe_date < deadline.due:
            lines += _entry(
                deadline, deadline.safe_date, "safe", f"Do by today: {deadline.title}", stamp, SAFE_REMINDERS
            )
        opening = "Last day" if mine else "Due"
        lines += _entry(
            deadline, deadline.due, "due", f"{opening}: {deadline.title}", stamp, LAST_REMINDERS if mine else ()
        )
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) for line in lines)


def _entry(deadline: Deadline, day: dt.date, part: str, title: str, stamp: str, reminders: Sequence[int]) -> list[str]:
    starts = ",".join(f"{event.kind}{event.on}" for event in deadline.starts)
    uid = hashlib.sha256(f"{deadline.rule}|{starts}|{part}".encode()).hexdigest()[:32]
    told = [f"Who must act: {deadline.owed_by}.", deadline.help, f"Last day: {in_words(deadline.due or day)}."]
    if deadline.provisional:
        told.append("This date may still move.")
    told += [f"Where it is written: {deadline.reference}", deadline.link]
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}@casefile",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(title)}",
        f"DESCRIPTION:{escape(chr(10).join(told))}",
        "TRANSP:TRANSPARENT",
    ]
    for days in reminders:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape(title)}", f"TRIGGER:-P{days}D", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def escape(text: str) -> str:
    """A text value with its special characters made safe (RFC 5545 section 3.3.11)."""
    safe = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return safe.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def fold(line: str) -> bytes:
    """A line in pieces of at most 75 bytes, never cut inside a letter, each ended as the standard asks."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        raw = letter.encode("utf-8")
        if len(piece) + len(raw) > WIDTH - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += raw
    pieces.append(piece)
    return b"\r\n ".join(pieces) + b"\r\n"
