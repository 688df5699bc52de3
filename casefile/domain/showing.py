"""A deadline taken apart for showing it: its steps, the dates of its count, how sure we are; for screen and paper alike."""

import datetime as dt
import re
from collections.abc import Sequence

from casefile.domain.deadlines import Deadline

CONFIDENCE = {
    "text": "in the law itself",
    "partial": "in part of the law’s own words",
    "secondary": "in a trusted guide, not the law itself",
    "memory": "only in general knowledge: check it before you rely on it",
}
"""What each grade of confidence means, after "Checked on …"."""


def parts_of(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """What happened, and the count, from the lines of a working; the other parts have steps of their own."""
    told, counted = [], []
    part = ""
    for entry in lines:
        label, colon, rest = entry.partition(": ")
        if colon and label in ("What happened", "The rule", "The count", "Good reasons", "Where it is written"):
            part, entry = label, rest
        elif part not in ("The count", "The rule"):
            continue
        if part == "What happened":
            told.append(re.sub(r" Proof: paper \d+ in this case\.$", "", entry))
        elif part == "The count" or (part == "The rule" and label != "The rule"):
            counted.append(entry)
    return told, counted


def marks_of(one: Deadline, today: dt.date) -> list[tuple[dt.date, str, str]]:
    """The dates of a count: its start, a mark for each week or month between, the last day, and today."""
    if one.due is None or not one.starts or one.starts[-1].on >= one.due:
        return []
    start = one.starts[-1].on
    days = (one.due - start).days
    marks = [(start, "Start", "start")]
    if days % 7 == 0 and days <= 20 * 7:
        marks += [(start + dt.timedelta(weeks=number), f"Week {number}", "step") for number in range(1, days // 7)]
        marks.append((one.due, f"Week {days // 7}", "due"))
    else:
        marks.append((one.due, "Last day", "due"))
    if one.state == "overdue":
        marks.append((today, "Today", "today"))
    elif start < today < one.due:
        marks = sorted([*[mark for mark in marks if mark[2] != "step" or mark[0] != today], (today, "Today", "now")])
    return marks
