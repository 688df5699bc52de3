"""The law data beside the pages it was made from, where those lie beside this checkout: nothing lost, nothing changed."""

import datetime as dt
import re
from pathlib import Path

import pytest

from casefile import library
from casefile.domain.calendar import Step, count_step
from casefile.domain.deadlines import deadlines
from casefile.domain.events import Event

PAGES = Path(__file__).parents[3] / "shared" / "law" / "deadlines.yaml"
BOOKS = library.load()
AMOUNTS = {
    "after": {},
    "before": {"weeks_after": "weeks_before", "wd_after": "wd_before", "months_before": "months_before"},
}

FIELD = re.compile(
    r"(?:^|, )(id|applies_to|trigger|direction|amount|count|status|confidence|exceptions|covid|covid_s42|minimum_period|working_day|working_day_rollover): ([^,}]+)"
)
"""A plain field; where a nested part of the line has the same key, the first one is the rule's own."""


def text() -> str:
    if not PAGES.exists():
        pytest.skip("the law pages are not beside this checkout")
    return PAGES.read_text(encoding="utf-8")


def rows() -> list[dict[str, str]]:
    """The plain fields of each rule written on one line of the pages."""
    part = text().split("\ndeadlines:\n")[1].split("\nevents:\n")[0]
    lines = re.findall(r"^- \{(id: .*)\}$", part, re.M)
    assert len(lines) > 115
    return [dict(reversed(FIELD.findall(line))) for line in lines]


def test_status_confidence_exceptions_and_the_summer_of_2020_are_the_same() -> None:
    for row in rows():
        rule = BOOKS.rule(row["id"])
        version = rule.versions[-1]
        assert (rule.status, version.confidence) == (row["status"], row["confidence"]), rule.id
        assert (version.exceptions.id if version.exceptions else None) == row.get("exceptions"), rule.id
        assert rule.who == row["applies_to"].replace(" / ", " or "), rule.id
        names = {change.id for change in version.temporary}
        assert ("covid_2020" in names) == (row.get("covid") == "true"), rule.id
        assert ("covid_s42" in names) == (row.get("covid_s42") == "true"), rule.id
        assert rule.minimum or row.get("minimum_period") != "true", rule.id


def test_each_plain_count_gives_the_same_day() -> None:
    own_roll = {"cease_hold", "sar_response"}  # the pages tell their rolling on in a note
    counted = 0
    for row in rows():
        rule, count = BOOKS.rule(row["id"]), row.get("count", "")
        if row["direction"] not in AMOUNTS or not row["amount"].isdigit() or count in ("none", "continuous"):
            continue
        step = Step(
            AMOUNTS[row["direction"]].get(count, count), int(row["amount"]), row.get("working_day", "general_ew")
        )
        for month in range(1, 13):
            day = dt.date(2026, month, 3 + month)
            want = count_step(step, day, BOOKS.calendar)
            if row.get("working_day_rollover") and want:
                want = BOOKS.calendar.next_working(want, row.get("working_day", "tribunal_plain"))
            event = Event(1, row["trigger"], day, detail=rule.kinds[0] if rule.kinds else "")
            found = deadlines([event], [rule], BOOKS.calendar, day)
            if found and rule.id not in own_roll:
                assert found[0].due == want, (rule.id, day)
                counted += 1
    assert counted > 900


def test_their_worked_examples_hold() -> None:
    part = text().split("\nworked_examples:")[1].split("\nlaw_changes")[0]
    lines = re.findall(r"^  - \{deadline: (\w+), trigger: (\{[^}]*\}|[\d-]+), last_day: ([\d-]+)", part, re.M)
    assert len(lines) >= 20
    triggers = {row["id"]: row["trigger"] for row in rows()}
    triggers |= {"appeal_notice": "decision_letter_sent", "review_final_plan": "review_meeting_held"}
    for id_, raw, last in lines:
        given = dict(re.findall(r"(\w+): ([\d-]+)", raw)) or {triggers[id_]: raw}
        kinds = BOOKS.rule(id_).kinds
        events = []
        for number, (kind, day) in enumerate(given.items(), 1):
            on = dt.date(int(day), 1, 1) if len(day) == 4 else dt.date.fromisoformat(day)
            detail = kinds[0] if kinds and kind == triggers[id_] else ""
            events.append(Event(number, kind, on, detail=detail, year=on.year if len(day) == 4 else None))
        found = [
            row for row in deadlines(events, BOOKS.rules, BOOKS.calendar, dt.date(2026, 11, 24)) if row.rule == id_
        ]
        assert [str(row.due) for row in found] == [last], id_


def test_every_event_of_the_pages_can_be_recorded() -> None:
    listed = re.search(r"^events:\n  \[(.*?)\]", text(), re.M | re.S)
    assert listed
    named = {word.strip() for word in listed[1].split(",")}
    assert named <= set(BOOKS.event_kinds)
