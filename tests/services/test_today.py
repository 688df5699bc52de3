"""The one next step on Today promises only what follows."""

import datetime as dt

from casefile.domain.events import Event
from casefile.library import Library
from casefile.services import timeline
from casefile.services.today import today_of
from casefile.store.store import Store
from tests.conftest import TODAY


def test_only_a_letter_that_starts_a_clock_promises_one(store: Store, library: Library) -> None:
    """A letter of complaint starts the council's time to answer; one to the Ombudsman starts no limit."""
    for kind, on in (
        ("complaint_received", dt.date(2026, 6, 1)),
        ("cc_s1_reply_received", dt.date(2026, 6, 10)),
        ("cc_s2_requested", dt.date(2026, 6, 15)),
    ):
        step = today_of(store, library, TODAY).step
        assert step.target in ("", "L43") and ("starts the next clock" in step.why) == (step.target == "L43"), step
        timeline.record(store, Event(None, kind, on))
    step = today_of(store, library, TODAY).step
    assert step.target == "L45" and "clock" not in step.why, step
