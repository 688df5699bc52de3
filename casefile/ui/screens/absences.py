"""Out of school: the days a child missed altogether or in part, and who said so."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casefile.domain.absences import lost_words
from casefile.domain.dates import count, in_table, in_words
from casefile.domain.ledger import in_hours
from casefile.domain.sessions import ABSENCES, Absence
from casefile.services import losses, sheets_losses
from casefile.ui.ledger_entries import AbsenceDialog
from casefile.ui.ledger_tabs import LossPage
from casefile.ui.lines import Line
from casefile.ui.parts import Button, Empty
from casefile.ui.table import Column, Row, Table
from casefile.ui.text import Words, heading


def when_words(one: Absence) -> str:
    """The days of an entry: one day, first to last, or since when."""
    if one.end is None:
        return f"Since {in_words(one.start)}. It still goes on."
    return in_words(one.start) if one.start == one.end else f"{in_words(one.start)} to {in_words(one.end)}"


def _between(start: dt.date, end: dt.date) -> str:
    """A stretch for the narrow table of sums, the year told once: "14 Oct to 23 Oct 2026"."""
    first = in_table(start).split(" ", 1)[1]
    return f"{first if start.year != end.year else first.rsplit(' ', 1)[0]} to {in_table(end).split(' ', 1)[1]}"


class AbsencesScreen(LossPage[Absence]):
    """Each stretch of days, the chosen one in full, and the school days lost by half term."""

    name = "absences"
    purpose = "Days your child was out of school, all day or for part of it."
    watches = frozenset({"absence", "closure", "document"})
    add_words, list_name, file_name = "Add time out of school", "Times out of school", "School days lost"

    def build(self) -> None:
        """The shared page, with a table by half term and term."""
        self.sums_table = Table("School days lost by half term and term", [Column("Between holidays"), Column("Whole", right=True, share=0), Column("Part", right=True, share=0), Column("Hours", right=True, share=0)])
        super().build()

    def begin(self) -> Empty:
        """What goes here."""
        return Empty(
            "person", "No time out of school is written down", "If your child misses school, write it down here: part-time timetables, being sent home, suspensions, illness, having no school place.",
            [Button("Add time out of school", lambda: self.ask(None), icon="plus", kind="main")],
            ["Weekends and school holidays are left out of the count by themselves.", "It need not be exact. You can change it at any time."],
        )  # fmt: skip

    def also(self) -> Sequence[QWidget]:
        """The holidays the count rests on, and who can help."""
        return (
            Button("School holidays", lambda: self.open_requested.emit("terms", None), icon="deadlines", kind="link"),
            Button("What can I do about it?", lambda: self.open_requested.emit("doors", "child_out_of_school"), icon="door-open", kind="link"),
        )

    def entries(self) -> list[Absence]:
        """The newest first, what still goes on before all."""
        self.counted = losses.out_of_school(self.case.store, self.case.library, self.case.today)
        return sorted(losses.absences(self.case.store), key=lambda one: (one.end is None, one.start), reverse=True)

    def _days(self, one: Absence) -> int:
        return next((days for entry, days in self.counted.entries if entry.id == one.id), 0) if self.counted else 0

    def line_of(self, one: Absence) -> Line:
        """An entry as a row."""
        part = f", {one.hours:g} h on each" if one.hours is not None else ""
        return Line(one.id, ABSENCES[one.kind], when_words(one), right=f"{count(self._days(one), 'school day')}{part}")

    def told(self, one: Absence) -> Sequence[QWidget]:
        """The chosen entry in full."""
        days = count(self._days(one), "school day")
        parts: list[QWidget] = [heading(ABSENCES[one.kind]), Words(when_words(one)), Words(f"{days}, {one.hours:g} hours missed on each." if one.hours is not None else f"{days}, the whole day.")]
        for name, words in (("Why", one.reason), ("Who decided it or said so", one.agreed_by), ("Note", one.note)):
            if words:
                parts.append(Words(f"{name}: {words}"))
        return parts

    def summed(self) -> tuple[str, list[Row], Sequence[str]]:
        """The school days lost, in all, by half term and by term."""
        found = self.counted
        if found is None:
            return "", [], ()
        rows: list[Row] = []
        for title, sums in (("Half terms", found.half_terms), ("Terms", found.terms)):
            if sums:
                rows.append(Row(title, (title,), group=True))
                rows += [
                    Row((title, one.span.start), (_between(one.span.start, one.span.end), str(one.whole), str(one.part), in_hours(one.hours * 60) if one.part else ""))
                    for one in sums
                ]
        return f"{lost_words(found.total)} lost", rows, found.cautions

    def ask(self, one: Absence | None) -> None:
        """Ask for an entry."""
        AbsenceDialog(self, self.case, one).exec()

    def sheet(self) -> bytes:
        """School days lost, as a sheet."""
        return sheets_losses.absence_sheet(self.case.store, self.case.library, self.case.today)

    def as_table(self) -> bytes:
        """School days lost, as CSV."""
        return sheets_losses.absence_csv(self.case.store, self.case.library, self.case.today)
