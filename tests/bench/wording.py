"""How fast the wording check is: 500 provisions. Run: python tests/bench/wording.py

The time is also given as a ratio to a floor measured in the same run, so that a slow or busy machine says nothing wrong.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from casefile.domain.wording import Checker  # noqa: E402
from casefile.library import load  # noqa: E402

ITEMS = 500
LIMIT, TIMES = 200.0, 100.0
"""The most milliseconds on a quiet machine, and the most times the floor on any."""


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """The best time of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


def texts() -> list[str]:
    """500 provisions, from the second set, again and again with other names."""
    items = json.loads((ROOT / "tests" / "_files" / "wording_second.json").read_text(encoding="utf-8"))["items"]
    return [f"{items[at % len(items)]['text']} ({at})" for at in range(ITEMS)]


def splitting(lines: list[str]) -> list[list[str]]:
    """The floor: finding the words of every text."""
    return [re.findall(r"[\w'’-]+", line.lower()) for line in lines]


def main() -> int:
    """Measure, print, and fail where both limits are passed."""
    lines, checker = texts(), Checker(load().wording)
    ours, floor = best(lambda: [checker.check(line) for line in lines]), best(lambda: splitting(lines))
    print(
        f"{ITEMS} provisions: {ours:.0f} ms (at most {LIMIT:.0f}), {ours / floor:.0f} times the floor (at most {TIMES:.0f})"
    )
    return int(ours > LIMIT and ours / floor > TIMES)


if __name__ == "__main__":
    sys.exit(main())
