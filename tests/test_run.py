"""The one file that sets a machine up: what it says where something is missing, and when it sets up again."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run(tmp_path: Path) -> ModuleType:
    """``run.py`` of a copy of the project in a folder of its own, not yet set up."""
    for name in ("run.py", "requirements.txt", "requirements-ocr.txt", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    about = importlib.util.spec_from_file_location("casefile_run", tmp_path / "run.py")
    assert about and about.loader
    made = importlib.util.module_from_spec(about)
    about.loader.exec_module(made)
    return made


def test_it_needs_nothing_but_the_standard_library() -> None:
    code = "import sys; sys.path = [p for p in sys.path if 'site-packages' not in p]; import run; print(run.HERE.name)"
    done = subprocess.run([sys.executable, "-S", "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"], capture_output=True, text=True)  # fmt: skip
    assert done.stdout.strip() == ROOT.name, done.stderr


def test_a_python_without_venv_is_told_its_one_line(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, "", "no ensurepip"))
    with pytest.raises(SystemExit) as ended:
        run.make_environment()
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert f"sudo apt-get install python3-venv python3.{sys.version_info.minor}-venv" in said.err
    assert "Nothing was changed" in said.err and "Traceback" not in said.err
    assert not run.VENV.exists()


def test_an_install_that_fails_is_tried_again_next_time(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.touch()
    monkeypatch.setattr(run.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1))
    with pytest.raises(SystemExit):
        run.make_environment()
    assert "Check the connection" in capsys.readouterr().err
    assert not run.STAMP.exists()


def test_a_changed_list_of_packages_is_installed_again(run: ModuleType) -> None:
    before = run.wanted()
    assert run.wanted() == before
    with (run.HERE / "requirements.txt").open("a") as file:
        file.write("# one more\n")
    assert run.wanted() != before


def test_where_nothing_reads_scans_all_else_is_set_up_and_it_is_said(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.touch()
    called: list[list[str]] = []

    def pip(words: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        called.append(words)
        return subprocess.CompletedProcess(words, int("--only-binary" in words))

    monkeypatch.setattr(run.subprocess, "run", pip)
    run.make_environment()
    assert "cannot be searched on this computer" in capsys.readouterr().out
    assert run.STAMP.read_text() == run.wanted() and called[-1][-1].endswith("requirements-ocr.txt")
    (run.HERE / "requirements-ocr.txt").write_text("other==1\n")
    assert run.STAMP.read_text() != run.wanted()


def test_an_old_python_is_told_so(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 0))
    with pytest.raises(SystemExit):
        run.main()
    assert "needs Python 3.11" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves Qt's libraries to be found")
def test_missing_system_libraries_are_named_with_the_line_that_mends_it(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "find_libraries", lambda _: False)
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(SystemExit) as ended:
        run.check_libraries()
    assert ended.value.code == 2
    assert "sudo apt-get install --no-install-recommends libegl1" in capsys.readouterr().err
