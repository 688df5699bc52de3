"""Letters that the plan itself writes: comments on the draft, objections to a notice, lines that belong in Section F."""

import datetime as dt
import time
from dataclasses import replace

import pytest

from casefile.domain.events import Event
from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import gaps_in
from casefile.domain.plan import PlanItem, PlanVersion
from casefile.errors import Invalid
from casefile.library import Library
from casefile.services import letters, plans, timeline
from casefile.store.store import Store
from tests.conftest import TODAY
from tests.services.test_every_letter import notice_of_changes


def words(store: Store, library: Library, id_: str, **values: str) -> str:
    return letters.draft(store, library, id_, values, TODAY).body.replace("\u00a0", " ")


def test_comments_on_a_draft_go_line_by_line_with_the_words_of_the_reports(sample: Store, library: Library) -> None:
    made = letters.draft(sample, library, "L09", {}, TODAY)
    text = made.body.replace("\u00a0", " ")
    assert made.gaps == ()
    first = parts_of(text)[2]
    assert first.text == "F1, page 1" and [label for label, _ in first.rows] == ["The draft says", "Problem", "Please write"]
    assert first.rows[0][1] == "“Amina will have access to speech and language therapy as required.”"
    assert first.rows[1][1].startswith("It does not say who gives it, how often or for how long.")
    assert "What the reports say. The speech and language therapist’s report of Friday 11 July 2025 (page 1 of E2) says: “Direct therapy" in first.rows[2][1]
    assert "The words “as required” leave it open whether the help is given." in text
    assert "says: “Direct therapy from a qualified speech and language therapist, 30 minutes each week, one to one.”" in text
    left_out = next(part for part in parts_of(text) if "train staff" in part.whole)
    assert "(page 1 of E4)" in left_out.text and left_out.rows[1] == ("Problem", "I find no line of Section F that gives this.")
    assert "Section K does not list this report: “School report from Oakfield Primary School”" in text
    assert "By my count they end on Monday 16 March 2026" in text
    papers = {proof.document for proof in made.proofs if proof.document is not None}
    assert len(papers) >= 4 and len(made.enclosed) == len(papers), "every quotation has its paper enclosed"


def test_our_own_wording_stands_in_the_comments_as_what_we_ask_for(sample: Store, library: Library) -> None:
    draft = next(one for one in plans.versions(sample) if one.status == "draft")
    ours = plans.copy_version(sample, draft, TODAY)
    line = next(item for item in plans.items(sample, ours) if item.key == "F2")
    plans.save_item(sample, replace(line, text="20 hours a week of one to one support from a trained teaching assistant, in all lessons."))
    assert "| Please write: “20 hours a week of one to one support from a trained teaching assistant, in all lessons.”" in words(sample, library, "L09")


def test_without_a_draft_read_in_the_comments_say_what_is_missing(store: Store, library: Library) -> None:
    made = letters.draft(store, library, "L09", {}, TODAY)
    assert [gap.name for gap in made.gaps if gap.name == "draft_points"] == ["draft_points"]


def test_a_list_says_that_the_time_for_comments_is_over_and_the_parent_may_go_on(sample: Store, library: Library) -> None:
    offer = next(one for one in letters.offered(sample, library, TODAY) if one.id == "L09")
    assert offer.ready and offer.why == "Its time is over: the final plan was sent, Monday 20 April 2026"
    early = next(one for one in letters.offered(sample, library, dt.date(2026, 3, 10)) if one.id == "L09")
    assert early.ready and "over" not in early.why
    timeline.record(sample, Event(None, "draft_plan_served", dt.date(2026, 11, 20)))
    again = next(one for one in letters.offered(sample, library, TODAY) if one.id == "L09")
    assert "over" not in again.why, "a new draft opens it again"


def test_objections_name_each_loss_and_what_the_notice_kept_quiet(sample: Store, library: Library) -> None:
    notice_of_changes(sample)
    text = words(sample, library, "L33")
    gone = next(part for part in parts_of(text) if part.text == "F2, page 1")
    assert [label for label, _ in gone.rows] == ["The plan says", "The notice says", "Problem", "Please write"]
    assert gone.rows[0][1].startswith("“15 minutes every school day") and gone.rows[1][1] == "Nothing. It leaves this out."
    assert gone.rows[2][1] == "The notice does not name this change." and "keep" not in gone.rows[0][1]
    assert "New words that weaken it: “as required”, “up to”." in text
    assert "fix 21 hours 45 minutes a week in the plan. With the changes they would fix 0 minutes." in text
    assert "The council sent the notice of changes on Thursday 12 November 2026." in text and "they end on Friday 27 November 2026" in text
    listed = next(part for part in parts_of(text) if "as required" in part.whole)
    assert "does not name" not in listed.whole
    assert "If I do not speak of a change, that does not mean that I agree with it." in text, "silence is no consent"


def test_a_changed_draft_after_a_final_plan_is_compared_like_a_notice(sample: Store, library: Library) -> None:
    final = plans.versions(sample)[-1]
    with sample.action("A changed draft"):
        draft = plans.add_version(sample, PlanVersion(None, "Draft plan", "draft", dated=dt.date(2026, 11, 12)))
        for item in plans.all_items(sample, final):
            if item.key != "F3":
                sample.add(replace(item, id=None, version=draft.id or 0))
    assert "F3, page 1\n| The plan says: “20 hours every week" in words(sample, library, "L33")


def test_only_help_that_teaches_or_trains_is_asked_into_section_f(sample: Store, library: Library) -> None:
    assert "to_section_f" in {gap.name for gap in letters.draft(sample, library, "L16", {}, TODAY).gaps}, "Section G says: none"
    final = plans.versions(sample)[-1]
    plans.add_item(sample, final, "G", "A nurse checks the epilepsy plan each term.")
    plans.add_item(sample, final, "H2", "A mentor helps Amina to practise going to the shop.")
    text = words(sample, library, "L16", teaches="She learns to go alone")
    assert "The word “practise” shows what it is for." in text and "epilepsy" not in text
    assert "regulation 28" in text and "before the plan is made final" not in text


@pytest.mark.parametrize("id_", ["L09", "L33", "L16"])
def test_brackets_in_a_plan_are_no_gaps_and_a_long_line_is_cut(id_: str, sample: Store, library: Library) -> None:
    notice_of_changes(sample)
    for version in plans.versions(sample):
        plans.add_item(sample, version, "F", "Support [to be agreed] from staff " + "and again " * 60)
        plans.add_item(sample, version, "G", "Training [monthly] for staff.")
    made = letters.draft(sample, library, id_, {}, TODAY)
    assert set(gaps_in(made.body)) <= {"[what your child learns through this help]"} and all(gap.name == "teaches" for gap in made.gaps)
    assert all(len(line) < 2000 for line in made.body.splitlines())


def test_the_comments_on_a_long_plan_are_drafted_at_once(sample: Store, library: Library) -> None:
    draft = next(one for one in plans.versions(sample) if one.status == "draft")
    with sample.action("Made the draft long"):
        for number in range(60):
            sample.add(PlanItem(None, draft.id or 0, f"F{number + 10}", "F", f"Staff will offer regular support number {number} when needed.", 100 + number, page=2))
    letters.draft(sample, library, "L09", {}, TODAY)
    start = time.perf_counter()
    made = letters.draft(sample, library, "L09", {}, TODAY)
    assert time.perf_counter() - start < 1 and made.body.count("leave it open") >= 40


def test_a_letter_that_was_changed_takes_in_the_table_when_the_draft_is_read(store: Store, library: Library) -> None:
    made = letters.save(store, letters.draft(store, library, "L09", {}, TODAY))
    made = letters.edit(store, made, body=made.body.replace("These are my comments", "Here are my comments"))
    with store.action("Read a draft"):
        draft = plans.add_version(store, PlanVersion(None, "Draft plan", "draft", dated=dt.date(2026, 11, 12)))
    plans.add_item(store, draft, "F", "Access to therapy as required.")
    plans.add_item(store, draft, "F", "Support in lessons when needed.")
    again = letters.answer(store, library, made, {}, TODAY)
    tables = [part for part in parts_of(again.body) if part.rows]
    assert len(tables) == 2 and tables[0].rows[0] == ("The draft says", "“Access to therapy as required.”") and "Here are my comments" in again.body
    assert not any(gap.name == "draft_points" for gap in again.gaps)
    own = letters.edit(store, again, body=again.body.replace("| Please write: ", "| Please write: [how many minutes] ", 1))
    assert [gap.what for gap in own.gaps if "minutes" in gap.what] == ["how many minutes"], "a gap in a row is counted"
    with pytest.raises(Invalid, match="gap"):
        letters.mark_sent(store, library, own.id or 0, on=TODAY, how="email")
