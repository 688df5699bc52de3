"""Reads how many pages the Tribunal's working document may have, with its source."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casefile.library.law_reading import Table, read_toml
from casefile.library.review_notes import CONFIDENCE


@dataclass(frozen=True, slots=True)
class WorkingLimit:
    """The most pages, since when, and where that is written."""

    most: int
    words: str
    link: str
    since: dt.date
    checked: dt.date
    confidence: str


@cache
def working_limit(resources: Path) -> WorkingLimit:
    """The limit in the program's ``resources``. Raises ``BadFile`` with the place and the cure."""
    path = resources / "plan_limits" / "working_document.toml"
    table = Table(read_toml(path), path.name)
    since, checked = table.date("since"), table.date("checked")
    assert since is not None and checked is not None
    made = WorkingLimit(table.get("most", int), table.get("words", str), table.get("link", str), since, checked, table.one_of("confidence", CONFIDENCE))
    table.done()
    return made
