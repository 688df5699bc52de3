"""A rule in plain words without a case: how it counts, what starts and stops it."""

from casefile.domain.calendar import Step
from casefile.domain.dates import MONTHS, count
from casefile.domain.rules import Period, Rule, Term

_SETS = {
    "general_ew": "weekends and bank holidays do not count",
    "children_act": "weekends and bank holidays do not count",
    "tribunal_sen": "weekends, bank holidays, August, and 25 December to 1 January do not count",
    "tribunal_plain": "weekends and bank holidays do not count",
    "foi": "weekends and bank holidays anywhere in the United Kingdom do not count",
}
_PLAIN = {
    "weeks_after": ("week", "after"), "weeks_before": ("week", "before"), "days_after": ("day", "after"),
    "days_incl": ("day", "with the day itself as the first, from"), "months_after": ("month", "after"),
    "months_incl": ("month", "with the day itself as the first, from"), "months_before": ("month", "before"),
    "wd_after": ("working day", "after"), "wd_before": ("working day", "before"),
    "wd_incl": ("working day", "with the day itself as the first, from"), "schooldays_after": ("school day", "after"),
    "schooldays_incl": ("school day", "with the day itself as the first, from"),
    "days_after_tribunal": ("day outside the Tribunal's holidays", "after"),
}  # fmt: skip


def step_phrase(step: Step) -> str:
    """One act of counting: "6 weeks after", "the day before 15 February"."""
    if step.count in _PLAIN:
        unit, way = _PLAIN[step.count]
        many = unit.replace("day ", "days ", 1) if unit.startswith("day ") else unit + "s"
        words = f"{count(step.n, unit, many)} {way}"
        return f"{words} (here {_SETS[step.working]})" if step.count.startswith("wd") else words
    if step.count in ("fixed", "fixed_before"):
        when = f"{step.day} {MONTHS[step.month - 1]}" + (f" {step.year}" if step.year > 1000 else "")
        earlier = " of the year before" if step.year == -1 else ""
        return f"the day before {when}" if step.count == "fixed_before" else when + earlier
    return {
        "last_friday_in_june": "the last Friday in June of the school year of",
        "academic_year_end": "31 July at the end of the school year of",
        "directed": "the day that a letter or order sets, after",
    }.get(step.count, "no number of days, from")


def _term(term: Term, rule: Rule) -> str:
    kind = term.start or rule.starts[0].role
    words = [step_phrase(step) for step in term.steps]
    name = rule.names.get(kind, kind)
    return f"{', then '.join(words)}: {name[0].lower()}{name[1:]}"


def period_phrase(period: Period, rule: Rule) -> str:
    """A whole period in one sentence without a full stop."""
    parts = [_term(term, rule) for term in period.terms]
    joined = {
        "earlier": "the earlier of: " + "; or ".join(parts),
        "later": "the later of: " + "; or ".join(parts),
        "first": "; or, where that is not known, ".join(parts),
    }.get(period.use, parts[0])
    return f"{joined}; a last day that is no working day moves to the next one" if period.roll else joined


def kinds_of(rule: Rule) -> tuple[str, ...]:
    """The plain names of the events that start a rule."""
    return tuple(dict.fromkeys(rule.names.get(start.kind, start.kind) for start in rule.starts))


def endings_of(rule: Rule) -> tuple[str, ...]:
    """The plain names of the events that stop it."""
    return tuple(dict.fromkeys(rule.names.get(kind, kind) for kind, _ in rule.ends))
