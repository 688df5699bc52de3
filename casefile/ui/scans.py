"""Reading scans in the window: it goes on behind everything else, can be stopped, and begins again with the case."""

from casefile.domain.dates import count
from casefile.errors import CaseFileError
from casefile.progress import Progress
from casefile.services import scans
from casefile.ui.open_case import OpenCase


def read_scans(case: OpenCase) -> None:
    """Begin to read what waits, unless that goes on already, nothing waits, or this computer cannot. It is looked up beside the window."""
    if scans.available() and not case.store.read_only:
        case.jobs.quietly(lambda: scans.waiting(case.store), lambda found: _begin(case, found), _failed)


def _begin(case: OpenCase, found: list[scans.Waiting]) -> None:
    if not found or any(job.resumes and not job.stopping.is_set() for job in case.jobs.running):
        return
    moment = case.clock()

    def work(progress: Progress) -> scans.ScansRead:
        return scans.read_scans(case.store, progress, now=moment)

    def done(made: scans.ScansRead) -> None:
        case.aside.emit(made.words)

    case.run(scans.title_of(found), work, done, resumes=True)


def _failed(problem: BaseException) -> None:
    if not isinstance(problem, CaseFileError):  # one of ours, as of a case that was closed, is told where it is met again
        raise problem


def scans_words(case: OpenCase) -> str:
    """What becomes of the scans that wait, in a sentence or two; empty where none does."""
    found = scans.waiting(case.store)
    if not found:
        return ""
    if not scans.available():
        return scans.CANNOT
    return f"The words in {count(len(found), 'scan')} are read next, and some may be read wrong. You can go on working."
