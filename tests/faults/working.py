"""Works on a case as a parent would, saying on its output what was confirmed. Started, and killed, by the tests here.

python working.py CASE PAPERS [MOST BYTES A FILE MAY HAVE]
"""

import datetime as dt
import sys
from pathlib import Path

from casefile.domain.events import Event
from casefile.errors import CaseFileError
from casefile.progress import Silent
from casefile.services import documents, timeline
from casefile.store.store import Store


def say(words: str) -> None:
    """Say it at once: what is said here must be on the disk."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def work(case: Path, papers: Path) -> None:
    """Add each paper, file it, and record what it proves."""
    now = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
    with Store.open(case, now=now) as store:
        say("open")
        for path in sorted(papers.iterdir()):
            report = documents.import_paths(store, [path], Silent(), now=now)
            say(f"added {path.name}")
            id_ = report.rows[0].document or 0
            documents.sort_document(store, id_, kind="letter", dated=now.date())
            timeline.record(store, Event(None, "note", now.date(), id_))


if __name__ == "__main__":
    if len(sys.argv) > 3:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    try:
        work(Path(sys.argv[1]), Path(sys.argv[2]))
    except CaseFileError as problem:
        say(f"refused {problem}")
        sys.exit(2)
    say("done")
