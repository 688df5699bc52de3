"""Lines of a plan as they are read: their numbers, small headings, cells and paragraphs split, and keys of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casefile.domain.plan_pieces import BULLET, LABEL

NOTHING = re.compile(r"^(?:none|n/?a|not applicable|nil|not known|none known)[. ]*$", re.I)
FOLLOWS = re.compile(r"^(?:this|it|its|these|they|the programme|such|reviewed|review|monitored|monitoring|progress|delivered by|who|how often|frequency)\b", re.I)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was read: its section (empty where it has no place), its label in the paper, and what it is linked to.

    ``heading`` is a small heading inside a section ("Communication and interaction"). ``needs`` and ``outcomes`` are keys.
    ``group`` is the heading above it that names what it serves ("Outcome 2").
    """

    section: str
    text: str
    page: int | None = None
    label: str = ""
    key: str = ""
    heading: bool = False
    needs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    group: str = ""


def labelled(text: str) -> tuple[str, str]:
    """The number a line begins with ("F1", "1.2", "a") and the words after it; an amount is no number."""
    found = LABEL.match(text)
    if not found:
        return "", text.strip()
    label = next(part for part in found.groups() if part)
    body = text[found.end() :].strip()
    # "2 hours a week" or "1.5 hours" is an amount, not a number of the list.
    if re.match(r"(?:x|hours?|hrs?|minutes?|mins?|times?|sessions?|weeks?)\b", body, re.I) and not label[0].isalpha():
        return "", text.strip()
    return label, body


def small_head(text: str) -> bool:
    """A short line without an end and without a verb of a promise, standing alone: a small heading."""
    words = text.split()
    if not 1 <= len(words) <= 9 or text.endswith((".", "!", "?", ";")) or NOTHING.match(text):
        return False
    return text[:1].isupper() and not re.search(r"\b(?:will|is|are|has|have|must|needs|can|does|receives?)\b|\d", text)


def cell_parts(text: str) -> list[str]:
    """The lines of a cell that stand for themselves: bulleted, numbered, or ended sentences one a line."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    found: list[str] = []
    for line in lines:
        fresh = bool(BULLET.match(line) or LABEL.match(line)) or not found or (found[-1].endswith((".", ";")) and line[:1].isupper() and not FOLLOWS.match(line))
        words = BULLET.sub("", line)
        if fresh:
            found.append(words)
        else:
            found[-1] = f"{found[-1]} {words}"
    return found


_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|approx|no|mr|mrs|ms|dr|st|vs|incl|min|mins|hrs)\.$", re.I)


def sentences(text: str) -> list[str]:
    """A paragraph of promises as sentences; one that only says more of the one before stays with it."""
    if len(text.split()) < 16:
        return [text]
    found: list[str] = []
    for part in re.split(r"(?<=[.;!?])\s+(?=[A-Z0-9“\"])", text):
        if found and (_ABBREVIATED.search(found[-1]) or FOLLOWS.match(part) or len(part.split()) < 4):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def with_keys(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Give every line a key that is its own: the plan's number where it gives one, else its place in the section."""
    taken: set[str] = set()
    made: list[ReadLine] = list(lines)
    asked = {at: _own_key(line) for at, line in enumerate(lines)}
    for at, key in asked.items():
        if key and key not in taken:
            taken.add(key)
            made[at] = replace(made[at], key=key)
    counters: dict[str, int] = {}
    for at, line in enumerate(made):
        if line.key:
            continue
        start = "U" if not line.section else f"{line.section}-h" if line.heading else f"{line.section}." if line.section[-1].isdigit() else line.section
        while True:
            counters[start] = counters.get(start, 0) + 1
            key = f"{start}{counters[start]}"
            if key not in taken:
                break
        taken.add(key)
        made[at] = replace(line, key=key)
    return made


def _own_key(line: ReadLine) -> str:
    label = re.sub(r"[\s().\-]+(?=\D|$)|(?<=[A-Za-z])[\s.\-]+(?=\d)", "", line.label).upper()
    if not line.section or line.heading or not label:
        return ""
    word = re.match(r"(?:NEED|OUTCOME|PROVISION)\D*(\d+)", line.label.upper())
    if word:
        return f"{line.section}{word[1]}"
    if label.startswith(line.section) and re.fullmatch(r"[\d.]+[A-Z]?", label[len(line.section) :]):
        return f"{label[: len(line.section)]}{label[len(line.section) :].lower()}"
    if re.fullmatch(r"\d+(?:\.\d+)*", label):
        return f"{line.section}.{label}" if line.section[-1].isdigit() else f"{line.section}{label}"
    return ""
