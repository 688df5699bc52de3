"""A school's list of term dates, as it is printed or stands on a website, read into the days when the school is shut."""

import datetime as dt
import re
from collections.abc import Sequence

from casefile.domain.calendar import DAY, Closure
from casefile.domain.dates import MONTH_NUMBERS, MONTH_PATTERN, WEEKDAYS, in_words
from casefile.domain.terms import Term, check_closure, closures_between
from casefile.errors import Invalid

_WEEKDAY = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in WEEKDAYS) + "|Tues|Weds|Thur|Thurs"
_DAY = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b\.?,?\s*(?:the\s+)?)?"
    rf"(?:\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    r"|\b(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})(?:[./](?P<y2>\d{4}|\d{2}))?\b"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:\s+(?:of\s+)?(?P<month>{MONTH_PATTERN})\b\.?,?)?(?:\s+(?P<year>20\d{{2}})\b)?)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\(?\b(?:at\s+)?\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm|noon)\b\)?|\b\d{1,2}:\d{2}\b", re.IGNORECASE)
_AGES = re.compile(r"\byears?\s+\d{1,2}\b(?!\s*(?:st|nd|rd|th))|\b20\d{2}\s*[/–-]\s*(?:20)?\d{2}\b(?!-)", re.IGNORECASE)
_SHUT = re.compile(r"half[\s-]?term|holiday|\bbreak\b|closed|inset|training|occasional day|no school", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:starts?|begins?|opens?|returns?|back|first day|from)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:ends?|finish(?:es)?|closes?|last day|break(?:s)? up|until)\b", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|until|till|and|&|[-–—])\s*", re.IGNORECASE)
SEPTEMBER = 9
LONGEST_BREAK = dt.timedelta(days=24)
"""A break at Christmas or Easter is no longer than this; the summer stands between two school years."""


def read_list(text: str, year: int) -> tuple[Closure, ...]:
    """The closures a list of term dates tells of, in date order.

    ``year`` is the year in whose September the school year begins, for days written without one. A line may hold a
    term ("2 September to 23 October"), a break ("Half-term: 26 to 30 October"), a training day, or one end of a term
    ("Term ends 18 December"). A line without a date is a heading. Raises ``Invalid``, naming the line, for what cannot
    be read or cannot be, so that no line is dropped unseen.
    """
    terms: list[Term] = []
    shut: list[Closure] = []
    begun: tuple[dt.date, str] | None = None
    for line in filter(None, (" ".join(part.split()) for part in text.splitlines())):
        days = _days(line, year)
        if not days:
            continue
        if len(days) > 2:
            raise Invalid(f"“{line}” has more than two dates.", "Write each stretch on a line of its own.")
        if _is_shut(line):
            closure = Closure(days[0], days[-1], _reason(line))
            check_closure(closure)
            shut.append(closure)
        elif len(days) == 2:
            terms.append(Term(days[0], days[1]))
        elif _LAST.search(line) and begun:
            terms.append(Term(begun[0], days[0]))
            begun = None
        elif _FIRST.search(line) and begun is None:
            begun = (days[0], line)
        else:
            raise Invalid(f"“{line}” has one date only.", "Add the other end of the term, or the word holiday.")
    if begun:
        raise Invalid(f"“{begun[1]}” has no end.", "Add a line with the last day of that term.")
    if not terms and not shut:
        raise Invalid("No date was found.", "Write one line for each term: 2 September to 23 October.")
    between = [one for one in (*closures_between(terms), *_after_the_last(terms, shut)) if not _said(one, shut)]
    return tuple(sorted((*between, *shut), key=lambda one: (one.start, one.end)))


def _after_the_last(terms: Sequence[Term], shut: Sequence[Closure]) -> list[Closure]:
    """The days from the end of the last term to the next day the list names: the school is shut for these as well.

    Raises ``Invalid`` where they are so many that a term must be missing from the list.
    """
    if not terms:
        return []
    last = max(term.end for term in terms)
    after = min((one.start for one in shut if one.start > last), default=None)
    if after is None or after <= last + DAY:
        return []
    if after - last > LONGEST_BREAK:
        raise Invalid(
            f"The list names no school days between {in_words(last)} and {in_words(after)}.",
            "Add the terms between them.",
        )
    return [Closure(last + DAY, after - DAY, "school holiday")]


def _is_shut(line: str) -> bool:
    """Whether a line tells when the school is shut; "open until half-term" tells the other."""
    return bool(_SHUT.search(line)) and not re.search(
        r"break(?:s)? up|\b(?:to|until|before|after) half", line, re.IGNORECASE
    )


def _said(one: Closure, shut: Sequence[Closure]) -> bool:
    """Whether the list names the days between two terms itself, so that they need no second line."""
    return any(other.start <= one.start and one.end <= other.end for other in shut)


def _reason(line: str) -> str:
    """What a line calls its days: the words before the first number, without a weekday."""
    head = re.split(rf"\d|[:–]|\b(?:{_WEEKDAY})\b", line, maxsplit=1, flags=re.IGNORECASE)[0].strip(" -–:,.(")
    return head if len(head) > 2 else "school holiday"


def _days(line: str, year: int) -> list[dt.date]:
    """The days in a line. A first day without a month has that of the second: "26 to 30 October"."""
    plain = _CLOCK.sub(" ", _AGES.sub(" ", line))
    found = list(_DAY.finditer(plain))
    days: list[dt.date] = []
    for number, match in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if match["day"] and not match["month"]:
            joined = after is not None and bool(_TO.fullmatch(plain[match.end() : after.start()]))
            if after is None or not joined or not after["month"]:
                if match["weekday"] or (joined and not match["year"]):
                    raise Invalid(f"“{line}” has a day without a month.", "Write it as 26 October.")
                continue
            day = _made(match["day"], after["month"], after["year"], year, line)
        elif match["iso"]:
            day = _made(match["iso"][8:], match["iso"][5:7], match["iso"][:4], year, line)
        elif match["m2"]:
            day = _made(match["d2"], match["m2"], match["y2"], year, line)
        else:
            day = _made(match["day"], match["month"], match["year"], year, line)
        if match["weekday"] and WEEKDAYS[day.weekday()][:3].lower() != match["weekday"][:3].lower():
            raise Invalid(
                f"“{line}”: {in_words(day)} is no {match['weekday'].title()}.",
                "Check the school year. The list may be for another year.",
            )
        days.append(day)
    if len(days) == 2 and days[1] < days[0]:
        raise Invalid(f"“{line}” ends before it starts.", "Check both dates.")
    return days


def _made(day: str, month: str, year: str | None, first: int, line: str) -> dt.date:
    number = int(month) if month.isdigit() else MONTH_NUMBERS[month[:3].lower()]
    wanted = (int(year) if len(year) == 4 else 2000 + int(year)) if year else first + (number < SEPTEMBER)
    try:
        return dt.date(wanted, number, int(day))
    except ValueError:
        raise Invalid(f"“{line}” has a day that does not exist.", "Check the day and the month.") from None
