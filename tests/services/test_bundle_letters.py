"""Letters in a bundle: one that is not sent names the bundle's own pages, one that was sent stays as it went."""

import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest

from casefile.domain.letters import Draft
from casefile.domain.redaction import with_words
from casefile.errors import Invalid
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import bundles, documents, letter_pages, letters
from casefile.services.bundles import Exported
from casefile.store.store import Store
from tests.conftest import NOW, TODAY

MARK = re.compile(r"\((E\d+),\s+page\s+([A-Z]*\d+)\)")


@pytest.fixture
def sample(printed_sample: Store) -> Store:
    """The sample case with its papers printed already: how they become pages is tested elsewhere."""
    return printed_sample


def letter_words(result: Exported) -> tuple[str, list[tuple[int, int]]]:
    """The words of the letter that stands first, and where its links lead: page on page, both from 1."""
    reader = pypdf.PdfReader(result.pdf[0])
    letter = next(row for row in result.inputs if row.document is None)
    pages = range(letter.from_page, letter.to_page + 1)
    leads = [
        (page, reader.get_page_number(one.get_object()["/Dest"][0].get_object()) + 1)
        for page in pages for one in reader.pages[page - 1].get("/Annots", ())
    ]  # fmt: skip
    return " ".join(reader.pages[page - 1].extract_text() for page in pages), leads


@pytest.mark.parametrize("purpose", ["complaint_stage_1", "tribunal", "family_court"])
def test_a_letter_that_is_not_sent_names_the_bundles_own_pages(sample: Store, library: Library, tmp_path: Path, purpose: str) -> None:
    draft = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    made = bundles.compose(sample, library, purpose, TODAY, draft=draft.id)
    result = bundles.export(sample, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    words, _ = letter_words(result)
    stands = {row.mark: row.span.split(" ")[0] for row in result.inputs if row.mark}
    named = MARK.findall(words)
    assert len(named) >= 3 and all(stands[mark] == page for mark, page in named), "the page is the one stamped on the paper"
    left = set(re.findall(r"\((E\d+)\)", words))
    assert not left & set(stands), "every mark of a paper in the bundle has its page"
    assert sample.get(Draft, draft.id or 0).body == draft.body, "the draft itself says nothing of this bundle"
    again = bundles.export(sample, library, made, tmp_path / "again", Silent(), today=TODAY, now=NOW)
    assert again.pdf[0].read_bytes() == result.pdf[0].read_bytes()


def test_a_mark_with_a_page_leads_to_that_page_and_a_letter_that_grows_moves_the_numbers(sample: Store, library: Library, tmp_path: Path) -> None:
    """Sixty more statements with marks: their pages make the letter longer, so that every number behind it moves."""
    draft = letters.save(sample, letters.draft(sample, library, "L09", {}, TODAY))
    marks = list(dict.fromkeys(proof.mark for proof in draft.proofs if proof.mark))
    more = [f"1. Number {at}: what was written about it fills this line to its very end, {at % 7 * 'so '}({marks[at % len(marks)]})." for at in range(60)]
    draft = letters.edit(sample, draft, body="\n\n".join([draft.body, *more]))
    made = bundles.compose(sample, library, "complaint_stage_1", TODAY, draft=draft.id)
    result = bundles.export(sample, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    words, leads = letter_words(result)
    by_mark = {row.mark: row for row in result.inputs if row.mark}
    named = [(by_mark[mark], int(page)) for mark, page in MARK.findall(words)]
    assert len(named) > 60 and all(row.from_page <= page <= row.to_page for row, page in named)
    assert {page for _, page in named} <= {to for _, to in leads}, "each number is a link to its page"
    own = next(page for mark, page in re.findall(r"page\s(\d+)\sof\s(E\d+)", draft.body))  # the letter names a page of the paper itself
    assert own and not re.search(r"page\s\d+\sof\sE", words)
    assert pypdf.PdfReader(io.BytesIO(letters.render(draft, "pdf"))).get_num_pages() <= result.inputs[0].to_page - result.inputs[0].from_page + 1


def test_a_letter_that_was_sent_is_never_printed_again(sample: Store, library: Library, tmp_path: Path) -> None:
    draft = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    sent = letters.mark_sent(sample, library, draft.id or 0, on=TODAY, how="email")
    before = documents.original(sample, sent.document or 0)
    made = bundles.compose(sample, library, "complaint_stage_1", TODAY, draft=draft.id)
    result = bundles.export(sample, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    letter = next(row for row in result.inputs if row.document == sent.document)
    reader = pypdf.PdfReader(result.pdf[0])
    words = " ".join(page.extract_text() for page in reader.pages[letter.from_page - 1 : letter.to_page])
    assert re.search(r"\(E\d+\)", words) and not MARK.search(words)
    assert documents.original(sample, sent.document or 0) == before
    assert any(page.get("/Annots") for page in reader.pages[letter.from_page - 1 : letter.to_page])


def test_what_is_hidden_stays_covered_in_a_letter_that_names_pages(sample: Store, library: Library, tmp_path: Path) -> None:
    draft = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    made = bundles.compose(sample, library, "complaint_stage_1", TODAY, draft=draft.id)
    hidden = replace(made, hiding=with_words(made.hiding, "Northbrook"))
    result = bundles.export(sample, library, hidden, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    words, _ = letter_words(result)
    assert "Northbrook" not in words and result.checks["ok"]
    plain, _ = letter_words(bundles.export(sample, library, made, tmp_path / "plain", Silent(), today=TODAY, now=NOW))
    assert "Northbrook" in plain


def test_the_copy_that_goes_with_a_bundle_names_its_pages(sample: Store, library: Library, tmp_path: Path) -> None:
    draft = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    assert letter_pages.bundles_for(sample, draft) == ()
    part = bundles.compose(sample, library, "complaint_stage_1", TODAY, documents=[1])
    bundles.save(sample, part, now=NOW)
    whole = bundles.save(sample, bundles.compose(sample, library, "complaint_stage_1", TODAY), now=NOW)
    [found] = letter_pages.bundles_for(sample, draft)
    assert found.id == whole.id, "only one that holds all its papers"
    copy = letter_pages.copy_for(sample, library, draft, found, TODAY, Silent())
    result = bundles.export(sample, library, whole, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    stands = {row.mark: row.span.split(" ")[0] for row in result.inputs}
    for words in (pypdf.PdfReader(io.BytesIO(letters.render(copy, "pdf"))), docx.Document(io.BytesIO(letters.render(copy, "docx")))):
        text = "".join(page.extract_text() for page in words.pages) if hasattr(words, "pages") else "\n".join(one.text for one in words.paragraphs)
        named = MARK.findall(text)
        assert len(named) >= 3 and all(stands[mark] == page for mark, page in named)
    sent = bundles.mark_sent(sample, whole, result, now=NOW, on=TODAY)
    later = bundles.load(sample, sent.id or 0)
    longer = bundles.with_pages(later, later.chosen[0].key, only="1")
    again = letter_pages.copy_for(sample, library, draft, longer, TODAY, Silent())
    assert again.body == copy.body, "what was sent keeps its numbers"
    letters.mark_sent(sample, library, draft.id or 0, on=TODAY, how="email")
    gone = sample.get(Draft, draft.id or 0)
    assert letter_pages.bundles_for(sample, gone) == ()
    with pytest.raises(Invalid, match="was sent"):
        letter_pages.copy_for(sample, library, gone, found, TODAY, Silent())
