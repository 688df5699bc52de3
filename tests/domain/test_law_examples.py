"""Every worked example of tests/law: events in, dates out. Each rule has at least one."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from casefile import library
from casefile.domain.calendar import Closure
from casefile.domain.deadlines import Deadline, deadlines
from casefile.domain.events import Event
from casefile.domain.people import Child

FOLDER = Path(__file__).parent.parent / "law"
EXAMPLES = [
    pytest.param(example, id=f"{path.stem}: {example['name']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for example in tomllib.loads(path.read_text(encoding="utf-8"))["example"]
]


def event(number: int, raw: dict[str, Any]) -> Event:
    year = raw.get("year")
    day = dt.date(year, 1, 1) if year else raw["date"]
    return Event(
        raw.get("id", number), raw["event"], day, certainty=raw.get("certainty", "exact"), answers=raw.get("answers"),
        detail=raw.get("kind", ""), year=year,
    )  # fmt: skip


def run(example: dict[str, Any]) -> list[Deadline]:
    books = library.load()
    events = [event(number, raw) for number, raw in enumerate(example["events"], 1)]
    child = Child(born=example["born"]) if "born" in example else None
    closures = [Closure(row["from"], row["to"]) for row in example.get("closures", [])]
    return deadlines(events, books.rules, books.calendar, example["today"], child=child, closures=closures)


EXPECTED = {
    "rule", "absent", "only", "nth", "due", "no_date", "state", "days_late", "provisional", "safe", "also", "ask", "caution",
}  # fmt: skip
"""What an example may say of a date: a word misspelt there would be looked at by nobody."""


def check(found: list[Deadline], wanted: dict[str, Any]) -> None:
    assert set(wanted) <= EXPECTED, wanted
    rows = [row for row in found if row.rule == wanted["rule"]]
    if wanted.get("absent"):
        assert rows == []
        return
    assert rows, f"{wanted['rule']} is not there"
    if wanted.get("only"):
        assert len(rows) == 1
    row = rows[wanted.get("nth", 1) - 1]
    if "due" in wanted:
        assert row.due == wanted["due"]
    if wanted.get("no_date"):
        assert row.due is None
    for key, value in (
        ("state", row.state),
        ("days_late", row.days_late),
        ("provisional", row.provisional),
        ("safe", row.safe_date),
    ):
        if key in wanted:
            assert value == wanted[key], key
    if "also" in wanted:
        assert [other.due for other in row.also] == wanted["also"]
    if "ask" in wanted:
        assert list(row.ask) == wanted["ask"]
    if "caution" in wanted:
        assert any(wanted["caution"] in caution for caution in row.cautions)


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example: dict[str, Any]) -> None:
    assert example["source"] and example["name"]
    found = run(example)
    for wanted in example["expect"]:
        check(found, wanted)


def test_every_rule_has_a_worked_example() -> None:
    shown = {wanted["rule"] for param in EXAMPLES for wanted in param.values[0]["expect"] if not wanted.get("absent")}
    assert {rule.id for rule in library.load().rules} - shown == set()
    assert shown - {rule.id for rule in library.load().rules} == set()
