"""Long work: one worker thread, progress that can be stopped, and the answer delivered on the window's own thread."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from casefile.progress import Cancelled, Progress

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Work = Callable[[Progress], Any]


def _thread(name: str) -> "ThreadPoolExecutor":
    """A pool of one thread, made when the first work comes: the window is seen sooner without it."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, thread_name_prefix=name)


class Job(QObject):
    """One piece of long work. It is itself the progress that is handed to the service.

    ``resumes`` says that it can be stopped at any time and goes on when the case is opened again.
    """

    stepped = Signal(str, int, int)
    finished = Signal(object, object)

    def __init__(self, title: str, work: Work, *, resumes: bool = False) -> None:
        super().__init__()
        self.resumes = resumes
        self.title = title
        self.work = work
        self.stopping = threading.Event()
        self._said = ""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Tell the window how far it is. Raises ``Cancelled`` once Stop was pressed."""
        if self.stopping.is_set():
            raise Cancelled
        if text or total:
            self.stepped.emit(text, done, total)

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self.stopping.set()

    def run(self) -> None:
        """Do the work and send its result or its problem. Called on the worker."""
        try:
            self.finished.emit(self.work(self), None)
        except BaseException as problem:  # delivered to the window, which shows or reports it
            self.finished.emit(None, problem)


class Jobs(QObject):
    """The queue of long work. With ``at_once`` (for tests) work is done before ``start`` returns.

    ``ending`` comes before everything is stopped: what waits for quiet work lets it go.
    """

    began = Signal(object)
    ended = Signal(object)
    ending = Signal()

    def __init__(self, *, at_once: bool = False) -> None:
        super().__init__()
        self.at_once = at_once
        self.running: list[Job] = []
        self._pool: ThreadPoolExecutor | None = None
        self._quiet: ThreadPoolExecutor | None = None
        self._behind: ThreadPoolExecutor | None = None
        self._quiet_jobs: set[Job] = set()

    def start(
        self, title: str, work: Work, then: Callable[[Any], object], fail: Callable[[BaseException], object], *, resumes: bool = False
    ) -> Job:  # fmt: skip
        """Begin ``work`` on the worker; ``then`` gets its result, ``fail`` its problem, both on the window's thread.

        Work that ``resumes`` has a worker of its own, so that nothing the parent asks for waits behind it.
        """
        job = Job(title, work, resumes=resumes)
        self.running.append(job)

        def finish(result: Any, problem: BaseException | None) -> None:
            self.running.remove(job)
            self.ended.emit(job)
            if problem is None:
                then(result)
            else:
                fail(problem)

        job.finished.connect(finish)
        self.began.emit(job)
        if self.at_once:
            job.run()
        elif resumes:
            if self._behind is None:
                self._behind = _thread("casefile-behind")
            self._behind.submit(job.run)
        else:
            if self._pool is None:
                self._pool = _thread("casefile-work")
            self._pool.submit(job.run)
        return job

    def quietly(self, work: Callable[[], Any], then: Callable[[Any], object], fail: Callable[[BaseException], object]) -> None:
        """Do a short piece of work beside the window without a progress panel: a page picture, a search."""
        job = Job("", lambda _progress: work())
        self._quiet_jobs.add(job)

        def finish(result: Any, problem: BaseException | None) -> None:
            if job not in self._quiet_jobs:
                return  # the case it was for is closed
            self._quiet_jobs.discard(job)
            if problem is None:
                then(result)
            else:
                fail(problem)

        job.finished.connect(finish)
        if self.at_once:
            job.run()
            return
        if self._quiet is None:
            self._quiet = _thread("casefile-quiet")
        self._quiet.submit(job.run)

    def stop_all(self) -> None:
        """Stop everything and wait for it: before a case is closed."""
        self.ending.emit()
        for job in list(self.running):
            job.stop()
        for pool in (self._pool, self._quiet, self._behind):
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._quiet = self._behind = None
        self._quiet_jobs.clear()
