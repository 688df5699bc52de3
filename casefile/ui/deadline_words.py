"""A deadline in a few words: its state as icon, word and colour, and a key to find it again."""

import datetime as dt

from casefile.domain.dates import count, without_year
from casefile.domain.deadlines import Deadline


def key_of(one: Deadline) -> str:
    """A key that stays the same while the event that started it does."""
    return f"{one.rule}|{one.starts[0].on if one.starts else ''}"


def away(days: int) -> str:
    """How far ahead a day is: "today", "in 4 days", "in 6 weeks", "in 9 months"."""
    if days <= 0:
        return "today"
    if days < 22:
        return f"in {count(days, 'day')}"
    if days < 120:
        return f"in {count(round(days / 7), 'week')}"
    if days < 700:
        return f"in {count(round(days / 30.4), 'month')}"
    return f"in {count(round(days / 365.25), 'year')}"


def lateness(one: Deadline, today: dt.date) -> tuple[str, str, str]:
    """The state of a deadline as icon, word and colour role."""
    if one.state == "overdue":
        return "late", f"{count(one.days_late, 'day')} late", "late"
    if one.state == "met":
        return "done", "Done in time", "done"
    if one.state == "met_late":
        return "done", f"Done, {count(one.days_late, 'day')} late", "late"
    if one.state == "passed":
        return "unknown", "The day has passed", "unknown"
    if one.state == "continuous":
        return "coming", "Goes on all the time", "soon"
    if one.state == "cannot_tell" or one.due is None:
        return "unknown", "Not known yet", "unknown"
    if one.mine and one.safe_date and one.safe_date >= today and one.safe_date != one.due:
        return "coming", f"Safe by {without_year(one.safe_date)}", "soon"
    words = away((one.due - today).days)
    return "coming", words[0].upper() + words[1:], "soon"
