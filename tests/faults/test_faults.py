"""Killed at any moment, an error at any call, a full disk: nothing that was confirmed is lost, nothing half-made shows.

A short round runs each time; the long one by name: pytest -m long tests/faults
"""

import errno
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casefile.domain.people import Child
from casefile.errors import NoSpace
from casefile.library import Library
from casefile.progress import Silent
from casefile.services import bundles, case, documents
from casefile.services.bundle_place import cut_off, staged
from casefile.store.store import Store
from tests.faults.oracle import NOW, holds
from tests.readers import making

pytestmark = pytest.mark.usefixtures("waits_for_the_disk")

WORKING = Path(__file__).with_name("working.py")
ROOT = WORKING.parents[2]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small papers of several kinds."""
    folder = tmp_path_factory.mktemp("given")
    for number in range(12):
        mail = making.mail(f"Letter number {number}.\n", Message_ID=f"<{number}@x.example>")
        mail.add_attachment(
            making.pdf(f"Page {number}"), maintype="application", subtype="pdf", filename=f"{number}.pdf"
        )
        (folder / f"{number:02}.eml").write_bytes(bytes(mail))
        (folder / f"{number:02}.txt").write_text(f"Phone call number {number}, Tuesday 20 October 2026\n" * 40)
    return folder


@pytest.fixture
def empty(tmp_path: Path, library: Library) -> Path:
    """A new case, closed."""
    case.create(tmp_path / "case", Child(name="Amina"), library, now=NOW).close()
    return tmp_path / "case"


def start(folder: Path, given: Path, *more: str) -> "subprocess.Popen[str]":
    """Start the worker in a process of its own."""
    where = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        [sys.executable, str(WORKING), str(folder), str(given), *more], stdout=subprocess.PIPE, text=True,
        env=os.environ | where, cwd=ROOT,
    )  # fmt: skip


def kill_round(folder: Path, given: Path, wait: float) -> int:
    """Kill the worker ``wait`` seconds after it opened the case; returns how many papers are there."""
    worker = start(folder, given)
    assert worker.stdout and worker.stdout.readline() == "open\n"
    time.sleep(wait)
    worker.kill()
    said = worker.stdout.read().splitlines()
    worker.wait()
    return holds(folder, [line.removeprefix("added ") for line in said if line.startswith("added ")])


@pytest.mark.parametrize("seed", range(5))
def test_killed_while_papers_are_added(empty: Path, given: Path, seed: int) -> None:
    kill_round(empty, given, random.Random(seed).uniform(0.02, 1.0))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(300))
def test_killed_while_papers_are_added_long(empty: Path, given: Path, seed: int) -> None:
    kill_round(empty, given, random.Random(1000 + seed).uniform(0.0, 1.4))


class Failing:
    """Makes the n-th of the system calls that write fail, and counts them."""

    CALLS = ("write", "open", "replace", "fsync", "unlink", "mkdir")

    def __init__(self, patch: pytest.MonkeyPatch, at: int, code: int, folder: Path) -> None:
        self.at, self.code, self.count, self.folder = at, code, 0, str(folder)
        for name in self.CALLS:
            patch.setattr(os, name, self._wrapped(name, getattr(os, name)))

    def _wrapped(self, name: str, real: Any) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            inside = not isinstance(args[0], str | Path) or str(args[0]).startswith(self.folder)
            if inside and not (name == "open" and args[1] == os.O_RDONLY):
                self.count += 1
                if self.count == self.at:
                    raise OSError(self.code, os.strerror(self.code))
            return real(*args, **named)

        return call


def failing_rounds(empty: Path, given: Path, tmp_path: Path, steps: Iterator[int], code: int) -> int:
    """Import with the n-th call failing, for each n until none is left to fail; returns how many rounds that took."""
    rounds = 0
    for at in steps:
        folder = tmp_path / f"round{at}"
        shutil.copytree(empty, folder)
        store = Store.open(folder, now=NOW)
        with pytest.MonkeyPatch.context() as patch:
            failing = Failing(patch, at, code, folder)
            try:
                report = documents.import_paths(store, [given / "00.eml", given / "01.txt"], Silent(), now=NOW)
                confirmed = [row.path for row in report.rows if row.part is None]
            except NoSpace as problem:
                assert "Your case is safe" in str(problem)
                confirmed = []
            finally:
                store.close()
        holds(folder, [Path(path).name for path in confirmed])
        shutil.rmtree(folder)
        rounds += 1
        if failing.count < at:
            break
    return rounds


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_an_error_at_any_call(empty: Path, given: Path, tmp_path: Path, code: int) -> None:
    steps = iter(range(1 if code == errno.ENOSPC else 2, 200, 3))
    assert failing_rounds(empty, given, tmp_path, steps, code) > 5


@pytest.mark.long
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EACCES])
def test_an_error_at_every_call_long(empty: Path, given: Path, tmp_path: Path, code: int) -> None:
    assert failing_rounds(empty, given, tmp_path, iter(range(1, 500)), code) > 15


def full_round(empty: Path, given: Path, folder: Path, most: int) -> None:
    """Work where no file may grow beyond ``most`` bytes, so that the database itself meets the full disk."""
    shutil.copytree(empty, folder)
    worker = start(folder, given, str(most))
    said = worker.communicate(timeout=60)[0].splitlines()
    assert worker.returncode in (0, 2), said
    assert worker.returncode == 0 or any("Your case is safe" in line for line in said), said
    holds(folder, [line.removeprefix("added ") for line in said if line.startswith("added ")])
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit on the size of a file")
@pytest.mark.parametrize("most", [150_000, 200_000, 230_000])
def test_a_full_disk(empty: Path, given: Path, tmp_path: Path, most: int) -> None:
    full_round(empty, given, tmp_path / "full", most)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit on the size of a file")
def test_a_full_disk_long(empty: Path, given: Path, tmp_path: Path) -> None:
    size = (empty / "case.db").stat().st_size
    for number in range(200):
        full_round(empty, given, tmp_path / f"full{number}", size - 20_000 + number * 1024)


def test_stopping_keeps_what_was_added_whole(empty: Path, given: Path) -> None:
    from casefile.progress import Cancelled

    class Stop(Silent):
        steps = 0

        def step(self, text: str, done: int = 0, total: int = 0) -> None:
            self.steps += 1
            if done == 7:
                raise Cancelled

    with Store.open(empty, now=NOW) as store, pytest.raises(Cancelled):
        documents.import_paths(store, [given], Stop(), now=NOW)
    assert holds(empty) >= 7


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory, given: Path, library: Library) -> Path:
    """A folder with a case of some papers, and a bundle of it that was made before."""
    folder = tmp_path_factory.mktemp("bundled")
    with case.create(folder / "case", Child(name="Amina"), library, now=NOW) as store:
        documents.import_paths(store, [given], Silent(), now=NOW)
    bundle(folder).wait()
    assert bundles.verify(folder / "out")[0] == []
    return folder


def bundle(folder: Path, *more: str) -> "subprocess.Popen[str]":
    """Start to make the bundle of a case in a process of its own."""
    words = ["bundle", str(folder / "case"), "--out", str(folder / "out"), "--by-section", "--as-of", "2026-11-24", *more]
    where = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen([sys.executable, "-m", "casefile", *words], stdout=subprocess.DEVNULL, text=True, env=os.environ | where, cwd=ROOT)


def bundle_round(folder: Path, wait: float) -> None:
    """Kill the making of another bundle after ``wait`` seconds: the old one is whole or the new one is, at the latest after the next."""
    worker = bundle(folder, "--title", f"Killed after {wait:.3f} seconds")
    time.sleep(wait)
    worker.kill()
    worker.wait()
    holds(folder / "case")
    if not cut_off(folder / "out"):
        assert bundles.verify(folder / "out")[0] == []
    with staged(folder / "out"):
        pass
    assert bundles.verify(folder / "out")[0] == []
    assert not [path for path in (folder / "out").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("seed", range(2))
def test_killed_while_a_bundle_is_made(bundled: Path, seed: int) -> None:
    bundle_round(bundled, random.Random(seed).uniform(0.3, 1.5))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100))
def test_killed_while_a_bundle_is_made_long(bundled: Path, seed: int) -> None:
    bundle_round(bundled, random.Random(2000 + seed).uniform(0.2, 2.0))
