"""Judging a text of Section F: each provision in it by itself, and the weakest decides."""

import re
from dataclasses import replace

from casefile.domain.wording.amounts import MONEY
from casefile.domain.wording.asides import without_asides
from casefile.domain.wording.asking import question
from casefile.domain.wording.clauses import BARE, split
from casefile.domain.wording.model import ELEMENTS, Element, FaultyWord, Finding, Mark, Part, Setting, WordData
from casefile.domain.wording.reading import Reader, Reading
from casefile.domain.wording.tokens import flat

GOES_ON = re.compile(
    r"\s*(?:will|shall|may|then|also|she|he|they|this|these|each|both|sessions?|in addition|thereafter|the sessions|it)\b"
)
HOUR_OF_DAY = re.compile(
    r"(?<!every )(?<!each )(?<!school )\b(?:times?|days|place|date|dates|venue|room|slots?)\s*,?\s*$"
)
CHILDS_OWN = re.compile(
    r"\s+(?:he|she|they|it takes|the (?:child|pupil|young person)|(?:his|her|their) (?:parents?|mother|father))\b"
    r"(?:(?!\b(?:staff\w*|funding|resources|capacity)\b).)*$"
)
FRONTED = re.compile(
    r"\s*(?:in|on|at|during|before|after|throughout|for)\s+(?:every|each|all|any)\b"
    r"|\s*(?:in|on|at|during|before|after|throughout|for|from|whenever|when|each|every|between|following|across)\b[^,]*,"
)
SAME_TIME = re.compile(r"\bthe same (?:hours|times?|sessions|days|lessons|amount)\b|\bat the same time\b")
EVERY = re.compile(r"\b(?:all|every|each)\b")
SAME_DEED = re.compile(
    r"\bcarr(?:y|ies) (?:it|them|this|these) out\b|\b(?:do|does|use|uses|repeat|repeats|carry out|practise|deliver|follow)\s+(?:them|it|this|these)\b"
)
NO_MONEY = re.compile(
    r"\b(?:because of|due to|lack of|if|when|where|while|unless|without|subject to|as)\s+(?:the\s+)?$"
)
SAME_THING = re.compile(
    r"\s*(?:(?:this|these|it|that|which|(?:the\s+)?sessions?\s+(?:can|could|may|might|will))\b"
    r"|(?:the\s+|its\s+)?(?:exact\s+)?(?:dates?|times|days|timings?|frequency|length|number|duration|details)\b(?! (?:of|with)))"
)
OF_THE_SAME = re.compile(
    r"\bhow (?:long|often|many|much)\b|\b(?:alter|change|vary|withdraw|reduce|stop|end|cancel)\s+(?:this|it|these|them)\b"
)
CHILD_GETS = re.compile(
    r"\s*(?:she|he|they)\s+(?:will|should)\s+(?:also\s+|then\s+)?(?:go|attend|join|take part|follow|use|wear|practise|learn|swim|do|receive|have|get|need|benefit|be (?:given|helped|supported|offered))\b"
)
UNTIL_DONE = re.compile(
    r"\buntil (?:he|she|they|it)\b|\bas long as (?:it|each|every|the|this|that)\b[^,;.]{0,30}\b(?:takes?|lasts?|needs?)\b"
    r"|\bas long as (?:he|she|they) (?:needs?|wants?|likes?)\b|\buntil (?:the|his|her|their) [\w-]+ (?:is|are|has|have|ends?|stops?|settles?)\b"
)
EVEN_SO = re.compile(
    r"\b(?:even|including|also)\s+(?:(?:when|if|though|where|on days when)\b[^,;.]*)?$|\b(?:regardless of|whatever|irrespective of)\b[^,;.]*$"
)
HOW_NOT_WHETHER = re.compile(r"\s+(?:with|using|in|on|by|from)\s+\w")
"""What is needed here is only the manner: "if necessary with large print"."""
DATED = re.compile(r"\s+(?:in|by)\b[^,;.]{0,50}?\b(?:of|dated)\s+\d")
TRIGGER = re.compile(r"\s*(?:if|when|whenever|should|as soon as|after|once|each time|every time|where)\b")
FOR_EACH = re.compile(
    r"\s*(?:every|each|all)\s+(?:of\s+)?(?!(?:days?|weeks?|lessons?|sessions?|terms?|mornings?|time)\b)[^,;.]{1,40}?\bwill be\b"
    r"|.*\b(?:repeat|read|translate|explain|sign|type|record|write|describe|say|adapt|simplify)s?\s+(?:out\s+)?(?:every|each|all)\s+(?!(?:day|week|lesson|session|term|morning|time)\b)[a-z]"
)
"""What is done to every sheet or word that comes lasts as long as that."""
LEARNT = re.compile(r"\b(?:how|what|when|where) to\b[^,;.]*$|\bto (?:ask|say|tell)\b[^,;.]*$")
"""What the child is taught to do: "how to ask for help when he needs it"."""
CHILD_FEELS = re.compile(
    r"(?:if|when|whenever|until|unless|while) (?:s?he|they) feels? (?!it\b|this\b|that\b|necessary|appropriate|right\b|useful|is\b)"
)
TOLD_WHEN = re.compile(r"\b(?:when|whenever|if|after|once|on which|in which|since)\b[^,;.]*$")
"""What happened before is only when the help comes: "on any day when she has had a seizure"."""
A_LENGTH = re.compile(r"as long as\s+(?:\d|an?\b|half|one|two|three|ten|fifteen|twenty|thirty|forty|fifty|sixty)")
OFTEN_WORDS = re.compile(r"\b(?:frequency|how often|number of)\b")
LENGTH_WORDS = re.compile(r"\b(?:length|duration|how long)\b")
WHOLE_OPEN = re.compile(r"\b(?:amount|model)\b")
TIMES_ONLY = frozenset(["then", "and", "for", "in", "the", "of", "each", "every", "week", "weeks", "term", "terms", "autumn", "spring", "summer", "half", "from", "to", "until", "after", "that", "next", "first", "last", "remaining", "rest", "thereafter", "weekly", "daily", "year", "day", "days"])
LONGEST = 90
"""Words in one provision beyond which nothing is called specific: too much may hide in it."""

MOST_LETTERS = 6000
SHOWN_IF: dict[str, tuple[Element, ...]] = {
    "empty": ("what",), "style": ("what", "who", "how_often", "how_long"), "person": ("who",),
    "frequency": ("how_often",), "amount": ("how_often", "how_long"),
}  # fmt: skip


class Checker:
    """The wording check, made once from the word lists and then used for any number of texts."""

    def __init__(self, data: WordData) -> None:
        """Take the word lists."""
        self._reader = Reader(data)
        self._code = data.sources["code_969"]
        self._may = next(entry for entry in data.weak if entry.id == "may")
        self._special = data.sources["east_sussex"]

    def check(self, text: str, *, setting: Setting = "mainstream") -> Finding:
        """What can be said of one text of Section F.

        In a special school (``setting``) missing times are still missing; the finding only adds what the cases allow.
        """
        if len(text) > MOST_LETTERS:
            return Finding(text, "unsure", ask="This is too long to be one line of help. Please cut it into its lines.")
        low = flat(text)
        readings = [self._reader.read(text, low, start, end) for start, end in split(low, self._reader.pairs)]
        readings = [one for one in readings if one.flat.strip(" .;,-•\n")]
        if not readings or low.strip(" .:;-") in self._reader.headings or not _is_provision(readings):
            return Finding(
                text,
                "unsure",
                ask="Is this meant to be help for your child? If so: who does what, how often and for how long?",
            )
        readings = without_asides(readings)
        self._share(readings)
        parts = tuple(self._part(text, one, readings) for one in readings)
        missing = tuple(one for one in ELEMENTS if any(one in part.missing for part in parts))
        problem = " ".join(part.problem for part in parts if part.problem)
        undone = any(part.undone for part in parts)
        words = self._words(text, readings, missing, problem)
        too_long = any(len(one.flat.split()) > LONGEST for one in readings)
        vague = bool(missing) or undone
        ask = question(missing, words, problem) if vague else ""
        softer = self._softer(setting, missing, undone)
        verdict = "unsure" if too_long and not vague else "vague" if vague else "specific"
        return Finding(text, verdict, missing, _secondary(readings), words, ask, parts, problem, softer)  # type: ignore[arg-type]

    def _share(self, readings: list[Reading]) -> None:
        """Let a provision that goes on with the same person, or a thing whose person stands beside it, keep that person."""
        for number, one in enumerate(readings):
            before = readings[number - 1] if number else None
            if (before and before.time.often and re.search(r"\buntil\b", one.flat)) or _triggered(one):
                one.time.occasion = True
            if before and _shares_opening(before, one):
                one.time = replace(before.time, amounts=())
            if before and SAME_TIME.search(one.flat) and not one.time.long:
                one.time = replace(before.time, amounts=())
            if before and before.what and SAME_DEED.search(one.flat):
                one.what = True
            if (
                before
                and (SAME_THING.match(one.flat) or OF_THE_SAME.search(one.flat))
                and not one.time.lengths
                and not one.time.periods
            ):
                one.jobs, one.what, one.time = one.jobs or before.jobs, True, replace(before.time, amounts=())
            if before and (before.jobs or before.what) and not (one.jobs or one.what) and _only_times(one):
                one.jobs, one.what = before.jobs, before.what
            if one.jobs or one.supplier:
                continue
            if (
                before
                and before.jobs
                and (GOES_ON.match(one.flat) or BARE.match(one.flat.lstrip()))
                and not CHILD_GETS.match(one.flat)
            ):
                one.jobs = before.jobs
            elif one.equipment or one.class_size:
                one.jobs = next((other.jobs for other in readings if other.jobs), ())

    def _part(self, text: str, one: Reading, all_: list[Reading]) -> Part:
        time = one.time
        taken = _taken(one)
        main = [other for other in all_ if not _is_side(other)]
        side = _is_side(one) and bool(main)
        missing: list[Element] = []
        if (not one.what and not side) or "what" in taken:
            missing.append("what")
        has_who = bool(one.jobs) or one.fitted or (one.equipment and one.supplier) or (side and bool(one.authors))
        if not has_who or "who" in taken:
            missing.append("who")
        if not side or any(mark.kind == "frequency" for mark in one.weak):
            missing.extend(self._times(one, taken))
        undone = any(_undoes(mark, one) for mark in one.weak) or one.plain_may or bool(one.conditions)
        if time.problem and "how_long" not in missing:
            missing.append("how_long")
        money = any(_pays(mark, one) for mark in one.weak)
        money = money or (bool(MONEY.search(one.flat)) and not one.jobs)
        if money:
            missing = list(ELEMENTS) if not one.jobs else [*({"what": None} | dict.fromkeys(missing))]
        words = text[one.start : one.end].strip(" ;,\n")
        return Part(words, tuple(missing), undone, time.amounts, one.jobs, side, time.problem)

    def _times(self, one: Reading, taken: set[Element]) -> list[Element]:
        time = one.time
        if one.equipment or one.class_size:
            return ["how_often"] if one.equipment and "pass" in one.kinds and not time.often else []
        every = bool(EVERY.search(one.flat))
        task = ("task" in one.kinds or (time.occasion and bool(FOR_EACH.match(one.flat)))) and (
            time.occasion or every or bool(time.periods)
        )
        missing: list[Element] = []
        if not (time.often or (task and every)) or "how_often" in taken:
            missing.append("how_often")
        until = UNTIL_DONE.search(one.flat)
        if not (time.long or task or (until and time.often)) or "how_long" in taken:
            missing.append("how_long")
        return missing

    def _words(
        self, text: str, readings: list[Reading], missing: tuple[Element, ...], problem: str
    ) -> tuple[FaultyWord, ...]:
        found: dict[str, FaultyWord] = {}
        for one in readings:
            for mark in sorted(one.weak, key=lambda mark: (mark.start, -mark.end)):
                if mark.weak and _shown(mark, one, missing):
                    words = text[one.start + mark.start : one.start + mark.end]
                    if not any(words.lower() in other for other in found):
                        found[words.lower()] = FaultyWord(words, mark.weak.why, _source(mark.weak.source), mark.kind)
            if (
                one.plain_may
                and (may := re.search(r"\b(?:may|might|could)\b", one.flat))
                and not any(may.group() in other for other in found)
            ):
                found[may.group()] = FaultyWord(may.group(), self._may.why, _source(self._may.source), "modal")
            for start, end in one.conditions:
                words = text[one.start + start : one.start + end]
                if not any(words.lower() in other or other in words.lower() for other in found):
                    group = self._reader.conditions.group
                    found[words.lower()] = FaultyWord(words, group.why, _source(group.source), "condition")
            if one.time.range_words and "between" not in found:
                words = one.time.range_words
                found[words] = FaultyWord(
                    words, "With a range, the smallest may be given each time.", _source(self._code), "range"
                )
        if problem:
            found[problem] = FaultyWord(text.strip(), problem, _source(self._code), "contradiction")
        return tuple(found.values())

    def _softer(self, setting: Setting, missing: tuple[Element, ...], undone: bool) -> str:
        if setting != "special" or undone or not missing or not set(missing) <= {"how_often", "how_long"}:
            return ""
        return (
            f"In a special school less detail may be enough, but not none. Ask all the same. ({_source(self._special)})"
        )


def _only_times(one: Reading) -> bool:
    """Whether a provision only goes on with other amounts: "weeks 7-39, 1 x 40 min a week"."""
    time = one.time
    if not (time.lengths or time.counts) or one.weak or one.kinds:
        return False
    rest = one.flat
    for start, end in sorted(time.spans, reverse=True):
        rest = rest[:start] + " " + rest[end:]
    return not [word for word in re.findall(r"[a-z]{2,}", rest) if word not in TIMES_ONLY]


def _triggered(one: Reading) -> bool:
    """Whether the child's state begins the help and ends it: "If she is breathless, the nurse will sit with her until she is well"."""
    opening = TRIGGER.match(one.flat)
    return bool(opening and one.jobs and not one.conditions and UNTIL_DONE.search(one.flat, opening.end()))


def _shares_opening(before: Reading, one: Reading) -> bool:
    """Whether "In every exam, …" opens the sentence and holds for a second provision that says nothing of time itself."""
    if before.jobs and one.jobs and one.start - before.end <= 1 and re.search(r"\balso\b", one.flat):
        return False  # somebody else, who does something more
    told = one.time.lengths or one.time.periods or one.time.counts or one.time.whole or one.time.occasion
    whole = before.time.whole or (before.time.occasion and not before.time.lengths)
    return bool(whole and not told and FRONTED.match(before.flat))


def _undoes(mark: Mark, one: Reading) -> bool:
    """Whether weak words undo a promise here. What hangs on the child's own wish or absence does not."""
    if mark.weak is None or not mark.weak.undoes:
        return False
    if mark.kind == "delegation" and one.time.often and one.time.long and HOUR_OF_DAY.search(one.flat[: mark.start]):
        return False  # which hour of the day may be agreed; how often and how long are said
    if mark.kind == "comment" and TOLD_WHEN.search(one.flat[: mark.start]):
        return False
    if LEARNT.search(one.flat[: mark.start]) or CHILD_FEELS.match(one.flat, mark.start):
        return False
    if mark.kind == "delegation" and DATED.match(one.flat, mark.end):
        return False  # what a report of a past day says is decided
    if mark.kind != "condition":
        return True
    if EVEN_SO.search(one.flat[: mark.start]) or (HOW_NOT_WHETHER.match(one.flat, mark.end) and one.time.often):
        return False
    at = one.flat[mark.start :]
    name = re.match(r"\s+([a-z-]+)('s)?\b(?![^,;.]*\b(?:staff\w*|funding|resources|capacity)\b)", one.flat[mark.end :])
    if name and name[1] in one.names:
        return False
    return not (CHILDS_OWN.match(one.flat, mark.end) or UNTIL_DONE.match(at) or A_LENGTH.match(at))


def _pays(mark: Mark, one: Reading) -> bool:
    """Whether money stands in place of help here, and is not only part of a condition such as "if funding allows"."""
    if mark.kind != "money" or NO_MONEY.search(one.flat[: mark.start]):
        return False
    job = min((one.flat.find(name) for name in one.jobs), default=len(one.flat))
    if job < mark.start and one.time.often and one.time.long:
        return False  # the help is there; this only says who pays
    return not any(
        other.weak and other.weak.undoes and other.start <= mark.start and mark.end <= other.end for other in one.weak
    )


def _taken(one: Reading) -> set[Element]:
    """The questions that weak words leave open here; a put-off length leaves the frequency as it is, and the other way round."""
    taken: set[Element] = set()
    for mark in one.weak:
        if mark.weak is None:
            continue
        takes: set[Element] = set(mark.weak.takes)
        if mark.kind == "delegation":
            often, long = OFTEN_WORDS.search(one.flat), LENGTH_WORDS.search(one.flat)
            if (often or long) and not WHOLE_OPEN.search(one.flat):
                takes = set()
                if often:
                    takes.add("how_often")
                if long:
                    takes.add("how_long")
        if mark.kind in ("condition", "delegation") and "what" not in takes:
            # What is said in figures stays said; the condition undoes it all the same.
            takes -= {element for element, told in (("how_often", one.time.often), ("how_long", one.time.long)) if told}
        taken |= takes
    return taken


def _source(source: object) -> str:
    name, sure = getattr(source, "name", ""), getattr(source, "sure", "read")
    return f"{name}" if sure == "read" else f"{name} (to be checked against the judgment)"


def _is_side(one: Reading) -> bool:
    """Whether a provision only writes, reviews or supplies what another one gives."""
    time = one.time
    return "side" in one.kinds and not time.lengths and "training" not in one.kinds and not time.whole


def _is_provision(readings: list[Reading]) -> bool:
    """Whether the text says anything that could be help: a person, a deed, a time, a promise, or a listed word."""
    return any(
        one.jobs or one.authors or one.supplier or one.weak or one.not_a_job or one.time.often or one.time.long
        or one.time.people or one.kinds & {"activity", "empty", "equipment", "place", "class_size"}
        or (one.what and len(one.flat.split()) > 1)
        for one in readings
    )  # fmt: skip


def _shown(mark: Mark, one: Reading, missing: tuple[Element, ...]) -> bool:
    """Whether listed words are at fault here: a ceiling on a group, or "staff" beside a job, is not."""
    time = one.time
    if mark.kind == "money":
        return _pays(mark, one)
    if mark.weak is not None and mark.weak.id == "may":
        return one.plain_may or bool(missing)
    if mark.kind == "ceiling":
        return time.ceiling_length or time.ceiling_count
    if mark.kind == "about":
        return time.about
    if mark.kind == "range":
        return time.ranged
    if mark.kind == "floor":
        return False
    if mark.kind == "person" and one.jobs:
        return mark.weak is not None and mark.weak.id == "trained"
    wanted = SHOWN_IF.get(mark.kind)
    return wanted is None or any(element in missing for element in wanted)


def _secondary(readings: list[Reading]) -> tuple[str, ...]:
    kinds = frozenset(kind for one in readings for kind in one.kinds)
    found = []
    if not kinds & {"qualified", "profession"}:
        found.append("qualified")
    if "review" not in kinds:
        found.append("review")
    return tuple(found)
