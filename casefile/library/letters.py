"""Reads the letter forms: a header between two ``+++`` lines, then the text. Strict: a mistake is named at once."""

import re
import tomllib
from collections.abc import Container
from pathlib import Path
from typing import Any, get_args

from casefile.domain.letters import FACTS, TO_WHOM, Field, Names, Template, places_in
from casefile.errors import BadFile

_KEYS = {
    "id", "title", "purpose", "to_office", "subject", "rule", "needs", "records", "field", "reply_days", "reply_rule",
    "also_rule", "copies", "tells", "or_rules", "section", "begun_by", "ended_by", "or_offices", "names", "takes", "most", "unread",
}  # fmt: skip
_FIELD_KEYS = {"name", "label", "help", "lines", "required", "default", "choices"}


def load_letters(folder: Path, rules: Container[str], events: Container[str]) -> tuple[Template, ...]:
    """Every letter form of a folder, in the order of their ids. Raises ``BadFile`` naming the file and the cure."""
    found = [read_letter(path, rules, events) for path in sorted(folder.glob("*.txt"))]
    ids = [template.id for template in found]
    for id_ in ids:
        if ids.count(id_) > 1:
            raise BadFile(f"Two letter forms are called {id_}.", "Give each its own id.")
    return tuple(sorted(found, key=lambda template: template.id))


def read_letter(path: Path, rules: Container[str], events: Container[str]) -> Template:
    """One letter form. Raises ``BadFile`` for an unknown key, place, rule or event."""

    def bad(what: str, cure: str) -> BadFile:
        return BadFile(f"The letter form {path.name} {what}.", cure)

    text = path.read_text("utf-8")
    match = re.fullmatch(r"\+\+\+\n(.*?)\n\+\+\+\n(.*)", text, re.DOTALL)
    if not match:
        raise bad("has no header between two +++ lines", "Begin the file with +++ and end the header with +++.")
    try:
        head: dict[str, Any] = tomllib.loads(match[1])
    except tomllib.TOMLDecodeError as problem:
        raise bad(f"has a header that is not TOML ({problem})", "Mend the header.") from None
    for key in head:
        if key not in _KEYS:
            raise bad(f"has the unknown key {key!r}", f"Use one of: {', '.join(sorted(_KEYS))}.")
    for key in ("id", "title", "purpose", "to_office", "subject", "records"):
        if not isinstance(head.get(key), str):
            raise bad(f"lacks {key!r}", f'Add {key} = "…" to its header.')
    fields = tuple(_field(entry, bad) for entry in head.get("field", ()))
    for rule in (head.get("rule", ""), head.get("also_rule", ""), head.get("reply_rule", ""), *head.get("or_rules", ())):
        if rule and rule not in rules:
            raise bad(
                f"names the rule {rule!r}, which is not in the law data", "Use an id that `casefile law rules` lists."
            )
    for event in filter(None, (head["records"], *head.get("begun_by", ()), *head.get("ended_by", ()))):
        if event not in events:
            raise bad(f"names the unknown event {event!r}", "Use an id that `casefile law events` lists.")
    if head.get("names", "all") not in get_args(Names):
        raise bad(f"names {head['names']!r}, which is nobody", f"Use one of: {', '.join(get_args(Names))}.")
    offices = (head["to_office"], *head.get("or_offices", ()))
    if len(offices) > 1 and TO_WHOM not in {field.name for field in fields}:
        raise bad("may go to several offices and does not ask which", f"Add a field named {TO_WHOM} with their titles as choices.")
    known = {*FACTS, *(field.name for field in fields), *(f"to_{office}" for office in offices)}
    known |= {f"{field.name}_{number}" for field in fields for number in range(1, len(field.choices) + 1)}
    for name in [*places_in(match[2]), *places_in(head["subject"])]:
        if name not in known:
            raise bad(
                f"asks for {name!r}, which is neither a fact nor one of its fields", "Mend the name, or add a field."
            )
    for words in head.get("unread", ()):
        if words not in match[2]:
            raise bad(f"says that {words!r} was not read, but does not name it", "Write it as it stands in the letter.")
    return Template(
        id=head["id"], title=head["title"], purpose=head["purpose"], to_office=head["to_office"], subject=head["subject"],
        rule=head.get("rule", ""), needs=tuple(head.get("needs", ())), records=head["records"], fields=fields, body=match[2].strip(),
        reply_days=int(head.get("reply_days", 0)), reply_rule=head.get("reply_rule", ""), also_rule=head.get("also_rule", ""),
        copies=tuple(head.get("copies", ())), tells=tuple(head.get("tells", ())), or_rules=tuple(head.get("or_rules", ())),
        section=head.get("section", ""), begun_by=tuple(head.get("begun_by", ())), ended_by=tuple(head.get("ended_by", ())),
        or_offices=tuple(head.get("or_offices", ())), names=head.get("names", "all"), takes=tuple(head.get("takes", ())), most=int(head.get("most", 0)), unread=tuple(head.get("unread", ())),
    )  # fmt: skip


def _field(entry: dict[str, Any], bad: Any) -> Field:
    for key in entry:
        if key not in _FIELD_KEYS:
            raise bad(f"has a field with the unknown key {key!r}", f"Use one of: {', '.join(sorted(_FIELD_KEYS))}.")
    if "name" not in entry or "label" not in entry:
        raise bad("has a field without name or label", "Give each field a name and a label.")
    choices = tuple(entry.get("choices", ()))
    if choices and (len(set(choices)) < len(choices) or not all(isinstance(one, str) and one.strip() for one in choices)):
        raise bad(f"has the field {entry['name']!r} with choices that are none", "Give each once, with words.")
    if choices and entry.get("default", "") not in ("", *choices):
        raise bad(f"has the field {entry['name']!r} whose default is none of its choices", "Make the default one of them.")
    return Field(
        entry["name"], entry["label"], entry.get("help", ""), int(entry.get("lines", 1)), bool(entry.get("required", True)),
        entry.get("default", ""), choices,
    )  # fmt: skip


def load_sentences(path: Path, events: Container[str]) -> dict[str, str]:
    """What a letter says of each kind of event. Raises ``BadFile`` for one that the law data does not know."""
    found: dict[str, str] = tomllib.loads(path.read_text("utf-8"))
    for key in found:
        if key.partition(":")[0] not in events:
            raise BadFile(
                f"{path.name} speaks of the unknown event {key!r}.", "Use an id that `casefile law events` lists."
            )
    return found
