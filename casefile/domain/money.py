"""Sums of money: pence as numbers, pounds as people write them."""

import re

from casefile.errors import Invalid

_POUNDS = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,2}))?")


def read_pounds(text: str) -> int:
    """Pence from what somebody typed: "65", "£65.50", "1,200". Raises ``Invalid`` for anything else."""
    found = _POUNDS.fullmatch(text.strip())
    if found is None:
        raise Invalid(f"{text.strip()!r} is no sum of money.", "Write pounds in figures, for example 65 or 65.50.")
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))


def in_pounds(pence: int) -> str:
    """Pence in words: "£65", "£1,200.50"."""
    pounds, rest = divmod(pence, 100)
    return f"£{pounds:,}.{rest:02}" if rest else f"£{pounds:,}"
