"""Draws the pictures of the README from the real window with the sample case.

Run: python tests/ui/readme_pictures.py. They go to docs/, each 1280 by 800.
"""

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Make the sample case in a passing folder, walk the screens, save what is seen."""
    from PySide6.QtWidgets import QApplication

    from casefile.library import load
    from casefile.progress import Silent
    from casefile.services.sample import make_sample
    from casefile.settings import Settings
    from casefile.ui import theme
    from casefile.ui.jobs import Jobs
    from casefile.ui.window import Window

    moment = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CASEFILE_HOME"] = str(Path(folder) / "home")
        for name, look in (("", "light"), ("-dark", "dark")):
            settings = Settings(theme=look, remember=False)
            theme.apply(app, settings)
            window = Window(settings, lambda: moment, Jobs(at_once=True))
            window.resize(1280, 800)
            window.show()
            window.take(make_sample(Path(folder) / f"case{name}", load(), Silent(), now=moment))
            for place in ("today", "documents", "plan", "provision", "deadlines", "doors", "bundles") if not name else ("today",):
                window.case_page.go(place)
                if place == "bundles":
                    window.case_page.screen_of(place).show_thing("complaint_stage_1")
                _save(app, window, f"{place}{name}")
            if not name:
                window.case_page.open("letters", "L08")
                window.case_page.screen_of("letters").flow.show_step(4)
                _save(app, window, "letter")
            window.close()


def _save(app: object, window: object, name: str) -> None:
    for _ in range(8):
        app.processEvents()  # type: ignore[attr-defined]
    picture = window.grab().toImage()  # type: ignore[attr-defined]
    (ROOT / "docs").mkdir(exist_ok=True)
    assert picture.convertToFormat(picture.Format.Format_RGB888).save(str(ROOT / "docs" / f"{name}.png"), "PNG", 0)


if __name__ == "__main__":
    main()
