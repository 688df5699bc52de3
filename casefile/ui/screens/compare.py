"""Compare: what changed between two versions of the plan, line by line, the weakest first."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.bundles import Bundle
from casefile.domain.comparison import Change, Comparison
from casefile.domain.dates import count, in_table
from casefile.domain.plan import PlanVersion
from casefile.progress import Progress
from casefile.services import plan_quality, plans, sheets, sheets_plan, working_pages
from casefile.store.files import write_file
from casefile.ui.dialogs import choose_target
from casefile.ui.paper import show_paper
from casefile.ui.parts import Button, Card, Choice, Empty, clear, line, row, stack, wrapping
from casefile.ui.plan_change import WIDTHS, ChangeRow, minutes_words
from casefile.ui.plan_picture import FromPicture, two_from_pictures
from casefile.ui.plan_words import MarkedWords
from casefile.ui.screen import Screen
from casefile.ui.text import Words, faint, strong
from casefile.ui.theme import look

MOST = 40
"""Rows shown at once; the rest come when asked for."""


def summary(found: Comparison) -> str:
    """All changes in one sentence, those of Section F first."""
    
    def told(changes: list[Change]) -> str:
        groups = (
            (("removed", "weakened", "person_downgraded", "merged", "need_dropped"), "weaker or gone"), (("moved",), "moved"), (("split",), "split"),
            (("strengthened",), "stronger"), (("added",), "new"), (("reworded_equal",), "only reworded"),
        )  # fmt: skip
        said = [(sum(1 for change in changes if change.type in kinds), words) for kinds, words in groups]
        parts = [f"{count(number, 'line')} {words}" if at == 0 else f"{number} {words}" for at, (number, words) in enumerate([one for one in said if one[0]])]
        return ", ".join(parts)

    mine = [change for change in found.changes if "F" in (change.section_before, change.section_after)]
    others = [change for change in found.changes if change not in mine and change.type != "placement_changed"]
    parts = [f"Section F: {told(mine)}." if mine else "Section F: nothing changed."]
    if others:
        parts.append(f"Other sections: {told(others)}.")
    if found.of("placement_changed"):
        parts.append("Section I (the school) changed.")
    silent = sum(1 for change in found.changes if change.silent)
    if silent:
        parts.append(f"{count(silent, 'change')} not listed in the notice.")
    return " ".join(parts)


def _short(version: PlanVersion) -> str:
    """A version's name with a short date: the lists stand side by side."""
    return f"{version.title}, {in_table(version.dated)}" if version.dated else plans.name_of(version)


class CompareScreen(Screen):
    """The summary first, then a row for each change; the newer plan is on the right."""

    name, title, icon = "compare", "Compare two plans", "plan"
    purpose = "See what changed, line by line. The newer plan is on the right."
    watches = frozenset({"plan_version", "plan_item"})

    def build(self) -> None:
        """The summary, the two versions, the rows."""
        self.back = Button("Back to the plan", lambda: self.open_requested.emit("plan", None), icon="plan")
        self.print = Button("Print", self._print, icon="print")
        self.head(self.back, self.print)
        self.sentence = strong("")
        self.minutes = faint("")
        self.word = Button("Save the working document (Word)", self._save_word, icon="edit", kind="link")
        self.asking = Button("Ask about these", self._ask, icon="letters", kind="main", name="Ask about these changes in a letter")
        self.working = Button("Print the working document", self._print_working, icon="print", kind="link")
        self.pages = faint("")
        buttons = QWidget()
        buttons.setLayout(wrapping(self.asking, self.word, self.working, -1, space=20))
        self.picture = FromPicture(lambda id_: self.open_requested.emit("documents", id_))
        self.card = Card(self.sentence, self.minutes, self.picture, buttons, self.pages, margin=18)
        self.before = Choice("The older plan", [(None, "None yet")])
        self.after = Choice("The newer plan", [(None, "None yet")])
        for choice in (self.before, self.after):
            choice.activated.connect(lambda _: self._fill())
        self.choices = QWidget()
        if look.stacked:
            self.choices.setLayout(stack(strong("Before"), self.before, strong("After"), self.after, space=6, margins=(14, 10, 14, 10)))
        else:
            first, last = strong("Change"), Words("Minutes a week", role="text2", measure=0)
            first.setFixedWidth(look.px(WIDTHS[0]))
            last.setFixedWidth(look.px(WIDTHS[1]))
            made = row(first, self.before, self.after, last, space=16, margins=(14, 10, 14, 10))
            made.setStretch(1, 1)
            made.setStretch(2, 1)
            self.choices.setLayout(made)
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        holder = QWidget()
        holder.setLayout(self.rows)
        self.reworded = Button("Show them", self._reworded, kind="link", name="Show the lines that only changed their words")
        self.reworded_words = Words("", measure=0)
        self.rest = Button("Show the other changes", self._rest, kind="link")
        out, new = MarkedWords("Dashed = taken out", [(0, 6, "out")]), MarkedWords("Solid, bold = new", [(0, 11, "new")])
        foot = wrapping(self.reworded_words, self.reworded, self.rest, -1, out, new, space=14)
        self.foot = QWidget()
        self.foot.setLayout(stack(foot, margins=(14, 10, 14, 10)))
        self.table = Card(self.choices, line(), holder, self.foot, space=0, margin=1)
        self.empty = Empty(
            "same", "Two versions are needed", "When a second version of the plan is read in, this page shows what changed, the weakest lines first.",
            [Button("Go to the plan", lambda: self.open_requested.emit("plan", None), icon="plan", kind="main")],
            ["Your own proposed wording counts as a version too."],
        )  # fmt: skip
        for part in (self.card, self.table, self.empty):
            self.body.addWidget(part, 1 if part is self.empty else 0)
        self.body.addStretch(0)
        self.found: Comparison | None = None
        self.shown_rows: list[ChangeRow] = []
        self.everything = self.with_reworded = False

    def first(self) -> QWidget | None:
        """The first change, or the first choice."""
        if not self.found:
            return self.empty.starts[0]
        return self.shown_rows[0] if self.shown_rows else self.before

    def panes(self) -> list[QWidget]:
        """The versions, the changes."""
        return [self.before, self.shown_rows[0] if self.shown_rows else self.print]

    def show_thing(self, what: object) -> None:
        """Compare two versions by their ids."""
        if isinstance(what, tuple) and len(what) == 2:
            self.before.choose(what[0])
            self.after.choose(what[1])
            self._fill()

    def refresh(self) -> None:
        """The versions as they are now; the two newest are compared unless others were chosen."""
        found = plans.versions(self.case.store)
        rows: list[tuple[object, str]] = [(one.id, _short(one)) for one in reversed(found)]
        kept = [choice.value() for choice in (self.before, self.after)]
        for choice, keep, usual in ((self.before, kept[0], found[-2].id if len(found) > 1 else None), (self.after, kept[1], found[-1].id if found else None)):
            choice.clear()
            for value, words in rows:
                choice.addItem(words, value)
            choice.choose(keep if any(value == keep for value, _ in rows) else usual)
        enough = len(found) > 1
        for part in (self.card, self.table, self.print):
            part.setVisible(enough)
        self.empty.setVisible(not enough)
        self.found = None
        if enough:
            self._fill()

    def _pair(self) -> tuple[PlanVersion, PlanVersion] | None:
        by: dict[object, PlanVersion] = {one.id: one for one in plans.versions(self.case.store)}
        one, other = by.get(self.before.value()), by.get(self.after.value())
        return (one, other) if one is not None and other is not None else None

    def _fill(self) -> None:
        """Compare, and show a row for each change."""
        pair = self._pair()
        if pair is None:
            return
        self.found = plans.compare(self.case.store, *pair)
        self.sentence.say(summary(self.found) if self.found.changes else "No line changed.")
        unfixed = f" {count(self.found.unfixed_after, 'line')} of the newer plan {'has' if self.found.unfixed_after == 1 else 'have'} no fixed amount." if self.found.unfixed_after else ""
        self.minutes.say(f"Fixed minutes a week in Section F: was {minutes_words(self.found.minutes_before)}, now {minutes_words(self.found.minutes_after)}.{unfixed}")
        self.picture.say(*two_from_pictures(self.case.store, *pair))
        for part in (self.word, self.working):
            part.setVisible(pair[1].status == "ours")
        self.asking.setVisible(bool(self._letter()))
        self.pages.say("")
        self._rows()

    def _rows(self) -> None:
        assert self.found is not None
        clear(self.rows)
        changed = [change for change in self.found.changes if self.with_reworded or change.type != "reworded_equal"]
        reworded = len(self.found.of("reworded_equal"))
        shown = changed if self.everything else changed[:MOST]
        self.shown_rows = [ChangeRow(change) for change in shown]
        for made in self.shown_rows:
            made.turned.connect(self._turn)
            self.rows.addWidget(made)
        self.reworded_words.say(f"{count(reworded, 'line')} only changed {'its' if reworded == 1 else 'their'} words" if reworded else "")
        self.reworded.setVisible(bool(reworded) and not self.with_reworded)
        self.rest.setVisible(len(shown) < len(changed))
        self.rest.setText(f"Show the other {len(changed) - len(shown)}")

    def _turn(self, made: ChangeRow, by: int) -> None:
        at = self.shown_rows.index(made) + by
        if 0 <= at < len(self.shown_rows):
            self.shown_rows[at].setFocus()
            self.ensureWidgetVisible(self.shown_rows[at])

    def _reworded(self) -> None:
        self.with_reworded = True
        self._rows()

    def _rest(self) -> None:
        self.everything = True
        self._rows()

    def _print(self) -> None:
        pair = self._pair()
        if pair is None or self.found is None:
            return
        found = self.found
        pdf = self.case.do(lambda: sheets_plan.compare_sheet(self.case.store, pair[0], pair[1], found, self.case.today))
        if pdf:
            show_paper(self, self.case, pdf, "Comparison of two plans")

    def _save_word(self) -> None:
        """The Tribunal's working document: the older plan with our wording marked in it."""
        path = choose_target(self, "Save the working document", "Working document.docx", [("docx", "Word file")]) if self._pair() else None
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the working document; its footnotes name the pages of a kept bundle for the Tribunal, where there is one."""
        case, pair, bundle = self.case, self._pair(), working_pages.bundle_for(self.case.store)
        if pair is None:
            return

        def work(progress: Progress) -> Path:
            return write_file(path, sheets_plan.working_document(case.store, *pair, case.today, self._at(bundle, progress)))

        told = f" The footnotes name the pages of “{bundle.title}”." if bundle else ""
        case.run("Writing the working document", work, lambda written: case.noted.emit(f"Saved as “{written.name}” in “{written.parent.name}”.{told}"))

    def _at(self, bundle: Bundle | None, progress: Progress) -> working_pages.At | None:
        return working_pages.pages_in(self.case.store, self.case.library, bundle, self.case.today, progress) if bundle else None

    def _letter(self) -> str:
        """The form of the letter that answers the newer plan; with our own wording as the newer one, the older plan's."""
        pair = self._pair()
        return plan_quality.letter_for(pair[0] if pair[1].status == "ours" else pair[1], self.case.library) if pair else ""

    def _ask(self) -> None:
        self.open_requested.emit("letters", self._letter())

    def _print_working(self) -> None:
        """Show the working document as it prints, and say its pages against what the Tribunal takes."""
        case, pair, bundle = self.case, self._pair(), working_pages.bundle_for(self.case.store)
        if pair is None:
            return

        def show(pdf: bytes) -> None:
            self.pages.say(sheets_plan.pages_words(sheets.pages_in(case.store, pdf), case.library))
            show_paper(self, case, pdf, "Working document")

        case.run("Writing the working document", lambda progress: sheets_plan.working_print(case.store, *pair, case.today, self._at(bundle, progress)), show)
