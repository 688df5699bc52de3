"""A law pack: a folder of law data that the parent was given, read strictly, and joined to the law of the program."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from casefile import paths
from casefile.domain.rules import EventKind, Rule
from casefile.errors import BadFile, NotFound
from casefile.library.law import Law, load_law

MOST_FILES, MOST_BYTES = 2_000, 20_000_000


def read_pack(folder: Path, own: Law | None = None) -> Law:
    """Read a folder of law data strictly; ``own`` is the program's own law, where it was read already.

    Raises ``NotFound`` for no folder, ``BadFile`` naming the file, the key and the cure, also for links and for a folder
    too big to be law data.
    """
    if not folder.is_dir():
        raise NotFound(f"There is no folder “{folder}”.", "Choose the folder that holds events.toml.")
    size = 0
    for files, path in enumerate(folder.rglob("*")):
        if path.is_symlink():
            raise BadFile(
                f"“{path.name}” in the law folder is a link. Nothing was used.", "Use a folder of plain files."
            )
        size += path.stat().st_size if path.is_file() else 0
        if files > MOST_FILES or size > MOST_BYTES:
            raise BadFile("This folder is too big to be law data. Nothing was used.", "Choose the right folder.")
    law = load_law(folder)
    _same_doors(law, own or load_law(paths.resources() / "law"))
    return law


def _same_doors(law: Law, own: Law) -> None:
    """A body without a text the program says would fail later; it is refused now."""
    for id_, route in own.routes.items():
        for part in ("reasons", "unless"):
            missing = set(getattr(route, part)) - set(getattr(law.routes[id_], part)) if id_ in law.routes else set()
            if missing:
                raise BadFile(f"routes/{id_}.toml: {part}.{min(missing)} is missing.", "Add that text.")


def merged(old: Law, new: Law) -> Law:
    """The newer law with the older versions kept, so that an old event is still counted as the law then stood.

    A version of the old law survives where the newer law says nothing about that time: it ends the day before the
    newer law's first version begins. Rules and event kinds the newer law leaves out stay as they were.
    """
    before = {rule.id: rule for rule in old.rules}
    rules = [_with_history(before.get(rule.id), rule) for rule in new.rules]
    rules += [rule for rule in old.rules if all(rule.id != other.id for other in new.rules)]
    kinds: Mapping[str, EventKind] = {**old.event_kinds, **new.event_kinds}
    names = {kind.id: kind.title for kind in kinds.values()}
    return replace(
        new, rules=tuple(replace(rule, names=names) for rule in rules), event_kinds=kinds,
        routes={**old.routes, **new.routes}, failings={**old.failings, **new.failings},
        practice=new.practice or old.practice,
    )  # fmt: skip


def _with_history(old: Rule | None, new: Rule) -> Rule:
    first = new.versions[0].since
    if old is None or first is None:
        return new
    eve = first - dt.timedelta(days=1)
    kept = [
        replace(version, until=min(version.until or eve, eve))
        for version in old.versions
        if version.since is None or version.since < first
    ]
    return replace(new, versions=(*kept, *new.versions))


def pack_folder() -> Path:
    """Where the law pack in use lies, when the parent has taken one."""
    return paths.user_data() / "law"
