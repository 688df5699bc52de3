"""Finding listed words in a sentence quickly: each list is looked up by the first letters of a word."""

import re
from collections.abc import Iterable, Iterator

TOKEN = re.compile(r"[\w½¼¾£]+(?:['’.-]\w+)*|1:\d+")
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


class Phrases:
    """Listed phrases with what each stands for, ready to be looked for in flat text."""

    def __init__(self, listed: Iterable[tuple[str, str, object]]) -> None:
        """Take the phrases, each with the kind and the thing it stands for; longer phrases win."""
        self._by: dict[str, list[tuple[re.Pattern[str], str, object]]] = {}
        for phrase, kind, thing in sorted(listed, key=lambda one: -len(one[0])):
            compiled = re.compile(pattern(phrase.strip()))
            for key in {way.replace("*", "")[:2] for way in phrase.split()[0].split("/")}:
                self._by.setdefault(key, []).append((compiled, kind, thing))

    def find(self, text: str) -> Iterator[tuple[int, int, str, object]]:
        """Start, end, kind and thing of every phrase in the flat text; each kind once for each first word."""
        for token in TOKEN.finditer(text):
            start = token.start()
            seen: set[str] = set()
            for compiled, kind, thing in self._by.get(token.group()[:2], ()):
                if kind not in seen and (hit := compiled.match(text, start)):
                    seen.add(kind)
                    yield start, hit.end(), kind, thing
