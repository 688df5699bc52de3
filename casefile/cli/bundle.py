"""The command that makes a bundle."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from casefile.cli import bundle_order
from casefile.cli.output import named, now, number, opened, progress, put_json
from casefile.domain.bundles import Bundle
from casefile.domain.dates import count, read_iso
from casefile.domain.documents import LOCKED
from casefile.domain.paper_choice import PaperChoice, read_megabytes
from casefile.domain.redaction import with_area, with_words
from casefile.errors import Invalid
from casefile.library import load


def register(commands: Any) -> None:
    """Add the command."""
    bundle = commands.add_parser("bundle", help="a numbered bundle of the evidence")
    bundle.add_argument("case", metavar="CASE")
    bundle.add_argument("--purpose", default="everything", help="complaint_stage_1, lgsco, tribunal, adviser, everything …")
    bundle.add_argument("--out", required=True, metavar="FOLDER")
    bundle.add_argument(
        "--document", action="append", default=[], metavar="ID", help="only these papers, in this order"
    )
    bundle_order.add_options(bundle)
    _choices(bundle)
    bundle.add_argument("--sent", action="store_true", help="keep it as sent: its numbers stand, and its number is told")
    bundle.add_argument(
        "--additions-to", default="", metavar="NUMBER", help="only papers not in that sent bundle, numbered on from it"
    )
    bundle.add_argument("--title", default="")
    bundle.add_argument("--originals", action="store_true", help="put the original files into the zip too")
    bundle.add_argument("--as-of", default="", metavar="DATE", help="the date on the bundle")
    bundle.add_argument("--json", action="store_true")
    bundle.set_defaults(handle=_bundle)


def _choices(bundle: argparse.ArgumentParser) -> None:
    """What is chosen of pages, hidden, and wanted on paper."""
    bundle.add_argument("--pages", action="append", default=[], metavar="ID:1-3,7", help="only these pages of a paper")
    bundle.add_argument("--without", action="append", default=[], metavar="ID:2", help="leave out these pages of a paper")
    bundle.add_argument(
        "--turn", action="append", default=[], metavar="ID:3:90", help="turn a page of a paper clockwise; ID:90 turns all"
    )
    bundle.add_argument(
        "--hide", action="append", default=[], metavar="WORDS", help="cover these words wherever they stand, in pages and lists"
    )
    bundle.add_argument(
        "--cover", action="append", default=[], metavar="ID:PAGE:L,T,R,B",
        help="cover part of a page: left, top, right and bottom in percent of the page",
    )  # fmt: skip
    bundle.add_argument("--a4", action="store_true", help="make every page A4")
    bundle.add_argument("--binding-edge", action="store_true", help="keep room for the holes of a binder")
    bundle.add_argument("--two-sided", action="store_true", help="sections begin on a right-hand page; blank pages are numbered")
    bundle.add_argument("--dividers", action="store_true", help="a sheet before every section")
    bundle.add_argument("--large-print", action="store_true", help="index and chronology in large print")
    bundle.add_argument("--by-section", action="store_true", help="a file of every section too, for a print shop")
    bundle.add_argument("--volume-mb", default="", metavar="MB", help="cut it into files of at most this size")


def _bundle(given: argparse.Namespace) -> int:
    from casefile.services import bundles

    today = read_iso(given.as_of, "--as-of") if given.as_of else now().date()
    with opened(given.case) as store:
        library = load()
        chosen = [number(id_, "a paper") for id_ in given.document] or None
        if given.additions_to:
            kept = bundles.load(store, number(given.additions_to, "a bundle"))
            more = chosen or [paper.id or 0 for paper in bundles.addable(store, kept) if paper.state == "filed"]
            whole = bundles.add_papers(store, library, kept, more, today)
        else:
            whole = bundles.compose(store, library, given.purpose, title=given.title, documents=chosen, today=today)
        choices = _page_choices(given)
        for key, choice in choices.items():
            whole = bundles.with_pages(whole, key, **choice)
        whole = _on_paper(_hiding(bundle_order.ordered(whole, given), given), given)
        made = bundles.additions(whole) if given.additions_to else whole
        _still_to_go(made, {*choices, *(f"d{words.partition(':')[0]}" for words in given.cover)})
        report = bundles.export(
            store, library, made, named(given.out), progress(given.json), today=today, now=now(), originals=given.originals
        )
        sent = None
        if given.sent:
            if given.additions_to:
                bundles.save(store, whole, now=now())
            sent = bundles.mark_sent(store, made, report, now=now(), on=today).id
    if given.json:
        rows = [
            {"document": one.document, "title": one.title, "state": one.state, "from_page": one.from_page, "to_page": one.to_page, "reason": one.reason or None}
            for one in report.inputs
        ]  # fmt: skip
        put_json(
            {
                "pdf": [str(path) for path in report.pdf],
                "zip": str(report.zip),
                "pages": report.pages,
                "inputs": rows,
                "checks": report.checks,
                **({"sent": sent} if given.sent else {}),
            }
        )
        return 0
    if sent is not None:
        print(f"Kept as sent, bundle number {sent}. Papers that come later: --additions-to {sent}")
    for one in report.inputs:
        pages = f"pages {one.from_page} to {one.to_page}" if one.from_page != one.to_page else f"page {one.from_page}"
        print(f"{one.state:9} {pages:16} {one.title}{f': {one.reason}' if one.reason else ''}")
        if one.state == "refused" and LOCKED in one.reason.lower():
            print(f"{'':26} To unlock it: casefile unlock CASE {one.document}")
    for words in _to_look_at(report.checks):
        print(f"Look at: {words}")
    print(
        f"{report.pages} pages in {', '.join(path.name for path in report.pdf)}, and {report.zip.name}, in {given.out}."
    )
    return 0


def _to_look_at(checks: Mapping[str, Any]) -> list[str]:
    """What the maker of a bundle should know before it goes, a sentence each."""
    from casefile.services.bundle_scans import searchable_words

    over = [f"{one['title']}: {one['pages']} pages, at most {one['most']} are allowed." for one in checks["limits"] if not one["holds"]]
    undated = checks["undated"]
    said = [f"{count(len(undated), 'paper')} without a date."] if undated else []
    doubtful = [f"Page {page} could not be proved." for page in checks["pages_to_look_at"]]
    nowhere = [f"“{words}” was not found in the papers. Check how it is spelled." for words in checks.get("hidden", {}).get("nowhere", ())]
    return [*nowhere, *over, *checks["missing"], *checks["orphans"], *said, *doubtful, *searchable_words(checks["searchable"], hiding="hidden" in checks)]


def _page_choices(given: argparse.Namespace) -> dict[str, dict[str, str]]:
    """What --pages, --without and --turn say, by the key of the paper in the bundle."""
    made: dict[str, dict[str, str]] = {}
    for name, words in (("only", given.pages), ("without", given.without), ("turned", given.turn)):
        for word in words:
            id_, _, rest = word.partition(":")
            choice = made.setdefault(f"d{number(id_, 'a paper')}", {})
            choice[name] = ", ".join(filter(None, (choice.get(name, ""), rest)))
    return made


def _still_to_go(bundle: Bundle, keys: set[str]) -> None:
    """Refuse what is asked of papers that are not in a bundle, as they were sent before: nobody would see it. Raises ``Invalid``."""
    for key in sorted(keys - {item.key for item in bundle.chosen}):
        raise Invalid(f"Paper {key[1:]} does not go into this file, so nothing can be changed in it.", "What was sent stays as it was sent.")


def _on_paper(bundle: Bundle, given: argparse.Namespace) -> Bundle:
    """The bundle with what the call says about paper and sizes of files; what it does not say stays as it was kept."""
    old = bundle.paper
    chosen = PaperChoice(
        given.a4 or old.a4, given.binding_edge or old.edge, given.two_sided or old.two_sided,
        read_megabytes(given.volume_mb) or old.volume_mb, given.dividers or old.dividers, given.large_print or old.large,
        given.by_section or old.by_section,
    )  # fmt: skip
    return replace(bundle, paper=chosen)


def _hiding(bundle: Bundle, given: argparse.Namespace) -> Bundle:
    """The bundle with what --hide and --cover say; a kept bundle hides what it hid as well."""
    hidden = bundle.hiding
    for words in given.hide:
        hidden = with_words(hidden, words)
    for words in given.cover:
        id_, _, rest = words.partition(":")
        page, _, sides = rest.partition(":")
        try:
            left, top, right, bottom = (float(side) / 100 for side in sides.split(","))
        except ValueError:
            raise Invalid(f"--cover {words!r} names no area.", "Write it as ID:PAGE:LEFT,TOP,RIGHT,BOTTOM in percent.") from None
        key = f"d{number(id_, 'a paper')}"
        if key not in {item.key for item in bundle.chosen}:
            raise Invalid(f"Paper {id_} is not in this bundle, so nothing can be covered in it.", "Use the number of a paper that goes in.")
        hidden = with_area(hidden, key, number(page, "a page"), (left, top, right, bottom))
    return replace(bundle, hiding=hidden)
