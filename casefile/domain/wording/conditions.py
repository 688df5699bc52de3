"""Conditions that hang on the school, the service or money, and not on the child: "assuming that enough staff are in"."""

import re
from collections.abc import Mapping

from casefile.domain.wording.model import Group

DOUBT = r"(?:if|unless|assuming|provided|providing|subject to|depending|dependent|contingent|as long as|so long as|except|only|on condition|on the (?:basis|understanding|assumption|proviso)|bar|barring|(?<!to )save|apart from|other than|excepting|in the event|in case|(?<=, )should|^\s*should|(?:but )?not (?:in|on|during|when))"
TIME = r"(?:when|where|whenever|wherever|while|whilst|until|as soon as|once|after|as)"
CLAUSE = r"(?:\s+(?:and|or)\s+(?:when|if|where|as))?\b(?P<clause>[^,;.]*)"

ORGAN = (
    r"(?:service|team|clinic|council|panel|local authority|authority|governors|trust|funding|funds?|budget|grant|contract"
    r"|project|pilot|provider|agency|commissioners?|department|head ?teacher|senco|sendco|management|school leaders?)"
)
DENIED = re.compile(r"\b(?:no|not|never|none|nor)\b[^,;.]*$")
EVEN = re.compile(r"\b(?:even|including|also|whether or not|regardless of)\s+(?:on days\s+)?$")
EVENT = re.compile(
    r"\s*(?:the|a|an|any)?\s*(?:[\w-]+\s+)?(?:trip|outing|visit|drill|exam|test|assembly|bank holiday|holiday|inset day|lesson|alarm)\b"
)
TAKEN_BACK = re.compile(
    # help that may be called off: "but may be redeployed", "on busy days this will be missed"
    r"\b(?:may|might|can|could|will|would)\s+(?:(?:also|then|sometimes|occasionally|at times|on occasion)\s+)?(?:(?:need|have)\s+to\s+)?(?:be|get)\s+"
    r"(?:(?:temporarily|sometimes|occasionally)\s+)?(?:cancelled|withdrawn(?! from\b)|missed|dropped(?! (?:off|at|home))|postponed|suspended|paused|shortened|curtailed|cut(?! (?:up|out|into))|scaled|phased out"
    r"|discontinued|halved|skipped|redeployed|reassigned|reallocated|called away|used elsewhere|moved elsewhere|given up)\b"
    r"|\b(?:may|might|can|could)\s+(?:have to|need to)\s+(?:miss|cover|leave|stop|help|cancel|assist)\b"
    # only an attempt: "will do its best", "every effort will be made"
    r"|\b(?:do|does|doing)\s+(?:its|their|his|her|our|the)\s+(?:very\s+)?best\b|\b(?:make|makes|making)\s+(?:every|all reasonable|all)\s+efforts?\b"
    r"|\bevery (?:reasonable )?effort\b|\ball reasonable (?:steps|efforts)\b|\bas best\b"
    r"|\b(?:less|minus|except for|save for) any (?:\w+ )?(?:time|times|days?|sessions?|lessons?|weeks?|minutes|hours)\b[^.;]*"
    r"|\b(?:not|cannot be|can't be) (?:guaranteed|promised|assured)\b|\b(?:may|might|could) (?:not (?:always |necessarily )?(?:happen|take place|run|occur|be|come|go)|be (?:less|fewer|shorter))\b|\bno guarantee\b|\bis (?:anticipated|expected|envisaged|proposed|assumed|planned|likely) (?:that|to)\b"
    r"|\breserves? the right\b|\bfree to (?:reduce|end|stop|change|alter|vary|withdraw)\b|\bfailing which\b|\bbearing in mind\b|\bwithin (?:the )?(?:limits|limit|constraints) of\b|\bwithin (?:[\w']+ ){0,3}?existing\b|\b(?:may|might|can|could)\s+(?:also\s+)?(?:alter|change|vary|withdraw|cancel|reduce|stop|suspend|shorten)\s+(?:it|this|these|them|the|his|her|their)\b"
    r"|\b(?:tapering|fading|tapered|phasing|phased|weaned|weaning|diminishing|reducing|decreasing|stepping down|dropping)\s+(?:off|out|down|over|as|away|to|each|by|gradually)\b|\bwith a view to (?:fading|reducing|phasing|withdrawing|removing|ending)\b"
    # somebody's leave is needed
    r"|\b(?:with|at|by|on)\s+(?:the\s+)?(?!(?:his|her|their)\b)(?:(?!parent|mother|father|family)[\w']+\s+){1,3}(?:agreement|permission|approval|consent|say-so)\b(?! of (?:his|her|their) (?:parent|mother|father))"
    r"|\b(?:when|if|where|as)\s+(?:s?he|they|it|the school|the team|staff)\s+can(?=\s*(?:[,;.]|$))|\bif\s+(?:none|no one|nobody|no-one|there (?:is|are) (?:no|none|nobody|enough|someone|a))\b[^,;.]*"
    # or less than is said: "or whatever the school can manage"
    r"|\bor\s+(?:else\s+)?(?:whatever|whichever|however|as (?:much|many|often|near|close|long)|(?:for )?(?:less|fewer)(?=\s+(?:often|frequent\w*|time|if|when|where|should)\b)|not at all|when(?:ever)? it can|a shorter)\b"
)
UNTIL = re.compile(
    rf"\buntil\s+(?:such time as\s+)?(?:the|its|their|an?)?\s*(?:[\w-]+\s+){{0,2}}{ORGAN}\b[^,;.]*"
    r"|\buntil\s+(?:such time as\s+)?(?:the|his|her|their)\s+(?:school|college|setting|therapist|teacher)\s+(?:is|are|can|cannot|decides?|considers?|judges?|feels?|thinks?|discharges?|agrees?|chooses?|needs?|sees?)\b[^,;.]*"
    r"|\buntil\s+(?:such time as\s+)?(?:discharged?|it (?:is|can be) (?:withdrawn|handed|reduced|replaced))[^,;.]*"
)
UNTIL_ANY = re.compile(r"\buntil\b(?P<clause>[^,;.]*)")
WORKER_AWAY = (
    r"(?:is|are|has|have|was)\s+(?:been\s+)?(?:not\s+)?(?:absent|away|off|ill|sick|busy|unavailable|available|able|unable|willing|free|released|oversubscribed|overstretched|double-booked|on leave|on a course|out of school"
    r"|in school|on site|in the building|on duty|in post|appointed|found|recruited|trained|covering|needed|required|wanted|left)\b"
)
JUDGES = r"(?:is|are)\s+(?:satisfied|content|happy|willing|in agreement|persuaded|sure)\b|\b(?:feels?|thinks?|considers?|agrees?|decides?|judges?|believes?|deems?|approves?|wishes|chooses|consents?|permits?|allows?|sees? fit)\b"
OF_CHILD = re.compile(r"^\s*(?:he|she|they|it|(?:his|her|their)\s+(?:mother|father|parents?|mum|dad|carers?|family))\b")

POSSIBLE = re.compile(
    r"\b(?:if|where|when|wherever|whenever|as far as|so far as|insofar as|in so far as|inasmuch as)\b[^,;.]{0,40}\b(?:possible|practicable|practical|feasible|workable|viable)\b"
    r"|\b(?:if|where|when|wherever|whenever|as)\s+(?:it is\s+|this is\s+)?(?:considered|deemed|felt|thought|judged|seen|found|believed)\b[^,;.]*"
    r"|\b(?<!for help )(?:if|when|where|should)\s+(?:s?he|they|the (?:child|pupil))\s+(?:needs?|requires?)\s+(?:it|this|help|support)\b"
    r"|\b(?:if|when|where|whenever)\s+there\s+is\s+(?:enough |sufficient )?(?:time|space|room|capacity|cover|money|funding|staff)\b"
    r"|\b(?:when|if|unless|where|except when|save when|on days when)\s+(?:s?he|they)\s+(?:is|are|has been|have been)\s+(?:not\s+)?(?:already\s+|otherwise\s+|also\s+)?(?:needed|committed|engaged|occupied|covering|on (?:\w+ )?(?:duty|course|leave|training|sick)|training|trained|busy|spared|released|called|redeployed|teaching)\b"
    r"|\b(?:when|if|where)\s+(?:not\s+(?:needed|required|wanted)|(?:the\s+)?other (?:pupils|children|classes)\s+(?:do|does|are|is)\s+not\s+(?:need\w*|requir\w*))\b"
)
HANGS = re.compile(
    r"\b(?:depending|dependent|depends|contingent|conditional)\s+(?:up)?on\b(?P<clause>[^,;.]*)"
    r"|(?:^\s*|,\s|(?:days?|weeks?|mornings?|afternoons?|lessons?|terms?|minutes|hours?|fortnight)\s)(?:provided|providing|assuming|on (?:the )?condition)\s+(?!by\b|for\b|with\b|to\b|in\b|on\b|at\b|from\b|through\b)(?:that\s+)?(?P<if>[^,;.]*)"
    r"|\b(?:except|(?<!to )save|bar|barring|apart from|excepting|with the exception of|other than|(?:but|though|although|albeit)\s+not\s+(?:always|every)?)\s*(?:when|where|on|in|during|at|for)?\s+(?P<but>[^,;.]*)"
)
CALENDAR = re.compile(
    r"\b(?:holidays?|weekends?|bank|inset|half[- ]term|last day|first day|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|christmas|easter|summer|ill|illness|unwell|hospital|appointments?|exams?|trips?|assembly|assemblies|pe|swimming)\b"
)
HOW_CHILD = re.compile(
    r"\s*(?:how|what|which|whether|when|where|those|days|the days|on|in|for)*\s*(?:[\w-]+\s+)?(?:when\s+)?(?:s?he|they|his|her|their|him|it)\b"
)

DATED = re.compile(r"until\s+[^,;.]*?\b(?:birthday|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|(?:19|20)\d\d)\b")
"""A day of the calendar or a birthday ends the help: that is a term and no condition."""
SAFEGUARD = re.compile(
    r"\b(?:made (?:up|good)|makes? (?:up|good)|caught up|re-?arranged|re-?booked|stands? in|steps? in|takes? over|replaced?|replacement|in (?:his|her|their) (?:place|stead)"
    r"|another (?:[\w-]+ ){0,3}?(?:will|shall|must)|(?:a|the) (?:second|deputy|named|other|relief|cover) (?:[\w-]+ ){0,3}?(?:will|shall|must))\b"
)
"""What happens instead when somebody is away: nothing is lost."""
AWAY = re.compile(r"\b(?:is|are|was|has been|being)\s+(?:absent|away|off|ill|sick|unwell|on leave|on a course|out of school|cancelled|missed|late|closed|broken|lost|faulty)\b|\b(?:fails|breaks)\b")
HARD = re.compile(r"\b(?:staff\w*|fund\w*|budget\w*|resourc\w*|capacity|caseloads?|rotas?|cover|vacanc\w*|recruit\w*|contracts?|grants?|posts?|panel|council|authority|services?|trust|provider|availab\w*|free|spared?|released?|agree\w*|approv\w*|permit\w*|allow\w*|needed|room|places?)\b")
"""Words that make a clause about the child hang on the system all the same."""
SHORT_OF = re.compile(r"\b(?:complement|full strength|fully staffed|staffing|recruit\w*|vacanc\w*|(?:has|have|is|are) (?:been )?(?:appointed|employed|hired|funded|filled|commissioned|agreed|approved|signed off))\b")
"""What must first be found or agreed before anything begins."""

RARE = re.compile("permitting|allowing|depending|being|only")
CALLED_OFF = re.compile(
    "any |anticip|expected|envisag|proposed|assumed|planned|likely|cancel|withdrawn|missed|dropped|postpon|suspend|paused|shorten|curtail|cut|scaled|discontin|halved|skipped|redeploy|reassign|realloc|called away|elsewhere|given up|have to|need to|best|effort|steps|guarant|promised|assured|may |might |could |can|right to|free to|failing|bearing|within"
    "|tap|fad|phas|wean|diminish|reduc|decreas|stepping|dropping|a view|agreement|permission|approval|consent|say-so|if no|if there|or (?:else|what|which|how|as|less|few|for|not|when|a )"
)
OPENERS = re.compile(
    r"\b(?:if|unless|when|where|while|whil|until|as|once|after|so|such|far|in(?:sofar|asmuch|\s+(?:so|the\s+event|case))|assum|provid|subject|depend|conting"
    r"|condition|except|only|on\s+(?:the|days|condition)|should|not|though|although|albeit|save|bar|apart|other\s+than|with\s+the\s+exception)"
)
"""A look for the words that may open such a clause spares most sentences the longer patterns."""
ONLY = re.compile(r"\bonly\s+(?:if|when|where)\b(?!\s+(?:he|she|they)\b)[^,;.]*")


class Conditions:
    """Finds clauses that hang on the system; made once from the word lists ``system`` and ``allowing``."""

    def __init__(self, what: Mapping[str, Group], heads: Group) -> None:
        """Take the groups of ``what``, and the ``heads`` of jobs."""
        self.group = what["system"]
        self._doubt = re.compile(rf"\b{DOUBT}{CLAUSE}")
        self._time = re.compile(rf"\b{TIME}{CLAUSE}")
        self._system = re.compile(_any(what["system"]))
        self._allowing = re.compile(_any(what["allowing"]))
        self._of_system = re.compile(
            rf"\s*(?:(?:the|an?|its|their|any|enough|no)\s+)?(?:[\w-]+\s+)?{_any(what['system'])}\s+(?:has|have|is|are)\s+(?!late\b|early\b|over\b|here\b|(?:to (?:be )?|being )?(?:chang|alter|mov|cancel|switch|swap|rearrang|differ|new\b|shut|closed?\b))"
        )
        self._worker = re.compile(rf"{_any(heads)}[^,;.]*?\b(?:{WORKER_AWAY}|{JUDGES})")
        self._permitting = re.compile(
            r"\b[\w-]+\s+being\s+(?:available|in post|free|found|agreed|in place|possible|confirmed|approved|granted|filled|appointed|secured|forthcoming)\b|\b[\w-]+\s+(?:permitting|allowing|depending)(?=\s*[,;.)]|\s*$)"
        )

    def find(self, part: str, names: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
        """Where such conditions stand in a provision; ``names`` are those of children."""
        rare = RARE.search(part)
        found = [hit.span() for hit in (*self._permitting.finditer(part), *ONLY.finditer(part))] if rare else []
        if CALLED_OFF.search(part):
            found.extend(hit.span() for hit in TAKEN_BACK.finditer(part) if not DENIED.search(part[: hit.start()]))
        if "until" in part:
            found.extend(hit.span() for hit in UNTIL.finditer(part) if not DATED.match(hit.group()))
            found.extend(
                hit.span()
                for hit in UNTIL_ANY.finditer(part)
                if self._system.search(_own(hit["clause"])) and not DATED.match(hit.group())
            )
        if OPENERS.search(part):
            found.extend(self._clauses(part, names))
        return found

    def _clauses(self, part: str, names: frozenset[str]) -> list[tuple[int, int]]:
        """Where a clause that begins with "if", "when", "depending on" and the like hangs on the system."""
        found = [hit.span() for hit in POSSIBLE.finditer(part) if not EVEN.search(part[: hit.start()])]
        for hit in HANGS.finditer(part):
            clause = hit["clause"] or hit["if"] or hit["but"] or ""
            if not (
                CALENDAR.search(clause)
                or HOW_CHILD.match(clause)
                or _of_child(clause, names)
                or _tells_of(clause, names)
            ):
                found.append(hit.span())
        for pattern, wants in ((self._doubt, False), (self._time, True)):
            for hit in pattern.finditer(part):
                clause = _own(hit["clause"])
                end = hit.start("clause") + len(clause.rstrip())
                if EVEN.search(part[: hit.start()]) or EVENT.match(clause):
                    continue
                if SAFEGUARD.search(part[end:]) and AWAY.search(clause) and not DENIED.search(part[: hit.start()]):
                    continue
                if _of_child(clause, names) and not HARD.search(clause):
                    continue
                if wants and SHORT_OF.search(clause) and not _of_child(clause, names):
                    found.append((hit.start(), end))
                    continue
                if CALENDAR.search(clause) and (_of_child(clause, names) or wants):
                    continue
                system = self._system.search(clause) and (
                    not wants or self._allowing.search(clause) or self._of_system.match(clause)
                )
                if system or (self._worker.search(clause) and not _of_child(clause, names)):
                    found.append((hit.start(), end))
        return found


def _own(clause: str) -> str:
    """The clause without the main one that follows it where no comma parts them: "until her birthday Saffron is to have …"."""
    main = re.search(r"\s(?:[\w'-]+\s){1,3}?(?:will|shall|must|is to|are to)\b", clause)
    return clause[: main.start()] if main and main.start() > 0 else clause


def _of_child(clause: str, names: frozenset[str]) -> bool:
    """Whether a clause tells of the child or the family."""
    first = re.match(r"\s*([a-z-]+)(?:'s)?\b", clause)
    return bool(OF_CHILD.match(clause) or (first and first[1] in names))


def _tells_of(clause: str, names: frozenset[str]) -> bool:
    """Whether a clause such as "how tired Nuala is" tells of the child by name."""
    words = clause.split()
    return bool(words and words[0] in ("how", "what", "which", "whether") and names.intersection(words))


def _any(group: Group) -> str:
    return r"\b(?:" + "|".join(word.replace("*", r"\w*") for word in group.words) + r")\b"
