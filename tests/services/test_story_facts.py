"""What a letter may state beside a missed limit: each from its record, none where the record is silent."""

import datetime as dt

from casefile.domain.events import Event
from casefile.domain.letters import Fact
from casefile.library import Library
from casefile.services import timeline
from casefile.services.provision import provisions
from casefile.services.story_facts import DAYS, Record, story_facts
from casefile.store.store import Store
from tests.conftest import TODAY


def told(store: Store, library: Library, *names: str, today: dt.date = TODAY) -> dict[str, Fact]:
    found = timeline.deadlines_of(store, library, today)
    return story_facts(Record(store, library, today, timeline.events_of(store), found, lambda paper: f"E{paper}" if paper else ""), names)


def happened(store: Store, *events: tuple[str, dt.date]) -> None:
    for kind, on in events:
        timeline.record(store, Event(None, kind, on))


def test_an_empty_record_states_nothing(store: Store, library: Library) -> None:
    names = ("complaint_story", "council_answer", "section_f", "draft_until", "next_date", "late_list", "sixteen_weeks", *DAYS)
    assert set(told(store, library, *names)) <= {"next_date"}


def test_the_story_is_that_of_the_complaint_that_moved_last(store: Store, library: Library) -> None:
    happened(
        store, ("complaint_received", dt.date(2026, 3, 2)), ("cc_s1_reply_received", dt.date(2026, 3, 16)),
        ("complaint_received", dt.date(2026, 6, 1)), ("cc_s2_requested", dt.date(2026, 7, 1)),
    )  # fmt: skip
    fact = told(store, library, "complaint_story")["complaint_story"]
    assert "2026" in fact.lines[0] and "1\u00a0June" in fact.lines[0] and not any("March" in line for line in fact.lines)
    assert fact.proofs and all(proof.words in fact.text for proof in fact.proofs)


def test_a_day_ahead_is_not_told_as_past(store: Store, library: Library) -> None:
    happened(store, ("plan_finalised", dt.date(2026, 4, 20)), ("plan_finalised", dt.date(2027, 1, 4)))
    assert told(store, library, "plan_date")["plan_date"].text.endswith("20\u00a0April\u00a02026")


def test_a_kind_of_decision_is_told_apart(store: Store, library: Library) -> None:
    timeline.record(store, Event(None, "decision_letter_sent", dt.date(2026, 10, 1), detail="cease"))
    assert set(told(store, library, "refused_on", "decision_on")) == {"decision_on"}


def test_a_day_that_is_not_sure_is_told_so(store: Store, library: Library) -> None:
    timeline.record(store, Event(None, "move_date", dt.date(2026, 10, 1), certainty="approximate"))
    assert told(store, library, "moved_on")["moved_on"].text.startswith("about ")


def test_section_f_stands_in_the_plans_words(sample: Store, library: Library) -> None:
    fact = told(sample, library, "section_f")["section_f"]
    assert len(fact.lines) == len([one for one in provisions(sample) if one.item.startswith("F")]) == 2
    assert fact.lines[0].startswith("F1: “30 minutes of direct speech")


def test_sixteen_weeks_of_silence(store: Store, library: Library) -> None:
    happened(store, ("ehcna_request_received", dt.date(2026, 6, 1)), ("assess_decision_sent", dt.date(2026, 7, 1)))
    assert "21\u00a0September\u00a02026" in told(store, library, "sixteen_weeks")["sixteen_weeks"].text
    assert not told(store, library, "sixteen_weeks", today=dt.date(2026, 9, 21))
    happened(store, ("plan_finalised", dt.date(2026, 9, 1)))
    assert not told(store, library, "sixteen_weeks")
