"""Words that can hurt a letter: found where the parent wrote them, not in what is quoted, and not in our own forms."""

import pytest

from casefile.domain.letters import Proof
from casefile.domain.tone import harsh_words
from casefile.library import Library


def found(
    library: Library, body: str, proofs: tuple[Proof, ...] = (), children: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    return [(one.group.id, one.words) for one in harsh_words(body, library.tone, proofs, children)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. The officer deliberately lost my form.", [("motives", "deliberately")]),
        ("1. She LIED to me.", [("motives", "LIED")]),
        ("You don’t care about children.", [("motives", "don’t care")]),
        ("You don't care about children.", [("motives", "don't care")]),
        ("Your team is incompetent and a disgrace.", [("insults", "incompetent"), ("insults", "disgrace")]),
        ("You never answer.", [("absolute", "never")]),
        ("I will go to the newspapers and sue you.", [("threats", "newspapers"), ("threats", "sue")]),
        ("He always cries after school. He always cries.", [("absolute", "always")]),
        ("The council’s letter says “we never lied”.", []),
        ("She believed the tissue was relied on by the belief.", []),
        ("Nothing is harsh here. The plan was due on Friday 20 March 2026.", []),
        ("", []),
    ],
)
def test_words_are_found_as_they_stand(library: Library, body: str, expected: list[tuple[str, str]]) -> None:
    assert found(library, body) == expected


def test_a_record_excuses_what_one_exception_would_prove_wrong(library: Library) -> None:
    body = "1. The therapist never came in spring, see (E4). You never call."
    proof = Proof("(E4)", "the ledger")
    assert found(library, body) == [("absolute", "never")]
    assert found(library, "1. The therapist never came in spring, see (E4).", (proof,)) == []
    assert found(library, "1. You lied, see (E4).", (proof,)) == [("motives", "lied")], (
        "no record proves what was meant"
    )


def test_other_children_are_named_only_where_the_case_knows_them(library: Library) -> None:
    body = "1. Tom Hale gets the same therapy, and tom is happy. Tomorrow I will call."
    assert found(library, body) == []
    assert found(library, body, children=("Tom Hale", "Tom")) == [("children", "Tom Hale"), ("children", "tom")]


def test_our_own_forms_hold_none_of_them(library: Library) -> None:
    bad = {
        (form.id, one.words)
        for form in library.letters
        for one in harsh_words(form.body, library.tone)
        if not one.group.absolute
    }
    assert bad == set()


def test_every_group_says_why_and_what_instead(library: Library) -> None:
    assert {group.id for group in library.tone} == {"motives", "insults", "absolute", "threats"}
    for group in library.tone:
        assert group.why.endswith(".") and group.instead.endswith(".")
