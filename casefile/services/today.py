"""Where the case stands today: what is owed, what is yours to do, and one next step."""

import datetime as dt
from dataclasses import dataclass

from casefile.domain.dates import count, in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.events import Event
from casefile.domain.letters import Template
from casefile.library import Library
from casefile.services.sent import sent_about
from casefile.services.timeline import deadlines_of, late_sentence
from casefile.store.store import Store

LATE = ("overdue",)
OPEN = ("coming", "due_soon")


@dataclass(frozen=True, slots=True)
class Step:
    """The one next step. ``action`` says where it leads: letter, doors, documents, deadlines, event or none."""

    title: str
    why: str
    action: str
    target: str
    button: str
    explain: str


@dataclass(frozen=True, slots=True)
class Today:
    """Where things stand: the next step, what is owed (late first), what the parent must do, and counts."""

    step: Step
    owed: tuple[Deadline, ...]
    mine: tuple[Deadline, ...]
    late: int
    coming: int
    unsorted: int


def today_of(store: Store, library: Library, today: dt.date) -> Today:
    """Where the case stands today, in one sentence each, with one suggested step."""
    # A day that only marks how long something may last, or a date to know, is owed by nobody.
    limits = {rule.id for rule in library.rules if rule.nature in ("limit", "if")}
    found = [one for one in deadlines_of(store, library, today) if one.rule in limits]
    owed = [one for one in found if not one.mine and one.state in (*LATE, *OPEN)]
    owed.sort(key=lambda one: (one.state not in LATE, one.due or dt.date.max))
    mine = [one for one in found if one.mine and one.state in OPEN]
    mine.sort(key=lambda one: one.safe_date or one.due or dt.date.max)
    waiting = int(store.db.execute("SELECT count(*) FROM document WHERE state = 'unsorted'").fetchone()[0])
    late = sum(1 for one in owed if one.state in LATE)
    step = _step(store, library, owed, mine, waiting, today)
    return Today(step, tuple(owed), tuple(mine), late, len(owed) - late, waiting)


def _step(
    store: Store, library: Library, owed: list[Deadline], mine: list[Deadline], waiting: int, today: dt.date
) -> Step:
    for one in mine:
        by = one.safe_date or one.due
        if one.due and by and (by - today).days <= 14 and one.status != "good_practice":
            why = f"The last day is {in_words(one.due)}." + (
                f" To be safe, do it by {in_words(by)}." if by != one.due else ""
            )
            return Step(one.title, why, "deadlines", one.rule, "See how this works", "Your own limits come first.")
    if waiting and not store.find(Event):
        return Step(
            "Say what your new papers are", f"{count(waiting, 'paper')} wait to be sorted. Dates follow from them.",
            "documents", "", "Sort the papers", "The program counts only from what you have confirmed.",
        )  # fmt: skip
    letter = _letter_step(store, library, owed)
    if letter:
        return letter
    help_ = _doors_step(library, owed)
    if help_:
        return help_
    if waiting:
        return Step(
            "Say what your new papers are", f"{count(waiting, 'paper')} wait to be sorted.", "documents", "",
            "Sort the papers", "A paper may hold a date that matters.",
        )  # fmt: skip
    if not store.find(Event):
        return Step(
            "Add your papers, or say what happened", "Two or three dates are enough to see the first deadlines.",
            "documents", "", "Add papers", "Nothing can be counted before something is recorded.",
        )  # fmt: skip
    return Step(
        "Nothing needs doing today", _next_words(owed, mine), "none", "", "", "The next date is far enough away."
    )


def _next_words(owed: list[Deadline], mine: list[Deadline]) -> str:
    coming = sorted(
        (one for one in [*owed, *mine] if one.due and one.state in OPEN), key=lambda one: one.due or dt.date.max
    )
    if not coming or coming[0].due is None:
        return "No date is coming up."
    return f"The next date is {in_words(coming[0].due)}: {coming[0].title.rstrip('.')}."


def _letter_step(store: Store, library: Library, owed: list[Deadline]) -> Step | None:
    for one in owed:
        template = next((form for form in library.letters if one.rule in form.rules), None)
        if one.state in LATE and template and not sent_about(store, template.id, one):
            return Step(
                f"Write about this: {one.title}", f"{late_sentence(one)} {_what_follows(library, template)}",
                "letter", template.id, "Write the letter", f"The duty is in {one.reference}.",
            )  # fmt: skip
    return None


def _what_follows(library: Library, template: Template) -> str:
    """What a letter brings, in one sentence: only where sending it starts a limit of somebody else is a clock promised."""
    if any(rule.nature == "limit" and not rule.mine and template.records in rule.roles for rule in library.rules):
        return "A letter that says so starts the next clock."
    return "A letter can say so, with the dates and papers of your record."


def _doors_step(library: Library, owed: list[Deadline]) -> Step | None:
    """Where what is late has no letter of its own, or one that was sent already: who can help with it."""
    for one in owed:
        if one.state in LATE and any(one.rule in failing.rules for failing in library.law.failings.values()):
            return Step(
                f"See who can help: {one.title}", f"{late_sentence(one)} Some places can help now, some only later.",
                "doors", one.rule, "See who can help", f"The duty is in {one.reference}.",
            )  # fmt: skip
    return None
