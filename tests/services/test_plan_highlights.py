"""The two highlighters: marks are kept and taken back, ticked against B and F, and go before what the program finds."""

import datetime as dt

import pytest

from casefile.domain.documents import Document
from casefile.domain.plan_reports import Highlight, sentences_in
from casefile.errors import Invalid, NotFound
from casefile.progress import Silent
from casefile.services import case, documents, plan_highlights, plan_quality, plans
from casefile.store.store import Store

D = dt.date


def salt(store: Store) -> int:
    return next(paper.id or 0 for paper in store.find(Document) if paper.kind == "salt_report" and paper.name.startswith("2025"))


def passage(store: Store, words: str) -> plan_highlights.Passage:
    return next(one for one in plan_highlights.passages(store, salt(store)) if words in one.words)


def test_every_sentence_is_there_once_in_order(sample: Store) -> None:
    pages = documents.text_of(sample, salt(sample))
    found = plan_highlights.passages(sample, salt(sample))
    assert len(found) == len(sentences_in(pages)) > 5
    joined = "".join("".join(one.words.split()) for one in found)
    letters = "".join("".join(pages).split())
    assert joined == letters, "no word of the report is left out"
    assert {one.found for one in found} == {"", "need", "provision"}


def test_a_mark_is_kept_changed_and_taken_back(sample: Store) -> None:
    one = passage(sample, "30 minutes each week")
    made = plan_highlights.mark(sample, salt(sample), one.page, one.words, "provision")
    assert made is not None and passage(sample, "30 minutes each week").kind == "provision"
    made = plan_highlights.tick(sample, made, "F1", True)
    assert made.lines == ("F1",)
    again = plan_highlights.mark(sample, salt(sample), one.page, one.words, "provision")
    assert again == made, "the same mark keeps its ticks"
    other = plan_highlights.mark(sample, salt(sample), one.page, one.words, "need")
    assert other is not None and other.lines == (), "a tick in F says nothing of a need"
    sample.undo()
    assert plan_highlights.highlights(sample) == [made]
    assert plan_highlights.mark(sample, salt(sample), one.page, one.words, "") is None and plan_highlights.highlights(sample) == []
    sample.undo()
    assert plan_highlights.highlights(sample) == [made]
    found = case.check(sample, Silent())
    assert found.ok, found.problems


def test_what_cannot_be_is_refused(sample: Store) -> None:
    one = passage(sample, "30 minutes each week")
    with pytest.raises(Invalid):
        plan_highlights.mark(sample, salt(sample), one.page, one.words, "yellow")
    with pytest.raises(NotFound):
        plan_highlights.mark(sample, 9999, 1, "x", "need")
    made = plan_highlights.mark(sample, salt(sample), one.page, one.words, "need")
    assert made is not None
    with pytest.raises(Invalid, match="no line for a passage"):
        plan_highlights.tick(sample, made, "F1", True)


def test_marks_go_before_what_the_program_finds(sample: Store) -> None:
    final = plans.versions(sample)[-1]
    report = salt(sample)

    def of(words: str) -> list[plan_quality.FromReport]:
        return [one for one in plan_quality.reports_against(sample, final) if one.report.document == report and words in one.kept.advice.text]

    one = passage(sample, "30 minutes each week")
    assert of("30 minutes each week") and of("30 minutes each week")[0].mark is None
    plan_highlights.mark(sample, report, one.page, one.words, "neither")
    assert of("30 minutes each week") == [], "a passage marked as neither is left out"
    made = plan_highlights.mark(sample, report, one.page, one.words, "provision")
    assert made is not None
    plan_highlights.tick(sample, made, "F1", True)
    (told,) = of("30 minutes each week")
    assert told.kept.state == "kept" and told.kept.item is not None and told.kept.item.key == "F1" and told.mark is not None
    unfound = next(entry for entry in plan_highlights.passages(sample, report) if not entry.found and len(entry.words) > 40)
    plan_highlights.mark(sample, report, unfound.page, unfound.words, "need")
    assert [told.kept.advice.kind for told in of(unfound.words)] == ["need"], "a sentence the program missed is listed once it is marked"


def test_a_ticked_line_that_gives_less_is_said_to_be_thinner(sample: Store) -> None:
    final = plans.versions(sample)[-1]
    items = [item for item in plans.items(sample, final) if not plans.is_heading(item)]
    one = Highlight(1, salt(sample), 1, "Amina needs direct speech and language therapy from a qualified speech and language therapist, 60 minutes each week, one to one.", "provision", ("F1",))
    (kept,) = plan_highlights.judged_mark(one, items)
    assert kept.state == "thinned" and "fixes 30 minutes a week; the report asks for 60" in kept.how
    (far,) = plan_highlights.judged_mark(Highlight(1, 1, 1, "A wobble cushion helps her.", "need", ("B1",)), items)
    assert far.state == "kept", "where the parent has ticked it, unlike words do not matter"


def test_the_likeliest_line_comes_first_and_a_removed_paper_takes_its_marks(sample: Store) -> None:
    final = plans.versions(sample)[-1]
    one = passage(sample, "30 minutes each week")
    made = plan_highlights.mark(sample, salt(sample), one.page, one.words, "provision")
    assert made is not None
    assert plan_highlights.candidates(sample, final, made)[0].key == "F1"
    with sample.action("Removed a paper"):
        sample.remove(Document, salt(sample))
    assert plan_highlights.highlights(sample) == []
    sample.undo()
    assert plan_highlights.highlights(sample) == [made]
