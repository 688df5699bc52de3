"""The letter on paper: the same facts in four outputs, and nothing where the envelope or the stamp goes."""

import email
import email.policy
import io
import re
from dataclasses import replace
from typing import Any

import pypdf
import pypdfium2
import pytest
from docx import Document

from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import Draft
from casefile.library import Library
from casefile.printing.letter import letter_pdf
from casefile.printing.letter_docx import letter_docx
from casefile.printing.letter_text import letter_eml, letter_text
from casefile.printing.style import markup
from casefile.services import letters
from casefile.store.store import Store
from tests.conftest import TODAY

MM = 72 / 25.4


def words_of(pdf: bytes) -> str:
    """The text of all pages in one line, by pypdf."""
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)


def ink(pdf: bytes, page: int, box: tuple[float, float, float, float]) -> int:
    """How many dark dots stand in a box (left, top, right, bottom in mm from the page's top left)."""
    image = pypdfium2.PdfDocument(pdf)[page].render(scale=2).to_pil().convert("L")
    part = image.crop(tuple(round(value * MM * 2) for value in box))
    return sum(part.histogram()[:128])


def test_every_fact_stands_in_every_output(draft: Draft) -> None:
    word = Document(io.BytesIO(letter_docx(draft)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    outputs = {
        "pdf": words_of(letter_pdf(draft)),
        "large": words_of(letter_pdf(draft, large=True)),
        "docx": " ".join([*(one.text for one in word.paragraphs), *cells]),
        "txt": letter_text(draft),
        "eml": email.message_from_bytes(letter_eml(draft), policy=email.policy.default).get_content(),
    }
    facts = ["Dear Sir or Madam", draft.about, draft.signed, draft.relation, *draft.copied, "Tuesday 20 January 2026", "A note without a date"]  # fmt: skip
    facts += [part.text for part in parts_of(draft.body)]
    for name, text in outputs.items():
        flat = re.sub(r"\s+", " ", text.replace("\u00a0", " "))
        for fact in facts:
            assert fact in flat, f"{fact!r} is not in the {name}"


def test_the_same_draft_gives_the_same_bytes(draft: Draft) -> None:
    for make in (letter_pdf, letter_docx, letter_eml):
        assert make(draft) == make(draft)
    assert letter_eml(draft, [("a.pdf", b"1")]) == letter_eml(draft, [("a.pdf", b"1")])


def test_the_pages_are_a4_titled_british_and_counted(draft: Draft) -> None:
    reader = pypdf.PdfReader(io.BytesIO(letter_pdf(draft)))
    assert [round(value / MM) for value in reader.pages[0].mediabox[2:]] == [210, 297]
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None and reader.metadata.title == f"{draft.subject}. Amina Rahman"
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        assert f"Page {number} of {total}" in page.extract_text()
    assert [one["/Title"] for one in reader.outline] == [draft.subject, "What happened", "What I ask the council to do"]


@pytest.mark.parametrize("longer", [False, True])
def test_window_fold_and_stamp_zones_stay_free(draft: Draft, longer: bool) -> None:
    if longer:
        draft = replace(
            draft, recipient=(*(f"{line} and District" for line in draft.recipient), "LS1 2AB"),
            sender=tuple(f"{line} North" for line in draft.sender), body=draft.body * 4,
        )  # fmt: skip
    made = letter_pdf(draft)
    count = len(pypdfium2.PdfDocument(made))
    assert ink(made, 0, (25, 55, 100, 86)) > 100
    assert ink(made, 0, (9, 46, 24, 94)) == ink(made, 0, (101, 46, 114, 94)) == ink(made, 0, (9, 88, 115, 94)) == 0
    for page in range(count):
        assert ink(made, page, (135, 275, 210, 297)) == 0
        assert ink(made, page, (191, 0, 210, 297)) == 0
    assert ink(made, 0, (3, 104, 9, 106)) and ink(made, 0, (3, 200, 9, 202))


def test_a_gap_is_bold_and_markup_is_only_text(draft: Draft) -> None:
    fonts: dict[str, set[str]] = {}

    def visit(text: str, _a: Any, _b: Any, font: Any, _c: Any) -> None:
        if text.strip() and font:
            fonts.setdefault(str(font["/BaseFont"]).split("+")[-1], set()).add(text.strip())

    for page in pypdf.PdfReader(io.BytesIO(letter_pdf(draft))).pages:
        page.extract_text(visitor_text=visit)
    bold = " ".join(text for name, texts in fonts.items() if "Bold" in name for text in texts)
    assert "[the page" in bold and "Start the weekly" not in bold
    assert "<b>not bold</b> &amp;" in words_of(letter_pdf(draft))
    assert "Київ" in words_of(letter_pdf(draft))


def test_markup_reports_letters_no_font_has() -> None:
    missing: set[str] = set()
    assert "□" in markup("ab 中", missing) and missing == {"中"}
    assert markup("<i>\x00\u202e&") == "&lt;i&gt;&amp;"


def test_the_word_file_has_real_headings_and_one_numbered_list(draft: Draft) -> None:
    word = Document(io.BytesIO(letter_docx(draft)))
    kinds = [(one.style.name, one.text) for one in word.paragraphs if one.style is not None]
    assert [text for kind, text in kinds if kind.startswith("Heading")] == [draft.subject, "What happened", "What I ask the council to do"]  # fmt: skip
    assert sum(kind == "List Number" for kind, _ in kinds) == 4
    assert word.core_properties.title.startswith("Formal complaint") and word.core_properties.author == "Nadia Rahman"
    assert 'w:val="en-GB"' in word.styles.element.xml


@pytest.mark.parametrize("evil", ["a@b.example\r\nBcc: x@y.example", "a@b.example,c@d.example", "<a@b.example>", "a@b"])
def test_no_header_comes_from_case_text(draft: Draft, evil: str) -> None:
    made = letter_eml(
        replace(draft, email=evil, subject=f"One\r\nBcc: x@y.example\x00{'é' * 90}", signed="N\r\nX-Bad: 1"),
        [("p\r\nX-Bad: 2.pdf", b"%PDF")],
    )
    parsed = email.message_from_bytes(made, policy=email.policy.default)
    allowed = {"From", "To", "Subject", "X-Unsent", "MIME-Version", "Content-Type"}
    assert set(parsed.keys()) <= allowed and len(parsed.keys()) == len(set(parsed.keys()))
    assert parsed["X-Unsent"] == "1"
    for part in parsed.walk():
        assert not {"Bcc", "X-Bad"} & set(part.keys())
    assert parsed["To"] in (None, "a@b")


def filled(draft: Draft, statements: int, **more: object) -> list[str]:
    """The words of each page of the letter with so many statements."""
    body = "\n\n".join(["# What happened", *(f"1. Statement {at} fills a line." for at in range(statements)), "Please answer by Monday."])
    made = replace(draft, body=body, copied=(), **more)
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(letter_pdf(made))).pages]


def test_the_signature_never_stands_on_a_page_without_words_of_the_letter(draft: Draft) -> None:
    counts = [(filled(draft, number), number) for number in range(8, 24)]
    signed = [next(page for page in pages if "Yours faithfully" in page) for pages, _ in counts]
    assert all("Please answer by Monday." in page for page in signed)
    assert any(len(pages) == 2 and "Statement" not in pages[1] for pages, _ in counts), "so the case was met"


def test_a_few_papers_stand_in_plain_lines_where_their_table_would_fill_a_page_of_its_own(draft: Draft) -> None:
    pages = {number: filled(draft, number) for number in range(4, 20)}
    lines = [one for one in pages.values() if "Enclosed: E1 Final EHC plan, Tuesday" in " ".join(one[0].replace("\u00a0", " ").split())]
    assert lines and all(len(one) == 1 for one in lines), "the lines spare a page"
    assert all("Mark" in " ".join(one) for one in pages.values() if one not in lines), "else it is a table"
    many = tuple(f"E{at}: Paper {at}, Tuesday 20 January 2026" for at in range(1, 8))
    assert all("Mark" in " ".join(filled(draft, number, enclosed=many)) for number in range(4, 20)), "many are always a table"


def test_a_letter_that_nearly_fits_is_one_page(sample: Store, library: Library) -> None:
    values = {"matter": "The therapist left in July and has not been replaced. The plan was twelve weeks late before that", "effect": "Amina comes home in tears", "wish": "put the therapy in place by 1 December"}
    made = letters.draft(sample, library, "L44", values, TODAY)
    (page,) = pypdf.PdfReader(io.BytesIO(letter_pdf(made))).pages
    text = " ".join(page.extract_text().split())
    assert "Nadia Rahman, Amina’s mother" in text and "Enclosed: E" in text and "Page 1 of 1" in text
    assert len(pypdf.PdfReader(io.BytesIO(letter_pdf(made, large=True))).pages) > 1
    longer = letters.draft(sample, library, "L44", values | {"matter": "What went wrong is this. " * 40}, TODAY)
    first, *_ = pypdf.PdfReader(io.BytesIO(letter_pdf(longer))).pages
    assert "Nadia Rahman, " not in " ".join(first.extract_text().split()), "what needs two pages anyway keeps its lines and room to sign"
