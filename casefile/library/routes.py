"""Reads the bodies (one file each) and the failings: strict, each error names the file, the key and the cure."""

import string
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from casefile.domain.failings import FAILING_KINDS, ROUTES, Failing, Route
from casefile.domain.rules import CONFIDENCES
from casefile.errors import BadFile
from casefile.library.law_reading import Table, read_toml

WORDS = frozenset({
    "today", "knew", "decision", "ended", "stage1", "stage2", "answered", "stage1_answered", "lodged", "year_ago",
    "opens", "closes", "answer", "by", "duty",
})  # fmt: skip
"""The dates and words a text of a body may hold in curly brackets."""


def load_routes(folder: Path) -> dict[str, Route]:
    """Every body of a folder, by id. Raises ``BadFile`` for a wrong or a missing one."""
    found: dict[str, Route] = {}
    for path in sorted(folder.glob("*.toml")):
        route = _route(Table(read_toml(path), f"routes/{path.name}"))
        if route.id != path.stem:
            raise BadFile(f"routes/{path.name}: id is {route.id!r}.", "Give the file the name of its id.")
        if route.door and route.id not in ROUTES:
            raise BadFile(
                f"routes/{path.name}: {route.id!r} is no door the program knows.", "Write door = false, or mend the id."
            )
        found[route.id] = route
    for id_ in ROUTES:
        if id_ not in found:
            raise BadFile(f"routes: there is no file for {id_!r}.", f"Add routes/{id_}.toml.")
    return found


def _route(table: Table) -> Route:
    door = table.get("door", bool, True)
    checked = table.date("checked")
    assert checked is not None
    made = Route(
        id=table.get("id", str), title=table.get("title", str), what=table.get("what", str), can=table.words("can"),
        cannot=table.words("cannot"), before=table.words("before"), limits=table.words("limits"), good=table.words("good"),
        how=table.get("how", str), gives=table.get("gives", str), if_fails=table.get("if_fails", str),
        cite=table.get("cite", str), link=table.get("link", str), checked=checked,
        confidence=table.one_of("confidence", CONFIDENCES), sure=table.get("sure", str, ""), door=door,
        reasons=_texts(table, "reasons"), unless=_texts(table, "unless"), never=_texts(table, "never"),
    )  # fmt: skip
    table.done()
    if not made.cite.strip():
        raise table.bad("cite", "is empty", "Say where it is written.")
    if door and "any" not in made.never:
        raise table.bad("never", "has no text for any", "Say why this body is not for other failings.")
    return made


def _texts(table: Table, key: str) -> Mapping[str, str]:
    raw: Mapping[str, object] = table.get(key, dict, {})
    texts = {}
    for name, text in raw.items():
        if not isinstance(text, str) or not text.strip():
            raise table.bad(f"{key}.{name}", "should be a text", f'Write {name} = "…".')
        for _, field, _, _ in string.Formatter().parse(text):
            if field is not None and field not in WORDS:
                raise table.bad(
                    f"{key}.{name}",
                    f"names {{{field}}}, which is not known",
                    f"Use one of: {', '.join(sorted(WORDS))}.",
                )
        texts[name] = text
    return texts


Pairs = Callable[[Table, str], tuple[tuple[str, str], ...]]


def load_failings(path: Path, rules: Collection[str], pairs: Pairs) -> dict[str, Failing]:
    """Every failing, by id; ``rules`` are the ids of the rules it may name, ``pairs`` reads a list of event kinds.

    Raises ``BadFile``.
    """
    found: dict[str, Failing] = {}
    for id_, value in read_toml(path).items():
        table = Table(value, f"{path.name}, {id_}")
        failing = Failing(
            id=id_, title=table.get("title", str), when=table.get("when", str), kind=table.one_of("kind", FAILING_KINDS),
            by=table.get("by", str), cite=table.get("cite", str), first=_ids(table, "first", ROUTES),
            then=_ids(table, "then", ROUTES), fast=_ids(table, "fast", ROUTES), also=_ids(table, "also", ROUTES),
            rules=_ids(table, "rules", rules), events=pairs(table, "events"), over=pairs(table, "over"),
            caution=table.get("caution", str, ""), about=table.words("about"), says=_by_route(table, "says"),
            never=_by_route(table, "never"),
        )  # fmt: skip
        table.done()
        _sensible(table, failing)
        found[id_] = failing
    return found


def _ids(table: Table, key: str, known: Collection[str]) -> tuple[str, ...]:
    words = table.words(key)
    for word in words:
        if word not in known:
            raise table.bad(key, f"names {word!r}, which is not known", "Mend its spelling.")
    return words


def _by_route(table: Table, key: str) -> Mapping[str, str]:
    texts: Mapping[str, str] = table.get(key, dict, {})
    for route, text in texts.items():
        if route not in ROUTES or not isinstance(text, str):
            raise table.bad(f"{key}.{route}", "is no text about a door", "Use the id of a door and a text.")
    return texts


def _sensible(table: Table, failing: Failing) -> None:
    if not failing.first:
        raise table.bad("first", "is empty", "Name the door that comes first.")
    for route in failing.says:
        if route not in failing.doors:
            raise table.bad(
                f"says.{route}", "is about a door this failing does not lead to", "Take it out, or add the door."
            )
    for route in failing.never:
        if route in failing.doors:
            raise table.bad(f"never.{route}", "is about a door this failing leads to", "Keep one of the two.")
