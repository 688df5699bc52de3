"""How long a bundle takes, as ratios against a bare merge by pikepdf of the same files in the same run.

Run: python -m tests.bench.bundle [pages …] [scans]   Times are whole, with the start of every process, and each is the
least of three rounds that take turns: bare merge, an export after the import, one that must look at every paper itself, and
one after that. The law is read before, as the window does when it opens. With ``scans`` each page is a photo of 150 dots an inch.
"""

import datetime as dt
import io
import itertools
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import img2pdf
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from casefile import system
from casefile.domain.bundles import Bundle
from casefile.domain.people import Child as Person
from casefile.library import load
from casefile.progress import Silent
from casefile.services import bundles, case
from casefile.services.importing import import_paths
from casefile.store.store import Store

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
A_PAPER, ROUNDS = 10, 3
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


def scans(folder: Path, pages: int) -> None:
    """Papers of ten scanned pages: grey noise of paper, and lines that are no text."""
    chance = random.Random(7)
    for number in range(pages // A_PAPER):
        photos = []
        sheet = Image.effect_noise((1240, 1754), 4).point(lambda shade: min(255, shade + 110)).convert("RGB")
        for _ in range(A_PAPER):
            page = sheet.copy()
            draw = ImageDraw.Draw(page)
            for line in range(40):
                draw.rectangle((150, 150 + 35 * line, 150 + chance.randint(300, 900), 160 + 35 * line), fill="black")
            photo = io.BytesIO()
            page.save(photo, "JPEG", quality=60)
            photos.append(photo.getvalue())
        img: Any = img2pdf
        layout = img.get_layout_fun((595.3, 841.9))
        (folder / f"{number:05}.pdf").write_bytes(img.convert(photos, layout_fun=layout))


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


Row = tuple[float, dict[str, float]]


def _bare(folder: Path, target: Path) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", BARE, str(folder), str(target)], check=True)
    return time.perf_counter() - start


def _export(store: Store, made: Bundle, target: Path) -> Row:
    clock = Clock()
    start = time.perf_counter()
    done = bundles.export(store, load(), made, target, clock, today=NOW.date(), now=NOW)
    end = time.perf_counter()
    assert done.checks["ok"]
    marks = [*clock.stages.items(), ("end", end)]
    return end - start, {words: after - at for (words, at), (_, after) in itertools.pairwise(marks)}


def measure(pages: int, make: Callable[[Path, int], None] = papers) -> None:
    """Three rows: the first export after an import, one where nothing is known of the papers, and another after that."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "papers"
        folder.mkdir()
        make(folder, pages)
        before = system.peak_memory() // 2**20
        bare: list[float] = []
        rows: dict[str, list[Row]] = {"first": [], "unlooked": [], "again": []}
        with case.create(Path(place) / "case", Person(name="Amina Rahman"), load(), now=NOW) as store:
            import_paths(store, [folder], Silent(), now=NOW)
            load().rules  # noqa: B018
            as_imported = (store.folder / "work" / "pages" / "kept.json").read_bytes()
            made = bundles.compose(store, load(), "everything", NOW.date())
            for _ in range(ROUNDS if pages < 2000 else 1):
                bare.append(_bare(folder, Path(place) / "bare.pdf"))
                kept = store.folder / "work" / "pages" / "kept.json"
                kept.write_bytes(as_imported)
                for name, found in rows.items():
                    if name == "unlooked":
                        shutil.rmtree(kept.parent)
                    kept.parent.mkdir(exist_ok=True)
                    found.append(_export(store, made, Path(place) / name))
        for name, found in rows.items():
            took, stages = min(found)
            told = ", ".join(f"{words.lower()} {seconds:.2f}" for words, seconds in stages.items())
            print(
                f"{pages:6} {make.__name__}, {name:8}: {took:6.2f} s, bare merge {min(bare):5.2f} s, "
                f"ratio {took / min(bare):4.1f}   ({told})",
                flush=True,
            )
        print(
            f"{'':6} peak memory so far: {system.peak_memory() // 2**20} MB here ({before} before), {_child_peak() // 2**20} MB in a child",
            flush=True,
        )


if __name__ == "__main__":
    words = sys.argv[1:]
    sizes = [int(word) for word in words if word.isdigit()] or [100, 500, 1000, 5000]
    for size in sizes:
        measure(size, scans if "scans" in words else papers)
