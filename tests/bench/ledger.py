"""How long three years of a ledger with twenty lines take, against walking over the same days once.

Run: python tests/bench/ledger.py
"""

import datetime as dt
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))


def main() -> None:
    """Measure and print."""
    from casefile.domain.ledger import school_days, shortfall
    from casefile.domain.sessions import Provision, Session
    from casefile.domain.terms import plain_year
    from casefile.library import load

    calendar = load().calendar
    closures = [closure for year in (2023, 2024, 2025) for closure in plain_year(year)]
    start, end = dt.date(2023, 9, 4), dt.date(2026, 7, 17)
    days = [start + dt.timedelta(days=number) for number in range((end - start).days + 1)]
    lines = [Provision(number, f"F{number}", "x", minutes=30, sessions=1, period="day" if number % 4 == 0 else "week", weekdays=(number % 5,), start=start) for number in range(1, 21)]
    logged = {line.id or 0: [Session(None, line.id or 0, day, "delivered", 30) for day in days if day.weekday() == (line.id or 0) % 5] for line in lines}
    floor, ours = [], []
    for _ in range(7):
        begun = time.perf_counter()
        for _line in lines:
            sum(calendar.is_school_day(day, closures) for day in days)
        floor.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        opened = school_days(start - dt.timedelta(days=40), end + dt.timedelta(days=40), calendar, closures)
        for line in lines:
            shortfall(line, logged[line.id or 0], calendar, closures, start, end, opened)
        ours.append(time.perf_counter() - begun)
    base, found = statistics.median(floor), statistics.median(ours)
    print(f"walking the school days of 20 lines: {base * 1000:.0f} ms")
    print(f"the ledger of 20 lines, {sum(map(len, logged.values()))} entries: {found * 1000:.0f} ms, {found / base:.2f} times the floor")


if __name__ == "__main__":
    main()
