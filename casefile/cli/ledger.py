"""The ledger on the command line: the lines that are followed, logging sessions, the shortfall."""

import argparse
import contextlib
import datetime as dt
import math
from typing import Any

from casefile.cli import losses
from casefile.cli.output import now, number, opened, put_json, shown
from casefile.domain.dates import WEEKDAYS, in_words, read_iso
from casefile.domain.ledger import Cell, Shortfall, in_hours, promise_words, sentence
from casefile.domain.sessions import OUTCOMES, Provision, Session
from casefile.errors import Invalid
from casefile.library import load

_DAYS = tuple(name[:3].lower() for name in WEEKDAYS)
_PERIODS = ("hour", "day", "week", "fortnight", "month", "half_term", "term", "year", "lesson", "once")


def register(commands: Any) -> None:
    """Add the command ``provision``."""
    help_ = "what the plan promises, what was given, and the shortfall"
    made: argparse.ArgumentParser = commands.add_parser("provision", help=help_, description=help_)
    made.add_argument("case", metavar="CASE", help="the folder of the case")
    what = made.add_subparsers(dest="what", metavar="WHAT", required=True)
    add = what.add_parser("add", help="follow a line of the plan")
    add.add_argument("item", help="the line's key in the plan, for example F1")
    for name in ("title", "words", "who", "minutes", "sessions", "start", "end", "weeks-a-year"):
        add.add_argument(f"--{name}", default="")
    add.add_argument("--period", default="week", choices=_PERIODS)
    add.add_argument("--days", default="", help="the usual days: mon,thu")
    add.set_defaults(handle=_add)
    log = what.add_parser("log", help="say what became of a session")
    log.add_argument("item")
    log.add_argument("date", metavar="DATE")
    log.add_argument("outcome", choices=tuple(OUTCOMES))
    log.add_argument("--until", default="", metavar="DATE", help="log every session due from DATE to this day")
    for name in ("minutes", "reason", "said-by", "document", "note"):
        log.add_argument(f"--{name}", default="")
    log.set_defaults(handle=_log)
    report = what.add_parser("report", help="due, given, missed and not known, line by line")
    report.add_argument("--from", dest="start", default="", metavar="DATE")
    report.add_argument("--to", dest="end", default="", metavar="DATE")
    report.add_argument("--json", action="store_true", help="print machine-readable output")
    report.set_defaults(handle=_report)
    losses.register(what)


def _number(text: str, name: str) -> float | None:
    if not text:
        return None
    with contextlib.suppress(ValueError):
        if math.isfinite(found := float(text)):
            return found
    raise Invalid(f"{name} is {text!r}, which is no number.", "Write it in figures.")


def _minutes(text: str) -> int | None:
    found = _number(text, "--minutes")
    return None if found is None else round(found)


def _day(text: str, where: str) -> dt.date | None:
    return read_iso(text, where) if text else None


def _weekdays(text: str) -> tuple[int, ...]:
    found = []
    for word in text.replace(",", " ").lower().split():
        if word[:3] not in _DAYS:
            raise Invalid(f"{word!r} is no day of the week.", "Write for example: --days mon,thu")
        found.append(_DAYS.index(word[:3]))
    return tuple(sorted(set(found)))


def _add(given: argparse.Namespace) -> int:
    from casefile.services import provision

    weeks = _number(given.weeks_a_year, "--weeks-a-year")
    line = Provision(
        None, given.item, given.title or given.item, given.words, given.who, _minutes(given.minutes), _number(given.sessions, "--sessions"),
        given.period, None if weeks is None else round(weeks), _weekdays(given.days), _day(given.start, "--start"), _day(given.end, "--end"),
    )  # fmt: skip
    with opened(given.case) as store:
        made = provision.save(store, line)
    print(f"Following {shown(made.item)}: {promise_words(made)}.")
    return 0


def _log(given: argparse.Namespace) -> int:
    from casefile.services import provision

    with opened(given.case) as store:
        line = provision.provision(store, given.item)
        paper = number(given.document, "a paper") if given.document else None
        if paper is not None:
            from casefile.services.documents import document

            document(store, paper)
        on = read_iso(given.date, "The date")
        one = Session(None, line.id or 0, on, given.outcome, _minutes(given.minutes), None, given.reason, given.said_by, paper, given.note)
        today = now().date()
        if given.until:
            made = provision.log_span(store, load(), line, on, read_iso(given.until, "--until"), one, today)
            print(f"{len(made)} sessions of {shown(line.item)} logged: {OUTCOMES[given.outcome].lower()}.")
        else:
            provision.log_session(store, one, today)
            print(f"{shown(line.item)}, {in_words(on)}: {OUTCOMES[given.outcome].lower()}.")
    return 0


def cell_row(cell: Cell) -> dict[str, Any]:
    """A week, or a longer stretch where the line is counted by it, as JSON."""
    return {
        "week": cell.span.start.isoformat(), "to": cell.span.end.isoformat(), "due": cell.due, "delivered": cell.delivered, "part": cell.part,
        "missed": cell.missed, "unknown": cell.unknown, "closed": cell.closed, "absent": cell.absent, "minutes_due": cell.minutes_due,
        "minutes_missed": cell.minutes_missed, "minutes_unknown": cell.minutes_unknown, "evidence": list(cell.evidence),
    }  # fmt: skip


def report_row(one: Shortfall) -> dict[str, Any]:
    """A line's shortfall as JSON."""
    names = ("due", "delivered", "part", "missed", "unknown", "closed", "absent", "minutes_due", "minutes_missed", "minutes_unknown")
    return {
        "item": one.provision.item, "title": one.provision.title, "promise": promise_words(one.provision),
        **{name: one.total(name) for name in names}, "shown_by_papers": one.shown, "ask": list(one.ask), "cautions": list(one.cautions),
        "weeks": [cell_row(cell) for cell in one.cells],
    }  # fmt: skip


def _report(given: argparse.Namespace) -> int:
    from casefile.services import provision

    with opened(given.case) as store:
        found = provision.report(store, load(), now().date(), _day(given.start, "--from"), _day(given.end, "--to"))
    if given.json:
        put_json({"items": [report_row(one) for one in found]})
        return 0
    if not found:
        print("No line of the plan is followed yet. Begin with: casefile provision CASE add F1 --minutes 30 --sessions 1")
    for one in found:
        print(f"{shown(one.provision.item)} {shown(one.provision.title)}: {promise_words(one.provision)}")
        print(f"    {sentence(one)}")
        for words in one.cautions:
            print(f"    {words}")
        for cell in one.cells:
            parts = [f"{number_:g} {name}" for name, number_ in (("due", cell.due), ("given", cell.delivered), ("in part", cell.part), ("missed", cell.missed), ("not known", cell.unknown), ("closed", cell.closed), ("away", cell.absent)) if number_]
            print(f"    from {in_words(cell.span.start)}: {', '.join(parts)} ({in_hours(cell.minutes_missed)} missed)")
    return 0
