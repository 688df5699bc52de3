"""What ``run.py`` adds to a second start: ``python tests/bench/bench_start.py``. Prints seconds and the difference."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
ROUNDS = 15


def timed(*words: str | Path) -> float:
    """The middle of several starts, in seconds."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    timed(sys.executable, ROOT / "run.py", "--version")
    bare = timed(PYTHON, "-c", "")
    direct = timed(PYTHON, "-m", "casefile", "--version")
    through = timed(sys.executable, ROOT / "run.py", "--version")
    print(f"bare Python {bare:.3f} s, casefile {direct:.3f} s ({direct / bare:.1f}x), through run.py {through:.3f} s")
    print(f"run.py adds {through - direct:.3f} s (must stay under 0.3 s)")
