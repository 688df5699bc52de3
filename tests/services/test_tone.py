"""Words of a letter to look at again: from the list and from the people of the case."""

from casefile.domain.people import Contact
from casefile.library import Library
from casefile.services import letters, people
from casefile.services.tone import harsh_in, other_children
from casefile.store.store import Store
from tests.conftest import TODAY


def test_other_children_are_those_whose_role_says_so(store: Store) -> None:
    for one in (
        Contact(None, "Tom Hale", role="pupil in the same class"), Contact(None, "Zara Rahman", relation="sister"),
        Contact(None, "Mrs Hale", role="SENCO"), Contact(None, "Amina Shah", relation="friend"), Contact(None, "Jo", role="friend"),
    ):  # fmt: skip
        people.save(store, one)
    assert other_children(store) == ("Tom Hale", "Zara Rahman", "Amina Shah", "Tom", "Zara"), (
        "never the child’s own name"
    )


def test_a_draft_is_asked_about_and_not_changed(store: Store, library: Library) -> None:
    people.save(store, Contact(None, "Tom Hale", role="classmate"))
    made = letters.draft(store, library, "L01", {"needs": "She is useless at maths, and Tom Hale helps her."}, TODAY)
    assert [(one.group.id, one.words) for one in harsh_in(store, library, made)] == [
        ("insults", "useless"),
        ("children", "Tom Hale"),
    ]
    assert "useless" in made.body and made == letters.draft(store, library, "L01", made.values, TODAY)


def test_the_forms_own_words_are_left_alone(store: Store, library: Library) -> None:
    made = letters.draft(store, library, "L20", {}, TODAY)
    assert "nobody" in made.body and harsh_in(store, library, made) == ()
