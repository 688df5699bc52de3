"""What a new paper seems to be: its date, sender, kind, and the event it seems to prove, each with its reason.

Pure: words in, suggestions out. Nothing counts until the parent says yes.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

from casefile.domain.documents import DateGuess, EventGuess, Suggestion
from casefile.suggest import dates, kinds, people, titles


@dataclass(frozen=True, slots=True)
class Clues:
    """All that is known of a paper when it arrives. ``sent`` and ``received`` are a mail's own times.

    ``mine`` are the parent's own addresses and names.
    """

    type: str
    name: str
    title: str = ""
    pages: tuple[str, ...] = ()
    sent: dt.datetime | None = None
    received: dt.datetime | None = None
    sender: tuple[str, str] = ("", "")
    recipient: tuple[str, str] = ("", "")
    taken: dt.date | None = None
    made: dt.date | None = None
    mine: tuple[str, ...] = ()
    child_born: dt.date | None = None
    thread: str = ""


MAIL = frozenset({"eml", "msg"})


def suggest(clues: Clues, today: dt.date) -> Suggestion:
    """Everything the program suggests about one paper, as of ``today``."""
    text = _settled("\n".join(clues.pages[:3])[:12_000])
    body = _without_head(text) if clues.type in MAIL else text
    kind = kinds.kind_of(clues.type, clues.name, clues.title, body, from_me=_from_me(clues))
    date = _date(clues, body, today)
    sender = people.sender_of(clues.sender, body, mail=clues.type in MAIL)
    events = _events(clues, body, kind.value if kind else "", date)
    return Suggestion(
        date=date,
        received=_received(clues, date),
        sender=sender,
        recipient=people.recipient_of(clues.recipient, body, mail=clues.type in MAIL),
        kind=kind,
        events=events,
        references=people.references_in(text),
        promises=kinds.promises_in(body, date.value if date else today),
        title=titles.title_of(
            clues.type, clues.name, clues.title, kind=kind.value if kind else "", date=date, body=body,
            organisation=sender.organisation if sender else "", sender=sender.person if sender else "",
        ),
        thread=clues.thread,
    )  # fmt: skip


def _settled(text: str) -> str:
    """Text whose blank stretches are short: the patterns that look for a line would take minutes over thousands."""
    kept: list[str] = []
    for line in text.splitlines():
        bare = re.sub(r"[ \t]{4,}", "   ", line).strip()
        if bare or (kept and kept[-1]):
            kept.append(bare)
    return "\n".join(kept)


def _without_head(text: str) -> str:
    """A mail's words without the lines of its head and without what it quotes from earlier mails."""
    body = text.split("\n\n", 1)[1] if "\n\n" in text else text
    cut = re.search(
        r"^(?:-{2,} ?original message ?-{2,}|_{10,}|on .{5,80} wrote:|from: .+\n(?:sent|date): )",
        body,
        re.IGNORECASE | re.MULTILINE,
    )
    kept = body[: cut.start()] if cut and cut.start() > 20 else body
    return "\n".join(line for line in kept.splitlines() if not line.startswith(">"))


def _from_me(clues: Clues) -> bool:
    mine = {known.strip().lower() for known in clues.mine}
    return any(known.strip().lower() in mine for known in clues.sender if known.strip())


def _date(clues: Clues, body: str, today: dt.date) -> DateGuess | None:
    if clues.type in MAIL:
        if clues.sent:
            day = dates.british_day(clues.sent)
            if day > today + dt.timedelta(days=1):
                return DateGuess(day, False, "The head of the mail gives this date, but it lies in the future.")
            return DateGuess(day, True, "From the head of the mail.")
        return dates.named_in(clues.name, today)
    found = dates.letter_date(body, today, clues.child_born)
    if found:
        return found
    named = dates.named_in(clues.name, today)
    if named:
        return named
    if clues.taken:
        return DateGuess(clues.taken, False, "The day the camera or scanner wrote. Its clock may be wrong.")
    if clues.made and clues.made <= today:
        return DateGuess(clues.made, False, "The day this file was made. The paper itself may be older.")
    return None


def _received(clues: Clues, date: DateGuess | None) -> DateGuess | None:
    if clues.type not in MAIL:
        return None
    if clues.received:
        return DateGuess(dates.british_day(clues.received), True, "From the mail server's own line in the head.")
    if date and date.sure and not _from_me(clues):
        return DateGuess(date.value, False, "Mail most often arrives the day it is sent.")
    return None


def _events(clues: Clues, body: str, kind: str, date: DateGuess | None) -> tuple[EventGuess, ...]:
    found = kinds.events_in(clues.title, body, kind, from_me=_from_me(clues), date=date, born=clues.child_born)
    return tuple(replace(event, sure=event.sure and bool((date and date.sure) or event.quote)) for event in found)
