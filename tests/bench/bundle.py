"""How long a bundle takes, as ratios against a bare merge by pikepdf of the same files in the same run.

Run: python tests/bench/bundle.py [pages …]   Each row is a new case; times are whole, with the start of every process.
"""

import datetime as dt
import io
import itertools
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from casefile import system
from casefile.domain.people import Child as Person
from casefile.library import load
from casefile.progress import Silent
from casefile.services import bundles, case
from casefile.services.importing import import_paths

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
A_PAPER = 10
BARE = """
import sys, pikepdf
from pathlib import Path
out = pikepdf.new()
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    out.pages.extend(pikepdf.open(path).pages)
out.save(sys.argv[2], object_stream_mode=pikepdf.ObjectStreamMode.generate)
"""


def papers(folder: Path, pages: int) -> None:
    """Text papers of ten pages with forty lines each."""
    for number in range(pages // A_PAPER):
        target = io.BytesIO()
        canvas = Canvas(target, invariant=1)
        for page in range(A_PAPER):
            for line in range(40):
                words = (
                    f"Paper {number}, page {page}, line {line}: words that fill a line as a letter's words would do."
                )
                canvas.drawString(70, 780 - 17 * line, words)
            canvas.showPage()
        canvas.save()
        (folder / f"{number:05}.pdf").write_bytes(target.getvalue())


class Clock(Silent):
    """A progress that notes when each stage began."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.now = ""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Note a stage when its words are new."""
        if text and text != self.now:
            self.now = text
            self.stages.setdefault(text, time.perf_counter())


def _child_peak() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def measure(pages: int) -> None:
    """One row: a bare merge, the first export, and another after nothing changed."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "papers"
        folder.mkdir()
        papers(folder, pages)
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", BARE, str(folder), str(Path(place) / "bare.pdf")], check=True)
        bare = time.perf_counter() - start
        with case.create(Path(place) / "case", Person(name="Amina Rahman"), load(), now=NOW) as store:
            import_paths(store, [folder], Silent(), now=NOW)
            made = bundles.compose(store, load(), "everything", NOW.date())
            rows = []
            for name in ("first", "again"):
                clock = Clock()
                start = time.perf_counter()
                done = bundles.export(store, load(), made, Path(place) / name, clock, today=NOW.date(), now=NOW)
                end = time.perf_counter()
                assert done.checks["ok"]
                marks = [*clock.stages.items(), ("end", end)]
                stages = {words: after - at for (words, at), (_, after) in itertools.pairwise(marks)}
                rows.append((name, end - start, stages))
        for name, took, stages in rows:
            told = ", ".join(f"{words.lower()} {seconds:.2f}" for words, seconds in stages.items())
            print(
                f"{pages:6} pages, {name:5}: {took:6.2f} s, bare merge {bare:5.2f} s, ratio {took / bare:4.1f}   ({told})",
                flush=True,
            )
        print(
            f"{'':6} peak memory so far: {system.peak_memory() // 2**20} MB here, {_child_peak() // 2**20} MB in a child",
            flush=True,
        )


if __name__ == "__main__":
    for size in [int(word) for word in sys.argv[1:]] or [100, 500, 1000, 5000]:
        measure(size)
