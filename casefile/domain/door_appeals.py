"""The Tribunal, mediation, the court, and the hard boundary: what the Ombudsman may look at beside an appeal.

Sources: Local Government Act 1974 sections 24A(6), 26(5), 26(6)(a) and 26B; R (ER) v Commissioner for Local
Administration [2014] EWCA Civ 1407; R (Milburn) v LGSCO [2023] EWCA Civ 207; Children and Families Act 2014
sections 51 to 55; SEND Regulations 2014 regulations 33 and 34; CPR 54.5; Equality Act 2010 Schedule 17.
"""

import datetime as dt

from casefile.domain.door_scene import Scene, Verdict

HAD_RIGHT = ("open", "lapsed", "used")
FEW_DAYS = dt.timedelta(days=7)
"""A certificate takes three working days; nearer to the last day than this, the appeal cannot wait for it."""


def ombudsman(scene: Scene) -> Verdict:
    """The Local Government and Social Care Ombudsman: first the bar of an appeal, then the year, then the wait."""
    if scene.failing.kind == "exclusion":
        return _panel_complaint(scene)
    barred = _bar(scene)
    if barred is not None:
        return barred
    if scene.failing.id == "lgsco_remedy_not_done":
        return Verdict("open", ("tell_us",))
    closes = scene.last("lgsco_12_months", parent_first_knew_of_matter=scene.facts.knew_on)
    time, wait, kept = scene.late(closes), scene.care_wait, _kept(scene)
    if time == "late":
        return Verdict("closed", ("late",), closes=closes, unless="late", first=wait.first)
    if time == "unsure":
        return Verdict("depends", (*kept, "unsure"), closes=closes, first=wait.first, ask=("going_on",))
    if time == "going_on":
        kept, closes = (*kept, "going_on"), None
    if not wait.ready:
        return _too_early(scene, closes, kept)
    if time == "unknown":
        return Verdict("depends", (wait.reason, *kept, "unknown"), ask=("knew_on",))
    limit = () if closes is None else ("open",)
    return Verdict(scene.near(closes), (wait.reason, *kept, *limit), closes=closes, likely=("small",))


def _too_early(scene: Scene, closes: dt.date | None, kept: tuple[str, ...]) -> Verdict:
    """The council has not had its chance yet. Where the year ends first, the Ombudsman has to be told before that."""
    wait = scene.care_wait
    if wait.reason == "which_complaint":
        return Verdict("depends", (wait.reason, *kept), closes=closes, ask=("council_complaint.stage1_made",))
    ask = ("council_complaint.stage1_made",) if wait.reason == "complain_first" else ()
    if closes is not None and wait.opens is not None and wait.opens > closes:
        return Verdict("closing", (wait.reason, "year_ends_first", *kept), None, closes, wait.first, ask=ask)
    return Verdict(
        "too_early", (wait.reason, "opens", *kept), wait.opens, closes, wait.first, ask=ask, likely=("waive",)
    )


def _kept(scene: Scene) -> tuple[str, ...]:
    """What stays with the Ombudsman although there is, or was, a right to appeal."""
    if scene.right not in HAD_RIGHT:
        return ()
    kind, given = scene.failing.kind, scene.facts.appeal
    if kind == "delay":
        return ("delay_kept",)
    if kind in ("delivery", "process"):
        return ("undisputed",) if given.connected is False else ("after_appeal",)
    return ("compliance_kept",) if scene.failing.id == "tribunal_order_not_complied" else ()


def _bar(scene: Scene) -> Verdict | None:
    """Section 26(6)(a): nothing that could be appealed, and nothing bound up with it (ER; Milburn)."""
    kind, given, right = scene.failing.kind, scene.facts.appeal, scene.right
    if kind == "decision":
        if right == "none":
            return None
        key = f"bar_{right}" if right in HAD_RIGHT else "bar_decision"
        return Verdict("closed", (key,), unless=key)
    if kind not in ("delivery", "process"):
        return None
    if right is None and given.connected:
        return Verdict("depends", ("bar_unknown_right",), first=scene.care_wait.first, ask=("appeal.right",))
    if right not in HAD_RIGHT or given.connected is False:
        return None
    if _after_appeal(scene):
        return None
    if given.connected is None:
        return Verdict("depends", ("bar_unknown",), first=scene.care_wait.first, ask=("appeal.connected",))
    lapsed = "bar_lapsed_connected" if right == "lapsed" else "bar_connected"
    return Verdict("closed", ("bar_connected",), unless=lapsed)


def _after_appeal(scene: Scene) -> bool:
    """Whether the failing lies, or goes on, after the appeal has ended: then it is the order or the plan not kept."""
    facts, ended = scene.facts, scene.facts.appeal.ended
    if ended is None or ended >= facts.as_of:
        return False
    return bool(facts.going_on) or (facts.knew_on is not None and facts.knew_on >= ended)


def _panel_complaint(scene: Scene) -> Verdict:
    """A permanent exclusion: only how a panel for a maintained school handled the review."""
    if scene.facts.setting is None:
        return Verdict("depends", ("panel_setting",), ask=("setting",))
    if scene.facts.setting != "maintained":
        return Verdict("not_this_body", ("panel_academy",))
    decided = scene.facts.dates.get("irp_decision_notified")
    if decided is None or decided > scene.facts.as_of:
        return Verdict("too_early", ("panel_first",), first=("exclusion_review",))
    closes = scene.last("lgsco_12_months", parent_first_knew_of_matter=decided)
    if scene.late(closes) == "late":
        return Verdict("closed", ("late",), closes=closes, unless="late")
    return Verdict(scene.near(closes), ("panel_only", "open"), closes=closes)


def appeal(scene: Scene) -> Verdict:
    """An appeal to the SEND Tribunal: only against a decision, with a certificate unless it is only about Section I."""
    facts, right = scene.facts, scene.right
    if right == "used":
        key = "ended" if facts.appeal.ended else "running"
        return Verdict("closed", (key,), unless=key)
    if right == "lapsed":
        return Verdict("closed", ("late",), closes=scene.appeal_closes, unless="late")
    if right != "open":
        return _no_right_yet(scene)
    reasons = ["open" if scene.appeal_closes else "open_undated"]
    ask = [] if scene.appeal_closes else ["appeal.decision_sent"]
    first: tuple[str, ...] = ()
    if facts.section_i_only:
        reasons.append("section_i")
    elif facts.appeal.mediation_certificate is None:
        first = ("mediation",)
        reasons.append("certificate_first")
        if facts.section_i_only is None and scene.failing.id in ("school_named_wrong", "no_school_named"):
            ask.append("section_i_only")
        if scene.appeal_closes and scene.appeal_closes - facts.as_of <= FEW_DAYS:
            reasons.append("no_time_for_certificate")
    if scene.failing.kind != "decision":
        reasons.append("content_only")
    closes = scene.appeal_closes
    return Verdict(scene.near(closes), tuple(reasons), closes=closes, first=first, ask=tuple(ask))


def _no_right_yet(scene: Scene) -> Verdict:
    """No decision has been sent, as far as is known: an appeal waits for one."""
    if scene.failing.kind == "decision" and scene.right is None:
        return Verdict("depends", ("which_right",), ask=("appeal.right", "appeal.decision_sent"))
    ask = ("appeal.decision_sent",) if scene.right is None else ()
    return Verdict("too_early", ("no_decision",), ask=ask)


def mediation(scene: Scene) -> Verdict:
    """Mediation about a decision that can be appealed: the adviser must hear within two months of it."""
    facts, right = scene.facts, scene.right
    if scene.failing.id == "mediation_not_arranged":
        return Verdict("open", ("ask_certificate",))
    if right == "used":
        return Verdict("closed", ("appealed",), unless="agree")
    if facts.appeal.mediation_certificate is not None:
        return Verdict("closed", ("done",), unless="agree")
    closes = scene.last("mediation_contact", decision_letter_sent=facts.appeal.decision_sent)
    if right == "lapsed" or (closes is not None and closes < facts.as_of):
        return Verdict("closed", ("late",), closes=closes, unless="late")
    if right != "open":
        return _no_right_yet(scene)
    if facts.section_i_only:
        return Verdict("open", ("not_needed",))
    ask = () if closes else ("appeal.decision_sent",)
    return Verdict(scene.near(closes), ("open" if closes else "open_undated",), closes=closes, ask=ask)


def discrimination(scene: Scene) -> Verdict:
    """A disability discrimination claim against a school: six months less a day, no help from August."""
    if scene.facts.setting in ("college", "none"):
        return Verdict("not_this_body", ("other_court",))
    closes = scene.last("dda_claim", discrimination_act=scene.facts.knew_on)
    match scene.late(closes):
        case "late":
            return Verdict("closed", ("late",), closes=closes, unless="late")
        case "unsure":
            return Verdict("depends", ("unsure",), closes=closes, ask=("going_on",))
        case "unknown":
            return Verdict("depends", ("unknown",), ask=("knew_on",))
        case "going_on":
            return Verdict("open", ("going_on",))
    return Verdict(scene.near(closes), ("open",), closes=closes)


def court(scene: Scene) -> Verdict:
    """A letter before judicial review: promptly, three months at most, and not where an appeal gives the answer."""
    given = scene.facts.appeal
    if scene.failing.kind == "delivery" and given.connected and scene.right in ("open", "used") and not given.ended:
        return Verdict("closed", ("appeal_instead",), unless="urgent")
    closes = scene.last("jr_limit", grounds_arose=scene.facts.knew_on)
    match scene.late(closes):
        case "late":
            return Verdict("closed", ("late",), closes=closes, unless="late")
        case "unsure":
            return Verdict("depends", ("unsure",), closes=closes, ask=("going_on",))
        case "unknown":
            return Verdict("depends", ("unknown",), ask=("knew_on", "going_on"))
        case "going_on":
            return Verdict("open", ("going_on", "advice"))
    return Verdict(scene.near(closes), ("open", "advice"), closes=closes)
