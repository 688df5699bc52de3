"""The whole law as one document that an adviser can check line by line: every rule, a worked count, every source."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casefile.domain.calendar import Calendar, add_months
from casefile.domain.dates import in_words
from casefile.domain.deadlines import deadlines
from casefile.domain.describing import endings_of, kinds_of, period_phrase
from casefile.domain.events import Event
from casefile.domain.failings import ROUTES, Failing, Route
from casefile.domain.people import Child
from casefile.domain.remedies import Practice
from casefile.domain.rules import EventKind, ExceptionSet, Rule, RuleVersion, TemporaryChange
from casefile.domain.telling import SURE

EXAMPLE_DAY = dt.date(2026, 3, 2)
SAID_ABOVE = ("The rule:", "Good reasons:", "Where it is written:", "Checked on")
"""Lines of a working that an entry of this document gives elsewhere."""
STAGE_TITLES = {
    "assessment": "Assessment", "plan": "The plan", "mediation": "Mediation", "appeal": "Appeal", "order": "Orders of the Tribunal",
    "review": "Reviews", "transfer": "Moving on, moving house, ending a plan", "education": "Out of school",
    "exclusion": "Exclusion", "complaint": "Complaints", "health": "Health", "social_care": "Social care",
    "information": "Records and information",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be checked by itself. ``rows`` are labels with texts, in order; a label may come again."""

    id: str
    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with its entries."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class LawDocument:
    """The document: when the law was last checked, and its chapters."""

    checked: dt.date
    chapters: tuple[Chapter, ...]


def law_document(
    rules: Sequence[Rule],
    kinds: Mapping[str, EventKind],
    exceptions: Mapping[str, ExceptionSet],
    changes: Mapping[str, TemporaryChange],
    routes: Mapping[str, Route],
    failings: Mapping[str, Failing],
    practice: Practice | None,
    calendar: Calendar,
) -> LawDocument:
    """Everything the program knows of the law, rules first, each with a count worked out from a fixed day."""
    stages = dict.fromkeys(rule.stage for rule in rules)
    chapters = [
        Chapter(STAGE_TITLES[stage], tuple(_rule(rule, calendar) for rule in rules if rule.stage == stage))
        for stage in stages
    ]
    chapters.append(Chapter("Reasons that may excuse delay", tuple(_exception(one) for one in exceptions.values())))
    chapters.append(Chapter("Times when the law was different", tuple(_change(one) for one in changes.values())))
    order = [*ROUTES, *(id_ for id_ in routes if id_ not in ROUTES)]
    chapters.append(Chapter("Bodies that can help", tuple(_route(routes[id_]) for id_ in order if id_ in routes)))
    chapters.append(
        Chapter("What can go wrong, and where to go", tuple(_failing(one, routes) for one in failings.values()))
    )
    if practice:
        chapters.append(Chapter("Published decisions of the Ombudsman", _decisions(practice)))
    chapters.append(Chapter("Events that start or stop a count", tuple(_kind(kind, rules) for kind in kinds.values())))
    chapters.append(Chapter("Bank holidays", _holidays(calendar)))
    return LawDocument(max(version.checked for rule in rules for version in rule.versions), tuple(chapters))


def _rule(rule: Rule, calendar: Calendar) -> Entry:
    rows = [("Who must act", rule.who), ("How binding", rule.status.replace("_", " ")), ("In plain words", rule.help)]
    rows.append(("Starts with", "; ".join(kinds_of(rule))))
    if rule.kinds:
        rows.append(("Only for", ", ".join(kind.replace("_", " ") for kind in rule.kinds)))
    if rule.ends:
        rows.append(("Stops with", "; ".join(endings_of(rule))))
    for version in rule.versions:
        rows += _version(version, rule)
    rows += [("Worked count", line) for line in worked(rule, calendar)]
    return Entry(rule.id, rule.title, tuple(rows))


def _version(version: RuleVersion, rule: Rule) -> list[tuple[str, str]]:
    since = f"since {in_words(version.since)}" if version.since else "as far back as it is known"
    until = f" until {in_words(version.until)}" if version.until else ""
    rows = [("In force", since + until), ("The count", period_phrase(version.period, rule))]
    rows += [
        (f"The count for {key.lstrip(':').replace('_', ' ')}", period_phrase(one, rule))
        for key, one in version.periods.items()
    ]
    rows += [("Another way to count", f"{period_phrase(one.period, rule)}. {one.because}") for one in version.also]
    if version.extension:
        rows.append(("More time", version.extension.words))
    rows.append(("Reasons for delay", version.exceptions.id.replace("_", " ") if version.exceptions else "none listed"))
    rows += [("Note", text) for text in version.cautions]
    rows += [("Where it is written", version.cite), ("Link", version.link)]
    rows.append(("How sure", f"Checked on {in_words(version.checked)}. {version.sure or SURE[version.confidence]}"))
    return rows


def worked(rule: Rule, calendar: Calendar) -> tuple[str, ...]:
    """The count of a rule from a fixed day (Monday 2 March 2026, or the last day of its last version), line by line."""
    last = rule.versions[-1]
    day = min(EXAMPLE_DAY, last.until) if last.until else max(EXAMPLE_DAY, last.since or EXAMPLE_DAY)
    detail = rule.kinds[0] if rule.kinds else ""
    kinds = dict.fromkeys([rule.starts[0].role, *rule.asks, *rule.needs])
    events = [Event(None, kind, day, detail=detail if kind == rule.starts[0].role else "") for kind in kinds]
    child = Child(born=add_months(day, -12 * (rule.under_age - 1))) if rule.under_age else None
    found = deadlines(events, [rule], calendar, day, child=child)
    told = found[0].working if found else ()
    return tuple(line for line in told if not line.startswith(SAID_ABOVE))


def _exception(one: ExceptionSet) -> Entry:
    rows = [*(("Reason", text) for text in one.grounds), ("What it means", one.effect)]
    return Entry(one.id, one.id.replace("_", " ").capitalize(), tuple(rows))


def _change(one: TemporaryChange) -> Entry:
    return Entry(
        one.id,
        one.id.replace("_", " ").capitalize(),
        (("When", f"{in_words(one.since)} to {in_words(one.until)}"), ("What", one.words)),
    )


def _route(one: Route) -> Entry:
    rows = [("What it is", one.what)]
    for label, texts in (
        ("Can", one.can),
        ("Cannot", one.cannot),
        ("First", one.before),
        ("Time", one.limits),
        ("A good letter", one.good),
    ):
        rows += [(label, text) for text in texts]
    rows += [("How", one.how), ("May give", one.gives), ("If it fails", one.if_fails)]
    rows += [(f"Said when: {key.replace('_', ' ')}", text) for key, text in one.reasons.items()]
    rows += [(f"Could still open it: {key.replace('_', ' ')}", text) for key, text in one.unless.items()]
    rows += [("Where it is written", one.cite), ("Link", one.link)]
    rows.append(("How sure", f"Checked on {in_words(one.checked)}. {one.sure or SURE[one.confidence]}"))
    return Entry(one.id, one.title, tuple(rows))


def _failing(one: Failing, routes: Mapping[str, Route]) -> Entry:
    rows = [("When it is one", one.when), ("Whose failing", one.by)]
    for label, ids in (
        ("First", one.first),
        ("Then", one.then),
        ("If help is missing now", one.fast),
        ("Also", one.also),
    ):
        if ids:
            rows.append((label, "; ".join(routes[id_].title for id_ in ids)))
    rows += [(routes[id_].title, text) for id_, text in one.says.items()]
    rows += [(f"Not {routes[id_].title}", text) for id_, text in one.never.items()]
    if one.rules:
        rows.append(("Shown by lateness in", ", ".join(one.rules)))
    if one.caution:
        rows.append(("Note", one.caution))
    return Entry(one.id, one.title, (*rows, ("Where it is written", one.cite)))


def _decisions(practice: Practice) -> tuple[Entry, ...]:
    first = Entry(
        "note", "How to read these", (("Note", practice.note), ("First", practice.first), ("Note", practice.range))
    )
    return first, *(
        Entry(
            one.number,
            f"{one.council}, {one.number} ({one.year})",
            (
                ("What happened", one.happened),
                *(("Paid", f"£{payment.pounds:,} for {payment.what}") for payment in one.paid),
                ("Link", one.link),
            ),
        )
        for one in practice.decisions
    )


def _kind(kind: EventKind, rules: Sequence[Rule]) -> Entry:
    starts = [rule.id for rule in rules if kind.id in rule.roles]
    ends = [rule.id for rule in rules if any(ended == kind.id for ended, _ in rule.ends)]
    rows = [("What to look for", kind.help)]
    if kind.details and kind.details != ("*",):
        rows.append(("Kinds", ", ".join(kind.details)))
    rows += [(label, ", ".join(ids)) for label, ids in (("Starts", starts), ("Stops", ends)) if ids]
    return Entry(kind.id, kind.title, tuple(rows))


def _holidays(calendar: Calendar) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            one.nation,
            one.nation,
            (
                ("Known", f"from {in_words(one.known_from)} to {in_words(one.known_until)}"),
                ("Source", one.source),
                ("Link", one.link),
                *(
                    (
                        str(year),
                        "; ".join(
                            f"{in_words(day)} ({name})" for day, name in sorted(one.days.items()) if day.year == year
                        ),
                    )
                    for year in sorted({day.year for day in one.days})
                ),
            ),
        )
        for one in (calendar.england, *calendar.others)
    )
