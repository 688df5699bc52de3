"""Limits by kind of paper, and what is offered where one is exceeded."""

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path

from casefile.domain.bundle_subject import Subject
from casefile.domain.bundles import Bundle
from casefile.domain.events import Event
from casefile.domain.redaction import with_words
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import bundles, documents, timeline
from casefile.services.bundle_subject import note_for_more_pages, subject_of
from casefile.store.store import Store
from tests.conftest import NOW, TODAY
from tests.services.test_bundle_choices import given, paper


def test_each_kind_of_paper_has_its_own_limit(store: Store, library: Library, tmp_path: Path) -> None:
    """A witness statement, a working document and a report over their limits are each told; an old report is warned of."""
    ids = given(store, tmp_path / "given", said=paper("said", 11), working=paper("working", 26), report=paper("report", 15))
    for name, kind, day in (("said", "witness_statement", dt.date(2026, 1, 5)), ("working", "working_document", dt.date(2026, 2, 5)), ("report", "ot_report", dt.date(2023, 11, 23))):
        documents.sort_document(store, ids[name], kind=kind, dated=day)
    made = bundles.compose(store, library, "tribunal", TODAY)
    over = {one.limit.title: one.over for one in bundles.plan(store, library, made).counts}
    assert over == {"Your evidence": 0, "One expert’s report": 0, "One witness statement": 1, "The working document": 1}
    report = next(item for item in made.items if item.document == ids["report"])
    assert report.warnings == ("This is more than 3 years old. The Tribunal takes older ones only in exceptional cases.",)
    assert not any("years old" in words for item in bundles.compose(store, library, "lgsco", TODAY).items for words in item.warnings)
    assert {item.section for item in made.items} == {"Reports", "The plan"}


def registered(store: Store, folder: Path, **words: str) -> dict[str, int]:
    """Letters of the Tribunal with these words, filed as such."""
    ids = given(store, folder, **{name: paper(said, 1) for name, said in words.items()})
    for id_ in ids.values():
        documents.sort_document(store, id_, kind="tribunal_registration", dated=dt.date(2026, 10, 1))
    return ids


def test_the_subject_line_from_the_record_and_its_gaps(store: Store, library: Library, tmp_path: Path) -> None:
    """What the record has stands in it; what it lacks is a gap that is named; what the parent says goes before."""
    purpose = library.purpose("tribunal")
    made = Bundle("tribunal", "X", ())
    bare = subject_of(store, purpose, made)
    assert bare.line == "[date of the hearing] | [number of the appeal] | Amina Rahman | Tribunal evidence"
    assert bare.gaps == ("date of the hearing", "number of the appeal")
    registered(store, tmp_path / "given", letter="Your appeal EH 936/26/00567 is registered ")
    timeline.record(store, Event(None, "hearing_date", dt.date(2027, 2, 3)))
    found = subject_of(store, purpose, made)
    assert found.line == "HD 03/02/2027 | EH936/26/00567 | Amina Rahman | Tribunal evidence" and not found.gaps
    assert found.file == "HD 2027-02-03, EH936-26-00567, Amina Rahman, Tribunal evidence"
    assert found.because["appeal"].startswith("Read in") and "timeline" in found.because["hearing"]
    own = replace(made, subject=Subject(dt.date(2027, 3, 4), "EH1/2/3", "Late evidence <b>", initials=True))
    assert subject_of(store, purpose, own).line == "HD 04/03/2027 | EH1/2/3 | A. R. | Late evidence <b>"
    hidden = replace(made, hiding=with_words(made.hiding, "Rahman"))
    assert "Rahman" not in subject_of(store, purpose, hidden).line + subject_of(store, purpose, hidden).file


def test_two_numbers_of_appeals_are_not_guessed_between(store: Store, library: Library, tmp_path: Path) -> None:
    registered(store, tmp_path / "given", one="Appeal EH936/26/00567 ", two="Appeal EH936/25/00001 ")
    found = subject_of(store, library.purpose("tribunal"), Bundle("tribunal", "X", ()))
    assert "[number of the appeal]" in found.line and "EH936/26/00567" in found.because["appeal"]


def test_files_are_called_by_the_subject_where_that_is_wanted(store: Store, library: Library, tmp_path: Path) -> None:
    ids = registered(store, tmp_path / "given", letter="Appeal EH936/26/00567 ")
    made = bundles.compose(store, library, "tribunal", TODAY, documents=list(ids.values()))
    made = replace(made, subject=Subject(dt.date(2027, 2, 3), for_files=True))
    out = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    assert out.pdf[0].name == "HD 2027-02-03, EH936-26-00567, Amina Rahman, Tribunal evidence.pdf"
    assert bundles.load(store, bundles.save(store, made, now=NOW).id or 0).subject == made.subject


def test_the_note_for_more_pages_counts_what_is_too_many(store: Store, library: Library, tmp_path: Path) -> None:
    ids = given(store, tmp_path / "given", report=paper("report", 18), more=paper("more", 90))
    documents.sort_document(store, ids["report"], kind="ep_report", dated=dt.date(2026, 1, 5), title="Report by <Dr Lee>")
    made = bundles.compose(store, library, "tribunal", TODAY, documents=list(ids.values()))
    purpose = library.purpose("tribunal")
    note = note_for_more_pages(store, purpose, made, bundles.plan(store, library, made).counts)
    assert "- Your evidence: 108 pages. At most 100 are allowed. That is 8 too many." in note
    assert "- One expert’s report, “Report by <Dr Lee>”: 18 pages. At most 15 are allowed. That is 3 too many." in note
    assert "[number of the appeal]" in note and "Child: Amina Rahman" in note and "the rule itself was not read" in note
    out = bundles.export(store, library, made, tmp_path / "out", Silent(), today=TODAY, now=NOW)
    with zipfile.ZipFile(out.zip) as packed:
        data = {name.split("/data/")[-1]: packed.read(name).decode() for name in packed.namelist() if name.endswith(".txt")}
    assert data["note for form SEND7.txt"] == note
    assert "Report by <Dr Lee>”: 18 of at most 15 pages: 3 too many." in data["compliance.txt"] and bundles.verify(out.zip)[0] == []
    short = bundles.compose(store, library, "tribunal", TODAY, documents=[ids["more"]])
    assert note_for_more_pages(store, purpose, short, bundles.plan(store, library, short).counts) == ""
    assert note_for_more_pages(store, library.purpose("family_court"), made, bundles.plan(store, library, made).counts) == ""
