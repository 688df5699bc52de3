"""The doors of a case: failings from its own record, facts with their dates, answers kept, closures of the school."""

import datetime as dt
from dataclasses import replace

import pytest

from casefile.domain.events import Event
from casefile.domain.terms import Term, closures_between, plain_year
from casefile.errors import Invalid, NotFound
from casefile.library import Library
from casefile.services import doors, letters, terms
from casefile.services.timeline import deadlines_of, record, remove_event
from casefile.store import schema
from casefile.store.store import Store

TODAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
D = dt.date


def by_route(store: Store, library: Library, failing: str, today: dt.date = TODAY) -> dict[str, str]:
    return {door.route: door.state for door in doors.doors_of(store, library, failing, today)}


def test_nothing_recorded_shows_nothing(store: Store, library: Library) -> None:
    assert doors.failings_of(store, library, TODAY) == ()
    assert by_route(store, library, "section_f_not_delivered")["council_stage_1"] == "open"


def test_a_late_plan_is_a_failing_with_its_doors(store: Store, library: Library) -> None:
    record(store, Event(None, "ehcna_request_received", D(2026, 6, 1)))
    record(store, Event(None, "assess_decision_sent", D(2026, 7, 10)))
    (found,) = doors.failings_of(store, library, TODAY)
    assert found.failing.id == "twenty_weeks_missed" and found.since == D(2026, 10, 20) and found.going_on
    assert "36 days late" in found.why
    facts = doors.facts_of(store, library, "twenty_weeks_missed", TODAY)
    assert facts.knew_on == D(2026, 10, 20) and facts.going_on and facts.born == D(2017, 5, 14)
    best = doors.doors_of(store, library, "twenty_weeks_missed", TODAY)[0]
    assert best.route == "council_stage_1"


def test_a_complaint_and_its_answers_belong_together(store: Store, library: Library) -> None:
    record(store, Event(None, "ehcna_request_received", D(2026, 1, 5)))
    record(store, Event(None, "assess_decision_sent", D(2026, 2, 10)))
    other = record(store, Event(None, "complaint_received", D(2026, 8, 3)))
    mine = record(store, Event(None, "complaint_received", D(2026, 9, 1)))
    record(store, Event(None, "cc_s1_reply_received", D(2026, 9, 14), answers=other.id))
    record(store, Event(None, "complaint_acknowledged", D(2026, 9, 4), answers=mine.id))
    told = doors.facts_of(store, library, "twenty_weeks_missed", TODAY)
    assert (told.complaint.stage1_made, told.complaint.stage1_answered) == (D(2026, 9, 1), None)
    assert told.dates["complaint_acknowledged"] == D(2026, 9, 4)
    assert by_route(store, library, "twenty_weeks_missed")["lgsco"] == "open"
    ids = [found.failing.id for found in doors.failings_of(store, library, TODAY)]
    assert "complaint_ignored" in ids and by_route(store, library, "complaint_ignored")["lgsco"] == "open"


def test_a_refusal_leads_to_mediation_and_the_tribunal(store: Store, library: Library) -> None:
    record(store, Event(None, "refusal_to_assess_sent", D(2026, 11, 2)))
    found = doors.failings_of(store, library, TODAY)
    assert [one.failing.id for one in found] == ["refused_to_assess"]
    answer = doors.doors_of(store, library, "refused_to_assess", TODAY)
    assert [door.route for door in answer[:2]] == ["mediation", "tribunal_appeal"]
    assert answer[1].closes_on == D(2027, 1, 4)
    record(store, Event(None, "refusal_to_assess_reversed", D(2026, 11, 20)))
    assert "refused_to_assess" not in [one.failing.id for one in doors.failings_of(store, library, TODAY)]


def test_what_the_parent_answers_is_kept_and_decides(store: Store, library: Library) -> None:
    record(store, Event(None, "plan_finalised", D(2026, 3, 2)))
    record(store, Event(None, "complaint_received", D(2026, 9, 1)))
    before = next(d for d in doors.doors_of(store, library, "section_f_not_delivered", TODAY) if d.route == "lgsco")
    assert before.state == "depends" and before.ask == ("appeal.connected", doors.WHICH)
    told = doors.told_of(store, "section_f_not_delivered")
    doors.tell(store, replace(told, connected=False, knew_on=D(2026, 4, 1), going_on=True, setting="academy"))
    doors.tell(store, replace(doors.told_of(store, "section_f_not_delivered"), out_of_school=False))
    kept = doors.told_of(store, "section_f_not_delivered")
    assert kept.connected is False and kept.out_of_school is False and kept.setting == "academy"
    assert by_route(store, library, "section_f_not_delivered")["lgsco"] == "open"
    store.undo()
    assert doors.told_of(store, "section_f_not_delivered").out_of_school is None


def test_an_unknown_failing_is_named(store: Store, library: Library) -> None:
    with pytest.raises(NotFound, match="no_such"):
        doors.doors_of(store, library, "no_such", TODAY)


def test_closures_are_kept_and_counted(store: Store, library: Library) -> None:
    record(store, Event(None, "governors_decision_given", D(2026, 10, 16)))
    plain = next(row for row in deadlines_of(store, library, TODAY) if row.rule == "irp_request")
    assert plain.provisional
    terms.add_closure(store, D(2026, 10, 26), D(2026, 10, 30), "half-term")
    shut = next(row for row in deadlines_of(store, library, TODAY) if row.rule == "irp_request")
    assert plain.due and shut.due and shut.due - plain.due == dt.timedelta(days=7) and not shut.provisional
    assert terms.known_until(store) == D(2026, 10, 31)
    store.undo()
    assert terms.closures_of(store) == ()


def test_terms_give_the_closures_between_them(store: Store) -> None:
    made = terms.add_closures(store, closures_between([Term(D(2026, 9, 3), D(2026, 10, 23)), Term(D(2026, 11, 2), D(2026, 12, 18))]))
    assert [(one.start, one.end) for one in made] == [(D(2026, 10, 24), D(2026, 11, 1))]
    assert (
        len(terms.add_closures(store, closures_between([Term(D(2026, 9, 3), D(2026, 10, 23)), Term(D(2026, 11, 2), D(2026, 12, 18))]))) == 1
    )
    assert len(terms.stored(store)) == 1
    for wrong in (
        [Term(D(2026, 9, 3), D(2026, 10, 23)), Term(D(2026, 10, 23), D(2026, 12, 18))],
        [Term(D(2026, 9, 3), D(2026, 9, 1))],
    ):
        with pytest.raises(Invalid):
            terms.add_closures(store, closures_between(wrong))
    with pytest.raises(Invalid):
        terms.add_closure(store, D(2026, 9, 3), D(2026, 9, 1))
    terms.change_closure(store, replace(made[0], reason="half-term"))
    terms.remove_closure(store, made[0].id or 0)
    assert terms.stored(store) == []


@pytest.mark.parametrize("year", range(2014, 2030))
def test_the_plain_pattern_is_a_plausible_year(store: Store, library: Library, year: int) -> None:
    found = plain_year(year)
    assert [one.start for one in found] == sorted(one.start for one in found)
    days = [D(year, 9, 2) + dt.timedelta(n) for n in range(365)]
    assert 185 <= sum(library.calendar.is_school_day(day, found) for day in days) <= 200
    assert len(terms.add_plain_year(store, year)) == len(found)


def at_the_first_step(store: Store) -> None:
    """Make the case what the first version of the program would have made, and close it."""
    record(store, Event(None, "ehcna_request_received", D(2026, 6, 1)))
    first = {name for kind, name, _ in schema.shape_at(1) if kind == "table"}
    newer = [name for kind, name, _ in schema.shape_of(store.db) if kind == "table" and name not in first]
    assert {"closure", "told"} <= set(newer)
    store.db.execute("PRAGMA foreign_keys=OFF")
    for table in newer:
        store.db.execute(f"DROP TABLE [{table}]")
    store.db.execute("PRAGMA user_version=1")
    store.close()


def test_a_case_from_before_the_closures_gets_its_tables(store: Store, library: Library) -> None:
    at_the_first_step(store)
    with Store.open(store.folder, now=NOW) as again:
        assert terms.add_plain_year(again, 2026)
        assert [event.kind for event in again.find(Event)] == ["ehcna_request_received"]
    with Store.open(store.folder, now=NOW) as twice:
        assert len(terms.stored(twice)) == 6


def late_plan(store: Store) -> None:
    """A decision and a final plan that both came late, last winter."""
    record(store, Event(None, "ehcna_request_received", D(2026, 1, 5)))
    record(store, Event(None, "assess_decision_sent", D(2026, 3, 10)))
    record(store, Event(None, "plan_finalised", D(2026, 8, 3)))


def test_a_complaint_about_one_thing_opens_no_door_of_another(store: Store, library: Library) -> None:
    late_plan(store)
    record(store, Event(None, "complaint_received", D(2026, 9, 1), note="Section F therapy is not being given"))
    linked, complaints = doors.complaint_of(store, library, "section_f_not_delivered", TODAY)
    assert linked.how == "words" and linked.event == complaints[0]
    other = doors.complaint_of(store, library, "twenty_weeks_missed", TODAY)[0]
    assert (other.event, other.how) == (None, "other")
    found = {door.route: door for door in doors.doors_of(store, library, "twenty_weeks_missed", TODAY)}
    assert found["council_stage_1"].state == "open" and found["lgsco"].state == "too_early", "the council had no chance to answer this yet"
    doors.tell(store, replace(doors.told_of(store, "twenty_weeks_missed"), complaint=complaints[0].id))
    assert doors.complaint_of(store, library, "twenty_weeks_missed", TODAY)[0].how == "told"
    assert by_route(store, library, "twenty_weeks_missed")["council_stage_1"] == "closed"
    doors.tell(store, replace(doors.told_of(store, "section_f_not_delivered"), complaint=0))
    assert doors.facts_of(store, library, "section_f_not_delivered", TODAY).complaint.stage1_made is None


def test_a_complaint_that_says_nothing_is_asked_about(store: Store, library: Library) -> None:
    late_plan(store)
    mine = record(store, Event(None, "complaint_received", D(2026, 9, 1)))
    linked, _ = doors.complaint_of(store, library, "twenty_weeks_missed", TODAY)
    assert (linked.event, linked.how) == (mine, "unsure")
    found = {door.route: door for door in doors.doors_of(store, library, "twenty_weeks_missed", TODAY)}
    assert doors.WHICH in found["lgsco"].ask and doors.WHICH not in found["mp"].ask
    doors.tell(store, replace(doors.told_of(store, "twenty_weeks_missed"), complaint=mine.id))
    assert all(doors.WHICH not in door.ask for door in doors.doors_of(store, library, "twenty_weeks_missed", TODAY))
    remove_event(store, mine.id or 0)
    assert doors.told_of(store, "twenty_weeks_missed").complaint is None, "a complaint taken out is no answer any more"


def test_our_own_letter_shows_what_a_complaint_is_about(sample: Store, library: Library) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    letters.mark_sent(sample, library, made.id or 0, on=TODAY, how="email")
    linked, _ = doors.complaint_of(sample, library, "twenty_weeks_missed", TODAY)
    assert linked.how == "letter" and linked.event and linked.event.on == TODAY
    assert doors.complaint_of(sample, library, "assess_decision_late", TODAY)[0].how == "other"
    first = doors.complaint_of(sample, library, "section_f_not_delivered", TODAY)[0]
    assert first.how == "words" and first.event and first.event.on == D(2026, 11, 2)


def test_every_way_a_failing_may_be_named_in_a_complaint_is_its_own(library: Library) -> None:
    for one in library.law.failings.values():
        assert all(word == word.casefold().strip() and len(word) > 2 for word in one.about), one.id
