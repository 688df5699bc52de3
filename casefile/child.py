"""A second, limited process: everything that parses a given file runs there, never in the window's own.

The child gets bytes and gives bytes through its own pipe. It holds no case key, may not write a file, start a
program or reach a network, and has a limit of memory and of time. One child serves many files; a file that kills it
or holds it up costs that file alone.
"""

import contextlib
import importlib
import json
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from types import TracebackType
from typing import IO, Any

from casefile import system
from casefile.progress import Progress, Silent

Report = Callable[[str, int, int], None]
Handler = Callable[[dict[str, Any], list[bytes], Report], tuple[dict[str, Any], list[bytes]]]

TASKS = {
    "read": "casefile.readers.serve:handle",
    "bundle": "casefile.printing.bundle.serve:handle",
}
"""What a child can be started for, and the function that does it: named in words, so that nothing is imported early."""

MEMORY = 512 * 1024 * 1024
MOST_FRAME = 700 * 1024 * 1024
_WAITING = 16


class ChildFailed(Exception):
    """The child died, was too slow, or gave no sense; ``args[0]`` says which, in plain words."""


def write_frame(pipe: IO[bytes], head: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Send one message: a header that can be JSON, and any number of byte strings."""
    words = json.dumps(head | {"_sizes": [len(blob) for blob in blobs]}).encode()
    pipe.write(struct.pack(">I", len(words)) + words)
    for blob in blobs:
        pipe.write(blob)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """Read one message of ``write_frame``; None at the end of the pipe. Raises ``ValueError`` on nonsense."""
    size = pipe.read(4)
    if len(size) < 4:
        return None
    head = json.loads(pipe.read(struct.unpack(">I", size)[0]))
    sizes = head.pop("_sizes")
    if sum(sizes) > MOST_FRAME:
        raise ValueError("the answer is too large")
    blobs = [pipe.read(length) for length in sizes]
    if any(len(blob) != length for blob, length in zip(blobs, sizes, strict=True)):
        return None
    return head, blobs


class Child:
    """A limited process for one ``task`` of ``TASKS``; start it with ``with``. It is started again after a failure."""

    def __init__(self, task: str, *, memory: int = MEMORY) -> None:
        self.task = task
        self.memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[tuple[dict[str, Any], list[bytes]] | None] = queue.Queue()
        self._job: Any = None

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._job = None

    def start(self) -> None:
        """Start the process ahead of the first work, so that it is ready by then."""
        if self._process is None:
            self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [*system.own_command(), "--child", self.task, str(self.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **system.child_flags(),
        )
        self._job = system.bind_child(process, self.memory)
        # Bounded, so that a child that hands over a large file waits for the disk and not in our memory.
        answers: queue.Queue[tuple[dict[str, Any], list[bytes]] | None] = queue.Queue(_WAITING)

        def hand_on(frame: tuple[dict[str, Any], list[bytes]] | None) -> None:
            while process.returncode is None:
                with contextlib.suppress(queue.Full):
                    answers.put(frame, timeout=0.5)
                    return
            with contextlib.suppress(queue.Full):
                answers.put_nowait(frame)

        def listen() -> None:
            assert process.stdout is not None
            try:
                while (frame := read_frame(process.stdout)) is not None:
                    hand_on(frame)
            except (OSError, ValueError):
                pass
            hand_on(None)

        threading.Thread(target=listen, name="child-answers", daemon=True).start()
        self._answers = answers
        self._process = process
        return process

    def ask(
        self, head: dict[str, Any], blobs: Sequence[bytes] = (), *, seconds: float, progress: Progress | None = None
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Hand the child one piece of work and wait for its answer.

        ``seconds`` is the most to wait without hearing anything; each report of progress starts it anew. Raises
        ``ChildFailed`` when the child dies or is late, and ``Cancelled`` from ``progress``; both end the child.
        """
        talk = self._talk(head, blobs, seconds, progress or Silent())
        while True:
            try:
                next(talk)
            except StopIteration as end:
                answer: tuple[dict[str, Any], list[bytes]] = end.value
                return answer

    def pieces(
        self,
        head: dict[str, Any],
        blobs: Sequence[bytes],
        answer: dict[str, Any],
        *,
        seconds: float,
        progress: Progress,
    ) -> Iterator[bytes]:
        """Like ``ask``, for a child that hands over a large file (``give``): its pieces one by one.

        At the end ``answer`` holds the head of its answer. Raises as ``ask`` does.
        """
        answer |= (yield from self._talk(head, blobs, seconds, progress))[0]

    def _talk(
        self, head: dict[str, Any], blobs: Sequence[bytes], seconds: float, progress: Progress
    ) -> Generator[bytes, None, tuple[dict[str, Any], list[bytes]]]:
        process = self._process or self._start()
        try:
            assert process.stdin is not None
            write_frame(process.stdin, head, blobs)
            waited = 0.0
            while True:
                try:
                    answer = self._answers.get(timeout=0.1)
                except queue.Empty:
                    waited += 0.1
                    progress.step("")
                    if waited > seconds:
                        raise ChildFailed(f"it took longer than {seconds:.0f} seconds to read") from None
                    continue
                if answer is None:
                    raise ChildFailed("reading it stopped the reader")
                waited = 0.0
                if "progress" in answer[0]:
                    progress.step(*answer[0]["progress"])
                elif "piece" in answer[0]:
                    yield answer[1][0]
                else:
                    return answer
        except (OSError, ValueError):
            self.stop()
            raise ChildFailed("reading it stopped the reader") from None
        except BaseException:
            self.stop()
            raise


_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.spawn",
    "ctypes.dlopen/",
)


def _guard(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN) and event != "socket.__new__":
        raise PermissionError(f"{event} is not allowed while a file is read")
    if event == "open" and len(args) > 2 and isinstance(args[2], int):
        writing = args[2] & 3 or (isinstance(args[1], str) and any(c in args[1] for c in "wax+"))
        if writing and args[0] not in (0, 1, 2):
            raise PermissionError("writing a file is not allowed while a file is read")


def give(data: bytes) -> None:
    """In the child: hand over one piece of a large file, ahead of the answer."""
    pipe: Any = sys.__stdout__
    write_frame(pipe.buffer, {"piece": 1}, [data])


def serve(task: str, memory: int) -> int:
    """The child's own main loop: answer each piece of work until the pipe closes. Returns an exit status."""
    module, name = TASKS[task].split(":")
    handler: Handler = getattr(importlib.import_module(module), name)
    pipe_in, pipe_out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not become part of an answer
    system.limit_this_process(memory, 3600)
    sys.addaudithook(_guard)

    def report(text: str, done: int = 0, total: int = 0) -> None:
        write_frame(pipe_out, {"progress": [text, done, total]})

    while (frame := read_frame(pipe_in)) is not None:
        try:
            head, blobs = handler(frame[0], frame[1], report)
        except MemoryError:
            head, blobs = {"error": "it needs more memory than a file may use"}, []
        except RecursionError:
            head, blobs = {"error": "it is nested too deeply"}, []
        except Exception as problem:  # whatever a foreign file provokes is that file's own trouble
            head, blobs = {"error": f"{type(problem).__name__}: {problem}"[:300]}, []
        write_frame(pipe_out, head, blobs)
    return 0
