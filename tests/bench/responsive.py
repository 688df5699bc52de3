"""Whether the window stays awake while papers are imported: the longest time its own loop was held up.

Run: python tests/bench/responsive.py [FOLDER]. A tick is asked for every 5 ms while FOLDER (else the sample's papers) is
imported on the worker; printed are the whole import, the longest wait for a tick, and how many waits were over 100 ms.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    """Import with a window open, and print how it felt."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from casefile.domain.people import Child
    from casefile.library import load
    from casefile.services import case
    from casefile.settings import Settings
    from casefile.ui import theme
    from casefile.ui.app import now
    from casefile.ui.jobs import Jobs
    from casefile.ui.window import Window

    papers = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "sample" / "papers"
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CASEFILE_HOME"] = str(Path(folder) / "home")
        chosen = Settings(theme="light", remember=False)
        theme.apply(app, chosen)
        window = Window(chosen, now, Jobs())
        window.show()
        window.take(case.create(Path(folder) / "case", Child(name="A B"), load(), now=now()))
        window.case_page.go("documents")
        screen = window.case_page.screen_of("documents")
        for _ in range(20):
            app.processEvents()
        waits: list[float] = []
        last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            here = time.perf_counter()
            waits.append(here - last - 0.005)
            last = here


        from casefile.ui.screens import documents  # the report over the window would wait for a person

        documents.ReportDialog = type("Quiet", (), {"__init__": lambda *_: None, "exec": lambda *_: 0})  # type: ignore[misc,assignment]
        timer = QTimer()
        timer.timeout.connect(tick)
        timer.start(5)
        started = last = time.perf_counter()
        screen.take([papers])
        while window.jobs.running:
            app.processEvents()
            time.sleep(0.001)
        took = time.perf_counter() - started
        for _ in range(20):
            app.processEvents()
            time.sleep(0.005)
        timer.stop()
        window.close()
    print(f"import of {papers.name}: {took:.1f} s; {len(waits)} ticks")
    print(f"longest wait for a tick: {max(waits) * 1000:.0f} ms; over 100 ms: {sum(1 for wait in waits if wait > 0.1)}")


if __name__ == "__main__":
    main()
