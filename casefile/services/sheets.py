"""Sheets to print from the record: the working of a date, the shortfall, a week to fill in by hand."""

import datetime as dt

from casefile.domain.deadlines import Deadline
from casefile.errors import BadFile
from casefile.library import Library
from casefile.readers import Unreadable
from casefile.services.case import child_of
from casefile.services.documents import Drawn, document, reader_of
from casefile.services.facts import Exhibits
from casefile.services.provision import half_terms, report
from casefile.services.provision_week import week_rows
from casefile.store.store import Store


def working_sheet(store: Store, library: Library, one: Deadline, today: dt.date) -> bytes:
    """How a date was worked out, as a PDF sheet made on ``today``."""
    from casefile.printing.working_sheet import working_sheet as drawn

    child = child_of(store)
    proofs = []
    for event in one.starts:
        if event.document is None:
            proofs.append("")
            continue
        paper = document(store, event.document)
        proofs.append(f"{paper.title} (E{paper.exhibit})" if paper.exhibit else paper.title)
    return drawn(one, today, proofs, ", ".join(part for part in (child.name, child.reference) if part))


def page_of(store: Store, pdf: bytes, page: int, width: int) -> Drawn:
    """Page ``page`` (0 is the first) of a PDF of ours, ``width`` pixels wide. Raises ``BadFile``."""
    try:
        with store.reading:
            return reader_of(store).draw(pdf, page, width)
    except Unreadable as problem:
        raise BadFile(f"This page could not be shown: {problem.args[0]}.", "Save the file and open it with another program.") from None


def pages_in(store: Store, pdf: bytes) -> int:
    """How many pages a PDF of ours has. Raises ``BadFile``."""
    try:
        with store.reading:
            return reader_of(store).read(pdf).page_count or 1
    except Unreadable as problem:
        raise BadFile(f"The pages could not be counted: {problem.args[0]}.", "Save the file and open it with another program.") from None


def shortfall_sheet(store: Store, library: Library, today: dt.date, start: dt.date | None = None, end: dt.date | None = None) -> bytes:
    """What was due and what was given as a PDF sheet, from ``start`` (else the beginning) to ``end`` (else yesterday)."""
    from casefile.printing.ledger_sheets import shortfall_report

    rows = report(store, library, today, start, end)
    child, marks = child_of(store), Exhibits.of(store)
    begins = start or min((one.provision.start for one in rows if one.provision.start), default=today)
    about = ", ".join(part for part in (child.name, child.reference) if part)
    until = min(end or today - dt.timedelta(days=1), today)
    sums = [("By half term", half_terms(store, rows)), ("By term", half_terms(store, rows, "term"))]
    return shortfall_report(rows, {id_: f"E{number}" for id_, number in marks.kept.items()}, begins, until, today, child.short, about, sums)


def shortfall_csv(store: Store, library: Library, today: dt.date, start: dt.date | None = None, end: dt.date | None = None) -> bytes:
    """The ledger as CSV: one row for each stretch of each line, numbers of sessions and minutes, and the papers behind it."""
    from casefile.printing.bundle.bag import as_csv

    heads = ("Line", "What", "From", "To", "Due", "Given", "In part", "Missed", "Not known", "School closed", "Child away", "Minutes due", "Minutes given", "Minutes missed", "Minutes not known", "Papers")
    rows = [
        (
            one.provision.item, one.provision.title, cell.span.start.isoformat(), cell.span.end.isoformat(), f"{cell.due:g}", cell.delivered, cell.part, cell.missed, f"{cell.unknown:g}",
            cell.closed, cell.absent, cell.minutes_due, cell.minutes_given, cell.minutes_missed, cell.minutes_unknown, "; ".join(document(store, id_).title for id_ in cell.evidence),
        )
        for one in report(store, library, today, start, end) for cell in one.cells
    ]  # fmt: skip
    return as_csv([heads, *rows])


def week_sheet(store: Store, library: Library, monday: dt.date, today: dt.date) -> bytes:
    """A week of what is due, to fill in by hand, as a PDF sheet."""
    from casefile.printing.ledger_sheets import WeekRow
    from casefile.printing.ledger_sheets import week_sheet as drawn

    rows = [WeekRow(day, line.title, f"{line.minutes} min" if line.minutes else "") for line, day in week_rows(store, library, monday)]
    return drawn(rows, monday, child_of(store).short, today)
