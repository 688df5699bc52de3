"""What the ledger proves, as facts for a letter: the loss, the plan's words, each session not given, the totals."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence

from casefile.domain.dates import NO_BREAK, count, in_words
from casefile.domain.ledger import Shortfall, in_hours, promise_words
from casefile.domain.letters import Fact, Proof
from casefile.domain.phrases import lowered
from casefile.library import Library
from casefile.services.case import child_of
from casefile.services.provision import report
from casefile.store.store import Store

SHORTFALL = "shortfall"
"""The need of a letter form that rests on the ledger."""
LEDGER = ("loss", "plan_words", "missed_sessions", "ledger_totals", "missed_total")
"""The facts of the ledger."""
MOST = 14
"""So many sessions are told one by one; the rest are summed up."""


def long_time(minutes: float) -> str:
    """Minutes for a sentence: "3 hours 15 minutes"."""
    hours, rest = divmod(round(minutes), 60)
    parts = [count(hours, "hour") if hours else "", count(rest, "minute") if rest or not hours else ""]
    return NO_BREAK.join(part.replace(" ", NO_BREAK) for part in parts if part)


def counted_lines(store: Store, library: Library, today: dt.date) -> list[Shortfall]:
    """The ledger's lines as of ``today``, counted once until something in the case changes: a list of letters asks many times."""
    key = (store.db.conn.total_changes, today)
    kept = store.lasting.get("ledger")
    if not (isinstance(kept, tuple) and kept[0] == key):
        rows = report(store, library, today)
        if store.db.conn.in_transaction:  # what is not yet saved may still be taken back
            return rows
        store.lasting["ledger"] = kept = (key, rows)
    return list(kept[1])


def first_missed(store: Store, library: Library, today: dt.date) -> dt.date | None:
    """The first day on which help of Section F was not given or cut short; None where none is logged."""
    days = (session.on for one in counted_lines(store, library, today) if one.provision.item.startswith("F") for cell in one.cells for session in cell.sessions if session.outcome in ("missed", "part"))
    return min(days, default=None)


def ledger_facts(store: Store, library: Library, today: dt.date, mark: Callable[[int | None], str], section: str = "", named: Collection[str] = LEDGER) -> dict[str, Fact]:
    """The facts of every line with missed minutes, up to yesterday; empty where nothing is logged as missed.

    ``mark`` gives a paper its exhibit mark, ``section`` is the part of the plan the letter is about, ``named``
    are the facts it asks for: only sessions that are told have their papers marked. What is not known is named apart and never counted as missed.
    """
    rows = [one for one in counted_lines(store, library, today) if one.total("minutes_missed") and one.provision.item.startswith(section)]
    if not rows:
        return {}
    told, proofs = _sessions(rows, mark) if "missed_sessions" in named else ([], [])
    lost = sum(one.total("minutes_missed") for one in rows)
    worst = max(rows, key=lambda one: one.total("minutes_missed"))
    first = min(session.on for one in rows for cell in one.cells for session in cell.sessions if session.outcome in ("missed", "part"))
    short = child_of(store).short
    name = f"{lowered(worst.provision.title)}"
    loss = (
        f"{short[:1].upper()}{short[1:]} was owed {long_time(worst.total('minutes_due'))} of {name} and missed {long_time(worst.total('minutes_missed'))} "
        f"of it, the first on {in_words(first, joined=True)}."
    )
    counted = Proof(long_time(lost), "The ledger of what was given")
    found = {
        "loss": Fact((loss,), (Proof(long_time(worst.total("minutes_missed")), "The ledger of what was given"),)),
        "plan_words": Fact(tuple(f"{one.provision.item}: “{one.provision.words or promise_words(one.provision)}”" for one in rows)),
        "missed_sessions": Fact(tuple(told), tuple(proofs)),
        "ledger_totals": Fact(tuple(_totals(one, today) for one in rows), (counted,)),
        "missed_total": Fact((long_time(lost),), (counted,)),
    }
    return {name: fact for name, fact in found.items() if fact.lines}


def _sessions(rows: Sequence[Shortfall], mark: Callable[[int | None], str]) -> tuple[list[str], list[Proof]]:
    entries = sorted(
        ((session, one) for one in rows for cell in one.cells for session in cell.sessions if session.outcome in ("missed", "part")),
        key=lambda entry: entry[0].on,
    )
    lines, proofs = [], []
    for session, one in entries[:MOST]:
        words = in_words(session.on, joined=True)
        paper = mark(session.document)
        given = f"only {count(session.minutes, 'minute').replace(' ', NO_BREAK)} were given" if session.outcome == "part" and session.minutes else "no session was given"
        reason = f" The reason I was told: {lowered(session.reason).rstrip('.')}." if session.reason else ""
        lines.append(f"{words}, {one.provision.item}: {given}{f' ({paper})' if paper else ''}.{reason}")
        proofs.append(Proof(words, f"{one.provision.item}: not given", session.document, mark=paper))
    rest = len(entries) - MOST
    if rest > 0:
        lines.append(f"{count(rest, 'more session')} since then. I can send the full list.")
    return lines, proofs


def _totals(one: Shortfall, today: dt.date) -> str:
    start = one.cells[0].span.start
    if one.provision.start and one.provision.start > start:
        start = one.provision.start
    unknown = one.total("minutes_unknown")
    known = f" What became of {in_hours(unknown)} is not known to me; it is not counted as missed." if unknown else ""
    end = in_words(today - dt.timedelta(days=1), joined=True)
    return (
        f"{one.provision.item}, from {in_words(start, joined=True)} to {end}: {long_time(one.total('minutes_due'))} were due, "
        f"{long_time(one.total('minutes_given'))} were given, {long_time(one.total('minutes_missed'))} were missed.{known}"
    )
