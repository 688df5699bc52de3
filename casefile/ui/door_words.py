"""A door in words: its state with icon and colour, and its group on the page."""

import re
from collections.abc import Mapping, Sequence

from casefile.domain.dates import in_words
from casefile.domain.failings import FAILING_KINDS, Door, Failing, Route
from casefile.domain.remedies import Remedy

GROUPS = (("open", "Open now"), ("depends", "One answer decides"), ("early", "Too early"), ("closed", "Closed, or not for this"))
"""The parts of the page, in order."""
KINDS = {
    "delay": "A decision or a plan is late", "decision": "A decision you do not agree with", "delivery": "Help or education is missing",
    "process": "How something was done", "duty": "Another duty of the council", "school": "The school", "exclusion": "Exclusion",
    "health": "Health help", "social_care": "Social care help", "data": "Records", "system": "Many families",
}  # fmt: skip
"""What went wrong, as the heads of the list of failings."""
READ = {
    "decision": "The decision itself was read.", "bulletin": "Read in the Ombudsman’s weekly list.", "copy": "A copy elsewhere was read.",
    "summary": "Read in a lawyer’s summary.", "pages": "Read in notes on the law, not in the decision itself.",
}  # fmt: skip
LONGEST = 170
"""So many letters of the reasons stand in a row; the rest is one press away."""


def group_of(door: Door) -> str:
    """The part of the page a door stands in; empty for one that is not for this."""
    return {"open": "open", "closing": "open", "depends": "depends", "too_early": "early", "closed": "closed"}.get(door.state, "")


def icon_of(door: Door) -> tuple[str, str]:
    """The icon of a door and its colour."""
    return {
        "open": ("door-open", "done"), "closing": ("door-open", "late"), "too_early": ("door-early", "soon"), "depends": ("door-early", "look"),
    }.get(door.state, ("door-closed", "unknown"))  # fmt: skip


def state_of(door: Door, routes: Mapping[str, Route], *, best: bool = False) -> tuple[str, str]:
    """The state of a door in words, with its date, and the colour of the words. The best one has its date in its reasons."""
    role = icon_of(door)[1]
    if door.usable:
        if best:
            return "Best next step", role
        if door.closes_on:
            return f"{'Closes' if door.state == 'closing' else 'Open until'} {in_words(door.closes_on)}", role
        return "Open", role
    if door.state == "depends":
        return ("Answer a question first" if door.ask else "It depends"), role
    if door.state == "too_early":
        if door.opens_on:
            return f"Opens {in_words(door.opens_on)}", role
        names = [routes[id_].title for id_ in door.first[:1] if id_ in routes]
        return (f"After: {names[0]}" if names else "Not yet"), role
    if door.state == "closed" and door.closes_on:
        return f"Closed {in_words(door.closes_on)}", role
    return ("Closed" if door.state == "closed" else "Not for this"), role


def sentences(text: str) -> list[str]:
    """A text cut into its sentences; a number like 26(6) or a form's name is no end."""
    return [part for part in re.split(r"(?<=[.?!])\s+(?=[A-Z“])", text.strip()) if part]


def short_of(text: str) -> tuple[str, bool]:
    """The first sentences of some reasons, and whether that is all of them."""
    kept: list[str] = []
    parts = sentences(text)
    for part in parts:
        if kept and len(" ".join([*kept, part])) > LONGEST:
            break
        kept.append(part)
    return " ".join(kept), len(kept) == len(parts)


def several(doors: Sequence[Door]) -> str:
    """What to say where an appeal and a complaint are both right; else nothing."""
    usable = {door.route for door in doors if door.usable}
    if "tribunal_appeal" in usable and usable & {"council_stage_1", "council_stage_2", "lgsco", "social_care_complaint"}:
        return "You can appeal and complain at the same time. Appeal against the decision. Complain about the delay, in a separate letter."
    if "judicial_review_preaction" in usable and "council_stage_1" in usable:
        return "You need not finish one before the next. If your child is losing help now, complain and get legal advice at the same time."
    return ""


def kinds_of(failings: Sequence[Failing]) -> list[tuple[str, list[Failing]]]:
    """The failings under their heads, in the order of the law pages."""
    found = [(KINDS[kind], [one for one in failings if one.kind == kind]) for kind in dict.fromkeys([*KINDS, *FAILING_KINDS])]
    return [(title, part) for title, part in found if part]


def paid_of(one: Remedy) -> str:
    """What a decision recommended, sum by sum. Nothing is added up."""
    if not one.paid:
        return "No payment is named."
    return f"Recommended: {'; '.join(f'£{payment.pounds:,} for {payment.what}' for payment in one.paid)}."
