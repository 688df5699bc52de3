"""One case as closed answers, for a survey the family chooses to answer: months, bands and a region; no names, days or words."""

import datetime as dt

from casefile.domain.dates import MONTHS
from casefile.domain.deadlines import Deadline
from casefile.domain.letters import Fact
from casefile.services.case import child_of
from casefile.services.ledger_facts import counted_lines
from casefile.services.story_facts import Record

LATE = (
    ("ehcna_decision", "The decision whether to assess"), ("ehcp_final_20_weeks", "The final plan"), ("review_decision", "The decision after a review"),
    ("review_final_plan", "The changed plan after a review"), ("cc_s1_response", "The answer to a complaint, stage 1"), ("cc_s2_response", "The answer to a complaint, stage 2"),
)  # fmt: skip
"""The limits a survey asks about, and what each is called there."""
UNKNOWN = "not known"
STOOD = {
    "not_asked": "no assessment was asked for yet", "asked": "an assessment was asked for", "refused": "the council said no", "assessing": "the council is assessing",
    "draft": "there is a draft plan", "plan": "there is a final plan", "review": "the plan is being reviewed", "appeal": "there is an appeal",
}  # fmt: skip
"""Where a family stands, by the ids of ``STANDS``, in words that nobody in it says."""
_AGES = ((5, "under 5"), (8, "5 to 7"), (12, "8 to 11"), (17, "12 to 16"), (26, "17 to 25"))
_DELAYS = ((1, "less than a week"), (5, "one to four weeks"), (14, "five to thirteen weeks"), (27, "fourteen to twenty-six weeks"))
_SHARES = ((0.0, "none"), (0.25, "up to a quarter"), (0.5, "up to a half"), (0.75, "up to three quarters"))
_STEPS = (
    ("lgsco_complaint_made", "a complaint to the Ombudsman"), ("cc_s2_requested", "a complaint at stage 2"), ("complaint_received", "a complaint at stage 1"),
)  # fmt: skip


def age_band(born: dt.date | None, today: dt.date) -> str:
    """The band of years a child's age falls in; ``UNKNOWN`` without a birth date, or beyond 25."""
    if born is None:
        return UNKNOWN
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return next((words for end, words in _AGES if years < end), UNKNOWN)


def delay_band(days: int) -> str:
    """How late something was, as a band of weeks."""
    weeks = days / 7
    return next((words for end, words in _DELAYS if weeks < end), "more than half a year")


def share_band(missed: float, known: float) -> str:
    """How much of what is known was missed, as a band; ``UNKNOWN`` where nothing is. What nobody logged counts on neither side."""
    if known <= 0:
        return UNKNOWN
    return next((words for end, words in _SHARES if missed / known <= end), "more than three quarters")


def _lateness(found: list[Deadline]) -> str:
    worst = max((one.days_late for one in found if one.state in ("overdue", "met_late")), default=0)
    if worst:
        still = any(one.state == "overdue" for one in found)
        return f"late by {delay_band(worst)}{', and still not there' if still else ''}"
    return "in time" if any(one.state == "met" for one in found) else UNKNOWN


def survey_facts(record: Record) -> dict[str, Fact]:
    """Every answer, one line each. Nothing in them was typed by anybody but the council's region, which is a list's."""
    child = child_of(record.store)
    asked = record.latest(["ehcna_request_received"])
    lines = [
        f"Age of the child: {age_band(child.born, record.today)}.",
        f"Where things stand: {STOOD.get(child.stands, UNKNOWN)}.",
        f"The month an assessment was asked for: {f'{MONTHS[asked.on.month - 1]} {asked.on.year}' if asked else UNKNOWN}.",
    ]
    for rule, name in LATE:
        lines.append(f"{name}: {_lateness([one for one in record.found if one.rule == rule])}.")
    followed = [one for one in counted_lines(record.store, record.library, record.today) if one.provision.item.startswith("F")]
    given, missed = (sum(one.total(name) for one in followed) for name in ("minutes_given", "minutes_missed"))
    lines.append(f"Help in Section F that was missed, of all that is known: {share_band(missed, given + missed)}.")
    lines.append(f"An appeal was made: {'yes' if record.latest(['appeal_received']) else 'not known to this record'}.")
    lines.append(f"The furthest step of a complaint: {next((words for kind, words in _STEPS if record.latest([kind])), 'none in this record')}.")
    region = next((one.region for one in record.library.directory.councils if one.name == child.council and one.region), UNKNOWN)
    return {"survey_facts": Fact(tuple(lines)), "survey_region": Fact((f"Region: {region}.",))}
