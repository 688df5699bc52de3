"""What a bundle costs, as a table with ratios against three bare merges of the same files in the same run.

Run: python -m tests.bench.bundle [pages ...] [papers|scans|mixed] [volumes]   A size has a process of its own, so that peaks of memory
are its own. Times are whole, with the start of every process, and each is the least of some rounds that take turns: the bare
merges by pikepdf, by the qpdf program where there is one, and by PDFium; an export after the import; one that must look at
every paper itself; one after that; and one after a paper was added. The law is read before, as the window does when it
opens. Pages of ``scans`` are photos of 150 dots an inch; of ``mixed`` one paper in three is (5,000 pages are 300 MB).
With ``volumes`` the bundle is made once, cut into files of at most 20 MB, each of them read back.
"""

import contextlib
import datetime as dt
import io
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import img2pdf
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from casefile.domain.bundles import Bundle
from casefile.domain.people import Child as Person
from casefile.library import load
from casefile.progress import Silent
from casefile.services import bundles, case
from casefile.services.importing import import_paths
from casefile.store.store import Store

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
A_PAPER, ROUNDS = 10, 3
JOINING = ("laying out the index", "joining the pages")
CHECK = "checking the pages"
BARE = """
import sys, pikepdf
from pathlib import Path
out = pikepdf.new()
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    out.pages.extend(pikepdf.open(path).pages)
out.save(sys.argv[2], object_stream_mode=pikepdf.ObjectStreamMode.generate)
"""
PDFIUM = """
import sys, pypdfium2
from pathlib import Path
out = pypdfium2.PdfDocument.new()
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    source = pypdfium2.PdfDocument(path)
    out.import_pages(source)
    source.close()
out.save(sys.argv[2])
"""


def papers(folder: Path, pages: int, first: int = 0) -> None:
    """Text papers of ten pages with forty lines each, counted from ``first``."""
    for number in range(first, first + pages // A_PAPER):
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


def mixed(folder: Path, pages: int) -> None:
    """Two papers of text, and then one of scans."""
    papers(folder, pages)
    with tempfile.TemporaryDirectory() as place:
        scans(Path(place), pages // 3)
        for at, path in enumerate(sorted(Path(place).glob("*.pdf"))):
            shutil.move(path, folder / f"{3 * at + 2:05}.pdf")


class Clock(Silent):
    """A progress that notes how long each stage took, as its words come first."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._now, self._since = "", time.perf_counter()

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Note a stage when its words are new."""
        if text and text != self._now:
            self.end()
            self._now = text

    def end(self) -> None:
        """Note the last stage."""
        now = time.perf_counter()
        self.stages[self._now.lower()] = self.stages.get(self._now.lower(), 0.0) + now - self._since
        self._since = now


class Peaks(threading.Thread):
    """The most memory this process and each of its children ever held, as Linux tells it; looked at ten times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.megabytes: dict[int, int] = {}
        self.start()

    def run(self) -> None:
        """Look until the process ends."""
        own = str(os.getpid())
        while True:
            for status in Path("/proc").glob("[0-9]*/status"):
                with contextlib.suppress(OSError):
                    told = dict(line.split(":", 1) for line in status.read_text("utf-8", "replace").splitlines() if ":" in line)
                    if own in (told["PPid"].strip(), status.parent.name) and told["Name"].strip() != "qpdf" and "VmHWM" in told:
                        self.megabytes[int(status.parent.name)] = int(told["VmHWM"].split()[0]) // 1024
            time.sleep(0.1)

    def told(self) -> str:
        """This process, and its largest child."""
        here = self.megabytes.pop(os.getpid(), 0)
        return f"{here} + {max(self.megabytes.values(), default=0)}"


@dataclass(frozen=True)
class Run:
    """An export: its seconds, and those of each stage."""

    seconds: float
    stages: dict[str, float]

    @property
    def joining(self) -> float:
        """Laying out the index, joining, stamping and saving."""
        return sum(self.stages.get(stage, 0.0) for stage in JOINING)


def _bare(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def floors(folder: Path, target: Path) -> dict[str, float]:
    """The bare merges, in seconds."""
    made = {
        "pikepdf": _bare([sys.executable, "-c", BARE, str(folder), str(target)]),
        "pdfium": _bare([sys.executable, "-c", PDFIUM, str(folder), str(target)]),
    }
    if qpdf := shutil.which("qpdf"):
        files = [str(path) for path in sorted(folder.glob("*.pdf"))]
        made["qpdf"] = _bare([qpdf, "--empty", "--pages", *files, "--", str(target)])
    return made


def _export(store: Store, made: Bundle, target: Path) -> Run:
    clock = Clock()
    start = time.perf_counter()
    done = bundles.export(store, load(), made, target, clock, today=NOW.date(), now=NOW)
    clock.end()
    assert done.checks["ok"]
    return Run(time.perf_counter() - start, clock.stages)


def measure(pages: int, make: Callable[[Path, int], None]) -> str:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as place:
        folder, more = Path(place) / "papers", Path(place) / "more"
        folder.mkdir()
        more.mkdir()
        make(folder, pages)
        papers(more, A_PAPER, first=90_000)
        bare: list[dict[str, float]] = []
        runs: dict[str, list[Run]] = {"first": [], "unlooked": [], "again": [], "changed": []}
        with case.create(Path(place) / "case", Person(name="Amina Rahman"), load(), now=NOW) as store:
            import_paths(store, [folder], Silent(), now=NOW)
            load().rules  # noqa: B018
            kept = store.folder / "work" / "pages" / "kept.json"
            as_imported = kept.read_bytes()
            made = bundles.compose(store, load(), "everything", NOW.date())
            for _ in range(ROUNDS):
                bare.append(floors(folder, Path(place) / "bare.pdf"))
            peaks = Peaks()
            for _ in range(ROUNDS):
                kept.write_bytes(as_imported)
                for name in ("first", "unlooked", "again"):
                    if name == "unlooked":
                        shutil.rmtree(kept.parent)
                    kept.parent.mkdir(exist_ok=True)
                    runs[name].append(_export(store, made, Path(place) / name))
            import_paths(store, [more], Silent(), now=NOW)
            changed = bundles.compose(store, load(), "everything", NOW.date())
            assert len(changed.chosen) == len(made.chosen) + 1
            runs["changed"].append(_export(store, changed, Path(place) / "changed"))
        return _line(pages, make.__name__, bare, runs, peaks.told())


def in_volumes(pages: int, make: Callable[[Path, int], None]) -> str:
    """One line of the table of bundles cut into volumes."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "papers"
        folder.mkdir()
        make(folder, pages)
        with case.create(Path(place) / "case", Person(name="Amina Rahman"), load(), now=NOW) as store:
            import_paths(store, [folder], Silent(), now=NOW)
            load().rules  # noqa: B018
            made = bundles.compose(store, load(), "everything", NOW.date())
            peaks = Peaks()
            run = _export(store, replace(made, paper=replace(made.paper, volume_mb=20)), Path(place) / "out")
            files = sorted((Path(place) / "out").glob("*volume*.pdf"))
            largest = max(path.stat().st_size for path in files) / 1e6
            cutting = run.stages["cutting volumes"] + run.stages.get("cutting the bundle", 0.0)
            return f"{make.__name__:6} {pages:6} | {len(files):5} of {largest:5.1f} MB | {run.seconds:6.2f} {cutting:8.2f} | {peaks.told():>9}"


def _line(pages: int, kind: str, bare: Sequence[dict[str, float]], runs: dict[str, list[Run]], peaks: str) -> str:
    least = {name: min(one[name] for one in bare) for name in bare[0]}
    whole = {name: min(one.seconds for one in found) for name, found in runs.items()}
    known = [*runs["first"], *runs["again"]]
    joining = min(one.joining for one in known)
    check = min(one.stages[CHECK] for one in known) * 2000 / pages
    against = " ".join(f"{joining / least[name]:5.2f}" if name in least else "    -" for name in FLOORS)
    return (
        f"{kind:6} {pages:6} | {joining:6.2f} {against} | {whole['first']:6.2f} {whole['unlooked']:8.2f} {whole['again']:6.2f} "
        f"{whole['changed']:7.2f} {whole['first'] / least['pikepdf']:9.2f} | {check:5.2f} | {peaks:>9}"
    )


FLOORS = ("pikepdf", "qpdf", "pdfium")
HEADS = """
              | joining, index, stamps, saving | whole export, seconds                      | check | MB at most
kind    pages |      s  x the bare merges of   |  first unlooked  again changed x pikepdf | ms a  | here + in
              |        pikepdf  qpdf pdfium    |                                            | page  |  a child"""

IN_VOLUMES = """
              | volumes, at most | seconds, and of |  MB at most
kind    pages | so large         | these cutting   |"""


if __name__ == "__main__":
    words = sys.argv[1:]
    sizes = [word for word in words if word.isdigit()] or ["500", "1000", "2000", "5000", "10000"]
    kinds = [word for word in words if word in ("papers", "scans", "mixed")] or ["papers"]
    cutting = [word for word in words if word == "volumes"]
    if "--one" in words:
        do = in_volumes if cutting else measure
        print(do(int(sizes[0]), {"papers": papers, "scans": scans, "mixed": mixed}[kinds[0]]), flush=True)
    else:
        print(IN_VOLUMES if cutting else HEADS, flush=True)
        for kind, size in itertools.product(kinds, sizes):
            subprocess.run([sys.executable, "-m", "tests.bench.bundle", "--one", size, kind, *cutting], check=True)
