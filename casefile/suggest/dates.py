"""Which date a paper bears: found by its place on the page, and called unsure whenever two readings are possible."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from casefile.domain.dates import EARLIEST, MONTHS, in_words
from casefile.domain.documents import DateGuess

_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|Sept"
_DAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_WRITTEN = re.compile(
    rf"(?:\b(?P<weekday>{_DAY}),?\s+(?:the\s+)?)?\b(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?,?\s+(?P<year>(?:19|20)\d{{2}})\b"
    rf"|\b(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,\s+(?P<year2>(?:19|20)\d{{2}})\b"
    r"|\b(?P<day3>\d{1,2})[./-](?P<month3>\d{1,2})[./-](?P<year3>(?:19|20)\d{2}|\d{2})\b"
    r"|\b(?P<year4>20\d{2})-(?P<month4>\d{2})-(?P<day4>\d{2})\b",
    re.IGNORECASE,
)
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BIRTH = re.compile(r"(born|birth|d\.?o\.?b\.?)[^\n]{0,12}$", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(date|dated|date of (?:this )?(?:letter|report|notice|decision|issue|plan))\s*:?\s*$", re.IGNORECASE
)
_NAMED = re.compile(
    r"^\W*(?:(?:the|final|amended|proposed|working|first|second|draft|annual|review|school|progress|medical|clinic|visit|letter|full)\s+)*"
    r"(?:draft|plan|report|letter|notice|minutes|note|assessment|statement|record|version)\s+of\s*$",
    re.IGNORECASE,
)
"""A paper that names itself at the beginning of a line: "Draft of 4 May 2026"."""
_POINTS = re.compile(
    r"(your (?:letter|email|request|complaint)|our (?:letter|email)|on|since|by|from|until|before|after|held|dated|received|of|to|between|and)\s*:?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date written in a text: where it stands, and why it may be wrong (empty when it cannot be read otherwise)."""

    value: dt.date
    start: int
    end: int
    quote: str
    doubt: str = ""


def british_day(moment: dt.datetime) -> dt.date:
    """The day a moment fell on in England. A moment without an offset is taken as it stands."""
    if moment.tzinfo is None:
        return moment.date()
    try:
        from zoneinfo import ZoneInfo

        return moment.astimezone(ZoneInfo("Europe/London")).date()
    except (ImportError, KeyError, OSError):
        return moment.date()


def all_in(text: str) -> Iterator[Found]:
    """Every date written in full in a text, in order; impossible ones are left out."""
    for match in _WRITTEN.finditer(text):
        part = match.groupdict()
        doubt = ""
        if part["day"]:
            day, month, year = int(part["day"]), _MONTHS[part["month"][:3].lower()], int(part["year"])
        elif part["day2"]:
            day, month, year = int(part["day2"]), _MONTHS[part["month2"][:3].lower()], int(part["year2"])
        elif part["day3"]:
            day, month, year = int(part["day3"]), int(part["month3"]), int(part["year3"])
            year += 2000 if year < 100 else 0
            if day <= 12 and month <= 12 and day != month:
                doubt = "It is in digits, so day and month could be the other way round."
            elif month > 12 >= day:
                day, month, doubt = month, day, "It is written month first."
        else:
            day, month, year = int(part["day4"]), int(part["month4"]), int(part["year4"])
        try:
            value = dt.date(year, month, day)
        except ValueError:
            continue
        if part["weekday"] and _WEEKDAYS[value.weekday()] != part["weekday"][:3].lower():
            doubt = f"The paper names another weekday: that day was {in_words(value)}."
        if value >= EARLIEST:
            yield Found(value, match.start(), match.end(), match[0], doubt)


def letter_date(text: str, today: dt.date, born: dt.date | None = None) -> DateGuess | None:
    """The date at the head of a letter, report or form, or None. Unsure ones say why."""
    head = text[:3000]
    labelled: list[Found] = []
    alone: list[Found] = []
    first: list[Found] = []
    opening = len(head) - len(head.lstrip())
    named: list[Found] = []
    others: list[Found] = []
    for found in all_in(head):
        line_start = head.rfind("\n", 0, found.start) + 1
        line_end = head.find("\n", found.end)
        before = head[line_start : found.start]
        after = head[found.end : line_end if line_end >= 0 else len(head)]
        previous = (
            head[max(0, line_start - 40) : line_start].rstrip("\n").rpartition("\n")[2] if not before.strip() else ""
        )
        if _BIRTH.search(before) or _BIRTH.search(previous) or found.value == born:
            continue
        if _LABEL.search(before) or _LABEL.search(previous):
            labelled.append(found)
        elif not before.strip(" \t:|-") and not after.strip(" \t.|"):
            alone.append(found)
        elif _NAMED.match(before):
            named.append(found)
        elif not before.strip() or _POINTS.search(before) is None:
            # A note of a call begins with its day: "Phone call, Tuesday 20 October 2026, 11.30 am".
            (first if line_start <= opening and not _in_a_sentence(before) else others).append(found)
    for pool, words in (
        (labelled, "It stands after the word “date”."),
        (alone, "It stands on a line of its own, near the top."),
        (first, "It stands in the first line."),
        (named, "The paper calls itself by this day."),
    ):
        if pool:
            rivals = {entry.value for entry in pool[:3]} | (
                {entry.value for entry in alone[:2]} if pool is labelled else set()
            )
            return _guess(pool[0], words, today, rivals=len(rivals) > 1)
    if others:
        return _guess(others[0], "It is the first full date in the text, inside a sentence.", today, rivals=True)
    return _month_only(head, today)


def _in_a_sentence(before: str) -> bool:
    """Whether the words before a date on its line are a sentence about something else, and not a heading."""
    return len(before.split()) > 6 or bool(re.search(r"[.!?]\s", before))


def _guess(found: Found, words: str, today: dt.date, *, rivals: bool) -> DateGuess:
    if found.value > today + dt.timedelta(days=1):
        return DateGuess(found.value, False, f"{words} But it lies in the future.", quote=found.quote)
    if found.doubt:
        return DateGuess(found.value, False, f"{words} {found.doubt}", quote=found.quote)
    if rivals:
        return DateGuess(found.value, False, f"{words} There are other dates on the page too.", quote=found.quote)
    return DateGuess(found.value, True, words, quote=found.quote)


def _month_only(head: str, today: dt.date) -> DateGuess | None:
    match = re.search(
        rf"^\s*(?:date:?\s*)?(?P<month>{_MONTH})\.?\s+(?P<year>20\d\d)\s*$", head, re.IGNORECASE | re.MULTILINE
    )
    if not match:
        return None
    value = dt.date(int(match["year"]), _MONTHS[match["month"][:3].lower()], 1)
    if value > today:
        return None
    return DateGuess(value, False, "Only the month and year are given.", "month", match[0].strip())


def named_in(name: str, today: dt.date) -> DateGuess | None:
    """A date in a file's own name, always unsure."""
    spaced = re.sub(r"[_]", " ", name.rpartition(".")[0] or name)
    for found in all_in(spaced):
        if found.value <= today:
            return DateGuess(found.value, False, "The name of the file says so.", quote="")
    match = re.search(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)", name)
    if match:
        try:
            value = dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
        if value <= today:
            return DateGuess(value, False, "The name of the file says so.", quote="")
    return None
