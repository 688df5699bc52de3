"""Which part of a hearing bundle a page may belong to: by names, by papers of ours, and what is left open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.bundle_limits import PARTS
from casefile.domain.documents import KINDS
from casefile.domain.their_bundle import (
    NONE,
    OTHER,
    Ours,
    Sign,
    Tally,
    dividers,
    may_belong,
    part_named,
    parts_named,
    tally,
)

NAMES = {
    "core": ["Section A – Core Bundle", "1. Appeal form", "LA Response", "Case management orders", "Decision letter 3.2.26"],
    "plan": ["EHCP", "B: EHC Plan 2026", "Education, Health and Care Plan", "Section K appendices", "Final_EHCP.pdf"],
    "working": ["Working Document v3", "C working document"],
    "own": ["Appellant's evidence", "Parents’ Evidence", "Section D - PARENT EVIDENCE", "Evidence from the appellant", "Appellant’s bundle"],
    OTHER: ["LA evidence", "L.A. Evidence", "Respondent’s further evidence", "Local Authority Evidence", "Evidence of the council"],
    NONE: ["Index", "A. Index", "01 Contents", "Cover page"],
    "": [
        "Evidence", "School report", "Annual review of EHCP", "Draft EHCP", "Decision not to issue an EHC plan", "Parental views", "Coverage of maths",
        "Appellant’s evidence and LA evidence", "Supplementary bundle", "Bundle for parents", "Response to intervention", "",
        "NB/4471: final plan for Amina, email of 20 April", "Re: EHCP", "Minutes of EHCP meeting", "Letter to parents about evidence", "Call with LA about evidence",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("part", "name"), [(part, name) for part, names in NAMES.items() for name in names])
def test_a_name_tells_one_part_or_none(part: str, name: str) -> None:
    assert part_named(name) == part


def test_a_claim_has_other_parts() -> None:
    assert part_named("Supplementary bundle", claim=True) == "supplementary"
    assert part_named("The school’s evidence", claim=True) == OTHER and part_named("Claimant’s evidence", claim=True) == "own"
    assert part_named("EHCP", claim=True) == ""


def test_names_inside_follow_the_name_over_them() -> None:
    signs = [
        Sign("Core bundle", 0), Sign("Index", 1, 1), Sign("Orders", 2, 1), Sign("EHCP", 3, 1), Sign("Appendix A", 5, 1), Sign("Hearing notes", 7, 1),
        Sign("Appellant’s evidence", 9), Sign("EHCP of 2019", 10, 1), Sign("LA evidence", 12), Sign("Something else", 20),
    ]  # fmt: skip
    assert [(page, set(parts)) for page, parts in parts_named(signs)] == [
        (1, {"core", NONE}), (2, {"core"}), (3, {"plan"}), (5, {"plan"}), (7, {"core"}), (9, {"own"}), (10, {"own"}), (12, {OTHER}), (20, set()),
    ]  # fmt: skip


def test_without_names_only_our_papers_tell() -> None:
    ours = [
        Ours((2, 3), 2, "final_plan", False, the_plan=True), Ours((4,), 1, "email", True), Ours((5,), 1, "ep_report", True),
        Ours((6,), 1, "tribunal_order", True), Ours((7,), 1, "letter", False), Ours((8,), 1, "letter", None), Ours((9, 10), 1, "note", True),
    ]  # fmt: skip
    pages = may_belong(11, {11}, ours, [])
    found = [set(parts) for parts, named in pages if not named]
    open_ = {"core", "plan", "working", OTHER}
    assert found == [
        open_, {"plan"}, {"plan"}, {"own"}, {"own", "plan"}, {"own", "core"}, {"core", "plan", OTHER}, {"core", "plan", OTHER, "own"}, {"own"},
        {"core", "plan", OTHER, "own"}, open_ | {NONE},
    ]  # fmt: skip
    assert tally(pages, "plan") == Tally(2, 8, 0) and tally(pages, "own") == Tally(2, 6, 0)
    assert tally(pages, "own", lost=9) == Tally(2, 6 + 2, 0), "what was not found can only stand on pages that are not told"


def test_names_tell_and_the_plan_inside_the_core_bundle_is_no_part_of_it() -> None:
    named = parts_named([Sign("Core bundle", 1), Sign("Appellant’s evidence", 6)])
    pages = may_belong(8, (), [Ours((3, 4), 2, "final_plan", None, the_plan=True), Ours((5,), 1, "email", True)], named)
    assert [set(parts) for parts, _ in pages] == [{"core"}, {"core"}, {"plan"}, {"plan"}, {"core", "own"}, {"own"}, {"own"}, {"own"}]
    assert tally(pages, "core") == Tally(2, 3, 2)


def test_a_heading_inside_the_plan_is_not_trusted_past_a_paper_that_is_never_in_a_plan() -> None:
    named = parts_named([Sign("Section K", 2)])
    pages = may_belong(6, (), [Ours((4,), 1, "tribunal_order", None)], named)
    assert tally(pages, "plan") == Tally(2, 2 + 3, 2), "pages 2 and 3 by their name; 1, 5 and 6 may be anything"


def test_dividers_are_short_pages_that_stand_alone() -> None:
    words = {1: "Core bundle 1", 2: "word " * 40, 3: "Scan, bundle page 3", 4: "Scan, bundle page 4", 5: "Scan, bundle page 5", 6: "LA evidence", 7: "12", 8: ""}
    assert [(sign.page, sign.name) for sign in dividers(words)] == [(1, "Core bundle 1"), (6, "LA evidence")]


SIGNS = st.lists(st.builds(Sign, st.sampled_from([name for names in NAMES.values() for name in names]), st.integers(0, 30), st.integers(0, 4)), max_size=8)
PAPERS = st.lists(
    st.builds(
        Ours, st.frozensets(st.integers(1, 25), min_size=1, max_size=5).map(lambda pages: tuple(sorted(pages))), st.integers(0, 5),
        st.sampled_from(sorted(KINDS)), st.sampled_from([True, False, None]), st.booleans(),
    ),
    max_size=6,
)  # fmt: skip


@given(SIGNS, PAPERS, st.booleans(), st.integers(0, 9))
def test_whatever_they_hold_no_page_is_counted_twice_for_certain(signs: list[Sign], ours: list[Ours], claim: bool, lost: int) -> None:
    pages = may_belong(25, {7, 8}, ours, parts_named(signs, claim), claim)
    assert len(pages) == 25 and all(parts for parts, _ in pages)
    parts = (*PARTS, OTHER)
    counts = [tally(pages, part, lost) for part in parts]
    assert all(0 <= one.named <= one.least <= one.most <= 25 for one in counts)
    assert sum(one.least for one in counts) <= 23, "and never a blank page"
