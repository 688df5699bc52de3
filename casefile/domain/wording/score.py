"""How well the wording check does on labelled sentences, beside a plain rule as the floor."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casefile.domain.wording.model import ELEMENTS, Element, Verdict

Answer = tuple[Verdict, tuple[Element, ...]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with the label people gave it; ``kind`` is "ordinary" or the kind of difficulty, ``part`` seen or held."""

    id: str
    text: str
    label: Verdict
    missing: tuple[Element, ...]
    kind: str = "ordinary"
    part: str = ""


@dataclass(frozen=True, slots=True)
class FirstSight:
    """What the rules of the day got right on sentences before anything was learnt from them; shares between 0 and 1."""

    part: str
    kind: str
    sentences: int
    verdicts: float
    missing: float


@dataclass(frozen=True, slots=True)
class Score:
    """Shares between 0 and 1. ``elements`` counts each of the four questions of each sentence; precision and recall
    are of the verdicts vague and specific. ``wrong`` are the ids whose verdict differs from the label."""

    sentences: int
    verdicts: float
    elements: float
    unsure: float
    vague_precision: float
    vague_recall: float
    specific_precision: float
    specific_recall: float
    wrong: tuple[str, ...]


def score(items: Sequence[Labelled], answer: Callable[[str], Answer]) -> Score:
    """Compare what ``answer`` says of each sentence with its label. ``items`` may not be empty."""
    pairs = [(item, *answer(item.text)) for item in items]
    right = sum(verdict == item.label for item, verdict, _ in pairs)
    elements = sum((one in missing) == (one in item.missing) for item, _, missing in pairs for one in ELEMENTS)
    return Score(
        len(pairs), right / len(pairs), elements / (len(pairs) * len(ELEMENTS)),
        sum(verdict == "unsure" for _, verdict, _ in pairs) / len(pairs),
        *_exact(pairs, "vague"), *_exact(pairs, "specific"),
        tuple(item.id for item, verdict, _ in pairs if verdict != item.label),
    )  # fmt: skip


def _exact(pairs: Sequence[tuple[Labelled, Verdict, tuple[Element, ...]]], label: Verdict) -> tuple[float, float]:
    """Precision and recall of one verdict."""
    said = sum(verdict == label for _, verdict, _ in pairs)
    meant = sum(item.label == label for item, _, _ in pairs)
    both = sum(verdict == label == item.label for item, verdict, _ in pairs)
    return (both / said if said else 1.0), (both / meant if meant else 1.0)


JOB = re.compile(r"\b(?:assistant|therapist|teacher|psychologist|mentor|counsellor|tutor|worker|coach|instructor|senco|nurse|interpreter|specialist|supervisor|trainer|officer|lead)s?\b", re.I)  # fmt: skip
NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|half|quarter)\b|\b(?:every|each|daily|weekly|all)\b", re.I)  # fmt: skip
OFTEN = re.compile(r"\b(?:daily|weekly|fortnightly|termly|monthly|week|day|fortnight|term|every|each|all)\b", re.I)
LONG = re.compile(r"\b(?:minutes?|mins?|hours?|every lesson|all day|throughout)\b", re.I)
EMPTY = re.compile(r"\b(?:support|help|access|opportunit\w+|strategies|interventions?|input|tailored|aware)\b", re.I)


def plain_rule(text: str) -> Answer:
    """The floor: specific if the text has a number and a job title; each question by one short list of words."""
    missing: list[Element] = []
    if EMPTY.search(text):
        missing.append("what")
    if not JOB.search(text):
        missing.append("who")
    if not OFTEN.search(text):
        missing.append("how_often")
    if not LONG.search(text):
        missing.append("how_long")
    specific = bool(NUMBER.search(text) and JOB.search(text))
    return "specific" if specific else "vague", () if specific else tuple(missing)
