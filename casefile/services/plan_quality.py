"""The quality check of a plan against the whole record: the child, the reports, the payments."""

import datetime as dt
from dataclasses import dataclass, replace

from casefile.domain.documents import Document
from casefile.domain.plan import PlanItem, PlanVersion
from casefile.domain.plan_check import Checked, Facts, Report, check_plan
from casefile.domain.plan_reports import Highlight, Kept, against_plan, like, needs_in, recommendations_in
from casefile.library import Library
from casefile.services import documents, plan_highlights, plan_marks, plans
from casefile.services.case import child_of
from casefile.services.timeline import events_of
from casefile.store.store import Store

REPORTS = {
    "ep_report": "educational psychologist", "salt_report": "speech and language therapist", "ot_report": "occupational therapist",
    "medical_report": "health", "school_report": "school",
}  # fmt: skip
_ADVISING = ("ep_report", "salt_report", "ot_report", "medical_report")


def report_papers(store: Store) -> list[Document]:
    """The filed papers that are reports, the oldest first; nothing in them is read."""
    papers = [paper for kind in REPORTS for paper in store.find(Document, state="filed", kind=kind)]
    return sorted(papers, key=lambda paper: (paper.dated or dt.date.min, paper.id or 0))


def reports_of(store: Store) -> tuple[Report, ...]:
    """The filed reports of the case with what each recommends, the oldest first."""
    return tuple(
        Report(
            paper.id or 0, paper.title, REPORTS[paper.kind or ""], paper.dated,
            tuple(recommendations_in(documents.text_of(store, paper.id or 0))) if paper.kind in _ADVISING else (),
        )
        for paper in report_papers(store)
    )  # fmt: skip


def check(store: Store, version: PlanVersion, today: dt.date) -> Checked:
    """Every check of one version as of ``today``."""
    child = child_of(store)
    paid = True if any(event.kind == "direct_payment_started" for event in events_of(store)) else None
    facts = Facts(today, child.born, child.name, child.school, reports_of(store), paid)
    items = plans.items(store, version)
    found = check_plan(version, items, plans.headed(store, version), plans.judged, facts)
    marks = plan_marks.fine(store)
    fine = {item.key for item in items if (item.key, item.text) in marks}
    aside = tuple(one for one in found.findings if one.item in fine and one.check in plan_marks.ABOUT_WORDING)
    return replace(found, findings=tuple(one for one in found.findings if one not in aside), set_aside=aside)


def letter_for(version: PlanVersion, library: Library) -> str:
    """The form of the letter that answers a version: a draft's, or a notice's; empty where none answers it."""
    wanted = {"draft": "L09", "amendment_notice": "L33"}.get(version.status, "")
    return wanted if any(form.id == wanted for form in library.letters) else ""


@dataclass(frozen=True, slots=True)
class FromReport:
    """A sentence of a report, what became of it in the plan, the report itself, and the parent's own mark on it where there is one."""

    report: Report
    kept: Kept
    mark: Highlight | None = None


def reports_against(store: Store, version: PlanVersion) -> list[FromReport]:
    """What every report finds and asks for against one version: what was lost first, then what was thinned, then what is there.

    What the parent marked goes before what the program finds: a passage marked as neither is left out, ticks decide.
    """
    lines = [item for item in plans.items(store, version) if not plans.is_heading(item)]
    found = []
    for report in reports_of(store):
        marks = plan_highlights.highlights(store, report.document)
        advice = [*report.recommendations, *needs_in(documents.text_of(store, report.document))] if report.recommendations or report.role != "school" else []
        advice = [one for one in advice if not any(mark.page == one.page and like(mark.words, one.text) for mark in marks)]
        found += [FromReport(report, kept) for kept in against_plan(advice, lines, plans.judged)]
        found += [FromReport(report, kept, mark) for mark in marks if mark.kind != "neither" for kept in plan_highlights.judged_mark(mark, lines)]
    return sorted(found, key=lambda one: (("lost", "thinned", "kept").index(one.kept.state), one.kept.advice.kind != "provision"))


def take_up(store: Store, version: PlanVersion, one: FromReport, today: dt.date) -> PlanItem:
    """Put a report's sentence into our proposed wording, begun from ``version`` where there is none yet, as one action."""
    section = "F" if one.kept.advice.kind == "provision" else "B"
    with store.action("Put a report’s words into our proposed wording"):
        ours = version if version.status == "ours" else next((other for other in reversed(plans.versions(store)) if other.status == "ours"), None)
        ours = ours or plans.copy_version(store, version, today)
        return plans.add_item(store, ours, section, one.kept.advice.text)
