"""Letters: those the record is ready for, those begun, those sent; and the steps of writing one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casefile.domain.dates import in_words
from casefile.domain.letters import Draft
from casefile.domain.own_forms import FORM, OwnForm
from casefile.services import letters, own_forms, wording
from casefile.services.letters import Offer
from casefile.ui.letter_door import DoorBefore
from casefile.ui.letter_flow import LetterFlow
from casefile.ui.lines import Line, Lines
from casefile.ui.parts import Button, Card, Columns, Faces, scroller
from casefile.ui.screen import Screen
from casefile.ui.text import Status, Words, faint, heading
from casefile.ui.theme import LEAD


class LettersScreen(Screen):
    """The list of letters, and one letter at a time."""

    name, title, icon = "letters", "Letters", "letters"
    purpose = "Letters from your record. Each fact shows what proves it."
    watches = frozenset({
        "draft", "own_form", "sending", "point", "event", "child", "contact", "document",
        "absence", "closure", "cost", "effect", "plan_item", "plan_version", "provision", "session", "told", "known_word",
    })  # fmt: skip

    def build(self) -> None:
        """The list with its detail, and the steps."""
        who = Button("What can I do?", lambda: self.open_requested.emit("doors", self._about()), icon="door-open", name="What can I do? See who can help")
        self.head(who)
        self.list = Lines("Letters", bold_titles=True)
        self.list.picked.connect(self._show)
        self.list.opened.connect(lambda _: self._act())
        self.card_title, self.state, self.why, self.more = heading("", LEAD), Status("done", "", "done"), Words(""), faint("")
        self.act = Button("Write this letter", self._act, icon="letters", kind="main")
        self.door = DoorBefore(self.case, self.open_requested.emit, self.write)
        self.drop = Button("Remove this form", self._drop, kind="link")
        card = Card(self.card_title, self.state, self.why, self.more, self.door, 8, self.act, self.drop, -1, margin=24)
        card.inner.setAlignment(self.act, Qt.AlignmentFlag.AlignLeft)
        self.home = Columns((self.list, 300, 400), (scroller(card), 380, 0), space=20, fill=True)
        self.flow = LetterFlow(self.case, self._leave, self.open_requested.emit)
        self.flow.told.connect(self._told)
        self.faces = Faces()
        self.faces.addWidget(self.home)
        self.faces.addWidget(self.flow)
        self.body.addWidget(self.faces, 1)
        self.offers: dict[object, Offer] = {}
        self.kept: dict[object, Draft] = {}
        self.mine: dict[object, OwnForm] = {}
        # Letters that judge wording need its word lists: they are read beside the window, so that the first is there at once.
        # What is wrong with them is told where they are used.
        self.case.jobs.quietly(wording.checker, lambda _: None, lambda _: None)

    def enter(self) -> None:
        """Coming back to a letter takes in what was recorded meanwhile."""
        super().enter()
        if self.faces.currentIndex() == 1:
            self.flow.renew()

    def first(self) -> QWidget | None:
        """The list, or the letter."""
        return self.list if self.faces.currentIndex() == 0 else self.flow.first()

    def panes(self) -> list[QWidget]:
        """The list and its button; or the letter and its proofs."""
        return [self.list, self.act] if self.faces.currentIndex() == 0 else self.flow.panes()

    def refresh(self) -> None:
        """Show the letters as they are now."""
        if self.faces.currentIndex() == 1:
            self.flow.refresh()
            self._told()
            return
        self.offers = {offer.id: offer for offer in letters.offered(self.case.store, self.case.library, self.case.today)}
        drafts = letters.drafts(self.case.store)
        self.kept = {f"draft {made.id}": made for made in drafts}
        lines: list[Line] = []
        begun = [(key, made) for key, made in self.kept.items() if made.sent_on is None]
        sent = [(key, made) for key, made in self.kept.items() if made.sent_on is not None]
        ready = [offer for offer in self.offers.values() if offer.ready and offer.use in ("now", "late")]
        asked = [offer for offer in self.offers.values() if not offer.ready and offer.use == "now"]
        rest = [offer for offer in self.offers.values() if offer not in ready and offer not in asked]
        if ready:
            lines.append(Line("ready", "Your record is ready for", group=True))
            lines += [Line(offer.id, offer.title, f"To: {offer.to}") for offer in ready]
        if asked:
            lines.append(Line("asked", "Called for, with something to fill in", group=True))
            lines += [Line(offer.id, offer.title, f"To: {offer.to}") for offer in asked]
        if begun:
            lines.append(Line("begun", "Begun", group=True))
            lines += [Line(key, _name(made), f"Begun {in_words(made.made)}", status=("gap", f"{len(made.gaps)} to fill", "look") if made.gaps else None) for key, made in begun]
        if sent:
            lines.append(Line("sent", "Sent", group=True))
            lines += [Line(key, _name(made), f"Sent {in_words(made.sent_on)}", status=("done", "Sent", "done")) for key, made in sent if made.sent_on]
        self.mine = {f"form {form.id}": form for form in own_forms.own_forms(self.case.store)}
        if self.mine:
            lines.append(Line("mine", "Forms of yours", group=True))
            lines += [Line(key, form.title, f"To: {form.to_whom}" if form.to_whom else "") for key, form in self.mine.items()]
        if rest:
            lines.append(Line("other", "Other letters", group=True))
            lines += [Line(offer.id, offer.title, f"To: {offer.to}") for offer in rest]
        self.list.fill(lines)
        self._show(self.list.current())

    def _show(self, key: object) -> None:
        offer, made, form = self.offers.get(key), self.kept.get(key), self.mine.get(key)
        self.drop.setVisible(form is not None)
        unsent = made.template if made and made.sent_on is None else ""
        self.door.show_for(unsent or (offer.id if offer else ""))
        if form is not None:
            self.card_title.say(form.title)
            self.state.say("letters", "A form of yours", "text2")
            self.why.say(form.subject)
            self.more.say(form.words[:400] + ("…" if len(form.words) > 400 else ""))
            self._button("Write this letter")
        elif made is not None:
            self.card_title.say(made.title)
            self.why.say(made.subject)
            self.more.say("")
            if made.sent_on:
                self.state.say("done", f"Sent {in_words(made.sent_on)}", "done")
                self._button("See the letter")
            else:
                self.state.say(*(("gap", f"{len(made.gaps)} gaps to fill", "look") if made.gaps else ("done", "No gap is left", "done")))
                self._button("Go on with this letter")
        elif offer is not None:
            self.card_title.say(offer.title)
            self.why.say(offer.purpose)
            gaps = f"Still missing: {'; '.join(offer.gaps)}." if offer.gaps else "Every fact it needs is in your record."
            self.more.say(f"{offer.why}. {gaps}" if offer.why else gaps if offer.gaps else "")
            if offer.use == "over":
                self.state.say("unknown", "Its time is over", "unknown")
            elif not offer.why:
                self.state.say("unknown", "Nothing recorded calls for this letter now", "unknown")
            else:
                self.state.say(*(("done", "Ready to write", "done") if offer.ready else ("gap", f"{len(offer.gaps)} missing", "look")))
            self._button("Write this letter")

    def _button(self, words: str) -> None:
        self.act.setText(words)
        self.act.setAccessibleName(words)

    def _act(self) -> None:
        key = self.list.current()
        if key in self.kept:
            self._open(self.kept[key], 5 if self.kept[key].sent_on else 4)
        elif key in self.mine:
            form, case = self.mine[key], self.case
            begun = case.do(lambda: own_forms.begin(case.store, case.library, form, case.today))
            if begun is not None:
                self._open(begun, 4)
        elif key in self.offers:
            self.write(str(key))

    def _drop(self) -> None:
        form = self.mine.get(self.list.current())
        if form is not None:
            self.case.do(lambda: own_forms.remove(self.case.store, form), "The form is removed. Letters written from it stay.")

    def write(self, template: str) -> None:
        """Begin a letter of a form, or go on with the one begun."""
        begun = next((made for made in letters.drafts(self.case.store) if made.template == template and made.sent_on is None and not (template == FORM and made.values.get("words"))), None)
        if begun is None:
            begun = self.case.do(lambda: letters.save(self.case.store, letters.draft(self.case.store, self.case.library, template, {}, self.case.today)))
        if begun is not None:
            self._open(begun, 1)

    def _open(self, made: Draft, step: int) -> None:
        self.faces.setCurrentIndex(1)
        self.flow.open(made, step)
        self._told()

    def _told(self) -> None:
        """The page's head says which letter and which step."""
        writing = self.faces.currentIndex() == 1
        self.title_words.say(self.flow.title() if writing else self.title)
        self.purpose_words.say(self.flow.purpose() if writing else self.purpose)

    def _about(self) -> str | None:
        """The rule the chosen letter leans on, where it has a reason to be written; so that help is about the same."""
        key = self.list.current()
        made, offer = self.kept.get(key), self.offers.get(key)
        form = made.template if made else offer.id if offer and offer.why else ""
        return self.case.library.letter(form).rule if form else None

    def _leave(self) -> None:
        self.faces.setCurrentIndex(0)
        self._told()
        self.refresh()
        self.list.setFocus()

    def show_thing(self, what: object) -> None:
        """Show a letter: a form by its id ("L08"), or a draft by its number."""
        words = str(what)
        if words in {form.id for form in self.case.library.letters}:
            self.write(words)
            return
        made = next((one for one in letters.drafts(self.case.store) if str(one.id) == words), None)
        if made is not None:
            self._open(made, 5 if made.sent_on else 4)


def _name(made: Draft) -> str:
    """What a letter is called in the list: its form's title, or what the parent's own one is about."""
    return made.values.get("subject_line", "").strip() or made.title if made.template == FORM else made.title
