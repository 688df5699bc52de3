"""A plan as many councils lay it out: every layout is read into its sections, and no word of it is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.blocks import Grid, Paragraph, Run
from casefile.domain.plan import PlanItem
from casefile.domain.plan_check import strengths
from casefile.domain.plan_text import Reading, read_plan


def para(text: str, role: str = "para") -> Paragraph:
    return Paragraph((Run(text),), role)  # type: ignore[arg-type]


def head(text: str) -> Paragraph:
    return para(text, "heading")


def lines(reading: Reading, section: str) -> list[str]:
    return [line.text for line in reading.lines if line.section == section and not line.heading]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def source_words(pages: tuple[str, ...], blocks: tuple[object, ...]) -> set[str]:
    found: list[str] = [*pages] if not blocks else []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Grid):
            found += [cell for row in block.rows for cell in row]
    return set(words(" ".join(found)))


SALT = "30 minutes of speech and language therapy each week, one to one, from a qualified speech and language therapist."
HELP = "20 hours a week of help from a trained teaching assistant in lessons."
NEED = "Sam has a severe difficulty with understanding spoken language."
READ = "Sam reads at the level of a child of six."
AIM = "By the end of Year 6 Sam will follow three steps."
PLACE = "Hill View School, a mainstream primary school."

# 1: headings of sections, numbered lines
HEADED = f"""Education, Health and Care Plan
Final plan
Section A: The views, interests and aspirations of Sam
Sam likes trains.
Section B: Special educational needs
B1. {NEED}
B2. {READ}
Section C: Health needs related to the SEN
None.
Section D: Social care needs
None.
Section E: Outcomes
E1. {AIM}
Section F: Special educational provision
F1. {SALT} (B1, E1)
F2. {HELP} (B2)
Section G: Health provision
None.
Section H1: Social care provision under the 1970 Act
None.
Section H2: Other social care provision
None.
Section I: Placement
{PLACE}
Section J: Personal budget
None.
Section K: Advice and information
Educational psychologist, 3 May 2026."""

# 2: capitals, titles on the next line, a list of contents, page heads that repeat
CAPITALS = (
    "Contents\nSection A Views ........ 2\nSection B Needs ........ 2\nSection F Provision ........ 3\n",
    f"Westshire Council   Sam Hill\nSECTION A\nVIEWS, WISHES AND INTERESTS\nSam likes trains.\nSECTION B\nSPECIAL EDUCATIONAL NEEDS\n1. {NEED}\n2. {READ}\nPage 2 of 4",
    f"Westshire Council   Sam Hill\nSECTION E\nOUTCOMES\n1. {AIM}\nSECTION F\nSPECIAL EDUCATIONAL PROVISION\n1. {SALT}\nPage 3 of 4",
    f"Westshire Council   Sam Hill\n2. {HELP}\nSECTION I\nPLACEMENT\n{PLACE}\nPage 4 of 4",
)

# 3: a letter and a dash, bullets
DASHED = f"""EHC plan
A - Views, interests and aspirations
Sam likes trains.
B - Special educational needs
• {NEED}
• {READ}
E – Outcomes
• {AIM}
F – Special educational provision
• {SALT}
• {HELP}
I – Name and type of placement
{PLACE}
"""

# 4: titles without letters
PLAIN = f"""Education, health and care plan

Views, interests and aspirations
Sam likes trains.

Special educational needs
{NEED}

{READ}

Outcomes
{AIM}

Special educational provision
{SALT}

{HELP}

Placement
{PLACE}
"""

# 5: brackets and running text; sentences of Section F stand alone
RUNNING = f"""(A) Views of the child and parents
Sam likes trains.
(B) Special Educational Needs
{NEED} {READ}
(E) Outcomes sought
{AIM}
(F) Special Educational Provision
{SALT} It will be reviewed each half term. {HELP}
(I) Placement
{PLACE}
"""

# 6: parts, numbers of two places, wrapped lines
PARTS = f"""Part A: All about me
1.1 Sam likes trains.
Part B: Special educational needs
2.1 Sam has a severe difficulty with understanding
spoken language.
2.2 {READ}
Part E: Outcomes
5.1 {AIM}
Part F: Special educational provision
6.1 30 minutes of speech and language therapy each week, one to one, from a qualified
speech and language therapist. (Need 2.1)
6.2 {HELP}
Part I: Placement
{PLACE}
"""

TEXTS = {"headed": (HEADED,), "capitals": CAPITALS, "dashed": (DASHED,), "plain": (PLAIN,), "running": (RUNNING,), "parts": (PARTS,)}

# 7: Word headings and paragraphs
WORD = (
    head("Education, Health and Care Plan"), head("Section A: Views"), para("Sam likes trains."), head("Section B: Special Educational Needs"),
    head("Communication and interaction"), para(NEED, "item"), head("Cognition and learning"), para(READ, "item"), head("Section E: Outcomes"),
    para(AIM), head("Section F: Special educational provision"), para("Sam will have:"), para(SALT[0].lower() + SALT[1:], "item"), para(HELP, "item"),
    head("Section I: Placement"), para(PLACE),
)  # fmt: skip

# 8: one table, section in the first column
ONE_TABLE = (
    para("EHC plan"),
    Grid((("Section A", "Sam likes trains."), ("Section B", f"{NEED}\n{READ}"), ("Section E", AIM), ("Section F", f"1. {SALT}\n2. {HELP}"), ("Section I", PLACE))),
)  # fmt: skip

# 9: a table of need, outcome, provision, who, how often
THREAD = (
    head("Section A: Views"), para("Sam likes trains."), head("Sections B, E and F"),
    Grid((
        ("Need (Section B)", "Outcome (Section E)", "Provision (Section F)", "Who", "How often"),
        (NEED, AIM, "Direct speech and language therapy, one to one", "Qualified speech and language therapist", "30 minutes each week"),
        (READ, "", "Help in lessons", "Trained teaching assistant", "20 hours a week"),
    ), 1),
    head("Section I: Placement"), para(PLACE),
)  # fmt: skip

# 10: merged cells head the sections inside one table, and the table goes on in a second one
MERGED = (
    Grid((
        ("SECTION A: VIEWS", "", ""), ("Sam likes trains.", "", ""), ("SECTION B: SPECIAL EDUCATIONAL NEEDS", "", ""), ("B1", NEED, ""), ("B2", READ, ""),
        ("SECTION E: OUTCOMES", "", ""), ("E1", AIM, ""), ("SECTION F: SPECIAL EDUCATIONAL PROVISION", "", ""),
        ("Ref", "Provision", "Needs met"), ("F1", SALT, "B1"),
    )),
    Grid((("F2", HELP, "B2"), ("SECTION I: PLACEMENT", "", ""), (PLACE, "", ""))),
)  # fmt: skip

# 11: the table of Section F refers to needs and outcomes by number; cells hold several lines
NUMBERS = (
    head("A. Views and wishes"), para("Sam likes trains."), head("B. Special educational needs"), para(f"B1 {NEED}"), para(f"B2 {READ}"),
    head("E. Outcomes"), para(f"E1 {AIM}"), head("F. Special educational provision"),
    Grid((("Outcome", "Need", "Special educational provision"), ("E1", "B1, B2", f"• {SALT}\n• {HELP}")), 1), head("I. Placement"), para(PLACE),
)  # fmt: skip

# 12: a column of sections with heads
COLUMN = (
    Grid((
        ("Section", "Ref", "Provision or need"), ("A", "1", "Sam likes trains."), ("B", "1", NEED), ("B", "2", READ), ("E", "1", AIM), ("F", "1", SALT), ("F", "2", HELP),
        ("I", "1", PLACE),
    ), 1),
)  # fmt: skip

# 13: a heading of two cells, the words in rows of their own
TWO_CELLS = (
    Grid((("A", "The views, interests and aspirations of the child"),)), para("Sam likes trains."),
    Grid((("B", "The child’s special educational needs"),)), para(NEED), para(READ), Grid((("E", "Outcomes"),)), para(AIM),
    Grid((("F", "Special educational provision"),)), para(f"F1 {SALT}"), para(f"F2 {HELP}"), Grid((("I", "Placement"),)), para(PLACE),
)  # fmt: skip

BLOCKS = {
    "word": WORD, "one table": ONE_TABLE, "thread": THREAD, "merged": MERGED, "numbers": NUMBERS, "column": COLUMN, "two cells": TWO_CELLS,
}  # fmt: skip


def reading_of(name: str) -> Reading:
    return read_plan(TEXTS.get(name, ()), BLOCKS.get(name, ()))


@pytest.mark.parametrize("name", [*TEXTS, *BLOCKS])
def test_every_layout_is_read_into_its_sections(name: str) -> None:
    reading = reading_of(name)
    assert not reading.problem
    assert {"A", "B", "E", "F", "I"} <= set(reading.sections)
    assert any("trains" in text for text in lines(reading, "A"))
    assert any("spoken language" in text for text in lines(reading, "B"))
    assert any("child of six" in text for text in lines(reading, "B"))
    assert lines(reading, "E") == [AIM]
    provided = lines(reading, "F")
    assert len(provided) == 2, provided
    assert "therap" in provided[0]
    assert "teaching assistant" in provided[1]
    assert lines(reading, "I") == [PLACE]
    keys = [line.key for line in reading.lines]
    assert len(set(keys)) == len(keys)
    assert all(keys)


@pytest.mark.parametrize("name", [*TEXTS, *BLOCKS])
def test_no_word_is_dropped(name: str) -> None:
    reading = reading_of(name)
    kept = set(words(" ".join([*(line.text for line in reading.lines), *(line.label for line in reading.lines), *reading.heads])))
    assert source_words(TEXTS.get(name, ()), BLOCKS.get(name, ())) - kept - {"2", "3", "4", "page", "of"} == set()


@pytest.mark.parametrize(("name", "needs"), [("headed", ("B1",)), ("thread", ("B1",)), ("merged", ("B1",)), ("numbers", ("B1", "B2"))])
def test_links_by_number_by_row_and_by_column(name: str, needs: tuple[str, ...]) -> None:
    first = next(line for line in reading_of(name).lines if line.section == "F" and not line.heading)
    assert first.needs == needs


def test_the_amount_of_a_row_stays_with_its_line() -> None:
    provided = lines(reading_of("thread"), "F")
    assert "30 minutes each week" in provided[0]
    assert "Qualified speech and language therapist" in provided[0]


def test_pages_are_kept() -> None:
    reading = reading_of("capitals")
    assert [line.page for line in reading.lines if line.section == "F" and not line.heading] == [3, 4]
    assert [line.page for line in reading.lines if line.section == "I"] == [4]


@pytest.mark.parametrize("text", [
    "Dear Mrs Hill,\nThank you for your letter of 3 May. We will answer within ten working days.\nYours sincerely",
    "Minutes of the meeting\nA. Welcome\nB. Money\nSection 4 was agreed.",
    "",
    "Invoice 12\nTherapy, 3 sessions, 120.00",
])  # fmt: skip
def test_something_else_is_said_plainly_and_kept(text: str) -> None:
    reading = read_plan((text,))
    assert "does not look like an EHC plan" in reading.problem
    assert set(words(text)) <= set(words(" ".join([*(line.text for line in reading.lines), *(line.label for line in reading.lines), *reading.heads])))


def test_a_sentence_about_a_section_is_no_heading() -> None:
    reading = read_plan((HEADED.replace("None.\nSection D", "Section F provision will be reviewed by the school each term.\nSection D"),))
    assert "Section F provision will be reviewed by the school each term." in lines(reading, "C")


GROUPED = """Education, Health and Care Plan
Section B
Special Educational Needs
Strengths:
Sam enjoys talking about trains.
Needs:
1. Sam has a diagnosis of autism.
2. Sam finds it hard to
follow long instructions.
Section C
Health needs which relate to their SEN
Sam has asthma.
Section E
Outcome 1: By the end of KS2, Sam will follow a two-step instruction.
Outcome 2: By the end of KS2, Sam will play with a friend.
Section F
Outcome 1
Provision to achieve the outcome:
- Sam will have 3 x 20 minute sessions a week with a teaching assistant
- Staff will use visual timetables across the school day
Outcome 2
- A weekly social skills group of 30 minutes led by the ELSA
Section H - Social care provision
H1 Provision under the Chronically Sick and Disabled Persons Act 1970
A short break of 3 hours a week.
H2 Any other social care provision
None
Section K
Advice and Information
Appendix 1 Educational Psychology Advice - Dr Jones - 12/03/2026
Appendix 2 Medical advice - Dr Patel - 10/02/2026
Signed: A Smith"""


def test_provision_grouped_by_outcome_with_titles_on_lines_of_their_own() -> None:
    reading = read_plan((GROUPED,))
    given_ = [(line.key, line.outcomes) for line in reading.lines if line.section == "F" and not line.heading]
    assert given_ == [("F1", ("E1",)), ("F2", ("E1",)), ("F3", ("E2",))]
    assert lines(reading, "C") == ["Sam has asthma."]
    assert lines(reading, "B")[1:] == ["Sam has a diagnosis of autism.", "Sam finds it hard to follow long instructions."]
    assert lines(reading, "H1") == ["A short break of 3 hours a week."]
    assert lines(reading, "H2") == ["None"]
    assert len(lines(reading, "K")) == 2
    items = [PlanItem(None, 1, line.key, line.section, line.text, at) for at, line in enumerate(reading.lines)]
    assert strengths(items) == {next(line.key for line in reading.lines if "trains" in line.text)}


_SOME = st.sampled_from(["Section A: Views", "B - Special educational needs", "SECTION F", "Provision", "• 30 minutes a week", "B1. A need", "(E1)", "E1", "F", "Who:", "1.1 words", "Page 2 of 3", "", "Section F: and more", "H1 Social care", "a small letter", "None.", "Outcomes", "Amina will have:", "x" * 70 + ".", "2 hours of help."])  # fmt: skip


@given(st.lists(_SOME, max_size=25), st.integers(1, 3))
def test_whatever_stands_in_a_paper_no_word_of_it_is_lost(texts: list[str], pages: int) -> None:
    parts = tuple("\n".join(texts[at::pages]) for at in range(pages))
    reading = read_plan(parts, notice=True)
    kept = set(words(" ".join([*(line.text for line in reading.lines), *(line.label for line in reading.lines), *reading.heads])))
    assert set(words(" ".join(parts))) - kept <= {"page", "2", "of", "3"}
    keys = [line.key for line in reading.lines]
    assert len(set(keys)) == len(keys)


@given(st.lists(st.lists(_SOME, min_size=1, max_size=4), min_size=1, max_size=10))
def test_whatever_stands_in_a_table_no_word_of_it_is_lost(rows: list[list[str]]) -> None:
    wide = max(len(row) for row in rows)
    grid = Grid(tuple(tuple(row) + ("",) * (wide - len(row)) for row in rows))
    reading = read_plan((), (grid,), notice=True)
    kept = set(words(" ".join([*(line.text for line in reading.lines), *(line.label for line in reading.lines), *reading.heads])))
    assert source_words((), (grid,)) - kept == set()
