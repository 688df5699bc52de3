"""PDFs are looked at as they come in: how many pages each has and where these have room, so that no bundle need wait for it.

This goes on beside the reading, in a limited child of its own. It is a help and no more: a paper that was not looked at
here is looked at by the first bundle it goes into.
"""

import contextlib
import queue
import threading
import time
from typing import TYPE_CHECKING

from casefile.child import ChildFailed
from casefile.errors import CaseFileError
from casefile.progress import Cancelled, Progress
from casefile.store.store import Store

if TYPE_CHECKING:
    from casefile.services.bundle_ahead import Leash
    from casefile.services.bundle_pages import Press

_PATIENCE = 10.0
"""Seconds that an import waits for one paper at its end. What takes longer is left to the bundle."""


class Looking:
    """Looks at PDFs while others are read. Use it in a ``with``; it starts nothing before the first PDF."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._press: Press
        self._leash: Leash
        self._waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._helper: threading.Thread | None = None
        self._given = self._done = 0

    def __enter__(self) -> "Looking":
        return self

    def __exit__(self, *_: object) -> None:
        if self._helper is None:
            return
        self._leash.loose = False
        self._waiting.put("")
        self._helper.join()
        self._press.close()
        # Only a help for later: where it cannot be kept, the papers that were added are safe all the same.
        with contextlib.suppress(CaseFileError, OSError):
            self._press.remember()

    def add(self, sha256: str) -> None:
        """A PDF was kept under ``sha256``: look at it when there is time."""
        self._given += 1
        self._waiting.put(sha256)
        if self._helper is None:
            # Only now: what draws pages is slow to load, and most imports of a mail or a photo need none of it.
            from casefile.services.bundle_ahead import Leash
            from casefile.services.bundle_pages import Press

            self._press, self._leash = Press(self._store), Leash()
            self._helper = threading.Thread(target=self._look, name="page-looks", daemon=True)
            self._helper.start()

    def _look(self) -> None:
        with contextlib.suppress(Cancelled, ChildFailed, CaseFileError, OSError):
            while self._leash.loose and (sha256 := self._waiting.get()):
                self._press.look(sha256, self._leash)
                self._done += 1

    def finish(self, progress: Progress) -> None:
        """Wait for the papers that are left, but not for one that takes too long. Raises ``Cancelled`` from ``progress``."""
        seen, since = self._done, time.monotonic()
        while self._helper and self._helper.is_alive() and self._done < self._given:
            progress.step("Looking at the pages", self._done, self._given)
            time.sleep(0.02)
            if self._done != seen:
                seen, since = self._done, time.monotonic()
            if time.monotonic() - since > _PATIENCE:
                return
