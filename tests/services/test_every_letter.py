"""Every letter form, from the sample case and from a bare one: whole sentences, no unfilled place, rules that exist, four outputs."""

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy

import docx
import pypdf
import pytest

from casefile.domain.events import Event
from casefile.domain.letter_parts import parts_of
from casefile.domain.letters import TO_WHOM
from casefile.domain.people import Contact
from casefile.domain.plan import PlanVersion
from casefile.domain.sessions import Absence, Cost, Effect
from casefile.library import Library, load
from casefile.services import ledger_facts, letters, losses, people, plans, timeline
from casefile.store.store import Store
from tests.conftest import TODAY

IDS = [form.id for form in load().letters]


def answers(library: Library, id_: str) -> dict[str, str]:
    return {field.name: field.choices[0] if field.choices else f"My words on {field.name.replace('_', ' ')}." for field in library.letter(id_).fields}


def clean(text: str) -> None:
    """What no letter may hold."""
    assert "{{" not in text and "}}" not in text and not re.search(r"^\?", text, re.MULTILINE)
    assert not re.search(r"\b(\w+) \1\b", text.replace("that that", ""), re.IGNORECASE), re.search(r"\b(\w+) \1\b", text)
    assert not re.search(r"\b\d{1,2}/\d{1,2}(/\d+)?\b|\b\d{4}-\d{2}-\d{2}\b", text), "no date in digits alone"
    assert not re.search(r" {2,}\S|\s,|\.\.(?!\.)", re.sub(r"^.*@.*$", "", text, flags=re.MULTILINE)), text


def docx_words(data: bytes) -> list[str]:
    """The words of a Word file in their order, those of its tables too."""
    made = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        rows = block.rows if hasattr(block, "rows") else ()
        made += [cell.text for row in rows for cell in dict.fromkeys(row.cells)] or [getattr(block, "text", "")]
    return made


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


def stage_two(store: Store) -> None:
    """The complaint of the sample case, taken to stage 2 long ago and answered there."""
    for kind, on in (
        ("complaint_received", dt.date(2026, 6, 1)), ("complaint_acknowledged", dt.date(2026, 6, 4)), ("cc_s1_reply_received", dt.date(2026, 6, 22)),
        ("cc_s2_requested", dt.date(2026, 6, 29)), ("cc_s2_acknowledged", dt.date(2026, 7, 2)), ("cc_s2_reply_received", dt.date(2026, 8, 10)),
    ):  # fmt: skip
        timeline.record(store, Event(None, kind, on))


def everybody(store: Store, library: Library) -> None:
    """An address for every office that has none of its own, and a Member of Parliament."""
    people.save(store, Contact(None, "Ms Okoro MP", office="mp"))
    for office in library.directory.offices:
        if people.at_office(store, office.id) is None and office.organisation in ("council", "school", "mediation", "icb", "nhs_provider"):
            people.save(store, Contact(None, organisation={"school": "Oakfield Primary School", "icb": "Northbrook Integrated Care Board"}.get(office.organisation, "Northbrook Council"), address="1 Market Square", office=office.id))


def notice_of_changes(store: Store) -> None:
    """A notice that takes most of Section F away, and puts a programme that teaches into Section G."""
    final = plans.versions(store)[-1]
    with store.action("Read in a notice"):
        notice = plans.add_version(store, PlanVersion(None, "Notice of changes", "amendment_notice", dated=dt.date(2026, 11, 12), listed=("F1: therapy",)))
        words = {
            "F1": "Speech and language therapy as required, up to once a half term.", "F3": "Support in lessons from an adult.",
            "G1": "A speech programme that teaches Amina to ask for help, given by the school nurse.",
        }  # fmt: skip
        for item in plans.all_items(store, final):
            if item.key != "F2":
                store.add(replace(item, id=None, version=notice.id or 0, text=words.get(item.key, item.text)))
    timeline.record(store, Event(None, "amendment_notice_sent", dt.date(2026, 11, 12)))
    timeline.record(store, Event(None, "amendment_notice_served", dt.date(2026, 11, 13)))


def health_and_care(store: Store) -> None:
    """Help in Sections G and H of the final plan."""
    final = plans.versions(store)[-1]
    plans.add_item(store, final, "G", "A school nurse sees Amina once a month.")
    plans.add_item(store, final, "H1", "Three hours of a support worker every Saturday.")


def days_lost(store: Store) -> None:
    """Days on part-time hours, one day sent home, a receipt, and what it did to the child."""
    losses.keep(store, Absence(None, dt.date(2026, 11, 3), dt.date(2026, 11, 6), "part_time", 2.5, "She cannot cope after lunch", "Mrs Hale"), TODAY)
    losses.keep(store, Absence(None, dt.date(2026, 11, 10), dt.date(2026, 11, 10), "sent_home"), TODAY)
    losses.keep(store, Cost(None, dt.date(2026, 9, 9), "Private speech therapy", "therapy", 6500), TODAY)
    losses.keep(store, Effect(None, dt.date(2026, 9, 10), "She hid under the table"), TODAY)
    losses.keep(store, Effect(None, dt.date(2026, 9, 11), "Too hard to read again", hard=True), TODAY)


def sent_before(store: Store) -> None:
    """A letter to the caseworker that was sent some weeks ago."""
    made = letters.save(store, letters.draft(store, load(), "L19", {"tried": "I asked the school in September", "effect": "She cries"}, dt.date(2026, 10, 20)))
    letters.mark_sent(store, load(), made.id or 0, on=dt.date(2026, 10, 20), how="email")


HAPPENED: dict[str, Callable[[Store], None]] = {
    **dict.fromkeys(("L30", "L31", "L32"), late_review), "L45": stage_two, "L57": sent_before, **dict.fromkeys(("L16", "L33"), notice_of_changes),
    **dict.fromkeys(("L21", "L22"), health_and_care), **dict.fromkeys(("L23", "L25"), days_lost),
}  # fmt: skip
"""What else is in the case, for a letter that the sample case gives no reason to write."""
NEEDED: dict[str, tuple[Event, ...]] = {
    "L03": (Event(None, "decision_letter_sent", dt.date(2026, 10, 1), detail="refuse_to_assess"),),
    "L07": (Event(None, "ehcna_request_received", dt.date(2026, 6, 1)), Event(None, "assess_decision_sent", dt.date(2026, 7, 1))),
    "L26": (Event(None, "exclusion_first_day", dt.date(2026, 11, 16), detail="permanent"), Event(None, "governors_notified_of_exclusion", dt.date(2026, 11, 17), detail="permanent")),
    "L54": (Event(None, "record_request_received", dt.date(2026, 9, 7)),),
    "L52": (Event(None, "sar_received", dt.date(2026, 10, 1)),),
    "L53": (Event(None, "foi_received", dt.date(2026, 10, 1)),),
    "L55": (Event(None, "cc_s1_reply_received", dt.date(2026, 11, 18)),),
    "L34": (Event(None, "transfer_year", dt.date(2026, 1, 1), detail="school", year=2026),),
    "L36": (Event(None, "move_date", dt.date(2026, 11, 2)),),
    "L37": (Event(None, "tribunal_order_date", dt.date(2026, 9, 1), detail="amend"),),
}
"""What must have happened, beside the sample case, for a letter to be written."""
ASKS: dict[str, str] = {"L21": "Please confirm by", "L45": "Please tell me whether you will look into this", "L47": "My questions", "L50": "My question", "L51": "How they may be used", "L52": "Please confirm by", "L56": "What I want to come of it", "L58": "My words on words"}
"""How a letter asks that names no day for the answer."""

ONE_PAGE = ("L44", "L51")
"""Letters that must be short, whatever they tell."""
WITHOUT_RECORD = ("L39", "L40", "L42", "L51", "L58")
"""Letters that state nothing but the parent's own words: the days of the school record are counted by the school."""


@pytest.mark.parametrize("id_", IDS)
def test_from_a_full_case_it_reads_as_a_letter_in_four_forms(id_: str, sample: Store, library: Library) -> None:
    HAPPENED.get(id_, lambda _: None)(sample)
    for event in NEEDED.get(id_, ()):
        timeline.record(sample, event)
    everybody(sample, library)
    made = letters.draft(sample, library, id_, answers(library, id_), TODAY)
    assert made.gaps == (), made.gaps
    clean("\n".join((made.subject, made.body, made.salutation, made.closing)))
    assert made.body.count("# ") >= ({"L57": 1, "L58": 0}[id_] if id_ in ("L57", "L58") else 2 if id_ in ONE_PAGE else 3) and ASKS.get(id_, "Please answer") in made.body
    assert (made.proofs or id_ in WITHOUT_RECORD) and all(proof.words in "\n".join((made.body, made.subject)) for proof in made.proofs), "each proof stands behind words"
    texts = {
        "pdf": " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(letters.render(made, "pdf"))).pages),
        "docx": "\n".join(docx_words(letters.render(made, "docx"))),
        "txt": letters.render(made, "txt").decode("utf-8"),
        "eml": message_from_bytes(letters.render(made, "eml"), policy=policy.default).get_body(("plain",)).get_content(),  # type: ignore[attr-defined]
    }  # fmt: skip
    body = re.sub(r"^\| [^:]+: ", "", made.body, flags=re.MULTILINE)  # on paper the label of a row stands in a cell of its own
    for ending, text in texts.items():
        flat = " ".join(text.replace("\u00a0", " ").split())
        for sentence in re.findall(r"[^.#\n]{20,60}\.", body.replace("\u00a0", " "))[:6]:
            assert " ".join(sentence.split()) in flat.replace("- ", "-") or ending == "pdf", (ending, sentence)
        assert ("Amina" in flat) == (library.letter(id_).names == "all") and (ending == "eml" or made.subject[:30] in flat), ending
    assert message_from_bytes(letters.render(made, "eml"), policy=policy.default)["Subject"].strip().startswith(made.subject[:20]), "a folded header begins with a space"


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


def test_the_ombudsman_is_told_only_what_the_council_had_time_to_answer(sample: Store, library: Library) -> None:
    early = letters.draft(sample, library, "L45", answers(library, "L45"), TODAY)
    assert [gap.name for gap in early.gaps] == ["council_answer"], "stage 1 is four days late: too early"
    silent = letters.draft(sample, library, "L45", answers(library, "L45"), dt.date(2027, 1, 25))
    assert silent.gaps == () and "answer at stage 1 was due by" in silent.body
    timeline.record(sample, Event(None, "cc_s2_requested", dt.date(2026, 11, 24)))
    waiting = letters.draft(sample, library, "L45", answers(library, "L45"), dt.date(2027, 1, 20))
    assert waiting.gaps == () and "answer at stage 2 was due by" in waiting.body
    timeline.record(sample, Event(None, "cc_s2_reply_received", dt.date(2026, 12, 23)))
    answered = letters.draft(sample, library, "L45", answers(library, "L45"), dt.date(2027, 1, 20))
    words = answered.body.replace("\u00a0", " ")
    assert "gave its last answer on Wednesday 23 December 2026" in words and "The answer at stage 2 was due" not in words
    assert answered.recipient[0] == "Local Government and Social Care Ombudsman" and answered.reference == ""


def test_a_request_starts_its_clock_and_names_the_day_the_law_gives(sample: Store, library: Library) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L01", answers(library, "L01"), TODAY))
    assert "by Tuesday 5 January 2027" in made.body.replace("\u00a0", " "), "six weeks"
    event = letters.mark_sent(sample, library, made.id or 0, on=TODAY, how="email")
    assert event.kind == "ehcna_request_received"


def test_a_letter_to_the_school_goes_to_the_school(store: Store, library: Library) -> None:
    made = letters.draft(store, library, "L17", {}, TODAY)
    assert "[the school’s name]" in made.recipient and not any("Leeds" in line for line in made.recipient)
    assert {"section_f", "school"} <= {gap.name for gap in made.gaps}


@pytest.mark.parametrize("id_", IDS)
def test_what_may_be_left_out_leaves_no_trace(id_: str, sample: Store, library: Library) -> None:
    form = library.letter(id_)
    HAPPENED.get(id_, lambda _: None)(sample)
    for event in NEEDED.get(id_, ()):
        timeline.record(sample, event)
    everybody(sample, library)
    made = letters.draft(sample, library, id_, {field.name: field.choices[-1] if field.choices else "As I said" for field in form.fields if field.required}, TODAY)
    assert made.gaps == ()
    clean("\n".join((made.subject, made.body)))
    parts = parts_of(made.body)
    assert not any(one.role == "heading" and (after is None or after.role == "heading") for one, after in zip(parts, [*parts[1:], None], strict=True)), "a heading over nothing"
    said = [words for part in parts if part.role != "heading" for words in ([row for _, row in part.rows] or [part.text])]
    assert not [words for words in said if not words.endswith((".", "”", "?"))], "whole sentences"


def test_a_list_of_all_letters_counts_the_ledger_once(sample: Store, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = ledger_facts.report
    monkeypatch.setattr(ledger_facts, "report", lambda *given: asked.append(1) or real(*given))
    assert len(letters.offered(sample, library, TODAY)) == len(IDS) and asked == [1]
    timeline.record(sample, Event(None, "complaint_received", TODAY))
    letters.offered(sample, library, TODAY)
    assert asked == [1, 1], "after a change it is counted again"


def test_each_letter_goes_to_an_office_of_the_body_that_its_event_names(library: Library) -> None:
    bodies = {
        "complaint_received": "council", "cc_s2_requested": "council", "sc_complaint_received": "council", "nhs_complaint_received": "icb",
        "lgsco_complaint_made": "lgsco", "dfe_complaint_made": "dfe", "record_request_received": "school", "parent_requests_mediation": "mediation",
        "draft_comments_sent": "council", "amendment_comments_sent": "council", "foi_received": "council", "sar_received": "council",
    }  # fmt: skip
    for form in library.letters:
        office = library.directory.office(form.to_office)
        assert office is not None
        if form.records in bodies:
            assert office.organisation == bodies[form.records], form.id
        chosen = next((field.choices for field in form.fields if field.name == TO_WHOM), ())
        titles = [found.title for id_ in form.offices if (found := library.directory.office(id_))]
        assert not chosen or (list(chosen) == titles and next(field.default for field in form.fields if field.name == TO_WHOM) == titles[0]), form.id
