"""The command line: each command parses its words, calls one service, and prints. No words open the window."""

import argparse
import contextlib
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


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    from casefile.cli import bundle, cases, council, law, ledger, paper, plan, reviews, routes, wording

    made = _Parser(prog="casefile", description="The case file of a child's EHC plan. Without a command: the window.")
    made.add_argument("--version", action="version", version=f"casefile {__version__}")
    commands = made.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    cases.register(commands)
    law.register(commands)
    routes.register(commands)
    paper.register(commands)
    bundle.register(commands)
    council.register(commands)
    wording.register(commands)
    ledger.register(commands)
    plan.register(commands)
    reviews.register(commands)
    return made


def main(words: Sequence[str]) -> int:
    """Do what the words ask; returns the exit status: 0 done, 1 does not hold, 2 the call or its input was wrong."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        if not words or (len(words) == 1 and not words[0].startswith("-") and os.path.isdir(words[0])):
            return _window(words)
        given = parser().parse_args(list(words))
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
    import importlib
    from pathlib import Path

    # The two faces do not know each other; the window is only started from here, by name.
    return int(importlib.import_module("casefile.ui.app").run(Path(words[0]) if words else None))
