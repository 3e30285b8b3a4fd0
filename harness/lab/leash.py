"""Tie a process to the one that started it, then become the program that was asked for.

Run as a script, `python -I -S leash.py PARENT_PID PROGRAM ARGUMENT…`, it asks the kernel to kill it
when its parent dies, whatever the parent dies of, and replaces itself by the program. The wish
survives the replacement, so not even a `kill -9` of the lab leaves a mock, a merchant or a load
generator behind. A script of its own, because the same wish spoken between fork and exec would run
Python in the copy of a process that may have threads.

Source: prctl(2), PR_SET_PDEATHSIG. It exists on Linux only; elsewhere an orderly stop still ends
every process, and only a killed lab leaves its children.
"""

import os
import signal
import sys

__all__ = ["leashed", "main"]

_PR_SET_PDEATHSIG = 1


def leashed(argv: tuple[str, ...]) -> tuple[str, ...]:
    """Return the command that runs `argv` tied to the calling process."""
    return (sys.executable, "-I", "-S", __file__, str(os.getpid()), *argv)


def main(arguments: list[str]) -> None:
    """Tie this process to the parent named by `arguments[0]` and become the rest."""
    parent, *argv = arguments
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        # The parent may have died before the wish was heard; then nobody will ever send the signal.
        if os.getppid() != int(parent):
            os._exit(1)
    os.execvp(argv[0], argv)


if __name__ == "__main__":
    main(sys.argv[1:])
