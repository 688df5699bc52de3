"""Reads what an annual review must look at beside its dates, strictly, each note with its source."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casefile.library.law_reading import Table, read_toml

CONFIDENCE = ("text", "partial", "secondary", "memory")


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """Something a review must or should look at: in plain words, from which school year (0: always), and where it is written."""

    id: str
    words: str
    cite: str
    link: str
    checked: dt.date
    confidence: str
    from_year: int = 0
    sure: str = ""


@cache
def review_notes(resources: Path) -> tuple[ReviewNote, ...]:
    """Every note in the program's ``resources``. Raises ``BadFile`` with the place and the cure."""
    path = resources / "reviews" / "notes.toml"
    table = Table(read_toml(path), path.name)
    found: list[ReviewNote] = []
    for part in table.tables("note"):
        checked = part.date("checked")
        assert checked is not None
        found.append(ReviewNote(
            part.get("id", str), part.get("words", str), part.get("cite", str), part.get("link", str), checked,
            part.one_of("confidence", CONFIDENCE), part.get("from_year", int, 0), part.get("sure", str, ""),
        ))  # fmt: skip
        part.done()
    table.done()
    return tuple(found)
