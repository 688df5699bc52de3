"""Writing one letter: to whom, the facts, what is asked, reading and editing it, finishing it. Everything is kept as typed."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.dates import in_words
from casefile.domain.letters import Draft, Proof
from casefile.services import documents, letters
from casefile.services.letter_short import in_full, shorten
from casefile.ui.answer import AnswerBox
from casefile.ui.form import Field, Form, TextBox
from casefile.ui.letter_copies import Copies
from casefile.ui.letter_door import DoorBefore
from casefile.ui.letter_editor import LetterEditor, bare
from casefile.ui.letter_finish import FinishPage
from casefile.ui.letter_side import LetterSide
from casefile.ui.lines import Line, Lines
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Card, Columns, Faces, clear, row, scroller, stack
from casefile.ui.steps import Steps
from casefile.ui.text import Status, Words, faint, heading
from casefile.ui.theme import LEAD, SECTION, SEMIBOLD, look

STEPS = ("Which letter", "To whom", "The facts", "What you ask", "Read and edit", "Finish")
Go = Callable[[str, object], object]


class LetterFlow(QWidget):
    """The steps of one letter. ``leave`` goes back to the list of letters, ``go`` to another place.

    ``told`` is sent when the page's head has something else to say.
    """

    told = Signal()

    def __init__(self, case: OpenCase, leave: Callable[[], object], go: Go) -> None:
        super().__init__()
        self.case, self.leave, self.go = case, leave, go
        self.made: Draft | None = None
        self.step, self.reached, self.question = 4, 4, 0
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(600)
        self.timer.timeout.connect(self.keep)
        self.keeping = False
        case.undoing.connect(self.keep)
        self.steps = Steps(STEPS, self.show_step)
        self.pages = Faces()
        for page in (self._to_page(), self._facts_page(), self._ask_page(), self._read_page()):
            self.pages.addWidget(page)
        self.finish = FinishPage(case, self.refresh, go)
        self.pages.addWidget(scroller(self.finish))
        self.back = Button("Back", self._back)
        self.next = Button("Next", self._next, kind="main")
        self.saved = Status("saved", "", "text2")
        buttons = row(self.back, self.next, -1, self.saved)
        layout = stack(self.steps, self.pages, buttons, space=14)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def open(self, made: Draft, step: int) -> None:
        """Show a draft at a step (0 is the first)."""
        self.keep()
        if made.sent_on is None:  # the record may have grown since it was begun
            made = self.case.do(lambda: letters.answer(self.case.store, self.case.library, made, {}, self.case.today)) or made
        self.made, self.reached, self.question = made, max(step, 4), 0
        self.step = 0  # what stands in the answer box belongs to the letter before this one
        self._fill()
        self.show_step(step)

    def renew(self) -> None:
        """Take in what the record says by now: an address that was added, a date that was corrected."""
        made = self.made
        if made is None or made.sent_on is not None:
            return
        fresh = self.case.do(lambda: letters.answer(self.case.store, self.case.library, made, {}, self.case.today))
        if fresh is not None and fresh != made:
            self.made = fresh
            self._fill()
            self.refresh()

    def title(self) -> str:
        """The letter's own title."""
        return self.made.title if self.made else "Letters"

    def purpose(self) -> str:
        """Where one is, in words."""
        told = {1: "Who gets it, and where it goes.", 2: "What the record proves.", 3: "Answer what you can. You can skip any question.",
                4: "Read the letter. Change any words you like.", 5: "Print it, save it or email it. Then say that it is sent."}  # fmt: skip
        return f"Step {self.step + 1} of {len(STEPS)}. {told[self.step]}"

    def first(self) -> QWidget:
        """What has the focus at this step."""
        return [self.next, self.salutation, self.fact_list, self._answer_box() or self.next, self.editor, self.finish.print_button][self.step]

    def panes(self) -> list[QWidget]:
        """The letter, then its proofs."""
        return [self.editor, self.side.proofs] if self.step == 4 else [self.first()]

    def show_step(self, step: int) -> None:
        """Go to a step; the first one is the list of letters."""
        self.keep()
        if step == 0:
            self.leave()
            return
        self.step, self.reached = step, max(step, self.reached)
        self.pages.setCurrentIndex(step - 1)
        self.steps.show_step(step, self.reached)
        self.refresh()
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)
        self.told.emit()

    def refresh(self) -> None:
        """Read the draft again and show it; go back to the list where it is gone."""
        made = self.made
        if made is None or made.id is None:
            return
        self.made = next((one for one in letters.drafts(self.case.store) if one.id == made.id), None)
        if self.made is None:  # its beginning was taken back
            self.leave()
            return
        if not self.keeping and _fields_of(self.made) != _fields_of(made):  # something was taken back, or sent
            self._fill()
        self._show_facts()
        self._show_question()
        self.side.show_draft(self.made)
        self.finish.show_draft(self.made)
        gaps = len(self.made.gaps)
        last = self.step == len(STEPS) - 1
        self.next.setVisible(not last)
        words = f"Fill the {gaps} gap{'s' if gaps != 1 else ''}" if self.step == 4 and gaps else "Next"
        self.next.setText(words)
        self.next.setAccessibleName(words)
        moment = self.case.store.saved_at
        self.saved.say("saved", f"Saved {moment:%H:%M}" if moment else "", "text2")

    def _back(self) -> None:
        if self.step == 3 and self.question:
            self._turn(-1)
        else:
            self.show_step(self.step - 1)

    def _next(self) -> None:
        if self.step == 4 and self.made and self.made.gaps:
            self._fill_gap()
        elif self.step == 3 and self.question + 1 < len(self._fields()):
            self._turn(1)
        else:
            self.show_step(self.step + 1)

    # To whom

    def _to_page(self) -> QWidget:
        self.recipient, self.salutation, self.closing = TextBox(lines=6), Field(), Field()
        self.to_check = Status("look", "", "look")
        self.copies = Copies(self.case, self._copied)
        form = Form()
        form.row("How the letter begins", self.salutation, "With a name: Dear Mrs Hale. Without one: Dear Sir or Madam.")
        form.row("Who it goes to, as on the envelope", self.recipient, "A line for each line of the address.")
        form.row("How it ends", self.closing, "“Yours sincerely” after a name, “Yours faithfully” without one.")
        for changed in (self.recipient.textChanged, self.salutation.textChanged, self.closing.textChanged):
            changed.connect(lambda *_: self.timer.start())
        people = Button("Change it for every letter, in People", lambda: self.go("people", None), kind="link")
        inside = QWidget()
        inside.setObjectName("body")
        inside.setMaximumWidth(look.px(720))
        self.door = DoorBefore(self.case, self.go, lambda form_id: self.go("letters", form_id))
        inside.setLayout(stack(self.door, self.to_check, form, people, self.copies, -1, space=12, margins=(6, 6, 6, 6)))
        return scroller(inside)

    def _copied(self, titles: tuple[str, ...]) -> None:
        """Keep who gets a copy."""
        self.keep()
        made = self.made
        if made is not None and titles != made.copied:
            self.made = self._do(lambda: letters.edit(self.case.store, made, copied=titles)) or made

    # The facts

    def _facts_page(self) -> QWidget:
        self.fact_list = Lines("The facts of this letter")
        self.fact_list.opened.connect(lambda number: self._open_proof(int(str(number))))
        self.fact_words = Words("")
        self.since = QVBoxLayout()
        inside = QWidget()
        column = stack(self.fact_words, self.since, self.fact_list, -1, space=10)
        column.setStretch(2, 1000)
        inside.setLayout(column)
        return inside

    def _show_facts(self) -> None:
        made = self.made
        if made is None:
            return
        lines = [Line(number, proof.words.replace("\u00a0", " "), self._behind(proof), "evidence" if proof.document else "law") for number, proof in enumerate(made.proofs)]
        self.fact_list.fill(lines)
        missing = f" {len(made.gaps)} still missing." if made.gaps else ""
        self.fact_words.say(f"{len(made.proofs)} facts come from your record. Enter opens what is behind one.{missing}")
        clear(self.since)
        for words in letters.changed_since(self.case.store, self.case.library, made, self.case.today):
            self.since.addWidget(Status("look", "The record has changed since", "look"))
            self.since.addWidget(Words(words))

    def _behind(self, proof: Proof) -> str:
        if proof.document is not None:
            return f"{proof.what}. {proof.mark}: {documents.document(self.case.store, proof.document).title}"
        return proof.what

    def _open_proof(self, number: int) -> None:
        if self.made is None or number >= len(self.made.proofs):
            return
        proof = self.made.proofs[number]
        if proof.document is not None:
            self.go("documents", proof.document)
        elif proof.event is not None:
            self.go("timeline", proof.event)
        elif proof.rule:
            self.go("deadlines", proof.rule)

    # What you ask

    def _ask_page(self) -> QWidget:
        self.ask_title, self.ask_help, self.ask_count = heading("", LEAD), faint(""), faint("")
        self.answer = AnswerBox()
        self.answer.changed.connect(lambda: self.timer.start())
        inside = QWidget()
        inside.setObjectName("body")
        inside.setMaximumWidth(look.px(720))
        inside.setLayout(stack(self.ask_count, self.ask_title, self.ask_help, self.answer, -1, space=8, margins=(6, 6, 6, 6)))
        return scroller(inside)

    def _fields(self) -> list:
        return list(self.case.library.letter(self.made.template).fields) if self.made else []

    def _answer_box(self) -> QWidget | None:
        return self.answer if self._fields() else None

    def _show_question(self) -> None:
        fields = self._fields()
        self.answer.setVisible(bool(fields))
        if not fields or self.made is None:
            self.ask_title.say("This letter asks nothing of you")
            self.ask_help.say("")
            self.ask_count.say("")
            return
        field = fields[min(self.question, len(fields) - 1)]
        self.ask_count.say(f"Question {self.question + 1} of {len(fields)}" + ("" if field.required else ". You can leave it out."))
        self.ask_title.say(field.label)
        self.ask_help.say(field.help)
        self.answer.ask(field)
        kept = self.made.values.get(field.name, "")
        if not self.timer.isActive():
            self.answer.put(kept)

    def _turn(self, by: int) -> None:
        self.keep()
        self.question += by
        self.refresh()
        self.answer.setFocus()

    # Read and edit

    def _read_page(self) -> QWidget:
        self.head, self.subject, self.dear = Words("", measure=0), TextBox(lines=2), Words("")
        self.subject.setFont(look.font(SECTION, SEMIBOLD))
        self.subject.setFixedHeight(round(self.subject.fontMetrics().lineSpacing() * 2.1) + look.px(24))
        self.subject.setAccessibleName("Subject of the letter")
        self.editor = LetterEditor()
        self.foot = Words("", measure=0)
        self.subject.textChanged.connect(lambda: self.timer.start())
        self.editor.typed.connect(lambda: self.timer.start())
        self.editor.at_words.connect(self._lit)
        paper = Card(self.head, 6, self.dear, self.subject, self.editor, 6, self.foot, -1, margin=28)
        self.side = LetterSide(self.case, self.editor, self._open_proof, self._shorter)
        return Columns((scroller(paper), 460, 0), (self.side, 290, 320), fill=True)

    def _shorter(self, short: bool) -> None:
        """Make the letter short, or write it in full again; the window's Undo takes either back."""
        self.keep()
        made, case = self.made, self.case
        if made is None:
            return
        told = "The letter is short now. Your answers are kept." if short else "The letter is in full again."
        kept = case.do(lambda: shorten(case.store, made) if short else in_full(case.store, case.library, made, case.today), told)
        if kept is not None:
            self.made = kept
            self._fill()
            self.refresh()

    def _lit(self, number: int) -> None:
        self.side.proofs.choose(number)

    def _fill(self) -> None:
        """Put the draft into the fields, once, when it is opened."""
        made = self.made
        if made is None:
            return
        for box, words in ((self.recipient, "\n".join(made.recipient)), (self.salutation, made.salutation), (self.closing, made.closing), (self.subject, made.subject)):
            box.blockSignals(True)
            box.setPlainText(words) if isinstance(box, TextBox) else box.setText(words)
            box.blockSignals(False)
        self.editor.load(made.body, made.proofs)
        self.editor.setReadOnly(made.sent_on is not None)
        self.door.show_for(made.template if made.sent_on is None else "")
        self.to_check.say("look", f"Check before you send: {', '.join(made.check)}" if made.check else "", "look")
        self.copies.show_draft(made)
        self._show_head()

    def _show_head(self) -> None:
        made = self.made
        if made is None:
            return
        self.head.say("\n".join([*made.recipient, in_words(made.made), *([f"Your reference: {made.reference}"] if made.reference else [])]))
        self.dear.say(f"{made.salutation},")
        self.foot.say(f"{made.closing},\n\n{made.signed}\n{made.relation}".rstrip())

    def _fill_gap(self) -> None:
        """Go where the first gap is filled."""
        made = self.made
        if made is None or not made.gaps:
            return
        gap = made.gaps[0]
        fields = [field.name for field in self._fields()]
        if gap.name in fields:
            self.question = fields.index(gap.name)
            self.show_step(3)
        elif gap.name in ("recipient_address", "council"):
            self.show_step(1)
        elif gap.name in ("my_name", "my_address", "my_relation"):
            self.go("people", None)
        elif gap.name in ("child_name", "child_born", "council_reference", "school"):
            self.go("settings", None)
        else:
            self.editor.go_to(gap.shown)

    # Keeping what is typed

    def keep(self) -> None:
        """Keep what was typed since the last time."""
        self.timer.stop()
        made = self.made
        if made is None or made.sent_on is not None or self.case.store.read_only:
            return
        changes: dict[str, object] = {}
        typed = {
            "recipient": tuple(entry.strip() for entry in self.recipient.text().splitlines() if entry.strip()), "salutation": self.salutation.text().strip(),
            "closing": self.closing.text().strip(), "subject": " ".join(self.subject.text().split()),
        }  # fmt: skip
        for name, value in typed.items():
            if value != getattr(made, name) and value:
                changes[name] = value
        body = self.editor.body()
        if body != bare(made.body):
            changes["body"] = body
        fields = self._fields()
        answer = self.answer.text().strip() if fields else ""
        name = fields[min(self.question, len(fields) - 1)].name if fields else ""
        asked = bool(fields) and self.step == 3 and answer != made.values.get(name, "").strip()
        if not changes and not asked:
            return

        def act() -> Draft:
            kept = letters.edit(self.case.store, made, **changes) if changes else made
            if asked:
                kept = letters.answer(self.case.store, self.case.library, kept, {name: answer}, self.case.today)
            return kept

        kept = self._do(act)
        if kept is not None:
            self.made = replace(kept)
            if asked and not kept.edited:
                self.editor.load(kept.body, kept.proofs)
            self._show_head()
            self.refresh()

    def _do(self, act: Callable[[], Draft]) -> Draft | None:
        """Keep what stands in the boxes already; they stay as they are, with the cursor where it is."""
        self.keeping = True
        try:
            return self.case.do(act)  # type: ignore[no-any-return]
        finally:
            self.keeping = False

    def hideEvent(self, event: object) -> None:
        """Leaving the page keeps what was typed."""
        self.keep()
        super().hideEvent(event)  # type: ignore[arg-type]


def _fields_of(made: Draft) -> tuple[object, ...]:
    """What of a draft stands in the boxes."""
    return made.recipient, made.salutation, made.closing, made.subject, made.body, made.copied, made.sent_on
