"""Every letter form, from the sample case and from a bare one: whole sentences, no unfilled place, rules that exist, four outputs."""

import datetime as dt
import io
import re
from email import message_from_bytes, policy

import docx
import pypdf
import pytest

from casefile.domain.events import Event
from casefile.library import Library, load
from casefile.services import letters, timeline
from casefile.store.store import Store
from tests.conftest import TODAY

IDS = [form.id for form in load().letters]


def answers(library: Library, id_: str) -> dict[str, str]:
    return {field.name: f"My words on {field.name.replace('_', ' ')}." for field in library.letter(id_).fields}


def clean(text: str) -> None:
    """What no letter may hold."""
    assert "{{" not in text and "}}" not in text and not re.search(r"^\?", text, re.MULTILINE)
    assert not re.search(r"\b(\w+) \1\b", text.replace("that that", ""), re.IGNORECASE), re.search(r"\b(\w+) \1\b", text)
    assert not re.search(r"\b\d{1,2}/\d{1,2}(/\d+)?\b|\b\d{4}-\d{2}-\d{2}\b", text), "no date in digits alone"
    assert not re.search(r" {2,}\S|\s,|\.\.(?!\.)", re.sub(r"^.*@.*$", "", text, flags=re.MULTILINE)), text


@pytest.mark.parametrize("id_", IDS)
def test_every_rule_a_letter_names_is_in_the_law_data(id_: str, library: Library) -> None:
    form = library.letter(id_)
    known = {rule.id for rule in library.rules}
    assert set(form.rules) <= known and (not form.reply_rule or form.reply_rule in known)
    assert library.directory.office(form.to_office) and all(library.directory.office(copy) for copy in form.copies)


@pytest.mark.parametrize("id_", IDS)
def test_from_a_bare_case_gaps_stand_and_bar_sending(id_: str, store: Store, library: Library) -> None:
    made = letters.draft(store, library, id_, {}, TODAY)
    assert made.gaps and all(gap.what for gap in made.gaps)
    kept = letters.save(store, made)
    with pytest.raises(letters.Invalid):
        letters.mark_sent(store, library, kept.id or 0, on=TODAY, how="email")


def late_review(store: Store) -> None:
    """A case whose reviews are late in every way."""
    for kind, on in (
        ("plan_first_made", dt.date(2024, 3, 1)), ("previous_review_completed", dt.date(2025, 3, 3)), ("review_meeting_held", dt.date(2026, 6, 1)),
    ):  # fmt: skip
        timeline.record(store, Event(None, kind, on))


@pytest.mark.parametrize("id_", IDS)
def test_from_a_full_case_it_reads_as_a_letter_in_four_forms(id_: str, sample: Store, library: Library) -> None:
    if id_ in ("L30", "L31", "L32"):
        late_review(sample)
    made = letters.draft(sample, library, id_, answers(library, id_), TODAY)
    assert made.gaps == (), made.gaps
    clean("\n".join((made.subject, made.body, made.salutation, made.closing)))
    assert made.body.count("# ") >= 3 and "Please answer" in made.body
    assert made.proofs and all(proof.words in "\n".join((made.body, made.subject)) for proof in made.proofs), "each proof stands behind words"
    texts = {
        "pdf": " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(letters.render(made, "pdf"))).pages),
        "docx": "\n".join(part.text for part in docx.Document(io.BytesIO(letters.render(made, "docx"))).paragraphs),
        "txt": letters.render(made, "txt").decode("utf-8"),
        "eml": message_from_bytes(letters.render(made, "eml"), policy=policy.default).get_body(("plain",)).get_content(),  # type: ignore[attr-defined]
    }  # fmt: skip
    for ending, text in texts.items():
        flat = " ".join(text.replace("\u00a0", " ").split())
        for sentence in re.findall(r"[^.#\n]{20,60}\.", made.body.replace("\u00a0", " "))[:6]:
            assert " ".join(sentence.split()) in flat.replace("- ", "-") or ending == "pdf", (ending, sentence)
        assert "Amina" in flat and (ending == "eml" or made.subject[:30] in flat), ending
    assert message_from_bytes(letters.render(made, "eml"), policy=policy.default)["Subject"].startswith(made.subject[:20])


def test_the_complaint_about_missed_help_tells_each_session_and_never_the_unknown(sample: Store, library: Library) -> None:
    made = letters.draft(sample, library, "L20", {}, TODAY)
    words = made.body.replace("\u00a0", " ")
    assert "Thursday 3 September 2026, F1: no session was given (E2)" in words and words.count("no session was given") == 8
    assert "19 November" not in words and "1 h 30 is not known to me" in words
    assert "missed 4 hours of it, the first on Thursday 25 June 2026" in words


def test_asking_for_stage_two_starts_its_clock(sample: Store, library: Library) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L43", {"complaint_about": "Speech therapy is not given"}, TODAY))
    words = made.body.replace("\u00a0", " ")
    assert "On Monday 2 November 2026 the council received a complaint from me" in words and "due by Friday 20 November 2026" in words
    event = letters.mark_sent(sample, library, made.id or 0, on=TODAY, how="email")
    assert event.kind == "cc_s2_requested"
    due = {one.rule: one for one in timeline.deadlines_of(sample, library, TODAY)}
    assert due["cc_s2_response"].due is not None and due["cc_s2_response"].state in ("coming", "due_soon")
