"""Annual review: what is prepared for the meeting, what was said there, and what the law sets around it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.dates import in_words
from casefile.domain.reviews import ADULT_LIFE, Invited, Progress, Proposal, Review
from casefile.services import reviews, sheets_review
from casefile.services.timeline import title_of
from casefile.ui.dialogs import Dialog, ask, choose_target
from casefile.ui.happened import HappenedDialog
from casefile.ui.lines import Line, Lines
from casefile.ui.paper import save_paper, show_paper
from casefile.ui.parts import Button, Card, Choice, Columns, Empty, clear, scroller, wrapping
from casefile.ui.review_dialogs import MeetingDialog, PersonDialog, ProgressDialog, ProposalDialog, WordsDialog
from casefile.ui.review_parts import ReviewParts
from casefile.ui.screen import Screen
from casefile.ui.theme import look

PARTS = (
    ("steps", "Dates and steps"), ("people", "Who is asked"), ("views", "Your child and you"), ("progress", "Outcomes"), ("delivered", "What was given"),
    ("changes", "What is to change"), ("adult_life", "Adult life"),
)  # fmt: skip


class ReviewScreen(Screen):
    """The parts of a review at the left, the chosen one at the right; the pack prints all of them."""

    name, title, icon = "review", "Annual review", "plan"
    purpose = "Once a year the plan is reviewed. Get ready, and keep what came of it."
    watches = frozenset({"review", "review_invited", "review_progress", "review_proposal", "plan_version", "plan_item", "provision", "session", "event", "document", "child", "closure", "contact"})

    def build(self) -> None:
        """The choice of a review, its parts, and the page that starts one."""
        self.shown = Choice("Which review", [(None, "The newest review")])
        self.shown.activated.connect(lambda _: self.refresh())
        self.printing = Button("Print the pack", self._print, icon="print", kind="main", name="Print the pack to prepare the meeting")
        self.head(self.shown, self.printing)
        self.parts = Lines("Parts of the review", fit=look.stacked)
        self.parts.picked.connect(lambda _: self._show())
        self.detail = QVBoxLayout()
        self.detail.setContentsMargins(0, 0, 0, 0)
        self.detail.setSpacing(10)
        self.side = scroller(Card(self.detail, -1, margin=20), "The chosen part")
        self.columns = Columns((self.parts, 220, 260), (self.side, 400, 0), space=20, fill=True)
        self.more = QWidget()
        self.more.setLayout(wrapping(
            Button("Save the pack as Word", self._save, icon="drop", kind="link"), Button("Prepare another review", self._begin, icon="plus", kind="link"),
            Button("Remove this review", self._remove, kind="link"), Button("Go to the plan", lambda: self.open_requested.emit("plan", None), icon="plan", kind="link"), -1, space=20,
        ))  # fmt: skip
        self.empty = Empty(
            "plan", "No review is prepared yet", "A review looks at the whole plan once a year. Begin here when a meeting is announced, or when you want to get ready for one.",
            [Button("Prepare for a review", self._begin, icon="plus", kind="main")],
            ["What was given, and how far each outcome was reached, comes from your own record.", "You need not know the day of the meeting yet."],
        )  # fmt: skip
        for part in (self.columns, self.more, self.empty):
            self.body.addWidget(part, 0 if part is self.more else 1)
        self.one: Review | None = None
        self.made: ReviewParts | None = None

    def first(self) -> QWidget | None:
        """The parts, or the first action."""
        return self.parts if self.one else self.empty.starts[0]

    def panes(self) -> list[QWidget]:
        """The parts, the chosen one."""
        return [self.parts, self.side]

    def refresh(self) -> None:
        """Show the chosen review as it is now."""
        found = reviews.reviews(self.case.store)
        rows: list[tuple[object, str]] = [(one.id, reviews.name_of(one)) for one in reversed(found)]
        keep = self.shown.value()
        self.shown.clear()
        for value, words in rows:
            self.shown.addItem(words, value)
        self.shown.choose(keep if any(value == keep for value, _ in rows) else found[-1].id if found else None)
        self.one = next((one for one in found if one.id == self.shown.value()), None)
        for part in (self.columns, self.more, self.shown, self.printing):
            part.setVisible(self.one is not None)
        self.empty.setVisible(self.one is None)
        if self.one is None:
            return
        chosen = self.parts.current() or PARTS[0][0]
        self.parts.blockSignals(True)
        self.parts.fill([Line(name, words) for name, words in PARTS], chosen)
        self.parts.blockSignals(False)
        self._show()

    def show_thing(self, what: object) -> None:
        """Show one review by its id, or a part by its name."""
        if isinstance(what, int):
            self.shown.choose(what)
            self.refresh()
        else:
            self.parts.choose(what)

    def _show(self) -> None:
        clear(self.detail)
        if self.one is None:
            return
        self.made = ReviewParts(self.case, self.one, self._act)
        for part in getattr(self.made, str(self.parts.current()))():
            if isinstance(part, QWidget):
                self.detail.addWidget(part)
            elif isinstance(part, int):
                self.detail.addSpacing(part)
            else:
                self.detail.addLayout(part)

    def _act(self, what: str, value: object) -> None:
        """Do what a button of a part asks for."""
        one = self.one
        if one is None:
            return
        places = {"plan": "plan", "provision": "provision", "deadline": "deadlines"}
        dialog: Dialog | None = None
        if what in places:
            self.open_requested.emit(places[what], value)
        elif what == "meeting":
            dialog = MeetingDialog(self, self.case, one)
        elif what == "happened":
            HappenedDialog(self, self.case, kind=str(value)).exec()
        elif what == "person":
            dialog = PersonDialog(self, self.case, one, value if isinstance(value, Invited) else None)
        elif what == "progress" and isinstance(value, Progress):
            dialog = ProgressDialog(self, self.case, value)
        elif what == "proposal":
            dialog = ProposalDialog(self, self.case, one, value if isinstance(value, Proposal) else None)
        elif what == "remove" and isinstance(value, Invited | Proposal):
            self.case.do(lambda: reviews.drop(self.case.store, value), "It is removed.")
        elif what in ("views", "adult_life"):
            dialog = self._words(what, one)
        if dialog is not None and dialog.exec():
            self._follow()

    def _words(self, what: str, one: Review) -> WordsDialog:
        if what == "views":
            fields = [
                ("views", "What your child says", "In their own words, signs or drawings.", one.views),
                ("views_how", "How you found out", "For example: we talked with pictures.", one.views_how),
                ("ours", "What matters most to you", "One thought on each line.", one.ours),
                ("disagreements", "Where you do not agree with others", "", one.disagreements),
                ("comments", "Your comments on the notice of changes", "After the meeting, if a notice comes.", one.comments),
            ]

            def keep_views(told: dict[str, str]) -> None:
                made = replace(one, views=told["views"], views_how=told["views_how"], ours=told["ours"], disagreements=told["disagreements"], comments=told["comments"])
                reviews.save(self.case.store, made)

            return WordsDialog(self, self.case, "Your child and you", fields, keep_views)
        areas = [(key, title, "", one.adult_life.get(key, "")) for key, title in ADULT_LIFE.items()]

        def keep(told: dict[str, str]) -> None:
            decides = told.pop("decides")
            reviews.save(self.case.store, replace(one, adult_life={key: words for key, words in told.items() if words}, decides=decides))

        return WordsDialog(self, self.case, "Getting ready for adult life", [*areas, ("decides", "Who decides from 16 on", "Your child, or you for them if they cannot.", one.decides)], keep)

    def _follow(self) -> None:
        """Offer to record what follows from the review for the law's dates."""
        one = self.one
        found = reviews.following(self.case.store, one, self.case.today) if one is not None else []
        if one is not None and found:
            said = "\n".join(f"{title_of(event, self.case.library)}: {in_words(event.on)}" for event in found)
            if ask(self, "Record what follows from it?", f"{said}\nThe council’s and your own dates are counted from this.", "Record it", "Not now"):
                self.case.do(lambda: reviews.record_following(self.case.store, one, self.case.today), "What follows from the review is recorded.")

    def _begin(self) -> None:
        dialog = MeetingDialog(self, self.case, None)
        if dialog.exec() and dialog.made is not None:
            self.shown.choose(dialog.made.id)
            self.refresh()
            self._follow()

    def _remove(self) -> None:
        one = self.one
        if one is not None and ask(self, "Remove this review?", "What you wrote about it goes with it. Dates you recorded stay. Undo brings it back.", "Remove it", "Keep it"):
            self.case.do(lambda: reviews.remove(self.case.store, one), "The review is removed.")

    def _print(self) -> None:
        one = self.one
        made = self.case.do(lambda: sheets_review.pack(self.case.store, self.case.library, one, self.case.today)) if one is not None else None
        if made is not None:
            show_paper(self, self.case, made, "For the annual review")

    def _save(self) -> None:
        path = choose_target(self, "Save the pack", "For the annual review.docx", [("docx", "Word file")])
        if path is not None:
            self.save_word(path)

    def save_word(self, path: Path) -> None:
        """Write the pack as a Word file to ``path``."""
        one = self.one
        made = self.case.do(lambda: sheets_review.pack(self.case.store, self.case.library, one, self.case.today, word=True)) if one is not None else None
        if made is not None:
            save_paper(self.case, made, path)
