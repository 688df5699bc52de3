"""Opening and looking into a case of 5,000 papers: ``python tests/bench/bench_store.py [PAPERS]``.

Prints milliseconds, and the ratio to the same thing in a case of 50 papers.
"""

import sys
import tempfile
from pathlib import Path

from common import NOW, many, middle

from casefile.services import documents
from casefile.store.store import Store


def measures(folder: Path, papers: int) -> dict[str, float]:
    """What each thing takes in a case of so many papers, in seconds."""
    many(folder, papers).close()
    found = {"open and close": middle(lambda: Store.open(folder, now=NOW).close())}
    with Store.open(folder, now=NOW) as store:
        found |= {
            "list every paper": middle(lambda: documents.all_documents(store)),
            "search a rare word": middle(lambda: documents.search(store, "rareword0")),
            "search a common word": middle(lambda: documents.search(store, "therapy")),
            "search a beginning": middle(lambda: documents.search(store, "ther")),
            "find exchanges": middle(lambda: documents.threads(store)),
            "find duplicates": middle(lambda: documents.duplicates(store)),
            "save one change": middle(lambda: documents.describe(store, 1, title="Letter", note="A note")),
        }
    return found


def main() -> None:
    """Measure a small case and a large one."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as where:
        small, large = measures(Path(where) / "small", 50), measures(Path(where) / "large", papers)
    for name, taken in large.items():
        print(f"{name:22} {taken * 1000:8.1f} ms   {taken / small[name]:6.1f}x a case of 50 papers")


if __name__ == "__main__":
    main()
