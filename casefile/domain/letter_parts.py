"""A letter's body taken apart: headings, paragraphs, numbered statements, and statements that are a small table."""

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["heading", "para", "item"]
_MARK = {"heading": "# ", "item": "1. ", "para": ""}
_ROW = re.compile(r"\|\s+(?:([^:“”|]{1,40}):\s*)?(.*)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter's body. ``number`` is the number of a numbered statement, else 0.

    A statement with ``rows`` is a table of its own: ``text`` is its title, each row a label ("The draft says") and words.
    """

    role: Role
    text: str
    number: int = 0
    rows: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> str:
        """All its words: the title, then a line a row, each after its label."""
        return "\n".join((self.text, *(f"{label}: {words}" for label, words in self.rows)))

    @property
    def plain(self) -> str:
        """It as plain text, with its number."""
        return f"{self.number}. {self.whole}" if self.role == "item" else self.whole

    @property
    def source(self) -> str:
        """It as it stands in a body, its number left to be counted."""
        return "\n\n".join((f"{_MARK[self.role]}{self.text}", *(f"| {label}: {words}" for label, words in self.rows))).strip()


def table_item(title: str, rows: tuple[tuple[str, str], ...]) -> str:
    """A statement that is a table, as a line of a letter's body; rows without words are left out."""
    return "\n".join((title, *(f"| {label}: {words}" for label, words in rows if words)))


def parts_of(body: str) -> list[Part]:
    """Take a letter's body apart into headings, paragraphs and numbered statements, numbered in one run.

    A line beginning ``| Label:`` is a row of the statement before it; without a label it goes on with the row before it.
    """
    found: list[Part] = []
    number = 0
    open_ = False
    for line in (raw.strip() for raw in body.splitlines()):
        heading, item, row = re.match(r"#\s+(.*)", line), re.match(r"\d+\.\s+(.*)", line), _ROW.match(line)
        if not line:
            open_ = False
        elif heading:
            found.append(Part("heading", heading[1]))
            open_ = False
        elif item:
            number += 1
            found.append(Part("item", item[1], number))
            open_ = True
        elif row and found and found[-1].role == "item" and (row[1] or found[-1].rows):
            found.append(_with_row(found.pop(), row[1] or "", row[2]))
            open_ = True
        elif open_:
            last = found.pop()
            found.append(_with_row(last, "", line) if last.rows else Part(last.role, f"{last.text} {line}", last.number))
        else:
            found.append(Part("para", line.removeprefix("| ")))
            open_ = True
    return found


def _with_row(item: Part, label: str, words: str) -> Part:
    """A statement with one more row, or with more words in its last one."""
    rows = item.rows
    if not label:
        label, before = rows[-1]
        rows, words = rows[:-1], f"{before} {words}".strip()
    return Part(item.role, item.text, item.number, (*rows, (label, words)))


def safe(text: str) -> str:
    """Parent's words for a letter's body: brackets that are no gap are made round, and no line turns into a heading or a row."""
    text = text.replace("[", "(").replace("]", ")")
    return re.sub(r"^(#|\d+\.|\|)(?=\s)", "\u200b\\1", text, flags=re.MULTILINE)
