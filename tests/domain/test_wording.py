"""The wording check by kind of difficulty: verdict, missing questions, amounts, the words at fault and the question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.wording import Amount, Checker, Finding
from casefile.library import Library, load

LETTERS = {"a": "what", "w": "who", "o": "how_often", "l": "how_long"}


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(load().wording)


def missing(letters: str) -> list[str]:
    return [LETTERS[letter] for letter in letters]


CASES = {
    "plain and whole": [
        ("A speech and language therapist will work with Tom for 40 minutes every week.", "specific", ""),
        ("Weekly 45 minute session of physiotherapy, delivered by a physiotherapist.", "specific", ""),
        ("2 x 20 minutes per week of direct teaching from a specialist teacher.", "specific", ""),
    ],
    "weak words alone": [
        ("Tom will have access to a therapist as required.", "vague", "aol"),
        ("Opportunities for social interaction will be promoted.", "vague", "awol"),
        ("Tom would benefit from a calm environment.", "vague", "awol"),
        ("A high level of adult support.", "vague", "awol"),
    ],
    "a listed word beside full numbers does no harm": [
        ("A teaching assistant will give Tom regular reading practice: 15 minutes every day.", "specific", ""),
        ("Up to six pupils will join Tom's phonics group, taught by the class teacher for 20 minutes a day.", "specific", ""),
    ],
    "who": [
        ("Trained staff will read with Tom for ten minutes each day.", "vague", "w"),
        ("A key adult will read with Tom for ten minutes each day.", "vague", "w"),
        ("The autism outreach team will coach Tom's teacher for one hour each half term.", "specific", ""),
        ("Phonics for ten minutes each day, written by a specialist teacher.", "vague", "w"),
        ("A therapist or therapy assistant will treat Tom for 30 minutes weekly.", "vague", "w"),
    ],
    "a job that no list holds": [
        ("Weekly, 45 minutes, Tom, HCPC dramatherapist, one to one.", "specific", ""),
        ("A cook will teach Tom to bake for an hour each Friday.", "specific", ""),
        ("A QTMSI will teach Tom signs for 30 minutes each day.", "specific", ""),
        ("A helper will teach Tom signs for 30 minutes each day.", "vague", "w"),
        ("A laptop will help Tom for 30 minutes each day.", "vague", "w"),
    ],
    "ages, groups and ratios are not amounts": [
        ("A teaching assistant will play with Tom and two other 7 year olds.", "vague", "ol"),
        ("Reading with a teaching assistant at a ratio of 1:3.", "vague", "ol"),
        ("A Year 5 maths group of 6 with a teaching assistant.", "vague", "ol"),
    ],
    "ceilings and floors": [
        ("A teaching assistant will read with Tom for up to 20 minutes a day.", "vague", "l"),
        ("A therapist will see Tom for a maximum of six sessions of 30 minutes each term.", "vague", "o"),
        ("A teaching assistant will read with Tom for at least 20 minutes a day.", "specific", ""),
        ("A teaching assistant will read with Tom for 10 to 30 minutes a day.", "vague", "l"),
        ("A teaching assistant will read with Tom for about 20 minutes a day.", "vague", "l"),
    ],
    "conditions": [
        ("A physiotherapist will treat Tom for 30 minutes weekly, subject to availability.", "vague", ""),
        ("Where staffing allows, a mentor will meet Tom for 20 minutes each Monday.", "vague", ""),
        ("A mentor will meet Tom for 20 minutes each Monday but this may be reduced.", "vague", ""),
        ("A teaching assistant will sit with Tom in all lessons unless needed elsewhere.", "vague", ""),
    ],
    "only trying, only once, only told": [
        ("A teaching assistant will aim to read with Tom for ten minutes a day.", "vague", ""),
        ("A teaching assistant may read with Tom for ten minutes a day.", "vague", ""),
        ("Tom has previously had 30 minutes a week with a therapist.", "vague", ""),
        ("A teaching assistant will usually read with Tom for ten minutes a day.", "vague", "o"),
        ("A teaching assistant (or volunteer) will read with Tom for ten minutes a day.", "vague", "w"),
    ],
    "numbers left open": [
        ("A teaching assistant will read with Tom two or three times a week for ten minutes.", "vague", "o"),
        ("A teaching assistant will read with Tom several times a week for ten minutes.", "vague", "o"),
        ("A therapist will see Tom for ten 30-minute sessions in the year.", "vague", "o"),
        ("A physiotherapist will treat Tom for 20 hours a year.", "vague", "ol"),
    ],
    "what hangs on the child or the hour undoes nothing": [
        ("If Tom is upset in any lesson, a teaching assistant will take him out and stay until he is calm.", "specific", ""),
        ("A tutor will teach Tom for five hours a week while he is out of school.", "specific", ""),
        ("A tutor will teach Tom for an hour each day unless he is ill.", "specific", ""),
        ("A tutor will teach Tom for an hour each day at a time agreed with his parents.", "specific", ""),
    ],
    "conditions in other words": [
        ("A tutor will teach Tom for an hour each day, assuming that one can be recruited.", "vague", ""),
        ("A tutor will teach Tom for an hour each day, budgets allowing.", "vague", ""),
        ("Should the timetable allow, a tutor will teach Tom for an hour each day.", "vague", ""),
        ("A tutor will teach Tom for an hour each day if she has room and funding is found.", "vague", ""),
    ],
    "two provisions in one": [
        ("A tutor will teach Tom for one hour daily and other help will be given as needed.", "vague", "awol"),
        ("A therapist will see Tom for 30 minutes a week; a teaching assistant will practise the sounds.", "vague", "ol"),
        ("A tutor will teach Tom for one hour daily and a mentor will meet him for ten minutes each day.", "specific", ""),
    ],
    "who stands elsewhere": [
        ("Reading practice, ten minutes a day. Delivered by a teaching assistant.", "specific", ""),
        ("A therapist will see Tom for an hour a month; she will also train his teacher for an hour each term.", "specific", ""),
    ],
    "tasks and intervals": [
        ("A teaching assistant will enlarge every worksheet for Tom.", "specific", ""),
        ("A teaching assistant will lead a five-minute stretch with Tom every 30 minutes.", "specific", ""),
    ],
    "whole time": [
        ("A teaching assistant will scribe for Tom in every lesson.", "specific", ""),
        ("A teaching assistant will stay beside Tom at all times.", "specific", ""),
        ("Tom will have full-time support.", "vague", "aw"),
    ],
    "equipment": [
        ("The council will supply a standing frame for use in every lesson.", "specific", ""),
        ("A standing frame will be provided.", "vague", "w"),
    ],
    "named programme": [
        ("Lego Therapy.", "vague", "wol"),
        ("A learning mentor will use Zones of Regulation with Tom.", "vague", "ol"),
    ],
    "put off": [
        ("A therapist will see Tom, the frequency and length to be agreed.", "vague", "ol"),
        ("Provision will be set out in a plan to be written by the school.", "vague", "awol"),
        ("A therapist will see Tom for 30 minutes, how often to be decided by the school.", "vague", "o"),
    ],
    "money": [
        ("Band 5 funding.", "vague", "awol"),
        ("£4,000 a year for support.", "vague", "awol"),
    ],
    "numbers in words, clocks and days": [
        ("A teaching assistant will read with Tom for three quarters of an hour twice a week.", "specific", ""),
        ("A tutor will teach Tom every Monday from 9.30am to 11am.", "specific", ""),
        ("A job coach will train Tom at his placement one day a week.", "specific", ""),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verdict", "letters"),
    [pytest.param(*case, id=f"{kind}: {case[0][:40]}") for kind, cases in CASES.items() for case in cases],
)
def test_verdict_and_missing(checker: Checker, text: str, verdict: str, letters: str) -> None:
    found = checker.check(text)
    assert (found.verdict, list(found.missing)) == (verdict, missing(letters))


@pytest.mark.parametrize(
    ("text", "amount", "weekly"),
    [
        ("3 x 30 minutes weekly with a tutor", Amount(30, 3, "week"), 90),
        ("a tutor for one hour and 15 minutes twice a week", Amount(75, 2, "week"), 150),
        ("a tutor, half an hour every day", Amount(30, 1, "day"), 150),
        ("a tutor, 45 minutes every Monday and Wednesday", Amount(45, 2, "week"), 90),
        ("a tutor for 40 minutes a fortnight", Amount(40, 1, "fortnight"), 20),
        ("a tutor for one hour every two weeks", Amount(60, 1, "fortnight"), 30),
        ("nine sessions a term of 45 minutes with a tutor", Amount(45, 9, "term"), 31.2),
        ("12 weekly one-hour sessions with a tutor in each term", Amount(60, 12, "term"), 55.4),
        ("25 hours a week of teaching assistant time", Amount(1500, None, "week"), 1500),
        ("20 hours a year from a physiotherapist", Amount(1200, None, "year"), 30.8),
        ("a tutor for 50 minutes every week, 38 weeks a year", Amount(50, 1, "week", weeks_a_year=38), 50),
        ("a tutor for at least 50 minutes every week", Amount(50, 1, "week", floor=True), 50),
        ("a tutor for up to 50 minutes every week", Amount(50, 1, "week", ceiling=True), 50),
        ("a tutor for 10 to 30 minutes every week", Amount(None, 1, "week"), None),
        ("phonics for 20 minutes a day in a group of four with a tutor", Amount(20, 1, "day", people=4), 100),
        ("a tutor in every lesson", Amount(whole=True), None),
        ("a tutor for two hours a week, delivered as 2 x 1 hour", Amount(60, 2, "week"), 120),
        ("ten hours of tuition a week, two hours each weekday", Amount(120, 1, "day"), 600),
        ("a tutor every Monday from 1.15 to 3.15", Amount(120, 1, "week"), 120),
    ],
)
def test_amounts(checker: Checker, text: str, amount: Amount, weekly: float | None) -> None:
    found = checker.check(text)
    assert found.amounts == (amount,)
    assert found.minutes_per_week == weekly


def test_amounts_of_two_provisions(checker: Checker) -> None:
    found = checker.check(
        "A therapist will see Tom for 30 minutes a week and a teaching assistant will practise with him for ten minutes a day."
    )
    assert [amount.minutes for amount in found.amounts] == [30, 10]
    assert found.minutes_per_week == 80 and found.amount is None
    assert found.who == ("therapist", "teaching assistant")


@pytest.mark.parametrize(
    "text",
    [
        "A tutor will teach Tom 3 x 30 minutes weekly, total 1 hour.",
        "Tom will have ten hours of tuition a week, three hours each weekday, from a qualified teacher.",
        "A tutor will teach Tom for 30 minutes daily, three times a week.",
    ],
)
def test_amounts_that_do_not_add_up_are_named_and_never_guessed(checker: Checker, text: str) -> None:
    found = checker.check(text)
    assert found.verdict == "vague" and found.problem and found.amounts == () and found.minutes_per_week is None
    assert found.ask.startswith("Which is right?") and found.words[-1].why == found.problem


def words(found: Finding) -> list[str]:
    return [word.text for word in found.words]


def test_words_stand_as_in_the_text_with_reason_and_source(checker: Checker) -> None:
    found = checker.check("Access to Speech and Language Therapy AS REQUIRED.")
    assert words(found) == ["Access to", "AS REQUIRED"]
    assert all(word.why.endswith(".") and word.source for word in found.words)
    assert "Worcestershire" in found.words[0].source


def test_words_that_do_no_harm_are_not_shown(checker: Checker) -> None:
    assert (
        words(checker.check("A teaching assistant will run a club of up to six pupils for an hour each Friday.")) == []
    )
    assert "at least" not in words(checker.check("A tutor will teach Tom for at least an hour a week, if possible."))


def test_a_case_still_to_be_checked_says_so(checker: Checker) -> None:
    found = checker.check("A tutor will teach Tom for an hour a week where resources permit.")
    assert "to be checked" in found.words[0].source


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("A teaching assistant will read with Tom.", "How many minutes, and how many times a week?"),
        ("Someone will read with Tom for ten minutes a day.", "Who will do this: what is their job?"),
        ("A tutor will teach Tom for up to an hour a week.", "What is the least, instead of “up to”?"),
        ("A tutor will teach Tom for an hour a week, funding permitting.",
         "Can the words “funding permitting” come out, so that the help is given every time?"),
        ("A tutor will teach Tom for an hour a week.", ""),
    ],
)  # fmt: skip
def test_one_question(checker: Checker, text: str, ask: str) -> None:
    assert checker.check(text).ask == ask


def test_special_schools_soften_and_never_remove(checker: Checker) -> None:
    text = "A teaching assistant will read with Tom."
    plain, base, special = (checker.check(text, setting=setting) for setting in ("mainstream", "base", "special"))
    assert plain.verdict == base.verdict == special.verdict == "vague" and plain.missing == special.missing
    assert "East Sussex" in special.softer and not plain.softer and not base.softer
    undone = checker.check("A tutor will teach Tom for an hour a week if staffing allows.", setting="special")
    assert undone.softer == ""


def test_secondary_questions(checker: Checker) -> None:
    assert checker.check("A teaching assistant will read with Tom for ten minutes a day.").secondary == (
        "qualified",
        "review",
    )
    reviewed = "A trained teaching assistant will read with Tom for ten minutes a day, reviewed each term by the SENCO."
    assert checker.check(reviewed).secondary == ()


@pytest.mark.parametrize("text", ["", "   ", "...", "Communication and interaction", "12", "x" * 7000])
def test_what_is_no_provision_is_unsure(checker: Checker, text: str) -> None:
    found = checker.check(text)
    assert found.verdict == "unsure" and found.ask


def test_quotes_dashes_and_letters_of_other_languages(checker: Checker) -> None:
    assert checker.check("İpek’s tutor will teach her for 30–minute sessions, twice a week.").minutes_per_week == 60
    assert checker.check("A tutor will teach Zoë for 1½ hours a week.").minutes_per_week == 90


@given(st.text(alphabet=st.sampled_from("abd 1½ .,;:-/’£and weekly minutes hours teacher each up to\n"), max_size=200))
def test_nothing_makes_it_fall(text: str) -> None:
    found = CHECKER.check(text)
    assert found.text == text and found.verdict in ("specific", "vague", "unsure")
    assert (found.verdict == "specific") <= (not found.missing and not found.ask)


CHECKER = Checker(Library(load().folder).wording)
