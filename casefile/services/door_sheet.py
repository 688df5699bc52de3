"""Who can help with one failing, as a sheet to print."""

import datetime as dt
from collections.abc import Sequence

from casefile.domain.failings import Door, Failing
from casefile.library import Library
from casefile.services.case import child_of
from casefile.store.store import Store


def door_sheet(
    store: Store, library: Library, failing: Failing, why: Sequence[str], parts: Sequence[tuple[str, Sequence[tuple[Door, str]]]], today: dt.date
) -> bytes:
    """A PDF sheet of the doors of a failing, made on ``today``. ``parts`` are heads with doors and their states in words."""
    from casefile.printing.door_sheet import door_sheet as drawn

    child = child_of(store)
    about = ", ".join(part for part in (child.name, child.reference) if part)
    return drawn(failing.title, why, parts, library.law_checked, today, about)
