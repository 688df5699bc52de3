"""Which pages of a paper are taken into a bundle, and which are turned, as a parent types it: "1-3, 7", "5-"."""

import re
from collections.abc import Sequence

from casefile.domain.bundles import Item
from casefile.errors import Invalid

_RANGE = re.compile(r"(\d{1,5})(?:\s*(?:-|–|to)\s*(\d{1,5})?)?")
_TURNS = {"90": 90, "180": 180, "270": 270, "-90": 270}
_MOST = 10_000


def read_pages(words: str, total: int = _MOST) -> tuple[int, ...]:
    """The pages meant by words such as "1-3, 7" or "5-" (to the end), counted from 1, in order, none past ``total``.

    Raises ``Invalid`` for words that are no pages.
    """
    found: set[int] = set()
    for part in words.replace(";", ",").split(","):
        if not part.strip():
            continue
        match = _RANGE.fullmatch(part.strip())
        first = int(match[1]) if match else 0
        last = first
        if match and (match[2] or part.strip() != match[1]):
            last = int(match[2]) if match[2] else total
        if first < 1 or (match is not None and match[2] is not None and last < first):
            raise Invalid(f"“{part.strip()}” is no page.", "Write pages such as 1-3, 7 or 5- for all from page 5.")
        found.update(range(first, min(last, total) + 1))
    return tuple(sorted(found))


def read_turns(words: str, total: int = _MOST) -> dict[int, int]:
    """How far each page (counted from 1) is turned clockwise: "90" turns all, "3:90, 5-6:180" only some.

    Raises ``Invalid`` for a turn that is not 90, 180 or 270 degrees.
    """
    made: dict[int, int] = {}
    for part in filter(None, (part.strip() for part in words.replace(";", ",").split(","))):
        pages, colon, degrees = part.rpartition(":")
        if degrees.strip() not in _TURNS:
            raise Invalid(f"“{part}” is no turn.", "Write 90, 180 or 270 for all pages, or 3:90 for page 3 alone.")
        for page in read_pages(pages if colon else "1-", total):
            made[page] = _TURNS[degrees.strip()]
    return made


def picked(item: Item, total: int) -> tuple[int, ...]:
    """The pages of an item that are taken in, counted from 0, of ``total`` it has."""
    only = read_pages(item.only, total) if item.only.strip() else tuple(range(1, total + 1))
    without = set(read_pages(item.without, total)) if item.without.strip() else set()
    return tuple(page - 1 for page in only if page not in without)


def length_of(item: Item, total: int | None) -> int | None:
    """How many pages of an item are taken in, where it is known how many it has."""
    return total if total is None or not (item.only or item.without) else len(picked(item, total))


def pages_words(picks: Sequence[int], total: int) -> str:
    """Chosen pages (counted from 0) in words: "pages 1 to 3 and 7 of 9"; nothing where all are chosen."""
    return "" if len(picks) == total else f"{'page' if len(picks) == 1 else 'pages'} {_runs(picks)} of {total}"


def pages_named(pages: Sequence[int]) -> str:
    """Pages of a bundle (counted from 1) at the head of a sentence: "Pages 4 to 6 and 9"; nothing where there are none."""
    return f"{'Page' if len(pages) == 1 else 'Pages'} {_runs([page - 1 for page in pages])}" if pages else ""


def _runs(picks: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for page in picks:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    parts = [str(first + 1) if first == last else f"{first + 1} to {last + 1}" for first, last in runs]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
