"""Where things are on a page as it is seen, whatever its rotation, its crop box and its unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MM = 72 / 25.4
_A4_WIDE = 595.0
_SMALLEST, _LARGEST = 0.6, 4.0

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


def times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does ``first`` and then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def inverse(matrix: Matrix) -> Matrix:
    """The matrix that undoes ``matrix``."""
    a, b, c, d, e, f = matrix
    over = a * d - b * c
    return (
        d / over, -b / over, -c / over, a / over, (c * f - d * e) / over, (b * e - a * f) / over,
    )  # fmt: skip


def moved(matrix: Matrix, box: Sequence[float]) -> Box:
    """The upright box around a box after ``matrix``."""
    a, b, c, d, e, f = matrix
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return (min(across), min(up), max(across), max(up))


def written(matrix: Matrix) -> bytes:
    """A matrix as it stands in a content stream, with ``cm``."""
    return (" ".join(number(value) for value in matrix) + " cm\n").encode()


def number(value: float) -> str:
    """A number as PDF wants it: no exponent, at most four places."""
    words = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if words in ("-0", "") else words


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as seen. ``wide`` and ``high`` are in the page's own units, ``matrix`` takes a place as seen to the page's own.

    ``scale`` is how many of those units a point of our own print is: A4 gives 1, a large plan more, a till receipt less.
    """

    box: Box
    turn: int
    unit: float
    wide: float
    high: float
    matrix: Matrix
    scale: float

    @property
    def top_left(self) -> tuple[float, float]:
        """The corner at the top left as seen, in the page's own units: where a link to this page should arrive."""
        x, y, _, _ = moved(self.matrix, (0, self.high, 0, self.high))
        return x, y


def sheet(box: Box, turn: int, unit: float = 1.0) -> Sheet:
    """A page whose visible box, rotation in degrees and user unit are given."""
    x0, y0, x1, y1 = box
    turn %= 360
    across, up = (y1 - y0, x1 - x0) if turn in (90, 270) else (x1 - x0, y1 - y0)
    matrix: Matrix = {
        90: (0, 1, -1, 0, x1, y0),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, -1, 1, 0, x0, y1),
    }.get(turn, (1, 0, 0, 1, x0, y0))
    unit = unit if 0 < unit < 1e6 else 1.0
    # The smaller side counts, so that a landscape page carries the same size of number as an upright one.
    seen = min(across, up) * unit / _A4_WIDE
    scale = min(max(seen, _SMALLEST), _LARGEST) / unit
    return Sheet(box, turn, unit, across, up, matrix, scale)


def sheet_of(page: Any) -> Sheet:
    """The sheet of a page of pikepdf: its crop box within its media box, inherited values and turned corners included."""
    node = page.obj
    media = _box(page.mediabox) or (0.0, 0.0, 612.0, 792.0)
    crop = _box(page.cropbox) or media  # without one of its own, the media box is given
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if box[2] - box[0] < 1 or box[3] - box[1] < 1:
        box = media
    return sheet(box, _number(inherited(node, "/Rotate"), 0), _number(node.get("/UserUnit"), 1.0))


def inherited(node: Any, key: str) -> Any:
    """A value of a page or of the nodes above it; None where it is not given."""
    for _ in range(50):
        value = node.get(key)
        if value is not None:
            return value
        node = node.get("/Parent")
        if node is None:
            return None
    return None


def _number(value: Any, otherwise: Any) -> Any:
    try:
        return type(otherwise)(float(value))
    except (TypeError, ValueError, OverflowError):
        return otherwise


def _box(raw: Any) -> Box | None:
    try:
        a, b, c, d = (float(value) for value in raw)
    except (TypeError, ValueError):
        return None
    box = (min(a, c), min(b, d), max(a, c), max(b, d))
    return box if box[2] - box[0] >= 1 and box[3] - box[1] >= 1 else None
