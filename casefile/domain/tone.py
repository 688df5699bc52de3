"""Words that can hurt a letter: found, told with why, and left to the parent."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import Proof

CHILDREN = "children"
"""The group of other children's names, which come from the case and not from the list."""


@dataclass(frozen=True, slots=True)
class ToneGroup:
    """A kind of words. ``says`` are the words ("*" at an end: any ending), ``why`` and ``instead`` a sentence each.

    ``absolute``: only where no record stands behind the sentence.
    """

    id: str
    title: str
    says: tuple[str, ...]
    why: str
    instead: str
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Harsh:
    """Words of a letter to look at again, as they stand in it, and the group they belong to."""

    words: str
    group: ToneGroup


NAMES = ToneGroup(
    CHILDREN, "Another child's name", (),
    "Another child's name does not belong in a letter about yours. That family has not been asked.",
    "Write “another child” instead.",
)  # fmt: skip
_QUOTED = re.compile(r"“[^”\n]{0,2000}”")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def harsh_words(body: str, groups: Sequence[ToneGroup], proofs: Iterable[Proof] = (), children: Iterable[str] = ()) -> tuple[Harsh, ...]:
    """What to look at again in a letter's body, each words once, in the order they stand.

    ``proofs`` excuse a sentence from the groups marked ``absolute``. ``children`` are names of other children. What
    stands in quotation marks is somebody else's words and is left alone.
    """
    patterns = [(group, _pattern(group.says)) for group in groups]
    names = [name.strip() for name in children if name.strip()]
    if names:
        patterns.append((NAMES, re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)))
    behind = [proof.words for proof in proofs if proof.words]
    found: dict[str, Harsh] = {}
    for part in parts_of(body):
        for sentence in _SENTENCE.split(_QUOTED.sub(lambda match: " " * len(match[0]), part.whole)):
            proved = any(words in sentence for words in behind)
            hits = [(match.start(), match[0], group) for group, pattern in patterns if not (group.absolute and proved) for match in pattern.finditer(sentence)]
            for _, words, group in sorted(hits, key=lambda hit: hit[0]):
                found.setdefault(words.lower(), Harsh(words, group))
    return tuple(found.values())


def _pattern(says: Sequence[str]) -> re.Pattern[str]:
    words = (re.escape(one.replace("'", "’")).replace(r"\*", r"\w*").replace("’", "['’]") for one in says)
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
