"""What the benches share: a case of many papers made at once, and times told as ratios."""

import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from casefile.domain.documents import Document  # noqa: E402
from casefile.domain.people import Child  # noqa: E402
from casefile.library import load  # noqa: E402
from casefile.services import case  # noqa: E402
from casefile.store.rows import PageText, StoredSuggestion  # noqa: E402
from casefile.store.store import Store  # noqa: E402

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
WORDS = ["the", "council", "wrote", "about", "therapy", "meeting", "review", "plan", "school", "section", "provision", "reading", "speech", "language"]


def middle(deed: Callable[[], object], rounds: int = 5) -> float:
    """The middle of several runs, in seconds."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def many(folder: Path, papers: int) -> Store:
    """A case of many papers of two pages, without bytes: what opening, listing and searching have to carry."""
    store = case.create(folder, Child(name="Amina"), load(), now=NOW)
    with store.action("Filled for a bench", now=NOW, undoable=False):
        for number in range(papers):
            day = dt.date(2024, 1, 1) + dt.timedelta(days=number % 1000)
            id_ = store.add(
                Document(None, f"{number:064x}", f"{number}.eml", f"{number}.eml", "eml", 1000, f"Letter {number}", "filed",
                         "email", day, added=NOW.isoformat(), sender="Northbrook Council", message_id=f"{number}@x.example")
            )  # fmt: skip
            store.add(PageText(None, id_, 0, f"Letter {number}"))
            for page in (1, 2):
                words = " ".join(WORDS[(number * 7 + at * page) % len(WORDS)] for at in range(180))
                rare = f" rareword{number}" if number % 500 == 0 else ""
                store.add(PageText(None, id_, page, words + rare))
            store.add(StoredSuggestion(None, id_, json.dumps({"title": f"Letter {number}"})))
    return store
