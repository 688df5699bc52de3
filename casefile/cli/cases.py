"""Commands of a case: making one, filing papers, events, deadlines, searching, checking."""

import argparse
import datetime as dt
from typing import Any

from casefile.cli.law import deadline_row, print_deadlines
from casefile.cli.output import named, now, number, opened, progress, put_json, shown
from casefile.domain.dates import in_words, read_iso
from casefile.domain.documents import KINDS, Document, Suggestion
from casefile.domain.events import Event
from casefile.domain.people import Child
from casefile.domain.scans import WARNING
from casefile.errors import Invalid
from casefile.library import Library, load
from casefile.store.files import write_file
from casefile.store.store import Store


def register(commands: Any) -> None:
    """Add the commands of a case."""

    def command(name: str, run: Any, help_: str, *, json_: bool = True) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=help_, description=help_)
        made.add_argument("case", metavar="CASE", help="the folder of the case")
        if json_:
            made.add_argument("--json", action="store_true", help="print machine-readable output")
        made.set_defaults(handle=run)
        return made

    new = command("new", _new, "make a case")
    for name, help_ in (
        ("child", "the child's name"),
        ("born", "date of birth, 2017-05-14"),
        ("council", "the council"),
        ("school", "the school"),
        ("known-as", "the name to show"),
    ):
        new.add_argument(f"--{name}", default="", help=help_)
    command("sample", _sample, "make the fictional sample case, papers and all")
    add = command("import", _import, "file papers, folders and mailboxes")
    add.add_argument("paths", nargs="+", metavar="PATH")
    add.add_argument("--no-scans", action="store_true", help="leave the words in scans and photos unread")
    command("documents", _documents, "what is filed, and what is suggested").add_argument(
        "--unsorted", action="store_true"
    )
    sort = command("sort", _sort, "confirm what a paper is")
    sort.add_argument("id", metavar="ID")
    for name in ("date", "received", "kind", "title", "sender"):
        sort.add_argument(f"--{name}", default="")
    sort.add_argument("--event", action="append", default=[], metavar="EVENT=DATE", help="an event the paper proves")
    sort.add_argument("--yes", action="store_true", help="take everything that is suggested")
    command("search", _search, "full-text search").add_argument("query", nargs="+")
    _events(command)
    due = command("deadlines", _deadlines, "the clock of the case")
    due.add_argument("--as-of", default="", metavar="DATE")
    due.add_argument("--explain", action="store_true", help="show how each date was worked out")
    due.add_argument("--ics", metavar="FILE", help="write a calendar file")


def _events(command: Any) -> None:
    event = command("event", _event, "record or list what happened")
    event.add_argument("do", choices=("add", "list"))
    event.add_argument("kind", nargs="?", default="")
    event.add_argument("date", nargs="?", default="")
    event.add_argument("--document", default="")
    event.add_argument("--detail", default="", help="the kind of decision, order or agreement")
    event.add_argument("--note", default="")
    event.add_argument("--about", action="store_true", help="the date is only approximate")


def _new(given: argparse.Namespace) -> int:
    from casefile.services import case

    born = read_iso(given.born, "--born") if given.born else None
    child = Child(name=given.child, known_as=given.known_as, born=born, council=given.council, school=given.school)
    with case.create(named(given.case), child, load(), now=now()) as store:
        made = case.child_of(store)
    if given.json:
        put_json({"case": given.case, "council": made.council or None})
    else:
        print(f"Made a case in {given.case}.")
    return 0


def _sample(given: argparse.Namespace) -> int:
    from casefile.services.sample import make_sample

    with make_sample(named(given.case), load(), progress(given.json), now=now()) as store:
        total = len(store.find(Document))
    if given.json:
        put_json({"case": given.case, "documents": total})
    else:
        print(f"Made the sample case in {given.case}, with {total} papers. Everyone in it is invented.")
    return 0


def _import(given: argparse.Namespace) -> int:
    from casefile.cli import scans
    from casefile.services.importing import import_paths
    from casefile.services.scans import ScansRead

    steps = progress(given.json)
    with opened(given.case) as store:
        report = import_paths(store, [named(path) for path in given.paths], steps, now=now())
        read = ScansRead() if given.no_scans else scans.read(store, steps)
    told = read != ScansRead()
    if given.json:
        rows = [
            {
                "path": row.path, "part": {"attachment": row.part, "message_id": row.mail or None} if row.part else None,
                "state": row.state, "document": row.document, "reason": row.reason or None,
            }
            for row in report.rows
        ]  # fmt: skip
        put_json({"inputs": rows, "totals": report.totals} | ({"scans": scans.row(read)} if told else {}))
        return 0
    for row in report.rows:
        name = shown(f"{row.path} > {row.part}" if row.part else row.path)
        print(f"{row.state.replace('_', ' '):14} {name}{f': {row.reason}' if row.reason else ''}")
    print(report.words)
    if told:
        print(read.words)
    return 0


def suggestion_row(found: Suggestion, thread: str | None, duplicate: int | None) -> dict[str, Any]:
    """A suggestion as the contract's JSON."""

    def date(value: Any) -> Any:
        return value and {
            "value": value.value.isoformat(),
            "sure": value.sure,
            "precision": value.precision,
            "because": value.because,
        }

    def person(value: Any) -> Any:
        return value and {
            "person": value.person or None,
            "organisation": value.organisation or None,
            "role": value.role or None,
            "sure": value.sure,
        }

    return {
        "date": date(found.date), "received": date(found.received), "sender": person(found.sender), "recipient": person(found.recipient),
        "kind": found.kind and {"value": found.kind.value, "sure": found.kind.sure, "because": found.kind.because},
        "events": [{"event": one.event, "date": one.date.isoformat(), "sure": one.sure, "because": one.because, "kind": one.detail or None} for one in found.events],
        "references": list(found.references),
        "promises": [{"date": day.isoformat() if day else None, "words": words} for day, words in found.promises],
        "thread": thread, "duplicate_of": duplicate,
    }  # fmt: skip


def document_row(
    store: Store, paper: Document, thread: str | None, duplicate: int | None, events: list[Event]
) -> dict[str, Any]:
    """A paper as the contract's JSON."""
    from casefile.services.documents import pages_read, suggestion_of

    found, read = suggestion_of(store, paper.id or 0), sorted(pages_read(store, paper.id or 0))
    filed = None
    if paper.state == "filed":
        filed = {
            "date": paper.dated and {"value": paper.dated.isoformat(), "precision": paper.dated_precision},
            "received": paper.received and {"value": paper.received.isoformat()}, "sender": paper.sender or None,
            "recipient": paper.recipient or None, "kind": paper.kind and {"value": paper.kind},
            "events": [{"event": one.kind, "date": one.on.isoformat(), "kind": one.detail or None} for one in events],
        }  # fmt: skip
    return {
        "id": paper.id, "path": paper.path, "part": paper.part and {"attachment": paper.name, "of": paper.parent},
        "sha256": paper.sha256, "state": "unreadable" if paper.problem else paper.state, "title": paper.title, "pages": paper.pages,
        "problem": paper.problem or None, "suggestions": suggestion_row(found, thread, duplicate), "filed": filed,
    } | ({"pages_read_from_pictures": read} if read else {})  # fmt: skip


def _documents(given: argparse.Namespace) -> int:
    from casefile.services import documents, timeline

    with opened(given.case) as store:
        papers = documents.unsorted(store) if given.unsorted else documents.all_documents(store)
        events = timeline.events_of(store)
        twins, threads = documents.duplicates(store), documents.threads(store)
        rows = [
            document_row(
                store, one, threads.get(one.id or 0), twins.get(one.id or 0), [e for e in events if e.document == one.id]
            )
            for one in papers
        ]
    if given.json:
        put_json({"documents": rows})
        return 0
    for row, paper in zip(rows, papers, strict=True):
        date = row["suggestions"]["date"]
        day = (
            paper.dated.isoformat()
            if paper.dated
            else f"{date['value']}{'' if date['sure'] else '?'}"
            if date
            else "no date"
        )
        kind = paper.kind or (row["suggestions"]["kind"] or {}).get("value", "")
        print(f"{paper.id:>5}  {day:11}  {row['state']:10}  {kind:22.22}  {shown(paper.title)}")
        if paper.state == "unsorted" and date:
            print(f"       {date['because']}")
    print(f"{len(papers)} papers.")
    return 0


def _sort(given: argparse.Namespace) -> int:
    from casefile.services import documents, timeline

    today = now().date()
    with opened(given.case) as store:
        id_ = number(given.id, "a paper")
        found = documents.suggestion_of(store, documents.document(store, id_).id or 0) if given.yes else Suggestion()
        events: list[tuple[str, dt.date, str]] = [(one.event, one.date, one.detail) for one in found.events]
        for words in given.event:
            kind, _, day = words.partition("=")
            kind, _, detail = kind.partition(":")
            event = Event(None, kind, read_iso(day, f"The date of {kind}"), detail=detail)
            timeline.check_event(event, load(), today)
            events.append((kind, event.on, detail))
        documents.sort_document(
            store, id_, title=given.title or found.title, kind=given.kind or (found.kind.value if found.kind else None),
            dated=read_iso(given.date, "--date") if given.date else found.date.value if found.date else None,
            precision=found.date.precision if found.date and not given.date else "day",
            received=read_iso(given.received, "--received") if given.received else found.received.value if found.received else None,
            sender=given.sender or None, events=events,
        )  # fmt: skip
        paper = documents.document(store, id_)
    if given.json:
        put_json(
            {
                "document": id_,
                "kind": paper.kind,
                "date": paper.dated and paper.dated.isoformat(),
                "events": len(events),
            }
        )
    else:
        print(
            f"Filed: {paper.title}{f', {in_words(paper.dated)}' if paper.dated else ''}, {KINDS.get(paper.kind or '', 'no kind')}."
        )
    return 0


def _search(given: argparse.Namespace) -> int:
    from casefile.services.documents import search

    with opened(given.case) as store:
        found = search(store, " ".join(given.query))
    if given.json:
        hits = [
            {"document": hit.document, "title": hit.title, "date": hit.date and hit.date.isoformat(), "page": hit.page, "snippet": "".join(text for text, _ in hit.snippet)}
            | ({"from_picture": True} if hit.from_picture else {})
            for hit in found.hits
        ]  # fmt: skip
        put_json({"hits": hits, "total": found.total})
        return 0
    for hit in found.hits:
        place = f", page {hit.page}" if hit.page else ""
        words = "".join(f"*{text}*" if match else text for text, match in hit.snippet)
        print(f"{hit.document:>5}  {shown(hit.title)}{place}\n       {shown(words)}")
        if hit.from_picture:
            print(f"       {WARNING}")
    print(f"{found.total} found.")
    return 0


def _event(given: argparse.Namespace) -> int:
    from casefile.services import timeline

    library = load()
    with opened(given.case) as store:
        if given.do == "add":
            on, year = _when(given, library)
            event = Event(
                None, given.kind, on, number(given.document, "a paper") if given.document else None, given.note,
                "approximate" if given.about else "exact", detail=given.detail, year=year,
            )  # fmt: skip
            timeline.check_event(event, library, now().date())
            event = timeline.record(store, event)
            events = [event]
        else:
            events = timeline.events_of(store)
    rows = [
        {"id": one.id, "event": one.kind, "date": None if one.year else one.on.isoformat(), "year": one.year, "kind": one.detail or None, "document": one.document, "note": one.note or None, "sure": one.certainty == "exact"}
        for one in events
    ]  # fmt: skip
    if given.json:
        put_json({"events": rows} if given.do == "list" else {"event": rows[0]})
        return 0
    for one in events:
        print(
            f"{one.id:>5}  {one.year or in_words(one.on)}  {timeline.title_of(one, library)}{f' ({one.detail})' if one.detail else ''}"
        )
    return 0


def _when(given: argparse.Namespace, library: Library) -> tuple[dt.date, int | None]:
    if not given.kind or not given.date:
        raise Invalid(
            "An event needs a kind and a date. Nothing was recorded.",
            "For example: casefile event CASE add ehcna_request_received 2026-03-03",
        )
    takes_year = given.kind in library.event_kinds and library.event_kinds[given.kind].takes_year
    if not takes_year:
        return read_iso(given.date, "The date of the event"), None
    if given.date.isdecimal() and len(given.date) == 4 and 2000 <= int(given.date) <= 2100:
        return dt.date(int(given.date), 1, 1), int(given.date)
    year = read_iso(given.date, "The year of the event").year
    return dt.date(year, 1, 1), year


def _deadlines(given: argparse.Namespace) -> int:
    from casefile.domain.ics import ics
    from casefile.services import timeline

    today = read_iso(given.as_of, "--as-of") if given.as_of else now().date()
    library = load()
    with opened(given.case) as store:
        found = timeline.deadlines_of(store, library, today)
    if given.ics is not None:
        write_file(named(given.ics), ics(found, now()))
    if given.json:
        put_json(
            {
                "as_of": today.isoformat(),
                "law_checked": library.law_checked.isoformat(),
                "deadlines": [deadline_row(one) for one in found],
            }
        )
    else:
        print_deadlines(found, given.explain)
    return 0
