"""Reads the law folder: event kinds, exceptions, temporary changes, and one rule a file. Strict: it fails with a cure."""

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casefile.domain.failings import Failing, Route
from casefile.domain.remedies import Practice
from casefile.domain.rules import (
    CONFIDENCES,
    NATURES,
    STAGES,
    STATUSES,
    EventKind,
    ExceptionSet,
    Extension,
    Period,
    Reading,
    Rule,
    RuleVersion,
    Start,
    TemporaryChange,
)  # fmt: skip
from casefile.errors import BadFile, NotFound
from casefile.library.law_reading import Table, read_period, read_toml
from casefile.library.remedies import load_remedies
from casefile.library.routes import load_failings, load_routes


@dataclass(frozen=True, slots=True)
class Law:
    """The whole law as data. ``law_checked`` is the latest day any rule was checked."""

    rules: tuple[Rule, ...]
    event_kinds: Mapping[str, EventKind]
    exceptions: Mapping[str, ExceptionSet]
    temporary_changes: Mapping[str, TemporaryChange]
    law_checked: dt.date
    routes: Mapping[str, Route] = field(default_factory=dict)
    failings: Mapping[str, Failing] = field(default_factory=dict)
    practice: Practice | None = None

    def rule(self, rule_id: str) -> Rule:
        """The rule of an id. Raises ``NotFound``."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise NotFound(f"There is no rule called {rule_id!r}.", "casefile law rules lists them all.")


@dataclass(frozen=True, slots=True)
class _Shared:
    """What every rule file may name."""

    kinds: Mapping[str, EventKind]
    stand_ins: Mapping[str, tuple[Start, ...]]
    names: Mapping[str, str]
    exceptions: Mapping[str, ExceptionSet]
    changes: Mapping[str, TemporaryChange]


def load_law(folder: Path) -> Law:
    """The law of a folder. Raises ``BadFile`` naming the file, the key and the cure."""
    kinds, stand_ins = _events(folder / "events.toml")
    names = {kind.id: kind.title for kind in kinds.values()}
    exceptions, changes = _exceptions(folder / "exceptions.toml"), _changes(folder / "changes.toml")
    shared = _Shared(kinds, stand_ins, names, exceptions, changes)
    rules: dict[str, Rule] = {}
    for stage in STAGES:
        for path in sorted((folder / stage).glob("*.toml")):
            rule = _rule(Table(read_toml(path), f"{stage}/{path.name}"), stage, shared)
            if rule.id in rules:
                raise BadFile(f"{stage}/{path.name}: the id {rule.id!r} is used twice.", "Give each rule its own id.")
            rules[rule.id] = rule
    if not rules:
        raise BadFile("There are no rules in the law folder.", "Check that it is the right folder.")
    checked = max(version.checked for rule in rules.values() for version in rule.versions)
    routes = load_routes(folder / "routes")
    failings = load_failings(folder / "failings.toml", rules, lambda table, key: _pairs(table, key, shared))
    practice = load_remedies(folder / "remedies.toml", failings)
    return Law(tuple(rules.values()), kinds, exceptions, changes, checked, routes, failings, practice)


def _events(path: Path) -> tuple[dict[str, EventKind], dict[str, tuple[Start, ...]]]:
    kinds: dict[str, EventKind] = {}
    stand_ins: dict[str, list[Start]] = {}
    raw = read_toml(path)
    for id_, value in raw.items():
        table = Table(value, f"{path.name}, {id_}")
        kinds[id_] = EventKind(
            id_, table.get("title", str), table.get("help", str), table.one_of("stage", STAGES), table.words("details"),
            table.get("parent_can_record", bool, True), table.get("takes_year", bool, False),
        )  # fmt: skip
        for part in table.tables("counts_as"):
            role = part.one_of("event", raw)
            stand_ins.setdefault(role, []).append(
                Start(
                    id_, role, part.get("when", str, ""), part.get("kind", str, ""), part.get("words", str, ""),
                    part.get("first", bool, False), part.get("after", str, ""),
                )
            )  # fmt: skip
            part.done()
        table.done()
    return kinds, {role: tuple(starts) for role, starts in stand_ins.items()}


def _exceptions(path: Path) -> dict[str, ExceptionSet]:
    found = {}
    for id_, value in read_toml(path).items():
        table = Table(value, f"{path.name}, {id_}")
        found[id_] = ExceptionSet(
            id_, table.words("grounds"), table.get("effect", str), table.get("school_closure", bool, False)
        )
        table.done()
    return found


def _changes(path: Path) -> dict[str, TemporaryChange]:
    found = {}
    for id_, value in read_toml(path).items():
        table = Table(value, f"{path.name}, {id_}")
        since, until = table.date("since"), table.date("until")
        if since is None or until is None or until < since:
            raise table.bad("until", "is before since", "Mend the dates.")
        found[id_] = TemporaryChange(id_, since, until, table.get("words", str))
        table.done()
    return found


def _known(table: Table, key: str, kind: str, shared: _Shared, detail: str = "") -> str:
    if kind not in shared.kinds:
        raise table.bad(
            key, f"names the event {kind!r}, which events.toml does not list", "Add it there, or mend its spelling."
        )
    if detail and detail not in shared.kinds[kind].details:
        raise table.bad(
            key,
            f"names {detail!r}, which is no kind of {kind}",
            f"Use one of: {', '.join(shared.kinds[kind].details)}.",
        )
    return kind


def _pairs(table: Table, key: str, shared: _Shared) -> tuple[tuple[str, str], ...]:
    """Event kinds with an optional detail ("decision_letter_sent:cease"), and whatever may stand for them."""
    found: list[tuple[str, str]] = []
    for text in table.words(key):
        kind, _, detail = text.partition(":")
        found.append((_known(table, key, kind, shared, detail), detail))
        for start in shared.stand_ins.get(kind, ()):
            if not start.first and (not detail or start.detail in ("", detail)):
                found.append((start.kind, start.when))
    return tuple(dict.fromkeys(found))


def _starts(table: Table, shared: _Shared) -> tuple[Start, ...]:
    found: list[Start] = []
    for kind in table.words("starts"):
        _known(table, "starts", kind, shared)
        found.append(Start(kind, kind))
        found += shared.stand_ins.get(kind, ())
    if not found:
        raise table.bad("starts", "is missing or empty", "Name the events that start the clock.")
    return tuple(found)


def _rule(table: Table, stage: str, shared: _Shared) -> Rule:
    starts = _starts(table, shared)
    pause = table.words("pause") or ("", "")
    safe = table.table("safe")
    parts = table.tables("version")
    rule = Rule(
        id=table.get("id", str), title=table.get("title", str), who=table.get("who", str),
        status=table.one_of("status", STATUSES), stage=stage, help=table.get("help", str), starts=starts,
        ends=_pairs(table, "ends", shared), stops=_pairs(table, "stops", shared), resumes=_pairs(table, "resumes", shared),
        past=_pairs(table, "past", shared), versions=_versions(table, parts, shared),
        nature=table.one_of("nature", NATURES, "limit"), kinds=table.words("kinds"), not_kinds=table.words("not_kinds"),
        kinds_optional=table.get("kinds_optional", bool, False), together=table.get("together", bool, False),
        any_order=table.get("any_order", bool, False), needs=table.words("needs"), asks=table.words("asks"),
        minimum=table.get("minimum", bool, False), unless_after=table.get("unless_after", str, ""),
        held_by=table.get("held_by", str, ""),
        under_age=table.get("under_age", int, 0), pause=(pause[0], pause[1]), names=shared.names,
        safe_days=read_period(safe) if safe else None,
    )  # fmt: skip
    table.done()
    _check_kinds(table, rule, shared)
    return rule


def _check_kinds(table: Table, rule: Rule, shared: _Shared) -> None:
    first = rule.starts[0].role
    for key, kinds in (("kinds", rule.kinds), ("not_kinds", rule.not_kinds)):
        for detail in kinds:
            _known(table, key, first, shared, detail)
    named = [*rule.needs, *rule.asks, *(kind for kind in (*rule.pause, rule.unless_after, rule.held_by) if kind)]
    for version in rule.versions:
        periods = [version.period, *version.periods.values(), *(reading.period for reading in version.also)]
        named += [term.start for period in periods for term in period.terms if term.start]
    for kind in named:
        _known(table, "a period or a list", kind, shared)


def _versions(rule: Table, parts: list[Table], shared: _Shared) -> tuple[RuleVersion, ...]:
    if not parts:
        raise rule.bad("version", "is missing", "Add a [[version]] with a period, a cite, a link and a checked date.")
    found = [_version(part, shared) for part in parts]
    found.sort(key=lambda v: v.since or dt.date.min)
    for earlier, later in itertools.pairwise(found):
        if earlier.until is None or later.since is None or later.since <= earlier.until:
            raise rule.bad(
                "version", "overlaps another version", "End the older one the day before the newer one starts."
            )
    return tuple(found)


def _version(table: Table, shared: _Shared) -> RuleVersion:
    period = table.table("period")
    if period is None:
        raise table.bad("period", "is missing", "Add a period, such as { weeks_after = 6 }.")
    set_name = table.get("exceptions", str, "")
    if set_name and set_name not in shared.exceptions:
        raise table.bad(
            "exceptions",
            f"names {set_name!r}, which exceptions.toml does not list",
            "Add it there, or mend its spelling.",
        )
    for name in table.words("temporary"):
        if name not in shared.changes:
            raise table.bad("temporary", f"names {name!r}, which changes.toml does not list", "Add it there.")
    cite = table.get("cite", str)
    checked = table.date("checked")
    if not cite.strip() or checked is None:
        raise table.bad("cite", "is empty", "Say where the rule is written.")
    made = RuleVersion(
        period=read_period(period), cite=cite, link=table.get("link", str), checked=checked,
        confidence=table.one_of("confidence", CONFIDENCES), since=table.date("since", None), until=table.date("until", None),
        periods=_periods(table), exceptions=shared.exceptions.get(set_name),
        temporary=tuple(shared.changes[name] for name in table.words("temporary")), cautions=table.words("cautions"),
        also=_readings(table), extension=_extension(table, shared), sure=table.get("sure", str, ""),
    )  # fmt: skip
    table.done()
    return made


def _periods(table: Table) -> dict[str, Period]:
    periods: dict[str, Any] = table.get("periods", dict, {})
    return {key: read_period(Table(value, f"{table.where}, periods {key}")) for key, value in periods.items()}


def _readings(table: Table) -> tuple[Reading, ...]:
    found = []
    for part in table.tables("also"):
        because, wait, period = part.get("because", str), part.get("wait", bool, False), part.table("period")
        if period is None:
            raise part.bad("period", "is missing", "Say how this reading counts.")
        part.done()
        found.append(Reading(read_period(period), because, wait))
    return tuple(found)


def _extension(table: Table, shared: _Shared) -> Extension | None:
    part = table.table("extension")
    if part is None:
        return None
    event, period = part.get("event", str), part.table("period")
    _known(part, "event", event, shared)
    if period is None:
        raise part.bad("period", "is missing", "Say how long the whole time becomes.")
    made = Extension(event, read_period(period), part.get("words", str))
    part.done()
    return made
