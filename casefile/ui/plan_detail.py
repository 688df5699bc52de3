"""One line of the plan: its words with what to look at in them, what it meets, its page, and what can be done with it."""

from collections.abc import Callable, Container, Sequence
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from casefile.domain.dates import in_words
from casefile.domain.phrases import lowered
from casefile.domain.plan import SECTIONS, PlanItem, PlanVersion
from casefile.domain.plan_check import Finding as PlanFinding
from casefile.domain.wording import Finding
from casefile.services import documents, plan_marks, plan_quality, plans, provision
from casefile.services.plan_quality import FromReport
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Card, Choice, Fold, line, row, stack, wrapping
from casefile.ui.plan_words import MarkedWords, faults_in
from casefile.ui.text import Icon, Status, Words, faint, heading, strong

Part = QWidget | QLayout | int
_QUESTIONS = {"what": "what is given", "who": "who gives it", "how_often": "how often", "how_long": "for how long"}


def status_of(item: PlanItem, fine: Container[tuple[str, str]] = ()) -> tuple[str, str, str] | None:
    """The state of a line of provision in a word: clear, fine by the parent (``fine`` holds key and words), or how many things to look at."""
    if item.section not in plans.PROVISION or plans.is_heading(item):
        return None
    found = plans.judged(item.text)
    if found.verdict == "specific":
        return ("done", "Clear", "done")
    if (item.key, item.text) in fine:
        return ("done", "You said it is fine", "done")
    if found.verdict == "unsure":
        return ("unknown", "Read it yourself", "unknown")
    number = max(1, len(found.words) or len(found.missing))
    return ("look", f"{number} thing{'s' if number > 1 else ''} to look at", "look")


def missing_words(found: Finding) -> str:
    """Which questions the words leave open, as a sentence."""
    names = [_QUESTIONS[element] for element in found.missing]
    if not names:
        return ""
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"It does not say {said}."


class Detail:
    """Makes the parts that show one line. ``go`` shows another line, ``act`` does what a button asks for.

    ``beside`` says that the page it was read from is shown below it.
    """

    def __init__(self, case: OpenCase, version: PlanVersion, go: Callable[[str], object], act: Callable[[str, PlanItem, object], object], asked: Sequence[FromReport] = (), *, beside: bool = False) -> None:
        self.asked, self.beside = asked, beside
        self.case, self.version, self.go, self.act = case, version, go, act
        self.titles = {item.key: plans.short_title(item, 26) for item in plans.items(case.store, version)}

    def of(self, item: PlanItem) -> list[Part]:
        """Everything that is shown of a line."""
        if not item.section:
            return self.unplaced(item)
        found = plans.judged(item.text) if item.section in plans.PROVISION and not plans.is_heading(item) else None
        words = MarkedWords(item.text, faults_in(item.text, [word.text for word in found.words]) if found else ())
        head = row(heading(f"{item.key}. {self.titles.get(item.key, '')}" if not plans.is_heading(item) else "A heading in the plan"), Button("Edit", lambda: self.act("edit", item, None), kind="link", name=f"Edit {item.key}"))
        head.setStretch(0, 1)
        parts: list[Part] = [head, Card(words, kind="soft", margin=14), *self.links(item)]
        mark = plan_marks.mark_of(self.case.store, item) if found is not None and found.verdict != "specific" else None
        if found is not None and mark is not None:
            inside = QWidget()
            inside.setLayout(stack(*self.wording(found, item)))
            parts += [4, row(Icon("done", "done"), Words(f"You said on {in_words(mark.on)} that this wording is fine."), -1, space=8)]
            parts.append(Fold("What the check found", inside, name=f"What the check found in {item.key}"))
        elif found is not None:
            parts += self.wording(found, item)
        parts += [8, self.buttons(item)]
        return parts

    def links(self, item: PlanItem) -> list[Part]:
        """Chips for what the line meets and works to, and for its page."""
        parts: list[Part] = []
        served = {"B": "needs", "E": "outcomes"}.get(item.section)
        groups = [("Meets need", item.needs), ("Works to", item.outcomes)]
        if served:
            serving = [other.key for other in plans.items(self.case.store, self.version) if item.key in getattr(other, served)]
            groups = [("Met by" if served == "needs" else "Worked to by", tuple(serving))]
        for title, keys in groups:
            if keys:
                parts.append(stack(faint(title), *(self._link(title, key) for key in keys[:6]), space=4))
            elif item.section == "F" or (served == "needs" and item.section == "B"):
                parts.append(row(Icon("look", "look"), Words({"Meets need": "No need is linked to it yet.", "Works to": "No outcome is linked to it yet."}.get(title, "No line of provision is linked to this need."), role="text2"), -1, space=8))
        if self.version.document is not None and item.page is not None:
            paper = documents.document(self.case.store, self.version.document)
            parts.append(row(Button(f"Page {item.page} of the paper", lambda: self.act("page", item, None), icon="evidence", kind="chip", name=f"Open the paper: {paper.title}, page {item.page}"), -1))
            parts.append(row(Button("Hide the page" if self.beside else "See the page here", lambda: self.act("beside", item, None), kind="link"), -1))
        if item.label and item.label.upper() != item.key.upper():
            parts.append(faint(f"In the paper it is numbered {item.label}."))
        return parts

    def _link(self, title: str, key: str) -> QLayout:
        """A chip with a line's key, and its short title beside it, which wraps where the page is narrow."""
        words = self.titles.get(key, "")
        made = row(Button(key, partial(self.go, key), icon="link", kind="chip", name=f"{title}: {key} {words}".strip()), Words(words), space=8)
        made.setStretch(1, 1)
        return made

    def wording(self, found: Finding, item: PlanItem) -> list[Part]:
        """What to look at in the words, and one question to ask."""
        minutes = plans.minutes_of(item)
        parts: list[Part] = [4, strong("Words to look at" if found.words or found.missing else "The wording"), faint("A check of wording, not legal advice.")]
        if found.verdict == "specific":
            parts.append(row(Icon("done", "done"), Words("Clear: it can be held to."), -1, space=8))
        if minutes is not None:
            parts.append(Words(f"It fixes {minutes:g} minutes a week."))
        for word in found.words[:8]:
            said = row(Icon("look", "look"), Words(f"“{word.text}”: {lowered(word.why)}"), space=8)
            said.setStretch(1, 1)
            parts += [line(), said]
            if word.source:
                parts.append(Fold("Why?", faint(word.source), name=f"Why look at “{word.text}”"))
        missing = missing_words(found)
        if missing:
            parts += [line(), row(Icon("gap", "look"), Words(missing), -1, space=8)]
        if found.problem:
            parts.append(row(Icon("warn", "late"), Words(found.problem), -1, space=8))
        inside: list[Part] = []
        if found.ask:
            ask = row(Icon("help", "look"), Words(f"Ask: {found.ask}"), space=10)
            ask.setStretch(1, 1)
            inside.append(ask)
        for one in [one for one in self.asked if one.kept.state == "thinned" and one.kept.item is not None and one.kept.item.key == item.key][:2]:
            inside.append(Words(f"{one.report.title} says: “{one.kept.advice.text}”", role="text2"))
            inside.append(row(Button(f"See page {one.kept.advice.page}", partial(self.act, "report", item, one.report.document), kind="link", name=f"See page {one.kept.advice.page} of {one.report.title}"), -1))
        if inside:
            parts.append(Card(*inside, kind="soft", margin=14))
        return parts

    def buttons(self, item: PlanItem) -> QLayout:
        """What can be done with a line: about its wording, about what is given, about its place."""
        rows: list[Part] = []
        if item.section in plans.PROVISION and not plans.is_heading(item):
            verdict = plans.judged(item.text).verdict
            marked = verdict != "specific" and plan_marks.mark_of(self.case.store, item) is not None
            letter = plan_quality.letter_for(self.version, self.case.library) if verdict == "vague" and not marked else ""
            words: list[QWidget | int] = []
            if letter:
                words.append(Button("Add to my letter", lambda: self.act("letter", item, letter), icon="letters", kind="main", name=f"Add {item.key} to my letter"))
            if marked:
                words.append(Button("Look at it again", lambda: self.act("look_again", item, None), name=f"Look at the wording of {item.key} again"))
            elif verdict != "specific":
                words.append(Button("This wording is fine", lambda: self.act("fine", item, None), name=f"The wording of {item.key} is fine"))
            if words:
                rows.append(wrapping(*words, -1))
            if self.version.status != "ours":
                rows.append(wrapping(self._followed(item, "" if letter else "main"), -1))
        rows.append(wrapping(
            Button("Move up", lambda: self.act("up", item, None), kind="link", name=f"Move {item.key} up"),
            Button("Move down", lambda: self.act("down", item, None), kind="link", name=f"Move {item.key} down"),
            Button("Remove", lambda: self.act("remove", item, None), kind="link", name=f"Remove {item.key}"), -1, space=12,
        ))  # fmt: skip
        return stack(*rows, space=8)

    def _followed(self, item: PlanItem, kind: str) -> Button:
        if any(one.item == item.key for one in provision.provisions(self.case.store)):
            return Button("See what was given", lambda: self.act("ledger", item, None), icon="provision")
        return Button("Follow this line", lambda: self.act("follow", item, None), icon="provision", kind=kind)

    def unplaced(self, item: PlanItem) -> list[Part]:
        """A piece of text that has no section yet, and where it can go."""
        rows: list[tuple[object, str]] = [(name, f"{name}: {words}") for name, words in SECTIONS.items()]
        self.place = Choice("Put it in section", rows, "F")
        put = Button("Put it there", lambda: self.act("put", item, self.place.value()), kind="main")
        parts: list[Part] = [
            heading("Not placed yet"), Card(MarkedWords(item.text), kind="soft", margin=14),
            Words("These words stand in the paper, and the program did not know where they belong. The council’s address or a page’s head may stay here."),
            *self.links(item), 4, strong("Put it in section"), self.place, wrapping(put, Button("Edit", lambda: self.act("edit", item, None), kind="link"), Button("Remove", lambda: self.act("remove", item, None), kind="link"), -1),
        ]  # fmt: skip
        return parts


def finding_parts(one: PlanFinding, go: Callable[[str], object], write: Callable[[], object] | None = None) -> list[Part]:
    """A finding of the quality check: why, what to write, and where the letter is that says it (``write``)."""
    where = one.item or (f"Section {one.section}" if one.section else "The whole plan")
    level = {"must": "The law asks for this.", "should": "Good practice asks for this.", "could": "It would help."}[one.level]
    parts: list[Part] = [heading(f"{one.check}. {where}"), Words(one.why), faint(level)]
    if one.ask:
        ask = row(Icon("help", "look"), Words(one.ask), space=10)
        ask.setStretch(1, 1)
        parts.append(Card(strong("You could write"), ask, kind="soft", margin=14))
    buttons: list[QWidget | int] = [Button("Add to my letter", write, icon="letters", kind="main")] if write is not None else []
    if one.item:
        buttons.append(Button(f"Show {one.item}", lambda: go(one.item), icon="plan"))
    if buttons:
        parts.append(wrapping(*buttons, -1))
    parts += [8, faint("A check is a reason to look, not a ruling. It is not legal advice.")]
    return parts


STATES = {"lost": ("missed", "Not in the plan", "late"), "thinned": ("weaker", "Less than the report", "late"), "kept": ("done", "In the plan", "done")}
"""What became of a report's sentence: icon, word and role."""


def report_parts(one: FromReport, go: Callable[[str], object], act: Callable[[str, FromReport], object]) -> list[Part]:
    """A sentence of a report: where it stands, what became of it, and what can be done."""
    kept, report = one.kept, one.report
    icon, word, role = STATES[kept.state]
    day = f", {in_words(report.dated)}" if report.dated else ""
    parts: list[Part] = [
        heading("A report asks for this" if kept.advice.kind == "provision" else "A report finds this need"), Card(Words(kept.advice.text), kind="soft", margin=14),
        faint(f"{report.title} ({report.role}){day}."), row(Button(f"Page {kept.advice.page} of the report", lambda: act("page", one), icon="evidence", kind="chip"), -1), 4, Status(icon, word, role),
    ]  # fmt: skip
    if kept.item is not None:
        key = kept.item.key
        parts.append(Words(f"{key} {kept.how}" if kept.how else f"{key} is like it."))
        parts.append(row(Button(f"Show {key}", lambda: go(key), icon="plan"), -1))
    if kept.state != "kept":
        parts += [4, wrapping(Button("Put it into our wording", lambda: act("take", one), icon="plus", kind="main"), -1)]
    parts += [8, faint("Found by its words. Read the report as well: the program may miss a sentence.")]
    return parts
