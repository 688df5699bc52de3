"""How alike two lines of a plan are: by what they are about, words that stand in every line counting for little."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from casefile.domain.plan import PlanItem

_FILL = """
a an and are as at be been being but by can could each every for from has have having he her his i if in into is it its may must of on or our
per she should so such than that the their them then there these they this those to was were when where which who will with would week weekly
day daily term minute minutes hour hours session sessions time times year least all any access required require appropriate regular regularly
opportunity opportunities benefit up input possible necessary available provided receive given give qualified trained fortnight fortnightly two
"""
_STOP = frozenset(_FILL.split())
_SAME = {
    "lessons": "lesson", "class": "lesson", "classes": "lesson", "classroom": "lesson", "adult": "adult", "adults": "adult", "assistant": "adult",
    "assistants": "adult", "ta": "adult", "tas": "adult", "lsa": "adult", "staff": "adult", "teaching": "teach", "taught": "teach", "teacher": "teach",
    "therapist": "therapy", "therapists": "therapy", "salt": "speech", "slt": "speech", "ot": "occupational",
    "programmes": "programme", "program": "programme", "needs": "need", "difficulties": "difficulty", "reading": "read", "writing": "write",
    "spoken": "speak", "speaking": "speak", "maths": "mathematics", "understanding": "understand", "understands": "understand",
}  # fmt: skip


def topics(text: str) -> frozenset[str]:
    """The words that say what a line is about, in one form each, amounts left out."""
    found = set()
    for word in re.findall(r"[a-z]+(?:['’][a-z]+)?", text.lower()):
        word = re.sub(r"['’]s?$", "", word)
        word = _SAME.get(word, word)
        if word in _STOP or len(word) < 2:
            continue
        found.add(word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word)
    return frozenset(found)


class Likeness:
    """Measures lines of two versions against each other."""

    def __init__(self, items: Iterable[PlanItem]) -> None:
        self._topics: dict[str, frozenset[str]] = {}
        self._whole: dict[str, float] = {}
        counted: Counter[str] = Counter()
        number = 0
        for item in items:
            counted.update(self.about(item.text))
            number += 1
        self._weights: Mapping[str, float] = {word: math.log(1 + number / times) for word, times in counted.items()}

    def about(self, text: str) -> frozenset[str]:
        """The topics of a text, worked out once."""
        if text not in self._topics:
            self._topics[text] = topics(text)
        return self._topics[text]

    def weight(self, words: Iterable[str]) -> float:
        """How much a set of words says."""
        return sum(self._weights.get(word, 1.0) for word in words)

    def weight_of(self, text: str) -> float:
        """How much a text says, worked out once."""
        if text not in self._whole:
            self._whole[text] = self.weight(self.about(text))
        return self._whole[text]

    def score(self, left: str, right: str) -> float:
        """0 for nothing in common, 1 for the same topics."""
        if left == right:
            return 1.0
        one, other = self.about(left), self.about(right)
        if not one or not other:
            return 1.0 if " ".join(left.split()).lower() == " ".join(right.split()).lower() else 0.0
        both = one & other
        if not both:
            return 0.0
        common = self.weight(both)
        mine, theirs = self.weight_of(left), self.weight_of(right)
        return max(2 * common / (mine + theirs), 0.75 * common / min(mine, theirs) if min(len(one), len(other)) > 1 else 0.0)

    def share(self, part: str, whole: str) -> float:
        """How much of what ``part`` says stands in ``whole``."""
        words = self.about(part)
        return self.weight(words & self.about(whole)) / self.weight(words) if words else 0.0


def pairs(
    before: Sequence[PlanItem], after: Sequence[PlanItem], like: Likeness, *, least: float, key_bonus: float = 0.0
) -> list[tuple[PlanItem, PlanItem]]:
    """The best one-to-one pairs of lines: the most alike first. A key that stayed the same counts ``key_bonus`` more."""
    scored = []
    for one_at, one in enumerate(before):
        for other_at, other in enumerate(after):
            alike = like.score(one.text, other.text)
            score = alike + (key_bonus if one.key == other.key and one.section == other.section and alike > 0.05 else 0.0)
            if score >= least:
                scored.append((-score, abs(one_at - other_at), one_at, other_at))
    used_before: set[int] = set()
    used_after: set[int] = set()
    found = []
    for _, _, one_at, other_at in sorted(scored):
        if one_at not in used_before and other_at not in used_after:
            used_before.add(one_at)
            used_after.add(other_at)
            found.append((before[one_at], after[other_at]))
    return found
