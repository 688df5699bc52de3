"""Which of two wordings binds more: amounts, conditions, the person who gives it, how sure a need is stated."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from casefile.domain.wording.model import Finding

Judge = Callable[[str], Finding]
"""The wording check of one line."""

_ROLES: tuple[tuple[float, str], ...] = (
    (5.0, r"(?:speech and language|occupational|physio|play|music|art|clinical|drama|behaviour)?\s?(?:physio)?therapists?\b|psychologists?\b|psychiatrists?\b|\bsalts?\b|\bslts?\b|\bots?\b"),
    (4.5, r"(?:specialist|advisory|qualified) teachers?\b|teachers? of the deaf|\bqtvi\b|\btod\b|mobility (?:officer|specialist)|dyslexia (?:specialist|teacher)|nurses?\b"),
    (4.0, r"\bsenco\b|\bteachers?\b|\btutors?\b"),
    (3.0, r"higher.level teaching assistants?|\bhlta\b|therapy assistants?|technical instructors?|\belsa\b|assistant psychologists?|therapy technicians?"),
    (2.0, r"teaching assistants?|learning support assistants?|\btas?\b|\blsas?\b|support assistants?|mentors?\b|keyworkers?|key workers?"),
    (1.0, r"\badults?\b|\bstaff\b|\bschool\b|\bsetting\b|\bpeers?\b|\bsomeone\b"),
)  # fmt: skip
_ROLE_RULES = tuple((rank, re.compile(words, re.I)) for rank, words in _ROLES)
_BEHIND = re.compile(
    r"(?:design\w*|written|devised|planned|set(?: up)?|overseen|supervised|monitored|reviewed|advised|trained|modelled|demonstrated|agreed|drawn up)\s+(?:\w+\s+)?(?:by|with|from)\s+(?:\w+\s+){0,4}$"
    r"|(?:guidance|advice|supervision|direction|programme|recommendations?|oversight) (?:of|from|by) (?:\w+\s+){0,4}$|in (?:discussion|consultation|liaison) with (?:\w+\s+){0,4}$",
    re.I,
)
_TRAINED = re.compile(r"\b(?:qualified|trained|registered|experienced|accredited|specialist|hcpc|level \d|certified|training)\b", re.I)
_SEVERE = (
    (5, r"\b(?:profound|severe(?:ly)?|complex)\b"), (4, r"\bsignificant(?:ly)?\b|\bconsiderable\b|\bmarked\b"), (3, r"\bmoderate(?:ly)?\b"),
    (2, r"\bsome\b|\bmild(?:ly)?\b|\bslight(?:ly)?\b"), (1, r"\bcan (?:sometimes )?find\b|\bmay\b|\bat times\b|\boccasional(?:ly)?\b|\bemerging\b"),
)  # fmt: skip


_WEAKENING = frozenset(
    ("hedge", "frequency", "condition", "change", "comment", "choice", "modal", "ceiling", "about", "range", "example", "delegation", "money", "amount")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Balance:
    """What became weaker and what stronger, each a short sentence; ``person`` where only the person is a lesser one."""

    weaker: tuple[str, ...] = ()
    stronger: tuple[str, ...] = ()
    person: str = ""


def fixed_minutes(found: Finding) -> float | None:
    """The minutes a week a line fixes: no ceilings, nothing a condition undoes; None where it fixes none."""
    known = [
        amount.minutes_per_week for part in found.parts if not part.undone
        for amount in part.amounts if amount.minutes_per_week is not None and not amount.ceiling
    ]  # fmt: skip
    return round(sum(known), 1) if known and not found.problem else None


def person_of(text: str) -> tuple[float, str]:
    """The rank and name of the most qualified person a text says gives the help; those who only plan or advise apart."""
    giving: list[tuple[float, str]] = []
    behind: list[tuple[float, str]] = []
    taken: list[tuple[int, int]] = []
    for rank, rule in _ROLE_RULES:
        for found in rule.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append((found.start(), found.end()))
            rest = text[found.end() : found.end() + 12].lower()
            if re.match(r"['’]s?\s", rest):
                behind.append((rank, found[0].strip()))
                continue
            (behind if _BEHIND.search(text[max(0, found.start() - 80) : found.start()]) else giving).append((rank, found[0].strip()))
    return max(giving or [(min(rank, 1.5), name) for rank, name in behind], default=(0.0, ""))


def _severity(text: str) -> int:
    return max((rank for rank, words in _SEVERE if re.search(words, text, re.I)), default=0)


def balance(before: str, after: str, section: str, judge: Judge) -> Balance:
    """What became weaker and stronger from one wording to the other, in a section of the plan."""
    if section in ("F", "G", "H1", "H2"):
        return _of_provision(before, after, judge)
    weaker: list[str] = []
    stronger: list[str] = []
    if section in ("B", "C", "D"):
        one, other = _severity(before), _severity(after)
        if one and other and one != other:
            (weaker if other < one else stronger).append("The need is stated less strongly." if other < one else "The need is stated more strongly.")
    if section == "E":
        had, has = bool(re.search(r"\d|\bend of\b", before)), bool(re.search(r"\d|\bend of\b", after))
        if had != has:
            (weaker if had else stronger).append("It has no date or measure now." if had else "It has a date or measure now.")
    return Balance(tuple(weaker), tuple(stronger))


def _of_provision(before: str, after: str, judge: Judge) -> Balance:
    one, other = judge(before), judge(after)
    weaker: list[str] = []
    stronger: list[str] = []
    _amounts(one, other, weaker, stronger)
    (rank, name), (new_rank, new_name) = person_of(before), person_of(after)
    lesser = rank > new_rank and bool(name) and not weaker
    if lesser and set(other.missing) - set(one.missing) <= {"who", "what"}:
        pass
    elif len(other.missing) > len(one.missing):
        weaker.append(f"It no longer says {_questions(set(other.missing) - set(one.missing))}.")
    elif len(other.missing) < len(one.missing):
        stronger.append(f"It now says {_questions(set(one.missing) - set(other.missing))}.")
    had, has = ({word.text.lower() for word in found.words if word.kind in _WEAKENING} for found in (one, other))
    if len(has) > len(had):
        weaker.append(f"New words that weaken it: {', '.join(f'“{word}”' for word in sorted(has - had))}.")
    elif len(has) < len(had) and not weaker:
        stronger.append(f"Words that weakened it are gone: {', '.join(f'“{word}”' for word in sorted(had - has))}.")
    if one.verdict == "specific" and other.verdict == "vague" and not weaker and not lesser:
        weaker.append("It could be held to before. It cannot be now.")
    elif one.verdict == "vague" and other.verdict == "specific" and not stronger and not weaker:
        stronger.append("It can be held to now.")
    person = ""
    if rank > new_rank and name:
        person = f"Given by: was {name}, now {new_name}." if new_name else f"It no longer says that a {name} gives it."
    elif new_rank > rank and new_name:
        stronger.append(f"Now given by: {new_name}.")
    elif _TRAINED.search(before) and not _TRAINED.search(after):
        person = "It no longer asks for training or a qualification."
    elif _TRAINED.search(after) and not _TRAINED.search(before):
        stronger.append("It now asks for training or a qualification.")
    return Balance(tuple(weaker), tuple(stronger), person)


def _amounts(one: Finding, other: Finding, weaker: list[str], stronger: list[str]) -> None:
    was, now = fixed_minutes(one), fixed_minutes(other)
    if was is not None and now is None:
        weaker.append(f"It fixed {was:g} minutes a week. It fixes no amount now.")
    elif was is None and now is not None:
        stronger.append(f"It fixes {now:g} minutes a week now.")
    elif was is not None and now is not None and abs(was - now) > 0.4:
        (weaker if now < was else stronger).append(f"Minutes a week: was {was:g}, now {now:g}.")
    groups = [max((amount.people or 0 for amount in found.amounts), default=0) for found in (one, other)]
    if all(groups) and groups[0] != groups[1]:
        (weaker if groups[1] > groups[0] else stronger).append(f"The group: was {groups[0]}, now {groups[1]}.")


def _questions(missing: Iterable[str]) -> str:
    names = {"what": "what is given", "who": "who gives it", "how_often": "how often", "how_long": "for how long"}
    return ", ".join(names[element] for element in ("what", "who", "how_often", "how_long") if element in missing)
