"""The one-folder program, built and run where nothing else is installed. Long: pytest -m long tests/test_built_program.py

PyInstaller is not part of what the program needs: it is installed into an environment of this test's own, together with
the project, so the check needs a place to install from.
"""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.readers.drawing import drawn, needs_scans, png
from tests.readers.locking import old_word, word_locked, zip_locked
from tests.readers.making import word

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"
pytestmark = pytest.mark.long


def run(*words: str | Path, folder: Path) -> str:
    """Run something to its end; returns what it printed. Its own words are shown when it fails."""
    bare = {name: value for name, value in os.environ.items() if name in ("SYSTEMROOT", "TEMP", "TMP", "PATH")}
    done = subprocess.run(words, cwd=folder, env=bare | {"HOME": str(folder)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built from this checkout; its start."""
    folder = tmp_path_factory.mktemp("built")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts/python.exe" if WINDOWS else "bin/python")
    # With what reads scans, where it is made for this system.
    for wanted in (f"{ROOT}[ocr]", str(ROOT)):
        installed = subprocess.run([python, "-m", "pip", "install", "--quiet", wanted, "pyinstaller"], capture_output=True)
        if not installed.returncode:
            break
    if installed.returncode:
        pytest.skip("there is no place here to install PyInstaller from")
    made = [python, "-m", "PyInstaller", "--distpath", folder / "dist", "--workpath", folder / "work", "--noconfirm"]
    subprocess.run([*made, "build.spec"], cwd=ROOT, check=True, capture_output=True)
    return folder / "dist" / "casefile" / ("casefile.exe" if WINDOWS else "casefile")


def test_it_starts_without_a_python(built: Path, tmp_path: Path) -> None:
    assert run(built, "--version", folder=tmp_path).startswith("casefile ")


def test_it_makes_a_case_reads_papers_and_counts_deadlines(built: Path, tmp_path: Path) -> None:
    run(built, "sample", "case", folder=tmp_path)
    due = json.loads(run(built, "deadlines", "case", "--json", folder=tmp_path))["deadlines"]
    assert any(one["rule"] == "ehcp_final_20_weeks" and one["state"] == "met_late" for one in due)
    papers = json.loads(run(built, "documents", "case", "--json", folder=tmp_path))["documents"]
    assert [one["problem"] for one in papers if one["problem"]] == []


def test_it_writes_a_letter_and_checks_the_case(built: Path, tmp_path: Path) -> None:
    run(built, "sample", "case", folder=tmp_path)
    for ending in ("pdf", "docx", "txt", "eml"):
        run(built, "letter", "case", "L08", "--out", f"letter.{ending}", folder=tmp_path)
        assert (tmp_path / f"letter.{ending}").stat().st_size > 500
    assert json.loads(run(built, "verify", "case", "--json", folder=tmp_path))["ok"]


def test_it_opens_what_is_locked_with_a_password(built: Path, tmp_path: Path) -> None:
    """What unlocks is loaded late, and only in the limited reader: a build may have left it out."""
    run(built, "sample", "case", folder=tmp_path)
    inside = {"old.doc": old_word("Siskin", "Wren"), "new.docx": word_locked(word("<w:p><w:r><w:t>Wagtail</w:t></w:r></w:p>"), "Wren")}
    (tmp_path / "disclosure.zip").write_bytes(zip_locked(inside, "Wren"))
    (tmp_path / "secret.txt").write_text("Wren")
    run(built, "import", "case", "disclosure.zip", folder=tmp_path)
    opened = 0
    while waiting := json.loads(run(built, "unlock", "case", "--json", folder=tmp_path))["locked"]:
        run(built, "unlock", "case", str(waiting[0]["id"]), "--password-file", "secret.txt", folder=tmp_path)
        opened += 1
    assert opened == 3
    for found in ("Siskin", "Wagtail"):
        assert json.loads(run(built, "search", "case", found, "--json", folder=tmp_path))["total"] == 1


def test_it_makes_a_bundle_and_proves_it(built: Path, tmp_path: Path) -> None:
    run(built, "sample", "case", folder=tmp_path)
    made = json.loads(run(built, "bundle", "case", "--out", "out", "--by-section", "--hide", "Hale", "--json", folder=tmp_path))
    assert made["checks"]["ok"] and made["pages"] > 40
    assert "All is as it was made" in run(built, "verify", "out", folder=tmp_path)


@needs_scans
def test_it_reads_the_words_in_a_scan(built: Path, tmp_path: Path) -> None:
    run(built, "sample", "case", folder=tmp_path)
    (tmp_path / "scan.png").write_bytes(png(drawn()))
    run(built, "import", "case", "scan.png", folder=tmp_path)
    assert json.loads(run(built, "search", "case", "Patel", "--json", folder=tmp_path))["total"] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems always have a screen")
def test_the_window_library_is_inside(built: Path) -> None:
    assert any("PySide6" in str(path) for path in built.parent.rglob("*QtWidgets*"))
