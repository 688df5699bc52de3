"""Beside a paper: what it seems to be with numbered reasons, or what is known of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.dates import in_words
from casefile.domain.documents import KINDS, Document, Suggestion
from casefile.domain.phrases import lowered
from casefile.services import documents, timeline
from casefile.ui.form import Field
from casefile.ui.open_case import OpenCase
from casefile.ui.page_view import Mark
from casefile.ui.parts import Button, Card, clear, line, row, stack
from casefile.ui.text import Status, Words, faint, heading
from casefile.ui.theme import BODY, LEAD, SEMIBOLD, look
from casefile.ui.unlock import unlock_button
from casefile.ui.viewer import Viewer


class Number(QWidget):
    """A number in a full circle: it stands beside a reason and on the page."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.setFixedSize(look.px(24), look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.colour("accent"))
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawEllipse(area)
        painter.setPen(look.colour("on_accent"))
        painter.setFont(look.font(BODY - 1, SEMIBOLD))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self.number))


def reasons_of(found: Suggestion, titles: Callable[[str, str], str]) -> list[tuple[str, str, str, bool]]:
    """The reasons of a suggestion: (where it comes from, what it says, the words on the page, whether it is sure)."""
    rows: list[tuple[str, str, str, bool]] = []
    if found.date:
        about = {"day": "", "month": "Some day in the month of ", "year": "Some day in the year of "}[found.date.precision]
        rows.append((f"Date, {_lower(found.date.because)}", about + in_words(found.date.value), found.date.quote, found.date.sure))
    if found.sender and (found.sender.organisation or found.sender.person):
        name = ", ".join(part for part in (found.sender.person, found.sender.organisation) if part)
        rows.append((f"Sender, {_lower(found.sender.because)}", name, found.sender.quote, found.sender.sure))
    if found.kind:
        rows.append((f"Kind, {_lower(found.kind.because)}", KINDS[found.kind.value], found.kind.quote, found.kind.sure))
    for event in found.events:
        rows.append(("Fits your timeline", f"{titles(event.event, event.detail)}, {in_words(event.date)}", event.quote, event.sure))
    return rows


def _lower(text: str) -> str:
    return lowered(text).rstrip(".") if text else "as a guess"


class SortPanel(Card):
    """What a new paper seems to be, with reasons. Enter says yes, E changes, L leaves it for later."""

    def __init__(self, case: OpenCase, done: Callable[[], object], viewer: Viewer) -> None:
        self.case, self.done, self.viewer = case, done, viewer
        self.paper: Document | None = None
        self.found = Suggestion()
        self.marks: list[Mark] = []
        self.looks = faint("This looks like")
        self.title = heading("", LEAD)
        self.reasons = QVBoxLayout()
        self.reasons.setSpacing(look.gap(12))
        self.then = Words("")
        self.note = Words("", role="text2")
        self.yes = Button("Yes, that’s right", self.say_yes, icon="done", kind="main", keys="Enter")
        self.edit = Button("Change something", self.change, icon="edit", kind="left", keys="E")
        self.wait = Button("Not sure, leave it", self.leave, icon="unknown", kind="left", keys="L")
        self.remove = Button("Put it in the bin", self.bin_it, kind="link")
        super().__init__(self.looks, self.title, 4, self.reasons, 4, line(), self.then, self.note, 4, self.yes, self.edit, self.wait, self.remove, -1, margin=16)

    def _event_title(self, kind: str, detail: str) -> str:
        found = self.case.library.event_kinds.get(kind)
        return (found.title if found else kind) + (f" ({detail.replace('_', ' ')})" if detail else "")

    def show_paper(self, paper: Document) -> None:
        """Show what is suggested for a paper."""
        self.paper, self.found = paper, documents.suggestion_of(self.case.store, paper.id or 0)
        kind = self.found.kind
        self.looks.say("This looks like" if kind else "This is a new paper")
        self.title.say(self.found.title or (KINDS[kind.value] if kind else paper.title))
        clear(self.reasons)
        self.marks = []
        for number, (where, says, quote, sure) in enumerate(reasons_of(self.found, self._event_title), 1):
            words: list[QWidget] = [faint(where), Words(says)]
            if not sure:
                words.append(Status("look", "Look at this", "look"))
            mark = Number(number)
            part = row(mark, stack(*words, space=1), space=10)
            part.setStretch(1, 1)
            part.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
            self.reasons.addLayout(part)
            if quote:
                self.marks.append(Mark(number, quote))
        if paper.problem:
            self.reasons.addWidget(Words(paper.problem, role="look"))
        if paper.locked:
            self.reasons.addWidget(unlock_button(self, self.case, paper.id or 0))
        if not self.found.date:
            self.reasons.addLayout(row(Status("look", "No date was found", "look"), -1))
        self._consequence()
        self.note.say(paper.note)

    def _consequence(self) -> None:
        """What follows from a yes."""
        events = [self._event_title(event.event, event.detail) for event in self.found.events]
        if events:
            self.then.say(f"If you say yes, this goes into your timeline: {'; '.join(events)}. Deadlines follow from it.")
        else:
            self.then.say("If you say yes, the paper is filed. It starts no deadline.")

    def say_yes(self) -> None:
        """File the paper as suggested. An unsure date is asked about first."""
        if self.paper is None or self.paper.id is None:
            return
        found, paper = self.found, self.paper
        if found.date is None or not found.date.sure or any(not event.sure for event in found.events):
            self.change()
            return
        self.file(
            title=found.title or paper.title, kind=found.kind.value if found.kind else "other", dated=found.date.value,
            received=found.received.value if found.received and found.received.sure else None, events=[(event.event, event.date, event.detail) for event in found.events],
        )  # fmt: skip

    def file(self, *, title: str, kind: str, dated: dt.date | None, received: dt.date | None = None, events: list[tuple[str, dt.date, str]], approximate: bool = False) -> bool:
        """File the paper with these answers; returns whether that worked."""
        paper = self.paper
        if paper is None or paper.id is None:
            return False
        id_ = paper.id

        def act() -> bool:
            documents.sort_document(
                self.case.store, id_, title=title, kind=kind, dated=dated, precision="month" if approximate else "day", received=received, events=events,
            )  # fmt: skip
            return True

        worked = bool(self.case.do(act, f"“{title}” is sorted."))
        if worked:
            self.done()
        return worked

    def change(self) -> None:
        """Ask for what should be different."""
        if self.paper is not None:
            from casefile.ui.sort_dialog import SortDialog

            SortDialog(self, self.case, self.paper, self.found, self.file).exec()

    def leave(self) -> None:
        """Leave the paper for later."""
        if self.paper is not None and self.paper.id is not None:
            id_ = self.paper.id
            self.case.do(lambda: documents.leave(self.case.store, id_), "Left for later. It waits at the end of the list.")
            self.done()

    def bin_it(self) -> None:
        """Put the paper, and what came with it, into the bin."""
        if self.paper is not None and self.paper.id is not None:
            id_ = self.paper.id
            self.case.do(lambda: documents.remove(self.case.store, id_), "The paper is in the bin.")
            self.done()


class FiledPanel(Card):
    """What is known of a filed paper: its dates apart from each other, what it proves, and what can be done with it."""

    def __init__(self, case: OpenCase, go: Callable[[str, object], object]) -> None:
        self.case, self.go = case, go
        self.paper: Document | None = None
        self.title = Field()
        self.title.setAccessibleName("Name of the paper")
        self.title.editingFinished.connect(self._rename)
        self.facts = QVBoxLayout()
        self.facts.setSpacing(look.gap(10))
        self.edit = Button("Change something", self._change, icon="edit", kind="left")
        self.save = Button("Save a copy", self._save, icon="drop", kind="left")
        self.remove = Button("Put it in the bin", self._remove, icon="bin", kind="left")
        super().__init__(faint("Name of the paper"), self.title, 4, self.facts, 8, self.edit, self.save, self.remove, -1, margin=16)

    def show_paper(self, paper: Document) -> None:
        """Show a paper."""
        from casefile.ui.screens.documents import day_of

        self.paper = paper
        if not self.title.hasFocus():
            self.title.setText(paper.title)
            self.title.setCursorPosition(0)
        clear(self.facts)
        added = dt.datetime.fromisoformat(paper.added).date() if paper.added else None
        rows = [
            ("Kind", KINDS.get(paper.kind or "", "Not said yet")), ("Date on the paper", day_of(paper)),
            ("Came to you", in_words(paper.received) if paper.received else "Not recorded"), ("Added here", in_words(added) if added else ""),
            ("From", paper.sender), ("To", paper.recipient), ("Mark in letters", f"E{paper.exhibit}" if paper.exhibit else ""),
            ("File", paper.name), ("Note", paper.note), ("Trouble", paper.problem),
        ]  # fmt: skip
        for name, value in rows:
            if value:
                self.facts.addLayout(stack(faint(name), Words(value), space=0))
        if paper.locked and paper.state != "binned":
            self.facts.addWidget(unlock_button(self, self.case, paper.id or 0))
        for event in timeline.events_of(self.case.store):
            if event.document == paper.id:
                words = f"{timeline.title_of(event, self.case.library)}, {in_words(event.on)}"
                link = Button("See it in the timeline", partial(self.go, "timeline", event.id), kind="link", name=f"See it in the timeline: {words}")
                self.facts.addLayout(stack(faint("It proves"), Words(words), link, space=0))
        if paper.parent is not None:
            parent = paper.parent
            self.facts.addWidget(Button("See the email it came with", lambda: self.go("documents", parent), kind="link"), 0, Qt.AlignmentFlag.AlignLeft)
        binned = paper.state == "binned"
        self.remove.setText("Bring it back" if binned else "Put it in the bin")
        self.remove.setIcon(look.icon("undo" if binned else "bin"))
        self.edit.setVisible(not binned)

    def _rename(self) -> None:
        paper, words = self.paper, self.title.text().strip()
        if paper is not None and paper.id is not None and words and words != paper.title:
            id_, note = paper.id, paper.note
            self.paper = replace(paper, title=words)
            self.case.do(lambda: documents.describe(self.case.store, id_, title=words, note=note), "The name is changed.")

    def _change(self) -> None:
        if self.paper is not None:
            from casefile.ui.sort_dialog import SortDialog

            found = documents.suggestion_of(self.case.store, self.paper.id or 0)
            SortDialog(self, self.case, self.paper, replace(found, events=()), self._refile).exec()

    def _refile(self, *, title: str, kind: str, dated: dt.date | None, received: dt.date | None = None, events: list[tuple[str, dt.date, str]], approximate: bool = False) -> bool:
        paper = self.paper
        if paper is None or paper.id is None:
            return False
        id_ = paper.id

        def act() -> bool:
            precision = "month" if approximate else "day"
            documents.sort_document(self.case.store, id_, title=title, kind=kind, dated=dated, precision=precision, received=received, events=events)  # type: ignore[arg-type]
            return True

        return bool(self.case.do(act, "Changed."))

    def _save(self) -> None:
        from casefile.ui.dialogs import choose_folder

        folder = choose_folder(self, "Save a copy in")
        if folder is not None and self.paper is not None and self.paper.id is not None:
            id_ = self.paper.id
            path = self.case.do(lambda: documents.export_original(self.case.store, id_, folder))
            if path is not None:
                self.case.noted.emit(f"A copy is in “{path.parent.name}”, called “{path.name}”.")

    def _remove(self) -> None:
        if self.paper is None or self.paper.id is None:
            return
        id_ = self.paper.id
        if self.paper.state == "binned":
            self.case.do(lambda: documents.bring_back(self.case.store, id_), "The paper is back.")
        else:
            self.case.do(lambda: documents.remove(self.case.store, id_), "The paper is in the bin.")
