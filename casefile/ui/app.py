"""Start-up of the window: the look, the hook for our own mistakes, and the case that was open last."""

import datetime as dt
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from casefile import settings as settings_of
from casefile.ui import theme
from casefile.ui.jobs import Jobs
from casefile.ui.window import Window, install_hook


def now() -> dt.datetime:
    """This moment, with its zone. The window reads the clock only here."""
    return dt.datetime.now(dt.UTC).astimezone()


def run(folder: Path | None = None) -> int:
    """Open the window, with the case in ``folder`` or the one that was open last; returns the exit status."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Casefile")
    app.setStyle("Fusion")
    chosen = settings_of.load()
    theme.apply(app, chosen)
    window = Window(chosen, now, Jobs())
    install_hook(window)
    last = folder or next((Path(entry) for entry in chosen.recent if (Path(entry) / "case.db").is_file()), None)
    if last is None:
        window.show_start()
    else:
        window.show_waiting()
    window.show()
    if last is not None:
        QTimer.singleShot(0, window, lambda: window.open_folder(last))
    return app.exec()
