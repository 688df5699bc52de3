"""The command that unlocks a paper. Its password is asked for or read from a file: what stands in a call, others can see."""

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from casefile.cli.output import named, now, number, opened, progress, put_json, shown
from casefile.domain.dates import count
from casefile.errors import BadFile, Invalid
from casefile.store.originals import read_given

_MOST = 64 * 2**10


def register(commands: Any) -> None:
    """Add the command."""
    help_ = "unlock a PDF, Word file, spreadsheet or zip folder that asks for a password; the password is kept nowhere"
    unlock = commands.add_parser("unlock", help=help_, description=help_)
    unlock.add_argument("case", metavar="CASE")
    unlock.add_argument("id", metavar="ID", nargs="?", default="", help="the number of the paper; without it, the locked ones are listed")
    unlock.add_argument("--password-file", default="", metavar="FILE", help="a file whose first line is the password; without it, it is asked for")
    unlock.add_argument("--json", action="store_true", help="print machine-readable output")
    unlock.set_defaults(handle=_unlock)


def _unlock(given: argparse.Namespace) -> int:
    from casefile.services import unlocking

    with opened(given.case) as store:
        if not given.id:
            waiting = unlocking.locked(store)
            if given.json:
                put_json({"locked": [{"id": paper.id, "title": paper.title} for paper in waiting]})
            else:
                for paper in waiting:
                    print(f"{paper.id:>5}  {shown(paper.title)}")
                print(f"{len(waiting)} locked.")
            return 0
        id_ = number(given.id, "a paper")
        told = progress(given.json)
        found = unlocking.opened(store, id_, _password(given.password_file), told)
        paper = unlocking.keep(store, id_, found, told, now=now())
    inside = len(found.inside.attachments) if found.inside else 0
    if given.json:
        put_json({"id": paper.id, "title": paper.title, "pages": paper.pages, "inside": inside, "locked": paper.locked})
        return 0
    print(f"{'Unlocked in part' if paper.locked else 'Unlocked'}: {shown(paper.title)}. The original stays locked, as it came.")
    if found.inside:
        print(f"{count(inside, 'file')} in it {'is' if inside == 1 else 'are'} in the case as papers of their own.")
    if paper.locked:
        print("Other files in it have another password: unlock it again with that.")
    elif paper.problem:
        print(shown(paper.problem))
    return 0


def _password(file: str) -> str:
    """The first line of ``file``, of what is piped in, or of what is typed unseen. Raises ``Invalid`` for a file that cannot be read."""
    if file:
        try:
            words = read_given(Path(named(file)), _MOST).decode("utf-8-sig")
        except (BadFile, UnicodeDecodeError) as problem:
            why = problem.message if isinstance(problem, BadFile) else "It is no text."
            raise Invalid(f"The file of the password could not be read. {why}", "Put the password alone into a text file.") from None
    elif sys.stdin.isatty():
        words = getpass.getpass("Password of the paper (nothing is shown): ")
    else:
        words = sys.stdin.readline(_MOST)
    return words.splitlines()[0] if words else ""
