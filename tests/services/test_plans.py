"""Versions of the plan in a case: read in from papers, changed line by line, taken back, followed in the ledger."""

import datetime as dt
from pathlib import Path

import pytest

from casefile.domain.plan import PlanItem, PlanVersion
from casefile.errors import BadFile, Invalid, NotFound
from casefile.progress import Silent
from casefile.services import plan_import, plan_quality, plans, provision, timeline
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.domain.test_plan_layouts import HEADED, HELP, SALT


def read(store: Store, folder: Path, text: str, name: str = "plan.txt", **more: object) -> PlanVersion:
    path = folder / name
    path.write_text(text, "utf-8")
    paper = plan_import.file_paper(store, path, Silent(), now=NOW)
    return plan_import.import_plan(store, paper, **more)  # type: ignore[arg-type]


def test_the_sample_holds_both_versions(sample: Store) -> None:
    draft, final = plans.versions(sample)
    assert (draft.status, final.status) == ("draft", "final")
    assert [item.key for item in plans.lines_in(plans.items(sample, final), "F")] == ["F1", "F2", "F3"]
    assert plans.latest(sample) == final
    assert final.sha256
    assert final.signed_by == "Daniel Price"
    assert plans.compare(sample, draft, final).minutes_after == 1305


def test_a_file_is_read_in_and_nothing_is_dropped(store: Store, tmp_path: Path) -> None:
    made = read(store, tmp_path, HEADED, dated=dt.date(2026, 5, 4), status="final")
    assert plans.file_of(store, made) == "plan.txt"
    assert [item.text for item in plans.lines_in(plans.items(store, made), "F")] == [f"{SALT} (B1, E1)", f"{HELP} (B2)"]
    with pytest.raises(Invalid, match="already"):
        plan_import.import_plan(store, made.document or 0)


def test_what_is_no_plan_is_kept_and_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"does not look like an EHC plan.*kept as paper"):
        read(store, tmp_path, "Dear Mrs Rahman,\nthank you for your letter.")
    assert plans.versions(store) == []
    from casefile.services.documents import all_documents

    assert len(all_documents(store)) == 1
    with pytest.raises(BadFile, match="no text"):
        (tmp_path / "scan.png").write_bytes((Path(__file__).parents[2] / "resources" / "sample" / "papers" / "2026-09-04 home school book.jpg").read_bytes())
        plan_import.import_plan(store, plan_import.file_paper(store, tmp_path / "scan.png", Silent(), now=NOW))
    with pytest.raises(Invalid, match="folder"):
        plan_import.file_paper(store, tmp_path, Silent(), now=NOW)
    with pytest.raises(NotFound):
        plan_import.file_paper(store, tmp_path / "nothing", Silent(), now=NOW)


def test_keys_last_though_the_paper_numbers_anew(store: Store, tmp_path: Path) -> None:
    read(store, tmp_path, HEADED, "one.txt", status="draft")
    swapped = HEADED.replace(f"F1. {SALT}", "F1. XX").replace(f"F2. {HELP}", f"F2. {SALT}").replace("XX (B1, E1)", f"{HELP} (B2)").replace("F2. " + SALT + " (B2)", f"F2. {SALT} (B1)")
    second = read(store, tmp_path, swapped, "two.txt", status="final")
    found = {item.key: item for item in plans.lines_in(plans.items(store, second), "F")}
    assert SALT in found["F1"].text
    assert found["F1"].label == "F2"


def test_events_follow_with_one_yes(store: Store, tmp_path: Path) -> None:
    made = read(store, tmp_path, HEADED, status="draft", dated=dt.date(2026, 5, 4), received=dt.date(2026, 5, 6))
    assert [(event.kind, event.on) for event in plan_import.following(store, made)] == [("draft_plan_served", dt.date(2026, 5, 6))]
    plan_import.record_following(store, made)
    assert plan_import.following(store, made) == []
    assert [event.document for event in timeline.events_of(store)] == [made.document]


def test_lines_change_move_and_come_back(sample: Store) -> None:
    final = plans.version(sample, "final")
    line = plans.lines_in(plans.items(sample, final), "F")[2]
    plans.save_item(sample, PlanItem(line.id, line.version, line.key, "F", "20 hours a week.", line.position, needs=("B2",)))
    assert plans.lines_in(plans.items(sample, final), "F")[2].text == "20 hours a week."
    sample.undo()
    assert plans.lines_in(plans.items(sample, final), "F")[2] == line
    plans.move_item(sample, line, "G")
    assert [item.key for item in plans.lines_in(plans.items(sample, final), "G")][-1] == "G2"
    sample.undo()
    plans.remove_item(sample, plans.lines_in(plans.items(sample, final), "B")[0])
    assert plans.lines_in(plans.items(sample, final), "F")[0].needs == ()
    sample.undo()
    assert plans.lines_in(plans.items(sample, final), "F")[0].needs == ("B1",)
    with pytest.raises(Invalid, match="no line B9"):
        plans.save_item(sample, PlanItem(line.id, line.version, line.key, "F", "x", needs=("B9",)))
    with pytest.raises(Invalid, match="needs words"):
        plans.add_item(sample, final, "F", "  ")
    added = plans.add_item(sample, final, "F", "A laptop.")
    assert added.key == "F4"
    plans.shift_item(sample, added, -1)
    assert [item.key for item in plans.lines_in(plans.items(sample, final), "F")] == ["F1", "F2", "F4", "F3"]


def test_our_own_wording_is_a_version(sample: Store) -> None:
    final = plans.version(sample, "final")
    ours = plans.copy_version(sample, final, TODAY)
    assert ours.status == "ours"
    assert plans.latest(sample) == final
    assert plans.compare(sample, final, ours).changes == ()
    sample.undo()
    assert len(plans.versions(sample)) == 2


def test_a_line_is_followed_with_its_amount(store: Store, tmp_path: Path) -> None:
    made = read(store, tmp_path, HEADED.replace(HELP, "Regular help from an adult."), status="final")
    first, second = plans.lines_in(plans.items(store, made), "F")
    line = plans.follow(store, first)
    assert (line.minutes, line.sessions, line.period, line.version) == (30, 1, "week", made.id)
    assert plans.follow(store, second).minutes is None
    assert len(provision.provisions(store)) == 2
    with pytest.raises(Invalid, match="already"):
        plans.follow(store, first)


def test_pasted_words_become_a_version(store: Store) -> None:
    made = plan_import.paste_plan(store, HEADED, "final")
    assert made.document is None
    assert len(plans.lines_in(plans.items(store, made), "B")) == 2
    with pytest.raises(Invalid):
        plan_import.paste_plan(store, "nothing of the kind", "final")
    assert plan_import.paste_plan(store, "only words", "final", anyway=True).id


def test_a_notice_lists_its_changes(store: Store, tmp_path: Path) -> None:
    read(store, tmp_path, HEADED, "one.txt", status="final")
    notice = "Notice of proposed amendments\nWe propose to change F1 in Section F.\n" + HEADED.replace("30 minutes", "20 minutes").replace("F2. " + HELP, "F2. Access to help as required.")
    made = read(store, tmp_path, notice, "two.txt")
    assert made.status == "amendment_notice"
    found = plans.compare(store, *plans.versions(store))
    assert {change.key: change.silent for change in found.changes} == {"F1": False, "F2": True}


def test_the_check_of_the_sample(sample: Store) -> None:
    found = plan_quality.check(sample, plans.version(sample, "draft"), TODAY)
    assert {"Q04", "Q05"} <= {one.check for one in found.findings}
    final = plan_quality.check(sample, plans.version(sample, "final"), TODAY)
    assert [(one.check, one.item) for one in final.findings if one.check == "Q03"] == [("Q03", "B2")]
    assert final.thread["needs_without_provision"] == ["B2"]
    assert not [one for one in final.findings if one.check in ("Q04", "Q05", "Q11")]
    assert any(one.check == "Q14" and "drawn" in one.why for one in final.findings)


def test_versions_are_named_in_many_ways(sample: Store) -> None:
    assert plans.version(sample, "1").status == "draft"
    assert plans.version(sample, "final").status == "final"
    assert plans.version(sample, "Draft EHC plan.docx").status == "draft"
    assert plans.version(sample).status == "final"
    with pytest.raises(NotFound, match="no version"):
        plans.version(sample, "9")


def test_no_plan_yet(store: Store) -> None:
    with pytest.raises(NotFound, match="no plan"):
        plans.version(store)
