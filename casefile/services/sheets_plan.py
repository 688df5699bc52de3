"""Sheets to print from the plan: two versions side by side, or the reply to a draft with our wording."""

import datetime as dt

from casefile.domain.comparison import Comparison
from casefile.domain.dates import in_words
from casefile.domain.plan import PlanVersion
from casefile.services import plans
from casefile.services.case import child_of
from casefile.store.store import Store


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
    title = {"draft": "Reply to the draft plan", "amendment_notice": "Reply to the amendment notice"}.get(before.status, "Our proposed wording") if reply else "What changed in the plan"
    return compare_table(found, title, heads, about, today, reply=reply, judge=plans.judged)
