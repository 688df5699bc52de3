"""Questions and help texts can be read at about eleven: counted over every letter form and every help page, and held here.

The measure is Flesch and Kincaid's grade: 0.39 words a sentence + 11.8 syllables a word - 15.59. A grade of 6 is read
at about eleven. Names the law gives to things (needs assessment, Ombudsman, mediation) count as two syllables, as a
parent in the middle of it knows them.
"""

import re
import tomllib
from collections.abc import Iterable

import pytest

from casefile.domain.letters import Template
from casefile.library import Library, load

GRADE = 6.0
"""Over all texts of a form; a single short question may lie above it because of one long word."""
LONGEST = 24
"""Words in one sentence, at most."""
KNOWN = re.compile(
    r"\b(?:assessment|mediation|ombudsman|tribunal|education|educational|council|complaint|provision|section|regulation|therapist|"
    r"therapy|amendment|certificate|review|exclusion|suspension|information|professional|psychologist|transport|medical|reference|"
    r"health|social|personal|budget|governors|adviser|caseworker|solicitor|secretary)s?\b",
    re.IGNORECASE,
)


def syllables(word: str) -> int:
    """About how many syllables a word has."""
    if KNOWN.fullmatch(word):
        return 2
    word = re.sub(r"(?:[^laeiouy]es|[^laeiouy]e|ed)$", "x", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def sentences(texts: Iterable[str]) -> list[list[str]]:
    """The sentences of texts as words; each text ends one."""
    parts = [part for text in texts for part in re.split(r"(?<=[.!?:;])\s+", text)]
    found = [re.findall(r"[A-Za-z]+(?:['’][a-z]+)?", part) for part in parts]
    return [words for words in found if words]


def grade(texts: Iterable[str]) -> float:
    """The school grade at which texts are read."""
    found = sentences(texts)
    words = [word for sentence in found for word in sentence]
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def texts_of(form: Template) -> list[str]:
    fields = [text for field in form.fields for text in (field.label, field.help) if text]
    return [form.title, form.purpose, *fields]


@pytest.mark.parametrize("form", load().letters, ids=lambda form: form.id)
def test_the_questions_of_a_letter_are_easy_to_read(form: Template) -> None:
    texts = texts_of(form)
    long = [" ".join(words) for words in sentences(texts) if len(words) > LONGEST]
    assert not long, long
    assert grade(texts) <= GRADE, f"{grade(texts):.1f}: {texts}"


def test_the_measure_tells_easy_from_hard() -> None:
    easy = ["What has gone wrong?", "Write what happened, and on which day.", "You can leave this out."]
    hard = ["Notwithstanding statutory obligations, the responsible authority unilaterally discontinued interdisciplinary intervention."]
    assert grade(easy) < 4 < 12 < grade(hard)


def test_all_forms_together(library: Library) -> None:
    assert grade(text for form in library.letters for text in texts_of(form)) < 5


@pytest.mark.parametrize("place", tomllib.loads((load().folder / "help" / "places.toml").read_text("utf-8")).items(), ids=lambda place: place[0])
def test_the_help_of_each_place_is_easy_to_read(place: tuple[str, object]) -> None:
    texts = list(strings(place[1]))
    assert texts
    assert grade(texts) <= GRADE, f"{grade(texts):.1f}: {texts}"


def strings(value: object) -> Iterable[str]:
    """Every text inside something read from TOML."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(inner)
