"""The letter that goes through a door, and the door a letter goes through."""

from collections.abc import Collection, Sequence

from casefile.domain.failings import Door, Failing
from casefile.domain.letters import Template

FIRST = "council_stage_1"
"""The door each complaint to the council goes through first; its letters are about one limit each."""
OPENED_BY = {
    "complaint_received": "council_stage_1", "cc_s2_requested": "council_stage_2", "sc_complaint_received": "social_care_complaint",
    "lgsco_complaint_made": "lgsco", "dfe_complaint_made": "secretary_of_state", "school_complaint_received": "school",
    "nhs_complaint_received": "nhs_complaint", "phso_complaint_made": "phso", "parent_requests_mediation": "mediation",
    "preaction_letter_sent": "judicial_review_preaction", "ico_dp_complaint_made": "ico", "ico_foi_complaint_made": "ico",
}  # fmt: skip
"""Which door a letter goes through, by the event that sending it records."""


def letter_for(door: Door, failing: Failing, letters: Sequence[Template], rule: str = "", late: Collection[str] = ()) -> Template | None:
    """The form of the letter that takes this step, where there is one. ``rule`` is the limit that was missed.

    A later door may be opened by what was missed on the way there, as an unanswered stage 1 opens stage 2: ``late``
    are the rules of everything overdue in the record. A form may also name the steps it takes: those of this failing come
    before what fits by the door alone, those of any failing after it.
    """
    if not door.usable:
        return None
    named = [form for form in letters if f"{failing.id}:{door.route}" in form.takes]
    here = [form for form in letters if OPENED_BY.get(form.records) == door.route]
    fit = [form for form in here if set(form.rules) & set(failing.rules)]
    if door.route != FIRST:
        fit += [form for form in here if form not in fit and (form.needs == () or door.route == "lgsco" or set(form.rules) & set(late))]
    always = [form for form in letters if f"*:{door.route}" in form.takes]
    exact = next((form for form in (*fit, *named) if rule and rule in form.rules), None)
    return exact or next(iter((*named, *fit, *always)), None)
