"""After a letter is sent: its proof, its reply, each point met or not, its clock, and the complaint as one line of steps."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from casefile.domain.answers import asked_in
from casefile.domain.documents import KINDS, Document
from casefile.domain.events import Event
from casefile.domain.letters import Draft
from casefile.errors import Invalid
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import documents, letter_after, letters, timeline
from casefile.services.letter_after import (
    after,
    answer_event,
    likely_reply,
    mark_point,
    may_remind,
    remind,
    set_reply,
    steps_of_complaint,
)
from casefile.services.point_facts import ANSWERS, unanswered_letter
from casefile.store.store import Store
from tests.conftest import NOW, TODAY

SENT = dt.date(2026, 11, 2)


@pytest.fixture
def made(store: Store, library: Library) -> Draft:
    """A stage 1 complaint that was sent by email, with its reply among the papers."""
    timeline.record(store, Event(None, "ehcna_request_received", dt.date(2026, 1, 12)))
    draft = letters.save(store, letters.draft(store, library, "L08", {}, SENT))
    draft = letters.edit(store, draft, recipient=("The Complaints Team", "1 Market Square"), salutation="Dear Sir or Madam")
    assert not draft.gaps, draft.gaps
    letters.mark_sent(store, library, draft.id or 0, on=SENT, how="email")
    return store.get(Draft, draft.id or 0)


def reply(store: Store, folder: Path) -> int:
    folder.mkdir()
    (folder / "reply.txt").write_text("Stage 1 reply. We are sorry for the delay.", "utf-8")
    report = documents.import_paths(store, [folder], Silent(), now=NOW)
    return report.rows[0].document or 0


def test_sending_keeps_how_and_when_it_counts_as_received(store: Store, library: Library, made: Draft) -> None:
    found = after(store, library, made, TODAY)
    assert (found.sending.how, found.sending.received) == ("email", SENT)
    assert found.clock is not None and found.clock.rule == "cc_s1_response" and found.clock.state == "overdue"


def test_the_points_are_what_the_letter_asks_for(made: Draft) -> None:
    points = asked_in(made)
    assert len(points) == 3 and points[0][1].startswith("Send me the final plan now")
    assert [number for number, _ in points] == sorted(number for number, _ in points) and points[0][0] > 1


def test_points_are_ticked_against_the_reply(store: Store, library: Library, made: Draft, tmp_path: Path) -> None:
    found = after(store, library, made, TODAY)
    first, second, third = (point.number for point in found.points)
    assert {point.state for point in found.points} == {"open"} and found.unanswered == ()
    mark_point(store, found, first, "no")
    mark_point(store, after(store, library, made, TODAY), second, "part", "No day is named.")
    mark_point(store, after(store, library, made, TODAY), third, "yes")
    found = after(store, library, made, TODAY)
    assert [(point.number, point.state, point.note) for point in found.unanswered] == [(first, "no", ""), (second, "part", "No day is named.")]
    kept = set_reply(store, found.sending, reply(store, tmp_path / "in"))
    assert after(store, library, made, TODAY).sending == kept and kept.reply is not None
    store.undo()
    assert after(store, library, made, TODAY).sending.reply is None


def test_undo_takes_back_a_look(store: Store, library: Library, made: Draft) -> None:
    found = after(store, library, made, TODAY)
    mark_point(store, found, found.points[0].number, "no")
    store.undo()
    assert after(store, library, made, TODAY).points == found.points


def test_nonsense_is_refused(store: Store, library: Library, made: Draft) -> None:
    found = after(store, library, made, TODAY)
    with pytest.raises(Invalid):
        mark_point(store, found, found.points[0].number, "perhaps")
    with pytest.raises(Invalid):
        mark_point(store, found, 99, "yes")


def test_a_removed_reply_paper_leaves_the_letter_whole(store: Store, library: Library, made: Draft, tmp_path: Path) -> None:
    paper = reply(store, tmp_path / "in")
    set_reply(store, after(store, library, made, TODAY).sending, paper)
    with store.action("Removed a paper"):
        store.remove(Document, paper)
    assert after(store, library, made, TODAY).sending.reply is None
    store.undo()
    assert after(store, library, made, TODAY).sending.reply == paper


def test_a_complaint_is_told_from_the_first_letter_on(store: Store, library: Library, made: Draft) -> None:
    timeline.record(store, Event(None, "complaint_acknowledged", dt.date(2026, 11, 6)))
    timeline.record(store, Event(None, "cc_s1_reply_received", dt.date(2026, 11, 20)))
    steps = steps_of_complaint(store, library, made)
    assert [(step.on, step.draft) for step in steps] == [(SENT, made.id), (dt.date(2026, 11, 6), None), (dt.date(2026, 11, 20), None)]
    assert steps[0].words == "You sent: The plan is late"


def test_what_happens_along_a_complaint_is_known_to_the_law(library: Library) -> None:
    assert set(letter_after._ALONG) <= set(library.event_kinds)


def test_every_complaint_letter_has_points(sample: Store, library: Library) -> None:
    for form in library.letters:
        if form.records in ("complaint_received", "cc_s2_requested", "lgsco_complaint_made", "dfe_complaint_made"):
            assert asked_in(letters.draft(sample, library, form.id, {}, TODAY)), form.id


def test_a_reminder_goes_to_whoever_got_the_letter(store: Store, library: Library, made: Draft, tmp_path: Path) -> None:
    assert not may_remind(store, library, after(store, library, made, SENT + dt.timedelta(days=3)), SENT + dt.timedelta(days=3)), "too soon"
    found = after(store, library, made, TODAY)
    assert may_remind(store, library, found, TODAY)
    reminder = remind(store, library, found, TODAY)
    assert reminder.recipient == made.recipient and reminder.salutation == made.salutation and not reminder.gaps
    assert "I wrote to you on Monday 2 November 2026 (E1) about this: Formal complaint: stage 1." in reminder.body.replace("\u00a0", " ")
    assert reminder.enclosed and reminder.proofs[0].document == made.document
    set_reply(store, found.sending, reply(store, tmp_path / "in"))
    assert not may_remind(store, library, after(store, library, made, TODAY), TODAY), "a reply came"


def test_no_reminder_says_no_reply_where_the_record_holds_one(store: Store, library: Library, made: Draft) -> None:
    assert "have had no reply" in letters.draft(store, library, "L57", {}, TODAY).body
    timeline.record(store, Event(None, "cc_s1_reply_received", dt.date(2026, 11, 20)))
    assert unanswered_letter(store, library, TODAY) is None and "unanswered_on" in {gap.name for gap in letters.draft(store, library, "L57", {}, TODAY).gaps}
    timeline.record(store, Event(None, "complaint_received", dt.date(2026, 11, 10), None, "Speech therapy is not given"))
    last = unanswered_letter(store, library, TODAY)
    assert last is not None and last.id == made.id, "the reply is now taken to be that to the later complaint"


def test_a_reminder_from_the_list_of_letters_goes_to_whoever_got_the_letter(store: Store, library: Library, made: Draft) -> None:
    fresh = letters.draft(store, library, "L57", {}, TODAY)
    assert (fresh.recipient, fresh.salutation) == (made.recipient, made.salutation) and not fresh.gaps


def test_a_reminder_is_not_reminded_of(store: Store, library: Library, made: Draft) -> None:
    reminder = remind(store, library, after(store, library, made, TODAY), TODAY)
    letters.mark_sent(store, library, reminder.id or 0, on=TODAY, how="email")
    later = TODAY + dt.timedelta(days=30)
    last = unanswered_letter(store, library, later)
    assert last is not None and last.id == made.id


def test_the_likely_reply_is_offered_by_kind_or_by_its_subject_and_only_once_known(store: Store, library: Library, made: Draft, tmp_path: Path) -> None:
    found = after(store, library, made, TODAY)
    assert likely_reply(store, library, found) is None
    early, mail, answer = (
        Document(None, f"{number:064x}", f"{number}.eml", "", "eml", 10, title, "filed", kind, day, added=NOW.isoformat(), in_reply_to=to)
        for number, title, kind, day, to in (
            (1, "Stage 1 reply", "stage1_reply", SENT - dt.timedelta(days=9), ""),
            (2, f"RE: Fwd: {made.subject}", "email", SENT + dt.timedelta(days=2), "<a@b>"),
            (3, "Our answer", "stage1_reply", SENT + dt.timedelta(days=9), ""),
        )
    )
    with store.action("Papers"):
        for paper in (early, mail):
            store.add(paper)
    likely = likely_reply(store, library, found)
    assert likely is not None and likely.title == mail.title, "what came before the letter answers something else"
    with store.action("Papers"):
        store.add(answer)
    likely = likely_reply(store, library, found)
    assert likely is not None and likely.title == "Our answer", "its kind says more than its subject"
    set_reply(store, found.sending, likely.id)
    assert likely_reply(store, library, after(store, library, made, TODAY)) is None


def test_the_kinds_of_replies_and_events_are_known(library: Library) -> None:
    assert set(letter_after.REPLIES) <= set(library.event_kinds) and set(letter_after.REPLIES.values()) <= set(KINDS)


def test_the_reply_offers_the_event_that_opens_the_next_door(store: Store, library: Library, made: Draft, tmp_path: Path) -> None:
    found = after(store, library, made, TODAY)
    assert answer_event(store, library, found) is None, "no reply yet"
    paper = reply(store, tmp_path / "in")
    with store.action("Dated it"):
        store.change(replace(store.get(Document, paper), dated=dt.date(2026, 11, 18)))
    set_reply(store, found.sending, paper)
    event = answer_event(store, library, after(store, library, made, TODAY))
    asked = next(one for one in timeline.events_of(store) if one.document == made.document)
    assert event == Event(None, "cc_s1_reply_received", dt.date(2026, 11, 18), paper, answers=asked.id)
    timeline.record(store, event)
    assert answer_event(store, library, after(store, library, made, TODAY)) is None
    assert set(ANSWERS) | set(ANSWERS.values()) <= set(library.event_kinds)


def test_another_complaint_is_no_step_of_this_one(store: Store, library: Library, made: Draft, tmp_path: Path) -> None:
    other = timeline.record(store, Event(None, "complaint_received", dt.date(2026, 11, 4), note="Section F therapy is not being given"))
    timeline.record(store, Event(None, "complaint_acknowledged", dt.date(2026, 11, 9), answers=other.id))
    timeline.record(store, Event(None, "cc_s1_reply_received", dt.date(2026, 11, 20), answers=other.id))
    assert [step.draft for step in steps_of_complaint(store, library, made)] == [made.id]
    paper = reply(store, tmp_path / "in")
    with store.action("Dated it"):
        store.change(replace(store.get(Document, paper), dated=dt.date(2026, 11, 18)))
    set_reply(store, after(store, library, made, TODAY).sending, paper)
    event = answer_event(store, library, after(store, library, made, TODAY))
    assert event is not None and event.document == paper, "the later answer to the other complaint is not the answer to this one"
    clock = after(store, library, made, TODAY).clock
    assert clock is not None and [one.document for one in clock.starts] == [made.document], "the other complaint's confirmation starts no clock of this one"
