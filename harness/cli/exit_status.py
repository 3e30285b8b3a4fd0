"""Exit statuses of every command, and which error means which.

| status | meaning |
|---|---|
| 0 | all well |
| 2 | something the user wrote cannot be used; nothing was started or written |
| 10 | a figure exceeds a limit |
| 11 | a figure is worse than the baseline's |
| 12 | the run took place, but its numbers must not be believed |
| 13 | the ledger audit found a violation |
| 128 + n | stopped by signal n (130: Ctrl-C) |
"""

from enum import IntEnum

from harness.errors import HarnessError, InvalidRunError

__all__ = ["SIGNAL_BASE", "ExitStatus", "exit_status"]

SIGNAL_BASE = 128
"""Shells report a process that signal n ended as this plus n."""


class ExitStatus(IntEnum):
    """Name the statuses that a command of ours ends with."""

    OK = 0
    USAGE = 2
    LIMIT_EXCEEDED = 10
    REGRESSED = 11
    INVALID_RUN = 12
    AUDIT_VIOLATED = 13


def exit_status(error: HarnessError) -> int:
    """Return the status that a command ends with after this error."""
    # Imported here, where something went wrong already: the lab would slow down every --help.
    from harness.lab import Interrupted

    if isinstance(error, Interrupted):
        return SIGNAL_BASE + error.signal_number
    if isinstance(error, InvalidRunError):
        return ExitStatus.INVALID_RUN
    return ExitStatus.USAGE
