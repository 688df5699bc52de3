"""The copy that is kept before a case is given newer tables."""

import sqlite3
import struct
from pathlib import Path

import pytest

from casefile.domain.events import Event
from casefile.errors import NoSpace
from casefile.store import kept, schema
from casefile.store.store import Store
from tests.conftest import NOW
from tests.services.test_doors import at_the_first_step


def version_of(path: Path) -> int:
    return int(struct.unpack(">I", path.read_bytes()[60:64])[0])


def test_an_older_case_is_copied_before_it_is_changed_and_only_once(store: Store) -> None:
    at_the_first_step(store)
    Store.open(store.folder, now=NOW).close()
    copies = list((store.folder / kept.FOLDER).iterdir())
    assert [copy.name for copy in copies] == ["case before version 2.db"]
    assert version_of(copies[0]) == 1 and version_of(store.folder / "case.db") == schema.NEWEST
    with sqlite3.connect(copies[0]) as plain:
        assert plain.execute("SELECT kind FROM event").fetchall() == [("ehcna_request_received",)]
    Store.open(store.folder, now=NOW).close()
    assert len(list((store.folder / kept.FOLDER).iterdir())) == 1


def test_the_copy_put_back_is_the_case_as_it_was(store: Store) -> None:
    at_the_first_step(store)
    Store.open(store.folder, now=NOW).close()
    copy = store.folder / kept.FOLDER / "case before version 2.db"
    (store.folder / "case.db").write_bytes(copy.read_bytes())
    with Store.open(store.folder, now=NOW) as again:
        assert [event.kind for event in again.find(Event)] == ["ehcna_request_received"]
    assert sorted(one.name for one in copy.parent.iterdir()) == ["case before version 2 (2).db", copy.name]


def test_where_no_copy_can_be_made_the_case_stays_as_it_was(store: Store) -> None:
    at_the_first_step(store)
    before = (store.folder / "case.db").read_bytes()
    (store.folder / kept.FOLDER).write_bytes(b"in the way")
    with pytest.raises(NoSpace, match="was not changed"):
        Store.open(store.folder, now=NOW)
    assert (store.folder / "case.db").read_bytes() == before
    (store.folder / kept.FOLDER).unlink()
    Store.open(store.folder, now=NOW).close()


def test_a_new_case_needs_no_copy(store: Store) -> None:
    assert not (store.folder / kept.FOLDER).exists()
