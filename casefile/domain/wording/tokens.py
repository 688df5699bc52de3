"""Finding listed words in a sentence quickly: each list is looked up by the first letters of a word."""

import re
from collections.abc import Iterable, Iterator

TOKEN = re.compile(r"[\w½¼¾£]+(?:['’.-]\w+)*|1:\d+")
FIRST = re.compile(r"[\w£]+")
MANY = 3
_FLAT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\t": " ", "\n": " ", "\r": " "})  # fmt: skip


def flat(text: str) -> str:
    """The text in small letters with plain quotes and dashes; every letter keeps its place."""
    made = text.translate(_FLAT)
    low = made.lower()
    return low if len(low) == len(made) else "".join(one.lower() if len(one.lower()) == 1 else one for one in made)


def pattern(phrase: str) -> str:
    """A listed phrase as a regular expression: ``a/b`` either word, ``word*`` any ending, ``~`` up to four words between."""
    made = ""
    gap = False
    for word in phrase.split():
        if word == "~":
            gap = True
            continue
        ways = "|".join(_word(way) for way in word.split("/"))
        if made:
            made += r"[\s-]+(?:[\w'-]+\s+){0,4}?" if gap else r"[\s-]+"
        made += f"(?:{ways})"
        gap = False
    return made + r"(?![\w-])" if phrase[-1] not in "*." else made


def _word(word: str) -> str:
    return re.escape(word).replace(r"\*", r"[\w'-]*").replace(r"\-", "[- ]")


class Listed:
    """A listed phrase: its place among all (the longest first), its expression, and what it stands for.

    The expression is made when it is first needed: there are over a thousand, and one text needs a few dozen of them.
    """

    __slots__ = ("_compiled", "kind", "order", "source", "thing")

    def __init__(self, order: int, source: str, kind: str, thing: object) -> None:
        self.order, self.source, self.kind, self.thing = order, source, kind, thing
        self._compiled: re.Pattern[str] | None = None

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """The phrase where it begins at ``start`` of flat text, else nothing."""
        if self._compiled is None:
            self._compiled = re.compile(self.source)
        return self._compiled.match(text, start)


class Phrases:
    """Listed phrases with what each stands for, ready to be looked for in flat text."""

    def __init__(self, listed: Iterable[tuple[str, str, object]]) -> None:
        """Take the phrases, each with the kind and the thing it stands for; longer phrases win."""
        self._whole: dict[str, list[Listed]] = {}
        self._begun: dict[str, list[Listed]] = {}
        for order, (phrase, kind, thing) in enumerate(sorted(listed, key=lambda one: -len(one[0]))):
            one = Listed(order, pattern(phrase.strip()), kind, thing)
            for way in set(phrase.split()[0].split("/")):
                first = FIRST.match(way)
                word = first.group() if first else way
                if way[len(word) : len(word) + 1] == "*":
                    self._begun.setdefault(word[:3], []).append(one)
                else:
                    self._whole.setdefault(word, []).append(one)
        self._known: dict[str, tuple[re.Pattern[str] | None, tuple[Listed, ...]]] = {}

    def find(self, text: str) -> Iterator[tuple[int, int, str, object]]:
        """Start, end, kind and thing of every phrase in the flat text; each kind once for each first word."""
        for token in FIRST.finditer(text):
            word = token.group()
            known = self._known.get(word)
            if known is None:
                known = self._candidates(word)
            any_of, candidates = known
            start = token.start()
            if not candidates or (any_of and not any_of.match(text, start)):
                continue
            seen: set[str] = set()
            for one in candidates:
                if one.kind not in seen and (hit := one.match(text, start)):
                    seen.add(one.kind)
                    yield start, hit.end(), one.kind, one.thing

    def _candidates(self, word: str) -> tuple[re.Pattern[str] | None, tuple[Listed, ...]]:
        """The phrases a word may begin, with one look for any of them where they are many; kept for the next time, since the words of plans come again and again."""
        found = [
            *self._whole.get(word, ()),
            *self._begun.get(word[:3], ()),
            *(self._begun.get(word[:2], ()) if len(word) > 2 else ()),
        ]
        listed = tuple(sorted(found, key=lambda one: one.order))
        any_of = re.compile("|".join(one.source for one in listed)) if len(listed) > MANY else None
        made = (any_of, listed)
        if len(self._known) < 5000:
            self._known[word] = made
        return made
