"""One question to ask, in plain English, about what a sentence leaves open."""

from collections.abc import Sequence

from casefile.domain.wording.model import Element, FaultyWord

WHAT = "What exactly will be done"
WHO = "who will do it (which job)"
OFTEN = "how many times a week"
LONG = "how many minutes each time"
ALONE = {
    "what": "What exactly will be done?",
    "who": "Who will do this: what is their job?",
    "how_often": "How many times a week?",
    "how_long": "How many minutes each time?",
}
CONDITION = ("condition", "change", "choice", "delegation", "frequency")


def question(missing: Sequence[Element], words: Sequence[FaultyWord], problem: str) -> str:
    """The one question for a vague sentence; ``problem`` is what does not add up. Never suggests an amount."""
    if problem:
        return f"Which is right? {problem}"
    kinds = {word.kind: word for word in words}
    if "delegation" in kinds and len(missing) >= 2:
        return "What has the council decided? " + _open(missing)
    if "money" in kinds:
        return "What help will this money pay for? " + (
            _open(missing) if len(missing) > 1 else "Who gives it, how often and for how long?"
        )
    if not missing:
        for kind in CONDITION:
            if kind in kinds:
                return f"Can the words “{kinds[kind].text}” come out, so that the help is given every time?"
        return "Can this be written as a promise, with “will”?"
    if "ceiling" in kinds and set(missing) <= {"how_often", "how_long"}:
        return f"What is the least, instead of “{kinds['ceiling'].text}”?"
    return _open(missing)


def _open(missing: Sequence[Element]) -> str:
    if len(missing) == 1:
        return ALONE[missing[0]]
    if list(missing) == ["how_often", "how_long"]:
        return "How many minutes, and how many times a week?"
    words = {"what": WHAT, "who": WHO, "how_often": OFTEN, "how_long": LONG}
    asked = [words[element] for element in missing]
    joined = ", ".join(asked[:-1]) + " and " + asked[-1]
    return joined[0].upper() + joined[1:] + "?"
