"""Putting lengths, counts and periods together to amounts, and naming those that do not add up."""

import re
from collections.abc import Sequence, Set

from casefile.domain.wording.model import Amount, Period

Length = tuple[int, float]
Every = tuple[int, Period, float]
Count = tuple[int, float]

TOTAL = re.compile(r"\btotal(?:l?ing)?\b|\baltogether\b|\bin all\b|\ba week in sum\b")
MADE_OF = re.compile(r"\b(?:as|into|made up of|consisting of|comprising|i\.e\.?|in the form of|in)\s+(?:\w+\s+){0,2}?$")
ORDER: tuple[Period, ...] = ("hour", "day", "week", "fortnight", "month", "half_term", "term", "year")
TOTAL_FROM = 150
"""From so many minutes, "two and a half hours a week" is a total rather than one sitting."""


def settle(
    text: str,
    lengths: Sequence[Length],
    periods: Sequence[Every],
    counts: Sequence[Count],
    blocks: Set[int],
    run: float | None = None,
) -> tuple[tuple[Amount, ...], str]:
    """The amounts of a provision, and what does not add up in words; with a contradiction there are no amounts.

    Each length, period and count comes with the place where it ends; ``blocks`` are the counts such as "six weekly sessions"; ``run`` is for how many
    weeks something goes on.
    """
    if not lengths and not periods:
        return (), ""
    problem = _often_twice(text, lengths, periods, counts)
    if problem:
        return (), problem
    if len(lengths) >= 2 and len(periods) <= 1:
        return _one_period(text, lengths, periods, counts)
    if len(lengths) == len(periods) >= 2:
        if len(counts) == 1 and len(lengths) == 2 and abs(lengths[1][1] * counts[0][1] - lengths[0][1]) <= 1:
            return (
                Amount(lengths[1][1], counts[0][1], periods[0][1]),
            ), ""  # "100 minutes a week, as five daily lessons of 20"
        if run and len(lengths) == 2 and periods[1][1] == "week" and abs(lengths[1][1] * run - lengths[0][1]) <= 1:
            return (
                Amount(lengths[1][1], run, periods[0][1]),
            ), ""  # "four hours a half term, one hour a week for four weeks"
        return _pairs(text, lengths, periods, counts)
    minutes = lengths[0][1] if lengths else None
    return (_single(minutes, periods, counts, blocks),), ""


def _single(minutes: float | None, periods: Sequence[Every], counts: Sequence[Count], blocks: Set[int]) -> Amount:
    if not periods:
        return Amount(minutes, counts[0][1] if counts else None)
    if blocks:
        # "six weekly sessions, twice a year": the number belongs to the longer period, if there is one.
        outer = max(periods, key=lambda one: ORDER.index(one[1]))
        number = counts[min(blocks)][1]
        if ORDER.index(outer[1]) > ORDER.index("fortnight"):
            for place, (_, other) in enumerate(counts):
                number *= other if place not in blocks else 1
            return Amount(minutes, number * outer[2], outer[1])
        return Amount(minutes, outer[2], outer[1])
    if not counts:
        place, period, times = periods[0]
        total = minutes is not None and minutes >= TOTAL_FROM and times == 1 and period != "day"
        return Amount(minutes, None if total else times, period)
    count_place, count = counts[0]
    _, period, times = next((one for one in periods if one[0] >= count_place), periods[0])
    return Amount(minutes, count * times if times < 1 else count, period)


def _one_period(
    text: str, lengths: Sequence[Length], periods: Sequence[Every], counts: Sequence[Count]
) -> tuple[tuple[Amount, ...], str]:
    period, times = (periods[0][1], periods[0][2]) if periods else (None, 1.0)
    first, second = lengths[0][1], lengths[1][1]
    number = counts[0][1] if counts else None
    if number is not None and len(lengths) == 2:
        for each, whole in ((first, second), (second, first)):
            if abs(each * number - whole) <= 1:
                return (Amount(each, number, period),), ""
        if TOTAL.search(text):
            return (), _sum(number, first, second)
        if (
            MADE_OF.search(text[: counts[0][0] - 1].rstrip("0123456789 x×"))
            and second < first
            and counts[0][0] > lengths[0][0]
        ):
            return (), _sum(number, second, first)
    if number is None and abs(sum(minutes for _, minutes in lengths[1:]) - first) <= 1:
        return (Amount(first, times, period),), ""
    if TOTAL.search(text) and number is None and period == "week" and len(lengths) == 2 and times > 1:
        return (), _sum(times, first, second) if abs(first * times - second) > 1 else ""
    if number is None and first >= TOTAL_FROM and period not in (None, "day"):
        return (Amount(first, None, period),), ""
    return (Amount(first, number if number is not None else times if periods else None, period),), ""


def _pairs(
    text: str, lengths: Sequence[Length], periods: Sequence[Every], counts: Sequence[Count]
) -> tuple[tuple[Amount, ...], str]:
    if TOTAL.search(text) and len(lengths) == 2 and counts and periods[0][1] == periods[1][1]:
        return _one_period(text, lengths, periods[:1], counts)
    made: list[Amount] = []
    last = -1
    for (place, minutes), (until, period, times) in zip(lengths, periods, strict=True):
        end = max(place, until)
        number = next((count for at, count in counts if last < at <= end + 12), None)
        last = end
        total = number is None and minutes >= TOTAL_FROM and period != "day"
        made.append(Amount(minutes, None if total else number if number is not None else times, period))
    if len(made) != 2 or " and " in text[min(lengths[0][0], lengths[1][0]) : lengths[1][0]]:
        return tuple(made), ""
    weeks = [amount.minutes_per_week or 0 for amount in made]
    if not all(weeks):
        return tuple(made), ""
    likeness = min(weeks) / max(weeks)
    finer = min(made, key=lambda amount: ORDER.index(amount.period or "year"))
    told_total = bool(TOTAL.search(text)) or any(amount.sessions is None for amount in made)
    if likeness > 0.85 and made[0].period != made[1].period:
        return (finer,), ""
    if told_total and made[0].period != made[1].period:
        low, high = sorted(weeks)
        return (), f"One number comes to about {_n(round(low))} minutes a week, the other to {_n(round(high))}."
    return tuple(made), ""


def _often_twice(text: str, lengths: Sequence[Length], periods: Sequence[Every], counts: Sequence[Count]) -> str:
    """Two frequencies for one thing: "daily, three times a week"."""
    kinds = {period for _, period, _ in periods}
    if kinds != {"week", "day"} or len(lengths) > 1 or not re.search(r"\b(?:daily|every day|each day)\b", text):
        return ""
    number = max((count for _, count in counts), default=5)
    if number in (1, 5) or not re.search(r"\b(?:times|twice|once)\b", text):
        return ""
    return f"It says every day, and also {_n(number)} times a week."


def _sum(number: float, each: float, whole: float) -> str:
    return f"{_n(number)} times {_n(each)} minutes is {_n(number * each)} minutes, but the total given is {_n(whole)}."


def _n(number: float) -> str:
    return f"{number:g}"
