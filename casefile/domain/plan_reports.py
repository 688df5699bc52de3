"""What the reports recommend, against what Section F promises: lines that were lost, lines that were thinned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casefile.domain.plan import PlanItem
from casefile.domain.plan_likeness import Likeness
from casefile.domain.plan_strength import Judge, fixed_minutes

_NEEDS = re.compile(r"\b(?:recommend\w*|should (?:have|receive|be given|be taught)|needs?|requires?|would need|must have|is to have)\b", re.I)
_GIVEN = re.compile(r"\b(?:therapy|therapist|programme|teaching|support|assistant|sessions?|instructions?|breaks?|intervention|training|equipment|laptop|group|timetable|visual)\b", re.I)
_AMOUNT = re.compile(r"\b\d+(?:\.\d+)?\s*(?:x\s*\d+\s*)?(?:-\s*)?(?:minutes?|mins?|hours?|hrs?|times|sessions?)\b|\b(?:daily|weekly|fortnightly|every lesson|each lesson|once|twice)\b", re.I)
_PART = re.compile(r"^\s*(?:recommendations?|provision|what (?:she|he|they|[A-Z]\w+) needs|advice|strategies)\b", re.I)
_SIGNED = re.compile(r"^(?:[A-Z][\w-]+ ){0,2}(?:\w+ ){0,4}(?:therapist|psychologist|teacher)s?(?:,? (?:hcpc|registered|registration|rcslt).*)?\.?$", re.I)
_AWAY = re.compile(r"^\s*(?:summary|background|history|results?|what (?:she|he|they|[A-Z]\w+) does well|strengths|signed|yours|assessment|tests?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A sentence of a report with its page: it asks for ``provision``, or it finds a ``need``."""

    text: str
    page: int
    kind: str = "provision"


def _unwrapped(page: str) -> str:
    """A page whose broken lines are joined: the next begins small, or with a number after a long line."""
    text = re.sub(r"(?<![.:!?])\n(?=[a-z(])", " ", page)
    return re.sub(r"([^\n]{40,}[^.:!?\n])\n(?=\d)", r"\1 ", text)


def recommendations_in(pages: Sequence[str]) -> list[Recommendation]:
    """The sentences of a report that ask for provision: with an amount, or under a heading of recommendations."""
    found: list[Recommendation] = []
    inside = False
    for number, page in enumerate(pages, 1):
        text = _unwrapped(page)
        for line in text.split("\n"):
            for sentence in re.split(r"(?<=[.!?;])\s+(?=[A-Z0-9])", " ".join(line.split())):
                if _PART.match(sentence):
                    inside = True
                    if len(sentence.split()) <= 6:
                        continue
                elif _AWAY.match(sentence):
                    inside = False
                if _SIGNED.match(sentence):
                    continue
                amount = bool(_AMOUNT.search(sentence))
                asked = bool(_NEEDS.search(sentence))
                if 4 <= len(sentence.split()) <= 80 and _GIVEN.search(sentence) and ((inside and (amount or asked or _GIVEN.search(sentence))) or (amount and asked)):
                    found.append(Recommendation(sentence.strip(), number))
    return found


_FINDS = re.compile(
    r"\b(?:difficult\w*|disorder|delay(?:ed)?|impairment|finds? [\w ]{2,40} (?:hard|difficult)|struggles?|cannot|unable|anxi\w+|distress\w*|below the level|gives up"
    r"|like a child of|working at the level|sensitive to|tires)\b",
    re.I,
)


def needs_in(pages: Sequence[str]) -> list[Recommendation]:
    """The sentences of a report that find a need, for the second highlighter."""
    found: list[Recommendation] = []
    for number, page in enumerate(pages, 1):
        text = _unwrapped(page)
        for line in text.split("\n"):
            for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", " ".join(line.split())):
                if 4 <= len(sentence.split()) <= 60 and _FINDS.search(sentence) and not (_AMOUNT.search(sentence) and _NEEDS.search(sentence)):
                    found.append(Recommendation(sentence.strip(), number, "need"))
    return found


def sentences_in(pages: Sequence[str]) -> list[Recommendation]:
    """Every sentence of a report with its page, to mark by hand; ``kind`` is empty. A line without a letter or figure is none."""
    return [
        Recommendation(sentence.strip(), number, "")
        for number, page in enumerate(pages, 1)
        for line in _unwrapped(page).split("\n")
        for sentence in re.split(r"(?<=[.!?;])\s+(?=[A-Z0-9])", " ".join(line.split()))
        if re.search(r"\w", sentence)
    ]


def like(one: str, other: str) -> bool:
    """Whether two stretches of a report are the same, or one is a part of the other."""
    return bool(one) and bool(other) and (one in other or other in one)


MARKS: dict[str, str] = {"need": "Need", "provision": "Provision", "neither": "Neither"}
"""How a passage of a report may be marked: the two highlighters, or neither of them."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage of a report marked by the parent; ``kind`` is a key of ``MARKS``, ``lines`` are the keys of B or F it is ticked against."""

    id: int | None
    document: int
    page: int
    words: str
    kind: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a sentence of a report in the plan: ``kept``, ``thinned`` or ``lost``; the line like it, and how it is less."""

    advice: Recommendation
    state: str
    item: PlanItem | None = None
    how: str = ""


def against_plan(advice: Sequence[Recommendation], items: Sequence[PlanItem], judge: Judge) -> list[Kept]:
    """Every sentence of a report against the plan: provision against Section F, needs against Section B."""
    given = [item for item in items if item.section == "F"]
    needs = [item for item in items if item.section == "B"]
    asked = _single([one for one in advice if one.kind == "provision"], judge)
    less = {one: (item, how) for one, item, how in lost_and_thinned(asked, given, judge)}
    like = Likeness([*items, *(PlanItem(None, 0, "", "F", one.text) for one in advice)])
    found: list[Kept] = []
    for one in asked:
        item, how = less.get(one, (None, ""))
        if one in less:
            found.append(Kept(one, "thinned" if item else "lost", item, how))
        else:
            found.append(Kept(one, "kept", max(given, key=lambda line: like.score(one.text, line.text), default=None)))
    for one in advice:
        if one.kind == "need":
            best = max(needs, key=lambda line: like.score(one.text, line.text), default=None)
            near = best is not None and like.score(one.text, best.text) >= 0.3
            found.append(Kept(one, "kept" if near else "lost", best if near else None))
    return found


def lost_and_thinned(
    advice: Sequence[Recommendation], lines: Sequence[PlanItem], judge: Judge
) -> list[tuple[Recommendation, PlanItem | None, str]]:
    """Recommendations with no line like them (None), or whose line fixes less; each with how it is less."""
    like = Likeness([*lines, *(PlanItem(None, 0, "", "F", one.text) for one in advice)])
    found: list[tuple[Recommendation, PlanItem | None, str]] = []
    for one in _single(advice, judge):
        best = max(lines, key=lambda item: like.score(one.text, item.text), default=None)
        if best is None or like.score(one.text, best.text) < 0.34:
            found.append((one, None, ""))
            continue
        asked, given = judge(one.text), judge(best.text)
        wanted, fixed = fixed_minutes(asked), fixed_minutes(given)
        if wanted is not None and fixed is None:
            found.append((one, best, f"fixes no amount; the report asks for {wanted:g} minutes a week."))
        elif wanted is not None and any((fixed_minutes(judge(item.text)) or 0) >= wanted - 0.4 and like.score(one.text, item.text) > 0.04 for item in lines):
            continue
        elif wanted is not None and fixed is not None and fixed < wanted - 0.4:
            found.append((one, best, f"fixes {fixed:g} minutes a week; the report asks for {wanted:g}."))
        elif asked.verdict == "specific" and given.verdict == "vague":
            found.append((one, best, "is less exact than the report."))
    return found


def _single(advice: Sequence[Recommendation], judge: Judge) -> list[Recommendation]:
    """Each thing asked for by itself, where one sentence asks for several."""
    found = []
    for one in advice:
        parts = [re.sub(r"^(?:and|or|also|plus)\s+", "", part.text.strip()) for part in judge(one.text).parts if not part.side and len(part.text.split()) > 2]
        found += [Recommendation(part, one.page) for part in parts] if len(parts) > 1 else [one]
    return found
