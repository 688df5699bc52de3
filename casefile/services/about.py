"""What the program is made of, for the page that says so."""

from casefile.store.store import Store


def database_version(store: Store) -> str:
    """The version of SQLite in use."""
    with store.guard:
        return str(store.db.execute("SELECT sqlite_version()").fetchone()[0])
