"""Papers looked at in helpers, while the export does something else."""

import contextlib
import threading
from collections import deque
from typing import TYPE_CHECKING

from casefile.child import Child
from casefile.domain.documents import Document
from casefile.progress import Cancelled, Progress

if TYPE_CHECKING:
    from casefile.services.bundle_pages import Press


class Leash:
    """The progress of a helper: it goes on until it is pulled in."""

    def __init__(self) -> None:
        self.loose = True

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Go on, or stop. Raises ``Cancelled``."""
        if not self.loose:
            raise Cancelled


class Ahead:
    """Looks at papers in helpers, one for each child, while the caller does something else.

    ``new`` are to be looked at; of all ``papers`` it is proved that their originals are as they were given.
    """

    def __init__(self, press: "Press", new: list[Document], papers: list[Document], children: list[Child]) -> None:
        self.press, self.total = press, len(new)
        self._waiting, self._unproved = deque(new), deque(papers)
        self._leash = Leash()
        self._helpers = [threading.Thread(target=self._look, args=(child,), daemon=True) for child in children]
        self._helpers.append(threading.Thread(target=self._prove, daemon=True))

    def __enter__(self) -> "Ahead":
        for helper in self._helpers if self._unproved else ():
            helper.start()
        return self

    def _prove(self) -> None:
        # What cannot be read here is asked for again, and told, when its pages are wanted.
        with contextlib.suppress(IndexError, OSError):
            while self._leash.loose:
                self.press.sound(self._unproved.pop())

    def __exit__(self, *_: object) -> None:
        self._leash.loose = False
        self._join(30.0)

    def _look(self, child: Child) -> None:
        with contextlib.suppress(Cancelled, IndexError, OSError):
            while self._leash.loose:
                self.press.look_at(self._waiting.popleft(), child, self._leash)

    def _join(self, seconds: float) -> bool:
        for helper in self._helpers:
            if helper.is_alive():
                helper.join(seconds)
        return not any(helper.is_alive() for helper in self._helpers)

    def finish(self, progress: Progress) -> None:
        """Wait until all papers have been looked at. Raises ``Cancelled`` from ``progress``."""
        while not self._join(0.05):
            progress.step("Looking at the pages", self.total - len(self._waiting), self.total)
        self.press.learnt()
