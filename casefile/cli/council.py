"""The command that holds somebody else's bundle against the papers of a case."""

import argparse
from pathlib import Path
from typing import Any

from casefile.cli.output import named, now, opened, progress, put_json
from casefile.domain.dates import read_iso
from casefile.errors import Invalid
from casefile.store.files import write_file


def register(commands: Any) -> None:
    """Add the command."""
    check = commands.add_parser("bundle-check", help="which of our papers are in a bundle that somebody else made")
    check.add_argument("case", metavar="CASE")
    check.add_argument("pdf", metavar="FILE.pdf")
    check.add_argument("--out", metavar="FILE", help="write the table too; ends in .pdf or .csv")
    check.add_argument("--appeal", default="", metavar="PURPOSE", help="the kind of appeal its page limits are for, as in: bundle --purpose; else the case tells")
    check.add_argument("--as-of", default="", metavar="DATE", help="the date on the table")
    check.add_argument("--json", action="store_true")
    check.set_defaults(handle=_check)


def _check(given: argparse.Namespace) -> int:
    from casefile.library import load
    from casefile.services import council_bundle, council_limits

    today = read_iso(given.as_of, "--as-of") if given.as_of else now().date()
    out = named(given.out) if given.out is not None else None
    if out is not None and out.suffix.lower() not in (".pdf", ".csv"):
        raise Invalid(f"The table cannot be written to “{out.name}”.", "Use a name that ends in .pdf or .csv.")
    with opened(given.case) as store:
        library = load()
        council_limits.known(library, given.appeal)
        made = council_bundle.compare(store, named(given.pdf), progress(given.json))
        limits = council_limits.measure(store, library, made, given.appeal)
        if out is not None:
            is_pdf = out.suffix.lower() == ".pdf"
            write_file(out, council_bundle.pdf_of(store, made, limits, today) if is_pdf else council_bundle.csv_of(made))
    if given.json:
        put_json(_told(made, out) | {"limits": council_limits.told(limits)})
        return 0
    for mark, day, title, state, pages, remark in council_bundle.table(made):
        where = f" ({'page' if pages.isdigit() else 'pages'} {pages})" if pages else ""
        print(f"{mark:5} {day:16} {title}: {state.lower()}{where}. {remark}".rstrip())
    print(council_bundle.not_ours(made))
    print("", *limits.lines, sep="\n")
    if out is not None:
        print(f"Wrote {out}.")
    return 0


def _told(made: Any, out: Path | None) -> dict[str, Any]:
    papers = [
        {"document": row.document, "title": row.title, "state": row.state, "pages": list(row.theirs), "lacking": list(row.lacking), "by_looks": list(row.seen)}
        for row in made.rows
    ]  # fmt: skip
    told = {"pages": made.pages, "papers": papers, "not_ours": [list(run) for run in made.not_ours], "blank": list(made.blank)}
    return told | ({"out": str(out)} if out is not None else {})
