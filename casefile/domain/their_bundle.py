"""Which part of a hearing bundle its pages belong to, and how many pages that makes of each: from what is known, and no more.

A page may be told by the name it stands under, by a paper of ours that it holds, or not at all. Then every part it may
belong to is kept, so that each part has a least and a most of pages.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

OTHER = "other"
"""What the other side put in as its own evidence; the other parts are those of ``bundle_limits.PARTS``."""
NONE = "none"
"""What counts against no limit: a blank page, an index."""

_PLANS = frozenset(("final_plan", "amended_final_plan"))
_ADVICE = frozenset(("ep_report", "salt_report", "ot_report", "medical_report", "school_report", "annual_review_report"))
"""Kinds of paper that are often listed in Section K, and so stand behind the plan."""
_OF_THE_CASE = frozenset((
    "decision_not_to_assess", "decision_to_assess", "decision_not_to_issue", "review_decision", "cease_notice", "mediation_certificate",
    "tribunal_registration", "tribunal_order",
))  # fmt: skip
"""Kinds of paper that a hearing bundle holds whoever sends them, and that stand never behind the plan."""
_NEVER_IN_A_PLAN = _OF_THE_CASE | {"working_document", "witness_statement"}

_US = r"(?:appellant|claimant|parent|parental|family|mother|father|mum|dad)(?:['’]?s['’]?)?"
_THEM = r"(?:respondent|council|local authority|l\.?a\.?|authority|responsible body|governing body)(?:['’]?s['’]?)?"
_PROOF = r"(?:evidence|bundle|documents|papers)"
_NAMES = {
    "own": rf"\b{_US}\b.{{0,24}}\b{_PROOF}\b|\b{_PROOF} (?:of|from|by|sent by|submitted by) (?:the )?{_US}\b",
    OTHER: rf"\b{_THEM}(?:\b|(?<=\.)).{{0,24}}\bevidence\b|\bevidence (?:of|from|by|sent by|submitted by) (?:the )?{_THEM}",
    "working": r"\bworking doc",
    "plan": r"\bfinal plan\b|\behc ?p\b|\behc plan\b|\beducation,? health (?:and|&) care plan\b|\bsection k\b",
    "core": (
        r"\bcore\b|\bappeal form\b|\bclaim form\b|\bgrounds of (?:appeal|claim)\b|\bcase management\b|\battendance form"
        r"|\btribunal (?:order|direction)|\borders and directions\b|\bnotice of (?:appeal|hearing)\b|\bregistration letter\b|\bdecision letter\b"
        rf"|\bmediation certificate\b|\b{_THEM} response\b|\bresponse to (?:the )?(?:appeal|claim|grounds)\b|^response$"
    ),
    "supplementary": r"\bsupplementary\b|\bsupplemental\b",
    NONE: r"^(?:index|contents|table of contents|cover)\b",
}
_FOUND = {part: re.compile(words, re.IGNORECASE) for part, words in _NAMES.items()}
_NO_PLAN = re.compile(
    r"\bdraft|\bpropos|\brequest|\bassess|\brefus|\bdecision|\bnotice|\breview|\bletter|\bworking|\bappeal|\bresponse|\bcomment|\bprevious|\bold\b",
    re.IGNORECASE,
)  # fmt: skip
_A_PAPER = re.compile(r"\bletter|\be-?mail|\bre:|\bfwd?:|\bcall\b|\bmeeting|\bminutes\b|\bnotes?\b|\bcomplain|\bchat\b", re.IGNORECASE)
"""What the name of a single paper holds, that may speak of a part and is none."""
_APPENDIX = re.compile(r"^(?:section k\b|appendi(?:x|ces)\b)", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:[\W\d_]+|(?:section|part|tab|volume)\s+\w{1,3}\b|[a-z]\d{0,3}[.):\s–—-]+(?=\S))+", re.IGNORECASE)
_WORDS_OF_A_DIVIDER = 12
_TWICE = 2
_WHOLE = ("own", OTHER, "working", "plan")


@dataclass(frozen=True, slots=True)
class Sign:
    """A name that stands over pages of a bundle: a bookmark, or the words of a divider. Pages count from 1, levels from 0.

    Page 0 is no page: a bookmark that is only a heading over others.
    """

    name: str
    page: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Ours:
    """A paper of ours that was found: the pages of theirs that hold it, how many pages it has itself (0 where that is not
    known), its kind, and whether we put it in as evidence (None where that is not known).

    ``the_plan`` marks the plan that the appeal seems to be about.
    """

    pages: tuple[int, ...]
    length: int
    kind: str
    evidence: bool | None
    the_plan: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pages a part has, at least and at most; how many of the least were told by a name they stand under."""

    least: int
    most: int
    named: int


def part_named(name: str, claim: bool = False) -> str:
    """The part of a hearing bundle that a name speaks of; empty where it speaks of none, or of two at once.

    ``claim`` is for a claim of discrimination: there a supplementary bundle is a part, and the school is the other side.
    """
    bare = " ".join(name.replace("_", " ").split())
    found = {part for part, pattern in _FOUND.items() if pattern.search(bare) or pattern.search(_NUMBER.sub("", bare))}
    if "plan" in found and _NO_PLAN.search(bare):
        found.discard("plan")
    if _A_PAPER.search(bare):
        found -= {"own", OTHER, "plan", "supplementary"}
    if claim:
        found.discard("plan")
        found |= {OTHER} if re.search(r"\bschool['’]?s?['’]? (?:own )?evidence\b", bare, re.IGNORECASE) else set()
    else:
        found.discard("supplementary")
    return found.pop() if len(found) == 1 else ""


def dividers(pages: Mapping[int, str]) -> tuple[Sign, ...]:
    """The dividers among pages: those that hold hardly more than a name. ``pages`` are words by page, from 1.

    Words that stand on several pages but for their numbers are no divider: they are stamped on scans. Any other short page
    counts as one, also where its name says nothing: it may begin something else, so the name before it holds no longer.
    """
    short = {page: " ".join(words.split()) for page, words in sorted(pages.items()) if len(words.split()) <= _WORDS_OF_A_DIVIDER}
    bare = {page: re.sub(r"[\W\d_]+", " ", words).strip().casefold() for page, words in short.items()}
    often = Counter(bare.values())
    return tuple(Sign(words, page) for page, words in short.items() if len(bare[page]) > 2 and often[bare[page]] <= _TWICE)


def parts_named(signs: Sequence[Sign], claim: bool = False) -> list[tuple[int, frozenset[str]]]:
    """The signs that lead to a page, as (page, parts) in the order of pages; without parts where no name tells one.

    A name that says nothing stands for what the sign over it says. What somebody put in as evidence, and the plan, stay what
    they are whatever the names inside them; appendices right behind the plan belong to it.
    """
    above: list[tuple[int, str]] = []
    made = []
    for sign in signs:
        before = ""
        while above and above[-1][0] >= sign.level:
            level, part = above.pop()
            before = part if level == sign.level else ""
        over, said = above[-1][1] if above else "", part_named(sign.name, claim)
        if before == "plan" and not said and _APPENDIX.search(_NUMBER.sub("", sign.name) or sign.name):
            said = "plan"
        part = over if said in ("", NONE) or over in _WHOLE else said
        above.append((sign.level, part))
        if sign.page:
            parts = {part or "core", NONE} if said == NONE else {part} if part else set()
            made.append((sign.page, frozenset(parts)))
    return sorted(made, key=lambda one: one[0])


def may_belong(
    total: int, blank: Collection[int], ours: Sequence[Ours], named: Sequence[tuple[int, frozenset[str]]], claim: bool = False
) -> list[tuple[frozenset[str], bool]]:
    """For every page, the first first: the parts it may belong to, and whether a name told it.

    ``blank`` are pages with nothing on them; ``named`` is what ``parts_named`` gives.
    """
    held = _held(ours, claim)
    never = {page for one in ours if one.kind in _NEVER_IN_A_PLAN for page in one.pages}
    unknown = frozenset(("core", "supplementary", OTHER) if claim else ("core", "plan", "working", OTHER))
    made: list[tuple[frozenset[str], bool]] = []
    at, parts = 0, frozenset[str]()
    for page in range(1, total + 1):
        while at < len(named) and named[at][0] <= page:
            parts = named[at][1]
            at += 1
        if parts == {"plan"} and page in never:
            parts = frozenset()  # the last name before it was one inside the plan: it says nothing about what follows
        if page in blank:
            made.append(((parts or unknown) | {NONE}, bool(parts)))
        elif parts:
            made.append((_under(parts, held.get(page)), True))
        else:
            made.append((held.get(page, unknown), False))
    return made


def _under(parts: frozenset[str], held: frozenset[str] | None) -> frozenset[str]:
    """What a page under a name may belong to, when it holds papers of ours that may belong to ``held``."""
    if held and parts == {"core"} and held <= {"plan", "working"}:
        return held
    if held and parts & {"core", "plan", "supplementary"} and "own" in held and OTHER not in held:
        return held | parts  # we put it in ourselves: it may be our copy that stands here
    return parts


def _held(ours: Sequence[Ours], claim: bool) -> dict[int, frozenset[str]]:
    """By page of theirs, the parts it may belong to for the papers of ours on it; of several papers the one that tells most."""
    held: dict[int, frozenset[str]] = {}
    for one in ours:
        sure = _parts_of(one, claim)
        for number, page in enumerate(sorted(one.pages)):
            # Pages beyond its own length are a second copy, or another paper with much the same words.
            parts = sure if not one.length or number < one.length else sure | _parts_of_any(one, claim)
            held[page] = min(held.get(page, parts), parts, key=len)
    return held


def _parts_of(one: Ours, claim: bool) -> frozenset[str]:
    if not claim and one.the_plan and one.kind in _PLANS:
        return frozenset({"plan"})
    if not claim and one.kind == "working_document":
        return frozenset({"working"})
    if one.evidence:
        more = {"core"} if one.kind in _OF_THE_CASE else {"plan"} if one.kind in _ADVICE | _PLANS and not claim else set()
        return frozenset({"own"} | more)
    return _parts_of_any(one, claim) - (set() if one.evidence is None else {"own"})


def _parts_of_any(one: Ours, claim: bool) -> frozenset[str]:
    if claim:
        return frozenset({"core", "supplementary", OTHER, "own"})
    more = {"plan", "working"} if one.kind in _PLANS else set() if one.kind in _NEVER_IN_A_PLAN else {"plan"}
    return frozenset({"core", OTHER, "own"} | more)


def tally(pages: Sequence[tuple[frozenset[str], bool]], part: str, lost: int = 0) -> Tally:
    """The least and the most pages of a part. ``lost`` pages of it were not found by themselves, and may be among the others."""
    least = sum(1 for parts, _ in pages if parts == {part})
    most = sum(1 for parts, _ in pages if part in parts)
    spare = sum(1 for parts, _ in pages if part not in parts and len(parts) > 1 and NONE not in parts)
    return Tally(least, most + min(lost, spare), sum(1 for parts, told in pages if told and parts == {part}))
