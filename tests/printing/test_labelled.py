"""Statements of a letter that are a table: three labelled rows kept whole on paper, a real table in Word, labelled lines in text."""

import io
import re
from dataclasses import replace

import docx
import pypdf
import pytest

from casefile.domain.letter_parts import table_item
from casefile.domain.letters import Draft
from casefile.domain.web_form import form_pieces
from casefile.services.letters import render

LONG = "Donaudampfschifffahrtsgesellschaftskapitän" * 3


def reply(draft: Draft, items: int) -> Draft:
    """A reply to a draft with so many items, some of them long, one with a gap; a statement stands before and behind them."""
    rows = []
    for at in range(items):
        says, wrong = f"“Item {at} says {'and so on ' * (at % 12 * 4)}{LONG if at % 9 == 3 else ''}.”", "No amount. [who gives it]" if at == 1 else "No amount."
        rows.append("1. " + table_item(f"F{at}, page {at + 2}", (("The draft says", says), ("Problem", wrong), ("Please write", f"“30 minutes of item {at} ends.” (E4)"))))
    return replace(draft, body="1. Before.\n\n# Section F, line by line\n\n" + "\n\n".join(rows) + "\n\n1. Behind.")


@pytest.mark.parametrize("large", [False, True])
def test_forty_items_are_each_whole_on_one_page_and_numbered_on(large: bool, draft: Draft) -> None:
    made = reply(draft, 40)
    data = render(made, "pdf", large=large)
    assert data == render(made, "pdf", large=large)
    pages = [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    for at in range(40):
        page = next(words for words in pages if f"{at + 2}. F{at}, page {at + 2}" in words)
        assert f"Item {at} says" in page and f"item {at} ends.”" in page, f"item {at} is parted"
    assert any("42. Behind." in words or "42.Behind." in words.replace(". ", ".") for words in pages)
    for before in range(0, 30, 2):  # wherever the heading comes to stand
        lines = "\n\n".join(["1. A line."] * before)
        small = replace(made, body=f"{lines}\n\n{reply(draft, 2).body}")
        words = [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in pypdf.PdfReader(io.BytesIO(render(small, "pdf", large=large))).pages]
        assert ". F0, page 2" in next(one for one in words if "Section F, line by line" in one), "no heading without its first item"
    assert sum(words.count("[who gives it]") for words in pages) == 1


def test_an_item_longer_than_a_page_goes_on_with_its_heading_again(draft: Draft) -> None:
    body = "1. " + table_item("F1, page 2", (("The draft says", "“" + "Help and more. " * 400 + "”"), ("Please write", "“All of it.”")))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render(replace(draft, body=body), "pdf"))).pages]
    assert sum("F1, page" in words.replace("\u00a0", " ") for words in pages) >= 2 and any("“All of it.”" in words for words in pages)


def test_in_word_an_item_is_a_table_with_a_head_and_the_letters_own_numbers(draft: Draft) -> None:
    made = docx.Document(io.BytesIO(render(reply(draft, 3), "docx")))
    tables = [one for one in made.tables if one.rows[0].cells[0].text.startswith("F")]
    assert len(tables) == 3
    for at, table in enumerate(tables):
        first = table.rows[0]
        assert first.cells[0].text == f"F{at}, page {at + 2}" and first.cells[0].paragraphs[0].style.name == "List Number"
        assert first._tr.xpath("./w:trPr/w:tblHeader") and all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
        assert [row.cells[0].text for row in table.rows[1:]] == ["The draft says", "Problem", "Please write"]
        assert all(run.bold for row in table.rows[1:] for run in row.cells[0].paragraphs[0].runs)
        assert all(cell.paragraphs[0].paragraph_format.keep_with_next for row in table.rows[:-1] for cell in row.cells)
    gap = [run for run in tables[1].rows[2].cells[1].paragraphs[0].runs if run.text == "[who gives it]"]
    assert gap and gap[0].bold


def test_in_text_email_and_a_web_form_the_rows_are_labelled_lines(draft: Draft) -> None:
    made = reply(draft, 2)
    wanted = "2. F0, page 2\nThe draft says: “Item 0 says .”\nProblem: No amount.\nPlease write: “30 minutes of item 0 ends.” (E4)"
    assert wanted in render(made, "txt").decode() and wanted in form_pieces(made)[0]
    assert "2. F0, page 2" in render(made, "eml").decode() and "Please write: =E2=80=9C30" in render(made, "eml").decode()
    pieces = form_pieces(reply(draft, 40), 700)
    assert all(len(piece) <= 700 for piece in pieces)
    whole = sum(bool(re.search(rf"F{at}, page.*ends\.”", piece, re.DOTALL)) for at in range(40) for piece in pieces if f"item {at} ends" in piece)
    assert whole >= 36, "an item is cut only where it is longer than the box"
