"""The one place where Windows, macOS and Linux differ: limits, locks, flushing, opening a file outside.

Everything here has a counterpart on each system; nowhere else may a system-only call stand.
"""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from casefile.errors import NotFound

WINDOWS = sys.platform == "win32"
MAC = sys.platform == "darwin"

NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
BINARY = getattr(os, "O_BINARY", 0)
NO_INHERIT = getattr(os, "O_NOINHERIT", 0)
NO_WAIT = getattr(os, "O_NONBLOCK", 0)
"""Flags for opening a file: follow no link, change no line ends, hand nothing to children, wait for no pipe."""


def flush_file(handle: int) -> None:
    """Make the system put an open file (a descriptor) on the disk itself. Raises ``OSError``."""
    if MAC:
        import fcntl

        # macOS' fsync leaves data in the drive's own cache; F_FULLFSYNC does not.
        try:
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined,unused-ignore]
            return
        except OSError:
            pass
    os.fsync(handle)


def flush_folder(folder: Path) -> None:
    """Make a folder's entries durable, where the system has a call for it (Windows journals them itself)."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network and memory file systems refuse; the file itself was flushed
    finally:
        os.close(handle)


def make_read_only(path: Path) -> None:
    """Take away the right to write, so that an original is not changed by mistake."""
    with contextlib.suppress(OSError):
        os.chmod(path, 0o444)


def make_writable(path: Path) -> None:
    """Give back the right to write, so that a file may be removed on every system."""
    with contextlib.suppress(OSError):
        os.chmod(path, 0o644)


def lock_file(handle: IO[bytes]) -> bool:
    """Take the exclusive lock of an open file without waiting; False when somebody else holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def unlock_file(handle: IO[bytes]) -> None:
    """Give the lock of ``lock_file`` back."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle.fileno(), fcntl.LOCK_UN)


def computer_name() -> str:
    """The name of this computer, for the note that says who has a case open."""
    import platform

    return platform.node() or "this computer"


def limit_this_process(memory: int, seconds: int) -> None:
    """Bind this process to ``memory`` bytes and ``seconds`` of processor time, without core dumps or writing files.

    On Windows the parent binds the child instead, by ``bind_child``.
    """
    if sys.platform == "win32":
        return
    import resource

    wanted = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CPU, seconds)]
    # macOS does not honour RLIMIT_AS; RLIMIT_DATA is the nearest it has.
    wanted.append((resource.RLIMIT_DATA if MAC else resource.RLIMIT_AS, memory))
    for which, most in wanted:
        with contextlib.suppress(OSError, ValueError):
            hard = resource.getrlimit(which)[1]
            value = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (value, hard))


def yield_to_others() -> None:
    """Let this process take only what other programs leave of the processor: for long work nobody waits for."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.WinDLL("kernel32")
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
        return
    with contextlib.suppress(OSError):
        os.nice(10)


def bind_child(process: "subprocess.Popen[bytes]", memory: int) -> Any:
    """Bind a child on Windows to ``memory`` bytes and to dying with us; returns what must be kept alive.

    On other systems the child binds itself and None is returned.
    """
    if sys.platform != "win32":
        return None
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class Extended(ctypes.Structure):
        _fields_ = [
            ("Basic", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    job = kernel.CreateJobObjectW(None, None)
    limits = Extended()
    limits.Basic.LimitFlags = 0x100 | 0x2000  # memory of a process; die when the job is closed
    limits.ProcessMemoryLimit = memory
    kernel.SetInformationJobObject(wintypes.HANDLE(job), 9, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(wintypes.HANDLE(job), wintypes.HANDLE(int(process._handle)))  # type: ignore[attr-defined]
    return job


def child_flags() -> dict[str, Any]:
    """What to hand ``subprocess.Popen`` so that a child opens no console window."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def own_command() -> list[str]:
    """The words that start this program again, from a checkout, a wheel or a built program."""
    if getattr(sys, "frozen", False):
        # The built program has a second start without a console; a child needs the one that has pipes.
        return [str(Path(sys.executable).with_name("casefile.exe" if WINDOWS else "casefile"))]
    return [sys.executable, "-m", "casefile"]


def show_in_folder(path: Path) -> None:
    """Open the folder that holds ``path`` in the system's own file window; ``path`` is never run. Raises ``NotFound``."""
    folder = path if path.is_dir() else path.parent
    _hand_over(folder, ["explorer", str(folder)] if WINDOWS else None)


def _hand_over(path: Path, words: list[str] | None) -> None:
    """Start the system's own opener for a path, without waiting for it."""
    command = words or (["open", "--", str(path)] if MAC else ["xdg-open", str(path)])
    try:
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        raise NotFound(f"This computer has no program to show “{path.name}”. It is there all the same.", f"Look for it in {path.parent}.") from None


def has_screen() -> bool:
    """Whether a window can be shown: always on Windows and macOS, else where a display is named."""
    if WINDOWS or MAC or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def peak_memory() -> int:
    """The most memory this process has held, in bytes; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if MAC else peak * 1024
