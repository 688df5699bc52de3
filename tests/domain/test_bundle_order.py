"""The order of a bundle: papers and sections placed, sections named and begun, headings between papers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.bundle_order import (
    begun,
    moved,
    placed,
    renamed,
    reworded,
    section_moved,
    section_placed,
    with_heading,
    without_heading,
)
from casefile.domain.bundles import Bundle, Item
from casefile.errors import Invalid, NotFound


def bundle() -> Bundle:
    """Three sections: a1 a2 a3, b4 b5, c6."""
    where = [(1, "A"), (2, "A"), (3, "A"), (4, "B"), (5, "B"), (6, "C")]
    return Bundle("x", "X", tuple(Item(number, f"paper {number}", section) for number, section in where))


def told(made: Bundle) -> str:
    return " ".join(f"{item.section}:{item.key}" for item in made.items)


def test_a_paper_goes_before_another_to_an_end_and_into_another_section() -> None:
    assert told(placed(bundle(), "d3", "A", "d1")) == "A:d3 A:d1 A:d2 B:d4 B:d5 C:d6"
    assert told(placed(bundle(), "d1", "A")) == "A:d2 A:d3 A:d1 B:d4 B:d5 C:d6"
    assert told(placed(bundle(), "d1", "B", "d4")) == "A:d2 A:d3 B:d1 B:d4 B:d5 C:d6"
    assert told(placed(bundle(), "d6", "A")) == "A:d1 A:d2 A:d3 A:d6 B:d4 B:d5"
    assert placed(bundle(), "d2", "A", "d2") == bundle() and placed(bundle(), "d2", "A", "d3") == bundle()
    assert placed(bundle(), "d6", "C") == bundle()


def test_sections_move_whole() -> None:
    assert told(section_placed(bundle(), "C", "A")) == "C:d6 A:d1 A:d2 A:d3 B:d4 B:d5"
    assert told(section_placed(bundle(), "A")) == "B:d4 B:d5 C:d6 A:d1 A:d2 A:d3"
    assert told(section_moved(bundle(), "B", -1)) == told(section_placed(bundle(), "B", "A"))
    assert section_moved(bundle(), "A", -1) == bundle() and section_moved(bundle(), "C", 1) == bundle()


def test_names_of_sections() -> None:
    """A name stays on one line and as it was typed; a name beside joins, a name elsewhere is refused."""
    one = renamed(bundle(), "A", "  <b>What & why</b>\n here ")
    assert one.sections == ("<b>What & why</b> here", "B", "C") and one.renamed == (("A", "<b>What & why</b> here"),)
    again = renamed(one, "<b>What & why</b> here", "Why")
    assert again.renamed == (("A", "Why"),) and renamed(again, "Why", "Why") == again
    assert renamed(bundle(), "B", "A").sections == ("A", "C")
    with pytest.raises(Invalid, match="already"):
        renamed(bundle(), "A", "C")
    for wrong in ("", " \n\t ", "x" * 121):
        with pytest.raises(Invalid):
            renamed(bundle(), "A", wrong)


def test_a_section_of_their_own_begins_at_a_paper() -> None:
    assert told(begun(bundle(), "d2", "New")) == "A:d1 New:d2 New:d3 B:d4 B:d5 C:d6"
    assert told(begun(with_heading(bundle(), "d2", "Over it"), "d2", "New")) == "A:d1 New:h1 New:d2 New:d3 B:d4 B:d5 C:d6"
    with pytest.raises(Invalid, match="already"):
        begun(bundle(), "d2", "B")
    with pytest.raises(NotFound):
        begun(bundle(), "d99", "New")


def test_headings_stand_over_what_follows_them_and_move_like_papers() -> None:
    made = with_heading(with_heading(bundle(), "d2", "First"), "d4", "Second")
    assert told(made) == "A:d1 A:h1 A:d2 A:d3 B:h2 B:d4 B:d5 C:d6"
    assert {item.key: item.over for item in made.chosen if item.over} == {"d2": ("First",), "d4": ("Second",)}
    assert [item.key for item in made.chosen] == [item.key for item in bundle().items]
    down = moved(made, "h1", 1)
    assert {item.key: item.over for item in down.chosen if item.over} == {"d3": ("First",), "d4": ("Second",)}
    # A paper left out hands its heading on; at the end of its section a heading has nothing to stand over.
    left = replace(made, items=tuple(replace(item, included=item.key != "d2") for item in made.items))
    assert next(item for item in left.chosen if item.key == "d3").over == ("First",)
    gone = replace(made, items=tuple(replace(item, included=item.key not in ("d2", "d3")) for item in made.items))
    assert {item.key: item.over for item in gone.chosen if item.over} == {"d4": ("Second",)}
    assert told(without_heading(made, "h1")) == "A:d1 A:d2 A:d3 B:h2 B:d4 B:d5 C:d6"
    assert without_heading(made, "d1") == made and reworded(made, "h1", " ") == without_heading(made, "h1")
    assert reworded(made, "h2", "Other").items[4].title == "Other"


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_whatever_is_done_no_paper_is_lost_and_sections_stay_whole(steps: list[tuple[int, int, int]]) -> None:
    made = bundle()
    for what, one, other in steps:
        items, sections = made.items, made.sections
        item, beside = items[one % len(items)], items[other % len(items)]
        if what == 0:
            made = placed(made, item.key, beside.section, beside.key if other % 2 else "")
        elif what == 1:
            made = section_placed(made, item.section, sections[other % len(sections)])
        elif what == 2:
            made = moved(made, item.key, 1 if other % 2 else -1)
        elif what == 3:
            made = with_heading(made, item.key, f"heading {one}")
        else:
            made = section_moved(made, item.section, 1 if other % 2 else -1)
        assert sorted(item.document for item in made.items if item.document) == [1, 2, 3, 4, 5, 6]
        seen = [item.section for number, item in enumerate(made.items) if not number or made.items[number - 1].section != item.section]
        assert len(seen) == len(set(seen)) and len({item.key for item in made.items}) == len(made.items)
