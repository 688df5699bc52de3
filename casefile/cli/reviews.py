"""Annual reviews on the command line: begin one, see where it stands, write its preparation pack."""

import argparse
from typing import Any

from casefile.cli.output import named, now, opened, put_json, shown
from casefile.domain.dates import in_words, read_iso
from casefile.domain.reviews import CAME, PARTS, REACHED
from casefile.errors import Invalid
from casefile.library import load
from casefile.services import reviews, sheets_review
from casefile.store.files import write_file


def register(commands: Any) -> None:
    """Add the command ``review``."""
    help_ = "annual reviews: who is asked, how far each outcome was reached, the pack for the meeting"
    made: argparse.ArgumentParser = commands.add_parser("review", help=help_, description=help_)
    made.add_argument("case", metavar="CASE", help="the folder of the case")
    what = made.add_subparsers(dest="what", metavar="WHAT", required=True)
    begin = what.add_parser("begin", help="begin a review")
    begin.add_argument("--meeting", default="", metavar="DATE", help="the day of the meeting")
    begin.set_defaults(handle=_begin)
    show = what.add_parser("show", help="where a review stands")
    show.add_argument("number", nargs="?", default="", help="which review; 1 is the oldest")
    show.add_argument("--json", action="store_true", help="print machine-readable output")
    show.set_defaults(handle=_show)
    pack = what.add_parser("pack", help="write the preparation pack")
    pack.add_argument("number", nargs="?", default="")
    pack.add_argument("--out", required=True, metavar="FILE", help="a file that ends in .pdf or .docx")
    pack.set_defaults(handle=_pack)


def _begin(given: argparse.Namespace) -> int:
    with opened(given.case) as store:
        made = reviews.begin(store, read_iso(given.meeting, "--meeting") if given.meeting else None)
    print(f"Begun: {reviews.name_of(made)}.")
    return 0


def _show(given: argparse.Namespace) -> int:
    library, today = load(), now().date()
    with opened(given.case) as store:
        one = reviews.open_review(store, given.number)
        people, outcomes, wanted = reviews.invited(store, one), reviews.progress(store, one), reviews.proposals(store, one)
        steps, limit = reviews.steps(store, library, one, today), reviews.due(store, library, one, today)
    if given.json:
        put_json({
            "meeting": one.meeting and one.meeting.isoformat(), "due": limit and limit.due and limit.due.isoformat(), "rule": limit and limit.rule,
            "invited": [{"part": row.part, "name": row.name, "invited": row.invited and row.invited.isoformat(), "asked": row.asked and row.asked.isoformat(), "received": row.received and row.received.isoformat(), "sent_round": row.sent_round and row.sent_round.isoformat(), "came": row.came} for row in people],
            "progress": [{"item": row.key, "outcome": row.words, "reached": row.reached, "evidence": row.evidence} for row in outcomes],
            "proposals": [{"who": row.who, "item": row.key, "change": row.words, "why": row.why, "answer": row.answer} for row in wanted],
            "steps": [{"rule": step.rule, "title": step.title, "due": step.due and step.due.isoformat(), "state": step.state, "reference": step.reference, "confidence": step.confidence} for step in steps],
        })  # fmt: skip
        return 0
    print(f"{reviews.name_of(one)}.")
    if limit and limit.due:
        print(f"It must be complete by {in_words(limit.due)} ({limit.reference}).")
    for row in people:
        print(f"  {PARTS[row.part]}{f': {shown(row.name)}' if row.name else ''}. {CAME[row.came]}.")
    for outcome in outcomes:
        print(f"  {outcome.key}: {REACHED[outcome.reached]}. {shown(outcome.words)}")
    for step in steps:
        print(f"  {step.title}: {sheets_review.step_words(step)}")
    return 0


def _pack(given: argparse.Namespace) -> int:
    path = named(given.out)
    if path.suffix.lower() not in (".pdf", ".docx"):
        raise Invalid(f"“{path.name}” ends in neither .pdf nor .docx.", "Choose one of them.")
    with opened(given.case) as store:
        data = sheets_review.pack(store, load(), reviews.open_review(store, given.number), now().date(), word=path.suffix.lower() == ".docx")
    print(f"Written: {shown(str(write_file(path, data)))}")
    return 0
