"""The plan as it is kept: its versions, their lines, and changing them; each change is one step that can be taken back."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from casefile.domain.comparison import Comparison
from casefile.domain.comparison import compare as compare_items
from casefile.domain.dates import in_words
from casefile.domain.plan import SECTIONS, STATUSES, PlanItem, PlanVersion
from casefile.domain.plan_strength import fixed_minutes
from casefile.domain.scans import WARNING
from casefile.domain.sessions import Provision
from casefile.domain.wording import Finding, Setting
from casefile.errors import Invalid, NotFound
from casefile.services import provision, wording
from casefile.store.store import Store

_COPIED = "Copied from "
PROVISION = ("F", "G", "H1", "H2")


@lru_cache(maxsize=4096)
def judged(text: str, setting: Setting = "mainstream") -> Finding:
    """What the wording check says of one line; asked once for each text."""
    return wording.check(text, setting=setting)


def versions(store: Store) -> list[PlanVersion]:
    """Every version, the oldest first."""
    return store.find(PlanVersion, '"order", id')


def number_of(store: Store, version: PlanVersion) -> int:
    """The number by which a person names a version: 1 is the oldest."""
    return next((number for number, one in enumerate(versions(store), 1) if one.id == version.id), 0)


def name_of(version: PlanVersion) -> str:
    """What a version is called: its title, number and day."""
    number = f" {version.number}" if version.number > 1 else ""
    return f"{version.title}{number}, {in_words(version.dated)}" if version.dated else f"{version.title}{number}"


def latest(store: Store) -> PlanVersion | None:
    """The newest version that somebody else sent; our own proposed wording only where there is nothing else."""
    found = versions(store)
    return next((one for one in reversed(found) if one.status != "ours"), found[-1] if found else None)


def version(store: Store, words: str = "") -> PlanVersion:
    """A version by its number, its status ("draft": the newest draft), its paper's name, or the newest. Raises ``NotFound``."""
    found = versions(store)
    if not found:
        raise NotFound("There is no plan in this case yet.", "Read one in with: casefile plan CASE import FILE")
    wanted = words.strip().lower()
    if wanted in ("", "latest", "newest", "last"):
        newest = latest(store)
        return newest or found[-1]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(found):
        return found[int(wanted) - 1]
    for one in reversed(found):
        if wanted in (one.status, one.title.lower(), name_of(one).lower(), f"{one.status}{one.number}"):
            return one
    for one in reversed(found):
        if one.document is not None and wanted == _paper_name(store, one).lower():
            return one
    raise NotFound(f"There is no version {words!r} of the plan.", f"Use a number from 1 to {len(found)}, or a status: {', '.join(dict.fromkeys(one.status for one in found))}.")


def file_of(store: Store, one: PlanVersion) -> str:
    """The name of the file a version was read from; empty for one that was typed."""
    return _paper_name(store, one) if one.document is not None else ""


def _paper_name(store: Store, one: PlanVersion) -> str:
    from casefile.domain.documents import Document

    found = store.find(Document, id=one.document)
    return found[0].name if found else ""


def is_heading(item: PlanItem) -> bool:
    """Whether a line is only a heading: of a section, or a small one inside it."""
    return bool(re.search(r"-h\d+$", item.key))


def all_items(store: Store, one: PlanVersion) -> list[PlanItem]:
    """Every line of a version in its order, headings included."""
    return store.find(PlanItem, "position, id", version=one.id)


def items(store: Store, one: PlanVersion) -> list[PlanItem]:
    """The lines of a version in order, small headings included, without the headings of sections."""
    return [item for item in all_items(store, one) if not re.search(r"-h0\d*$", item.key)]


def headed(store: Store, one: PlanVersion) -> set[str]:
    """The sections that are there, empty ones included."""
    return {item.section for item in all_items(store, one) if item.section}


def lines_in(found: Sequence[PlanItem], section: str) -> list[PlanItem]:
    """The lines of one section without its headings."""
    return [item for item in found if item.section == section and not is_heading(item)]


def add_version(store: Store, one: PlanVersion) -> PlanVersion:
    """Keep a new version as the newest; drafts are counted. Raises ``Invalid``."""
    if one.status not in STATUSES:
        raise Invalid(f"{one.status!r} is nothing a version of the plan can be.", f"Use one of: {', '.join(STATUSES)}.")
    older = versions(store)
    number = one.number or 1 + sum(1 for other in older if other.status == one.status)
    made = replace(one, number=number, order=1 + max((other.order for other in older), default=0))
    with store.action("Added a version of the plan"):
        return replace(made, id=store.add(made))


def change_version(store: Store, one: PlanVersion) -> None:
    """Change what is known of a version: its dates, how it came, what a notice lists. Raises ``Invalid``."""
    if one.received and one.sent and one.received < one.sent:
        raise Invalid("It cannot have come before it was sent.", "Check both dates.")
    with store.action("Changed a version of the plan"):
        store.change(one)


def remove_version(store: Store, one: PlanVersion) -> None:
    """Take a version out; its paper stays. Undo brings it back."""
    with store.action("Removed a version of the plan"):
        store.remove(PlanVersion, one.id or 0)


def copy_version(store: Store, one: PlanVersion, today: dt.date | None = None) -> PlanVersion:
    """Our proposed wording: a copy of a version to change word by word, with the same keys."""
    note = f"{_COPIED}{name_of(one)}{f'. {WARNING}' if one.from_picture else ''}"
    with store.action("Began our proposed wording"):
        made = add_version(store, PlanVersion(None, STATUSES["ours"], "ours", dated=today, note=note))
        for item in all_items(store, one):
            store.add(replace(item, id=None, version=made.id or 0))
    return made


def paper_of(store: Store, one: PlanVersion) -> int | None:
    """The paper a version was read from; of our proposed wording that of the version it was copied from, where that is known."""
    if one.document is not None or not one.note.startswith(_COPIED):
        return one.document
    came = one.note.removeprefix(_COPIED).removesuffix(f". {WARNING}")
    return next((other.document for other in versions(store) if other.document is not None and name_of(other) == came), None)


def save_item(store: Store, item: PlanItem) -> PlanItem:
    """Change the words or links of a line. Raises ``Invalid`` for an empty line or a link to nothing."""
    if not item.text.strip():
        raise Invalid("A line needs words.", "Write the line, or remove it.")
    if item.section and item.section not in SECTIONS:
        raise Invalid(f"There is no Section {item.section}.", f"Use one of: {', '.join(SECTIONS)}.")
    keys = {one.key for one in store.find(PlanItem, version=item.version)}
    if unknown := [key for key in (*item.needs, *item.outcomes) if key not in keys]:
        raise Invalid(f"There is no line {unknown[0]} in this version.", "Choose a line that is there.")
    with store.action("Changed a line of the plan"):
        store.change(item)
    return item


def add_item(store: Store, one: PlanVersion, section: str, text: str) -> PlanItem:
    """Add a line at the end of a section. Raises ``Invalid``."""
    found = store.find(PlanItem, version=one.id)
    item = PlanItem(None, one.id or 0, free_key(store.find(PlanItem), section), section, text.strip(), 1 + max((other.position for other in found), default=0))
    if not item.text:
        raise Invalid("A line needs words.", "Write the line.")
    if section and section not in SECTIONS:
        raise Invalid(f"There is no Section {section}.", f"Use one of: {', '.join(SECTIONS)}.")
    with store.action("Added a line to the plan"):
        return replace(item, id=store.add(item))


def remove_item(store: Store, item: PlanItem) -> None:
    """Take a line out, and the links to it."""
    with store.action("Removed a line of the plan"):
        store.remove(PlanItem, item.id or 0)
        _relink(store, item.version, item.key, None)


def move_item(store: Store, item: PlanItem, section: str) -> PlanItem:
    """Put a line into another section (or among the unplaced), at its end and with a new key. Raises ``Invalid``."""
    if section and section not in SECTIONS:
        raise Invalid(f"There is no Section {section}.", f"Use one of: {', '.join(SECTIONS)}.")
    found = store.find(PlanItem, version=item.version)
    place = 1 + max((other.position for other in found), default=0)
    made = replace(item, section=section, key=free_key(store.find(PlanItem), section), position=place)
    if section not in PROVISION:
        made = replace(made, needs=(), outcomes=())
    with store.action("Moved a line of the plan"):
        store.change(made)
        _relink(store, item.version, item.key, None)
    return made


def shift_item(store: Store, item: PlanItem, by: int) -> None:
    """Move a line up (-1) or down (1) within its section."""
    mine = [one for one in store.find(PlanItem, "position, id", version=item.version) if one.section == item.section and not is_heading(one)]
    at = next((number for number, one in enumerate(mine) if one.id == item.id), -1)
    if at < 0 or not 0 <= at + by < len(mine):
        return
    other = mine[at + by]
    with store.action("Moved a line of the plan"):
        store.change(replace(mine[at], position=other.position))
        store.change(replace(other, position=mine[at].position))


def free_key(found: Sequence[PlanItem], section: str) -> str:
    """The next key of a section that no line of any version has: a key is never used again for something else."""
    start = f"{section}." if section[-1:].isdigit() else section or "U"
    taken = {item.key for item in found}
    number = 1
    while f"{start}{number}" in taken:
        number += 1
    return f"{start}{number}"


def _relink(store: Store, version_id: int, key: str, new: str | None) -> None:
    for item in store.find(PlanItem, version=version_id):
        if key in item.needs or key in item.outcomes:
            needs = tuple(new if one == key and new else one for one in item.needs if one != key or new)
            outcomes = tuple(new if one == key and new else one for one in item.outcomes if one != key or new)
            store.change(replace(item, needs=needs, outcomes=outcomes))


def compare(store: Store, before: PlanVersion, after: PlanVersion) -> Comparison:
    """Every change between two versions."""
    return compare_items(items(store, before), items(store, after), judged, listed=after.listed)


def minutes_of(item: PlanItem, judge: Callable[[str], Finding] = judged) -> float | None:
    """The minutes a week a line fixes; None where it fixes none or is no provision."""
    return fixed_minutes(judge(item.text)) if item.section in PROVISION else None


_LEDGER = ("hour", "day", "week", "fortnight", "month", "half_term", "term", "year")


def provision_from(item: PlanItem, title: str = "") -> Provision:
    """A line of the ledger from a line of the plan: the amount its words give, or none where they fix none or contradict each other (said in its note)."""
    found = judged(item.text)
    amount = found.amount
    who = found.who[0] if found.who else ""
    name = title or short_title(item)
    if amount is None or amount.ceiling or amount.minutes is None or amount.period is None or amount.period not in _LEDGER or found.problem:
        return Provision(None, item.key, name, item.text, who, note=found.problem)
    sessions = amount.sessions if amount.sessions is not None else 1.0
    return Provision(None, item.key, name, item.text, who, round(amount.minutes), float(sessions), amount.period, amount.weeks_a_year)


def follow(store: Store, item: PlanItem, *, start: dt.date | None = None) -> Provision:
    """Follow a line of the plan in the ledger. Raises ``Invalid`` where it is followed already."""
    if any(line.item == item.key for line in provision.provisions(store)):
        raise Invalid(f"{item.key} is followed already.", "See it under Provision.")
    return provision.save(store, replace(provision_from(item), start=start, version=item.version))


_TITLES = re.compile(
    r"\b(speech and language therapy|occupational therapy|physiotherapy|music therapy|play therapy|art therapy|specialist (?:reading |literacy )?teaching|sensory (?:diet|circuits?|breaks?)"
    r"|movement breaks?|social skills(?: group)?|(?:visual|picture) timetable|touch typing|phonics[\w ]{0,20}|(?:therapist['’]s|therapy|speech|reading|literacy|numeracy|motor skills) programme"
    r"|pre-teaching|emotional literacy|counselling|mentoring|transport|laptop|hearing aids?|teaching assistant|support in class|small group)\b",
    re.I,
)


def short_title(item: PlanItem, most: int = 46) -> str:
    """A few words that name a line in a list: what it is about, or its first words."""
    found = _TITLES.search(item.text)
    if found and item.section in PROVISION:
        words = found[0].lower()
        return words[0].upper() + words[1:]
    text = re.split(r"(?<=[.;:])\s", item.text, maxsplit=1)[0].rstrip(".")
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"
