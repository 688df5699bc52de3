"""What must hold for every rule and every case, and the awkward single cases."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile import library
from casefile.domain.calendar import BEFORE, Closure
from casefile.domain.deadlines import STATES, Deadline, deadlines
from casefile.domain.events import Event
from casefile.domain.people import Child
from casefile.domain.rules import Rule

BOOKS = library.load()
TODAY = dt.date(2026, 11, 24)
KINDS = sorted(k.id for k in BOOKS.event_kinds.values() if k.id not in ("none", "directed_date"))
BACKWARD = {rule.id for rule in BOOKS.rules if rule.versions[0].period.first.count in BEFORE}
FIXED = {"phase_meeting_warning", "s497c_commenced", "phase_transfer_school", "phase_transfer_post16", "young_person_rights"}
"""Days named by the law itself, which need not follow the event. Who turns 16 after the last Friday in June, but before
1 September, leaves compulsory school age on that Friday: before the birthday (Education Act 1996 section 8(3)(a))."""
LATER_IS_EARLIER = {"early_years_review", "young_person_rights"}
"""A later birthday can fall into another school year; a review for an older child has no rule."""
ORDERED = [rule for rule in BOOKS.rules if rule.id not in LATER_IS_EARLIER]


def run(
    events: list[Event], today: dt.date = TODAY, child: Child | None = None, closures: tuple[Closure, ...] = ()
) -> list[Deadline]:
    return deadlines(events, BOOKS.rules, BOOKS.calendar, today, child=child, closures=closures)


def one(found: list[Deadline], rule: str) -> Deadline:
    return next(d for d in found if d.rule == rule)


@st.composite
def cases(draw: st.DrawFn) -> list[Event]:
    events = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        kind = draw(st.sampled_from(KINDS))
        details = BOOKS.event_kinds[kind].details
        detail = draw(st.sampled_from(["", *details])) if details else ""
        day = draw(st.dates(dt.date(2016, 1, 1), dt.date(2027, 12, 31)))
        events.append(Event(number, kind, day, detail=detail))
    return events


def dates_states_and_working(events: list[Event], today: dt.date) -> None:
    for row in run(events, today):
        assert row.state in STATES
        assert row.working and all(line.strip() for line in row.working)
        assert (row.due is None) <= (row.state in ("continuous", "cannot_tell"))
        assert bool(row.ask) >= (row.state == "cannot_tell")
        first = min(event.on for event in row.starts)
        if row.due and row.rule not in BACKWARD | FIXED:
            assert row.due >= first, row.rule
        if row.safe_date and row.due:
            assert row.safe_date <= row.due
        if row.state == "overdue":
            assert row.due and row.days_late == (today - row.due).days > 0
            assert row.owed_by != "parent" and row.status != "good_practice"
        if row.state == "met_late":
            assert row.ended_by and row.due and row.days_late == (row.ended_by.on - row.due).days > 0


def same_dates_whenever_we_look(events: list[Event], today: dt.date) -> None:
    def dates(rows: list[Deadline]) -> dict[tuple[str, tuple[int | None, ...]], dt.date | None]:
        return {(row.rule, tuple(e.id for e in row.starts)): row.due for row in rows}

    early, late = dates(run(events, today)), dates(run(events, TODAY + dt.timedelta(900)))
    for key in early.keys() & late.keys():
        assert early[key] == late[key], key


DAYS = st.dates(dt.date(2016, 1, 1), dt.date(2029, 1, 1))


@settings(max_examples=120)
@given(cases(), DAYS)
def test_dates_states_and_working_of_any_case(events: list[Event], today: dt.date) -> None:
    dates_states_and_working(events, today)


@settings(max_examples=80)
@given(cases(), DAYS)
def test_the_day_of_looking_never_moves_a_date(events: list[Event], today: dt.date) -> None:
    same_dates_whenever_we_look(events, today)


@pytest.mark.long
@settings(max_examples=4000, derandomize=False)
@given(cases(), DAYS)
def test_the_same_in_a_long_random_round(events: list[Event], today: dt.date) -> None:
    dates_states_and_working(events, today)
    same_dates_whenever_we_look(events, today)


@settings(max_examples=150)
@given(st.sampled_from(ORDERED), st.dates(dt.date(2016, 1, 1), dt.date(2026, 1, 1)), st.integers(1, 60))
def test_a_later_event_never_gives_an_earlier_date(rule: Rule, day: dt.date, shift: int) -> None:
    detail = rule.kinds[0] if rule.kinds else ""
    role = rule.starts[0].role

    def due(on: dt.date) -> dt.date | None:
        found = [
            d
            for d in deadlines([Event(1, role, on, detail=detail)], [rule], BOOKS.calendar, TODAY)
            if d.rule == rule.id
        ]
        return found[0].due if found else None

    before, after = due(day), due(day + dt.timedelta(shift))
    if before and after:
        assert before <= after


def test_every_rule_can_be_reached_from_what_a_parent_can_record() -> None:
    for rule in BOOKS.rules:
        assert any(BOOKS.event_kinds[start.kind].parent_can_record for start in rule.starts), rule.id


def test_every_kind_of_event_is_used() -> None:
    used = {start.kind for rule in BOOKS.rules for start in rule.starts}
    for rule in BOOKS.rules:
        used |= {kind for pairs in (rule.ends, rule.stops, rule.resumes, rule.past) for kind, _ in pairs}
        used |= {*rule.pause, rule.held_by} | {v.extension.event for v in rule.versions if v.extension}
    assert set(KINDS) - used == set()


def test_nothing_recorded_gives_nothing() -> None:
    assert run([]) == []
    assert run([Event(1, "note", TODAY)]) == []


def test_beyond_the_known_bank_holidays_a_date_may_move() -> None:
    late = BOOKS.calendar.known_until
    row = one(run([Event(1, "complaint_received", late)], late), "cc_s1_ack")
    assert row.provisional and any("bank holidays" in caution for caution in row.cautions)
    assert not one(run([Event(1, "ehcna_request_received", late)], late), "ehcp_final_20_weeks").provisional


def test_a_long_closure_is_explained_and_never_moves_the_date() -> None:
    summer = (Closure(dt.date(2026, 7, 22), dt.date(2026, 9, 2)),)
    request = [Event(1, "ehcna_request_received", dt.date(2026, 6, 1))]
    plain = one(run(request), "ehcp_final_20_weeks")
    shut = one(run(request, closures=summer), "ehcp_final_20_weeks")
    assert shut.due == plain.due and shut.state == plain.state == "overdue"
    assert any("No such request is recorded" in text for text in shut.exceptions)
    asked = [*request, Event(2, "advice_requested_by_council", dt.date(2026, 7, 20))]
    assert any("may apply" in text for text in one(run(asked, closures=summer), "ehcp_final_20_weeks").exceptions)
    short = (Closure(dt.date(2026, 10, 26), dt.date(2026, 10, 30)),)
    assert one(run(request, closures=short), "ehcp_final_20_weeks").exceptions == plain.exceptions


def test_an_end_in_the_future_has_not_happened_yet() -> None:
    events = [
        Event(1, "ehcna_request_received", dt.date(2026, 6, 1)),
        Event(2, "plan_finalised", dt.date(2026, 12, 15)),
    ]
    assert one(run(events), "ehcp_final_20_weeks").state == "overdue"
    assert one(run(events, dt.date(2026, 12, 16)), "ehcp_final_20_weeks").state == "met_late"


def test_a_later_step_shows_that_something_was_done() -> None:
    request = Event(1, "ehcna_request_received", dt.date(2026, 6, 1))
    early = run([request, Event(2, "draft_plan_served", dt.date(2026, 7, 10))])
    assert one(early, "ehcna_decision").state == "met"
    late = one(run([request, Event(2, "draft_plan_served", dt.date(2026, 9, 10))]), "ehcna_decision")
    assert late.state == "cannot_tell" and late.ask == ("date of assess_decision_sent",)
    assert late.due == dt.date(2026, 7, 13)


def test_an_answer_to_another_request_does_not_stop_this_clock() -> None:
    events = [
        Event(1, "sar_received", dt.date(2026, 9, 1)),
        Event(2, "sar_received", dt.date(2026, 9, 3)),
        Event(3, "sar_reply_received", dt.date(2026, 9, 20), answers=2),
    ]
    states = [row.state for row in run(events) if row.rule == "sar_response"]
    assert states == ["overdue", "met"]


def test_the_working_names_event_count_end_and_source() -> None:
    row = one(run([Event(1, "review_meeting_held", dt.date(2026, 10, 5), document=7)]), "review_decision")
    text = "\n".join(row.working)
    for wanted in (
        "Monday 5 October 2026",
        "paper 7",
        "4 weeks (28 days)",
        "Monday 2 November 2026",
        "22 days late",
        "regulation 20(10)",
    ):
        assert wanted in text


def test_no_rule_file_says_more_than_a_child_can_read() -> None:
    for rule in BOOKS.rules:
        texts = [rule.help, *(caution for version in rule.versions for caution in version.cautions)]
        for text in texts:
            for sentence in text.replace(":", ".").replace(";", ".").split("."):
                assert len(sentence.split()) <= 25, f"{rule.id}: {sentence}"


def test_the_law_pages_beside_the_project_have_no_other_rules() -> None:
    pages = Path(__file__).parents[3] / "shared" / "law" / "deadlines.yaml"
    if not pages.exists():
        return
    import re

    text = pages.read_text(encoding="utf-8")
    ids = set(re.findall(r"^- \{id: (\w+)", text, re.M)) | set(re.findall(r"^- id: (\w+)", text, re.M))
    assert ids - {"outer_limit"} <= {rule.id for rule in BOOKS.rules}
