"""The Section F wording check: of one text, of a file, and its measurement on labelled sentences."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from casefile import library, paths
from casefile.domain.wording import ELEMENTS, Checker, Finding, Setting
from casefile.domain.wording.score import Answer, FirstSight, Labelled
from casefile.errors import BadFile, NotFound

MOST = 5_000_000
GIVEN = ("shared", "data", "provision_wording.json")
OWN_SETS = {
    "second set": "wording_second.json",
    "independent set, learnt from since": "wording_independent.json",
    "third set, learnt from since": "wording_third.json",
    "blind set, learnt from since": "wording_blind.json",
    "fifth set, blind, learnt from since": "wording_fifth.json",
    "sixth set, blind, nothing learnt from it": "wording_sixth.json",
}


@cache
def checker() -> Checker:
    """The check with the program's own word lists, made once."""
    return Checker(library.load().wording)


def check(text: str, *, setting: Setting = "mainstream") -> Finding:
    """What the check says of one provision of Section F, as the plan and the window use it."""
    return checker().check(text, setting=setting)


def lines_of(data: bytes, name: str) -> list[str]:
    """The provisions in the bytes of a text file, one a line, empty lines left out. Raises ``BadFile`` for what is no text."""
    if len(data) > MOST:
        raise BadFile(f"{name} is too big to be a list of provisions.", "Check that it is the right file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    strange = sum((letter < " " and letter not in "\t\n\r\f") or letter in "\x7f\ufffd" for letter in text)
    if strange:
        raise BadFile(f"{name} is not a text file.", "Save the provisions as plain text, one a line.")
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_lines(path: Path) -> list[str]:
    """The provisions in a text file, one a line. Raises ``NotFound`` or ``BadFile``."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except OSError:
        raise NotFound(f"The file {path} cannot be read.", "Check its name.") from None
    return lines_of(data, path.name)


def labelled_sets(given: Path | None = None) -> dict[str, list[Labelled]]:
    """The labelled sets there are to measure on, by name: the file named, or those beside a checkout. Raises ``NotFound``."""
    found = {name: read_labelled(path) for name, path in _set_files(given).items()}
    if not found:
        raise NotFound("No labelled sentences are beside the program.", "Name a file: casefile wording-score FILE")
    return found


def _set_files(given: Path | None) -> dict[str, Path]:
    if given is not None:
        return {given.name: given}
    top = paths.resources().parent
    files = {"given set": top.parent.joinpath(*GIVEN)}
    files |= {name: top / "tests" / "_files" / file for name, file in OWN_SETS.items()}
    return {name: path for name, path in files.items() if path.is_file()}


def read_labelled(path: Path) -> list[Labelled]:
    """Labelled sentences from a JSON file ``{"items": [{"text", "label", "missing", …}]}``. Raises ``NotFound`` or ``BadFile``."""
    try:
        raw: Any = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise NotFound(f"The file {path} cannot be read.", "Check its name.") from None
    except ValueError:
        raise BadFile(f"{path.name} is not JSON text.", "Check that it is the right file.") from None
    rows = raw.get("items") if isinstance(raw, dict) else None
    if not isinstance(rows, list) or not rows:
        raise BadFile(f"{path.name} holds no labelled sentences.", 'It should hold {"items": [ … ]}.')
    return [_labelled(row, f"{path.name}, item {number}") for number, row in enumerate(rows, 1)]


def first_sights(given: Path | None = None) -> list[FirstSight]:
    """What the rules got right on each set before it was learnt from, all its parts together, by ordinary and hard.

    Of the file named, or of the sets beside a checkout; a set that tells nothing of it is left out. ``part`` is the set.
    """
    return [sight for name, path in _set_files(given).items() for sight in _first_sights(name, path)]


def _first_sights(name: str, path: Path) -> list[FirstSight]:
    try:
        raw: Any = json.loads(path.read_text(encoding="utf-8"))
        rows = raw["meta"]["first_sight"]
        told = [FirstSight(row["part"], row["kind"], row["sentences"], row["verdicts"], row["missing"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [together for kind in ("ordinary", "hard") if (together := _together(name, kind, told))]


def _together(name: str, kind: str, told: list[FirstSight]) -> FirstSight | None:
    some = [one for one in told if one.kind == kind]
    number = sum(one.sentences for one in some)
    if not number:
        return None
    verdicts = sum(one.verdicts * one.sentences for one in some) / number
    return FirstSight(name, kind, number, verdicts, sum(one.missing * one.sentences for one in some) / number)


def _labelled(row: Any, where: str) -> Labelled:
    good = isinstance(row, dict) and isinstance(row.get("text"), str) and row.get("label") in ("vague", "specific")
    missing = row.get("missing", []) if good else None
    if not isinstance(missing, list) or any(element not in ELEMENTS for element in missing):
        raise BadFile(f"{where} is no labelled sentence.", "It needs text, label (vague or specific) and missing.")
    kind = str(row.get("kind") or row.get("difficulty") or "ordinary")
    return Labelled(
        str(row.get("id") or where), row["text"], row["label"], tuple(missing), kind, str(row.get("part") or "")
    )


def answer(text: str) -> Answer:
    """The verdict and the missing questions of one text, as the measurement compares them."""
    found = check(text)
    return found.verdict, found.missing
