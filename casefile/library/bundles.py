"""Reads what each recipient of a bundle asks for: one file a purpose, every limit with its source and the day it was checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from casefile.domain.bundle_limits import PARTS as PARTS_WITH_LIMITS
from casefile.domain.bundle_limits import Age, Limit, Need, Source
from casefile.domain.bundle_subject import PARTS
from casefile.domain.bundles import Purpose, Section
from casefile.domain.documents import KINDS
from casefile.library.law_reading import Table, read_toml

NAMES = ("child", "date", "short")
"""What a file name may be made of, in curly brackets."""

AnyLimit = TypeVar("AnyLimit", Limit, Age)
_SHARED = frozenset({"sections", "limits"})
"""What is no purpose: what all of them name."""


def load_purposes(folder: Path) -> tuple[Purpose, ...]:
    """Every purpose of a folder, by id. Raises ``BadFile`` naming the file, the key and the cure."""
    sections = _sections(folder / "sections.toml")
    limits = _limits(folder / "limits.toml")
    found = [_purpose(path, sections, limits) for path in sorted(folder.glob("*.toml")) if path.stem not in _SHARED]
    return tuple(sorted(found, key=lambda purpose: purpose.id))


def _sections(path: Path) -> dict[str, Section]:
    raw = Table(read_toml(path), path.name)
    found = {}
    for name in raw.raw:
        table = Table(raw.get(name, dict), f"{path.name}, {name}")
        found[name] = Section(table.get("title", str), _kinds(table, "kinds"))
        table.done()
    return found


def _kinds(table: Table, key: str) -> frozenset[str]:
    words = table.words(key)
    for word in words:
        if word not in KINDS:
            raise table.bad(key, f"names {word!r}, which is no kind of paper", f"Use some of: {', '.join(KINDS)}.")
    return frozenset(words)


def _source(table: Table | None) -> Source | None:
    if table is None:
        return None
    checked = table.date("checked")
    assert checked is not None
    made = Source(
        table.get("words", str),
        table.get("link", str),
        table.date("since", None),
        checked,
        table.get("sure", bool, True),
    )
    if not made.link.startswith("https://"):
        raise table.bad("link", "is no address of a page", "Write it with https:// in front.")
    table.done()
    return made


@dataclass(frozen=True, slots=True)
class _Limits:
    """Every limit there is, by name: of pages and of age."""

    pages: Mapping[str, Limit]
    ages: Mapping[str, Age]


def _limits(path: Path) -> _Limits:
    raw = Table(read_toml(path), path.name)
    sources: dict[str, Source] = {}
    for name in (given := raw.get("source", dict)):
        made = _source(Table(given[name], f"{path.name}, source {name}"))
        assert made is not None
        sources[name] = made
    pages = {name: _limit(Table(one, f"{path.name}, limit {name}"), sources) for name, one in raw.get("limit", dict).items()}
    ages = {name: _age(Table(one, f"{path.name}, age {name}"), sources) for name, one in raw.get("age", dict).items()}
    raw.done()
    return _Limits(pages, ages)


def _limit(table: Table, sources: Mapping[str, Source]) -> Limit:
    most = table.get("most", int)
    if most < 1:
        raise table.bad("most", "is no number of pages", "Write how many pages are allowed.")
    made = Limit(
        table.get("title", str), _kinds(table, "kinds"), most, sources[table.one_of("source", tuple(sources))],
        table.get("advice", str, ""), table.get("each", bool, False), table.get("council", bool, False),
        table.one_of("part", PARTS_WITH_LIMITS, ""),
    )  # fmt: skip
    table.done()
    return made


def _age(table: Table, sources: Mapping[str, Source]) -> Age:
    years = table.get("years", int)
    if years < 1:
        raise table.bad("years", "is no number of years", "Write how old such a paper may be.")
    made = Age(_kinds(table, "kinds"), years, sources[table.one_of("source", tuple(sources))], table.get("advice", str, ""))
    table.done()
    return made


def _picked(table: Table, key: str, known: Mapping[str, AnyLimit]) -> tuple[AnyLimit, ...]:
    names = table.words(key)
    for name in names:
        if name not in known:
            raise table.bad(key, f"names {name!r}", f"Use some of: {', '.join(known)}.")
    return tuple(known[name] for name in names)


def _subject(table: Table) -> tuple[str, ...]:
    parts = table.words("subject")
    for part in parts:
        if part not in PARTS:
            raise table.bad("subject", f"names {part!r}", f"Use some of: {', '.join(PARTS)}.")
    return parts or ("name", "what")


def _need(table: Table) -> Need:
    made = Need(_kinds(table, "kinds"), table.get("missing", str), _source(table.table("source")))
    table.done()
    return made


def _purpose(path: Path, sections: Mapping[str, Section], limits: _Limits) -> Purpose:
    table = Table(read_toml(path), path.name)
    if table.get("id", str) != path.stem:
        raise table.bad("id", f"is not {path.stem!r}", "A purpose is called like its file.")
    names = table.words("sections")
    for name in names:
        if name not in sections:
            raise table.bad("sections", f"names {name!r}", f"Use some of: {', '.join(sections)}.")
    if not names:
        raise table.bad("sections", "is empty", "Name at least one section.")
    chosen = [sections[name] for name in names]
    # The last section takes whatever fits nowhere else.
    chosen[-1] = Section(chosen[-1].title)
    file_name = table.get("file_name", str)
    try:
        file_name.format(**dict.fromkeys(NAMES, ""))
    except (KeyError, IndexError, ValueError):
        raise table.bad("file_name", "names something unknown", f"Use {{{'}, {'.join(NAMES)}}}.") from None
    numbering = table.one_of("numbering", ("continuous", "sections"), "continuous")
    made = Purpose(
        path.stem, table.get("title", str), table.get("short", str), table.get("to", str), table.get("help", str),
        file_name, tuple(chosen), "sections" if numbering == "sections" else "continuous",
        table.get("chronology", bool, True), table.get("unsorted", bool, False), _kinds(table, "leave_out"),
        _picked(table, "limits", limits.pages), _picked(table, "ages", limits.ages), tuple(_need(one) for one in table.tables("need")),
        table.get("volume_mb", int, 0), table.words("notes"), _subject(table), table.get("change_form", str, ""),
        table.get("kind", str, ""), table.words("decisions"),
    )  # fmt: skip
    table.done()
    return made
