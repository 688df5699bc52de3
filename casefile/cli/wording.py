"""``casefile wording`` and ``casefile wording-score``: the Section F wording check, and how well it does."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from casefile.cli.output import named, put_json, shown
from casefile.domain.wording import SETTINGS, Finding
from casefile.domain.wording.score import FirstSight, Labelled, Score, plain_rule, score
from casefile.services import wording

VERDICTS = {"specific": "Specific", "vague": "Vague", "unsure": "Cannot tell"}
QUESTIONS = {
    "what": "what", "who": "who", "how_often": "how often", "how_long": "how long", "qualified": "how trained",
    "review": "when reviewed",
}  # fmt: skip


def register(sub: Any) -> None:
    """Add ``wording`` and ``wording-score`` to the parser's list of commands."""
    check = sub.add_parser("wording", help="which words of Section F cannot be held to")
    check.add_argument("file", metavar="FILE", help="one provision a line; - reads what is typed or piped in")
    check.add_argument("--setting", choices=SETTINGS, default="mainstream", help="the kind of school")
    check.set_defaults(handle=show_findings)
    measure = sub.add_parser("wording-score", help="how well the wording check does on labelled sentences")
    measure.add_argument(
        "file", nargs="?", metavar="FILE", help="labelled sentences instead of the sets beside the program"
    )
    measure.set_defaults(handle=show_score)
    for parser in (check, measure):
        parser.add_argument("--json", action="store_true", help="for programs")


def finding_row(found: Finding) -> dict[str, Any]:
    """One finding for programs."""
    row: dict[str, Any] = {
        "text": found.text, "verdict": found.verdict, "missing": list(found.missing), "secondary": list(found.secondary),
        "words": [{"text": word.text, "why": word.why, "source": word.source} for word in found.words],
        "ask": found.ask, "minutes_per_week": found.minutes_per_week,
    }  # fmt: skip
    for key, value in (("problem", found.problem), ("softer", found.softer)):
        if value:
            row[key] = value
    if len(found.parts) > 1:
        row["parts"] = [{"text": part.text, "missing": list(part.missing)} for part in found.parts]
    return row


def show_findings(args: argparse.Namespace) -> int:
    """Check each line of a file and print a finding for it. Raises ``NotFound`` or ``BadFile``."""
    lines = (
        wording.lines_of(sys.stdin.buffer.read(), "What was given")
        if args.file == "-"
        else wording.read_lines(named(args.file))
    )
    findings = [wording.check(line, setting=args.setting) for line in lines]
    if args.json:
        put_json({"findings": [finding_row(found) for found in findings]})
        return 0
    if not findings:
        print("There is no provision in it.")
    for found in findings:
        _print(found)
    if findings:
        print(_summary(findings))
    return 0


def _print(found: Finding) -> None:
    print(f"{VERDICTS[found.verdict]}: {shown(found.text)}")
    if found.missing:
        print(f"    Not said: {', '.join(QUESTIONS[element] for element in found.missing)}")
    for word in found.words:
        print(f"    “{shown(word.text)}”: {word.why} [{word.source}]")
    for line in (found.softer, f"Ask: {found.ask}" if found.ask else ""):
        if line:
            print(f"    {shown(line)}")


def _summary(findings: Sequence[Finding]) -> str:
    counts = {verdict: sum(found.verdict == verdict for found in findings) for verdict in VERDICTS}
    unsure = f", {counts['unsure']} where it cannot tell" if counts["unsure"] else ""
    return f"{len(findings)} read: {counts['specific']} specific, {counts['vague']} vague{unsure}. A flag is a reason to look, not a ruling."


PARTS = {
    "": "",
    "held": ", held back while the rules were first written",
    "unseen": ", written last",
}


def groups_of(name: str, items: Sequence[Labelled]) -> list[tuple[str, list[Labelled]]]:
    """A set as the measurement shows it: whole; or ordinary and hard, and of those what was held back or came last."""
    if not any(item.part for item in items):
        return [(name, list(items))]
    found = []
    for what, ordinary in (("ordinary", True), ("hard", False)):
        some = [item for item in items if (item.kind == "ordinary") == ordinary]
        for part, words in PARTS.items():
            found.append((f"{name}, {what}{words}", [item for item in some if not part or item.part == part]))
    return [(words, some) for words, some in found if some]


def show_score(args: argparse.Namespace) -> int:
    """Measure the check on labelled sentences and print the figures. Raises ``NotFound`` or ``BadFile``."""
    sets = wording.labelled_sets(named(args.file) if args.file else None)
    rows = [
        (group, score(items, wording.answer), score(items, plain_rule))
        for name, all_items in sets.items()
        for group, items in groups_of(name, all_items)
    ]
    sights = wording.first_sights(named(args.file) if args.file else None)
    if args.json:
        scores = [{"set": group, **_figures(ours), "plain_rule": _figures(plain)} for group, ours, plain in rows]
        put_json({"scores": scores, "first_sight": [_sight(sight) for sight in sights]})
        return 0
    for group, ours, plain in rows:
        print(f"{group}: {ours.sentences} sentences")
        print(
            f"    verdicts {ours.verdicts:.1%} right, missing questions {ours.elements:.1%} right, unsure {ours.unsure:.1%}"
        )
        print(f"    vague: precision {ours.vague_precision:.1%}, recall {ours.vague_recall:.1%}")
        print(f"    specific: precision {ours.specific_precision:.1%}, recall {ours.specific_recall:.1%}")
        print(
            f"    plain rule (a number and a job title): verdicts {plain.verdicts:.1%}, missing questions {plain.elements:.1%}"
        )
        if ours.wrong:
            print(f"    verdict differs from the label: {shown(', '.join(ours.wrong))}")
    for sight in sights:
        name = sight.part.removesuffix(", learnt from since")
        print(f"{name}, {sight.kind}, each judged before anything was learnt from it: {sight.sentences} sentences")
        print(f"    verdicts {sight.verdicts:.1%} right, missing questions {sight.missing:.1%} right")
    return 0


def _sight(sight: FirstSight) -> dict[str, Any]:
    return {
        "set": sight.part, "kind": sight.kind, "sentences": sight.sentences, "verdicts": round(sight.verdicts, 4),
        "missing": round(sight.missing, 4),
    }  # fmt: skip


def _figures(found: Score) -> dict[str, Any]:
    return {
        "sentences": found.sentences, "verdicts": round(found.verdicts, 4), "missing": round(found.elements, 4),
        "unsure": round(found.unsure, 4),
        "vague": {"precision": round(found.vague_precision, 4), "recall": round(found.vague_recall, 4)},
        "specific": {"precision": round(found.specific_precision, 4), "recall": round(found.specific_recall, 4)},
        "wrong": list(found.wrong),
    }  # fmt: skip
