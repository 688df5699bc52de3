"""The arithmetic of a bundle: order, page numbers, letters, limits."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.bundle_limits import Age, Limit, Source
from casefile.domain.bundle_order import chosen, moved
from casefile.domain.bundles import (
    Bundle,
    Item,
    Purpose,
    Section,
    by_date,
    counted,
    label_at,
    letter_of,
    numbered_sections,
    paginate,
)
from casefile.domain.documents import Document

SOURCE = Source("a rule", "https://example.org", None, dt.date(2026, 1, 1))
PURPOSE = Purpose(
    "p", "Title", "Short", "To", "Help", "{child}", (Section("Plan", frozenset({"final_plan"})), Section("Rest")),
    limits=(Limit("All", frozenset(), 10, SOURCE), Limit("Report", frozenset({"ep_report"}), 3, SOURCE, each=True)),
)  # fmt: skip


def paper(
    id_: int, day: int | None, kind: str | None = None, parent: int | None = None, part: str | None = None
) -> Document:
    dated = dt.date(2026, 1, day) if day else None
    return Document(id_, f"{id_:064}", "n", "p", "pdf", 1, f"t{id_}", dated=dated, kind=kind, parent=parent, part=part)


def test_papers_stand_by_section_then_date_and_mails_keep_what_came_with_them() -> None:
    papers = [
        paper(1, 20),
        paper(2, None),
        paper(3, 5, "email"),
        paper(4, 9, "final_plan", 3, "10"),
        paper(5, 1, None, 3, "2"),
        paper(6, 2),
    ]
    assert [(one.id, section) for one, section in by_date(papers, PURPOSE)] == [
        (3, "Plan"), (5, "Plan"), (4, "Plan"), (6, "Rest"), (1, "Rest"), (2, "Rest"),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(1, 9)), min_size=1), st.integers(1, 5))
def test_numbers_run_without_a_gap_from_the_first_page(rows: list[tuple[str, int]], index: int) -> None:
    rows.sort(key=lambda row: row[0])
    items = [(Item(number, "t", section), pages) for number, (section, pages) in enumerate(rows)]
    for numbering in ("continuous", "sections"):
        parts = paginate([("cover", "Cover", 1), ("index", "Index", index)], items, ["A", "B", "C"], numbering)  # type: ignore[arg-type]
        pages = [page for part in parts for page in range(part.first, part.last + 1)]
        assert pages == list(range(1, parts[-1].last + 1))
        labels = [label_at(part, at) for part in parts for at in range(part.pages)]
        assert len(set(labels)) == len(labels)
        assert all(label_at(part, part.pages - 1) == part.last_label for part in parts)


def test_letters_of_sections() -> None:
    assert [letter_of(n) for n in (0, 1, 25, 26, 27, 701, 702)] == ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]
    items = [Item(1, "t", "X"), Item(2, "t", "Y")]
    assert numbered_sections(items) == {"X": "1 X", "Y": "2 Y"}
    assert numbered_sections(items, "sections") == {"X": "A X", "Y": "B Y"}
    assert numbered_sections(items[:1]) == {"X": "X"}


def test_limits_count_all_pages_and_each_report() -> None:
    rows = [(Item(1, "a", "S", kind="ep_report"), 4), (Item(2, "b", "S"), 7)]
    assert [(one.pages, one.over, one.item) for one in counted(PURPOSE, rows)] == [(11, 1, ""), (4, 1, "d1")]


def test_limits_hold_for_each_or_together_and_those_of_the_council_count_nothing() -> None:
    plan = Limit("Plan", frozenset({"final_plan", "amended_final_plan"}), 6, SOURCE)
    purpose = replace(PURPOSE, limits=(plan, Limit("Core", frozenset(), 1, SOURCE, council=True)))
    rows = [(Item(1, "a", "S", kind="final_plan"), 4), (Item(2, "b", "S", kind="amended_final_plan"), 5), (Item(3, "c", "S"), 9)]
    assert [(one.pages, one.over, one.item) for one in counted(purpose, rows)] == [(9, 3, "")]
    assert counted(purpose, rows[2:]) == []


def test_the_age_of_a_report() -> None:
    age = Age(frozenset({"ep_report"}), 3, SOURCE)
    day = dt.date(2026, 11, 24)
    assert not age.too_old("ep_report", dt.date(2023, 11, 24), day) and age.too_old("ep_report", dt.date(2023, 11, 23), day)
    assert not age.too_old("letter", dt.date(2003, 1, 1), day)
    assert not age.too_old("ep_report", dt.date(2024, 2, 29), dt.date(2027, 2, 28)) and age.too_old("ep_report", dt.date(2024, 2, 29), dt.date(2027, 3, 1))


def test_moving_stays_inside_and_crosses_sections() -> None:
    bundle = Bundle("p", "t", (Item(1, "a", "X"), Item(2, "b", "X"), Item(3, "c", "Y")))
    assert [item.document for item in moved(bundle, "d2", -1).items] == [2, 1, 3]
    assert moved(bundle, "d1", -1) == bundle
    assert moved(bundle, "d2", 1).items[1] == Item(2, "b", "Y")
    assert [item.document for item in chosen(bundle, "d2", False).chosen] == [1, 3]
