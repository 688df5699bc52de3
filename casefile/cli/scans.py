"""The command that reads the words in scans and photos."""

import argparse
from typing import Any

from casefile.cli.output import now, opened, progress, put_json, shown
from casefile.progress import Progress
from casefile.services.scans import ScansRead
from casefile.store.store import Store


def register(commands: Any) -> None:
    """Add the command."""
    help_ = "read the words in scans and photos that were not read yet"
    scans = commands.add_parser("scans", help=help_, description=help_)
    scans.add_argument("case", metavar="CASE")
    scans.add_argument("--list", action="store_true", help="only list the papers that wait")
    scans.add_argument("--json", action="store_true", help="print machine-readable output")
    scans.set_defaults(handle=_scans)


def _scans(given: argparse.Namespace) -> int:
    from casefile.services import scans

    with opened(given.case) as store:
        if not given.list:
            made = read(store, progress(given.json))
            put_json({"scans": row(made)}) if given.json else print(made.words)
            return 0
        found = scans.waiting(store)
    if given.json:
        put_json({"waiting": [{"id": one.paper.id, "title": one.paper.title, "pages": list(one.pages)} for one in found], "can_read": scans.available()})
        return 0
    for one in found:
        print(f"{one.paper.id:>5}  {shown(one.paper.title)}")
    print(f"{len(found)} waiting." if scans.available() or not found else f"{len(found)} waiting. {scans.CANNOT}")
    return 0


def read(store: Store, steps: Progress) -> ScansRead:
    """Read what waits in a case."""
    from casefile.services.scans import read_scans

    return read_scans(store, steps, now=now())


def row(made: ScansRead) -> dict[str, Any]:
    """What reading came to, as JSON."""
    return {"papers": made.papers, "pages": made.pages, "without_words": made.nothing, "failed": made.failed, "can_read": not made.cannot}
