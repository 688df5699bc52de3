"""The kinds a decision or an order can be of, in plain words. A kind the law data adds later shows its own name."""

_WORDS = {
    "decision_letter_sent:refuse_to_assess": "It will not assess", "decision_letter_sent:refuse_to_issue": "It will not make a plan",
    "decision_letter_sent:plan_contents": "A plan, and you disagree with what it says", "decision_letter_sent:placement_only": "A plan, and you disagree only with the school",
    "decision_letter_sent:refuse_to_reassess": "It will not assess again", "decision_letter_sent:refuse_to_amend": "It will not change the plan",
    "decision_letter_sent:cease": "It ends the plan",
    "assess": "To assess your child", "make": "To make a plan", "remit": "To decide again", "amend": "To change the plan",
    "name_school": "To name a school in the plan", "continue": "To keep the plan going", "continue_amend": "To keep the plan going and change it",
    "other": "Something else",
    "council_notified_tribunal_unopposed:assess": "An appeal to get an assessment", "council_notified_tribunal_unopposed:issue": "An appeal to get a plan",
    "council_notified_tribunal_unopposed:contents": "An appeal about what the plan says", "council_notified_tribunal_unopposed:school": "An appeal about the school",
    "review_decision_sent:keep": "It keeps the plan as it is", "review_decision_sent:amend": "It will change the plan", "review_decision_sent:cease": "It ends the plan",
    "transfer_year:school": "Into or between schools", "transfer_year:post16": "From school to college or training after 16",
    "exclusion_first_day:permanent": "Excluded for good", "exclusion_first_day:suspension": "Suspended for some days",
    "governors_notified_of_exclusion:permanent": "Excluded for good", "governors_notified_of_exclusion:over_15_days": "Suspended, more than 15 days in the term",
    "governors_notified_of_exclusion:exam": "Suspended, and an exam would be missed", "governors_notified_of_exclusion:from_6_to_15_days": "Suspended, 6 to 15 days in the term",
    "governors_notified_of_exclusion:up_to_5_days": "Suspended, up to 5 days in the term",
}  # fmt: skip


def kind_words(kind: str, detail: str) -> str:
    """A kind of an event in words, for a list to choose from and for the working of a date."""
    return _WORDS.get(f"{kind}:{detail}") or _WORDS.get(detail) or detail.replace("_", " ").capitalize()
