"""What can go wrong in a way a parent can understand or mend.

Services raise these; only the two faces (the command line and the window) catch them. Each carries
what happened and what is safe (``message``), what to do next (``advice``), and the exit status.
"""


class CaseFileError(Exception):
    """Something a parent can understand or mend.

    ``message`` says what happened and what is safe; ``advice`` says what to do.
    """

    exit_code = 2

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class Invalid(CaseFileError):
    """What was typed or given does not fit: a date that is no date, an unknown name."""


class NotFound(CaseFileError):
    """Something that was asked for is not there."""


class BadFile(CaseFileError):
    """A file from outside, or a case folder, is damaged or not what it says it is."""


class TooNew(CaseFileError):
    """A case made by a newer version of the program."""


class InUse(CaseFileError):
    """The case is open in another window or on another computer."""


class ReadOnly(CaseFileError):
    """The case can be read but not changed."""


class NoSpace(CaseFileError):
    """There is not enough room, or a file or folder cannot be written."""


class DoesNotHold(CaseFileError):
    """The thing asked about is not so: a failed verification."""

    exit_code = 1
