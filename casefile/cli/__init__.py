"""The command line: each command parses its words, calls one service, and prints. No words open the window."""

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Sequence

from casefile import __version__
from casefile.errors import CaseFileError
from casefile.progress import Cancelled


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one line, with exit status 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"casefile: {message}. See: {self.prog} --help\n")


HOMES = {
    "new": "cases", "sample": "cases", "import": "cases", "documents": "cases", "sort": "cases", "search": "cases", "event": "cases",
    "deadlines": "cases", "law": "law", "routes": "routes", "letters": "paper", "letter": "paper", "verify": "paper", "bundle": "bundle",
    "bundle-check": "council", "unlock": "unlock", "scans": "scans", "wording": "wording", "wording-score": "wording", "provision": "ledger", "plan": "plan", "review": "reviews",
}  # fmt: skip
"""Which module a command lives in, in the order of the help. Only the one that is asked for is loaded."""


def parser(command: str = "") -> argparse.ArgumentParser:
    """The parser of ``command`` alone, or of every command where that is none of them."""
    made = _Parser(prog="casefile", description="The case file of a child's EHC plan. Without a command: the window.")
    made.add_argument("--version", action="version", version=f"casefile {__version__}")
    commands = made.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    homes = [HOMES[command]] if command in HOMES else [] if command == "--version" else dict.fromkeys(HOMES.values())
    for home in homes:
        importlib.import_module(f"casefile.cli.{home}").register(commands)
    return made


def main(words: Sequence[str]) -> int:
    """Do what the words ask; returns the exit status: 0 done, 1 does not hold, 2 the call or its input was wrong."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        if not words or (len(words) == 1 and not words[0].startswith("-") and os.path.isdir(words[0])):
            return _window(words)
        given = parser(words[0]).parse_args(list(words))
        if given.command is None:
            return _window(())
        status: int = given.handle(given)
        sys.stdout.flush()
        return status
    except CaseFileError as problem:
        print(f"casefile: {problem}", file=sys.stderr)
        return problem.exit_code
    except (Cancelled, KeyboardInterrupt):
        print("casefile: stopped. What was done so far is whole.", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _window(words: Sequence[str]) -> int:
    from casefile import system

    if not system.has_screen():
        from casefile.cli import tour

        return tour.run()
    from pathlib import Path

    # The two faces do not know each other; the window is only started from here, by name.
    return int(importlib.import_module("casefile.ui.app").run(Path(words[0]) if words else None))
