"""How long importing takes: ``python tests/bench/bench_import.py [FOLDER]``.

FOLDER is a folder of papers; without it, those of the sample case. Prints seconds, and the ratio to reading and hashing
the same bytes and to doing nothing but keeping them.
"""

import hashlib
import sys
import tempfile
import time
from pathlib import Path

from common import NOW, ROOT

from casefile.domain.people import Child
from casefile.library import load
from casefile.progress import Silent
from casefile.services import case, documents
from casefile.system import peak_memory


def main() -> None:
    """Import once into a new case, then once more, where everything is already there."""
    beside = ROOT.parent / "shared" / "data" / "papers"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else beside if beside.is_dir() else ROOT / "resources/sample/papers"
    files = [path for path in folder.rglob("*") if path.is_file()]
    began = time.perf_counter()
    size = sum(len(data := path.read_bytes()) * bool(hashlib.sha256(data).digest()) for path in files)
    floor = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as where, case.create(Path(where) / "case", Child(), load(), now=NOW) as store:
        began = time.perf_counter()
        report = documents.import_paths(store, [folder], Silent(), now=NOW)
        first = time.perf_counter() - began
        began = time.perf_counter()
        documents.import_paths(store, [folder], Silent(), now=NOW)
        second = time.perf_counter() - began
    print(f"{len(files)} files, {size / 2**20:.1f} MB, {len(report.rows)} rows: {report.words}")
    print(
        f"first import {first:.2f} s ({first / floor:.0f}x reading and hashing), again {second:.2f} s ({second / first:.2f}x)"
    )
    print(f"peak memory of the program itself {peak_memory() / 2**20:.0f} MB")


if __name__ == "__main__":
    main()
