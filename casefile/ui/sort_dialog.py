"""Saying what a paper is: its name, kind, dates, and what it proves."""

import datetime as dt
from typing import Protocol

from PySide6.QtWidgets import QWidget

from casefile.domain.documents import KINDS, Document, Suggestion
from casefile.domain.events import Event
from casefile.errors import CaseFileError, Invalid
from casefile.services.timeline import check_event
from casefile.ui.dialogs import Dialog
from casefile.ui.form import DateField, Field, Form, PickField
from casefile.ui.happened import found_kinds
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Choice
from casefile.ui.text import Words


class Filing(Protocol):
    """Files the paper with the answers; says whether that worked."""

    def __call__(
        self, *, title: str, kind: str, dated: dt.date | None, received: dt.date | None, events: list[tuple[str, dt.date, str]], approximate: bool
    ) -> bool: ...


class SortDialog(Dialog):
    """Every answer in one place, filled in as far as it is known."""

    def __init__(self, parent: QWidget, case: OpenCase, paper: Document, found: Suggestion, file: Filing) -> None:
        self.case, self.paper, self.file = case, paper, file
        filed = paper.state == "filed"
        self.name = Field(paper.title if filed else found.title or paper.title)
        kind = paper.kind if filed else (found.kind.value if found.kind else None)
        self.kind = Choice("What it is", list(KINDS.items()), kind or "letter")
        dated = paper.dated if filed else (found.date.value if found.date else None)
        rough = paper.dated_precision != "day" if filed else bool(found.date and found.date.precision != "day")
        self.dated = DateField("Date on the paper", lambda: case.today, dated, approximate=rough)
        received = paper.received if filed else (found.received.value if found.received else None)
        self.received = DateField("When it came to you", lambda: case.today, received)
        event = found.events[0] if found.events else None
        title = case.library.event_kinds[event.event].title if event and event.event in case.library.event_kinds else ""
        self.detail = event.detail if event else ""
        self.proves = PickField("What it proves", lambda typed: found_kinds(case, typed), title, most=4)
        self.proves.value = event.event if event else None
        self.event_day = DateField("Day of that", lambda: case.today, event.date if event else None)
        self.problem = Words("", role="error")
        self.problem.hide()
        form = Form()
        form.row("Name of the paper", self.name)
        form.row("What it is", self.kind)
        form.row("Date on the paper", self.dated, "12 May 2026, or early May if you only know about when.", optional="if it has one")
        form.row("When it came to you", self.received, optional="if you know")
        form.row("What it proves", self.proves, "Type a word: request, decision, draft, final, review, complaint.", optional="if the law counts from it")
        form.row("Day of that", self.event_day, optional="if it is another day than the paper’s")
        form.add(self.problem)
        super().__init__(parent, "What is this paper?", "Change what is not right, then file it.", form, "File it", keys="Ctrl+Enter", accepted_by=self._done)
        self.name.setFocus()

    def _events(self, dated: dt.date | None) -> list[tuple[str, dt.date, str]]:
        text = self.proves.edit.text().strip()
        if not text:
            return []
        id_ = str(self.proves.value or "")
        if id_ not in self.case.library.event_kinds:
            raise Invalid("Choose what it proves from the list, or leave that field empty.", "Type one word of it, then take a line below.")
        day = self.event_day.typed()
        on = day.value if day else dated
        if on is None:
            raise Invalid("The day of what it proves is missing.", "Write the day, or leave the field above it empty.")
        check_event(Event(None, id_, on, detail=self.detail), self.case.library, self.case.today)
        return [(id_, on, self.detail)]

    def _done(self) -> bool:
        try:
            dated, received = self.dated.typed(), self.received.typed()
            events = self._events(dated.value if dated else None)
        except CaseFileError as problem:
            self.problem.say(str(problem))
            self.grow()
            return False
        return self.file(
            title=self.name.text().strip() or self.paper.title, kind=str(self.kind.value()), dated=dated.value if dated else None,
            received=received.value if received else None, events=events, approximate=bool(dated and dated.approximate),
        )  # fmt: skip
