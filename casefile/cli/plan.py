"""The plan on the command line: reading it in, showing it, comparing two versions, checking one."""

import argparse
from typing import Any

from casefile.cli.output import named, now, opened, progress, put_json, shown
from casefile.domain.comparison import KINDS, Change, Comparison
from casefile.domain.dates import in_words, read_iso
from casefile.domain.plan import SECTIONS, STATUSES, PlanItem, PlanVersion
from casefile.errors import Invalid
from casefile.library import load
from casefile.store.store import Store


def register(commands: Any) -> None:
    """Add the command ``plan``."""
    help_ = "the plan: read it in, show it, compare two versions, check one"
    made: argparse.ArgumentParser = commands.add_parser("plan", help=help_, description=help_)
    made.add_argument("case", metavar="CASE", help="the folder of the case")
    what = made.add_subparsers(dest="what", metavar="WHAT", required=True)
    read = what.add_parser("import", help="read a version of the plan from a file")
    read.add_argument("file", metavar="FILE")
    read.add_argument("--status", choices=tuple(STATUSES), help="what it is; without this the file’s own words tell")
    for name, words in (("dated", "the date on it"), ("sent", "the day it was sent"), ("received", "the day it came")):
        read.add_argument(f"--{name}", default="", metavar="DATE", help=words)
    read.add_argument("--how", default="", help="how it came, for example post or email")
    read.add_argument("--lists", action="append", default=[], metavar="CHANGE", help="a change the amendment notice names; may be given many times")
    read.add_argument("--record", action="store_true", help="also record what follows from it, such as “The final plan was sent”")
    read.set_defaults(handle=_import)
    show = what.add_parser("show", help="a version, section by section")
    show.add_argument("version", nargs="?", default="", metavar="VERSION", help="its number or status; the newest without it")
    show.set_defaults(handle=_show)
    two = what.add_parser("compare", help="what changed between two versions")
    two.add_argument("before", metavar="V1")
    two.add_argument("after", metavar="V2")
    two.set_defaults(handle=_compare)
    check = what.add_parser("check", help="the quality check of a version")
    check.add_argument("version", nargs="?", default="", metavar="VERSION")
    check.set_defaults(handle=_check)
    listed = what.add_parser("versions", help="the versions there are")
    listed.set_defaults(handle=_versions)
    work = what.add_parser("working-document", help="the plan in Word with our proposed wording marked in it")
    work.add_argument("before", metavar="V1", help="the plan as it was issued")
    work.add_argument("after", metavar="V2", help="our proposed wording")
    work.add_argument("--out", required=True, metavar="FILE.docx")
    work.set_defaults(handle=_working)
    for parser in (read, show, two, check, listed):
        parser.add_argument("--json", action="store_true", help="print machine-readable output")


def item_row(item: PlanItem) -> dict[str, Any]:
    """A line of the plan as JSON; amounts stand only where its words fix them."""
    from casefile.services import plans

    row: dict[str, Any] = {"id": item.key, "text": item.text, "who": None, "minutes": None, "sessions": None, "period": None, "minutes_per_week": None}
    if item.section in plans.PROVISION and not plans.is_heading(item):
        found = plans.judged(item.text)
        amount = found.amount
        row["who"] = ", ".join(found.who) or None
        if amount is not None:
            row |= {"minutes": amount.minutes, "sessions": amount.sessions, "period": amount.period}
        row["minutes_per_week"] = plans.minutes_of(item)
    row |= {"label": item.label or None, "page": item.page, "needs": list(item.needs), "outcomes": list(item.outcomes)}
    if plans.is_heading(item):
        row["heading"] = True
    return row


def plan_row(store: Store, version: PlanVersion) -> dict[str, Any]:
    """A version of the plan as JSON."""
    from casefile.services import plans

    found = plans.items(store, version)
    headed = plans.headed(store, version)
    placed = [item for item in found if item.section]
    return {
        "file": plans.file_of(store, version) or None, "version": plans.number_of(store, version), "title": plans.name_of(version),
        "status": version.status, "dated": version.dated.isoformat() if version.dated else None,
        "sent": version.sent.isoformat() if version.sent else None, "received": version.received.isoformat() if version.received else None,
        "document": version.document, "sha256": version.sha256 or None,
        "sections": {section: [item_row(item) for item in placed if item.section == section] for section in SECTIONS if section in headed},
        "links": [{"need": need, "provision": item.key} for item in placed for need in item.needs],
        "outcome_links": [{"outcome": outcome, "provision": item.key} for item in placed for outcome in item.outcomes],
        "unplaced": [{"id": item.key, "text": item.text, "page": item.page} for item in found if not item.section],
    } | _from_picture(from_picture=version)  # fmt: skip


def _from_picture(**versions: PlanVersion) -> dict[str, bool]:
    """Which versions hold words that were read from a picture, each under its name; nothing is said of the others."""
    return {name: True for name, version in versions.items() if version.from_picture}


def _say_from_picture(*versions: PlanVersion) -> None:
    from casefile.services import plans

    for version in versions:
        if version.from_picture:
            print(f"Words of {shown(plans.name_of(version))} were read from a picture, and some may be wrong. Compare them with the paper.")


def _import(given: argparse.Namespace) -> int:
    from casefile.services import plan_import, plans

    days = {name: read_iso(getattr(given, name), f"--{name}") if getattr(given, name) else None for name in ("dated", "sent", "received")}
    path = named(given.file)
    with opened(given.case) as store:
        paper = plan_import.file_paper(store, path, progress(given.json), now=now())
        made = plan_import.import_plan(store, paper, given.status, received_how=given.how, listed=tuple(given.lists), dated=days["dated"], sent=days["sent"], received=days["received"])
        events = plan_import.record_following(store, made) if given.record else plan_import.following(store, made)
        row = plan_row(store, made)
        titles = {kind: one.title for kind, one in load().event_kinds.items()}
        if given.json:
            put_json(row | {"follows": [{"event": event.kind, "date": event.on.isoformat(), "recorded": given.record} for event in events]})
            return 0
        print(f"Version {row['version']}: {shown(plans.name_of(made))}, from {shown(str(row['file']))}.")
        for section, lines in row["sections"].items():
            print(f"    Section {section}: {sum(1 for line in lines if not line.get('heading'))} lines")
        if row["unplaced"]:
            print(f"    {len(row['unplaced'])} pieces of text have no place yet. Nothing is left out: see them with “show”.")
        _say_from_picture(made)
        for event in events:
            done = "Recorded" if given.record else "To record"
            print(f"    {done}: {titles.get(event.kind, event.kind)}, {in_words(event.on)}.")
    return 0


def _show(given: argparse.Namespace) -> int:
    from casefile.services import plans

    with opened(given.case) as store:
        version = plans.version(store, given.version)
        row = plan_row(store, version)
    if given.json:
        put_json(row)
        return 0
    print(f"Version {row['version']}: {shown(row['title'])}")
    _say_from_picture(version)
    for section, lines in row["sections"].items():
        print(f"\nSection {section}: {SECTIONS[section]}")
        for line in lines:
            if line.get("heading"):
                print(f"  {shown(line['text'])}")
                continue
            serves = ", ".join((*line["needs"], *line["outcomes"]))
            weekly = f" [{line['minutes_per_week']:g} minutes a week]" if line["minutes_per_week"] is not None else ""
            print(f"  {line['id']} {shown(line['text'])}{weekly}{f' (serves {serves})' if serves else ''}")
    if row["unplaced"]:
        print("\nUnplaced")
        for line in row["unplaced"]:
            print(f"  {shown(line['text'])}")
    return 0


def change_row(change: Change) -> dict[str, Any]:
    """A change as JSON."""
    return {
        "type": change.type, "section_before": change.section_before, "section_after": change.section_after,
        "before": change.text_before or None, "after": change.text_after or None, "silent": change.silent,
        "items_before": [item.key for item in change.before], "items_after": [item.key for item in change.after],
        "minutes_before": change.minutes_before, "minutes_after": change.minutes_after, "why": list(change.why),
    }  # fmt: skip


def _compare(given: argparse.Namespace) -> int:
    from casefile.services import plans

    with opened(given.case) as store:
        before, after = plans.version(store, given.before), plans.version(store, given.after)
        found = plans.compare(store, before, after)
        numbers = plans.number_of(store, before), plans.number_of(store, after)
    if given.json:
        put_json({
            "before": numbers[0], "after": numbers[1], "before_title": plans.name_of(before), "after_title": plans.name_of(after),
            "changes": [change_row(change) for change in found.changes],
            "minutes_per_week_before": found.minutes_before, "minutes_per_week_after": found.minutes_after,
            "lines_without_amount_before": found.unfixed_before, "lines_without_amount_after": found.unfixed_after,
        } | _from_picture(before_from_picture=before, after_from_picture=after))  # fmt: skip
        return 0
    print(f"{shown(plans.name_of(before))}, against {shown(plans.name_of(after))}")
    _say_from_picture(before, after)
    _print_changes(found)
    return 0


def _working(given: argparse.Namespace) -> int:
    from casefile.services import plans, sheets_plan, working_pages
    from casefile.store.files import write_file

    out = named(given.out)
    if out.suffix.lower() != ".docx":
        raise Invalid("A working document is a Word file.", "Give a name that ends in .docx.")
    with opened(given.case) as store:
        before, after = plans.version(store, given.before), plans.version(store, given.after)
        bundle, today = working_pages.bundle_for(store), now().date()
        at = working_pages.pages_in(store, load(), bundle, today, progress(False)) if bundle else None
        written = write_file(out, sheets_plan.working_document(store, before, after, today, at))
    told = f" The footnotes name the pages of {shown(bundle.title)}." if bundle else ""
    print(f"Written: {shown(str(written))}. Check that it has no more than 25 pages.{told}")
    return 0


def _print_changes(found: Comparison) -> None:
    if not found.changes:
        print("No line changed.")
    for change in found.changes:
        silent = " (not listed in the notice)" if change.silent else ""
        print(f"\n{KINDS[change.type][0]}{silent}: {change.key}")
        for words, text in (("was", change.text_before), ("now", change.text_after)):
            if text:
                print(f"    {words}: {shown(text)}")
        for why in change.why:
            print(f"    {shown(why)}")
    print(f"\nSection F, fixed minutes a week: was {found.minutes_before:g}, now {found.minutes_after:g}.")


def _check(given: argparse.Namespace) -> int:
    from casefile.services import plan_quality, plans

    with opened(given.case) as store:
        version = plans.version(store, given.version)
        found = plan_quality.check(store, version, now().date())
        title = plans.name_of(version)
    if given.json:
        put_json({"version": title, "findings": [{"check": one.check, "level": one.level, "section": one.section or None, "item": one.item or None, "why": one.why, "ask": one.ask} for one in found.findings],
                  "set_aside": [{"check": one.check, "item": one.item, "why": one.why} for one in found.set_aside],
                  "not_decided": [{"check": check, "why": why} for check, why in found.not_decided], "thread": found.thread} | _from_picture(from_picture=version))  # fmt: skip
        return 0
    print(shown(title))
    _say_from_picture(version)
    for one in found.findings:
        where = one.item or (f"Section {one.section}" if one.section else "The whole plan")
        print(f"{one.check} {one.level}, {where}: {shown(one.why)}")
        if one.ask:
            print(f"    {shown(one.ask)}")
    if not found.findings:
        print("Nothing was found. A check is a reason to look, not a ruling.")
    for item in dict.fromkeys(one.item for one in found.set_aside):
        print(f"{item}: you said that this wording is fine.")
    for check, why in found.not_decided:
        print(f"{check} was not decided: {why}")
    return 0


def _versions(given: argparse.Namespace) -> int:
    from casefile.services import plans

    with opened(given.case) as store:
        found = [(plans.number_of(store, one), one, plans.file_of(store, one)) for one in plans.versions(store)]
    if given.json:
        put_json({"versions": [{"version": number, "title": plans.name_of(one), "status": one.status, "dated": one.dated.isoformat() if one.dated else None, "file": file or None, "document": one.document, "sha256": one.sha256 or None} for number, one, file in found]})  # fmt: skip
        return 0
    if not found:
        print("There is no plan in this case yet. Begin with: casefile plan CASE import FILE")
    for number, one, file in found:
        print(f"{number}. {shown(plans.name_of(one))}{f', from {shown(file)}' if file else ''}")
    return 0
