"""How the command line prints: JSON to the contract, or short lines for people."""

import json
import os
import sys
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from casefile.errors import Invalid
from casefile.progress import Progress, Silent
from casefile.store.store import Store


def now() -> datetime:
    """The moment, with its offset from UTC: the command line is one of the few places that read the clock."""
    return datetime.now().astimezone()


def put_json(answer: Any) -> None:
    """Print an answer as JSON."""
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    print()


def shown(text: str) -> str:
    """Text of a paper for the terminal: without the marks that would move its cursor, colour it or turn its direction."""
    return "".join("\ufffd" if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co") else letter for letter in text)


class Lines:
    """A progress that writes to the terminal, and nothing where the output is no terminal."""

    def __init__(self) -> None:
        self._wide = 0

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Show what is being done on one line of standard error."""
        if not text:
            return
        words = f"{text} ({done} of {total})" if total else text
        line = shown(words)[:78]
        sys.stderr.write(f"\r{line.ljust(self._wide)}")
        self._wide = len(line)
        if total and done >= total:
            sys.stderr.write("\n")
            self._wide = 0
        sys.stderr.flush()


def progress(as_json: bool) -> Progress:
    """The progress for a command: silent with ``--json`` or without a terminal."""
    return Silent() if as_json or not sys.stderr.isatty() else Lines()


def opened(given: str) -> Store:
    """Open the case named on the command line."""
    from casefile.services.case import open_case

    return open_case(named(given), now=now())


def named(given: str) -> Path:
    """A file or folder named on the command line, there or not yet there.

    Raises ``Invalid`` for no name at all, which would mean "here", and for one the computer cannot take or may not look at.
    """
    if not given.strip():
        raise Invalid("A name of a file or folder is empty. Nothing was done.", "Give its name; “.” means this folder.")
    try:
        os.stat(given)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        raise Invalid(f"“{shown(given)}” cannot be used ({why}). Nothing was done.", "Choose another name or folder.") from None
    return Path(given)


def number(text: str, what: str) -> int:
    """A whole number from the command line. Raises ``Invalid``."""
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise Invalid(f"{text!r} is no number of {what}.", "Use a number that the list shows.")
    return int(text)
