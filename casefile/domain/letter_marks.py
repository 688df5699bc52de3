"""The marks of a letter in pages made for a bundle: "(E4)" becomes "(E4, page 32)", the number stamped on that page."""

import re
from collections.abc import Callable

Where = Callable[[str, int], str]
"""Gives the number stamped on a page of the bundle, as it is shown ("32", "B4"), or nothing where it is not in there.

It takes a mark ("E4") and the page of that paper, 1 for its first; 0 asks for the paper as a whole.
"""

_BRACKETS = re.compile(r"\([^()\n]*\bE\d{1,4}\b[^()\n]*\)")
_MARK = re.compile(r"\bpage[ \u00a0](\d{1,4})[ \u00a0]of[ \u00a0](E\d{1,4})\b|(?<!of[ \u00a0])\b(E\d{1,4})\b(?:,[ \u00a0]page[ \u00a0](\d{1,4})\b)?")


def numbered(body: str, where: Where) -> str:
    """A letter's body with the bundle's page after every mark in round brackets; a mark of a paper not in it stays as it is.

    "(page 9 of E12)", and "(E12, page 9)" as some letters have it, name a page of the paper itself: it becomes the page
    on which that one stands in the bundle. What stands in no brackets is the parent's own sentence and stays.
    """

    def one(match: re.Match[str]) -> str:
        mark, page = match[2] or match[3], int(match[1] or match[4] or 0)
        label = where(mark, page)
        return f"{mark},\u00a0page\u00a0{label}" if label else match[0]

    return _BRACKETS.sub(lambda brackets: _MARK.sub(one, brackets[0]), body)
