"""The quality check of a plan against the whole record: the child, the reports, the payments."""

import datetime as dt

from casefile.domain.documents import Document
from casefile.domain.plan import PlanVersion
from casefile.domain.plan_check import Checked, Facts, Report, check_plan
from casefile.domain.plan_reports import recommendations_in
from casefile.services import documents, plans
from casefile.services.case import child_of
from casefile.services.timeline import events_of
from casefile.store.store import Store

REPORTS = {
    "ep_report": "educational psychologist", "salt_report": "speech and language therapist", "ot_report": "occupational therapist",
    "medical_report": "health", "school_report": "school",
}  # fmt: skip
_ADVISING = ("ep_report", "salt_report", "ot_report", "medical_report")


def reports_of(store: Store) -> tuple[Report, ...]:
    """The filed reports of the case with what each recommends, the oldest first."""
    papers = [paper for paper in store.find(Document, "dated, id", state="filed") if paper.kind in REPORTS]
    return tuple(
        Report(
            paper.id or 0, paper.title, REPORTS[paper.kind or ""], paper.dated,
            tuple(recommendations_in(documents.text_of(store, paper.id or 0))) if paper.kind in _ADVISING else (),
        )
        for paper in papers
    )  # fmt: skip


def check(store: Store, version: PlanVersion, today: dt.date) -> Checked:
    """Every check of one version as of ``today``."""
    child = child_of(store)
    paid = True if any(event.kind == "direct_payment_started" for event in events_of(store)) else None
    facts = Facts(today, child.born, child.name, child.school, reports_of(store), paid)
    return check_plan(version, plans.items(store, version), plans.headed(store, version), plans.judged, facts)
