"""What is printed of two plans: the table, the reply to a draft, the working document in Word with its marks and footnotes."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pypdf
from docx import Document

from casefile.cli import main
from casefile.library import Library
from casefile.progress import Silent
from casefile.readers import docx, pdf
from casefile.services import bundles, plan_quality, plans, sheets_plan, working_pages
from casefile.services.bundle_export import export
from casefile.store.store import Store
from tests.conftest import NOW, TODAY


def test_the_table_says_what_changed(sample: Store) -> None:
    draft, final = plans.versions(sample)
    text = " ".join(" ".join(pdf.read(sheets_plan.compare_sheet(sample, final, draft, plans.compare(sample, final, draft), TODAY)).pages).split())
    assert "What changed in the plan" in text
    assert "was 1305, now 0" in text
    assert "Section F, F2, page 1. Gone" in text
    assert "No line like this." in text


def test_the_reply_to_a_draft_asks_for_our_words(sample: Store) -> None:
    draft = plans.versions(sample)[0]
    ours = plans.copy_version(sample, draft, TODAY)
    line = plans.lines_in(plans.items(sample, ours), "F")[0]
    plans.save_item(sample, replace(line, text="30 minutes of direct speech and language therapy every week, one to one, from a qualified speech and language therapist."))
    text = " ".join(" ".join(pdf.read(sheets_plan.compare_sheet(sample, draft, ours, plans.compare(sample, draft, ours), TODAY)).pages).split())
    assert "Reply to the draft plan" in text
    assert "Please write “30 minutes of direct" in text
    assert "It does not say who gives it, how often, for how long." in text


def test_a_line_longer_than_a_page_is_printed_whole(sample: Store) -> None:
    draft = plans.versions(sample)[0]
    ours = plans.copy_version(sample, draft, TODAY)
    line = plans.lines_in(plans.items(sample, ours), "F")[0]
    plans.save_item(sample, replace(line, text=" ".join(f"word{number}" for number in range(1200))))
    text = " ".join(pdf.read(sheets_plan.compare_sheet(sample, draft, ours, plans.compare(sample, draft, ours), TODAY)).pages)
    assert all(f"word{number}" in text for number in (0, 600, 1199))


def test_letters_that_look_like_markup_stay_letters(sample: Store) -> None:
    draft = plans.versions(sample)[0]
    ours = plans.copy_version(sample, draft, TODAY)
    line = plans.lines_in(plans.items(sample, ours), "F")[0]
    plans.save_item(sample, replace(line, text="Less than <b>2 hours</b> & more </para> of therapy."))
    text = " ".join(pdf.read(sheets_plan.compare_sheet(sample, draft, ours, plans.compare(sample, draft, ours), TODAY)).pages)
    assert "<b>2" in text
    assert docx.read(sheets_plan.working_document(sample, draft, ours, TODAY)).pages


def test_the_working_document_is_marked_and_has_footnotes(sample: Store) -> None:
    draft = plans.versions(sample)[0]
    ours = plans.copy_version(sample, draft, TODAY)
    first, second = plans.lines_in(plans.items(sample, ours), "F")
    plans.save_item(sample, replace(first, text="Amina will have 30 minutes of direct speech and language therapy each week in term time, one to one, from a qualified speech and language therapist."))
    plans.remove_item(sample, second)
    plans.add_item(sample, ours, "F", "A wobble cushion at her desk in every lesson.")
    data = sheets_plan.working_document(sample, draft, ours, TODAY)
    found = Document(io.BytesIO(data))
    runs = [run for paragraph in found.paragraphs for run in paragraph.runs]
    taken = " ".join(run.text for run in runs if run.bold and run.font.strike)
    added = " ".join(run.text for run in runs if run.bold and not run.font.strike)
    assert "as required" in taken
    assert "Amina will benefit from adult support in class." in taken
    assert "30 minutes of direct" in added
    assert "A wobble cushion" in added
    assert not any(run.font.strike for run in runs if "speech and language therapy" in run.text and not run.bold)
    read = docx.read(data)
    assert any("page 1" in block.text and "therapist" in block.text for block in read.blocks[-3:] if hasattr(block, "text"))
    assert b"w:ins " not in data
    assert sheets_plan.working_document(sample, draft, ours, TODAY) == data


def test_the_working_document_from_the_command_line(sample: Store, tmp_path: Path) -> None:
    plans.copy_version(sample, plans.versions(sample)[1], TODAY)
    folder = str(sample.folder)
    sample.close()
    out = tmp_path / "work.docx"
    assert main(["plan", folder, "working-document", "2", "ours", "--out", str(out)]) == 0
    assert docx.read(out.read_bytes()).pages
    assert main(["plan", folder, "working-document", "2", "ours", "--out", str(tmp_path / "work.pdf")]) == 2


def test_the_working_document_prints_the_same_words_and_counts_its_pages(sample: Store, library: Library) -> None:
    draft = plans.versions(sample)[0]
    ours = plans.copy_version(sample, draft, TODAY)
    first, second = plans.lines_in(plans.items(sample, ours), "F")
    plans.save_item(sample, replace(first, text="Amina will have 30 minutes of direct speech & language therapy each week, from a qualified speech and language therapist."))
    plans.remove_item(sample, second)
    pages = pdf.read(sheets_plan.working_print(sample, draft, ours, TODAY)).pages
    text = " ".join(" ".join(pages).split())
    assert "Section F: Special educational provision" in text and "speech & language therapy each week" in text
    assert "as required" in text and "Amina will benefit from adult support in class." in text, "what is to go is still to be read"
    assert f"Page 1 of {len(pages)}" in text
    assert "It prints on 3 pages here" in sheets_plan.pages_words(3, library) and "must go" not in sheets_plan.pages_words(25, library)
    assert "so 6 must go or be asked for" in sheets_plan.pages_words(31, library) and "not in the rule itself" in sheets_plan.pages_words(31, library)


def test_the_footnotes_carry_the_pages_of_a_kept_bundle(sample: Store, library: Library) -> None:
    draft = plans.versions(sample)[0]
    ours = plans.copy_version(sample, draft, TODAY)
    first = plans.lines_in(plans.items(sample, ours), "F")[0]
    plans.save_item(sample, replace(first, text="Amina will have 30 minutes of direct speech and language therapy each week in term time, one to one, from a qualified speech and language therapist."))
    assert working_pages.bundle_for(sample) is None
    kept = bundles.save(sample, bundles.compose(sample, library, "tribunal", TODAY), now=NOW)
    bundle = working_pages.bundle_for(sample)
    assert bundle is not None and bundle.id == kept.id
    at = working_pages.pages_in(sample, library, bundle, TODAY, Silent())
    (note,) = [words for words in sheets_plan.sources(sample, plans.items(sample, ours), at).values() if "bundle page" in words][:1]
    stands = int(re.search(r"\(bundle page (\d+)\)", note)[1])  # type: ignore[index]
    made = export(sample, library, bundle, sample.folder.parent / "out", Silent(), today=TODAY, now=NOW)
    page = pypdf.PdfReader(made.pdf[0]).pages[stands - 1].extract_text()
    report = next(one for one in plan_quality.reports_of(sample) if one.title in note)
    assert report.recommendations[0].text[:30] in " ".join(page.split()), "the page named is the page of the report"
    data = sheets_plan.working_document(sample, draft, ours, TODAY, at)
    assert f"(bundle page {stands})" in "\n".join(docx.read(data).pages)
    sent = bundles.mark_sent(sample, bundle, made, now=NOW, on=TODAY)
    after = working_pages.pages_in(sample, library, sent, TODAY, Silent())
    assert after(report.document, 1) == f"bundle, from page {stands}" and after(9999, 1) == ""
