"""What a date that cannot be worked out is waiting for: in words, and a button that asks for it."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from casefile.domain.deadlines import Deadline
from casefile.domain.phrases import lowered
from casefile.library import Library
from casefile.ui.happened import HappenedDialog
from casefile.ui.open_case import OpenCase
from casefile.ui.parts import Button


def _title(kind: str, library: Library) -> str:
    found = library.event_kinds.get(kind)
    title = found.title if found else kind.replace("_", " ")
    return lowered(title)


def missing_words(wanted: str, library: Library) -> str:
    """One thing that is missing, as it stands after "Missing: "."""
    kind = wanted.split(" ")[-1]
    if wanted == "child.born":
        return "your child’s date of birth"
    if wanted.startswith("kind of"):
        return f"which kind it was ({_title(kind, library)})"
    if wanted.startswith("directed_date"):
        return "the last day that the letter or order sets"
    return f"the date ({_title(kind, library)})"


def waiting_words(one: Deadline, library: Library) -> str:
    """Why a deadline has no date, or no state, in a few words."""
    return f"Missing: {'; '.join(missing_words(entry, library) for entry in one.ask)}" if one.ask else "No fixed date"


def missing_buttons(parent: QWidget, case: OpenCase, one: Deadline, settings: Callable[[], object]) -> list[Button]:
    """A button for each thing that is missing; each opens the question for it. ``settings`` opens the settings."""
    made = []
    for number, wanted in enumerate(one.ask):
        words = "Add the date of birth" if wanted == "child.born" else "Say which kind it was" if wanted.startswith("kind of") else "Add the date"
        name = f"{words}: {missing_words(wanted, case.library)}"
        act = settings if wanted == "child.born" else _asker(parent, case, one, wanted)
        made.append(Button(words, act, icon="edit" if wanted.startswith("kind of") else "plus", kind="" if number else "main", name=name))
    return made


def next_move(born: dt.date | None, today: dt.date) -> tuple[int, str] | None:
    """The year of the next usual move between stages by the date of birth, and its kind; a guess to be confirmed."""
    if born is None:
        return None
    for age, kind in ((4, "school"), (11, "school"), (16, "post16")):
        year = born.year + age + (born.month >= 9)
        if dt.date(year, 9, 1) > today:
            return year, kind
    return None


def _asker(parent: QWidget, case: OpenCase, one: Deadline, wanted: str) -> Callable[[], object]:
    kind = wanted.split(" ")[-1]
    if wanted.startswith("directed_date"):
        return lambda: HappenedDialog(parent, case, kind="directed_date", detail=kind).exec()
    if wanted.startswith("kind of"):
        event = next((entry for entry in one.starts if entry.id is not None), None)
        return lambda: HappenedDialog(parent, case, event, kind=kind).exec()
    return lambda: HappenedDialog(parent, case, kind=kind).exec()
