"""Splitting a sentence into its provisions, so that the weakest can decide."""

import re

STOP = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!etc)(?<!\b[a-z])[.;](?=\s|$)|;|\n|•")
JOIN = re.compile(
    r",?\s+(?:and|while|whilst|but|plus|as well as|in addition to|together with|along with|alongside|besides|on top of|with)\s+(?!/)"
)
WORD = r"[\w'/%-]+"
OWN_CLAUSE = re.compile(
    rf"(?:{WORD}\s+){{1,8}}?(?:will|shall|should|may|might|must|can|could|is|are|to be|would|has|have|gets|receives)\b"
)
RELATIVE = re.compile(
    r"(?:(?:the|its) (?:aim|purpose|goal|target|focus)\b|each time|every time|on each occasion|which|who|that|whom|whose|in which|how|what|when|where|if|because|so that|to)\b"
)
MODAL = re.compile(r"\b(?:will|shall|should|may|might|must|can|could|is|are|to be|would|needs|requires|receives|has)\b")
SAME_WILL = re.compile(r"(?:will|shall|should|may|can|could)\s")
OTHER_DEED = re.compile(
    r"\w+\s+(?:also\s+|then\s+)?(?:show|train|support|help|provide|be supported|be helped|access)\b"
)
OFTEN = re.compile(
    r"\b(?:each|every|daily|weekly|fortnightly|monthly|termly|a day|a week|a fortnight|a month|a term|per \w+)\b"
)
BARE = re.compile(
    r"(?:work|read|practise|run|lead|teach|meet|train|play|rehearse|help|support|talk|hear|check|visit|see|observe|give|deliver|do|make|model"
    r"|coach|advise|phone|ring|write|send|update|join|attend|spend|sit|show|provide|hold)\s+(?!it\b|them\b|this\b)"
)
REPEATED = re.compile(
    r"\b(?:each|every|daily|weekly|fortnightly|monthly|termly|(?:a|per)\s+(?:day|week|fortnight|month|term|year)|on\s+(?:mon|tues|wednes|thurs|fri)days)\b"
)
OPEN_CONDITION = re.compile(r"\b(?:if|unless|provided|providing|as long as|so long as|assuming)\b[^,;]*$")
THING = re.compile(
    r"\b(?:group|programme|therapy|sessions?|support|training|interventions?|tuition|mentoring|counselling|club|help"
    r"|advice|input|strategies|work|activities|resources|equipment|adaptations|encouragement|praise|reassurance|lessons|teaching|therapies|practice|games|exercises|guidance|monitoring|visits)\b"
)
NUMBERED = re.compile(r"\b(?:\d+|minutes?|hours?|half an hour|weekly|daily|fortnightly|each|every|all|termly)\b")
TIMED = re.compile(r"\b(?:minutes?|mins?|hours?|hrs?)\b")
PEOPLE = re.compile(r"\b(?:pupils?|children|peers?|friends?|classmates?|parents?|teachers?|assistants?|others|tas?)\b")
SUBORDINATE = re.compile(r"\b(?:until|when|which|that|who|if|before|after|so|because|where|how|what|while)\b")
NEW_THING = re.compile(
    r"(?:an?|some|suitable|relevant|other|additional|further|extra|regular|access|his|her|their|weekly|daily|small|ongoing|appropriate|opportunit\w+|support|help|advice|input)\b"
)
VAGUE_MORE = re.compile(
    r"(?:some|additional|further|extra|other|ongoing|regular|occasional|access|opportunit\w+|support|help|advice|input|appropriate|daily|weekly)\b"
)
"""How a promise of something more begins that gives no amount of it."""
ASSURED = re.compile(
    r"(?:no|none|neither|nothing|nobody|never|not)\b|(?:any|every|each)\s+(?:[\w-]+\s+){0,3}?(?:missed|lost|cancelled|that is missed)\b"
    r"|cover\s+(?:will|is|shall)\b|(?:another|a different|a second)\b.*\b(?:do so|cover|stand in|step in|take (?:it|over|(?:his|her|their|the) place))\b"
    r"|(?:an?|the)\s+(?:[\w-]+\s+){0,2}?(?:replacement|substitute|stand-in)\b|(?:this|it)\s+(?:will|shall|must|may)\s+not\b"
)
"""What only makes sure of the promise before it: what is missed is made up, somebody takes over, nothing is cut."""
PROMISES = re.compile(r"\b(?:will|shall|must|should|to be)\b")
WHOLE = re.compile(
    r"\b(?:every|each|all)\s+(?:[\w-]+\s+)?(?:lessons?|day|breaks?|times?|class(?:es)?|sessions?)\b|\bthroughout\b|\bfull[- ]time\b"
)
ONLY_TELLS = re.compile(
    r"\s*(?:(?:who|by whom|how often|how long|frequency|duration|length|when|delivered by|staffing|person|amount|time)\s*:"
    r"|(?:[\w½-]+\s+){0,3}?(?:minutes?|mins?|hours?|daily|weekly|fortnightly|termly|(?:times\s+)?(?:a|per|each|every)\s+(?:day|week|fortnight|month|term))\s*$)"
)
"""A piece of a sentence that tells only who, how often or how long."""
ADJUNCT = re.compile(r"\s*(?:in addition to|as well as|on top of|besides|over and above|apart from|alongside)\s")
MAIN = re.compile(r"(?<=, )(?:[\w'-]+\s+){1,5}?(?:will|shall|must|is to|are to)\b")
DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b")
BESIDES = ("plus", "as well as", "in addition to", "together with", "along with", "alongside", "besides", "on top of")
HEADLESS = ("with",)


def split(text: str, pairs: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where each provision of the flat text begins and ends; ``pairs`` finds names that hold an "and" of their own."""
    text = pairs.sub(lambda hit: hit.group().replace(" and ", "_and_"), text)
    parts: list[tuple[int, int]] = []
    begin = 0
    stops = [*(hit.start() for hit in STOP.finditer(text)), len(text)]
    for number, stop in enumerate(stops):
        if number + 1 < len(stops) and ONLY_TELLS.match(text, stop + 1, stops[number + 1]):
            continue  # "Phonics; 20 minutes; daily" is one provision, told in pieces
        if text[begin:stop].strip(" .;•\n-"):
            parts.extend(_joined(text, begin, stop))
        begin = stop + 1
    return parts


def _joined(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    parts = []
    for hit in JOIN.finditer(text, begin, stop):
        if _splits(text[begin : hit.start()], text[hit.end() : stop], hit.group().strip(" ,"), "," in hit.group()):
            parts.append((begin, hit.start()))
            begin = hit.end()
    return [*parts, (begin, stop)]


def _splits(left: str, right: str, word: str, comma: bool) -> bool:
    """Whether a joining word starts a new provision: its own subject and verb, or a further thing without an amount."""
    if word in HEADLESS:
        return comma and bool(VAGUE_MORE.match(right)) and not PEOPLE.search(right) and _is_more(left, right)
    if RELATIVE.match(right) or ASSURED.match(right) or len(left.split()) < 3:
        return False
    if DAY.match(right) and DAY.search(left[-12:]):
        return False  # "on Tuesday and Friday"
    if "of which" in left:
        return False  # the shares of an amount, not promises of their own
    if word in ("while", "whilst") and re.match(r"(?:he|she|they)\b", right):
        return False  # "while he is out of school" says when, and promises nothing new
    if word in ("while", "whilst") and not PROMISES.search(right):
        return False  # "while the others are at assembly"
    if OPEN_CONDITION.search(left):
        return False  # "if she has room and funding is agreed": one condition
    own = OWN_CLAUSE.match(right)
    if own and (MODAL.search(left) or TIMED.search(left)):
        return not (_listing(right[: own.end()]) or _two_subjects(left))
    if BARE.match(right) and REPEATED.search(right) and REPEATED.search(left):
        return True
    if SAME_WILL.match(right):
        return bool(OTHER_DEED.match(right) or (OFTEN.search(right) and OFTEN.search(left)))
    joined = comma or word in BESIDES
    if joined and THING.search(right) and (word in BESIDES or NEW_THING.match(right)) and not NUMBERED.search(right):
        return len(right.split()) <= 9 and not PEOPLE.search(right) and _is_more(left, right)
    return bool(
        re.match(
            r"(?:daily|weekly|fortnightly|monthly|termly|regular|ongoing)\s+[\w-]+(?:\s+[\w-]+)?\s*$"
            r"|an?\s+(?:[\w-]+\s+){0,2}(?:lesson|session|group|club|programme|class)\s*$",
            right,
        )
    ) and _is_more(left, right)


def _is_more(left: str, right: str) -> bool:
    """Whether something more is promised, without a time of its own, beside a provision that has one."""
    return bool(TIMED.search(left) or WHOLE.search(left)) and not (TIMED.search(right) or MODAL.search(right))


def _two_subjects(left: str) -> bool:
    """Whether the words after the last comma are only the first of two subjects: "…, the frequency and length to be agreed"."""
    tail = left.rpartition(",")[2].split() if "," in left else []
    return (
        0 < len(tail) <= 3
        and tail[0] in ("the", "a", "an", "his", "her", "their", "its", "with")
        and not MODAL.search(" ".join(tail))
    )


def _listing(subject: str) -> bool:
    """Whether what looks like a new subject only goes on: a list, or a verb with "until she is …" behind it."""
    return "," in subject or bool(SUBORDINATE.search(subject))


def without_adjunct(part: str) -> str:
    """The provision with what it comes on top of blanked out: "In addition to the daily number lesson, which lasts 25 minutes, …"."""
    opening = ADJUNCT.match(part)
    if opening is None:
        return part
    main = MAIN.search(part, opening.end())
    return " " * main.start() + part[main.start() :] if main else part
