"""The door before the letter: whether the body a letter goes to would take it now, and which letter to write instead."""

import datetime as dt
from dataclasses import dataclass

from casefile.domain.door_letters import FIRST, OPENED_BY, letter_for
from casefile.domain.failings import Door, Failing
from casefile.domain.letters import Template
from casefile.library import Library
from casefile.services.doors import Found, doors_of, failings_of
from casefile.services.timeline import deadlines_of
from casefile.store.store import Store

_BEST = ("depends", "too_early", "closed", "not_this_body")
"""States of a door that is not open, the one that comes nearest to open first."""


@dataclass(frozen=True, slots=True)
class Shut:
    """A door that is not open for what the record shows. ``better`` and ``letter`` are a step that can be taken instead."""

    door: Door
    failing: Failing
    better: Door | None
    letter: Template | None


def shut_before(store: Store, library: Library, template_id: str, today: dt.date) -> Shut | None:
    """Why the body a letter goes to would not take it on the day ``today``; None where it would.

    None as well where the letter goes through no door, or the record shows nothing that went wrong: then nothing is
    known against it. Raises ``NotFound`` for an unknown letter.
    """
    template = library.letter(template_id)
    route = OPENED_BY.get(template.records)
    if route is None:
        return None
    rows = deadlines_of(store, library, today)
    late = {one.rule for one in rows if one.state == "overdue"}
    found = []
    shown = failings_of(store, library, today)
    for one in _about(template, route, shown):
        doors = doors_of(store, library, one.failing.id, today, shown)
        mine = next(door for door in doors if door.route == route)
        if mine.usable:
            return None
        rule = one.deadline.rule if one.deadline else ""
        steps = ((door, letter_for(door, one.failing, library.letters, rule, late)) for door in doors)
        better, letter = next(((door, form) for door, form in steps if form is not None), (None, None))
        found.append(Shut(mine, one.failing, better, letter))
    return min(found, key=lambda shut: (_BEST.index(shut.door.state), shut.letter is None), default=None)


def _about(template: Template, route: str, shown: tuple[Found, ...]) -> list[Found]:
    """What went wrong that a letter is about: a first complaint by its own limits, a later step by all that leads to it."""
    if template.rules and route == FIRST:
        return [one for one in shown if set(template.rules) & set(one.failing.rules)]
    return [one for one in shown if route in one.failing.doors]
