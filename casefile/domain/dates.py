"""Dates as people write them, and as the program shows them."""

import datetime as dt
import re
from dataclasses import dataclass

from casefile.errors import Invalid

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_PATTERN = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|Sept"
"""A regular expression for the name of a month, whole or short; to be read without regard to capitals."""
NO_BREAK = "\u00a0"

MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
"""The number of each month by the first three letters of its name, in small letters, and of "sept"."""
_WEEKDAY_NUMBERS = {name[:3].lower(): number for number, name in enumerate(WEEKDAYS)}
EARLIEST = dt.date(1950, 1, 1)
LATEST = dt.date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date somebody typed. ``approximate`` is true for "early May", "May 2026" or "about 3 May"."""

    value: dt.date
    approximate: bool = False


def in_words(day: dt.date, *, joined: bool = False) -> str:
    """The date as it is always shown: "Tuesday 12 May 2026". ``joined`` uses no-break spaces for paper."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
    if not joined:
        return words
    weekday, rest = words.split(" ", 1)
    return f"{weekday} {rest.replace(' ', NO_BREAK)}"


def in_table(day: dt.date) -> str:
    """The short form, for tables only: "Tue 12 May 2026"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def without_year(day: dt.date) -> str:
    """ "Tuesday 12 May", where the year has just been said."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def count(number: int, one: str, many: str = "") -> str:
    """A number and its thing: "1 day", "12 days"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def read_iso(text: str, where: str = "The date") -> dt.date:
    """Read ``2026-05-12``. Raises ``Invalid``, naming ``where``, for anything else, and for years nothing can be counted in."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        value = dt.date.fromisoformat(text)
    except (ValueError, TypeError):
        raise Invalid(
            f"{where} is {text!r}, which is not a date.", "Write it as year-month-day, for example 2026-05-12."
        ) from None
    return _counted(value, f"{where}, {text!r},")


def _year(text: str) -> int:
    number = int(text)
    return number if len(text) == 4 else 2000 + number


def _made(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        value = dt.date(year, month, day)
    except ValueError:
        raise Invalid(f"There is no such day as {text!r}.", "Check the day and the month.") from None
    return _counted(value, repr(text))


def _counted(value: dt.date, what: str) -> dt.date:
    if not EARLIEST <= value <= LATEST:
        raise Invalid(f"{what} is outside the years the program can count.", "Check the year.")
    return value


def _relative(words: str, today: dt.date) -> dt.date | None:
    fixed = {"today": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2}
    if words in fixed:
        return today + dt.timedelta(days=fixed[words])
    match = re.fullmatch(r"(last |this |next |on )?([a-z]{3})[a-z]*", words)
    if match and match[2] in _WEEKDAY_NUMBERS:
        wanted = _WEEKDAY_NUMBERS[match[2]]
        if (match[1] or "").strip() in ("next", "this"):
            ahead = (wanted - today.weekday()) % 7
            return today + dt.timedelta(days=ahead or 7)
        # A bare weekday is the latest one that has been: people write down what happened.
        back = (today.weekday() - wanted) % 7
        return today - dt.timedelta(days=back or 7)
    match = re.fullmatch(r"(\d{1,3}|a|one|two|three|four) (day|week|month)s? ago", words)
    if match:
        number = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}.get(match[1]) or int(match[1])
        return today - dt.timedelta(days=number * {"day": 1, "week": 7, "month": 30}[match[2]])
    return None


def read_typed(text: str, today: dt.date) -> TypedDate:
    """Read a date as people type it, day first: "12 May", "last Tuesday", "12/5/26", "early May".

    A day without a year is the one nearest before ``today``, within a month after it. Raises ``Invalid`` with what to do.
    """
    words = " ".join(text.replace(",", " ").replace(NO_BREAK, " ").lower().split())
    approximate = bool(re.match(r"(about|around|roughly|some time in|c\.?) ", words))
    words = re.sub(r"^(about|around|roughly|some time in|c\.?) ", "", words)
    found = _relative(words, today)
    if found:
        return TypedDate(found, approximate or " month" in words)
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    if match:
        return TypedDate(_made(int(match[1]), int(match[2]), int(match[3]), text), approximate)
    match = re.fullmatch(r"(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{4}|\d{2}))?", words)
    if match:
        return TypedDate(_day_month(int(match[1]), int(match[2]), match[3], today, text), approximate)
    bare = re.sub(r"^(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)? ", "", words)
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?(?: (\d{4}|\d{2}))?", bare) or re.fullmatch(
        r"(?P<m>[a-z]{3,9}) (?P<d>\d{1,2})(?:st|nd|rd|th)?(?: (?P<y>\d{4}))?", bare
    )
    if match:
        day, month, year = match.groups() if "m" not in match.groupdict() else (match["d"], match["m"], match["y"])
        return TypedDate(_day_month(int(day), _month(month, text), year, today, text), approximate)
    match = re.fullmatch(r"(?:(early|mid|late|end of) )?([a-z]{3,9})(?: (\d{4}))?", words)
    if match and match[2][:3] in MONTH_NUMBERS:
        day = {"early": 3, "mid": 15, "late": 27, "end of": 27}.get(match[1] or "", 1)
        return TypedDate(_day_month(day, _month(match[2], text), match[3], today, text), True)
    raise Invalid(f"The program cannot read {text!r} as a date.", "Try 12 May 2026, or last Tuesday.")


def _month(word: str, text: str) -> int:
    number = MONTH_NUMBERS.get(word[:4] if word[:4] == "sept" else word[:3])
    if number is None or not (MONTHS[number - 1].lower().startswith(word) or word == "sept"):
        raise Invalid(f"The program cannot read {text!r} as a date.", "Try 12 May 2026, or last Tuesday.")
    return number


def _day_month(day: int, month: int, year: str | None, today: dt.date, text: str) -> dt.date:
    if year:
        return _made(_year(year), month, day, text)
    for candidate in (today.year + 1, today.year, today.year - 1, today.year - 2, today.year - 3, today.year - 4):
        try:
            value = dt.date(candidate, month, day)
        except ValueError:
            continue
        if value <= today + dt.timedelta(days=31):
            return value
    raise Invalid(f"There is no such day as {text!r}.", "Check the day and the month.")
