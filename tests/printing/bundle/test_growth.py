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

from casefile.printing.bundle.plan import Plan, Stamp
from casefile.printing.bundle.source import Opened, opened
from tests.printing.bundle.binding import bound, sheaf_of

MEGABYTE = 1 << 20
PEAK = """
import sys
from pathlib import Path
from casefile.printing.bundle.bind import Binding, whole
from casefile.printing.bundle.front import faces
from casefile.printing.bundle.plan import Plan, Stamp
from tests.printing.bundle.binding import sheaf_of
paths = [Path(path) for path in sys.argv[1:]]
plan = Plan("", "D:20000101000000Z", tuple(Stamp(str(at + 1)) for at in range(len(paths))), ())
size = sum(map(len, Binding([whole(sheaf_of(path)) for path in paths], plan, *faces()).pieces(lambda done, total: None)))
peak = next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(size // 1048576, peak)
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


def put_together(paths: list[Path]) -> bytes:
    plan = Plan("Scans", "D:20000101000000Z", tuple(Stamp(str(at + 1)) for at in range(len(paths))), ())
    return bound([sheaf_of(path) for path in paths], plan)[0]


def test_photos_come_in_as_they_are_from_sound_and_from_damaged_papers(tmp_path: Path) -> None:
    paths = [tmp_path / f"scan {at} ü.pdf" for at in range(3)]
    for path in paths:
        scan(path, 300_000)
    damaged = paths[1].read_bytes().replace(b"startxref", b"startxxxx")
    paths[1].write_bytes(damaged)
    assert opened(str(paths[1]), "as it is").repaired, "damage is seen"
    with pikepdf.open(io.BytesIO(put_together(paths))) as pdf:
        for path, page in zip(paths, pdf.pages, strict=True):
            with pikepdf.open(path) as source:
                photo = source.pages[0].obj.Resources.XObject.Photo.read_raw_bytes()
                assert page.obj.Resources.XObject.Photo.read_raw_bytes() == photo


@pytest.mark.skipif(sys.platform != "linux", reason="a program's own peak is asked of Linux here")
def test_photos_do_not_stay_in_memory(tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{at}.pdf") for at in range(80)]
    for path in paths:
        scan(Path(path), MEGABYTE)
    few, many = (
        subprocess.run([sys.executable, "-c", PEAK, *some], check=True, capture_output=True, text=True, cwd=os.getcwd()).stdout
        for some in (paths[:8], paths)
    )
    sizes, peaks = zip(*((int(word) for word in line.split()) for line in (few, many)), strict=True)
    assert sizes[1] - sizes[0] >= 72 and peaks[1] < peaks[0] + 10, f"{peaks} MB: of 72 MB more hardly any may be held"


def test_the_name_for_programs_tells_bundles_apart_and_is_the_same_for_the_same(tmp_path: Path) -> None:
    paths = [tmp_path / f"{at}.pdf" for at in range(2)]
    for path, size in zip(paths, (1000, 1001), strict=True):
        scan(path, size)

    def name(path: Path) -> bytes:
        with pikepdf.open(io.BytesIO(put_together([path]))) as pdf:
            return bytes(pdf.trailer.ID[0])

    assert name(paths[0]) == name(paths[0]) != name(paths[1])


def test_twice_the_pages_take_no_more_than_about_twice_the_time() -> None:
    """Of binding, which comes again with every export."""

    def seconds(pages: int) -> float:
        stamps = tuple(Stamp(str(at + 1), "A paper with a name that is longer than its place at the foot of a page has room for, by far") for at in range(pages))
        source = pikepdf.new()
        for _ in range(10):
            source.add_blank_page(page_size=(595, 842))
            source.pages[-1].obj.Resources = Dictionary(Font=Dictionary())
            source.pages[-1].obj.Annots = Array()
        sheaf = sheaf_of(Opened(source, "our own"))
        began = time.process_time()
        _, boxes = bound([sheaf] * (pages // 10), Plan("", "D:20000101000000Z", stamps, ()))
        assert len(boxes) == pages
        return time.process_time() - began

    few, many = min(seconds(1600) for _ in range(2)), seconds(6400)
    assert many < 4 * few * 1.8, f"{few:.2f} s for 1,600 pages, {many:.2f} s for 6,400"
