"""What each fact of a letter rests on: told for its readers by statement, the same in print, Word, text and mail."""

import io
from dataclasses import replace
from email import message_from_bytes, policy

import docx
import pypdfium2

from casefile.domain.letter_notes import HEADS, OPENING, TITLE
from casefile.domain.letters import Proof
from casefile.domain.rules import in_force
from casefile.domain.telling import SURE
from casefile.library import Library
from casefile.services import letters
from casefile.services.letter_proofs import notes_of, unread_in
from casefile.store.store import Store
from tests.conftest import TODAY


def flat(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def test_each_fact_that_stands_in_the_letter_is_told_once_in_its_order(sample: Store, library: Library) -> None:
    made = letters.draft(sample, library, "L08", {}, TODAY)
    notes = notes_of(sample, library, made)
    assert len(notes) == len(set(made.proofs))
    assert notes[0].place == OPENING and notes[0].words == "Monday 26 January 2026"
    numbers = [int(note.place) for note in notes if note.place != OPENING]
    assert numbers == sorted(numbers) and numbers
    duty = next(note for note in notes if note.words.startswith("SEND Regulations"))
    assert duty.rests_on == "Where the duty is written. SEND Regulations 2014 regulation 13(2)-(3)."
    came = next(note for note in notes if note.rests_on.startswith("The day it came"))
    assert came.rests_on == "The day it came. E5: Final plan, Monday 20 April 2026."


def test_a_fact_the_parent_took_out_is_not_told(sample: Store, library: Library) -> None:
    made = letters.save(sample, letters.draft(sample, library, "L08", {}, TODAY))
    made = letters.edit(sample, made, body="The council had to send the plan by Monday 26 January 2026.")
    notes = notes_of(sample, library, made)
    assert {note.words for note in notes} == {"Monday 26 January 2026"}


def test_the_same_notes_stand_in_every_output_and_only_on_demand(sample: Store, library: Library) -> None:
    made = letters.draft(sample, library, "L08", {}, TODAY)
    notes = notes_of(sample, library, made)

    def texts(with_notes: bool) -> dict[str, str]:
        given = notes if with_notes else ()
        pdf = pypdfium2.PdfDocument(letters.render(made, "pdf", notes=given))
        word = docx.Document(io.BytesIO(letters.render(made, "docx", notes=given)))
        mail = message_from_bytes(letters.render(made, "eml", notes=given), policy=policy.default)
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        return {
            "pdf": "\n".join(page.get_textpage().get_text_range() for page in pdf),
            "docx": "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells]),
            "txt": letters.render(made, "txt", notes=given).decode(),
            "eml": mail.get_body().get_content(),  # type: ignore[union-attr]
        }

    for kind, text in texts(True).items():
        assert TITLE in text, kind
        for note in notes:
            assert flat(note.rests_on) in flat(text), (kind, note)
    assert not [kind for kind, text in texts(False).items() if TITLE in text or HEADS[2] in text]


def test_an_unread_source_is_told_as_such(sample: Store, library: Library) -> None:
    rules = {rule.id: rule for rule in library.rules}
    unread = next(rule.id for rule in rules.values() if (one := in_force(rule, TODAY)) and one.confidence == "secondary")
    made = letters.draft(sample, library, "L08", {}, TODAY)
    made = replace(made, proofs=(Proof("Monday 26 January 2026", "How you counted your day", rule=unread),))
    (note,) = notes_of(sample, library, made)
    assert note.rests_on.startswith("How I counted my day. ") and note.rests_on.endswith("."), "in the parent’s own voice"
    version = in_force(rules[unread], TODAY)
    assert version is not None and (version.sure or SURE["secondary"]).rstrip(".") in note.rests_on


def test_references_nobody_read_are_named_while_they_stand_in_the_letter(sample: Store, library: Library) -> None:
    made = letters.draft(sample, library, "L46", {}, TODAY)
    assert unread_in(library, made) == ("Education Act 1996, section 497",)
    assert unread_in(library, replace(made, body="Nothing of the kind.")) == ()
    assert unread_in(library, letters.draft(sample, library, "L08", {}, TODAY)) == ()
