"""Reads the published decisions of the Ombudsman, strictly."""

from collections.abc import Collection
from pathlib import Path

from casefile.domain.remedies import READ, Payment, Practice, Remedy
from casefile.library.law_reading import Table, read_toml


def load_remedies(path: Path, failings: Collection[str]) -> Practice:
    """The decisions of a file; ``failings`` are the ids they may be about. Raises ``BadFile`` with the place and the cure."""
    table = Table(read_toml(path), path.name)
    decisions: list[Remedy] = []
    for part in table.tables("decision"):
        one = _decision(part, failings)
        if any(other.number == one.number for other in decisions):
            raise part.bad("number", f"{one.number} is there twice", "Keep one of the two.")
        decisions.append(one)
    checked = table.date("checked")
    assert checked is not None
    made = Practice(tuple(decisions), table.get("note", str), table.get("first", str), table.get("range", str), checked)
    table.done()
    return made


def _decision(part: Table, failings: Collection[str]) -> Remedy:
    about, paid = part.words("about"), []
    for failing in about:
        if failing not in failings:
            raise part.bad("about", f"names {failing!r}, which is no failing", "Mend its spelling.")
    for row in part.tables("paid"):
        paid.append(Payment(row.get("pounds", int), row.get("what", str)))
        row.done()
    if not about or not paid:
        raise part.bad("paid", "or about is empty", "Say what it was about and what was paid.")
    made = Remedy(
        part.get("number", str), part.get("council", str), part.get("year", int), about, part.get("happened", str),
        tuple(paid), part.get("link", str), part.one_of("read", READ), part.date("decided", None),
        part.get("note", str, ""),
    )  # fmt: skip
    part.done()
    if made.decided and made.decided.year != made.year:
        raise part.bad("year", "is not the year of decided", "Mend one of the two.")
    return made
