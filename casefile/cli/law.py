"""``casefile law …``: the law without a case, and printing deadlines for people and for programs."""

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from casefile.cli import routes
from casefile.domain.dates import count, in_words, read_iso
from casefile.domain.deadlines import Deadline
from casefile.domain.describing import endings_of, kinds_of, period_phrase
from casefile.domain.events import Event
from casefile.domain.rules import EventKind, Rule, RuleVersion
from casefile.domain.telling import SURE
from casefile.library.lawpack import read_pack
from casefile.services import bare_law, lawpack

STATES = {
    "coming": "coming", "due_soon": "due soon", "overdue": "late", "met": "done in time", "met_late": "done late",
    "passed": "the day has passed", "continuous": "owed every day", "cannot_tell": "cannot tell yet",
}  # fmt: skip
HELP = "Free advice: your local SENDIASS, IPSEA, SOS!SEN, Contact. This is not legal advice."


def register(sub: Any) -> None:
    """Add the command ``law`` and what it can do to the parser's list of commands."""
    law = sub.add_parser("law", help="the law without a case")
    kinds = law.add_subparsers(dest="law", required=True, metavar="WHAT")
    given = kinds.add_parser("deadlines", help="deadlines from a file of events")
    given.add_argument("events", type=Path, metavar="EVENTS.json")
    given.add_argument("--as-of", metavar="DATE", help="another day than today, such as 2026-05-12")
    given.add_argument("--explain", action="store_true", help="show how each date was worked out")
    given.set_defaults(handle=show_deadlines)
    for name, handle, words in (("rules", show_rules, "every rule"), ("events", show_events, "every kind of event")):
        listed = kinds.add_parser(name, help=words)
        listed.set_defaults(handle=handle)
        listed.add_argument("--json", action="store_true", help="for programs")
    one = kinds.add_parser("show", help="one rule in full")
    one.add_argument("rule", metavar="RULE")
    one.set_defaults(handle=show_rule)
    routes.register_bare(kinds)
    check = kinds.add_parser("check", help="check a folder of law data")
    check.add_argument("folder", type=Path, metavar="FOLDER")
    check.set_defaults(handle=check_folder)
    export = kinds.add_parser("export", help="write every rule, example and source as one document")
    export.add_argument("file", type=Path, metavar="FILE.pdf|FILE.html")
    export.add_argument(
        "--folder", type=Path, default=None, metavar="FOLDER", help="a folder of law data instead of our own"
    )
    export.set_defaults(handle=export_law)
    for parser in (given, one, check, export):
        parser.add_argument("--json", action="store_true", help="for programs")


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _event(event: Event) -> dict[str, Any]:
    row: dict[str, Any] = {"event": event.kind}
    row |= {"year": event.year} if event.year else {"date": event.on.isoformat()}
    if event.detail:
        row["kind"] = event.detail
    return row


def deadline_row(deadline: Deadline) -> dict[str, Any]:
    """One deadline for programs: dates in ISO form, ``from`` the events it starts from."""
    return {
        "rule": deadline.rule,
        "title": deadline.title,
        "owed_by": deadline.owed_by,
        "due": _day(deadline.due),
        "safe_date": _day(deadline.safe_date),
        "status": deadline.status,
        "state": deadline.state,
        "provisional": deadline.provisional,
        "days_late": deadline.days_late,
        "from": [_event(event) for event in deadline.starts],
        "working": list(deadline.working),
        "reference": deadline.reference,
        "link": deadline.link,
        "checked": _day(deadline.checked),
        "confidence": deadline.confidence,
        "exceptions": list(deadline.exceptions),
        "cautions": list(deadline.cautions),
        "also": [{"due": _day(other.due), "because": other.because} for other in deadline.also],
        "ask": list(deadline.ask),
    }


def print_deadlines(found: list[Deadline], explain: bool) -> None:
    """Print deadlines for people, one paragraph each; ``explain`` adds the working."""
    if not found:
        print("No deadline starts from what is recorded.")
    for deadline in found:
        when = in_words(deadline.due) if deadline.due else "No date"
        late = f", {count(deadline.days_late, 'day')}" if deadline.days_late else ""
        doubt = ", may still move" if deadline.provisional else ""
        print(f"{when}: {deadline.title} ({deadline.owed_by}; {STATES[deadline.state]}{late}{doubt}) [{deadline.rule}]")
        if deadline.safe_date:
            print(f"    Safe date: {in_words(deadline.safe_date)}")
        for other in deadline.also:
            print(f"    Another way to count: {in_words(other.due)}. {other.because}")
        for asked in deadline.ask:
            print(f"    Needed: {asked}")
        if explain:
            _explain(deadline)
    print(HELP)


def _explain(deadline: Deadline) -> None:
    for number, line in enumerate(deadline.working, 1):
        print(f"    {number}. {line}")
    for caution in deadline.cautions:
        print(f"    Note: {caution}")
    for ground in deadline.exceptions:
        print(f"    Could be a reason: {ground}")
    print(f"    {deadline.link}")


def show_deadlines(args: argparse.Namespace) -> int:
    """Print the deadlines of a file of events."""
    today = dt.date.today()
    as_of = read_iso(args.as_of, "--as-of") if args.as_of else today
    found = bare_law.deadlines_of_file(args.events, today, as_of)
    if args.json:
        checked = bare_law.law().law_checked.isoformat()
        _print({"as_of": as_of.isoformat(), "law_checked": checked, "deadlines": [deadline_row(d) for d in found]})
    else:
        print(f"On {in_words(as_of)}. The law was last checked on {in_words(bare_law.law().law_checked)}.")
        print_deadlines(found, args.explain)
    return 0


def _print(answer: dict[str, Any]) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=1))


def _rule_row(rule: Rule) -> dict[str, Any]:
    now = rule.versions[-1]
    return {
        "rule": rule.id, "title": rule.title, "owed_by": rule.who, "status": rule.status, "stage": rule.stage,
        "help": rule.help, "starts": list(dict.fromkeys(start.kind for start in rule.starts)),
        "ends": list(dict.fromkeys(kind for kind, _ in rule.ends)), "reference": now.cite, "link": now.link,
        "checked": now.checked.isoformat(), "confidence": now.confidence,
    }  # fmt: skip


def show_rules(args: argparse.Namespace) -> int:
    """List every rule."""
    rules = bare_law.law().rules
    if args.json:
        _print({"rules": [_rule_row(rule) for rule in rules]})
        return 0
    for rule in rules:
        print(f"{rule.id:34} {rule.title} ({rule.who})")
    return 0


def _event_row(kind: EventKind) -> dict[str, Any]:
    rules = bare_law.law().rules
    return {
        "event": kind.id, "title": kind.title, "help": kind.help, "stage": kind.stage, "kinds": list(kind.details),
        "year": kind.takes_year, "parent_can_record": kind.parent_can_record,
        "starts": [rule.id for rule in rules if any(start.kind == kind.id for start in rule.starts)],
        "ends": [rule.id for rule in rules if any(ended == kind.id for ended, _ in rule.ends)],
    }  # fmt: skip


def show_events(args: argparse.Namespace) -> int:
    """List every kind of event."""
    kinds = bare_law.law().event_kinds.values()
    if args.json:
        _print({"events": [_event_row(kind) for kind in kinds]})
        return 0
    for kind in kinds:
        details = f" (kinds: {', '.join(kind.details)})" if kind.details and kind.details != ("*",) else ""
        print(f"{kind.id:44} {kind.title}{details}")
    return 0


def _version_row(version: RuleVersion, rule: Rule) -> dict[str, Any]:
    return {
        "since": _day(version.since), "until": _day(version.until), "period": period_phrase(version.period, rule),
        "periods": {key: period_phrase(period, rule) for key, period in version.periods.items()},
        "reference": version.cite, "link": version.link, "checked": version.checked.isoformat(),
        "confidence": version.confidence, "exceptions": list(version.exceptions.grounds) if version.exceptions else [],
        "cautions": list(version.cautions),
        "also": [{"period": period_phrase(r.period, rule), "because": r.because} for r in version.also],
    }  # fmt: skip


def show_rule(args: argparse.Namespace) -> int:
    """Print one rule in full. Raises ``NotFound``."""
    rule = bare_law.law().rule(args.rule)
    if args.json:
        _print({**_rule_row(rule), "versions": [_version_row(version, rule) for version in rule.versions]})
        return 0
    print(rule.title)
    print(f"Who must act: {rule.who}. How binding: {rule.status.replace('_', ' ')}.")
    print(rule.help)
    print(f"It starts with: {'; '.join(kinds_of(rule))}.")
    if rule.ends:
        print(f"It stops with: {'; '.join(endings_of(rule))}.")
    for version in rule.versions:
        _show_version(version, rule)
    return 0


def _show_version(version: RuleVersion, rule: Rule) -> None:
    since = f"since {in_words(version.since)}" if version.since else "as far back as it is known"
    until = f" until {in_words(version.until)}" if version.until else ""
    print(f"\nIn force {since}{until}")
    print(f"  The count: {period_phrase(version.period, rule)}.")
    for key, period in version.periods.items():
        print(f"  For {key.lstrip(':').replace('_', ' ')}: {period_phrase(period, rule)}.")
    for reading in version.also:
        print(f"  Another way: {period_phrase(reading.period, rule)}. {reading.because}")
    if version.extension:
        print(f"  More time: {version.extension.words}")
    if version.exceptions:
        for ground in (*version.exceptions.grounds, version.exceptions.effect):
            print(f"  Could be a reason: {ground}")
    else:
        print("  No exception is listed for this rule.")
    for caution in version.cautions:
        print(f"  Note: {caution}")
    print(f"  Where it is written: {version.cite}")
    print(f"  {version.link}")
    print(f"  Checked on {in_words(version.checked)}. {version.sure or SURE[version.confidence]}")


def export_law(args: argparse.Namespace) -> int:
    """Write the whole law as one document. Raises ``Invalid``, ``BadFile`` or ``NoSpace``."""
    written = lawpack.export_law(args.file, args.folder)
    if args.json:
        _print({"written": str(written), "bytes": written.stat().st_size})
    else:
        print(f"Written: {written}")
    return 0


def check_folder(args: argparse.Namespace) -> int:
    """Check a folder of law data. Raises ``BadFile`` naming the file, the key and the cure."""
    law = read_pack(args.folder)
    if args.json:
        _print(
            {
                "ok": True,
                "rules": len(law.rules),
                "events": len(law.event_kinds),
                "routes": len(law.routes),
                "failings": len(law.failings),
                "law_checked": law.law_checked.isoformat(),
            }
        )
    else:
        print(f"Good: {count(len(law.rules), 'rule')}, {count(len(law.event_kinds), 'kind')} of event,")
        print(f"{count(len(law.routes), 'body', 'bodies')}, {count(len(law.failings), 'failing')}.")
        print(f"Last checked on {in_words(law.law_checked)}.")
    return 0
