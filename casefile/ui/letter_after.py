"""A sent letter: how it went, its proof, the time for the answer, the reply, and each point the reply meets or leaves."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.answers import ANSWERED, Point
from casefile.domain.dates import count, in_words
from casefile.domain.deadlines import Deadline
from casefile.domain.events import Event
from casefile.domain.letters import Draft
from casefile.domain.phrases import lowered
from casefile.services import letter_after, letters, timeline
from casefile.services.letter_after import After
from casefile.services.timeline import title_of
from casefile.ui.deadline_words import key_of
from casefile.ui.ledger_dialogs import papers_rows
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Card, Choice, clear, line, stack, wrapping
from casefile.ui.text import Status, Words, faint, heading, strong


class LetterAfter(QWidget):
    """What became of a sent letter. ``go`` opens another place; ``changed`` is called after each answer."""

    def __init__(self, case: OpenCase, go: Callable[[str, object], object]) -> None:
        super().__init__()
        self.case, self.go = case, go
        self.found: After | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.proof: Choice | None = None
        self.reply: Choice | None = None
        self.points: dict[int, Choice] = {}

    def show_draft(self, made: Draft) -> None:
        """Show a sent letter; one that is not sent shows nothing here."""
        clear(self.column)
        self.points = {}
        self.setVisible(made.sent_on is not None)
        if made.sent_on is None:
            return
        self.found = letter_after.after(self.case.store, self.case.library, made, self.case.today)
        self.column.addWidget(self._sending(self.found))
        self.column.addWidget(self._answer(self.found))
        steps = letter_after.steps_of_complaint(self.case.store, self.case.library, made)
        if any(step.draft == made.id for step in steps) and len(steps) > 1:
            self.column.addWidget(self._complaint(steps, made))

    def _sending(self, found: After) -> Card:
        """How and when it went, and the paper that proves it."""
        made, sending = found.made, found.sending
        assert made.sent_on is not None
        how = f" by {letters.HOW[sending.how]}" if sending.how in ("email", "first_class", "signed_for") else f", {letters.HOW[sending.how]}" if sending.how in letters.HOW else ""
        words = f"Sent {in_words(made.sent_on)}{how}."
        if sending.received:
            words += f" It counts as received on {in_words(sending.received)}."
        self.proof = Choice("The paper that proves the sending", papers_rows(self.case), sending.proof)
        self.proof.activated.connect(lambda *_: self._keep_proof())
        told = faint("The sent email, the slip from the post office, or a picture of the form.")
        return Card(heading("Sending"), Words(words), strong("What proves it"), self.proof, told)

    def _answer(self, found: After) -> Card:
        """The time for the answer, the reply, and what the letter asked for against it."""
        parts: list[QWidget | int] = [heading("The answer")]
        if found.clock is not None and found.clock.due is not None and found.sending.reply is None:
            parts += self._time(found.clock)
        self.reply = Choice("The paper that answers it", papers_rows(self.case), found.sending.reply)
        self.reply.activated.connect(lambda *_: self._keep_reply())
        parts += [strong("The reply"), self.reply]
        likely = letter_after.likely_reply(self.case.store, self.case.library, found)
        if likely is not None:
            day = likely.received or likely.dated
            words = f"Is it this? {likely.title}" + (f", {in_words(day)}" if day else "")
            parts.append(Button(words, partial(self._take, likely.id), kind="link"))
        event = letter_after.answer_event(self.case.store, self.case.library, found)
        if event is not None:
            words = f"Record it: {lowered(title_of(event, self.case.library))}, {in_words(event.on)}"
            parts += [faint("What comes next is counted from the day it came."), Button(words, partial(self._record, event), icon="done")]
        if found.points:
            parts += [6, strong("What you asked for"), faint("Read the reply beside this list. What is not answered goes into the next letter.")]
        card = Card(*parts)
        for number, point in enumerate(found.points):
            if number:
                card.inner.addWidget(line())
            card.inner.addLayout(self._point(point))
        left = len(found.unanswered)
        if left:
            card.inner.addWidget(Status("gap", f"{count(left, 'point')} not answered in full", "look"))
        if letter_after.may_remind(self.case.store, self.case.library, found, self.case.today):
            card.inner.addLayout(wrapping(Button("Write a short reminder", self._remind, icon="letters"), -1))
        card.inner.addLayout(wrapping(Button("What can I do next?", lambda: self.go("doors", self._about()), icon="door-open"), -1))
        return card

    def _time(self, clock: Deadline) -> list[QWidget | int]:
        assert clock.due is not None
        late = clock.state == "overdue"
        words = f"Late by {count(clock.days_late, 'day')}" if late else f"Due {in_words(clock.due)}"
        link = Button("How was this worked out?", lambda: self.go("deadlines", key_of(clock)), kind="link")
        rest = f"{clock.title.rstrip('.')}: due {in_words(clock.due)}." if late else f"{clock.title.rstrip('.')}."
        return [Status("late" if late else "coming", words, "late" if late else "soon"), Words(rest), link]

    def _point(self, point: Point) -> QVBoxLayout:
        state = Choice(f"Point {point.number}: is it answered?", list(ANSWERED.items()), point.state)
        state.activated.connect(lambda *_: self._keep_point(point.number))
        self.points[point.number] = state
        return stack(Words(f"{point.number}. {point.words}"), wrapping(state, -1), space=4)

    def _complaint(self, steps: tuple[letter_after.Step, ...], made: Draft) -> Card:
        """The whole complaint, its letters and papers one press away."""
        card = Card(heading("This complaint so far"))
        for step in steps:
            words = f"{in_words(step.on)}: {step.words if step.draft else lowered(step.words)}"
            if step.draft == made.id:
                card.inner.addWidget(strong(f"{words} (this letter)"))
            elif step.draft is not None:
                card.inner.addWidget(Button(words, partial(self.go, "letters", step.draft), kind="link"))
            elif step.document is not None:
                card.inner.addWidget(Button(words, partial(self.go, "documents", step.document), kind="link"))
            else:
                card.inner.addWidget(Words(words))
        return card

    def _remind(self) -> None:
        found, case = self.found, self.case
        if found is not None:
            made = case.do(lambda: letter_after.remind(case.store, case.library, found, case.today))
            if made is not None:
                self.go("letters", made.id)

    def _about(self) -> str | None:
        """What the letter's own limit was, so that the doors show the same failing."""
        return self.case.library.letter(self.found.made.template).rule or None if self.found else None

    def _keep_proof(self) -> None:
        found, chosen = self.found, self.proof.value() if self.proof else None
        if found is not None and chosen != found.sending.proof:
            paper = int(str(chosen)) if chosen is not None else None
            self._did(lambda: letter_after.keep_sending(self.case.store, replace(found.sending, proof=paper)), "The proof is kept.")

    def _record(self, event: Event) -> None:
        """Record the answer, so that the next step opens."""
        self._did(lambda: timeline.record(self.case.store, event), "Recorded. See what you can do next.")

    def _take(self, paper: int | None) -> None:
        """Keep the paper that was offered as the reply."""
        found = self.found
        if found is not None:
            self._did(lambda: letter_after.set_reply(self.case.store, found.sending, paper), "The reply is kept.")

    def _keep_reply(self) -> None:
        found, chosen = self.found, self.reply.value() if self.reply else None
        if found is not None and chosen != found.sending.reply:
            paper = int(str(chosen)) if chosen is not None else None
            self._did(lambda: letter_after.set_reply(self.case.store, found.sending, paper), "The reply is kept.")

    def _keep_point(self, number: int) -> None:
        found = self.found
        if found is not None:
            state = str(self.points[number].value())
            self._did(lambda: letter_after.mark_point(self.case.store, found, number, state), "Kept.")

    def _did(self, act: Callable[[], object], told: str) -> None:
        """Do something and show what is now; the focus stays on the same question."""
        had = self.focusWidget()
        name = had.accessibleName() if had is not None else ""
        self.case.do(act, told)
        if self.found is not None:
            self.show_draft(self.found.made)
        for widget in self.findChildren(Choice):
            if widget.accessibleName() == name:
                widget.setFocus()
