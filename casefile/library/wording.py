"""Reads the word lists of the wording check, strictly."""

from collections.abc import Mapping
from pathlib import Path

from casefile.domain.wording.model import ELEMENTS, Element, Group, Source, Weak, WordData
from casefile.library.law_reading import Table, read_toml

KINDS = ("hedge", "frequency", "condition", "change", "comment", "choice", "modal", "ceiling", "floor", "about", "range", "example", "amount", "empty", "style", "person", "delegation", "money")  # fmt: skip
SURE = ("read", "known")


def load_wording(folder: Path) -> WordData:
    """All word lists in a folder. Raises ``BadFile`` with the place and the cure."""
    sources = _sources(Table(read_toml(folder / "sources.toml"), "sources.toml"))
    weak = _weak(Table(read_toml(folder / "weak.toml"), "weak.toml"), sources)
    who = _groups(Table(read_toml(folder / "who.toml"), "who.toml"), sources)
    what = _groups(Table(read_toml(folder / "what.toml"), "what.toml"), sources)
    table = Table(read_toml(folder / "when.toml"), "when.toml")
    numbers, units = _values(table, "numbers", "values", sources), _values(table, "units", "minutes", sources)
    return WordData(sources, weak, who, what, _groups(table, sources), numbers, units)


def _sources(table: Table) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for row in table.tables("source"):
        made = Source(row.get("id", str), row.get("name", str), row.get("says", str), row.one_of("sure", SURE))
        row.done()
        if made.id in found:
            raise row.bad("id", f"{made.id!r} is there twice", "Keep one of the two.")
        found[made.id] = made
    table.done()
    return found


def _known(row: Table, sources: Mapping[str, Source]) -> Source:
    return sources[row.one_of("source", sources)]


def _why(row: Table) -> str:
    why: str = row.get("why", str)
    if not why.endswith((".", "”")):
        raise row.bad("why", "should be one plain sentence", "Write a sentence with a full stop.")
    return why


def _weak(table: Table, sources: Mapping[str, Source]) -> tuple[Weak, ...]:
    found: list[Weak] = []
    for row in table.tables("phrase"):
        takes: list[Element] = []
        for word in row.words("takes"):
            if word not in ELEMENTS:
                raise row.bad("takes", f"names {word!r}", f"Use some of: {', '.join(ELEMENTS)}.")
            takes.append(word)
        made = Weak(
            row.get("id", str), row.words("says"), row.one_of("kind", KINDS), tuple(takes),
            row.get("undoes", bool, False), _why(row), _known(row, sources),
        )  # fmt: skip
        row.done()
        if not made.says or any(other.id == made.id for other in found):
            raise row.bad("id", f"{made.id!r} is there twice or says nothing", "Keep one, with its words.")
        found.append(made)
    table.done()
    return tuple(found)


def _groups(table: Table, sources: Mapping[str, Source]) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for row in table.tables("group"):
        made = Group(row.get("id", str), row.words("words"), _why(row), _known(row, sources))
        row.done()
        if not made.words or made.id in found:
            raise row.bad("id", f"{made.id!r} is there twice or is empty", "Keep one, with its words.")
        found[made.id] = made
    table.done()
    return found


def _values(table: Table, key: str, inner: str, sources: Mapping[str, Source]) -> dict[str, float]:
    row = table.table(key)
    if row is None:
        raise table.bad(key, "is missing", f"Add a table [{key}].")
    _why(row), _known(row, sources)
    values = row.get(inner, dict)
    row.done()
    if not values or not all(isinstance(value, int | float) for value in values.values()):
        raise row.bad(inner, "should give a number to each word", f"Write {inner} = {{ one = 1 }}.")
    return {str(word): float(value) for word, value in values.items()}
