"""What happened and when: the facts every clock starts from."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Certainty = Literal["exact", "approximate"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. ``kind`` is an event id of the law data, or ``note`` for a plain diary line.

    ``on`` is the day. ``document`` is the id of the paper that proves it, if there is one. ``detail`` is the kind
    of order, agreement or decision where the law asks which. ``year`` stands instead of a date for an event that is
    only a year (the year of a phase transfer); ``on`` is then 1 January of it. ``answers`` is the id of the event
    this one replies to, so that two complaints can run at once.
    """

    id: int | None
    kind: str
    on: dt.date
    document: int | None = None
    note: str = ""
    certainty: Certainty = "exact"
    answers: int | None = None
    detail: str = ""
    year: int | None = None
