"""How fast the law is: reading all of it, a case with 2,000 events, the doors. Run: python tests/bench/law.py

Each time is also given as a ratio to a floor measured in the same run, so that a slow or busy machine says nothing wrong.
"""

import datetime as dt
import random
import sys
import time
import tomllib
from collections.abc import Callable

from casefile import paths
from casefile.domain.deadlines import deadlines
from casefile.domain.events import Event
from casefile.domain.failings import Books, Facts
from casefile.domain.routes import doors
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


def counting(events: list[Event]) -> list[Event]:
    """The floor for deadlines: as many plain dated records, made and put in order, as the rules give for the case."""
    made = [Event(event.id, event.kind, event.on + dt.timedelta(weeks=20)) for event in events for _ in range(4)]
    return sorted(made, key=lambda event: event.on)


def parsing(texts: list[str]) -> list[object]:
    """The floor for reading the law: the bare parser of the language over the same texts."""
    return [tomllib.loads(text) for text in texts]


LIMITS = {
    "reading the whole law": (100.0, 2.5),
    "deadlines of 2,000 events": (50.0, 4.0),
    "doors of every failing": (50.0, 2.0),
}
"""The most milliseconds on a quiet machine, and the most times the floor on any."""


def measure() -> dict[str, tuple[float, float]]:
    """Milliseconds, and times the floor, for each thing that is measured."""
    folder = paths.resources()
    law, calendar = load_law(folder / "law"), load_calendar(folder / "calendar")
    events = big_case(law)
    texts = [path.read_text("utf-8") for path in sorted((folder / "law").rglob("*.toml"))]
    books = Books(law.routes, law.failings, {rule.id: rule for rule in law.rules}, calendar)
    facts = [Facts(failing, TODAY, TODAY - dt.timedelta(90), True) for failing in law.failings]
    floor, parse = best(lambda: counting(events)), best(lambda: parsing(texts))
    read = best(lambda: load_law(folder / "law"))
    count = best(lambda: deadlines(events, law.rules, calendar, TODAY), 9)
    open_ = best(lambda: [doors(one, books) for one in facts])
    return {
        "reading the whole law": (read, read / parse),
        "deadlines of 2,000 events": (count, count / floor),
        "doors of every failing": (open_, open_ / floor),
    }


if __name__ == "__main__":
    over = False
    for name, (milliseconds, times) in measure().items():
        most, ratio = LIMITS[name]
        over |= times > ratio
        print(f"{name}: {milliseconds:.1f} ms (aim {most:.0f}), {times:.1f} times the floor (at most {ratio:.0f})")
    sys.exit(over)
