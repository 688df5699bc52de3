"""The questions that decide a door: one at a time, with "I don't know" always there, kept with the failing."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from casefile.domain.dates import in_words
from casefile.domain.events import Event
from casefile.domain.failings import Facts, Failing
from casefile.errors import Invalid
from casefile.services.complaints import NONE, Linked, title_of_complaint
from casefile.services.doors import WHICH
from casefile.store.rows import Told
from casefile.store.store import Store
from casefile.ui.dialogs import Dialog, wide_of
from casefile.ui.form import DateField, Form
from casefile.ui.parts import Button, broken, stack
from casefile.ui.theme import look

YES_NO: tuple[tuple[object, str], ...] = ((True, "Yes"), (False, "No"))


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the parent knows. ``field`` is where the answer is kept; ``answers`` are empty for a day.

    ``label`` is what the answer stands under in the list; ``why`` says what turns on it.
    """

    field: str
    label: str
    words: str
    why: str
    answers: tuple[tuple[object, str], ...] = YES_NO


QUESTIONS: dict[str, Question] = {
    "knew_on": Question("knew_on", "You first knew of it", "When did you first know of this?", "Most time limits start on the day you first knew.", ()),
    "going_on": Question("going_on", "It still goes on", "Does it still go on?", "If it does, the last twelve months are in time."),
    "appeal.connected": Question(
        "connected", "It is bound up with a decision you can appeal", "Is this bound up with the decision you can appeal?",
        "Yes, if your child misses help because you think the named school is wrong. No, if nobody disputes the help.",
    ),
    "appeal.right": Question(
        "right", "Your right to appeal", "Where does your right to appeal stand?", "The Ombudsman and the Tribunal turn on it.",
        (("open", "There is time left to appeal"), ("lapsed", "The time has gone"), ("used", "I have appealed"), ("none", "There is nothing to appeal")),
    ),
    "setting": Question(
        "setting", "The kind of school", "Which kind of school or college is it?", "Some bodies only deal with some kinds.",
        (("maintained", "A school the council maintains"), ("academy", "An academy or free school"), ("independent", "A private school"),
         ("college", "A college"), ("none", "No school now")),
    ),
    "section_i_only": Question("section_i_only", "You would appeal only about the school", "Is your appeal only about the school in Section I?", "Then you need no mediation certificate."),
    "out_of_school": Question("out_of_school", "Your child is without school or help now", "Is your child without school or help now?", "If so, do not wait for two stages of a complaint."),
    WHICH: Question("complaint", "Your complaint about this", "Which of your complaints was about this?", "Others turn you away until the council had its chance to answer this very thing.", ((NONE, "None of them"),)),
    "council_complaint.refused": Question("refused", "The council refused the complaint", "Did the council refuse to take your complaint?", "Then it has had its chance, and you need not wait."),
}  # fmt: skip
"""By the name a door asks for it."""
RECORDED = {
    "council_complaint.stage1_made": ("complaint_received", "The day you complained"),
    "appeal.decision_sent": ("decision_letter_sent", "The day of the decision letter"),
    "dates.governors_decision_given": ("governors_decision_given", "The day of the governors’ decision"),
}
"""What a door asks for that belongs in the timeline: the kind of event, and what it is called here."""


_MOST = 160
"""So many letters of what a complaint is about stand on a button."""


def event_asked(name: str, failing: Failing) -> tuple[str, str]:
    """The kind of event and its detail that a door asks for, as fits the failing."""
    if name == "council_complaint.stage1_made" and failing.kind == "social_care":
        return "sc_complaint_received", ""
    if name == "appeal.decision_sent":
        if failing.events:
            return failing.events[0]
        if failing.id in ("plan_content_wrong", "school_named_wrong", "no_school_named"):
            return "plan_finalised", ""
    return RECORDED[name][0], ""


def question_for(store: Store, name: str, complaints: Sequence[Event]) -> Question:
    """A question as it is asked in this case: the complaints there are stand in the one that asks for the complaint."""
    question = QUESTIONS[name]
    if name != WHICH:
        return question
    rows: list[tuple[object, str]] = []
    for event in complaints:
        about = _in_short(title_of_complaint(store, event))
        rows.append((event.id, f"{in_words(event.on)}{f': {about}' if about else ''}"))
    return replace(question, answers=(*rows, *question.answers))


def _in_short(words: str) -> str:
    """Words on a button: on one line, without letters that show nothing or turn the line around, and not endless."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return words if len(words) <= _MOST else f"{words[: _MOST - 1].rstrip()}…"


def answer_words(question: Question, value: object) -> str:
    """An answer in words."""
    if isinstance(value, dt.date):
        return in_words(value)
    return next((words for answer, words in question.answers if answer == value), "Not answered yet")


def known(failing: Failing, facts: Facts, told: Told, asked: Sequence[str], linked: Linked) -> list[tuple[str, Question, object, bool]]:
    """What is known about a failing, for the list: name, question, value, and whether the parent said it.

    Only what can turn a door of this failing is listed; ``asked`` are the names a door asks for now, ``linked`` the complaint
    that is about it.
    """
    wanted = {"knew_on", "going_on", *asked}
    if linked.how and failing.by == "council":
        wanted.add(WHICH)
    if failing.fast:
        wanted.add("out_of_school")
    if facts.complaint.stage1_made and not facts.complaint.final_answered and failing.by == "council":
        wanted.add("council_complaint.refused")
    if failing.kind in ("delivery", "process") and facts.appeal.decision_sent:
        wanted.add("appeal.connected")
    taken = {
        "knew_on": facts.knew_on, "going_on": facts.going_on, "appeal.connected": facts.appeal.connected, "appeal.right": facts.appeal.right,
        "setting": facts.setting, "section_i_only": facts.section_i_only, "out_of_school": facts.out_of_school,
        "council_complaint.refused": facts.complaint.refused, WHICH: _which(linked),
    }  # fmt: skip
    rows: list[tuple[str, Question, object, bool]] = []
    for name, question in QUESTIONS.items():
        said = getattr(told, question.field) is not None
        if name in wanted or said:
            rows.append((name, question, taken[name], said))
    return rows


def _which(linked: Linked) -> int | None:
    """The complaint as an answer; None where nobody knows."""
    if linked.how == "unsure":
        return None
    return linked.event.id if linked.event else NONE if linked.how else None


def dates_known(facts: Facts) -> list[tuple[str, dt.date]]:
    """The days the doors were worked out from that stand in the timeline."""
    complaint, appeal = facts.complaint, facts.appeal
    rows = (
        ("You complained", complaint.stage1_made), ("Stage 1 was answered", complaint.stage1_answered), ("You asked for stage 2", complaint.stage2_made),
        ("The last answer came", complaint.final_answered), ("The decision you can appeal", appeal.decision_sent),
        ("The mediation certificate", appeal.mediation_certificate), ("You appealed", appeal.lodged), ("The appeal ended", appeal.ended),
    )  # fmt: skip
    return [(words, day) for words, day in rows if day is not None]


class AskDialog(Dialog):
    """One question. A press on an answer keeps it; a day is typed. ``keep`` is called with the answer (None: not known)."""

    def __init__(self, parent: QWidget, question: Question, value: object, today: dt.date, keep: Callable[[object], object]) -> None:
        self.question, self.keep = question, keep
        self.given = False
        self.answer: object = None
        self.options: list[Button] = []
        self.day = DateField("The day", lambda: today, value if isinstance(value, dt.date) else None)
        wide = wide_of(parent) - look.px(120)
        if question.answers:
            for answer, words in (*question.answers, (None, "I don’t know")):
                now = answer is not None and answer == value
                mark = "done" if now else {True: "done", False: "missed", None: "unknown"}.get(answer, "") if question.answers is YES_NO or answer is None else ""  # type: ignore[call-overload]
                name = f"{words}, your answer now" if now else words
                shown = broken(f"{words} (your answer now)" if now else words, wide)
                self.options.append(Button(shown, lambda answer=answer: self.take(answer), icon=mark, kind="left", name=name))  # type: ignore[misc]
            inside = stack(*self.options, space=8)
            super().__init__(parent, question.words, question.why, inside, "Keep", other="Not now", accepted_by=lambda: self.given)
            self.main.hide()
            return
        form = Form()
        form.row("The day", self.day, "As you say it: 12 May, last Tuesday.")
        unknown = Button("I don’t know", lambda: self.take(None), icon="unknown", kind="left")
        super().__init__(parent, question.words, question.why, stack(form, unknown, space=14), "Keep this day", other="Not now", accepted_by=self._read)
        self.day.edit.setFocus()

    def take(self, answer: object) -> None:
        """Keep an answer and close."""
        self.given, self.answer = True, answer
        self.keep(answer)
        self.accept()

    def _read(self) -> bool:
        try:
            typed = self.day.typed()
        except Invalid:
            typed = None
        if typed is None:
            self.day.edit.setFocus()
            return False
        self.given, self.answer = True, typed.value
        self.keep(typed.value)
        return True


def with_answer(told: Told, question: Question, answer: object) -> Told:
    """What was told, with one answer put in."""
    return replace(told, **{question.field: answer})  # type: ignore[arg-type]
