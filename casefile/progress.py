"""How long work reports what it is doing, and how it is stopped."""

from typing import Protocol


class Cancelled(Exception):
    """The parent pressed Stop. Not an error: nothing half-made is left behind."""


class Progress(Protocol):
    """Handed to every service that may take more than a blink."""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, and how far it is (``done`` of ``total``).

        Raises ``Cancelled`` when the parent pressed Stop; this is the only place where work is interrupted.
        """


class Silent:
    """A progress that says nothing and never cancels."""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Take a step without saying anything."""
