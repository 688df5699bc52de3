"""Plans as real files: PDFs with ruled tables, feet and broken titles, and Word files with merged cells, through the readers."""

import io
import time
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from casefile.domain.plan import PlanItem
from casefile.progress import Silent
from casefile.services import plan_import, plans
from casefile.store.store import Store
from tests.conftest import NOW
from tests.domain.test_plan_layouts import AIM, HELP, NEED, PLACE, READ, SALT

STYLES = getSampleStyleSheet()


def p(text: str, kind: str = "BodyText") -> Paragraph:
    return Paragraph(text, STYLES[kind])


def ruled(rows: list[tuple[str, ...]], widths: list[float]) -> Table:
    rules = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return Table([[p(cell) for cell in row] for row in rows], colWidths=widths, style=rules)


def pdf(story: list[Flowable]) -> bytes:
    target = io.BytesIO()

    def edges(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.drawString(60, 30, "Westshire Council, plan of Sam Hill")
        canvas.drawString(500, 30, f"Page {document.page}")
        canvas.drawString(60, 810, "CONFIDENTIAL")

    SimpleDocTemplate(target, pagesize=A4).build(story, onFirstPage=edges, onLaterPages=edges)
    return target.getvalue()


THREAD = [
    p("Section A: Views", "Heading2"), p("Sam likes trains."), p("Section B: Special educational needs", "Heading2"), ruled([("B1", NEED), ("B2", READ)], [40, 400]),
    p("Section E: Outcomes", "Heading2"), ruled([("E1", AIM)], [40, 400]), p("Section F: Special educational provision", "Heading2"),
    ruled([("Need", "Provision", "Who", "How often", "Outcome"), ("B1", "Direct speech and language therapy, one to one", "Qualified speech and language therapist", "30 minutes each week", "E1"), ("B2", "Help in lessons", "Trained teaching assistant", "20 hours a week", "E1")], [40, 170, 110, 90, 50]),
    p("Section I: Placement", "Heading2"), p(PLACE),
]  # fmt: skip
ONE = [ruled([("Section", "Content"), ("A<br/>Views", "Sam likes trains."), ("B<br/>Special educational needs", f"{NEED} {READ}"), ("E<br/>Outcomes", AIM), ("F<br/>Special educational provision", f"1. {SALT}<br/>2. {HELP}"), ("I<br/>Placement", PLACE)], [120, 320])]  # fmt: skip
BROKEN = [
    p("SECTION A – THE VIEWS, INTERESTS AND ASPIRATIONS OF THE CHILD AND PARENTS", "Heading2"), p("Sam likes trains. " * 30),
    p("SECTION B – THE CHILD’S SPECIAL EDUCATIONAL NEEDS (SEN)", "Heading2"), p("Cognition and learning", "Heading3"), p(READ), p("Communication and interaction", "Heading3"), p(NEED),
    p("SECTION E – THE OUTCOMES SOUGHT FOR THE CHILD", "Heading2"), p(f"1. {AIM}"), PageBreak(),
    p("SECTION F – THE SPECIAL EDUCATIONAL PROVISION REQUIRED BY THE CHILD", "Heading2"), p(f"• {SALT}"), p(f"• {HELP}"), p("SECTION I – PLACEMENT", "Heading2"), p(PLACE),
]  # fmt: skip


def read(store: Store, folder: Path, data: bytes, name: str) -> list[PlanItem]:
    (folder / name).write_bytes(data)
    version = plan_import.import_plan(store, plan_import.file_paper(store, folder / name, Silent(), now=NOW), "final")
    return plans.all_items(store, version)


@pytest.mark.parametrize("story", [THREAD, ONE, BROKEN], ids=["thread", "one table", "broken titles"])
def test_a_pdf_is_read_into_its_sections(story: list[Flowable], store: Store, tmp_path: Path) -> None:
    found = read(store, tmp_path, pdf(list(story)), "plan.pdf")
    given = plans.lines_in(found, "F")
    assert len(given) == 2, given
    assert "therapist" in given[0].text
    assert "teaching assistant" in given[1].text
    assert [item.text for item in plans.lines_in(found, "E")] == [AIM]
    assert [item.text for item in plans.lines_in(found, "I")] == [PLACE]
    needs = " ".join(item.text for item in plans.lines_in(found, "B"))
    assert NEED in needs
    assert READ in needs
    assert not any("CONFIDENTIAL" in item.text for item in found if item.section and story is BROKEN)
    if story is THREAD:
        assert [item.needs for item in given] == [("B1",), ("B2",)]
        assert [item.outcomes for item in given] == [("E1",), ("E1",)]
    if story is BROKEN:
        assert [item.page for item in given] == [2, 2]


def long_plan(often: str) -> bytes:
    names = ("reading", "writing", "spelling", "number", "memory", "signing", "movement", "friendship", "music", "science")
    body: list[Flowable] = [p("Section A: Views", "Heading2"), p("Sam likes trains."), p("Section B: Special educational needs", "Heading2")]
    body += [p(f"B{number}. Sam has a severe difficulty with {names[number % 10]} in the setting numbered {number}. " + "It shows in lessons and at home. " * 22) for number in range(1, 151)]
    body += [p("Section E: Outcomes", "Heading2"), p(f"E1. {AIM}"), p("Section F: Special educational provision", "Heading2")]
    body += [p(f"F{number}. {10 + number % 40} minutes of {names[number % 10]} work {often if number % 10 == 1 else 'every week'} with a trained teaching assistant in room {number}. " + "The assistant keeps a record of each session and shows it to the parents. " * 11) for number in range(1, 201)]
    return pdf([*body, p("Section I: Placement", "Heading2"), p(PLACE)])


def test_a_plan_of_sixty_pages_is_read_and_compared_in_time(store: Store, tmp_path: Path) -> None:
    found = read(store, tmp_path, long_plan("every week"), "one.pdf")
    assert max(item.page or 0 for item in found) >= 60
    assert len(plans.lines_in(found, "B")) == 150
    assert len(plans.lines_in(found, "F")) == 200
    read(store, tmp_path, long_plan("as required"), "two.pdf")
    one, two = plans.versions(store)
    plans.judged.cache_clear()
    start = time.perf_counter()
    result = plans.compare(store, one, two)
    took = time.perf_counter() - start
    print(f"{took:.2f} s, wording check included")
    assert took < 8.0
    start = time.perf_counter()
    plans.compare(store, one, two)
    assert time.perf_counter() - start < 1.0
    assert {change.type for change in result.changes} == {"weakened"}
    assert len(result.changes) == 20
