"""What must hold after any fault: the case opens, what was confirmed is there, hashes and chain are right."""

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

from casefile.domain.documents import Document
from casefile.printing.bundle.sheaf import read
from casefile.progress import Silent
from casefile.services import case
from casefile.store.store import Store

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def holds(folder: Path, confirmed: Iterable[str] = ()) -> int:
    """Look at a case after a fault; returns how many papers it has. ``confirmed`` are names that were reported as added."""
    with Store.open(folder, now=NOW) as store:
        found = case.check(store, Silent())
        assert found.ok, found.problems
        papers = store.find(Document)
        names = {paper.name for paper in papers}
        assert set(confirmed) <= names, f"lost: {set(confirmed) - names}"
        there = {path.name.split(".")[0] for path in (folder / "originals").glob("*")}
        assert there <= {paper.sha256 for paper in papers}, "something half-made is left"
        left = [path for path in (folder / "work").rglob("*") if path.is_file()]
        for path in left:
            if path.suffix == ".sheaf":
                read(path)  # raises where it is not whole
            elif path.suffix == ".pdf":
                assert path.read_bytes().strip().endswith(b"%%EOF"), "pages drawn by half"
        rest = [path for path in left if path.suffix not in (".sheaf", ".pdf")]
        assert {path.name for path in rest} <= {"kept.json"}, "something half-made is left"
        for kept in rest:
            json.loads(kept.read_bytes())  # what was learnt of pages is there whole, or not at all
        for paper in papers:
            assert store.db.execute("SELECT count(*) FROM suggestion WHERE document = ?", [paper.id]).fetchone()[0] == 1
    return len(papers)
