"""Which words of a letter are asked about: the parent's own, never names, references, numbers or words of others."""

from casefile.domain.spelling import names_in, slips_in, words_in

RIGHT = {"the", "council", "did", "not", "it's", "send", "a", "letter", "about", "speech", "and", "one", "to", "says", "help", "child", "see"}


def slips(text: str, leave: frozenset[str] = frozenset()) -> list[str]:
    found = slips_in(text, lambda word: word.lower() in RIGHT, leave)
    assert all(text[one.start : one.end] == one.word for one in found)
    return [one.word for one in found]


def test_only_what_no_list_knows_stands_out_with_its_place() -> None:
    assert slips("The counsil did not sned the letter. The council’s letter") == ["counsil", "sned"]
    assert slips("It’s the council's letter") == []


def test_references_numbers_addresses_and_gaps_are_no_words() -> None:
    assert slips("see (E4, E12) NB/4471 30mins 07700 me@mail.example www.gov.uk https://x.y the EHC SEND [naam of skool] 2nd") == []
    assert [word for _, word in words_in("one-to-one, U.K. x")] == ["one", "to", "one"]


def test_what_stands_in_quotation_marks_is_somebody_elses() -> None:
    assert slips("The council says “we is wating” about the wating") == ["wating"]


def test_names_of_the_case_are_left_alone_also_as_owners() -> None:
    leave = names_in(["Amina Rahman", "Northbrook Council", "14 Larch Road"])
    assert slips("Amina’s letter to Northbrook, Larch and Rahman and Oakfeild", leave) == ["Oakfeild"]
