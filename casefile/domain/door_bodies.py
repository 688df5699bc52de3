"""The other bodies: school, council, social care, health, the Secretary of State, exclusion panels, data, helpers.

Sources: the Ombudsman's Complaint Handling Code (2024); SI 2006/1738; SI 2009/309; Health Service Commissioners Act 1993
section 9; Education Act 1996 sections 496, 497, 497A and 497C; SI 2012/1033; Data Protection Act 2018 section 164A.
"""

import datetime as dt

from casefile.domain.calendar import add_months
from casefile.domain.door_scene import Scene, Verdict, after

ACADEMY_POWER = dt.date(2026, 6, 29)
"""Section 497C of the Education Act 1996 in force (Children's Wellbeing and Schools Act 2026 sections 56 and 78(2)(g))."""


def always(scene: Scene) -> Verdict:
    """A body without conditions or time limits."""
    return Verdict("open", ("open",))


def school(scene: Scene) -> Verdict:
    """The school's own procedure: no national times, no conditions, but there must be a school."""
    if scene.facts.setting == "none":
        return Verdict("not_this_body", ("no_school",))
    if scene.facts.dates.get("school_complaint_answered"):
        return Verdict("closed", ("answered",), unless="new")
    return Verdict("open", ("trust" if scene.facts.setting in ("academy", "independent") else "open",))


def council_stage_1(scene: Scene) -> Verdict:
    """The first stage at the council: open until it is used."""
    told = scene.facts.complaint
    if told.refused:
        return Verdict("closed", ("refused",), unless="refused")
    if told.final_answered or told.stage2_made or told.stage1_answered:
        return Verdict("closed", ("answered",), unless="new")
    if told.stage1_made:
        waiting = scene.wait
        return Verdict("closed", ("silent" if waiting.ready else "waiting",), unless="new")
    year = add_months(scene.facts.knew_on, 12) if scene.facts.knew_on else None
    old = year is not None and year < scene.facts.as_of and not scene.facts.going_on
    ask = ("council_complaint.stage1_made",) if scene.failing.id == "complaint_ignored" else ()
    return Verdict("open", ("open",), likely=("old",) if old else (), ask=ask)


def council_stage_2(scene: Scene) -> Verdict:
    """The second stage: after the first answer, or when the time for it has gone by in silence."""
    told, wait = scene.facts.complaint, scene.wait
    if told.refused:
        return Verdict("closed", ("refused",), unless="refused")
    if told.final_answered:
        return Verdict("closed", ("answered",), unless="new")
    if told.stage2_made:
        return Verdict("closed", ("silent" if wait.ready else "waiting",), unless="new")
    if told.stage1_answered:
        scene.days["by"] = scene.safe("cc_s2_request", cc_s1_reply_received=told.stage1_answered)
        return Verdict("open", ("after_answer",))
    if told.stage1_made:
        if wait.ready:
            return Verdict("open", ("after_silence",))
        return Verdict("too_early", ("waiting_1",), wait.opens, first=("council_stage_1",))
    opens = after(scene.stage_1_end(scene.facts.as_of))
    return Verdict("too_early", ("stage_1_first",), opens, first=("council_stage_1",))


def social_care(scene: Scene) -> Verdict:
    """The three stages of a social care complaint: a year from the event, longer if that is fair."""
    told = scene.facts.complaint
    if told.final_answered:
        return Verdict("closed", ("answered",), unless="new")
    if told.refused:
        return Verdict("closed", ("refused",), unless="refused")
    if told.stage2_made:
        return Verdict("open", ("stage_2",))
    if told.stage1_made or told.stage1_answered:
        scene.days["answer"] = scene.last("sc_s1", sc_complaint_received=told.stage1_made)
        return Verdict("open", ("stage_1_answered" if told.stage1_answered else "stage_1",))
    closes = scene.last("sc_one_year", social_care_event=scene.facts.knew_on)
    return _year(scene, closes)


def _year(scene: Scene, closes: dt.date | None) -> Verdict:
    """A limit of a year that the body may lift."""
    match scene.late(closes):
        case "late":
            return Verdict("closed", ("late",), closes=closes, unless="late")
        case "unsure":
            return Verdict("depends", ("unsure",), closes=closes, ask=("going_on",))
        case "going_on":
            return Verdict("open", ("going_on",))
        case "unknown":
            return Verdict("open", ("undated",), ask=("knew_on",))
    return Verdict(scene.near(closes), ("open",), closes=closes)


def nhs(scene: Scene) -> Verdict:
    """A complaint to the health service, to the provider or to its commissioner."""
    if scene.facts.dates.get("nhs_reply_received"):
        return Verdict("closed", ("answered",), unless="new")
    if scene.facts.dates.get("nhs_complaint_received"):
        return Verdict("closed", ("waiting",), unless="new")
    return _year(scene, scene.last("nhs_complaint_limit", nhs_event_or_knowledge=scene.facts.knew_on))


def health_ombudsman(scene: Scene) -> Verdict:
    """The Parliamentary and Health Service Ombudsman: after the health body's chance to answer, within a year."""
    dates, today = scene.facts.dates, scene.facts.as_of
    made, answered = dates.get("nhs_complaint_received"), dates.get("nhs_reply_received")
    closes = scene.last("phso_limit", parent_first_knew_of_matter=scene.facts.knew_on)
    time = scene.late(closes)
    if time == "late":
        return Verdict("closed", ("late",), closes=closes, unless="late")
    if time == "unsure":
        return Verdict("depends", ("unsure",), closes=closes, first=("nhs_complaint",), ask=("going_on",))
    closes = None if time == "going_on" else closes
    opens = after(scene.last("nhs_response", nhs_complaint_received=made or today))
    if answered is None and (opens is None or opens > today):
        reason = "waiting" if made else "complain_first"
        if made and closes is not None and opens is not None and opens > closes:
            return Verdict(scene.near(closes), ("year_ends_first",), None, closes, ("nhs_complaint",))
        return Verdict("too_early", (reason,), opens, closes, ("nhs_complaint",))
    if time == "unknown":
        return Verdict("depends", ("unknown",), ask=("knew_on",))
    return Verdict(scene.near(closes), ("open",), closes=closes)


def secretary(scene: Scene) -> Verdict:
    """The Secretary of State: after the local procedure; for an academy only with the power of June 2026."""
    kind, facts = scene.failing.kind, scene.facts
    if kind == "system" or scene.failing.id == "lgsco_remedy_not_done":
        return Verdict("open", ("system" if kind == "system" else "council",), likely=("rare",))
    if kind in ("school", "exclusion"):
        return _school_direction(scene)
    if facts.complaint.final_answered or facts.complaint.refused:
        return Verdict("open", ("council",), likely=("rare",))
    wait = scene.care_wait
    first = wait.first or ("council_stage_2",)
    if wait.ready:
        return Verdict("open", ("council_silent",), first=("lgsco",), likely=("rare",))
    reasons = ("council_first", "opens") if wait.opens else ("council_first",)
    return Verdict("too_early", reasons, wait.opens, first=first, likely=("rare",))


def _school_direction(scene: Scene) -> Verdict:
    facts = scene.facts
    if facts.setting is None:
        return Verdict("depends", ("which_school",), ask=("setting",))
    if facts.setting not in ("maintained", "academy"):
        return Verdict("not_this_body", ("no_power",))
    power = facts.setting
    if power == "academy" and facts.as_of < ACADEMY_POWER:
        power = "academy_before"
    finished = facts.dates.get("school_complaint_answered") or facts.dates.get("local_procedure_finished")
    if finished is None:
        return Verdict("too_early", ("school_first", power), first=("school",))
    return Verdict("open", (power,), likely=("rare",))


def exclusion_review(scene: Scene) -> Verdict:
    """An independent review panel: only for a permanent exclusion that the governors have upheld."""
    decided = scene.facts.dates.get("governors_decision_given")
    if decided is None:
        return Verdict("too_early", ("governors_first",), first=("school",), ask=("dates.governors_decision_given",))
    if scene.facts.dates.get("irp_requested"):
        return Verdict("closed", ("asked",), unless="asked")
    closes = scene.last("irp_request", governors_decision_given=decided)
    if closes is not None and closes < scene.facts.as_of:
        return Verdict("closed", ("late",), closes=closes, unless="late")
    return Verdict(scene.near(closes), ("open",), closes=closes)


def commissioner(scene: Scene) -> Verdict:
    """The Information Commissioner: after a complaint to the body itself, within three months of its last word."""
    facts = scene.facts
    made = facts.dates.get("dp_complaint_received") or facts.complaint.stage1_made
    answered = (
        facts.dates.get("controller_final_reply") or facts.complaint.final_answered or facts.complaint.stage1_answered
    )
    if answered is not None:
        closes = scene.last("ico_dp", controller_final_reply=answered)
        if closes is not None and closes < facts.as_of:
            return Verdict("closed", ("late",), closes=closes, unless="late")
        return Verdict(scene.near(closes), ("answered",), closes=closes)
    begun = made or facts.as_of
    opens = after(scene.last("dp_complaint_ack", dp_complaint_received=begun) or begun + dt.timedelta(days=30))
    if made is not None and opens is not None and opens <= facts.as_of:
        return Verdict("open", ("silent",))
    return Verdict("too_early", ("waiting" if made else "complain_first",), opens, first=("council_stage_1",))
