"""What we know about a failing: each answer and each recorded day the doors turn on, with a way to change it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from casefile.domain.dates import in_words
from casefile.domain.failings import Door, Failing
from casefile.services import doors
from casefile.services.complaints import NONE
from casefile.services.doors import Found
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Card, line, row, wrapping
from casefile.ui.questions import QUESTIONS, RECORDED, answer_words, dates_known, known, question_for
from casefile.ui.text import Words, faint, heading, strong
from casefile.ui.theme import look

NOT_THIS = "None, it seems: those in your record are about something else"
"""What stands for a complaint where all there are seem to be about other things."""


class FactsList(Card):
    """The list. ``shown`` are the failings the record shows. ``ask`` is called with the name of what is to be asked or changed, ``see`` opens the timeline."""

    def __init__(
        self, case: OpenCase, failing: Failing, found: Sequence[Door], shown: Sequence[Found], ask: Callable[[str], object], see: Callable[[], object]
    ) -> None:
        super().__init__(heading("What we know about this"), faint("The answers above follow from this. Change what is not right."), space=8, margin=18)
        self.buttons: dict[str, Button] = {}
        asked = list(dict.fromkeys(name for door in found for name in door.ask))
        facts, told = doors.facts_of(case.store, case.library, failing.id, case.today, shown), doors.told_of(case.store, failing.id)
        linked, complaints = doors.complaint_of(case.store, case.library, failing.id, case.today, shown)
        for name, _, value, said in known(failing, facts, told, asked, linked):
            question = question_for(case.store, name, complaints)
            words = answer_words(question, value)
            if value is not None and not said:
                words = NOT_THIS if name == doors.WHICH and value == NONE else f"{words} (from your record)"
            verb = "Answer" if value is None else "Change"
            self.buttons[name] = Button(verb, lambda name=name: ask(name), kind="row", name=f"{verb}: {QUESTIONS[name].label}")  # type: ignore[misc]
            self._add(question.label, words, self.buttons[name])
        for label, day in dates_known(facts):
            self._add(label, in_words(day), Button("See it in the timeline", see, kind="link", name=f"See it in the timeline: {label}"))
        for name in asked:
            if name in RECORDED:
                label = RECORDED[name][1]
                self.buttons[name] = Button("Add it", lambda name=name: ask(name), kind="row", name=f"Add it: {label}")  # type: ignore[misc]
                self._add(label, "Not recorded yet", self.buttons[name])

    def _add(self, label: str, words: str, button: QWidget) -> None:
        self.inner.addWidget(line())
        told = strong(label)
        if look.stacked:
            self.inner.addLayout(wrapping(told, Words(words), button))
            return
        told.setFixedWidth(look.px(300))
        made = row(told, Words(words), button, space=16)
        made.setStretch(1, 1)
        self.inner.addLayout(made)
