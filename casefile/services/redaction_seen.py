"""What can still be seen of hidden words: scans are read before words are hidden, and covered pages are read back by their dots."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from casefile.domain.bundles import Bundle, Item
from casefile.domain.redaction import Finder, HiddenWords
from casefile.errors import BadFile
from casefile.printing.bundle.redaction import Found
from casefile.progress import Progress
from casefile.readers import Unreadable
from casefile.readers.scan import READER, CannotScan
from casefile.services import scans
from casefile.services.bundle_pages import Pages, Press
from casefile.store.files import write_file
from casefile.store.store import Store


def read_first(store: Store, bundle: Bundle, progress: Progress, *, now: dt.datetime) -> None:
    """Read the scans of a bundle that were not read yet, so that what it hides is found in them. Raises ``Cancelled``."""
    papers = {item.document for item in bundle.chosen if item.document is not None}
    if scans.available() and not store.read_only:
        scans.read_scans(store, progress, now=now, only=papers)


def read_back(press: Press, item: Item, pages: Pages, fresh: Pages, found: Sequence[Found], words: Sequence[HiddenWords], progress: Progress) -> int:
    """Read the covered pages of a paper from their dots alone; returns how many were read.

    ``pages`` are those that were covered, ``fresh`` what became of them. A page is read once for the same choice. None is read
    where nothing reads scans. Raises ``BadFile`` where something hidden can still be read, or a page could not be.
    """
    if not words or not scans.available():
        return 0
    seen = Path(fresh.path).with_suffix(f".seen-{READER}")
    if seen.is_file():
        return len(json.loads(seen.read_bytes()))
    finder, data = Finder(words), Path(fresh.path).read_bytes()
    picks = pages.picks or tuple(range(pages.pages))
    for number, one in enumerate(found):
        progress.step("Reading the covered pages", number, len(found))
        try:
            text = press.reader.scan(data, picks.index(one.page - 1), progress, typed=True).text
        except CannotScan:
            return 0
        except Unreadable as problem:
            raise BadFile(
                f"Page {one.page} of “{item.title}” could not be read back after it was covered ({problem.args[0]}). Nothing was written.",
                "Try again, or take the page out.",
            ) from None
        left = finder.places(text)
        if left:
            raise BadFile(
                f"“{words[left[0].which].words}” can still be read in a picture on page {one.page} of “{item.title}”. Nothing was written.",
                "Draw a box over it, or take the page out.",
            )
    write_file(seen, json.dumps([one.page for one in found]).encode())
    return len(found)
