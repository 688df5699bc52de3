"""Sheets to print from the record: the working of a date."""

import datetime as dt

from casefile.domain.deadlines import Deadline
from casefile.errors import BadFile
from casefile.library import Library
from casefile.readers import Unreadable
from casefile.services.case import child_of
from casefile.services.documents import Drawn, document, reader_of
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
