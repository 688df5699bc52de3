"""How long until the window is seen, against an empty Qt window measured in the same run.

Run: python tests/bench/window.py [ROUNDS]. Prints the medians and their ratios: the window alone, and with a case of
5,000 papers open and its first page drawn.
"""

import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv[:1]); window = QWidget(); window.resize(1280, 800); window.show()
for _ in range(3): app.processEvents()
window.grab()
"""
OURS = """
import sys
from PySide6.QtWidgets import QApplication
from casefile import settings as settings_of
from casefile.ui import theme
from casefile.ui.app import now
from casefile.ui.jobs import Jobs
from casefile.ui.window import Window
app = QApplication(sys.argv[:1]); app.setStyle("Fusion")
chosen = settings_of.load(); theme.apply(app, chosen)
window = Window(chosen, now, Jobs())
CASE = sys.argv[1] if len(sys.argv) > 1 else ""
window.show_waiting() if CASE else window.show_start()
window.show()
for _ in range(3): app.processEvents()
window.grab()
if CASE:
    from pathlib import Path
    window.open_folder(Path(CASE))
    for _ in range(3): app.processEvents()
    window.grab()
    window.leave_case()
"""


def timed(code: str, *words: str) -> float:
    """Seconds of a whole process that runs ``code``."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *words], check=True, cwd=ROOT, capture_output=True)
    return time.perf_counter() - started


def big_case(folder: Path, papers: int) -> None:
    """A case with many papers and a request for an assessment."""
    from casefile.domain.documents import Document
    from casefile.domain.events import Event
    from casefile.domain.people import Child
    from casefile.library import load
    from casefile.services import case
    from casefile.store.rows import PageText

    now = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    with (
        case.create(folder, Child(name="A B", born=dt.date(2017, 5, 14)), load(), now=now) as store,
        store.action("bench", now=now),
    ):
        for number in range(papers):
            day = dt.date(2024, 1, 1) + dt.timedelta(days=number % 900)
            paper = Document(
                None,
                f"{number:064x}",
                f"{number}.pdf",
                "",
                "pdf",
                1000,
                f"Letter {number}",
                "filed",
                "letter",
                day,
                added=now.isoformat(),
                pages=1,
            )
            id_ = store.add(paper)
            store.add(
                PageText(
                    None,
                    id_,
                    1,
                    f"Dear parent, this is letter number {number} about speech and language therapy. " * 12,
                )
            )
        store.add(Event(None, "ehcna_request_received", dt.date(2026, 9, 7)))


def main() -> None:
    """Measure, in turn, and print the medians and ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CASEFILE_HOME"] = str(Path(folder) / "home")
        big_case(Path(folder) / "case", 5000)
        floor, alone, full = [], [], []
        for _ in range(rounds):
            floor.append(timed(EMPTY))
            alone.append(timed(OURS))
            full.append(timed(OURS, str(Path(folder) / "case")))
    base = statistics.median(floor)
    print(f"an empty window:            {base * 1000:6.0f} ms")
    for name, values in (("our window:", alone), ("with 5,000 papers:", full)):
        print(
            f"{name:27} {statistics.median(values) * 1000:6.0f} ms, {statistics.median(values) / base:.2f} times the floor"
        )


if __name__ == "__main__":
    main()
