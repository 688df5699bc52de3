"""Joining many pages: what it costs grows with the pages and no faster, and photos do not stay in memory."""

import io
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from casefile.printing.bundle.front import faces
from casefile.printing.bundle.join import joined, save
from casefile.printing.bundle.plan import Plan, Stamp
from casefile.printing.bundle.source import Opened, opened

MEGABYTE = 1 << 20
PEAK = """
import io, sys
from casefile.printing.bundle.front import faces
from casefile.printing.bundle.join import joined, save
from casefile.printing.bundle.plan import Plan, Stamp
from casefile.printing.bundle.source import opened
class Nowhere(io.RawIOBase):
    def write(self, data): return len(data)
    def writable(self): return True
    def seekable(self): return False
lazy, paths = sys.argv[1] == "lazy", sys.argv[2:]
plan = Plan("", "D:20000101000000Z", tuple(Stamp(str(at + 1)) for at in range(len(paths))), ())
out, _ = joined((opened(path, "as it is", lazy=lazy) for path in paths), plan, *faces(), lambda number: None)
save(out, Nowhere())
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def scan(path: Path, size: int) -> None:
    """A page with one photo of ``size`` bytes; nobody looks at it here."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    photo = pdf.make_stream(b"\xff\xd8\0" + random.Random(str(path)).randbytes(size), Filter=Name.DCTDecode)
    about = Dictionary(Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceRGB, BitsPerComponent=8)
    for key, value in about.items():
        photo[key] = value
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Photo=photo))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Photo Do Q")
    pdf.save(path, compress_streams=False)


def put_together(paths: list[Path], *, lazy: bool) -> bytes:
    plan = Plan("Scans", "D:20000101000000Z", tuple(Stamp(str(at + 1)) for at in range(len(paths))), ())
    out, _ = joined((opened(str(path), "as it is", lazy=lazy) for path in paths), plan, *faces(), lambda number: None)
    target = io.BytesIO()
    save(out, target)
    return target.getvalue()


def test_papers_read_while_the_bundle_is_written_give_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / f"scan {at} ü.pdf" for at in range(3)]
    for path in paths:
        scan(path, 300_000)
    damaged = paths[1].read_bytes().replace(b"startxref", b"startxxxx")
    paths[1].write_bytes(damaged)
    made = put_together(paths, lazy=True)
    assert made == put_together(paths, lazy=False)
    one, other = opened(str(paths[1]), "as it is", lazy=True), opened(str(paths[1]), "as it is")
    assert one.repaired and one.notes == other.notes, "damage is seen either way"
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for path, page in zip(paths, pdf.pages, strict=True):
            with pikepdf.open(path) as source:
                photo = source.pages[0].obj.Resources.XObject.Photo.read_raw_bytes()
                assert page.obj.Resources.XObject.Photo.read_raw_bytes() == photo


@pytest.mark.skipif(sys.platform != "linux", reason="a program's own peak is asked of Linux here")
def test_photos_do_not_stay_in_memory(tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{at}.pdf") for at in range(80)]
    for path in paths:
        scan(Path(path), MEGABYTE)
    peaks = []
    for way in ("lazy", "whole"):
        done = subprocess.run([sys.executable, "-c", PEAK, way, *paths], check=True, capture_output=True, text=True, cwd=os.getcwd())
        peaks.append(int(done.stdout))
    assert peaks[0] < peaks[1] - 50, f"{peaks} MB: of 80 MB of photos hardly any may be held"


def test_the_name_for_programs_tells_bundles_apart_and_is_the_same_for_the_same(tmp_path: Path) -> None:
    paths = [tmp_path / f"{at}.pdf" for at in range(2)]
    for path, size in zip(paths, (1000, 1001), strict=True):
        scan(path, size)

    def name(path: Path) -> bytes:
        with pikepdf.open(io.BytesIO(put_together([path], lazy=False))) as pdf:
            return bytes(pdf.trailer.ID[0])

    assert name(paths[0]) == name(paths[0]) != name(paths[1])


def test_twice_the_pages_take_no_more_than_about_twice_the_time() -> None:
    """The number of pages for which the page tree is made in one go, and four times as many."""

    def seconds(pages: int) -> float:
        stamps = tuple(Stamp(str(at + 1), "A paper with a name that is longer than its place at the foot of a page has room for, by far") for at in range(pages))
        target = io.BytesIO()
        source = pikepdf.new()
        for _ in range(10):
            source.add_blank_page(page_size=(595, 842))
            source.pages[-1].obj.Resources = Dictionary(Font=Dictionary())
            source.pages[-1].obj.Annots = Array()
        source.save(target)
        began = time.process_time()
        sources = (Opened(pikepdf.open(io.BytesIO(target.getvalue())), "our own") for _ in range(pages // 10))
        out, boxes = joined(sources, Plan("", "D:20000101000000Z", stamps, ()), *faces(), lambda number: None)
        save(out, io.BytesIO())
        assert len(boxes) == pages
        return time.process_time() - began

    few, many = min(seconds(1600) for _ in range(2)), seconds(6400)
    assert many < 4 * few * 1.8, f"{few:.2f} s for 1,600 pages, {many:.2f} s for 6,400"
