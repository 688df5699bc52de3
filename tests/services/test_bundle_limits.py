"""Limits by kind of paper, and what is offered where one is exceeded."""

import datetime as dt
from pathlib import Path

from casefile.library import Library
from casefile.services import bundles, documents
from casefile.store.store import Store
from tests.conftest import TODAY
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
