"""``casefile law routes FACTS.json`` and ``casefile routes CASE``: which body can help, and when."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from casefile.cli.output import opened, put_json
from casefile.domain.dates import in_words, read_iso
from casefile.domain.failings import Door, Facts
from casefile.domain.remedies import Remedy
from casefile.errors import NotFound
from casefile.library import load
from casefile.services import bare_law, bare_routes
from casefile.services import doors as case_doors

STATES = {
    "open": "Open", "closing": "Open, but not for long", "depends": "It depends", "too_early": "Too early",
    "closed": "Closed", "not_this_body": "Not for this",
}  # fmt: skip
HELP = "Free advice: your local SENDIASS, IPSEA, SOS!SEN, Contact. This is not legal advice."


def register_bare(kinds: Any) -> None:
    """Add ``routes`` to what ``casefile law`` can do."""
    given = kinds.add_parser("routes", help="which body can help, from a file of facts")
    given.add_argument("facts", type=Path, metavar="FACTS.json")
    given.add_argument("--json", action="store_true", help="for programs")
    given.set_defaults(handle=show_bare)
    practice = kinds.add_parser("remedies", help="what the Ombudsman has recommended in published decisions")
    practice.add_argument("failing", nargs="?", default="", metavar="FAILING", help="only decisions about this")
    practice.add_argument("--json", action="store_true", help="for programs")
    practice.set_defaults(handle=show_remedies)


def register(commands: Any) -> None:
    """Add the command ``routes`` for a case."""
    words = "what has gone wrong in a case, and which body can help"
    made = commands.add_parser("routes", help=words, description=words)
    made.add_argument("case", metavar="CASE", help="the folder of the case")
    made.add_argument(
        "--issue", default="", metavar="FAILING", help="one failing only, whether the record shows it or not"
    )
    made.add_argument("--as-of", default="", metavar="DATE", help="another day than today, such as 2026-05-12")
    made.add_argument("--json", action="store_true", help="for programs")
    made.set_defaults(handle=show_case)


def door_row(door: Door) -> dict[str, Any]:
    """One door for programs: dates in ISO form; what the body tends to do stands at the end of ``because``."""
    return {
        "route": door.route,
        "state": door.state,
        "opens_on": door.opens_on.isoformat() if door.opens_on else None,
        "closes_on": door.closes_on.isoformat() if door.closes_on else None,
        "because": " ".join(text for text in (door.because, door.likely) if text),
        "reference": door.reference,
        "first": list(door.first),
        "unless": door.unless or None,
        "ask": list(door.ask),
    }


def print_doors(found: tuple[Door, ...]) -> None:
    """Print the doors for people, those that are not for this in one line at the end."""
    for door in found:
        if door.state == "not_this_body":
            continue
        when = f", until {in_words(door.closes_on)}" if door.closes_on and door.state in ("open", "closing") else ""
        when = f", opens {in_words(door.opens_on)}" if door.opens_on else when
        print(f"{STATES[door.state]}: {door.title}{when} [{door.route}]")
        print(f"    {door.because}")
        if door.likely:
            print(f"    Likely: {door.likely}")
        if door.unless:
            print(f"    Unless: {door.unless}")
        if door.first:
            print(f"    First: {', '.join(door.first)}")
        if door.ask:
            print(f"    Tell us: {', '.join(door.ask)}")
        print(f"    {door.reference}")
        print(f"    How sure: {door.sure}")
    others = [door.title for door in found if door.state == "not_this_body"]
    if others:
        print(f"Not for this: {'; '.join(others)}.")
    print(HELP)


def show_bare(args: argparse.Namespace) -> int:
    """Print the doors of a file of facts."""
    facts, found = bare_routes.doors_of_file(args.facts, dt.date.today())
    if args.json:
        put_json({"as_of": facts.as_of.isoformat(), "routes": [door_row(door) for door in found]})
    else:
        failing = bare_law.law().failings[facts.issue]
        print(f"{failing.title}, on {in_words(facts.as_of)}. {failing.caution}".strip())
        print_doors(found)
    return 0


def show_case(args: argparse.Namespace) -> int:
    """Print the failings the record of a case shows, each with its doors."""
    books, today = load(), read_iso(args.as_of, "--as-of") if args.as_of else dt.date.today()
    with opened(args.case) as store:
        found = case_doors.failings_of(store, books, today)
        ids = [args.issue] if args.issue else [one.failing.id for one in found]
        answers = [
            (case_doors.facts_of(store, books, id_, today), case_doors.doors_of(store, books, id_, today))
            for id_ in ids
        ]
    why = {one.failing.id: one for one in found}
    if args.json:
        rows = [_failing_row(facts, doors, why.get(facts.issue)) for facts, doors in answers]
        put_json({"as_of": today.isoformat(), "failings": rows})
        return 0
    if not answers:
        print(
            f"On {in_words(today)} the record shows nothing that has gone wrong. To ask about something: --issue FAILING."
        )
    for facts, doors in answers:
        failing, one = books.law.failings[facts.issue], why.get(facts.issue)
        print(f"\n{failing.title}. {one.why if one else failing.when} {failing.caution}".rstrip())
        print_doors(doors)
    return 0


def _failing_row(facts: Facts, doors: tuple[Door, ...], found: case_doors.Found | None) -> dict[str, Any]:
    return {
        "issue": facts.issue,
        "as_of": facts.as_of.isoformat(),
        "since": found.since.isoformat() if found else None,
        "going_on": facts.going_on,
        "why": found.why if found else None,
        "routes": [door_row(door) for door in doors],
    }


def show_remedies(args: argparse.Namespace) -> int:
    """Print published decisions, each with what it was about and what was paid."""
    law = load().law
    if args.failing and args.failing not in law.failings:
        raise NotFound(f"There is no failing called {args.failing!r}.", f"Use one of: {', '.join(law.failings)}.")
    ids = [args.failing] if args.failing else list(law.failings)
    shown = {one.number: one for id_ in ids for one in case_doors.remedies_of(load(), id_).decisions}
    words = case_doors.remedies_of(load(), ids[0])
    if args.json:
        put_json({"note": words.note, "first": words.first, "decisions": [_remedy_row(one) for one in shown.values()]})
        return 0
    print(words.note)
    print(words.first)
    for one in shown.values():
        paid = "; ".join(f"£{payment.pounds:,} for {payment.what}" for payment in one.paid)
        print(f"{one.council} {one.number} ({one.year}): {one.happened} {paid}. {one.note}".rstrip())
        print(f"    {one.link}")
    print(words.range)
    return 0


def _remedy_row(one: Remedy) -> dict[str, Any]:
    return {
        "number": one.number, "council": one.council, "year": one.year, "about": list(one.about),
        "decided": one.decided.isoformat() if one.decided else None, "happened": one.happened,
        "paid": [{"pounds": payment.pounds, "what": payment.what} for payment in one.paid], "link": one.link,
        "read": one.read, "note": one.note,
    }  # fmt: skip
