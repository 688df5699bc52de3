"""Whether two pages are the same paper: by the words they share, and by how they look where there are no words."""

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casefile.domain.redaction import squeezed

WIDE, HIGH, ASIDE = 64, 88, 8
"""The grid of a look: so many cells across and down, each dark or not, and empty cells at the side of each row."""
_ROW = 3
_SHARED = 0.6
_LEAST = 6
_WHOLE = 0.75
_ALIKE = 0.66
_MAYBE = 0.45
_TELLING = 150


@dataclass(frozen=True, slots=True)
class Sight:
    """How a page looks: the dark cells of its grid as the bits of a number, at its own size first and then at others."""

    grids: tuple[int, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing is on it."""
        return not any(self.grids)

    @property
    def telling(self) -> bool:
        """Whether enough is on it to know it by its looks: a line or two look like any other."""
        return self.grids[0].bit_count() >= _TELLING


def rows_of_words(text: str) -> frozenset[int]:
    """The words of a text, three at a time, as numbers; a text of one or two words as one number."""
    words = [bare for word in re.split(r"\s+", text) if (bare := squeezed(word))]
    if not words:
        return frozenset()
    rows = [" ".join(words[at : at + _ROW]) for at in range(max(1, len(words) - _ROW + 1))]
    return frozenset(zlib.crc32(row.encode("utf-8", "surrogatepass")) for row in rows)


def by_words(
    ours: Sequence[frozenset[int]], theirs: Sequence[frozenset[int]]
) -> tuple[dict[int, set[int]], dict[int, float]]:
    """For each page of ours the pages of theirs that hold it, and how much of it they hold together (0 to 1).

    A page of theirs stands for the page of ours it is most like; for several where they are word for word the same.
    """
    where: dict[int, list[int]] = defaultdict(list)
    for at, rows in enumerate(ours):
        for row in rows:
            where[row].append(at)
    found: dict[int, set[int]] = defaultdict(set)
    held: dict[int, set[int]] = defaultdict(set)
    for page, rows in enumerate(theirs):
        shared: dict[int, int] = defaultdict(int)
        for row in rows:
            for at in where.get(row, ()):
                shared[at] += 1
        scores = {
            at: often / (len(ours[at]) + len(rows) - often)
            for at, often in shared.items()
            if often >= min(_LEAST, len(ours[at])) and often >= _SHARED * min(len(ours[at]), len(rows))
        }
        best = max(scores.values(), default=0.0)
        for at, score in scores.items():
            if score >= best * 0.98:
                found[at].add(page)
                held[at] |= ours[at] & rows
    return dict(found), {at: len(rows) / len(ours[at]) for at, rows in held.items()}


def whole(share: float) -> bool:
    """Whether so much of a page's words was found that all of it is there."""
    return share >= _WHOLE


def by_looks(ours: Mapping[int, Sight], theirs: Mapping[int, Sight]) -> dict[int, int]:
    """For each page of ours the page of theirs it looks like. Each page of theirs is given to one page of ours.

    A page that looks like two of theirs about equally well is given to the likelier one; one that looks like none is left out.
    """
    pairs: list[tuple[float, int, int]] = []
    known = {page: other for page, other in theirs.items() if other.telling}
    for at, mine in ours.items():
        if not mine.telling:
            continue
        near = [(score, page) for page, other in known.items() if (score := alike(mine, other, _NEAR)) >= _MAYBE]
        close = [(alike(mine, theirs[page], _FAR), page) for _, page in sorted(near, reverse=True)[:12]]
        pairs += [(score, at, page) for score, page in close if score >= _ALIKE]
    made: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, page in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if at not in made and page not in taken:
            made[at] = page
            taken.add(page)
    return made


def _shifts(down: int, across: int, step: int) -> tuple[int, ...]:
    row = WIDE + ASIDE
    return tuple(y * row + x for y in range(-down, down + 1, step) for x in range(-across, across + 1, step))


_NEAR, _FAR = _shifts(2, 2, 2), _shifts(4, 3, 1)
"""How far a page may lie beside where it was: a first look in wide steps, and a second one step by step."""


def alike(one: Sight, other: Sight, shifts: Sequence[int] = _FAR) -> float:
    """How alike two pages look, 0 to 1: the share of dark cells that fall on each other, at the best size and place."""
    target = other.grids[0]
    best, count = 0.0, target.bit_count()
    for grid in one.grids:
        size = grid.bit_count() + count
        if grid and count:
            most = max(((grid << by if by >= 0 else grid >> -by) & target).bit_count() for by in shifts)
            best = max(best, 2 * most / size)
    return best


def runs(pages: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Pages as runs: (first, last), each counted as given."""
    made: list[tuple[int, int]] = []
    for page in sorted(pages):
        if made and made[-1][1] == page - 1:
            made[-1] = (made[-1][0], page)
        else:
            made.append((page, page))
    return tuple(made)
