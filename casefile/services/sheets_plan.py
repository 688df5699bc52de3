"""Sheets to print from the plan: two versions side by side, or the reply to a draft with our wording."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from casefile.domain.comparison import Comparison
from casefile.domain.dates import count, in_words
from casefile.domain.plan import PlanItem, PlanVersion
from casefile.domain.plan_likeness import Likeness
from casefile.library import Library
from casefile.library.working_limit import working_limit
from casefile.services import plan_quality, plans
from casefile.services.case import child_of
from casefile.services.people import contacts
from casefile.services.working_pages import At
from casefile.store.store import Store

if TYPE_CHECKING:
    from casefile.printing.working_document import WorkingDocument


def working_document(store: Store, before: PlanVersion, after: PlanVersion, today: dt.date, at: At | None = None) -> bytes:
    """The Tribunal's working document: ``before`` with our wording ``after`` marked in it, as a Word file.

    A changed line of Section F gets a footnote to the report that asks for it, where one does; ``at`` says where that
    stands in a bundle.
    """
    from casefile.printing.working_document import working_document as written

    return written(*_working(store, before, after, at), today)


def working_print(store: Store, before: PlanVersion, after: PlanVersion, today: dt.date, at: At | None = None) -> bytes:
    """The working document as it prints, as a PDF: the same words and marks."""
    from casefile.printing.working_pdf import working_pdf

    return working_pdf(*_working(store, before, after, at), today)


def _working(store: Store, before: PlanVersion, after: PlanVersion, at: At | None) -> "tuple[WorkingDocument, str]":
    from casefile.printing.working_document import WorkingDocument

    child = child_of(store)
    ours = plans.items(store, after)
    about = ", ".join(part for part in (child.name, child.reference, plans.name_of(before)) if part)
    me = next((person.name for person in contacts(store) if person.me), "")
    return WorkingDocument("Working document", about, plans.items(store, before), ours, sources(store, ours, at)), me


def pages_words(pages: int, library: Library) -> str:
    """How many pages a working document prints on, against what the Tribunal takes, and how sure that is."""
    limit = working_limit(library.folder)
    told = f"It prints on {count(pages, 'page')} here; Word may differ a little. The Tribunal takes at most {limit.most}"
    over = f", so {pages - limit.most} must go or be asked for" if pages > limit.most else ""
    return f"{told}{over} ({limit.words}; read in guides, not in the rule itself)."


def sources(store: Store, items: Sequence[PlanItem], at: At | None = None) -> dict[str, str]:
    """For each line of Section F the report and page that asks for it, as a footnote; with where ``at`` finds it in a bundle."""
    found: dict[str, str] = {}
    given = plans.lines_in(items, "F")
    advice = [(report, one) for report in plan_quality.reports_of(store) for one in report.recommendations]
    like = Likeness([*given, *(PlanItem(None, 0, "", "F", one.text) for _, one in advice)])
    for item in given:
        best = max(advice, key=lambda pair: like.score(item.text, pair[1].text), default=None)
        if best is not None and like.score(item.text, best[1].text) >= 0.45:
            report, one = best
            day = f", {in_words(report.dated)}" if report.dated else ""
            stands = at(report.document, one.page) if at else ""
            found[item.key] = f"{report.title} ({report.role}){day}, page {one.page}{f' ({stands})' if stands else ''}: “{one.text[:200]}”"
    return found


def compare_sheet(store: Store, before: PlanVersion, after: PlanVersion, found: Comparison, today: dt.date) -> bytes:
    """The comparison as a PDF table; with our proposed wording as the second version it is the reply to a draft."""
    from casefile.printing.compare_table import compare_table

    child = child_of(store)
    about = ", ".join(part for part in (child.name, child.reference) if part)
    reply = after.status == "ours" and before.status != "ours"
    came = f", received {in_words(before.received)}" if before.received else ""
    heads = [f"{plans.name_of(before)}{came}."] if reply else [f"Before: {plans.name_of(before)}.", f"After: {plans.name_of(after)}."]
    if not reply:
        heads.append(f"Fixed minutes a week in Section F: was {found.minutes_before:g}, now {found.minutes_after:g}.")
        heads += [f"Words of {plans.name_of(one)} were read from a picture, and some may be wrong." for one in (before, after) if one.from_picture]
    title = {"draft": "Reply to the draft plan", "amendment_notice": "Reply to the amendment notice"}.get(before.status, "Our proposed wording") if reply else "What changed in the plan"
    return compare_table(found, title, heads, about, today, reply=reply, judge=plans.judged)
