"""What stands in each part of an annual review: the steps of the law, the people, the words, the outcomes, the changes."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from casefile.domain.dates import in_table, in_words, without_year
from casefile.domain.deadlines import Deadline
from casefile.domain.ledger import in_hours
from casefile.domain.reviews import ADULT_LIFE, CAME, PARTS, REACHED, Invited, Progress, Proposal, Review
from casefile.services import reviews
from casefile.services.sheets_review import law_words, step_words
from casefile.ui.deadline_words import key_of, lateness
from casefile.ui.lines import Line, Lines
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button, Fold, line, row, wrapping
from casefile.ui.table import Column, Row, Table
from casefile.ui.text import Icon, Status, Words, faint, heading, strong
from casefile.ui.theme import look

Part = QWidget | QLayout | int
Act = Callable[[str, object], object]
REACHED_LOOKS = {"met": ("done", "done"), "near": ("part", "soon"), "some": ("part", "soon"), "none": ("missed", "late"), "unknown": ("unknown", "unknown")}
"""The icon and the role of how far an outcome was reached."""


class ReviewParts:
    """Makes the parts of one review for the page. ``act`` does what a button asks for, with what it is about."""

    def __init__(self, case: OpenCase, one: Review, act: Act) -> None:
        self.case, self.one, self.act = case, one, act
        self.list: Lines | None = None

    def steps(self) -> list[Part]:
        """The day of the meeting, by when the review must be complete, and each step around it."""
        one, store, today = self.one, self.case.store, self.case.today
        when = f"The meeting: {in_words(one.meeting)}{f', {one.place}' if one.place else ''}." if one.meeting else "The day of the meeting is not known yet."
        parts: list[Part] = [heading("Dates and steps"), Words(when), row(Button("Change the meeting", lambda: self.act("meeting", None), icon="edit"), -1)]
        limit = reviews.due(store, self.case.library, one, today)
        if limit is not None:
            parts += [line(), *self._step(limit)]
        for step in reviews.steps(store, self.case.library, one, today):
            parts += [line(), *self._step(step)]
        if one.meeting is None:
            parts.append(faint("Once the day is known, the dates around it are counted."))
        return parts

    def _step(self, step: Deadline) -> list[Part]:
        rule = self.case.library.rule(step.rule)
        kinds = [kind for kind, _ in rule.ends if self.case.library.event_kinds[kind].parent_can_record]
        buttons: list[QWidget | int] = []
        if step.ended_by is None and kinds and step.rule not in reviews.DUE:
            buttons.append(Button("It has happened", partial(self.act, "happened", kinds[0]), icon="done", kind="link", name=f"It has happened: {step.title}"))
        buttons.append(Button("How was this worked out?", partial(self.act, "deadline", key_of(step)), kind="link", name=f"How was this worked out: {step.title}"))
        return [row(strong(step.title), Status(*lateness(step, self.case.today)), -1, space=12) if not look.stacked else strong(step.title), Words(step_words(step)), wrapping(*buttons, -1, space=16)]

    def people(self) -> list[Part]:
        """Who is asked, whether their report came and was sent round in time, and whether they came."""
        found = reviews.invited(self.case.store, self.one)
        last = reviews.late_round(self.case.store, self.case.library, self.one, self.case.today)
        parts: list[Part] = [heading("Who is asked"), *self._notes("invited")]
        if last is not None:
            parts.append(Words(f"Reports must be sent round by {in_words(last)}."))
        lines = []
        for one in found:
            late = one.sent_round is not None and last is not None and one.sent_round > last
            status = ("late", "Sent round too late", "late") if late else ("done", "Came", "done") if one.came == "yes" else ("missed", CAME["no"], "late") if one.came == "no" else None
            lines.append(Line(one.id, one.name or PARTS[one.part], self._told(one), status=status))
        return [*parts, *self._listed("Who is asked", lines, "person", found, "Add somebody", removable=True)]

    def _told(self, one: Invited) -> str:
        said = [PARTS[one.part]] if one.name else []
        for words, day in (("invited", one.invited), ("report came", one.received), ("sent round", one.sent_round)):
            said.append(f"{words} {without_year(day)}" if day else f"{words}: not known")
        return ". ".join(part[:1].upper() + part[1:] for part in said)

    def views(self) -> list[Part]:
        """The child's views, ours, and where there is disagreement."""
        one = self.one
        parts: list[Part] = [heading("What your child says, and what you say")]
        for title, words in (("Your child", one.views), ("How these views were gathered", one.views_how), ("What matters most to you", one.ours), ("Where you do not agree with others", one.disagreements), ("Your comments on the notice of changes", one.comments)):
            parts += [strong(title), Words(words) if words else faint("Not written down yet.")]
        return [*parts, row(Button("Change these words", lambda: self.act("views", None), icon="edit"), -1)]

    def progress(self) -> list[Part]:
        """Each outcome of Section E and how far it was reached."""
        found = reviews.progress(self.case.store, self.one)
        parts: list[Part] = [heading("How far each outcome was reached"), *self._notes("progress")]
        if not found:
            return [*parts, Words("No outcome is read in yet. Read in the plan first; its Section E holds them."), row(Button("Go to the plan", lambda: self.act("plan", None), icon="plan"), -1)]
        lines = [Line(one.key, f"{one.key}  {one.words}", one.evidence, status=(REACHED_LOOKS[one.reached][0], REACHED[one.reached], REACHED_LOOKS[one.reached][1])) for one in found]
        return [*parts, *self._listed("Outcomes", lines, "progress", found)]

    def delivered(self) -> list[Part]:
        """What was given of each line of Section F since the last review."""
        found = reviews.delivered(self.case.store, self.case.library, self.one, self.case.today)
        start = reviews.since(self.case.store, self.one, self.case.today)
        parts: list[Part] = [heading("What was given"), Words(f"Since {in_words(start)}, from your own record.")]
        if not found:
            return [*parts, Words("No line of Section F is read in or followed yet."), row(Button("Go to Provision", lambda: self.act("provision", None), icon="provision"), -1)]
        table = Table("What was given of each line", [Column("Line"), Column("Due", right=True, share=0), Column("Given", right=True, share=0), Column("Missed", right=True, share=0), Column("Not known", right=True, share=0)])
        rows = []
        for one in found:
            short = one.shortfall
            numbers = ("", "", "", "Not followed") if short is None else ("", "", "", "No amount") if short.ask else tuple(in_hours(short.total(name)) for name in ("minutes_due", "minutes_given", "minutes_missed", "minutes_unknown"))
            rows.append(Row(one.key, (f"{one.key} {one.title}", *numbers)))
        table.fill(rows)
        table.opened.connect(lambda key: self.act("provision", key))
        table.setFixedHeight(look.px(40) * (len(rows) + 1) + 6)
        return [*parts, table, faint("Enter on a line opens it in Provision. A session nobody wrote down is “not known”."), row(Button("Go to Provision", lambda: self.act("provision", None), icon="provision"), -1)]

    def changes(self) -> list[Part]:
        """What each proposes, our own wording, and the lines whose words cannot be held to."""
        found = reviews.proposals(self.case.store, self.one)
        lines = [Line(one.id, f"{f'{one.key}: ' if one.key else ''}{one.words}", ". ".join(part.rstrip(".") for part in (one.who, one.why, one.answer) if part)) for one in found]
        parts: list[Part] = [heading("What is to change"), *self._listed("Changes that are proposed", lines, "proposal", found, "Add a change", removable=True)]
        wording = reviews.our_wording(self.case.store)
        if wording:
            parts += [line(), strong("From your own proposed wording"), *(Words(f"{key}: {words or 'take this line out'}") for key, words in wording)]
        told = {key for key, _ in wording}
        for item, question in [entry for entry in reviews.vague_lines(self.case.store, self.one) if entry[0].key not in told]:
            said = row(Icon("look", "look"), Words(f"{item.key} does not say enough to be held to. {question}"), space=8)
            said.setStretch(1, 1)
            parts += [line(), said, row(Button(f"Show {item.key}", partial(self.act, "plan", item.key), kind="link"), -1)]
        return parts

    def adult_life(self) -> list[Part]:
        """What Year 9 reviews talk about, the moves to come, and who decides from 16 on."""
        one = self.one
        year = reviews.in_year(self.case.store, one.meeting or self.case.today)
        parts: list[Part] = [heading("Getting ready for adult life")]
        if year is None:
            parts.append(Words("Your child’s date of birth is not recorded, so the school year is not known."))
        elif year < 9:
            parts.append(Words("The law asks for this from Year 9 on. You can write it down earlier if you like."))
        parts += self._notes("adult_life", "four_parts")
        for key, title in ADULT_LIFE.items():
            parts += [strong(title), Words(one.adult_life[key]) if one.adult_life.get(key) else faint("Not written down yet.")]
        parts += [strong("Who decides from 16 on"), Words(one.decides) if one.decides else faint("Not written down yet.")]
        parts.append(row(Button("Change these words", lambda: self.act("adult_life", None), icon="edit"), -1))
        for entry in reviews.ahead(self.case.store, self.case.library, self.case.today):
            parts += [line(), strong(f"{in_table(entry.due)}: {entry.title}" if entry.due else entry.title), Words(entry.help), *(faint(words) for words in entry.cautions if entry.rule == "young_person_rights")]
            parts.append(Fold("Where it is written", faint(law_words(entry.reference, entry.checked, entry.confidence)), name=f"Where it is written: {entry.title}"))
        return parts

    def _notes(self, *ids: str) -> list[Part]:
        """What the law says of a part, each with its source."""
        parts: list[Part] = []
        for note in reviews.notes(self.case.store, self.case.library, self.one, self.case.today):
            if note.id in ids:
                parts += [Words(note.words, role="text2"), Fold("Where it is written", faint(f"{law_words(note.cite, note.checked, note.confidence)} {note.sure}".strip()), name=f"Where it is written: {note.words}")]
        return parts

    def _listed(self, name: str, lines: Sequence[Line], what: str, rows: Sequence[Invited | Progress | Proposal], add: str = "", *, removable: bool = False) -> list[Part]:
        """A list whose rows are changed with Enter, and the buttons below it."""
        made = Lines(name, fit=True)
        made.fill(lines)
        self.list = made if lines else None
        by: dict[object, object] = {entry.id: one for entry, one in zip(lines, rows, strict=True)}
        made.opened.connect(lambda key: self.act(what, by.get(key)))
        made.setVisible(bool(lines))
        buttons: list[QWidget | int] = []
        if lines:
            buttons.append(Button("Change it", lambda: self.act(what, by.get(made.current())), icon="edit", name=f"Change the chosen one: {name.lower()}"))
        if add:
            buttons.append(Button(add, lambda: self.act(what, None), icon="plus"))
        if removable and lines:
            buttons.append(Button("Remove", lambda: self.act("remove", by.get(made.current())), icon="bin", kind="quiet", name=f"Remove the chosen one: {name.lower()}"))
        return [made, wrapping(*buttons, -1)]
