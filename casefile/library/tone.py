"""Reads the words that can hurt a letter, strictly."""

from pathlib import Path

from casefile.domain.tone import ToneGroup
from casefile.library.law_reading import Table, read_toml


def load_tone(path: Path) -> tuple[ToneGroup, ...]:
    """Every group of ``tone.toml``. Raises ``BadFile`` with the place and the cure."""
    table = Table(read_toml(path), path.name)
    found: list[ToneGroup] = []
    for row in table.tables("group"):
        made = ToneGroup(
            row.get("id", str), row.get("title", str), row.words("says"), row.get("why", str), row.get("instead", str),
            row.get("absolute", bool, False),
        )  # fmt: skip
        row.done()
        if not made.says or any(other.id == made.id for other in found):
            raise row.bad("id", f"{made.id!r} is there twice or says nothing", "Keep one, with its words.")
        found.append(made)
    table.done()
    return tuple(found)
