"""How fast the law is: reading all of it, and a case with 2,000 events. Run: python tests/bench/bench_law.py"""

import datetime as dt
import random
import time
from collections.abc import Callable

from casefile import paths
from casefile.domain.deadlines import deadlines
from casefile.domain.events import Event
from casefile.library.calendar import load_calendar
from casefile.library.law import Law, load_law

TODAY = dt.date(2026, 11, 24)


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """The best time of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


def big_case(law: Law, size: int = 2000) -> list[Event]:
    """Events of every kind on days spread over seven years, the same each time."""
    chance = random.Random(1)
    kinds = [kind for kind in law.event_kinds.values() if kind.id not in ("none", "directed_date")]
    events = []
    for number in range(1, size + 1):
        kind = chance.choice(kinds)
        day = dt.date(2020, 1, 1) + dt.timedelta(chance.randrange(2500))
        events.append(Event(number, kind.id, day, detail=chance.choice(kind.details) if kind.details else ""))
    return events


def measure() -> dict[str, float]:
    """Milliseconds for reading the law and for the deadlines of 2,000 events."""
    folder = paths.resources()
    law, calendar = load_law(folder / "law"), load_calendar(folder / "calendar")
    events = big_case(law)
    return {
        "reading the whole law": best(lambda: (load_law(folder / "law"), load_calendar(folder / "calendar"))),
        "deadlines of 2,000 events": best(lambda: deadlines(events, law.rules, calendar, TODAY)),
    }


if __name__ == "__main__":
    for name, milliseconds in measure().items():
        print(f"{name}: {milliseconds:.1f} ms")
