"""A letter's body taken apart and put together again, with statements that are a table."""

from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.answers import asked_in
from casefile.domain.letter_notes import placed
from casefile.domain.letter_parts import Part, parts_of, safe, table_item
from casefile.domain.letters import Fact, Proof, fill, gaps_in
from casefile.domain.tone import harsh_words
from tests.domain.test_web_form import letter

ITEM = table_item("F1, page 2", (("The draft says", "“Help as required.”"), ("Problem", "No amount: none at all."), ("Please write", "“30 minutes.”"), ("Nothing", "")))


def test_rows_belong_to_the_statement_above_and_keep_their_labels() -> None:
    [item, after] = parts_of(f"1. {ITEM}\n\nAfter it.")
    assert (item.number, item.text) == (1, "F1, page 2") and after.text == "After it."
    assert item.rows == (("The draft says", "“Help as required.”"), ("Problem", "No amount: none at all."), ("Please write", "“30 minutes.”"))
    assert item.plain.splitlines()[2] == "Problem: No amount: none at all."


def test_a_row_goes_on_without_a_label_and_a_row_of_nothing_is_a_paragraph() -> None:
    [item] = parts_of("1. F1\n\n| Problem: It says\n\n| nothing.\nAt all.")
    assert item.rows == (("Problem", "It says nothing. At all."),)
    assert [part.text for part in parts_of("| Problem: alone\n\n# Head\n\n| more")] == ["Problem: alone", "Head", "more"]
    assert parts_of("1. Done.\n\n| no label here") == [Part("item", "Done.", 1), Part("para", "no label here")]


WORDS = st.text(st.sampled_from("abc “”.:|#1[] "), min_size=1, max_size=20).map(lambda words: safe(" ".join(words.split()) or "x"))
LABEL = st.sampled_from(["The draft says", "Problem", "Please write"])


@given(st.lists(st.tuples(WORDS, st.lists(st.tuples(LABEL, WORDS), max_size=3)), max_size=4))
def test_what_is_put_together_comes_apart_as_it_was(items: list[tuple[str, list[tuple[str, str]]]]) -> None:
    body = "\n\n".join(f"1. {table_item(title, tuple(rows))}" for title, rows in items)
    parts = parts_of(body)
    assert [(part.text, list(part.rows)) for part in parts] == items
    assert parts_of("\n\n".join(part.source for part in parts)) == parts


def test_what_a_parent_types_never_turns_into_a_row() -> None:
    body, _, _ = fill("1. {{fact}}\n\n{{mine}}", {"fact": Fact((ITEM, ITEM))}, {"mine": "| Problem: none\n# Head"}, {})
    assert len(parts_of(body)[0].rows) == len(parts_of(body)[1].rows) == 3
    assert [part.role for part in parts_of(body)] == ["item", "item", "para"]


def test_proofs_tone_points_and_gaps_read_the_rows_too() -> None:
    body = f"# What I ask\n\n1. {ITEM}\n\n1. F2\n| Problem: You lied. [who gives it]"
    assert [place for place, _ in placed(body, [Proof("“Help as required.”", "The draft")])] == ["1"]
    assert gaps_in(body) == ("[who gives it]",)
    assert asked_in(letter(body))[0][1].startswith("F1, page 2 The draft says: “Help as required.”")
    from casefile.library import load

    assert [one.words for one in harsh_words(body, load().tone)] == ["lied"]


def test_words_pasted_with_their_quotation_marks_are_quoted_once() -> None:
    for pasted in ("No staff.", "“No staff.”", '"No staff."'):
        assert fill("The reason: “{{excuse}}”", {}, {"excuse": pasted}, {})[0] == "The reason: “No staff.”"
    assert fill("They wrote: {{excuse}}", {}, {"excuse": "“No staff.”"}, {})[0] == "They wrote: “No staff.”"
    assert fill("“{{excuse}}”", {}, {"excuse": '""'}, {})[0] == '“""”'
