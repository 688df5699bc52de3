"""The rest of the ledger on the command line: days out of school, costs, effects, and their sums."""

import argparse
import datetime as dt
from typing import Any

from casefile.cli.output import named, now, number, opened, put_json, shown
from casefile.domain.absences import LostSum, lost_words
from casefile.domain.dates import in_words, read_iso
from casefile.domain.money import in_pounds, read_pounds
from casefile.domain.sessions import ABSENCES, COSTS, WHOSE, Absence, Cost, Effect
from casefile.errors import Invalid
from casefile.library import load
from casefile.services import losses, sheets_losses
from casefile.store.files import write_file


def register(what: Any) -> None:
    """Add the words of these under ``provision``; ``what`` is its table of words."""
    away: argparse.ArgumentParser = what.add_parser("away", help="days out of school")
    away.add_argument("start", metavar="DATE", help="the first day")
    away.add_argument("--until", default="", metavar="DATE", help="the last day; without it only the first, with “on” it still goes on")
    away.add_argument("--kind", default="out_of_school", choices=tuple(ABSENCES))
    away.add_argument("--hours", default="", help="hours lost on each school day; without it the whole day")
    cost = what.add_parser("cost", help="something that was paid or lost")
    cost.add_argument("date", metavar="DATE")
    cost.add_argument("pounds")
    cost.add_argument("words", nargs="+", help="what for")
    cost.add_argument("--kind", default="other", choices=tuple(COSTS))
    effect = what.add_parser("effect", help="what it has meant for the child")
    effect.add_argument("date", metavar="DATE")
    effect.add_argument("words", nargs="+")
    effect.add_argument("--whose", default="", choices=WHOSE, help="whose words they are")
    effect.add_argument("--hard", action="store_true", help="it is hard to read")
    for made in (away, cost):
        made.add_argument("--note", default="")
    for name in ("reason", "said-by"):
        away.add_argument(f"--{name}", default="")
    for made, handle in ((away, _away), (cost, _cost), (effect, _effect)):
        made.add_argument("--document", default="", help="the number of the paper that shows it")
        made.set_defaults(handle=handle)
    report = what.add_parser("losses", help="days out of school, costs and effects, added up")
    report.add_argument("--json", action="store_true", help="print machine-readable output")
    report.add_argument("--out", metavar="FOLDER", help="write the tables (CSV) and sheets (PDF) there")
    report.set_defaults(handle=_losses)


def _paper(text: str) -> int | None:
    return number(text, "a paper") if text else None


def _away(given: argparse.Namespace) -> int:
    start = read_iso(given.start, "The first day")
    end = None if given.until == "on" else read_iso(given.until, "--until") if given.until else start
    try:
        hours = float(given.hours) if given.hours else None
    except ValueError:
        raise Invalid(f"--hours is {given.hours!r}, which is no number.", "Write it in figures.") from None
    with opened(given.case) as store:
        losses.keep(store, Absence(None, start, end, given.kind, hours, given.reason, given.said_by, _paper(given.document), given.note), now().date())
    print(f"{ABSENCES[given.kind]}, from {in_words(start)}: kept.")
    return 0


def _cost(given: argparse.Namespace) -> int:
    one = Cost(None, read_iso(given.date, "The date"), " ".join(given.words), given.kind, read_pounds(given.pounds), _paper(given.document), given.note)
    with opened(given.case) as store:
        losses.keep(store, one, now().date())
    print(f"{in_pounds(one.pence)}, {in_words(one.on)}: kept.")
    return 0


def _effect(given: argparse.Namespace) -> int:
    one = Effect(None, read_iso(given.date, "The date"), " ".join(given.words), _paper(given.document), given.hard, given.whose)
    with opened(given.case) as store:
        losses.keep(store, one, now().date())
    print(f"{in_words(one.on)}: kept.")
    return 0


def _sum_row(one: LostSum) -> dict[str, Any]:
    return {"from": one.span.start.isoformat(), "to": one.span.end.isoformat(), "whole_days": one.whole, "part_days": one.part, "part_hours": one.hours}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _losses(given: argparse.Namespace) -> int:
    library, today = load(), now().date()
    written: list[str] = []
    with opened(given.case) as store:
        away, money, told = losses.out_of_school(store, library, today), losses.spent(store), losses.effects(store)
        if given.out is not None:
            folder = named(given.out)
            files = [("costs.csv", sheets_losses.cost_csv(store)), ("effects.csv", sheets_losses.effect_csv(store)), ("out of school.csv", sheets_losses.absence_csv(store, library, today))]
            files += [("out of school.pdf", sheets_losses.absence_sheet(store, library, today))] if away else []
            files += [("costs.pdf", sheets_losses.cost_sheet(store, today))] if money else []
            files += [("effects.pdf", sheets_losses.effect_sheet(store, today))] if told else []
            written = [str(write_file(folder / name, data)) for name, data in files]
    if given.json:
        entries = [
            {"from": one.start.isoformat(), "to": _day(one.end), "kind": one.kind, "hours": one.hours, "school_days": days, "reason": one.reason, "said_by": one.agreed_by, "document": one.document}
            for one, days in (away.entries if away else ())
        ]
        put_json({
            "out_of_school": {"entries": entries, "total": _sum_row(away.total) if away else None, "half_terms": [_sum_row(one) for one in (away.half_terms if away else ())], "terms": [_sum_row(one) for one in (away.terms if away else ())], "cautions": list(away.cautions) if away else []},
            "costs": {"entries": [{"date": one.on.isoformat(), "kind": one.kind, "what": one.what, "pence": one.pence, "document": one.document} for one in (money.costs if money else ())], "pence": money.pence if money else 0},
            "effects": [{"date": one.on.isoformat(), "words": one.words, "whose": one.whose or None, "hard": one.hard, "document": one.document} for one in told],
            **({"written": written} if written else {}),
        })  # fmt: skip
        return 0
    for path in written:
        print(f"Written: {shown(path)}")
    if given.out is None:
        print(f"Out of school: {lost_words(away.total) if away else 'nothing is written down'}.")
        print(f"Costs: {in_pounds(money.pence) if money else 'nothing is written down'}.")
        print(f"Effects: {len(told)} written down, {sum(1 for one in told if one.hard)} of them hard to read.")
    return 0
