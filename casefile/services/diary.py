"""Quick entry: a call, a meeting, a letter. An unfinished one is kept in the case folder as it is typed."""

import datetime as dt
import json
from dataclasses import asdict, dataclass

from casefile.domain.dates import in_words
from casefile.domain.events import Event
from casefile.errors import Invalid, NoSpace
from casefile.services.timeline import NOTES, record
from casefile.store.files import write_file
from casefile.store.store import Store

KINDS = ("call", "meeting", "letter_received", "letter_sent", "note")
"""What can be logged, in the order it is offered."""
_UNFINISHED = "unfinished-log.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed: ``kind`` of ``KINDS``, ``on`` as typed ("last Tuesday"), who, what was said, what was promised."""

    kind: str = "call"
    on: str = "today"
    who: str = ""
    said: str = ""
    promised: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed yet."""
        return not (self.who.strip() or self.said.strip() or self.promised.strip())


def unfinished(store: Store) -> Entry | None:
    """The entry somebody began and did not finish, or None."""
    try:
        found = json.loads((store.folder / "work" / _UNFINISHED).read_text("utf-8"))
        made = Entry(**{name: str(value) for name, value in found.items()})
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return made if made.kind in KINDS and not made.empty else None


def keep_unfinished(store: Store, entry: Entry) -> None:
    """Keep an entry as far as it was typed; an empty one clears it. Raises ``NoSpace``."""
    path = store.folder / "work" / _UNFINISHED
    if entry.empty:
        try:
            path.unlink(missing_ok=True)
        except OSError as problem:
            raise NoSpace(f"The unfinished entry could not be cleared ({problem}).", "Check the case folder.") from None
    else:
        write_file(path, json.dumps(asdict(entry), ensure_ascii=False).encode("utf-8"))


def log(store: Store, entry: Entry, on: dt.date, *, promised_by: dt.date | None = None, approximate: bool = False) -> Event:
    """Write an entry into the timeline as of the day ``on``; a promise with a day stands there as well.

    Raises ``Invalid`` for an unknown kind or an entry without a word.
    """
    if entry.kind not in KINDS:
        raise Invalid(f"There is nothing called {entry.kind!r} to log.", f"Use one of: {', '.join(KINDS)}.")
    if entry.empty:
        raise Invalid("Nothing was written yet.", "Say who it was with, or what was said.")
    parts = []
    if entry.who.strip():
        parts.append(f"With {entry.who.strip()}." if entry.kind in ("call", "meeting") else f"{entry.who.strip()}.")
    if entry.said.strip():
        parts.append(f"Said: {entry.said.strip()}")
    if entry.promised.strip():
        by = f" (by {in_words(promised_by)})" if promised_by else ""
        parts.append(f"Promised: {entry.promised.strip()}{by}")
    with store.action(f"Logged: {NOTES[entry.kind].lower()}"):
        made = record(store, Event(None, entry.kind, on, None, "\n".join(parts), "approximate" if approximate else "exact"))
        if promised_by:
            who = entry.who.strip() or "They"
            record(store, Event(None, "promise", promised_by, None, f"{who}: {entry.promised.strip()}", answers=made.id))
    keep_unfinished(store, Entry())
    return made


def who_before(store: Store) -> list[str]:
    """The people of the case in a few words each, for the list to choose from."""
    from casefile.services.people import contacts

    found = []
    for person in contacts(store):
        if person.me:
            continue
        words = ", ".join(part for part in (person.name, person.role) if part)
        place = person.organisation if person.organisation and person.organisation != words else ""
        found.append(" at ".join(part for part in (words, place) if part) if words else place)
    return [entry for entry in dict.fromkeys(found) if entry]
