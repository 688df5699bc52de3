"""Where the program's own files and the user's settings live."""

import os
import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder of laws, letters, fonts and icons: beside a checkout, inside a wheel, or in a built program."""
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent)) / "resources"
    inside = Path(__file__).parent / "resources"
    if inside.is_dir():
        return inside
    return Path(__file__).parent.parent / "resources"


def user_data() -> Path:
    """The folder for settings and logs of this user; made by whoever writes there.

    ``CASEFILE_HOME`` names another folder, for tests and for running from a memory stick.
    """
    given = os.environ.get("CASEFILE_HOME")
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("Casefile", appauthor=False))
