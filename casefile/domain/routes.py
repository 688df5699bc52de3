"""Which body can help with a failing: every door, open or not, since when, until when, and why.

Pure. The words and the references are data (``resources/law/routes`` and ``failings.toml``); how each body's own
conditions apply stands in ``door_bodies`` and ``door_appeals``; every limit is counted by the rules of the law.
"""

from collections.abc import Callable, Mapping

from casefile.domain import door_appeals, door_bodies
from casefile.domain.calendar import add_months
from casefile.domain.dates import in_words
from casefile.domain.door_scene import DAY, Scene, Verdict
from casefile.domain.failings import ROUTES, Books, Door, Facts, Failing, Route
from casefile.domain.telling import SURE

_JUDGES: Mapping[str, Callable[[Scene], Verdict]] = {
    "school": door_bodies.school,
    "council_stage_1": door_bodies.council_stage_1,
    "council_stage_2": door_bodies.council_stage_2,
    "social_care_complaint": door_bodies.social_care,
    "lgsco": door_appeals.ombudsman,
    "nhs_complaint": door_bodies.nhs,
    "phso": door_bodies.health_ombudsman,
    "tribunal_appeal": door_appeals.appeal,
    "tribunal_discrimination": door_appeals.discrimination,
    "mediation": door_appeals.mediation,
    "disagreement_resolution": door_bodies.always,
    "secretary_of_state": door_bodies.secretary,
    "judicial_review_preaction": door_appeals.court,
    "exclusion_review": door_bodies.exclusion_review,
    "ico": door_bodies.commissioner,
    "mp": door_bodies.always,
    "ofsted_cqc": door_bodies.always,
    "sendiass": door_bodies.always,
}


def doors(facts: Facts, books: Books) -> tuple[Door, ...]:
    """Every door for the failing ``facts.issue``, the best next step first.

    Raises ``KeyError`` for an issue that ``books.failings`` does not hold; callers check it first.
    """
    failing = books.failings[facts.issue]
    scene = Scene(facts, failing, books)
    found = [judge(books.routes[id_], scene) for id_ in ROUTES]
    return tuple(sorted(found, key=lambda door: _rank(door, facts, failing)))


def _rank(door: Door, facts: Facts, failing: Failing) -> tuple[int, int, int]:
    """The steps of this failing that can be taken, then those a fact decides, then help that is always there."""
    order = _order(facts, failing)
    at = order.index(door.route) if door.route in order else len(order) + ROUTES.index(door.route)
    main = door.route in (*failing.first, *failing.then, *failing.fast)
    groups = {"open": 0, "closing": 0, "depends": 1, "too_early": 3, "closed": 4, "not_this_body": 5}
    group = groups[door.state] if main or door.state not in ("open", "closing", "depends") else 2
    # What runs out comes before what stays open, but a step that another needs first keeps its place before that one.
    urgent = door.state == "closing" and door.route in (*failing.first, *failing.then)
    return group, 0 if urgent else 1, at


def _order(facts: Facts, failing: Failing) -> list[str]:
    # A child without education should not wait for two stages of a complaint: the fast door stands beside the first.
    quick = failing.fast if facts.out_of_school else ()
    return list(dict.fromkeys((*failing.first, *quick, *failing.then, *failing.fast, *failing.also)))


def judge(route: Route, scene: Scene) -> Door:
    """One door: its state, and its reasons in words."""
    failing = scene.failing
    if route.id not in failing.doors:
        reason = failing.never.get(route.id) or route.never.get(failing.kind) or route.never["any"]
        return Door(route.id, route.title, "not_this_body", reason, route.cite, route.link, sure=_sure(route))
    verdict = _JUDGES[route.id](scene)
    words = _words(scene, verdict)
    parts = [_text(route.reasons, key, words) for key in verdict.reasons]
    if verdict.state not in ("not_this_body", "closed") and route.id in failing.says:
        parts.append(failing.says[route.id])
    if scene.young_person and verdict.state != "not_this_body" and "young_person" in route.reasons:
        parts.append(route.reasons["young_person"])
    unless = _text(route.unless, verdict.unless, words) if verdict.unless else ""
    likely = " ".join(_text(route.reasons, key, words) for key in verdict.likely)
    return Door(
        route.id, route.title, verdict.state, " ".join(parts), _cite(route, scene, verdict), route.link,
        verdict.opens, verdict.closes, verdict.first, unless, verdict.ask, likely, _sure(route),
    )  # fmt: skip


def _sure(route: Route) -> str:
    return route.sure or SURE[route.confidence]


def _cite(route: Route, scene: Scene, verdict: Verdict) -> str:
    """The body's own reference, and the duty that failed where a complaint would lean on it."""
    if verdict.state != "not_this_body" and route.id in ("council_stage_1", "judicial_review_preaction"):
        return f"{scene.failing.cite}. {route.cite}"
    return route.cite


def _text(texts: Mapping[str, str], key: str, words: Mapping[str, str]) -> str:
    """A text with its dates put in; where one of them is not known, the text written for that (``…_undated``)."""
    try:
        return texts[key].format(**words)
    except KeyError:
        return texts[f"{key}_undated"].format(**words)


def _words(scene: Scene, verdict: Verdict) -> Mapping[str, str]:
    """The dates a text may name, as far as they are known."""
    facts = scene.facts
    days = {
        "today": facts.as_of, "knew": facts.knew_on, "decision": facts.appeal.decision_sent,
        "ended": facts.appeal.ended, "lodged": facts.appeal.lodged, "stage1": facts.complaint.stage1_made,
        "stage1_answered": facts.complaint.stage1_answered, "stage2": facts.complaint.stage2_made,
        "answered": facts.complaint.final_answered, "year_ago": add_months(facts.as_of, -12) + DAY,
        "opens": verdict.opens, "closes": verdict.closes, **scene.days,
    }  # fmt: skip
    return {name: in_words(day) for name, day in days.items() if day is not None}
