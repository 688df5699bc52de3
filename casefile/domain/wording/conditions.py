"""Conditions that hang on the school, the service or money, and not on the child: "assuming that enough staff are in"."""

import re
from collections.abc import Mapping

from casefile.domain.wording.model import Group

DOUBT = r"(?:if|unless|assuming|provided|providing|subject to|depending|dependent|contingent|as long as|so long as|except|only|on condition|in the event|in case|(?<=, )should|^\s*should|(?:but )?not (?:in|on|during|when))"
TIME = r"(?:when|where|whenever|wherever|while|whilst|until|as soon as|once|as)"
CLAUSE = r"(?:\s+(?:and|or)\s+(?:when|if|where|as))?\b(?P<clause>[^,;.]*)"

ONLY = re.compile(r"\bonly\s+(?:if|when|where)\b(?!\s+(?:he|she|they)\b)[^,;.]*")


class Conditions:
    """Finds clauses that hang on the system; made once from the word lists ``system`` and ``allowing``."""

    def __init__(self, what: Mapping[str, Group]) -> None:
        """Take the groups of ``what``."""
        self.group = what["system"]
        self._doubt = re.compile(rf"\b{DOUBT}{CLAUSE}")
        self._time = re.compile(rf"\b{TIME}{CLAUSE}")
        self._system = re.compile(_any(what["system"]))
        self._allowing = re.compile(_any(what["allowing"]))
        self._permitting = re.compile(
            r"\b[\w-]+\s+being\s+(?:available|in post|free|found|agreed|in place|possible)\b|\b[\w-]+\s+(?:permitting|allowing)(?=\s*[,;.)]|\s*$)"
        )

    def find(self, part: str) -> list[tuple[int, int]]:
        """Where such conditions stand in a provision."""
        rare = any(word in part for word in ("permitting", "allowing", "being", "only"))
        found = [hit.span() for hit in (*self._permitting.finditer(part), *ONLY.finditer(part))] if rare else []
        for pattern, wants in ((self._doubt, False), (self._time, True)):
            for hit in pattern.finditer(part):
                clause = hit["clause"]
                if self._system.search(clause) and (not wants or self._allowing.search(clause)):
                    found.append((hit.start(), hit.end() - len(clause) + len(clause.rstrip())))
        return found


def _any(group: Group) -> str:
    return r"\b(?:" + "|".join(word.replace("*", r"\w*") for word in group.words) + r")\b"
