"""Which needs and outcomes a line of provision serves, as the paper tells: by number, by the row of a table, by order."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casefile.domain.plan_lines import ReadLine

_REF = {
    "B": re.compile(r"\bB\s?[.\-]?\s?(\d+(?:\.\d+)?[a-z]?)\b"),
    "E": re.compile(r"\bE\s?[.\-]?\s?(\d+(?:\.\d+)?[a-z]?)\b"),
}
_WORD = {
    "B": re.compile(r"\bneeds?\s+((?:no\.?\s*)?\d{1,2}(?:\s*(?:,|and|&)\s*\d{1,2})*)\b", re.I),
    "E": re.compile(r"\boutcomes?\s+((?:no\.?\s*)?\d{1,2}(?:\s*(?:,|and|&)\s*\d{1,2})*)\b", re.I),
}
_SERVES = ("F", "G", "H1", "H2")


def named_in(text: str, section: str, have: Sequence[str]) -> tuple[str, ...]:
    """The keys of B or E a text names ("(B1, E2)", "Need 1"), of those that exist."""
    found = [f"{section}{number}" for number in _REF[section].findall(text)]
    for numbers in _WORD[section].findall(text):
        found += [f"{section}{number}" for number in re.findall(r"\d+", numbers)]
    return tuple(key for key in dict.fromkeys(found) if key in have)


def linked(lines: Sequence["ReadLine"], rows: Sequence[tuple[int, list[int], list[int]]]) -> list["ReadLine"]:
    """The lines with their links. ``rows`` gives for a line of a table the places of its needs and outcomes (below zero: numbers)."""
    made = list(lines)
    keys = {section: [line.key for line in lines if line.section == section and not line.heading] for section in ("B", "E")}
    for at, needs, outcomes in rows:
        if at < len(made) and made[at].section in _SERVES:
            made[at] = replace(made[at], needs=_keys_of(lines, "B", needs, keys["B"]), outcomes=_keys_of(lines, "E", outcomes, keys["E"]))
    for at, line in enumerate(made):
        if line.section in _SERVES and not line.heading:
            named = {section: named_in(f"{line.group} {line.label} {line.text}", section, keys[section]) for section in ("B", "E")}
            needs_ = tuple(dict.fromkeys((*line.needs, *named["B"])))
            outcomes_ = tuple(dict.fromkeys((*line.outcomes, *named["E"])))
            made[at] = replace(line, needs=needs_, outcomes=outcomes_)
    return _by_order(made, keys)


def _keys_of(lines: Sequence["ReadLine"], section: str, places: Sequence[int], have: Sequence[str]) -> tuple[str, ...]:
    found = [lines[place].key if place >= 0 else f"{section}{-1 - place}" for place in places]
    return tuple(key for key in dict.fromkeys(found) if key in have)


def _by_order(lines: list["ReadLine"], keys: dict[str, list[str]]) -> list["ReadLine"]:
    """Where nothing else tells: a single need or outcome is served by every line; as many as lines, one by one."""
    places = [at for at, line in enumerate(lines) if line.section == "F" and not line.heading]
    for name, section in (("needs", "B"), ("outcomes", "E")):
        if any(getattr(lines[at], name) for at in places) or not keys[section]:
            continue
        for number, at in enumerate(places):
            if len(keys[section]) == 1:
                lines[at] = replace(lines[at], **{name: (keys[section][0],)})  # type: ignore[arg-type]
            elif len(keys[section]) == len(places) and lines[at].label:
                lines[at] = replace(lines[at], **{name: (keys[section][number],)})  # type: ignore[arg-type]
    return lines
