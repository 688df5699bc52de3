"""A wording the parent finds fine is left in peace, shown, and looked at again when it changes; a Tribunal's order has its event."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from casefile.domain.plan import PlanVersion
from casefile.library import Library
from casefile.services import plan_import, plan_marks, plan_quality, plans, provision, reviews, timeline
from casefile.store.store import Store
from tests.conftest import TODAY
from tests.domain.test_plan_layouts import HEADED
from tests.services.test_plans import read


def vague(store: Store) -> tuple[PlanVersion, str]:
    draft = plans.versions(store)[0]
    return draft, "F2"


def test_the_check_respects_it_shows_it_and_undo_takes_it_back(sample: Store) -> None:
    draft, key = vague(sample)
    item = next(one for one in plans.items(sample, draft) if one.key == key)
    before = plan_quality.check(sample, draft, TODAY)
    assert any(one.item == key and one.check == "Q04" for one in before.findings) and before.set_aside == ()
    mark = plan_marks.say_fine(sample, item, TODAY)
    assert plan_marks.say_fine(sample, item, TODAY) == mark, "said twice is said once"
    after = plan_quality.check(sample, draft, TODAY)
    assert not any(one.item == key and one.check in plan_marks.ABOUT_WORDING for one in after.findings)
    assert {one.check for one in after.set_aside} >= {"Q04"} and len(after.findings) + len(after.set_aside) == len(before.findings)
    sample.undo()
    assert plan_quality.check(sample, draft, TODAY) == before


def test_other_words_are_looked_at_again_and_the_same_words_are_not(sample: Store) -> None:
    draft, key = vague(sample)
    item = next(one for one in plans.items(sample, draft) if one.key == key)
    plan_marks.say_fine(sample, item, TODAY)
    copy = plans.copy_version(sample, draft, TODAY)
    same = next(one for one in plans.items(sample, copy) if one.key == key)
    assert plan_marks.mark_of(sample, same) is not None, "the next version has the same words"
    changed = plans.save_item(sample, replace(same, text=same.text + " Where possible."))
    assert plan_marks.mark_of(sample, changed) is None
    plan_marks.take_back(sample, item)
    assert plan_marks.fine(sample) == {}


def test_a_review_does_not_bring_it_up(store: Store, tmp_path: Path) -> None:
    version = read(store, tmp_path, HEADED.replace("30 minutes", "regular input"), status="final", dated=dt.date(2026, 5, 4))
    one = reviews.begin(store)
    found = reviews.vague_lines(store, one)
    assert found
    plan_marks.say_fine(store, found[0][0], TODAY)
    assert reviews.vague_lines(store, one) == found[1:] and version.status == "final"


def test_a_tribunal_order_suggests_its_event_once(store: Store, tmp_path: Path, library: Library) -> None:
    made = read(store, tmp_path, HEADED, status="tribunal_order", dated=dt.date(2026, 11, 2))
    assert [(event.kind, event.on, event.detail) for event in plan_import.following(store, made)] == [("tribunal_order_date", dt.date(2026, 11, 2), "")]
    plan_import.record_following(store, made)
    assert plan_import.following(store, made) == []
    asked = {entry for one in timeline.deadlines_of(store, library, TODAY) for entry in one.ask}
    assert any(entry.startswith("kind of tribunal_order_date") for entry in asked), "which order it was is asked, not guessed"


def test_a_contradiction_is_kept_with_the_line_that_is_followed(store: Store, tmp_path: Path, library: Library) -> None:
    version = read(store, tmp_path, HEADED, status="final", dated=dt.date(2026, 9, 1))
    item = plans.add_item(store, version, "F", "Sam will have 3 x 30 minutes weekly of speech and language therapy from a therapist, total 1 hour.")
    line = plans.follow(store, item, start=version.dated)
    assert line.minutes is None and "90" in line.note and "60" in line.note
    row = next(one for one in provision.report(store, library, TODAY) if one.provision.id == line.id)
    assert row.ask == (line.note,)


def test_only_a_draft_and_a_notice_have_a_letter(sample: Store, library: Library) -> None:
    draft, final = plans.versions(sample)
    assert plan_quality.letter_for(draft, library) == "L09" and plan_quality.letter_for(final, library) == ""
    assert plan_quality.letter_for(replace(final, status="amendment_notice"), library) == "L33"
