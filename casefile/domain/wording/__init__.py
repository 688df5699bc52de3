"""The Section F wording check: can a sentence be held to, and what does it leave open? Pure, offline, by rules."""

from casefile.domain.wording.judge import Checker
from casefile.domain.wording.model import (
    ELEMENTS,
    SETTINGS,
    Amount,
    Element,
    FaultyWord,
    Finding,
    Part,
    Setting,
    Verdict,
    WordData,
)

__all__ = [
    "ELEMENTS", "SETTINGS", "Amount", "Checker", "Element", "FaultyWord", "Finding", "Part", "Setting", "Verdict", "WordData",
]  # fmt: skip
