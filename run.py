#!/usr/bin/env python3
"""Sets Casefile up on this computer and starts it. Needs nothing but Python 3.11 or newer.

    python3 run.py              set up, then open the window (without a screen: make the sample case, a letter, a bundle)
    python3 run.py test         set up, then run every test
    python3 run.py COMMAND …    set up, then do one thing, for example: python3 run.py sample my-folder
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "casefile-set-up.txt"
SCANS = "requirements-ocr.txt"
QT_LIBRARIES = ("libEGL.so.1", "libGL.so.1", "libglib-2.0.so.0", "libfontconfig.so.1", "libxkbcommon.so.0", "libdbus-1.so.3")
QT_PACKAGES = ("libegl1", "libgl1", "libglib2.0-0", "libfontconfig1", "libxkbcommon0", "libdbus-1-3")
SCREEN_LIBRARIES = ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1", "libxcb-render-util.so.0", "libxcb-shape.so.0", "libxcb-xkb.so.1", "libxkbcommon-x11.so.0")  # fmt: skip
SCREEN_PACKAGES = ("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0")  # fmt: skip


def stop(words: str) -> "None":
    """Say in words what is wrong, and end with status 2."""
    print(words, file=sys.stderr)
    sys.exit(2)


def wanted() -> str:
    """What the environment must have been made from: the pinned list, the project file, and this Python."""
    digest = hashlib.sha256(f"{sys.version} {HERE}".encode())
    for name in ("requirements.txt", SCANS, "pyproject.toml"):
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Make ``.venv`` and install the pinned packages and the project into it, when either changed."""
    print("Setting up Casefile in this folder. This happens once and takes about a minute.", flush=True)
    if not PYTHON.exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
        if made.returncode != 0 or not PYTHON.exists():
            shutil.rmtree(VENV, ignore_errors=True)
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            stop(
                "This Python cannot make an environment. On Debian and Ubuntu this line mends it:\n"
                f"    sudo apt-get install python3-venv python{version}-venv\n"
                "Then run this again. Nothing was changed."
            )
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for words in (["-r", str(HERE / "requirements.txt")], ["--no-deps", "--editable", str(HERE)]):
        if subprocess.run([*pip, *words], cwd=HERE).returncode != 0:
            stop("Setting up did not finish. Check the connection to the internet, then run this again. Nothing was lost.")
    # What reads scans is not made for every system, and is never built here.
    read = subprocess.run([*pip, "--only-binary", ":all:", "-r", str(HERE / SCANS)], cwd=HERE, capture_output=True)
    if read.returncode != 0:
        print("Scans and photos of letters cannot be searched on this computer: what reads them is not made for it. All else works.")
    STAMP.write_text(wanted(), encoding="ascii")


def find_libraries(names: "tuple[str, ...]") -> bool:
    """Whether the system libraries Qt links are all there."""
    import ctypes

    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
    return True


def check_libraries() -> None:
    """On Linux, see that Qt can be imported at all; install what is missing where that is allowed, else say how."""
    if not sys.platform.startswith("linux"):
        return
    names, packages = QT_LIBRARIES, QT_PACKAGES
    if os.environ.get("DISPLAY") and not os.environ.get("QT_QPA_PLATFORM"):
        names, packages = names + SCREEN_LIBRARIES, packages + SCREEN_PACKAGES
    marker = VENV / f"libraries-{len(names)}.txt"
    if marker.exists() or find_libraries(names):
        marker.touch()
        return
    line = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing the system libraries the window needs.", flush=True)
        subprocess.run(["apt-get", "update", "--quiet"], stdout=subprocess.DEVNULL)
        if subprocess.run(line, stdout=subprocess.DEVNULL).returncode == 0 and find_libraries(names):
            marker.touch()
            return
    print(
        "Some system libraries that the window needs are missing. On Debian and Ubuntu this line installs them:\n"
        f"    sudo apt-get install --no-install-recommends {' '.join(packages)}",
        file=sys.stderr,
    )
    sys.exit(2)


def main() -> int:
    """Set up what is missing, then start what was asked for; returns its exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python is told what it needs)
        stop(f"Casefile needs Python 3.11 or newer; this is {sys.version.split()[0]}. Get it from python.org.")
    current = STAMP.read_text(encoding="ascii") if STAMP.exists() else ""
    if not PYTHON.exists() or current != wanted():
        make_environment()
    words = sys.argv[1:]
    if not words or words[0] == "test":
        check_libraries()
    if words[:1] == ["test"]:
        command = [str(PYTHON), "-m", "pytest", *words[1:]]
        os.chdir(HERE)
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    else:
        command = [str(PYTHON), "-m", "casefile", *words]
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH", ""))))
    if not WINDOWS:
        os.execv(command[0], command)
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main())
