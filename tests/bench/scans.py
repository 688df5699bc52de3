"""How well and how fast scans are read: ``python tests/bench/scans.py [FOLDER]``.

Prints seconds a page and wrong letters in a hundred on pages drawn here (a clean scan, a shaded photo of twelve million dots,
a page on its side), and the most memory the limited child held; with FOLDER, or the shared papers beside the checkout, also
seconds and words for each scan there, against the words its maker put into it where there are some.
"""

import io
import sys
import time
from pathlib import Path

from common import ROOT

sys.path.insert(0, str(ROOT))

import pypdfium2

from casefile.readers import Unreadable
from casefile.readers.kinds import PICTURES, kind_of
from casefile.readers.process import ReaderProcess
from casefile.readers.scan import available
from tests.readers.drawing import LETTER, drawn, errors, jpeg, png, scanned_pdf, shaded

PAGE = "\n".join([LETTER, *(f"{line} and so on in the same way" for line in LETTER.splitlines()), *LETTER.splitlines()])


def peak(reader: ReaderProcess) -> str:
    """The most memory the child held, where the system tells it."""
    process = reader._child._process
    told = Path(f"/proc/{process.pid}/status") if process else Path("none")
    lines = told.read_text().splitlines() if told.is_file() else []
    return next((f"{int(line.split()[1]) // 1024} MB" for line in lines if line.startswith("VmHWM")), "unknown")


def main() -> None:
    """Read every page once and print a line for each."""
    if not available():
        print("Tesseract is not installed here.")
        return
    page = drawn(PAGE, size=34, page=(1654, 2339), at=(140, 150))
    large = shaded(page).resize((2892, 4090))
    known = {
        "clean scan": scanned_pdf(page), "shaded photo, 12 million dots": jpeg(large), "very dark, grainy photo": jpeg(shaded(page, 50, 12)),
        "page on its side": png(page.rotate(90, expand=True)),
    }  # fmt: skip
    with ReaderProcess() as reader:
        reader.scan(png(drawn()), 0)
        for name, data in known.items():
            began = time.perf_counter()
            found = reader.scan(data, 0)
            print(f"{name:32} {time.perf_counter() - began:5.2f} s  {errors(PAGE, found.text) * 100:5.2f} % of letters wrong")
        beside = ROOT.parent / "shared" / "data" / "papers"
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else beside
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            data = path.read_bytes()
            if kind_of(data) == "pdf" or kind_of(data) in PICTURES:
                told(reader, path.name, data)
        print(f"most memory of the child: {peak(reader)}")


def told(reader: ReaderProcess, name: str, data: bytes) -> None:
    """One paper of others: its first page."""
    theirs = ""
    if kind_of(data) == "pdf":
        try:
            theirs = pypdfium2.PdfDocument(io.BytesIO(data))[0].get_textpage().get_text_range()
        except pypdfium2.PdfiumError:
            return
        if theirs.strip() and "OCR" not in name:
            return
    began = time.perf_counter()
    try:
        found = reader.scan(data, 0)
    except Unreadable as problem:
        print(f"{name:32} {problem.args[0]}")
        return
    against = f"  {errors(theirs, found.text) * 100:5.2f} % other than its maker’s words" if theirs.strip() else ""
    print(f"{name:32} {time.perf_counter() - began:5.2f} s  {len(found.words)} words{against}")


if __name__ == "__main__":
    main()
