"""Full-text search over every paper: its title, people, note and every page. Any words give results or none."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casefile.store.store import Store

_START, _END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Found:
    """A page that fits: ``page`` is 0 for the title and head. ``snippet`` is text in pieces, those found marked true."""

    document: int
    page: int
    snippet: tuple[tuple[str, bool], ...]


def expression(query: str) -> str:
    """A search as SQLite understands it: every word quoted, the last one also as a beginning. Empty when no word is left."""
    words = re.findall(r"\w+", query, re.UNICODE)[:20]
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    if not query.rstrip().endswith('"') and len(words[-1]) > 1:
        quoted[-1] += "*"
    return " ".join(quoted)


def search(store: "Store", query: str, limit: int) -> tuple[int, list[Found]]:
    """How many pages fit in all, and the first ``limit`` of them, newest paper first."""
    words = expression(query)
    if not words:
        return 0, []
    with store.guard:
        total = store.db.execute(
            "SELECT count(*) FROM page_search JOIN page_text ON page_text.id = page_search.rowid "
            "JOIN document ON document.id = page_text.document WHERE page_search MATCH ? AND document.state <> 'binned'",
            [words],
        ).fetchone()[0]
        rows = store.db.execute(
            "SELECT page_text.document, page_text.page, snippet(page_search, 0, ?, ?, '…', 24) FROM page_search "
            "JOIN page_text ON page_text.id = page_search.rowid JOIN document ON document.id = page_text.document "
            "WHERE page_search MATCH ? AND document.state <> 'binned' "
            "ORDER BY coalesce(document.dated, document.received, substr(document.added, 1, 10)) DESC, document.id DESC, "
            "page_text.page LIMIT ?",
            [_START, _END, words, limit],
        ).fetchall()
    return int(total), [Found(row[0], row[1], _pieces(row[2])) for row in rows]


def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    found: list[tuple[str, bool]] = []
    for piece in re.split(f"({_START}.*?{_END})", " ".join(text.split()), flags=re.DOTALL):
        if piece.startswith(_START):
            found.append((piece.strip(_START + _END), True))
        elif piece:
            found.append((piece, False))
    return tuple(found)
