"""The sample case: whole, believable, its dates in agreement, and made by the services a parent uses."""

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from casefile.domain.dates import MONTHS, in_words
from casefile.domain.documents import Document
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import case, documents, timeline
from casefile.store.store import Store
from tests.conftest import ROOT, TODAY

SAMPLE = ROOT / "resources" / "sample"


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the sample is made from."""
    return tomllib.loads((SAMPLE / "papers.toml").read_text("utf-8"))


def test_about_forty_papers_over_eighteen_months(sample: Store) -> None:
    papers = documents.all_documents(sample)
    days = [one.dated for one in papers if one.dated]
    assert 38 <= len(papers) <= 48
    assert 17 <= (max(days) - min(days)).days / 30.4 <= 20
    assert {"eml", "pdf", "docx", "jpeg", "text"} <= {one.type for one in papers}
    assert {"draft_plan", "final_plan", "email", "note", "photo", "letter", "ep_report", "salt_report"} <= {
        one.kind for one in papers
    }
    assert 5 <= len(documents.unsorted(sample)) <= 8
    assert not [one.title for one in papers if one.problem]


def test_what_is_still_to_sort_holds_something_worth_finding(sample: Store) -> None:
    found = [documents.suggestion_of(sample, paper.id or 0) for paper in documents.unsorted(sample)]
    assert any(event.event == "review_meeting_held" for one in found for event in one.events)
    assert any(one.date is None for one in found) and any(one.promises for one in found)


def test_twenty_weeks_were_missed_and_so_was_therapy(sample: Store, library: Library) -> None:
    due = {one.rule: one for one in timeline.deadlines_of(sample, library, TODAY)}
    assert (due["ehcp_final_20_weeks"].state, due["ehcp_final_20_weeks"].days_late) == ("met_late", 84)
    assert due["ehcp_final_20_weeks"].due == dt.date(2026, 1, 26)
    assert documents.search(sample, "therapist has left").total >= 1
    assert documents.search(sample, "30 minutes of direct speech and language therapy").total >= 1


def test_it_holds_together(sample: Store) -> None:
    found = case.check(sample, Silent())
    assert found.ok, found.problems


def test_every_weekday_is_right(told: dict[str, Any]) -> None:
    words = "\n".join(str(value) for paper in told["paper"] for value in paper.values())
    named = re.findall(rf"\b([A-Z][a-z]+day) (\d{{1,2}}) ({'|'.join(MONTHS)}) (20\d\d)", words)
    assert len(named) > 12
    for weekday, day, month, year in named:
        date = dt.date(int(year), MONTHS.index(month) + 1, int(day))
        assert in_words(date).startswith(weekday), f"{weekday} {day} {month} {year}"


def test_a_paper_speaks_only_of_what_had_happened(told: dict[str, Any]) -> None:
    """A mail that says something was so on a day is not older than that day, plans and promises apart."""
    looked_at = 0
    for paper in told["paper"]:
        if paper["form"] != "eml" or re.search(r"\b(by|begins on|until|on) (?:[A-Z][a-z]+day )?\d", paper["body"]):
            continue
        for day, month, year in re.findall(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (20\d\d)", paper["body"]):
            assert dt.date(int(year), MONTHS.index(month) + 1, int(day)) <= paper["date"].date(), paper["file"]
            looked_at += 1
    assert looked_at


def test_nobody_in_it_can_be_reached(told: dict[str, Any], library: Library) -> None:
    words = str(told)
    assert set(re.findall(r"[\w.]+@([\w.-]+)", words)) <= {
        "mail.example", "northbrook.example", "oakfield.example", "northbrookcommunity.example",
    }  # fmt: skip
    numbers = re.findall(r"\b0\d[\d ]{8,12}", words)
    assert numbers
    for number in numbers:
        assert number.startswith(("07700 900", "01632 960")), number
    assert not [council.name for council in library.directory.councils if council.name in words]


def test_its_files_are_those_that_are_told_of_and_small(told: dict[str, Any]) -> None:
    files = {path.name: path.stat().st_size for path in (SAMPLE / "papers").iterdir()}
    assert set(files) == {paper["file"] for paper in told["paper"]}
    assert sum(files.values()) < 1_200_000


def test_each_paper_is_drawn_the_same_again(told: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SAMPLE))
    import looks  # type: ignore[import-not-found]

    paper = next(one for one in told["paper"] if one["file"] == "Final EHC plan.pdf")
    assert looks.letter_pdf(paper) == (SAMPLE / "papers" / paper["file"]).read_bytes()


def test_a_second_sample_is_never_made_over_the_first(sample_folder: Path, library: Library) -> None:
    from casefile.errors import BadFile
    from casefile.services.sample import make_sample
    from tests.conftest import NOW

    with pytest.raises(BadFile):
        make_sample(sample_folder, library, Silent(), now=NOW)


def test_mails_of_one_exchange_are_found(sample: Store) -> None:
    found = documents.threads(sample)
    by_title = {paper.title: found[paper.id or 0] for paper in sample.find(Document) if paper.type == "eml"}
    assert by_title["NB/4471: twenty weeks have passed"] == by_title["Re: NB/4471: twenty weeks have passed"]
    assert by_title["NB/4471: draft plan for Amina"] != by_title["NB/4471: final plan for Amina"]
