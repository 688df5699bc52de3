"""A law pack: a folder of law data. Checking one, seeing what it changes for a case, using it, writing the law out."""

import datetime as dt
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casefile import paths
from casefile.domain.calendar import Calendar
from casefile.domain.dates import in_words
from casefile.domain.deadlines import Deadline, deadlines
from casefile.domain.law_document import LawDocument, law_document
from casefile.domain.rules import Rule, RuleVersion
from casefile.errors import Invalid
from casefile.library import Library, load
from casefile.library.calendar import load_calendar
from casefile.library.law import Law
from casefile.library.lawpack import merged, pack_folder, read_pack
from casefile.services.case import child_of
from casefile.services.terms import closures_of
from casefile.services.timeline import events_of
from casefile.store.files import write_file
from casefile.store.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """One difference a newer law makes. ``what``: new, gone, date, state or words; ``before`` and ``after`` in words."""

    rule: str
    title: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A newer law beside the one in use: for this case (``case``), and rule by rule (``rules``)."""

    checked_before: dt.date
    checked_after: dt.date
    case: tuple[Change, ...]
    rules: tuple[Change, ...]

    @property
    def newer(self) -> bool:
        """Whether it was checked later than the one in use."""
        return self.checked_after > self.checked_before


def compare(store: Store, library: Library, law: Law, today: dt.date) -> Comparison:
    """What a newer law would change: each deadline of the case that appears, goes, moves or changes, then each rule."""
    events, child, closures = events_of(store), child_of(store), closures_of(store)

    def rows(rules: Sequence[Rule]) -> dict[tuple[str, tuple[int | None, ...]], Deadline]:
        found = deadlines(events, rules, library.calendar, today, child=child, closures=closures)
        return {(row.rule, tuple(event.id for event in row.starts)): row for row in found}

    before, after = rows(library.rules), rows(merged(library.law, law).rules)
    changed = []
    for key in dict.fromkeys([*before, *after]):
        changed += _row_change(before.get(key), after.get(key))
    return Comparison(library.law_checked, law.law_checked, tuple(changed), _rule_changes(library.law, law))


def _row_change(old: Deadline | None, new: Deadline | None) -> list[Change]:
    if old is None and new is not None:
        return [Change(new.rule, new.title, "new", "", _due(new))]
    if new is None and old is not None:
        return [Change(old.rule, old.title, "gone", _due(old), "")]
    if old is None or new is None:
        return []
    if old.due != new.due:
        return [Change(new.rule, new.title, "date", _due(old), _due(new))]
    return [Change(new.rule, new.title, "state", old.state, new.state)] if old.state != new.state else []


def _due(row: Deadline) -> str:
    return in_words(row.due) if row.due else "no date"


def _rule_changes(old: Law, new: Law) -> tuple[Change, ...]:
    before, after = {rule.id: rule for rule in old.rules}, {rule.id: rule for rule in new.rules}
    found = []
    for id_ in dict.fromkeys([*before, *after]):
        was, now = before.get(id_), after.get(id_)
        if was is None and now is not None:
            found.append(Change(id_, now.title, "new", "", now.help))
        elif now is None and was is not None:
            found.append(Change(id_, was.title, "gone", was.help, ""))
        elif was is not None and now is not None and _law_of(was) != _law_of(now):
            found.append(Change(id_, now.title, "words", _dated(was.versions), _dated(now.versions)))
    return tuple(found)


def _law_of(rule: Rule) -> Rule:
    """A rule without the names of events, which are words and not law."""
    return replace(rule, names={})


def _dated(versions: Sequence[RuleVersion]) -> str:
    return "; ".join(f"{version.cite}, checked on {in_words(version.checked)}" for version in versions)


def use_pack(folder: Path, library: Library) -> Library:
    """Take a newer law from now on; returns a library that uses it, its older versions kept for old events.

    The folder is copied whole into the user's own data, then put in place at once. Raises as ``read_pack``, and
    ``Invalid`` for a law that was checked earlier than the one in use.
    """
    law = read_pack(folder)
    if law.law_checked < library.law_checked:
        raise Invalid(
            f"This law was checked on {in_words(law.law_checked)}, before the one in use "
            f"({in_words(library.law_checked)}). Nothing was changed.",
            "Ask for a newer one.",
        )
    target = pack_folder()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"law-{uuid.uuid4().hex[:8]}")
    shutil.copytree(folder, fresh)
    read_pack(fresh)
    if target.exists():
        shutil.rmtree(target)
    fresh.rename(target)
    load.cache_clear()
    return load()


def drop_pack() -> bool:
    """Go back to the program's own law; returns whether there was a pack."""
    if not pack_folder().exists():
        return False
    shutil.rmtree(pack_folder())
    load.cache_clear()
    return True


def document_of(law: Law, calendar: Calendar) -> LawDocument:
    """The whole law as one document."""
    return law_document(
        law.rules,
        law.event_kinds,
        law.exceptions,
        law.temporary_changes,
        law.routes,
        law.failings,
        law.practice,
        calendar,
    )


def export_law(target: Path, folder: Path | None = None) -> Path:
    """Write every rule, a worked count of each, and every source as ``.pdf`` or ``.html``; returns the path written.

    ``folder`` names a law pack; without it the program's own law is written. Raises ``Invalid`` for another ending,
    ``BadFile`` or ``NoSpace``.
    """
    from casefile.printing.law_export import law_html, law_pdf

    ending = target.suffix.lower()
    if ending not in (".pdf", ".html", ".htm"):
        raise Invalid(f"“{target.name}” ends neither in .pdf nor in .html.", "Name the file law.pdf or law.html.")
    law = read_pack(folder) if folder else load().law
    document = document_of(law, load_calendar(paths.resources() / "calendar"))
    return write_file(target, law_pdf(document) if ending == ".pdf" else law_html(document))
