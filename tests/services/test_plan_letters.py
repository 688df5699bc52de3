"""Letters that the plan itself writes: comments on the draft, objections to a notice, lines that belong in Section F."""

import datetime as dt
import time
from dataclasses import replace

import pytest

from casefile.domain.events import Event
from casefile.domain.letters import gaps_in
from casefile.domain.plan import PlanItem, PlanVersion
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
    assert "1. F1, page 1: “Amina will have access to speech and language therapy as required.” It does not say who gives it, how often or for how long." in text
    assert "The words “as required” leave it open whether the help is given." in text
    assert "says: “Direct therapy from a qualified speech and language therapist, 30 minutes each week, one to one.”" in text
    assert "“One hour each half term for the therapist to train staff.” I find no line of Section F that gives this." in text
    assert "Section K does not list this report: “School report from Oakfield Primary School”" in text
    assert "By my count they end on Monday 16 March 2026" in text
    papers = {proof.document for proof in made.proofs if proof.document is not None}
    assert len(papers) >= 4 and len(made.enclosed) == len(papers), "every quotation has its paper enclosed"


def test_our_own_wording_stands_in_the_comments_as_what_we_ask_for(sample: Store, library: Library) -> None:
    draft = next(one for one in plans.versions(sample) if one.status == "draft")
    ours = plans.copy_version(sample, draft, TODAY)
    line = next(item for item in plans.items(sample, ours) if item.key == "F2")
    plans.save_item(sample, replace(line, text="20 hours a week of one to one support from a trained teaching assistant, in all lessons."))
    assert "Please write instead: “20 hours a week of one to one support from a trained teaching assistant, in all lessons.”" in words(sample, library, "L09")


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
    assert "F2, page 1. The plan says: “15 minutes every school day" in text and "The notice leaves this out. The notice does not name this change." in text
    assert "New words that weaken it: “as required”, “up to”." in text
    assert "fix 21 hours 45 minutes a week in the plan. With the changes they would fix 0 minutes." in text
    assert "The council sent the notice of changes on Thursday 12 November 2026." in text and "they end on Friday 27 November 2026" in text
    listed = next(line for line in text.splitlines() if "as required" in line)
    assert "does not name" not in listed


def test_a_changed_draft_after_a_final_plan_is_compared_like_a_notice(sample: Store, library: Library) -> None:
    final = plans.versions(sample)[-1]
    with sample.action("A changed draft"):
        draft = plans.add_version(sample, PlanVersion(None, "Draft plan", "draft", dated=dt.date(2026, 11, 12)))
        for item in plans.all_items(sample, final):
            if item.key != "F3":
                sample.add(replace(item, id=None, version=draft.id or 0))
    assert "F3, page 1. The plan says: “20 hours every week" in words(sample, library, "L33")


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
