"""Reading one provision: who does it, what is done, and which listed words stand in it."""

import re
from dataclasses import dataclass

from casefile.domain.wording.agents import Agents
from casefile.domain.wording.amounts import Clock, Time
from casefile.domain.wording.clauses import without_adjunct
from casefile.domain.wording.conditions import Conditions
from casefile.domain.wording.model import Mark, Weak, WordData
from casefile.domain.wording.tokens import TOKEN, Phrases, pattern

AUTHOR = re.compile(
    r"\b(?:written|devised|designed|drawn up|set|set up|prepared|advised|recommended|overseen|monitored|reviewed|trained"
    r"|shown|shown how|approved|modelled|produced|created|planned|suggested|developed"
    r"|directed|guided)(?:\s+(?:and|or)\s+\w+)?\s+(?:by|from)\s+(?:an?\s+|the\s+|his\s+|her\s+|their\s+)?$"
    r"|\b(?:refer(?:red|ral)?|application|given|sent|explained|passed|shown)\s+to\s+(?:an?\s+|the\s+|every\s+|each\s+|all\s+|all of \S+\s+)?$"
    r"|\bshared\s+with\s+(?:an?\s+|the\s+|every\s+|each\s+|all\s+)?$"
    r"|\b(?:following|on|under|with|using|to)\s+(?:the\s+)?(?:[\w-]+\s+)?(?:guidance|advice|recommendations|training)\s+(?:by|from|of)\s+(?:an?\s+|the\s+)?$"
)
DOES = re.compile(r"\b(?:will|shall|to|should|may|can|must|and)\s+$")
DOING = frozenset({"coach", "mentor", "tutor", "scribe", "nurse", "lead", "train", "service"})
SUPPLIED = r"(?:supplied|provided|bought|paid for|fitted|purchased|funded|loaned|issued|given|lent|donated|made available)(?: and [\w ]{2,16})?"
SUPPLIES = r"(?:supply|provide|buy|purchase|fit|fund|loan|issue|give|pay for|lend|install)"
FITTED = re.compile(
    r"\b(?:fit|fits|fitted|install|installs|installed|buy|buys|bought|purchased?|supply|supplies|supplied|lends?|lent|loan|loaned|pays? for|paid for)\b"
)
MAY_GO = re.compile(
    r"\s*(?:[\w'-]+\s+){1,2}?(?:may|can)\s+(?:leave|use|go|come|ask|choose|show|take|sit|wear|move|step|signal|request|call|stop)\b.*\bwill\b"
)
"""What the child may do, with what someone will then do."""
PURPOSE = re.compile(
    r"(?<!able )\b(?:to|so as to|in order to)\s+(?:help|support|assist|enable|promote|encourage|ensure|build|develop|improve|facilitate)\b"
)
MAY = re.compile(r"\b(?:will|shall|should|must|may|might|could|can|is|are|needs?|requires?|receives?|has|have)\b")
NAMED_NOUN = re.compile(
    r"(?<!['\w])([\w-]+)[ -](?:programmes?|interventions?|training|groups?|class(?:es)?|club|lessons?|sessions?|package|diet|plan|exercises)\b"
)
HELPED_TO = re.compile(
    r"\b(?:help|helps|support|supports|assist|assists)\s+(?!(?:in|with|for|at|and|or|on|from|of|to|across|during|around)\b)(?!\w+(?:ed|ly)\b)[\w'-]+\s+(?:to\s+)?([a-z-]+)\b"
)
HELPED_WITH = re.compile(
    r"\b(?:help|helps|support|supports|assist|assists)\s+(?:[\w'-]+\s+){1,2}?(?:with|in)\s+(?:(?:his|her|their|the|all|some)\s+)*([a-z-]+)(?:\s+([a-z-]+))?"
)
IDLE = re.compile(
    r"\b(?:be|is|are)\s+(?:\w+ly\s+)?(?:available|assigned|allocated|attached|on hand|on call|deployed|in place|there|shared|provided|present|employed|funded)\b"
)
"""A person who is only there: nothing is said of what they do."""
OPENING = re.compile(
    r"\s*(?:following|after|once|when|where|as part of|due to|because of|given|in line with|in the light of|based on|on completion of|subject to)\b[^,]*,"
)
CLASS_CAP = re.compile(
    r"\b(?:class|classes|lessons?)\b[^.;]{0,40}?\b(?:limited to|capped at|(?:hold|contain|have|be|number)s?\s+(?:no more than|at most|fewer than|up to|a maximum of))"
    r"\s+[\w-]+\s+(?:pupils|children|students|learners)\b"
)
THERAPY = re.compile(r"\b[a-z]{3,}therapy\b")
THING_WORK = re.compile(
    r"[\w'-]*\s+(?:lessons?|sessions?|training|practice|work|instruction|skills|teaching|tables?)\b"
)
ARRANGES = r"(?:supply|provide|buy|purchase|fit|fund|loan|issue|give|pay|lend|install|have|keep|place|put|set|bring|fetch|arrange|ensure|make|hand|order|hire|use|wear|need|be|seat|print)"
BY_DOING = re.compile(
    r"(?:,|\bby)\s+(?!(?:help|support|assist|ensur|promot|encourag|enabl|meet|develop|build|improv|giv|provid|be|hav|us|includ|mak|fund|allow|permit)ing\b)[a-z]+ing\s+(?:him|his|her|their|them|the|each|every|all|what|an?)\b"
)
"""How a person helps: "recording his results for him"."""
WORKS = re.compile(rf"\s+(?:will|shall|must)\s+(?:\w+ly\s+)?(?!{ARRANGES}\b)[a-z]+")
HELPED_TO_DO = re.compile(
    r"\b(?:(?:help|helps|support|supports|assist|assists)\s+[\w'-]+|encouraged|helped|supported|assisted)\s+to\s+([a-z-]+)\b"
)
OF_A_ROOM = re.compile(r"\s+(?:rooms?|spaces?|areas?|blocks?|corners?|base)\b")
UPKEEP = re.compile(r"maintain|servic|repair|kept up|in (?:repair|working|good)|look(?:s|ed)? after")
"""What a supplier does for a thing and not with the child."""
NAME = re.compile(r"[A-Z][a-z]+\b")
LEFT_OVER = ("small", "goal", "heading", "system", "allowing")
SEEN = re.compile(r"\b(?:sessions?|appointments?|consultations?|slots?)\b")


@dataclass(slots=True)
class Reading:
    """What was found in one provision."""

    start: int
    end: int
    flat: str
    time: Time
    jobs: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    not_a_job: bool = False
    supplier: bool = False
    weak: tuple[Mark, ...] = ()
    kinds: frozenset[str] = frozenset()
    equipment: bool = False
    class_size: bool = False
    what: bool = False
    plain_may: bool = False
    conditions: tuple[tuple[int, int], ...] = ()
    names: frozenset[str] = frozenset()
    fitted: bool = False


class Reader:
    """Reads provisions; made once from the word data."""

    def __init__(self, data: WordData) -> None:
        """Take the word lists."""
        self.clock = Clock(data.numbers, data.units, data.when)
        self.conditions = Conditions(data.what, data.who["heads"])
        # One index for every list: a sentence is gone through once.
        self._lists = Phrases(
            [
                *((says, f"weak {entry.kind}", entry) for entry in data.weak for says in entry.says),
                *(
                    (word, id_, None)
                    for id_, group in data.what.items()
                    if id_ not in LEFT_OVER
                    for word in group.words
                ),
                *((word, "not_a_job", None) for word in data.who["not_a_job"].words),
            ]
        )
        self.headings = frozenset(data.what["heading"].words)
        self._small = _set(data.what["small"].words)
        self._goal = _set(data.what["goal"].words)
        heads = _any(data.who["heads"].words)
        named = _any(data.who["heads_with_name"].words)
        self._modifiers = frozenset(data.who["modifiers"].words)
        of_what = _any(data.who["of_what"].words)
        self._head = re.compile(
            rf"\b(?:(?P<of>{of_what})|(?P<head>{heads}|[a-z]{{3,9}}(?:therapist|ologist)s?)|(?P<named>{named}))(?![\w-])"
        )
        self.pairs = re.compile("|".join(map(re.escape, sorted(data.who["pairs"].words, key=len, reverse=True))))
        suppliers = _any(data.who["suppliers"].words)
        self._agents = Agents(data.who)
        self._supplier = re.compile(
            rf"\b{SUPPLIED}(?:\s+(?:in|on|at|for|to|into)\b[^,;.]{{0,40}}?)?\s+by\s+{suppliers}\b|\b{suppliers}\s+(?:(?:will|shall|must|to)\s+(?:\w+ )?{SUPPLIES}|supplies|provides|buys|pays for|funds|lends|has bought)\b"
        )

    def read(self, text: str, flat: str, start: int, end: int) -> Reading:
        """Read the provision between two places of a text."""
        part = without_adjunct(flat[start:end])
        made = Reading(start, end, part, self.clock.read(part))
        taken = list(made.time.spans)
        found = list(self._lists.find(part))
        self._who(text[start:end], made, taken, [(a, b) for a, b, kind, _ in found if kind == "not_a_job"])
        weak = [Mark(a, b, thing.kind, thing) for a, b, _, thing in found if isinstance(thing, Weak)]
        made.weak = tuple(
            mark
            for mark in weak
            if not _inside((mark.start, mark.end), made.time.spans) or (mark.weak and mark.weak.undoes)
        )
        marks = [Mark(a, b, kind) for a, b, kind, thing in found if thing is None and kind != "not_a_job"]
        self._what_kind(text[start:end], part, made, marks, taken)
        made.names = frozenset(name.lower() for name in NAME.findall(text, start + 2, end)) - self._modifiers
        made.conditions = tuple(self.conditions.find(part, made.names))
        modal = MAY.search(part)
        made.plain_may = bool(
            modal
            and modal.group() in ("may", "might", "could")
            and not re.search(r"\b(?:which|that)\s+[\w-]+\s*$", part[: modal.start()])
            and not MAY_GO.match(part)
            and not re.match(r"\s*no\s+(?:\w+\s+)?$", part[: max(modal.start(), 1)])
            and not (
                modal.group() == "may"
                and re.search(
                    r"\d(?:st|nd|rd|th)?\s+$|\b(?:in|by|of|each|every|from|until|to|and)\s+$", part[: modal.start()]
                )
            )
        )
        return made

    def _who(self, text: str, made: Reading, taken: list[tuple[int, int]], not_jobs: list[tuple[int, int]]) -> None:
        part = made.flat
        jobs: list[str] = []
        authors: list[str] = []
        for hit in self._head.finditer(part):
            if hit.group() in DOING and DOES.search(part[: hit.start()]):
                continue
            start = self._back(part, hit.start())
            if any(a <= hit.start() and hit.end() <= b for a, b in not_jobs):
                continue
            if hit["named"] and not self._is_named(part, start, hit):
                continue
            taken.append((start, hit.end()))
            name = part[start : hit.end()]
            (authors if AUTHOR.search(part[:start]) else jobs).append(name)
        for begin, end in self._agents.find(text, part) if not jobs else ():
            if not _inside((begin, end), [*taken, *not_jobs]):
                begin = self._back(part, begin)
                taken.append((begin, end))
                (authors if AUTHOR.search(part[:begin]) else jobs).append(part[begin:end])
        taken.extend(not_jobs)
        made.jobs, made.authors, made.not_a_job = tuple(jobs), tuple(authors), bool(not_jobs)
        supplied = self._supplier.search(part)
        made.supplier = bool(supplied)
        made.fitted = bool(supplied and FITTED.search(supplied.group()))

    def _is_named(self, part: str, start: int, hit: re.Match[str]) -> bool:
        """Whether "worker", "team" or "OT" stands with a word that says which, or plainly does something."""
        if hit["named"] in ("ta", "tas", "ot", "salt", "slt", "ep", "lead", "head"):
            before = part[:start].split()
            does = re.match(r"\s+(?:will|shall|should|to)\b", part[hit.end() :])
            return (
                start < hit.start()
                or bool(does)
                or bool(before and before[-1] in ("a", "an", "the", "by", "qualified", "from", "with"))
            )
        if start < hit.start():
            return True
        words = part[:start].split()
        return (
            bool(words)
            and words[-1] not in self._small
            and words[-1] not in ("key", "familiar", "trusted")
            and words[-1].isalpha()
        )

    def _back(self, part: str, start: int) -> int:
        """Where a job's name begins, with the words before its head that belong to it."""
        for token in reversed([*TOKEN.finditer(part, max(0, start - 60), start)]):
            word = token.group()
            if part[token.end() : start].strip(" -/,") or "," in part[token.end() : start]:
                break
            if word not in self._modifiers and not all(piece in self._modifiers for piece in word.split("-")):
                break
            start = token.start()
        while part.startswith("and ", start):
            start += 4
        return start

    def _what_kind(self, text: str, part: str, made: Reading, marks: list[Mark], taken: list[tuple[int, int]]) -> None:
        purpose = PURPOSE.search(part)
        opening = OPENING.match(part)
        first = part.find(",") if re.match(r"\s*(?:in order )?to\s", part) else opening.end() if opening else -1
        hollow = [(mark.start, mark.end) for mark in marks if mark.kind == "empty"]
        free = [
            mark
            for mark in marks
            if not _inside((mark.start, mark.end), taken)
            and mark.start > first
            and not (mark.kind in ("activity", "deed") and OF_A_ROOM.match(part, mark.end))
            and not (mark.kind == "activity" and _inside((mark.start, mark.end), hollow))
        ]
        hollow_programme = any(mark.kind == "programme" for mark in marks)
        made.kinds = (
            frozenset(mark.kind for mark in free)
            | ({"activity"} if hollow_programme else set())
            | {mark.kind for mark in marks if mark.kind in ("qualified", "profession", "review")}
        )
        activity = "activity" in made.kinds or ("therapy" in part and bool(THERAPY.search(part)))
        empty = [
            mark
            for mark in free
            if mark.kind == "empty" and not (purpose and mark.start >= purpose.start() and purpose.start() > 12)
        ]
        things = [
            part[mark.start : mark.end]
            for mark in free
            if mark.kind == "equipment" and not part[mark.end :].lstrip().startswith(made.jobs or (" ",))
        ]
        made.equipment = bool(things) and not (made.jobs and set(things) <= {"equipment"})
        if made.equipment:
            worked = any(mark.kind == "equipment" and THING_WORK.match(part, mark.end) for mark in free)
            deed = any(mark.kind == "deed" and not (made.supplier and UPKEEP.match(part, mark.start)) for mark in free)
            made.equipment = not (worked or deed or self._works(part, made))
        made.class_size = bool(CLASS_CAP.search(part) and not made.time.lengths) or (
            "class_size" in {mark.kind for mark in marks} and not made.time.lengths
        )
        made.fitted = made.fitted or (made.supplier and not made.kinds & {"activity", "empty", "programme", "deed"})
        if made.equipment:
            generic = set(things) <= {"equipment", "sensory tools"}
            example = any(mark.kind == "example" for mark in made.weak)
            made.what = not (generic or example)
        elif made.class_size:
            made.what = made.time.people is not None
        elif activity or "place" in made.kinds or (made.jobs and "profession" in made.kinds and SEEN.search(part)):
            made.what = True
        elif made.jobs and IDLE.search(part):
            made.what = False
        elif empty:
            made.what = self._rescued(part, made, taken, first)
        else:
            # A person with a job and a full amount says enough: "ten hours a week of teaching assistant time".
            full = bool(made.jobs) and made.time.often and made.time.long
            made.what = full or self._named(part, made, taken, first) or self._content(part, text, made, taken, first)

    def _named(self, part: str, made: Reading, taken: list[tuple[int, int]], first: int) -> bool:
        """Whether a programme, group or the like has a name or a subject before it: "maths group", "social skills programme"."""
        cover = [*taken, *((mark.start, mark.end) for mark in made.weak)]
        return any(
            hit.start() > first and hit[1] not in self._small and not _inside(hit.span(1), cover)
            for hit in NAMED_NOUN.finditer(part)
        )

    def _rescued(self, part: str, made: Reading, taken: list[tuple[int, int]], first: int) -> bool:
        """Whether an empty word stands with enough to say what is done: a named programme, or a job with a full amount."""
        if self._named(part, made, taken, first):
            return True
        helped_to = HELPED_TO_DO.search(part)
        if (
            helped_to
            and helped_to.start() > first
            and helped_to[1] not in self._goal
            and helped_to[1] not in ("be", "have", "do")
        ):
            return True
        helped = HELPED_TO.search(part)
        if (
            helped
            and helped.start() > first
            and helped[1] not in self._small
            and helped[1] not in self._goal
            and not _inside(helped.span(1), [*taken, *((m.start, m.end) for m in made.weak)])
        ):
            return True
        if "hollow" in made.kinds:
            return False
        if made.jobs and BY_DOING.search(part):
            return True
        if made.time.lengths and (re.search(r"\badult (?:support|help|time)\b", part) or self._says(*_helped_in(part))):
            return True
        if made.jobs and (made.time.often or made.time.long) and re.search(r"\bvisits?\b", part):
            return True
        helped = HELPED_WITH.search(part)
        if helped and made.jobs and helped.start() > first and self._says(helped[1], helped[2]):
            return True
        full = bool(made.jobs) and made.time.often and made.time.long
        verb = re.search(r"\b(?:will|shall|should|to)\s+(?:support|help|assist)\s+[\w'-]+", part)
        return full and (not verb or bool(re.match(r"\s+(?:with|in|to|on|during|throughout)\s", part[verb.end() :])))

    def _says(self, *words: str | None) -> bool:
        """Whether any of the words has a meaning of its own."""
        return any(word and word not in self._small and word not in self._goal for word in words)

    def _works(self, part: str, made: Reading) -> bool:
        """Whether a person does more with a thing than bring it: "the adviser will set up and mend his laptop"."""
        return any(WORKS.match(part, part.find(job) + len(job)) for job in made.jobs)

    def _content(self, part: str, text: str, made: Reading, taken: list[tuple[int, int]], first: int) -> bool:
        """Whether any word is left that says something, when small words, people, times and names are taken away."""
        cover = [*taken, *((mark.start, mark.end) for mark in made.weak)]
        for token in TOKEN.finditer(part):
            word = token.group().removesuffix("'s")
            if (
                token.start() <= first
                or word in self._small
                or word in self._goal
                or word[0].isdigit()
                or word[0] == "£"
            ):
                continue
            if _inside(token.span(), cover) or _is_name(text, token.start(), part):
                continue
            return True
        return False


def _is_name(text: str, start: int, part: str) -> bool:
    """Whether a word with a capital is likely the child's name: it begins the sentence before a verb, or owns something."""
    if not text[start : start + 1].isupper():
        return False
    after = TOKEN.match(text, start)
    rest = part[after.end() :].lstrip() if after else ""
    word = after.group() if after else ""
    return (
        bool(re.match(r"(?:will|shall|should|needs?|requires?|has|is|would|may|to|receives?|can)\b", rest))
        or word.endswith(("'s", "’s"))
        or bool(
            re.search(
                r"\b(?:support|help|with|to|for|see|meet|of|give|assist|around|between|about|by|alongside|beside|after)\s+$",
                part[:start],
            )
        )
    )


def _helped_in(part: str) -> tuple[str | None, ...]:
    """The words that tell with what help is given: "ten hours of support with reading"."""
    hit = re.search(r"\b(?:support|help|assistance)\s+(?:with|in)\s+(?:(?:his|her|their|the)\s+)?([a-z-]+)", part)
    return (hit[1],) if hit else ()


def _inside(words: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    start, end = words
    return any(a <= start and end <= b for a, b in spans)


def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.replace("*", "") for word in words) | {
        word.replace("*", "s") for word in words if "*" in word
    }


def _any(words: tuple[str, ...]) -> str:
    return (
        "(?:"
        + "|".join(
            pattern(word).replace(r"(?![\w-])", "").replace(r"[\w'-]*", "s?")
            for word in sorted(words, key=len, reverse=True)
        )
        + ")"
    )
