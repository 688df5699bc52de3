"""The hash of a row: every column counts, one that came later only once it says something."""

from casefile.store import schema
from casefile.store.rows import ADDED, hash_of


def test_a_column_that_came_later_counts_once_it_says_something() -> None:
    old = {"id": 1, "words": "She cried."}
    assert hash_of(old) == hash_of(old | {"whose": ""}) != hash_of(old | {"whose": "child"})
    assert hash_of({"id": 1, "complaint": None}) == hash_of({"id": 1}) != hash_of({"id": 1, "complaint": 0})
    assert hash_of(None) == "gone" and hash_of({"id": 1, "note": ""}) != hash_of({"id": 1})


def test_each_such_column_stands_in_one_table_only() -> None:
    tables = [sql for kind, _, sql in schema.shape_at(schema.NEWEST) if kind == "table"]
    for name in ADDED:
        assert sum(f"{name} " in sql for sql in tables) == 1, name
