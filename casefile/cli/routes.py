"""``casefile law routes FACTS.json`` and ``casefile routes CASE``: which body can help, and when."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from casefile.cli.output import put_json
from casefile.domain.dates import in_words
from casefile.domain.failings import Door
from casefile.services import bare_law, bare_routes

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
