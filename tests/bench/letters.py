"""How long letters take, against floors in the same run: python -m tests.bench.letters [papers]

Drafting from a case of so many papers (5,000 unless told) against reading its events and dates; a letter with a schedule of
forty pages as PDF and as Word against laying out and writing the same words bare.
"""

import datetime as dt
import io
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from casefile.domain.documents import Document
from casefile.domain.letters import Draft
from casefile.library import load
from casefile.progress import Silent
from casefile.services import letters
from casefile.services.sample import make_sample
from casefile.services.timeline import deadlines_of, events_of
from casefile.store.store import Store

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
ROUNDS = 5
SCHEDULE = 455
"""Statements that fill about forty pages."""


def best(act: Callable[[], object]) -> float:
    """The least of a few rounds, in seconds."""
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return min(found)


def bare_pdf(lines: list[str]) -> None:
    """The same words laid out by the library alone."""
    style = getSampleStyleSheet()["Normal"]
    SimpleDocTemplate(io.BytesIO()).build([Paragraph(line, style) for line in lines])


def bare_word(lines: list[str]) -> None:
    """The same words written by the library alone."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(io.BytesIO())


def long_letter(made: Draft) -> Draft:
    """A letter with a schedule of about forty pages."""
    rows = [f"1. On Thursday {1 + at % 28} October 2026 the speech and language therapy of 30 minutes was not given, and nobody said why or when it would be made up (E{1 + at % 40})." for at in range(SCHEDULE)]
    return replace(made, body=f"{made.body}\n\n# Schedule\n\n" + "\n\n".join(rows))


def main() -> None:
    """Print each time with its ratio."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    library = load()
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where) / "case"
        make_sample(folder, library, Silent(), now=NOW)
        with Store.open(folder, now=NOW) as store:
            with store.action("Papers for the measure"):
                for at in range(papers):
                    day = dt.date(2024, 1, 1) + dt.timedelta(days=at % 900)
                    store.add(Document(None, f"{at:064x}", f"{at}.txt", "", "text", 100, f"Letter {at}", "filed", "letter", day, added=NOW.isoformat()))
            today = NOW.date()
            letters.draft(store, library, "L08", {}, today)
            # The first letter that judges wording loads the word lists and makes their expressions: it is drafted once, before all else.
            began, used = time.perf_counter(), time.process_time()
            letters.draft(store, library, "L09", {}, today)
            took, used = time.perf_counter() - began, time.process_time() - used
            print(f"the first letter that judges wording (L09) in a process: {took * 1000:5.0f} ms ({used * 1000:.0f} ms of the processor)")
            floor = best(lambda: (store.db.conn.total_changes, events_of(store), deadlines_of(store, library, today)))
            for id_ in ("L08", "L09", "L20", "L45", "L47"):
                took = best(lambda id_=id_: letters.draft(store, library, id_, {}, today))  # type: ignore[misc]
                print(f"draft {id_} from {papers} papers: {took * 1000:5.0f} ms ({took / floor:.1f}x reading the dates)")
            took = best(lambda: letters.offered(store, library, today))
            print(f"all {len(library.letters)} letters offered: {took * 1000:5.0f} ms ({took / floor:.1f}x)")
            long = long_letter(letters.draft(store, library, "L20", {}, today))
            lines = long.body.split("\n\n")
            for ending, bare in (("pdf", bare_pdf), ("docx", bare_word)):
                took, floor_ = best(lambda e=ending: letters.render(long, e)), best(lambda b=bare: b(lines))  # type: ignore[misc]
                print(f"forty pages as {ending}: {took:5.2f} s ({took / floor_:.1f}x bare)")


if __name__ == "__main__":
    main()
