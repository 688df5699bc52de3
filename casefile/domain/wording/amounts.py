"""Amounts of time in a sentence: how long, how often, ceilings and floors, and what is only an age or a group."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from casefile.domain.wording.model import WEEKS, Amount, Period
from casefile.domain.wording.patterns import COUNTED, SHORT_DAY, SHORT_PERIOD, Patterns
from casefile.domain.wording.totals import settle

ADVERBS: Mapping[str, tuple[Period, float]] = {
    "daily": ("day", 1), "weekly": ("week", 1), "fortnightly": ("fortnight", 1), "monthly": ("month", 1),
    "termly": ("term", 1), "half-termly": ("half_term", 1), "half termly": ("half_term", 1), "yearly": ("year", 1),
    "annually": ("year", 1), "annual": ("year", 1), "twice-weekly": ("week", 2), "twice weekly": ("week", 2),
    "twice-daily": ("day", 2), "twice daily": ("day", 2), "hourly": ("hour", 1), "wkly": ("week", 1), "biweekly": ("fortnight", 1),
}  # fmt: skip
ABBREVIATED: Mapping[str, Period] = {"w": "week", "k": "week", "d": "day", "f": "fortnight", "t": "term", "a": "year"}
"""What a short "p/w" or "p.a." stands for, by its last letter."""
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday"
_SPOKEN = rf"(?:(?P<m{{0}}>five|ten|a quarter|quarter|twenty|twenty-five|half)\s+(?P<d{{0}}>past|to)\s+)?(?P<h{{0}}>{_HOURS})(?:\s+o['’]?clock)?"
SPOKEN_CLOCK = re.compile(rf"\bfrom\s+{_SPOKEN.format(1)}\s+(?:until|till|to)\s+{_SPOKEN.format(2)}(?!\s+(?:minutes?|hours?|times?|sessions?|pupils|children))\b")
"""A length told by the clock in words: "from ten past nine until half past nine"."""
CLOCK = re.compile(
    r"\b(?P<h>\d{1,2})(?:[.:](?P<m>\d\d))?\s*(?P<half>am|pm|noon)?\s*(?:to|until|till|-)\s*(?P<h2>\d{1,2})(?:[.:](?P<m2>\d\d))?\s*(?P<half2>am|pm|noon)?(?![\w-])"
)
# A look for a few letters spares most sentences the longer patterns.
UNIT_LETTERS = re.compile("min|hour|hr")
DAY_LETTERS = re.compile("day|noon|morning")
EVENT_LETTERS = re.compile("e(?:ach|very)|a(?:ll|ny|fter)|b(?:oth|efore|reak)|lunch|play|whenever")
SHORT_LETTERS = re.compile(r"\bp[./]?[wdfta]\b|/wk")
SHORT_DAYS = re.compile(r"\b(?:mon|tue|wed|thu|fri)(?!\w*day)")
EVENT_LIST = re.compile(r"^\s*(?:e[av]|all).*:|, ?(?:each|every|all) [\w ]+\W*$")
LIMIT_LETTERS = re.compile(
    "m(?:ost|ax|in(?!u)|any|uch|ore)|than|up to|exceed|under|capped|limited|least|long|over|above|beyond|abo|around|approx|rough|circa|region|average|usual|typical"
)
MOST_LETTERS = re.compile("most|max|limit|cap|ceiling|or less|or under|or fewer|tops")
PEOPLE_LETTERS = re.compile("group|class|ratio|pair|pupil|child|peer|student|learner|friend")
RATE = re.compile(
    r"\b(?:words|letters|sounds|steps|metres|questions|lines|digits|beats|breaths|keystrokes|miles|facts|pages)$"
)
MULTIPLE = re.compile(r"times[ -]tables?\b")
NUMBER_OF = re.compile(r"\b(?:key stage|years?|band|level|aged|age|stage|phase|grade|room|unit|page|chapter|step)\s*$")
NEVER_LESS = re.compile(
    r"\b(?:no|not an?|never an?)\s+(?:single\s+)?(?:school\s+)?(?:day|week|fortnight|month|half[- ]term|term|year)\b[^,;.]*\bwith$"
)
OPENS = ("", ",")
SHARES = ("half", "quarter", "three quarters", "three-quarters")
MONEY = re.compile(r"£\s?[\d,.]+k?(?:\s+(?:a|per|each)\s+(?:year|term|week|month|hour|day))?")


@dataclass(slots=True)
class Time:
    """What a part says of time: lengths, periods with their counts, and what weakens them."""

    lengths: list[tuple[int, float]] = field(default_factory=list)
    periods: list[tuple[int, Period, float]] = field(default_factory=list)
    counts: list[tuple[int, float]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    ceiling_length: bool = False
    ceiling_count: bool = False
    floor: bool = False
    about: bool = False
    ranged: bool = False
    range_words: str = ""
    weeks: int | None = None
    day_long: bool = False
    open_count: bool = False
    people: int | None = None
    whole: bool = False
    occasion: bool = False
    problem: str = ""
    blocks: set[int] = field(default_factory=set)
    amounts: tuple[Amount, ...] = ()

    @property
    def often(self) -> bool:
        """Whether it says how often."""
        if self.whole or self.occasion:
            return True
        if not self.periods or self.ceiling_count or self.open_count:
            return False
        year = all(period == "year" for _, period, _ in self.periods)
        # A yearly number without a pattern cannot be checked week by week: more than one in each half term.
        long = not self.counts and sum(minutes for _, minutes in self.lengths) > 180
        return not (year and (long or any(count > 6 for _, count in self.counts)))

    @property
    def long(self) -> bool:
        """Whether it says how long."""
        if self.whole:
            return True
        year = bool(self.periods) and all(period == "year" for _, period, _ in self.periods)
        total = year and not self.counts and bool(self.lengths) and all(minutes > 180 for _, minutes in self.lengths)
        return (bool(self.lengths) or self.day_long) and not (self.ceiling_length or self.about or self.ranged or total)


class Clock(Patterns):
    """Reads times; made once from the word data."""

    def value(self, word: str) -> float:
        """The value of a number in figures or words."""
        word = word.strip()
        if word in self._numbers:
            return self._numbers[word]
        if word.endswith("½") and len(word) > 1:
            return float(word[:-1]) + 0.5
        if word in "½¼¾":
            return {"½": 0.5, "¼": 0.25, "¾": 0.75}[word]
        try:
            return float(word)
        except ValueError:
            tens, _, ones = word.replace("-", " ").partition(" ")
            return self._numbers.get(tens, 0) + self._numbers.get(ones, 0)

    def read(self, text: str) -> Time:
        """What a part of a sentence says of time."""
        time = Time()
        text = self._spans(text, time)
        self._ranges(text, time)
        self._lengths(text, time)
        self._clock(text, time)
        days = self._days_long.search(text) if DAY_LETTERS.search(text) else None
        # "Two mornings a week, before the register": the days are how often, and not how long.
        time.day_long = bool(days and not ("ings" in days.group() and text[: days.start()].rstrip()[-1:] in OPENS))
        self._periods(text, time)
        self._counts(text, time)
        if open_count := self._open_count.search(text):
            time.open_count = True
            if open_count.group()[:1].isdigit() or " or " in open_count.group() or " to " in open_count.group():
                time.range_words = time.range_words or open_count.group()
        self._limits(text.partition("of which")[0], time)
        self._occasions(text, time)
        time.amounts, time.problem = settle(text, time.lengths, time.periods, time.counts, time.blocks, self._run(text))
        if time.whole and not time.amounts and not time.problem:
            time.amounts = (Amount(whole=True),)
        if time.open_count and time.amounts:
            time.amounts = tuple(replace(one, sessions=None, period=None) for one in time.amounts)
        if time.ranged and time.amounts:
            time.amounts = tuple(
                replace(one, minutes=None) for one in time.amounts
            )  # which end is meant is never guessed
        if time.amounts:
            first = replace(time.amounts[0], weeks_a_year=time.weeks, people=time.people, whole=time.whole, floor=time.floor,
                            ceiling=time.ceiling_length or time.ceiling_count)  # fmt: skip
            time.amounts = (first, *time.amounts[1:])
        return time

    def _spans(self, text: str, time: Time) -> str:
        """Take out "38 weeks a year" and "ten weeks each term", which are spans and not frequencies."""
        for hit in self._weeks.finditer(text) if "week" in text else ():
            if hit["p"] == "year" or hit["pa"]:
                time.weeks = int(self.value(hit["n"]))
            time.spans.append(hit.span())
        time.spans.extend(hit.span() for hit in MONEY.finditer(text))
        for hit in self._group.finditer(text) if PEOPLE_LETTERS.search(text) else ():
            time.people = int(self.value(hit["n"] or hit["n2"])) or None
        for start, end in time.spans:
            text = text[:start] + " " * (end - start) + text[end:]
        return text

    def _ranges(self, text: str, time: Time) -> None:
        if UNIT_LETTERS.search(text) and (hit := self._range.search(text)):
            if hit.group().endswith(("sessions", "times")):
                time.open_count, time.range_words = True, hit.group()
                return
            time.ranged = hit["low"] is None or self.value(hit["low"]) < self.value(hit["high"])
            time.range_words = hit.group() if time.ranged else ""

    def _lengths(self, text: str, time: Time) -> None:
        for hit in self._length.finditer(text) if UNIT_LETTERS.search(text) else ():
            before = text[: hit.start()].rstrip()
            if hit["n"] in ("a", "an") and (
                (time.lengths and hit.start() - time.lengths[-1][0] < 4)
                or re.search(r"(?:minutes?|times|breaks?|once|twice)$", before)
            ):
                continue  # "five minutes an hour": the hour is how often
            if hit["n"] in ("a", "an") and RATE.search(before):
                continue  # "60 words a minute" is a speed
            if hit["n"] and before.endswith(("every", "per", "within", "longer than", "over", "every other")):
                continue
            if hit["special"]:
                minutes = _special(hit["special"])
            else:
                minutes = self.value(hit["n"]) * self._units[hit["unit"]]
                if hit["n2"]:
                    minutes += self.value(hit["n2"])
            time.lengths.append((hit.end(), minutes))
            time.spans.append(hit.span())

    def _clock(self, text: str, time: Time) -> None:
        """A length told by the clock: "from 1.15 to 3.15", "10am to 12 noon"."""
        for hit in CLOCK.finditer(text):
            told = hit["half"] or hit["half2"] or (hit["m"] and hit["m2"])
            # "from 10 until 12" is a time of day; "from 10 to 12 pupils" is not.
            plain = text[: hit.start()].rstrip().endswith("from") and not re.match(
                r"[\s-]*[a-z]+s\b", text[hit.end() :]
            )
            if not (told or plain) or int(hit["h"]) > 24 or int(hit["h2"]) > 24:
                continue
            begin, end = (int(hit["h"]) % 12 * 60 + int(hit["m"] or 0), int(hit["h2"]) % 12 * 60 + int(hit["m2"] or 0))
            time.lengths.append((hit.end(), float((end - begin) % 720)))
            time.spans.append(hit.span())

        for hit in SPOKEN_CLOCK.finditer(text) if "from" in text else ():
            if hit["m1"] or hit["m2"] or "clock" in hit.group():
                time.lengths.append((hit.end(), (_spoken(hit, 2) - _spoken(hit, 1)) % 720))
                time.spans.append(hit.span())

    def _periods(self, text: str, time: Time) -> None:
        days: list[str] = []
        lengths = time.spans[-len(time.lengths) :] if time.lengths else []
        for hit in SHORT_DAY.finditer(text) if SHORT_DAYS.search(text) else ():
            days.append(hit["short"][:3])
            time.spans.append(hit.span())
        for hit in SHORT_PERIOD.finditer(text) if SHORT_LETTERS.search(text) else ():
            time.periods.append((hit.end(), ABBREVIATED[hit.group().rstrip(".")[-1]], 1.0))
            time.spans.append(hit.span())
        for hit in self._every.finditer(text):
            before = text[: hit.start()].rstrip()
            if hit["day"]:
                if _on_days(text, hit, bool(days)):
                    days.append(hit["day"][:3])
                    time.spans.append(hit.span())
                continue
            if (
                hit["p3"]
                and (before.endswith("once") is False)
                and not time.lengths
                and not re.search(r"\d|sessions|times|visits|hours", text)
            ):
                continue
            if any(start < hit.end() <= end for start, end in lengths):
                continue  # the hour of "half an hour"
            found = _period(hit)
            if found is None:
                continue
            time.periods.append((hit.end(), *found))
            time.spans.append(hit.span())
        if days and not any(period == "week" for _, period, _ in time.periods):
            time.periods.append((0, "week", float(len(set(days)))))

    def _counts(self, text: str, time: Time) -> None:
        for hit in self._count.finditer(text):
            word = hit["once"] or hit["n"] or hit["n2"]
            if hit["n2"] and (NUMBER_OF.search(text[: hit.start()]) or MULTIPLE.match(text, hit.end() - len("times"))):
                continue
            time.counts.append((hit.end(), self.value(word)))
            if re.search(r"\b(?:weekly|daily|fortnightly)\b", hit.group()):
                time.blocks.add(len(time.counts) - 1)
            time.spans.append(hit.span())

    def _run(self, text: str) -> float | None:
        """For how many weeks something goes on: "one hour a week for four weeks"."""
        hit = self._for_weeks.search(text) if "weeks" in text else None
        return self.value(hit["n"]) if hit else None

    def _limits(self, text: str, time: Time) -> None:
        for hit in self._most_after.finditer(text) if MOST_LETTERS.search(text) else ():
            if hit["count"]:
                time.ceiling_count = True
            else:
                time.ceiling_length = True
        time.about = time.about or bool(UNIT_LETTERS.search(text) and self._or_so.search(text))
        for hit in self._limit.finditer(text) if LIMIT_LETTERS.search(text) else ():
            after = self._after_limit.match(text, hit.end())
            if after is None:
                continue
            what = after["what"].strip()
            before = text[: hit.start()].rstrip()
            if self._people_words.match(what) or re.search(
                r"\b(?:groups?|class(?:es)?|ratio)\s*(?:of|with|:|sized)?$", before
            ):
                continue
            number = after["n"]
            timed = re.match(r"(?:-?\s*)(?:minutes?|mins?|hours?|hrs?|quarters?|half)\b", what) or number in SHARES
            counted = number in ("once", "twice", "thrice") or re.search(COUNTED, what)
            if hit["least"]:
                first = time.lengths[0][0] if time.lengths else hit.end()
                time.floor = time.floor or abs(first - hit.end()) < 40
            elif hit["most"] and NEVER_LESS.search(before):
                time.floor = True
            elif not (timed or counted):
                continue
            elif hit["about"]:
                time.about, time.open_count = time.about or bool(timed), time.open_count or not timed
            elif timed:
                time.ceiling_length = True
            else:
                time.ceiling_count = True

    def _occasions(self, text: str, time: Time) -> None:
        for hit in self._whole.finditer(text):
            time.whole = True
            time.spans.append(hit.span())
        if EVENT_LIST.search(text) and self._list_of_events.search(text):
            time.whole = True
        if not time.lengths and "day" in text and self._day_break.search(text):
            time.day_long = True
        if not EVENT_LETTERS.search(text):
            return
        for hit in self._in_occasion.finditer(text):
            words = text[hit.start() : hit.end()]
            before = text[: hit.start()].rstrip()
            if hit["one"] and time.lengths:
                continue  # "a 30-minute group at lunchtime": which lunchtimes?
            if before.endswith(("start", "end", "beginning")) or re.search(r"\b(?:some|other|most)\b", words):
                continue
            time.whole = True
            time.spans.append(hit.span())
        for hit in self._each.finditer(text):
            if hit["noun"] in self._not_each or _any_thing(hit, text, self._occasion_words):
                continue
            time.occasion = True
            time.spans.append(hit.span())


def _any_thing(hit: re.Match[str], text: str, occasions: frozenset[str]) -> bool:
    """Whether "any" stands before a thing and no event: "any worries", though not "any lesson" or "after any seizure"."""
    if hit["det"] != "any" or hit["noun"] in occasions:
        return False
    return not re.search(r"\b(?:before|after|during|following|on|at)\s+$", text[: hit.start()])


def _spoken(hit: re.Match[str], which: int) -> float:
    """Minutes after twelve of a time in words: "ten past nine"."""
    hours = _HOURS.split("|")
    hour = min(hours.index(hit[f"h{which}"]) + 1, 12) % 12
    told = hit[f"m{which}"]
    minutes = {"five": 5, "ten": 10, "a quarter": 15, "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}.get(told or "", 0)
    return hour * 60 + (-minutes if hit[f"d{which}"] == "to" else minutes)


def _special(words: str) -> float:
    if "and a half" in words:
        return 90
    if "three" in words:
        return 45
    if words.endswith("ly hour") or words.startswith("hour"):
        return 60
    if words.endswith(" hour") and words.split()[0] in ("first", "last", "final", "the", "this", "that"):
        return 60
    return 15 if "quarter" in words else 30


def _on_days(text: str, hit: re.Match[str], going: bool) -> bool:
    """Whether a day's name is a frequency: "every Monday", "on Mondays", "Friday afternoons", not "by Friday"."""
    before = text[: hit.start()].rstrip()
    if re.match(r"\s+(?:mornings|afternoons|evenings|lunchtimes)\b", text[hit.end() :]):
        return True
    return hit["day"].endswith("days") or going or before.endswith(("each", "every", "each school", "a", "per"))


def _period(hit: re.Match[str]) -> tuple[Period, float] | None:
    if hit["adverb"]:
        return ADVERBS[hit["adverb"].replace("half termly", "half-termly")]
    if hit["tod"] or hit["range"]:
        return "day", 1.0
    if hit["month"]:
        return "year", 1.0
    word = (hit["p"] or hit["p2"] or hit["p3"] or hit["p4"] or "").replace("-", " ").replace("weekday", "day")
    if not word:
        return None
    period: Period = "half_term" if word.startswith("half") else word  # type: ignore[assignment]
    other = (hit["other"] or "").strip()
    every = {"": 1, "other": 2, "second": 2, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "six": 6, "6": 6}[
        other
    ]
    if every == 2 and period == "week":
        return "fortnight", 1.0
    return period, 1.0 / every if period in WEEKS or period in ("day", "hour") else 1.0
