"""The shapes in which plans write times: lengths, periods, counts, limits, and the events of a school day."""

import re
from collections.abc import Mapping

from casefile.domain.wording.model import Group

SHORT_PERIOD = re.compile(r"(?<![a-z])(?:p/w|p\.?w\.?|/wk|p/d|p/f|p/t|p\.?a\.?|p/a)(?![\w/])")
"""How often in a table: "p/w", "p.a."."""
SHORT_DAY = re.compile(r"(?<![\w'-])(?P<short>mon|tues?|weds?|thurs?|fri)(?=\s*(?:[,/&+;.)]|-\s*(?:mon|tue|wed|thu|fri)|and\b|[ap]m\b|a\.m|p\.m|\d|at\b|$))")
"""A day's name cut short, where more of a timetable follows: "Mon/Wed/Fri", "Thurs pm"."""
DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
TIME_OF_DAY = r"(?:morning|afternoon|evening|lunchtime|lunch time|breaktime|break time|playtime|night|lunch|break)"
MONTHS = r"(?:january|february|march|april|may|june|july|september|october|november|december)"
UNITS = r"(?:school|academic|calendar|working|single|weekday|taught|full|term[- ]time|successive|consecutive)\s+"
PERIOD = r"(?:hour|day|weekday|week|fortnight|month|half[- ]term|half[- ]termly|term|year)"
COUNTED = r"(?:sessions?|sittings?|spells|stints?|bouts?|bursts?|lessons?|times|visits?|meetings?|blocks?|slots?|periods?|appointments?|consultations?|occasions?|contacts?|tutorials?|classes|groups sessions|days|mornings|afternoons|breaks)"
MOST = (
    r"(?:up to|a maximum of|maximum of|maximum|max|at most|not exceeding|as many as|as long as|as much as|under|less than|fewer than|capped at|limited to"
    r"|(?:no|not|never|nor)\s+(?:(?:to|be|being|go|goes|going|run|runs|running|last|lasts|lasting|take|taking|exceed|beyond|above)\s+){0,2}(?:more(?: often| frequently)? than|longer than|greater than|over|above|beyond|exceed(?:s|ing)?))"
)
LEAST = r"(?:at least|a minimum of|minimum of|minimum|(?:no|not|never|nor)\s+(?:(?:for|to|be|being|go|going|last|lasting|fall|falling|drop|dropping|on|in)\s+){0,2}(?:less|fewer|shorter|lower|under|below)(?:\s+(?:often|frequently))?(?:\s+than)?)"
TENS = "twenty|thirty|forty|fifty"
OR_SO = r"\s*,?\s+(?:or so|or thereabouts?|give or take|or roughly that|more or less|ish)\b"
FULL = (
    r"(?:(?:full|whole|clear|solid|straight|unbroken|uninterrupted|further|extra|additional|complete|timetabled)\s+)?"
)
ABOUT = r"(?:on average|some|nearly|almost|just (?:under|over)|a target of|around|approximately|roughly|circa|about|in the region of|approx\.?|an average of|typically|usually)"


class Patterns:
    """Regular expressions for times, made once from number words, units and the groups of ``when``."""

    def __init__(self, numbers: Mapping[str, float], units: Mapping[str, float], when: Mapping[str, Group]) -> None:
        """Take number words, units in minutes and the groups of ``when``."""
        self._numbers, self._units = numbers, units
        self._words = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
        self._unit = "|".join(sorted(units, key=len, reverse=True))
        self.number = (
            rf"(?:\d+(?:\.\d+)?½?|½|¼|¾|(?:{TENS})[- ](?:one|two|three|four|five|six|seven|eight|nine)|{self._words})"
        )
        self._for_lengths()
        self._for_periods()
        self._for_limits(when)
        self._for_occasions(when)

    def _for_lengths(self) -> None:
        n, words, unit = self.number, self._words, self._unit
        self._length = re.compile(
            rf"\b(?P<special>(?:first|last|final) hour\b|(?:the|this|that) (?:full|whole|entire) hour\b|hour[- ]long\b|(?:an|one|1) hour and a half|(?:three[- ]quarters|three quarters) of an hour|(?:weekly|daily|fortnightly) hour\b"
            rf"|(?:a )?quarter of an hour|half[- ]an[- ]hour|half[- ]hour(?:ly)?s?|(?:an?|one) half[- ]hour)\b"
            rf"|(?<![\w.])(?P<n>{n})(?:\s*-\s*|\s*){FULL}(?P<unit>{unit})\b"
            rf"(?:\s*(?:and\s+)?(?P<n2>\d+|{words})[\s-]*(?P<unit2>minutes|mins|minute|min)\b)?"
        )
        self._range = re.compile(
            rf"\b(?P<low>{n})\s*(?:-|to|or)\s*(?P<high>{n})[\s-]*(?P<unit>{unit})\b"
            rf"|\bbetween\s+(?:{n}|half|a quarter|half an hour|a quarter of an hour)\s*(?:{unit})?\s+and\s+(?:(?:an|one) hour|(?:half|three quarters) (?:of )?an hour)\b"
            rf"|\bbetween\s+{n}\s*(?:{unit})?\s+and\s+{n}[\s-]*(?:{unit}|sessions|times)\b"
            rf"|\b(?:{n}[\s-]*(?:{unit})|half an hour|a quarter of an hour)\s+(?:up\s+)?to\s+(?:{n}\s*(?:{unit})\b|half an hour|three quarters of an hour)"
        )

    def _for_periods(self) -> None:
        n, words, unit = self.number, self._words, self._unit
        self._every = re.compile(
            rf"\b(?:a|an|per|each|every|alternate|/|(?<=\dx)|(?<=\d x))\s*(?P<other>other\s+|second\s+|two\s+|2\s+|three\s+|3\s+|four\s+|4\s+|six\s+|6\s+)?(?:{UNITS})?"
            rf"(?P<p>{PERIOD})s?\b(?!-|\s+old|\s+groups?\b|\s+\d)"
            rf"|\b(?:on )?(?:each|all|every one|on) (?:of )?(?:the|his|her|their) (?:(?:other|remaining|{n}) )*(?:school )?(?P<p2>day|weekday|week|term)s\b"
            rf"|\b(?:no|not an?|never an?)\s+(?:single\s+)?(?:school\s+)?(?P<p4>{PERIOD})\b[^,;.]{{0,60}}?\bwith(?:out| fewer than| less than)\b"
            rf"|\b(?P<adverb>wkly|half[- ]termly|twice[- ]weekly|twice[- ]daily|daily|weekly|fortnightly|monthly|termly|yearly|annually|annual|hourly|biweekly)\b"
            rf"|\b(?:each|every)\s+(?:school\s+)?(?P<tod>{TIME_OF_DAY}(?!\s+break|\s+lunch))\b"
            rf"|\b(?:in|during|over|across|within) (?:the|each|any|one) (?:school |academic |calendar )?(?P<p3>year|term|week|month|half[- ]term)\b"
            rf"|\b(?P<range>{n} (?:school )?(?:days|mornings|afternoons) out of (?:every )?{n}|one day in two|monday to friday|monday-friday|weekdays|school days)\b"
            rf"|\b(?:each|every)\s+(?P<month>{MONTHS})\b"
            rf"|\b(?P<day>{DAYS})\b"
        )
        self._days_long = re.compile(
            rf"(?<!on )\b(?:{n}|half an?|a full|full|a whole|whole|half)\s+(?:school\s+)?(?:days?|mornings?|afternoons?)\s+(?:a|per|each|every|of each|in each)\s+(?:school\s+)?(?:week|fortnight|month|term|half[- ]term|year)\b"
        )
        self._weeks = re.compile(
            rf"\b(?P<n>{n})[\s-]*(?:school\s+)?(?:weeks?|wks?)\s*(?:(?:a|per|each|every|of the|of each|in the|in each|/)\s*(?:school\s+|academic\s+)?(?P<p>year|term|half[- ]term)\b|(?P<pa>p\.?a\b\.?|p/a\b))"
        )
        self._count = re.compile(
            rf"\b(?P<once>once|twice|thrice)\b|(?<![\w.])(?P<n>{n})\s*(?:x|×)\s*(?=\d|{words}|half|week|day|daily|term|fortnight|a\b|per\b)"
            rf"|(?<![\w.])(?!an?\s)(?P<n2>{n})\s+(?!(?:-?\s*)(?:{unit}|weeks?|months?|years?)\b)"
            rf"(?:(?!and\b|or\b|of\b|in\b|with\b|for\b|to\b|will\b|a\b|per\b|each\b|every\b)[\w'-]+\s+){{0,5}}?{COUNTED}\b"
        )

    def _for_limits(self, when: Mapping[str, Group]) -> None:
        n = self.number
        self._open_count = re.compile(
            rf"\bbetween\s+{n}\s+and\s+{n}\s+(?:[\w'-]+\s+){{0,2}}?{COUNTED}\b"
            rf"|\b(?!(?:{TENS})-[a-z]){n}\s*(?:-|to|or)\s*{n}\s+(?:[\w'-]+\s+){{0,2}}?{COUNTED}\b"
            rf"|\b(?:several|a few|a couple of|some|various|a number of|a handful of|numerous|many|multiple|most)\s+(?:[\w'-]+\s+){{0,2}}?(?:{COUNTED}|weeks)\b"
            r"|\bmore than (?:once|twice)\b|\b(?:once or twice|once, twice|twice or thrice)\b|\bnot (?:every|each) (?:day|week|lesson|morning|afternoon)\b|\bless (?:often )?than (?:daily|weekly|fortnightly|monthly)\b"
            r"|\b(?:daily|weekly|fortnightly|monthly|termly|(?:each|every) (?:day|week|fortnight|month|term)) or (?:daily|weekly|fortnightly|monthly|termly|(?:each|every) (?:day|week|fortnight|month|term|year))\b|\bon (?:more than one|different|occasional) (?:occasions?|days)\b"
        )
        self._limit = re.compile(
            rf"\b(?P<most>{MOST})|\b(?P<least>{LEAST})|\b(?P<about>{ABOUT})\s+(?={n}|half|three[- ]quarters|a quarter)"
        )
        self._after_limit = re.compile(
            rf"\s*(?:another\s+|the first\s+)?(?P<n>half|three[- ]quarters|quarter|{n})[\s-]*(?P<what>(?:[\w'-]+\s*){{0,3}})"
        )
        self._most_after = re.compile(
            rf"\b(?:{self._unit}|hour|(?P<count>{COUNTED}))\b(?:\s+(?:an?|per|each|every)\s+\w+|\s+\w+)?\s*,?\s+(?:at (?:the )?(?:very )?most|(?:being|is|as) (?:the|its|an?) (?:limit|maximum|most|ceiling|cap)|maximum|max|or less(?!\s+(?:often|frequent))|or under|or fewer|as a maximum|tops)\b(?!\s+(?:of\s+)?{n}\b)"
        )
        self._day_break = re.compile(
            rf"\b(?:each|every)\s+(?:{DAYS}\s+and\s+)?{DAYS}\s+(?:lunchtime|lunch|break|breaktime|playtime)\b|\b{DAYS}\s+(?:lunchtimes|breaktimes|playtimes)\b"
        )
        self._for_weeks = re.compile(rf"\bfor\s+(?P<n>{n})\s+(?:school\s+)?weeks\b")
        self._or_so = re.compile(rf"\b(?:{self._unit})\b{OR_SO}")
        self._people_words = re.compile(
            r"^(?:other\s+|more\s+|similar\s+|same-age\s+)?(?:"
            + "|".join(w.replace("*", r"\w*") for w in when["people"].words)
            + r")\b"
        )
        self._group = re.compile(
            rf"\b(?:groups?|class(?:es)?|ratio|pairs?)\s+(?:of|with|sized)\s+(?:{MOST}\s+|{LEAST}\s+|more than\s+|fewer than\s+|under\s+)?(?P<n>{n})\b"
            rf"|\b(?P<n2>{n})\s+(?:other\s+|more\s+)?(?:pupils|children|peers|students|learners|classmates|friends)\b"
        )

    def _for_occasions(self, when: Mapping[str, Group]) -> None:
        n = self.number
        occasion = "|".join(sorted(map(re.escape, when["occasion"].words), key=len, reverse=True))
        self._whole = re.compile(
            r"\b(?:" + "|".join(map(re.escape, when["whole"].words)) + r")\b|\bthroughout(?=\s*[.,;]|\s*$)"
            r"|\b100\s*(?:%|per cent)\s+(?:of (?:the|his|her) time|one|1:1|adult|support)|\b(?:each|every)\s+(?:class|lesson|group|session)\s+(?:will|shall|must)\s+have\b"
            r"|\bfrom\s+(?:the (?:moment|time|minute)|when)\b[^,;.]{0,40}\b(?:until|till|to)\b|\b(?:during|in|throughout)\s+(?:all\s+)?school hours\b"
            r"|\b(?:whenever|while|whilst)\s+(?:he|she|they)\s+(?:is|are)\s+(?:in|at)\s+(?:school|college|nursery)\b"
            r"|\b(?:whenever|while|whilst)\s+[\w'-]+\s+is\s+(?:in|at|on)\s+(?:the\s+)?(?:school|college|nursery|site|class|premises)\b"
            r"|\bevery\s+(?:hour|minute|moment|part)\s+of\s+(?:the|each|every|his|her|their)\s+(?:school\s+)?(?:day|week)\b"
            rf"|\bthroughout\s+(?:the|each|every|his|her|their)\s+(?:{occasion})\b"
            r"|\bevery\s+(?:hour|minute|moment)\s+(?:that\s+|when\s+)?(?:he|she|they|[\w'-]+)\s+(?:is|are|spends?)\b"
            r"|\bfrom\s+(?:the\s+)?(?:start|beginning|first bell|bell|arrival)\s+to\s+(?:the\s+)?(?:end|finish|last|bell|departure|close)\b|\ball\s+(?:of\s+)?(?:the\s+|his\s+|her\s+|their\s+)?(?:\d+(?:\.\d+)?\s+(?:timetabled\s+|taught\s+)?|(?:waking|school|taught|timetabled)\s+)hours\b"
            r"|\b(?:at no (?:time|point|moment|stage)|never)\s+(?:[\w-]+\s+){0,9}?(?:left|alone|unattended|unsupervised|without)\b"
            r"|\b(?:no|not an?|never an?)\s+(?:single\s+)?(?:lesson|class|break|journey|moment|time|playtime|lunchtime)s?\b[^,;.]{0,60}?\bwithout\b"
            r"|\b(?:(?:whole|entirety|entire|duration|(?<=the )length|(?<=full )length)(?:\s+of)?|all\s+of)\s+(?:each|every|the|his|her|their)?\s*"
            r"(?:school\s+|taught\s+)?(?:day|lesson|session|morning|afternoon|week)s?\b"
        )
        self._in_occasion = re.compile(
            rf"\b(?P<prep>in|at|on|during|throughout|for|across|over|covering|the whole of|to|sit|take|attend|interpret|sign|scribe|join|support)\s+"
            rf"(?:(?P<all>all|every|each|any|both)\s+(?:of\s+)?(?:(?:his|her|their|the)\s+)?(?:[\w'-]+\s+){{0,3}}?(?:{occasion})\b"
            rf"|(?:(?:his|her|their|the)\s+)?(?:morning\s+|afternoon\s+)?(?P<free>(?P<one>break|lunch|lunchtime|breaktime|playtime|lunch time|break time)(?!\w| and| or)|breaks?|lunch(?:es)?|lunchtimes?|breaktimes?|playtimes?|break times?|lunch times?|break and lunch(?:times?)?)\b)"
        )
        self._each = re.compile(
            rf"\b(?P<det>each|every|any|whenever an?|whenever the|any time an?|each time|every time)\s+(?!(?:{PERIOD}|{TIME_OF_DAY}|{DAYS}|{MONTHS}|school|{n})\b)(?:(?:new|change of|other|written|change)\s+)*(?P<noun>[a-z][\w-]+)"
            rf"|\b(?:each|every)\s+{n}-(?:{self._unit})\s+(?:[\w-]+\s+)?(?:{occasion})\b|\b(?:each|every)\s+time(?=\s*[,;.]|\s*$)"
            rf"|\ball\s+(?:[\w'-]+\s+){{0,2}}?(?:{occasion})\b"
            rf"|\b(?:any|every|each)\s+(?:{PERIOD}|{TIME_OF_DAY}|occasion)\s+(?:when|on which|in which|that)\b|\bbetween (?:(?:all|his|her|their|the) )?(?:lessons|classes|classrooms|sites|buildings)\b"
            rf"|\beach and every time\b"
            rf"|\b(?:before|after)\s+(?:lunch|break|school|assembly|registration|breakfast|home time|playtime|meals|pe)\b"
            rf"|\bwhenever\s+(?:he|she|they)\b|\bevery\s+{n}\s*-?\s*(?:minutes|mins|hours)\b"
            rf"|\b(?:each|every)\s+(?P<occ>{TIME_OF_DAY})\s+(?:break|lunch)\w*"
        )
        self._list_of_events = re.compile(
            rf"^\s*(?:every|each|all)\s+(?:{occasion})(?:\s*(?:,|and|&)\s*(?:(?:every|each|all)\s+)?(?:{occasion}))*\s*:"
            rf"|,\s*(?:every|each|all)\s+(?:{occasion})\s*[.;]?\s*$"
        )
        self._not_each = frozenset(when["not_occasion"].words)
        self._occasion_words = frozenset(when["occasion"].words)
