"""The case in the window: services are called through it, so that errors are shown and every screen hears of changes."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from casefile.errors import CaseFileError
from casefile.progress import Cancelled
from casefile.ui.jobs import Job, Jobs, Work

if TYPE_CHECKING:
    from casefile.domain.people import Child
    from casefile.library import Library
    from casefile.store.store import Store

Clock = Callable[[], dt.datetime]


class OpenCase(QObject):
    """An open case with its library and clock.

    ``changed`` carries the names of the tables that changed. ``said`` carries what was done to the case, in words, for
    the undo bar; ``noted`` something to know that cannot be taken back, ``aside`` something that must not push an undo
    away that stands there. ``failed`` carries an error for the window to show.
    ``undoing`` comes before something is taken back: what is typed and not kept yet is kept now, as the last change.
    """

    changed = Signal(object)
    said = Signal(str)
    noted = Signal(str)
    aside = Signal(str)
    failed = Signal(object)
    undoing = Signal()

    def __init__(self, store: "Store", library: "Library", clock: Clock, jobs: Jobs) -> None:
        super().__init__()
        self.store, self.library, self.clock, self.jobs = store, library, clock, jobs

    @property
    def today(self) -> dt.date:
        """The day it is now."""
        return self.clock().date()

    @property
    def child(self) -> "Child":
        """The child of the case."""
        from casefile.services.case import child_of

        return child_of(self.store)

    def do(self, act: Callable[[], Any], words: str = "") -> Any:
        """Do a short piece of work now; ``words`` say afterwards what was done. Returns its result, or None after an error."""
        try:
            result = act()
        except CaseFileError as problem:
            self.failed.emit(problem)
            return None
        self.tell(words)
        return result

    def tell(self, words: str = "") -> None:
        """Let the screens hear what changed."""
        touched = self.store.take_touched()
        if touched:
            self.changed.emit(touched)
            if words:
                self.said.emit(words)

    def run(
        self, title: str, work: Work, then: Callable[[Any], object] = lambda _: None, *, words: str = "", resumes: bool = False
    ) -> Job:  # fmt: skip
        """Do long work on the worker, with progress and Stop; ``then`` gets the result on the window's thread.

        Work that ``resumes`` goes on beside other work, and with the case when that is opened again.
        """

        def done(result: Any) -> None:
            self.tell(words)
            then(result)

        def broken(problem: BaseException) -> None:
            self.tell()
            if isinstance(problem, Cancelled):
                later = " The rest goes on when the case is opened again." if resumes else ""
                self.noted.emit(f"Stopped. What was done so far is whole.{later}")
            elif isinstance(problem, CaseFileError):
                self.failed.emit(problem)
            else:
                raise problem

        return self.jobs.start(title, work, done, broken, resumes=resumes)

    def use_library(self, library: "Library") -> None:
        """Take another law from now on; every screen works everything out again."""
        self.library = library
        self.changed.emit({"law", "event", "document", "draft", "child", "contact", "closure", "told"})

    def undo(self) -> None:
        """Take back the last change."""
        self.undoing.emit()
        words = self.do(lambda: self.store.undo(now=self.clock()))
        if words:
            self.noted.emit(f"Taken back: {words[0].lower()}{words[1:]}.")
        else:
            self.noted.emit("There is nothing to take back.")

    def close(self) -> None:
        """Stop what runs and close the case."""
        self.jobs.stop_all()
        self.store.close()
